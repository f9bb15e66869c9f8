"""Plain text for braille displays and notetakers: one paragraph a line, or wrapped where that is asked for.

No rules, no indents, no capitals for emphasis: each costs a braille reader cells
and says nothing. A blank line parts sections and exchanges, and nothing else.
"""

import textwrap
from collections.abc import Iterator
from typing import assert_never

from converters import outline
from converters.document import Block, Document, Paragraph, PeopleList, Person, PullQuote, Section, Sound, Turn
from converters.headings import exchange_heading, section_heading
from converters.phrases import Phrases
from converters.settings import Blocks
from converters.traverse import paragraph_text, person_named, plain_text, sentence_text, sentences_text
from converters.writers import Artifact, WriteContext, additions, writer_named


def write_txt(document: Document, context: WriteContext) -> tuple[Artifact, ...]:
    """Return the text in UTF-8 with a final line end."""
    row = writer_named("txt")
    wrapped = (_wrapped(line, context.options.text_width) for line in _lines(document, context))
    return (Artifact(row.file_name(context.slug), row.media_type, ("\n".join(wrapped) + "\n").encode("utf-8")),)


def _wrapped(line: str, width: int) -> str:
    """Return a paragraph in lines of at most ``width`` characters; 0 leaves it whole. No word is split."""
    if not width:
        return line
    return textwrap.fill(line, width, break_long_words=False, break_on_hyphens=False)


def _lines(document: Document, context: WriteContext) -> Iterator[str]:
    """Yield the lines of the edition in reading order."""
    phrases, shape = context.phrases, outline.outline(document)
    yield context.title
    yield from (_fact(fact) for fact in additions.facts(document, phrases))
    yield from _at_a_glance(document, context)
    statement = additions.last_statement(document)
    for section in shape.body:
        yield from _section(document, context, section)
        if section is statement:
            yield from _help(document, context)
    if not statement:
        yield from ("", phrases.accessibility, *additions.statement_paragraphs(context.options.show))
        yield from _help(document, context)
    if document.notes:
        yield from ("", phrases.notes)
        yield from (paragraph_text(paragraph) for note in document.notes for paragraph in note.paragraphs)
    language = phrases.language_line.format(tag=document.metadata.language)
    yield from ("", phrases.about, language, *additions.about_lines(context))
    if shape.furniture:
        yield from ("", phrases.furniture, phrases.furniture_note)
        yield from (
            line for section in shape.furniture for b in section.blocks for line in _block(document, b, context)
        )


def _fact(fact: additions.Fact) -> str:
    """Return a fact with its address in full: text has no links to hide it behind."""
    shown = fact.value if not fact.href or fact.before else f"{fact.value}: {fact.href}"
    return f"{fact.before}{shown}{fact.after}"


def _at_a_glance(document: Document, context: WriteContext) -> Iterator[str]:
    shape, phrases = outline.outline(document), context.phrases
    yield from ("", phrases.at_a_glance)
    for section in shape.summaries:
        yield from (line for b in section.blocks for line in _block(document, b, context))
    yield additions.what_it_is(document, phrases)
    yield additions.length(document, phrases)
    if document.people or shape.people_sections:
        yield phrases.takes_part
    for person in outline.unlisted(document):
        yield _with_part(phrases, person, outline.described(person))
    for section in shape.people_sections:
        for block in section.blocks:
            yield from _people(document, context, block)


def _people(document: Document, context: WriteContext, block: Block) -> Iterator[str]:
    if not isinstance(block, PeopleList):
        yield from _block(document, block, context)
        return
    for entry in block.entries:
        yield _with_part(context.phrases, person_named(document, entry.person), sentence_text(entry.line))


def _with_part(phrases: Phrases, person: Person, line: str) -> str:
    """Return a line about somebody, with what they do here where it is known."""
    part = additions.part_played(phrases, person)
    return f"{line} ({part})" if part else line


def _help(document: Document, context: WriteContext) -> Iterator[str]:
    phrases, show = context.phrases, context.options.show
    yield _fact(additions.help_introduction(document, show, phrases))
    yield from (_fact(way) for way in additions.contact_ways(show.contact, phrases))
    others = additions.other_editions(document, context, "txt")
    if others:
        yield phrases.other_editions
    for edition in others:
        yield f"{edition.words}: {edition.file_name}"


def _section(document: Document, context: WriteContext, section: Section) -> Iterator[str]:
    yield from ("", plain_text(section.heading) or section_heading(context.phrases, section.kind))
    exchanges = outline.exchanges(document, section)
    for exchange in exchanges:
        yield from ("", exchange_heading(context.phrases, exchange))
        yield from (line for b in exchange.blocks for line in _block(document, b, context))
    if not exchanges:
        yield from (line for b in section.blocks for line in _block(document, b, context))
    for subsection in section.subsections:
        yield from _section(document, context, subsection)


def _block(document: Document, block: Block, context: WriteContext) -> Iterator[str]:
    match block:
        case Turn():
            yield from _turn(document, block, context.options.blocks)
        case Paragraph():
            yield paragraph_text(block)
        case PullQuote():
            yield from _pull_quote(document, block, context.phrases)
        case PeopleList():
            yield from (sentence_text(entry.line) for entry in block.entries)
        case Sound():
            yield block.description
        case _:
            assert_never(block)


def _pull_quote(document: Document, quote: PullQuote, phrases: Phrases) -> Iterator[str]:
    yield from (paragraph_text(paragraph) for paragraph in quote.paragraphs)
    if quote.attribution:
        yield f"– {sentence_text(quote.attribution.line)}"
    if context_line := additions.in_context(document, quote, phrases):
        yield context_line


def _turn(document: Document, turn: Turn, blocks: Blocks) -> Iterator[str]:
    """Yield a turn in its blocks, the name before the first."""
    names = ", ".join(person_named(document, person).name for person in turn.people)
    before = f"{names}: " if names else ""
    for paragraph in turn.paragraphs:
        for block in outline.layout_blocks(paragraph, blocks):
            yield before + sentences_text(block)
            before = ""
