"""What a document says, and what we say beside it, as the phrases and paragraphs of a talking book."""

from collections.abc import Iterable, Iterator
from typing import assert_never

import msgspec

from converters import outline
from converters.document import (
    Block,
    Document,
    Foreign,
    Inlines,
    LanguageTag,
    Link,
    NodeId,
    NoteReference,
    Paragraph,
    PeopleList,
    Person,
    PullQuote,
    Sentence,
    Sound,
    Text,
    Turn,
)
from converters.phrases import Phrases
from converters.settings import Blocks
from converters.traverse import person_named, sentence_text
from converters.writers import WriteContext, additions
from converters.writers.talking_book import (
    BookBlock,
    Lines,
    Listing,
    NoteText,
    ParagraphKind,
    Phrase,
    PhraseKind,
    Quotation,
)
from converters.writers.talking_levels import leading_out


class Teller(msgspec.Struct, frozen=True):
    """Puts one document into phrases; ``heard`` are the ids that have a clip in the narration."""

    document: Document
    context: WriteContext
    heard: frozenset[str]

    @property
    def phrases(self) -> Phrases:
        """Our words."""
        return self.context.phrases

    @property
    def _language(self) -> LanguageTag:
        return self.document.metadata.language

    # our words ---------------------------------------------------------------------------

    def inlines_of_ours(self, words: str) -> Inlines:
        """Return our words, marked where they are in another language than the document's."""
        same = self.phrases.language.split("-")[0] == self._language.split("-")[0]
        return (Text(words),) if same else (Foreign((Text(words),), self.phrases.language),)

    def added(self, identifier: str, words: str, kind: PhraseKind = "added", said: str | None = None) -> Phrase:
        """Return a phrase of ours."""
        return Phrase(identifier, self.inlines_of_ours(words), kind, said=said, ours=True, aside=True)

    def own(self, identifier: str, inlines: Inlines, kind: PhraseKind = "added") -> Phrase:
        """Return a phrase in the document's language that is no sentence of it: a heading, a name."""
        return Phrase(identifier, inlines, kind, aside=True)

    def fact(self, identifier: str, fact: additions.Fact) -> Phrase:
        """Return a line of ours with a value of the source's inside, each in its own language."""
        if not fact.value:
            return self.added(identifier, fact.before)
        href = leading_out(fact.href) if fact.href else None
        plain = fact.before or fact.after
        value: Inlines = (Text(fact.value),) if plain else self.inlines_of_ours(fact.value)
        value = (Link(value, href),) if href else value
        if not plain:
            return Phrase(identifier, value, "added", ours=True, aside=True)
        inlines = self._round(fact.before, value, fact.after)
        return Phrase(identifier, inlines, "added", ours=True, aside=True)

    def _round(self, before: str, value: Inlines, after: str) -> Inlines:
        same = self.phrases.language.split("-")[0] == self._language.split("-")[0]
        ends: tuple[Inlines, Inlines] = ((Text(before),) if before else (), (Text(after),) if after else ())
        if same:
            return (*ends[0], *value, *ends[1])
        return (Foreign((*ends[0], Foreign(value, self._language), *ends[1]), self.phrases.language),)

    # the source's blocks -------------------------------------------------------------------

    def blocks(self, blocks: Iterable[Block], *, elsewhere: bool = False) -> tuple[BookBlock, ...]:
        """Return blocks of the source; ``elsewhere`` are those that belong to the web page and are for the eye only."""
        return tuple(told for block in blocks for told in self._block(block, elsewhere=elsewhere))

    def _block(self, block: Block, *, elsewhere: bool) -> Iterator[BookBlock]:
        match block:
            case Turn():
                yield from self._turn(block)
            case Paragraph():
                yield self.paragraph(block, elsewhere=elsewhere)
            case PullQuote():
                yield from self._pull_quote(block, elsewhere=elsewhere)
            case PeopleList():
                yield Listing(tuple(self.lines_about(block)), block.id)
            case Sound():
                silent = elsewhere or block.kind == "silence"
                yield Lines((Phrase(block.id, (Text(block.description),), elsewhere=silent),), "sound")
            case _:
                assert_never(block)

    def paragraph(self, paragraph: Paragraph, kind: ParagraphKind = "plain", *, elsewhere: bool = False) -> Lines:
        """Return a paragraph that nobody says."""
        told = (self.sentence(one, elsewhere=elsewhere) for one in paragraph.sentences)
        return Lines(tuple(told), kind, paragraph.id or None)

    def sentence(self, one: Sentence, *, elsewhere: bool = False) -> Phrase:
        """Return a sentence; one without letters says nothing, so that no sound is missing."""
        silent = elsewhere or not any(character.isalnum() for character in sentence_text(one))
        return Phrase(one.id, one.inlines, elsewhere=silent)

    def note(self, identifier: NodeId, paragraphs: tuple[Paragraph, ...]) -> NoteText:
        """Return a note of the source."""
        return NoteText(identifier, tuple(self.paragraph(one) for one in paragraphs))

    def _turn(self, turn: Turn) -> Iterator[Lines]:
        """Yield a turn as paragraphs; the first has the turn's id, and begins with the name."""
        kind: ParagraphKind = "turn"
        for number, several in enumerate(_laid_out(turn, self.context.options.blocks)):
            told = tuple(self.sentence(one) for one in several)
            if number == 0:
                told = self._named(turn, told)
            yield Lines(told, kind, turn.id if number == 0 else None, turn.language)
            kind = "more"

    def _named(self, turn: Turn, told: tuple[Phrase, ...]) -> tuple[Phrase, ...]:
        """Return the first phrases of a turn after its name, which is a phrase of its own where it is said."""
        if not turn.people:
            return told
        names = ", ".join(person_named(self.document, person).name for person in turn.people)
        label, identifier = self.phrases.name_and_colon.format(name=names), f"{turn.id}-name"
        if identifier in self.heard or not told:
            return (Phrase(identifier, (Text(label),), "name"), *told)
        return (msgspec.structs.replace(told[0], name=label), *told[1:])

    def _pull_quote(self, quote: PullQuote, *, elsewhere: bool) -> Iterator[BookBlock]:
        """Yield a quotation, and after it where it was said; one that repeats the conversation is heard there."""
        repeats = elsewhere or quote.repeats is not None
        paragraphs = [self.paragraph(one, elsewhere=repeats) for one in quote.paragraphs]
        if quote.attribution:
            paragraphs.append(Lines((self.sentence(quote.attribution.line, elsewhere=repeats),), "by"))
        yield Quotation(quote.id, tuple(paragraphs))
        if where := additions.in_context(self.document, quote, self.phrases):
            line = Phrase(
                f"added-context-{quote.id}", self.inlines_of_ours(where), "added",
                leads_to=quote.repeats, ours=True, elsewhere=True,
            )  # fmt: skip
            yield Lines((line,), "context")

    # people ------------------------------------------------------------------------------------

    def lines_about(self, people: PeopleList) -> Iterator[Lines]:
        """Yield the source's own lines, with what each person does here; they lead to where somebody first speaks."""
        first = outline.first_turns(self.document)
        for entry in people.entries:
            person = person_named(self.document, entry.person)
            line = msgspec.structs.replace(self.sentence(entry.line), leads_to=_leads(entry.line, first, person))
            yield Lines((line, *self._part(f"added-part-{entry.line.id}", person)))

    def described(self, person: Person) -> Lines:
        """Return a line of ours about somebody whom the source's own lists leave out."""
        turn = outline.first_turns(self.document).get(person.id)
        words = self.own(f"added-person-{person.id}", (Text(outline.described(person)),))
        line = msgspec.structs.replace(words, leads_to=turn)
        return Lines((line, *self._part(f"added-part-{person.id}", person)))

    def _part(self, identifier: str, person: Person) -> tuple[Phrase, ...]:
        words = additions.part_played(self.phrases, person)
        return (self.added(identifier, f"({words})", said=words),) if words else ()


def _leads(line: Sentence, first: dict[NodeId, NodeId], person: Person) -> str | None:
    """Return where a line about somebody leads; nowhere new where it has links of its own."""
    has_links = any(isinstance(inline, Link | NoteReference) for inline in line.inlines)
    return None if has_links else first.get(person.id)


def _laid_out(turn: Turn, blocks: Blocks) -> list[tuple[Sentence, ...]]:
    """Return the sentences of a turn in the blocks that it is laid out in; one that says nothing still has its name."""
    return [block for p in turn.paragraphs for block in outline.layout_blocks(p, blocks)] or [()]
