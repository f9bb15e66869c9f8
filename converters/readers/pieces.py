"""What a reader of lines hands on: paragraphs as printed, before anyone has said what they are."""

import itertools
import re
import statistics
from collections.abc import Iterator
from typing import Final

import msgspec

BULLET: Final = re.compile(r"^\s*(?:[•‣◦▪●∙·*]|[-–—](?=\s))\s*(?=\S)")
HARD_WRAPPED_WITHIN: Final = 100
"""Text whose longest lines are shorter than this was broken by hand or by a mail program."""


class Piece(msgspec.Struct, frozen=True):
    """One paragraph or list item; ``line`` is where it begins, counted from 1."""

    text: str
    line: int
    bullet: bool = False


def pieces_of(text: str) -> tuple[Piece, ...]:
    """Return the paragraphs of a plain text, each run of spaces one space.

    A blank line ends a paragraph. A line end alone does so too where lines are too
    long to have been wrapped, and before a bullet or what looks like a label.
    """
    lines = text.split("\n")
    wrapped = _is_hard_wrapped(lines)
    return tuple(piece for block in _blocks(lines) for piece in _split(block, wrapped=wrapped))


_Lines = list[tuple[int, str]]


def _blocks(lines: list[str]) -> Iterator[_Lines]:
    block: _Lines = []
    for number, line in enumerate(lines, 1):
        if line.strip():
            block.append((number, line))
        elif block:
            yield block
            block = []
    if block:
        yield block


def _is_hard_wrapped(lines: list[str]) -> bool:
    """Tell whether lines end where the margin was, not where a thought does."""
    lengths = [len(line.rstrip()) for line in lines if line.strip()]
    followed = [len(a.rstrip()) for a, b in itertools.pairwise(lines) if a.strip() and b.strip()]
    if not followed or max(lengths) > HARD_WRAPPED_WITHIN:
        return False
    return statistics.median(followed) > max(lengths) / 2


def _split(block: _Lines, *, wrapped: bool) -> Iterator[Piece]:
    """Yield a block's paragraphs: the lines joined where they were wrapped, else each for itself."""
    start, parts, bullet = block[0][0], list[str](), False
    for number, line in block:
        item = BULLET.match(line)
        begins = item or not wrapped or _LABEL_SHAPE.match(line)
        if parts and begins:
            yield Piece(one_space(" ".join(parts)), start, bullet)
            parts = []
        if not parts:
            start, bullet = number, bool(item)
        parts.append(line[item.end() :] if item else line)
    yield Piece(one_space(" ".join(parts)), start, bullet)


_LABEL_SHAPE: Final = re.compile(r"^\s*[A-Z][\w.'’ -]{0,40}:\s")


def one_space(text: str) -> str:
    """Collapse runs of spaces; a no-break space that stands alone is kept."""
    return _SPACES.sub(lambda run: " " if " " in run[0] or "\n" in run[0] else run[0], text).strip()


_SPACES: Final = re.compile(r"[\s\u00a0\u202f]+")
