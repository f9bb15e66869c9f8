"""Voices stay with people, are told apart, and come from the range that was chosen for them."""

import itertools
from collections.abc import Callable

import hypothesis.strategies as st
import msgspec
import pytest
from hypothesis import given

from converters.document import Document, LanguageTag, NodeId, Person, Section, Turn
from converters.findings import Report
from converters.narration.casting import cast
from converters.narration.distinctness import DISTINCT, difference, pitch_range
from converters.narration.model import Casting, Traits, Voice

from .conftest import _episode, _turn

Turns = Callable[..., Turn]
Episodes = Callable[..., Document]

ENGLISH = LanguageTag("en")


def measured(name: str, pitch: int, timbre: float = 0.0, accent: str = "en-us") -> Voice:
    return Voice(name, LanguageTag(accent), "", Traits(pitch, (timbre,)))


RANGES = (
    measured("narrator", 100, accent="en-gb"),
    measured("unattributed", 140, -6.0, "en-gb"),
    *(measured(f"low-{n}", 80, 6.0 * n) for n in range(4)),
    *(measured(f"mid-{n}", 150, 6.0 * n) for n in range(8)),
    *(measured(f"high-{n}", 220, 6.0 * n) for n in range(4)),
)


def people(*names: str, host: str = "", voice: str | None = None) -> tuple[Person, ...]:
    return tuple(
        Person(NodeId(name), name.title(), part="host" if name == host else "guest", voice=voice) for name in names
    )


def talk(said: dict[str, int], everybody: tuple[Person, ...]) -> Document:
    """An episode in which each says so many words, in this order."""
    turns = tuple(_turn(name, "Word " * words + "end.") for name, words in said.items())
    return _episode(Section("transcript", turns), people=everybody)


def voices_of(document: Document, voices: tuple[Voice, ...] = RANGES) -> dict[str, str]:
    return {person: voice.id for person, voice in cast(document, voices, ENGLISH, Report()).voices}


ids = st.from_regex(r"[a-z]{1,8}(-[a-z]{1,8})?", fullmatch=True)
amounts = st.lists(st.integers(1, 400), min_size=4, max_size=4)


@given(st.lists(ids, min_size=4, max_size=4, unique=True), amounts, amounts, st.permutations(range(4)))
def test_the_same_four_people_have_the_same_four_voices_in_a_second_episode(
    names: list[str], first: list[int], second: list[int], order: list[int]
) -> None:
    four = people(*names, host=names[0])
    one = talk(dict(zip(names, first, strict=True)), four)
    other = talk({names[n]: second[n] for n in order}, tuple(four[n] for n in order))
    assert len(set(voices_of(one).values())) == 4
    assert voices_of(one) == voices_of(other)


@given(st.lists(ids, min_size=4, max_size=4, unique=True), st.permutations(range(4)))
def test_no_voice_hangs_on_a_name_or_on_what_is_said_of_somebody(names: list[str], order: list[int]) -> None:
    four = people(*names)
    said = dict.fromkeys(names, 20)
    others = tuple(
        msgspec.structs.replace(person, name=four[place].name, description="Minister of elsewhere", labels=("X",))
        for person, place in zip(four, order, strict=True)
    )
    assert voices_of(talk(said, four)) == voices_of(talk(said, others))


@given(st.sets(ids, min_size=1, max_size=8))
def test_people_have_voices_of_the_middle_range_that_are_distinct(names: set[str]) -> None:
    document = talk(dict.fromkeys(sorted(names), 9), people(*sorted(names)))
    casting = cast(document, RANGES, ENGLISH, Report())
    given_voices = [voice for _, voice in casting.voices]
    assert {pitch_range(voice) for voice in given_voices} == {"middle"}
    for one, other in itertools.combinations([casting.neutral, *given_voices], 2):
        assert difference(one, other) >= DISTINCT


def test_a_host_keeps_their_voice_whoever_comes_and_however_much_they_say() -> None:
    alone = voices_of(talk({"ann": 5}, people("ann", host="ann")))
    for guest in "abcdefghij":
        together = voices_of(talk({"ann": 5, guest: 300}, people("ann", guest, host="ann")))
        assert together["ann"] == alone["ann"]


@pytest.mark.parametrize(("wish", "names"), [("higher", "high"), ("lower", "low"), ("Middle", "mid")])
def test_a_range_can_be_chosen_for_a_person(wish: str, names: str) -> None:
    report = Report()
    document = talk({"ann": 20, "bo": 10}, (*people("ann", voice=wish), *people("bo")))
    casting = cast(document, RANGES, ENGLISH, report)
    assert dict(casting.voices)[NodeId("ann")].id.startswith(names)
    assert "Ann" not in "".join(found.text for found in report.findings if found.code == "speech-010")


def test_one_finding_lists_all_whose_voices_nobody_has_chosen() -> None:
    report = Report()
    everybody = (*people("ann", "bo"), *people("cy", voice="high-1"))
    cast(talk({"ann": 1, "bo": 2, "cy": 3}, everybody), RANGES, ENGLISH, report)
    found = [one.text for one in report.findings if one.code == "speech-010"]
    assert len(found) == 1
    assert "Bo, Ann. " in found[0]
    assert "Cy" not in found[0]
    assert 'voice = "higher", "lower" or a voice' in found[0]
    assert "curbcut voices --cast" in found[0]


def test_the_range_that_was_chosen_is_left_only_when_it_is_used_up() -> None:
    names = [f"p{number}" for number in range(6)]
    given_voices = voices_of(talk(dict.fromkeys(names, 9), people(*names, voice="higher"))).values()
    assert sum(voice.startswith("high") for voice in given_voices) == 4
    assert sum(voice.startswith("mid") for voice in given_voices) == 2


def test_ranges_mean_nothing_to_an_engine_that_was_not_measured_and_a_finding_says_so() -> None:
    report = Report()
    plain = tuple(Voice(f"v{n}", LanguageTag("en"), "") for n in range(5))
    casting = cast(talk({"ann": 3}, people("ann", voice="higher")), plain, ENGLISH, report)
    assert dict(casting.voices)[NodeId("ann")] in plain
    assert [found.code for found in report.findings] == ["speech-012"]


def test_a_voice_too_near_to_one_that_is_taken_is_free_only_when_nothing_better_is_left() -> None:
    near = (*RANGES[:2], measured("a", 150), measured("b", 151), measured("c", 150, 9.0), measured("d", 150, 1.5))
    for one, other in itertools.combinations("klmnopqrstuvwxyz", 2):
        casting = cast(talk({one: 9, other: 9}, people(one, other)), near, ENGLISH, Report())
        assert difference(*(voice for _, voice in casting.voices)) >= DISTINCT, (one, other)
    three = voices_of(talk({"k": 9, "l": 9, "m": 9}, people("k", "l", "m")), near)
    assert len(set(three.values())) == 3


def test_where_voices_do_not_suffice_those_who_speak_most_choose_first() -> None:
    few = RANGES[:2] + RANGES[6:8]
    names = ["ann", "bo", "cy", "dee"]
    for most in itertools.permutations(names):
        said = {name: 100 - 20 * place for place, name in enumerate(most)}
        given_voices = voices_of(talk(said, people(*names)), few)
        assert given_voices[most[0]] != given_voices[most[1]]
        assert {given_voices[most[0]], given_voices[most[1]]} == {"mid-0", "mid-1"}


def clash() -> tuple[str, str]:
    """Two people who would have the same voice by themselves."""
    alone = {name: voices_of(talk({name: 1}, people(name)))[name] for name in "abcdefghijklmnop"}
    return next(pair for pair in itertools.combinations(alone, 2) if alone[pair[0]] == alone[pair[1]])


def test_a_clash_is_one_finding_that_says_whose_voice_and_what_to_do() -> None:
    one, other = clash()
    report = Report()
    cast(talk({one: 9, other: 9}, people(one, other)), RANGES, ENGLISH, report)
    found = [remark.text for remark in report.findings if remark.code == "speech-011"]
    assert len(found) == 1
    names = ((one.title(), other.title()), (other.title(), one.title()))
    assert any(f"{loser} (now {winner}’s)" in found[0] for loser, winner in names)
    assert "curbcut voices --assign" in found[0]


def test_no_clash_is_told_of_people_whose_voices_are_chosen() -> None:
    one, other = clash()
    report = Report()
    everybody = (*people(one, voice="mid-1"), *people(other, voice="mid-2"))
    cast(talk({one: 9, other: 9}, everybody), RANGES, ENGLISH, report)
    assert not report.findings


def test_two_people_given_one_voice_keep_it_are_announced_and_named_in_a_finding() -> None:
    report = Report()
    casting = cast(talk({"ann": 9, "bo": 9}, people("ann", "bo", voice="high-0")), RANGES, ENGLISH, report)
    assert {voice.id for _, voice in casting.voices} == {"high-0"}
    assert casting.shared
    assert [found.code for found in report.findings] == ["speech-013"]
    assert "Ann, Bo" in report.findings[0].text


def test_unattributed_speech_has_a_voice_that_is_nobody_elses(episode: Episodes, turn: Turns) -> None:
    document = episode(Section("transcript", (turn("ann-lee", "One."), turn(None, "Two."), turn("bo-ruiz", "Three."))))
    casting = cast(document, RANGES, ENGLISH, Report())
    assert casting.unattributed
    assert casting.unattributed.id == "unattributed"
    assert casting.unattributed not in {casting.neutral, *(voice for _, voice in casting.voices)}


def test_with_too_few_voices_people_come_before_unattributed_speech(episode: Episodes, turn: Turns) -> None:
    document = episode(Section("transcript", (turn("ann-lee", "One."), turn(None, "Two."), turn("bo-ruiz", "Three."))))
    casting = cast(document, RANGES[:3], ENGLISH, Report())
    assert len({casting.neutral, *(voice for _, voice in casting.voices)}) == 3
    assert casting.unattributed == casting.neutral
    assert not casting.shared


def test_the_voice_of_the_narrator_that_was_given_to_a_person_is_not_the_narrators() -> None:
    casting = cast(talk({"ann": 9}, people("ann", voice="narrator")), RANGES, ENGLISH, Report())
    assert casting.neutral.id == "unattributed"
    assert len({casting.neutral, casting.unattributed, *(voice for _, voice in casting.voices)}) == 3


def test_one_narrator_says_it_all_and_says_the_names() -> None:
    report = Report()
    document = talk({"ann": 9, "bo": 9}, (*people("ann", voice="high-0"), *people("bo")))
    casting = cast(document, RANGES, ENGLISH, report, "one")
    assert {casting.neutral, casting.unattributed, *(voice for _, voice in casting.voices)} == {RANGES[0]}
    assert casting.shared
    assert not report.findings


def test_a_choice_of_another_accent_is_no_choice_of_another_language() -> None:
    british = tuple(measured(f"gb-{n}", 150, 6.0 * n, "en-gb") for n in range(6))
    document = talk({"ann": 9}, people("ann", voice="mid-3"))
    metadata = msgspec.structs.replace(document.metadata, language=LanguageTag("en-GB"))
    report = Report()
    casting = cast(msgspec.structs.replace(document, metadata=metadata), (*british, *RANGES), ENGLISH, report)
    assert casting.neutral in british
    assert dict(casting.voices)[NodeId("ann")].id == "mid-3"
    assert not report.findings


def spoken_by(casting: Casting, document: Document, report: Report) -> dict[str, str]:
    from converters.narration.script import script
    from converters.phrases import phrases_for
    from converters.settings import Options

    tracks = script(document, "A title", Options(), phrases_for(ENGLISH), casting, report)
    said = (u for track in tracks for chapter in track.chapters for u in chapter.utterances)
    return {utterance.text: casting.voice_of(utterance).id for utterance in said}


def test_the_script_tells_unattributed_speech_and_people_together_from_the_narrator(
    episode: Episodes, turn: Turns, report: Report
) -> None:
    together = msgspec.structs.replace(turn("ann-lee", "We agree."), people=(NodeId("ann-lee"), NodeId("bo-ruiz")))
    document = episode(Section("transcript", (turn("ann-lee", "One."), turn(None, "Who was that?"), together)))
    casting = cast(document, RANGES, ENGLISH, report)
    said = spoken_by(casting, document, report)
    assert said["Who was that?"] == said["We agree."] == "unattributed"
    (named,) = (voice for words, voice in said.items() if "Lee" in words and "Ruiz" in words)
    assert named == said["A title."] == "narrator"


def test_unattributed_words_in_another_language_are_said_in_their_own_voice_of_it(
    episode: Episodes, turn: Turns, report: Report
) -> None:
    spanish = LanguageTag("es")
    there = (Voice("es-low", spanish, "", Traits(100, (0.0,))), Voice("es-mid", spanish, "", Traits(141, (0.0,))))
    document = episode(Section("transcript", (turn("ann-lee", "One."), turn(None, "Hola.", language=spanish))))
    said = spoken_by(cast(document, (*RANGES, *there), ENGLISH, report), document, report)
    assert said["Hola."] == "es-mid"
