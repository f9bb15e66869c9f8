"""What is a speaker's label and what is not: decided from the whole text."""

from collections.abc import Callable
from typing import Any

import pytest

from converters.settings import Episode, PersonFacts, Show
from converters.traverse import turn_text, turns
from tests.conftest import ReadText, section_of

TurnsIn = Callable[..., list[tuple[str | None, str | None]]]

TALK = """\
Shelves

ADA QUILLFEATHER: Where do the books go?

BRAM OSTLER: Up. Always up.

ADA QUILLFEATHER: And the ladders?

BRAM OSTLER: Those go down.

ADA QUILLFEATHER: By night?

BRAM OSTLER: By day. At night they lean.
"""
NAMES = ["Ada Quillfeather", "Bram Ostler"] * 3

NO_LABELS = [
    "FOR HELP: Call the desk before noon, and ask for anyone:",
    "They wrote: the shelf is full.",
    "Note: the shelf was not full.",
    "DNS: 10.1.3.1",
    "https://shelves.example: the page of the shelf",
    "At 10:30: the door was shut.",
    "We asked this: why so high?",
    "• Cleo Marsh: with a bullet before it",
    "One, two, three, four, five, six, seven, eight: too many words for a name",
]


@pytest.mark.parametrize("line", NO_LABELS)
@pytest.mark.parametrize("place", ["before", "between"])
def test_a_line_that_only_looks_like_a_label_is_nobody(line: str, place: str, turns_in: TurnsIn) -> None:
    mark = "ADA QUILLFEATHER: Where" if place == "before" else "ADA QUILLFEATHER: And"
    text = TALK.replace(mark, f"{line}\n\n{mark}")
    assert {name for name, _ in turns_in(text)} == {"Ada Quillfeather", "Bram Ostler"}


def test_the_fields_of_a_header_are_nobody(turns_in: TurnsIn) -> None:
    header = "Series: Shelves\n\nHost: Ada Quillfeather\n\nDate: 3 May\n\nSpeakers: Ada, Bram\n\n"
    text = TALK.replace("ADA QUILLFEATHER: Where", f"{header}ADA QUILLFEATHER: Where")
    assert len(turns_in(text)) == 6
    assert {label for _, label in turns_in(text)} == {"ADA QUILLFEATHER", "BRAM OSTLER"}


def test_what_recurs_and_alternates_is_a_label_however_it_is_printed(turns_in: TurnsIn) -> None:
    text = TALK.replace("ADA QUILLFEATHER", "Ada Quillfeather").replace("BRAM OSTLER", "Bram")
    assert turns_in(text) == [("Ada Quillfeather", "Ada Quillfeather"), ("Bram", "Bram")] * 3


def test_question_and_answer_are_labels(turns_in: TurnsIn) -> None:
    text = "Shelves\n\nQ: Where?\n\nA: Up.\n\nQ: And then?\n\nA: Down.\n"
    assert turns_in(text) == [("Q", "Q"), ("A", "A")] * 2


def test_a_guest_on_the_list_speaks_even_once(turns_in: TurnsIn) -> None:
    once = "Cleo Marsh-Windle: I carry the ladders."
    text = TALK + f"\n{once}\n"
    listed = text.replace("ADA QUILLFEATHER: Where", "• Cleo Marsh-Windle, Carrier\n\nADA QUILLFEATHER: Where")
    assert ("Cleo Marsh-Windle", "Cleo Marsh-Windle") not in turns_in(text)
    assert turns_in(listed)[-1] == ("Cleo Marsh-Windle", "Cleo Marsh-Windle")


def test_a_label_in_the_show_file_is_its_person(turns_in: TurnsIn) -> None:
    bram = PersonFacts(name="Bram Ostler", labels=("the carrier",))
    text = TALK.replace("BRAM OSTLER: By", "the carrier: By")
    assert len(turns_in(text)) == 5
    assert turns_in(text, Show(people={"bram": bram}))[-1] == ("Bram Ostler", "the carrier")


def test_staff_can_make_a_label_of_a_line(turns_in: TurnsIn, read_text: ReadText) -> None:
    text = TALK + "\nthe man on the ladder: I can hear you.\n"
    assert len(turns_in(text)) == 6
    episode = Episode(labels={"the man on the ladder": "Bram Ostler"})
    assert turns_in(text, None, episode)[-1] == ("Bram Ostler", "the man on the ladder")
    assert len(read_text(text, None, episode)[0].people) == 2


def test_staff_can_unmake_a_label(turns_in: TurnsIn, read_text: ReadText) -> None:
    text = TALK + "\nROW NINE: the oldest books\n\nADA QUILLFEATHER: Oh?\n\nROW NINE: and mice\n"
    refused = Episode(labels={"ROW NINE": ""})
    assert ("Row Nine", "ROW NINE") in turns_in(text)
    assert ("Row Nine", "ROW NINE") not in turns_in(text, None, refused)
    document, findings = read_text(text, None, refused)
    assert "ROW NINE: and mice" in turn_text(list(turns(document))[-1])
    assert "read-008" not in {finding.code for finding in findings}, "staff have decided this already"


def test_a_label_that_was_doubted_is_a_finding_with_its_words(read_text: ReadText) -> None:
    text = TALK.replace("ADA QUILLFEATHER: Where", "DNS: 10.1.3.1\n\nADA QUILLFEATHER: Where")
    _, findings = read_text(text)
    (doubt,) = (finding for finding in findings if finding.code == "read-008")
    assert "“DNS”" in doubt.text


def test_a_web_address_early_in_a_turn_does_not_unmake_its_label(turns_in: TurnsIn) -> None:
    text = TALK.replace("Those go", "See https://shelves.example/down: those go")
    assert [name for name, _ in turns_in(text)] == NAMES


@pytest.mark.parametrize("mark", ["\u200e", "\u200f", "\u202b", "\u2067"])
def test_a_mark_of_direction_before_a_label_is_no_part_of_it(mark: str, turns_in: TurnsIn) -> None:
    text = TALK.replace("BRAM OSTLER:", f"{mark}BRAM OSTLER:")
    assert [name for name, _ in turns_in(text)] == NAMES


def test_the_label_stands_as_printed_and_without_its_colon(read_text: ReadText) -> None:
    document, _ = read_text("茶\n\n主持人：茶呢？\n\n闻竹溪：来了。\n\n主持人：好。\n\n闻竹溪：请。\n")
    assert [turn.label for turn in turns(document)] == ["主持人", "闻竹溪"] * 2
    assert turn_text(next(turns(document))) == "茶呢？"


def test_no_one_is_invented_where_nobody_is_named(read_text: ReadText) -> None:
    document, findings = read_text("A Shelf\n\nBooks stand here. They lean.\n\nNobody has read them.\n")
    assert document.people == ()
    assert [turn.people for turn in turns(document)] == [()]
    assert "read-004" in {finding.code for finding in findings}


def test_unlabelled_words_between_turns_continue_the_turn_before(read_text: ReadText) -> None:
    document, _ = read_text(TALK.replace("ADA QUILLFEATHER: And", "Up to the roof.\n\nADA QUILLFEATHER: And"))
    assert turn_text(list(turns(document))[1]) == "Up. Always up. Up to the roof."


def test_a_sound_on_its_own_line_is_nobodys_words(read_text: ReadText) -> None:
    document, _ = read_text(TALK.replace("ADA QUILLFEATHER: And", "[laughter]\n\nADA QUILLFEATHER: And"))
    kinds: list[Any] = [type(block).__name__ for block in section_of(document, "transcript").blocks]
    assert kinds == ["Turn", "Turn", "Sound", *["Turn"] * 4]
