"""What has the shape of a speaker's label, whether or not it is one."""

import re
import unicodedata
from typing import Final

import msgspec

from converters.readers.pieces import Piece

MOST_WORDS: Final = 7

_DIRECTION: Final = "[\u200e\u200f\u202a-\u202e\u2066-\u2069]*"
_SHAPE: Final = re.compile(
    f"^{_DIRECTION}" r"(?P<label>[^\W_][^:：\n]{0,59}?)[\s\u00a0]*[:：](?:[\s\u00a0]+|(?<=：)|$)(?P<words>.*)$",
    re.DOTALL,
)
_EDGES: Final = " \u00a0\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"


class Candidate(msgspec.Struct, frozen=True):
    """A piece that may be a turn: its label as printed, and the words after it."""

    index: int
    piece: Piece
    label: str
    words: str

    @property
    def key(self) -> str:
        """What labels of one person share: no case, one kind of space, one Unicode form."""
        return fold(self.label)


def fold(label: str) -> str:
    """Return a label without what may differ between two printings of it."""
    return " ".join(unicodedata.normalize("NFKC", label).casefold().replace("’", "'").split())


def candidates(pieces: tuple[Piece, ...]) -> tuple[Candidate, ...]:
    """Return every piece that has the shape ``label: words``."""
    found = []
    for index, piece in enumerate(pieces):
        match = None if piece.bullet else _SHAPE.match(piece.text)
        if match and len(match["label"].split()) <= MOST_WORDS:
            found.append(Candidate(index, piece, match["label"].strip(_EDGES), match["words"].strip()))
    return tuple(found)
