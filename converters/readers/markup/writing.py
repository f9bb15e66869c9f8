"""A paragraph while it is put together: letters as the page has them, what is marked, when it is said."""

import bisect
import re
from collections.abc import Iterable
from typing import Final

import msgspec

from converters.characters import clean
from converters.readers.clock import BARE, span_at
from converters.readers.pieces import Form, Mark, MarkKind, Moment, Piece, one_space, wide_gap
from converters.timing import Milliseconds

_INVISIBLE: Final = re.compile("[\u200b\u2060\ufeff\u00ad]")
_WHITE: Final = re.compile(r"[ \t\n\r\f]+")
_WIDE: Final = str.maketrans({"\u2001": "  ", "\u2003": "  "})
_RUNS: Final = re.compile(r"[\s\u00a0\u202f]+")
_JOINED: Final = frozenset({"strong", "emphasis", "link", "foreign"})
_LABEL_AND_WORDS: Final = re.compile(r"(?P<label>[^:：]{1,60}?\s?[:：])(?!\d\d)\s*\S")
_SENTENCE_ENDS: Final = (".", "!", "?", "…", "”", '"', "»", ")", "]", "。", "？", "！", "」", "–", "—")
MOST_LETTERS_OF_A_NAME: Final = 60
MOST_WORDS_OF_A_NAME: Final = 8


class Place(msgspec.Struct, frozen=True):
    """Where a paragraph stands: what the format says it is, and its line in the source."""

    form: Form = "prose"
    level: int = 0
    line: int = 0
    language: str | None = None


class Written(msgspec.Struct, frozen=True):
    """A finished piece, and how many letters of it lead elsewhere on the site."""

    piece: Piece
    linked: int = 0


class _Open:
    """A mark that has begun; it goes on in the next paragraph if it has not ended in this one."""

    __slots__ = ("begin", "kind", "value")

    def __init__(self, begin: int, kind: MarkKind, value: str) -> None:
        self.begin, self.kind, self.value = begin, kind, value


OpenMark = _Open


class Writing:
    """Takes text and marks as they come, and gives back a piece at the end of each paragraph."""

    def __init__(self) -> None:
        """Begin with an empty page."""
        self._parts: list[str] = []
        self._length = 0
        self._open: list[_Open] = []
        self._marks: list[Mark] = []
        self._moments: list[Moment] = []
        self._linked = 0
        self._leads = False
        self._shows_time = False
        self._place: Place | None = None
        self._asks_for_space = False
        self.label: str | None = None

    @property
    def is_empty(self) -> bool:
        """Whether no letter has been written since the last paragraph."""
        return self._place is None

    @property
    def says_nothing_yet(self) -> bool:
        """Whether there is nothing but a time code, or marks, before the words to come."""
        if self._length > MOST_LETTERS_OF_A_NAME:
            return False
        words = "".join(self._parts)
        return not any(letter.isalnum() for letter in words) or is_time_code(words)

    @property
    def ends_sentence(self) -> bool:
        """Whether a sentence has ended before the words to come."""
        words = "".join(self._parts[-3:]).rstrip()
        return words.endswith(_SENTENCE_ENDS)

    def say(self, text: str, place: Place, *, as_typed: bool = False) -> None:
        """Write text; runs of white space count once, except where they are kept ``as_typed``."""
        text = clean(_INVISIBLE.sub("", text)).translate(_WIDE)
        if not as_typed:
            text = _WHITE.sub(" ", text)
        if self._place is None:
            text = text.lstrip()
            if not text:
                return
            self._place = place
        if self._asks_for_space and text[:1].isalnum():
            self._add(" ")
        if not as_typed and self._parts and self._parts[-1].endswith(" "):
            text = text.removeprefix(" ")
        if text:
            self._asks_for_space = False
            self._linked += len(text.strip()) if self._leads else 0
            self._add(text)

    def _add(self, text: str) -> None:
        self._parts.append(text)
        self._length += len(text)

    def part(self) -> None:
        """See to it that the next word does not touch the one before."""
        self._asks_for_space = self._place is not None and not self._parts[-1][-1:].isspace()

    def open(self, kind: MarkKind, value: str = "") -> OpenMark:
        """Begin a mark."""
        mark = _Open(self._length, kind, value)
        self._open.append(mark)
        return mark

    def close(self, mark: OpenMark) -> None:
        """End a mark."""
        self._open.remove(mark)
        self._marks.append(Mark(mark.begin, self._length, mark.kind, mark.value))

    def lead(self, *, within_site: bool) -> None:
        """Say whether the letters to come lead to another page of the site, or place on this one."""
        self._leads = within_site

    def show_time(self) -> None:
        """Note that the paragraph shows when it is said."""
        self._shows_time = True

    def hear(self, begin: Milliseconds, end: Milliseconds | None = None) -> None:
        """Note when the next words are said; of two such notes in one place the last holds."""
        if self._moments and self._moments[-1].offset == self._length:
            self._moments.pop()
        self._moments.append(Moment(self._length, begin, end))

    def finish(self) -> Written | None:
        """Return the paragraph as a piece, None where nothing has been written; then begin the next."""
        for mark in self._open:
            self._marks.append(Mark(mark.begin, self._length, mark.kind, mark.value))
        written = self._piece() if self._place else None
        waiting = self._waiting(written)
        for mark in self._open:
            mark.begin = 0
        self._parts, self._length, self._marks, self._moments = [], 0, [], waiting
        self._linked, self._place, self._asks_for_space = 0, None, False
        if written:
            self._shows_time = False
            self.label = self.label if is_time_code(written.piece.text) else None
        return written

    def _waiting(self, written: Written | None) -> list[Moment]:
        """Return the moment that holds for the paragraph to come: nothing was said yet but a name."""
        only_a_name = written and any(
            mark.kind == "label" and mark.begin == 0 and mark.end == len(written.piece.text)
            for mark in written.piece.marks
        )
        if self._moments and (not written or only_a_name or self._moments[-1].offset >= self._length):
            return [msgspec.structs.replace(self._moments[-1], offset=0)]
        return []

    def _piece(self) -> Written:
        place = self._place or Place()
        raw = "".join(self._parts)
        text = one_space(raw)
        moved = _Moves(raw, text)
        marks = _tidy((Mark(moved.to(m.begin), moved.to(m.end), m.kind, m.value) for m in self._marks), text)
        moments = tuple(Moment(moved.to(m.offset), m.begin, m.end) for m in self._moments)
        if self._shows_time or span_at(text, 0, bare=True):
            moments = tuple(moment for moment in moments if moment.offset)
        labelled = any(mark.kind == "label" for mark in marks)
        piece = Piece(
            text=text,
            line=place.line,
            form=place.form,
            level=place.level,
            marks=marks,
            label=None if labelled or is_time_code(text) else self.label,
            moments=moments,
            gap=_gap(raw, text),
            language=place.language,
        )
        return Written(piece, min(self._linked, len(text)))


def _gap(raw: str, text: str) -> int:
    """Return where a wide space parts the beginning; not one that only keeps a sign or a figure to its neighbour."""
    gap = wide_gap(raw)
    after = text[gap:].lstrip()[:1]
    figures = after.isdigit() and text[gap - 1 : gap].isdigit()
    return 0 if after in _KEPT_TO_THE_WORD_BEFORE or text[gap - 1 : gap] == "«" or figures else gap


_KEPT_TO_THE_WORD_BEFORE: Final = frozenset("!?;:»%…")


def is_time_code(words: str) -> bool:
    """Tell whether words are a time code, or two with an arrow between them, and nothing else."""
    text = words.strip(" |·-–—")
    found = span_at(text, 0, bare=True)
    return bool(found and found[1] == len(text)) or bool(re.fullmatch(BARE, text))


class _Moves:
    """Where the letters of a text stand after its runs of spaces have been made one."""

    def __init__(self, raw: str, text: str) -> None:
        self._most = len(text)
        self._ends: list[int] = [0]
        self._shifts: list[int] = [0]
        if raw != text:
            for run in _RUNS.finditer(raw):
                kept = 0 if run.start() == 0 else 1 if (" " in run[0] or "\n" in run[0]) else len(run[0])
                if len(run[0]) != kept:
                    self._ends.append(run.end())
                    self._shifts.append(self._shifts[-1] + len(run[0]) - kept)

    def to(self, offset: int) -> int:
        """Return where the letter at ``offset`` stands now."""
        index = bisect.bisect_right(self._ends, offset) - 1
        return max(0, min(offset - self._shifts[index], self._most))


def _tidy(marks: Iterable[Mark], text: str) -> tuple[Mark, ...]:
    """Return the marks without spaces at their ends, in order, neighbours of one kind joined, each once."""
    kept: list[Mark] = []
    for mark in sorted((_trimmed(mark, text) for mark in marks), key=lambda mark: (mark.begin, -mark.end, mark.kind)):
        if mark.begin >= mark.end or mark in kept[-8:]:
            continue
        joins = (m for m in reversed(kept[-8:]) if m.kind == mark.kind and m.value == mark.value)
        before = next(joins, None)
        if before and mark.kind in _JOINED and not text[before.end : mark.begin].strip():
            kept[kept.index(before)] = msgspec.structs.replace(before, end=max(before.end, mark.end))
        else:
            kept.append(mark)
    return tuple(kept)


def _trimmed(mark: Mark, text: str) -> Mark:
    words = text[mark.begin : mark.end]
    begin = mark.begin + len(words) - len(words.lstrip())
    end = mark.begin + len(words.rstrip())
    if mark.kind == "label":
        end = begin + _length_of_label(text[begin:end])
    return Mark(begin, end, mark.kind, mark.value)


def _length_of_label(words: str) -> int:
    """Return how many letters of what a page calls a speaker are a name: none of a sentence, no words after a colon."""
    if match := _LABEL_AND_WORDS.match(words):
        return match.end("label")
    long = len(words) > MOST_LETTERS_OF_A_NAME or len(words.split()) > MOST_WORDS_OF_A_NAME
    return 0 if long or not any(letter.isalnum() for letter in words) else len(words)
