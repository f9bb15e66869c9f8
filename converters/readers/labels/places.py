"""Where a label stands: in a header or among credits it is a field's name; in the wrong kind of line it is no label."""

import re
from collections import Counter
from typing import Final

import msgspec

from converters.readers.labels.candidates import Candidate
from converters.readers.labels.looks import is_header_field
from converters.readers.page_parts import heading_kind, is_over_a_transcript
from converters.readers.pieces import Piece

_SENTENCE_END: Final = re.compile(r"[.!?…。？！؟—–-][\"”’»)\]」』*_]*\s*$")
DEEPEST_HEADER: Final = 60
"""Pieces among which a header is looked for."""
OFTEN: Final = 2
SURELY: Final = 3
MOSTLY: Final = 0.7


Two = tuple[frozenset[int], frozenset[int]]


class Places(msgspec.Struct, frozen=True):
    """Pieces whose label is none because of where they stand: ``header`` before the talk, ``credits`` after it.

    ``unsaid`` stand once, before anyone speaks again, and what follows is no sentence.
    ``begin`` and ``end`` are where headings say that the talk begins and that something
    else does; nothing outside is a speaker's.
    """

    header: frozenset[int]
    credits: frozenset[int]
    unsaid: frozenset[int] = frozenset()
    begin: int = 0
    end: int | None = None

    @property
    def fields(self) -> frozenset[int]:
        """All of them."""
        return self.header | self.credits | self.unsaid

    def may_speak(self, index: int) -> bool:
        """Tell whether a piece stands where somebody may be speaking."""
        return index not in self.fields and self.begin <= index and (self.end is None or index < self.end)


def places_of(pieces: tuple[Piece, ...], found: tuple[Candidate, ...]) -> Places:
    """Return which labels are fields of a header or of credits."""
    by_colon = {c.index: c for c in reversed(found) if c.shape in {"colon", "item"}}
    counts = Counter(c.key for c in by_colon.values())
    begin, end = _told_by_headings(pieces, found)
    header, unsaid = _header(pieces, by_colon, counts)
    return Places(header, _credits(pieces, by_colon, counts), unsaid, begin, end)


def _told_by_headings(pieces: tuple[Piece, ...], found: tuple[Candidate, ...]) -> tuple[int, int | None]:
    """Return what headings such as “Transcript” and “Related” have between them, if labels recur there."""
    counts = Counter((c.shape, c.key) for c in found)
    recurring = [c.index for c in found if counts[c.shape, c.key] >= OFTEN]
    last = max(recurring, default=0)
    says_so = (i for i, piece in enumerate(pieces) if _may_be_heading(piece, i) and is_over_a_transcript(piece))
    begin = next((i + 1 for i in says_so if i < last), 0)
    first = next((r for r in recurring if r >= begin), len(pieces))
    other = (i for i in range(first, len(pieces)) if pieces[i].form == "heading")
    ends = (i for i in other if heading_kind(pieces[i].text) == "furniture")
    return begin, next((i for i in ends if sum(1 for r in recurring if r < i) * 2 > len(recurring)), None)


def _may_be_heading(piece: Piece, index: int) -> bool:
    return piece.form == "heading" or (piece.form == "prose" and index > 0)


def _header(pieces: tuple[Piece, ...], by_colon: dict[int, Candidate], counts: Counter[str]) -> Two:
    """Return the fields before the first turn, by name or by the block they stand in, and what says no sentence."""
    zone, unsaid = set[int](), set[int]()
    again = [c for c in by_colon.values() if counts[c.key] >= OFTEN and c.inline]
    sentences = sum(c.said for c in again) > MOSTLY * len(again)
    for index in sorted(i for i in by_colon if i < DEEPEST_HEADER):
        candidate, piece = by_colon[index], pieces[index]
        said = bool(_SENTENCE_END.search(_words(pieces, candidate)))
        single = counts[candidate.key] < OFTEN and not said
        lone = index > 0 and single and (sentences or not candidate.inline)
        if piece.moments or (said and counts[candidate.key] >= OFTEN):
            break
        in_block = (index - 1 in zone and piece.blank == 0) or (not said and _is_in_a_block(pieces, index, by_colon))
        if is_header_field(candidate.label) or in_block or (single and _is_in_a_list(pieces, index, by_colon)):
            zone.add(index)
        elif lone:
            unsaid.add(index)
        elif candidate.marked or counts[candidate.key] >= OFTEN:
            break
    return frozenset(zone), frozenset(unsaid)


def _words(pieces: tuple[Piece, ...], candidate: Candidate) -> str:
    """Return what stands after a label, or else below it."""
    own = pieces[candidate.index].text[candidate.words_at :]
    below = pieces[candidate.index + 1].text if candidate.index + 1 < len(pieces) else ""
    return own if own.strip() else below


def _is_in_a_block(pieces: tuple[Piece, ...], index: int, by_colon: dict[int, Candidate]) -> bool:
    """Tell whether a neighbour without a blank line between has the same shape."""
    before = pieces[index].blank == 0 and index - 1 in by_colon
    after = index + 1 < len(pieces) and pieces[index + 1].blank == 0 and index + 1 in by_colon
    return before or after


def _is_in_a_list(pieces: tuple[Piece, ...], index: int, by_colon: dict[int, Candidate]) -> bool:
    """Tell whether two neighbours have the same shape, and say no sentence either."""
    unsaid = [i in by_colon and not _SENTENCE_END.search(_words(pieces, by_colon[i])) for i in _around(index)]
    return any(unsaid[i] and unsaid[i + 1] for i in (0, 1, 2))


def _around(index: int) -> tuple[int, int, int, int]:
    return index - 2, index - 1, index + 1, index + 2


def _credits(pieces: tuple[Piece, ...], by_colon: dict[int, Candidate], counts: Counter[str]) -> frozenset[int]:
    """Return the fields after the last turn of those who speak again and again."""
    again = (i for i, c in by_colon.items() if counts[c.key] >= (SURELY if is_header_field(c.label) else OFTEN))
    last = max(again, default=None)
    if last is None:
        return frozenset()
    after = (c for i, c in by_colon.items() if i > last and not pieces[i].moments)
    return frozenset(
        c.index
        for c in after
        if is_header_field(c.label) or not _SENTENCE_END.search(pieces[c.index].text[c.words_at :])
    )


def out_of_place(pieces: tuple[Piece, ...], speaking: dict[int, Candidate]) -> frozenset[int]:
    """Return lines that look like a label on a line of its own, but do not stand as the others do.

    Where labels begin a block of lines, or have blank lines round them, a line inside a
    list of guests is none, whosever name it is.
    """
    alone = [c for c in speaking.values() if c.shape == "alone" and pieces[c.index].form == "prose"]
    usual = Counter(_standing(pieces, c.index) for c in alone).most_common(1)
    counts, totals = Counter(c.key for c in alone), Counter(c.key for c in speaking.values())
    first = min((c.index for c in alone if counts[c.key] >= OFTEN), default=0)
    early = (c for c in alone if c.index < first and counts[c.key] < OFTEN)
    headings = {c.index for c in early if not _SENTENCE_END.search(_words(pieces, c))}
    headings |= {
        c.index for c in speaking.values() if not c.inline and totals[c.key] < OFTEN and c.index + 1 in speaking
    }
    return frozenset(headings | {c.index for c in alone if usual and _standing(pieces, c.index) != usual[0][0]})


def _standing(pieces: tuple[Piece, ...], index: int) -> tuple[bool, bool]:
    after = pieces[index + 1].blank if index + 1 < len(pieces) else 1
    return pieces[index].blank > 0 or index == 0, after > 0
