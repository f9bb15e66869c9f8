"""Peaks taken down so that no player distorts: a true peak of at most −1 dBTP after decoding.

Speech at −19 LUFS has peaks a decibel or two above that, a few hundred in an hour. Only those are
touched: each is found by the upper byte of its sample, at the speed of a search through text, and
the gain dips round it for some milliseconds.
"""

import array
import math
import re
import sys
from typing import Final

CEILING: Final = 25_600
"""Of 32,767: −2.1 dBFS; what decoding MP3 of 48 kbit/s adds to a peak stays below the rest."""

REACH: Final = 110
"""Samples on either side in which the gain goes down and comes back; 5 ms at 22,050 a second."""

_UPPER: Final = CEILING >> 8
_LOUD: Final = re.compile(b"[" + re.escape(bytes([_UPPER])) + b"-" + re.escape(bytes([255 - _UPPER])) + b"]")
"""Upper bytes of 16-bit samples at or above the ceiling, positive or negative."""

_DIP: Final = tuple(0.5 + 0.5 * math.cos(math.pi * n / (REACH + 1)) for n in range(-REACH, REACH + 1))
"""How much of the reduction applies round a peak: all of it in the middle, none at the ends."""


def limited(samples: bytes) -> bytes:
    """Return 16-bit little-endian mono samples of which none is above the ceiling."""
    uppers = samples[1::2]
    if not _LOUD.search(uppers):
        return samples
    sound = _native(array.array("h", samples))
    done = 0
    for match in _LOUD.finditer(uppers):
        if match.start() >= done:
            done = min(match.start() + REACH, len(sound))
            _bring_down(sound, match.start(), done)
    return _native(sound).tobytes()


def _native(sound: "array.array[int]") -> "array.array[int]":
    if sys.byteorder == "big":
        sound.byteswap()
    return sound


def _bring_down(sound: "array.array[int]", begin: int, end: int) -> None:
    """Lower what is round the highest sample, and the next, until none of the stretch is above the ceiling."""
    while abs(sound[place := max(range(begin, end), key=lambda n: abs(sound[n]))]) > CEILING:
        share = 1 - CEILING / abs(sound[place])
        for n in range(max(0, place - REACH), min(len(sound), place + REACH + 1)):
            sound[n] = int(sound[n] * (1 - share * _DIP[n - place + REACH]))
