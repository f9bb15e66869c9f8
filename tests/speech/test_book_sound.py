"""The sound in a book that reads itself aloud: each file of it alone, as a player decodes it."""

import array
import datetime
import hashlib
import json
import re
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from converters.document import Document
from converters.findings import Report
from converters.narration.cache import ClipCache
from converters.narration.model import Synthesizer
from converters.narration.performance import Studio, narrate
from converters.phrases import phrases_for
from converters.settings import Options
from converters.traverse import sentences
from converters.writers import WriteContext
from converters.writers.epub import write_epub
from tests.conftest import Run

RATE = 22_050
NEARNESS = 5
"""Milliseconds that a sound may be from its place."""

PAR = re.compile(r'#([^"]*)"/><audio src="([^"]*)" clipBegin="0:(\d\d):(\d\d)\.(\d{3})"')


def _places(book: zipfile.ZipFile) -> list[tuple[str, str, int]]:
    """Element, file of sound and begin in milliseconds of all that is played."""
    overlays = sorted(name for name in book.namelist() if name.endswith(".smil"))
    found = [match for name in overlays for match in PAR.findall(book.read(name).decode())]
    return [(node, sound, (int(m) * 60 + int(s)) * 1000 + int(ms)) for node, sound, m, s, ms in found]


def _loudest_near(samples: "array.array[int]", place: int) -> int:
    around = range(max(0, place - RATE // 10), min(len(samples), place + RATE // 10))
    return max(around, key=lambda n: abs(samples[n]))


def test_a_player_hears_each_sentence_where_the_overlay_says(
    small: Document, clicks: Synthesizer, tmp_path: Path, decoded: Callable[[Path], "array.array[int]"]
) -> None:
    phrases = phrases_for(small.metadata.language)
    title, day = small.metadata.title or "", datetime.datetime(2025, 3, 14, tzinfo=datetime.UTC)
    studio = Studio(clicks, tmp_path, ClipCache(None))
    spoken = narrate(small, title, Options(jobs=2), phrases, studio, Report(), lambda _done, _all: None)
    context = WriteContext("ramp", title, "ramp.txt", day, Options(), phrases, Report(), tmp_path, (), spoken)
    (artifact,) = write_epub(small, context)
    assert isinstance(artifact.content, Path)
    with zipfile.ZipFile(artifact.content) as book:
        book.extractall(tmp_path / "book")
        places = _places(book)
    assert {node for node, _, _ in places} >= {one.id for section in small.sections for one in sentences(section)}
    heard = {sound: decoded(tmp_path / "book" / "EPUB" / sound) for _, sound, _ in places}
    far = {
        node: away
        for node, sound, begin in places
        if (away := abs(_loudest_near(heard[sound], begin * RATE // 1000) * 1000 / RATE - begin)) > NEARNESS
    }
    assert far == {}


@pytest.mark.speech
def test_a_book_is_silent_alone_and_speaks_beside_an_edition_that_speaks_or_when_asked(
    source: Path, out: Path, run: Run
) -> None:
    assert _narrated(run, source, out / "alone", "--to", "epub") == {"epub": False}
    assert _narrated(run, source, out / "beside", "--to", "epub,mp3") == {"epub": True, "mp3": True}
    assert _narrated(run, source, out / "asked", "--to", "epub", "--read-aloud") == {"epub": True}
    book = f"{source.stem}/{source.stem}.epub"
    sizes = [(out / folder / book).stat().st_size for folder in ("alone", "beside", "asked")]
    assert 5 * sizes[0] < min(sizes[1:])


@pytest.mark.speech
def test_the_same_source_gives_the_same_book_whatever_its_jobs(source: Path, out: Path, run: Run) -> None:
    made = []
    for jobs in ("1", "2"):
        target = out / jobs
        assert run("convert", source, "-o", target, "--to", "epub", "--read-aloud", "--jobs", jobs).code == 0
        made.append(hashlib.sha256((target / source.stem / f"{source.stem}.epub").read_bytes()).hexdigest())
    assert made[0] == made[1]


def _narrated(run: Run, source: Path, out: Path, *options: str) -> dict[str, bool]:
    assert run("convert", source, "-o", out, *options).code == 0
    rows = json.loads((out / source.stem / "manifest.json").read_text(encoding="utf-8"))["artifacts"]
    return {row["format"]: row["narrated"] for row in rows}
