"""The steps that a web page and a post share: from a tree to the episode's own pieces, notes and title."""

import datetime
from typing import TYPE_CHECKING

import msgspec

from converters.document import Note
from converters.readers import ReadContext
from converters.readers.dates import day_of
from converters.readers.limits import check_lines, check_turns
from converters.readers.markup.addresses import Addresses
from converters.readers.markup.blocks import Blocks, blocks_of
from converters.readers.markup.head import Head
from converters.readers.markup.notes import Notes
from converters.readers.markup.placed import Placed, PutAside, Setting
from converters.readers.markup.regions import region_of, region_of_fragment
from converters.readers.markup.speakers import Speakers
from converters.readers.markup.styles import Styles
from converters.readers.markup.titles import Title, find_title, folded
from converters.readers.page_furniture import without_furniture
from converters.readers.pieces import Piece

if TYPE_CHECKING:
    from lxml.etree import _Element as Element


class PageKind(msgspec.Struct, frozen=True):
    """How markup is to be taken: ``whole`` as a site shows a page, not a part of one; ``post`` as WordPress keeps it.

    A post's title stands beside it. ``line_breaks`` says that line ends in its text are meant.
    """

    whole: bool = False
    post: bool = False
    line_breaks: bool = False


class PageWords(msgspec.Struct, frozen=True):
    """The episode's own words on a page, and what its elements say of them."""

    pieces: tuple[Piece, ...]
    notes: tuple[Note, ...]
    title: str | None
    language: str | None
    published: datetime.date | None


def words_of_page(root: "Element", head: Head, addresses: Addresses, context: ReadContext, kind: PageKind) -> PageWords:
    """Return what is the episode's on a page; all other words are findings of ``context.report``."""
    setting = Setting(
        addresses=addresses,
        notes=Notes(root, addresses),
        speakers=Speakers(root),
        styles=Styles(root),
        aside=PutAside(),
        context=context,
        language=head.language,
        region_of=region_of if kind.whole else region_of_fragment,
        line_breaks=kind.line_breaks,
    )
    blocks = blocks_of(root, setting)
    title = find_title(blocks.placed, blocks.regions, head, only_as_told=kind.post)
    kept = without_furniture(blocks.placed, blocks.regions, title.index, context.report, whole=kind.whole)
    pieces = _without_title(kept, blocks, title, context)
    pieces = _with_links_that_lead(pieces, addresses, context)
    setting.aside.report(context.report)
    context.report.leave_out("What the page's own title says beside the title", title.rest)
    _check(pieces, context)
    language = head.language or _common_language(pieces)
    if language != head.language:
        pieces = tuple(msgspec.structs.replace(piece, language=None) for piece in pieces)
    return PageWords(pieces, blocks.notes, title.text, language, head.published or _day_in_byline(blocks))


def _without_title(kept: tuple[Placed, ...], blocks: Blocks, title: Title, context: ReadContext) -> tuple[Piece, ...]:
    """Return the pieces without the heading that is the title, and without any that only prints it again."""
    over = blocks.placed[title.index] if title.index is not None else None
    pieces = tuple(one.piece for one in kept if one is not over)
    name = folded(title.text or "")
    again = {piece for piece in pieces if over and piece.form == "heading" and folded(piece.text) == name}
    context.report.leave_out("The title, printed again", " ".join(piece.text for piece in pieces if piece in again))
    return tuple(piece for piece in pieces if piece not in again)


def _check(pieces: tuple[Piece, ...], context: ReadContext) -> None:
    """Raise ``SourceError`` where there are more pieces, or longer ones, than any episode has."""
    limits = context.options.limits
    check_turns(len(pieces), context.name, limits)
    for piece in pieces:
        if len(piece.text) > limits.line:
            check_lines(piece.text.encode("utf-8"), context.name, limits)


def _day_in_byline(blocks: Blocks) -> datetime.date | None:
    """Return the day in the page's line of author and date."""
    for one in blocks.placed:
        if any(blocks.regions[number].kind == "byline" for number in one.regions) and (day := day_of(one.piece.text)):
            return day
    return None


def _with_links_that_lead(pieces: tuple[Piece, ...], addresses: Addresses, context: ReadContext) -> tuple[Piece, ...]:
    """Return the pieces without links to an address that is nothing outside the site; all of these are one finding."""
    marks = (mark for piece in pieces for mark in piece.marks if mark.kind == "link")
    lost = {mark: mark.value for mark in marks if not addresses.leads_somewhere(mark.value)}
    if not lost:
        return pieces
    words = " ".join(dict.fromkeys(lost.values()))
    context.report.leave_out("Addresses of links that lead nowhere outside the site", words)
    return tuple(
        msgspec.structs.replace(piece, marks=tuple(mark for mark in piece.marks if mark not in lost))
        for piece in pieces
    )


def _common_language(pieces: tuple[Piece, ...]) -> str | None:
    """Return the language that all of the text is said to be in, though not the page as a whole."""
    languages = {piece.language for piece in pieces if piece.text}
    return languages.pop() if len(languages) == 1 else None
