"""Time codes among the words: found by the whole document, taken out of the text, kept as moments.

A code in square brackets is one wherever it stands. One in round brackets, or in none,
could be a time of day that somebody speaks of: it counts only where codes stand in
that place again and again, and run forward.
"""

import itertools
import re
from typing import Final

import msgspec

from converters.findings import Report
from converters.readers.clock import BARE, BRACKETED, Span, span_of
from converters.readers.pieces import Moment, Piece, without

OFTEN: Final = 3
LABEL_LENGTH: Final = 60
_ALWAYS: Final = "[{<#【［"
_LEADING: Final = rf"^\s*(?P<code>{BARE})[\s:.,–—-]*"
_CLOSING: Final = rf"^(?P<before>[^\n]{{1,{LABEL_LENGTH}}}?)[\s,:–—|-]+(?P<code>{BARE})\s*:?$"
_INSIDE: Final = rf"^(?P<before>[^\W\d][^:\n]{{1,{LABEL_LENGTH}}}?):?\s+(?:[|–—-]\s+)?(?P<code>{BARE})\s*:?\s+(?=\S)"
"""Where a code stands in no brackets. Most texts have none: what is not compiled costs nothing."""


class Timed(msgspec.Struct, frozen=True):
    """Pieces without time codes among their words; ``beside_label`` are those whose beginning had one."""

    pieces: tuple[Piece, ...]
    beside_label: frozenset[int]


class _Found(msgspec.Struct, frozen=True):
    """A code in a piece's text: the letters it takes up, and what it says."""

    begin: int
    end: int
    span: Span


def take_out_times(pieces: tuple[Piece, ...], report: Report) -> Timed:
    """Return the pieces with their time codes as moments."""
    if not any(_DIGITS.search(piece.text) for piece in pieces):
        return Timed(pieces, frozenset())
    found = _settled([_codes(piece) for piece in pieces])
    report.keep_times(tuple(p.text[c.begin : c.end] for p, codes in zip(pieces, found, strict=True) for c in codes))
    kept, beside = list[Piece](), set[int]()
    waiting: Moment | None = None
    for piece, codes in zip(pieces, found, strict=True):
        timed = _without_codes(piece, codes)
        if waiting and not (codes and codes[0].begin == 0):
            timed = msgspec.structs.replace(timed, moments=(waiting, *timed.moments))
        waiting = None
        if codes and not timed.text.strip(" -–—:.,|>"):
            waiting = msgspec.structs.replace(timed.moments[-1], offset=0) if timed.moments else None
            continue
        timed, waiting = _hand_on(timed, piece)
        if codes and codes[0].begin <= LABEL_LENGTH:
            beside.add(len(kept))
        kept.append(timed)
    return Timed(tuple(kept), frozenset(beside))


_DIGITS: Final = re.compile(r"\d:\d|[\[(<{（【［]\s*\d{1,3}\s?[hms]")


class _Codes(msgspec.Struct, frozen=True):
    """The codes of one piece, by how surely they are codes: ``sure``, and those that the document must tell."""

    sure: tuple[_Found, ...]
    round: tuple[_Found, ...] = ()
    leading: _Found | None = None
    closing: _Found | None = None
    inside: _Found | None = None


def _codes(piece: Piece) -> _Codes:
    text = piece.text
    if not _DIGITS.search(text):
        return _Codes(())
    bracketed = [
        (text[m.start()], _Found(m.start(), m.end(), span))
        for m in re.finditer(BRACKETED, text)
        if (span := span_of(m))
    ]
    sure = tuple(found for mark, found in bracketed if mark in _ALWAYS or text.count(":", found.begin, found.end) > 1)
    doubtful = tuple(found for _, found in bracketed if found not in sure and found.begin <= LABEL_LENGTH)
    return _Codes(
        sure, doubtful[:1],
        _bare(re.match(_LEADING, text)), _bare(re.match(_CLOSING, text)), _bare(re.match(_INSIDE, text)),
    )  # fmt: skip


def _bare(match: re.Match[str] | None) -> _Found | None:
    span = span_of(match) if match else None
    return _Found(match.start("code"), match.end("code"), span) if match and span else None


def _settled(every: list[_Codes]) -> list[tuple[_Found, ...]]:
    """Return the codes of each piece, those that are doubtful taken together and judged by the whole."""
    leading = _runs_forward([codes.leading for codes in every], len(every))
    closing = _runs_forward([codes.closing for codes in every], len(every))
    inside = not (leading or closing) and _runs_forward([codes.inside for codes in every], len(every))
    rounds = _runs_forward([found for codes in every for found in codes.round], 0)
    return [_chosen(codes, leading=leading, closing=closing, inside=inside, rounds=rounds) for codes in every]


def _chosen(codes: _Codes, *, leading: bool, closing: bool, inside: bool, rounds: bool) -> tuple[_Found, ...]:
    bare = (
        (codes.leading if leading else None),
        (codes.closing if closing else None),
        (codes.inside if inside and not (leading and codes.leading) else None),
    )
    chosen = [found for found in bare if found]
    chosen += [f for f in (*codes.sure, *(codes.round if rounds else ())) if not any(_overlap(f, c) for c in chosen)]
    return tuple(sorted(chosen, key=lambda found: found.begin))


def _overlap(one: _Found, other: _Found) -> bool:
    return one.begin < other.end and other.begin < one.end


def _runs_forward(found: list[_Found | None], pieces: int) -> bool:
    """Tell whether codes stand here often enough, and go up: a clock that someone reads out does not."""
    begins = [one.span.begin for one in found if one]
    if len(begins) < OFTEN or len(begins) * 20 < pieces:
        return False
    forward = sum(1 for a, b in itertools.pairwise(begins) if a <= b)
    return forward >= 0.8 * (len(begins) - 1) or forward == len(begins) - 2 >= OFTEN - 1


def _without_codes(piece: Piece, codes: tuple[_Found, ...]) -> Piece:
    """Return the piece without its codes, each a moment where it stood; where one parted a label from words, a gap."""
    for code in reversed(codes):
        begin, end, offset = _room(piece.text, code)
        parts = 0 < begin <= LABEL_LENGTH and end < len(piece.text)
        piece = without(piece, begin, end)
        moments = sorted((*piece.moments, Moment(offset, code.span.begin, code.span.end)), key=lambda m: m.offset)
        gap = begin if parts and code is codes[0] else piece.gap
        piece = msgspec.structs.replace(piece, moments=tuple(moments), gap=min(gap, len(piece.text)))
    return piece


def _room(text: str, code: _Found) -> tuple[int, int, int]:
    """Return which letters go with the code so that one space is left, and where what follows will begin."""
    left = len(text[: code.begin].rstrip(_SPACES))
    right = len(text) - len(text[code.end :].lstrip(_SPACES if left else _SPACES + _PARTING))
    if not left or right == len(text):
        return left, right, left
    if right > code.end:
        return left, right - 1, left + 1
    return (left + 1 if left < code.begin else left), right, left + 1


_SPACES: Final = " \u00a0"
_PARTING: Final = "-–—:.,|"


def _hand_on(piece: Piece, printed: Piece) -> tuple[Piece, Moment | None]:
    """Return the piece without a moment at its very end, which says when the next one begins."""
    ends = piece.moments and piece.moments[-1].offset >= len(piece.text.rstrip())
    if ends and (len(piece.text) > LABEL_LENGTH or printed.text.endswith("#")):
        last = piece.moments[-1]
        return msgspec.structs.replace(piece, moments=piece.moments[:-1]), Moment(0, last.begin, last.end)
    return piece, None
