"""What XML says beside the speech: its header, its people, and words that no edition will have."""

import re
from collections.abc import Container, Iterator, Sequence
from typing import Final

import msgspec

from converters.document import Part
from converters.findings import Report
from converters.readers.column_roles import words_in
from converters.readers.field_names import meanings
from converters.readers.front_matter_facts import Entry, FrontMatter, facts_of, is_known
from converters.readers.ledger import Ledger
from converters.readers.manuscript import Facts, Listed
from converters.readers.xml_source import Element

_NAME_PARTS: Final = (
    ("forename", "first", "firstname", "vorname", "given"),
    ("namelink",),
    ("surname", "last", "lastname", "nachname", "family"),
    ("genname",),
)
_NAME_TAGS: Final = frozenset("persname name displayname fullname label abbreviation nombre nom nome".split())
_ABOUT_TAGS: Final = ("occupation", "role", "affiliation", "description", "title")
_PARTS: Final[dict[str, Part]] = {
    "host": "host",
    "moderator": "host",
    "guest": "guest",
    "narrator": "narrator",
    "audience": "audience",
}
_NO_FACTS: Final = frozenset("url name subject topic lang language".split())
"""Attributes that say something of an element, not of the episode."""
_NO_WORDS: Final = frozenset("schemaLocation topic speaker who id".split())
_OF_EVENT: Final = frozenset("setting recording broadcast recordingstmt".split())
"""Elements whose date is that of the conversation, rather than of the file."""
_DAY: Final = re.compile(r"\d{4}-\d\d-\d\d.*")


def labels_in(value: str, known: Container[str] = ()) -> tuple[str, ...]:
    """Return who speaks by a reference: ``spk1`` for ``#spk1``, two for ``spk1 spk3``; else the words as they are.

    ``known`` are the identifiers under which the file declares people.
    """
    words = " ".join(value.split()).removesuffix(":").strip()
    parts = words.split()
    if not all("#" in part or part in known for part in parts):
        return (words,) if words else ()
    return tuple(part.rpartition("#")[2] if "#" in part and part not in known else part for part in parts)


# people ---------------------------------------------------------------------------------


class Declared(msgspec.Struct, frozen=True):
    """Somebody whom the file declares under an identifier, and the element that does."""

    identifier: str
    person: Listed
    element: Element


def declared_people(root: Element, spoken: frozenset[str]) -> Iterator[Declared]:
    """Yield those whom the file names under an identifier; ``spoken`` are the tags of speech, which declare nobody."""
    for element in root.everything():
        identifier = element.attributes.get("id") or element.attributes.get("n") or ""
        if identifier and element.tag not in spoken and (name := _name_of(element)):
            yield Declared(identifier, _listed(name, element), element)


def _name_of(element: Element) -> str:
    """Return the name that an element of a person gives, in an attribute, in an element of its own, or as its words."""
    is_person = element.tag.casefold() in {"person", "speaker", "agent", "participant", "member", "personref"} or bool(
        _kinds(element.tag) & {"speaker"}
    )
    if not is_person:
        return ""
    for name, value in element.attributes.items():
        if name.casefold() in _NAME_TAGS and value.strip():
            return " ".join(value.split())
    inner = next((child for child in element.children if child.tag.casefold() in _NAME_TAGS and child.words), None)
    if inner is not None or any(_name_part(child) is not None for child in element.children):
        return _in_order(inner if inner is not None else element)
    return element.text if not element.children else ""


def _kinds(tag: str) -> set[str]:
    return {one.kind for one in meanings(tag) if not one.weak}


def _in_order(element: Element) -> str:
    """Return given names before family names, whichever the file puts first."""
    parts = [(place, child.text) for child in element.children if (place := _name_part(child)) is not None]
    return " ".join(text for _, text in sorted(parts, key=lambda part: part[0])) if parts else element.text


def _name_part(element: Element) -> int | None:
    return next((place for place, tags in enumerate(_NAME_PARTS) if element.tag.casefold() in tags), None)


def _listed(name: str, element: Element) -> Listed:
    role = element.attributes.get("role", "")
    part = _PARTS.get(role.casefold())
    about = [child.text for child in element.children if child.tag.casefold() in _ABOUT_TAGS and child.words]
    description = ", ".join(filter(None, ["" if part else role, *about]))
    return Listed(name, description or None, part)


def cast_of(root: Element) -> tuple[tuple[Listed, ...], tuple[Element, ...]]:
    """Return those on a printed list of the cast, and its elements."""
    items = tuple(element for element in root.everything() if element.tag.casefold() == "castitem" and element.words)
    return tuple(_cast(item) for item in items), items


def _cast(item: Element) -> Listed:
    name = next((child.text for child in item.children if child.tag.casefold() in {"role", "actor"}), "")
    rest = item.text.removeprefix(name).strip(" ,;:")
    if not name:
        name, _, rest = item.text.partition(",")
    return Listed(name.strip(), rest.strip() or None)


# the header -----------------------------------------------------------------------------


def header_facts(headers: Sequence[Element], above: Sequence[Element], read: frozenset[int], report: Report) -> Facts:
    """Return what header elements, and the attributes of those round the speech, say of the episode.

    ``read`` are elements (by identity) that have been read otherwise. The first of each
    kind counts; all other words go to the report.
    """
    ledger = Ledger()
    told = [*(entry for element in above for entry in _of_attributes(element, ledger))]
    for header in headers:
        told += _of_header(header, read, ledger)
    entries, seen = list[Entry](), set[str]()
    for entry in told:
        if entry.key in seen:
            ledger.add("Header of the file", str(entry.value))
        else:
            entries.append(entry)
            seen.add(entry.key)
    facts = facts_of(FrontMatter(tuple(entries)), report)
    ledger.settle(report)
    return facts


def _of_attributes(element: Element, ledger: Ledger) -> Iterator[Entry]:
    for name, value in element.attributes.items():
        if is_known(name) and name not in _NO_FACTS and value.strip() and not meanings(name):
            yield Entry(name, value)
        elif words_in(value) > 1 and name not in _NO_WORDS:
            ledger.add("Header of the file", value)


def _of_header(element: Element, read: frozenset[int], ledger: Ledger, *, of_event: bool = False) -> Iterator[Entry]:
    """Yield the facts of an element that is no speech, and of those in it, in order."""
    if id(element) in read:
        return
    tag = element.tag.casefold()
    of_event = of_event or tag in _OF_EVENT
    if tag == "language" and (element.attributes.get("ident") or element.attributes.get("lang")):
        yield Entry("language", element.attributes.get("ident") or element.attributes["lang"])
        ledger.add("Header of the file", element.text)
        return
    if tag == "date" and _DAY.fullmatch(element.attributes.get("when", "")):
        yield Entry("published" if of_event else "date", element.attributes["when"])
        ledger.add("Header of the file", element.text)
        return
    yield from _of_attributes(element, ledger)
    key = "date" if tag == "recorded" else element.tag
    if element.words and not element.children and is_known(key):
        yield Entry(key, element.text)
        return
    for inner in element.content:
        if isinstance(inner, str):
            ledger.add("Header of the file", inner)
        else:
            yield from _of_header(inner, read, ledger, of_event=of_event)
