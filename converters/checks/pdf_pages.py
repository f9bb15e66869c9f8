"""The pages of any finished PDF as PDFium sees them: runs of letters, ruled lines, what lies under the letters.

A run is a text object of the page (ISO 32000-1 §9.4): letters of one typeface, size and colour. It costs
a dozen calls, whatever its length; nothing is asked letter by letter.
"""

import ctypes
import math
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Final, Literal

import msgspec

from converters.checks.pdf_fonts import Font, Fonts

Fault = Literal["broken", "locked", "empty"]
"""Why a PDF has nothing to measure: no PDF at all, a password, no page or no letter (a scan, for example)."""

Colour = tuple[int, int, int]
"""Red, green and blue from 0 to 255."""

Matrix = tuple[float, float, float, float, float, float]

WHITE: Final[Colour] = (255, 255, 255)
"""Paper that nothing was painted on."""

THIN: Final = 0.2
"""How high a drawn bar may be, in ems of the letters above it, to be a line under them: Word's thick one is 0.1."""

UNSEEN: Final = {3, 7}
"""Modes in which letters are not painted: the words behind a scan (ISO 32000-1 §9.3.6)."""

STROKED: Final = {2, 6}
"""Modes in which letters are filled and outlined: the bold of a typeface that has none."""


class UnreadableError(Exception):
    """A PDF cannot be opened, for the reason in ``fault``."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(fault)
        self.fault: Fault = fault


class Run(msgspec.Struct, frozen=True):
    """Letters of one typeface, size and colour, in points from the lower left corner of the page as it is looked at.

    ``start`` is where the first letter has its origin, ``left`` to ``high`` the box of the ink. ``ground`` is
    None on a picture. ``level``: the letters stand upright on a level line.
    """

    text: str
    font: Font
    size: float
    start: float
    left: float
    right: float
    baseline: float
    low: float
    high: float
    colour: Colour
    ground: Colour | None
    bold: bool
    italic: bool
    underlined: bool
    level: bool


class Page(msgspec.Struct, frozen=True):
    """One page, counted from 1, in points; runs in the order in which they are painted."""

    number: int
    width: float
    height: float
    runs: tuple[Run, ...]
    word_spaces: tuple[float, ...]


class _Shape(msgspec.Struct, frozen=True):
    """Something painted: its place in the order of painting, its box, its colour (None: a picture)."""

    order: int
    left: float
    low: float
    right: float
    high: float
    colour: Colour | None


class _Letters(msgspec.Struct, frozen=True):
    """A text object, with the matrix of what holds it, and its place in the order of painting."""

    order: int
    thing: Any
    around: Matrix


def pages(pdf: bytes) -> Iterator[Page]:
    """Yield the pages in order, each closed before the next is opened. Raises ``UnreadableError``."""
    from pypdfium2 import raw  # type: ignore[import-untyped]  # it has no types

    with _opened(pdf) as document:
        fonts = Fonts(raw)
        count = raw.FPDF_GetPageCount(document)
        if not count:
            raise UnreadableError("empty")
        for index in range(count):
            page = raw.FPDF_LoadPage(document, index)
            text = raw.FPDFText_LoadPage(page) if page else None
            if not text:
                raise UnreadableError("broken")
            try:
                yield _Reader(raw, page, text, fonts).page(index + 1)
            finally:
                raw.FPDFText_ClosePage(text)
                raw.FPDF_ClosePage(page)


@contextmanager
def _opened(pdf: bytes) -> Iterator[Any]:
    from pypdfium2 import raw

    document = raw.FPDF_LoadMemDocument64(pdf, len(pdf), None)
    if not document:
        raise UnreadableError("locked" if raw.FPDF_GetLastError() == raw.FPDF_ERR_PASSWORD else "broken")
    try:
        yield document
    finally:
        raw.FPDF_CloseDocument(document)


class _Reader:
    """Reads one page; keeps the memory that PDFium writes its answers to."""

    def __init__(self, raw: Any, page: Any, text: Any, fonts: Fonts) -> None:
        self._raw, self._page, self._text, self._fonts = raw, page, text, fonts
        self._edges = tuple(ctypes.c_float() for _ in range(4))
        self._channels = tuple(ctypes.c_uint() for _ in range(4))
        self._matrix, self._size = raw.FS_MATRIX(), ctypes.c_float()
        self._letters: list[_Letters] = []
        self._shapes: list[_Shape] = []
        self._order = 0

    def page(self, number: int) -> Page:
        raw, base = self._raw, self._base()
        for place in range(raw.FPDFPage_CountObjects(self._page)):
            self._take(raw.FPDFPage_GetObject(self._page, place), base)
        self._fonts.meet(self._text, [letters.thing for letters in self._letters])
        runs = tuple(run for letters in self._letters for run in self._runs(letters))
        width, height = raw.FPDF_GetPageWidthF(self._page), raw.FPDF_GetPageHeightF(self._page)
        return Page(number, width, height, runs, self._fonts.word_spaces(self._text))

    def _base(self) -> Matrix:
        """Return the matrix from the page's own axes to the page as it is looked at (ISO 32000-1 §7.7.3.3)."""
        box = self._raw.FPDFPage_GetCropBox
        if not box(self._page, *self._edges):
            box = self._raw.FPDFPage_GetMediaBox
            box(self._page, *self._edges)
        left, low, right, high = (edge.value for edge in self._edges)
        match self._raw.FPDFPage_GetRotation(self._page):
            case 1:
                return (0, -1, 1, 0, -low, right)
            case 2:
                return (-1, 0, 0, -1, right, high)
            case 3:
                return (0, 1, -1, 0, high, -left)
            case _:
                return (1, 0, 0, 1, -left, -low)

    def _take(self, thing: Any, around: Matrix) -> None:
        """Sort an object of the page into letters and shapes, what a form holds one by one."""
        raw = self._raw
        self._order += 1
        kind = raw.FPDFPageObj_GetType(thing)
        if kind == raw.FPDF_PAGEOBJ_TEXT:
            self._letters.append(_Letters(self._order, thing, around))
        elif kind == raw.FPDF_PAGEOBJ_PATH:
            self._shape(thing, around)
        elif kind == raw.FPDF_PAGEOBJ_FORM:
            inner = _times(self._matrix_of(thing), around)
            for place in range(raw.FPDFFormObj_CountObjects(thing)):
                self._take(raw.FPDFFormObj_GetObject(thing, place), inner)
        else:
            self._shapes.append(_Shape(self._order, *self._box(thing, around), None))

    def _shape(self, thing: Any, around: Matrix) -> None:
        raw, mode, stroked = self._raw, ctypes.c_int(), ctypes.c_int()
        raw.FPDFPath_GetDrawMode(thing, mode, stroked)
        if mode.value:
            colour = self._colour(raw.FPDFPageObj_GetFillColor, thing)
        elif stroked.value:
            colour = self._colour(raw.FPDFPageObj_GetStrokeColor, thing)
        else:
            return
        left, low, right, high = self._box(thing, around)
        if mode.value or high - low < THIN * 48:
            self._shapes.append(_Shape(self._order, left, low, right, high, colour))

    def _runs(self, letters: _Letters) -> Iterator[Run]:
        raw, thing = self._raw, letters.thing
        mode = raw.FPDFTextObj_GetTextRenderMode(thing)
        text = self._words(thing)
        if mode in UNSEEN or not text or text.isspace():
            return
        matrix = _times(self._matrix_of(thing), letters.around)
        raw.FPDFTextObj_GetFontSize(thing, self._size)
        size = round(self._size.value * math.hypot(matrix[2], matrix[3]), 2)
        box = self._box(thing, letters.around)
        font = self._fonts.of(thing)
        level = abs(matrix[1]) <= 0.01 * abs(matrix[0])
        yield Run(
            text,
            font,
            size,
            matrix[4],
            box[0],
            box[2],
            matrix[5],
            box[1],
            box[3],
            self._colour(raw.FPDFPageObj_GetFillColor, thing) or (0, 0, 0),
            self._ground(letters.order, box),
            font.bold or mode in STROKED,
            font.italic or (level and abs(matrix[2]) > 0.05 * abs(matrix[3])),
            self._underlined(box, matrix[5], size),
            level,
        )

    def _words(self, thing: Any) -> str:
        raw = self._raw
        length = raw.FPDFTextObj_GetText(thing, self._text, None, 0)
        buffer = ctypes.create_string_buffer(length)
        raw.FPDFTextObj_GetText(thing, self._text, ctypes.cast(buffer, ctypes.POINTER(raw.FPDF_WCHAR)), length)
        return buffer.raw[: max(length - 2, 0)].decode("utf-16-le", "replace")

    def _matrix_of(self, thing: Any) -> Matrix:
        matrix = self._matrix
        self._raw.FPDFPageObj_GetMatrix(thing, matrix)
        return (matrix.a, matrix.b, matrix.c, matrix.d, matrix.e, matrix.f)

    def _box(self, thing: Any, around: Matrix) -> tuple[float, float, float, float]:
        """Return the box of an object on the page: left, low, right, high."""
        self._raw.FPDFPageObj_GetBounds(thing, *self._edges)
        left, low, right, high = (edge.value for edge in self._edges)
        a, b, c, d, e, f = around
        xs = (a * left + c * low + e, a * right + c * high + e, a * left + c * high + e, a * right + c * low + e)
        ys = (b * left + d * low + f, b * right + d * high + f, b * left + d * high + f, b * right + d * low + f)
        return min(xs), min(ys), max(xs), max(ys)

    def _colour(self, ask: Any, thing: Any) -> Colour | None:
        """Return a colour on white, as much of it as is not transparent; None for a pattern."""
        if not ask(thing, *self._channels):
            return None
        *colour, alpha = (channel.value for channel in self._channels)
        red, green, blue = (255 - (255 - channel) * alpha // 255 for channel in colour)
        return (red, green, blue)

    def _ground(self, order: int, box: tuple[float, float, float, float]) -> Colour | None:
        """Return the colour of what was painted last before the letters and holds the middle of them."""
        x, y = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
        for shape in reversed(self._shapes):
            if shape.order < order and shape.left <= x <= shape.right and shape.low <= y <= shape.high:
                return shape.colour
        return WHITE

    def _underlined(self, box: tuple[float, float, float, float], baseline: float, size: float) -> bool:
        """Tell whether a thin bar runs below the baseline along at least half of the letters."""
        return any(
            shape.high - shape.low <= THIN * size
            and baseline - 0.3 * size <= (shape.low + shape.high) / 2 <= baseline
            and min(shape.right, box[2]) - max(shape.left, box[0]) > (box[2] - box[0]) / 2
            for shape in self._shapes
        )


def _times(inner: Matrix, outer: Matrix) -> Matrix:
    """Return the matrix that does first the inner one, then the outer one."""
    a, b, c, d, e, f = inner
    aa, bb, cc, dd, ee, ff = outer
    return (
        a * aa + b * cc,
        a * bb + b * dd,
        c * aa + d * cc,
        c * bb + d * dd,
        e * aa + f * cc + ee,
        e * bb + f * dd + ff,
    )
