"""What an edition must have beside its sentences, told by the document alone."""

from collections.abc import Iterator

import msgspec

from converters.addresses import followable
from converters.checks.ledger import letters
from converters.document import Document, Foreign, Inlines, Link, NoteReference, Section, Sentence
from converters.headings import exchange_entry, exchange_heading, section_heading
from converters.outline import exchanges, outline
from converters.phrases import Phrases, phrases_for
from converters.traverse import plain_text, turns, walk


class Entry(msgspec.Struct, frozen=True):
    """A part that has a heading: the id of the part, that of the heading, and the words of heading and contents."""

    id: str
    heading_id: str
    heading: str
    contents: str


class Mark(msgspec.Struct, frozen=True):
    """Something inside a sentence that is more than its words: an address, a note's id or a language tag."""

    sentence: str
    value: str
    words: str


class Wanted(msgspec.Struct, frozen=True):
    """All of it. ``title`` and ``language`` are empty where the source has none; ``places`` are turns and notes."""

    title: str
    language: str
    entries: tuple[Entry, ...]
    links: tuple[Mark, ...]
    notes: tuple[Mark, ...]
    foreign: tuple[Mark, ...]
    places: tuple[str, ...]


def wanted_of(document: Document) -> Wanted:
    """Return what an edition of a document must have."""
    phrases = phrases_for(document.metadata.language)
    language = document.metadata.language
    body = (entry for section in outline(document).body for entry in _entries(document, phrases, section))
    spoken = [(one, mark) for one in walk(document) if isinstance(one, Sentence) for mark in _marks(one.inlines)]
    told = [(Mark(str(one.id), _value(mark), _words(mark)), mark) for one, mark in spoken]
    return Wanted(
        document.metadata.title or "",
        "" if language == "und" else str(language),
        tuple(body),
        tuple(mark for mark, inline in told if isinstance(inline, Link) and mark.value),
        tuple(mark for mark, inline in told if isinstance(inline, NoteReference)),
        tuple(mark for mark, inline in told if isinstance(inline, Foreign) and letters(mark.words)),
        (*(str(turn.id) for turn in turns(document)), *(str(note.id) for note in document.notes)),
    )


def _entries(document: Document, phrases: Phrases, section: Section) -> Iterator[Entry]:
    heading = plain_text(section.heading) or section_heading(phrases, section.kind)
    yield Entry(str(section.id), f"{section.id}-heading", heading, heading)
    for one in exchanges(document, section):
        yield Entry(str(one.id), str(one.id), exchange_heading(phrases, one), exchange_entry(phrases, one))
    for below in section.subsections:
        yield from _entries(document, phrases, below)


def _marks(inlines: Inlines) -> Iterator[Link | NoteReference | Foreign]:
    for inline in inlines:
        if isinstance(inline, Link | NoteReference | Foreign):
            yield inline
        if not isinstance(inline, NoteReference) and (inner := getattr(inline, "inlines", ())):
            yield from _marks(inner)


def _value(mark: Link | NoteReference | Foreign) -> str:
    match mark:
        case Link():
            return followable(mark.href) or ""
        case NoteReference():
            return str(mark.note)
        case Foreign():
            return str(mark.language)


def _words(mark: Link | NoteReference | Foreign) -> str:
    return mark.label if isinstance(mark, NoteReference) else plain_text(mark.inlines)
