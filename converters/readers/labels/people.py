"""The people of a document: one person for all their labels, and what they do here."""

from collections import Counter
from typing import Final

import msgspec

from converters.document import NodeId, Part, Person
from converters.findings import Report
from converters.identifiers import RESERVED, Names, slug
from converters.readers.labels.candidates import fold
from converters.readers.labels.decision import Told
from converters.readers.labels.names import bare, readable
from converters.settings import Options, PersonFacts

_HOST_LABELS: Final = frozenset(
    "host moderator interviewer presenter chair anfitrión anfitriona entrevistador entrevistadora moderador moderadora "
    "presentador presentadora moderatorin gastgeber gastgeberin interviewerin animateur animatrice présentateur "
    "présentatrice conduttore conduttrice apresentador apresentadora ведущий ведущая מנחה "
    "主持人 主持 司会 司会者 進行 진행자".split()
)
_PARTS: Final[dict[str, Part]] = {"audience": "audience", "narrator": "narrator", "announcer": "narrator"}
FEW_TURNS: Final = 8


class Listed(msgspec.Struct, frozen=True):
    """A line of a printed list of people, or of an attribution: a name and what is said of them."""

    name: str
    description: str | None


class Said(msgspec.Struct, frozen=True):
    """One turn as the evidence for a host needs it: whose, and how many questions it asks."""

    key: str
    questions: int


class People:
    """Finds the person for a label; the same label is always the same person."""

    def __init__(self, options: Options, text: str) -> None:
        """Begin with the people whom the show and the episode name."""
        self._options, self._text = options, text
        self._names = Names(RESERVED)
        self._people: dict[NodeId, Person] = {}
        self._by_key: dict[str, NodeId] = {}
        self._facts: dict[str, tuple[str, PersonFacts]] = {}
        for facts in (options.show.people, options.episode.people):
            for identifier, person in facts.items():
                for spelling in (identifier, person.name or identifier.replace("-", " "), *person.labels):
                    self._facts[fold(spelling)] = (identifier, person)

    @property
    def told(self) -> Told:
        """What is known of labels before they are weighed."""
        labels = self._options.episode.labels
        corrected = {fold(label) for label, whose in labels.items() if whose}
        refused = frozenset(fold(label) for label, whose in labels.items() if not whose)
        return Told(frozenset(self._by_key), frozenset({*self._facts, *corrected}), refused)

    @property
    def everyone(self) -> tuple[Person, ...]:
        """All people, in the order in which they were first met."""
        return tuple(self._people.values())

    def listed(self, entry: Listed) -> NodeId:
        """Return the person of a printed list, with what the list says of them."""
        identifier = self._find(entry.name) or self._new(entry.name, entry.name)
        person = self._people[identifier]
        if entry.description and not person.description:
            self._people[identifier] = msgspec.structs.replace(person, description=entry.description)
        return identifier

    def speaking(self, label: str) -> NodeId:
        """Return the person whom a label names, and remember the label."""
        identifier = self._find(self._corrected(label)) or self._new(self._corrected(label), label)
        self._by_key[fold(label)] = identifier
        person = self._people[identifier]
        if label not in person.labels:
            self._people[identifier] = msgspec.structs.replace(person, labels=(*person.labels, label))
        return identifier

    def named(self, text: str) -> NodeId | None:
        """Return the person whose name a line begins with, if it is anybody's."""
        begins = [(len(p.name), i) for i, p in self._people.items() if _begins_with(fold(text), fold(p.name))]
        return max(begins)[1] if begins else None

    def _corrected(self, label: str) -> str:
        """Return whose label staff say it is, else the label."""
        return next(
            (
                whose
                for printed, whose in self._options.episode.labels.items()
                if fold(printed) == fold(label) and whose
            ),
            label,
        )

    def _find(self, name: str) -> NodeId | None:
        """Return the person of that id, label or name; a remark in brackets after it changes nothing."""
        if name in self._people:
            return NodeId(name)
        return next((found for key in (fold(name), fold(bare(name))) if (found := self._by_name(key))), None)

    def _by_name(self, key: str) -> NodeId | None:
        if key in self._by_key:
            return self._by_key[key]
        if key in self._facts:
            return next((NodeId(i) for i in self._people if i == self._facts[key][0]), None)
        return next((i for i, p in self._people.items() if fold(p.name) == key), None)

    def _new(self, name: str, label: str) -> NodeId:
        identifier, facts = self._facts.get(fold(bare(name)), (None, PersonFacts()))
        shown = facts.name or readable(name, self._text)
        chosen = self._names.claim(identifier or _person_slug(shown))
        part = facts.role or _PARTS.get(fold(label).split(" ")[0])
        self._people[chosen] = Person(chosen, shown, (), part, facts.description, facts.pronunciation, facts.voice)
        self._by_key[fold(name)] = chosen
        return chosen

    def settle_parts(self, said: tuple[Said, ...], guests: frozenset[NodeId], report: Report) -> None:
        """Say who is the host and who a guest, where the conversation tells; else nothing is said."""
        speaking = dict.fromkeys(self._by_key[turn.key] for turn in said)
        hosts = [i for i in speaking if self._people[i].part == "host"]
        if not hosts and (host := self._host(said, guests)):
            hosts = [host]
            self._set_part(host, "host")
        for identifier in {**speaking, **dict.fromkeys(guests)}:
            if (hosts or identifier in guests) and not self._people[identifier].part:
                self._set_part(identifier, "guest")
        if not hosts and len(said) > FEW_TURNS and len(speaking) > 1:
            report.add("read-011")

    def _set_part(self, identifier: NodeId, part: Part) -> None:
        self._people[identifier] = msgspec.structs.replace(self._people[identifier], part=part)

    def _host(self, said: tuple[Said, ...], guests: frozenset[NodeId]) -> NodeId | None:
        """Return the host where two things tell: not being a listed guest, leading, asking, the show's name."""
        speaking = dict.fromkeys(self._by_key[turn.key] for turn in said)
        if len(speaking) <= 1:
            return None
        marks = {i: self._marks_of_a_host(i, said, guests) for i in speaking}
        best = max(marks, key=lambda i: marks[i])
        alone = list(marks.values()).count(marks[best]) == 1
        return best if alone and marks[best] >= 2 else None  # noqa: PLR2004 - two marks, as promised

    def _marks_of_a_host(self, identifier: NodeId, said: tuple[Said, ...], guests: frozenset[NodeId]) -> int:
        person = self._people[identifier]
        mine = [turn for turn in said if self._by_key[turn.key] == identifier]
        asked = Counter(self._by_key[turn.key] for turn in said if turn.questions)
        return sum((
            3 if _HOST_LABELS.intersection(map(fold, person.labels)) else 0,
            2 if person.name in (self._options.show.name or "") or f"{person.name} Show" in self._text else 0,
            1 if guests and identifier not in guests else 0,
            1 if self._by_key[said[0].key] == identifier else 0,
            1 if self._by_key[said[-1].key] == identifier else 0,
            1 if asked[identifier] * 2 > asked.total() else 0,
            1 if len(mine) * 3 >= len(said) else 0,
            -2 if identifier in guests else 0,
        ))  # fmt: skip


def _begins_with(text: str, name: str) -> bool:
    """Tell whether a line begins with a whole name, not with the beginning of a longer one."""
    return text.startswith(name) and not text[len(name) : len(name) + 1].isalnum()


def _person_slug(name: str) -> str:
    found = slug(name, 60)
    return found if found[:1].isalpha() else f"person-{found}".rstrip("-")
