"""What FFmpeg's libraries do for us, by PyAV: measuring loudness, and the two formats for newer players."""

import contextlib
import itertools
from collections.abc import Iterable, Iterator
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, Final, cast

import av
import av.filter
import msgspec

from converters.narration.timeline import ChapterSpan
from converters.timing import Milliseconds

if TYPE_CHECKING:
    from av.container import Chapter, InputContainer

STEPS_A_SECOND: Final = 10
"""The meter says what it measured so far for every tenth of a second."""

SILENCE: Final = -70.0
"""LUFS; what the meter says where there is nothing to measure."""

SAMPLE_BYTES: Final = 2


def integrated_loudness(samples: bytes, rate: int) -> float:
    """Return the loudness, in LUFS, of 16-bit mono samples (ITU-R BS.1770-4, EBU R 128)."""
    graph = av.filter.Graph()
    source = graph.add("abuffer", f"sample_rate={rate}:sample_fmt=s16:channel_layout=mono:time_base=1/{rate}")
    meter, sink = graph.add("ebur128", "metadata=1:framelog=quiet"), graph.add("abuffersink")
    source.link_to(meter)
    meter.link_to(sink)
    graph.configure()
    for frame in _frames(samples, rate):
        graph.push(frame)
    graph.push(None)
    found = [frame.metadata.get("lavfi.r128.I") for frame in _pulled(graph)]
    return float(next((level for level in reversed(found) if level), SILENCE))


def _frames(samples: bytes, rate: int) -> Iterator[av.AudioFrame]:
    step = rate // STEPS_A_SECOND * SAMPLE_BYTES
    for begin in range(0, len(samples), step):
        piece = samples[begin : begin + step]
        frame = av.AudioFrame(format="s16", layout="mono", samples=len(piece) // SAMPLE_BYTES)
        frame.planes[0].update(piece)
        frame.sample_rate, frame.pts = rate, begin // SAMPLE_BYTES
        yield frame


def _pulled(graph: av.filter.Graph) -> Iterator[av.AudioFrame]:
    with contextlib.suppress(av.error.BlockingIOError, av.error.EOFError):
        while True:
            frame = graph.pull()
            if isinstance(frame, av.AudioFrame):
                yield frame


# encoding ----------------------------------------------------------------------------------

READ_AT_ONCE: Final = 16_384
"""Samples; what is in memory of a file, however long it is."""

MILLISECOND: Final = Fraction(1, 1000)


class Format(msgspec.Struct, frozen=True):
    """A file format as FFmpeg names it: container, codec and its options, samples and bits a second."""

    container: str
    codec: str
    rate: int
    bits: int
    options: tuple[tuple[str, str], ...] = ()


M4B: Final = Format("ipod", "aac", 22_050, 48_000, (("aac_coder", "fast"),))
"""AAC-LC in MP4; the fast coder takes a fourth of the time of the other, and speech sounds the same."""

OPUS: Final = Format("opus", "libopus", 48_000, 24_000, (("application", "audio"),))
"""Half the bits of the MP3 (RFC 6716 §2.1.1: 16 to 20 kbit/s are wideband speech).

Opus's way with speech (``voip``) takes less time, and turned phases so that peaks of −2 dBTP came out at +4.
"""


def encode_file(
    path: Path, form: Format, sound: Iterable[Path], rate: int, chapters: tuple[ChapterSpan, ...], tags: dict[str, str]
) -> None:
    """Write files of 16-bit mono samples, end to end, as one of ``form``, with chapters and tags.

    No clock and no random number is in it. Raises ``OSError`` where it cannot be written.
    """
    with av.open(path, "w", format=form.container, options={"fflags": "+bitexact"}) as target:
        target.metadata.update(tags)
        stream = cast("av.AudioStream", target.add_stream(form.codec, rate=form.rate, options=dict(form.options)))
        stream.layout = "mono"
        stream.bit_rate = form.bits
        if chapters:
            target.set_chapters([_chapter(number, span) for number, span in enumerate(chapters)])
        resampler = av.AudioResampler(format=stream.format, layout="mono", rate=form.rate)
        for frame in itertools.chain(_whole_frames(sound, rate), [None]):
            for fitting in resampler.resample(frame):
                target.mux(stream.encode(fitting))
        target.mux(stream.encode(None))


def _chapter(number: int, span: ChapterSpan) -> "Chapter":
    return {
        "id": number,
        "start": span.begin,
        "end": span.end,
        "time_base": MILLISECOND,
        "metadata": {"title": span.title},
    }


def _whole_frames(sound: Iterable[Path], rate: int) -> Iterator[av.AudioFrame]:
    done = 0
    for path in sound:
        with path.open("rb") as file:
            while piece := file.read(READ_AT_ONCE * SAMPLE_BYTES):
                frame = av.AudioFrame(format="s16", layout="mono", samples=len(piece) // SAMPLE_BYTES)
                frame.planes[0].update(piece)
                frame.sample_rate, frame.pts, frame.time_base = rate, done, Fraction(1, rate)
                done += frame.samples
                yield frame


# the show's own recording ---------------------------------------------------------------------

RECORDING: Final = Format("mp3", "libmp3lame", 44_100, 96_000)
"""For recordings in other formats than MP3: two channels become one, as in all our editions."""


class NotSoundError(ValueError):
    """What a file is that no sound can be read from."""


class Found(msgspec.Struct, frozen=True):
    """What a recording is: its length, its samples a second, and whether it is MP3 already."""

    duration: Milliseconds
    rate: int
    is_mp3: bool


def probe(recording: Path) -> Found:
    """Look a recording through, all its packets. Raises ``NotSoundError``, and ``OSError`` where it cannot be read."""
    with _sound_of(recording) as (source, stream):
        is_mp3 = source.format.name == "mp3" and stream.codec_context.name.startswith("mp3")
        rate = stream.codec_context.sample_rate
        ticks = sum(packet.duration or 0 for packet in source.demux(stream))
        return Found(Milliseconds(round(ticks * (stream.time_base or MILLISECOND) * 1000)), rate, is_mp3)


def encode_mp3(recording: Path, path: Path) -> None:
    """Write the sound of a recording as MP3, in one channel."""
    bare = {"fflags": "+bitexact", "id3v2_version": "0"}
    with av.open(path, "w", format=RECORDING.container, options=bare) as target:
        stream = cast("av.AudioStream", target.add_stream(RECORDING.codec, rate=RECORDING.rate))
        stream.layout, stream.bit_rate = "mono", RECORDING.bits
        for frame in itertools.chain(_decoded(recording, RECORDING.rate, stream.format.name), [None]):
            target.mux(stream.encode(frame))


def decode(recording: Path, path: Path, rate: int) -> None:
    """Write the sound of a recording as bare 16-bit samples, in one channel, ``rate`` of them a second."""
    with path.open("wb") as target:
        for frame in _decoded(recording, rate, "s16"):
            target.write(bytes(frame.planes[0])[: frame.samples * SAMPLE_BYTES])


def _decoded(recording: Path, rate: int, form: str) -> Iterator[av.AudioFrame]:
    with _sound_of(recording) as (source, stream):
        resampler = av.AudioResampler(format=form, layout="mono", rate=rate)
        for frame in itertools.chain(source.decode(stream), [None]):
            yield from resampler.resample(frame)


@contextlib.contextmanager
def _sound_of(recording: Path) -> Iterator[tuple["InputContainer", av.AudioStream]]:
    try:
        with av.open(recording) as source:
            if not source.streams.audio:
                raise NotSoundError("it has no sound in it")
            yield source, source.streams.audio[0]
    except av.error.InvalidDataError as error:
        raise NotSoundError("FFmpeg does not know its format, or it is damaged") from error
