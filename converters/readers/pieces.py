"""What a reader of any format hands on: paragraphs as printed, before anyone has said what they are."""

import re
from typing import Final, Literal

import msgspec

from converters.timing import Milliseconds

MarkKind = Literal["strong", "emphasis", "link", "foreign", "label", "note"]
Form = Literal["prose", "item", "heading", "rule", "cue", "row", "turn", "quote"]


class Mark(msgspec.Struct, frozen=True):
    """What the format says of the letters ``begin`` to ``end`` of a piece's text.

    ``value`` is the address of a link, the language of foreign words, the id of the
    note whose reference mark the letters are. ``label`` are letters that the format
    itself sets apart as a speaker's name (``<cite>``, ``class="speaker"``).
    """

    begin: int
    end: int
    kind: MarkKind
    value: str = ""


class Moment(msgspec.Struct, frozen=True):
    """The words from the letter ``offset`` on are said at ``begin`` of the source recording, until ``end`` if known."""

    offset: int
    begin: Milliseconds
    end: Milliseconds | None = None


class Piece(msgspec.Struct, frozen=True):
    """One paragraph, list item, heading, rule, caption line or row.

    ``line`` is where it begins in the source, counted from 1 (for a table or a list
    of records: the row), 0 where that says nothing. ``form`` is what the format says
    it is: of a *cue* neighbours run on in one paragraph, a *row* is an utterance of
    its own, and a *turn* is whole, as an edition of ours has it. ``label`` is the speaker
    whom the format names for it as data (a voice span, a column, an attribute), as
    printed; None where it names none. ``gap`` is
    the offset of the first wide space (a tab, two spaces, a no-break space) near the
    beginning, 0 where there is none. ``level`` is a heading's. ``blank`` is how many blank
    lines stand before it (1 where the format has no lines).
    """

    text: str
    line: int = 0
    form: Form = "prose"
    marks: tuple[Mark, ...] = ()
    label: str | None = None
    moments: tuple[Moment, ...] = ()
    gap: int = 0
    level: int = 0
    language: str | None = None
    blank: int = 1

    @property
    def bullet(self) -> bool:
        """Whether it is an item of a list."""
        return self.form == "item"


def without_beginning(piece: Piece, offset: int) -> Piece:
    """Return the piece without its first letters, marks and moments moved along."""
    offset += len(piece.text[offset:]) - len(piece.text[offset:].lstrip())
    return msgspec.structs.replace(
        piece,
        text=piece.text[offset:],
        marks=tuple(
            Mark(max(0, m.begin - offset), m.end - offset, m.kind, m.value) for m in piece.marks if m.end > offset
        ),
        moments=tuple(Moment(max(0, m.offset - offset), m.begin, m.end) for m in piece.moments),
        gap=0,
    )


def without(piece: Piece, begin: int, end: int) -> Piece:
    """Return the piece without the letters ``begin`` to ``end``, marks and moments moved along."""

    def moved(offset: int) -> int:
        return offset if offset <= begin else max(begin, offset - (end - begin))

    marks = (Mark(moved(m.begin), moved(m.end), m.kind, m.value) for m in piece.marks)
    return msgspec.structs.replace(
        piece,
        text=piece.text[:begin] + piece.text[end:],
        marks=tuple(mark for mark in marks if mark.begin < mark.end),
        moments=tuple(Moment(moved(m.offset), m.begin, m.end) for m in piece.moments),
        gap=moved(piece.gap),
    )


def with_words(piece: Piece, at: int, words: str) -> Piece:
    """Return the piece with words put in at the letter ``at``, marks and moments moved along."""

    def moved(offset: int) -> int:
        return offset + len(words) if offset > at else offset

    return msgspec.structs.replace(
        piece,
        text=piece.text[:at] + words + piece.text[at:],
        marks=tuple(Mark(moved(m.begin), moved(m.end), m.kind, m.value) for m in piece.marks),
        moments=tuple(Moment(moved(m.offset), m.begin, m.end) for m in piece.moments),
    )


def one_space(text: str) -> str:
    """Collapse runs of spaces; a no-break space that stands alone is kept."""
    if text == " ".join(text.split()):
        return text
    return _SPACES.sub(lambda run: " " if " " in run[0] or "\n" in run[0] else run[0], text).strip()


_SPACES: Final = re.compile(r"[\s\u00a0\u202f]+")


def wide_gap(raw: str) -> int:
    """Return where, in the text with its spaces collapsed, the first wide space near the beginning stands."""
    match = _GAP.match(raw.strip())
    return len(one_space(match["before"])) if match else 0


_GAP: Final = re.compile(r"(?P<before>[^\s\u00a0](?:[^\n]{0,40}?[^\s\u00a0])??)(?:\t\s*| {2,}\s*| *\u00a0\s*)(?=\S)")
