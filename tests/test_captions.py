"""Captions through the command, and back: names of files, what the manifest says, links, and what is read again."""

import array
import datetime
import itertools
import json
import re
from collections.abc import Generator
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import given

from converters.convert import identify
from converters.document import Document, LanguageTag, Sound, Turn
from converters.findings import Report
from converters.narration import performance
from converters.narration.model import Line, Notation, Voice
from converters.phrases import phrases_for
from converters.readers import ReadContext, read
from converters.settings import Options
from converters.timing import Milliseconds, SourceTime
from converters.traverse import turn_text, turns
from converters.writers import WriteContext, writer_named

from .conftest import ROOT, Run
from .test_round_trip import documents

RATE = 22_050
TIMED = "vtt,srt,podcast-json,chapters-json"

CAPTIONS = """\
WEBVTT

1
00:00:01.000 --> 00:00:03.000
<v Ann Lee>Who built the ramp?

2
00:00:03.500 --> 00:00:07.000
<v Bo Ruiz>We all did. It took a winter.
"""


class Humming:
    """A synthesizer whose every line sounds for 60 ms a letter."""

    @property
    def sample_rate(self) -> int:
        return RATE

    @property
    def version(self) -> str:
        return "humming 1"

    @property
    def notation(self) -> Notation:
        return "plain"

    def loudness(self, voice: str, rate: int) -> float | None:
        assert voice
        assert rate
        return -19.0

    def voices(self) -> tuple[Voice, ...]:
        return tuple(Voice(f"voice-{number}", LanguageTag("en-us"), "for tests") for number in range(4))

    def speak(self, lines: tuple[Line, ...], jobs: int) -> Generator[bytes, None, None]:
        assert jobs
        for line in lines:
            yield array.array("h", [9000, -9000] * (len(line.text) * 30 * RATE // 1000)).tobytes()

    def close(self) -> None:
        pass


@pytest.fixture
def humming(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(performance, "default_synthesizer", lambda _folder, _options: Humming())


def manifest(folder: Path) -> dict[str, Any]:
    rows = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))["artifacts"]
    return {row["path"]: row for row in rows}


@pytest.mark.usefixtures("humming")
def test_made_with_audio_captions_are_in_step_with_it_and_say_so(source: Path, out: Path, run: Run) -> None:
    made = run("convert", source, "-o", out, "--to", f"html,mp3,txt,{TIMED}")
    assert made.code == 0, made.err
    rows = manifest(out / source.stem)
    for suffix in ("vtt", "srt", "transcript.json", "chapters.json"):
        row = rows[f"{source.stem}-narration.{suffix}"]
        assert (row["timeline"], row["narrated"]) == ("narration", True)
    assert not rows[f"{source.stem}.rss.xml"]["narrated"]
    page = (out / source.stem / f"{source.stem}.html").read_text(encoding="utf-8")
    text = (out / source.stem / f"{source.stem}.txt").read_text(encoding="utf-8")
    assert f'href="{source.stem}-narration.vtt"' in page
    assert f"Captions, WebVTT, in step with the spoken edition: {source.stem}-narration.vtt" in text


@pytest.mark.usefixtures("humming")
def test_reading_aloud_is_enough_for_captions(source: Path, out: Path, run: Run) -> None:
    made = run("convert", source, "-o", out, "--to", "vtt", "--read-aloud")
    assert made.code == 0, made.err
    assert [Path(path).name for path in made.out.split()] == [f"{source.stem}-narration.vtt"]


def test_captions_without_any_times_cost_only_themselves(source: Path, out: Path, run: Run) -> None:
    made = run("convert", source, "-o", out, "--to", f"html,{TIMED}")
    assert made.code == 6
    assert [Path(path).name for path in made.out.split()] == [f"{source.stem}.html"]
    assert "Add mp3 to --to, or --read-aloud" in made.err
    page = (out / source.stem / f"{source.stem}.html").read_text(encoding="utf-8")
    assert ".vtt" not in page


@pytest.mark.usefixtures("humming")
def test_times_of_the_recording_are_kept_beside_a_spoken_edition(tmp_path: Path, out: Path, run: Run) -> None:
    (tmp_path / "ramp.vtt").write_text(CAPTIONS, encoding="utf-8")
    made = run("convert", tmp_path / "ramp.vtt", "-o", out, "--to", f"html,mp3,{TIMED}", "--show", "none")
    assert made.code == 0, made.err
    rows = manifest(out / "ramp")
    assert {name for name, row in rows.items() if row.get("timeline") == "recording"} == {
        "ramp.vtt", "ramp.srt", "ramp.transcript.json", "ramp.chapters.json", "ramp.rss.xml",
    }  # fmt: skip
    assert not any(row["narrated"] for row in rows.values() if "timeline" in row)
    text = (out / "ramp" / "ramp.vtt").read_text(encoding="utf-8")
    assert "00:00:01.000 --> 00:00:03.000\n<v Ann Lee>Ann Lee: Who built the ramp?" in text
    assert '<a href="ramp.vtt"' in (out / "ramp" / "ramp.html").read_text(encoding="utf-8")


def test_two_runs_make_the_same_bytes(tmp_path: Path, run: Run) -> None:
    (tmp_path / "ramp.vtt").write_text(CAPTIONS, encoding="utf-8")
    first, second = (tmp_path / name for name in ("first", "second"))
    for folder in (first, second):
        assert run("convert", tmp_path / "ramp.vtt", "-o", folder, "--to", TIMED, "--show", "none").code == 0
    names = sorted(path.name for path in (first / "ramp").iterdir())
    assert all((first / "ramp" / name).read_bytes() == (second / "ramp" / name).read_bytes() for name in names)


def test_where_the_source_is_silent_on_times_a_finding_counts_it(tmp_path: Path, out: Path, run: Run) -> None:
    text = "\n\n".join(
        f"[00:{minute:02}:00] {name}: {'We went on talking about the ladder and the fence. ' * 8}"
        for minute, name in enumerate(["ANN LEE", "BO RUIZ", "ANN LEE", "BO RUIZ"])
    )
    (tmp_path / "talk.txt").write_text(f"The Ladder\n\n{text}\n", encoding="utf-8")
    made = run("convert", tmp_path / "talk.txt", "-o", out, "--to", "vtt,podcast-json,html", "--show", "none")
    assert made.code == 0, made.err
    assert "time-002 warning" in made.err
    assert "28 of 32" in made.err
    assert 'rel="captions"' not in (out / "talk" / "talk.rss.xml").read_text(encoding="utf-8")


# and back --------------------------------------------------------------------------------------


def with_times(document: Document) -> Document:
    """Return the document said at 70 ms a letter, with a pause now and then."""
    clock = itertools.count(1)
    now = 0

    def told(length: int) -> SourceTime:
        nonlocal now
        begin = now + (400 if next(clock) % 3 else 0)
        now = begin + 70 * max(length, 1)
        return SourceTime(Milliseconds(begin), Milliseconds(now))

    def block(one: Any) -> Any:
        if isinstance(one, Sound):
            return msgspec.structs.replace(one, time=told(20))
        if not isinstance(one, Turn):
            return one
        return msgspec.structs.replace(
            one,
            paragraphs=tuple(
                msgspec.structs.replace(
                    paragraph,
                    sentences=tuple(
                        msgspec.structs.replace(
                            s, time=told(sum(len(i.value) for i in s.inlines if hasattr(i, "value")))
                        )
                        for s in paragraph.sentences
                    ),
                )
                for paragraph in one.paragraphs
            ),
        )

    sections = (
        msgspec.structs.replace(section, blocks=tuple(map(block, section.blocks))) for section in document.sections
    )
    return msgspec.structs.replace(document, sections=tuple(sections))


def written(document: Document, name: str) -> bytes:
    day = datetime.datetime(2001, 2, 3, tzinfo=datetime.UTC)
    phrases, rows = phrases_for(document.metadata.language), (writer_named(name),)
    told = WriteContext("episode", "", "episode.txt", day, Options(), phrases, Report(), Path(), rows)
    content = rows[0].load()(document, told)[0].content
    assert isinstance(content, bytes)
    return content


def back(source: bytes, name: str) -> Document:
    return identify(read(source, ReadContext(name, Options(), Report())))


def said(document: Document) -> list[tuple[tuple[str, ...], str]]:
    """Who says what, turns of one person that follow each other taken together."""
    names = {person.id: person.name for person in document.people}
    told = [
        (tuple(names[person] for person in turn.people), without_sounds(turn_text(turn))) for turn in turns(document)
    ]
    runs = itertools.groupby(told, key=lambda turn: turn[0])
    return [(who, " ".join(words for _, words in run)) for who, run in runs]


def without_sounds(text: str) -> str:
    """Return the words; a sound at the end of a turn comes back as one of its own."""
    return " ".join(re.sub(r"\[[^\]]*\]|\([^)]*\)", " ", text).split())


NAMES = {"vtt": "back.vtt", "srt": "back.srt", "podcast-json": "back.json"}


@pytest.mark.parametrize("name", ["vtt", "podcast-json"])
@given(document=documents())
def test_people_and_words_come_back_from_captions(name: str, document: Document) -> None:
    timed = with_times(document)
    again = back(written(timed, name), NAMES[name])
    assert said(again) == said(timed)
    assert {person.name for person in again.people} == {person.name for person in timed.people}
    if name == "vtt":
        assert again.metadata.title == timed.metadata.title


def test_what_is_said_three_times_is_kept_three_times() -> None:
    cues = "".join(f"00:00:0{n}.000 --> 00:00:0{n + 1}.000\n<v Ann Lee>No.\n\n" for n in range(1, 4))
    assert said(back(f"WEBVTT\n\n{cues}".encode(), "back.vtt")) == [(("Ann Lee",), "No. No. No.")]


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("path", sorted((ROOT / "examples").glob("*.txt")), ids=lambda path: path.stem)
def test_the_examples_come_back_with_their_times(name: str, path: Path) -> None:
    document = with_times(identify(read(path.read_bytes(), ReadContext(path.name, Options(), Report()))))
    again = back(written(document, name), NAMES[name])
    assert said(again) == said(document)
    first, last = (
        [t.time for turn in turns(d) for p in turn.paragraphs for t in p.sentences] for d in (document, again)
    )
    assert {time.begin for time in last if time} <= {time.begin for time in first if time}
