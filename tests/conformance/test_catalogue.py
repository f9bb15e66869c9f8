"""The catalogue's pages, and the report, are held to what the pages of episodes are held to."""

from pathlib import Path

import pytest

from . import checkers
from .conftest import SOURCES, _command

pytestmark = pytest.mark.conformance

STATES = ("light", "dark", "forced-colors", "narrow", "zoomed", "no-script")


@pytest.fixture(scope="module")
def catalogue(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What is made of the examples."""
    for tool in ("nu", "page"):
        checkers.require(tool)
    out = tmp_path_factory.mktemp("catalogue")
    done = _command("convert", *map(str, SOURCES), "-o", str(out), "--to", "html,epub,txt")
    assert done.returncode == 0, done.stderr
    return out


def test_nu_finds_nothing_in_any_page(catalogue: Path) -> None:
    pages = [*sorted(catalogue.glob("*.html")), catalogue / ".curbcut" / "report.html"]
    assert len(pages) > 4
    assert {path.name: found for path, found in checkers.nu(pages).items() if found} == {}


def test_each_kind_of_page_can_be_used_in_every_state(catalogue: Path) -> None:
    kinds = ("index", "people", "subjects", "year-*", "person-*", "subject-*")
    pages = [page for kind in kinds for page in sorted(catalogue.glob(f"{kind}.html"))[:1]]
    assert len(pages) >= 4
    pages.append(catalogue / ".curbcut" / "report.html")
    for path, reports in checkers.page(pages, STATES).items():
        for state, report in reports.items():
            assert not report.violations, (path.name, state)
            assert not report.overflow, (path.name, state)
            assert not report.requests, (path.name, state)
