"""What of a finished archive a person should look at: the findings that put a reading in doubt, weighed."""

from typing import Final, Literal

import msgspec

from converters.archive.holdings import Held
from converters.findings import Finding

Kind = Literal["who speaks", "labels", "words and letters", "names to listen to", "times"]

_UNKNOWN_SPEAKER, _LOST_WORDS, _SUSPECT, _TIMES, _SAID = 10, 8, 4, 3, 1
"""How much each puts a reading in doubt: a reader who cannot tell who speaks has lost most."""

_DOUBTFUL: Final[dict[str, tuple[Kind, int]]] = {
    "read-004": ("who speaks", _UNKNOWN_SPEAKER),
    "read-011": ("who speaks", _SUSPECT),
    "read-021": ("who speaks", _UNKNOWN_SPEAKER),
    "read-022": ("who speaks", _UNKNOWN_SPEAKER),
    "read-008": ("labels", _SAID),
    "read-012": ("labels", _SUSPECT),
    "read-016": ("labels", _SUSPECT),
    "read-017": ("labels", _SUSPECT),
    "read-024": ("labels", _SUSPECT),
    "read-001": ("words and letters", _LOST_WORDS),
    "read-002": ("words and letters", _LOST_WORDS),
    "read-010": ("words and letters", _LOST_WORDS),
    "read-023": ("words and letters", _SUSPECT),
    "read-019": ("words and letters", _SUSPECT),
    "speech-003": ("names to listen to", _SUSPECT),
    "speech-040": ("names to listen to", _SUSPECT),
    "speech-041": ("names to listen to", _SUSPECT),
    "speech-050": ("names to listen to", _SAID),
    "time-002": ("times", _TIMES),
    "time-003": ("times", _TIMES),
}


class Doubt(msgspec.Struct, frozen=True):
    """A finding: of what ``kind`` the doubt is, its code, what to look at and what to do, and the id of the place."""

    kind: Kind
    code: str
    text: str
    where: str | None = None


class Doubtful(msgspec.Struct, frozen=True):
    """An episode to be looked at; ``weight`` is above 0, and greater the more is in doubt."""

    folder: str
    title: str
    source: str
    language: str
    weight: int
    doubts: tuple[Doubt, ...]


def doubtful(episodes: tuple[Held, ...]) -> tuple[Doubtful, ...]:
    """Return the episodes whose reading is in doubt, the worst first, of equals in the order of their folders."""
    found = (_weighed(held) for held in episodes)
    return tuple(sorted((one for one in found if one.doubts), key=lambda one: (-one.weight, one.folder)))


def _weighed(held: Held) -> Doubtful:
    doubts = tuple(_doubt(finding) for finding in held.findings if finding.code in _DOUBTFUL)
    weight = sum(_DOUBTFUL[doubt.code][1] for doubt in doubts)
    return Doubtful(held.folder, held.title, held.source, held.language, weight, doubts)


def _doubt(finding: Finding) -> Doubt:
    return Doubt(_DOUBTFUL[finding.code][0], finding.code, finding.text, finding.where)
