"""The pages of evidence are held to what they tell of others, and tell in words what pandoc's editions lack."""

import re
import shutil
from pathlib import Path

import pytest

from . import checkers
from .conftest import SOURCES, _command

pytestmark = pytest.mark.conformance

STATES = ("light", "dark", "narrow")
TEXT = "**Ann:** Good evening.\n\n**Ben:** Good evening to you."


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A clean episode, a damaged one, and what another program makes, with their evidence."""
    import pypandoc  # type: ignore[import-not-found,import-untyped,unused-ignore]  # it has no types

    for tool in ("nu", "page", "epubcheck", "ace", "verapdf", "outloud"):
        checkers.require(tool)
    folder = tmp_path_factory.mktemp("archive")
    source = str(shutil.copy(SOURCES[0], folder / "clean.txt"))
    done = _command("convert", source, "-o", str(folder), "--to", "html,epub,pdf,json")
    assert done.returncode == 0, done.stderr
    shutil.copytree(folder / "clean", folder / "damaged")
    (page,) = (folder / "damaged").glob("*.html")
    lost = re.sub(r'<span id="[^"]*-s2">[^<]*</span>', "", page.read_text("utf-8"), count=1).replace(
        ' lang="en"', "", 1
    )
    page.write_text(lost, encoding="utf-8")
    pypandoc.convert_text(TEXT, "epub", format="markdown", outputfile=str(folder / "talk.epub"))
    pypandoc.convert_text(TEXT, "html", format="markdown", outputfile=str(folder / "talk.html"), extra_args=["-s"])
    done = _command("check", str(folder), "--evidence")
    assert done.returncode == 4, done.stderr
    return folder


def pages(folder: Path) -> list[Path]:
    return sorted(folder.rglob("*evidence.html"))


def test_the_pages_of_evidence_pass_the_checkers_of_pages(archive: Path) -> None:
    assert len(pages(archive)) == 5
    assert {path.name: found for path, found in checkers.nu(pages(archive)).items() if found} == {}
    for path, reports in checkers.page(pages(archive), STATES).items():
        for state, report in reports.items():
            assert (path.name, state, report.violations) == (path.name, state, ())
            assert (path.name, state, report.overflow) == (path.name, state, ())
            assert (path.name, state, report.requests) == (path.name, state, ())


def told(page: Path) -> str:
    return " ".join(re.sub(r"<style>.*?</style>|<[^>]+>", " ", page.read_text("utf-8"), flags=re.DOTALL).split())


def test_a_clean_episode_is_told_by_rules_that_looked_and_by_what_nobody_has_judged(archive: Path) -> None:
    page = told(archive / "clean" / "evidence.html")
    assert "the checkers found 0 errors" in page
    assert re.search(r"1\.4\.3 Contrast \(Minimum\), level AA Machine rules found nothing; .{,80}axe \d", page)
    assert re.search(r"14 Headings \(PDF/UA-1 §7\.4\) Machine rules found nothing; .{,80}veraPDF", page)
    assert "2.3.1 Three Flashes or Below Threshold, level A Not evaluated." in page
    assert "Never run on an edition of this template, by any record: NVDA, JAWS" in page


def test_the_damaged_one_fails_the_criteria_that_it_does_not_keep(archive: Path) -> None:
    page = told(archive / "damaged" / "evidence.html")
    assert "3.1.1 Language of Page, level A Failed." in page
    assert "1 does not say what it says" in page


def test_of_what_pandoc_makes_it_tells_in_words_what_is_missing(archive: Path) -> None:
    book, page = told(archive / "talk.epub.evidence.html"), told(archive / "talk.html.evidence.html")
    assert "What to do: Write the book's title into dc:title." in book
    assert "2.4.2 Page Titled, level A Failed." in book
    assert "3.1.1 Language of Page, level A Failed." in page
    assert "What to do: Give the page one main landmark" in page
