"""How loud each voice is by itself, and what is asked of the engine so that all are equally loud.

The aim is −19 LUFS for one channel (AES TD1008; UKAAF MS01 asks for a consistent level). A
voice's level is measured once and never per file: so a clip stays good whatever is said
around it, and a voice keeps its level through the whole archive.
"""

import contextlib
import math
from typing import Final

from converters.narration.cache import ClipCache
from converters.narration.model import Line, Synthesizer

AIM: Final = -19.0
"""LUFS, integrated, one channel (ITU-R BS.1770-4)."""

QUIETER_IN_TALK: Final = 0.6
"""Loudness units that a conversation, with its short sentences, is below the text that voices were measured with."""

ENGLISH: Final = "gmw/en"
USUAL_RATE: Final = 175
QUIETER_WHEN_TWICE_AS_FAST: Final = 1.0
"""Loudness units; measured between 175 and 300 words a minute: 0.6 to 1.2."""

QUIETEST: Final = -45.0
"""LUFS; what is below is hardly a voice, and turning it up would only raise its noise."""

LEAST_VOLUME, MOST_VOLUME = 10, 200

OF_STYLE: Final = {
    "+edward": (-19.5, -19.8),
    "+Denis@80": (-24.5, -24.6),
    "+steph@35": (-21.0, -22.1),
    "+mike2@95": (-16.0, -15.6),
    "+m8@95": (-23.7, -24.0),
    "+Gene@80": (-16.0, -16.5),
    "+klatt4@95": (-17.8, -17.3),
    "+Nguyen@72": (-20.5, -21.3),
    "+edward@80": (-18.4, -18.3),
    "+david@50": (-23.2, -23.0),
    "+mike2@35": (-18.0, -17.7),
    "+Gene@35": (-17.9, -18.4),
    "+sandro@35": (-18.4, -18.6),
    "+david@95": (-21.7, -21.4),
    "+steph@50": (-19.8, -21.1),
    "+f3@50": (-20.1, -20.6),
    "+Nguyen@95": (-19.8, -20.0),
    "+f2@80": (-18.1, -18.0),
}
"""LUFS of espeak-ng's styles at 175 words a minute: in English, and the mean over German, Spanish and Russian.

Each of the three lies within 0.8 of the mean, for it is the style that makes the level and not the language.
"""


def known_loudness(voice: str, rate: int) -> float | None:
    """Return the LUFS of one of espeak-ng's voices at ``rate`` words a minute, None where it was never measured."""
    english, other = OF_STYLE.get(voice[_style_at(voice) :], (None, None))
    usual = english if voice.startswith(ENGLISH) else other
    return None if usual is None else usual - QUIETER_WHEN_TWICE_AS_FAST * math.log2(rate / USUAL_RATE)


def _style_at(voice: str) -> int:
    """Return where a voice's style begins: at its ``+``, else at its ``@``, else at its end."""
    return min((place for sign in "+@" if (place := voice.find(sign)) >= 0), default=len(voice))


def volume(loudness: float) -> int:
    """Return the per cent of its usual amplitude at which a voice of that loudness (LUFS) is as loud as the others."""
    if loudness < QUIETEST:
        return 100
    return min(MOST_VOLUME, max(LEAST_VOLUME, round(100 * 10 ** ((AIM + QUIETER_IN_TALK - loudness) / 20))))


# where a voice was never measured -----------------------------------------------------------

CALIBRATION: Final = ", ".join(map(str, range(1, 31))) + "."
"""What every voice can say, whatever its language."""

QUIETER_WHEN_COUNTING: Final = 1.4
"""Loudness units that counting is below running text; on 52 voices: 0.7 to 2.2."""


def level_of(voice: str, rate: int, engine: Synthesizer, cache: ClipCache) -> int:
    """Return the volume for a voice. What was never measured is measured now, and kept."""
    loudness = engine.loudness(voice, rate)
    if loudness is None:
        key = f"loudness of {voice} at {rate} by {engine.version}"
        kept = cache.get(key)
        loudness = float(kept) if kept else _measured(voice, rate, engine)
        cache.put(key, str(loudness).encode())
    return volume(loudness)


def _measured(voice: str, rate: int, engine: Synthesizer) -> float:
    from converters.narration.libav import integrated_loudness

    with contextlib.closing(engine.speak((Line(CALIBRATION, voice, rate),), 1)) as speech:
        return integrated_loudness(next(speech), engine.sample_rate) + QUIETER_WHEN_COUNTING
