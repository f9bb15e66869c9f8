"""What JSON says beside the speech: facts of the episode, its people, and words that no edition will have."""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

import msgspec

from converters.document import Part
from converters.findings import Report
from converters.readers.column_roles import SPACELESS, words_in
from converters.readers.field_names import meanings, words_of_name
from converters.readers.front_matter_facts import Entry, FrontMatter, Value, facts_of, is_known
from converters.readers.json_records import WITHIN, Path, Record, Records
from converters.readers.manuscript import Facts, Listed
from converters.settings import LANGUAGE_SHAPE

_EPISODE: Final = frozenset("episode meta metadata info header item folge episodio sendung program".split())
_SHOW: Final = frozenset("show podcast series channel feed programme".split())
_LANGUAGE: Final = frozenset({("language",), ("lang",), ("language", "code"), ("detected", "language"), ("locale",)})
_NAMES: Final = ("name", "displayname", "fullname", "speakername", "title", "label")
_ABOUT: Final = ("description", "bio", "affiliation", "title", "job", "organization")
_ROLES: Final[dict[str, Part]] = {
    "host": "host",
    "moderator": "host",
    "guest": "guest",
    "narrator": "narrator",
    "audience": "audience",
}
_WORD: Final = re.compile(f"{SPACELESS.pattern}|[^\\W_]+")
_LABEL: Final = re.compile(r"^[^:\n]{1,40}:\s")
_MADE_UP: Final = re.compile(r"(?=.*\d)[\w.:+/=-]{8,}|https?://\S+|[\d\s.:,;TZ+/-]+")
"""Identifiers, hashes, dates and times, addresses: no words."""
_MOST_PEOPLE: Final = 100
"""Who is listed beyond those who speak."""
_NEARLY: Final = 0.9


class Source(msgspec.Struct, frozen=True):
    """The data, and what of it is read: fields of the records at a path, and the words that they hold."""

    records: Records
    path: Path
    fields: frozenset[str]
    texts: tuple[str, ...]


def account(source: Source, labels: Sequence[str], report: Report) -> Facts:
    """Return the facts of the episode and its people; every other word goes to the report, unless it is said again."""
    people = tuple(_people(source, frozenset(labels)))
    entries = tuple(_entries(source))
    facts = facts_of(FrontMatter(entries), report)
    told = {line for one in people for line in (one.name, *(one.description or "").split(", "), one.part)}
    printed = {value for entry in entries for value in (entry.value, *_several(entry.value))}
    known = frozenset(value for value in (*labels, *told, *printed) if isinstance(value, str))
    _leave_out(source, _Said((*source.texts, *labels)), known, report)
    return msgspec.structs.replace(facts, language=facts.language or _language(source), people=(*people, *facts.people))


def _several(value: Value) -> tuple[Value, ...]:
    return value if isinstance(value, tuple) else ()


# facts ----------------------------------------------------------------------------------


def _entries(source: Source) -> Iterator[Entry]:
    """Yield what the outermost object, and those named for the episode or the show, say of it."""
    for path, group in source.records.groups.items():
        if len(group) == 1 and _tells_of_episode(path, source):
            for name, value in group[0].own.items():
                key = _key(path, name)
                if value and key and not (path == source.path and name in source.fields):
                    yield Entry(key, _value(name, value))


def _tells_of_episode(path: Path, source: Source) -> bool:
    return not path or (len(path) <= 2 and path[-1].casefold() in _EPISODE | _SHOW and path != source.path)  # noqa: PLR2004 - near the top


def _key(path: Path, name: str) -> str:
    """Return the key by which a fact is known; empty where it is no fact of the episode."""
    if WITHIN in name or words_of_name(name) in _LANGUAGE:
        return ""
    if path and path[-1].casefold() in _SHOW:
        return "show" if name.casefold() in {"title", "name"} else ""
    machine_made = not path and name.casefold() in {"summary", "topics", "chapters"}
    return name if is_known(name) and not machine_made and not meanings(name) else ""


def _value(name: str, value: str) -> Value:
    return tuple(value.split(", ")) if name.casefold() in {"tags", "keywords", "categories"} else value


def _language(source: Source) -> str | None:
    """Return the one language that the data names, wherever it does."""
    found = {
        value.replace("_", "-")
        for group in source.records.groups.values()
        for record in group[:1]
        for name, value in record.own.items()
        if WITHIN not in name and words_of_name(name) in _LANGUAGE and value
    }
    entries = tuple(Entry("language", value) for value in sorted(found))
    told = facts_of(FrontMatter(entries), Report()).language if len(entries) == 1 else None
    return told if told and re.match(LANGUAGE_SHAPE, told) else None


# people ---------------------------------------------------------------------------------


def _people(source: Source, labels: frozenset[str]) -> Iterator[Listed]:
    """Yield those whom a list of the data names, with the label by which they speak."""
    for path, group in source.records.groups.items():
        if path == source.path or not labels:
            continue
        if _is_list_of_people(group, labels):
            yield from (listed for record in group if (listed := _listed(record, labels)))
        elif len(group) == 1:
            yield from _mapped(group[0], labels)


def _is_list_of_people(group: Sequence[Record], labels: frozenset[str]) -> bool:
    """Tell whether the records' identifiers are the labels, each once, and whether they have names beside them."""
    if len(group) > _MOST_PEOPLE + len(labels):
        return False
    known = [record for record in group if _identifier(record, labels) and _name(record)]
    return bool(known) and len({_identifier(record, labels) for record in known}) == len(known) == len(group)


def _identifier(record: Record, labels: frozenset[str]) -> str:
    """Return the label that is one of the record's fields, other than its name."""
    return next(
        (value for name, value in record.own.items() if value in labels and value != _name(record) and name), ""
    )


def _name(record: Record) -> str:
    folded = {"".join(words_of_name(name)): value for name, value in record.own.items()}
    return next((folded[key] for key in _NAMES if any(letter.isalpha() for letter in folded.get(key, ""))), "")


def _listed(record: Record, labels: frozenset[str]) -> Listed | None:
    name, role = _name(record), record.own.get("role", "")
    part = _ROLES.get(role.casefold())
    about = [record.own[key] for key in _ABOUT if record.own.get(key) and record.own[key] != name]
    description = ", ".join([*([] if part else [role]), *about]).strip(", ") or None
    return Listed(name, description, part, _identifier(record, labels) or None)


def _mapped(record: Record, labels: frozenset[str]) -> Iterator[Listed]:
    """Yield the people of ``{"A": "Ana Ruiz", …}`` or ``{"A": {"name": "Ana Ruiz"}, …}``."""
    for name, value in record.own.items():
        label, _, inner = name.partition(WITHIN)
        if label in labels and (not inner or inner in _NAMES) and any(letter.isalpha() for letter in value):
            yield Listed(value, label=label)


# what is left ---------------------------------------------------------------------------


class _Said:
    """What is said, to tell whether other words only say it again."""

    def __init__(self, texts: Iterable[str]) -> None:
        words = [word for text in texts for word in _WORD.findall(text.casefold())]
        self._runs = [set(zip(*(words[shift:] for shift in range(count)), strict=False)) for count in (1, 2, 3)]

    def has(self, text: str) -> bool:
        """Tell whether nearly all words stand in this order in what is said; a printed label before them may differ."""
        return all(self._has_line(line) or self._has_line(_LABEL.sub("", line)) for line in text.split("\n") if line)

    def _has_line(self, line: str) -> bool:
        words = _WORD.findall(line.casefold())
        runs = self._runs[min(len(words), 3) - 1]
        own = list(zip(*(words[shift:] for shift in range(min(len(words), 3))), strict=False))
        return sum(run in runs for run in own) >= _NEARLY * len(own)


def _leave_out(source: Source, said: _Said, known: frozenset[str], report: Report) -> None:
    """Report sentences field by field, and then the bare words by which programs name things.

    Needless to report is what is ``known`` already as a label, a person or a fact, and what is said.
    """
    settings: dict[str, dict[str, None]] = {}
    for name, values in _other_fields(source):
        left = [value for value in values if not known.issuperset(value.split(", ")) and value not in known]
        left = [value for value in left if not said.has(value)]
        sentences = [value for value in left if words_in(value) > 1]
        report.leave_out(f"“{name}” in the data beside the speech", " | ".join(dict.fromkeys(sentences)))
        words = [value for value in left if words_in(value) <= 1 and not _MADE_UP.fullmatch(value)]
        settings.setdefault(name, {}).update(dict.fromkeys(words))
    guesses = [guess.words for guess in source.records.guesses if words_in(guess.words) and not said.has(guess.words)]
    report.leave_out("Other guesses at the same words", " | ".join(guesses))
    told = "; ".join(f"{name}: {', '.join(words)}" for name, words in settings.items() if words)
    report.leave_out("What programs noted in the data", told)


def _other_fields(source: Source) -> Iterator[tuple[str, list[str]]]:
    """Yield the fields that are not read, with their values that have letters."""
    for path, group in source.records.groups.items():
        names = dict.fromkeys(name for record in group for name in record.own if WITHIN not in name)
        for name in (name for name in names if words_of_name(name) not in _LANGUAGE):
            read = name in source.fields and path == source.path[: len(path)]
            values = [] if read else [value for record in group if (value := record.own.get(name, ""))]
            yield name, [value for value in values if any(letter.isalpha() for letter in value)]
