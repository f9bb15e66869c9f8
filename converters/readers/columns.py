"""A table in which people speak: which column holds who, which what, which when; decided once for the whole table."""

import re
from collections.abc import Iterator, Sequence
from typing import Final

import msgspec

from converters.findings import Report
from converters.readers.clock import BRACKETED, span_of
from converters.readers.column_roles import Roles, named_roles, unnamed_roles, words_in
from converters.readers.field_names import meanings
from converters.readers.pieces import Form, Moment, Piece, one_space
from converters.readers.source_times import are_of_day, is_time, rate, scale_of
from converters.timing import Milliseconds

_ROWS_BEFORE_HEADER: Final = 12
_WORD_ROWS: Final = 20
"""From so many rows of a word or two on, a row is no utterance."""
_MOST_COLUMNS: Final = 200
_SHORT: Final = 100
_SPOKEN: Final = 0.3
"""Words a second: a list of chapters has fewer."""

Row = tuple[str, ...]


def pieces_of_rows(
    rows: tuple[Row, ...], report: Report, *, first_line: int = 1, alone: bool = False
) -> tuple[Piece, ...] | None:
    """Return a piece a row, with its speaker as label and its time as moment; None where no one speaks in the table.

    Lines of one cell are pieces of their own, of which the first has the label and
    the moment; so is a row with an empty speaker's cell, which goes on with the one
    before. ``alone`` says that the table is the whole source: then text need not
    have speakers or times beside it. Words of all other columns go to the report.
    """
    width = max(map(len, rows), default=0)
    table = tuple((*(cell.strip() for cell in row), *[""] * (width - len(row))) for row in rows)
    if width < (1 if alone else 2) or width > _MOST_COLUMNS or not any(map(any, table)):
        return None
    found = _understood(table, alone=alone)
    if not found:
        return None
    header, roles = found[0], _without_clock(table[found[0] + 1 :], found[1])
    _leave_out_columns(table, header, roles, report)
    return tuple(_pieces(table, header, roles, first_line, report))


def _understood(table: tuple[Row, ...], *, alone: bool) -> tuple[int, Roles] | None:
    """Return the number of the row of headings (-1: there is none), and what the columns hold."""
    for index, row in enumerate(table[:_ROWS_BEFORE_HEADER]):
        if not {"text", "speaker"} & {one.kind for name in row if len(name) <= _SHORT for one in meanings(name)}:
            continue
        body = [other for other in table[index + 1 :] if any(other) and other != row]
        roles = named_roles(row, _columns(body), alone=alone) if body else None
        stands_below = roles and any(
            row[column] in _columns(body)[column] for column in (roles.text, roles.speaker or 0)
        )
        if roles and not stands_below and _is_speech(body, roles, alone=alone):
            return index, roles
    body = [row for row in table if any(row)]
    roles = unnamed_roles(_columns(body), alone=alone)
    if not roles or not _is_speech(body, roles, alone=alone):
        return None
    headed = roles.begin is not None and table[0][roles.begin] and not is_time(table[0][roles.begin])
    return (0 if headed else -1), roles


def _without_clock(body: Sequence[Row], roles: Roles) -> Roles:
    """Return the roles without times that are those of the day."""
    begins, _ = _times(body, roles, "")
    return Roles(roles.text, roles.speaker) if are_of_day(begins) else roles


def _columns(body: Sequence[Row]) -> list[tuple[str, ...]]:
    return [tuple(map(_without_time, column)) for column in zip(*body, strict=True)]


def _without_time(cell: str) -> str:
    """Return a short cell without a time in brackets: ``ANA (00:12)`` is the same speaker each time."""
    return re.sub(BRACKETED, "", cell).strip() or cell if len(cell) <= _SHORT and cell[-1:] in ")]}>" else cell


def _is_speech(body: Sequence[Row], roles: Roles, *, alone: bool) -> bool:
    """Tell whether somebody is named, or words are timed as people speak them."""
    if roles.speaker is not None or alone:
        return True
    begins, _ = _times(body, roles, "")
    return rate(begins, [words_in(row[roles.text]) for row in body]) >= _SPOKEN


# times --------------------------------------------------------------------------------

Times = tuple[list[Milliseconds | None], list[Milliseconds | None]]


def _times(body: Sequence[Row], roles: Roles, name: str) -> Times:
    """Return when each row begins, and when it ends."""
    nothing: list[Milliseconds | None] = [None] * len(body)
    if roles.begin is None:
        return nothing, nothing
    values = [row[roles.begin] for row in body]
    scale = scale_of(values, [words_in(row[roles.text]) for row in body], name)
    spans = [scale.span(value) for value in values]
    begins = [span[0] if span else None for span in spans]
    ends = [span[1] if span else None for span in spans]
    if roles.end is not None:
        ends = [scale.read(row[roles.end]) for row in body]
    elif roles.duration is not None:
        lasting = [scale.read(row[roles.duration]) for row in body]
        ends = [b + d if b is not None and d is not None else None for b, d in zip(begins, lasting, strict=True)]  # type: ignore[misc]  # two numbers of milliseconds give a third
    return begins, [
        e if b is not None and e is not None and e >= b else None for b, e in zip(begins, ends, strict=True)
    ]


# pieces -------------------------------------------------------------------------------


class _Said(msgspec.Struct, frozen=True):
    """What one row says."""

    line: int
    label: str | None
    text: str
    moment: Moment | None
    form: Form


def _pieces(table: tuple[Row, ...], header: int, roles: Roles, first_line: int, report: Report) -> Iterator[Piece]:
    """Yield what stands above the headings as paragraphs, then the rows."""
    for index, row in enumerate(table[: max(header, 0)]):
        if any(row):
            yield Piece(one_space(" ".join(row)), first_line + index)
    for one in _with_names_carried(_said(table, header, roles, first_line), report):
        lines = [one_space(line) for line in one.text.split("\n") if line.strip()]
        for index, line in enumerate(lines):
            moments = (one.moment,) if one.moment and not index else ()
            yield Piece(line, one.line, one.form, label=None if index else one.label, moments=moments)


def _said(table: tuple[Row, ...], header: int, roles: Roles, first_line: int) -> Iterator[_Said]:
    body = table[header + 1 :]
    begins, ends = _times(body, roles, table[header][roles.begin] if header >= 0 and roles.begin is not None else "")
    wordy = sum(1 for row in body if words_in(row[roles.text]) > 2)  # noqa: PLR2004 - a word, and a mark or another
    form: Form = "cue" if len(body) >= _WORD_ROWS and wordy * 2 < len(body) else "row"
    for index, row in enumerate(body):
        if not any(row) or (header >= 0 and row == table[header]):
            continue
        label, moment = _label(row[roles.speaker]) if roles.speaker is not None else (None, None)
        begin = begins[index]
        at = Moment(0, begin, ends[index]) if begin is not None else moment
        line = first_line + header + 1 + index
        if len(row) > 1 and row.count(row[0]) == len(row):
            yield _Said(line, None, row[0], None, "prose")  # one cell across the whole table, as in DOCX
        else:
            yield _Said(line, label, row[roles.text], at, form)


def _label(cell: str) -> tuple[str | None, Moment | None]:
    """Return the name without its colon, and the time that stands behind it in brackets."""
    name, moment = one_space(cell), None
    found = next((match for match in re.finditer(BRACKETED, name) if match.end() >= len(name.rstrip(" :："))), None)
    span = span_of(found) if found else None
    if found and span:
        name, moment = name[: found.start()], Moment(0, span.begin, span.end)
    return name.strip().removesuffix(":").removesuffix("：").strip() or None, moment


def _with_names_carried(rows: Iterator[_Said], report: Report) -> Iterator[_Said]:
    """Give a name that stands alone in its row to the row below, which has words and no name."""
    waiting: _Said | None = None
    for row in rows:
        if waiting and row.text and row.label is None:
            yield msgspec.structs.replace(row, label=waiting.label, moment=row.moment or waiting.moment)
            waiting = None
            continue
        if waiting:
            report.leave_out("A name with no words in its row", waiting.label or "", f"row {waiting.line}")
            waiting = None
        if row.text:
            yield row
        elif row.label:
            waiting = row
    if waiting:
        report.leave_out("A name with no words in its row", waiting.label or "", f"row {waiting.line}")


# what is left out -----------------------------------------------------------------------


def _leave_out_columns(table: tuple[Row, ...], header: int, roles: Roles, report: Report) -> None:
    """Name every column that is neither who, what nor when, with all its words; of mere numbers, the first and last."""
    if header >= 0:
        report.leave_out("The headings of the columns", " | ".join(filter(None, table[header])))
    for column in range(len(table[0])):
        if column in roles.taken:
            continue
        cells = [row[column] for row in table[header + 1 :] if row[column] and row.count(row[column]) < len(row)]
        name = table[header][column] if header >= 0 else ""
        title = f"The column “{one_space(name)}”" if name else f"Column {column + 1}"
        report.leave_out(f"{title}, which says neither who speaks nor what nor when", _listed(cells))


def _listed(cells: list[str]) -> str:
    if any(_LETTER.search(cell) for cell in cells):
        return " | ".join(map(one_space, cells))
    return " … ".join(dict.fromkeys((cells[0], cells[-1]))) if cells else ""


_LETTER: Final = re.compile(r"[^\W\d_]")
