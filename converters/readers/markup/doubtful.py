"""Names that an element sets apart without saying that they speak: the whole page bears them out, or not.

``<cite>`` is a speaker in Podcasting 2.0's HTML transcripts and the title of a work in
HTML; ``class="name"`` is a speaker in one page and an author in the next.
"""

import re
from collections import Counter
from typing import Final

import msgspec

from converters.readers.markup.placed import Placed
from converters.readers.markup.writing import is_time_code
from converters.readers.pieces import Mark, Piece

ENOUGH: Final = 3
"""Paragraphs that begin so; fewer may be chance."""
_COLON: Final = re.compile(r"\s*[:：]")
_FIRST_WORD: Final = re.compile(r"\S+")


def settle_names(placed: list[Placed]) -> list[Placed]:
    """Return the pieces with their doubtful names made labels, or what they are otherwise."""
    doubtful = [(one.piece, mark) for one in placed if (mark := _doubtful(one.piece))]
    if not doubtful:
        return placed
    names = Counter(_name(piece, mark) for piece, mark in doubtful)
    recurs = len(doubtful) >= ENOUGH and names.most_common(1)[0][1] > 1
    return [_settled(one, names, recurs=recurs) for one in placed]


def _doubtful(piece: Piece) -> Mark | None:
    return next((mark for mark in piece.marks if mark.kind == "label" and mark.value), None)


def _name(piece: Piece, mark: Mark) -> str:
    return piece.text[mark.begin : mark.end].rstrip(" :：").casefold()


def _settled(one: Placed, names: Counter[str], *, recurs: bool) -> Placed:
    if not (mark := _doubtful(one.piece)):
        return one
    others = tuple(other for other in one.piece.marks if not (other.kind == "label" and other.value))
    if one.piece.form != "quote" and _speaks(one.piece, mark, several=names.total() > 1, recurs=recurs):
        others = (Mark(mark.begin, mark.end, "label"), *others)
    elif mark.value == "cite":
        others = (Mark(mark.begin, mark.end, "emphasis"), *others)
    return msgspec.structs.replace(one, piece=msgspec.structs.replace(one.piece, marks=others))


def _speaks(piece: Piece, mark: Mark, *, several: bool, recurs: bool) -> bool:
    rest = piece.text[mark.end :]
    if piece.text[mark.begin : mark.end].endswith((":", "：")) or _COLON.match(rest):
        return True
    first = _FIRST_WORD.search(rest)
    timed = bool(first and is_time_code(first[0]))
    if timed or not any(letter.isalnum() for letter in rest):
        return several if mark.value == "cite" else recurs
    return recurs
