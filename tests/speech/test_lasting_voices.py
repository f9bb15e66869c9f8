"""Lasting voices: distinct for all who meet, chosen once for a whole archive."""

import itertools

import hypothesis.strategies as st
from hypothesis import given

from converters.document import Document, LanguageTag
from converters.findings import Report
from converters.narration.casting import cast
from converters.narration.distinctness import DISTINCT, difference
from converters.narration.lasting import lasting_voices, presence
from converters.narration.model import Voice

from .test_who_has_which_voice import ENGLISH, RANGES, clash, people, talk


def chosen(*documents: Document, voices: tuple[Voice, ...] = RANGES) -> dict[str, Voice]:
    found = lasting_voices(tuple(map(presence, documents)), voices)
    return {str(person): voice for person, voice in found.items()}


@given(st.lists(st.sets(st.sampled_from("abcdefghijkl"), min_size=1, max_size=4), min_size=1, max_size=8))
def test_all_who_meet_are_distinct_from_each_other_and_from_the_narrator(episodes: list[set[str]]) -> None:
    documents = [talk(dict.fromkeys(sorted(names), 9), people(*sorted(names))) for names in episodes]
    given_voices = chosen(*documents)
    assert set(given_voices) == set().union(*episodes)
    for names in episodes:
        beside = [*RANGES[:2], *(given_voices[name] for name in sorted(names))]
        assert all(difference(*pair) >= DISTINCT for pair in itertools.combinations(beside[1:], 2))
        assert not {voice.id for voice in beside[2:]} & {"narrator", "unattributed"}


def test_those_who_speak_most_in_the_archive_keep_the_voice_that_they_had() -> None:
    one, other = clash()
    before = cast(talk({one: 1}, people(one)), RANGES, ENGLISH, Report()).voices[0][1]
    for most, least in ((one, other), (other, one)):
        found = chosen(talk({most: 90, least: 50}, people(one, other)), talk({least: 20}, people(least)))
        assert found[most] == before
        assert found[least] != before


def test_people_who_never_meet_may_have_one_voice() -> None:
    one, other = clash()
    found = chosen(talk({one: 9}, people(one)), talk({other: 9}, people(other)))
    assert found[one] == found[other]


def test_a_voice_that_staff_have_chosen_stays_and_those_who_meet_it_have_another() -> None:
    usual = chosen(talk({"ann": 9}, people("ann")))["ann"]
    found = chosen(talk({"ann": 90, "bo": 1}, (*people("ann"), *people("bo", voice=usual.id))))
    assert found["bo"] == usual
    assert difference(found["ann"], usual) >= DISTINCT


def test_a_range_that_staff_have_chosen_is_kept_to() -> None:
    found = chosen(talk({"ann": 9, "bo": 9}, (*people("ann", voice="higher"), *people("bo"))))
    assert found["ann"].id.startswith("high")
    assert found["bo"].id.startswith("mid")


def test_with_too_few_voices_the_one_is_shared_that_fewest_have_whom_one_meets() -> None:
    names = [f"p{number}" for number in range(6)]
    found = chosen(talk({name: 99 - place for place, name in enumerate(names)}, people(*names)), voices=RANGES[:4])
    held = [voice.id for voice in found.values()]
    assert sorted(held.count(name) for name in set(held)) == [3, 3]


def test_nobody_is_given_a_voice_of_a_language_they_do_not_speak() -> None:
    import msgspec

    document = talk({"ann": 9}, people("ann"))
    metadata = msgspec.structs.replace(document.metadata, language=LanguageTag("is"))
    assert not chosen(msgspec.structs.replace(document, metadata=metadata))
