"""M4B and Opus: the same clips at the same times, chapters, tags and cover, and the same bytes again."""

import array
import datetime
import hashlib
import json
import re
import subprocess
from pathlib import Path
from typing import Any

import msgspec
import pytest
from mutagen.oggopus import OggOpus

from converters.document import Document
from converters.findings import Report
from converters.narration.cache import ClipCache
from converters.narration.model import Narration, Synthesizer
from converters.narration.performance import Studio, default_synthesizer, narrate
from converters.narration.timeline import chapter_spans, clips_in_one_file
from converters.phrases import phrases_for
from converters.settings import Options
from converters.writers import WriteContext, writer_named

FORMATS = ("m4b", "opus")
NEARNESS = 5
"""Milliseconds that a sound may be from its place."""


def made(name: str, document: Document, synthesizer: Synthesizer, folder: Path) -> tuple[Path, Narration]:
    phrases, title = phrases_for(document.metadata.language), document.metadata.title or ""
    studio = Studio(synthesizer, folder, ClipCache(None), samples=True)
    narration = narrate(document, title, Options(jobs=2), phrases, studio, Report(), lambda _done, _all: None)
    context = WriteContext(
        slug="ramp", source_name="ramp.txt", title=title, modified=datetime.datetime(2025, 3, 14, tzinfo=datetime.UTC),
        options=Options(), phrases=phrases, report=Report(), staging=folder, narration=narration,
    )  # fmt: skip
    (artifact,) = writer_named(name).load()(document, context)
    assert isinstance(artifact.content, Path)
    assert artifact.name == f"ramp.{name}"
    return artifact.content, narration


def probed(path: Path) -> dict[str, Any]:
    command = ["ffprobe", "-v", "error", "-show_chapters", "-show_format", "-show_streams", "-of", "json", str(path)]
    found: dict[str, Any] = json.loads(subprocess.run(command, capture_output=True, check=True).stdout)
    return found


def chapter_starts(path: Path, found: dict[str, Any]) -> list[int]:
    """Return milliseconds; those of Opus by mutagen, so that FFmpeg, which wrote it, is not its own judge."""
    if path.suffix == ".m4b":
        return [round(float(chapter["start_time"]) * 1000) for chapter in found["chapters"]]
    file: Any = OggOpus(path)  # type: ignore[no-untyped-call]  # mutagen has no types
    written = [file[f"CHAPTER{number:03}"][0] for number in range(len(found["chapters"]))]
    moments = [moment.replace(".", ":").split(":") for moment in written]
    return [((int(h) * 60 + int(m)) * 60 + int(s)) * 1000 + int(ms) for h, m, s, ms in moments]


def decoded_at(path: Path, rate: int) -> "array.array[int]":
    command = ["ffmpeg", "-v", "error", "-xerror", "-i", str(path), "-map", "0:a", "-ar", str(rate), "-f", "s16le", "-"]
    done = subprocess.run(command, capture_output=True, check=True)
    assert not done.stderr
    return array.array("h", done.stdout)


pytestmark = pytest.mark.usefixtures("decoded")


@pytest.mark.parametrize("name", FORMATS)
def test_each_sentence_is_decoded_at_its_place(name: str, small: Document, clicks: Synthesizer, tmp_path: Path) -> None:
    path, narration = made(name, small, clicks, tmp_path)
    samples = decoded_at(path, 48_000)
    for clip in clips_in_one_file(narration):
        place = clip.begin * 48
        around = range(max(0, place - 4_800), min(len(samples), place + 4_800))
        loudest = max(around, key=lambda n: abs(samples[n]))
        assert abs(loudest - place) <= NEARNESS * 48, clip
    assert abs(len(samples) / 48 - chapter_spans(narration)[-1].end) <= 50


@pytest.mark.parametrize("name", FORMATS)
def test_chapters_tags_and_cover_are_read_back(name: str, small: Document, clicks: Synthesizer, tmp_path: Path) -> None:
    dated = msgspec.structs.replace(small.metadata, published=datetime.date(2025, 3, 14), title="Größe\0")
    path, narration = made(name, msgspec.structs.replace(small, metadata=dated), clicks, tmp_path)
    found = probed(path)
    spans = chapter_spans(narration)
    assert [chapter["tags"]["title"] for chapter in found["chapters"]] == [span.title for span in spans]
    assert chapter_starts(path, found) == [span.begin for span in spans]
    parts = (found["format"], *(stream for stream in found["streams"] if stream["codec_type"] == "audio"))
    tags = {key.lower(): value for part in parts for key, value in part.get("tags", {}).items()}
    assert (tags["title"], tags["album"], tags["date"][:4]) == ("Größe", "The Corner", "2025")
    assert "synthetic" in tags.get("comment", "") + tags.get("description", "")
    assert [stream["codec_name"] for stream in found["streams"] if stream["codec_type"] == "video"] == ["png"]


@pytest.mark.speech
@pytest.mark.parametrize("name", ["mp3", *FORMATS])
def test_real_speech_has_the_level_and_no_peak_that_players_distort(name: str, small: Document, tmp_path: Path) -> None:
    """−19 LUFS ± 1 for one channel, at most −1 dBTP (AES TD1008)."""
    path, _ = made(name, small, default_synthesizer(tmp_path), tmp_path)
    command = ["ffmpeg", "-nostats", "-i", str(path), "-map", "0:a", "-af", "ebur128=peak=true", "-f", "null", "-"]
    said = subprocess.run(command, capture_output=True, check=True, encoding="utf-8").stderr
    loudness, peak = re.findall(r"(?:I|Peak): +(-?[0-9.]+)", said)[-2:]
    assert float(loudness) == pytest.approx(-19, abs=1)
    assert float(peak) <= -1


@pytest.mark.parametrize("name", FORMATS)
def test_equal_runs_give_equal_files(name: str, small: Document, clicks: Synthesizer, tmp_path: Path) -> None:
    found = set()
    for number in range(2):
        folder = tmp_path / str(number)
        folder.mkdir()
        found.add(hashlib.sha256(made(name, small, clicks, folder)[0].read_bytes()).hexdigest())
    assert len(found) == 1
