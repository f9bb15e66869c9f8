"""The numbered MP3 files and the audiobook, before ffmpeg, an ID3 reader, the W3C's schema, Nu and a listener."""

import json
import re
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from mutagen.id3 import ID3

from . import checkers
from .conftest import SHORT, Editions
from .words import WORD

pytestmark = pytest.mark.conformance

OWN_SPEECH = 0.25  # the share of words that recognition may miss
LISTEN = 30  # seconds
TAIL = 0.053  # seconds that ffprobe counts at the end of a file, and no player plays


@pytest.fixture
def package(editions: Editions) -> Path:
    return editions.need(".lpf")


@pytest.fixture
def files(editions: Editions) -> list[Path]:
    """The MP3 files in the order of their playlist."""
    return _files(editions)


def _files(editions: Editions) -> list[Path]:
    slug = editions.need(".mp3").stem
    playlist = editions.need(f"-mp3-set/{slug}.m3u")
    names = [line for line in playlist.read_text(encoding="ascii").splitlines() if not line.startswith("#")]
    return [playlist.parent / name for name in names]


def _manifest(package: Path) -> Any:
    with zipfile.ZipFile(package) as opened:
        return json.loads(opened.read("publication.json"))


def test_the_manifest_meets_the_schema_of_the_w3c(package: Path) -> None:
    with zipfile.ZipFile(package) as opened:
        assert checkers.publication_manifest(opened.read("publication.json")) == []


@pytest.mark.parametrize(
    ("key", "wrong"),
    [
        ("duration", "12 minutes"),
        ("readingOrder", 3),
        ("inLanguage", "?"),
        ("@context", ["https://schema.org", "https://schema.org"]),
    ],
)
def test_a_manifest_with_a_fault_is_seen(key: str, wrong: object) -> None:
    sound = {
        "@context": ["https://schema.org", "https://www.w3.org/ns/pub-context"],
        "conformsTo": "https://www.w3.org/TR/audiobooks/",
        "name": "A talk",
        "readingOrder": [{"type": "LinkedResource", "url": "one.mp3", "duration": "PT1.5S"}],
    }
    assert checkers.publication_manifest(json.dumps(sound).encode()) == []
    assert checkers.publication_manifest(json.dumps({**sound, key: wrong}).encode())


def test_the_manifest_meets_the_profile_of_audiobooks(package: Path) -> None:
    """What the profile asks beyond the general manifest (Audiobooks §3 and §4)."""
    told = _manifest(package)
    assert told["conformsTo"] == "https://www.w3.org/TR/audiobooks/"
    assert told["type"] == "Audiobook"
    wanted = {"name", "readBy", "id", "inLanguage", "dateModified", "duration", "abridged", "readingOrder"}
    assert wanted | {"accessMode", "accessModeSufficient", "accessibilityFeature", "accessibilitySummary"} <= set(told)
    assert all(part["encodingFormat"] == "audio/mpeg" and part["duration"] for part in told["readingOrder"])
    assert {"cover", "contents"} <= {one["rel"] for one in told["resources"]}
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", told["dateModified"])


def test_the_package_unpacks_and_each_part_is_as_long_as_the_manifest_says(package: Path, tmp_path: Path) -> None:
    with zipfile.ZipFile(package) as opened:
        assert opened.testzip() is None
        opened.extractall(tmp_path)
    for part in _manifest(package)["readingOrder"]:
        length = float(checkers.ffprobe(tmp_path / part["url"])["format"]["duration"])
        assert length - TAIL == pytest.approx(float(part["duration"][2:-1]), abs=0.002)


def test_the_page_in_it_is_sound_html(all_editions: Mapping[Path, Editions], tmp_path: Path) -> None:
    pages = []
    for number, made in enumerate(all_editions.values()):
        with zipfile.ZipFile(made.need(".lpf")) as opened:
            pages.append(Path(opened.extract("index.html", tmp_path / str(number))))
    assert checkers.nu(pages) == {page: [] for page in pages}


def test_every_file_decodes_and_together_they_are_the_one_file(files: list[Path], editions: Editions) -> None:
    assert [found for path in files for found in checkers.decodes(path)] == []
    lengths = [float(checkers.ffprobe(path)["format"]["duration"]) - TAIL for path in files]
    whole = float(checkers.ffprobe(editions.need(".mp3"))["format"]["duration"]) - TAIL
    assert sum(lengths) == pytest.approx(whole, abs=0.001 * len(files))


@pytest.mark.slow
def test_a_listener_hears_in_a_file_the_words_in_its_tag(all_editions: Mapping[Path, Editions]) -> None:
    exchange = next(path for path in _files(all_editions[SHORT]) if "exchange-2-" in path.name)
    (told,) = ID3(exchange).getall("USLT")  # type: ignore[no-untyped-call]  # mutagen has no types
    wanted = [word.lower() for word in WORD.findall(re.sub(r"(?m)^[^:\n]{3,40}: ", "", str(told.text)))][:40]
    heard = [word for _, said in checkers.heard_words(exchange, LISTEN) for word in WORD.findall(said.lower())]
    assert len(wanted) > 5
    missed = [word for word in wanted if word not in heard]
    assert len(missed) <= OWN_SPEECH * len(wanted), (wanted, heard)
