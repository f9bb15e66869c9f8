"""Planted damage: at least ten kinds of it in each edition, and ``curbcut check`` tells each by its name."""

from pathlib import Path

import pytest

from . import braille, pages, prints, spoken, texts, word
from .planting import Damage
from .twins import untold, verdicts

SILENT: dict[str, tuple[Damage, ...]] = {
    "html": pages.PAGE,
    "html-fragment": pages.FRAGMENT,
    "epub": pages.BOOK,
    "txt": texts.TEXT,
    "json": texts.MODEL,
    "ebraille": pages.EBRAILLE,
    "pdf": prints.PRINT,
    "docx": word.WORD,
    "brf": braille.BRF,
    "pef": braille.PEF,
}
TIMED = {
    "vtt": texts.CAPTIONS,
    "srt": texts.SUBRIP,
    "podcast-json": texts.PODCAST,
    "chapters-json": texts.CHAPTERS,
}
SPOKEN: dict[str, tuple[Damage, ...]] = {
    "html": spoken.PAGE_ALOUD,
    "epub": spoken.BOOK_ALOUD,
    "mp3": spoken.MP3,
    "m4b": spoken.M4B,
    "opus": spoken.OPUS,
    "mp3-set": spoken.SET,
    "lpf": spoken.LPF,
    "daisy202": spoken.DAISY202,
    "daisy3": spoken.DAISY3,
}
FEWEST = 10
TABLES = [(table, name) for table, several in enumerate((SILENT, TIMED, SPOKEN)) for name in several]


@pytest.mark.parametrize(("table", "name"), TABLES)
def test_there_are_ten_kinds_of_damage_or_more(table: int, name: str) -> None:
    kinds = [one.name for one in (SILENT, TIMED, SPOKEN)[table][name]]
    assert len(kinds) == len(set(kinds)) >= FEWEST


@pytest.mark.parametrize("name", SILENT)
def test_each_kind_of_damage_is_told_by_its_name(
    name: str, silent: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, *damaged = verdicts(silent, name, SILENT[name], tmp_path, monkeypatch)
    assert [one for one in first.remarks if one.severity == "error"] == [], "the edition as it was made is sound"
    assert untold(SILENT[name], damaged) == []


@pytest.mark.parametrize("name", TIMED)
def test_each_kind_of_damage_to_timed_text_is_told_by_its_name(
    name: str, timed: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, *damaged = verdicts(timed, name, TIMED[name], tmp_path, monkeypatch)
    assert [one for one in first.remarks if one.severity == "error"] == [], "the edition as it was made is sound"
    assert untold(TIMED[name], damaged) == []


@pytest.mark.speech
@pytest.mark.parametrize("name", SPOKEN)
def test_each_kind_of_damage_to_what_is_heard_is_told_by_its_name(
    name: str, narrated: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, *damaged = verdicts(narrated, name, SPOKEN[name], tmp_path, monkeypatch)
    assert [one for one in first.remarks if one.severity == "error"] == [], "the edition as it was made is sound"
    assert untold(SPOKEN[name], damaged) == []
