"""A paragraph's letters as a format prints them → pieces: spaces collapsed, cut at line breaks, marks moved along."""

import bisect
import re
from collections.abc import Callable, Iterable, Iterator
from typing import Final

import msgspec

from converters.document import NodeId, Note, Paragraph, Sentence
from converters.readers.pieces import Mark, MarkKind, Piece, wide_gap

LINE_BREAK: Final = "\x0b"
"""A line end that was meant: what follows is a further piece of the same form."""
BREAK: Final = "\x1d"
"""The same without a line end in the source, such as ``<br>``."""
WRAP: Final = "\x0c"
"""A line end that the margin made: a space."""
CLOSE_WRAP: Final = "\x1c"
"""Such a line end inside a word, or in a script that has no spaces: nothing.

None of the four can stand in a clean text (``characters.FORBIDDEN``).
"""
LINE_ENDS: Final = re.compile(f"[{LINE_BREAK}{WRAP}{CLOSE_WRAP}]")
_BREAKS: Final = re.compile(f"[{LINE_BREAK}{BREAK}]")
_SPACES: Final = re.compile(r"[\s\x1c]+")


def pieces_of_letters(letters: str, marks: Iterable[Mark], like: Piece) -> Iterator[Piece]:
    """Yield the pieces of a paragraph, each with ``like``'s form, level and language; empty ones are none.

    ``marks`` are offsets into ``letters``; ``like.line`` is the line on which they begin.
    """
    given, line, begin, blank = tuple(marks), like.line, 0, like.blank
    for part in _BREAKS.split(letters):
        end = begin + len(part)
        inside = tuple(_within(given, begin, end)) if given else ()
        if piece := _piece(part, inside, msgspec.structs.replace(like, line=line, blank=blank)):
            yield piece
            blank = 0
        line += len(LINE_ENDS.findall(letters[begin : end + 1])) if like.line else 0
        begin = end + 1


def note_of(pieces: Iterable[Piece], identifier: NodeId) -> Note:
    """Return a footnote or endnote, each paragraph as one sentence: its language is not known yet."""
    from converters.readers.inlines import inlines_of  # loaded on first use: few sources have notes

    return Note(tuple(Paragraph((Sentence(inlines_of(p.text, (), p.marks)),)) for p in pieces), identifier)


def _within(marks: tuple[Mark, ...], begin: int, end: int) -> Iterator[Mark]:
    for mark in marks:
        if mark.begin < end and mark.end > begin:
            yield Mark(max(mark.begin, begin) - begin, min(mark.end, end) - begin, mark.kind, mark.value)


def _piece(raw: str, marks: tuple[Mark, ...], like: Piece) -> Piece | None:
    text, moved = _collapsed(raw) if marks else (_SPACES.sub(_space, raw).strip(), _unmoved)
    if not text:
        return None
    set_on = (_trimmed(Mark(moved(m.begin), moved(m.end), m.kind, m.value), text) for m in marks)
    kept = _joined([mark for mark in set_on if mark.begin < mark.end], text) if marks else ()
    return msgspec.structs.replace(like, text=text, marks=kept, gap=wide_gap(raw.replace(CLOSE_WRAP, "")))


def _space(run: re.Match[str]) -> str:
    """Return what a run of spaces comes to, as ``one_space`` has it: no-break spaces that stand alone are kept."""
    return run[0].replace(CLOSE_WRAP, "") if _BREAKING.isdisjoint(run[0]) else " "


_BREAKING: Final = frozenset(f" \t\n\r{WRAP}")


def _unmoved(offset: int) -> int:
    return offset


def _collapsed(raw: str) -> tuple[str, Callable[[int], int]]:
    """Return the text, and where in it an offset of the raw letters has come to stand."""
    parts, old, new, length, position = list[str](), list[int](), list[int](), 0, 0
    for run in _SPACES.finditer(raw):
        old.append(position)
        new.append(length)
        parts += (raw[position : run.start()], _space(run))
        length += len(parts[-2]) + len(parts[-1])
        position = run.end()
    whole = "".join((*parts, raw[position:]))
    old.append(position)
    new += (length, len(whole))
    text = whole.strip()
    lead = len(whole) - len(whole.lstrip())

    def moved(offset: int) -> int:
        at = bisect.bisect_right(old, offset) - 1
        return max(0, min(new[at] + offset - old[at], new[at + 1], lead + len(text)) - lead)

    return text, moved


def _trimmed(mark: Mark, text: str) -> Mark:
    """Return the mark without the spaces at its ends."""
    words = text[mark.begin : mark.end]
    begin = mark.begin + len(words) - len(words.lstrip())
    return Mark(begin, begin + len(words.strip()), mark.kind, mark.value)


def _joined(marks: list[Mark], text: str) -> tuple[Mark, ...]:
    """Return the marks with neighbours that say the same as one: formats cut words into runs as they like."""
    last: dict[tuple[MarkKind, str], int] = {}
    kept: list[Mark] = []
    for mark in sorted(marks, key=lambda m: (m.begin, -m.end)):
        at = last.get((mark.kind, mark.value))
        if at is not None and mark.kind != "note" and not text[kept[at].end : mark.begin].strip():
            kept[at] = msgspec.structs.replace(kept[at], end=max(kept[at].end, mark.end))
        else:
            last[mark.kind, mark.value] = len(kept)
            kept.append(mark)
    return tuple(kept)
