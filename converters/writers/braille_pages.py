"""Braille pages: words set in lines, lines on pages, pages in volumes, whatever file they go into.

A page is lines of cells (U+2800 is the blank cell), without the blanks that a line ends with. By BANA's Braille
Formats (2016) a running head stands in the middle of line 1 and the page's number at the end of the last
line, three blank cells after any text. Words are not divided at the end of a line.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from typing import Final

import msgspec

from converters.braille import BLANK, Word

GUIDE_DOT: Final = "⠐"
CONTINUED: Final = "⠐"
"""The line continuation indicator of Unified English Braille (§6.10, and of addresses by usage)."""
_APART: Final = 3
"""Blank cells between text and a page number, and at either end of a centred line."""
_NUMBER_ROOM: Final = 6
"""Cells that the lines of a contents leave free for page numbers (Braille Formats, contents pages)."""
_SIGNS: Final = re.compile("⠸⠌|⠲|⠤|⠈⠁")
"""Slash, point, hyphen and at sign, after which an address is divided first."""


class Shape(msgspec.Struct, frozen=True):
    """How a block is set: cells that its first and its further lines are indented by, and blank lines round it.

    ``kept``: it stands on one page with the beginning of what follows, as headings do.
    """

    first: int = 0
    rest: int = 0
    before: int = 0
    after: int = 0
    centred: bool = False
    kept: bool = False


LINE: Final = Shape(0, 2)
PARAGRAPH: Final = Shape(2, 0)
TURN: Final = Shape(0, 2)
"""Who speaks, at the margin, and what they say (Braille Formats, plays: interviews)."""
TURN_GOES_ON: Final = Shape(4, 2)
ASIDE: Final = Shape(6, 4)
"""What is heard or done between speeches, as plays have stage directions."""
QUOTED: Final = Shape(4, 4)
ATTRIBUTION: Final = Shape(8, 8)
CENTRED: Final = Shape(before=1, after=1, centred=True, kept=True)
TITLE: Final = Shape(centred=True)
CELL_5: Final = Shape(4, 4, before=1, kept=True)
CELL_7: Final = Shape(6, 6, before=1, kept=True)


class Block(msgspec.Struct, frozen=True):
    """Words set in one shape. ``anchor`` is the id of what they begin, for the contents and for dividing volumes."""

    words: tuple[Word, ...]
    shape: Shape = PARAGRAPH
    anchor: str = ""


class Page(msgspec.Struct, frozen=True):
    """One page, its lines from top to bottom; ``number`` as the contents give it: ``t1`` in front, then ``1``."""

    lines: tuple[str, ...]
    number: str


class Volume(msgspec.Struct, frozen=True):
    """One bound part, its title page first; ``front`` is how many pages stand before its text."""

    pages: tuple[Page, ...]
    front: int


class BrailleEdition(msgspec.Struct, frozen=True):
    """A whole edition: its volumes, and how many cells a line and lines a page have."""

    cells: int
    lines: int
    volumes: tuple[Volume, ...]


class Sheet(msgspec.Struct, frozen=True):
    """What all pages share: size, running head, and how a page number is written."""

    cells: int
    lines: int
    head: str
    number: Callable[[str], str]


class Pager:
    """Sets blocks on pages, one after the other. ``pages`` has those that are full."""

    def __init__(self, sheet: Sheet, first: int = 1, mark: str = "", *, headless: bool = False) -> None:
        """Begin with that page number, ``mark`` before each; ``headless``: the first page has no running head."""
        self._sheet, self._mark, self._page = sheet, mark, first
        self._pages: list[Page] = []
        self._pending = 0
        self.anchors: dict[str, int] = {}
        self._begin(headless=headless)

    @property
    def page(self) -> int:
        """The number of the page that is being filled."""
        return self._page

    def finish(self) -> tuple[Page, ...]:
        """Return all pages; one with nothing on it is none."""
        if not self._fresh:
            self._turn()
        return tuple(self._pages)

    def set(self, blocks: Sequence[Block], breaks: frozenset[str] = frozenset()) -> None:
        """Set blocks in order; one whose anchor is among the breaks begins a page."""
        for number, block in enumerate(blocks):
            if block.anchor in breaks:
                self.turn()
            self._set(block, blocks[number:])

    def turn(self) -> None:
        """Go to the next page, where this one has anything on it."""
        if not self._fresh:
            self._turn()

    def make_room(self, lines: int) -> None:
        """Go to the next page, where so many lines do not go on this one."""
        if self._left < lines:
            self.turn()

    def entry(self, block: Block, number: str) -> None:
        """Set a line of a contents: its words, guide dots, and a page number at the right."""
        width = self._sheet.cells - _NUMBER_ROOM
        lines = _filled(block.words, block.shape, lambda _: width)
        if len(lines) > self._left - 1:
            self.turn()
        self._blank(block.shape)
        number_cells = self._sheet.number(number)
        room = self._sheet.cells - len(lines[-1]) - len(number_cells) - 2
        dots = GUIDE_DOT * room if room > 1 else BLANK * max(0, room)
        lines[-1] += BLANK + dots + BLANK + number_cells
        for line in lines:
            self._add(line)
        self._pending = 0

    # ------------------------------------------------------------------------------------

    @property
    def _fresh(self) -> bool:
        return len(self._lines) == self._top

    @property
    def _left(self) -> int:
        return self._sheet.lines - len(self._lines)

    def _begin(self, *, headless: bool = False) -> None:
        head = "" if headless else self._sheet.head
        self._lines: list[str] = [head] if head else []
        self._top = len(self._lines)
        self._number = self._sheet.number(f"{self._mark}{self._page}")
        self._pending = 0

    def _set(self, block: Block, following: Sequence[Block]) -> None:
        if block.shape.kept and self._needed(following) > self._left:
            self.turn()
        self._blank(block.shape)
        if block.anchor:
            self.anchors[block.anchor] = self._page
        start = len(self._lines)
        if block.shape.centred:
            lines = _centred(block.words, self._sheet)
            if len(self._lines) + len(lines) > self._sheet.lines:
                self.turn()
        else:
            lines = _filled(block.words, block.shape, lambda at: self._width(start + at))
        for line in lines:
            self._add(line)
        self._pending = block.shape.after if lines else self._pending

    def _needed(self, following: Sequence[Block]) -> int:
        """Return the lines of a heading, of those below it, and of the beginning of the text after them."""
        needed = 0
        for block in following:
            lines = self._count(block)
            needed += max(self._pending if not needed else 0, block.shape.before) + block.shape.after
            if not block.shape.kept:
                return needed + min(lines, 2)
            needed += lines
        return needed

    def _count(self, block: Block) -> int:
        if block.shape.centred:
            return len(_centred(block.words, self._sheet))
        return len(_filled(block.words[:60], block.shape, lambda _: self._sheet.cells))

    def _width(self, line: int) -> int:
        """Return the cells for text in a line counted from the top of this page on."""
        on_page = line % self._sheet.lines if line < self._sheet.lines else self._later(line)
        last = on_page == self._sheet.lines - 1
        return self._sheet.cells - (len(self._number) + 1 + _APART) * last

    def _later(self, line: int) -> int:
        """Return which line of its page a line is that comes after this page."""
        head = bool(self._sheet.head)
        return head + (line - self._sheet.lines) % (self._sheet.lines - head)

    def _blank(self, shape: Shape) -> None:
        """Add the blank lines before a block; at the top of a page only a centred line has one, below the head."""
        wanted = max(self._pending, shape.before)
        if self._fresh:
            wanted = int(shape.centred and shape.kept and self._top)
        for _ in range(wanted):
            if not self._fresh or self._top:
                self._add("")
            if self._fresh:
                return

    def _add(self, line: str) -> None:
        """Add a line; one that would reach the page number begins the next page instead."""
        if self._left == 1 and len(line) > self._width(len(self._lines)):
            self._turn()
        self._lines.append(line)
        if len(self._lines) == self._sheet.lines:
            self._turn()

    def _turn(self) -> None:
        """Finish the page with its number, and begin the next."""
        rest = self._sheet.lines - len(self._lines)
        lines = [*self._lines, *[""] * rest]
        lines[-1] = lines[-1].ljust(self._sheet.cells - len(self._number), BLANK) + self._number
        self._pages.append(Page(tuple(line.rstrip(BLANK) for line in lines), f"{self._mark}{self._page}"))
        self._page += 1
        self._begin()


def _centred(words: Iterable[Word], sheet: Sheet) -> list[str]:
    """Return lines in the middle, with three blank cells at either end at least (Braille Formats, headings)."""
    width = sheet.cells - 2 * _APART
    lines = _filled(tuple(words), Shape(), lambda _: width)
    return [BLANK * ((sheet.cells - len(line)) // 2) + line for line in lines]


def running_head(words: Sequence[Word], cells: int) -> str:
    """Return as many words as go into a centred line."""
    taken = ""
    for word in words:
        longer = taken + (BLANK if taken and not word.joined else "") + word.cells
        if len(longer) > cells - 2 * _APART:
            break
        taken = longer
    return BLANK * ((cells - len(taken)) // 2) + taken if taken else ""


def _filled(words: Sequence[Word], shape: Shape, width: Callable[[int], int]) -> list[str]:
    """Return words in lines, as many in each as go into its width; only a word longer than a line is divided."""
    lines: list[str] = []
    line, empty = BLANK * shape.first, True
    for word in words:
        rest = word.cells
        joined = word.joined or empty
        while rest:
            room = width(len(lines)) - len(line) - (not joined)
            if len(rest) <= room:
                line += ("" if joined else BLANK) + rest
                empty, rest = False, ""
            elif empty and len(rest) > width(len(lines) + 1) - shape.rest:
                piece = _piece(rest, room - len(CONTINUED))
                lines.append(line + piece + CONTINUED)
                line, rest = BLANK * shape.rest, rest[len(piece) :]
            else:
                lines.append("" if empty else line)
                line, empty, joined = BLANK * shape.rest, True, True
    return lines if empty else [*lines, line]


def _piece(cells: str, room: int) -> str:
    """Return how much of a long word goes into a line: up to its last sign, else as much as there is room for."""
    ends = [match.end() for match in _SIGNS.finditer(cells, 0, room)]
    return cells[: ends[-1]] if ends and ends[-1] > room // 2 else cells[:room]
