"""Markdown: transcripts in a site's own repository, exports of editing programs, with or without front matter."""

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

import msgspec

from converters.document import Document, NodeId
from converters.errors import SourceError
from converters.findings import Report
from converters.identifiers import Names, slug
from converters.readers import ReadContext
from converters.readers.decoding import decode
from converters.readers.front_matter import facts_of, split_front_matter
from converters.readers.ledger import Ledger
from converters.readers.limits import check_lines, check_turns, check_words
from converters.readers.manuscript import Facts, Manuscript
from converters.readers.markdown_asides import BULLETS, Footnote, footnotes, made_plain, without_asides
from converters.readers.pieces import Form, Piece, one_space, without_beginning
from converters.readers.recognition import PUT_IT_IN
from converters.readers.running_text import LINE_ENDS, note_of, pieces_of_letters
from converters.readers.table_text import Cell, pieces_of_table

if TYPE_CHECKING:
    from converters.readers.markdown_parser import Token

_BLOCKS: Final = re.compile(r"(?m)^[ ]*(?:[-+*>#]|\d{1,9}[.)] )")
LINES_A_TURN: Final = 1.5
"""How many lines a turn has at least, in a text of very many lines."""
LONGEST_HEADING: Final = 100
LONGEST_MARK: Final = 2
"""Letters in the mark of a note; a longer label is a word that only the source needs."""
_NO_HEADING: Final = re.compile(rf"{LINE_ENDS.pattern}|[.!…][\"”*_]*$|^(?:\*\*|__)[^*_]{{1,60}}:|^[^:]{{1,40}}: .*\?$")


def read_markdown(source: bytes, context: ReadContext) -> Document:
    """Return the transcript. Raises ``SourceError`` where there is none, or more than any show has."""
    from converters.readers.understanding import understand

    check_lines(source, context.name, context.options.limits)
    manuscript = markdown_manuscript(decode(source, context.report), context)
    if not manuscript.pieces:
        raise SourceError(f"{context.name}: there are no words in this file. {PUT_IT_IN}")
    return understand(manuscript, context)


def markdown_manuscript(text: str, context: ReadContext) -> Manuscript:
    """Return the pieces of a Markdown text, as ``decode`` gives it, and what its front matter says.

    Raises ``SourceError`` where it is larger than the limits.
    """
    check_words(text, context.name, context.options.limits)
    front, body, first_line = split_front_matter(text)
    check_turns(_turns_at_most(body), context.name, context.options.limits)
    facts = facts_of(front, context.report) if front else Facts()
    ledger = Ledger()
    plain = made_plain(without_asides(body, ledger, first_line), ledger)
    running, notes = footnotes(plain)
    marks = _marks_of(notes)

    def read(part: str, line: int) -> tuple[Piece, ...]:
        return _Reading(part, line, marks, ledger, context.report).pieces()

    pieces = read(running, first_line)
    read_notes = tuple(note_of(read(n.text, first_line + n.line - 1), marks[n.label][0]) for n in notes)
    ledger.settle(context.report)
    return Manuscript(pieces, facts, read_notes)


def _turns_at_most(text: str) -> int:
    """Return how many turns a text could have: rows, items, paragraphs, and lines where they are that many."""
    lines = int(text.count("\n") / LINES_A_TURN)
    return max(len(_BLOCKS.findall(text)), text.count("\n\n"), lines, text.count("|"))


_Marks = dict[str, tuple[NodeId, str]]


def _marks_of(notes: tuple[Footnote, ...]) -> _Marks:
    """Return the id of each note, and what its mark prints: its label, or its number where that is a word."""
    names = Names(())
    return {
        note.label: (
            names.claim(f"note-{slug(note.label) or number}"),
            note.label if len(note.label) <= LONGEST_MARK else str(number),
        )
        for number, note in enumerate(notes, 1)
    }


class _Reading:
    """Goes through the tokens: which block a paragraph stands in says what form its pieces have."""

    def __init__(self, text: str, first_line: int, notes: _Marks, ledger: Ledger, report: Report) -> None:
        from converters.readers.markdown_parser import Parsed

        self._parsed, self._lines, self._first_line = Parsed(text), text.split("\n"), first_line
        self._notes, self._ledger, self._report = notes, ledger, report
        self._pieces: list[Piece] = []
        self._covered: set[int] = set()
        self._used: set[str] = set()
        self._quotes = 0
        self._heading: Token | None = None
        self._items: list[tuple[str, int] | None] = []
        self._rows: list[list[Cell]] = []
        self._table_line = 0

    def pieces(self) -> tuple[Piece, ...]:
        """Return the pieces of the text, which begins on ``first_line`` of the source."""
        for token in self._parsed.tokens:
            self._token(token)
        self._settle_lines()
        return tuple(self._pieces)

    def _token(self, token: "Token") -> None:
        match token.type:
            case "inline" | "plain":
                self._words(token)
            case "heading_open" | "heading_close":
                self._heading = token if token.nesting > 0 else None
            case "blockquote_open" | "blockquote_close":
                self._quotes += token.nesting
            case "list_item_open" | "list_item_close":
                self._item(token)
            case "hr":
                self._covered.update(_lines(token))
                self._pieces.append(Piece(token.markup[0] * 3, self._line(token), "rule", blank=self._blank(token)))
            case "table_open" | "tr_open" | "table_close":
                self._table(token)
            case _:
                pass

    def _line(self, token: "Token") -> int:
        return self._first_line + _lines(token).start

    def _blank(self, token: "Token") -> int:
        """Return how many blank lines stand before a block."""
        start = at = _lines(token).start
        while at and not self._lines[at - 1]:
            at -= 1
        return start - at

    # paragraphs --------------------------------------------------------------------

    def _words(self, token: "Token") -> None:
        """Take in a paragraph, a heading or a cell; a heading that is none is a paragraph above a rule."""
        self._covered.update(_lines(token))
        heading, line, blank = self._heading, self._line(token), self._blank(token)
        if self._rows:
            self._rows[-1].append(tuple(self._paragraph(token, Piece("", line))))
        elif heading and (heading.markup[0] == "#" or _is_heading(token.content)):
            self._pieces += self._paragraph(token, Piece("", line, "heading", level=int(heading.tag[1]), blank=blank))
        else:
            item = self._items[-1] if self._items else None
            form: Form = "item" if item else "quote" if self._quotes else "prose"
            self._items[-1:] = [None] if self._items else []
            found = self._paragraph(
                token, Piece("", line, form, blank=blank), f"{item[0]} " if item and item[0] else ""
            )
            self._pieces += map(_item_if_bulleted, found)
            if heading:
                self._pieces.append(Piece(heading.markup * 3, self._first_line + _lines(token).stop, "rule", blank=0))

    def _paragraph(self, token: "Token", like: Piece, beginning: str = "") -> Iterator[Piece]:
        from converters.readers.markdown_inline import Letters

        letters = Letters(self._ledger, self._notes, f"line {like.line}")
        letters.add(beginning)
        letters.take(self._parsed.inside(token))
        self._used |= letters.used
        return pieces_of_letters(letters.text, letters.marks, like)

    def _item(self, token: "Token") -> None:
        """Begin or end an item; a number with nothing after it, such as a year by itself, is text all the same."""
        if token.nesting > 0:
            self._items.append((f"{token.info}{token.markup}" if token.info else "", self._line(token)))
        elif (item := self._items.pop()) and item[0]:
            self._pieces.append(Piece(item[0], item[1], "item"))
            self._covered.add(item[1] - self._first_line)

    def _table(self, token: "Token") -> None:
        if token.type == "table_open":
            self._covered.update(_lines(token))
            self._table_line = self._line(token)
        elif token.type == "tr_open":
            self._rows.append([])
        else:
            rows, self._rows = tuple(map(tuple, self._rows)), []
            for piece in pieces_of_table(rows, self._report, self._ledger, line=self._table_line, headed=True):
                below = piece.line > self._table_line  # the line between the headings and the rows has no words
                self._pieces.append(msgspec.structs.replace(piece, line=piece.line + below))

    # what is left --------------------------------------------------------------------

    def _settle_lines(self) -> None:
        """Account for lines that no token has: addresses that nothing refers to, and what is nested too deep."""
        for label, taken in self._parsed.definitions:
            self._covered.update(taken)
            if label not in self._used:
                words = " ".join(self._lines[taken.start : taken.stop])
                self._ledger.add("An address that nothing refers to", words, f"line {self._first_line + taken.start}")
        missing = [at for at, line in enumerate(self._lines) if at not in self._covered and any(map(str.isalnum, line))]
        self._pieces += (Piece(one_space(self._lines[at]), self._first_line + at) for at in missing)
        if missing:
            self._pieces.sort(key=lambda piece: piece.line)


def _lines(token: "Token") -> range:
    """Return the lines (from 0) that a block takes up."""
    return range(*(token.map or (0, 0)))


def _is_heading(words: str) -> bool:
    """Tell whether a line above a rule without a blank between is a heading, and not the last words before the rule."""
    return len(words) <= LONGEST_HEADING and not _NO_HEADING.search(words)


def _item_if_bulleted(piece: Piece) -> Piece:
    """Return a paragraph that begins with a bullet Markdown does not know as an item."""
    bulleted = piece.form == "prose" and piece.text[0] in BULLETS and len(piece.text) > 1
    return msgspec.structs.replace(without_beginning(piece, 1), form="item") if bulleted else piece
