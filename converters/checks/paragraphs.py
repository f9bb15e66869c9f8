"""Which lines of a page belong to one paragraph, told by the room between them and by how far they reach.

A PDF need not say where a paragraph ends. Here one goes on while lines of the body's size follow each other at the
body's leading, the lower one is not indented alone, and its first word had no room in the one above.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise
from statistics import median

import msgspec

from converters.checks.large_print_measures import most
from converters.checks.set_lines import Line

SAME_SIZE = 0.02
"""By how much of the body's size a line may differ and be of the body: browsers round to their pixels."""

SAME_STEP = 0.06
"""By how much of an em a baseline may be off: LibreOffice rounds to twentieths of a point, browsers to pixels."""

LONG = 0.7
"""A line of this much of the longest is no short last one."""

WIDER = 1.5
"""How much wider than the line's other letters those of a word may be: as many as w and m have."""

FURTHER = 1.15
"""From how many times the leading on a step leads to another paragraph."""

OFTEN = 0.04
"""The least share of such steps where paragraphs are told by them: one in two dozen lines."""

INDENT = 0.8
"""The least indent of a paragraph's first line, in ems."""

ENDINGS = ".!?…。！？؟।۔"
ITEM = re.compile(r"\d{1,3}[.)]\s|[•‣◦▪*–—-]\s")
"""How an entry of a list begins."""

CLOSERS = "\"'”’»)]」』"


class Body(msgspec.Struct, frozen=True):
    """How the body is set: size and leading in points (0: none measured), and how far lines reach, by their left.

    ``spaced``: paragraphs lie further apart than lines, so that the room alone tells where one ends.
    """

    size: float
    leading: float
    reach: dict[int, float]
    spaced: bool = False

    def holds(self, line: Line) -> bool:
        """Tell whether a line is of the body's size."""
        return abs(line.size - self.size) <= SAME_SIZE * self.size

    def full(self, line: Line, after: Line) -> bool:
        """Tell whether the first word of the line after had no room in this one."""
        letters = len(after.text.partition(" ")[0]) * WIDER + 1
        room = (after.right - after.left) / max(len(after.text), 1) * letters
        return line.right + room >= self.edge(line)

    def edge(self, line: Line) -> float:
        """Return how far the furthest of the lines reaches that begin where this one does."""
        return self.reach.get(_column(line), line.right)

    @property
    def left(self) -> float:
        """How far in most lines begin."""
        return 4.0 * min(self.reach, default=0)

    def joined(self, line: Line, after: Line) -> bool:
        """Tell whether two lines, one below the other on a page, are of one paragraph."""
        step = line.baseline - after.baseline
        return (
            self.leading > 0
            and self.holds(line)
            and self.holds(after)
            and abs(step - self.leading) <= max(SAME_STEP * self.size, 0.5)
            and (self.spaced or (not after.label and after.left - line.left < INDENT * self.size))
            and (self.spaced or self.full(line, after))
        )

    def runs_on(self, line: Line, after: Line) -> bool:
        """Tell whether a paragraph goes on from the last line of a page to the first of the next.

        Where a sentence ends with the page, and the next page does not begin in lower case, nothing tells: that is no.
        """
        ended = line.text.rstrip(CLOSERS).endswith(tuple(ENDINGS)) and not after.text[:1].islower()
        ended = ended or ITEM.match(after.text) is not None
        return (
            self.holds(line)
            and self.holds(after)
            and not after.label
            and not ended
            and not (after.bold and not line.bold)
            and self.full(line, after)
        )


def body(sheets: Sequence[Sequence[Line]], size: float) -> Body:
    """Return how lines of the body's size are set throughout the file."""
    reach: dict[int, float] = {}
    held = Body(size, 0, reach)
    for sheet in sheets:
        for line in sheet:
            if held.holds(line):
                reach[_column(line)] = max(reach.get(_column(line), 0), line.right)
    steps = list(_steps(sheets, held))
    leading = _leading(steps, size)
    further = sum(step > FURTHER * leading for step in steps)
    return Body(size, leading, reach, spaced=further >= OFTEN * len(steps) > 0)


def _steps(sheets: Sequence[Sequence[Line]], body: Body) -> Iterator[float]:
    """Yield the steps from one line of the body to the next."""
    for sheet in sheets:
        for line, after in pairwise(sheet):
            step = line.baseline - after.baseline
            if body.holds(line) and body.holds(after) and 0.8 * body.size < step < 4 * body.size:
                yield step


def _leading(steps: list[float], size: float) -> float:
    """Return the least of the frequent steps: that within paragraphs."""
    counts = Counter(round(step, 1) for step in steps)
    frequent = [step for step, count in counts.items() if count * 4 >= counts[most(counts)]]
    return median(step for step in steps if abs(step - min(frequent)) <= SAME_STEP * size) if frequent else 0


def paragraphs(sheet: Sequence[Line], body: Body) -> Iterator[tuple[Line, ...]]:
    """Yield the paragraphs on a page, each as its lines; a line of another size is one by itself."""
    together: list[Line] = []
    for place, line in enumerate(sheet):
        apart = not body.spaced and _indented(sheet, place)
        if together and (apart or not body.joined(together[-1], line)):
            yield tuple(together)
            together = []
        together.append(line)
    if together:
        yield tuple(together)


def _indented(sheet: Sequence[Line], place: int) -> bool:
    """Tell whether a line begins further in than the one above and the one below."""
    around = [sheet[near].left for near in (place - 1, place + 1) if 0 <= near < len(sheet)]
    return len(around) == 2 and sheet[place].left - max(around) > 0.5 * sheet[place].size  # noqa: PLR2004 - both


def _column(line: Line) -> int:
    """Return the left edge of a line as a number that lines set flush share: bearings differ by less."""
    return round(line.left / 4)
