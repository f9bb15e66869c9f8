"""The audio edition, before ffmpeg, ffprobe and an ID3 reader that did not write it."""

# mypy: disable-error-code="no-untyped-call"
# (mutagen says that it is typed, and half of it is)

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from mutagen.id3 import CTOC, ID3, CTOCFlags

from . import checkers
from .conftest import Editions
from .subjects import write_recording
from .words import missing

pytestmark = pytest.mark.conformance

TWO_PARTS = ((0, 2000), (2000, 4000))


@pytest.fixture
def recording(editions: Editions) -> Path:
    return editions.need(".mp3")


def test_ffmpeg_decodes_it_without_complaint(recording: Path) -> None:
    assert checkers.decodes(recording) == []


def test_the_chapters_are_in_order_and_within_it(recording: Path) -> None:
    assert _disorder(recording) == []


def test_every_chapter_has_a_title(recording: Path) -> None:
    titles = [str(chapter.sub_frames["TIT2"]) for chapter in ID3(recording).getall("CHAP")]
    assert titles
    assert all(title.strip() for title in titles)


def test_one_table_of_contents_lists_every_chapter_in_order(recording: Path) -> None:
    assert _unlisted(recording) == []


def test_it_says_its_title_language_and_whole_transcript(recording: Path, turns: list[str]) -> None:
    tags = ID3(recording)
    assert str(tags["TIT2"]).strip()
    assert str(tags["TLAN"]) == "eng"
    (transcript,) = tags.getall("USLT")
    assert transcript.lang == "eng"
    assert missing(turns, transcript.text) == []


def test_a_sound_recording_passes(tmp_path: Path) -> None:
    path = write_recording(tmp_path / "sound.mp3", TWO_PARTS)
    assert checkers.decodes(path) == []
    assert _disorder(path) == []
    assert _unlisted(path) == []


def test_damage_is_heard(tmp_path: Path) -> None:
    path = write_recording(tmp_path / "damaged.mp3", TWO_PARTS)
    sound = bytearray(path.read_bytes())
    sound[-6000:-5400] = bytes(600)
    path.write_bytes(bytes(sound))
    assert checkers.decodes(path)


def test_a_chapter_beyond_the_end_is_seen(tmp_path: Path) -> None:
    path = write_recording(tmp_path / "late.mp3", ((0, 2000), (2000, 9000)))
    assert _disorder(path)


def test_chapters_that_overlap_are_seen(tmp_path: Path) -> None:
    path = write_recording(tmp_path / "overlap.mp3", ((0, 3000), (2000, 4000)))
    assert _disorder(path)


def test_a_table_within_a_table_is_followed(tmp_path: Path) -> None:
    path = write_recording(tmp_path / "nested.mp3", TWO_PARTS)
    tags = ID3(path)
    tags.getall("CTOC")[0].child_element_ids[:] = ["part", "c1"]
    tags.add(CTOC(element_id="part", flags=CTOCFlags.ORDERED, child_element_ids=["c0"], sub_frames=[]))
    tags.save(path)
    assert _unlisted(path) == []
    tags.getall("CTOC")[0].child_element_ids[:] = ["c1", "part"]
    tags.save(path)
    assert _unlisted(path)


def test_a_chapter_that_no_contents_list_is_seen(tmp_path: Path) -> None:
    path = write_recording(tmp_path / "unlisted.mp3", TWO_PARTS)
    tags = ID3(path)
    tags.getall("CTOC")[0].child_element_ids.pop()
    tags.save(path)
    assert _unlisted(path)


def _disorder(recording: Path) -> list[str]:
    """What is wrong with the chapters as a player sees them: times in seconds, as printed."""
    found = checkers.ffprobe(recording)
    edges = [(float(it["start_time"]), float(it["end_time"])) for it in found["chapters"]]
    length = float(found["format"]["duration"])
    starts = [begin for begin, _ in edges[1:]] + [length]
    wrong = [
        f"{begin} to {end}, and then {following}"
        for (begin, end), following in zip(edges, starts, strict=True)
        if not begin < end <= following + 0.001
    ]
    return wrong if edges else ["no chapters"]


def _unlisted(recording: Path) -> list[str]:
    """Chapters that the one top-level table of contents leaves out, or holds in another order."""
    tags = ID3(recording)
    tables = {table.element_id: table for table in tags.getall("CTOC")}
    top = [name for name, table in tables.items() if table.flags & CTOCFlags.TOP_LEVEL]
    if len(top) != 1:
        return [f"{len(top)} top-level tables of contents"]
    chapters = sorted(tags.getall("CHAP"), key=lambda chapter: chapter.start_time)
    names = [chapter.element_id for chapter in chapters]
    return [] if list(_listed(tables, top[0])) == names else names


def _listed(tables: dict[str, Any], name: str) -> Iterator[str]:
    """The chapters below a table, those of the tables within it in their place."""
    for child in tables[name].child_element_ids:
        if child in tables:
            yield from _listed({other: tables[other] for other in tables if other != name}, child)
        else:
            yield child
