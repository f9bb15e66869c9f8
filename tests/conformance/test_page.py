"""The web page, before the Nu Html Checker, three accessibility engines and a real browser."""

import io
from collections.abc import Mapping
from pathlib import Path

import pypdfium2  # type: ignore[import-untyped]  # it has no types
import pytest

from . import checkers
from .checkers import Finding, PageReports
from .conftest import STATES, Editions
from .subjects import FAULTY_PAGE, SOUND_PAGE, write_page
from .words import missing, words

pytestmark = pytest.mark.conformance

LOOKS = ("light", "dark", "forced-colors", "narrow", "zoomed")

# What no engine can decide by itself, and how it is decided here.
FOR_A_PERSON = {
    "style_color_misuse": "names and colons are text: nothing is told by colour alone",
    "style_highcontrast_visible": "the state forced-colors is looked at by all three engines",
    "text_sensory_misuse": "left, right, large and round are the speakers' own words",
    "blockquote_cite_exists": "who said it stands in words below each quotation",
    "media_audio_transcribed": "this page is the transcript",
    "download_keyboard_controllable": "the other editions are plain links to files",
    "style_focus_visible": "the ring of a focused button is measured in test_listening",
    "element_tabbable_unobscured": "links in a closed part of the contents are no tab stops",
}


def test_nu_finds_neither_error_nor_warning(editions: Editions, nu_findings: Mapping[Path, list[Finding]]) -> None:
    assert nu_findings[editions.need(".html")] == []


@pytest.mark.parametrize("state", LOOKS)
def test_no_engine_finds_a_violation(page_report: PageReports, state: str) -> None:
    assert list(map(str, page_report[state].violations)) == []


@pytest.mark.parametrize("state", LOOKS)
def test_no_engine_leaves_a_doubt(page_report: PageReports, state: str) -> None:
    doubts = [str(it) for it in page_report[state].undecided if it.rule not in FOR_A_PERSON]
    assert doubts == []


@pytest.mark.parametrize("state", ["narrow", "zoomed"])
def test_nothing_needs_sideways_scrolling(page_report: PageReports, state: str) -> None:
    assert page_report[state].overflow == ()


def test_the_page_asks_nothing_of_the_network(page_report: PageReports) -> None:
    assert [page_report[state].requests for state in STATES] == [()] * len(STATES)


def test_every_word_is_there_without_scripts(page_report: PageReports) -> None:
    assert words(page_report["no-script"].text) == words(page_report["light"].text)


def test_every_turn_can_be_read(page_report: PageReports, turns: list[str]) -> None:
    assert missing(turns, page_report["light"].text) == []


def test_every_turn_is_printed(page_report: PageReports, turns: list[str]) -> None:
    assert missing(turns, _text_of(page_report["print"].pdf)) == []


@pytest.fixture(scope="module")
def trials(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, PageReports]:
    """The reports of a sound and of a faulty page."""
    folder = tmp_path_factory.mktemp("pages")
    pages = [
        write_page(folder / "sound.html", SOUND_PAGE),
        write_page(folder / "faulty.html", FAULTY_PAGE),
    ]
    return {path.stem: reports for path, reports in checkers.page(pages, STATES).items()}


@pytest.mark.parametrize("state", LOOKS)
def test_a_sound_page_passes_the_engines(trials: Mapping[str, PageReports], state: str) -> None:
    report = trials["sound"][state]
    assert list(map(str, report.violations)) == []
    assert {remark.rule for remark in report.undecided} <= set(FOR_A_PERSON)


@pytest.mark.parametrize("state", LOOKS)
@pytest.mark.parametrize(
    ("engine", "rule"),
    [
        ("axe", "image-alt"),
        ("htmlcs", "WCAG2AA.Principle3.Guideline3_1.3_1_1.H57.2"),
        ("ibm", "html_lang_exists"),
    ],
)
def test_each_engine_sees_faults_in_every_state(
    trials: Mapping[str, PageReports], engine: str, rule: str, state: str
) -> None:
    assert (engine, rule) in {(it.engine, it.rule) for it in trials["faulty"][state].violations}


def test_text_that_is_too_dark_only_at_night_is_seen(trials: Mapping[str, PageReports]) -> None:
    by_day, by_night = (_pale(trials["faulty"][state]) for state in ("light", "dark"))
    assert by_night - by_day


@pytest.mark.parametrize("state", ["narrow", "zoomed"])
def test_a_page_that_scrolls_sideways_is_seen(trials: Mapping[str, PageReports], state: str) -> None:
    assert trials["faulty"][state].overflow
    assert not trials["sound"][state].overflow


def test_words_that_only_a_script_brings_are_seen(trials: Mapping[str, PageReports]) -> None:
    faulty = trials["faulty"]
    assert missing(["Late"], faulty["no-script"].text) == ["Late"]
    assert missing(["Late"], faulty["light"].text) == []


def test_a_request_to_the_network_is_seen(trials: Mapping[str, PageReports]) -> None:
    assert trials["faulty"]["light"].requests


def test_what_is_not_printed_is_seen(trials: Mapping[str, PageReports]) -> None:
    printed = _text_of(trials["sound"]["print"].pdf)
    assert missing(["Good evening to you", "Good night"], printed) == ["Good night"]


def test_nu_sees_an_id_that_is_there_twice(tmp_path: Path) -> None:
    sound = write_page(tmp_path / "sound.html", SOUND_PAGE)
    faulty = write_page(tmp_path / "faulty.html", FAULTY_PAGE)
    found = checkers.nu([sound, faulty])
    assert found[sound] == []
    assert any("Duplicate ID" in said for said in found[faulty])


def _pale(report: checkers.PageReport) -> set[str]:
    return {remark.where for remark in report.violations if remark.rule == "color-contrast"}


def _text_of(pdf: bytes) -> str:
    document = pypdfium2.PdfDocument(io.BytesIO(pdf))
    return "\n".join(page.get_textpage().get_text_bounded() for page in document)
