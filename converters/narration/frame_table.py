"""Where the frames of an MP3 file stand, whoever made it: any MPEG version and bit rate, layer III.

Sources: ISO/IEC 11172-3 §2.4 and 13818-3 for frames, http://gabriel.mp3-tech.org/mp3infotag.html
for the frame that tells of delays. What is no frame (a tag in the middle of a file, damage) is passed over,
as decoders do.
"""

import functools
import itertools
from array import array
from pathlib import Path
from typing import BinaryIO, Final

import msgspec

HEADER: Final = 4
CHECKSUM: Final = 2
LARGEST: Final = 1441
"""Bytes in the longest frame there is: 320 kbit/s at 32,000 samples a second, or 160 at 8,000."""

BLOCK: Final = 1 << 20
"""Bytes of a file that are in memory at once, however long it is."""

_MPEG_1: Final = 0b11
_RATES: Final = {0b11: (44_100, 48_000, 32_000), 0b10: (22_050, 24_000, 16_000), 0b00: (11_025, 12_000, 8_000)}
"""Samples a second, by the bits of MPEG 1, 2 and 2.5, in the order of two bits more."""
_KILOBITS_1: Final = (0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320)
_KILOBITS_2: Final = (0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160)
_WITHOUT_CHECKSUM: Final = 1
_MONO: Final = 0b11
_TAGS: Final = (b"Xing", b"Info")
_ENCODERS: Final = (b"LAME", b"Lavf", b"Lavc")
"""Those who tell of their delay; what others wrote in that place is not that."""
_DELAY_AT: Final = 21
"""Bytes from the name of the encoder to its delay, in twelve bits."""
_TABLE_BYTES: Final = 100
DECODER_DELAY: Final = 529
"""Samples that every decoder adds, and that a player leaves out with those of the encoder."""


class Header(msgspec.Struct, frozen=True):
    """The four bytes that begin a frame."""

    content: bytes

    @property
    def _version(self) -> int:
        return self.content[1] >> 3 & 0b11

    @property
    def rate(self) -> int:
        """Samples a second."""
        return _RATES[self._version][self.content[2] >> 2 & 0b11]

    @property
    def samples(self) -> int:
        """Samples in a frame, of each channel."""
        return 1152 if self._version == _MPEG_1 else 576

    @property
    def kilobits(self) -> tuple[int, ...]:
        """All bit rates of its version, in the order of four bits; the first is none."""
        return _KILOBITS_1 if self._version == _MPEG_1 else _KILOBITS_2

    @property
    def bit_rate(self) -> int:
        """Where its own stands among them."""
        return self.content[2] >> 4

    @property
    def side_information(self) -> int:
        """Bytes of side information (ISO/IEC 11172-3 §2.4.1.7, 13818-3 §2.4.1.7)."""
        mono = self.content[3] >> 6 == _MONO
        return (17 if mono else 32) if self._version == _MPEG_1 else 9 if mono else 17

    @property
    def before_data(self) -> int:
        """Bytes that stand before a frame's share of the sound."""
        return HEADER + (0 if self.content[1] & _WITHOUT_CHECKSUM else CHECKSUM) + self.side_information

    @property
    def size(self) -> int:
        """Bytes of the whole frame."""
        bits = self.samples // 8 * self.kilobits[self.bit_rate] * 1000
        return bits // self.rate + (self.content[2] >> 1 & 1)

    @property
    def back(self) -> tuple[int, int]:
        """How the share of earlier frames is told: which byte, and how many bits more."""
        at = self.before_data - self.side_information
        return at, 9 if self._version == _MPEG_1 else 8

    def at_least(self, size: int) -> "Header":
        """Return the header of a frame of the same kind, without checksum, of so many bytes and no lower bit rate."""
        first, second, third, fourth = self.content
        kinds = (
            Header(bytes((first, second | _WITHOUT_CHECKSUM, place << 4 | third & 0b1100, fourth)))
            for place in range(self.bit_rate, len(self.kilobits))
        )
        return next(kind for kind in kinds if kind.size >= size)


class FrameTable(msgspec.Struct, frozen=True):
    """The frames of one file: ``offsets`` are where they begin, ``end`` where the last one ends.

    A first frame that tells of the others is none of them; ``delay`` are the samples that it has players leave out.
    """

    path: Path
    header: Header
    offsets: "array[int]"
    end: int
    delay: int = 0

    @property
    def frames(self) -> int:
        """How many there are."""
        return len(self.offsets)

    def offset(self, frame: int) -> int:
        """Return where a frame begins; that after the last one begins where the sound ends."""
        return self.offsets[frame] if frame < self.frames else self.end


class NoFramesError(ValueError):
    """What a file is that holds no frames of sound."""


def frame_table(path: Path) -> FrameTable:
    """Look a file through. Raises ``NoFramesError`` where there is no sound in it, and ``OSError``."""
    with path.open("rb") as stream:
        offsets, end = frame_offsets(stream)
        if not offsets:
            raise NoFramesError(f"{path}: there are no MP3 frames in it")
        stream.seek(offsets[0])
        first = stream.read(LARGEST)
    header = Header(first[:HEADER])
    tells, delay = _told(first[: header.size], header)
    return FrameTable(path, header, offsets[1:] if tells else offsets, end, delay)


def frame_offsets(stream: BinaryIO) -> tuple["array[int]", int]:
    """Return where the frames begin, and where the last one ends, in bytes from where a stream stands.

    Of a frame cut short nothing is taken.
    """
    found, end = array("Q"), 0
    data, base, place = stream.read(BLOCK), 0, 0
    sizes: dict[bytes, int] = {}
    while place < len(data):
        if place + 3 * LARGEST > len(data) and (more := stream.read(BLOCK)):
            data, base, place = data[place:] + more, base + place, 0
        size = sizes.get(data[place : place + 3])
        if size is None:
            at = _next_frame(data, place, sizes)
            if at is None:
                place += LARGEST
                continue
            place, sizes = at, sizes or _sizes_like(data[at : at + 3])
            size = sizes[data[at : at + 3]]
        if place + size > len(data):
            break
        found.append(base + place)
        place += size
        end = base + place
    return found, end


def _next_frame(data: bytes, place: int, known: dict[bytes, int]) -> int | None:
    """Return where, no further than ``LARGEST`` on, a frame begins that another one follows; None where none does."""
    at = data.find(b"\xff", place, place + LARGEST)
    while at >= 0:
        sizes = known or _sizes_like(data[at : at + 3])
        size = sizes.get(data[at : at + 3])
        if size and (data[at + size : at + size + 3] in sizes or at + size == len(data)):
            return at
        at = data.find(b"\xff", at + 1, place + LARGEST)
    return None


@functools.cache
def _sizes() -> dict[tuple[int, int], dict[bytes, int]]:
    """Return the sizes of frames by the first three bytes, for each version and rate."""
    found: dict[tuple[int, int], dict[bytes, int]] = {}
    for version, rate, checked, bits, low in itertools.product(_RATES, range(3), (0, 1), range(1, 15), range(4)):
        content = bytes((0xFF, 0xE0 | version << 3 | 0b010 | checked, bits << 4 | rate << 2 | low, 0))
        found.setdefault((version, rate), {})[content[:3]] = Header(content).size
    return found


def _sizes_like(begins: bytes) -> dict[bytes, int]:
    """Return the sizes of all frames of the same version and rate as one that begins so; none where it is no frame."""
    return next((sizes for sizes in _sizes().values() if begins in sizes), {})


def _told(frame: bytes, header: Header) -> tuple[bool, int]:
    """Tell whether a first frame tells of the others, and how many samples it has players leave out."""
    at = HEADER + header.side_information
    if frame[at : at + 4] not in _TAGS:
        return frame[36:40] == b"VBRI", 0
    flags = int.from_bytes(frame[at + 4 : at + 8])
    sizes = ((1, 4), (2, 4), (4, _TABLE_BYTES), (8, 4))
    at += 8 + sum(size for flag, size in sizes if flags & flag)
    if frame[at : at + 4] not in _ENCODERS:
        return True, 0
    delay = int.from_bytes(frame[at + _DELAY_AT : at + _DELAY_AT + 3]) >> 12
    return True, delay + DECODER_DELAY
