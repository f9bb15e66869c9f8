"""What stands on every page beside the text: page numbers and running heads, told by where and how often."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence

import msgspec

from converters.checks.large_print_measures import Ends, PageNumbers, Side
from converters.checks.pdf_pages import Page
from converters.checks.set_lines import Line

OFTEN = 0.6
"""On how many pages of all a number that counts them has to stand to be the page number."""

REPEATED = 0.3
"""On how many pages of all the same words in the same place are a running head."""

STEADY = 0.25
"""By how many ems numbers may be off their place: a 1 has wider bearings than a 2."""

FEW = 3
"""With fewer pages a number counts only where it stands alone."""

_FIRST = re.compile(r"^\W*(\d{1,5})(?!\w)")
_LAST = re.compile(r"(?<!\w)(\d{1,5})\W*$")

Row = tuple[int, int]
"""A row of lines: its page and its place."""


class PageNumber(msgspec.Struct, frozen=True):
    """A page number, the line that holds it, and at which end of the page that is."""

    line: Line
    value: int
    ends: Ends


def numbered(sheets: Sequence[Sequence[Line]]) -> tuple[PageNumber, ...]:
    """Return the page number of each page that has one."""
    found = [number for sheet in sheets for number in _candidates(sheet)]
    written = sum(1 for sheet in sheets if sheet)
    if written < FEW:
        found = [number for number in found if not re.search(r"[^\W\d]", number.line.text)]
    places = Counter((number.value - number.line.page, number.ends) for number in found)
    if not places:
        return ()
    best, count = max(places.items(), key=lambda item: (item[1], item[0][1] == "foot", -abs(item[0][0])))
    if count < OFTEN * (written - 1) or count < min(written - 1, 2):
        return ()
    kept = {n.line.page: n for n in found if (n.value - n.line.page, n.ends) == best}
    return tuple(kept.values())


def _candidates(sheet: Sequence[Line]) -> Iterator[PageNumber]:
    """Yield numbers at either end of the lines in the first two rows and the last two."""
    last = sheet[-1].row if sheet else 0
    for line in sheet:
        low = line.row >= last - 1
        if low or line.row <= 1:
            for match in filter(None, (_LAST.search(line.text), _FIRST.search(line.text))):
                yield PageNumber(line, int(match[1]), "foot" if low and (line.row > 1 or line.row == last) else "head")


def page_numbers(
    pages: Sequence[Page], sheets: Sequence[Sequence[Line]], found: tuple[PageNumber, ...]
) -> PageNumbers | None:
    """Describe the page numbers; a first page (a title page) may go without."""
    if not found:
        return None
    written = [sheet[0].page for sheet in sheets if sheet]
    there = {number.line.page for number in found} & set(written)
    due = sum(1 for page in written if page != written[0] or page in there)
    smallest = min(found, key=lambda number: number.line.size)
    places = [_place(number, pages[number.line.page - 1].width) for number in found]
    return PageNumbers(
        len(there),
        due,
        smallest.line.size,
        all(number.line.bold for number in found),
        found[0].ends,
        _side([side for side, _ in places], [number.value for number in found]),
        all(_steady(away, smallest.line.size) for away in ([n.line.baseline for n in found], [a for _, a in places])),
        next((page for page in written[1:] if page not in there), smallest.line.page),
    )


def _place(number: PageNumber, width: float) -> tuple[str, float]:
    """Return the side of the page on which a number stands, and its distance from that side (or from the middle)."""
    line = number.line
    left, right = line.left, width - line.right
    if abs(left - right) < width / 4:
        return "middle", (left - right) / 2
    return ("left", left) if left < right else ("right", right)


def _side(sides: list[str], values: list[int]) -> Side:
    if set(sides) == {"middle"}:
        return "middle"
    outer = [side == ("right" if value % 2 else "left") for side, value in zip(sides, values, strict=True)]
    if "middle" in sides:
        return "changing"
    if all(outer):
        return "outer"
    if len(set(sides)) == 1:
        return "one side"
    return "changing" if any(outer) else "inner"


def _steady(distances: list[float], size: float) -> bool:
    return max(distances) - min(distances) <= STEADY * size


def furniture(sheets: Sequence[Sequence[Line]], numbers: tuple[PageNumber, ...], leading: float) -> set[Row]:
    """Return the rows that hold page numbers and running heads and feet."""
    rows = {(number.line.page, number.line.row) for number in numbers}
    for ends in ("head", "foot", "head", "foot"):
        rows |= _running(
            [[line for line in sheet if (line.page, line.row) not in rows] for sheet in sheets], ends, leading
        )
    return rows


def _running(sheets: list[list[Line]], ends: str, leading: float) -> set[Row]:
    """Return outermost rows that say the same on many pages, or stand well apart in one place on most."""
    outer = [_outermost(sheet, ends) for sheet in sheets if sheet]
    words = Counter(_signature(line) for line, _ in outer)
    places = Counter(round(line.baseline) for line, _ in outer)
    near = {place: min(gap for line, gap in outer if round(line.baseline) == place) for place in places}
    return {
        (line.page, line.row)
        for line, _ in outer
        if words[_signature(line)] >= max(min(FEW, len(outer)), 2, REPEATED * len(outer))
        or (
            places[round(line.baseline)] >= max(FEW, OFTEN * len(outer))
            and near[round(line.baseline)] > 1.2 * leading > 0
        )
    }


def _outermost(sheet: list[Line], ends: str) -> tuple[Line, float]:
    """Return the first or last line of a page, with the step from or to its neighbour."""
    line = sheet[0] if ends == "head" else sheet[-1]
    steps = [abs(line.baseline - other.baseline) for other in sheet if other.row != line.row]
    return line, min(steps, default=0)


def _signature(line: Line) -> tuple[str, int]:
    return re.sub(r"\d+", "", line.text), round(line.baseline / 2)
