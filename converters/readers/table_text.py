"""A table inside a document: a transcript in columns, facts beside their names, or paragraphs laid out side by side."""

import re
from collections import defaultdict, deque
from collections.abc import Iterator
from typing import Final

import msgspec

from converters.findings import Report
from converters.readers.ledger import Ledger
from converters.readers.pieces import Mark, Piece, without

Cell = tuple[Piece, ...]
"""The paragraphs of a cell. A cell that spans columns stands once for each of them, as the same object."""
WIDEST: Final = 16
"""Columns; what has more is no conversation. Cells whose edges are a hair apart make columns of their own."""
_SHORT: Final = 60
_A_NAME: Final = re.compile(r"[^\W\d_](?:.*[^\W_]\)?)?")


def pieces_of_table(
    rows: tuple[tuple[Cell, ...], ...], report: Report, ledger: Ledger, *, line: int, headed: bool = False
) -> tuple[Piece, ...]:
    """Return the pieces of a table, a row after the other; ``line`` is that of the first row.

    Where people speak in it, ``columns`` says who and when. Else a row is a paragraph:
    ``Interviewer: Ann Lee`` of two columns, all its cells of more. ``headed`` says that
    the first row names the columns.
    """
    if 1 < max(map(len, rows), default=0) <= WIDEST:
        from converters.readers.columns import pieces_of_rows  # loaded on first use: most documents have no table

        texts = tuple(tuple("\n".join(_without_notes(piece) for piece in cell) for cell in row) for row in rows)
        if spoken := pieces_of_rows(texts, report, first_line=line):
            return tuple(_with_marks(spoken, rows, ledger))
    return tuple(piece for index, row in enumerate(rows) for piece in _row(row, named=not (headed and not index)))


def _without_notes(piece: Piece) -> str:
    for mark in reversed([mark for mark in piece.marks if mark.kind == "note"]):
        piece = without(piece, mark.begin, mark.end)
    return piece.text


def _with_marks(spoken: tuple[Piece, ...], rows: tuple[tuple[Cell, ...], ...], ledger: Ledger) -> Iterator[Piece]:
    """Yield the pieces as their cells had them: with links, emphasis and the marks of notes."""
    printed: dict[str, deque[Piece]] = defaultdict(deque)
    for piece in (piece for row in rows for cell in dict.fromkeys(row) for piece in cell):
        printed[_without_notes(piece)].append(piece)
    for one in spoken:
        waiting = printed.get(one.text)
        own = waiting.popleft() if waiting else Piece(one.text)
        yield msgspec.structs.replace(one, text=own.text, marks=own.marks, gap=own.gap)
    for mark in (mark for left in printed.values() for piece in left for mark in piece.marks):
        ledger.add("The address of a link in a table", mark.value if mark.kind == "link" else "")


def _row(row: tuple[Cell, ...], *, named: bool) -> Iterator[Piece]:
    """Yield the paragraphs of a row in which nobody speaks; what stands short in its first cell goes with the next."""
    cells = [cell for at, cell in enumerate(row) if cell and (not at or cell is not row[at - 1])]
    one_each = all(len(cell) == 1 for cell in cells)
    if len(cells) > 1 and (one_each or (len(cells[0]) == 1 and len(cells[0][0].text) <= _SHORT)):
        between = ": " if named and len(cells) == 2 and _names(cells[0][0].text) else " "  # noqa: PLR2004 - name and fact
        together = len(cells) if one_each else 2
        yield _joined([cell[0] for cell in cells[:together]], between)
        yield from (piece for cell in cells[:together] for piece in cell[1:])
        cells = cells[together:]
    yield from (piece for cell in cells for piece in cell)


def _names(text: str) -> bool:
    return len(text) <= _SHORT and _A_NAME.fullmatch(text) is not None


def _joined(pieces: list[Piece], between: str) -> Piece:
    text, marks = "", list[Mark]()
    for piece in pieces:
        text += between if text else ""
        marks += (Mark(m.begin + len(text), m.end + len(text), m.kind, m.value) for m in piece.marks)
        text += piece.text
    return msgspec.structs.replace(pieces[0], text=text, marks=tuple(marks), gap=0)
