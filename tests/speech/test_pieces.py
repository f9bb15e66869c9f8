"""The narration cut into pieces: nothing lost, nothing twice, and each part where its piece says."""

import array
import itertools
import math
import random
import subprocess
import wave
from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from converters.document import Document, LanguageTag, NodeId
from converters.findings import Report
from converters.narration.cache import ClipCache
from converters.narration.encoding import ON_ITS_WAY
from converters.narration.frame_table import NoFramesError, frame_table
from converters.narration.frames import FRAME_SAMPLES, silent_frames
from converters.narration.model import AudioClip, AudioTrack, Casting, ChapterMark, Narration, Synthesizer, Voice
from converters.narration.performance import Studio, narrate
from converters.narration.pieces import (
    Piece,
    Start,
    book_pieces_of,
    cuts,
    length_of,
    lengths_of,
    pieces_of,
)
from converters.narration.stretches import longest_pause, stretches
from converters.narration.timeline import clips_in_one_file, tracks_in_one_file
from converters.phrases import phrases_for
from converters.settings import Options
from converters.timing import Milliseconds, of_samples
from converters.traverse import sentences

RATE = 22_050
NEARNESS = 5
"""Milliseconds that a sound may be from its place."""

ROUNDED = 1
"""Of 65,536 steps: what the filters of a decoder remember of a pause before a cut."""

FADES_IN = 1056
"""Samples of a piece of a recording that are not as they were: the half of a transform, and the memory of a filter."""

Decode = Callable[[Path], "array.array[int]"]


@pytest.fixture
def spoken(small: Document, clicks: Synthesizer, tmp_path: Path) -> Narration:
    phrases, title = phrases_for(small.metadata.language), small.metadata.title or ""
    studio = Studio(clicks, tmp_path, ClipCache(None), for_book=True)
    return narrate(small, title, Options(jobs=2), phrases, studio, Report(), lambda _done, _all: None)


def written(piece: Piece, folder: Path, tag: bytes = b"") -> Path:
    path = folder / f"piece-{piece.name}.mp3"
    with path.open("wb") as target:
        piece.copy_to(target, tag)
    assert path.stat().st_size == len(tag) + piece.size
    return path


def sound_of(narration: Narration) -> bytes:
    return b"".join(track.path.read_bytes() for track in tracks_in_one_file(narration))


# a narration ---------------------------------------------------------------------------------


def test_pieces_hold_every_frame_once_and_in_order(spoken: Narration, tmp_path: Path) -> None:
    pieces = pieces_of(spoken)
    files = [written(piece, tmp_path).read_bytes() for piece in pieces]
    bare = [file[len(p.before) : len(file) - len(p.after)] for p, file in zip(pieces, files, strict=True)]
    assert b"".join(bare) == sound_of(spoken)
    assert sum(piece.frames for piece in pieces) == sum(track.frames for track in tracks_in_one_file(spoken))


def test_decoded_end_to_end_they_are_the_whole_to_the_sample(
    spoken: Narration, tmp_path: Path, decoded: Decode
) -> None:
    """But for the echo that an encoder sets before a click: in the whole it reaches back over the cut."""
    (one,) = pieces_of(msgspec.structs.replace(spoken, chapters=()))
    together, place = decoded(written(one, tmp_path)), 0
    for piece in pieces_of(spoken):
        apart = decoded(written(piece, tmp_path))
        assert len(apart) == piece.frames * FRAME_SAMPLES
        then = together[place : place + len(apart) - ON_ITS_WAY]
        assert max(abs(a - b) for a, b in zip(apart, then, strict=False)) <= ROUNDED
        assert max(map(abs, apart[-ON_ITS_WAY:])) <= ROUNDED
        place += len(apart)
    assert place == len(together) == sum(track.frames for track in tracks_in_one_file(spoken)) * FRAME_SAMPLES


def test_a_piece_is_a_section_or_an_exchange_and_a_mere_heading_goes_with_the_first_of_them(spoken: Narration) -> None:
    pieces = pieces_of(spoken)
    told = [[(chapter.title, chapter.depth) for chapter in piece.chapters] for piece in pieces]
    assert told == [
        [("Title and voices", 1)],
        [("At a glance", 1)],
        [("Conversation", 1), ("1. Ann Lee, Bo Ruiz: Who built the ramp?", 2)],
        [("2. Ann Lee, Cy Okoro, Bo Ruiz: And who paid for it?", 2)],
        [("After the conversation", 1)],
        [("How to get help or another format", 1)],
    ]
    assert [(piece.number, piece.name) for piece in pieces] == [(n, str(n)) for n in range(1, 7)]
    conversation = pieces[2]
    assert conversation.title.startswith("1. Ann Lee")
    assert conversation.depth == 2
    heading, first = conversation.clips[:2]
    assert heading.node.endswith("-heading")
    assert heading.end < conversation.chapters[1].begin <= first.begin


def test_each_part_is_heard_where_its_piece_says(
    spoken: Narration, small: Document, tmp_path: Path, decoded: Decode
) -> None:
    pieces = pieces_of(spoken)
    heard = {clip.node: (piece, clip) for piece in pieces for clip in piece.clips}
    assert set(heard) >= {one.id for section in small.sections for one in sentences(section)}
    for piece in pieces:
        samples = decoded(written(piece, tmp_path))
        for clip in piece.clips:
            assert clip.track == piece.name
            assert 0 <= clip.begin < clip.end <= piece.duration
            place = clip.begin * RATE // 1000
            near = range(max(0, place - RATE // 10), min(len(samples), place + RATE // 10))
            found = max(near, key=lambda n: abs(samples[n]))
            assert abs(found - place) * 1000 // RATE <= NEARNESS


def test_clips_end_to_end_are_those_of_the_one_file(spoken: Narration) -> None:
    pieces = pieces_of(spoken)
    frames = itertools.accumulate((piece.frames for piece in pieces), initial=0)
    begins = [of_samples(count * FRAME_SAMPLES, RATE) for count in frames]
    apart = [
        (clip.node, begin + clip.begin, begin + clip.end)
        for piece, begin in zip(pieces, begins, strict=False)
        for clip in piece.clips
    ]
    together = [(clip.node, clip.begin, clip.end) for clip in clips_in_one_file(spoken)]
    assert [node for node, *_ in apart] == [node for node, *_ in together]
    for one, other in zip(apart, together, strict=True):
        assert abs(one[1] - other[1]) <= 1
        assert abs(one[2] - other[2]) <= 2


def test_what_only_a_book_says_stands_apart(spoken: Narration) -> None:
    ordinary, apart = pieces_of(spoken), book_pieces_of(spoken)
    assert [piece.name for piece in apart] == [track.name for track in spoken.tracks if track.book_only]
    assert apart
    assert not {c.node for p in ordinary for c in p.clips} & {c.node for p in apart for c in p.clips}
    assert {clip.track for piece in apart for clip in piece.clips} == {piece.name for piece in apart}
    assert apart[0].number == len(ordinary) + 1


def test_lengths_add_up_to_the_whole_to_the_millisecond(spoken: Narration) -> None:
    pieces = pieces_of(spoken)
    assert sum(lengths_of(pieces)) == length_of(pieces)
    assert all(abs(a - piece.duration) <= 1 for a, piece in zip(lengths_of(pieces), pieces, strict=True))


def test_the_clips_of_a_piece_take_their_pauses_along(spoken: Narration) -> None:
    for piece in pieces_of(spoken):
        found = stretches(piece.clips, longest_pause("narration", 175))
        for one, following in itertools.pairwise(piece.clips):
            assert found[one.node].end == following.begin


def made_by_hand(folder: Path, frames: int, chapters: int, every: int = 1) -> Narration:
    """Return silence with so many chapters in a conversation, and a clip at the beginning of each."""
    path, one = folder / "long.mp3", silent_frames(1000, 48, RATE)
    with path.open("wb") as file:
        for _ in range(frames // 1000):
            file.write(one)
    track = AudioTrack("long", path, of_samples(frames * FRAME_SAMPLES, RATE), frames, RATE)
    begins = [of_samples(frames * n // chapters * FRAME_SAMPLES, RATE) for n in range(chapters)]
    marks = tuple(ChapterMark(f"{n}. Ann Lee", 2, "long", begin) for n, begin in enumerate(begins, 1))
    clips = tuple(
        AudioClip(NodeId(f"talk-t{n}-s1"), "long", begin, Milliseconds(begin + 500)) for n, begin in enumerate(begins)
    )
    casting = Casting(Voice("one", LanguageTag("en"), "One"), ())
    return Narration((track,), clips[::every], marks, casting, "")


def test_a_thousand_exchanges_are_numbered_so_that_names_sort(tmp_path: Path) -> None:
    pieces = pieces_of(made_by_hand(tmp_path, 40_000, 1000))
    assert len(pieces) == 1000
    assert [pieces[0].name, pieces[-1].name] == ["0001", "1000"]
    assert sorted(piece.name for piece in pieces) == [piece.name for piece in pieces]
    assert sum(piece.frames for piece in pieces) == 40_000


@given(st.data())
def test_pieces_cover_all_frames_whatever_the_chapters(data: st.DataObject) -> None:
    frames = data.draw(st.integers(1, 400))
    begins = sorted(data.draw(st.lists(st.integers(0, 450), max_size=20)))
    starts = [Start(f"{n}", data.draw(st.sampled_from((1, 2))), begin) for n, begin in enumerate(begins)]
    nodes = st.sampled_from(("a-s1", "a-heading"))
    heard = sorted((data.draw(st.integers(0, frames)), data.draw(nodes)) for _ in range(data.draw(st.integers(0, 20))))
    found = cuts(starts, heard, frames)
    assert found[0].begin == 0
    assert found[-1].end == frames
    assert all(cut.begin < cut.end for cut in found)
    assert all(one.end == following.begin for one, following in itertools.pairwise(found))
    kept = [start for cut in found for start in cut.starts]
    assert kept == [start for start in starts if start.frame < frames]
    for number, cut in enumerate(found):
        assert all(number == 0 or cut.begin <= start.frame < cut.end for start in cut.starts)


# a recording ---------------------------------------------------------------------------------

SECONDS = 20
MARKS = (0, 1500, 1500, 4123, 9777, 17_000)


@pytest.fixture(scope="module")
def plain(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Something like music, in two channels: loud and soft, so that frames borrow from each other."""
    chance, rate = random.Random(1), 44_100  # noqa: S311 - it makes noise, not secrets
    samples = array.array("h", bytes(4 * rate * SECONDS))
    phase = 0.0
    for n in range(rate * SECONDS):
        phase += (200 + 150 * math.sin(n / 9000)) / rate
        loud = abs(math.sin(n / 15_000))
        value = int(loud * (9000 * math.sin(2 * math.pi * phase) + chance.gauss(0, 1500)))
        samples[2 * n], samples[2 * n + 1] = value, value // 2
    path = tmp_path_factory.mktemp("plain") / "plain.wav"
    with wave.open(str(path), "wb") as file:
        file.setnchannels(2)
        file.setsampwidth(2)
        file.setframerate(rate)
        file.writeframes(samples.tobytes())
    return path


def recorded_as(plain: Path, folder: Path, *options: str) -> Path:
    path = folder / "recording.mp3"
    command = ["ffmpeg", "-v", "error", "-y", "-i", str(plain), *options, "-id3v2_version", "0", str(path)]
    subprocess.run(command, check=True)
    return path


def of_recording(path: Path, clips: tuple[tuple[int, int], ...] = ()) -> Narration:
    rate = frame_table(path).header.rate
    said = clips or tuple((n * 1000 + 100, n * 1000 + 900) for n in range(SECONDS))
    return Narration(
        (AudioTrack("recording", path, Milliseconds(SECONDS * 1000), 0, rate),),
        tuple(
            AudioClip(NodeId(f"talk-s{n}"), "recording", Milliseconds(begin), Milliseconds(end))
            for n, (begin, end) in enumerate(said)
        ),
        tuple(ChapterMark(f"part {n}", 1, "recording", Milliseconds(begin)) for n, begin in enumerate(MARKS)),
        Casting(Voice("", LanguageTag("en"), ""), ()),
        "",
        timeline="recording",
    )


@pytest.mark.parametrize(
    "options",
    [
        ("-b:a", "128k", "-ac", "2"),
        ("-q:a", "4", "-ac", "2"),
        ("-b:a", "320k", "-ac", "2", "-ar", "48000"),
        ("-b:a", "64k", "-ac", "1", "-write_xing", "0"),
        ("-b:a", "48k", "-ac", "1", "-ar", "22050"),
        ("-b:a", "8k", "-ac", "1", "-ar", "8000"),
    ],
    ids=" ".join,
)
def test_a_recording_is_cut_where_its_frames_are_and_sounds_as_it_did(
    plain: Path, tmp_path: Path, decoded: Decode, options: tuple[str, ...]
) -> None:
    path = recorded_as(plain, tmp_path, *options)
    channels = 2 if "2" in options else 1
    whole, delay, place = decoded(path), frame_table(path).delay, 0
    pieces = pieces_of(of_recording(path))
    assert len(pieces) == 5
    for piece in pieces:
        samples, length = decoded(written(piece, tmp_path)), piece.frames * piece.frame_samples
        assert len(samples) == length * channels
        begin = (place - delay) * channels
        then = whole[max(0, begin + FADES_IN * channels) : begin + length * channels]
        now = samples[max(FADES_IN * channels, -begin) :][: len(then)]
        assert len(then) > RATE // 10
        assert max(map(abs, map(int.__sub__, then, now))) <= ROUNDED
        place += length
    assert place == frame_table(path).frames * pieces[0].frame_samples


def test_the_clips_of_a_recording_keep_their_times_to_the_frame(plain: Path, tmp_path: Path) -> None:
    path = recorded_as(plain, tmp_path, "-b:a", "96k")
    narration, table = of_recording(path), frame_table(path)
    samples = 0
    for piece in pieces_of(narration):
        begin = (samples - table.delay) * 1000 / table.header.rate
        for clip in piece.clips:
            original = next(one for one in narration.clips if one.node == clip.node)
            assert abs(begin + clip.begin - original.begin) <= 1
            assert clip.end <= piece.duration
        samples += piece.frames * piece.frame_samples
    assert sum(len(piece.clips) for piece in pieces_of(narration)) == len(narration.clips)


def test_a_clip_that_runs_over_a_cut_ends_with_its_piece(plain: Path, tmp_path: Path) -> None:
    path = recorded_as(plain, tmp_path, "-b:a", "96k")
    pieces = pieces_of(of_recording(path, ((100, 5000), (4500, 6000))))
    by_node = {str(clip.node): (piece, clip) for piece in pieces for clip in piece.clips}
    piece, clip = by_node["talk-s0"]
    assert clip.end == piece.duration
    assert by_node["talk-s1"][0].number > piece.number


def test_what_is_no_frame_is_passed_over(plain: Path, tmp_path: Path) -> None:
    path = recorded_as(plain, tmp_path, "-b:a", "96k")
    clean = frame_table(path)
    content = path.read_bytes()
    cut = clean.offset(200)
    junk = b"ID3\x03\0\0\0\0\x0f\x76" + b"\xff\xfb\x00" * 600 + b"\xff" * 200
    path.write_bytes(b"\0" * 5000 + content[:cut] + junk + content[cut:] + b"APETAGEX" * 30)
    damaged = frame_table(path)
    assert damaged.frames == clean.frames
    assert damaged.delay == clean.delay
    assert damaged.offset(200) - damaged.offset(0) >= clean.offset(200) - clean.offset(0) + len(junk)


def test_a_frame_that_is_cut_short_is_none(plain: Path, tmp_path: Path) -> None:
    path = recorded_as(plain, tmp_path, "-b:a", "96k")
    whole = frame_table(path)
    path.write_bytes(path.read_bytes()[: whole.end - 50])
    assert frame_table(path).frames == whole.frames - 1


@given(st.binary(max_size=5000))
def test_whatever_is_in_a_file_is_looked_through(tmp_path_factory: pytest.TempPathFactory, content: bytes) -> None:
    path = tmp_path_factory.getbasetemp() / "anything.mp3"
    path.write_bytes(content)
    try:
        table = frame_table(path)
    except NoFramesError:
        return
    assert table.end <= len(content)
