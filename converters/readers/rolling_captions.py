"""Rolling captions: each cue repeats the lines before its own, or grows by a word; every line is kept once."""

import itertools
from typing import Final

import msgspec

from converters.readers.pieces import Moment, Piece

Lines = tuple[Piece, ...]

_ENOUGH: Final = 0.3
_AT_LEAST: Final = 3
_GOING_ON: Final = 0.25
_MOST_LINES: Final = 12
_SOON: Final = 2_000
"""Milliseconds: what is said again later than this after its end is said again."""


class Kept(msgspec.Struct, frozen=True):
    """The lines of all cues, and how many that only repeat them were left out."""

    cues: tuple[Lines, ...]
    repeated: int


def kept_once(cues: tuple[Lines, ...]) -> Kept:
    """Return the cues, in the order of their times, without what rolling captions repeat.

    A file rolls if three cues in ten, at the least, begin with what ended the cue
    before; a very short one, if all do; and if one in four of these goes on from there:
    somebody who says “No” three times says it in three cues. A line keeps the time at
    which it is first shown; one that grows is kept when it is whole.
    """
    filled = tuple(lines for lines in cues if lines)
    overlaps = [_overlap(before, after) for before, after in itertools.pairwise(filled)]
    rolling = sum(map(bool, overlaps))
    if rolling < max(2, min(_AT_LEAST, len(overlaps))) or rolling < _ENOUGH * len(overlaps):
        return Kept(filled, 0)
    if sum(map(_goes_on, overlaps, filled, filled[1:])) < _GOING_ON * rolling:
        return Kept(filled, 0)
    kept: list[Lines] = list(filled[:1])
    for overlap, lines in zip(overlaps, filled[1:], strict=True):
        if overlap and _grown(kept[-1][-1:], lines[overlap - 1]):
            kept[-1] = (*kept[-1][:-1], _longer(kept[-1][-1], lines[overlap - 1]))
        if lines[overlap:]:
            kept.append(lines[overlap:])
    return Kept(tuple(kept), sum(overlaps))


def _overlap(before: Lines, after: Lines) -> int:
    """Return how many lines of a cue only repeat the end of the cue before, or make its last line longer."""
    end = before[0].moments[0].end if before[0].moments else None
    begin = after[0].moments[0].begin if after[0].moments else None
    if end is not None and begin is not None and begin > end + _SOON:
        return 0
    for count in range(min(len(before), len(after), _MOST_LINES), 0, -1):
        same = all(b.text == a.text for b, a in zip(before[-count:-1], after, strict=False))
        if same and (before[-1].text == after[count - 1].text or _grown(before[-1:], after[count - 1])):
            return count
    return 0


def _goes_on(overlap: int, before: Lines, after: Lines) -> bool:
    """Tell whether a cue that begins with what ended the one before has something to add."""
    return overlap > 0 and (len(after) > overlap or _grown(before[-1:], after[overlap - 1]))


def _grown(before: Lines, after: Piece) -> bool:
    return bool(before) and before[-1].text != after.text and after.text.startswith(before[-1].text)


def _longer(before: Piece, after: Piece) -> Piece:
    """Return the longer line with the time of the shorter, and its own for the words that came on."""
    offset = len(before.text) + (after.text[len(before.text) : len(before.text) + 1] == " ")
    came_on = tuple(Moment(max(offset, m.offset), m.begin, m.end) for m in after.moments)
    return msgspec.structs.replace(after, label=before.label or after.label, moments=(*before.moments, *came_on))
