"""The inside of a Markdown paragraph: tokens → letters with marks, as ``running_text`` takes them.

Of HTML, tags that mean something are marks, tags that stand on lines of their own end a
paragraph, and all others are dropped. What HTML does not know is text: ``<laughs>``.
"""

import re
from typing import Final

import msgspec

from converters.document import NodeId
from converters.readers.ledger import Ledger
from converters.readers.markdown_parser import Token
from converters.readers.pieces import Mark, MarkKind
from converters.readers.running_text import BREAK, LINE_ENDS

_WHOLE_ADDRESS: Final = re.compile(r"(?i)(?:https?://|mailto:|tel:)[^\s<>]+")
_REFERENCE: Final = re.compile(r"\[\^([^\]\s]{1,40})\]")
_TAG: Final = re.compile(r"</?([a-zA-Z][\w-]*)")
_ATTRIBUTE: Final = re.compile(r"([\w:-]+)\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'>]+))")
_BLOCK: Final = frozenset(
    """address article aside blockquote br center dd details div dl dt fieldset figcaption figure footer form h1 h2 h3
    h4 h5 h6 header hgroup hr legend li main menu nav ol option p pre section summary table tbody td tfoot th thead tr
    ul""".split()
)
_INLINE: Final = frozenset(
    """a abbr acronym b bdi bdo big button caption cite code col colgroup data del dfn dialog em font html head body i
    ins kbd label link mark meta noscript nobr optgroup output progress q rb rp rt ruby s samp select slot small span
    strike strong sub sup template textarea time title tt u var wbr""".split()
)
_MEDIA: Final = frozenset(
    "applet area audio canvas embed iframe img input map object param source svg track video".split()
)
_MARKED: Final[dict[str, MarkKind]] = {
    "b": "strong", "strong": "strong", "i": "emphasis", "em": "emphasis", "cite": "label",
}  # fmt: skip
_STRUCK: Final = frozenset({"s", "strike", "del"})


class _Open(msgspec.Struct, frozen=True):
    """A tag that is open: what it says of the letters from ``begin`` on; ``struck`` ones are no part of the text."""

    tag: str
    kind: MarkKind | None
    begin: int
    value: str = ""
    struck: bool = False


class Letters:
    """Gathers a paragraph's letters and marks; what cannot stay goes into the ledger."""

    def __init__(self, ledger: Ledger, notes: dict[str, tuple[NodeId, str]], where: str) -> None:
        """Begin with no letters; ``notes`` are the footnotes: by their labels, their ids and what their marks print."""
        self.marks, self.used = list[Mark](), set[str]()
        self._ledger, self._notes, self._where = ledger, notes, where
        self._parts: list[str] = []
        self._length = 0
        self._open: list[_Open] = []

    @property
    def text(self) -> str:
        """All letters so far."""
        return "".join(self._parts)

    def take(self, tokens: list[Token]) -> "Letters":
        """Take in the tokens of a paragraph, and close what is still open at its end."""
        for token in tokens:
            self._token(token)
        while self._open:
            self._close(self._open[-1].tag)
        return self

    def add(self, words: str) -> None:
        """Add letters as they are."""
        self._parts.append(words)
        self._length += len(words)

    def _token(self, token: Token) -> None:
        match token.type:
            case "text":
                self._text(token.content)
            case "strong_open" | "em_open" | "s_open" | "link_open":
                self._begin(token)
            case "strong_close" | "em_close" | "s_close" | "link_close":
                self._close(token.tag)
            case "image":
                source = self._address(token, "src", "picture")
                self._ledger.add("The address of a picture", source.partition(";base64,")[0], self._where)
                for child in token.children or ():
                    self._token(child)
            case "html_inline":
                self._html(token.content)
            case _:
                self.add(token.content or " ")

    def _begin(self, token: Token) -> None:
        kind, href = _MARKED.get(token.tag), ""
        if token.type == "link_open":
            href = self._address(token, "href", "link")
            kind = "link" if self._leads(href) else None
        self._open.append(_Open(token.tag, kind, self._length, href, token.tag in _STRUCK))

    def _text(self, words: str) -> None:
        """Add text; ``[^1]`` in it is the mark of a note, if there is such a note."""
        position = 0
        for match in _REFERENCE.finditer(words) if self._notes and "[^" in words else ():
            if note := self._notes.get(match[1]):
                self.add(words[position : match.start()])
                self.marks.append(Mark(self._length, self._length + len(note[1]), "note", note[0]))
                self.add(note[1])
                position = match.end()
        self.add(words[position:])

    def _address(self, token: Token, attribute: str, what: str) -> str:
        """Return the address that a token has, its title put down, the definition that it uses remembered."""
        self.used |= {token.meta["label"]} if "label" in token.meta else set()
        self._ledger.add(f"The title of a {what}", str(token.attrs.get("title", "")), self._where)
        return str(token.attrs.get(attribute, ""))

    def _leads(self, href: str) -> bool:
        """Tell whether an address leads somewhere from outside the site too; one that does not is left out."""
        if _WHOLE_ADDRESS.fullmatch(href):
            return True
        self._ledger.add("The address of a link within the site", href, self._where)
        return False

    def _close(self, tag: str) -> None:
        """Close the tag of this name that was opened last; those that were opened inside it go on."""
        at = next((i for i in range(len(self._open) - 1, -1, -1) if self._open[i].tag == tag), None)
        if at is None:
            return
        closed = self._open.pop(at)
        if closed.struck:
            self._strike(closed.begin)
        elif closed.kind and closed.begin < self._length:
            self.marks.append(Mark(closed.begin, self._length, closed.kind, closed.value))

    def _strike(self, begin: int) -> None:
        """Take back the letters from ``begin`` on, but not the line ends among them."""
        text = self.text
        self._ledger.add("Struck through in the source", text[begin:], self._where)
        kept = "".join(LINE_ENDS.findall(text[begin:]))
        self._parts = [text[:begin], kept]
        self._length = begin + len(kept)
        self.marks = [mark for mark in self.marks if mark.end <= begin]

    # HTML ------------------------------------------------------------------------

    def _html(self, tag: str) -> None:
        match = _TAG.match(tag)
        name = match[1].lower() if match else ""
        if not name:
            self._ledger.add("A comment in the source", tag, self._where)
        elif name in _BLOCK:
            self.add(BREAK)
        elif name in _MEDIA:
            self._media(tag)
        elif name not in _INLINE:
            self.add(tag)
        elif tag.startswith("</"):
            self._close(name)
        elif not tag.endswith("/>"):
            self._tag(name, {key.lower(): "".join(values) for key, *values in _ATTRIBUTE.findall(tag)})

    def _tag(self, name: str, attributes: dict[str, str]) -> None:
        self._ledger.add("The title of a tag", attributes.get("title", ""), self._where)
        kind, value = _MARKED.get(name), ""
        if name == "a" and "href" in attributes:
            kind, value = ("link" if self._leads(attributes["href"]) else None), attributes["href"]
        elif language := attributes.get("lang", ""):
            kind, value = "foreign", language
        self._open.append(_Open(name, kind, self._length, value, name in _STRUCK))

    def _media(self, tag: str) -> None:
        """Keep the words that stand for a picture; leave out what a page shows from elsewhere."""
        words = next((a or b for key, a, b, _ in _ATTRIBUTE.findall(tag) if key.lower() == "alt"), "")
        self.add(words)
        self._ledger.add("What the page shows from elsewhere", tag.replace(words, "") if words else tag, self._where)
