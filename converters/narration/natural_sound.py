"""What is done to the samples of a natural voice: pitched apart, brought to our rate, shortened, trimmed.

The only file that knows numpy, which comes with piper; it is loaded in the engine's process alone.
"""

from fractions import Fraction
from typing import Final, TypeAlias

import numpy as np
import numpy.typing as npt

Samples: TypeAlias = npt.NDArray[np.float32]
"""Samples from −1 to 1, one channel."""

FULL: Final = 32_767
WINDOW: Final = 512
"""Samples that are laid over each other when speech is shortened: 23 ms, two waves of a low voice."""

SEEK: Final = 220
"""Samples to look back and forward for the wave that fits best: 10 ms, a wave of a low voice."""

HARDLY: Final = 1e-4
"""Energy below which a stretch is no wave to fit."""

QUIET: Final = 98
"""Of 32,767 (−50 dB): below it a voice is not heard."""

STEP: Final = 110
"""Samples looked at together when silence is trimmed: 5 ms."""

MARGIN: Final = 2
"""Steps left before and after what is heard."""


def shaped(samples: Samples, stretch: Fraction, shortened: float) -> bytes:
    """Return 16-bit samples: ``stretch`` times as many at the same rate, then made shorter at the same pitch."""
    made = shorter(stretched(samples, stretch), shortened)
    return (np.clip(made, -1, 1) * FULL).astype("<i2").tobytes()


def stretched(samples: Samples, ratio: Fraction) -> Samples:
    """Return the same wave in ``ratio`` times as many samples, with no frequency that they cannot hold."""
    if ratio == 1 or not len(samples):
        return samples
    there = len(samples) + -len(samples) % ratio.denominator
    wanted = there // ratio.denominator * ratio.numerator
    spectrum = np.fft.rfft(samples, there)[: wanted // 2 + 1]
    return (np.fft.irfft(spectrum, wanted) * (wanted / there)).astype(np.float32)


def shorter(samples: Samples, factor: float) -> Samples:
    """Return speech that is ``factor`` times as fast at the same pitch, by leaving out waves.

    Windows are laid over each other by half; each is taken, within ``SEEK`` of its place, where
    it goes on best from the one before (WSOLA: Verhelst and Roelands, ICASSP 1993).
    """
    if factor <= 1:
        return samples
    hop, window = WINDOW // 2, np.hanning(WINDOW + 1)[:WINDOW].astype(np.float32)
    steps = int(len(samples) / factor) // hop
    made = np.zeros((steps + 2) * hop, np.float32)
    room = np.pad(samples, (SEEK, WINDOW + hop + 2 * SEEK))
    place = SEEK
    for step in range(steps):
        if step:
            near = int(step * hop * factor)
            place = near + _best_fit(room[near : near + WINDOW + 2 * SEEK], room[place + hop : place + hop + WINDOW])
        made[step * hop : step * hop + WINDOW] += room[place : place + WINDOW] * window
    return made[: int(len(samples) / factor)]


def _best_fit(area: Samples, wave: Samples) -> int:
    """Return where in an area a wave fits best."""
    energy = np.cumsum(np.concatenate(([0.0], area.astype(np.float64) ** 2)))
    likeness = np.correlate(area, wave, "valid") / np.sqrt(energy[WINDOW:] - energy[:-WINDOW] + HARDLY)
    return int(np.argmax(likeness))


def trimmed(samples: bytes) -> bytes:
    """Return 16-bit samples without the silence before and after: pauses are ours to set."""
    heard = np.abs(np.frombuffer(samples, "<i2").astype(np.int32))
    if not len(heard) or heard.max() <= QUIET:
        return b""
    steps = np.nonzero(np.maximum.reduceat(heard, np.arange(0, len(heard), STEP)) > QUIET)[0]
    first, last = int(steps[0]) - MARGIN, int(steps[-1]) + 1 + MARGIN
    return samples[2 * STEP * max(first, 0) : 2 * STEP * last]
