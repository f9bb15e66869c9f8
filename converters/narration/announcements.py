"""Who is named before speaking, and by which name.

A name helps where a voice alone does not tell who begins: with a voice each, that is a guest
among guests, and the host once; with fewer voices than people, everybody at every change.
"""

import re
from collections import Counter
from typing import Final

from converters.document import Document, NodeId, Person, Turn
from converters.settings import Announce
from converters.traverse import person_named

PARTICLES: Final = frozenset("al al- bin da de del della den der di do dos du el ibn la le ten ter van von zu".split())
"""Small words that belong to the surname after them."""

AFTER_A_NAME: Final = frozenset("jr sr ii iii iv phd md esq".split())
NO_NAMES: Final = frozenset(
    "all announcer audience both caller children clip crowd everyone female group guest host interviewee interviewer "
    "male man member moderator narrator operator participant presenter question questioner reporter several somebody "
    "someone speaker student unidentified unknown viewer voice voiceover woman".split()
)
"""Words for somebody without a name; what stands beside one is no surname."""

CAPITALISED: Final = re.compile(r"[^\W\d_a-z][^\W\d_]*(?:[’'-][^\W\d_]+)*")


class Announcer:
    """Tells for one turn after another whose name is due; remembers who spoke last and who was named."""

    def __init__(self, document: Document, announce: Announce, *, voices_shared: bool) -> None:
        """``voices_shared``: a voice does not tell who speaks."""
        self._document, self._announce = document, announce
        self._voices_shared = voices_shared
        self._short = short_names(document)
        self._speaking: tuple[NodeId, ...] | None = None
        self._named: set[NodeId] = set()

    def break_off(self) -> None:
        """Note that the narrator spoke, or a section ended: whoever speaks next begins to speak."""
        self._speaking = None

    def due(self, turn: Turn) -> str:
        """Return the name to be said before a turn, empty where none is."""
        began = turn.people != self._speaking
        self._speaking = turn.people
        people = tuple(person_named(self._document, identifier) for identifier in turn.people)
        if not began or not people or not self._wanted(people):
            return ""
        once = self._said_once(people)
        self._named |= set(turn.people)
        return ", ".join(person.name if once else self._short[person.id] for person in people)

    def _wanted(self, people: tuple[Person, ...]) -> bool:
        match self._announce:
            case "always":
                return True
            case "never":
                return False
            case "first" | "auto":
                return not (self._said_once(people) and self._named.issuperset(person.id for person in people))

    def _said_once(self, people: tuple[Person, ...]) -> bool:
        """Tell whether these are named at their first words only, and so by their full names."""
        if self._announce == "auto":
            return not self._voices_shared and all(person.part == "host" for person in people)
        return self._announce == "first"


def short_names(document: Document) -> dict[NodeId, str]:
    """Return by which name each person is announced: one that only they have, or else the full one."""
    having = Counter(word for person in document.people for word in set(person.name.casefold().split()))
    return {person.id: _unless_shared(_short(person), person, having) for person in document.people}


def _unless_shared(short: str, person: Person, having: Counter[str]) -> str:
    words = short.casefold().split()
    return short if words and having[words[-1]] == 1 else person.name


def _short(person: Person) -> str:
    """Return what the source calls somebody in one word, or else the surname; the full name where it is not plain.

    Which word of a name is the surname depends on where it comes from, which is never guessed:
    of a name of three words or more, only small words before the last tell it.
    """
    words = person.name.replace(",", " ").split()
    while len(words) > 1 and words[-1].casefold().strip(".") in AFTER_A_NAME:
        words.pop()
    if len(words) < 2 or not all(_is_of_a_name(word) for word in words):  # noqa: PLR2004 - first name and surname
        return person.name
    if called := _called(person, words):
        return called
    names = [word for number, word in enumerate(words) if not number or not _is_initial(word)]
    first_of_surname = len(names) - 1
    while first_of_surname > 1 and names[first_of_surname - 1].casefold() in PARTICLES:
        first_of_surname -= 1
    return " ".join(names[first_of_surname:]) if first_of_surname == 1 else person.name


def _is_of_a_name(word: str) -> bool:
    bare = word.strip(".")
    if bare.casefold() in PARTICLES:
        return True
    return bare.casefold() not in NO_NAMES and bool(CAPITALISED.fullmatch(bare))


def _is_initial(word: str) -> bool:
    return len(word.strip(".")) == 1


def _called(person: Person, words: list[str]) -> str | None:
    """Return the word of a name that stands alone as a label in the source: ``BENNIS``, ``Phyllis``."""
    by_word = {word.casefold(): word for word in words if not _is_initial(word)}
    found = (by_word.get(label.strip().casefold()) for label in person.labels)
    return next((word for word in found if word), None)
