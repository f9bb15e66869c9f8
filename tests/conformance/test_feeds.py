"""Feeds are read by programs of others: Readium's OPDS client, and feedparser."""

import json
from pathlib import Path
from typing import Any

import pytest

from . import checkers
from .conftest import SOURCES, _command

pytestmark = pytest.mark.conformance

OPEN = "http://opds-spec.org/acquisition/open-access"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What is made of the examples."""
    out = tmp_path_factory.mktemp("feeds")
    done = _command("convert", *map(str, SOURCES), "-o", str(out), "--to", "html,epub,txt")
    assert done.returncode == 0, done.stderr
    return out


@pytest.fixture(scope="module")
def read(site: Path) -> Any:
    """What Readium's client understands of both feeds."""
    return checkers.opds(site / "opds.json", site / "opds.xml")


def test_a_reading_app_finds_the_same_publications_in_both_feeds(site: Path, read: Any) -> None:
    episodes = [folder for folder in site.iterdir() if (folder / "manifest.json").is_file()]
    newer, older = read["opds2"]["publications"], read["opds1"]["publications"]
    assert len(newer) == len(older) == read["opds2"]["count"] == len(episodes) >= 2
    for one, other in zip(newer, older, strict=True):
        assert (one["title"], one["identifier"]) == (other["title"], other["identifier"])
        assert one["images"]
        assert set(one["images"]) == set(other["images"])
        taken = [[link["href"] for link in p["links"] if OPEN in link["rel"]] for p in (one, other)]
        assert taken[0] == taken[1]
        assert {Path(href).suffix for href in taken[0]} == {".html", ".epub", ".txt"}


def test_a_reading_app_can_take_every_edition(site: Path, read: Any) -> None:
    for one in read["opds2"]["publications"]:
        for href in (*(link["href"] for link in one["links"] if "://" not in link["href"]), *one["images"]):
            assert (site / href).is_file(), href


def test_a_reading_app_is_told_how_a_book_can_be_used(read: Any) -> None:
    for one in read["opds2"]["publications"]:
        assert one["accessibility"]["modes"] == ["textual"]
        assert "structuralNavigation" in one["accessibility"]["features"]


def test_feedparser_reads_the_older_feed(site: Path) -> None:
    import feedparser  # type: ignore[import-untyped]  # it has no types

    found = feedparser.parse((site / "opds.xml").read_bytes())
    assert not found.bozo, found.get("bozo_exception")
    assert found.version == "atom10"
    titles = [one["metadata"]["title"] for one in json.loads((site / "opds.json").read_bytes())["publications"]]
    assert [entry.title for entry in found.entries] == titles
    assert all(entry.id.startswith("urn:uuid:") for entry in found.entries)
