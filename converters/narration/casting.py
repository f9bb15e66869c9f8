"""Who speaks with which voice.

A voice's language is that of the words. show.toml's choice comes first; then everybody takes
the first voice of their own order (``preference.py``) that is free and distinct from those of
the others in the episode. Nothing is derived from anybody's sex, nationality, affiliation or
the origin of a name. Where voices suffice, the same people have the same voices, however much
each of them says and in whatever order; where they do not, those who speak most choose first.
"""

from collections import Counter
from typing import Final

import msgspec

from converters.document import UNDETERMINED, Document, LanguageTag, NodeId, Person
from converters.errors import MissingPartError, UsageError
from converters.findings import Report
from converters.narration.distinctness import DISTINCT, difference, nearest, pitch_range
from converters.narration.model import UNATTRIBUTED, Casting, Voice
from converters.narration.pitched import pitched_apart
from converters.narration.preference import Choice, Voices, asks_for_range, first_free, in_order, rank
from converters.settings import CastSize
from converters.traverse import turn_text, turns

SPOKEN_FORM: Final = {"zh": "cmn", "no": "nb"}
"""Languages whose voices go by the name of what is spoken: Mandarin, Bokmål."""

BESIDE_PEOPLE: Final = 2
"""Voices beside those of the people: the narrator's, and that of unattributed speech."""

Given = dict[NodeId, Voice]


def cast(
    document: Document, voices: Voices, added_language: LanguageTag, report: Report, size: CastSize = "each"
) -> Casting:
    """Give everybody who speaks a voice; narrator and unattributed speech have their own while voices suffice.

    ``voices`` stand with the one for a narrator first; ``added_language`` is that of the words
    we add. With ``size`` ``one`` the narrator says it all. Raises ``MissingPartError`` where the
    engine does not speak the document's language, and ``UsageError`` where a voice is asked for
    that it does not have at all.
    """
    people = speakers(document)
    stage = _one_voice(document, people, voices) if size == "one" else _a_voice_each(document, people, voices, report)
    others = _other_languages(document, added_language, voices, stage)
    given = {person.id: stage.given[person.id] for person in people}
    shared = size == "one" or len({stage.neutral, *given.values()}) <= len(given)
    shared = pitched_apart({person.name: given[person.id] for person in people}, report) or shared
    return Casting(stage.neutral, tuple(given.items()), others, shared, stage.unattributed)


def speakers(document: Document) -> tuple[Person, ...]:
    """Return those who say something by themselves, who say most first."""
    letters = letters_said(document)
    speaking = (person for person in document.people if letters.get(person.id))
    return tuple(sorted(speaking, key=lambda person: (-letters[person.id], person.id)))


def letters_said(document: Document) -> dict[NodeId, int]:
    """Return how many letters each person says by themselves."""
    letters: dict[NodeId, int] = {}
    for turn in turns(document):
        if len(turn.people) == 1:
            letters[turn.people[0]] = letters.get(turn.people[0], 0) + len(turn_text(turn))
    return letters


class _Stage(msgspec.Struct, frozen=True):
    """The voices of the document's own language: the narrator's, that of unattributed speech, everybody's."""

    neutral: Voice
    unattributed: Voice
    given: Given


def _one_voice(document: Document, people: tuple[Person, ...], voices: Voices) -> _Stage:
    narrator = for_words_in(document.metadata.language, voices)[0]
    return _Stage(narrator, narrator, dict.fromkeys((person.id for person in people), narrator))


def _a_voice_each(document: Document, people: tuple[Person, ...], voices: Voices, report: Report) -> _Stage:
    language = document.metadata.language
    candidates = for_words_in(language, voices, len(people))
    _refuse_unknown(people, voices)
    chosen = _asked_for(people, of_language(language, voices), report)
    choosing = tuple(person for person in people if person.id not in chosen)
    dealer = _Dealer(candidates, chosen, len(choosing))
    given = dealer.deal(choosing)
    _say_what_was_chosen(people, candidates, chosen, report)
    if len(people) < len(candidates):
        _say_who_clashed(choosing, candidates, given, report)
    else:
        report.add("speech-002", f"{len(people)} people, {len(candidates)} voices")
    return _Stage(dealer.neutral, dealer.unattributed, given)


# which voices --------------------------------------------------------------------------------


def of_language(language: LanguageTag, voices: Voices) -> Voices:
    """Return the voices that can read a language, whatever their accent."""
    return tuple(voice for voice in voices if spoken(voice.language) == spoken(language))


def for_words_in(language: LanguageTag, voices: Voices, people: int = 0) -> Voices:
    """Return the voices of the very language and region where they suffice for so many people, else of the language.

    Raises ``MissingPartError`` where there is none.
    """
    if language == UNDETERMINED:
        raise MissingPartError(
            'The language of the episode is not known, so no voice can read it. Put language = "…" in show.toml.'
        )
    exact = tuple(v for v in voices if v.language.lower() == language.lower() and not v.pitched)
    in_the_middle = sum(pitch_range(voice) in {None, "middle"} for voice in exact)
    enough = exact and len(exact) >= people + BESIDE_PEOPLE and in_the_middle > people
    found = exact if enough else of_language(language, voices)
    if not found:
        raise MissingPartError(
            f"No voice on this machine speaks the language “{language}”, and no other voice can read it. "
            "See the languages that there are with: curbcut voices"
        )
    return found


def reserved(candidates: Voices) -> tuple[Voice, Voice]:
    """Return the voice for a narrator, which stands first, and that for unattributed speech, the next one unlike it."""
    narrator, *others = candidates
    unlike = next((voice for voice in others if difference(voice, narrator) >= DISTINCT), None)
    return narrator, unlike or next(iter(others), narrator)


def for_people(candidates: Voices) -> Voices:
    """Return the voices that people choose from: unlike those of narrator and unattributed speech, while there are."""
    kept = reserved(candidates)
    others = tuple(voice for voice in candidates if voice not in kept)
    apart = tuple(voice for voice in others if nearest(voice, kept) >= DISTINCT)
    return apart or others or candidates[1:] or candidates


def usual_voice(person: Person, candidates: Voices) -> Voice:
    """Return the voice that somebody would have by themselves, if nobody chose one for them."""
    return in_order(person, for_people(candidates))[0][0]


def spoken(language: LanguageTag) -> str:
    """Return what two tags have in common where one voice reads both: ``cmn`` for ``zh-TW``."""
    primary = language.split("-")[0].lower()
    return SPOKEN_FORM.get(primary, primary)


# what show.toml asks for ------------------------------------------------------------------------


def _refuse_unknown(people: tuple[Person, ...], voices: Voices) -> None:
    known = {voice.id.lower() for voice in voices}
    for person in people:
        if person.voice and not asks_for_range(person) and person.voice.lower() not in known:
            raise UsageError(
                f"There is no voice “{person.voice}” on this machine, which {person.name} is given in show.toml "
                f"([people.{person.id}]). See: curbcut voices"
            )


def _asked_for(people: tuple[Person, ...], voices: Voices, report: Report) -> Given:
    by_id = {voice.id.lower(): voice for voice in voices}
    given: Given = {}
    for person in people:
        voice = by_id.get((person.voice or "").lower())
        if voice:
            given[person.id] = voice
        elif person.voice and not asks_for_range(person):
            report.add("speech-001", f"{person.voice}, for {person.name}")
    return given


# giving voices --------------------------------------------------------------------------------


class _Dealer:
    """Gives voices to ``choosing`` people, beside the ``chosen`` ones, which stay."""

    def __init__(self, candidates: Voices, chosen: Given, choosing: int) -> None:
        free = tuple(voice for voice in candidates if voice not in chosen.values()) or candidates[:1]
        self._candidates, self._chosen = candidates, chosen
        self.neutral, beside = reserved(free)
        true = sum(not voice.pitched for voice in free)
        self.unattributed = beside if true >= choosing + BESIDE_PEOPLE else self.neutral
        self._pool = tuple(voice for voice in free if voice not in {self.neutral, self.unattributed})
        self._spare = tuple(voice for voice in self._pool if nearest(voice, (self.neutral, beside)) < DISTINCT)

    def deal(self, people: tuple[Person, ...]) -> Given:
        """Return a voice for each; ``people`` stand with those first who speak most."""
        given, good = self._dealt(tuple(sorted(people, key=rank)))
        return given if good else self._dealt(people)[0]

    def _dealt(self, people: tuple[Person, ...]) -> tuple[Given, bool]:
        """Return a voice for each, chosen in this order, and whether each is a good one."""
        given, good = dict(self._chosen), True
        held = Counter((self.neutral, self.unattributed, *given.values()))
        for person in people:
            order = in_order(person, self._pool, self._spare)
            found = first_free(order, tuple(held)) or self._shared(person, held)
            given[person.id] = found.voice
            held[found.voice] += 1
            good = good and found.good
        return given, good

    def _shared(self, person: Person, held: Counter[Voice]) -> Choice:
        """Return the voice that the fewest have, in this person's order, the narrator's last of all."""
        voices = tuple(voice for voice in self._candidates if voice != self.neutral) or self._candidates
        groups = in_order(person, voices, self._spare)
        return Choice(min((voice for group in groups for voice in group), key=lambda voice: held[voice]), good=False)


# findings ---------------------------------------------------------------------------------------


def _say_what_was_chosen(people: tuple[Person, ...], candidates: Voices, chosen: Given, report: Report) -> None:
    if not_chosen := [person.name for person in people if not person.voice]:
        report.add("speech-010", ", ".join(not_chosen))
    not_measured = all(voice.traits is None for voice in candidates)
    if asking := [person.name for person in people if asks_for_range(person) and not_measured]:
        report.add("speech-012", ", ".join(asking))
    held = Counter(chosen.values())
    if alike := [person.name for person in people if person.id in chosen and held[chosen[person.id]] > 1]:
        report.add("speech-013", ", ".join(alike))


def _say_who_clashed(choosing: tuple[Person, ...], candidates: Voices, given: Given, report: Report) -> None:
    """Name those who have another voice than they would have by themselves, and who has theirs."""
    clashed = []
    for person in choosing:
        usual = usual_voice(person, candidates)
        if given[person.id] != usual:
            clashed.append(f"{person.name}{_whose(usual, person, choosing, given)}")
    if clashed:
        report.add("speech-011", ", ".join(clashed))


def _whose(voice: Voice, wanting: Person, people: tuple[Person, ...], given: Given) -> str:
    names = {person.id: person.name for person in people}
    others = [identifier for identifier in given if identifier != wanting.id and identifier in names]
    near = [i for i in others if difference(given[i], voice) < DISTINCT]
    return f" (now {names[min(near, key=lambda i: difference(given[i], voice))]}’s)" if near else ""


# other languages --------------------------------------------------------------------------------


def _other_languages(
    document: Document, added_language: LanguageTag, voices: Voices, stage: _Stage
) -> tuple[tuple[LanguageTag, NodeId | None, Voice], ...]:
    """Choose voices for words that are not in the document's language, as like their speaker's as there are."""
    home = spoken(document.metadata.language)
    found: dict[tuple[LanguageTag, NodeId | None], Voice] = {}
    if spoken(added_language) != home:
        found[added_language, None] = _likest(stage.neutral, for_words_in(added_language, voices))
    for turn in turns(document):
        there = of_language(turn.language, voices) if turn.language else ()
        if turn.language and there and spoken(turn.language) != home:
            person = turn.people[0] if len(turn.people) == 1 else None
            for whose in (person,) if person else (None, UNATTRIBUTED):
                found[turn.language, whose] = _likest(_voice_of(whose, stage), there)
    return tuple((language, person, voice) for (language, person), voice in found.items())


def _voice_of(whose: NodeId | None, stage: _Stage) -> Voice:
    if whose is None:
        return stage.neutral
    return stage.unattributed if whose == UNATTRIBUTED else stage.given.get(whose, stage.neutral)


def _likest(voice: Voice, candidates: Voices) -> Voice:
    """Return the voice that sounds most like it; of those never measured, one in the same style, else the first."""
    return min(candidates, key=lambda other: (difference(voice, other), _style(voice) != _style(other)))


def _style(voice: Voice) -> str:
    """Return the end of a voice's id that can be put on any of the engine's: variant and pitch."""
    start = min((place for sign in "+@" if (place := voice.id.find(sign)) >= 0), default=len(voice.id))
    return voice.id[start:]
