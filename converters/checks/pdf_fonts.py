"""The typefaces of a PDF: their names, whether they are in the file, and their shapes.

What a PDF says of its typefaces (descriptor flags, weight) is often made up. So the embedded typeface's own OS/2
table is asked first (OpenType 1.9), then letters on the page: the height of an x, the width of an i and a full stop.
"""

import ctypes
import re
import struct
from collections.abc import Iterator, Sequence
from typing import Any, Final

import msgspec

ITALIC: Final = 1 << 6
"""The flag of a slanted typeface (ISO 32000-1 table 123)."""

SEMIBOLD: Final = 600
"""The least weight that is bold (OpenType, OS/2 usWeightClass; CSS Fonts 4 §2.2 draws the line there too)."""

SLAB: Final = 1.6
"""How many times wider than its dot an i with serifs is, at least: Times 2.1; without, Arial 1.0, Atkinson 1.3."""

INFLATED: Final = 64 / 65
"""PDFium may report a letter higher than it is by this much; so the height of a measured x is no less than it."""

PATIENCE: Final = 12
"""On how many pages a typeface is looked for letters that show its shape: a bold one may never have a full stop."""

SPACES: Final = 12
"""How many word spaces are measured on a page, and on how many pages at most."""

SHOWN: Final = {"x": "x", "z": "x", "i": "i", ".": "."}
"""The letters that show a shape: an x or z its height, an i and a full stop whether there are serifs."""

_BOLD: Final = re.compile(r"bold|black|heavy|demi\b", re.IGNORECASE)
_SLANTED: Final = re.compile(r"italic|oblique|slanted|kursiv", re.IGNORECASE)
_SUBSET: Final = re.compile(r"^[A-Z]{6}\+")
_SERIFS: Final = range(2, 11)
_NO_SERIFS: Final = range(11, 16)
_LATIN_TEXT: Final = 2


class Font(msgspec.Struct, frozen=True):
    """A typeface: ``x_height`` in ems, None where no letter shows it; ``serif`` None where nothing tells."""

    name: str
    embedded: bool
    bold: bool
    italic: bool
    x_height: float | None = None
    serif: bool | None = None


class _File(msgspec.Struct, frozen=True):
    """What the file of a typeface says of it: weight 0 and None where it says nothing."""

    weight: int = 0
    serif: bool | None = None
    x_height: float | None = None


class Fonts:
    """The typefaces met so far, each looked at until its shape is known."""

    def __init__(self, raw: Any) -> None:
        self._raw = raw
        self._known: dict[str, Font] = {}
        self._here: dict[int, str] = {}
        self._shapes: dict[str, dict[str, float]] = {}
        self._looked: dict[str, int] = {}
        self._spaced = 0
        self._matrix, self._size = raw.FS_MATRIX(), ctypes.c_float()

    def meet(self, text: Any, words: str, things: Sequence[Any]) -> None:
        """Look at the typefaces of a page's text objects; PDFium may use their addresses again for the next page's."""
        self._here.clear()
        for thing in things:
            font = self._raw.FPDFTextObj_GetFont(thing)
            address = ctypes.addressof(font.contents)
            if address not in self._here:
                self._here[address] = self._first_seen(font)
        unknown = {key for key in self._here.values() if self._unknown(key)}
        if unknown:
            self._measure(text, words, unknown)

    def of(self, thing: Any) -> Font:
        """Return the typeface of a text object of the page at hand."""
        return self._known[self._key(thing)]

    def word_spaces(self, text: Any, words: str) -> tuple[float, ...]:
        """Return the widths of some of a page's word spaces, in ems."""
        if self._spaced == SPACES:
            return ()
        spaces = tuple(self._spaces(text, words))
        self._spaced += bool(spaces)
        return spaces

    def _key(self, thing: Any) -> str:
        return self._here[ctypes.addressof(self._raw.FPDFTextObj_GetFont(thing).contents)]

    def _unknown(self, key: str) -> bool:
        font = self._known[key]
        return (font.x_height is None or font.serif is None) and self._looked[key] < PATIENCE

    def _first_seen(self, font: Any) -> str:
        raw, length = self._raw, ctypes.c_size_t()
        raw.FPDFFont_GetFontData(font, None, 0, length)
        name = self._name(font)
        key = f"{name} {length.value}"
        if key not in self._known:
            self._known[key] = self._described(font, _SUBSET.sub("", name), length.value)
            self._shapes[key], self._looked[key] = {}, 0
        return key

    def _name(self, font: Any) -> str:
        buffer = ctypes.create_string_buffer(256)
        self._raw.FPDFFont_GetBaseFontName(font, buffer, len(buffer))
        return buffer.value.decode("utf-8", "replace") or "a typeface without a name"

    def _described(self, font: Any, name: str, length: int) -> Font:
        raw, angle = self._raw, ctypes.c_int()
        raw.FPDFFont_GetItalicAngle(font, angle)
        embedded = raw.FPDFFont_GetIsEmbedded(font) == 1
        file = self._file(font, length) if embedded else _File()
        flagged = bool(raw.FPDFFont_GetFlags(font) & ITALIC) or angle.value != 0
        return Font(
            name,
            embedded,
            file.weight >= SEMIBOLD or bool(_BOLD.search(name)),
            flagged or bool(_SLANTED.search(name)),
            file.x_height,
            file.serif,
        )

    def _file(self, font: Any, length: int) -> _File:
        data, written = ctypes.create_string_buffer(length), ctypes.c_size_t()
        self._raw.FPDFFont_GetFontData(font, ctypes.cast(data, ctypes.POINTER(ctypes.c_uint8)), length, written)
        return described(data.raw)

    def _measure(self, text: Any, words: str, unknown: set[str]) -> None:
        """Measure an x, an i and a full stop of typefaces that have not shown them yet."""
        raw, edges = self._raw, tuple(ctypes.c_double() for _ in range(4))
        for key in unknown:
            self._looked[key] += 1
        missing = {(key, sign) for key in unknown for sign in "xi." if sign not in self._shapes[key]}
        for index, thing, letter in found(self._raw, text, words, "[xzi.]"):
            key, sign = self._key(thing), SHOWN[letter]
            em = self._em(text, index, thing)
            if (key, sign) in missing and em and raw.FPDFText_GetCharBox(text, index, *edges):
                left, right, low, high = (edge.value for edge in edges)
                self._shapes[key][sign] = (high - low if sign == "x" else right - left) / em
                self._known[key] = _completed(self._known[key], self._shapes[key])
                missing.remove((key, sign))
            if not missing:
                return

    def _em(self, text: Any, index: int, thing: Any) -> float:
        """Return the size of an upright letter on the page; 0 for one that is turned."""
        self._raw.FPDFText_GetMatrix(text, index, self._matrix)
        self._raw.FPDFTextObj_GetFontSize(thing, self._size)
        return 0.0 if self._matrix.b else self._size.value * abs(self._matrix.d)

    def _spaces(self, text: Any, words: str) -> Iterator[float]:
        """Yield how far apart the letters before and after spaces are: the space itself need not be in the file."""
        raw, before, after, count = self._raw, self._raw.FS_RECTF(), self._raw.FS_RECTF(), 0
        for index, thing, _ in found(raw, text, words, r"\w(?= \w)"):
            em = self._em(text, index, thing)
            boxed = raw.FPDFText_GetLooseCharBox(text, index, before)
            if boxed and raw.FPDFText_GetLooseCharBox(text, index + 2, after) and 0 < after.left - before.right < em:
                yield (after.left - before.right) / em
                count += 1
            if count == SPACES:
                return


def page_words(raw: Any, text: Any) -> str:
    """Return all the words of a page as PDFium puts them together."""
    count = raw.FPDFText_CountChars(text)
    buffer = (ctypes.c_ushort * (count + 1))()
    written = raw.FPDFText_GetText(text, 0, count, buffer)
    return bytes(buffer)[: 2 * max(written - 1, 0)].decode("utf-16-le", "replace")


def found(raw: Any, text: Any, words: str, pattern: str) -> Iterator[tuple[int, Any, str]]:
    """Yield where in a page's words a pattern is: PDFium's number of the letter, its text object, and the letter."""
    for match in re.finditer(pattern, words):
        index = raw.FPDFText_GetCharIndexFromTextIndex(text, match.start())
        thing = raw.FPDFText_GetTextObject(text, index) if index >= 0 else None
        if thing:
            yield index, thing, match[0]


def _completed(font: Font, shapes: dict[str, float]) -> Font:
    """Add to a typeface what its letters have shown; what its file says goes first."""
    height, serif = font.x_height, font.serif
    if height is None and "x" in shapes:
        height = shapes["x"] * INFLATED
    if serif is None and shapes.get("i") and shapes.get("."):
        serif = shapes["i"] >= SLAB * shapes["."]
    return msgspec.structs.replace(font, x_height=height, serif=serif)


def described(data: bytes) -> _File:
    """Return what an OpenType or TrueType file says in its OS/2 table; nothing for other files and old tables."""
    os2, head = _table(data, b"OS/2"), _table(data, b"head")
    if len(os2) < 78 or len(head) < 20:  # noqa: PLR2004 - the lengths of version 0 and of what is read
        return _File()
    (weight,) = struct.unpack_from(">H", os2, 4)
    (version,) = struct.unpack_from(">H", os2, 0)
    (units,) = struct.unpack_from(">H", head, 18)
    height = struct.unpack_from(">h", os2, 86)[0] if version > 1 and len(os2) >= 90 else 0  # noqa: PLR2004 - version 2
    kind, style = os2[32], os2[33]
    told = kind == _LATIN_TEXT and style in (*_SERIFS, *_NO_SERIFS)
    return _File(weight, style in _SERIFS if told else None, height / units if height > 0 and units else None)


def _table(data: bytes, tag: bytes) -> bytes:
    """Return a table of an sfnt file (OpenType 1.9, table directory), empty where there is none."""
    if data[:4] not in (b"\0\1\0\0", b"OTTO", b"true"):
        return b""
    (count,) = struct.unpack_from(">H", data, 4)
    for place in range(12, min(12 + 16 * count, len(data) - 15), 16):
        name, _, offset, length = struct.unpack_from(">4sLLL", data, place)
        if name == tag:
            return data[offset : offset + length]
    return b""
