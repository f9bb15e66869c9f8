"""The parts of a talking book in the order of all text editions: title, at a glance, sections, help, notes, about."""

from collections.abc import Iterator

import msgspec

from converters import outline, sentences
from converters.document import Document, NodeId, PeopleList, Section, Text
from converters.headings import exchange_entry, exchange_heading, section_heading
from converters.narration.model import Aside
from converters.writers import WriteContext, additions
from converters.writers.talking_blocks import Teller
from converters.writers.talking_book import (
    DEEPEST,
    BookBlock,
    Lines,
    Listing,
    Matter,
    Part,
    Phrase,
    TalkingBook,
    as_printed,
)

NOTHING_HEARD: frozenset[str] = frozenset()


def talking_book(document: Document, context: WriteContext, own: str, heard: frozenset[str]) -> TalkingBook:
    """Return the book that the edition ``own`` is made of; ``heard`` are the ids that have a clip."""
    teller, shape = Teller(document, context, heard), outline.outline(document)
    parts = [_title(teller), *_at_a_glance(teller)]
    statement = additions.last_statement(document)
    for section in shape.body:
        told = list(_section(teller, section, 1))
        if section is statement:
            told[-1] = msgspec.structs.replace(told[-1], blocks=(*told[-1].blocks, *_help_lines(teller, own)))
        parts += told
    if statement is None:
        parts.append(_help(teller, own))
    parts += [*_notes(teller), _about(teller), *_furniture(teller)]
    return TalkingBook(document, context.title, tuple(parts))


def asides(document: Document, context: WriteContext, names: tuple[str, ...]) -> tuple[Aside, ...]:
    """Return what the narrator is to say for the editions of those names, where the narration has no clip for it."""
    books = (talking_book(document, context, name, NOTHING_HEARD) for name in names)
    phrases = {phrase.id: phrase for book in books for phrase in book.phrases if phrase.aside}
    return tuple(
        Aside(NodeId(one.id), one.said or as_printed(one), ours=one.ours, heads=one.kind == "heading")
        for one in phrases.values()
    )


def _part(heading: Phrase, blocks: tuple[BookBlock, ...], matter: Matter, identifier: str | None = None) -> Part:
    return Part(1, heading, blocks, matter, as_printed(heading), identifier)


# title and at a glance -----------------------------------------------------------------------


def _title(teller: Teller) -> Part:
    """Return title, show, date and page, and that the voices are synthetic where they are."""
    found = additions.facts(teller.document, teller.phrases)
    lines = [teller.fact(f"added-fact-{number}", fact) for number, fact in enumerate(found, 1)]
    if not teller.context.options.recording:
        one = teller.context.options.cast == "one"
        words = teller.phrases.voice_synthetic_spoken if one else teller.phrases.voices_synthetic_spoken
        lines.append(teller.added("added-voices", words))
    heading = teller.own("title", (Text(teller.context.title),), "heading")
    return _part(heading, tuple(Lines((line,), "fact") for line in lines), "front", "title-page")


def _at_a_glance(teller: Teller) -> Iterator[Part]:
    """Yield what the episode is and how long it takes, in the source's own words where it has them; and who talks."""
    shape, document, phrases = outline.outline(teller.document), teller.document, teller.phrases
    blocks = [block for section in shape.summaries for block in teller.blocks(section.blocks)]
    told = (additions.what_it_is(document, phrases), additions.length(document, phrases))
    lines = (teller.added(f"added-length-{number}", words) for number, words in enumerate(told, 1))
    heading = teller.added("at-a-glance-heading", phrases.at_a_glance, "heading")
    yield _part(heading, (*blocks, Lines(tuple(lines))), "front", "at-a-glance")
    if document.people or shape.people_sections:
        yield _people(teller, shape.people_sections)


def _people(teller: Teller, sections: tuple[Section, ...]) -> Part:
    """Return who takes part: the source's own list, begun with those whom it leaves out."""
    others = tuple(teller.described(person) for person in outline.unlisted(teller.document))
    anchor = f"{sections[0].id}-heading" if sections else "added-people-heading"
    blocks: list[BookBlock] = []
    for block in (block for section in sections for block in section.blocks):
        if isinstance(block, PeopleList):
            blocks.append(Listing((*others, *teller.lines_about(block)), block.id))
            others = ()
        else:
            blocks += teller.blocks((block,))
    if others:
        blocks.insert(0, Listing(others))
    heading = teller.added(anchor, teller.phrases.takes_part, "heading")
    part = _part(heading, tuple(blocks), "front", sections[0].id if sections else None)
    return msgspec.structs.replace(part, depth=2)


# the sections ----------------------------------------------------------------------------------


def _section(teller: Teller, section: Section, depth: int) -> Iterator[Part]:
    """Yield a section, its exchanges, and what lies in it."""
    exchanges = outline.exchanges(teller.document, section)
    blocks = () if exchanges else teller.blocks(section.blocks)
    part = _part(_heading(teller, section), blocks, "body", section.id)
    yield msgspec.structs.replace(part, depth=min(depth, DEEPEST))
    for exchange in exchanges:
        yield _exchange(teller, exchange, min(depth + 1, DEEPEST))
    for below in section.subsections:
        yield from _section(teller, below, depth + 1)


def _heading(teller: Teller, section: Section) -> Phrase:
    anchor = f"{section.id}-heading"
    if section.heading:
        return teller.own(anchor, section.heading, "heading")
    return teller.added(anchor, section_heading(teller.phrases, section.kind), "heading")


def _exchange(teller: Teller, exchange: outline.Exchange, depth: int) -> Part:
    words = exchange_heading(teller.phrases, exchange)
    named = bool(exchange.people)
    heading = (
        teller.own(exchange.id, (Text(words),), "heading") if named else teller.added(exchange.id, words, "heading")
    )
    entry = exchange_entry(teller.phrases, exchange)
    return Part(depth, heading, teller.blocks(exchange.blocks), "body", entry)


# help, notes and about -----------------------------------------------------------------------------


def _help(teller: Teller, own: str) -> Part:
    """Return how to get help, under the show's own statement where it has one."""
    language = teller.document.metadata.language
    statement = [
        Lines(tuple(
            teller.own(f"added-statement-{number}-{place}", one.inlines)
            for place, one in enumerate(sentences.paragraph((Text(words),), language).sentences, 1)
        ))
        for number, words in enumerate(additions.statement_paragraphs(teller.context.options.show), 1)
    ]  # fmt: skip
    heading = teller.added("help-heading", teller.phrases.accessibility, "heading")
    return _part(heading, (*statement, *_help_lines(teller, own)), "rear", "help")


def _help_lines(teller: Teller, own: str) -> Iterator[BookBlock]:
    """Yield how to get help, report a problem or ask for another format, and the other editions."""
    show = teller.context.options.show
    intro = additions.help_introduction(teller.document, show, teller.phrases)
    yield Lines((teller.fact("help-intro" if show.contact.ways else "help-none", intro),))
    ways = additions.contact_ways(show.contact, teller.phrases)
    if ways:
        yield Listing(tuple(Lines((teller.fact(f"help-way-{n}", way),)) for n, way in enumerate(ways, 1)))
    yield from _editions(teller, own)


def _editions(teller: Teller, own: str) -> Iterator[BookBlock]:
    """Yield the other editions with the names of their files, which no voice says: they are for the eye."""
    rows = [row for row in teller.context.siblings if row.name != own and not row.for_staff]
    others = additions.other_editions(teller.document, teller.context, own)
    if not others:
        return
    yield Lines((teller.added("added-editions", teller.phrases.other_editions),))
    yield Listing(
        tuple(
            Lines((teller.added(f"added-edition-{row.name}", f"{one.words}: {one.file_name}", said=one.words),))
            for row, one in zip(rows, others, strict=True)
        )
    )


def _notes(teller: Teller) -> Iterator[Part]:
    if teller.document.notes:
        heading = teller.added("notes-heading", teller.phrases.notes, "heading")
        blocks = tuple(teller.note(note.id, note.paragraphs) for note in teller.document.notes)
        yield _part(heading, blocks, "rear", "notes")


def _about(teller: Teller) -> Part:
    """Return the language, what made this edition and what was added to the transcript."""
    language = teller.phrases.language_line.format(tag=teller.document.metadata.language)
    told = (language, *additions.about_lines(teller.context))
    lines = (Lines((teller.added(f"added-about-{number}", words),)) for number, words in enumerate(told, 1))
    heading = teller.added("about-heading", teller.phrases.about, "heading")
    return _part(heading, tuple(lines), "rear", "about")


def _furniture(teller: Teller) -> Iterator[Part]:
    """Yield what stood on the web page and belongs to no conversation: it is there to be read, and never spoken."""
    furniture = outline.outline(teller.document).furniture
    if furniture:
        heading = teller.added("furniture-heading", teller.phrases.furniture, "heading")
        note = Lines((teller.added("added-furniture-note", teller.phrases.furniture_note),))
        told = (block for one in furniture for block in teller.blocks(one.blocks, elsewhere=True))
        yield _part(heading, (note, *told), "rear", "from-the-page")
