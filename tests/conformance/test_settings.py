"""The toolbar and the reading settings in a real browser: in each theme, by keyboard, and where nothing may be kept."""

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from . import checkers
from .checkers import PageReports
from .conftest import Editions
from .contrast import contrast
from .test_page import FOR_A_PERSON

pytestmark = pytest.mark.conformance

STATES = (
    "settings",
    "settings-light",
    "settings-dark",
    "settings-cream",
    "settings-yellow",
    "settings-contrast",
    "settings-forced-colors",
    "settings-largest",
    "settings-narrow",
    "settings-zoomed",
)
RUNS = ("keys", "early", "untouched", "refused", "colours", "lines", "sizes", "band", "place", "spaced", "growing")
MOST_IN_A_LINE = 75
THEMES = 6
DEVICES = 4
"""Light and dark, each with and without the wish for more contrast."""

SEEN_HERE = {
    **FOR_A_PERSON,
    "media_keyboard_controllable": "the keyboard-only run of test_listening",
}


@pytest.fixture(scope="session")
def told(short: Editions) -> Mapping[str, Any]:
    """What became of all that readers do with the settings."""
    return checkers.reading_settings(short.need(".html"), RUNS)


@pytest.fixture(scope="session")
def seed_told(seed: Path) -> Mapping[str, Any]:
    return checkers.reading_settings(seed, ["colours", "lines", "sizes"])


@pytest.fixture(scope="session")
def reports(short: Editions) -> PageReports:
    page = short.need(".html")
    return checkers.page([page], STATES)[page]


@pytest.fixture(scope="session")
def seed_reports(seed: Path) -> PageReports:
    return checkers.page([seed], STATES)[seed]


# in each state ----------------------------------------------------------------------------------


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("of", ["reports", "seed_reports"])
def test_no_engine_finds_a_violation_in_any_theme_or_size(of: str, state: str, request: pytest.FixtureRequest) -> None:
    report = request.getfixturevalue(of)[state]
    assert list(map(str, report.violations)) == []
    assert [str(it) for it in report.undecided if it.rule not in SEEN_HERE] == []


@pytest.mark.parametrize("of", ["reports", "seed_reports"])
def test_no_setting_needs_sideways_scrolling_or_the_network(of: str, request: pytest.FixtureRequest) -> None:
    reports = request.getfixturevalue(of)
    assert {state: reports[state].overflow for state in STATES if reports[state].overflow} == {}
    assert {state: reports[state].requests for state in STATES if reports[state].requests} == {}


def test_no_setting_changes_a_word(reports: PageReports) -> None:
    assert len({" ".join(reports[state].text.split()) for state in STATES}) == 1


@pytest.mark.parametrize("of", ["told", "seed_told"])
def test_all_text_has_a_contrast_of_seven_in_every_theme_on_every_device(
    of: str, request: pytest.FixtureRequest
) -> None:
    colours = request.getfixturevalue(of)["colours"]
    assert len(colours) == THEMES * DEVICES
    low = [(theme, *text) for theme, found in colours.items() for text in found["texts"] if contrast(*text[1:]) < 7]
    assert low == []


def test_rings_and_rules_have_a_contrast_of_three_in_every_theme(told: Mapping[str, Any]) -> None:
    for theme, found in told["colours"].items():
        assert [rule for rule in found["rules"] if contrast(*rule[1:]) < 3] == [], theme
        for what, ring, ground, width, style in found["rings"]:
            assert contrast(ring, ground) >= 3, (theme, what)
            assert (float(width.removesuffix("px")) >= 2, style) == (True, "solid"), (theme, what)


@pytest.mark.parametrize("of", ["told", "seed_told"])
def test_no_line_has_more_than_75_characters_in_any_typeface(of: str, request: pytest.FixtureRequest) -> None:
    lines = request.getfixturevalue(of)["lines"]
    longest = {typeface: lines[typeface] for typeface in ("ours", "sans", "serif", "mono")}
    assert max(longest.values()) <= MOST_IN_A_LINE, longest
    assert min(longest.values()) >= 40, longest


def test_lines_and_paragraphs_are_as_far_apart_as_wcag_asks(told: Mapping[str, Any]) -> None:
    """WCAG 1.4.8: lines 1.5, paragraphs 1.5 times as far as lines, none justified; "most" has 1.4.12's figures too."""
    for spacing in ("ordinary", "more", "most"):
        found = told["lines"][f"spacing {spacing}"]
        assert found["line"] >= 1.5
        assert (found["gap"] + found["line"]) / found["line"] >= 1.5
        assert found["textAlign"] == "start"
        assert (found["letter"] > 0) == (found["word"] > 0), "letters are never set apart without words"
    assert found["letter"] >= 0.12 - 1e-6
    assert found["word"] >= 0.16
    assert found["after"] >= 2


def test_the_spacing_that_a_reader_forces_on_the_page_cuts_nothing_off(told: Mapping[str, Any]) -> None:
    assert told["spaced"] == []


@pytest.mark.parametrize("of", ["told", "seed_told"])
def test_all_that_can_be_pressed_is_44_px_high_and_wide(of: str, request: pytest.FixtureRequest) -> None:
    sizes = request.getfixturevalue(of)["sizes"]
    assert len(sizes) > 60
    assert [size for size in sizes if min(size[1:]) < 44] == []


def test_the_page_of_a_long_episode_weighs_little(seed: Path) -> None:
    page = seed.read_bytes()
    assert len(page) <= 400_000
    assert len(re.sub(rb"data:font/[^\"]*", b"", page)) <= 150_000


# by keyboard --------------------------------------------------------------------------------------


def test_tab_enter_and_arrows_reach_every_setting(told: Mapping[str, Any]) -> None:
    steps = told["keys"]["told"]
    assert [step["set"] for step in steps[:5]] == [{}, {}, {"size": "125"}, {"size": "150"}, {"size": "125"}]
    all_of_them = {
        "size": "125", "theme": "light", "typeface": "mono", "spacing": "more", "measure": "shorter", "lines": "three",
    }  # fmt: skip
    assert steps[-2]["set"] == all_of_them
    assert steps[-1]["set"] == {}
    assert told["keys"]["faults"] == []


def test_the_focus_stays_on_what_was_pressed(told: Mapping[str, Any]) -> None:
    for step in told["keys"]["told"]:
        if not step["key"].startswith("Arrow"):
            assert step["focus"] == step["pressed"]


def test_only_what_no_radio_button_says_itself_is_said(told: Mapping[str, Any]) -> None:
    said = [step["said"] for step in told["keys"]["told"]]
    assert said[:5] == ["", "", "Text size: 125 %", "Text size: 150 %", "Text size: 125 %"]
    assert set(said[5:-1]) == {"Text size: 125 %"}, "a radio button speaks for itself"
    assert said[-1] == "All settings are as they were at first."


def test_the_text_in_view_and_the_button_stay_where_they_are_while_the_text_grows(told: Mapping[str, Any]) -> None:
    first, *steps = told["growing"]
    assert [step["size"] for step in steps] == ["125", "150", "175", "200", "250", "300", "400"]
    for step in steps[:4]:
        assert (step["first"], step["below"]) == (first["first"], pytest.approx(first["below"], abs=2)), step["size"]
    for step in steps:
        top, bottom = step["button"]
        assert 0 <= top < bottom <= step["window"], step["size"]


# on the reader's own device -------------------------------------------------------------------------


def test_nothing_is_kept_until_something_is_changed(told: Mapping[str, Any]) -> None:
    assert told["untouched"] == {"stored": {}, "set": {}}
    steps = told["keys"]["told"]
    assert steps[1]["stored"] == {}
    assert steps[-2]["stored"].keys() == {"curbcut-reading-settings"}
    assert steps[-1]["stored"] == {}, "what is put back is kept no longer"


def test_kept_settings_are_there_before_the_page_is_drawn(told: Mapping[str, Any]) -> None:
    early = told["early"]
    assert early["set"] == {"theme": "dark", "size": "150", "spacing": "most"}, "and nothing that is not a setting"
    assert early["painted"] is not None
    assert early["at"] <= early["painted"]
    assert dict(early["checked"]) == {"theme": "dark", "typeface": "", "spacing": "most", "measure": "", "lines": ""}
    assert early["size"] == "150 %"


def test_where_nothing_may_be_kept_the_settings_hold_for_the_visit(told: Mapping[str, Any]) -> None:
    refused = told["refused"]
    light, dark = refused["grounds"]
    assert light != dark
    assert refused["faults"] == []
    assert refused["note"].startswith("This browser keeps nothing")


# line focus -----------------------------------------------------------------------------------------


def test_every_line_of_the_page_can_come_into_the_clear_band_by_keyboard(told: Mapping[str, Any]) -> None:
    band = told["band"]
    assert band["top"]["top"] == pytest.approx(0, abs=1)
    assert band["end"]["bottom"] == pytest.approx(band["end"]["window"], abs=1)
    assert band["middle"]["top"] + band["middle"]["bottom"] == pytest.approx(band["middle"]["window"], abs=2)
    assert band["down"]["y"] > 0


def test_the_clear_band_goes_to_the_pointer_and_leaves_its_lines_as_they_are(told: Mapping[str, Any]) -> None:
    band = told["band"]
    assert band["pointer"]["top"] < 300 < band["pointer"]["bottom"]
    assert band["pointer"]["y"] == band["middle"]["y"], "the page does not move"
    assert band["clear"]
    assert band["dimmed"]


def test_line_focus_hides_nothing_on_paper_in_forced_colours_or_from_the_pointer(told: Mapping[str, Any]) -> None:
    band = told["band"]
    assert band["print"]["display"] == "none"
    assert (band["forced"]["display"], band["forced"]["boxShadow"]) == ("block", "none")
    assert band["forced"]["pointerEvents"] == "none"


# the place that is kept -----------------------------------------------------------------------------


def test_the_place_is_offered_on_the_next_visit_and_never_jumped_to(told: Mapping[str, Any]) -> None:
    place = told["place"]
    assert not place["first"]["shown"]
    assert place["before"] == {}, "the first exchange is not yet read"
    assert place["kept"] == [f"{place['turn']}-s1"]
    assert (place["second"]["shown"], place["second"]["y"]) == (True, 0)
    assert place["second"]["href"] == f"#{place['turn']}-s1"
    assert place["second"]["words"].startswith("Go on where you stopped: 7. Ottoline Brask: ")


def test_the_offer_is_gone_when_it_is_used_dismissed_or_the_address_leads_elsewhere(told: Mapping[str, Any]) -> None:
    place = told["place"]
    assert not place["fragment"]["shown"]
    assert not place["used"]["shown"]
    assert place["used"]["hash"] == place["second"]["href"]
    assert 0 <= place["used"]["top"] < 200, "the sentence is at the top of the window"
    assert place["third"]["href"] == place["second"]["href"], "the place has not moved by being used"
    assert not place["dismissed"]["shown"]
    assert place["dismissed"]["stored"] == {}
    assert not place["fourth"]["shown"]
    assert place["atTheEnd"] == {}
