"""Finding words in the page, and showing one person's: used in a real browser, by keyboard, and heard."""

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from . import checkers
from .checkers import PageReports
from .conftest import Editions, _convert_once
from .contrast import contrast
from .test_page import FOR_A_PERSON

pytestmark = pytest.mark.conformance

STATES = (
    "searching",
    "searching-dark",
    "searching-forced-colors",
    "searching-narrow",
    "searching-zoomed",
    "searching-by-class",
    "one-person",
    "one-person-dark",
    "one-person-forced-colors",
    "one-person-narrow",
)
FOR_A_PERSON_FINDING = {
    **FOR_A_PERSON,
    "color-contrast": "text that has slid below the toolbar; the colours of hits are measured below",
}
SECOND = 1000
"""Milliseconds that typing has to rest before anything is said."""
TOUCHES = 44
"""Pixels that a finger needs (WCAG 2.2, 2.5.5)."""

OTTOLINE = "Ottoline Brask"
PLAN = {
    "typing": "the bell",
    "typing nothing": "xylophone",
    "keys": {"words": "the bell", "pressed": ["Enter", "Enter", "Enter", "Enter", "Shift+Enter", "Escape"]},
    "keys by class": {"words": "flowerpots", "pressed": ["Enter", "Escape"], "withoutHighlights": True},
    "keys soon": {"words": "the hum", "pressed": ["Shift+Enter"]},
    "queries": [
        "Marisol Quenby",
        "Brask",
        "a bell rings",
        "flowerpot",
        "tool library from the",
        "handsome flowerpot. I've",
    ],
    "gone": "bell",
    "closing": "flowerpot",
    "choosing": None,
    "lifting": {"name": OTTOLINE, "target": "transcript-t03-exchange"},
    "places": {"name": OTTOLINE, "at": ["transcript-t05", "the-tuner-t04", "what-a-crack-can-teach-you-t05"]},
    "heard": OTTOLINE,
    "beside": {"name": OTTOLINE, "words": "bell"},
    "colours": "bell",
    "sizes": "bell",
    "paper": OTTOLINE,
    "spoken": {"words": "flowerpot", "name": OTTOLINE},
}


@pytest.fixture(scope="session")
def told(short: Editions) -> Mapping[str, Any]:
    """What became of all that readers do with the two tools."""
    return checkers.finding(short.need(".html"), PLAN)


@pytest.fixture(scope="session")
def reports(short: Editions, seed: Path) -> Mapping[str, PageReports]:
    pages = [short.need(".html"), seed]
    return {path.stem: found for path, found in checkers.page(pages, STATES).items()}


# in each state ----------------------------------------------------------------------------------


@pytest.mark.parametrize("state", STATES)
def test_no_engine_finds_a_violation_or_leaves_a_doubt(reports: Mapping[str, PageReports], state: str) -> None:
    for name, found in reports.items():
        assert list(map(str, found[state].violations)) == [], name
        assert [str(it) for it in found[state].undecided if it.rule not in FOR_A_PERSON_FINDING] == [], name
        assert found[state].overflow == (), name
        assert found[state].requests == (), name


def test_hits_have_a_contrast_of_seven_in_every_theme(told: Mapping[str, Any]) -> None:
    assert len(told["colours"]) == 24
    for theme, pairs in told["colours"].items():
        for name, pair in pairs.items():
            assert contrast(*pair) >= 7, (theme, name)


def test_everything_that_is_pressed_is_large_enough_for_an_unsteady_hand(told: Mapping[str, Any]) -> None:
    names = {name for name, _, _ in told["sizes"]}
    assert {"Next hit", "Previous hit", "Go to this hit", "Show all", "tool-find-words"} < names
    assert [size for size in told["sizes"] if min(size[1:]) < TOUCHES] == []


# finding --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("run", "said"),
    [("typing", "3 hits in 3 turns; the first is by Teodor Vance."), ("typing nothing", "No hits.")],
)
def test_the_number_of_hits_is_said_once_a_second_after_typing_has_stopped(
    told: Mapping[str, Any], run: str, said: str
) -> None:
    found = told[run]
    assert [words for _, words in found["said"]] == [said]
    assert found["said"][0][0] - found["keys"][-1][0] >= SECOND
    assert found["focus"] == []
    assert found["focused"] == "tool-find-words"


def test_hits_are_marked_and_the_transcript_is_left_as_it_is(told: Mapping[str, Any]) -> None:
    found = told["typing"]
    assert found["all"] == [
        ["transcript-t08-s3", "The bell"],
        ["the-tuner-t04-s4", "the bell"],
        ["what-a-crack-can-teach-you-t12-s1", "the bell"],
    ]
    assert found["touched"] == told["keys"]["touched"] == []


def test_enter_goes_from_hit_to_hit_and_round_again(told: Mapping[str, Any]) -> None:
    *steps, escaped = told["keys"]["steps"]
    assert [step["said"] for step in steps] == [
        "Hit 1 of 3, Teodor Vance: …ground shakes. You wouldn't feel it. The bell does.",
        f"Hit 2 of 3, {OTTOLINE}: …in agreement, but not quite. So I put the bell upside down on a lathe, and I shave…",
        "Hit 3 of 3, Marisol Quenby: That was the bell that we saw being poured. I've counted…",
        "Hit 1 of 3, Teodor Vance: …ground shakes. You wouldn't feel it. The bell does.",
        "Hit 3 of 3, Marisol Quenby: That was the bell that we saw being poured. I've counted…",
    ]
    for step in steps:
        assert step["inTheWindow"], step
        assert step["link"] == f"#{step['here'][0]}"
        assert step["focused"] == "tool-find-words"
    assert (escaped["all"], escaped["here"]) == ([], None)
    assert told["keys"]["said"] == [step["said"] for step in steps], "each is said once, and the number by itself never"


def test_the_last_hit_comes_first_for_whoever_goes_backward(told: Mapping[str, Any]) -> None:
    (step,) = told["keys soon"]["steps"]
    assert step["said"].startswith("Hit 3 of 3, Ottoline Brask: The hum.")


def test_a_browser_without_highlights_marks_the_sentence(told: Mapping[str, Any]) -> None:
    gone, escaped = told["keys by class"]["steps"]
    assert gone["all"] == gone["here"] == ["the-tuner-t04-s8"]
    assert gone["said"].startswith("Hit 1 of 1, Ottoline Brask: I've made two flowerpots")
    assert escaped["all"] == escaped["here"] == []


def test_words_are_found_across_sentences_and_links_and_never_across_paragraphs(told: Mapping[str, Any]) -> None:
    found = told["queries"]
    assert found["tool library from the"]["hits"] == [["what-a-crack-can-teach-you-t14-s2", "Tool Library from the"]]
    assert found["handsome flowerpot. I've"]["said"] == "No hits."
    assert found["flowerpot"]["said"] == "2 hits in one turn, by Ottoline Brask."


def test_a_sound_is_found_and_belongs_to_nobody(told: Mapping[str, Any]) -> None:
    assert told["queries"]["a bell rings"] == {
        "said": "1 hit.",
        "hits": [["what-a-crack-can-teach-you-x02", "a bell rings"]],
    }


def test_the_names_before_turns_are_no_hits_but_are_told_of(told: Mapping[str, Any]) -> None:
    found = told["queries"]
    assert found["Marisol Quenby"]["said"] == (
        "2 hits in 2 turns; the first is by Marisol Quenby. Turns by Marisol Quenby: 15."
    )
    assert found["Brask"]["said"] == "1 hit, by Marisol Quenby. Turns by Ottoline Brask: 7."


def test_the_link_takes_the_reading_position_to_the_hit(told: Mapping[str, Any]) -> None:
    gone = told["gone"]
    assert gone["target"] == "transcript-t01-s2"
    assert gone["inTheWindow"]
    assert gone["next"] == "what-a-crack-can-teach-you", "Tab goes on from there, to the next link of the conversation"


def test_marks_are_there_while_the_panel_is_and_come_back_without_a_word(told: Mapping[str, Any]) -> None:
    found = told["closing"]
    assert len(found["before"]["all"]) == 2
    assert found["closed"] == {"all": [], "here": None}
    assert found["again"] == found["before"]
    assert found["said"] == ["2 hits in one turn, by Ottoline Brask."]


LANGUAGES = """---
title: Words of many kinds
language: en
---

**Ann Archer:** The CAFÉ on Straße 5 was ﬁne. She said “don’t — ever”, and… left.

**Ben Baker:** هَٰذَا كِتَابٌ جَدِيدٌ فِي المَكْتَبَةِ.

**Ann Archer:** 我们在桥上等船。船没有来。我们就走了。

**Ben Baker:** Işık İstanbul’da söndü, and CO₂ *ro*se by the [old harbour](https://harbour.example/) wall.

**Ann Archer:** שָׁלוֹם לכולם.
"""


@pytest.fixture(scope="session")
def languages(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, Any]:
    queries = [sought for sought, _ in FOUND]
    page = _page(tmp_path_factory, "languages", LANGUAGES)
    told: Mapping[str, Any] = checkers.finding(page, {"queries": queries})["queries"]
    return told


FOUND: list[tuple[str, list[str]]] = [
    ("cafe", ["CAFÉ"]),
    ("STRASSE 5", ["Straße 5"]),
    ("ss", ["ß"]),
    ("s", ["S", "ß", "s", "S", "s", "ş", "s", "s", "s"]),
    ("fine. she", ["ﬁne. She"]),
    ('"don\'t - ever"', ["“don’t — ever”"]),
    ("and... left", ["and… left"]),
    ("هذا كتاب جديد", ["هَٰذَا كِتَابٌ جَدِيدٌ"]),
    ("船。船没有", ["船。船没有"]),
    ("我们", ["我们", "我们"]),
    ("isik istanbul", ["Işık İstanbul"]),
    ("IŞIK", ["Işık"]),
    ("co2 rose by the old harbour wall", ["CO₂ rose by the old harbour wall"]),
    ("שלום", ["שָׁלוֹם"]),
    ("left. هذا", []),
    ("archer", []),
    ("…", ["…"]),
]


@pytest.mark.parametrize(("sought", "words"), FOUND, ids=[sought for sought, _ in FOUND])
def test_words_are_found_in_every_writing(languages: Mapping[str, Any], sought: str, words: list[str]) -> None:
    found = languages[sought]
    assert [text for _, text in found["hits"]] == words
    assert found["said"].split()[0] == str(len(words) or "No")


LONG = 60


@pytest.fixture(scope="session")
def lengthy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A conversation whose turns are laid out in several blocks."""
    told = (" ".join(f"Boat {turn} came in number {n} of the day." for n in range(LONG)) for turn in range(40))
    people = ("Ann Archer", "Ben Baker")
    lines = "\n\n".join(f"**{people[turn % 2]}:** {words}" for turn, words in enumerate(told))
    return _page(tmp_path_factory, "lengthy", f"# The boats\n\n{lines}\n")


def test_a_phrase_is_found_where_a_long_paragraph_is_laid_out_in_blocks(lengthy: Path) -> None:
    page = lengthy.read_text(encoding="utf-8")
    block = re.compile(r'(number \d+ of the day\.)</span></p>\n<p class="more same"><span id="[^"]*">(Boat 0 came in)')
    broken = block.search(page)
    assert broken
    phrase = " ".join(broken.groups())
    ((_, words),) = checkers.finding(lengthy, {"queries": [phrase]})["queries"][phrase]["hits"]
    assert words.split() == phrase.split()


def test_all_hits_of_a_long_transcript_are_counted(lengthy: Path) -> None:
    found = checkers.finding(lengthy, {"load": "day"})["load"]
    assert [words for _, words in found["said"]] == [f"{40 * LONG} hits in 40 turns; the first is by Ann Archer."]


def test_a_screen_reader_says_each_part_of_a_search_once(told: Mapping[str, Any]) -> None:
    said = told["spoken"]["searching"]
    assert said[said.index("Find in the transcript") :] == [
        "Find in the transcript",
        "searchbox, Find in the transcript, flowerpot",
        "button, Next hit",
        "button, Previous hit",
        "link, Go to this hit",
        "status",
        "Hit 1 of 2, Ottoline Brask: …of them, then I've got a very handsome flowerpot.",
        "end of status",
        "end of region, Tools",
    ]


def test_a_screen_reader_says_who_can_be_chosen_and_who_is(told: Mapping[str, Any]) -> None:
    said = [
        re.sub(", (not )?checked", "", line) for line in told["spoken"]["choosing"]
    ]  # it knows the first choice only
    assert said[said.index("group, Whose words are shown") :] == [
        "group, Whose words are shown",
        "Whose words are shown",
        "radio, Everyone, 33 turns, 665 words, position 1, set size 4",
        "Everyone, 33 turns, 665 words",
        "radio, Ottoline Brask, 7 turns, 160 words, position 2, set size 4",
        "Ottoline Brask, 7 turns, 160 words",
        "radio, Teodor Vance, 11 turns, 241 words, position 3, set size 4",
        "Teodor Vance, 11 turns, 241 words",
        "radio, Marisol Quenby, 15 turns, 264 words, position 4, set size 4",
        "Marisol Quenby, 15 turns, 264 words",
        "end of group, Whose words are shown",
        "status",
        "Only Ottoline Brask, 7 of 33 turns.",
        "end of status",
        "button, Show all",
        "end of region, Tools",
    ]


# one person's words ---------------------------------------------------------------------------------


def test_one_persons_words_are_shown_with_what_stands_between_them(told: Mapping[str, Any]) -> None:
    everyone, ottoline, teodor, marisol, again, reloaded = told["choosing"]
    assert [step["checked"] for step in told["choosing"][:4]] == [
        "Everyone, 33 turns, 665 words",
        "Ottoline Brask, 7 turns, 160 words",
        "Teodor Vance, 11 turns, 241 words",
        "Marisol Quenby, 15 turns, 264 words",
    ]
    assert sorted(ottoline["turns"] + teodor["turns"] + marisol["turns"]) == sorted(everyone["turns"])
    assert [len(step["turns"]) for step in (ottoline, teodor, marisol)] == [7, 11, 15]
    assert ottoline["exchanges"] == [
        "the-tuner-t01-exchange",
        "the-tuner-t05-exchange",
        "what-a-crack-can-teach-you-t01-exchange",
        "what-a-crack-can-teach-you-t07-exchange",
        "what-a-crack-can-teach-you-t10-exchange",
        "what-a-crack-can-teach-you-t12-exchange",
    ]
    assert [step["more"] for step in (ottoline, teodor, marisol)] == [1, 0, 0], "a turn keeps its later paragraphs"
    for step in (again, reloaded):
        assert (step["turns"], step["exchanges"]) == (everyone["turns"], everyone["exchanges"])


def test_whose_words_are_shown_is_always_said(told: Mapping[str, Any]) -> None:
    everyone, *chosen, again, _ = told["choosing"]
    lines = [f"Only {name} of 33 turns." for name in ("Ottoline Brask, 7", "Teodor Vance, 11", "Marisol Quenby, 15")]
    assert everyone["notice"]["words"] == ""
    assert not everyone["notice"]["button"]
    assert [step["notice"]["words"] for step in chosen] == lines
    assert all(step["notice"]["button"] and step["notice"]["sticks"] for step in chosen)
    assert again["said"] == [*lines, "All 33 turns are shown again."]
    assert again["focused"] == "One person’s words", "the focus does not fall back to the top of the page"


def test_a_link_or_an_address_of_what_is_hidden_shows_all(told: Mapping[str, Any]) -> None:
    for how in ("link", "the same link", "address"):
        step = told["lifting"][how]
        assert step["seen"], how
        assert (step["turns"], step["notice"]) == (33, "All 33 turns are shown again."), how
    assert told["lifting"]["what is shown"]["turns"] == 7


def test_readers_keep_their_place(told: Mapping[str, Any]) -> None:
    for step, turn in zip(
        told["places"], ("the-tuner-t02", "the-tuner-t04", "what-a-crack-can-teach-you-t09"), strict=True
    ):
        assert step["only"]["id"] == step["after"]["id"] == turn
        assert abs(step["only"]["below"] - step["before"]["below"]) <= 2
        assert abs(step["after"]["below"] - step["before"]["below"]) <= 2


def test_what_is_heard_is_never_hidden(told: Mapping[str, Any]) -> None:
    heard = told["heard"]
    assert heard["faults"] == []
    assert heard["heardBy"] != "Ottoline Brask:"
    assert heard["chosen"] == {
        "playing": False,
        "turns": 7,
        "notice": "Only Ottoline Brask, 7 of 33 turns. The sound is paused.",
    }
    assert heard["on"] == {"playing": True, "turns": 33, "notice": "All 33 turns are shown again."}


def test_what_is_hidden_is_no_hit_and_is_counted_apart(told: Mapping[str, Any]) -> None:
    one, both = told["beside"]["one"], told["beside"]["all"]
    assert one["said"] == (
        "4 hits in one turn, by Ottoline Brask, and between turns. "
        "Only Ottoline Brask is shown; hits in what is hidden: 9."
    )
    assert len(one["hits"]) == 4
    assert both["said"] == "13 hits in 8 turns and between them; the first is by Marisol Quenby."
    assert len(both["hits"]) == 13


def test_paper_says_whose_words_are_on_it(told: Mapping[str, Any]) -> None:
    paper = told["paper"]
    assert "Only Ottoline Brask, 7 of 33 turns." in paper
    assert "Show all" not in paper
    assert "Find in the transcript" not in paper
    assert len(re.findall("^Ottoline Brask: ", paper, re.MULTILINE)) == 7
    assert not re.findall("^(Marisol Quenby|Teodor Vance): ", paper, re.MULTILINE)


def _page(factory: pytest.TempPathFactory, name: str, text: str) -> Path:
    folder = factory.mktemp(name)
    source = folder / f"{name}.md"
    source.write_text(text, encoding="utf-8")
    return _convert_once(source, folder / "made", "html").need(".html")
