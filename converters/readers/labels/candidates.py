"""What has the shape of a speaker's label, whether or not it is one."""

import re
import unicodedata
from typing import Final

import msgspec

from converters.readers.pieces import Piece

LONGEST_LABEL: Final = 60
MOST_WORDS: Final = 7

_SHAPE: Final = re.compile(
    r"^(?P<label>[^\W_][^:：\n]{0,59}?)[\s\u00a0]*[:：](?:[\s\u00a0]+|(?<=：)|$)(?P<words>.*)$",
    re.DOTALL,
)


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
        if match and len(match["label"].split()) <= MOST_WORDS and "://" not in piece.text[:LONGEST_LABEL]:
            found.append(Candidate(index, piece, match["label"].strip(), match["words"].strip()))
    return tuple(found)
