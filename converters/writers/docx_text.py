"""Words on their way into a Word file: inlines → spans → runs, each with one character style and nothing else."""

import itertools
import re
from collections.abc import Iterable, Iterator
from typing import Final, assert_never
from urllib.parse import urlsplit

import msgspec

from converters.addresses import bookmark, followable
from converters.document import Emphasis, Foreign, Inlines, Link, NodeId, NoteReference, Sentence, Sound, Text
from converters.languages import Direction, direction
from converters.traverse import joint, sentence_text
from converters.writers.docx_markup import inside, valued
from converters.writers.docx_styles import KINDS, Kind, Letters, turned
from converters.writers.markup import NOTHING, Markup, element, joined, text, void

LONGEST_ADDRESS: Final = 2_000
"""Characters of an address that Word takes; to Word, a file with a longer one is damaged."""

_OUTSIDE: Final = re.compile(r"(?i)(?:https?://|mailto:|tel:).")
_NOT_IN_ADDRESSES: Final = re.compile(r"[\s\"<>\\^`{|}]|%(?![0-9A-Fa-f]{2})")
_LINE_ENDS: Final = re.compile("[\t\n\r\x85\u2028\u2029]+")


class Span(msgspec.Struct, frozen=True):
    """Letters that are set alike: their style, where they lead, the note they mark.

    Nothing leads to a place inside the file but the mark of a note: a page with a link is no PDF/UA when LibreOffice 7
    prints it, and Word finds its way by headings. An updated contents has links of its own.
    """

    words: str = ""
    letters: Letters = Letters()
    href: str | None = None
    note: NodeId | None = None

    def of_kind(self, kind: Kind) -> "Span":
        """Return it with a kind more; what is strong is not emphasised besides."""
        kinds = {kind, *self.letters.kinds} - ({"Emphasis"} if kind == "Strong" or "Strong" in self._kinds else set())
        ordered = tuple(one for one in KINDS if one in kinds)
        return msgspec.structs.replace(self, letters=Letters(ordered, self.letters.language))

    def in_language(self, language: str | None) -> "Span":
        """Return it in a language, None for the document's own."""
        return msgspec.structs.replace(self, letters=Letters(self.letters.kinds, language))

    def saying(self, words: str) -> "Span":
        """Return it with other letters."""
        return msgspec.structs.replace(self, words=words)

    def leading_out(self, href: str) -> "Span":
        """Return it as a link out of the file where that leads somewhere that is safe to go, else as it is."""
        address = outside(href)
        return msgspec.structs.replace(self.of_kind("Hyperlink"), href=address) if address else self

    @property
    def _kinds(self) -> tuple[Kind, ...]:
        return self.letters.kinds


PLAIN: Final = Span()


def outside(href: str) -> str | None:
    """Return an address as a Word file may have it, None where it leads nowhere from a file that may lie anywhere.

    Word opens no file with an address that is not written as one (RFC 3986): what may not stand in it is
    escaped. A relative one would lead into the folder that the file happens to lie in.
    """
    address = followable(href) or ""
    if not _OUTSIDE.match(address):
        return None
    escaped = _NOT_IN_ADDRESSES.sub(lambda sign: f"%{ord(sign[0]):02X}", address)
    try:
        urlsplit(escaped)
    except ValueError:
        return None
    return escaped if len(escaped) <= LONGEST_ADDRESS else None


def spans(content: Inlines, like: Span = PLAIN) -> Iterator[Span]:
    """Yield inlines as spans; ``like`` is what holds for all of them. Sounds are their words in brackets."""
    for inline in content:
        match inline:
            case Text():
                yield like.saying(inline.value)
            case Sound():
                yield like.saying(inline.description)
            case Emphasis():
                yield from spans(inline.inlines, like.of_kind("Strong" if inline.strength == "strong" else "Emphasis"))
            case Foreign():
                yield from spans(inline.inlines, like.in_language(inline.language))
            case Link():
                yield from spans(inline.inlines, like.leading_out(inline.href))
            case NoteReference():
                yield msgspec.structs.replace(like.saying(inline.label), note=inline.note)
            case _:
                assert_never(inline)


def sentence_spans(several: Iterable[Sentence], like: Span = PLAIN) -> Iterator[Span]:
    """Yield the spans of neighbouring sentences, with what stands between them."""
    before = ""
    for one in several:
        words = sentence_text(one)
        yield like.saying(joint(before, words) if before else "")
        yield from spans(one.inlines, like)
        before = words


class Pen:
    """Writes paragraphs, and keeps what the rest of the file must have for them.

    ``letters`` are the character styles in use, ``turned_round`` the paragraph styles that are needed the
    other way round, ``links`` the addresses outside by their id, ``noted`` the notes that a mark leads to.
    """

    def __init__(self, language: str, notes: Iterable[NodeId] = ()) -> None:
        """Take the language of the document, and the notes that it has."""
        self.language = language
        self.letters: dict[Letters, None] = {}
        self.turned_round: dict[str, None] = {}
        self.links: dict[str, str] = {}
        self.noted: dict[NodeId, int] = {}
        self._notes = frozenset(notes)
        self._bookmarks = itertools.count(1)
        self._way = direction(language)

    def paragraph(
        self,
        style: str,
        content: Iterable[Span],
        identifiers: tuple[str, ...] = (),
        language: str | None = None,
        before: Markup = NOTHING,
        after: Markup = NOTHING,
    ) -> Markup:
        """Return a paragraph in a style, with a bookmark for each of its ids.

        ``language`` is that of the whole of it, where it is another; ``before`` and ``after`` are finished runs.
        """
        way = direction(language) if language else self._way
        if way != self._way:
            self.turned_round[style] = None
            style = turned(style, way)
        properties = element("w:pPr", valued("pStyle", style))
        marks = joined(*map(self.bookmark, identifiers))
        return element("w:p", properties, marks, before, self.runs(content), after)

    def bookmark(self, identifier: str) -> Markup:
        """Return the bookmark of an id: a place, not a stretch, so that no program says where it begins and ends."""
        number = str(next(self._bookmarks))
        begin = void("w:bookmarkStart", {"w:id": number, "w:name": bookmark(identifier)})
        return joined(begin, void("w:bookmarkEnd", {"w:id": number}))

    def runs(self, content: Iterable[Span]) -> Markup:
        """Return spans as runs; neighbours that are alike are one, and links go round them."""
        whole = _joined(content)
        groups = itertools.groupby(whole, lambda span: span.href)
        return joined(*(self._linked(href, tuple(group)) for href, group in groups))

    def _linked(self, href: str | None, group: tuple[Span, ...]) -> Markup:
        inner = joined(*map(self._run, group))
        return element("w:hyperlink", inner, attributes={"r:id": self._relationship(href)}) if href else inner

    def _relationship(self, href: str) -> str:
        return self.links.setdefault(href, f"link{len(self.links) + 1}")

    def _run(self, span: Span) -> Markup:
        if span.note is not None:
            return self._mark(span.note, span)
        if span.letters.name:
            self.letters[span.letters] = None
        way = direction(span.letters.language) if span.letters.language else self._way
        return run(span.words, span.letters.identifier, way)

    def _mark(self, note: NodeId, span: Span) -> Markup:
        """Return the mark of a note, which Word numbers.

        A note of Word has one mark; a second one is a link to the first, and one to a note that is not
        there is only what was printed. So is one inside a link, and one inside a note.
        """
        if note not in self._notes or span.href:
            return run(span.words, "FootnoteReference", self._way)
        if note in self.noted:
            again = run(str(self.noted[note]), "FootnoteReference", self._way)
            return element("w:hyperlink", again, attributes={"w:anchor": bookmark(note)})
        self.noted[note] = number = len(self.noted) + 1
        reference = void("w:footnoteReference", {"w:id": str(number)})
        return joined(self.bookmark(note), element("w:r", _named("FootnoteReference", self._way), reference))


def _joined(content: Iterable[Span]) -> Iterator[Span]:
    """Yield spans with neighbours that are alike as one; empty ones are none."""
    waiting = Span()
    for span in content:
        if not span.words and span.note is None:
            continue
        if span.note is None and waiting.note is None and span.saying(waiting.words) == waiting:
            waiting = waiting.saying(waiting.words + span.words)
            continue
        if waiting.words or waiting.note is not None:
            yield waiting
        waiting = span
    if waiting.words or waiting.note is not None:
        yield waiting


def run(words: str, style: str = "", way: Direction = "ltr") -> Markup:
    """Return a run of letters in a character style, a plain one without.

    Whether letters are written from right to left Word wants to be told at each run, and no style may say it
    (§17.3.2.30): without it, full stops and brackets stand at the wrong end.
    """
    return element("w:r", _named(style, way), _letters(words))


def _named(style: str, way: Direction) -> Markup:
    named = valued("rStyle", style) if style else NOTHING
    return inside("rPr", named, valued("rtl") if way == "rtl" else NOTHING)


def _letters(words: str) -> Markup:
    return element("w:t", text(_LINE_ENDS.sub(" ", words)), attributes={"xml:space": "preserve"})
