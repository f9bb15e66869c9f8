"""PEF: the pages of the braille file, cell for cell, and what an embosser has to know of them."""

import itertools
from pathlib import Path

import msgspec
import pytest
from lxml import etree
from lxml.etree import _Element

from converters.braille import in_ascii
from converters.checks import parity
from converters.document import Document
from converters.errors import ProofError
from converters.liblouis import installed_version
from converters.settings import Braille, Options
from converters.writers.brf import write_brf
from converters.writers.pef import write_pef
from tests.conftest import ROOT, Context, ReadText, Run

pytestmark = pytest.mark.skipif(installed_version() is None, reason="liblouis is not on this machine")

TALK = "The Well\n\n" + "\n\n".join(
    f"{name}: {words}"
    for name, words in [
        ("MIRA OSTLER", "How deep is it?"),
        ("FENNEL GRAY", "Nobody has been down to see. " * 30),
        ("MIRA OSTLER", "Then who drinks from it?"),
        ("FENNEL GRAY", "Everybody, and nobody has complained. " * 20),
    ]
)


@pytest.fixture(scope="module")
def talk(read_text: ReadText) -> Document:
    document, _ = read_text(TALK)
    return document


def _content(document: Document, context: Context, asked: Braille) -> bytes:
    """Return a PEF that was proved."""
    given = msgspec.structs.replace(context(document, ("pef", "txt")), options=Options(braille=asked))
    (artifact,) = write_pef(document, given)
    assert isinstance(artifact.content, bytes)
    parity.prove("pef", artifact.content, document, None, (), asked)
    return artifact.content


def _pages(root: _Element) -> list[list[str]]:
    return [[row.text or "" for row in page.iter("{*}row")] for page in root.iter("{*}page")]


@pytest.mark.parametrize(("cells", "lines", "grade"), list(itertools.product((20, 40), (12, 25), (1, 2))))
def test_pages_have_the_size_that_was_asked_for_and_say_so(
    talk: Document, context: Context, cells: int, lines: int, grade: int
) -> None:
    root = etree.fromstring(_content(talk, context, Braille(grade, cells, lines)))  # type: ignore[arg-type]
    (volume,) = root.iter("{*}volume")
    said = {name: volume.get(name) for name in ("cols", "rows", "rowgap", "duplex")}
    assert said == {"cols": str(cells), "rows": str(lines), "rowgap": "0", "duplex": "true"}
    pages = _pages(root)
    assert max(len(page) for page in pages) <= lines
    assert max(len(row) for page in pages for row in page) <= cells
    assert all("\u2800" <= cell <= "\u283f" for page in pages for row in page for cell in row)


def test_the_rows_are_the_lines_of_the_braille_file_but_for_the_names_of_the_editions(
    talk: Document, context: Context
) -> None:
    options = Options(braille=Braille())
    alone = msgspec.structs.replace(context(talk, ("txt",)), options=options)
    (artifact,) = write_brf(talk, alone)
    assert isinstance(artifact.content, bytes)
    braille = [page.split("\r\n")[:-1] for page in artifact.content.decode("ascii").split("\f")[:-1]]
    (pef,) = write_pef(talk, alone)
    assert isinstance(pef.content, bytes)
    rows = [[in_ascii(row) for row in page] for page in _pages(etree.fromstring(pef.content))]
    assert rows == braille


def test_each_edition_names_the_other_and_not_itself(talk: Document, context: Context) -> None:
    both = context(talk, ("brf", "pef"))
    (pef,) = write_pef(talk, both)
    assert isinstance(pef.content, bytes)
    text = "".join(in_ascii(row) for page in _pages(etree.fromstring(pef.content)) for row in page)
    assert "EPISODE4BRF" in text
    assert "EPISODE4PEF" not in text


def test_what_stands_in_front_and_the_text_begin_on_sheets_of_their_own(talk: Document, context: Context) -> None:
    root = etree.fromstring(_content(talk, context, Braille()))
    front, text = root.iter("{*}section")
    numbers = [[in_ascii(rows[-1]).split()[-1] for rows in _pages(section)] for section in (front, text)]
    assert all(number.startswith("T#") for number in numbers[0])
    assert numbers[1][0] == "#A"


def test_catalogues_are_told_title_language_and_that_no_person_has_read_it(run: Run, out: Path) -> None:
    source = ROOT / "examples" / "the-night-shift-at-the-bell-foundry.md"
    assert run("convert", source, "-o", out, "--to", "pef").code == 0
    root = etree.parse(str(out / source.stem / f"{source.stem}.pef")).getroot()
    (meta,) = root.iter("{http://www.daisy.org/ns/2008/pef}meta")
    said = [(str(one.tag).rpartition("}")[2], one.text or "") for one in meta]
    assert ("format", "application/x-pef+xml") in said
    assert ("language", "en") in said
    assert dict(said)["description"].startswith("Machine-translated, not proofread")
    assert dict(said)["title"].startswith("The Night Shift")
    assert dict(said)["identifier"].startswith("urn:uuid:")
    assert [name for name, _ in said].count("creator") == 1


def test_a_long_episode_is_one_file_of_several_volumes(run: Run, tmp_path: Path) -> None:
    source = tmp_path / "long.txt"
    turns = (f"ANN LEE: Question {n}?\n\nBO RUIZ: {'The answer is a long one and goes on. ' * 12}" for n in range(99))
    source.write_text("Long\n\n" + "\n\n".join(turns) + "\n", encoding="utf-8")
    made = run(
        "convert", source, "-o", tmp_path / "out", "--to", "pef", "--braille-pages-per-volume", "20",
        "--speakers", "ANN LEE,BO RUIZ",
    )  # fmt: skip
    assert made.code == 0, made.err
    (file,) = (Path(line) for line in made.out.split())
    volumes = list(etree.parse(str(file)).getroot().iter("{*}volume"))
    assert len(volumes) > 2
    assert all(",VOLUME" in in_ascii("".join(_pages(volume)[0])) for volume in volumes)


def test_the_same_input_gives_the_same_bytes(talk: Document, context: Context) -> None:
    assert _content(talk, context, Braille()) == _content(talk, context, Braille())


def test_what_was_damaged_is_found(talk: Document, context: Context) -> None:
    content = _content(talk, context, Braille()).decode()
    rows = [row for page in _pages(etree.fromstring(content.encode()))[3:] for row in page]
    spoken = next(row for row in rows if in_ascii(row).startswith(",F5NEL ,GRAY3"))
    damages = (
        (spoken, spoken[:-5] + "⠿⠿" + spoken[-3:]),
        (f"<row>{spoken}</row>", ""),
        (spoken, spoken + "⠿" * 40),
        (spoken, spoken[:-1] + "x"),
        (spoken, spoken[:-1] + "⣿"),
        ('cols="40"', 'cols="41"'),
        (f"<row>{spoken}</row>", f"<row>{spoken}</row>" * 2),
    )
    for before, after in damages:
        assert before in content
        with pytest.raises(ProofError):
            parity.prove("pef", content.replace(before, after, 1).encode(), talk, None)


def test_without_the_library_the_other_editions_are_made(
    run: Run, source: Path, out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from converters.liblouis import liblouis

    monkeypatch.setenv("CURBCUT_LIBLOUIS", "/nowhere/liblouis.so")
    liblouis.cache_clear()
    try:
        made = run("convert", source, "-o", out, "--to", "txt,pef,ebraille")
    finally:
        monkeypatch.undo()
        liblouis.cache_clear()
    assert made.code == 6
    assert [Path(line).suffix for line in made.out.split()] == [".txt"]
    assert made.err.count("liblouis is not on this machine") == 2
