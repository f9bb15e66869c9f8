"""Runs of letters put together again into lines, as a reader's eye takes them, from the top of a page down."""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from itertools import pairwise

import msgspec

from converters.checks.pdf_pages import Page, Run

SAME_ROW = 0.4
"""How far two baselines in one row may lie apart, in ems: a raised figure is less, the closest leading more."""

MARK = 0.6
"""How far the baseline of a vowel sign may lie from that of its line, in ems."""

MIRRORED = 0.25
"""The least share of such letters in a file that is read from right to left; what was added to it may be English."""

CLUSTER = 3
"""The most characters of a letter with its signs."""

APART = 1.5
"""The gap between runs, in ems, from which on they are lines of their own: two columns, or a title and its page."""

WORD_GAP = 0.2
"""The gap between runs, in ems, from which on a space is read: letters of one word lie closer, bearings included."""


class Line(msgspec.Struct, frozen=True, dict=True):
    """Runs side by side on one baseline, in reading order; ``row`` counts baselines from the top, from 0.

    ``left`` is where the leftmost letter has its origin, so that lines set flush agree whatever they begin with. On
    pages that are read from right to left, ``left`` and ``right`` are counted from the right edge of the paper.
    """

    page: int
    row: int
    text: str
    size: float
    left: float
    right: float
    low: float
    high: float
    baseline: float
    runs: tuple[Run, ...]

    @cached_property
    def characters(self) -> int:
        """How long it is: see ``measured``."""
        return measured(self.text)

    @cached_property
    def bold(self) -> bool:
        """Whether all of it is bold."""
        return all(run.bold for run in self.runs)

    @cached_property
    def label(self) -> str:
        """The bold words that it begins with, if a colon ends them (a speaker's name)."""
        words = ""
        for run in self.runs:
            if not run.bold:
                break
            words += run.text
        after = self.text[len(words.strip()) :].lstrip()[:1]
        words = words.strip()
        return words if words.endswith((":", "：")) or (words and after in {":", "："}) else ""


def measured(text: str) -> int:
    """Return how many characters a line has: spaces count, marks on letters do not, ideographs are two wide."""
    stripped = " ".join(text.split())
    if _PLAIN.fullmatch(stripped):
        return len(stripped)
    return sum(_wide(character) for character in stripped)


_PLAIN = re.compile(r"[ -\u00ac\u00ae-\u02ff\u2010-\u2027]*")
"""Letters of the Latin script with their accents, and punctuation: each as wide as it is long."""


def _wide(character: str) -> int:
    if unicodedata.category(character) in {"Mn", "Me", "Cf"}:
        return 0
    return 2 if unicodedata.east_asian_width(character) in {"W", "F"} else 1


def wide(text: str) -> bool:
    """Tell whether most characters are ideographs, kana or hangul, which have no word spaces to break at."""
    return measured(text) > 1.5 * len(text)


def down_the_columns(sheet: Sequence[Line], columns: int) -> tuple[Line, ...]:
    """Return the lines of a page in the order of reading: down the first column, then down the next."""
    if columns == 1:
        return tuple(sheet)
    rows = Counter(line.row for line in sheet)
    starts = sorted(line.left for line in sheet if rows[line.row] == columns)
    firsts = [starts[place * len(starts) // columns] for place in range(columns)] if starts else [0.0]
    return tuple(sorted(sheet, key=lambda line: (sum(line.left >= first - 1 for first in firsts), line.row)))


def right_to_left(pages: Iterable[Page]) -> bool:
    """Tell whether a file's script is written from right to left (Hebrew to Arabic Extended)."""
    letters = mirrored = 0
    for page in pages:
        for run in page.runs:
            letters += len(run.text)
            mirrored += 0 if run.text.isascii() else len(_MIRRORED.findall(run.text))
    return mirrored > MIRRORED * letters


_MIRRORED = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff]")


def lines(page: Page, *, mirrored: bool) -> tuple[Line, ...]:
    """Return the lines of a page from the top down; those in one row in reading order."""
    return tuple(
        _line(page, row, runs, mirrored=mirrored)
        for row, together in enumerate(_rows(page.runs))
        for runs in _parted(together, mirrored=mirrored)
    )


def _rows(runs: Sequence[Run]) -> list[list[Run]]:
    """Return runs by their baseline, from the top; vowel signs that are set higher go with the line they belong to."""
    level = sorted((run for run in runs if run.level), key=lambda run: (-run.baseline, run.left))
    rows: list[list[Run]] = []
    for run in (run for run in level if not _is_mark(run)):
        if not rows or rows[-1][0].baseline - run.baseline > SAME_ROW * min(rows[-1][0].size, run.size):
            rows.append([])
        rows[-1].append(run)
    for run in filter(_is_mark, level):
        near = min(rows, key=lambda row: abs(row[0].baseline - run.baseline), default=None)
        if near is None or abs(near[0].baseline - run.baseline) > MARK * near[0].size:
            rows.append([run])
        else:
            near.append(run)
    return sorted(rows, key=lambda row: -row[0].baseline)


def _is_mark(run: Run) -> bool:
    """Tell whether a run may be a letter with its vowel sign, which Arabic sets apart from its line."""
    return not run.text.isascii() and len(run.text.strip()) <= CLUSTER


def _parted(row: list[Run], *, mirrored: bool) -> Iterator[list[Run]]:
    row.sort(key=lambda run: run.left)
    parts, reach = [[row[0]]], row[0].right
    for run in row[1:]:
        if run.left - reach > APART * run.size:
            parts.append([])
        parts[-1].append(run)
        reach = max(reach, run.right)
    for part in reversed(parts) if mirrored else parts:
        yield part[::-1] if mirrored else part


def _line(page: Page, row: int, runs: list[Run], *, mirrored: bool) -> Line:
    sizes = Counter[float]()
    for run in runs:
        sizes[run.size] += len(run.text)
    size = sizes.most_common(1)[0][0]
    left, right = min(min(run.start, run.left) for run in runs), max(run.right for run in runs)
    return Line(
        page.number,
        row,
        joined(runs, mirrored=mirrored),
        size,
        page.width - right if mirrored else left,
        page.width - left if mirrored else right,
        min(run.low for run in runs),
        max(run.high for run in runs),
        max((run for run in runs if run.size == size), key=lambda run: len(run.text)).baseline,
        tuple(runs),
    )


def joined(runs: Sequence[Run], *, mirrored: bool) -> str:
    """Return the words of runs side by side, in reading order."""
    text = runs[0].text
    for before, after in pairwise(runs):
        gap = before.left - after.right if mirrored else after.left - before.right
        spaced = text.endswith(" ") or after.text.startswith(" ") or gap < WORD_GAP * after.size
        text += after.text if spaced else f" {after.text}"
    return " ".join(text.split())
