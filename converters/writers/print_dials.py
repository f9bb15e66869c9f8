"""What one edition of large print is set by: a standard's style sheet, and what was asked for beside it.

A standard's numbers stand in its style sheet alone (``styles/large-print-aph.css`` …), as custom
properties, and are read from there.
"""

from typing import Final

import msgspec

from converters.settings import LargePrint, Paper, Typeface
from converters.stylesheets import stylesheet
from converters.writers.print_standards import LOST_AT_THE_END, PAPERS, points_in, size_by, values_of
from converters.writers.typefaces import FACES, USUAL_ADVANCE, Face, mean_advance

EDGE: Final = 28
"""Points at the edge of the paper that a printer may not reach."""

LINE: Final = 1.25
"""A line of the running head, in parts of the size of the type."""

ROOM: Final = 18
ROOM_IN_EMS: Final = 0.75
"""Points, or parts of the size of the type, between the text and the running head, or the page number."""

ONE_LINE: Final = 38
"""Characters that a running head needs to hold the episode and a name side by side."""

HUGE: Final = 28
"""From this size on headings are hardly larger than the text: a word of them must fit on a line."""


class Dials(msgspec.Struct, frozen=True):
    """All that is settled of the pages; lengths in points. ``column`` is the width of a line of text."""

    asked: LargePrint
    points: float
    face: Face
    paper: Paper
    width: float
    height: float
    top: float
    bottom: float
    side: float
    gutter: float
    leading: float
    advance: float

    @property
    def column(self) -> float:
        """The width of a line."""
        return self.width - 2 * self.side - self.gutter

    @property
    def characters(self) -> int:
        """About how many characters a line of the running head holds."""
        return int(self.column / self.points / max(self.advance, USUAL_ADVANCE))

    @property
    def page_characters(self) -> float:
        """About how many characters of a conversation a page holds: a fifth of it is room between paragraphs."""
        lines = (self.height - self.top - self.bottom) / self.points / self.leading
        return lines * self.column / self.points / self.advance * 0.8

    @property
    def head_in_one_line(self) -> bool:
        """Whether episode and name stand side by side in the running head."""
        return self.characters >= ONE_LINE

    @property
    def css(self) -> str:
        """The style sheets, and after them what was settled."""
        named = stylesheet("large-print.css", f"large-print-{self.asked.standard}.css")
        lengths = {
            "size": self.points, "width": self.width, "height": self.height, "top": self.top, "bottom": self.bottom,
            "side": self.side, "gutter": self.gutter, "room": _room(self.points),
        }  # fmt: skip
        settled = "".join(f" --{name}: {round(value, 2):g}pt;" for name, value in lengths.items())
        headings = " --h1: 1.2em; --h2: 1.12em; --h3: 1.06em;" if self.points >= HUGE else ""
        return f"{self.face.rules}\n{named}\n:root {{{settled} --face: {self.face.stack};{headings} }}\n"


def settle(asked: LargePrint, sample: str) -> Dials:
    """Return the dials of a standard, turned as asked; ``sample`` is text of the edition, for measuring its letters."""
    values = values_of(asked.standard)
    face = FACES[asked.typeface or msgspec.convert(values["typeface"], Typeface)]
    paper = asked.paper or msgspec.convert(values["paper"], Paper)
    points = asked.points or size_by(values, face.x_height)
    wanted = int(values.get("characters", 0))
    advance = mean_advance(face, sample) if wanted else USUAL_ADVANCE
    width, height = PAPERS[paper]
    margin, gutter = points_in(values["margin"]), points_in(values["gutter"])
    side = max(margin, (width - gutter - (wanted + LOST_AT_THE_END) * advance * points) / 2) if wanted else margin
    dials = Dials(
        asked, points, face, paper, width, height, margin, margin, side, gutter, float(values["leading"]), advance
    )
    head = 1 if dials.head_in_one_line else 2
    return msgspec.structs.replace(dials, top=max(margin, _band(points, head)), bottom=max(margin, _band(points, 1)))


def _band(points: float, lines: int) -> float:
    """Return what a running head or foot takes from the edge of the paper to the text."""
    return EDGE + lines * LINE * points + _room(points)


def _room(points: float) -> float:
    return max(ROOM, ROOM_IN_EMS * points)
