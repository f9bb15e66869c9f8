"""Voices that last: chosen for a whole archive at once, so that those who meet in it are distinct.

Nobody's voice then depends on who else is in an episode. It is the colouring of a graph: people
are joined where they speak in one episode, those who speak most choose first, and each takes
the first voice of their own order that is free among those they meet. Most keep the voice
that they have had.
"""

from collections import Counter

import msgspec

from converters.document import Document, LanguageTag, NodeId, Person
from converters.errors import MissingPartError
from converters.narration.casting import for_people, for_words_in, letters_said, reserved, speakers
from converters.narration.model import Voice
from converters.narration.preference import Voices, asks_for_range, first_free, in_order


class Presence(msgspec.Struct, frozen=True):
    """Who speaks in one episode, and how many letters each says."""

    language: LanguageTag
    people: tuple[Person, ...]
    letters: tuple[int, ...]


def presence(document: Document) -> Presence:
    """Return what lasting choices need to know of a document, so that an archive need not be held in memory."""
    people, letters = speakers(document), letters_said(document)
    return Presence(document.metadata.language, people, tuple(letters[person.id] for person in people))


def lasting_voices(episodes: tuple[Presence, ...], voices: Voices) -> dict[NodeId, Voice]:
    """Return a voice for everybody who speaks, those that staff have chosen included.

    People are missing from it whose language no voice here speaks.
    """
    archive = _Archive(episodes, voices)
    for identifier in archive.most_said_first:
        archive.give(identifier)
    return archive.given


class _Archive:
    """Who meets whom, who says how much in which language, and the voices given so far."""

    def __init__(self, episodes: tuple[Presence, ...], voices: Voices) -> None:
        self.given: dict[NodeId, Voice] = {}
        self._voices = voices
        self._people: dict[NodeId, Person] = {}
        self._meets: dict[NodeId, set[NodeId]] = {}
        self._said: Counter[NodeId] = Counter()
        self._languages: dict[NodeId, Counter[LanguageTag]] = {}
        self._most_at_once = max((len(episode.people) for episode in episodes), default=0)
        for episode in episodes:
            self._take(episode)
        self._give_what_is_settled()

    @property
    def most_said_first(self) -> tuple[NodeId, ...]:
        return tuple(sorted(self._people, key=lambda identifier: (-self._said[identifier], identifier)))

    def give(self, identifier: NodeId) -> None:
        """Give somebody the first free voice of their order, or the one that the fewest whom they meet have."""
        candidates = self._candidates(identifier)
        if identifier in self.given or not candidates:
            return
        met = Counter(self.given[other] for other in self._meets[identifier] if other in self.given)
        order = in_order(self._people[identifier], for_people(candidates))
        found = first_free(order, (*reserved(candidates), *met))
        in_turn = (voice for group in order for voice in group)
        self.given[identifier] = found.voice if found else min(in_turn, key=lambda voice: met[voice])

    def _take(self, episode: Presence) -> None:
        present = {person.id for person in episode.people}
        for person, letters in zip(episode.people, episode.letters, strict=True):
            known = self._people.setdefault(person.id, person)
            if person.voice and not known.voice:
                self._people[person.id] = person
            self._meets.setdefault(person.id, set()).update(present - {person.id})
            self._said[person.id] += letters
            self._languages.setdefault(person.id, Counter())[episode.language] += letters

    def _give_what_is_settled(self) -> None:
        """Give the voices that are chosen already, and to those with a range the one that they have in it."""
        by_id = {voice.id.lower(): voice for voice in self._voices}
        for identifier, person in self._people.items():
            voice = by_id.get((person.voice or "").lower())
            candidates = self._candidates(identifier)
            if voice:
                self.given[identifier] = voice
            elif asks_for_range(person) and candidates:
                self.given[identifier] = in_order(person, for_people(candidates))[0][0]

    def _candidates(self, identifier: NodeId) -> Voices:
        languages = self._languages[identifier]
        language = min(languages, key=lambda tag: (-languages[tag], tag))
        try:
            return for_words_in(language, self._voices, self._most_at_once)
        except MissingPartError:
            return ()
