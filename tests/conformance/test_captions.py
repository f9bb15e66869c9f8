"""The captions, before the W3C's WebVTT parser; in step with the recording as ffprobe measures it."""

import json
from pathlib import Path

import pytest

from . import checkers
from .conftest import ROOT, Editions
from .words import missing

pytestmark = pytest.mark.conformance

GOLDEN = ROOT / "tests" / "cases" / "timed-captions" / "captions.vtt"


def test_the_parser_finds_no_error(editions: Editions) -> None:
    path = editions.need("-narration.vtt")
    report = checkers.webvtt([path])[path]
    assert report.errors == ()
    assert report.cues


def test_every_word_of_the_conversation_is_in_a_cue(editions: Editions, turns: list[str]) -> None:
    path = editions.need("-narration.vtt")
    cues = checkers.webvtt([path])[path].cues
    assert missing(turns, " ".join(" ".join(cue.text.split()) for cue in cues)) == []


def test_the_cues_end_with_the_recording(editions: Editions) -> None:
    path = editions.need("-narration.vtt")
    cues = checkers.webvtt([path])[path].cues
    length = float(checkers.ffprobe(editions.need(".mp3"))["format"]["duration"])
    assert cues[-1].end <= length + 0.05
    assert all(cue.begin < cue.end for cue in cues)
    assert len({cue.id for cue in cues}) == len(cues)


def test_the_chapters_are_those_that_ffprobe_finds_in_the_mp3(editions: Editions) -> None:
    chapters = json.loads(editions.need("-narration.chapters.json").read_bytes())["chapters"]
    found = checkers.ffprobe(editions.need(".mp3"))["chapters"]
    assert [chapter["title"] for chapter in chapters] == [chapter["tags"]["title"] for chapter in found]
    for ours, theirs in zip(chapters, found, strict=True):
        assert abs(ours["startTime"] - float(theirs["start_time"])) < 0.005


def test_captions_of_a_recording_are_sound_too() -> None:
    report = checkers.webvtt([GOLDEN])[GOLDEN]
    assert report.errors == ()
    assert "a < b, as my aunt used\nto say of owners and ladders." in [cue.text for cue in report.cues]


BROKEN = {
    "no arrow": ("-->", "to"),
    "a comma in the time": ("00:00:04.000", "00:00:04,000"),
    "an end before its begin": ("--> 00:00:04.856", "--> 00:00:01.856"),
}


@pytest.mark.parametrize("fault", BROKEN)
def test_a_file_with_a_fault_is_seen(fault: str, tmp_path: Path) -> None:
    path = tmp_path / "broken.vtt"
    path.write_text(GOLDEN.read_text(encoding="utf-8").replace(*BROKEN[fault], 1), encoding="utf-8")
    assert checkers.webvtt([path])[path].errors
