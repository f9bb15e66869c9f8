"""Letters that a format gives bit by bit: runs of spaces collapsed, marks set on the whole; in linear time."""

import re
from collections.abc import Iterable, Iterator
from typing import Final

from converters.readers.pieces import Mark, MarkKind

_SPACES: Final = re.compile(r"[\s\u00a0\u202f]{2,}|[^\S\u00a0\u202f]")
_DIRECTION: Final = "\u200e\u200f"
"""Marks of direction: at the beginning or the end of a line they say nothing."""


class Collected:
    """Takes letters in; a no-break space that stands alone is kept."""

    def __init__(self) -> None:
        """Begin with none."""
        self._parts: list[str] = []
        self._marks: list[Mark] = []
        self.length = 0
        self.last = ""

    def add(self, letters: str) -> None:
        """Take in more letters; a space after a space, and at the beginning, is none."""
        words = _SPACES.sub(" ", letters)
        if not self.length:
            words = words.lstrip(_DIRECTION)
        if self.last in {"", " "}:
            words = words.lstrip(" \u00a0\u202f")
        if words:
            self._parts.append(words)
            self.length += len(words)
            self.last = words[-1]

    def mark(self, begin: int, kind: MarkKind, value: str = "") -> None:
        """Mark the letters from ``begin`` to the last that was taken in."""
        if begin < self.length:
            self._marks.append(Mark(begin, self.length, kind, value))

    def text(self) -> str:
        """Return all letters, none of them a space at the end."""
        return "".join(self._parts).rstrip(_DIRECTION + " ")

    def marks(self) -> tuple[Mark, ...]:
        """Return the marks, drawn in to where words begin and end."""
        return tuple(_trimmed(self._marks, self.text()))


def _trimmed(marks: Iterable[Mark], text: str) -> Iterator[Mark]:
    for mark in marks:
        begin, end = mark.begin, min(mark.end, len(text))
        while begin < end and text[begin] == " ":
            begin += 1
        while end > begin and text[end - 1] == " ":
            end -= 1
        if begin < end:
            yield Mark(begin, end, mark.kind, mark.value)
