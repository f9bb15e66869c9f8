"""Who speaks with which voice.

A voice is chosen by its language, which is that of the words, and by being free. Nothing is
derived from anybody's sex, nationality or the origin of a name: the order in which somebody
tries voices comes from a hash of their id, so they keep their voice from episode to episode,
unless somebody who speaks more has taken it.
"""

import hashlib
from typing import Final

from converters.document import UNDETERMINED, Document, LanguageTag, NodeId, Person
from converters.errors import MissingPartError, UsageError
from converters.findings import Report
from converters.narration.model import Casting, Voice
from converters.narration.pitched import pitched_apart
from converters.traverse import turn_text, turns

Voices = tuple[Voice, ...]

SPOKEN_FORM: Final = {"zh": "cmn", "no": "nb"}
"""Languages whose voices go by the name of what is spoken: Mandarin, Bokmål."""


def cast(document: Document, voices: Voices, added_language: LanguageTag, report: Report) -> Casting:
    """Give everybody who speaks a voice, and the narrator one that is nobody else's while voices suffice.

    ``voices`` stand with the one for a narrator first; ``added_language`` is that of the words we add.
    Raises ``MissingPartError`` where the engine does not speak the document's language, and
    ``UsageError`` where a voice is asked for that it does not have at all.
    """
    language = document.metadata.language
    speakers = _most_words_first(document)
    candidates = _for_words_in(language, voices, len(speakers) + 1)
    _refuse_unknown(speakers, voices)
    given = _asked_for(speakers, candidates, report)
    neutral = next((voice for voice in candidates if voice not in given.values()), candidates[0])
    for person in speakers:
        if person.id not in given:
            taken = {neutral, *given.values()}
            given[person.id] = _first_free(person, candidates, taken)
    shared = len({neutral, *given.values()}) <= len(given)
    if shared:
        report.add("speech-002", f"{len(given)} people, {len(candidates)} voices")
    others = _other_languages(document, added_language, voices, given, neutral)
    return Casting(neutral, tuple(given.items()), others, shared or pitched_apart(given, report))


def _most_words_first(document: Document) -> tuple[Person, ...]:
    words = {person.id: 0 for person in document.people}
    for turn in turns(document):
        for identifier in turn.people:
            words[identifier] += len(turn_text(turn))
    speaking = (person for person in document.people if words[person.id])
    return tuple(sorted(speaking, key=lambda person: (-words[person.id], person.id)))


def _for_words_in(language: LanguageTag, voices: Voices, wanted: int = 1) -> Voices:
    """Return the voices of the very language and region where they suffice, else of the language."""
    if language == UNDETERMINED:
        raise MissingPartError(
            'The language of the episode is not known, so no voice can read it. Put language = "…" in show.toml.'
        )
    exact = tuple(v for v in voices if v.language.lower() == language.lower() and not v.pitched)
    found = exact if len(exact) >= wanted else tuple(v for v in voices if spoken(v.language) == spoken(language))
    if not found:
        raise MissingPartError(
            f"No voice on this machine speaks the language “{language}”, and no other voice can read it. "
            "See the languages that there are with: curbcut voices"
        )
    return found


def spoken(language: LanguageTag) -> str:
    """Return what two tags have in common where one voice reads both: ``cmn`` for ``zh-TW``."""
    primary = language.split("-")[0].lower()
    return SPOKEN_FORM.get(primary, primary)


def _refuse_unknown(speakers: tuple[Person, ...], voices: Voices) -> None:
    known = {voice.id.lower() for voice in voices}
    for person in speakers:
        if person.voice and person.voice.lower() not in known:
            raise UsageError(
                f"There is no voice “{person.voice}” on this machine, which {person.name} is given in show.toml "
                f"([people.{person.id}]). See: curbcut voices"
            )


def _asked_for(speakers: tuple[Person, ...], candidates: Voices, report: Report) -> dict[NodeId, Voice]:
    by_id = {voice.id.lower(): voice for voice in candidates}
    given: dict[NodeId, Voice] = {}
    for person in speakers:
        voice = by_id.get((person.voice or "").lower())
        if voice:
            given[person.id] = voice
        elif person.voice:
            report.add("speech-001", f"{person.voice}, for {person.name}")
    return given


def _first_free(person: Person, candidates: Voices, taken: set[Voice]) -> Voice:
    """Return the first voice that is free in this person's order, true ones first; their first one where none is."""
    order = sorted(candidates, key=lambda v: (v.pitched, hashlib.sha256(f"{person.id} {v.id}".encode()).digest()))
    return next((voice for voice in order if voice not in taken), order[0])


def _other_languages(
    document: Document, added_language: LanguageTag, voices: Voices, given: dict[NodeId, Voice], neutral: Voice
) -> tuple[tuple[LanguageTag, NodeId | None, Voice], ...]:
    """Choose voices for words that are not in the document's language, as like their speaker's as there are."""
    home = spoken(document.metadata.language)
    found: dict[tuple[LanguageTag, NodeId | None], Voice] = {}
    if spoken(added_language) != home:
        found[added_language, None] = _likest(neutral, _for_words_in(added_language, voices))
    for turn in turns(document):
        person = turn.people[0] if len(turn.people) == 1 else None
        there = [v for v in voices if turn.language and spoken(v.language) == spoken(turn.language)]
        if turn.language and there and spoken(turn.language) != home:
            found[turn.language, person] = _likest(given[person] if person else neutral, tuple(there))
    return tuple((language, person, voice) for (language, person), voice in found.items())


def _likest(voice: Voice, candidates: Voices) -> Voice:
    """Return the voice with the same variant, as in ``roa/es+f2`` for ``gmw/en-us+f2``, else the first."""
    variant = voice.id.partition("+")[2]
    return next((other for other in candidates if other.id.partition("+")[2] == variant), candidates[0])
