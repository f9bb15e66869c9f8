"""A narration and its spoken edition: times, chapters, tag, and what is left behind."""

import array
import datetime
import hashlib
from collections.abc import Callable, Generator
from pathlib import Path
from typing import Any

import msgspec
import pytest
from mutagen.id3 import ID3

from converters.cli import main
from converters.document import Document, Paragraph, Section, Sentence, Text, Turn
from converters.errors import MissingPartError, SavingError
from converters.findings import Report
from converters.narration.cache import ClipCache
from converters.narration.frames import FRAME_SAMPLES
from converters.narration.model import Line, Narration, Notation, Synthesizer, Voice
from converters.narration.performance import Studio, default_synthesizer, narrate
from converters.narration.timeline import chapter_spans, clips_in_one_file, tracks_in_one_file
from converters.phrases import phrases_for
from converters.settings import Options
from converters.timing import of_samples
from converters.traverse import sentence_text, sentences
from converters.writers import WriteContext
from converters.writers.mp3 import write_mp3

RATE = 22_050
NEARNESS = 5
"""Milliseconds that a sound may be from its place."""

Decode = Callable[[Path], "array.array[int]"]
Turns = Callable[..., Turn]
Episodes = Callable[..., Document]


def read_aloud(document: Document, synthesizer: Synthesizer, folder: Path, jobs: int = 2) -> Narration:
    phrases = phrases_for(document.metadata.language)
    title = document.metadata.title or ""
    studio = Studio(synthesizer, folder, ClipCache(None))
    return narrate(document, title, Options(jobs=jobs), phrases, studio, Report(), lambda _done, _all: None)


def edition(document: Document, narration: Narration, folder: Path) -> Path:
    context = WriteContext(
        slug="ramp",
        source_name="ramp.txt",
        title=document.metadata.title or "",
        modified=datetime.datetime(2025, 3, 14, tzinfo=datetime.UTC),
        options=Options(),
        phrases=phrases_for(document.metadata.language),
        report=Report(),
        staging=folder,
        narration=narration,
    )
    (artifact,) = write_mp3(document, context)
    assert isinstance(artifact.content, Path)
    assert (artifact.name, artifact.media_type) == ("ramp.mp3", "audio/mpeg")
    return artifact.content


def tag_of(path: Path) -> Any:
    return ID3(path)  # type: ignore[no-untyped-call]  # mutagen has no types


def track_starts(narration: Narration) -> dict[str, int]:
    """Return the sample at which each track begins in the whole."""
    starts, samples = {}, 0
    for track in narration.tracks:
        starts[track.name] = samples
        samples += track.frames * FRAME_SAMPLES
    return starts


def loudest_near(samples: "array.array[int]", place: int) -> int:
    around = range(max(0, place - RATE // 10), min(len(samples), place + RATE // 10))
    return max(around, key=lambda n: abs(samples[n]))


# times -------------------------------------------------------------------------------------


def test_every_sentence_has_one_clip_in_order(small: Document, clicks: Synthesizer, tmp_path: Path) -> None:
    narration = read_aloud(small, clicks, tmp_path)
    wanted = [sentence.id for section in small.sections for sentence in sentences(section)]
    assert [clip.node for clip in narration.clips if clip.node in wanted] == wanted


def test_clips_do_not_overlap_and_stay_in_their_track(small: Document, clicks: Synthesizer, tmp_path: Path) -> None:
    narration = read_aloud(small, clicks, tmp_path)
    for track in narration.tracks:
        clips = [clip for clip in narration.clips if clip.track == track.name]
        moments = [moment for clip in clips for moment in (clip.begin, clip.end)]
        assert moments == sorted(moments)
        assert not moments or moments[-1] < track.duration


def test_a_track_is_as_long_as_its_frames(small: Document, clicks: Synthesizer, tmp_path: Path) -> None:
    for track in read_aloud(small, clicks, tmp_path).tracks:
        content = track.path.read_bytes()
        assert track.duration == of_samples(track.frames * FRAME_SAMPLES, track.rate)
        assert len(content) == pytest.approx(track.duration * 48 / 8, rel=0.02)


def test_each_sentence_is_decoded_at_its_place_in_every_track(
    small: Document, clicks: Synthesizer, tmp_path: Path, decoded: Decode
) -> None:
    narration = read_aloud(small, clicks, tmp_path)
    samples = decoded(edition(small, narration, tmp_path))
    starts = track_starts(narration)
    for clip in narration.clips:
        place = starts[clip.track] + clip.begin * RATE // 1000
        assert abs(loudest_near(samples, place) - place) * 1000 / RATE <= NEARNESS, clip


def test_the_file_is_as_long_as_its_tracks_to_the_sample(
    small: Document, clicks: Synthesizer, tmp_path: Path, decoded: Decode
) -> None:
    narration = read_aloud(small, clicks, tmp_path)
    frames = sum(track.frames for track in narration.tracks)
    assert len(decoded(edition(small, narration, tmp_path))) == frames * FRAME_SAMPLES


def test_chapters_begin_where_their_first_words_are_decoded(
    small: Document, clicks: Synthesizer, tmp_path: Path, decoded: Decode
) -> None:
    narration = read_aloud(small, clicks, tmp_path)
    path = edition(small, narration, tmp_path)
    samples = decoded(path)
    chapters = tag_of(path).getall("CHAP")
    assert len(chapters) == len(narration.chapters) == 7
    for chapter in chapters:
        place = chapter.start_time * RATE // 1000
        assert abs(loudest_near(samples, place) - place) * 1000 / RATE <= NEARNESS


# the tag -------------------------------------------------------------------------------------


def test_a_date_that_is_not_known_is_not_made_up(small: Document, clicks: Synthesizer, tmp_path: Path) -> None:
    assert small.metadata.published is None
    tag = tag_of(edition(small, read_aloud(small, clicks, tmp_path), tmp_path))
    assert "TDRC" not in tag


def test_the_tag_says_what_the_edition_is(small: Document, clicks: Synthesizer, tmp_path: Path) -> None:
    dated = msgspec.structs.replace(small.metadata, published=datetime.date(2025, 3, 14))
    episode = msgspec.structs.replace(small, metadata=dated)
    narration = read_aloud(episode, clicks, tmp_path)
    tag = tag_of(edition(episode, narration, tmp_path))
    assert str(tag["TIT2"]) == "A Ramp for the Library"
    assert str(tag["TALB"]) == str(tag["TPE1"]) == "The Corner"
    assert str(tag["TLAN"]) == "eng"
    assert str(tag["TDRC"]) == "2025-03-14"
    assert "synthetic" in str(tag["COMM::eng"])
    assert str(tag["USLT::eng"]) == narration.spoken_text
    assert "Bo Ruiz: We all did." in narration.spoken_text
    assert tag["APIC:"].mime == "image/png"
    assert tag["APIC:"].data.startswith(b"\x89PNG")


@pytest.mark.parametrize("name", ["A Ramp for the Library", "Eine Rampe für die Bücherei"])
def test_each_sentence_stands_in_the_tag_at_the_time_it_is_heard(
    small: Document, clicks: Synthesizer, tmp_path: Path, name: str
) -> None:
    first = sentences_of(small)[0]
    words = msgspec.structs.replace(first, inlines=(Text(f"{name}."),))
    document = with_first_sentence(small, words)
    narration = read_aloud(document, clicks, tmp_path)
    synced = tag_of(edition(document, narration, tmp_path))["SYLT::eng"]
    texts = {sentence.id: sentence_text(sentence) for sentence in sentences_of(document)}
    heard = [clip for clip in clips_in_one_file(narration) if clip.node in texts]
    assert [tuple(entry) for entry in synced.text] == [(texts[clip.node], clip.begin) for clip in heard]
    assert len(heard) == len(texts)


def sentences_of(document: Document) -> list[Sentence]:
    return [sentence for section in document.sections for sentence in sentences(section)]


def with_first_sentence(document: Document, sentence: Sentence) -> Document:
    (section, *others) = document.sections
    (block,) = section.blocks
    assert isinstance(block, Paragraph)
    paragraph = msgspec.structs.replace(block, sentences=(sentence,))
    changed = msgspec.structs.replace(section, blocks=(paragraph,))
    return msgspec.structs.replace(document, sections=(changed, *others))


def test_chapters_are_listed_with_exchanges_below_their_section(
    small: Document, clicks: Synthesizer, tmp_path: Path
) -> None:
    tag = tag_of(edition(small, read_aloud(small, clicks, tmp_path), tmp_path))
    titles = {chapter.element_id: str(chapter.sub_frames["TIT2"]) for chapter in tag.getall("CHAP")}
    top, inner = tag["CTOC:toc"], tag["CTOC:toc1"]
    assert (int(top.flags), int(inner.flags)) == (0b11, 0b01)
    assert [titles.get(element, element) for element in top.child_element_ids] == [
        "Title and voices",
        "At a glance",
        "Conversation",
        "toc1",
        "After the conversation",
        "How to get help or another format",
    ]
    assert [titles[element] for element in inner.child_element_ids] == [
        "1. Ann Lee, Bo Ruiz: Who built the ramp?",
        "2. Ann Lee, Cy Okoro, Bo Ruiz: And who paid for it?",
    ]


def test_what_only_a_book_says_has_tracks_that_no_audio_file_holds(
    small: Document, clicks: Synthesizer, tmp_path: Path
) -> None:
    phrases, options = phrases_for(small.metadata.language), Options(jobs=2)
    studio = Studio(clicks, tmp_path, ClipCache(None), for_book=True)
    narration = narrate(small, "", options, phrases, studio, Report(), lambda _done, _all: None)
    (contents,) = (track for track in narration.tracks if track.book_only)
    assert contents.name == "contents"
    assert {clip.node for clip in narration.clips if clip.track == "contents"} >= {"contents-heading", "nav-transcript"}
    in_file = tracks_in_one_file(narration)
    assert contents not in in_file
    assert {clip.track for clip in clips_in_one_file(narration)} <= {track.name for track in in_file}
    frames = sum(track.frames for track in in_file)
    assert chapter_spans(narration)[-1].end == of_samples(frames * FRAME_SAMPLES, RATE)
    assert narration.spoken_text.count(phrases.contents) == 0


def test_each_chapter_ends_where_the_next_begins(small: Document, clicks: Synthesizer, tmp_path: Path) -> None:
    narration = read_aloud(small, clicks, tmp_path)
    spans = chapter_spans(narration)
    assert [span.end for span in spans[:-1]] == [span.begin for span in spans[1:]]
    total = sum(track.frames for track in narration.tracks) * FRAME_SAMPLES
    assert spans[-1].end == of_samples(total, RATE)


def test_a_title_in_any_script_and_language_is_tagged(small: Document, clicks: Synthesizer, tmp_path: Path) -> None:
    metadata = msgspec.structs.replace(small.metadata, title="Рампа — نص\0 🎉")
    document = msgspec.structs.replace(small, metadata=metadata)
    tag = tag_of(edition(document, read_aloud(document, clicks, tmp_path), tmp_path))
    assert str(tag["TIT2"]) == "Рампа — نص 🎉"


def test_more_exchanges_than_a_contents_frame_holds(
    episode: Episodes, turn: Turns, clicks: Synthesizer, tmp_path: Path
) -> None:
    turns = (turn(person, "Yes.") for _ in range(300) for person in ("ann-lee", "bo-ruiz"))
    document = episode(Section("transcript", tuple(turns)))
    tag = tag_of(edition(document, read_aloud(document, clicks, tmp_path), tmp_path))
    children = [len(tag[f"CTOC:{name}"].child_element_ids) for name in ("toc1", "toc2")]
    assert children == [255, 45]


# what is left behind ---------------------------------------------------------------------------


class Failing:
    """A synthesizer that has said one line when it breaks."""

    def __init__(self, clicks: Synthesizer) -> None:
        self._clicks = clicks
        self.sample_rate = RATE
        self.version = "failing 1"
        self.notation: Notation = "plain"
        self.closed = False

    def loudness(self, voice: str, rate: int) -> float | None:
        return self._clicks.loudness(voice, rate)

    def voices(self) -> tuple[Voice, ...]:
        return self._clicks.voices()

    def speak(self, lines: tuple[Line, ...], jobs: int) -> Generator[bytes, None, None]:
        yield next(self._clicks.speak(lines, jobs))
        raise MissingPartError("it broke")

    def close(self) -> None:
        self.closed = True


def test_a_failure_leaves_no_file_and_no_engine(small: Document, clicks: Synthesizer, tmp_path: Path) -> None:
    failing = Failing(clicks)
    with pytest.raises(MissingPartError, match="it broke"):
        read_aloud(small, failing, tmp_path)
    assert failing.closed
    assert not list(tmp_path.iterdir())


def test_a_file_that_cannot_be_written_is_a_saving_error(
    small: Document, clicks: Synthesizer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    full = Path("/dev/full")
    if not full.exists():
        pytest.skip("this system has no /dev/full")
    monkeypatch.setattr("converters.narration.recording._frames_path", lambda _folder, _name: full)
    with pytest.raises(SavingError, match="No space left"):
        read_aloud(small, clicks, tmp_path)
    assert not list(tmp_path.iterdir())


def test_progress_counts_every_line(small: Document, clicks: Synthesizer, tmp_path: Path) -> None:
    heard: list[tuple[int, int]] = []
    narrate(
        small, "", Options(), phrases_for(small.metadata.language), Studio(clicks, tmp_path, ClipCache(None)), Report(),
        lambda done, of_all: heard.append((done, of_all)),
    )  # fmt: skip
    assert heard == [(number, len(heard)) for number in range(1, len(heard) + 1)]


# real speech -----------------------------------------------------------------------------------


@pytest.mark.speech
def test_two_runs_are_equal_to_the_byte_whatever_runs_side_by_side(small: Document, tmp_path: Path) -> None:
    found = set()
    for jobs in (1, 4, 4):
        folder = tmp_path / f"{len(list(tmp_path.iterdir()))}"
        folder.mkdir()
        path = edition(small, read_aloud(small, default_synthesizer(folder), folder, jobs), folder)
        found.add(hashlib.sha256(path.read_bytes()).hexdigest())
    assert len(found) == 1


@pytest.mark.speech
def test_a_real_edition_decodes_without_an_error_and_has_a_voice_for_everybody(
    small: Document, tmp_path: Path, decoded: Decode
) -> None:
    narration = read_aloud(small, default_synthesizer(tmp_path), tmp_path)
    samples = decoded(edition(small, narration, tmp_path))
    voices = [narration.casting.neutral, *(voice for _, voice in narration.casting.voices)]
    assert len({voice.id for voice in voices}) == 4
    starts = track_starts(narration)
    for clip in narration.clips:
        begin = starts[clip.track] + clip.begin * RATE // 1000
        end = starts[clip.track] + clip.end * RATE // 1000
        assert max(map(abs, samples[begin:end])) > 5_000, clip
        assert max(map(abs, samples[end + RATE // 50 : end + RATE // 10])) < 300, clip


@pytest.mark.speech
def test_the_first_chapter_is_brief(small: Document, tmp_path: Path) -> None:
    narration = read_aloud(small, default_synthesizer(tmp_path), tmp_path)
    assert narration.tracks[0].duration <= 15_000


@pytest.mark.speech
def test_an_unknown_voice_stops_everything_before_anything_is_made(tmp_path: Path) -> None:
    source = tmp_path / "two.txt"
    source.write_text("Two\n\nANN LEE: Hello.\n\nBO RUIZ: Yes.\n\nANN LEE: Good.\n", encoding="utf-8")
    show = '[people.ann-lee]\nname = "Ann Lee"\nvoice = "nobody"\n'
    (tmp_path / "show.toml").write_text(f'language = "en"\n{show}', encoding="utf-8")
    assert main(["convert", str(source), "-o", str(tmp_path / "out"), "--to", "html,mp3"]) == 2
    assert not (tmp_path / "out").exists()
