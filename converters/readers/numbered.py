"""Pages as a court reporter types them: a number before every line, and the page's own above or below."""

import itertools
import re
from collections.abc import Iterable
from typing import Final

from converters.findings import Report

_NUMBERED: Final = re.compile(r"^\s{0,12}(?P<number>\d{1,2})(?:\s{1,}|$)(?P<rest>.*)$")
_PAGE: Final = re.compile(
    r"^\s*[-–—]?\s*(?:(?:page|seite|página|pág\.|p\.|стр\.|עמוד|第)\s*)?\d{1,5}\s*(?:(?:of|von|de|/|из)\s*\d{1,5}|頁|页|ページ)?\s*[-–—]?\s*$",
    re.IGNORECASE,
)
ENOUGH: Final = 20
MOSTLY: Final = 0.7
LAST_LINE: Final = 35


def without_line_numbers(text: str, report: Report) -> str:
    """Return the text without the numbers of its lines, which are no words; as it is where lines have none."""
    lines = text.split("\n")
    filled = [line for line in lines if line.strip()]
    matches = [match for line in filled if (match := _NUMBERED.match(line))]
    if len(matches) < ENOUGH or len(matches) < MOSTLY * len(filled) or not _count_up(m["number"] for m in matches):
        return without_page_numbers(lines, report)
    numbers = [_NUMBERED.match(line) for line in lines]
    report.leave_out("The numbers of lines", " ".join(match["number"] for match in matches))
    return without_page_numbers([m["rest"] if m else line for m, line in zip(numbers, lines, strict=True)], report)


def _count_up(numbers: Iterable[str]) -> bool:
    """Tell whether the numbers go up by one, and begin again on each page."""
    steps = list(map(int, numbers))
    good = sum(1 for a, b in itertools.pairwise(steps) if b == a + 1 or b == 1)
    return max(steps) <= LAST_LINE and good >= MOSTLY * (len(steps) - 1)


def without_page_numbers(lines: list[str], report: Report) -> str:
    """Return the text without lines that hold nothing but a page's number, if several do and count up."""
    pages = [i for i, line in enumerate(lines) if line.strip() and _PAGE.match(line)]
    numbers = [int(re.findall(r"\d+", lines[i])[0]) for i in pages]
    if len(pages) < 2 or any(b != a + 1 for a, b in itertools.pairwise(numbers)):  # noqa: PLR2004 - one proves nothing
        return "\n".join(lines)
    report.leave_out("The numbers of pages", " ".join(lines[i].strip() for i in pages))
    gone = _with_blanks(lines, frozenset(pages))
    return "\n".join(line for i, line in enumerate(lines) if i not in gone)


def _with_blanks(lines: list[str], pages: frozenset[int]) -> frozenset[int]:
    """Return the lines of page numbers with the blank ones round them: a page ends in the middle of a paragraph."""
    gone = set(pages)
    for page in pages:
        for step in (1, -1):
            at = page + step
            while 0 <= at < len(lines) and not lines[at].strip():
                gone.add(at)
                at += step
    return frozenset(gone)
