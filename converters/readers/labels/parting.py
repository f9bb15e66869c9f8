"""Labels that stand inside a line: captions and careless paste run one speaker's words into the next one's label."""

import re
from collections import Counter
from collections.abc import Iterator
from typing import Final

import msgspec

from converters.readers.labels.candidates import Candidate
from converters.readers.pieces import Moment, Piece, without, without_beginning

OFTEN: Final = 3


def parted_at_labels(pieces: tuple[Piece, ...], speaking: dict[int, Candidate]) -> tuple[Piece, ...]:
    """Return the pieces, cut before each label in capitals that recurs and stands after the end of a sentence."""
    counts = Counter(
        c.label for c in speaking.values() if c.shape == "colon" and c.label.isupper() and len(c.label) > 1
    )
    known = sorted((label for label, count in counts.items() if count >= OFTEN), key=len, reverse=True)
    if not known:
        return pieces
    names = "|".join(re.escape(label) for label in known)
    inside = re.compile(rf"(?<=[.?!…\"”’)\]]\s)(?:>>\s*)?(?:{names}):(?=\s|$)")
    return tuple(part for piece in pieces for part in _parts(piece, inside))


def _parts(piece: Piece, inside: re.Pattern[str]) -> Iterator[Piece]:
    while match := inside.search(piece.text, 1):
        yield _beginning(piece, match.start())
        piece = without_beginning(piece, match.start())
        if not piece.moments and piece.form == "cue":
            break
    yield piece


def _beginning(piece: Piece, end: int) -> Piece:
    """Return the piece up to a letter; of captions, both parts are said in the cue's time."""
    first = without(piece, end, len(piece.text))
    moments = tuple(Moment(m.offset, m.begin, m.end) for m in piece.moments if m.offset < end)
    return msgspec.structs.replace(first, text=first.text.rstrip(), moments=moments)
