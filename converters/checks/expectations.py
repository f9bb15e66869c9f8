"""What an edition must say, told by the document alone: runs of sentences that nothing may stand between."""

from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

from converters.checks.ledger import Part, Run, letters, lines_of_letters
from converters.document import Block, Document, Link, PeopleList, PullQuote, Section, Sentence, Sound, Turn
from converters.headings import exchange_entry, exchange_heading
from converters.outline import Exchange, exchanges, outline
from converters.phrases import phrases_for
from converters.traverse import person_named, plain_text, sections, sentence_text, walk


def expected_runs(document: Document) -> tuple[Run, ...]:
    """Return all that an edition must say, in reading order; the page's furniture comes last."""
    return _runs(_Itself(document))


def asides(document: Document) -> str:
    """Return the letters of what an edition may say again: titles, headings, questions in contents, words of links."""
    return _asides(_Itself(document))


def like_their_headings(document: Document, runs: Sequence[Run]) -> Iterator[str]:
    """Yield sentences that say what the heading right above them says: by letters, they may be found in it."""
    first = {run.section: run.parts[0] for run in reversed(runs) if run.parts}
    for section in sections(document):
        if section.id in first and letters(plain_text(section.heading)) == first[section.id].letters:
            yield first[section.id].id


class _Itself:
    """A document by its identity: to compare two by their words costs more than what is kept of one."""

    def __init__(self, document: Document) -> None:
        self.document = document

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Itself) and other.document is self.document

    def __hash__(self) -> int:
        return id(self.document)


@lru_cache(maxsize=1)  # the editions of a command are all made from one document
def _runs(itself: _Itself) -> tuple[Run, ...]:
    document = itself.document
    shape = outline(document)
    told_of = (*shape.summaries, *shape.people_sections, *shape.body)
    return (*_of_sections(document, told_of), *_of_notes(document), *_of_sections(document, shape.furniture))


def _of_sections(document: Document, several: Iterable[Section]) -> Iterator[Run]:
    for section in several:
        heads = _headings(document, section)
        for block in section.blocks:
            yield from _of_block(document, section.id, block, heads.get(block.id, ""))
        yield from _of_sections(document, section.subsections)


def _headings(document: Document, section: Section) -> dict[str, str]:
    """Return the letters of the heading of each exchange, by the id of the block that it stands before."""
    phrases = phrases_for(document.metadata.language)
    several = _exchanges(_Itself(document)).get(section.id, ())
    return {one.blocks[0].id: letters(exchange_heading(phrases, one)) for one in several}


def _of_block(document: Document, section: str, block: Block, heading: str) -> Iterator[Run]:
    match block:
        case Turn():
            parts = _parts(s for paragraph in block.paragraphs for s in paragraph.sentences)
            head = letters("".join(person_named(document, person).name for person in block.people))
            yield Run(block.id, section, parts, head, heading, said=True)
        case PullQuote():
            for paragraph in block.paragraphs:
                yield Run(block.id, section, _parts(paragraph.sentences))
            if block.attribution:
                yield Run(block.id, section, _parts((block.attribution.line,)), apart=True)
        case PeopleList():
            yield from (Run(block.id, section, _parts((entry.line,)), apart=True) for entry in block.entries)
        case Sound():
            parts = (Part(block.id, block.description, letters(block.description)),)
            yield Run(block.id, section, parts, heading=heading, counted=False)
        case _:
            yield Run(block.id, section, _parts(block.sentences), heading=heading)


def _of_notes(document: Document) -> Iterator[Run]:
    for note in document.notes:
        for paragraph in note.paragraphs:
            yield Run(note.id, "", _parts(paragraph.sentences), apart=True)


def _parts(several: Iterable[Sentence]) -> tuple[Part, ...]:
    there = [(one.id, sentence_text(one)) for one in several]
    bare = lines_of_letters([words for _, words in there]).split("\n")
    return tuple(Part(*one, alone) for one, alone in zip(there, bare if there else (), strict=True))


@lru_cache(maxsize=1)
def _asides(itself: _Itself) -> str:
    document = itself.document
    phrases = phrases_for(document.metadata.language)
    every = [exchange for several in _exchanges(itself).values() for exchange in several]
    clues = [*(exchange.clue for exchange in every), *(exchange_entry(phrases, exchange) for exchange in every)]
    headings = (plain_text(section.heading) for section in sections(document))
    return lines_of_letters((document.metadata.title or "", *headings, *clues, *_links(document)))


@lru_cache(maxsize=1)
def _exchanges(itself: _Itself) -> dict[str, tuple[Exchange, ...]]:
    """Return the exchanges of each section that has turns: to look for them means to walk through the document."""
    several = (section for section in sections(itself.document) if any(isinstance(b, Turn) for b in section.blocks))
    return {section.id: exchanges(itself.document, section) for section in several}


def _links(document: Document) -> Iterator[str]:
    """Yield the words of links, which print says again with their addresses."""
    for step in walk(document):
        for inline in step.inlines if isinstance(step, Sentence) else ():
            if isinstance(inline, Link):
                yield plain_text(inline.inlines)
