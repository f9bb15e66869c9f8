"""The word ledger: every word of a source, and what has become of it."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Final, assert_never

import msgspec

from converters.document import (
    Block,
    Document,
    NoteReference,
    Paragraph,
    PeopleList,
    PullQuote,
    Section,
    Sentence,
    Sound,
    Turn,
)
from converters.findings import Report
from converters.traverse import plain_text, sentence_text, walk, walk_section

_WORD: Final = re.compile(r"[\u3041-\u9fff]|(?:(?![\u3041-\u9fff])\w)+")
"""Letters and digits that stand together; each for itself in scripts that set no spaces."""


class Ledger(msgspec.Struct, frozen=True):
    """Words, counted where letters or digits stand together.

    ``read`` are all that the source's format gave; ``lost`` those of them that are
    neither in the document nor named in a finding, and there must be none.
    """

    read: int
    speech: int
    labels: int
    headings: int
    page: int
    furniture: int
    facts: int
    times: int
    left_out: int
    lost: tuple[str, ...]


def ledger(document: Document, report: Report) -> Ledger:
    """Return what has become of each word that the reader has accounted for."""
    read = _count(report.source)
    labels = _count(label for turn in _turns(document) if (label := turn.label))
    facts = _count(_facts(document))
    kept = _count(_texts(document)) + labels + facts + _count(report.times) + _count(report.left_out)
    known = set(labels) | set(_count([document.metadata.title or ""]))
    lost = tuple(word for word, count in (read - kept).items() for _ in range(count) if word not in known)
    return Ledger(
        read=read.total(),
        speech=_count(text for turn in _turns(document) for text in _words_of(turn)).total(),
        labels=labels.total(),
        headings=_count(_headings(document)).total(),
        page=_count(text for one in document.sections if one.kind != "furniture" for text in _outside(one)).total(),
        furniture=_count(t for one in document.sections if one.kind == "furniture" for t in _outside(one)).total(),
        facts=facts.total(),
        times=len(report.times),
        left_out=_count(report.left_out).total(),
        lost=lost,
    )


def _count(texts: Iterable[str]) -> Counter[str]:
    found: Counter[str] = Counter()
    for text in texts:
        found.update(_WORD.findall(text.casefold()))
    return found


def _turns(document: Document) -> Iterator[Turn]:
    return (step for step in walk(document) if isinstance(step, Turn))


def _words_of(turn: Turn) -> Iterator[str]:
    return (sentence_text(s) for paragraph in turn.paragraphs for s in paragraph.sentences)


def _texts(document: Document) -> Iterator[str]:
    """Yield every text of the document, sounds of their own and headings included."""
    yield from _headings(document)
    for step in walk(document):
        if isinstance(step, Sentence):
            yield sentence_text(step)
            yield from (inline.label for inline in step.inlines if isinstance(inline, NoteReference))
        elif isinstance(step, Section):
            yield from (block.description for block in step.blocks if isinstance(block, Sound))


def _headings(document: Document) -> Iterator[str]:
    return (plain_text(step.heading) for step in walk(document) if isinstance(step, Section))


def _outside(section: Section) -> Iterator[str]:
    """Yield the texts of a section that are not speech."""
    for step in walk_section(section):
        for block in step.blocks if isinstance(step, Section) else ():
            yield from _said_by_nobody(block)


def _said_by_nobody(block: Block) -> Iterator[str]:
    match block:
        case Sound():
            yield block.description
        case Paragraph():
            yield from map(sentence_text, block.sentences)
        case PeopleList():
            yield from (sentence_text(entry.line) for entry in block.entries)
        case PullQuote():
            yield from (sentence_text(s) for p in block.paragraphs for s in p.sentences)
            yield sentence_text(block.attribution.line) if block.attribution else ""
        case Turn():
            pass
        case _:
            assert_never(block)


def _facts(document: Document) -> Iterator[str]:
    """Yield what is kept as data; a name that is a label in other letters is no word of its own."""
    facts = document.metadata
    yield from (text for text in (facts.title, facts.show, facts.page, facts.recording) if text)
    yield from facts.subjects
    for person in document.people:
        spoken = {label.casefold() for label in person.labels}
        yield from (text for text in (person.name, person.description) if text and text.casefold() not in spoken)
