"""The conversation as paragraphs of a Word file: sections, exchanges, turns, quotes, people.

A turn begins with the name and colon as real text, in the style *Speaker*. What the edition adds has styles of its
own (*Edition Note*, *Edition List*, *Edition Words*), so that whoever edits the file sees whose words they are.
"""

from collections.abc import Iterable, Iterator
from typing import assert_never

import msgspec

from converters import outline
from converters.document import (
    Block,
    Document,
    Inlines,
    Paragraph,
    PeopleList,
    Person,
    PullQuote,
    Section,
    Sound,
    Turn,
)
from converters.headings import exchange_heading, section_heading
from converters.phrases import Phrases
from converters.settings import Blocks
from converters.traverse import person_named
from converters.writers import additions
from converters.writers.docx_styles import LEVELS
from converters.writers.docx_text import Pen, Span, sentence_spans, spans
from converters.writers.markup import Markup, joined

TOP = 1
"""The level of a section's heading: the title has a style of its own."""


class Body(msgspec.Struct, frozen=True):
    """What all parts of the text share."""

    document: Document
    phrases: Phrases
    pen: Pen
    blocks: Blocks = "short"

    @property
    def ours(self) -> Span:
        """Words of ours, marked with their language where it is not the document's."""
        mine, theirs = self.phrases.language, self.document.metadata.language
        return Span().in_language(None if mine.split("-")[0] == theirs.split("-")[0] else mine)

    def added(self, words: str) -> Markup:
        """Return a paragraph of ours."""
        return self.ours_in("EditionNote", [self.ours.saying(words)])

    def ours_in(self, style: str, content: Iterable[Span], *identifiers: str) -> Markup:
        """Return a paragraph that is a sentence of ours, written the way our language is, whatever it names."""
        return self.pen.paragraph(style, content, identifiers, self.ours.letters.language)

    def heading(self, level: int, words: str | Inlines, *identifiers: str) -> Markup:
        """Return a heading: words of ours, or the inlines of one that the source has."""
        content = [self.ours.saying(words)] if isinstance(words, str) else spans(words)
        return self.pen.paragraph(f"Heading{min(level, LEVELS)}", content, identifiers)


# sections ---------------------------------------------------------------------------------


def section(body: Body, one: Section, level: int = TOP) -> Markup:
    """Return a section under its heading, its exchanges one level below."""
    words = one.heading or section_heading(body.phrases, one.kind)
    return joined(
        body.heading(level, words, one.id),
        *_exchanges(body, one, level + 1),
        *(section(body, inner, level + 1) for inner in one.subsections),
    )


def _exchanges(body: Body, one: Section, level: int) -> Iterator[Markup]:
    exchanges = outline.exchanges(body.document, one)
    for exchange in exchanges:
        title = [Span(exchange_heading(body.phrases, exchange))]
        yield body.pen.paragraph(f"Heading{min(level, LEVELS)}", title, (exchange.id,))
        yield from (block(body, b) for b in exchange.blocks)
    if not exchanges:
        yield from (block(body, b) for b in one.blocks)


# blocks -----------------------------------------------------------------------------------


def block(body: Body, one: Block) -> Markup:
    """Return the paragraphs of a block; the first has its id."""
    match one:
        case Turn():
            return joined(*_turn(body, one))
        case Paragraph():
            return body.pen.paragraph("BodyText", sentence_spans(one.sentences), (one.id,))
        case PullQuote():
            return joined(*_pull_quote(body, one))
        case PeopleList():
            return people_list(body, one)
        case Sound():
            return body.pen.paragraph("Sound", [Span(one.description)], (one.id,))
        case _:
            assert_never(one)


def _turn(body: Body, turn: Turn) -> Iterator[Markup]:
    """Yield a turn: its first paragraph with the name, then its further paragraphs and the blocks of long ones."""
    theirs = body.document.metadata.language
    language = turn.language if turn.language != theirs else None
    like = Span().in_language(language)
    paragraphs = (outline.layout_blocks(paragraph, body.blocks) for paragraph in turn.paragraphs)
    laid_out = [(b, "TurnBlock" if n else "TurnParagraph") for blocks in paragraphs for n, b in enumerate(blocks)]
    (opening, _), *others = laid_out or [((), "")]
    first = (*_name(body, turn), *sentence_spans(opening, like))
    yield body.pen.paragraph("Turn", first, (turn.id,), language)
    for sentences, style in others:
        yield body.pen.paragraph(style, sentence_spans(sentences, like), (), language)


def _name(body: Body, turn: Turn) -> tuple[Span, ...]:
    if not turn.people:
        return ()
    names = ", ".join(person_named(body.document, person).name for person in turn.people)
    return Span(body.phrases.name_and_colon.format(name=names)).of_kind("Speaker"), Span(" ")


def _pull_quote(body: Body, quote: PullQuote) -> Iterator[Markup]:
    """Yield a quotation, whose it is, and where it was said."""
    identifiers: tuple[str, ...] = (quote.id,)
    for paragraph in quote.paragraphs:
        yield body.pen.paragraph("BlockText", sentence_spans(paragraph.sentences), identifiers)
        identifiers = ()
    if quote.attribution:
        yield body.pen.paragraph("Attribution", [Span("– "), *spans(quote.attribution.line.inlines)], identifiers)
    if where := additions.in_context(body.document, quote, body.phrases):
        yield body.ours_in("EditionNote", [body.ours.saying(where)])


def people_list(body: Body, people: PeopleList) -> Markup:
    """Return the source's list of people as printed, with what each does here added."""
    told: list[Markup] = []
    for number, entry in enumerate(people.entries):
        played = part_played(body, person_named(body.document, entry.person))
        identifiers = () if number else (people.id,)
        told.append(body.pen.paragraph("ListBullet", (*spans(entry.line.inlines), *played), identifiers))
    return joined(*told)


def person_line(body: Body, person: Person) -> Markup:
    """Return a line about somebody whom the source's own list leaves out."""
    return body.pen.paragraph("EditionList", [Span(outline.described(person)), *part_played(body, person)])


def part_played(body: Body, person: Person) -> tuple[Span, ...]:
    """Return `` (host)``, and nothing where it is not known what somebody does here."""
    words = additions.part_played(body.phrases, person)
    return (body.ours.of_kind("Edition Words").saying(f" ({words})"),) if words else ()
