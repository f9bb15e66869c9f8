"""A braille edition page by page: title page, transcriber's notes, contents, the text, in volumes where it is long.

By BANA's Braille Formats (2016): pages in front have their own numbers, t1 and on, in every volume, those of the text
run through all volumes; the first volume's contents lists everything, each other one its own; a further volume
repeats who takes part.
"""

import functools
import math
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Final

import msgspec

from converters.braille import Span, Transcriber, Word
from converters.document import Document
from converters.writers import WriteContext, additions
from converters.writers.braille_pages import (
    CELL_5,
    CENTRED,
    LINE,
    TITLE,
    Block,
    BrailleEdition,
    Page,
    Pager,
    Shape,
    Sheet,
    Volume,
    running_head,
)
from converters.writers.braille_text import BrailleText, Entry

_NEAR: Final = 0.12
"""How far from an even share a volume may end to end with an exchange, in parts of that share."""
_A_LITTLE_MORE: Final = 1.1
_HEADING_AND_ENTRY: Final = 7
"""Lines of a volume's name in the contents, with the blank one before it, and of the entry after it."""
_ENTRIES: Final = (Shape(0, 4), Shape(2, 4), Shape(2, 4))


class _Part(msgspec.Struct, frozen=True):
    """One volume's text: its number, of how many, its first and last page."""

    number: int
    of: int
    first: int
    last: int


def braille_edition(document: Document, context: WriteContext, own: str = "brf") -> BrailleEdition:
    """Return the pages of an episode, for the format ``own``.

    Raises ``MissingPartError`` without the library or a table for the language.
    """
    asked = context.options.braille
    transcriber = Transcriber(document.metadata.language, asked.grade)
    text = BrailleText(document, context, transcriber, own)
    blocks = text.blocks()
    sheet = Sheet(
        asked.cells, asked.lines, running_head(text.written(Span(context.title)), asked.cells),
        functools.cache(lambda number: "".join(word.cells for word in transcriber.plain(number))),
    )  # fmt: skip
    book = _Book(text, sheet, blocks)
    pages, anchors, starts = book.set_text()
    parts = _parts(pages, starts)
    volumes = tuple(_volume(book, part, parts, pages, anchors) for part in parts)
    transcriber.tell(context.report)
    return BrailleEdition(asked.cells, asked.lines, volumes)


class _Book(msgspec.Struct, frozen=True):
    text: BrailleText
    sheet: Sheet
    blocks: tuple[Block, ...]

    def set_text(self) -> tuple[tuple[Page, ...], dict[str, int], tuple[int, ...]]:
        """Return the pages of the text, the page of each anchor, and the pages that volumes begin with."""
        pages, anchors = self._set(frozenset())
        limit = self.text.context.options.braille.pages_per_volume
        volumes = 1 if len(pages) <= limit * _A_LITTLE_MORE else math.ceil(len(pages) / limit)
        if volumes == 1:
            return pages, anchors, (1,)
        breaks = frozenset(_breaks(len(pages), volumes, anchors, {entry.anchor for entry in self.text.entries}))
        pages, anchors = self._set(breaks)
        return pages, anchors, (1, *sorted({anchors[anchor] for anchor in breaks}))

    def _set(self, breaks: frozenset[str]) -> tuple[tuple[Page, ...], dict[str, int]]:
        pager = Pager(self.sheet)
        pager.set(self.blocks, breaks)
        return pager.finish(), pager.anchors


def _breaks(pages: int, volumes: int, anchors: dict[str, int], headings: set[str]) -> Iterator[str]:
    """Yield where further volumes begin: with the heading nearest to an even share, else with the nearest turn."""
    share = pages / volumes
    for number in range(1, volumes):
        wanted = share * number + 1
        nearest = sorted(anchors, key=lambda anchor: abs(anchors[anchor] - wanted))
        good = (one for one in nearest if one in headings and abs(anchors[one] - wanted) <= share * _NEAR)
        yield next(good, nearest[0])


def _parts(pages: Sequence[Page], starts: tuple[int, ...]) -> tuple[_Part, ...]:
    ends = pairwise((*starts, len(pages) + 1))
    return tuple(_Part(number, len(starts), first, after - 1) for number, (first, after) in enumerate(ends, 1))


def _volume(
    book: _Book, part: _Part, parts: tuple[_Part, ...], pages: tuple[Page, ...], anchors: dict[str, int]
) -> Volume:
    front = Pager(book.sheet, mark="t", headless=True)
    front.set(tuple(_title_page(book.text, part, len(pages))))
    front.turn()
    front.set(tuple(_notes(book.text, part)))
    front.turn()
    _contents(front, book.text, part, parts, anchors)
    before = front.finish()
    return Volume((*before, *pages[part.first - 1 : part.last]), len(before))


def _title_page(text: BrailleText, part: _Part, pages: int) -> Iterator[Block]:
    """Yield title, show and date; what braille this is; whom to ask (Braille Formats, title pages)."""
    phrases, context = text.phrases, text.context
    yield Block(text.written(Span(context.title)), msgspec.structs.replace(CENTRED, kept=False))
    for fact in additions.facts(text.document, phrases):
        if not fact.href:
            yield Block(text.fact(fact), TITLE)
    blank = msgspec.structs.replace(TITLE, before=1)
    if part.of > 1:
        yield _said(text, phrases.print_volume.format(number=part.number, volumes=part.of), blank)
        yield _said(text, phrases.print_volume_pages.format(first=part.first, last=part.last), TITLE)
    yield _said(text, phrases.braille_by_machine, blank)
    code = text.transcriber.code
    named = code.name or phrases.braille_table.format(table=code.table)
    yield _said(text, phrases.braille_made_of.format(code=named), TITLE)
    yield _said(text, phrases.braille_size.format(cells=text.context.options.braille.cells,
                lines=text.context.options.braille.lines), TITLE)  # fmt: skip
    total = phrases.braille_pages.format(pages=pages) if part.of == 1 else phrases.print_pages_in_volumes.format(
        pages=pages, volumes=part.of)  # fmt: skip
    yield _said(text, total, TITLE)
    show = context.options.show
    help_line = text.fact(additions.help_introduction(text.document, show, phrases))
    yield Block(help_line, msgspec.structs.replace(TITLE, before=1))
    for way in additions.contact_ways(show.contact, phrases):
        yield Block(text.fact(way), TITLE)


def _said(text: BrailleText, words: str, shape: Shape = LINE) -> Block:
    return Block(text.written(text.ours(words)), shape)


def _notes(text: BrailleText, part: _Part) -> Iterator[Block]:
    """Yield what a reader must know of how this braille is written; in a further volume, the short forms again."""
    phrases = text.phrases
    yield _said(text, phrases.braille_note, CENTRED)
    notes = [phrases.braille_note_layout] if part.number == 1 else []
    if text.transcriber.code.unified and part.number == 1:
        notes.append(phrases.braille_note_capitals)
    notes.append(phrases.braille_note_addresses)
    if text.transcriber.named:
        notes.append(phrases.braille_note_names)
    if others := [language for language in text.transcriber.others if language != phrases.language]:
        notes.append(phrases.braille_note_other.format(languages=", ".join(others)))
    for note in notes:
        yield Block(text.written(text.ours(note)))
    shortened = [person for person in text.document.people if text.short[person.id] != person.name]
    if part.number > 1 and shortened:
        yield _said(text, phrases.braille_short_forms, CELL_5)
        for person in shortened:
            yield Block(text.written(Span(f"{text.short[person.id]}: {person.name}")), LINE)


def _contents(front: Pager, text: BrailleText, part: _Part, parts: tuple[_Part, ...], anchors: dict[str, int]) -> None:
    front.set((_said(text, text.phrases.contents, CENTRED),))
    for other in parts if part.number == 1 else (part,):
        if part.of > 1 and part.number == 1:
            words = text.phrases.print_volume.format(number=other.number, volumes=other.of)
            front.make_room(_HEADING_AND_ENTRY)
            front.set((_said(text, words, CELL_5),))
        for entry in text.entries:
            if other.first <= anchors[entry.anchor] <= other.last:
                _entry(front, entry, anchors[entry.anchor])


def _entry(front: Pager, entry: Entry, page: int) -> None:
    words: tuple[Word, ...] = entry.words
    front.entry(Block(words, _ENTRIES[min(entry.level, 2)]), str(page))
