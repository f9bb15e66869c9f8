"""From samples to MP3 as they come, with every frame counted.

Each track has an encoder of its own, so that it is the same whatever stands before it, and ends
at a whole frame. So tracks set end to end stay in step: with *f* frames before it, sample *k* of
a track is heard at sample ``576 f + k``, once the player has left out the delays that the Info
frame tells it of. (lameenc writes none; without it all is heard 50 ms late.)
"""

import queue
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from converters.errors import MissingPartError, SavingError
from converters.narration.frames import FRAME_SAMPLES, RATES, FrameCounter
from converters.narration.model import AudioTrack
from converters.timing import of_samples

KILOBITS: Final = 48
"""Thousand bits a second: clear for a voice at this sample rate, 22 MB an hour."""

QUALITY: Final = 7
"""On LAME's scale from 0, slow, to 9, fast; half the time of its default, for speech that sounds the same."""

SAMPLE_BYTES: Final = 2
PIECES_WAITING: Final = 16
"""Pieces that may wait for the encoder: bounds memory where speech is made faster than encoded."""


class TrackEncoder:
    """Writes one track as bare frames, in a thread: LAME leaves Python to others while it works."""

    def __init__(self, name: str, path: Path, rate: int) -> None:
        if rate not in RATES:
            raise MissingPartError(f"Sound of {rate} samples a second cannot be encoded; the rates are {RATES}.")
        self._name, self._path, self._rate = name, path, rate
        self._encoder = _encoder(rate)
        self._samples = 0
        self._counter = FrameCounter(rate)
        self._failure: OSError | None = None
        self._waiting: queue.Queue[bytes] = queue.Queue(PIECES_WAITING)
        self._thread = threading.Thread(target=self._work, name=f"encoding-{name}", daemon=True)
        self._thread.start()

    @property
    def samples(self) -> int:
        """How many samples were taken so far: where the next one will be heard."""
        return self._samples

    def take(self, samples: bytes) -> None:
        """Accept 16-bit samples; waits where many are waiting."""
        if samples:
            self._samples += len(samples) // SAMPLE_BYTES
            self._waiting.put(samples)

    def end(self) -> None:
        """Fill the last frame with silence. The frames are whole when ``track`` returns."""
        self.take(bytes(-self._samples % FRAME_SAMPLES * SAMPLE_BYTES))
        self._waiting.put(b"")

    def track(self) -> AudioTrack:
        """Wait for the last frame. Raises ``SavingError`` where the file could not be written."""
        self._thread.join()
        if self._failure:
            raise SavingError(f"{self._path}: {self._failure.strerror}.") from self._failure
        return AudioTrack(
            self._name,
            self._path,
            of_samples(self._samples, self._rate),
            self._samples // FRAME_SAMPLES,
            self._rate,
        )

    def abandon(self) -> None:
        """End the thread; what it wrote is of no use. Abandoning what has ended is well."""
        self._waiting.put(b"")
        self._thread.join()

    def _work(self) -> None:
        pieces = iter(self._waiting.get, b"")
        try:
            self._encode(pieces)
        except OSError as error:
            self._failure = error
        for _ in pieces:
            pass  # so that nobody waits for room in the queue

    def _encode(self, pieces: Iterator[bytes]) -> None:
        with self._path.open("wb") as file:
            for piece in pieces:
                file.write(self._counted(self._encoder.encode(piece)))
            file.write(self._counted(self._encoder.flush()))
            # LAME ends with the frames of its delay; past the last sample they hold only silence
            file.truncate(self._counter.begin_of(self._samples // FRAME_SAMPLES))

    def _counted(self, frames: bytearray) -> bytearray:
        self._counter.take(frames)
        return frames


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
