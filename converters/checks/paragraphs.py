"""Which lines of a page belong to one paragraph, told by the room between them and by how far they reach.

A PDF need not say where a paragraph ends. Here one goes on while lines of the body's size follow each other at the
body's leading, the lower one is not indented alone, and its first word had no room in the one above.
"""

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

LONG = 0.6
"""From how much of the widest line on a line tells what is within paragraphs: short ones are the last of theirs."""

MANY = 0.1
"""The least share of lines that begin in one place for how far they reach to be told from their own."""

WIDER = 1.5
"""How much wider than the line's other letters those of a word may be: as many as w and m have."""

FURTHER = 1.15
"""From how many times the leading on a step leads to another paragraph."""

OFTEN = 0.04
"""The least share of such steps where paragraphs are told by them: one in two dozen lines."""

INDENT = 0.8
"""The least indent of a paragraph's first line, in ems."""

ENDINGS = ".!?…。！？؟।۔"
OPENERS = "\"'“‘«「『„"
CLOSERS = "\"'”’»)]」』"


class Body(msgspec.Struct, frozen=True):
    """How the body is set: size and leading in points (0: none measured).

    ``reach``: how far lines reach that begin in one of the places where many begin; ``widest`` and ``furthest`` are of
    all lines. ``spaced``: paragraphs lie further apart than lines, so that the room alone tells where one ends.
    """

    size: float
    leading: float = 0
    reach: dict[int, float] = {}
    widest: float = 0
    furthest: float = 0
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
        """Return how far the furthest lines reach that begin where this one does; how far it might, if few do."""
        return self.reach.get(_column(line)) or min(line.left + self.widest, self.furthest)

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

        That is sure only where the next page begins in lower case, or in a script without capitals after no full stop.
        """
        first = after.text.lstrip(OPENERS)[:1]
        ended = line.text.rstrip(CLOSERS).endswith(tuple(ENDINGS))
        goes_on = first.islower() or (first.isalpha() and not first.isupper() and not ended)
        same = self.holds(line) and self.holds(after) and not after.label and after.bold <= line.bold
        return goes_on and same and self.full(line, after)


def body(sheets: Sequence[Sequence[Line]], size: float) -> Body:
    """Return how lines of the body's size are set throughout the file."""
    sized = Body(size)
    held = [line for sheet in sheets for line in sheet if sized.holds(line)]
    starts = Counter(map(_column, held))
    reach: dict[int, float] = {}
    for line in held:
        if starts[_column(line)] >= MANY * len(held):
            reach[_column(line)] = max(reach.get(_column(line), 0), line.right)
    widest = max((line.right - line.left for line in held), default=0)
    steps = list(_steps(sheets, sized))
    leading = _leading([step for step, wide in steps if wide >= LONG * widest], size)
    further = sum(step > FURTHER * leading for step, _ in steps)
    furthest = max((line.right for line in held), default=0)
    return Body(size, leading, reach, widest, furthest, spaced=further >= OFTEN * len(steps) > 0)


def _steps(sheets: Sequence[Sequence[Line]], body: Body) -> Iterator[tuple[float, float]]:
    """Yield the steps from one line of the body to the next, with the width of the first."""
    for sheet in sheets:
        for line, after in pairwise(sheet):
            step = line.baseline - after.baseline
            if body.holds(line) and body.holds(after) and 0.8 * body.size < step < 4 * body.size:
                yield step, line.right - line.left


def _leading(steps: list[float], size: float) -> float:
    """Return the least of the frequent steps from long lines, which have no reason to end but want of room."""
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
