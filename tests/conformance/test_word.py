"""The Word edition, before the schemas of Office, a checker of its parts, and LibreOffice with veraPDF."""

import shutil
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import NamedTuple

import docx
import pytest
from docx.oxml.ns import qn
from docx.shared import Pt

from . import checkers
from .checkers import Finding
from .conftest import Editions
from .pdf_reading import Document

pytestmark = pytest.mark.conformance

CHANGED = 24.0  # points: what a reader makes of the style Normal


class Printed(NamedTuple):
    """A Word file and what LibreOffice made of it: as it is, and after one style was changed."""

    file: Path
    pdf: Path
    changed: Path


@pytest.fixture(scope="module")
def files(all_editions: Mapping[Path, Editions], real_editions: tuple[Editions, ...]) -> tuple[Path, ...]:
    return tuple(editions.need(".docx") for editions in (*all_editions.values(), *real_editions))


@pytest.fixture(scope="module")
def printed(files: tuple[Path, ...], tmp_path_factory: pytest.TempPathFactory) -> tuple[Printed, ...]:
    """All files, printed in one start of LibreOffice, which takes a second."""
    folder = tmp_path_factory.mktemp("printed")
    plain = [Path(shutil.copy(file, folder / f"{number}.docx")) for number, file in enumerate(files)]
    changed = [_enlarged(file, folder / f"{number}-changed.docx") for number, file in enumerate(files)]
    made = checkers.libreoffice([*plain, *changed], folder)
    for document in (document for document in made if _has_links(document)):
        _name_the_order(made[document])
    return tuple(Printed(f, made[p], made[c]) for f, p, c in zip(files, plain, changed, strict=True))


@pytest.fixture(scope="module")
def found(printed: tuple[Printed, ...]) -> Mapping[Path, list[Finding]]:
    return checkers.verapdf([path for one in printed for path in (one.pdf, one.changed)])


def _has_links(file: Path) -> bool:
    """Tell whether the source, or its show, has links of its own in a file: we add none."""
    with zipfile.ZipFile(file) as package:
        return b"<w:hyperlink" in package.read("word/document.xml")


def _name_the_order(pdf: Path) -> None:
    """Put right what LibreOffice 7.4 does to every page with a link, whatever was written.

    The order in which the links are gone through is ``/Tabs(S)``, a string, where a name is due (PDF 1.7 §7.7.3.3).
    """
    pdf.write_bytes(pdf.read_bytes().replace(b"/Tabs(S)", b"/Tabs/S "))


def _enlarged(file: Path, path: Path) -> Path:
    """Save a file with its one size changed, as a reader would."""
    opened = docx.Document(str(file))
    normal = opened.styles["Normal"]
    normal.font.size = Pt(CHANGED)
    for size in normal.element.iter(qn("w:szCs")):  # that of letters from right to left, which Word's dialog sets, too
        size.set(qn("w:val"), str(round(2 * CHANGED)))
    opened.save(str(path))
    return path


def test_nothing_in_a_file_leads_to_what_is_not_there(files: tuple[Path, ...]) -> None:
    found = {file: checkers.ooxml_integrity(file) for file in files}
    assert {file: said for file, said in found.items() if said} == {}


def test_every_part_is_as_the_schemas_have_it(files: tuple[Path, ...]) -> None:
    found = {file: checkers.openxml_audit(file) for file in files}
    assert {file: said for file, said in found.items() if said} == {}


def test_verapdf_finds_no_broken_rule_in_what_libreoffice_prints(found: Mapping[Path, list[Finding]]) -> None:
    assert {path.name: said for path, said in found.items() if said} == {}


def test_one_style_changes_the_size_of_every_letter(printed: tuple[Printed, ...]) -> None:
    for one in printed:
        with Document(one.changed) as document:
            assert {round(size, 1) for _, size in document.characters()} == {CHANGED}, one.file


# what the checkers see ------------------------------------------------------------------------

Change = Callable[[str], str]


def _twin(file: Path, path: Path, part: str, change: Change) -> Path:
    """Write a file with a fault in one of its parts."""
    with zipfile.ZipFile(file) as package, zipfile.ZipFile(path, "w") as target:
        for name in package.namelist():
            content = package.read(name)
            if name == part:
                before = content.decode()
                content = change(before).encode()
                assert content.decode() != before
            target.writestr(name, content)
    return path


def test_a_link_to_nothing_is_seen(files: tuple[Path, ...], tmp_path: Path) -> None:
    twin = _twin(
        files[0], tmp_path / "twin.docx", "word/document.xml", lambda xml: xml.replace('r:id="header"', 'r:id="no"', 1)
    )
    assert checkers.ooxml_integrity(twin)


def test_what_the_schema_does_not_have_is_seen(files: tuple[Path, ...], tmp_path: Path) -> None:
    twin = _twin(
        files[0], tmp_path / "twin.docx", "word/styles.xml", lambda xml: xml.replace("<w:keepNext/>", "<w:kept/>", 1)
    )
    assert checkers.openxml_audit(twin)


def test_a_heading_that_is_skipped_and_a_size_of_its_own_are_seen(files: tuple[Path, ...], tmp_path: Path) -> None:
    skipped = _twin(
        files[0],
        tmp_path / "skipped.docx",
        "word/document.xml",
        lambda xml: xml.replace('w:val="Heading2"', 'w:val="Heading4"'),
    )
    opened = docx.Document(str(files[0]))
    opened.styles["Normal"].font.size = Pt(CHANGED)
    opened.styles["Heading 2"].font.size = Pt(18)
    small = tmp_path / "small.docx"
    opened.save(str(small))
    made = checkers.libreoffice([skipped, small], tmp_path)
    assert any(said.startswith("7.4.2") for said in checkers.verapdf([made[skipped]])[made[skipped]])
    with Document(made[small]) as document:
        assert {18.0, CHANGED} == {round(size, 1) for _, size in document.characters()}
