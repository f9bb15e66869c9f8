"""The figures of a finished PDF, by which standards of large print are judged. All lengths are in points."""

from collections import Counter
from typing import Literal

import msgspec

from converters.checks.pdf_pages import Fault

Ends = Literal["foot", "head"]
Side = Literal["outer", "inner", "middle", "one side", "changing"]
"""Where in its row a page number stands; "one side": left or right on every page alike."""


class Spot(msgspec.Struct, frozen=True):
    """A figure with the page where it was found and the words there."""

    value: float
    page: int = 0
    words: str = ""


class Tally(msgspec.Struct, frozen=True):
    """How often something was found, with the first page and the words there."""

    count: int = 0
    page: int = 0
    words: str = ""


class Spread(msgspec.Struct, frozen=True):
    """Characters a line: the middle one, one of ten lines is shorter than ``low``, one of ten longer than ``high``."""

    middle: float
    low: float
    high: float
    lines: int
    longest: Spot


class Typeface(msgspec.Struct, frozen=True):
    """A typeface in use: ``latin`` where letters a to z are set in it; ``serif`` None where nothing tells."""

    name: str
    letters: int
    latin: bool
    serif: bool | None
    embedded: bool
    page: int


class PageNumbers(msgspec.Struct, frozen=True):
    """Page numbers: on how many pages of how many, the smallest, whether all are bold, and where they stand."""

    there: int
    due: int
    size: float
    bold: bool
    ends: Ends
    side: Side
    steady: bool
    page: int


class Margins(msgspec.Struct, frozen=True):
    """The least distance of the text from each edge of the paper; page numbers and running heads stand outside it."""

    left: Spot
    right: Spot
    top: Spot
    bottom: Spot


class Measures(msgspec.Struct, frozen=True):
    """What was measured in a PDF; None and nought where there was nothing to measure it on.

    ``paper``: width and height. ``x_height`` is that of the body's typeface at the body's size, None where nothing
    shows it. ``leading``: baseline to baseline within a paragraph, in ems of the body; ``word_space`` in ems too.
    ``paragraph_space``: baseline to baseline from one paragraph to the next, in lines. ``justified``: the share of full
    lines that end at one edge. ``smallest_heading``: of the lines that are larger than the body. ``contrast``: the
    least ratio (WCAG 2.2 §1.4.3), 1 on a picture. ``dark_on_light``: of most letters.
    """

    fault: Fault | None = None
    pages: int = 0
    paper: tuple[float, float] = (0, 0)
    right_to_left: bool = False
    body_size: float = 0
    smallest: Spot = Spot(0)
    typefaces: tuple[Typeface, ...] = ()
    x_height: float | None = None
    bold_share: float = 0
    leading: float | None = None
    word_space: float | None = None
    paragraph_space: float | None = None
    characters: Spread | None = None
    justified: float | None = None
    off_the_edge: Tally = Tally()
    split_words: Tally = Tally()
    italics: Tally = Tally()
    underlined: Tally = Tally()
    capitals: Tally = Tally()
    smallest_heading: Spot | None = None
    light_headings: Tally = Tally()
    contrast: Spot = Spot(21)
    dark_on_light: bool = True
    numbers: PageNumbers | None = None
    contents: int = 0
    leaders: int = 0
    contents_page: int = 0
    margins: Margins | None = None
    columns: int = 1
    widows: Tally = Tally()
    orphans: Tally = Tally()
    headings_at_foot: Tally = Tally()
    names_at_foot: Tally = Tally()
    turns_at_foot: Tally = Tally()


def tally(spots: list[tuple[int, str]]) -> Tally:
    """Count what was found on pages, first come first."""
    return Tally(len(spots), *spots[0]) if spots else Tally()


def most(counts: Counter[float]) -> float:
    """Return what was counted most often, 0 where nothing was; of equals the larger."""
    return max(counts, key=lambda value: (counts[value], value)) if counts else 0
