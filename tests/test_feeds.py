"""Feeds for reading apps and podcast apps: what they offer is there, and nothing is claimed that is not so."""

import json
import zipfile
from pathlib import Path
from typing import Any

import pytest
from lxml import etree

from converters.archive.holdings import Archive, holdings
from converters.archive.opds import opds
from converters.archive.opds_atom import opds_atom
from converters.archive.publications import A_PAGE
from converters.settings import Catalogue, Show

from .conftest import SAMPLE, SHOW, Run

OPEN = "http://opds-spec.org/acquisition/open-access"
ADDRESS = "https://mendedhour.example/editions"
CATALOGUE = f'[catalogue]\naddress = "{ADDRESS}"\npodcast = true\nfeed = "https://mendedhour.example/feed.xml"\n'
ITUNES = "{http://www.itunes.com/dtds/podcast-1.0.dtd}"
PODCAST = "{https://podcastindex.org/namespace/1.0}"
HAZARDS = {"noFlashingHazard", "noMotionSimulationHazard", "noSoundHazard", "none", "unknown"}
"""Readium's schema of accessibility metadata."""


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    """Two episodes of a show that asks for a podcast; the title of one is full of signs."""
    folder = tmp_path / "archive"
    folder.mkdir()
    (folder / "show.toml").write_text(f"{SHOW}\n{CATALOGUE}", encoding="utf-8")
    for name, title in (("clock", "Clock"), ("signs", "]]> & <script>alert('x')</script> \"Ж\" Clock")):
        (folder / f"{name}.txt").write_text(SAMPLE.replace("The Clock", f"The {title}", 1), encoding="utf-8")
    (folder / "clock.toml").write_text('date = 2024-03-01\npage = "https://mendedhour.example/clock/"\n'
                                       'recording = "https://media.mendedhour.example/clock.mp3"\n')  # fmt: skip
    (folder / "signs.toml").write_text("date = 2023-02-01\n")
    return folder


def _json(out: Path) -> Any:
    return json.loads((out / "opds.json").read_bytes())


@pytest.mark.speech
def test_the_catalogue_for_reading_apps_has_what_its_schema_asks_for(archive: Path, out: Path, run: Run) -> None:
    assert run("convert", archive, "-o", out, "--to", "html,epub,txt,json,vtt", "--read-aloud").code == 0
    feed = _json(out)
    assert feed["metadata"]["numberOfItems"] == len(feed["publications"]) == 2
    assert [link["href"] for link in feed["links"] if link["rel"] == "self"] == ["opds.json"]
    for one in feed["publications"]:
        rels = [link["rel"] for link in one["links"]]
        assert rels.count("self") == 1
        assert [link["type"] for link in one["links"] if link["rel"] == OPEN] == [
            "text/html", "application/epub+zip", "audio/mpeg", "text/plain",
        ]  # fmt: skip
        assert {image["type"] for image in one["images"]} == {"image/png"}
        paths = [link["href"] for link in (*one["links"], *one["images"]) if "://" not in link["href"]]
        assert all((out / path).is_file() for path in paths)
        assert one["metadata"]["accessibility"]["accessMode"] == ["textual", "auditory"]
        assert set(one["metadata"]["accessibility"]["hazard"]) <= HAZARDS


def test_a_book_has_the_same_identity_in_the_catalogue(archive: Path, out: Path, run: Run) -> None:
    assert run("convert", archive, "-o", out, "--to", "html,epub").code == 0
    listed = {one["metadata"]["title"]: one["metadata"]["identifier"] for one in _json(out)["publications"]}
    for book in out.glob("*/*.epub"):
        (name,) = (name for name in zipfile.ZipFile(book).namelist() if name.endswith(".opf"))
        package = etree.fromstring(zipfile.ZipFile(book).read(name))
        assert listed[package.findtext(".//{*}title") or ""] == package.findtext(".//{*}identifier")


def test_what_a_reading_app_is_told_is_what_the_book_says_of_itself(archive: Path, out: Path, run: Run) -> None:
    assert run("convert", archive, "-o", out, "--to", "epub").code == 0
    (book, *_) = out.glob("clock/*.epub")
    (name,) = (name for name in zipfile.ZipFile(book).namelist() if name.endswith(".opf"))
    package = etree.fromstring(zipfile.ZipFile(book).read(name))
    said = [(str(meta.get("property")), meta.text or "") for meta in package.iterfind(".//{*}meta[@property]")]
    told = next(one for one in _json(out)["publications"] if "clock/" in one["links"][0]["href"])
    for own, listed in (("accessMode", "accessMode"), ("accessibilityFeature", "feature")):
        assert told["metadata"]["accessibility"][listed] == [v for n, v in said if n == f"schema:{own}"]
    older = etree.parse(out / "opds.xml").find(".//{*}entry")
    assert older is not None
    found = [(etree.QName(e).localname, e.text) for e in older.iterfind("{http://schema.org/}*")]
    assert found == [(n.removeprefix("schema:"), v) for n, v in said if n.startswith("schema:access")]


def test_a_long_catalogue_is_in_files_that_lead_to_each_other(archive: Path, out: Path, run: Run) -> None:
    assert run("convert", archive, "-o", out, "--to", "html").code == 0
    one = holdings(out)[0]
    many = Archive(Show(), (one,) * (A_PAGE * 2 + 1))
    newer, older = opds(many), opds_atom(many)
    assert list(newer) == ["opds.json", "opds-2.json", "opds-3.json"]
    links = {link["rel"]: link["href"] for link in json.loads(newer["opds-2.json"])["links"]}
    assert (links["previous"], links["next"], links["last"]) == ("opds.json", "opds-3.json", "opds-3.json")
    assert len(json.loads(newer["opds-3.json"])["publications"]) == 1
    rels = {e.get("rel"): e.get("href") for e in etree.fromstring(older["opds-2.xml"]).iterfind("{*}link")}
    assert (rels["start"], rels["previous"], rels["next"]) == ("opds.xml", "opds.xml", "opds-3.xml")


# the podcast --------------------------------------------------------------------------------


@pytest.mark.speech
def test_the_podcast_says_that_synthetic_voices_read_and_leads_to_the_show_itself(
    archive: Path, out: Path, run: Run
) -> None:
    import feedparser  # type: ignore[import-untyped]  # it has no types

    assert run("convert", archive, "-o", out, "--to", "html,mp3,vtt,chapters-json").code == 0
    found = feedparser.parse((out / "podcast.xml").read_bytes())
    assert not found.bozo, found.get("bozo_exception")
    assert found.feed.title == "The Mended Hour, read by synthetic voices"
    assert found.feed.itunes_block == 1
    assert "https://mendedhour.example/feed.xml" in {link.href for link in found.feed.links}
    clock, signs = found.entries
    assert signs.title.startswith("The ]]> & <script>alert('x')</script> \"Ж\" Clock")
    for entry in (clock, signs):
        assert entry.title.endswith(", read by synthetic voices")
        (enclosure,) = entry.enclosures
        there = out / enclosure.href.removeprefix(f"{ADDRESS}/")
        assert (there.stat().st_size, enclosure.type) == (int(enclosure.length), "audio/mpeg")
        assert int(entry.itunes_duration) > 5
    assert clock.link == "https://mendedhour.example/clock/"
    assert "https://media.mendedhour.example/clock.mp3" in clock.description
    assert clock.published_parsed[:3] == (2024, 3, 1)


@pytest.mark.speech
def test_transcripts_and_chapters_of_the_podcast_fit_what_is_heard(archive: Path, out: Path, run: Run) -> None:
    assert run("convert", archive, "-o", out, "--to", "html,mp3,vtt,chapters-json").code == 0
    item = etree.parse(out / "podcast.xml").find(".//item")
    assert item is not None
    places = [str(e.get("url")).removeprefix(f"{ADDRESS}/") for e in item.iterfind(f"{PODCAST}transcript")]
    assert places == ["clock/clock-narration.vtt", "clock/clock.html"]
    (chapters,) = item.iterfind(f"{PODCAST}chapters")
    assert str(chapters.get("url")).endswith("clock/clock-narration.chapters.json")
    people = [(person.text, person.get("role")) for person in item.iterfind(f"{PODCAST}person")]
    assert ("Tamsin Orrelby", "host") in people
    assert item.findtext(f"{ITUNES}block") == "Yes"


def test_there_is_no_podcast_where_the_show_does_not_ask_for_one(archive: Path, out: Path, run: Run) -> None:
    (archive / "show.toml").write_text(f'{SHOW}\n[catalogue]\naddress = "{ADDRESS}"\n', encoding="utf-8")
    assert run("convert", archive, "-o", out, "--to", "html").code == 0
    assert (out / "opds.json").is_file()
    assert not (out / "podcast.xml").exists()


def test_a_podcast_without_an_address_is_refused_in_plain_words(archive: Path, out: Path, run: Run) -> None:
    (archive / "show.toml").write_text(f"{SHOW}\n[catalogue]\npodcast = true\n", encoding="utf-8")
    said = run("convert", archive, "-o", out, "--to", "html")
    assert said.code != 0
    assert "podcast = true needs address" in said.err
    with pytest.raises(ValueError, match="needs address"):
        Catalogue(podcast=True)
