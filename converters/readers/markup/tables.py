"""Tables: rows of who, when and what are read as such; tables that only lay out a page are gone through as boxes."""

from typing import TYPE_CHECKING, Final

import msgspec

from converters.findings import Report
from converters.readers.markup.tree import tag_of
from converters.readers.pieces import Mark, Moment, Piece

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

_BOXES: Final = frozenset(
    "table h1 h2 h3 h4 h5 h6 article section main aside nav header footer form ul ol dl pre blockquote hr".split()
)
ENOUGH_ROWS: Final = 2


def is_data(table: "Element") -> bool:
    """Tell whether a table has rows of several plain cells: nothing in it that lays out a page."""
    rows = rows_of(table)
    several = sum(1 for row in rows if len(row) > 1)
    if len(rows) < ENOUGH_ROWS or several * 2 <= len(rows) or table.get("role") == "presentation":
        return False
    return not any(tag_of(inner) in _BOXES for inner in table.iterdescendants())


def rows_of(table: "Element") -> "tuple[tuple[Element, ...], ...]":
    """Return the cells of each row, in the order of the page."""
    rows = (row for row in table.iterdescendants("tr"))
    return tuple(cells for row in rows if (cells := tuple(cell for cell in row if tag_of(cell) in {"td", "th"})))


def table_pieces(cells: tuple[tuple[tuple[Piece, ...], ...], ...], report: Report) -> tuple[Piece, ...] | None:
    """Return the rows as utterances, with what was marked in their cells; None where they are no conversation."""
    from converters.readers.columns import pieces_of_rows

    rows = tuple(tuple("\n".join(piece.text for piece in cell) for cell in row) for row in cells)
    found = pieces_of_rows(rows, report)
    if found is None:
        return None
    known = {piece.text: piece for row in cells for cell in row for piece in cell}
    whole = {" ".join(p.text for p in cell): joined(cell) for row in cells for cell in row if len(cell) > 1}
    lines = [next((piece.line for cell in row for piece in cell), 0) for row in cells]
    return tuple(_with_marks(piece, {**known, **whole}.get(piece.text), lines) for piece in found)


def plain_rows(
    cells: tuple[tuple[tuple[Piece, ...], ...], ...], elements: "tuple[tuple[Element, ...], ...]"
) -> tuple[Piece, ...]:
    """Return the cells of a table in which no one speaks: what a row says of its heading in one line with it."""
    pieces: list[Piece] = []
    for row, boxes in zip(cells, elements, strict=True):
        filled = [cell for cell in row if cell]
        if len(filled) > 1 and all(len(cell) == 1 for cell in filled) and _is_one_line(filled, boxes):
            pieces.append(joined(tuple(cell[0] for cell in filled)))
        else:
            pieces += [piece for cell in row for piece in cell]
    return tuple(pieces)


def _is_one_line(row: list[tuple[Piece, ...]], boxes: "tuple[Element, ...]") -> bool:
    """Tell whether a row is a heading with what it is the heading of, or has a dash between its cells."""
    first = row[0][0].text
    headed = first.endswith((":", "：")) or (tag_of(boxes[0]) == "th" and tag_of(boxes[-1]) == "td")
    dashed = any(not any(letter.isalnum() for letter in cell[0].text) for cell in row[1:-1])
    return dashed or (headed and len(row) == _HEADING_AND_CELL and len(first) <= _LONGEST_HEADING)


_HEADING_AND_CELL: Final = 2
_LONGEST_HEADING: Final = 60


def _with_marks(piece: Piece, printed: Piece | None, lines: list[int]) -> Piece:
    line = lines[piece.line - 1] if 0 < piece.line <= len(lines) else piece.line
    if printed is None:
        return msgspec.structs.replace(piece, line=line)
    marks = tuple(mark for mark in printed.marks if mark.kind != "label")
    return msgspec.structs.replace(
        piece, line=line, marks=marks, moments=piece.moments or printed.moments, language=printed.language
    )


def joined(cell: tuple[Piece, ...]) -> Piece:
    """Return paragraphs in one, marks and moments moved along."""
    marks, moments, at = list[Mark](), list[Moment](), 0
    for piece in cell:
        marks += [Mark(m.begin + at, m.end + at, m.kind, m.value) for m in piece.marks]
        moments += [Moment(m.offset + at, m.begin, m.end) for m in piece.moments]
        at += len(piece.text) + 1
    text = " ".join(piece.text for piece in cell)
    return msgspec.structs.replace(cell[0], text=text, marks=tuple(marks), moments=tuple(moments))
