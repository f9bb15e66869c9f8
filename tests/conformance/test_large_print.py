"""The large-print PDF, before veraPDF, poppler and a reading of every character's size."""

import re
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

from converters.checks.large_print import differences, measure
from converters.document import LanguageTag
from converters.phrases import phrases_for
from converters.settings import LargePrint, Standard
from converters.writers.print_dials import settle
from converters.writers.print_pages import standard_line

from . import checkers
from .checkers import Finding
from .conftest import SHORT, Editions, converting
from .pdf_reading import Document
from .subjects import STYLE, write_document
from .words import missing, words

pytestmark = pytest.mark.conformance

Setting = tuple[Standard, str, str, str]
"""Standard, size, paper and theme."""

LARGE = 18.0  # points: the least that large print may be, page numbers and notes included

SOUND = """<!DOCTYPE html>
<html lang="en"><head><title>A talk</title><style>
@page {{ @bottom-center {{ content: counter(page); font-size: {footer} }} }}
body {{ font: 18pt sans-serif }} h2 {{ break-before: page }}
a::after {{ content: " " {number} }}
</style></head><body>
<h1>A talk</h1>
<p><a href="#one">The one and only part</a></p>
<h2 id="one">The one and only part</h2>
<p>Ann: Good evening.</p>
</body></html>
"""


def test_verapdf_finds_no_broken_rule(editions: Editions, verapdf_findings: Mapping[Path, list[Finding]]) -> None:
    assert verapdf_findings[editions.need("-large-print.pdf")] == []


def test_every_font_is_embedded_and_readable(editions: Editions) -> None:
    fonts = checkers.fonts(editions.need("-large-print.pdf"))
    assert fonts
    assert all(fonts.values()), fonts


def test_no_character_is_smaller_than_large_print(editions: Editions) -> None:
    with Document(editions.need("-large-print.pdf")) as document:
        assert _small(document) == {}


def test_the_bookmarks_lead_to_pages_in_order(editions: Editions) -> None:
    with Document(editions.need("-large-print.pdf")) as document:
        bookmarks = list(document.bookmarks())
    pages = [page for _, page in bookmarks]
    assert bookmarks
    assert all(title.strip() for title, _ in bookmarks)
    assert pages == sorted(pages)


def test_the_contents_name_the_right_pages(editions: Editions) -> None:
    with Document(editions.need("-large-print.pdf")) as document:
        entries = {page for _, page in document.contents()}
        bookmarks = {page for _, page in document.bookmarks()}
        assert entries
        assert {page for page in bookmarks if page >= min(entries)} <= entries
        assert _wrong(document) == []


def test_every_turn_is_in_the_document(editions: Editions, turns: list[str]) -> None:
    with Document(editions.need("-large-print.pdf")) as document:
        assert missing(turns, document.body_text()) == []


def test_verapdf_tells_a_tagged_document_from_a_bare_one(tmp_path: Path) -> None:
    sound = write_document(tmp_path / "sound.pdf", _page())
    bare = write_document(tmp_path / "bare.pdf", _page(), variant=None)
    found = checkers.verapdf([sound, bare])
    assert found[sound] == []
    assert found[bare]


def test_verapdf_sees_a_skipped_heading(tmp_path: Path) -> None:
    page = "<html lang=en><title>A</title><h1>A talk</h1><h3>Too deep</h3><p>Words.</p>"
    document = write_document(tmp_path / "skipped.pdf", page)
    assert any(said.startswith("7.4.2") for said in checkers.verapdf([document])[document])


def test_a_font_that_is_not_embedded_is_seen(tmp_path: Path) -> None:
    assert checkers.fonts(_unembedded(tmp_path / "unembedded.pdf")) == {"Helvetica": False}


def test_small_page_numbers_are_seen(tmp_path: Path) -> None:
    path = write_document(tmp_path / "small.pdf", _page(footer="12pt"))
    with Document(path) as document:
        assert _small(document) == {12.0: "12"}
    with Document(write_document(tmp_path / "large.pdf", _page())) as document:
        assert _small(document) == {}


def test_a_wrong_number_in_the_contents_is_seen(tmp_path: Path) -> None:
    right = write_document(tmp_path / "right.pdf", _page())
    wrong = write_document(tmp_path / "wrong.pdf", _page(number='"7"'))
    with Document(right) as document:
        assert list(document.contents()) == [("The one and only part 2", 1)]
        assert _wrong(document) == []
    with Document(wrong) as document:
        assert _wrong(document) == [("The one and only part 7", 1)]


def test_missing_bookmarks_are_seen(tmp_path: Path) -> None:
    path = write_document(tmp_path / "flat.pdf", f"<style>{STYLE}</style><p>No heading.</p>")
    with Document(path) as document:
        assert list(document.bookmarks()) == []


def _page(footer: str = "18pt", number: str = "target-counter(attr(href), page)") -> str:
    return SOUND.format(footer=footer, number=number)


def _small(document: Document) -> dict[float, str]:
    """The characters below large print, by their size."""
    found: dict[float, str] = {}
    for character, size in document.characters():
        if size < LARGE:
            found[size] = found.get(size, "") + character
    return found


def _wrong(document: Document) -> list[tuple[str, int]]:
    """The entries of the contents whose number is not that of the page they lead to."""
    labels = document.labels()
    pattern = r"(?<!\d){}\s*$"
    return [
        (entry, page)
        for entry, page in document.contents()
        if not re.search(pattern.format(re.escape(labels[page])), entry)
    ]


def _unembedded(path: Path) -> Path:
    """A PDF by hand that names a font and leaves it to the reader's machine to have it."""
    drawing = b"BT /F 18 Tf 50 50 Td (Good evening) Tj ET"
    parts = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 /MediaBox [0 0 300 100] >>",
        b"<< /Type /Page /Parent 2 0 R /Contents 4 0 R /Resources << /Font << /F 5 0 R >> >> >>",
        b"<< /Length %d >> stream\n%s\nendstream" % (len(drawing), drawing),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    body, places = b"%PDF-1.7\n", []
    for number, part in enumerate(parts, start=1):
        places.append(len(body))
        body += b"%d 0 obj %s endobj\n" % (number, part)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    body += b"xref\n0 6\n0000000000 65535 f \n%strailer << /Size 6 /Root 1 0 R >>\n" % table
    path.write_bytes(body + b"startxref\n%d\n%%%%EOF" % body.index(b"xref\n0 6"))
    return path


# by each standard, in each size, on each paper ----------------------------------------------------

STANDARDS: tuple[Standard, ...] = ("house", "acb", "aph", "ukaaf", "clear")
THEMES = ("black-on-cream", "white-on-black", "yellow-on-black")
SETTINGS = (
    *(
        (s, size, paper, "black-on-white")
        for s in STANDARDS
        for size in ("18", "24", "36")
        for paper in ("letter", "a4")
    ),
    *(("house", "18", "a4", theme) for theme in THEMES),
)


@pytest.fixture(scope="session")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Mapping[Setting, Path]:
    """A short episode in every setting, made once for all workers."""
    with converting(tmp_path_factory) as folder:
        made = {setting: _set(folder / "large-print" / "-".join(setting), setting) for setting in SETTINGS}
    return {setting: folder / SHORT.stem / f"{SHORT.stem}-large-print.pdf" for setting, folder in made.items()}


def _set(folder: Path, setting: Setting) -> Path:
    standard, size, paper, theme = setting
    options = ["--large-print", standard, "--font-size", size, "--paper", paper, "--theme", theme]
    if not folder.is_dir():
        command = [sys.executable, "-m", "converters", "convert", str(SHORT), "--to", "pdf", "-o", str(folder)]
        subprocess.run([*command, *options], check=True, capture_output=True)
    return folder


def test_verapdf_finds_no_broken_rule_in_any_setting(settings: Mapping[Setting, Path]) -> None:
    found = checkers.verapdf(list(settings.values()))
    assert {path: said for path, said in found.items() if said} == {}


def test_a_second_judge_finds_no_broken_rule_either(settings: Mapping[Setting, Path]) -> None:
    found = {path: checkers.page_validation(path) for path in settings.values()}
    assert {path: said for path, said in found.items() if said} == {}


@pytest.mark.parametrize("standard", STANDARDS)
def test_outloud_finds_nothing_to_mend(settings: Mapping[Setting, Path], standard: Standard) -> None:
    assert checkers.outloud(settings[standard, "18", "a4", "black-on-white"]) == []


def test_each_title_page_says_what_was_measured(settings: Mapping[Setting, Path]) -> None:
    phrases = phrases_for(LanguageTag("en"))
    for (standard, size, _, _), path in settings.items():
        rules = tuple(dict.fromkeys(d.rule for d in differences(measure(path.read_bytes()), standard)))
        line = standard_line(settle(LargePrint(standard, int(size)), ""), phrases, rules)
        with Document(path) as document:
            assert words(line) in words(document.body_text()), path


def test_outloud_tells_a_running_head_that_is_tagged(tmp_path: Path) -> None:
    page = SOUND.format(footer="18pt", number='""').replace("</body>", "<h2>More</h2><h2>Still more</h2></body>")
    said = checkers.outloud(write_document(tmp_path / "tagged.pdf", page))
    assert any("PAG-001" in one for one in said)
