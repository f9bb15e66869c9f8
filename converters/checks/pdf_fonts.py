"""The typefaces of a PDF: their names, whether they are in the file, and their shapes, measured on letters.

What a file says of its typefaces (descriptor flags, weight) is often made up; so the embedded typeface's own OS/2
table is asked first, and the height of an x, the width of an i and of a full stop are those of letters on the page.
"""

import ctypes
import re
import struct
from collections.abc import Iterator, Sequence
from statistics import median
from typing import Any, Final

import msgspec

ITALIC: Final = 1 << 6
"""The flag of a slanted typeface (ISO 32000-1 table 123)."""

SEMIBOLD: Final = 600
"""The least weight that is bold (OpenType, OS/2 usWeightClass; CSS Fonts 4 §2.2 draws the line there too)."""

SLAB: Final = 1.6
"""How many times wider than its dot an i with serifs is, at least: Times 2.1, Arial 1.0, Verdana 1.0."""

SPACES: Final = 12
"""How many word spaces are measured on a page."""

_BOLD: Final = re.compile(r"bold|black|heavy|demi\b", re.IGNORECASE)
_SLANTED: Final = re.compile(r"italic|oblique|slanted|kursiv", re.IGNORECASE)
_SUBSET: Final = re.compile(r"^[A-Z]{6}\+")
_SERIFS: Final = range(2, 11)
_NO_SERIFS: Final = range(11, 16)
_FLAT: Final = "xzvw"


class Font(msgspec.Struct, frozen=True):
    """A typeface: ``x_height`` in ems, None where no letter shows it; ``serif`` None where nothing tells."""

    name: str
    embedded: bool
    bold: bool
    italic: bool
    x_height: float | None = None
    serif: bool | None = None


class Fonts:
    """The typefaces met so far, each looked at once."""

    def __init__(self, raw: Any) -> None:
        self._raw = raw
        self._known: dict[str, Font] = {}
        self._here: dict[int, str] = {}
        self._shapes: dict[str, dict[str, float]] = {}

    def meet(self, text: Any, things: Sequence[Any]) -> None:
        """Look at the typefaces of a page's text objects; PDFium may use their addresses again for the next page's."""
        self._here.clear()
        for thing in things:
            font = self._raw.FPDFTextObj_GetFont(thing)
            address = ctypes.addressof(font.contents)
            if address not in self._here:
                self._here[address] = self._first_seen(font)
        if any(len(self._shapes[key]) < len("xi.") for key in self._here.values()):
            self._measure(text)

    def of(self, thing: Any) -> Font:
        """Return the typeface of a text object of the page at hand."""
        return self._known[self._key(thing)]

    def word_spaces(self, text: Any) -> tuple[float, ...]:
        """Return the widths of some of a page's word spaces, in ems."""
        return tuple(self._spaces(text))

    def _key(self, thing: Any) -> str:
        return self._here[ctypes.addressof(self._raw.FPDFTextObj_GetFont(thing).contents)]

    def _first_seen(self, font: Any) -> str:
        raw, length = self._raw, ctypes.c_size_t()
        raw.FPDFFont_GetFontData(font, None, 0, length)
        name = self._name(font)
        key = f"{name} {length.value}"
        if key not in self._known:
            self._known[key] = self._described(font, name, length.value)
            self._shapes[key] = {}
        return key

    def _name(self, font: Any) -> str:
        buffer = ctypes.create_string_buffer(256)
        self._raw.FPDFFont_GetBaseFontName(font, buffer, len(buffer))
        return buffer.value.decode("utf-8", "replace")

    def _described(self, font: Any, name: str, length: int) -> Font:
        raw, angle = self._raw, ctypes.c_int()
        raw.FPDFFont_GetItalicAngle(font, angle)
        weight, serif = self._os2(font, length)
        plain = _SUBSET.sub("", name)
        return Font(
            plain,
            raw.FPDFFont_GetIsEmbedded(font) == 1,
            weight >= SEMIBOLD or bool(_BOLD.search(plain)),
            bool(raw.FPDFFont_GetFlags(font) & ITALIC) or angle.value != 0 or bool(_SLANTED.search(plain)),
            None,
            serif,
        )

    def _os2(self, font: Any, length: int) -> tuple[int, bool | None]:
        """Return weight and serifs by the OS/2 table of an embedded TrueType or OpenType file; 0 and None without."""
        data, written = ctypes.create_string_buffer(length), ctypes.c_size_t()
        self._raw.FPDFFont_GetFontData(font, ctypes.cast(data, ctypes.POINTER(ctypes.c_uint8)), length, written)
        table = _table(data.raw, b"OS/2")
        if len(table) < 42:  # noqa: PLR2004 - up to the end of panose
            return 0, None
        (weight,) = struct.unpack_from(">H", table, 4)
        kind, style = table[32], table[33]
        latin_text = 2
        if kind != latin_text or style not in (*_SERIFS, *_NO_SERIFS):
            return weight, None
        return weight, style in _SERIFS

    def _measure(self, text: Any) -> None:
        """Measure an x, an i and a full stop of each typeface that has not shown them yet."""
        raw, words = self._raw, self._page_text(text)
        matrix, size = raw.FS_MATRIX(), ctypes.c_float()
        edges = tuple(ctypes.c_double() for _ in range(4))
        for place, letter in enumerate(words):
            if letter not in "xzvwi.":
                continue
            index = raw.FPDFText_GetCharIndexFromTextIndex(text, place)
            thing = raw.FPDFText_GetTextObject(text, index) if index >= 0 else None
            if not thing:
                continue
            key, sign = self._key(thing), "x" if letter in _FLAT else letter
            if sign in self._shapes[key] or not raw.FPDFText_GetCharBox(text, index, *edges):
                continue
            raw.FPDFText_GetMatrix(text, index, matrix)
            raw.FPDFTextObj_GetFontSize(thing, size)
            em = size.value * abs(matrix.d)
            left, right, low, high = (edge.value for edge in edges)
            if em and not matrix.b:
                self._shapes[key][sign] = (high - low if sign == "x" else right - left) / em
                self._known[key] = _completed(self._known[key], self._shapes[key])

    def _page_text(self, text: Any) -> str:
        raw = self._raw
        count = raw.FPDFText_CountChars(text)
        buffer = (ctypes.c_ushort * (count + 1))()
        written = raw.FPDFText_GetText(text, 0, count, buffer)
        return bytes(buffer)[: 2 * max(written - 1, 0)].decode("utf-16-le", "replace")

    def _spaces(self, text: Any) -> Iterator[float]:
        raw = self._raw
        words = self._page_text(text)
        box, size = raw.FS_RECTF(), ctypes.c_float()
        matrix, found = raw.FS_MATRIX(), 0
        for match in re.finditer(r"(?<=\w) (?=\w)", words):
            index = raw.FPDFText_GetCharIndexFromTextIndex(text, match.start())
            thing = raw.FPDFText_GetTextObject(text, index) if index >= 0 else None
            if thing and raw.FPDFText_GetLooseCharBox(text, index, box):
                raw.FPDFText_GetMatrix(text, index, matrix)
                raw.FPDFTextObj_GetFontSize(thing, size)
                if em := size.value * abs(matrix.d):
                    yield (box.right - box.left) / em
                    found += 1
            if found == SPACES:
                return


def _completed(font: Font, shapes: dict[str, float]) -> Font:
    serif = font.serif
    if serif is None and {"i", "."} <= shapes.keys() and shapes["."]:
        serif = shapes["i"] >= SLAB * shapes["."]
    return msgspec.structs.replace(font, x_height=shapes.get("x"), serif=serif)


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


def word_space(pages: Sequence[tuple[float, ...]]) -> float | None:
    """Return the middle width of all word spaces, in ems."""
    widths = [width for spaces in pages for width in spaces]
    return median(widths) if widths else None
