"""In which order somebody tries voices, and which of them is free.

The order comes from a hash of the person's id and the voice's, and from nothing else but the
range of pitch that was chosen for them: nothing in it can tell of sex, origin or affiliation.
"""

import hashlib
from typing import Final, cast

import msgspec

from converters.document import Person
from converters.narration.distinctness import DISTINCT, RANGES, PitchRange, nearest, pitch_range
from converters.narration.model import Voice

Voices = tuple[Voice, ...]

NOT_CHOSEN: Final[PitchRange] = "middle"
"""Where the voices of those come from for whom nobody has chosen."""


class Choice(msgspec.Struct, frozen=True):
    """A voice somebody got; ``good`` tells that it is of the range wished for, and like no other's."""

    voice: Voice
    good: bool


def asks_for_range(person: Person) -> bool:
    """Tell whether ``voice`` in show.toml says ``higher``, ``middle`` or ``lower`` and not a voice's id."""
    return (person.voice or "").lower() in RANGES


def wished(person: Person) -> PitchRange:
    """Return the range that a voice is to come from."""
    return cast("PitchRange", (person.voice or "").lower()) if asks_for_range(person) else NOT_CHOSEN


def in_order(person: Person, voices: Voices, spare: Voices = ()) -> tuple[Voices, ...]:
    """Return the voices in this person's order, in groups: their range first, pitched and ``spare`` ones last.

    A voice that was never measured may be in any range.
    """
    home = RANGES.index(wished(person))
    groups: dict[int, list[Voice]] = {}
    for voice in sorted(voices, key=lambda voice: digest(person.id, voice.id)):
        lies_in = pitch_range(voice)
        away = abs(RANGES.index(lies_in) - home) if lies_in else 0
        last = len(RANGES) + voice.pitched
        groups.setdefault(last if voice in spare or voice.pitched else away, []).append(voice)
    return tuple(tuple(group) for _, group in sorted(groups.items()))


def first_free(order: tuple[Voices, ...], taken: Voices) -> Choice | None:
    """Return the first voice that is unlike all those taken; None where all of them are taken.

    Within a group a voice too near to one that is taken counts as free only when nothing
    better is left there, and then it is the one farthest from its nearest.
    """
    for number, group in enumerate(order):
        apart = {voice: nearest(voice, taken) for voice in group if voice not in taken}
        distinct = next((voice for voice, distance in apart.items() if distance >= DISTINCT), None)
        if distinct:
            return Choice(distinct, good=number == 0)
        if apart:
            return Choice(max(apart, key=lambda voice: apart[voice]), good=False)
    return None


def digest(*parts: str) -> bytes:
    """Return what stands for these words in an order that means nothing."""
    return hashlib.sha256(" ".join(parts).encode()).digest()


def rank(person: Person) -> tuple[bool, bytes]:
    """Return where somebody stands among those who choose: hosts first, who are in every episode.

    After them the order is by the ids alone. If it were by how much each says, the same people
    could have other voices in another episode.
    """
    return (person.part != "host", digest(person.id))
