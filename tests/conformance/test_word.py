"""The Word edition, before the schemas of Office, a checker of its parts, and LibreOffice with veraPDF."""

import shutil
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import NamedTuple

import docx
import pytest
from docx.shared import Pt

from . import checkers
from .checkers import Finding
from .conftest import Editions
from .pdf_reading import Document

pytestmark = pytest.mark.conformance

CHANGED = 24.0  # points: what a reader makes of the style Normal

RIGHT_TO_LEFT = "source"
"""The name of the one that is read from right to left. LibreOffice 7.4 tags its links in part only (§7.18.5)."""


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
    """All files but the one from right to left, printed in one start of LibreOffice, which takes a second."""
    folder = tmp_path_factory.mktemp("printed")
    own = [file for file in files if file.stem != RIGHT_TO_LEFT]
    plain = [Path(shutil.copy(file, folder / f"{number}.docx")) for number, file in enumerate(own)]
    changed = [_enlarged(file, folder / f"{number}-changed.docx") for number, file in enumerate(own)]
    made = checkers.libreoffice([*plain, *changed], folder)
    return tuple(Printed(f, made[p], made[c]) for f, p, c in zip(own, plain, changed, strict=True))


@pytest.fixture(scope="module")
def found(printed: tuple[Printed, ...]) -> Mapping[Path, list[Finding]]:
    return checkers.verapdf([path for one in printed for path in (one.pdf, one.changed)])


def _enlarged(file: Path, path: Path) -> Path:
    """Save a file with its one size changed, as a reader would."""
    opened = docx.Document(str(file))
    opened.styles["Normal"].font.size = Pt(CHANGED)
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
