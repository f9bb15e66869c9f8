"""One id for one thing in every edition, given once, before any writer.

An id that a reader found in its source wins. Otherwise a section is named for
its heading, or its kind, and what is in it by position:

    transcript          a section           transcript-t03        its third turn
    transcript-t03-p1   a paragraph in it   transcript-t03-s2     its second sentence
    quotes-q01          a pull quote        transcript-x01        a sound

A corrected word moves no id; an added sentence moves those after it in its turn.
"""

import re
import unicodedata
from collections.abc import Iterable
from typing import assert_never

import msgspec

from converters.document import (
    Attribution,
    Block,
    Document,
    Emphasis,
    Foreign,
    Inline,
    Inlines,
    Link,
    NodeId,
    Note,
    NoteReference,
    Paragraph,
    PeopleList,
    PersonEntry,
    PullQuote,
    Section,
    Sentence,
    Sound,
    Text,
    Turn,
)
from converters.traverse import plain_text, walk

RESERVED = frozenset(
    (
        "title contents at-a-glance about help help-intro help-none notes from-the-page read-along tools "
        "title-page title-page-cover"
    ).split()
)
"""Ids that editions give to parts of their own."""

OURS = re.compile("nav-.*|tool-.*|added-.*|help-way-[0-9]+|.*-heading|furniture")
"""What editions make of the ids of sections; a section that is headed like one of them is named otherwise."""


def slug(text: str, longest: int = 80) -> str:
    """Return ``text`` in ASCII, lower case, all that is no letter or digit one ``-``.

    Other scripts are transliterated (``Киев`` gives ``kiev``). Empty where nothing is
    left; the caller supplies a name then.
    """
    spelled = text if text.isascii() else transliterated(text)
    return re.sub(r"[^a-z0-9]+", "-", spelled.lower())[:longest].strip("-")


def transliterated(text: str) -> str:
    """Return any script in ASCII, capitals and signs as they are (``O’Larkin`` gives ``O'Larkin``)."""
    from anyascii import anyascii  # loaded on first use: most names are ASCII

    return anyascii(unicodedata.normalize("NFC", text))


def publication_urn(show: str, name: str) -> str:
    """Return the identifier of an episode of a show: the same in its book and in every list of books."""
    import uuid  # loaded for books and lists of them only

    return uuid.uuid5(uuid.NAMESPACE_URL, f"{show}/{name}").urn


class Names:
    """The ids that are taken, so that each is given once."""

    def __init__(self, taken: Iterable[str]) -> None:
        """Start from ids that may not be given again."""
        self._taken = set(taken)

    def claim(self, wanted: str) -> NodeId:
        """Return ``wanted``, or the first free ``wanted-2``, ``wanted-3`` …."""
        name, number = wanted, 1
        while name in self._taken:
            number += 1
            name = f"{wanted}-{number}"
        self._taken.add(name)
        return NodeId(name)


def assign(document: Document) -> Document:
    """Return the document with an id on every part. Assigning twice changes nothing."""
    explicit = {step.id for step in walk(document) if step.id}
    names = Names({*RESERVED, *explicit, *(person.id for person in document.people)})
    return msgspec.structs.replace(
        document,
        sections=tuple(_section(section, names) for section in document.sections),
        notes=tuple(_note(note, names) for note in document.notes),
    )


def _section(section: Section, names: Names) -> Section:
    headed = slug(plain_text(section.heading), 60)
    if headed and (OURS.fullmatch(headed) or not headed[0].isalpha()):
        headed = f"section-{headed}"
    identifier = section.id or names.claim(headed or section.kind)
    counter = _Counter(identifier, names)
    return msgspec.structs.replace(
        section,
        id=identifier,
        blocks=tuple(_block(block, counter) for block in section.blocks),
        subsections=tuple(_section(subsection, names) for subsection in section.subsections),
    )


class _Counter:
    """Hands out ``parent-t01``, ``parent-t02`` …, each letter with a count of its own."""

    def __init__(self, parent: str, names: Names, width: int = 2) -> None:
        self._parent, self._names, self._width = parent, names, width
        self._counts: dict[str, int] = {}

    def next(self, letter: str, given: NodeId) -> NodeId:
        self._counts[letter] = self._counts.get(letter, 0) + 1
        return given or self._names.claim(f"{self._parent}-{letter}{self._counts[letter]:0{self._width}}")

    def within(self, parent: NodeId) -> "_Counter":
        return _Counter(parent, self._names, width=1)


def _block(block: Block, counter: _Counter) -> Block:
    match block:
        case Turn():
            identifier = counter.next("t", block.id)
            paragraphs = _paragraphs(block.paragraphs, counter.within(identifier))
            return msgspec.structs.replace(block, id=identifier, paragraphs=paragraphs)
        case Paragraph():
            identifier = counter.next("p", block.id)
            return Paragraph(_sentences(block.sentences, counter.within(identifier)), identifier)
        case PullQuote():
            return _pull_quote(block, counter)
        case PeopleList():
            return _people_list(block, counter)
        case Sound():
            return msgspec.structs.replace(block, id=counter.next("x", block.id))
        case _:
            assert_never(block)


def _pull_quote(quote: PullQuote, counter: _Counter) -> PullQuote:
    identifier = counter.next("q", quote.id)
    inner = counter.within(identifier)
    paragraphs = _paragraphs(quote.paragraphs, inner)
    attribution = quote.attribution and Attribution(_sentence(quote.attribution.line, inner), quote.attribution.person)
    return PullQuote(paragraphs, attribution, quote.repeats, identifier)


def _people_list(people: PeopleList, counter: _Counter) -> PeopleList:
    identifier = counter.next("l", people.id)
    inner = counter.within(identifier)
    return PeopleList(tuple(PersonEntry(_sentence(e.line, inner), e.person) for e in people.entries), identifier)


def _paragraphs(paragraphs: tuple[Paragraph, ...], counter: _Counter) -> tuple[Paragraph, ...]:
    return tuple(
        Paragraph(_sentences(paragraph.sentences, counter), counter.next("p", paragraph.id)) for paragraph in paragraphs
    )


def _sentences(sentences: tuple[Sentence, ...], counter: _Counter) -> tuple[Sentence, ...]:
    return tuple(_sentence(sentence, counter) for sentence in sentences)


def _sentence(sentence: Sentence, counter: _Counter) -> Sentence:
    identifier = counter.next("s", sentence.id)
    return Sentence(_inlines(sentence.inlines, counter), identifier, sentence.time)


def _inlines(inlines: Inlines, counter: _Counter) -> Inlines:
    return tuple(_inline(inline, counter) for inline in inlines)


def _inline(inline: Inline, counter: _Counter) -> Inline:
    match inline:
        case Sound():
            return msgspec.structs.replace(inline, id=counter.next("x", inline.id))
        case Emphasis() | Foreign() | Link():
            return msgspec.structs.replace(inline, inlines=_inlines(inline.inlines, counter))
        case Text() | NoteReference():
            return inline
        case _:
            assert_never(inline)


def _note(note: Note, names: Names) -> Note:
    identifier = note.id or names.claim("note")
    return Note(_paragraphs(note.paragraphs, _Counter(identifier, names, width=1)), identifier)
