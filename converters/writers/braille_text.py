"""What a braille edition says, block by block: the reading order of plain text, in the shapes of braille."""

from collections.abc import Iterable, Iterator
from typing import assert_never

import msgspec

from converters import document as document_model
from converters import outline
from converters.braille import Span, Strength, Transcriber, Word
from converters.document import (
    Document,
    Emphasis,
    Foreign,
    Inlines,
    LanguageTag,
    Link,
    NoteReference,
    Paragraph,
    PeopleList,
    Person,
    PullQuote,
    Section,
    Sentence,
    Sound,
    Text,
    Turn,
)
from converters.headings import exchange_entry, exchange_heading, section_heading
from converters.traverse import joint, leaves, person_named, plain_text, sentence_text, turns, walk
from converters.writers import WriteContext, additions
from converters.writers.braille_names import short_forms
from converters.writers.braille_pages import (
    ASIDE,
    ATTRIBUTION,
    CELL_5,
    CELL_7,
    CENTRED,
    LINE,
    PARAGRAPH,
    QUOTED,
    TURN,
    TURN_GOES_ON,
    Block,
    Shape,
)

HEADINGS = (CENTRED, CELL_5, CELL_7)
"""The headings of three levels (Braille Formats, headings); deeper ones are like the third."""


class Entry(msgspec.Struct, frozen=True):
    """A line of the contents, and where it leads."""

    words: tuple[Word, ...]
    anchor: str
    level: int = 0


class BrailleText:
    """The blocks of one episode in order, and what is found on the way: contents, links, short forms."""

    def __init__(self, document: Document, context: WriteContext, transcriber: Transcriber, own: str = "brf") -> None:
        """Take a document, who writes its words, and the format that they are for."""
        self._own = own
        self.document, self.context, self.phrases = document, context, context.phrases
        self.transcriber = transcriber
        self.short = short_forms(document)
        self.entries: list[Entry] = []
        self._links: dict[tuple[str, str], None] = {}
        self._first = outline.first_turns(document)
        self._named = any(turn.people for turn in turns(document))
        own = document.metadata.language.split("-")[0]
        self._added = context.phrases.language if context.phrases.language != own else None

    # words ------------------------------------------------------------------------------

    def ours(self, text: str) -> Span:
        """Return words that we add, in their language."""
        return Span(text, language=self._added, whole=True)

    def written(self, *spans: Span) -> tuple[Word, ...]:
        """Return spans in braille."""
        return self.transcriber.words(spans)

    def fact(self, fact: additions.Fact) -> tuple[Word, ...]:
        """Return a fact, its address in full: cells have no links to hide it behind."""
        spans = [self.ours(fact.before)] if fact.before else []
        if fact.value:
            own = self.ours(fact.value) if fact.href and not fact.before else Span(address(fact.value))
            spans.append(own)
        if fact.href and not fact.before:
            spans.append(Span(f": {address(fact.href)}"))
        return self.written(*spans, *([self.ours(fact.after)] if fact.after else []))

    # the episode ------------------------------------------------------------------------

    def blocks(self) -> tuple[Block, ...]:
        """Return the whole text from its title on."""
        return tuple(self._blocks())

    def _blocks(self) -> Iterator[Block]:
        document, phrases, shape = self.document, self.phrases, outline.outline(self.document)
        yield Block(self.written(Span(self.context.title)), CENTRED)
        yield from (Block(self.fact(fact), LINE) for fact in additions.facts(document, phrases))
        yield from self._at_a_glance(shape)
        statement = additions.last_statement(document)
        for section in shape.body:
            yield from self._section(section)
            if section is statement:
                yield from self._help()
        if not statement:
            yield self._heading(phrases.accessibility, "accessibility")
            show = self.context.options.show
            yield from (Block(self.written(Span(words))) for words in additions.statement_paragraphs(show))
            yield from self._help()
        yield from self._after(shape)

    def _after(self, shape: outline.Outline) -> Iterator[Block]:
        phrases = self.phrases
        if self.document.notes:
            yield self._heading(phrases.notes, "notes")
            yield from self._notes()
        yield self._heading(phrases.about, "about")
        language = phrases.language_line.format(tag=self.document.metadata.language)
        for line in (language, *additions.about_lines(self.context)):
            yield Block(self.written(self.ours(line)))
        if shape.furniture:
            yield self._heading(phrases.furniture, "furniture")
            yield Block(self.written(self.ours(phrases.furniture_note)))
            yield from (one for section in shape.furniture for b in section.blocks for one in self._block(b))
        if self._links:
            yield self._heading(phrases.print_links, "addresses")
            for words, href in self._links:
                yield Block(self.written(Span(f"{words}: {href}")), LINE)

    def _heading(self, words: str, anchor: str, level: int = 0) -> Block:
        """Return a heading of ours, and remember it for the contents."""
        return self._headed(self.written(self.ours(words)), anchor, level)

    def _headed(self, words: tuple[Word, ...], anchor: str, level: int, entry: tuple[Word, ...] = ()) -> Block:
        self.entries.append(Entry(entry or words, anchor, level))
        return Block(words, HEADINGS[min(level, 2)], anchor)

    def _at_a_glance(self, shape: outline.Outline) -> Iterator[Block]:
        document, phrases = self.document, self.phrases
        yield self._heading(phrases.at_a_glance, "at-a-glance")
        for section in shape.summaries:
            yield from (one for b in section.blocks for one in self._block(b))
        yield Block(self.written(self.ours(additions.what_it_is(document, phrases))))
        yield Block(self.written(self.ours(additions.length(document, phrases))))
        if document.people or shape.people_sections:
            yield Block(self.written(self.ours(phrases.takes_part)), CELL_5)
        for person in outline.unlisted(document):
            yield self._person(person, (Span(outline.described(person)),))
        for section in shape.people_sections:
            for block in section.blocks:
                yield from self._people(block)

    def _people(self, block: document_model.Block) -> Iterator[Block]:
        if not isinstance(block, PeopleList):
            yield from self._block(block)
            return
        for entry in block.entries:
            yield self._person(person_named(self.document, entry.person), tuple(self._spans(entry.line.inlines)))

    def _person(self, person: Person, line: tuple[Span, ...]) -> Block:
        """Return a line of the list of people: as printed, what they do here, and the short form of their name."""
        part = additions.part_played(self.phrases, person)
        more = [Span(" ("), self.ours(part), Span(")")] if part else []
        short = self.short[person.id]
        if short != person.name:
            before, _, after = self.phrases.braille_short_form.format(line="", name="\0").partition("\0")
            more += [self.ours(before), Span(short), self.ours(after)]
        return Block(self.written(*line, *(span for span in more if span.text)), LINE)

    def _help(self) -> Iterator[Block]:
        phrases, show = self.phrases, self.context.options.show
        yield Block(self.fact(additions.help_introduction(self.document, show, phrases)))
        for way in additions.contact_ways(show.contact, phrases):
            yield Block(self.fact(way), LINE)
        others = additions.other_editions(self.document, self.context, self._own)
        if others:
            yield Block(self.written(self.ours(phrases.other_editions)), CELL_5)
        for edition in others:
            yield Block(self.written(self.ours(edition.words), Span(f": {edition.file_name}")), LINE)

    def _section(self, section: Section, level: int = 0) -> Iterator[Block]:
        words = plain_text(section.heading)
        own = self.written(*self._spans(section.heading)) if words else ()
        ours = self.written(self.ours(section_heading(self.phrases, section.kind)))
        yield self._headed(own or ours, section.id, level)
        exchanges = outline.exchanges(self.document, section)
        for exchange in map(self._shortened, exchanges):
            entry = self.written(Span(exchange_entry(self.phrases, exchange)))
            heading = self.written(Span(exchange_heading(self.phrases, exchange)))
            yield self._headed(heading, exchange.id, level + 1, entry)
            yield from (one for b in exchange.blocks for one in self._block(b))
        if not exchanges:
            yield from (one for b in section.blocks for one in self._block(b))
        for subsection in section.subsections:
            yield from self._section(subsection, level + 1)

    def _shortened(self, exchange: outline.Exchange) -> outline.Exchange:
        """Return an exchange whose people have the names that stand before what they say."""
        people = tuple(msgspec.structs.replace(person, name=self.short[person.id]) for person in exchange.people)
        return msgspec.structs.replace(exchange, people=people)

    def _notes(self) -> Iterator[Block]:
        labels = {reference.note: reference.label for reference in self._references()}
        for note in self.document.notes:
            before = [Span(f"[{labels[note.id]}] ")] if note.id in labels else []
            for paragraph in note.paragraphs:
                yield Block(self.written(*before, *self._said(paragraph.sentences)))
                before = []

    def _references(self) -> Iterator[NoteReference]:
        for step in walk(self.document):
            if isinstance(step, Sentence):
                yield from (leaf for leaf in leaves(step.inlines) if isinstance(leaf, NoteReference))

    # blocks -----------------------------------------------------------------------------

    def _block(self, block: document_model.Block) -> Iterator[Block]:
        match block:
            case Turn():
                yield from self._turn(block)
            case Paragraph():
                yield Block(self.written(*self._said(block.sentences)))
            case PullQuote():
                yield from self._pull_quote(block)
            case PeopleList():
                yield from (Block(self.written(*self._spans(entry.line.inlines)), LINE) for entry in block.entries)
            case Sound():
                yield Block(self.written(Span(in_parentheses(block.description))), ASIDE)
            case _:
                assert_never(block)

    def _turn(self, turn: Turn) -> Iterator[Block]:
        """Yield a turn in its blocks, the name before the first; speech that is nobody's stands in parentheses."""
        names = ", ".join(self._name(turn, person_named(self.document, person)) for person in turn.people)
        foreign = turn.language if turn.language != self.document.metadata.language else None
        aside = self._named and not names
        parts = [part for p in turn.paragraphs for part in outline.layout_blocks(p, self.context.options.blocks)]
        for number, part in enumerate(parts):
            spans = [_in_language(span, foreign) for span in self._said(part, marked=True)]
            if aside:
                spans = [Span("(" * (number == 0)), *spans, Span(")" * (number + 1 == len(parts)))]
            head = [Span(self.phrases.name_and_colon.format(name=names) + " ")] if names and number == 0 else []
            yield Block(self.written(*head, *spans), self._shape(names, aside, number), turn.id if not number else "")

    def _shape(self, names: str, aside: bool, number: int) -> Shape:  # noqa: FBT001 - a shape for each case
        if aside:
            return ASIDE
        if not names:
            return PARAGRAPH
        return TURN if number == 0 else TURN_GOES_ON

    def _name(self, turn: Turn, person: Person) -> str:
        return person.name if self._first.get(person.id) == turn.id else self.short[person.id]

    def _pull_quote(self, quote: PullQuote) -> Iterator[Block]:
        for number, paragraph in enumerate(quote.paragraphs):
            shape = msgspec.structs.replace(QUOTED, before=int(number == 0))
            yield Block(self.written(*self._said(paragraph.sentences)), shape)
        if quote.attribution:
            line = [Span("– "), *self._spans(quote.attribution.line.inlines)]
            yield Block(self.written(*line), msgspec.structs.replace(ATTRIBUTION, after=1))
        if context_line := additions.in_context(self.document, quote, self.phrases):
            yield Block(self.written(self.ours(context_line)), LINE)

    # sentences --------------------------------------------------------------------------

    def _said(self, several: Iterable[Sentence], *, marked: bool = False) -> Iterator[Span]:
        """Yield the spans of neighbouring sentences; emphasis is marked only where somebody speaks with it."""
        before = ""
        for one in several:
            words = sentence_text(one)
            if before:
                yield Span(joint(before, words))
            yield from self._spans(one.inlines, marked=marked)
            before = words or before

    def _spans(self, inlines: Inlines, emphasis: Strength = None, *, marked: bool = False) -> Iterator[Span]:
        for inline in inlines:
            match inline:
                case Text():
                    yield Span(inline.value, emphasis if marked else None)
                case Emphasis():
                    yield from self._spans(inline.inlines, inline.strength, marked=marked)
                case Foreign():
                    yield Span(plain_text(inline.inlines), language=inline.language)
                case Link():
                    self._link(inline)
                    yield from self._spans(inline.inlines, emphasis, marked=marked)
                case Sound():
                    yield Span(in_parentheses(inline.description))
                case NoteReference():
                    yield Span(f" [{inline.label}]")
                case _:
                    assert_never(inline)

    def _link(self, link: Link) -> None:
        words, href = " ".join(plain_text(link.inlines).split()), address(link.href)
        if words and href != address(words):
            self._links[words, href] = None


def _in_language(span: Span, language: LanguageTag | None) -> Span:
    """Return a span of a turn; one in another language than the document's is a passage in that language."""
    if language is None or span.language:
        return span
    return msgspec.structs.replace(span, language=language, whole=True)


def in_parentheses(description: str) -> str:
    """Return a sound in parentheses, whatever brackets it is printed in (Braille Formats, plays)."""
    bare = description.strip()
    inner = (
        bare[1:-1] if (bare[:1], bare[-1:]) in {("[", "]"), ("(", ")"), ("{", "}"), ("*", "*"), ("<", ">")} else bare
    )
    words = " ".join(inner.translate(dict.fromkeys(map(ord, "♪♫♬♩"))).split()) or inner
    return f"({words.rstrip(':')})"


def address(href: str) -> str:
    """Return an address as it is written in braille: what every browser adds by itself costs ten cells."""
    bare = href.removeprefix("https://").removeprefix("http://").removeprefix("mailto:").removeprefix("tel:")
    return bare.removesuffix("/") or href
