"""From the bytes of a page to its tree: decoded as it says, measured, parsed without opening anything.

The parser never fetches, knows no entities but HTML's own, and counts how deep it is:
at 256 levels it stops, whatever is still to come, so a page that is nothing but open
elements costs no more than its length. Such a page is refused, never read in part.
"""

import re
from collections import Counter
from collections.abc import Iterator
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from converters.errors import SourceError
from converters.readers import ReadContext
from converters.readers.decoding import decode
from converters.readers.limits import check_levels, check_lines, check_turns, check_words
from converters.settings import Limits

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

_DECLARED_WITHIN: Final = 4096
_DECLARATIONS: Final = (
    re.compile(rb"<meta\b[^>]{0,400}?\bcharset\s*=\s*[\"']?\s*([\w.:-]{1,40})", re.IGNORECASE),
    re.compile(rb"^\s*<\?xml\b[^>]{0,200}?\bencoding\s*=\s*[\"']([\w.:-]{1,40})", re.IGNORECASE),
)
_AS_BROWSERS_READ: Final = {
    "ascii": "cp1252", "us-ascii": "cp1252", "latin1": "cp1252", "iso-8859-1": "cp1252", "iso8859-1": "cp1252",
    "iso_8859-1": "cp1252", "l1": "cp1252", "iso-8859-9": "cp1254", "iso-8859-8-i": "iso-8859-8",
    "iso-8859-8-e": "iso-8859-8", "iso-8859-11": "cp874", "tis-620": "cp874", "gb2312": "gb18030", "gbk": "gb18030",
    "x-gbk": "gb18030", "shift_jis": "cp932", "shift-jis": "cp932", "sjis": "cp932", "x-sjis": "cp932",
    "euc-kr": "cp949", "ks_c_5601-1987": "cp949", "big5": "big5hkscs", "x-mac-roman": "mac_roman",
}  # fmt: skip
"""What is meant by an encoding that pages declare (WHATWG Encoding §4.2), where Python means something narrower."""
_SEVEN_BIT: Final = ("iso-2022", "iso2022", "hz")
MOST_TAGS: Final = 10
"""Tags for each turn that a source may have: name, time, paragraph and their ends are six."""


_LINES: Final = re.compile(r"<(p|li|tr|dt|dd|cite|h[1-6])\b", re.IGNORECASE)
"""Each is the beginning of a turn, at the most."""
SHORT: Final = 1_000
"""Letters of a tag that cannot have too many attributes."""
MOST_ATTRIBUTES: Final = 250
_SHORT_TAG: Final = re.compile(rf"<[^<>]{{0,{SHORT}}}>")
_TAG: Final = re.compile(r"<[a-zA-Z](?:[^>\"']++|\"[^\"]*+(?:\"|\Z)|'[^']*+(?:'|\Z))*+")
_ATTRIBUTE: Final = re.compile(r"[\s\"'/][^\s=>\"'/]++(?:\s*+=\s*+(?:\"[^\"]*+\"|'[^']*+'|[^\s>]++))?+")


def page_text(source: bytes, context: ReadContext) -> str:
    """Return a page's text, decoded as its byte order mark or its own declaration says, else as any text is."""
    return decode(source, context.report, _declared_and_true(source))


def check_page(text: str, context: ReadContext) -> None:
    """Raise ``SourceError`` where a page has more words, tags or attributes than an episode's can have."""
    limits = context.options.limits
    check_words(text, context.name, limits)
    if text.count("<") > MOST_TAGS * limits.turns:
        most = f"{MOST_TAGS * limits.turns:,}"
        advice = "If it is a transcript all the same, raise the limit with --max-turns."
        raise SourceError(f"{context.name}: it has more than {most} tags, {MOST_TAGS} for each turn. {advice}")
    _check_attributes(text, context.name)
    if text.count("<") > limits.turns:
        lines = Counter(match[1].lower() for match in _LINES.finditer(text))
        check_turns(max(lines.values(), default=0), context.name, limits)


def _check_attributes(text: str, name: str) -> None:
    """Raise ``SourceError`` where a tag has more attributes than any page's.

    What reading them costs grows as their square. Short tags are passed over at once,
    each letter of the others is looked at once.
    """
    rest = _SHORT_TAG.sub(">", text)
    position = rest.find("<")
    while position >= 0:
        tag = _TAG.match(rest, position)
        end = tag.end() if tag else position + 1
        if end - position > SHORT and sum(1 for _ in _ATTRIBUTE.finditer(rest, position, end)) > MOST_ATTRIBUTES:
            advice = "Save the page again, or copy its words into a text file."
            raise SourceError(f"{name}: a tag on this page has more than {MOST_ATTRIBUTES} attributes. {advice}")
        position = rest.find("<", end)


def _declared_and_true(source: bytes) -> str | None:
    """Return the encoding that a page declares, None where its bytes say otherwise.

    What is sound UTF-8 is that, whatever is declared: pages are saved as UTF-8 and keep their old declaration.
    """
    if not (encoding := declared_encoding(source)):
        return None
    try:
        if not encoding.startswith(_SEVEN_BIT):
            source.decode("utf-8")
            return None
    except UnicodeDecodeError:
        pass
    try:
        source.decode(encoding)
    except (UnicodeError, LookupError):
        return None
    return encoding


def declared_encoding(source: bytes) -> str | None:
    """Return the encoding that a page's first 4,096 bytes declare, None where they declare none that can be true.

    UTF-16 cannot: the declaration itself could not have been read.
    """
    beginning = source[:_DECLARED_WITHIN]
    for declaration in _DECLARATIONS:
        if match := declaration.search(beginning):
            name = match[1].decode("ascii").lower()
            return None if name.startswith(("utf-16", "utf-32", "utf-7")) else _AS_BROWSERS_READ.get(name, name)
    return None


def tree_of(text: str, context: ReadContext) -> "Element | None":
    """Return the root of the tree, without comments; None where there is nothing in it.

    Raises ``SourceError`` where it is larger, or nested deeper, than the limits allow.
    """
    from lxml import etree

    check_page(text, context)
    limits = context.options.limits
    parser = etree.HTMLParser(
        encoding="utf-8",
        remove_comments=True,
        remove_pis=True,
        no_network=True,
        huge_tree=limits.levels > Limits().levels,
    )
    try:
        root = etree.fromstring(text.encode("utf-8", "replace"), parser)
    except etree.XMLSyntaxError:
        return None
    faults = [str(entry) for entry in parser.error_log if "RESOURCE_LIMIT" in str(entry)]
    if any("depth" in fault for fault in faults):
        check_levels(limits.levels + 1, context.name, limits)
    if faults:
        check_lines(text.encode("utf-8", "replace"), context.name, limits)
        raise SourceError(f"{context.name}: a single stretch of text is too long to be a page's. Save it anew.")
    if limits.levels < Limits().levels:
        check_levels(_levels(root), context.name, limits)
    return root


def _levels(root: "Element") -> int:
    deepest, stack = 1, [iter(root)]
    while stack:
        if (child := next(stack[-1], None)) is None:
            stack.pop()
        else:
            stack.append(iter(child))
            deepest = max(deepest, len(stack))
    return deepest


def tag_of(element: "Element") -> str:
    """Return an element's name, which the parser has put in small letters; nothing for what is no element."""
    tag = element.tag
    return tag if isinstance(tag, str) else ""


def line_of(element: "Element") -> int:
    """Return the line at which an element begins, 0 where that is not known."""
    line: int | None = getattr(element, "sourceline", None)  # lxml-stubs has no type for it
    return line or 0


def tokens(element: "Element") -> tuple[str, ...]:
    """Return an element's classes and id, as written."""
    return (*(element.get("class") or "").split(), *(element.get("id") or "").split())


@lru_cache(maxsize=4096)
def words_of_token(token: str) -> tuple[str, ...]:
    """Return the words of a class or id: ``entry-header__speakerName`` has entry, header, speaker, name."""
    return tuple(word.lower() for word in _TOKEN_WORD.findall(token[:100]))


def parts_of_token(token: str) -> frozenset[str]:
    """Return the words of a class or id in no order."""
    return frozenset(words_of_token(token))


_TOKEN_WORD: Final = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])|\d+")
_UNSEEN: Final = frozenset({"script", "style", "template", "head", "link", "meta", "base", "param"})


def visible_words(element: "Element") -> Iterator[str]:
    """Yield the text in an element, in order, without what no reader of the page sees."""
    stack: list[Element | str] = [element]
    while stack:
        one = stack.pop()
        if isinstance(one, str):
            yield one
        elif tag_of(one) not in _UNSEEN:
            inner: list[Element | str] = [one.text or ""]
            for child in one:
                inner += [child, child.tail or ""]
            stack += reversed(inner)
