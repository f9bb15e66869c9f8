"""What front matter says of an episode, in YAML, TOML and JSON, and what of it is left."""

import datetime
import itertools

import pytest

from converters.findings import Report
from converters.readers.front_matter import facts_of, split_front_matter
from converters.readers.manuscript import Facts, Listed

EPISODE = """\
---
title: "The Kettle Hour: Steam"
date: 2021-03-09
lang: en-GB
url: https://kettle.example/9
audio: https://kettle.example/9.mp3
podcast: The Kettle Hour
tags: [steam, copper]
description: >
  Two menders talk
  about lids.

  Bring a spoon.
hosts:
  - Odile Marrow
guests:
  - name: Bram Ostler
    role: tinsmith
---
Odile: Good evening.
"""


def read(text: str) -> tuple[Facts, str, str]:
    """Return the facts, the text after the block, and all findings in one string."""
    front, body, _ = split_front_matter(text)
    report = Report()
    facts = facts_of(front, report) if front else Facts()
    return facts, body, " ".join(finding.text for finding in report.findings)


def yaml(*lines: str) -> tuple[Facts, str, str]:
    return read("\n".join(("---", *lines, "---", "Odile: Good evening.")))


def test_the_facts_of_an_episode_are_understood() -> None:
    facts, body, left = read(EPISODE)

    assert facts == Facts(
        title="The Kettle Hour: Steam",
        language="en-GB",
        show="The Kettle Hour",
        published=datetime.date(2021, 3, 9),
        page="https://kettle.example/9",
        recording="https://kettle.example/9.mp3",
        subjects=("steam", "copper"),
        summary=("Two menders talk about lids.", "Bring a spoon."),
        people=(Listed("Odile Marrow", None, "host"), Listed("Bram Ostler", "tinsmith", "guest")),
    )
    assert body == "Odile: Good evening.\n"
    assert left == ""


def test_the_line_on_which_the_text_begins_is_known() -> None:
    _, body, line = split_front_matter(EPISODE)
    assert EPISODE.split("\n")[line - 1 :] == body.split("\n")


def test_toml_is_understood() -> None:
    facts, body, left = read(
        '+++\ntitle = "Steam"\ndate = 2021-03-09\ndraft = false\n[episode]\nnumber = 9\n+++\nHello.'
    )
    assert (facts.title, facts.published, body) == ("Steam", datetime.date(2021, 3, 9), "Hello.")
    assert "draft: false; episode: number: 9" in left


def test_json_is_understood() -> None:
    facts, body, left = read('{\n  "title": "Steam",\n  "hosts": ["Odile Marrow"],\n  "weight": 3\n}\n\nHello.')
    assert (facts.title, facts.people, body) == ("Steam", (Listed("Odile Marrow", None, "host"),), "\nHello.")
    assert "weight: 3" in left


@pytest.mark.parametrize(
    "lines",
    [
        ("titulo: Vapor", "fecha: 9 de marzo de 2021", "idioma: es", "invitados: [Bram Ostler]"),
        ("título: Vapor", "fecha: 2021-03-09", "idioma: español", "Invitados: Bram Ostler"),
        ("Titel: Vapor", "Datum: 9. März 2021", "Sprache: es", "Gäste: Bram Ostler"),
        ("titre: Vapor", "date: 9 mars 2021", "langue: es", "invité: Bram Ostler"),
        ("titolo: Vapor", "data: 9 marzo 2021", "lingua: es", "ospite: Bram Ostler"),
        ("titulo: Vapor", "data: 9 de março de 2021", "idioma: es", "convidado: Bram Ostler"),
    ],
)
def test_keys_are_understood_in_several_languages(lines: tuple[str, ...]) -> None:
    facts, _, left = yaml(*lines)
    day = datetime.date(2021, 3, 9)
    assert facts == Facts("Vapor", "es", published=day, people=(Listed("Bram Ostler", None, "guest"),))
    assert left == ""


def test_all_that_has_no_use_is_named_in_one_finding() -> None:
    _, _, left = yaml("title: Steam", "layout: post", "transcript_by: Ada Quill", "aliases: [/a, /b]", "url: /9")
    assert left.count("Left out") == 1
    assert "url: /9; layout: post; transcript_by: Ada Quill; aliases: /a, /b" in left


def test_values_stay_as_they_were_typed() -> None:
    _, _, left = yaml("title: No", "duration: 12:30", "explicit: no", "number: 007", "day: 2021-03-09")
    for value in ("duration: 12:30", "explicit: no", "number: 007", "day: 2021-03-09"):
        assert value in left


def test_a_title_folded_over_lines_is_one_line() -> None:
    facts, _, _ = yaml('title: "On the Kettle\\_Works,', "  and\\_after", '  that"')
    assert facts.title == "On the Kettle Works, and after that"


@pytest.mark.parametrize(
    ("value", "people"),
    [
        ("Odile Marrow, Bram Ostler", ("Odile Marrow", "Bram Ostler")),
        ("Ann Lee, Bram Ostler, Ines Vale, Tom Rook", ("Ann Lee", "Bram Ostler", "Ines Vale", "Tom Rook")),
        ("Odile Marrow and Bram Ostler", ("Odile Marrow", "Bram Ostler")),
        ("[odile-marrow, bram-ostler]", ("Odile Marrow", "Bram Ostler")),
        ("Odile Marrow", ("Odile Marrow",)),
    ],
)  # fmt: skip
def test_people_are_found_in_lines_and_lists(value: str, people: tuple[str, ...]) -> None:
    facts, _, left = yaml(f"speakers: {value}")
    assert tuple(listed.name for listed in facts.people) == people
    assert left == ""


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("guest: Bram Ostler, Institute of Lids", Listed("Bram Ostler", "Institute of Lids", "guest")),
        ("guest: Bram Ostler, Tinsmith", Listed("Bram Ostler", "Tinsmith", "guest")),
        ("guest: Bram Ostler (tinsmith)", Listed("Bram Ostler", "tinsmith", "guest")),
        ("speakers: [Bram Ostler (host)]", Listed("Bram Ostler", None, "host")),
        ("cast: {S1: Bram Ostler}", Listed("Bram Ostler", None, None, "S1")),
        ("panelists: {Bram Ostler: tinsmith}", Listed("Bram Ostler", "tinsmith")),
        ("speakers: [{name: Bram Ostler, role: host, initials: BO}]", Listed("Bram Ostler", None, "host", "BO")),
        ("guests: {bo: {name: Bram Ostler, bio: Mends lids.}}", Listed("Bram Ostler", "Mends lids.", "guest")),
    ],
)
def test_what_is_said_of_people_is_kept_with_them(line: str, expected: Listed) -> None:
    facts, _, _ = yaml(line)
    assert facts.people == (expected,)


def test_words_about_people_that_have_no_use_are_named() -> None:
    _, _, left = yaml("guests:", "  - name: Bram Ostler", "    url: https://bram.example")
    assert "url: https://bram.example" in left


def test_a_line_that_names_nobody_is_left_out_with_all_its_words() -> None:
    facts, _, left = yaml(
        "guests: This week we have the whole village round the kettle, and nobody wants to leave before ten"
    )
    assert facts.people == ()
    assert "nobody wants to leave before ten" in left


def test_of_two_dates_the_one_of_publication_counts() -> None:
    facts, _, left = yaml("date: 2021-03-09", "published: 2021-03-12", "title: Steam")
    assert facts.published == datetime.date(2021, 3, 12)
    assert "date: 2021-03-09" in left


def test_a_title_with_a_colon_breaks_nothing() -> None:
    facts, body, left = yaml("title: Episode 9: Steam", "guests:", "  - Bram Ostler", "  - 'Una Pell'", "layout: post")
    assert facts.title == "Episode 9: Steam"
    assert [listed.name for listed in facts.people] == ["Bram Ostler", "Una Pell"]
    assert body == "Odile: Good evening."
    assert "layout: post" in left


def test_comments_are_named_and_signs_in_values_are_no_comments() -> None:
    facts, _, left = yaml("title: 'Steam #9'  # check with Una", "# old: yes", "tags: [a]")
    assert facts.title == "Steam #9"
    assert "check with Una" in left
    assert "old: yes" in left


@pytest.mark.parametrize(
    "text",
    [
        "Odile: Good evening.\n",
        "---\n\nBLAKE MORTIMER, CHAIR\n\n---\n\nWelcome.\n",
        "---\nBLAKE: Good evening.\nUNA: Good evening.\n---\nAnd so on.\n",
        "---\ntitle: never closed\n\nOdile: Good evening.\n",
        "---\n- a\n- b\n---\n",
        "{{< player >}}\n",
        "{Odile}: Good evening.\n",
        "----\ntitle: x\n----\n",
    ],
)
def test_words_between_rules_stay_text(text: str) -> None:
    assert split_front_matter(text) == (None, text, 1)


def test_aliases_that_multiply_are_not_followed() -> None:
    bomb = ["a: &a [lol, lol, lol, lol, lol, lol, lol, lol, lol]"]
    names = "abcdefghi"
    bomb += [f"{after}: &{after} [{', '.join([f'*{before}'] * 9)}]" for before, after in itertools.pairwise(names)]
    facts, body, left = yaml("title: Steam", *bomb)
    assert facts.title == "Steam"
    assert body == "Odile: Good evening."
    assert len(left) < 2_000


@pytest.mark.parametrize(
    "block", ["a: " + "[" * 20_000, "a: " + "{b: " * 10_000, "!!python/object/apply:os.system [true]"]
)
def test_hostile_yaml_is_text(block: str) -> None:
    text = f"---\n{block}\n---\nHello.\n"
    front, body, _ = split_front_matter(text)
    assert front is None or body == "Hello.\n"


@pytest.mark.parametrize("text", ["{" + '"a":{' * 5_000, "+++\na = " + "[" * 20_000 + "\n+++\n"])
def test_deeply_nested_data_is_text(text: str) -> None:
    assert split_front_matter(text) == (None, text, 1)


def test_a_key_that_stands_twice_loses_no_word() -> None:
    facts, _, left = yaml("title: Steam", "title: Vapour", "tags: a")
    assert facts.title == "Steam"
    assert "title: Vapour" in left
