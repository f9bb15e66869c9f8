"""The pages of any finished PDF as PDFium sees them: runs of letters, and what they stand on.

A run is a text object of the page (ISO 32000-1 §9.4): letters of one typeface, size and colour. It costs a dozen calls,
whatever its length; nothing is asked letter by letter.
"""

import ctypes
import math
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Final, Literal

import msgspec

from converters.checks.pdf_fonts import Font, Fonts, page_words
from converters.checks.pdf_painting import (
    BLACK,
    Box,
    Colour,
    Matrix,
    Outline,
    Paint,
    Painting,
    Shape,
    mixed,
    moved,
    placed,
    times,
)

Fault = Literal["broken", "locked", "empty"]
"""Why a PDF has nothing to measure: no PDF at all, a password, no page or no letter (a scan, for example)."""

HYPHEN: Final = "\x02"
"""What PDFium gives for a hyphen at the end of a line, soft or not."""

UNSEEN: Final = {3, 7}
"""Modes in which letters are not painted: the words behind a scan (ISO 32000-1 §9.3.6)."""

STROKED: Final = {2, 6}
"""Modes in which letters are filled and outlined: the bold of a typeface that has none."""

BOX: Final = 5
"""The most segments of a path that is a plain box: four sides, and back to the start."""

LENGTHY: Final = 300
"""From how many segments on a path is taken for its box: a drawing, not a frame."""

SLANT: Final = 0.05
"""How far the top of a letter leans for each point of height, at least, to be slanted: three degrees."""


class UnreadableError(Exception):
    """A PDF cannot be opened, for the reason in ``fault``."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(fault)
        self.fault: Fault = fault


class Run(msgspec.Struct, frozen=True, gc=False):
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
    """One page, counted from 1, in points; runs in the order in which they are painted. Word spaces in ems."""

    number: int
    width: float
    height: float
    runs: tuple[Run, ...]
    word_spaces: tuple[float, ...]


class _Letters(msgspec.Struct, frozen=True, gc=False):
    """A text object, its place in the order of painting, and the matrix and opacity (to 1) of what holds it."""

    order: int
    thing: Any
    around: Matrix
    opacity: float


def pages(pdf: bytes) -> Iterator[Page]:
    """Yield the pages in order, each closed before the next is opened. Raises ``UnreadableError``."""
    from pypdfium2 import raw  # type: ignore[import-untyped]  # it has no types

    with _opened(pdf, raw) as document:
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
def _opened(pdf: bytes, raw: Any) -> Iterator[Any]:
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
        self._buffer = (ctypes.c_ushort * 1024)()
        self._letters: list[_Letters] = []
        self._painting = Painting()
        self._order = 0

    def page(self, number: int) -> Page:
        raw, base = self._raw, self._base()
        for place in range(raw.FPDFPage_CountObjects(self._page)):
            self._take(raw.FPDFPage_GetObject(self._page, place), base, 1)
        words = page_words(raw, self._text)
        self._fonts.meet(self._text, words, [letters.thing for letters in self._letters])
        runs = tuple(run for letters in self._letters if (run := self._run(letters)))
        width, height = raw.FPDF_GetPageWidthF(self._page), raw.FPDF_GetPageHeightF(self._page)
        return Page(number, width, height, runs, self._fonts.word_spaces(self._text, words))

    def _base(self) -> Matrix:
        """Return the matrix from the page's own axes to the page as it is looked at (ISO 32000-1 §7.7.3.3)."""
        box = self._raw.FS_RECTF()
        self._raw.FPDF_GetPageBoundingBox(self._page, box)
        left, low, right, high = box.left, box.bottom, box.right, box.top
        match self._raw.FPDFPage_GetRotation(self._page):
            case 1:
                return (0, -1, 1, 0, -low, right)
            case 2:
                return (-1, 0, 0, -1, right, high)
            case 3:
                return (0, 1, -1, 0, high, -left)
            case _:
                return (1, 0, 0, 1, -left, -low)

    # what there is ------------------------------------------------------------------------

    def _take(self, thing: Any, around: Matrix, opacity: float) -> None:
        """Sort an object of the page into letters and shapes, what a form holds one by one."""
        raw = self._raw
        self._order += 1
        kind = raw.FPDFPageObj_GetType(thing)
        if kind == raw.FPDF_PAGEOBJ_TEXT:
            self._letters.append(_Letters(self._order, thing, around, opacity))
        elif kind == raw.FPDF_PAGEOBJ_PATH:
            self._path(thing, around, opacity)
        elif kind == raw.FPDF_PAGEOBJ_FORM:
            inner = times(self._matrix_of(thing), around)
            *_, alpha = self._paint(raw.FPDFPageObj_GetFillColor, thing) or BLACK
            for place in range(raw.FPDFFormObj_CountObjects(thing)):
                self._take(raw.FPDFFormObj_GetObject(thing, place), inner, opacity * alpha)
        else:
            self._painting.add(Shape(self._order, self._box(thing, around), None))

    def _path(self, thing: Any, around: Matrix, opacity: float) -> None:
        """Keep what a path paints: an area, or a line as thick as it is (its box has room for corners besides)."""
        raw, filled, stroked = self._raw, ctypes.c_int(), ctypes.c_int()
        raw.FPDFPath_GetDrawMode(thing, filled, stroked)
        left, low, right, high = self._box(thing, around)
        outlines: tuple[Outline, ...] = ()
        if filled.value:
            paint = self._paint(raw.FPDFPageObj_GetFillColor, thing)
            outlines = self._outlines(thing, around)
        elif stroked.value and raw.FPDFPath_CountSegments(thing) < BOX - 1:
            paint = self._paint(raw.FPDFPageObj_GetStrokeColor, thing)
            low, high = low + (high - low) / 4, high - (high - low) / 4
        else:
            return
        box = (left, low, right, high)
        colour = mixed(paint, opacity, self._painting.ground(self._order, box)) if paint else None
        self._painting.add(Shape(self._order, box, colour, outlines))

    def _outlines(self, thing: Any, around: Matrix) -> tuple[Outline, ...]:
        """Return the outlines of a path, curves taken as straight; none of a plain box or a very long path."""
        raw = self._raw
        count = raw.FPDFPath_CountSegments(thing)
        if not BOX < count < LENGTHY:
            return ()
        matrix = times(self._matrix_of(thing), around)
        outlines: list[list[tuple[float, float]]] = []
        for place in range(count):
            segment = raw.FPDFPath_GetPathSegment(thing, place)
            raw.FPDFPathSegment_GetPoint(segment, self._edges[0], self._edges[1])
            if raw.FPDFPathSegment_GetType(segment) == raw.FPDF_SEGMENT_MOVETO or not outlines:
                outlines.append([])
            outlines[-1].append(placed(self._edges[0].value, self._edges[1].value, matrix))
        return tuple(map(tuple, outlines))

    # letters --------------------------------------------------------------------------------

    def _run(self, letters: _Letters) -> Run | None:
        """Return what a text object shows; None for spaces, and for letters that are not painted."""
        raw, thing = self._raw, letters.thing
        mode = raw.FPDFTextObj_GetTextRenderMode(thing)
        text = self._words(thing)
        if mode in UNSEEN or not text or text.isspace():
            return None
        a, b, c, d, start, baseline = times(self._matrix_of(thing), letters.around)
        raw.FPDFTextObj_GetFontSize(thing, self._size)
        size = round(self._size.value * abs(a * d - b * c) / (math.hypot(a, b) or 1), 2)
        box = self._box(thing, letters.around)
        font, level = self._fonts.of(thing), abs(b) <= SLANT * abs(a)
        ground = self._painting.ground(letters.order, box)
        paint = self._paint(raw.FPDFPageObj_GetFillColor, thing) or BLACK
        left, low, right, high = box
        return Run(
            text,
            font,
            size,
            start,
            left,
            right,
            baseline,
            low,
            high,
            mixed(paint, letters.opacity, ground),
            ground,
            font.bold or mode in STROKED,
            font.italic or (level and abs(c) > SLANT * abs(d)),
            self._painting.underlined(box, baseline, size),
            level,
        )

    def _words(self, thing: Any) -> str:
        """Return the letters of a text object, in the order in which they are read."""
        ask = self._raw.FPDFTextObj_GetText
        length = ask(thing, self._text, self._buffer, len(self._buffer))
        if length > len(self._buffer):
            self._buffer = (ctypes.c_ushort * length)()
            ask(thing, self._text, self._buffer, length)
        text = ctypes.string_at(self._buffer, max(length - 2, 0)).decode("utf-16-le", "replace")
        return text.replace(HYPHEN, "-")

    # what PDFium answers ----------------------------------------------------------------------

    def _matrix_of(self, thing: Any) -> Matrix:
        matrix = self._matrix
        self._raw.FPDFPageObj_GetMatrix(thing, matrix)
        return (matrix.a, matrix.b, matrix.c, matrix.d, matrix.e, matrix.f)

    def _box(self, thing: Any, around: Matrix) -> Box:
        self._raw.FPDFPageObj_GetBounds(thing, *self._edges)
        left, low, right, high = (edge.value for edge in self._edges)
        return moved((left, low, right, high), around)

    def _paint(self, ask: Any, thing: Any) -> Paint | None:
        """Return what an object is painted with; None for a pattern."""
        if not ask(thing, *self._channels):
            return None
        red, green, blue, alpha = (channel.value for channel in self._channels)
        return (red, green, blue, alpha / 255)
