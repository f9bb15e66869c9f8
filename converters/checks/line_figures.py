"""What the lines of a file tell: how long they are, where they begin and end, what lies between and around them."""

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise
from statistics import median

from converters.checks.large_print_measures import Margins, Spot, Spread, Tally, tally
from converters.checks.paragraphs import Body
from converters.checks.pdf_pages import Page
from converters.checks.set_lines import Line, wide

Sheets = Sequence[Sequence[Line]]
"""The lines of the text, page by page."""

Blocks = Sequence[Sequence[Sequence[Line]]]
"""The lines of each paragraph, page by page."""

LARGER = 1.05
"""From how many times the body's size on a line is a heading."""

AT_THE_EDGE = 0.15
"""How far a justified line's last letter may end from the edge, in ems: its own bearing."""

OFF_THE_EDGE = 0.3
"""How far a line may begin from the one above, in ems: the bearing of its first letter."""

CENTRED = 3.0
"""How far the middle of a centred line may be from the middle of the text, in points."""

ENOUGH = 4
"""Full lines without which nothing is said of the right edge."""

COLUMN = 12
"""The least characters of a line that stands beside others in a column, unlike a number beside a title."""


def characters(full: Sequence[Line]) -> Spread | None:
    """Return how many characters full lines have: those that another line of their paragraph follows."""
    if not full:
        return None
    counts = sorted(line.characters for line in full)
    longest = max(full, key=lambda line: line.characters)
    tenth = len(counts) // 10
    return Spread(
        median(counts),
        counts[tenth],
        counts[-1 - tenth],
        len(counts),
        Spot(longest.characters, longest.page, longest.text),
    )


def justified(full: Sequence[Line], body: Body) -> float | None:
    """Return the share of full lines that end at the edge; None of few lines, or of ideographs, which fill any."""
    if len(full) < ENOUGH or sum(wide(line.text) for line in full) > len(full) / 2:
        return None
    at_edge = sum(line.right >= body.edge(line) - AT_THE_EDGE * body.size for line in full)
    return round(at_edge / len(full), 3)


def off_the_edge(text: Sheets, blocks: Blocks, body: Body, pages: Sequence[Page]) -> Tally:
    """Count lines that do not begin where the others of their paragraph do (its first aside), and centred headings."""
    return tally([*_shifted(blocks, body.size), *_centred(text, body, pages)])


def _shifted(blocks: Blocks, size: float) -> Iterator[tuple[int, str]]:
    for block in (block for sheet in blocks for block in sheet):
        for before, line in pairwise(block[1:]):
            if abs(line.left - before.left) > OFF_THE_EDGE * size:
                yield line.page, line.text


def _centred(text: Sheets, body: Body, pages: Sequence[Page]) -> Iterator[tuple[int, str]]:
    for line in _larger(text, body.size):
        middle = (line.left + line.right) / 2
        if line.left > 2 * body.left and abs(middle - pages[line.page - 1].width / 2) < CENTRED:
            yield line.page, line.text


def _larger(text: Sheets, size: float) -> list[Line]:
    return [line for sheet in text for line in sheet if line.size > LARGER * size]


def smallest_heading(text: Sheets, size: float) -> Spot | None:
    """Return the smallest of the lines that are larger than the body."""
    line = min(_larger(text, size), key=lambda line: line.size, default=None)
    return Spot(line.size, line.page, line.text) if line else None


def light_headings(text: Sheets, size: float) -> Tally:
    """Count lines that are larger than the body and not bold."""
    return tally([(line.page, line.text) for line in _larger(text, size) if not line.bold])


def paragraph_space(blocks: Blocks, body: Body) -> float | None:
    """Return the middle step from one paragraph to the next on the page, in lines."""
    steps = [
        (before[-1].baseline - after[0].baseline) / body.leading
        for sheet in blocks
        for before, after in pairwise(sheet)
        if body.leading and body.holds(before[-1]) and body.holds(after[0])
    ]
    down = [step for step in steps if step > 0]
    return round(median(down), 2) if down else None


def columns(sheets: Sequence[Sequence[Line]], size: float) -> int:
    """Return the most columns in which text of the body's size stands, on three rows of a page at least."""
    found = 1
    for sheet in sheets:
        beside = Counter(line.row for line in sheet if line.size <= LARGER * size and line.characters >= COLUMN)
        rows = Counter(beside.values())
        found = max([found, *(count for count, often in rows.items() if often >= ENOUGH - 1)])
    return found


def margins(text: Sheets, pages: Sequence[Page], *, mirrored: bool) -> Margins | None:
    """Return the least distance of the text from each edge of the paper."""
    every = [line for sheet in text for line in sheet]
    if not every:
        return None
    starts = _least([(line.left, line) for line in every])
    ends = _least([(pages[line.page - 1].width - line.right, line) for line in every])
    top = _least([(pages[line.page - 1].height - line.high, line) for line in every])
    bottom = _least([(line.low, line) for line in every])
    return Margins(ends, starts, top, bottom) if mirrored else Margins(starts, ends, top, bottom)


def _least(distances: list[tuple[float, Line]]) -> Spot:
    distance, line = min(distances, key=lambda pair: pair[0])
    return Spot(round(distance, 2), line.page, line.text)
