"""What is painted on a page beside letters, in the order of painting: the ground they stand on, lines under them."""

from typing import Final

import msgspec

Colour = tuple[int, int, int]
"""Red, green and blue from 0 to 255."""

Paint = tuple[int, int, int, float]
"""A colour and its opacity, to 1."""

Matrix = tuple[float, float, float, float, float, float]
"""How a point moves and turns: x becomes ax + cy + e, y becomes bx + dy + f (ISO 32000-1 §8.3.3)."""

Box = tuple[float, float, float, float]
"""Left, low, right and high in points."""

Outline = tuple[tuple[float, float], ...]
"""The corners of a shape, one after the other."""

STILL: Final[Matrix] = (1, 0, 0, 1, 0, 0)
"""The matrix that neither moves nor turns anything: most pages', which is worth asking for."""

WHITE: Final[Colour] = (255, 255, 255)
"""Paper that nothing was painted on."""

BLACK: Final[Paint] = (0, 0, 0, 1.0)
"""What letters are painted with that no colour is set for."""

THIN: Final = 0.2
"""How thick a bar may be, in ems of the letters above it, to be a line under them; a thick one has 0.1."""

LARGEST: Final = 96
"""The largest letters, in points, under which a line is looked for."""

LOW: Final = 0.3
"""How far below the baseline, in ems, a line under letters may be."""


class Shape(msgspec.Struct, frozen=True, gc=False):
    """Something painted: its place in the order of painting, its box, its colour (None: a picture or a pattern).

    ``outlines``: where it is no plain box; what a frame leaves out is not painted.
    """

    order: int
    box: Box
    colour: Colour | None
    outlines: tuple[Outline, ...] = ()

    def holds(self, x: float, y: float) -> bool:
        """Tell whether a point is painted (the even-odd rule, ISO 32000-1 §8.5.3.3.3)."""
        left, low, right, high = self.box
        if not (left <= x <= right and low <= y <= high):
            return False
        return not self.outlines or sum(_crossings(outline, x, y) for outline in self.outlines) % 2 == 1


class Painting:
    """The shapes of one page."""

    def __init__(self) -> None:
        self._areas: list[Shape] = []
        self._bars: list[Box] = []

    def add(self, shape: Shape) -> None:
        """Keep a shape: a thin one as a bar, any other as an area that may be the ground of letters."""
        _, low, _, high = shape.box
        if high - low <= THIN * LARGEST:
            self._bars.append(shape.box)
        self._areas.append(shape)

    def ground(self, order: int, box: Box) -> Colour | None:
        """Return the colour of what was painted last before the letters and holds the middle of them."""
        x, y = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
        for shape in reversed(self._areas):
            if shape.order < order and shape.holds(x, y):
                return shape.colour
        return WHITE

    def underlined(self, box: Box, baseline: float, size: float) -> bool:
        """Tell whether a thin bar runs below the baseline along at least half of the letters."""
        return bool(self._bars) and any(
            high - low <= THIN * size
            and baseline - LOW * size <= (low + high) / 2 <= baseline
            and min(right, box[2]) - max(left, box[0]) > (box[2] - box[0]) / 2
            for left, low, right, high in self._bars
        )


def mixed(paint: Paint, opacity: float, ground: Colour | None) -> Colour:
    """Return the colour that paint has on its ground, which shows through as far as the paint is not opaque."""
    *colour, alpha = paint
    share = alpha * opacity
    below = ground or WHITE
    red, green, blue = (round(over * share + under * (1 - share)) for over, under in zip(colour, below, strict=True))
    return (red, green, blue)


def times(inner: Matrix, outer: Matrix) -> Matrix:
    """Return the matrix that does first the inner one, then the outer one."""
    if outer == STILL:
        return inner
    a, b, c, d, e, f = inner
    (x, y), (u, v), (s, t) = _turned(a, b, outer), _turned(c, d, outer), _turned(e, f, outer)
    return (x, y, u, v, s + outer[4], t + outer[5])


def moved(box: Box, around: Matrix) -> Box:
    """Return the box around a box that was moved and turned."""
    if around == STILL:
        return box
    left, low, right, high = box
    corners = [_turned(x, y, around) for x in (left, right) for y in (low, high)]
    xs, ys = [x for x, _ in corners], [y for _, y in corners]
    return (min(xs) + around[4], min(ys) + around[5], max(xs) + around[4], max(ys) + around[5])


def _turned(x: float, y: float, matrix: Matrix) -> tuple[float, float]:
    a, b, c, d, _, _ = matrix
    return a * x + c * y, b * x + d * y


def placed(x: float, y: float, matrix: Matrix) -> tuple[float, float]:
    """Return where a point is on the page."""
    across, up = _turned(x, y, matrix)
    return across + matrix[4], up + matrix[5]


def _crossings(outline: Outline, x: float, y: float) -> int:
    """Count how often an outline crosses the level line from a point to the right."""
    return sum(
        (y1 > y) != (y2 > y) and x < x1 + (y - y1) * (x2 - x1) / (y2 - y1)
        for (x1, y1), (x2, y2) in zip(outline, (*outline[1:], outline[0]), strict=True)
    )
