"""Who speaks with which voice."""

from collections.abc import Callable

import msgspec
import pytest

from converters.document import Document, LanguageTag, NodeId, Person, Section, Turn
from converters.errors import MissingPartError, UsageError
from converters.findings import Report
from converters.narration.casting import cast
from converters.narration.model import Casting, Voice

ENGLISH = LanguageTag("en")
VOICES = tuple(Voice(f"gmw/en-us+v{n}", LanguageTag("en-us"), "") for n in range(1, 7))
SPANISH = tuple(Voice(f"roa/es+v{n}", LanguageTag("es"), "") for n in range(1, 7))

Turns = Callable[..., Turn]
Episodes = Callable[..., Document]


def chosen(casting: Casting) -> dict[str, str]:
    return {person: voice.id for person, voice in casting.voices}


def codes(report: Report) -> list[str]:
    return [found.code for found in report.findings]


def details(report: Report, code: str) -> str:
    return "; ".join(found.text for found in report.findings if found.code == code)


def with_voice(document: Document, person: str, voice: str) -> Document:
    people = tuple(msgspec.structs.replace(p, voice=voice) if p.id == person else p for p in document.people)
    return msgspec.structs.replace(document, people=people)


def test_everybody_has_a_voice_and_the_narrator_one_of_their_own(small: Document, report: Report) -> None:
    casting = cast(small, VOICES, ENGLISH, report)
    assert len({casting.neutral.id, *chosen(casting).values()}) == 4
    assert not casting.shared


def test_the_narrator_has_the_first_voice(small: Document, report: Report) -> None:
    assert cast(small, VOICES, ENGLISH, report).neutral == VOICES[0]


def test_voices_stay_when_descriptions_and_names_change(small: Document, report: Report) -> None:
    others = tuple(
        msgspec.structs.replace(person, name=f"Someone {person.id}", description="from elsewhere")
        for person in small.people
    )
    changed = msgspec.structs.replace(small, people=tuple(reversed(others)))
    first, second = (cast(document, VOICES, ENGLISH, report) for document in (small, changed))
    assert chosen(first) == chosen(second)


def test_a_voice_stays_in_an_episode_with_other_people(episode: Episodes, turn: Turns, report: Report) -> None:
    alone = episode(Section("transcript", (turn("ann-lee", "This is a long first word from Ann, who says most."),)))
    leading = episode(Section("transcript", (*alone.sections[0].blocks, turn("bo-ruiz", "Yes."))))
    voices = {chosen(cast(document, VOICES, ENGLISH, report))["ann-lee"] for document in (alone, leading)}
    assert len(voices) == 1


def test_somebody_who_does_not_speak_takes_no_voice(episode: Episodes, turn: Turns, report: Report) -> None:
    document = episode(Section("transcript", (turn("bo-ruiz", "Only me."),)))
    assert list(chosen(cast(document, VOICES, ENGLISH, report))) == ["bo-ruiz"]


def test_a_voice_that_is_asked_for_is_given(small: Document, report: Report) -> None:
    casting = cast(with_voice(small, "bo-ruiz", "GMW/en-us+v1"), VOICES, ENGLISH, report)
    assert chosen(casting)["bo-ruiz"] == "gmw/en-us+v1"
    assert casting.neutral.id != "gmw/en-us+v1"


def test_a_voice_that_does_not_exist_is_refused_by_name(small: Document, report: Report) -> None:
    with pytest.raises(UsageError, match=r"gmw/en-us\+nobody.*Bo Ruiz.*curbcut voices"):
        cast(with_voice(small, "bo-ruiz", "gmw/en-us+nobody"), VOICES, ENGLISH, report)


def test_a_voice_of_another_language_is_a_finding_and_another_is_taken(small: Document, report: Report) -> None:
    spanish = Voice("roa/es", LanguageTag("es"), "Spanish")
    casting = cast(with_voice(small, "bo-ruiz", "roa/es"), (*VOICES, spanish), ENGLISH, report)
    assert chosen(casting)["bo-ruiz"] != "roa/es"
    first, *_ = report.findings
    assert first.code == "speech-001"
    assert "roa/es, for Bo Ruiz" in first.text


@pytest.mark.parametrize("count", [1, 2, 3])
def test_too_few_voices_are_shared_with_a_finding(small: Document, report: Report, count: int) -> None:
    casting = cast(small, VOICES[:count], ENGLISH, report)
    assert casting.shared
    assert set(chosen(casting)) == {"ann-lee", "bo-ruiz", "cy-okoro"}
    assert "speech-002" in codes(report)


def test_people_who_share_a_voice_do_not_share_the_narrators(small: Document, report: Report) -> None:
    casting = cast(small, VOICES[:3], ENGLISH, report)
    assert casting.neutral.id not in chosen(casting).values()


def test_a_region_has_its_own_voices_where_they_suffice(small: Document, report: Report) -> None:
    british = tuple(Voice(f"gmw/en-gb+v{n}", LanguageTag("en-gb"), "") for n in range(1, 7))
    metadata = msgspec.structs.replace(small.metadata, language=LanguageTag("en-GB"))
    document = msgspec.structs.replace(small, metadata=metadata)
    assert cast(document, (*VOICES, *british), ENGLISH, report).neutral in british
    assert cast(document, (*VOICES, *british[:2]), ENGLISH, report).neutral in VOICES


def test_no_language_is_read_by_the_voice_of_another(episode: Episodes, turn: Turns, report: Report) -> None:
    document = episode(Section("transcript", (turn("bo-ruiz", "Halló."),)), language="is")
    with pytest.raises(MissingPartError, match="“is”"):
        cast(document, VOICES, ENGLISH, report)


def test_an_unknown_language_is_not_assumed_to_be_english(episode: Episodes, turn: Turns, report: Report) -> None:
    document = episode(Section("transcript", (turn("bo-ruiz", "Xyz."),)), language="und")
    with pytest.raises(MissingPartError, match=r"show\.toml"):
        cast(document, VOICES, ENGLISH, report)


def test_our_english_words_are_said_by_an_english_voice(episode: Episodes, turn: Turns, report: Report) -> None:
    document = episode(Section("transcript", (turn("bo-ruiz", "Hola."),)), language="es")
    casting = cast(document, (*SPANISH, *VOICES), ENGLISH, report)
    assert casting.neutral.id == "roa/es+v1"
    assert casting.voice(None, ENGLISH) == VOICES[0]


def test_a_person_keeps_their_variant_in_another_language(episode: Episodes, turn: Turns, report: Report) -> None:
    spanish = LanguageTag("es")
    blocks = (turn("bo-ruiz", "Hello."), turn("bo-ruiz", "Buenos días.", language=spanish))
    casting = cast(episode(Section("transcript", blocks)), (*VOICES, *SPANISH), ENGLISH, report)
    there = casting.voice(NodeId("bo-ruiz"), spanish)
    assert there
    assert there.id.partition("+")[2] == chosen(casting)["bo-ruiz"].partition("+")[2]


def test_mandarin_goes_by_its_own_name(episode: Episodes, turn: Turns, report: Report) -> None:
    mandarin = Voice("sit/cmn", LanguageTag("cmn"), "")
    people = (Person(NodeId("li"), "Li"),)
    document = episode(Section("transcript", (turn("li", "你好。"),)), language="zh-Hans", people=people)
    assert cast(document, (mandarin, *VOICES), ENGLISH, report).neutral == mandarin


def test_pitched_voices_are_taken_last_and_names_are_then_said(small: Document, report: Report) -> None:
    true = VOICES[:2]
    pitched = tuple(Voice(f"{v.id}@+4", LanguageTag("en-us"), "", pitched=True) for v in true)
    casting = cast(small, (*true, *pitched), ENGLISH, report)
    assert casting.neutral == true[0]
    assert true[1].id in chosen(casting).values()
    assert len(set(chosen(casting).values())) == 3
    assert casting.shared
    assert "speech-020" in [found.code for found in report.findings]


def test_true_voices_of_another_region_come_before_pitched_ones(small: Document, report: Report) -> None:
    american = Voice("us", LanguageTag("en-US"), "")
    pitched = tuple(Voice(f"us@{n}", LanguageTag("en-US"), "", pitched=True) for n in (2, 4, 6))
    british = tuple(Voice(f"gb{n}", LanguageTag("en-GB"), "") for n in range(3))
    metadata = msgspec.structs.replace(small.metadata, language=LanguageTag("en-US"))
    casting = cast(msgspec.structs.replace(small, metadata=metadata), (american, *british, *pitched), ENGLISH, report)
    assert set(chosen(casting).values()) == {"gb0", "gb1", "gb2"}
    assert not casting.shared
