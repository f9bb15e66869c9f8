"""The read-along page in a real browser: seen in each state, used by keyboard, and heard to its end."""

import difflib
import re
import shutil
from collections.abc import Mapping, Sequence
from itertools import groupby, pairwise
from pathlib import Path
from typing import Any

import pytest

from converters.version import VERSION

from . import checkers
from .checkers import PageReports
from .conftest import SHORT, Editions, _inspect
from .contrast import contrast
from .test_page import FOR_A_PERSON

pytestmark = pytest.mark.conformance

STATES = (
    "open",
    "playing",
    "paused",
    "playing-dark",
    "playing-contrast",
    "playing-forced-colors",
    "playing-narrow",
    "playing-zoomed",
    "marked-by-class",
)
RUNS = ("stops", "keys", "minute", "places", "byClass", "follow", "here", "colours", "sizes", "spoken")
SPOKEN = Path(__file__).parent / "the-night-shift-at-the-bell-foundry.spoken.txt"
HELD = 1000
"""Milliseconds that a sentence stays marked in the silence after it."""
AHEAD = 3000
"""Milliseconds that it is marked early, at the start of an exchange."""
FRAME = 100
"""Milliseconds of speech that may pass, at four times its speed, between moving the mark and looking at it."""

FOR_A_PERSON_LISTENING = {
    **FOR_A_PERSON,
    "media_keyboard_controllable": "the keyboard-only run below",
    "color-contrast": "text that has slid below the player: its colours are judged while the page is at rest",
}


@pytest.fixture(scope="session")
def told(short: Editions) -> Mapping[str, Any]:
    """What became of all that readers do with the player."""
    return checkers.listening(short.need(".html"), RUNS)


@pytest.fixture(scope="session")
def reports(short: Editions) -> PageReports:
    page = short.need(".html")
    return checkers.page([page], STATES)[page]


@pytest.fixture(scope="session")
def seed_told(seed: Path) -> Mapping[str, Any]:
    return checkers.listening(seed, ["stops", "places"])


@pytest.fixture(scope="session")
def seed_reports(seed: Path) -> PageReports:
    return checkers.page([seed], STATES)[seed]


# in each state ----------------------------------------------------------------------------------


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("of", ["reports", "seed_reports"])
def test_no_engine_finds_a_violation_in_any_state(of: str, state: str, request: pytest.FixtureRequest) -> None:
    report = request.getfixturevalue(of)[state]
    assert list(map(str, report.violations)) == []
    assert [str(it) for it in report.undecided if it.rule not in FOR_A_PERSON_LISTENING] == []


@pytest.mark.parametrize("state", ["playing-narrow", "playing-zoomed"])
def test_the_open_player_needs_no_sideways_scrolling(reports: PageReports, state: str) -> None:
    assert reports[state].overflow == ()


def test_playing_asks_nothing_of_the_network(reports: PageReports) -> None:
    assert [reports[state].requests for state in STATES] == [()] * len(STATES)


def test_text_has_a_contrast_of_seven_in_every_theme_and_the_ring_of_three(told: Mapping[str, Any]) -> None:
    for theme, pairs in told["colours"].items():
        for name in ("heard", "button", "note"):
            assert contrast(*pairs[name]) >= 7, (theme, name)
        assert contrast(*pairs["ring"]) >= 3, theme
        assert float(pairs["ringWidth"].removesuffix("px")) >= 2, theme


def test_every_button_is_large_enough_for_an_unsteady_hand(told: Mapping[str, Any]) -> None:
    assert len(told["sizes"]) >= 22
    assert [size for size in told["sizes"] if min(size[1:]) < 44] == []


# by keyboard --------------------------------------------------------------------------------------


def test_the_transcript_has_no_stop_and_the_page_few(seed_told: Mapping[str, Any]) -> None:
    stops = seed_told["stops"]
    assert [stop for stop in stops if stop["within"] == "transcript"] == []
    assert len(stops) <= 12
    assert [stop["words"] for stop in stops][:2] == ["Skip to the conversation", "Listen, find, reading settings"]


def test_tab_enter_and_space_do_all_that_the_player_can(told: Mapping[str, Any]) -> None:
    opened, played, paused, _, second, third, again, here, copied, forward, back = told["keys"]
    assert opened["open"]
    assert not opened["playing"]
    assert played["playing"]
    assert not paused["playing"]
    assert 0 == opened["at"] < played["at"] <= paused["at"] < second["at"] < third["at"]
    assert again["at"] == second["at"]
    assert again["heard"] == second["heard"] != third["heard"]
    assert here["playing"]
    assert again["heard"] == "transcript-t01-name", "an exchange begins with the name that is said"
    assert here["heard"] == "transcript-t01-s1", "it is the first in view"
    assert copied["copied"].endswith(f".html#{here['heard']}")
    assert copied["said"].startswith("Link copied, to: ")
    assert forward["at"] > copied["at"]
    assert back["heard"] in {here["heard"], forward["heard"]}
    assert back["at"] < forward["at"]


def test_the_focus_stays_where_the_reader_put_it(told: Mapping[str, Any]) -> None:
    renamed = {"Play": "Pause", "Pause": "Play"}
    for step in told["keys"]:
        assert step["focus"] == renamed.get(step["pressed"], step["pressed"])


def test_only_what_the_reader_asked_for_is_said(told: Mapping[str, Any]) -> None:
    before = [step["said"] for step in told["keys"] if step["pressed"] != "Copy link"]
    assert before[:8] == [""] * 8


# in step ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("of", ["told", "seed_told"])
def test_the_sentence_that_is_heard_is_marked(of: str, request: pytest.FixtureRequest) -> None:
    places = request.getfixturevalue(of)["places"]
    assert len(places) >= 8
    assert [place for place in places if place[0] != place[1]] == []


def test_a_browser_without_highlights_marks_the_same_sentences(told: Mapping[str, Any]) -> None:
    assert told["byClass"] == told["places"]


def test_the_mark_goes_with_the_speech_for_a_minute(told: Mapping[str, Any], short: Editions) -> None:
    samples, times = told["minute"]["samples"], _times(short.need(".html"))
    assert samples[-1][0] - samples[0][0] >= 55_000
    frames = [(before, at, node) for (before, _), (at, node) in pairwise(samples)]
    assert [frame for frame in frames if not _may_be_drawn(times, *frame)] == []
    begin, end = samples[0][0], samples[-1][0]
    heard = [clip for clip in times if clip[2] > begin + FRAME and clip[1] < end - FRAME]
    seen = [node for node, _ in groupby(node for _, node in samples if node)]
    assert seen == [node for node, _, _ in times if node in seen]
    never_drawn = [clip for clip in heard if clip[0] not in seen]
    assert [clip for clip in never_drawn if not _between_frames(samples, *clip[1:])] == []
    assert len(never_drawn) * 10 <= len(heard), "a loaded machine may leave out a frame, and not many"


def _between_frames(samples: Sequence[tuple[int, str | None]], first: int, last: int) -> bool:
    """Tell whether no frame at all was drawn while a clip was heard."""
    return any(a - FRAME <= first and last <= b + FRAME for (a, _), (b, _) in pairwise(samples))


def test_a_minute_of_speech_changes_no_live_region_and_no_text_and_moves_no_focus(told: Mapping[str, Any]) -> None:
    minute = told["minute"]
    assert (minute["live"], minute["transcript"], minute["focus"], minute["faults"]) == ([], [], [], [])


def test_the_page_goes_with_the_speech_until_the_reader_goes_elsewhere(told: Mapping[str, Any]) -> None:
    for how in told["follow"].values():
        assert how["seen"], "the sentence is brought into view"
        assert how["stayed"], "the reader who has gone elsewhere is left there"
        assert how["back"], "and comes back by a button"


def test_the_page_glides_only_for_readers_who_have_not_asked_for_calm(told: Mapping[str, Any]) -> None:
    assert told["follow"]["reduce"]["moves"] == 1
    assert told["follow"]["no-preference"]["moves"] > 1


def test_here_is_what_is_selected_or_the_first_sentence_in_view(told: Mapping[str, Any]) -> None:
    assert told["here"]["found"] == told["here"]["ids"]


# without its sound, and to a screen reader ------------------------------------------------------------


def test_without_its_sound_the_page_is_the_text_alone(short: Editions, tmp_path: Path) -> None:
    alone = Path(shutil.copy(short.need(".html"), tmp_path))
    with_sound = checkers.listening(short.need(".html"), ["alone", "stops"])
    without = checkers.listening(alone, ["alone", "stops"])
    assert with_sound["alone"]["shown"]
    assert not without["alone"]["shown"]
    assert without["alone"]["faults"] == []
    assert without["alone"]["text"] == with_sound["alone"]["text"].replace("Listen, find, reading", "Find, reading", 1)
    assert [stop for stop in with_sound["stops"] if stop not in without["stops"]] == [
        {"tag": "button", "words": "Listen, find, reading settings", "within": "tools"}
    ]


def test_a_screen_reader_says_what_was_listened_to_and_kept(
    told: Mapping[str, Any], request: pytest.FixtureRequest
) -> None:
    found = _transcript(told["spoken"])
    if request.config.getoption("--update-golden"):
        SPOKEN.write_text(found, encoding="utf-8")
    kept = SPOKEN.read_text(encoding="utf-8")
    assert list(difflib.unified_diff(kept.splitlines(), found.splitlines(), "kept", "found", lineterm="")) == []


def test_a_screen_reader_says_each_name_once_a_turn_and_nothing_of_groups(told: Mapping[str, Any]) -> None:
    said = told["spoken"]["closed"]
    talk = said[said.index("heading, Transcript, level 2") : said.index("end of main")]
    turns = [line for line in talk if re.fullmatch(r"(Marisol Quenby|Teodor Vance|Ottoline Brask):", line)]
    assert len(turns) == len(_inspect(SHORT)["turns"])
    assert not [line for line in talk if re.match(r"(end of )?(group|article|button|clickable)", line)]


def _transcript(spoken: Mapping[str, list[str]]) -> str:
    """The whole page with the toolbar closed, and then the toolbar with the player and with the settings open."""
    player, settings = (_toolbar(spoken[how]) for how in ("open", "settings"))
    lines = [*spoken["closed"], "", "# with the player open", "", *player]
    lines += ["", "# with the settings open", "", *settings, ""]
    return "\n".join(lines).replace(VERSION, "VERSION")


def _toolbar(lines: list[str]) -> list[str]:
    begin = next(place for place, line in enumerate(lines) if line.startswith("region, "))
    end = next(place for place, line in enumerate(lines) if line.startswith("end of region, "))
    return lines[begin : end + 1]


def _times(page: Path) -> list[tuple[str, int, int]]:
    (text,) = re.findall(r'"sentences":(\[\[.*?\]\])', page.read_text(encoding="utf-8"))
    return [(node, int(begin), int(end)) for node, begin, end in re.findall(r'\["([^"]+)",(\d+),(\d+)\]', text)]


def _may_be_drawn(times: list[tuple[str, int, int]], before: int, at: int, node: str | None) -> bool:
    """Tell whether a mark was right at some moment since the frame before: the page looked at the clock then."""
    return any(_may_be_marked(times, moment, node) for moment in (*range(before, at, FRAME // 4), at))


def _may_be_marked(times: list[tuple[str, int, int]], at: int, node: str | None) -> bool:
    """Inside a sentence only that one; between two, none or the one before for a while or the one to come."""
    inside = {one for one, begin, end in times if begin + FRAME <= at < end - FRAME}
    near = {one for one, begin, end in times if begin - AHEAD <= at <= end + HELD + FRAME}
    return node in inside if inside else node is None or node in near
