"""The people of a document: one person for all their labels, and what they do here."""

import itertools
import re
from collections import Counter
from typing import Final

import msgspec

from converters.document import NodeId, Part, Person
from converters.findings import Report
from converters.identifiers import RESERVED, Names, slug
from converters.readers.labels.candidates import fold
from converters.readers.labels.decision import Told
from converters.readers.labels.identity import TOGETHER, Seen, same_people
from converters.readers.labels.names import bare, is_name, is_only_counted, name_and_role, readable
from converters.readers.manuscript import Listed
from converters.settings import Options, PersonFacts

_HOST_LABELS: Final = frozenset(
    "host co-host cohost moderator interviewer presenter chair anchor "
    "anfitrión anfitriona conductor conductora entrevistador entrevistadora moderador moderadora presentador "
    "presentadora moderatorin moderation gastgeber gastgeberin interviewerin animateur animatrice présentateur "
    "présentatrice conduttore conduttrice apresentador apresentadora ведущий ведущая מנחה מראיין מראיינת "
    "主持人 主持 主播 司会 司会者 進行 聞き手 진행자 사회자 المذيع المذيعة مقدم مقدمة".split()
)
_AUDIENCE: Final = frozenset("audience crowd público publikum public зал קהל 观众 觀眾 会場 청중".split())
_NARRATORS: Final = frozenset(
    "narrator announcer voiceover erzähler erzählerin locutor locutora קריין קריינית диктор 旁白 "
    "ナレーション ナレーター".split()
)
FEW_TURNS: Final = 8


class Said(msgspec.Struct, frozen=True):
    """One turn as the evidence for a host needs it: its label, and how many questions it asks."""

    label: str
    questions: int


class People:
    """Finds the person for a label; the same label is always the same person."""

    def __init__(self, options: Options, text: str) -> None:
        """Begin with the people whom the show and the episode name."""
        self._options, self._text = options, text
        self._names = Names(RESERVED)
        self._people: dict[NodeId, Person] = {}
        self._by_key: dict[str, NodeId] = {}
        self._fuller: dict[str, str] = {}
        self._heard: dict[str, tuple[NodeId, ...]] = {}
        self._guests: set[NodeId] = set()
        self._facts: dict[str, tuple[str, PersonFacts]] = {}
        self._corrections = {fold(label): whose for label, whose in _corrections(options).items()}
        for facts in (options.show.people, options.episode.people):
            for identifier, person in facts.items():
                for spelling in (identifier, person.name or identifier.replace("-", " "), *person.labels):
                    self._facts[fold(spelling)] = (identifier, person)

    def told(self, printed: frozenset[str]) -> Told:
        """Return what is known of labels before they are weighed; ``printed`` are the names of a list, folded."""
        corrected = {label for label, whose in self._corrections.items() if whose}
        refused = frozenset(label for label, whose in self._corrections.items() if not whose)
        return Told(frozenset(self._by_key) | printed, frozenset({*self._facts, *corrected}), refused)

    @property
    def everyone(self) -> tuple[Person, ...]:
        """All people, in the order in which they were first met."""
        return tuple(self._people.values())

    @property
    def guests(self) -> frozenset[NodeId]:
        """Those on a list that the source prints, or whom its data calls guests."""
        return frozenset(self._guests)

    def printed(self, entry: Listed) -> NodeId:
        """Return the person of a list that the source prints: a guest, if it does not say otherwise."""
        identifier = self.listed(entry)
        if is_name(entry.name):
            self._guests.add(identifier)
        return identifier

    def listed(self, entry: Listed) -> NodeId:
        """Return the person of a list of data, with what it says of them."""
        name, role = name_and_role(entry.name)
        identifier = self._find(name) or self._new(name, name)
        self._by_key[fold(entry.name)] = identifier
        if entry.label:
            self._by_key[fold(entry.label)] = identifier
        self._say_of(identifier, entry.description or role, entry.part)
        if entry.part == "guest":
            self._guests.add(identifier)
        return identifier

    def meet(self, labels: tuple[str, ...], report: Report) -> None:
        """Look at all labels, in the order in which they speak, and find those that are one person's."""
        counts = Counter(labels)
        seen = tuple(Seen(label, count) for label, count in counts.items() if self._is_open(label))
        folded = [fold(label) for label in labels]
        answers = Counter(frozenset(pair) for pair in itertools.pairwise(folded) if pair[0] != pair[1])
        names = (*(p.name for p in self._people.values()), *(facts.name or "" for _, facts in self._facts.values()))
        for same in same_people(seen, tuple(filter(None, names)), answers):
            self._fuller[fold(same.label)] = same.fuller
            if same.doubtful:
                report.add("read-017", f"“{same.label}” and “{same.fuller}”")
        for label in counts:
            if _tells_more(label):
                self._fuller.setdefault(fold(label), name_and_role(label)[0])

    def _is_open(self, label: str) -> bool:
        """Tell whether nobody has said whose a label is."""
        key = fold(label)
        return key not in self._corrections and key not in self._facts and key not in self._by_key

    def speaking(self, label: str) -> tuple[NodeId, ...]:
        """Return the people whom a label names, one as a rule, and remember the label."""
        if not any(letter.isalnum() for letter in label):
            return ()  # “?:” says that nobody knows who it was
        if label in self._heard:
            return self._heard[label]
        people = self._heard[label] = self._together(label) or (self._one(label),)
        for identifier in people:
            person = self._people[identifier]
            if label not in person.labels:
                self._people[identifier] = msgspec.structs.replace(person, labels=(*person.labels, label))
        return people

    def _one(self, label: str) -> NodeId:
        name = self._corrections.get(fold(label)) or label
        identifier = self._find(name) or self._find(self._meant(name))
        if not identifier:
            identifier = self._new(self._meant(name), label)
        self._by_key[fold(label)] = identifier
        self._say_of(identifier, name_and_role(label)[1], _part(label))
        return identifier

    def _meant(self, name: str) -> str:
        """Return the fullest form of a name: forms of forms are followed to the end."""
        for _ in range(OFTEN_ENOUGH):
            fuller = self._fuller.get(fold(name))
            if not fuller or fuller == name:
                break
            name = fuller
        return name

    def _together(self, label: str) -> tuple[NodeId, ...]:
        """Return the people of a label such as ``LEO AND STEVE``, where each of them is known by themselves."""
        parts = [part for part in TOGETHER.split(label) if part]
        if len(parts) < 2 or fold(label) in self._by_key or self._find(label):  # noqa: PLR2004 - two make several
            return ()
        found = tuple(self._find(part) or self._find(self._meant(part)) for part in parts)
        return tuple(dict.fromkeys(i for i in found if i)) if all(found) else ()

    def named(self, text: str) -> NodeId | None:
        """Return the person whose name a line begins with, if it is anybody's."""
        begins = [(len(p.name), i) for i, p in self._people.items() if _begins_with(fold(text), fold(p.name))]
        return max(begins)[1] if begins else None

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
        part = facts.role or _part(label)
        self._people[chosen] = Person(chosen, shown, (), part, facts.description, facts.pronunciation, facts.voice)
        self._by_key[fold(name)] = chosen
        return chosen

    def _say_of(self, identifier: NodeId, description: str | None, part: Part | None) -> None:
        person = self._people[identifier]
        self._people[identifier] = msgspec.structs.replace(
            person, description=person.description or description, part=person.part or part
        )

    def settle_parts(self, said: tuple[Said, ...], report: Report) -> None:
        """Say who is the host and who a guest, where the conversation tells; else nothing is said."""
        guests = self.guests
        speaking = dict.fromkeys(self._by_key[fold(turn.label)] for turn in said if fold(turn.label) in self._by_key)
        turns = tuple(turn for turn in said if fold(turn.label) in self._by_key)
        hosts = [i for i in speaking if self._people[i].part == "host"]
        if not hosts and (host := self._host(turns, guests)):
            hosts = [host]
            self._say_of(host, None, "host")
        for identifier in {**speaking, **dict.fromkeys(guests)}:
            if hosts or identifier in guests:
                self._say_of(identifier, None, "guest")
        if not hosts and len(turns) > FEW_TURNS and len(speaking) > 1:
            report.add("read-011")
        labels = {self._by_key[fold(turn.label)]: turn.label for turn in reversed(turns)}
        if counted := [f"“{labels[i]}”" for i in speaking if is_only_counted(self._people[i].name)]:
            report.add("read-022", ", ".join(counted))

    def _host(self, said: tuple[Said, ...], guests: frozenset[NodeId]) -> NodeId | None:
        """Return the host where two things tell: not being a listed guest, leading, asking, the show's name."""
        whose = [self._by_key[fold(turn.label)] for turn in said]
        if len(set(whose)) <= 1:
            return None
        asked = Counter(person for person, turn in zip(whose, said, strict=True) if turn.questions)
        marks = {i: self._marks_of_a_host(i, whose, asked, guests) for i in dict.fromkeys(whose)}
        best = max(marks, key=lambda i: marks[i])
        alone = list(marks.values()).count(marks[best]) == 1
        return best if alone and marks[best] >= 2 else None  # noqa: PLR2004 - two marks, as promised

    def _marks_of_a_host(
        self, identifier: NodeId, whose: list[NodeId], asked: Counter[NodeId], guests: frozenset[NodeId]
    ) -> int:
        person = self._people[identifier]
        return sum((
            2 if person.name in (self._options.show.name or "") or f"{person.name} Show" in self._text else 0,
            1 if guests and identifier not in guests else 0,
            1 if whose[0] == identifier else 0,
            1 if whose[-1] == identifier else 0,
            1 if asked[identifier] * 2 > asked.total() else 0,
            1 if whose.count(identifier) * 3 >= len(whose) else 0,
            -2 if identifier in guests else 0,
        ))  # fmt: skip


OFTEN_ENOUGH: Final = 4
"""Steps from a form of a name to the fullest one."""


def _corrections(options: Options) -> dict[str, str]:
    """Return whose the labels are that staff have spoken of; the command line outweighs the file."""
    return {**options.episode.labels, **options.speakers}


def _tells_more(label: str) -> bool:
    name, role = name_and_role(label)
    return role is not None or name != label


def _part(label: str) -> Part | None:
    """Return what a label says that somebody does here: the whole of it, or its role or remark."""
    words = fold(label)
    _, role = name_and_role(label)
    remark = fold(re.sub(r"^.*[(（\[](?P<inner>[^()（）\[\]]*)[)）\]]$", r"\g<inner>", label))
    if _HOST_LABELS.intersection({words, remark, *fold(role or "").replace("/", " ").split()}):
        return "host"
    first = re.sub(r"[ _#]?\d+$", "", words).split(" ")[0]
    if first in _AUDIENCE:
        return "audience"
    return "narrator" if first in _NARRATORS else None


def is_crowd(label: str) -> bool:
    """Tell whether a label names a crowd and nobody in it."""
    words = fold(label).strip("[]()")
    return words in _AUDIENCE or words in _ALL


_ALL: Final = frozenset("all everyone everybody todos todas alle tous все כולם 众人 一同 全員".split())


def _begins_with(text: str, name: str) -> bool:
    """Tell whether a line begins with a whole name, not with the beginning of a longer one."""
    return text.startswith(name) and not text[len(name) : len(name) + 1].isalnum()


def _person_slug(name: str) -> str:
    found = slug(name, 60)
    return found if found[:1].isalpha() else f"person-{found}".rstrip("-")
