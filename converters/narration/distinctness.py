"""How far voices are apart, and in which range of pitch each lies.

All of it is measured, nothing is heard into a name: an engine that has no measured voices has
no ranges, and any two of its voices count as distinct.
"""

import math
from typing import Final, Literal, get_args

from converters.narration.model import Traits, Voice

PitchRange = Literal["lower", "middle", "higher"]
RANGES: Final[tuple[PitchRange, ...]] = get_args(PitchRange)

MIDDLE: Final = (128, 182)
"""Hz: the lowest and the highest voice of the middle range.

Adults who speak take it up from both sides; a voice in it is heard as a man's or as a woman's
by other things than its pitch, or as neither.
"""

ACCENT: Final = 2.0
"""What another accent adds, in the measure of ``difference``."""

DISTINCT: Final = 3.5
"""Voices nearer than this, in the measure of ``difference``, are told apart only side by side."""


def pitch_range(voice: Voice) -> PitchRange | None:
    """Return the range that a voice lies in, None where nobody has measured it."""
    if voice.traits is None:
        return None
    lowest, highest = MIDDLE
    if voice.traits.pitch < lowest:
        return "lower"
    return "middle" if voice.traits.pitch <= highest else "higher"


def difference(one: Voice, other: Voice) -> float:
    """Return how far two voices are apart: semitones of pitch, decibels of timbre, and accent, together.

    0 for a voice and itself; infinite for two of which one was never measured.
    """
    if one.id == other.id:
        return 0.0
    if one.traits is None or other.traits is None:
        return math.inf
    accent = 0.0 if one.language == other.language else ACCENT
    return math.hypot(_semitones(one.traits, other.traits), math.dist(one.traits.timbre, other.traits.timbre), accent)


def _semitones(one: Traits, other: Traits) -> float:
    return 12 * math.log2(one.pitch / other.pitch)


def nearest(voice: Voice, others: tuple[Voice, ...]) -> float:
    """Return how far the nearest of the others is; infinite where there is none."""
    return min((difference(voice, other) for other in others), default=math.inf)
