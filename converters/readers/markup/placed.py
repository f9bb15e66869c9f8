"""What going through a page gives: pieces with their regions, and words that are put aside."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Literal

import msgspec

from converters.findings import Report
from converters.readers import ReadContext
from converters.readers.markup.addresses import Addresses
from converters.readers.markup.notes import Notes
from converters.readers.markup.speakers import Speakers
from converters.readers.markup.styles import Styles
from converters.readers.pieces import Piece

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

Role = Literal["text", "picture", "caption"]


class Region(msgspec.Struct, frozen=True):
    """A part of the page that may be its own rather than the episode's: what it seems to be, and its line."""

    kind: str
    line: int


class Placed(msgspec.Struct, frozen=True):
    """A piece, and the numbers of the regions that it stands in, outermost first.

    ``linked`` is how many of its letters lead elsewhere on the site.
    """

    piece: Piece
    regions: tuple[int, ...] = ()
    linked: int = 0
    role: Role = "text"


class PutAside:
    """Words that no edition has, gathered by the reason why."""

    def __init__(self) -> None:
        """Begin with none."""
        self._words: dict[str, tuple[int, list[str]]] = {}

    def add(self, reason: str, words: str, line: int) -> None:
        """Put words aside; ``line`` is where they stand."""
        if words := " ".join(words.split()):
            self._words.setdefault(reason, (line, []))[1].append(words)

    def report(self, report: Report) -> None:
        """Account for them, one finding a reason, at the line of the first."""
        for reason, (line, words) in self._words.items():
            report.leave_out(reason, " ".join(words), f"line {line}" if line else None)


class Setting(msgspec.Struct, frozen=True):
    """What is known of a whole page before it is gone through.

    ``region_of`` says what an element seems to be, None for nothing. ``line_breaks`` says
    that line ends in the text are meant, as WordPress writes paragraphs.
    """

    addresses: Addresses
    notes: Notes
    speakers: Speakers
    styles: Styles
    aside: PutAside
    context: ReadContext
    language: str | None = None
    region_of: "Callable[[Element], str | None]" = lambda _: None
    line_breaks: bool = False
