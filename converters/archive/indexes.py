"""By what an episode is found in an archive: when it was, who takes part, what it is about."""

import re
from collections import Counter
from collections.abc import Callable, Iterable
from typing import Final, Literal

import msgspec

from converters.archive.holdings import Held
from converters.document import NodeId
from converters.episode_facts import TakesPart
from converters.identifiers import slug
from converters.manifest import digest
from converters.settings import Show

UNDATED: Final = "undated"

_SHORTEST_NAME: Final = 2
"""Words in a name that is one person's in all episodes, where the show does not say whose it is."""
_NOBODY: Final = re.compile(
    r"(speaker|audience|caller|listener|questioner|interviewer|host|guest|moderator|announcer|narrator|unidentified|unknown"
    r"|sprecher(in)?|publikum|anrufer(in)?|zuschauer(in)?|moderator(in)?|oyente|hablante|público|participante)\b",
    re.IGNORECASE,
)
"""How labels begin that name nobody: whoever is “Speaker 1” here is another one there."""

Kind = Literal["year", "person", "subject"]


class Group(msgspec.Struct, frozen=True):
    """Episodes that have something in common, the newest first; ``name`` is what, as printed.

    ``key`` is the same between runs: the page about them is named for it. ``said`` is what the source says of a person.
    """

    kind: Kind
    key: str
    name: str
    episodes: tuple[Held, ...]
    said: tuple[str, ...] = ()

    @property
    def page(self) -> str:
        """The name of the page about them."""
        return f"{self.kind}-{self.key}.html"


def years(episodes: tuple[Held, ...]) -> tuple[Group, ...]:
    """Return the episodes by year, the newest first, those without a date last."""
    found = _grouped(episodes, lambda held: [str(held.facts.published.year if held.facts.published else UNDATED)])
    return tuple(Group("year", year, year, tuple(held)) for year, held in found.items())


def people(episodes: tuple[Held, ...], show: Show) -> tuple[Group, ...]:
    """Return the episodes by who takes part, in the order of names, for everybody who is told from all others.

    Those are whom show.toml knows, and who are named in full: an “Adam” of one episode may not be that of another.
    """
    found: dict[NodeId, list[tuple[Held, TakesPart]]] = {}
    for held in episodes:
        for person in held.facts.people:
            if is_known(person, show):
                found.setdefault(person.id, []).append((held, person))
    groups = (_of_person(identifier, parts, show) for identifier, parts in found.items())
    return tuple(sorted(groups, key=lambda group: (slug(group.name), group.key)))


def is_known(person: TakesPart, show: Show) -> bool:
    """Tell whether somebody is the same person in all episodes."""
    is_whole_name = len(person.name.split()) >= _SHORTEST_NAME
    return person.id in show.people or (is_somebody(person, show) and is_whole_name)


def is_somebody(person: TakesPart, show: Show) -> bool:
    """Tell whether a label names a person, and not just a part in the conversation, such as “Speaker 1”."""
    nobody = person.part in {"audience", "narrator"} or _NOBODY.match(person.name)
    return person.id in show.people or not nobody


def _of_person(identifier: NodeId, parts: list[tuple[Held, TakesPart]], show: Show) -> Group:
    registered = show.people[identifier].name if identifier in show.people else None
    name = registered or _commonest(person.name for _, person in parts)
    said = dict.fromkeys(" ".join(person.description.split()) for _, person in parts if person.description)
    return Group("person", identifier, name, tuple(dict.fromkeys(held for held, _ in parts)), tuple(said))


def subjects(episodes: tuple[Held, ...]) -> tuple[Group, ...]:
    """Return the episodes by the source's own subjects, in their order; those that differ in signs only are one."""
    found = _grouped(episodes, lambda held: dict.fromkeys(map(subject_key, held.facts.subjects)))
    groups = (Group("subject", key, _subject_name(key, held), tuple(held)) for key, held in found.items())
    return tuple(sorted(groups, key=lambda group: group.key))


def subject_key(subject: str) -> str:
    """Return what stands for a subject in an address."""
    return slug(subject) or digest(subject.encode())[:6]


def _subject_name(key: str, episodes: list[Held]) -> str:
    return _commonest(one for held in episodes for one in held.facts.subjects if subject_key(one) == key)


def _commonest(names: Iterable[str]) -> str:
    """Return the form that is there most often, of equals the first by its letters."""
    return min(Counter(names).items(), key=lambda item: (-item[1], item[0]))[0]


def _grouped(episodes: tuple[Held, ...], keys: Callable[[Held], Iterable[str]]) -> dict[str, list[Held]]:
    found: dict[str, list[Held]] = {}
    for held in episodes:
        for key in keys(held):
            found.setdefault(key, []).append(held)
    return found
