"""From the samples of one utterance to MP3 frames that can stand anywhere.

Each clip has an encoder of its own, so that it is the same whatever stands before it, and ends
at a whole frame after so much silence that nothing is still on its way in the decoder. So clips
and silent frames set end to end stay in step: with *f* frames before it, sample *k* of a clip is
heard at sample ``576 f + k``, once the player has left out the delays that the Info frame tells
it of. (lameenc writes none; without it all is heard 50 ms late.)
"""

from typing import Any, Final

import msgspec

from converters.errors import MissingPartError
from converters.narration.frames import DECODER_DELAY, ENCODER_DELAY, FRAME_SAMPLES, RATES, first_frames

KILOBITS: Final = 48
"""Thousand bits a second: clear for a voice at this sample rate, 22 MB an hour."""

QUALITY: Final = 7
"""On LAME's scale from 0, slow, to 9, fast; half the time of its default, for speech that sounds the same."""

SAMPLE_BYTES: Final = 2
ON_ITS_WAY: Final = ENCODER_DELAY + DECODER_DELAY
"""Samples of silence that each clip ends with: what encoder and decoder hold back, 50 ms."""

RECIPE: Final = f"mp3 {KILOBITS} {QUALITY} {ON_ITS_WAY}"
"""Stands for all that the frames of a clip depend on, beside its samples."""


class Clip(msgspec.Struct, frozen=True, array_like=True):
    """An utterance as sound: ``length`` samples of speech, in ``frames`` of MP3.

    ``samples`` are the same, 16-bit, where an edition wants them uncompressed too.
    """

    length: int
    frames: bytes
    samples: bytes = b""

    @property
    def frame_count(self) -> int:
        """How many frames of 576 samples the clip takes, its silence included."""
        return frames_for(self.length)


def frames_for(length: int) -> int:
    """Return how many frames hold so many samples and the silence after them."""
    return -(-(length + ON_ITS_WAY) // FRAME_SAMPLES)


def require_rate(rate: int) -> None:
    """Raise ``MissingPartError`` where frames of so many samples a second cannot be written."""
    if rate not in RATES:
        raise MissingPartError(f"Sound of {rate} samples a second cannot be encoded; the rates are {RATES}.")


def encode(samples: bytes, rate: int) -> Clip:
    """Return 16-bit mono samples as a clip. LAME leaves Python to other threads while it works."""
    length = len(samples) // SAMPLE_BYTES
    count = frames_for(length)
    encoder = _encoder(rate)
    stream = encoder.encode(samples + bytes((count * FRAME_SAMPLES - length) * SAMPLE_BYTES))
    stream += encoder.flush()
    return Clip(length, first_frames(stream, count, rate))


def _encoder(rate: int) -> Any:
    try:
        import lameenc  # type: ignore[import-not-found]  # a module of C without types
    except ImportError as error:
        raise MissingPartError("Audio needs lameenc. Install it with: pip install lameenc") from error
    encoder = lameenc.Encoder()
    encoder.set_channels(1)
    encoder.set_in_sample_rate(rate)
    encoder.set_out_sample_rate(rate)
    encoder.set_bit_rate(KILOBITS)
    encoder.set_quality(QUALITY)
    encoder.silence()
    return encoder
