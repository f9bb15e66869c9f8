"""The show's own sound: the same clips at the times that the transcript has, and the sound as it was."""

import array
import json
import re
import subprocess
import wave
import zipfile
from pathlib import Path
from typing import Any

import pytest
from mutagen.id3 import ID3

from converters.cli import main

pytestmark = pytest.mark.usefixtures("decoded")

RATE = 44_100
NEARNESS = 50
"""Milliseconds that a sentence may be from its cue."""

CUES = (
    (500, 2_300, "Ann Lee", "Welcome to the show."),
    (2_700, 4_150, "Ann Lee", "Who built the ramp?"),
    (4_900, 6_000, "Bo Ruiz", "We all did."),
    (6_300, 8_320, "Bo Ruiz", "It took a winter."),
    (9_010, 11_000, "Ann Lee", "And who paid for it?"),
    (11_500, 13_250, "Cy Okoro", "The neighbours paid."),
)


def clock(moment: int) -> str:
    return f"00:00:{moment // 1000:02}.{moment % 1000:03}"


@pytest.fixture
def captions(tmp_path: Path) -> Path:
    cues = (f"{clock(begin)} --> {clock(end)}\n<v {who}>{words}</v>\n" for begin, end, who, words in CUES)
    path = tmp_path / "ramp.vtt"
    path.write_text("WEBVTT\n\n" + "\n".join(cues), encoding="utf-8")
    (tmp_path / "show.toml").write_text('language = "en"\n[people.ann-lee]\nname = "Ann Lee"\nrole = "host"\n')
    return path


def recording(folder: Path, suffix: str = ".mp3", seconds: int = 14) -> Path:
    """A click where each cue begins, in two channels."""
    samples = array.array("h", bytes(4 * RATE * seconds))
    for begin, *_ in CUES:
        place = 2 * (begin * RATE // 1000)
        if place < len(samples):
            samples[place : place + 80] = array.array("h", [30_000, 30_000, -30_000, -30_000] * 20)
    plain, path = folder / "plain.wav", folder / f"sound{suffix}"
    with wave.open(str(plain), "wb") as file:
        file.setnchannels(2)
        file.setsampwidth(2)
        file.setframerate(RATE)
        file.writeframes(samples.tobytes())
    command = ["ffmpeg", "-v", "error", "-y", "-i", str(plain), "-metadata", "title=Somebody else’s title", str(path)]
    subprocess.run(command, check=True)
    return path


def samples_of(path: Path) -> "array.array[int]":
    command = ["ffmpeg", "-v", "error", "-xerror", "-i", str(path), "-map", "0:a", "-ac", "1", "-ar", str(RATE)]
    return array.array("h", subprocess.run([*command, "-f", "s16le", "-"], capture_output=True, check=True).stdout)


def clicks_near(samples: "array.array[int]", moment: int) -> int:
    """Return how many milliseconds from a moment its click is heard."""
    place = moment * RATE // 1000
    around = range(max(0, place - RATE // 5), min(len(samples), place + RATE // 5))
    return abs(max(around, key=lambda n: abs(samples[n])) - place) * 1000 // RATE


def converted(captions: Path, sound: Path, formats: str) -> Path:
    out = captions.parent / "out"
    assert main(["convert", str(captions), "-o", str(out), "--to", formats, "--recording", str(sound)]) == 0
    return out / "ramp"


def rows(folder: Path) -> dict[str, Any]:
    return {row["format"]: row for row in json.loads((folder / "manifest.json").read_text())["artifacts"]}


@pytest.mark.parametrize("suffix", [".mp3", ".m4a", ".wav", ".ogg"])
def test_each_sentence_is_heard_at_its_cue(captions: Path, tmp_path: Path, suffix: str) -> None:
    made = converted(captions, recording(tmp_path, suffix), "mp3") / "ramp.mp3"
    samples = samples_of(made)
    assert max(clicks_near(samples, begin) for begin, *_ in CUES) <= NEARNESS
    synced = ID3(made)["SYLT::eng"].text  # type: ignore[no-untyped-call]  # mutagen has no types
    assert [(words, moment) for words, moment in synced] == [(words, begin) for begin, _, _, words in CUES]


@pytest.mark.parametrize("name", ["m4b", "opus"])
def test_the_newer_formats_hold_the_same_sound(captions: Path, tmp_path: Path, name: str) -> None:
    samples = samples_of(converted(captions, recording(tmp_path), name) / f"ramp.{name}")
    assert max(clicks_near(samples, begin) for begin, *_ in CUES) <= NEARNESS


def test_an_mp3_is_kept_frame_by_frame_under_our_own_tag(captions: Path, tmp_path: Path) -> None:
    sound = recording(tmp_path)
    made = converted(captions, sound, "mp3") / "ramp.mp3"
    frames = sound.read_bytes()[ID3(sound).size :]  # type: ignore[no-untyped-call]  # likewise
    assert made.read_bytes().endswith(frames)
    tag: Any = ID3(made)  # type: ignore[no-untyped-call]  # likewise
    assert "Somebody else" not in str(tag["TIT2"])
    assert [str(chapter.sub_frames["TIT2"]) for chapter in tag.getall("CHAP")] == [
        "Conversation",
        "1. Ann Lee, Bo Ruiz: Who built the ramp?",
        "2. Ann Lee, Cy Okoro: And who paid for it?",
    ]
    assert "Bo Ruiz: We all did." in str(tag["USLT::eng"])


def test_nothing_says_that_the_voices_are_synthetic(captions: Path, tmp_path: Path) -> None:
    folder = converted(captions, recording(tmp_path), "mp3,html,txt")
    assert "COMM::eng" not in ID3(folder / "ramp.mp3")  # type: ignore[no-untyped-call]  # likewise
    assert all("synthetic" not in (folder / name).read_text(encoding="utf-8") for name in ("ramp.html", "ramp.txt"))


def test_a_recording_that_ends_before_its_transcript_is_refused(
    captions: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    short = recording(tmp_path, seconds=10)
    out = tmp_path / "out"
    assert main(["convert", str(captions), "-o", str(out), "--to", "mp3", "--recording", str(short)]) == 3
    assert "ends after 10 s, and its transcript goes on until 13 s (2 sentences)" in capsys.readouterr().err
    assert not (out / "ramp").exists()


@pytest.mark.parametrize(
    ("content", "reason"),
    [(None, "there is no such file"), (b"no sound at all" * 100, "no recording that can be read")],
)
def test_what_is_no_recording_is_refused(
    captions: Path, tmp_path: Path, content: bytes | None, reason: str, capsys: pytest.CaptureFixture[str]
) -> None:
    sound = tmp_path / "bad.mp3"
    if content:
        sound.write_bytes(content)
    assert main(["convert", str(captions), "-o", str(tmp_path / "out"), "--to", "mp3", "--recording", str(sound)]) == 3
    assert reason in capsys.readouterr().err


def test_a_transcript_without_times_has_no_place_in_a_recording(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    source = tmp_path / "plain.txt"
    source.write_text("Ramp\n\nANN LEE: Welcome.\n\nBO RUIZ: Thank you.\n\nANN LEE: Well.\n", encoding="utf-8")
    out = tmp_path / "out"
    command = ["convert", str(source), "-o", str(out), "--to", "html,mp3", "--recording", str(recording(tmp_path))]
    assert main(command) == 2
    assert "has no times" in capsys.readouterr().err
    assert not out.exists() or not list(out.glob("plain/*"))


def test_a_recording_belongs_to_one_transcript(
    captions: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    other = tmp_path / "other.vtt"
    other.write_bytes(captions.read_bytes())
    command = ["convert", str(captions), str(other), "-o", str(tmp_path / "out"), "--recording", "sound.mp3"]
    assert main(command) == 2
    assert "one transcript" in capsys.readouterr().err


def test_the_book_plays_the_original_at_its_cues(captions: Path, tmp_path: Path) -> None:
    """The overlay's clips are the cues to the millisecond; at each the click is heard in the book's file."""
    folder = converted(captions, recording(tmp_path), "epub")
    with zipfile.ZipFile(folder / "ramp.epub") as book:
        book.extractall(tmp_path / "book")
        overlays = [book.read(name).decode() for name in book.namelist() if name.endswith(".smil")]
        (package,) = (book.read(name).decode() for name in book.namelist() if name.endswith(".opf"))
    clips = [clip for overlay in overlays for clip in re.findall(r'src="(audio/[^"]+)" clipBegin="([^"]+)"', overlay)]
    begins = [round(sum(float(part) * 60**n for n, part in enumerate(reversed(b.split(":")))) * 1000) for _, b in clips]
    assert begins == [begin for begin, *_ in CUES]
    (name,) = {name for name, _ in clips}
    samples = samples_of(next((tmp_path / "book").rglob(Path(name).name)))
    assert max(clicks_near(samples, begin) for begin in begins) <= NEARNESS
    assert "synthetic" not in package
    assert [who for who in ("Ann Lee", "Bo Ruiz", "Cy Okoro") if f'narrator">{who}<' in package]


def test_the_page_plays_the_recording_that_lies_beside_it(captions: Path, tmp_path: Path) -> None:
    folder = converted(captions, recording(tmp_path), "html")
    page = (folder / "ramp.html").read_text(encoding="utf-8")
    assert '<audio controls="" preload="metadata" src="ramp.mp3">' in page
    (times,) = re.findall(r'<script type="application/json">(.*?)</script>', page, re.DOTALL)
    assert [begin for _, begin, _ in json.loads(times)["sentences"]] == [begin for begin, *_ in CUES]
    assert {"html", "mp3"} <= set(rows(folder))


def test_timed_text_keeps_the_times_of_the_recording(captions: Path, tmp_path: Path) -> None:
    folder = converted(captions, recording(tmp_path), "vtt,mp3")
    assert rows(folder)["vtt"]["timeline"] == "recording"
    assert "00:00:04.900 --> 00:00:06.000" in (folder / "ramp.vtt").read_text(encoding="utf-8")
