"""The page round a conversation: paragraphs as the sections of a show's page."""

import itertools
from collections.abc import Iterator

import msgspec

from converters.document import (
    Attribution,
    Block,
    Inlines,
    Link,
    Paragraph,
    PeopleList,
    PersonEntry,
    PullQuote,
    Section,
    SectionKind,
    Sentence,
)
from converters.findings import Report
from converters.readers.conversation import Setting
from converters.readers.events import whole_event
from converters.readers.inlines import inlines_of
from converters.readers.labels.people import People
from converters.readers.page_parts import (
    Place,
    Quotation,
    dangles,
    has_lost_link,
    heading_kind,
    kind_of,
    listed,
    quotation,
)
from converters.readers.pieces import Piece
from converters.sentences import sentence
from converters.traverse import sentence_text


class _Part(msgspec.Struct, frozen=True):
    kind: SectionKind
    block: Block | None
    heading: Inlines = ()


class Page:
    """Sorts the paragraphs round a conversation."""

    def __init__(self, people: People, setting: Setting, report: Report, furniture: frozenset[Piece]) -> None:
        """Take what is known already; ``furniture`` are pieces that are the page's for certain."""
        self._people, self._setting, self._report, self._furniture = people, setting, report, furniture

    def sections(self, pieces: tuple[Piece, ...], place: Place) -> tuple[Section, ...]:
        """Return the sections of a stretch of the page, neighbours of one kind together."""
        for piece in pieces:
            if kind_of(piece, place) == "people" and piece not in self._furniture:
                self._people.printed(listed(piece.text))  # a quotation above the list may be theirs
        parts = [part for stretch in _stretches(pieces) for part in self._stretch(stretch, place)]
        return tuple(_sections(parts))

    def _stretch(self, stretch: tuple[Piece, ...], place: Place) -> Iterator[_Part]:
        """Yield the parts of a heading and what stands below it."""
        heading = stretch[0] if stretch[0].form == "heading" else None
        below = [part for piece in stretch[1 if heading else 0 :] for part in self._parts(piece, place, heading)]
        if heading:
            kind = below[0].kind if below else heading_kind(heading.text) or "furniture"
            yield _Part(kind, None, inlines_of(heading.text, self._setting.links, heading.marks))
        yield from below

    def _parts(self, piece: Piece, place: Place, heading: Piece | None) -> Iterator[_Part]:
        """Yield what a paragraph is; a lead-in that says nothing without its lost link is set apart."""
        if piece.form == "rule" and not any(letter.isalnum() for letter in piece.text):
            return
        kind = kind_of(piece, place)
        if piece in self._furniture:
            yield _Part("furniture", self._setting.paragraph(piece))
        elif event := whole_event(piece.text):
            yield _Part("summary" if place == "before" else "closing", event)
        elif kind == "quote":
            yield _Part("quotes", self._pull_quote(piece))
        elif kind == "people":
            entry = PersonEntry(sentence(piece.text), self._people.printed(listed(piece.text)))
            yield _Part("people", PeopleList((entry,)))
        else:
            said = (heading and kind in {"summary", "closing"} and heading_kind(heading.text)) or kind
            yield from self._paragraph_parts(piece, said)

    def _paragraph_parts(self, piece: Piece, kind: SectionKind) -> Iterator[_Part]:
        said = self._setting.paragraph(piece).sentences
        lost = [s for s in said if self._lost_link(s, ends_paragraph=s is said[-1])]
        for leading in lost:
            self._report.add("read-006", f"“{sentence_text(leading)}”", f"line {piece.line}")
        apart = said[-1:] if lost and dangles(sentence_text(said[-1])) and len(said) > 1 else ()
        for part, belongs in ((said[: len(said) - len(apart)], kind), (apart, "furniture")):
            if part and belongs == "furniture":
                words = " ".join(map(sentence_text, part))
                self._report.add("read-007", f"“{words}”", f"line {piece.line}")
            if part:
                yield _Part(belongs, Paragraph(part))

    def _lost_link(self, leading: Sentence, *, ends_paragraph: bool) -> bool:
        words = sentence_text(leading)
        given_back = any(isinstance(inline, Link) for inline in leading.inlines)
        return not given_back and has_lost_link(words, ends_paragraph=ends_paragraph)

    def _pull_quote(self, piece: Piece) -> PullQuote:
        quote = quotation(piece) or Quotation(piece.text, None)
        words = (self._setting.paragraph(Piece(quote.words)),)
        if not quote.by:
            return PullQuote(words)
        return PullQuote(words, Attribution(sentence(quote.by), self._people.named(quote.by)))


def _stretches(pieces: tuple[Piece, ...]) -> Iterator[tuple[Piece, ...]]:
    """Yield the pieces cut before each heading."""
    begins = [0, *(i for i, piece in enumerate(pieces) if piece.form == "heading" and i), len(pieces)]
    return (pieces[a:b] for a, b in itertools.pairwise(begins) if a < b)


def _sections(parts: list[_Part]) -> Iterator[Section]:
    """Yield neighbours of one kind as one section; a heading begins a new one."""
    group: list[_Part] = []
    for part in parts:
        if group and (part.heading or part.kind != group[-1].kind):
            yield _section(group)
            group = []
        group.append(part)
    if group:
        yield _section(group)


def _section(group: list[_Part]) -> Section:
    blocks = tuple(part.block for part in group if part.block)
    kind = group[0].kind
    return Section(kind, _with_one_list(blocks) if kind == "people" else blocks, group[0].heading)


def _with_one_list(blocks: tuple[Block, ...]) -> tuple[Block, ...]:
    entries = tuple(entry for block in blocks if isinstance(block, PeopleList) for entry in block.entries)
    return (PeopleList(entries), *(block for block in blocks if not isinstance(block, PeopleList)))
