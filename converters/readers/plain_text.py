"""Plain text: a transcript typed, exported, or copied from a show's web page."""

import itertools
from collections.abc import Iterator

import msgspec

from converters.addresses import followable
from converters.document import (
    Attribution,
    Block,
    Document,
    Link,
    Metadata,
    NodeId,
    Paragraph,
    PeopleList,
    PersonEntry,
    PullQuote,
    Section,
    SectionKind,
    Sentence,
    Turn,
)
from converters.errors import SourceError
from converters.readers import PUT_IT_IN, ReadContext
from converters.readers.decoding import decode
from converters.readers.inlines import inlines_of, whole_sound
from converters.readers.labels.candidates import Candidate, candidates
from converters.readers.labels.decision import Verdict, decide, is_name
from converters.readers.labels.people import People, Said
from converters.readers.language import settle_language
from converters.readers.page_parts import (
    Place,
    Quotation,
    dangles,
    has_lost_link,
    kind_of,
    listed,
    quotation,
    speaks_of_the_page,
)
from converters.readers.pieces import Piece, one_space, pieces_of
from converters.sentences import paragraph, sentence
from converters.settings import LostLink
from converters.traverse import sentence_text

LONGEST_TITLE = 400
ENOUGH_TURNS = 6
"""From so many turns on, their having one paragraph each is no accident."""


def read_plain_text(source: bytes, context: ReadContext) -> Document:
    """Return the transcript, its speakers found by evidence from the whole text."""
    text = decode(source, context.report)
    if not text.strip():
        raise SourceError(f"{context.name}: there are no words in this file. {PUT_IT_IN}")
    return _Reading(text, context).document()


class _Reading:
    """One text on its way to a document: the steps share its pieces, people and language."""

    def __init__(self, text: str, context: ReadContext) -> None:
        self._options, self._report = context.options, context.report
        self._language = settle_language(text, context.options, context.report)
        self._people = People(context.options, text)
        self._links = _links_found(text, context)
        self._title, self._pieces = self._titled(pieces_of(text))
        self._guests = self._meet_listed_people()
        self._speaking = self._find_speakers()

    def document(self) -> Document:
        """Return the page's parts before the conversation, the conversation, and the parts after it."""
        if not self._speaking:
            self._report.add("read-004")
            return self._document((self._unlabelled(),))
        first, end = _conversation(self._pieces, self._speaking)
        before = self._page(self._pieces[:first], "before")
        talk = self._talk(self._pieces[first:end])
        after = self._page(self._pieces[end:], "after")
        return self._document((*before, talk, *after))

    def _document(self, sections: tuple[Section, ...]) -> Document:
        show, episode = self._options.show, self._options.episode
        title = episode.title or self._title
        metadata = Metadata(title, self._language, show.name, episode.date, episode.page, episode.recording)
        return Document(metadata, self._people.everyone, (*self._replaced_title(), *sections))

    def _replaced_title(self) -> Iterator[Section]:
        """Yield the source's own title as furniture where staff have given another: no word is lost."""
        told = self._options.episode.title
        if self._title and told and told != self._title:
            self._report.add("read-007", f"“{self._title}”", "line 1")
            yield Section("furniture", (self._paragraph(self._title),))

    def _titled(self, pieces: tuple[Piece, ...]) -> tuple[str | None, tuple[Piece, ...]]:
        """Return the first line where it is a title: short, no sentence, no label, and not alone."""
        first, rest = pieces[0] if pieces else Piece("", 1), pieces[1:]
        plain = not first.bullet and not first.text.endswith((".", ",", ";", "…")) and first.text[:1] not in '“"[('
        verdicts = self._weigh(pieces)
        labelled = any(verdicts[candidate.key].is_speaker for candidate in candidates(pieces[:1]))
        if rest and plain and not labelled and len(first.text) <= LONGEST_TITLE:
            return first.text, rest
        return None, pieces

    def _weigh(self, pieces: tuple[Piece, ...]) -> dict[str, Verdict]:
        return decide(candidates(pieces), self._people.told)

    def _meet_listed_people(self) -> frozenset[NodeId]:
        """Return the people of a printed list; being on it is evidence for a label."""
        lines = (p.text for p in self._pieces if p.bullet and kind_of(p, "before") == "people")
        return frozenset(self._people.listed(listed(line)) for line in lines if is_name(listed(line).name))

    def _find_speakers(self) -> dict[Piece, Candidate]:
        """Return the pieces that begin a turn; what only looks like one is a finding."""
        verdicts = self._weigh(self._pieces)
        for verdict in verdicts.values():
            if verdict.is_doubtful:
                self._report.add("read-008", f"“{verdict.label}” ({verdict.against})")
        return {c.piece: c for c in candidates(self._pieces) if verdicts[c.key].is_speaker}

    # the conversation -----------------------------------------------------------

    def _unlabelled(self) -> Section:
        paragraphs = tuple(self._paragraph(piece.text) for piece in self._pieces)
        return Section("transcript", (Turn(paragraphs),) if paragraphs else ())

    def _talk(self, pieces: tuple[Piece, ...]) -> Section:
        blocks: list[Block] = []
        for piece in pieces:
            if candidate := self._speaking.get(piece):
                blocks.append(self._turn(candidate))
            elif sound := whole_sound(piece.text):
                blocks.append(sound)
            else:
                _continue(blocks, self._paragraph(piece.text))
        said = tuple(Said(c.key, c.words.count("?")) for c in map(self._speaking.get, pieces) if c)
        self._people.settle_parts(said, self._guests, self._report)
        return Section("transcript", tuple(blocks))

    def _turn(self, candidate: Candidate) -> Turn:
        person = self._people.speaking(candidate.label)
        paragraphs = (self._paragraph(candidate.words),) if candidate.words else ()
        return Turn(paragraphs, (person,), candidate.label)

    def _paragraph(self, text: str) -> Paragraph:
        return paragraph(inlines_of(text, self._links), self._language)

    # the page round it ------------------------------------------------------------

    def _page(self, pieces: tuple[Piece, ...], place: Place) -> Iterator[Section]:
        """Yield the sections of a stretch of the page, neighbours of one kind together."""
        parts = [part for piece in pieces for part in self._parts(piece, place)]
        for kind, group in itertools.groupby(parts, key=lambda part: part[0]):
            blocks = tuple(block for _, block in group)
            yield Section(kind, (_one_list(blocks),) if kind == "people" else blocks)

    def _parts(self, piece: Piece, place: Place) -> Iterator[tuple[SectionKind, Block]]:
        """Yield what a paragraph is; a lead-in that says nothing without its lost link is set apart."""
        kind = kind_of(piece, place)
        if kind == "quote":
            yield "quotes", self._pull_quote(piece)
        elif kind == "people":
            entry = PersonEntry(sentence(piece.text), self._people.listed(listed(piece.text)))
            yield "people", PeopleList((entry,))
        else:
            yield from self._paragraph_parts(piece, kind)

    def _paragraph_parts(self, piece: Piece, kind: SectionKind) -> Iterator[tuple[SectionKind, Block]]:
        said = self._paragraph(piece.text).sentences
        lost = [s for s in said if self._lost_link(s, ends_paragraph=s is said[-1])]
        for leading in lost:
            self._report.add("read-006", f"“{sentence_text(leading)}”", f"line {piece.line}")
        apart = said[-1:] if lost and dangles(sentence_text(said[-1])) and len(said) > 1 else ()
        for part, belongs in ((said[: len(said) - len(apart)], kind), (apart, "furniture")):
            if part and belongs == "furniture":
                words = " ".join(map(sentence_text, part))
                self._report.add("read-007", f"“{words}”", f"line {piece.line}")
            if part:
                yield belongs, Paragraph(part)

    def _lost_link(self, leading: Sentence, *, ends_paragraph: bool) -> bool:
        words = sentence_text(leading)
        given_back = any(isinstance(inline, Link) for inline in leading.inlines)
        return not given_back and has_lost_link(words, ends_paragraph=ends_paragraph)

    def _pull_quote(self, piece: Piece) -> PullQuote:
        quote = quotation(piece) or Quotation(piece.text, None)
        words = (self._paragraph(quote.words),)
        if not quote.by:
            return PullQuote(words)
        return PullQuote(words, Attribution(sentence(quote.by), self._people.named(quote.by)))


def _links_found(text: str, context: ReadContext) -> tuple[LostLink, ...]:
    """Return the links of the episode's file whose words are in the text; the others are findings."""
    whole, links = one_space(text), context.options.episode.links
    for link in links:
        if one_space(link.words) not in whole:
            context.report.add("read-012", f"“{link.words}” under [[links]]")
        if not followable(link.href):
            context.report.add("read-013", f"“{link.href}”")
    return tuple(
        LostLink(one_space(link.words), link.href)
        for link in links
        if one_space(link.words) in whole and followable(link.href)
    )


def _conversation(pieces: tuple[Piece, ...], speaking: dict[Piece, Candidate]) -> tuple[int, int]:
    """Return where the conversation begins, and where it has ended.

    Sounds next to it are part of it. Where every turn has one paragraph, an unlabelled
    one after the last is not speech. Where turns run on, it is, until the text begins
    to speak of the page.
    """
    labelled = [index for index, piece in enumerate(pieces) if piece in speaking]
    first, last = labelled[0], labelled[-1]
    opening = list(itertools.takewhile(_is_sound, reversed(pieces[:first])))
    inside = [piece for piece in pieces[first:last] if piece not in speaking and not _is_sound(piece)]
    runs_on = inside or len(labelled) < ENOUGH_TURNS
    tail = itertools.takewhile(
        lambda piece: _is_sound(piece) or (runs_on and not speaks_of_the_page(piece)), pieces[last + 1 :]
    )
    return first - len(opening), last + 1 + len(list(tail))


def _is_sound(piece: Piece) -> bool:
    return whole_sound(piece.text) is not None


def _continue(blocks: list[Block], more: Paragraph) -> None:
    """Add a paragraph to the turn before; after a sound, its speaker goes on in a turn of its own."""
    last = blocks[-1]
    if isinstance(last, Turn):
        blocks[-1] = msgspec.structs.replace(last, paragraphs=(*last.paragraphs, more))
        return
    before = next(block for block in reversed(blocks) if isinstance(block, Turn))
    blocks.append(msgspec.structs.replace(before, paragraphs=(more,)))


def _one_list(blocks: tuple[Block, ...]) -> PeopleList:
    return PeopleList(tuple(entry for block in blocks if isinstance(block, PeopleList) for entry in block.entries))
