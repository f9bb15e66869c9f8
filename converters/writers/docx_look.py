"""How the Word edition looks: the dials of large print, in the units of Word's styles and pages.

Word has no sizes in parts of another size. So only the style *Normal* has one, and every other style takes it
from there: headings are told by weight and room, never by a size of their own. Whoever changes *Normal*
changes all. The measure of a line, the papers and the colours are the standard's; nothing is claimed of it,
because a Word file is set anew on each machine.
"""

import math
import re
from typing import Final

import msgspec

from converters.settings import LargePrint, Paper, Typeface
from converters.stylesheets import stylesheet
from converters.writers.print_standards import LOST_AT_THE_END, PAPERS, points_in, size_by, values_of

ADVANCE: Final = 0.5
"""The mean width of a letter of English in a sans serif, space included, in parts of the size of the type."""

_THEME: Final = re.compile(r":root\.(?P<name>[a-z-]+) \{ --ground: (?P<ground>#\w+);(?: --text: (?P<text>#\w+);)?")
_UNDERLINED_EMPHASIS: Final = re.compile(r"^em, strong \{[^}]*underline", re.MULTILINE)
_PLAIN_LINKS: Final = re.compile(r"^a \{ text-decoration: none; \}", re.MULTILINE)


class Font(msgspec.Struct, frozen=True):
    """A typeface as Word looks for it: ``others`` stand in where it is missing, then any of its ``panose`` kind.

    ``line`` is the height of its line, ``x_height`` that of its small letters, in parts of its size.
    """

    name: str
    others: str
    panose: str
    line: float
    x_height: float


FONTS: Final[dict[Typeface, Font]] = {
    "atkinson": Font(
        "Atkinson Hyperlegible", "Atkinson Hyperlegible Next,Verdana", "020B0604030504040204", 1.24, 0.496
    ),
    "arimo": Font("Arial", "Arimo,Liberation Sans,Helvetica", "020B0604020202020204", 1.15, 0.528),
}
"""Arimo has Arial's metrics, and Word has Arial nearly everywhere. No file is inside: few programs use one."""


class Look(msgspec.Struct, frozen=True):
    """All that is settled; lengths in points.

    ``leading`` is in parts of the font's own line, ``gap`` stands between paragraphs. ``ground`` and
    ``ink`` are RRGGBB, None for the reader's own colours.
    """

    points: float
    font: Font
    width: float
    height: float
    margin: float
    side: float
    leading: float
    gap: float
    ground: str | None
    ink: str | None
    underlined_emphasis: bool
    underlined_links: bool


def look(asked: LargePrint) -> Look:
    """Return the dials of a standard, turned as asked."""
    values = values_of(asked.standard)
    font = FONTS[asked.typeface or msgspec.convert(values["typeface"], Typeface)]
    width, height = PAPERS[asked.paper or msgspec.convert(values["paper"], Paper)]
    points = asked.points or math.ceil(size_by(values, font.x_height) * 2) / 2  # Word has halves of points
    margin = points_in(values["margin"])
    wanted = int(values.get("characters", 0))
    column = (wanted + LOST_AT_THE_END) * ADVANCE * points
    ground, ink = _colours(asked)
    rules = stylesheet(f"large-print-{asked.standard}.css")
    return Look(
        points=points, font=font, width=width, height=height, margin=margin,
        side=max(margin, (width - column) / 2) if wanted else margin,
        leading=float(values["leading"].split()[0]) / font.line, gap=float(values["gap"].removesuffix("em")) * points,
        ground=ground, ink=ink, underlined_emphasis=bool(_UNDERLINED_EMPHASIS.search(rules)),
        underlined_links=not _PLAIN_LINKS.search(rules),
    )  # fmt: skip


def _colours(asked: LargePrint) -> tuple[str | None, str | None]:
    """Return the colours of a theme; black on white is what the reader's own machine shows."""
    if asked.theme == "black-on-white":
        return None, None
    found = next(m for m in _THEME.finditer(stylesheet("large-print.css")) if m["name"] == asked.theme)
    return _hexadecimal(found["ground"]), _hexadecimal(found["text"] or "#000")


def _hexadecimal(colour: str) -> str:
    """Return ``FFEF5C`` for ``#ffef5c``, and for a colour of three digits each of them twice."""
    digits = colour.removeprefix("#").upper()
    return digits if len(digits) == 6 else "".join(digit * 2 for digit in digits)  # noqa: PLR2004 - RRGGBB
