"""What is heard, laid out as cues: two lines of 37 columns at most, 1 to 7 s each, broken where a phrase ends.

The rules are the DCMP Captioning Key's (https://www.captioningkey.org/). A sentence begins and
ends exactly when it is heard. One that is too long for a cue is divided at phrase ends, and the
times in between go by the share of its letters. One of less than a second stays until the next
is heard, a second at most; it is not joined to another, so that each keeps its own cue and id.
"""

import bisect
import itertools
import math
import operator
from collections.abc import Iterator
from typing import Final

import msgspec

from converters.document import LanguageTag, NodeId
from converters.phrases import Phrases
from converters.timing import Milliseconds
from converters.writers.caption_pieces import LINE, Pieces, pieces_of, width
from converters.writers.phrase_ends import BEARABLE
from converters.writers.timed import Heard, TimedText

LEAST: Final = 1000
MOST: Final = 7000
"""Milliseconds that a cue is seen."""
SLOWEST: Final = 250
"""Milliseconds a letter: what is slower is not speech throughout, and its cues end before the silence does."""

_A_CUE: Final = 6
_TOO_SHORT: Final = 60
_NOTHING_SAID: Final = 10_000
_NARROW: Final = 22
_LITTLE: Final = 10
_LOPSIDED: Final = 5
"""What a further cue costs, one under a second, one with a name alone, a narrow one; and columns of unevenness."""


class Cue(msgspec.Struct, frozen=True):
    """What is seen from ``begin`` to ``end``: one or two lines.

    ``names`` is who speaks, None for sounds and where nobody is known to. ``language`` is
    given where it is not the document's.
    """

    id: str
    begin: Milliseconds
    end: Milliseconds
    lines: tuple[str, ...]
    names: str | None = None
    language: LanguageTag | None = None


def cues(timed: TimedText, phrases: Phrases, language: LanguageTag) -> tuple[Cue, ...]:
    """Return the cues in order; a sentence's further ones are called ``-c2``, ``-c3`` and so on."""
    afters = [*(heard.begin for heard in timed.heard[1:]), timed.end]
    found: list[Cue] = []
    for heard, after in zip(timed.heard, afters, strict=True):
        name = phrases.name_and_colon.format(name=heard.names) if heard.begins_to_speak else ""
        found += _seen_long_enough(list(_cues_of(heard, name, heard.language or language)), after)
    return tuple(found)


def clock(time: Milliseconds) -> str:
    """Return a time as captions have it: ``01:02:03.045``."""
    seconds, rest = divmod(time, 1000)
    return f"{seconds // 3600:02d}:{seconds // 60 % 60:02d}:{seconds % 60:02d}.{rest:03d}"


def _cues_of(heard: Heard, name: str, language: str) -> Iterator[Cue]:
    whole = f"{name} {heard.text}" if name else heard.text
    length = min(heard.end - heard.begin, MOST)
    if heard.end - heard.begin <= MOST and width(whole) <= LINE:
        yield _cue(heard, heard.id, heard.begin, Milliseconds(heard.begin + length), (" ".join(whole.split()),))
        return
    pieces = pieces_of(heard.text, language, name)
    said = list(itertools.accumulate(pieces.letters, initial=0))
    pace = (heard.end - heard.begin) / said[-1]
    pace = min(pace, SLOWEST) if heard.end - heard.begin > MOST else pace
    layout = _Layout(pieces, [letters * pace for letters in said])
    for number, (first, last) in enumerate(layout.cues(), 1):
        begin = heard.begin + round(said[first] * pace)
        end = heard.begin + round(said[last] * pace) if last < len(pieces.texts) else heard.end
        end = min(max(end, begin + 1), begin + MOST)
        identifier = heard.id if number == 1 else NodeId(f"{heard.id}-c{number}")
        yield _cue(heard, identifier, Milliseconds(begin), Milliseconds(end), layout.lines(first, last))


def _cue(heard: Heard, identifier: str, begin: Milliseconds, end: Milliseconds, lines: tuple[str, ...]) -> Cue:
    return Cue(identifier, begin, end, lines, heard.names, heard.language)


def _seen_long_enough(several: list[Cue], after: Milliseconds | None) -> list[Cue]:
    """Let the last cue of a sentence stay into the pause after it where it is too short to be read."""
    last = several[-1]
    wanted = last.begin + LEAST if after is None else min(last.begin + LEAST, after)
    end = Milliseconds(max(last.end, wanted))
    return [*several[:-1], msgspec.structs.replace(last, end=end)]


class _Layout:
    """The pieces of one sentence, and ``moments``: the millisecond of the sentence at which each begins."""

    def __init__(self, pieces: Pieces, moments: list[float]) -> None:
        self._pieces, self._moments = pieces, moments
        self._costs = [*pieces.costs, 0]
        self._ends = list(itertools.accumulate(map(operator.add, pieces.gaps, pieces.widths)))
        self._starts = list(map(operator.sub, self._ends, pieces.widths))
        count = len(self._ends)
        fits = (bisect.bisect_right(self._ends, start + LINE) for start in self._starts)
        self._line_ends = [*(max(begin + 1, end) for begin, end in enumerate(fits)), count]
        """Up to which piece a line can go that begins with each: one piece at least."""
        self._last_lines = [0, *(bisect.bisect_left(self._starts, end - LINE) for end in self._ends)]
        """With which piece a line may begin so that it can go up to each."""

    def cues(self) -> list[tuple[int, int]]:
        """Return from which piece to which each cue goes, so that all breaks together cost least."""
        count = len(self._ends)
        best, before = [0.0, *[math.inf] * count], [0] * (count + 1)
        for begin in range(count):
            if best[begin] < math.inf:
                for end, cost in self._ways_on(begin):
                    if best[begin] + cost < best[end]:
                        best[end], before[end] = best[begin] + cost, begin
        found, end = list[tuple[int, int]](), count
        while end:
            found.append((before[end], end))
            end = before[end]
        return found[::-1]

    def _ways_on(self, begin: int) -> Iterator[tuple[int, float]]:
        """Yield where a cue that begins here may end, and what that costs: at bearable places, if there are any."""
        furthest = self._line_ends[self._line_ends[begin]]
        in_time = bisect.bisect_right(self._moments, self._moments[begin] + MOST) - 1
        furthest = max(begin + 1, min(furthest, in_time))
        costs, borne = self._costs, False
        for end in range(begin + 1, furthest + 1):
            if costs[end] <= BEARABLE and self._moments[end] > self._moments[begin]:
                borne = True
                yield end, self._cost(begin, end)
        if not borne:
            yield furthest, self._cost(begin, furthest)
            for end in range(begin + 1, furthest):
                yield end, self._cost(begin, end)

    def _cost(self, begin: int, end: int) -> float:
        """Return what a cue costs: that it is one more, its end, the break inside it, being too short or too narrow."""
        wide = self._ends[end - 1] - self._starts[begin]
        cost = _A_CUE + 2 * self._costs[end]
        lasts = self._moments[end] - self._moments[begin]
        if lasts < LEAST:
            cost += _TOO_SHORT if lasts > 0 else _NOTHING_SAID
        if wide > LINE:
            earliest = max(begin + 1, self._last_lines[end])
            return cost + min(self._costs[earliest : self._line_ends[begin] + 1], default=0)
        return cost + _LITTLE if wide < _NARROW else cost

    def _break(self, begin: int, end: int) -> int:
        """Return the piece with which the second line begins: the cheapest break, then the most even one."""
        latest = self._line_ends[begin]
        earliest = min(latest, max(begin + 1, self._last_lines[end]))
        middle = (self._starts[begin] + self._ends[end - 1]) / 2
        return min(
            range(earliest, latest + 1),
            key=lambda place: self._costs[place] + 2 * abs(self._starts[place] - middle) / _LOPSIDED,
        )

    def lines(self, begin: int, end: int) -> tuple[str, ...]:
        """Return the lines of a cue, one where one is enough."""
        if self._ends[end - 1] - self._starts[begin] <= LINE:
            return (self._pieces.line(begin, end),)
        place = self._break(begin, end)
        return (self._pieces.line(begin, place), self._pieces.line(place, end))
