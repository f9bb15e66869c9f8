"""Episodes in other languages and scripts, before the checkers of the three editions that are read."""

import subprocess
import sys
from pathlib import Path

import pytest

from . import checkers

pytestmark = pytest.mark.conformance

STATES = ("light", "narrow", "settings-narrow")
CASES = Path(__file__).parents[1] / "cases"


@pytest.fixture(params=["right-to-left", "hostile-names", "nobody-is-named", "two-people-no-host"])
def folder(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """The editions of a case; our own words in it stand in another language, or people in no exchange."""
    command = [sys.executable, "-m", "converters", "convert", CASES / request.param / "source.txt"]
    subprocess.run([*command, "-o", tmp_path, "--to", "html,epub,pdf"], check=True, capture_output=True)
    return tmp_path / "source"


def test_page_book_and_large_print_are_sound(folder: Path) -> None:
    page, book, pdf = (folder / f"source{ending}" for ending in (".html", ".epub", "-large-print.pdf"))
    assert checkers.nu([page])[page] == []
    assert checkers.epubcheck([book])[book] == []
    assert checkers.verapdf([pdf])[pdf] == []
    assert checkers.ace(book, folder / "ace") == []
    reports = checkers.page([page], STATES)[page]
    assert [str(remark) for report in reports.values() for remark in report.violations] == []
    assert [report.overflow for report in reports.values() if report.overflow] == []
