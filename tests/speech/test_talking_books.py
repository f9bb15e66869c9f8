"""Talking books through the command: two runs, fewer exchanges, a recording, other languages, what goes wrong."""

import re
import zipfile
from pathlib import Path

import pytest

from tests.conformance import daisy3_rules, daisy202_rules
from tests.conftest import Run, files_below
from tests.speech.test_recorded import NEARNESS, captions, clicks_near, converted, recording, samples_of
from tests.writers.talking_books import pars, tree

pytestmark = pytest.mark.speech

__all__ = ["captions"]  # a fixture

BOOKS = "daisy202,daisy3"
RULES = {"daisy202": daisy202_rules.faults, "daisy3": daisy3_rules.faults}
STEREO = {"it is not mono", "its bit rate varies"}
"""What a recording may be; it is kept as it is."""


def _faults(folder: Path) -> list[str]:
    (only,) = (path for path in folder.iterdir() if path.is_dir())
    found = [f for name, faults in RULES.items() for f in faults(only / f"{only.name}-{name}")]
    return [fault for fault in found if fault.rpartition(": ")[2] not in STEREO]


def test_both_books_keep_all_rules_and_every_heading_is_said(run: Run, source: Path, out: Path) -> None:
    assert run("convert", source, "-o", out, "--to", BOOKS).code == 0
    assert _faults(out) == []
    folder = out / "backward-clock" / "backward-clock-daisy202"
    told = dict(pars(folder))
    links = [str(link.get("href")).partition("#")[2] for link in tree(folder / "ncc.html").iter("{*}a")]
    assert len(links) == len(set(links))
    assert [link for link in links if told[link] is None] == []
    assert not (folder / "silence.mp3").exists()
    assert 'ncc:multimediaType" content="audioFullText"' in (folder / "ncc.html").read_text()


def test_two_runs_give_the_same_files(run: Run, source: Path, tmp_path: Path) -> None:
    for name in ("one", "two"):
        assert run("convert", source, "-o", tmp_path / name, "--to", BOOKS).code == 0
    assert files_below(tmp_path / "one") == files_below(tmp_path / "two")


def test_an_episode_with_fewer_exchanges_leaves_no_file_of_the_longer_one(run: Run, source: Path, out: Path) -> None:
    run("convert", source, "-o", out, "--to", BOOKS)
    folder = out / "backward-clock" / "backward-clock-daisy3"
    before = {path.name for path in folder.iterdir()}
    text = source.read_text(encoding="utf-8")
    cut = text[: text.index("TAMSIN ORRELBY: And what do you wind")] + text[text.index("This was Ignace Fellowdale") :]
    source.write_text(cut, encoding="utf-8")
    assert run("convert", source, "-o", out, "--to", BOOKS).code == 0
    after = {path.name for path in folder.iterdir()}
    assert after < before
    with zipfile.ZipFile(out / "backward-clock" / "backward-clock-daisy3.zip") as packed:
        assert set(packed.namelist()) == after
    assert _faults(out) == []


def test_what_only_talking_books_say_is_in_no_other_edition(run: Run, source: Path, tmp_path: Path) -> None:
    others = "epub,mp3,txt"
    for name, formats in (("with", f"{others},{BOOKS}"), ("without", others)):
        assert run("convert", source, "-o", tmp_path / name, "--to", formats).code == 0
    sounds = [tmp_path / name / "backward-clock" / "backward-clock.mp3" for name in ("with", "without")]
    assert sounds[0].read_bytes() == sounds[1].read_bytes()
    overlays = []
    for name in ("with", "without"):
        with zipfile.ZipFile(tmp_path / name / "backward-clock" / "backward-clock.epub") as book:
            overlays.append({n: book.read(n) for n in book.namelist() if n.endswith((".smil", ".mp3"))})
    assert overlays[0] == overlays[1]


def test_a_book_over_the_shows_own_recording_plays_all_of_it(captions: Path, tmp_path: Path) -> None:
    sound = recording(tmp_path)
    made = converted(captions, sound, BOOKS)
    assert _faults(made.parent) == []
    folder = made / "ramp-daisy202"
    centre = (folder / "ncc.html").read_text(encoding="utf-8")
    assert 'ncc:multimediaType" content="textPartAudio"' in centre
    first = tree(folder / "ncc.html").findall(".//{*}h1")[0]
    assert dict(pars(folder))[str(first.get("id"))] == ("silence.mp3", "npt=0.000s", "npt=0.313s")
    heard = [clip for _, clip in pars(folder) if clip and clip[0] != "silence.mp3"]
    assert [clip[1] for clip in heard].count("npt=0.000s") == len({clip[0] for clip in heard})
    within = [clip for clip in heard if clip[1] != "npt=0.000s"]
    assert within
    for file, begin, _ in within:
        moment = round(1000 * float(begin.removeprefix("npt=").removesuffix("s")))
        assert clicks_near(samples_of(folder / file), moment) <= NEARNESS


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("ANNA: Willkommen. Wer hat die Rampe gebaut?\n\nBODO: Wir alle haben sie gebaut.\n", "Auf einen Blick"),
        ("ANA: Bienvenidos. ¿Quién construyó la rampa?\n\nBETO: Todos nosotros, con las manos.\n", "De un vistazo"),
    ],
    ids=["German", "Spanish"],
)  # fmt: skip
def test_books_in_other_languages_say_our_words_in_them(run: Run, tmp_path: Path, text: str, words: str) -> None:
    source, out = tmp_path / "episode.txt", tmp_path / "out"
    source.write_text(text, encoding="utf-8")
    assert run("convert", source, "-o", out, "--to", BOOKS, "--show", "none").code == 0
    assert _faults(out) == []
    assert words in (out / "episode" / "episode-daisy202" / "ncc.html").read_text(encoding="utf-8")


def test_notes_can_be_left_out_in_one_of_the_books(run: Run, tmp_path: Path) -> None:
    source, out = tmp_path / "episode.md", tmp_path / "out"
    source.write_text(
        "# Notes\n\n**Ann Lee:** Welcome.[^1]\n\n**Bo Ruiz:** Hello.\n\n[^1]: Said twice.\n", encoding="utf-8"
    )
    assert run("convert", source, "-o", out, "--to", BOOKS, "--show", "none").code == 0
    assert _faults(out) == []
    folder = out / "episode" / "episode-daisy3"
    smil = next(path for path in folder.glob("*.smil") if "customTest=" in path.read_text())
    assert re.search('<seq id="seq-note[^"]*" class="note" customTest="note">', smil.read_text())
    assert 'bookStruct="NOTE"' in (folder / "book.ncx").read_text()
    contents = folder / "book.ncx"
    contents.write_text(contents.read_text().replace('id="note" defaultState="true"', 'id="note" defaultState="false"'))
    assert daisy3_rules.faults(folder)


def test_without_a_voice_for_the_language_the_others_are_made(run: Run, source: Path, out: Path) -> None:
    said = run("convert", source, "-o", out, "--to", f"{BOOKS},txt", "--language", "tlh")
    assert said.code == 6
    assert "daisy202: No voice on this machine speaks" in said.err
    assert (out / "backward-clock" / "backward-clock.txt").is_file()
    assert not (out / "backward-clock" / "backward-clock-daisy202").exists()
