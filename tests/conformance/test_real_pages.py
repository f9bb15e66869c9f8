"""Pages of real episodes, and of one that is read from right to left, in the states that readers put them into."""

from collections.abc import Mapping
from pathlib import Path

import pytest

from . import checkers
from .checkers import PageReports
from .conftest import CORPUS, REAL, Editions
from .test_finding import FOR_A_PERSON_FINDING
from .test_settings import SEEN_HERE

pytestmark = pytest.mark.conformance

STATES = (
    "light",
    "dark",
    "forced-colors",
    "narrow",
    "settings-yellow",
    "settings-contrast",
    "settings-narrow",
    "searching",
    "one-person",
)


FOR_A_PERSON_HERE = {
    **SEEN_HERE,
    **FOR_A_PERSON_FINDING,
    "text_quoted_correctly": "quotation marks inside of speech are printed words",
}


@pytest.fixture(scope="module")
def pages(real_editions: tuple[Editions, ...]) -> tuple[Path, ...]:
    return tuple(editions.need(".html") for editions in real_editions)


@pytest.fixture(scope="module")
def reports(pages: tuple[Path, ...]) -> Mapping[Path, PageReports]:
    return checkers.page(pages, STATES)


def test_nu_finds_neither_error_nor_warning(pages: tuple[Path, ...]) -> None:
    assert checkers.nu(pages) == {page: [] for page in pages}


@pytest.mark.parametrize("state", STATES)
def test_no_engine_finds_a_violation(reports: Mapping[Path, PageReports], state: str) -> None:
    for page, report in reports.items():
        assert [str(it) for it in report[state].violations] == [], page.name
        assert [str(it) for it in report[state].undecided if it.rule not in FOR_A_PERSON_HERE] == [], page.name


def test_nothing_needs_sideways_scrolling_or_the_network(reports: Mapping[Path, PageReports]) -> None:
    for page, report in reports.items():
        assert {state: report[state].overflow for state in ("narrow", "settings-narrow")} == {
            "narrow": (),
            "settings-narrow": (),
        }, page.name
        assert {report[state].requests for state in STATES} == {()}, page.name


def test_the_real_episodes_are_among_them(pages: tuple[Path, ...]) -> None:
    if not CORPUS.is_dir():
        pytest.skip("the real transcripts are not beside this checkout")
    assert len(pages) == 1 + len(REAL)
