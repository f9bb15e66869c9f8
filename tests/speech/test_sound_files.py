"""Reading what engines write, and counting what the encoder writes."""

import array
import io
import struct
import wave

import pytest

from converters.narration.frames import first_frames, info_frame, silent_frames
from converters.narration.waves import is_silent, read_wave, without_silence_after

SAMPLES = array.array("h", [0, 1000, -1000, 30_000] * 50)


def wav(channels: int = 1, width: int = 2) -> bytes:
    content = io.BytesIO()
    with wave.open(content, "wb") as file:
        file.setnchannels(channels)
        file.setsampwidth(width)
        file.setframerate(22_050)
        file.writeframes(SAMPLES.tobytes())
    return content.getvalue()


def aiff(kind: bytes = b"AIFF", compression: bytes = b"", order: str = ">") -> bytes:
    rate = struct.pack(">HQ", 16383 + 14, 22_050 << 49)
    comm = struct.pack(">hLh", 1, len(SAMPLES), 16) + rate + compression
    sound = bytes(8) + struct.pack(f"{order}{len(SAMPLES)}h", *SAMPLES)
    chunks = b"".join(
        name + struct.pack(">L", len(chunk)) + chunk + bytes(len(chunk) % 2)
        for name, chunk in ((b"NAME", b"odd"), (b"COMM", comm), (b"SSND", sound))
    )
    return b"FORM" + struct.pack(">L", len(chunks) + 4) + kind + chunks


@pytest.mark.parametrize(
    "content",
    [wav(), aiff(), aiff(b"AIFC", b"NONE\0\0"), aiff(b"AIFC", b"sowt\0\0", "<")],
    ids=["WAV", "AIFF", "AIFF-C", "AIFF-C from little-endian machines"],
)
def test_sound_is_known_by_its_content(content: bytes) -> None:
    found = read_wave(content)
    assert found.rate == 22_050
    assert found.samples == SAMPLES.tobytes()
    assert found.seconds == pytest.approx(200 / 22_050)


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (b"", "no sound file"),
        (b"<html>", "no sound file"),
        (wav()[:30], "no whole WAV"),
        (aiff()[:30], "no whole AIFF"),
        (wav(channels=2), "2 channels"),
        (wav(width=1), "8 bits"),
    ],
)
def test_what_is_no_mono_sound_is_refused(content: bytes, problem: str) -> None:
    with pytest.raises(ValueError, match=problem):
        read_wave(content)


def test_only_silence_at_the_end_is_cut() -> None:
    samples = array.array("h", [0, 5, 256, 0, 0])
    assert array.array("h", without_silence_after(samples.tobytes())).tolist() == [0, 5, 256]
    assert without_silence_after(bytes(8)) == b""


def test_silence_is_told_from_sound() -> None:
    assert is_silent(b"")
    assert is_silent(array.array("h", [90, -90] * 500).tobytes())
    assert not is_silent(array.array("h", [9000] * 500).tobytes())


def test_the_first_frames_of_a_stream_are_taken_whole() -> None:
    stream = silent_frames(7, 48, 22_050)
    assert first_frames(stream, 5, 22_050) == stream[: len(stream) // 7 * 5]
    assert first_frames(stream, 7, 22_050) == stream
    assert first_frames(stream, 0, 22_050) == b""


def test_the_info_frame_states_length_delay_and_padding() -> None:
    frame = info_frame(100, 15_600, 48, 22_050)
    assert len(frame) == len(silent_frames(1, 48, 22_050))
    begin = frame.index(b"Info")
    assert struct.unpack(">3L", frame[begin + 4 : begin + 16]) == (0b1011, 100, 15_600 + len(frame))
    delays = int.from_bytes(frame[begin + 41 : begin + 44])
    assert (delays >> 12, delays & 0xFFF) == (576, 576)
