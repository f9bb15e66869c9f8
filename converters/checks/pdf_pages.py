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

from converters.checks.pdf_fonts import Font, Fonts, page_words

Fault = Literal["broken", "locked", "empty"]
"""Why a PDF has nothing to measure: no PDF at all, a password, no page or no letter (a scan, for example)."""

Colour = tuple[int, int, int]
"""Red, green and blue from 0 to 255."""

Paint = tuple[int, int, int, float]
"""A colour and its opacity, to 1."""

Matrix = tuple[float, float, float, float, float, float]

WHITE: Final[Colour] = (255, 255, 255)
"""Paper that nothing was painted on."""

HYPHEN: Final = "\x02"
"""What PDFium gives for a hyphen at the end of a line, soft or not."""

THIN: Final = 0.2
"""How high a drawn bar may be, in ems of the letters above it, to be a line under them: Word's thick one is 0.1."""

LARGEST: Final = 96
"""The largest letters, in points, under which a stroke is looked for; higher strokes are frames, which cover nothing."""

UNSEEN: Final = {3, 7}
"""Modes in which letters are not painted: the words behind a scan (ISO 32000-1 §9.3.6)."""

BLACK: Final[Paint] = (0, 0, 0, 1.0)
"""What letters are painted with that no colour is set for."""

BOX: Final = 5
"""The most segments of a path that is a plain box: four sides, and back to the start."""

LENGTHY: Final = 300
"""From how many segments on a path is taken for its box: a drawing, not a frame."""

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
    """Something painted: its place in the order of painting, its box, its colour (None: a picture).

    ``corners``: of each of its outlines, where it is no plain box; a frame leaves out what is in it.
    """

    order: int
    left: float
    low: float
    right: float
    high: float
    colour: Colour | None
    corners: tuple[tuple[tuple[float, float], ...], ...] = ()

    def holds(self, x: float, y: float) -> bool:
        """Tell whether a point is painted (the even-odd rule, ISO 32000-1 §8.5.3.3.3)."""
        if not (self.left <= x <= self.right and self.low <= y <= self.high):
            return False
        return not self.corners or sum(_crossings(outline, x, y) for outline in self.corners) % 2 == 1


class _Letters(msgspec.Struct, frozen=True):
    """A text object, its place in the order of painting, and the matrix and opacity (to 1) of what holds it."""

    order: int
    thing: Any
    around: Matrix
    opacity: float


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
        self._buffer = ctypes.create_string_buffer(1024)
        self._letters: list[_Letters] = []
        self._shapes: list[_Shape] = []
        self._order = 0

    def page(self, number: int) -> Page:
        raw, base = self._raw, self._base()
        for place in range(raw.FPDFPage_CountObjects(self._page)):
            self._take(raw.FPDFPage_GetObject(self._page, place), base, 1)
        words = page_words(raw, self._text)
        self._fonts.meet(self._text, words, [letters.thing for letters in self._letters])
        runs = tuple(run for letters in self._letters for run in self._runs(letters))
        width, height = raw.FPDF_GetPageWidthF(self._page), raw.FPDF_GetPageHeightF(self._page)
        return Page(number, width, height, runs, self._fonts.word_spaces(self._text, words))

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

    def _take(self, thing: Any, around: Matrix, opacity: float) -> None:
        """Sort an object of the page into letters and shapes, what a form holds one by one."""
        raw = self._raw
        self._order += 1
        kind = raw.FPDFPageObj_GetType(thing)
        if kind == raw.FPDF_PAGEOBJ_TEXT:
            self._letters.append(_Letters(self._order, thing, around, opacity))
        elif kind == raw.FPDF_PAGEOBJ_PATH:
            self._shape(thing, around, opacity)
        elif kind == raw.FPDF_PAGEOBJ_FORM:
            inner = _times(self._matrix_of(thing), around)
            paint = self._paint(raw.FPDFPageObj_GetFillColor, thing)
            seen = opacity * paint[3] if paint else opacity
            for place in range(raw.FPDFFormObj_CountObjects(thing)):
                self._take(raw.FPDFFormObj_GetObject(thing, place), inner, seen)
        else:
            self._shapes.append(_Shape(self._order, *self._box(thing, around), None))

    def _shape(self, thing: Any, around: Matrix, opacity: float) -> None:
        """Keep what a path paints: an area, or a line as thick as it is (its box has room for corners besides)."""
        raw, filled, stroked = self._raw, ctypes.c_int(), ctypes.c_int()
        raw.FPDFPath_GetDrawMode(thing, filled, stroked)
        left, low, right, high = self._box(thing, around)
        if filled.value:
            paint = self._paint(raw.FPDFPageObj_GetFillColor, thing)
            corners = self._corners(thing, around)
        elif stroked.value and high - low < THIN * LARGEST:
            paint, corners = self._paint(raw.FPDFPageObj_GetStrokeColor, thing), ()
            low, high = low + (high - low) / 4, high - (high - low) / 4
        else:
            return
        below = self._ground(self._order, (left, low, right, high))
        colour = _mixed(paint, opacity, below) if paint else None
        self._shapes.append(_Shape(self._order, left, low, right, high, colour, corners))

    def _corners(self, thing: Any, around: Matrix) -> tuple[tuple[tuple[float, float], ...], ...]:
        """Return the corners of a path's outlines, curves taken as straight; none of a plain box or a very long path."""
        raw = self._raw
        count = raw.FPDFPath_CountSegments(thing)
        if not BOX < count < LENGTHY:
            return ()
        a, b, c, d, e, f = _times(self._matrix_of(thing), around)
        outlines: list[list[tuple[float, float]]] = []
        for place in range(count):
            segment = raw.FPDFPath_GetPathSegment(thing, place)
            raw.FPDFPathSegment_GetPoint(segment, self._edges[0], self._edges[1])
            x, y = self._edges[0].value, self._edges[1].value
            if raw.FPDFPathSegment_GetType(segment) == raw.FPDF_SEGMENT_MOVETO or not outlines:
                outlines.append([])
            outlines[-1].append((a * x + c * y + e, b * x + d * y + f))
        return tuple(map(tuple, outlines))

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
        ground = self._ground(letters.order, box)
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
            _mixed(self._paint(raw.FPDFPageObj_GetFillColor, thing) or BLACK, letters.opacity, ground),
            ground,
            font.bold or mode in STROKED,
            font.italic or (level and abs(matrix[2]) > 0.05 * abs(matrix[3])),
            self._underlined(box, matrix[5], size),
            level,
        )

    def _words(self, thing: Any) -> str:
        """Return the letters of a text object, in the order in which they are read."""
        ask, pointer = self._raw.FPDFTextObj_GetText, ctypes.POINTER(self._raw.FPDF_WCHAR)
        length = ask(thing, self._text, ctypes.cast(self._buffer, pointer), len(self._buffer))
        if length > len(self._buffer):
            self._buffer = ctypes.create_string_buffer(length)
            ask(thing, self._text, ctypes.cast(self._buffer, pointer), length)
        text = ctypes.string_at(self._buffer, max(length - 2, 0)).decode("utf-16-le", "replace")
        return text.replace(HYPHEN, "-")

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

    def _paint(self, ask: Any, thing: Any) -> Paint | None:
        """Return what an object is painted with; None for a pattern."""
        if not ask(thing, *self._channels):
            return None
        red, green, blue, alpha = (channel.value for channel in self._channels)
        return (red, green, blue, alpha / 255)

    def _ground(self, order: int, box: tuple[float, float, float, float]) -> Colour | None:
        """Return the colour of what was painted last before the letters and holds the middle of them."""
        x, y = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
        for shape in reversed(self._shapes):
            if shape.order < order and shape.holds(x, y):
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


def _mixed(paint: Paint, opacity: float, ground: Colour | None) -> Colour:
    """Return the colour that paint has on its ground, which shows through as far as the paint is not opaque."""
    *colour, alpha = paint
    share = alpha * opacity
    below = ground or WHITE
    red, green, blue = (round(over * share + under * (1 - share)) for over, under in zip(colour, below, strict=True))
    return (red, green, blue)


def _crossings(outline: tuple[tuple[float, float], ...], x: float, y: float) -> int:
    """Count how often an outline crosses the level line from a point to the right."""
    return sum(
        (y1 > y) != (y2 > y) and x < x1 + (y - y1) * (x2 - x1) / (y2 - y1)
        for (x1, y1), (x2, y2) in zip(outline, (*outline[1:], outline[0]), strict=True)
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
