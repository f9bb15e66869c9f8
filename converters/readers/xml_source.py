"""XML made safe and plain: no entity is expanded by the parser, no document type read, no namespace left."""

import html
import itertools
import re
from collections.abc import Iterator
from html.entities import html5
from typing import Final, cast

import msgspec

from converters.characters import clean
from converters.errors import SourceError
from converters.readers import ReadContext
from converters.readers.column_roles import words_in
from converters.readers.decoding import decode
from converters.readers.limits import check_levels, check_values, check_words

_DECLARED: Final = re.compile(rb"""\s*<\?xml[^>]{0,200}?encoding\s*=\s*["']([A-Za-z0-9._:-]{2,40})["']""")
_BELIEVED: Final = re.compile(
    r"(?i)iso-?8859-\d{1,2}|latin-?\d|windows-125\d|cp125\d|koi8-[ru]|shift_?jis|euc-(?:jp|kr|tw)|gb(?:2312|k|18030)|"
    r"big5(?:-?hkscs)?|mac(?:-?roman|intosh)|us-ascii|ascii|iso-2022-jp|tis-620"
)
"""Encodings in which letters are letters: Python knows others, such as one that unpacks archives."""
_DECLARATION: Final = re.compile(r"\s*<\?xml[^>]*\?>")
_DOCUMENT_TYPE: Final = re.compile(r"<!DOCTYPE[^\[>]*(?:\[(?P<subset>.*?)\]\s*)?>", re.DOTALL)
_ENTITY: Final = re.compile(
    r"""<!ENTITY\s+(?P<name>[A-Za-z_][\w.-]{0,40})\s+(?:"(?P<one>[^"<%]{0,40})"|'(?P<other>[^'<%]{0,40})')\s*>"""
)
_OF_CHARACTERS: Final = re.compile(r"(?:[^&]|&#\w{1,8};|&amp;|&lt;|&gt;|&quot;|&apos;)*")
_REFERENCE: Final = re.compile(r"&(?:(?P<name>[A-Za-z_][\w.-]{0,40}|#\d{1,7}|#[xX][0-9a-fA-F]{1,6});)?")
_LITERAL: Final = (("<![CDATA[", "]]>"), ("<!--", "-->"))
_LEVELS: Final = re.compile(r"<[^\W\d]|</|/>")
_STEP: Final = {"</": -1, "/>": -1}
_OWN: Final = frozenset({"amp", "lt", "gt", "quot", "apos"})


class Element(msgspec.Struct):
    """An element without its namespace: text and elements in order; ``words`` are those in all of it."""

    tag: str
    attributes: dict[str, str]
    content: list["str | Element"]
    words: int = 0

    @property
    def children(self) -> list["Element"]:
        """The elements directly in it."""
        return [inner for inner in self.content if not isinstance(inner, str)]

    @property
    def text(self) -> str:
        """All its words, in one line."""
        return " ".join("".join(self._letters()).split())

    def _letters(self) -> Iterator[str]:
        for inner in self.content:
            if isinstance(inner, str):
                yield inner
            else:
                yield from inner._letters()  # noqa: SLF001 - of its own kind

    def everything(self) -> Iterator["Element"]:
        """Yield the element, then all elements below it, in order."""
        waiting = [self]
        while waiting:
            element = waiting.pop()
            yield element
            waiting += reversed(element.children)


class Parsed(msgspec.Struct, frozen=True):
    """The outermost element, and the comments, which no one says."""

    root: Element
    comments: tuple[str, ...]


def parsed(source: bytes, context: ReadContext) -> Parsed:
    """Return what the XML holds.

    Raises ``SourceError`` where it is no XML, is larger or deeper than the options
    allow, or declares entities that are more than a name for some characters.
    """
    text = _decoded(source, context)
    limits = context.options.limits
    check_values(3 * text.count("<") + text.count("&"), context.name, limits)
    check_words(text, context.name, limits)
    check_levels(_depth(text), context.name, limits)
    if match := _DECLARATION.match(text):
        text = text[match.end() :]
    return _built(_plain(text, context), context)


def _decoded(source: bytes, context: ReadContext) -> str:
    match = _DECLARED.match(source)
    name = match[1].decode("ascii") if match else ""
    if not _BELIEVED.fullmatch(name):
        return decode(source, context.report)
    try:
        text = source.decode(name)
    except (UnicodeDecodeError, LookupError):
        return decode(source, context.report)
    return decode(text.encode("utf-8"), context.report)


def _depth(text: str) -> int:
    return max(itertools.accumulate(_STEP.get(step, 1) for step in _LEVELS.findall(text)), default=0)


# entities -------------------------------------------------------------------------------


def _plain(text: str, context: ReadContext) -> str:
    """Return the XML without its document type, each entity replaced by its character."""
    own: dict[str, str] = {}
    start = text.find("<!DOCTYPE")
    if match := _DOCUMENT_TYPE.match(text, start) if start >= 0 else None:
        own = dict(_declared(match["subset"] or ""))
        if (match["subset"] or "").count("<!ENTITY") != len(own):
            raise _hides(context)
        text = text[: match.start()] + text[match.end() :]
    plain = _without_references(text, own) if "&" in text else text
    if "<!ENTITY" in plain or "<!DOCTYPE" in plain:
        raise _hides(context)
    return plain


def _without_references(text: str, own: dict[str, str]) -> str:
    return "".join(
        part if is_literal else _REFERENCE.sub(lambda match: _character(match, own), part)
        for part, is_literal in _literal_parts(text)
    )


def _literal_parts(text: str) -> Iterator[tuple[str, bool]]:
    """Yield the text in order, and of each part whether it is a comment or such, in which nothing is a reference."""
    position = 0
    while (start := text.find("<!", position)) >= 0:
        closing = next((end for opening, end in _LITERAL if text.startswith(opening, start)), "")
        end = text.find(closing, start) if closing else start + 2
        if end < 0:
            break
        yield text[position:start], False
        yield text[start : end + len(closing)], True
        position = end + len(closing)
    yield text[position:], False


def _hides(context: ReadContext) -> SourceError:
    return SourceError(
        f"{context.name}: it declares entities that can hide or multiply text. Export it without a document type."
    )


def _declared(subset: str) -> Iterator[tuple[str, str]]:
    """Yield the entities that stand for some characters, and for nothing else."""
    for match in _ENTITY.finditer(subset):
        value = match["one"] if match["one"] is not None else match["other"]
        if _OF_CHARACTERS.fullmatch(value):
            yield match["name"], html.unescape(value)


def _character(match: re.Match[str], own: dict[str, str]) -> str:
    """Return what a reference stands for; an ampersand that begins none, and an unknown name, stand for themselves."""
    name = match["name"]
    if name in _OWN:
        return match[0]
    if not name:
        return "&amp;"
    if name.startswith("#"):
        return html.escape(clean(html.unescape(match[0])), quote=True)
    said = own.get(name) or html5.get(f"{name};")
    return html.escape(clean(said), quote=True) if said else f"&amp;{name};"


# building -------------------------------------------------------------------------------


class _Builder:
    """Takes what the parser finds; ``close`` returns it."""

    def __init__(self) -> None:
        self._open = [Element("", {}, [])]
        self._comments: list[str] = []
        self._letters: list[str] = []

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        self._end_letters()
        element = Element(_local(tag), {_local(name): value for name, value in attributes.items()}, [])
        self._open[-1].content.append(element)
        self._open.append(element)

    def end(self, _tag: str) -> None:
        self._end_letters()
        element = self._open.pop()
        self._open[-1].words += element.words

    def data(self, letters: str) -> None:
        self._letters.append(letters)

    def comment(self, words: str) -> None:
        self._comments.append(words)

    def close(self) -> Parsed:
        root = next(iter(self._open[0].children), Element("", {}, []))
        return Parsed(root, tuple(self._comments))

    def _end_letters(self) -> None:
        if self._letters:
            letters = "".join(self._letters)
            self._open[-1].content.append(letters)
            self._open[-1].words += words_in(letters)
            self._letters.clear()


def _local(name: str) -> str:
    return name.rpartition("}")[2]


def _built(text: str, context: ReadContext) -> Parsed:
    from lxml import etree  # loaded on first use: most sources are no XML

    parser: etree.XMLParser = etree.XMLParser(
        target=_Builder(),  # type: ignore[arg-type]  # lxml gives its targets str, whatever the stubs allow for
        encoding="utf-8",
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
    )
    try:
        found = etree.fromstring(text.lstrip().encode("utf-8"), parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        fault = " ".join(str(error).partition(" (<string>")[0].split())
        raise SourceError(
            f"{context.name}: this is no sound XML ({fault}). Export it again, or mend it there."
        ) from error
    return cast("Parsed", found)  # what the target's close returns
