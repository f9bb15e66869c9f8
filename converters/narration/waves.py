"""Reading the files that speech engines write: WAV, and AIFF on macOS, known by their first bytes.

pyttsx3 lets macOS write AIFF whatever the file is called, and Python's own reader of it is
gone since 3.13.
"""

import array
import io
import sys
from typing import Final

import msgspec

SILENT: Final = 200
"""No sample of speech stays below this, of 32,767 (−44 dB)."""

STRIDE: Final = 37
"""Every how many samples are looked at to tell sound from silence; 1.7 ms, shorter than any wave of a voice."""


class Wave(msgspec.Struct, frozen=True):
    """16-bit mono samples, little-endian, ``rate`` of them a second."""

    samples: bytes
    rate: int

    @property
    def seconds(self) -> float:
        """How long it sounds."""
        return len(self.samples) / 2 / self.rate


def read_wave(content: bytes) -> Wave:
    """Read a file's content. Raises ``ValueError`` where it is not 16-bit mono sound."""
    kind = content[:4] + content[8:12]
    if kind == b"RIFFWAVE":
        return _read_riff(content)
    if kind in (b"FORMAIFF", b"FORMAIFC"):
        return _read_aiff(content)
    raise ValueError("what the engine wrote is no sound file")


def _read_riff(content: bytes) -> Wave:
    import wave

    try:
        with wave.open(io.BytesIO(content)) as sound:
            _require_mono(sound.getnchannels(), 8 * sound.getsampwidth())
            return Wave(sound.readframes(sound.getnframes()), sound.getframerate())
    except (wave.Error, EOFError) as error:
        raise ValueError(f"what the engine wrote is no whole WAV file ({error})") from error


def _read_aiff(content: bytes) -> Wave:
    """Read the two chunks that matter: COMM (the form of the samples) and SSND (the samples)."""
    chunks = _chunks(content)
    if not {b"COMM", b"SSND"} <= chunks.keys():
        raise ValueError("what the engine wrote is no whole AIFF file")
    form, sound = chunks[b"COMM"], chunks[b"SSND"]
    _require_mono(int.from_bytes(form[0:2]), int.from_bytes(form[6:8]))
    samples = array.array("h", sound[8 : 8 + (len(sound) - 8) // 2 * 2])
    stored = "little" if form[18:22] == b"sowt" else "big"
    if stored != sys.byteorder:
        samples.byteswap()
    return Wave(samples.tobytes(), _extended(form[8:18]))


def _chunks(content: bytes) -> dict[bytes, bytes]:
    chunks, place = {}, 12
    while place + 8 <= len(content):
        size = int.from_bytes(content[place + 4 : place + 8])
        chunks[content[place : place + 4]] = content[place + 8 : place + 8 + size]
        place += 8 + size + size % 2
    return chunks


def _extended(number: bytes) -> int:
    """Return an 80-bit float, as AIFF has the rate, as a whole number."""
    exponent = int.from_bytes(number[:2]) - 16383
    return int.from_bytes(number[2:10]) >> (63 - exponent) if 0 <= exponent <= 63 else 0  # noqa: PLR2004 - IEEE 754


def _require_mono(channels: int, bits: int) -> None:
    if (channels, bits) != (1, 16):
        raise ValueError(f"the engine wrote {channels} channels of {bits} bits; 1 of 16 is needed")


def without_silence_after(samples: bytes) -> bytes:
    """Return the samples without the zeros at their end: pauses are ours to set."""
    end = len(samples.rstrip(b"\0"))
    return samples[: end + end % 2]


def is_silent(samples: bytes) -> bool:
    """Tell whether nothing can be heard in it."""
    return max(map(abs, array.array("h", samples)[::STRIDE]), default=0) < SILENT
