"""PEF before DAISY's validator, and eBraille before EPUBCheck, which knows all of it but its own metadata."""

import re
import shutil
from pathlib import Path

import pytest

from . import checkers
from .conftest import CORPUS, FROM_RIGHT_TO_LEFT, REAL, ROOT, SOURCES, _command

pytestmark = pytest.mark.conformance

EPISODES = (
    *SOURCES,
    *sorted((ROOT / "tests" / "braille_episodes").glob("*.txt")),
    FROM_RIGHT_TO_LEFT,
    ROOT / "tests" / "cases" / "han-script" / "source.txt",
    *(CORPUS / name for name in REAL),
)

NEWER = re.compile(
    r'Undefined property: "a11y:(brailleCellType|brailleSystem|completeTranscription|producer|tactileGraphics)"'
)
"""What eBraille 1.0 §5.3.3 requires, and EPUBCheck 5.3 does not know yet; DAISY's eBraille checker does."""

SOUND = """<?xml version="1.0" encoding="utf-8"?>
<pef version="2008-1" xmlns="http://www.daisy.org/ns/2008/pef">
<head><meta xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:format>application/x-pef+xml</dc:format>
<dc:identifier>urn:uuid:16f354bc-7d68-5e7a-8e43-a268f89edf5f</dc:identifier><dc:date>2025-03-14</dc:date></meta></head>
<body><volume cols="4" rows="2" rowgap="0" duplex="true"><section><page><row>⠠⠓⠊</row><row></row></page></section>
</volume></body></pef>
"""
FAULTS = {
    "no identifier": ("<dc:identifier>urn:uuid:16f354bc-7d68-5e7a-8e43-a268f89edf5f</dc:identifier>", ""),
    "a row that is too long": ("⠠⠓⠊", "⠠⠓⠊⠠⠓⠊"),
    "a row too many": ("<row></row>", "<row></row><row></row>"),
    "a letter in print": ("⠠⠓⠊", "Hi"),
    "a date in words": ("2025-03-14", "last week"),
    "no size": ('cols="4" ', ""),
}


@pytest.fixture(scope="module")
def folders(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """The editions of all episodes that are beside this checkout, a folder each."""
    made = []
    for number, path in enumerate(path for path in EPISODES if path.is_file()):
        out = tmp_path_factory.mktemp(f"braille-{number}")
        done = _command("convert", str(path), "-o", str(out), "--to", "pef,ebraille")
        assert done.returncode == 0, done.stderr
        made += list(out.glob("[!.]*"))
    return made


def test_daisys_validator_finds_no_fault_in_a_pef(folders: list[Path]) -> None:
    files = [file for folder in folders for file in folder.glob("*.pef")]
    assert len(files) == len(folders)
    assert checkers.pef(files) == {file: [] for file in files}


def test_the_validator_sees_faults_and_lets_a_sound_file_pass(tmp_path: Path) -> None:
    files = {name: tmp_path / f"{number}.pef" for number, name in enumerate(("sound", *FAULTS))}
    for name, file in files.items():
        before, after = FAULTS.get(name, ("", ""))
        assert before in SOUND
        file.write_text(SOUND.replace(before, after) if before else SOUND, encoding="utf-8")
    found = checkers.pef(list(files.values()))
    assert [name for name, file in files.items() if not found[file]] == ["sound"]


def test_epubcheck_complains_of_nothing_but_the_metadata_that_are_newer_than_it(
    folders: list[Path], tmp_path: Path
) -> None:
    books: list[Path] = []
    for folder in folders:
        (file,) = folder.glob("*.ebrl")
        books.append(tmp_path / f"{len(books)}.epub")  # by its own name it would be no EPUB (eBraille 1.0 §4.7)
        shutil.copyfile(file, books[-1])
    found = checkers.epubcheck(books)
    for book in books:
        newer = [finding for finding in found[book] if NEWER.search(finding)]
        assert [finding for finding in found[book] if finding not in newer] == []
        assert len({NEWER.search(finding)[1] for finding in newer}) == 5  # type: ignore[index]  # each is one of them
