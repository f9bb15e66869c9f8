"""What the letters of a file tell one by one: sizes, typefaces, slant, lines under them, contrast with their ground."""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from itertools import groupby

from converters.checks.large_print_measures import Spot, Tally, Typeface, most, tally
from converters.checks.pdf_fonts import Font
from converters.checks.pdf_pages import Run
from converters.checks.pdf_painting import WHITE, Colour
from converters.checks.set_lines import Line, joined

Runs = Sequence[tuple[int, Run]]
"""Runs with the number of their page."""

DARKEST = 0.04045
"""Up to which part of full a channel is linear (IEC 61966-2-1; WCAG's 0.03928 is an old misprint, to no effect)."""

_WORDS = re.compile(r"[^\W_]")
_LATIN = re.compile(r"[A-Za-z]")


def body_size(runs: Runs) -> float:
    """Return the size that most letters have."""
    sizes = Counter[float]()
    for _, run in runs:
        sizes[run.size] += len(run.text)
    return most(sizes)


def smallest(runs: Runs) -> Spot:
    """Return the smallest size of any letter, page numbers and notes included."""
    page, run = min(runs, key=lambda pair: pair[1].size)
    return Spot(run.size, page, run.text.strip())


def typefaces(runs: Runs) -> tuple[Typeface, ...]:
    """Return the typefaces in use, the one with most letters first."""
    letters, latin, first, known = Counter[str](), set[str](), dict[str, int](), dict[str, Font]()
    for page, run in runs:
        letters[run.font.name] += len(run.text)
        first.setdefault(run.font.name, page)
        known[run.font.name] = run.font
        if run.font.name not in latin and _LATIN.search(run.text):
            latin.add(run.font.name)
    return tuple(
        Typeface(name, count, name in latin, known[name].serif, known[name].embedded, first[name])
        for name, count in letters.most_common()
    )


def x_height(runs: Runs, size: float) -> float | None:
    """Return the height of an x of the body in points, in the typeface that most of its Latin letters have."""
    heights = Counter[float]()
    for _, run in runs:
        if run.size == size and run.font.x_height is not None:
            heights[run.font.x_height] += len(run.text)
    return round(most(heights) * size, 2) if heights else None


def bold_share(runs: Runs, size: float) -> float:
    """Return the share of the body's letters that are bold."""
    letters = Counter[bool]()
    for _, run in runs:
        if run.size == size:
            letters[run.bold] += len(run.text)
    return round(letters[True] / max(letters.total(), 1), 3)


def italics(lines: Iterable[Line], *, mirrored: bool) -> Tally:
    """Count pieces of lines that are slanted."""
    return _pieces(lines, lambda run: run.italic, mirrored=mirrored)


def underlined(lines: Iterable[Line], *, mirrored: bool) -> Tally:
    """Count pieces of lines that have a line under them, links included."""
    return _pieces(lines, lambda run: run.underlined, mirrored=mirrored)


def _pieces(lines: Iterable[Line], marked: Callable[[Run], bool], *, mirrored: bool) -> Tally:
    found = [
        (line.page, joined(tuple(runs), mirrored=mirrored))
        for line in lines
        for kept, runs in groupby(line.runs, key=marked)
        if kept
    ]
    return tally([(page, words) for page, words in found if _WORDS.search(words)])


def least_contrast(runs: Runs) -> Spot:
    """Return the least contrast of letters with what is under them; 1 on a picture, which has no one colour."""
    pairs: dict[tuple[Colour, Colour | None], tuple[int, Run]] = {}
    for page, run in runs:
        pairs.setdefault((run.colour, run.ground), (page, run))
    ratios = {pair: contrast(*pair) for pair in pairs}
    least = min(ratios, key=lambda pair: ratios[pair])
    page, run = pairs[least]
    return Spot(round(ratios[least], 2), page, run.text.strip())


def dark_on_light(runs: Runs) -> bool:
    """Tell whether most letters are darker than their ground."""
    letters = Counter[tuple[Colour, Colour | None]]()
    for _, run in runs:
        letters[run.colour, run.ground] += len(run.text)
    dark = sum(count for (colour, ground), count in letters.items() if luminance(colour) <= luminance(ground or WHITE))
    return 2 * dark >= letters.total()


def contrast(colour: Colour, ground: Colour | None) -> float:
    """Return the contrast ratio of two colours, from 1 to 21 (WCAG 2.2, "contrast ratio"); 1 with a picture."""
    if ground is None:
        return 1.0
    darker, lighter = sorted((luminance(colour), luminance(ground)))
    return (lighter + 0.05) / (darker + 0.05)


def luminance(colour: Colour) -> float:
    """Return the relative luminance of a colour, from 0 to 1 (WCAG 2.2, "relative luminance")."""
    red, green, blue = (_linear(channel / 255) for channel in colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(channel: float) -> float:
    return channel / 12.92 if channel <= DARKEST else float(((channel + 0.055) / 1.055) ** 2.4)
