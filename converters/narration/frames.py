"""MPEG-2 layer III frames, as far as we write or count them: headers, silence, the Info frame.

Sources: ISO/IEC 13818-3 for the header, http://gabriel.mp3-tech.org/mp3infotag.html for the rest.
"""

from typing import Final

FRAME_SAMPLES: Final = 576
"""Samples in a frame at the rates of ``RATES``."""

RATES: Final = (22_050, 24_000, 16_000)
"""Samples a second, in the order of the header's two bits."""

KILOBITS: Final = (0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160)
"""Thousand bits a second, in the order of the header's four bits."""

ENCODER_DELAY: Final = 576
"""Samples of silence that LAME begins with."""

DECODER_DELAY: Final = 529
"""Samples that every decoder adds to them."""

TAIL_FRAMES: Final = 2
"""Frames in which the last samples of a stream are still heard: both delays, 1105 samples, rounded up."""

END_PADDING: Final = TAIL_FRAMES * FRAME_SAMPLES - ENCODER_DELAY
"""Samples after the last one that counts, told to players as the encoder's share of the tail."""

MONO_SIDE_INFORMATION: Final = 9
INFO_FIELDS: Final = 0b1011
"""Frames, bytes, quality; no table of contents, which at a constant bit rate says nothing new."""

CONSTANT_BIT_RATE: Final = 1


def first_frames(stream: bytes | bytearray, count: int, rate: int) -> bytes:
    """Return the first ``count`` frames of a stream that begins with one.

    LAME ends with the frames of its delay; past the last sample they hold only silence.
    """
    end = 0
    for _ in range(count):
        byte = stream[end + 2]
        end += _frame_size(KILOBITS[byte >> 4], rate) + (byte >> 1 & 1)
    return bytes(stream[:end])


def silent_frames(count: int, kilobits: int, rate: int) -> bytes:
    """Return frames that add nothing, so that what is still on its way in the decoder is heard."""
    frame = _header(kilobits, rate).ljust(_frame_size(kilobits, rate), b"\0")
    return frame * count


def info_frame(frames: int, size: int, kilobits: int, rate: int) -> bytes:
    """Return the frame that stands before a stream and states its length, delay and padding.

    ``frames`` and ``size`` (in bytes) are those of the stream, ``TAIL_FRAMES`` included. The
    checksum of the music is left at nought: no player reads it, and it would cost a second pass.
    """
    length = _frame_size(kilobits, rate)
    head = _header(kilobits, rate) + bytes(MONO_SIDE_INFORMATION)
    xing = b"Info" + _number(INFO_FIELDS, 4) + _number(frames, 4) + _number(size + length, 4)
    gaps = _number(ENCODER_DELAY << 12 | END_PADDING, 3)
    lame = b"LAME3.100" + bytes([CONSTANT_BIT_RATE]) + bytes(10) + bytes([kilobits]) + gaps + bytes(4)
    before = head + xing + bytes(4) + lame + _number(size + length, 4) + bytes(2)
    return (before + _number(_checksum(before), 2)).ljust(length, b"\0")


def _header(kilobits: int, rate: int) -> bytes:
    """Return the four bytes that begin a frame: MPEG-2, layer III, no checksum, mono, original."""
    return bytes((0xFF, 0xF3, KILOBITS.index(kilobits) << 4 | RATES.index(rate) << 2, 0xC4))


def _frame_size(kilobits: int, rate: int) -> int:
    return FRAME_SAMPLES // 8 * kilobits * 1000 // rate


def _number(value: int, size: int) -> bytes:
    return value.to_bytes(size, "big")


def _checksum(content: bytes) -> int:
    """Return the CRC-16 that the Info frame ends with: polynomial 0x8005, reflected, from 0."""
    checksum = 0
    for byte in content:
        checksum ^= byte
        for _ in range(8):
            checksum = checksum >> 1 ^ (0xA001 if checksum & 1 else 0)
    return checksum
