"""Plain text: a transcript typed, exported, or copied from a show's web page."""

import itertools
from collections.abc import Iterator

import msgspec

from converters.document import Document
from converters.errors import SourceError
from converters.findings import Report
from converters.readers import ReadContext
from converters.readers.decoding import decode
from converters.readers.limits import check_lines, check_words
from converters.readers.lines import pieces_of
from converters.readers.manuscript import Manuscript
from converters.readers.numbered import without_line_numbers
from converters.readers.pieces import Piece
from converters.readers.recognition import PUT_IT_IN
from converters.readers.understanding import understand

ENOUGH_ROWS = 5
COLUMNS = 3
"""A tab alone may part a label from its words; two in every line make a table."""


def read_plain_text(source: bytes, context: ReadContext) -> Document:
    """Return the transcript, its speakers found by evidence from the whole text."""
    check_lines(source, context.name, context.options.limits)
    text = decode(source, context.report)
    if not text.strip():
        raise SourceError(f"{context.name}: there are no words in this file. {PUT_IT_IN}")
    check_words(text, context.name, context.options.limits)
    return understand(_own_manuscript(text) or text_manuscript(text, context.report), context)


def _own_manuscript(text: str) -> Manuscript | None:
    if "Curbcut " not in text:
        return None
    from converters.readers.own_text import own_manuscript  # loaded on first use: no other text needs it

    return own_manuscript(text)


def text_manuscript(text: str, report: Report) -> Manuscript:
    """Return the paragraphs of a text; lines set in columns by tabs are rows of a table."""
    lines = without_line_numbers(text, report).split("\n")
    if "\t" not in text:
        return Manuscript(pieces_of("\n".join(lines)))
    stretches = itertools.groupby(enumerate(lines, 1), key=lambda line: line[1].count("\t") >= COLUMNS - 1)
    return Manuscript(tuple(_pieces((list(group) for _, group in stretches), report)))


def _pieces(stretches: Iterator[list[tuple[int, str]]], report: Report) -> Iterator[Piece]:
    waiting: list[tuple[int, str]] = []
    for stretch in stretches:
        rows = _rows(stretch, report)
        if rows is None:
            waiting += stretch
            continue
        yield from _paragraphs(waiting)
        waiting = []
        yield from rows
    yield from _paragraphs(waiting)


def _rows(stretch: list[tuple[int, str]], report: Report) -> tuple[Piece, ...] | None:
    """Return the rows of a table in which people speak, None where the lines are none."""
    if len(stretch) < ENOUGH_ROWS or stretch[0][1].count("\t") < COLUMNS - 1:
        return None
    from converters.readers.columns import pieces_of_rows  # loaded on first use: few texts hold a table

    return pieces_of_rows(tuple(tuple(line.split("\t")) for _, line in stretch), report, first_line=stretch[0][0])


def _paragraphs(lines: list[tuple[int, str]]) -> Iterator[Piece]:
    if not lines:
        return
    first = lines[0][0]
    for piece in pieces_of("\n".join(line for _, line in lines)):
        yield msgspec.structs.replace(piece, line=piece.line + first - 1)
