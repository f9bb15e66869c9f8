"""What a label looks like, by itself: like a name, a sentence or the field of a header."""

import re
from typing import Final, Literal

from converters.readers.labels.candidates import Candidate, Shape, fold
from converters.readers.labels.names import HONORIFICS, is_name, name_and_role
from converters.readers.labels.words import HEADER_FIELDS, NOT_A_NAME, plays_a_part

Style = Literal["capitals", "name", "other"]
Key = tuple[Shape, str]


def key_of(candidate: Candidate) -> Key:
    """Return what candidates of one label and one shape share; the shapes with a colon count as one."""
    return ("colon" if candidate.shape in {"colon", "data"} else candidate.shape, candidate.key)


_ENDS_INSIDE: Final = re.compile(r"([^\W\d_]{4,})[.!?…]\s+(?=[^\W\d_])")


def holds_a_sentence(label: str) -> bool:
    """Tell whether a sentence ends inside: no name goes on after that, save after a title."""
    return any(word.casefold() not in HONORIFICS for word in _ENDS_INSIDE.findall(label))


def begins_like_a_sentence(name: str, label: str) -> bool:
    """Tell whether the first word is one that sentences begin with; ``name`` is the label folded."""
    words = name.split()
    if not words or words[0].strip(",.;") not in NOT_A_NAME or plays_a_part(name):
        return False
    return not (label.isupper() and words[0] == "the") and not _is_titled(label)


def _is_titled(label: str) -> bool:
    """Tell whether an article at the beginning belongs to a title: ``El señor ALCALDE``, ``The Chairwoman``."""
    words = label.split()
    return len(words) > 1 and words[1].casefold().strip(".,") in HONORIFICS


def is_header_field(label: str) -> bool:
    """Tell whether a label is what header lines begin with, such as ``DATE`` or ``Titel``."""
    words = fold(name_and_role(label)[0]).split()
    return bool(words) and (" ".join(words) in HEADER_FIELDS or (len(words) > 1 and words[-1] in HEADER_FIELDS))


def as_scanned(name: str) -> str:
    """Return a folded name with one letter for all those that a scanner takes for each other."""
    return name.translate(_SCANNED)


_SCANNED: Final = str.maketrans("01i|5$8", "olllssb")


def style_of(label: str) -> Style:
    """Tell how a label is printed."""
    if name_and_role(label)[0].isupper():
        return "capitals"
    return "name" if is_name(label) else "other"
