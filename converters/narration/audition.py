"""What is said so that staff can hear who has which voice: each name, and then their own words.

A pure script, like that of an episode; ``narration/performance.py`` has it spoken.
"""

from typing import Final, Literal, assert_never

import msgspec

from converters.document import Document, LanguageTag, Person, Text, Turn
from converters.narration import wording
from converters.narration.casting import for_words_in, speakers, usual_voice
from converters.narration.model import Casting, Chapter, ScriptTrack, Utterance, Voice
from converters.narration.preference import Voices, asks_for_range
from converters.phrases import Phrases
from converters.timing import Milliseconds
from converters.traverse import turns

SECONDS: Final = 10
"""How long each voice is heard, as nearly as whole sentences allow."""

LONGEST: Final = 1.5
"""Times that: a sentence that takes longer is cut at a word."""

AFTER_NAME: Final = Milliseconds(350)
AFTER_SENTENCE: Final = Milliseconds(350)
AFTER_PERSON: Final = Milliseconds(1200)

Why = Literal["chosen", "chosen range", "by order", "clash", "narrator"]


class Part(msgspec.Struct, frozen=True):
    """Who is heard with which voice, and why with that one; ``person`` is None for unattributed speech."""

    person: Person | None
    voice: Voice
    why: Why

    @property
    def line(self) -> str:
        """What is printed of it."""
        whose = f"{self.person.name} [people.{self.person.id}]" if self.person else "Unattributed speech"
        return f"{whose}: {self.voice.id} ({self.voice.description}), {_reason(self.why)}"


def _reason(why: Why) -> str:
    match why:
        case "chosen":
            return "chosen in show.toml"
        case "chosen range":
            return "by order, in the range chosen in show.toml"
        case "by order":
            return "by order; not chosen"
        case "clash":
            return "by order, because the one before it is taken in this episode; not lasting"
        case "narrator":
            return "the one narrator"
        case _:
            assert_never(why)


def parts(document: Document, voices: Voices, casting: Casting) -> tuple[Part, ...]:
    """Return everybody who speaks, who say most first, and unattributed speech where there is some."""
    people = speakers(document)
    candidates = for_words_in(document.metadata.language, voices, len(people))
    found = [
        Part(person, voice, _why(person, voice, casting, candidates))
        for person in people
        if (voice := casting.voice(person.id, None))
    ]
    if casting.unattributed and any(_is_unattributed(turn) for turn in turns(document)):
        why: Why = "narrator" if casting.unattributed == casting.neutral else "by order"
        found.append(Part(None, casting.unattributed, why))
    return tuple(found)


def _why(person: Person, voice: Voice, casting: Casting, candidates: Voices) -> Why:
    if voice == casting.neutral:
        return "narrator"
    if voice.id.lower() == (person.voice or "").lower():
        return "chosen"
    if voice != usual_voice(person, candidates):
        return "clash"
    return "chosen range" if asks_for_range(person) else "by order"


def _is_unattributed(turn: Turn) -> bool:
    return len(turn.people) != 1


def script(document: Document, found: tuple[Part, ...], phrases: Phrases, rate: int) -> tuple[ScriptTrack, ...]:
    """Return what is said: that the voices are synthetic, and then a chapter for each person."""
    own_words = phrases.language.split("-")[0] == document.metadata.language.split("-")[0]
    ours = None if own_words else phrases.language
    said = wording.words_to_say((Text(phrases.voices_synthetic_spoken),), phrases.language)
    start = Chapter(phrases.chapter_start, (Utterance(said, pause=AFTER_PERSON, language=ours),))
    chapters = tuple(_chapter(document, part, phrases, rate, ours) for part in found)
    return (ScriptTrack("01-voices", None, (start, *chapters)),)


def _chapter(document: Document, part: Part, phrases: Phrases, rate: int, ours: LanguageTag | None) -> Chapter:
    name = part.person.name if part.person else phrases.unattributed_speech
    language = document.metadata.language if part.person else phrases.language
    spoken_name = wording.words_to_say((Text(f"{name}."),), language)
    announced = Utterance(spoken_name, None, None, AFTER_NAME, None if part.person else ours, announces=True)
    person = part.person.id if part.person else None
    said = [
        Utterance(words, None, person, AFTER_SENTENCE, unattributed=person is None)
        for words in _own_words(document, part.person, rate)
    ]
    said[-1:] = [msgspec.structs.replace(last, pause=AFTER_PERSON) for last in said[-1:]]
    return Chapter(name, (announced, *said) if spoken_name else tuple(said))


def _own_words(document: Document, person: Person | None, rate: int) -> tuple[str, ...]:
    """Return about ten seconds of somebody's own sentences, from their first turn that has so many, or the longest."""
    wanted = rate * SECONDS / 60
    longest: list[str] = []
    for turn in turns(document):
        whose = turn.people[0] if len(turn.people) == 1 else None
        if whose == (person.id if person else None) and turn.language is None:
            said = _beginning(turn, document.metadata.language, wanted)
            if sum(map(_words, said)) > sum(map(_words, longest)):
                longest = said
            if sum(map(_words, longest)) >= wanted:
                break
    return tuple(longest)


def _beginning(turn: Turn, language: LanguageTag, wanted: float) -> list[str]:
    """Return the first sentences of a turn, about as many words as wanted; the last may be cut."""
    said: list[str] = []
    for sentence in (one for paragraph in turn.paragraphs for one in paragraph.sentences):
        room = wanted - sum(map(_words, said))
        if room <= 0:
            break
        text = wording.words_to_say(sentence.inlines, language)
        longest = int(room * LONGEST)
        said.append(text if _words(text) <= longest else " ".join(text.split()[:longest]) + " …")
    return [text for text in said if any(map(str.isalnum, text))]


def _words(text: str) -> int:
    return len(text.split())
