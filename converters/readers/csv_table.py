"""CSV and TSV: a table with a column of words, in any order, language and dialect of the format."""

import contextlib
import csv
import itertools
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Final

import msgspec

from converters.document import Document
from converters.errors import SourceError
from converters.readers import ReadContext
from converters.readers.column_roles import words_in
from converters.readers.columns import Row, pieces_of_rows
from converters.readers.decoding import decode
from converters.readers.field_names import meanings
from converters.readers.limits import check_lines, check_turns, check_words
from converters.readers.manuscript import Manuscript
from converters.readers.understanding import understand

_DELIMITERS: Final = "\t;,|"
_SAMPLE: Final = 2_000
"""Records from which the dialect is told."""
_NEARLY_ALL: Final = 0.9
_MOST_COLUMNS: Final = 50
_RUNAWAY: Final = 40
"""Lines in one cell: more of them show a quotation mark that nothing closes."""


class _Dialect(msgspec.Struct, frozen=True):
    """How cells are divided, and whether quotation marks hold them together."""

    delimiter: str
    quoted: bool
    escape: str | None = None


def read_csv_table(source: bytes, context: ReadContext) -> Document:
    """Return the transcript that a table of at least one column of words holds.

    Raises ``SourceError`` where the table has no such column, and where it is larger
    than the options' limits.
    """
    check_lines(source, context.name, context.options.limits)
    return understand(csv_manuscript(decode(source, context.report), context), context)


def csv_manuscript(text: str, context: ReadContext) -> Manuscript:
    """Return the rows of a table. Raises ``SourceError`` as ``read_csv_table`` does."""
    check_words(text, context.name, context.options.limits)
    text, told = _without_told_delimiter(text)
    rows = _rows(text, told, context)
    pieces = pieces_of_rows(rows, context.report, alone=True)
    if not pieces:
        raise SourceError(
            f"{context.name}: this table has no column that holds what people say. "
            "Name its columns in the first row, such as: speaker, start, text."
        )
    return Manuscript(pieces, speech_only=all(piece.form != "prose" for piece in pieces))


def _without_told_delimiter(text: str) -> tuple[str, str]:
    """Return the text without the line ``sep=;`` that a spreadsheet may begin with, and what it tells."""
    first, _, rest = text.partition("\n")
    told = first.strip().strip('"').lower()
    if told.startswith("sep=") and len(told) == len("sep=;"):
        return rest, told[-1]
    return text, "\t" if told == "sep=" and "\t" in first else ""


def _rows(text: str, told: str, context: ReadContext) -> tuple[Row, ...]:
    """Return the records of the table that the text most likely is."""
    escape = "\\" if '\\"' in text and '""' not in text else None
    dialects = [_Dialect(delimiter, quoted=True, escape=escape) for delimiter in told or _DELIMITERS]
    best = max(dialects, key=lambda dialect: _agreement(_records(text, dialect)))
    try:
        rows = _all_records(_records(text, best), context)
    except csv.Error:
        rows = ()
    if not rows or any(cell.count("\n") > _RUNAWAY for row in rows for cell in row):
        rows = _unquoted_records(text, best, context)
    return _mended(rows, best.delimiter)


def _unquoted_records(text: str, dialect: _Dialect, context: ReadContext) -> tuple[Row, ...]:
    """Return the records, a line each, where a quotation mark that nothing closes holds too much together."""
    plain = _records(text, _Dialect(dialect.delimiter, quoted=False))
    try:
        return tuple(tuple(map(_unquoted, row)) for row in _all_records(plain, context))
    except csv.Error as error:
        raise SourceError(
            f"{context.name}: this is no table ({error}). Save it again as CSV, each row on a line of its own."
        ) from error


def _agreement(records: Iterator[Row]) -> tuple[float, int]:
    """Return the share of records that have as many columns as the table, and how many those are."""
    widths = Counter(len(row) for row in itertools.islice(_as_far_as_they_go(records), _SAMPLE))
    width = _width(widths)
    return (widths[width] / widths.total(), width) if width > 1 else (0.0, 0)


def _as_far_as_they_go(records: Iterator[Row]) -> Iterator[Row]:
    with contextlib.suppress(csv.Error):
        yield from records


def _width(widths: Counter[int]) -> int:
    """Return how many columns most records have, else how many nearly all have at least, else 1.

    In the second case commas stand among the words and nothing holds those together.
    """
    most = max(widths, key=lambda width: (widths[width], -width), default=1)
    if most > 1 and widths[most] >= widths.total() / 2:
        return most
    enough = _NEARLY_ALL * widths.total()
    return max((w for w in widths if sum(widths[v] for v in widths if v >= w) >= enough), default=1)


def _all_records(records: Iterator[Row], context: ReadContext) -> tuple[Row, ...]:
    most = context.options.limits.turns
    rows = tuple(itertools.islice(records, most + 1))
    check_turns(len(rows), context.name, context.options.limits)
    return rows


def _records(text: str, dialect: _Dialect) -> Iterator[Row]:
    """Yield the records that hold anything. Raises ``csv.Error`` where a cell is as long as a book."""
    lines = (f"{line}\n" for line in text.split("\n"))
    held = csv.reader(lines, delimiter=dialect.delimiter, escapechar=dialect.escape)
    plain = csv.reader(lines, delimiter=dialect.delimiter, quoting=csv.QUOTE_NONE)
    yield from (tuple(row) for row in (held if dialect.quoted else plain) if any(cell.strip() for cell in row))


def _unquoted(cell: str) -> str:
    held = len(cell) > 1 and cell[0] == cell[-1] == '"'
    return cell[1:-1].replace('""', '"') if held else cell


def _mended(rows: tuple[Row, ...], delimiter: str) -> tuple[Row, ...]:
    """Return the rows with their words in one cell where nothing held commas within them together."""
    width = _width(Counter(map(len, rows)))
    longer = [row for row in rows if len(row) > width and any(row[width:])]
    if not longer:
        return rows
    named = {c for c, name in enumerate(rows[0]) if any(one.kind == "text" for one in meanings(name))}
    text = min(
        range(min(width, _MOST_COLUMNS)),
        key=lambda c: (sum(_words_outside(row, c, len(row) - width) for row in longer), c not in named, -c),
    )
    return tuple(_joined(row, text, len(row) - width, delimiter) for row in rows)


def _words_outside(row: Row, column: int, surplus: int) -> int:
    return sum(map(words_in, (*row[:column], *row[column + surplus + 1 :])))


def _joined(row: Sequence[str], column: int, surplus: int, delimiter: str) -> Row:
    if surplus <= 0:
        return tuple(row)
    return (*row[:column], delimiter.join(row[column : column + surplus + 1]), *row[column + surplus + 1 :])
