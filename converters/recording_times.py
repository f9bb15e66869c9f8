"""From when to when each part of a conversation is heard in the show's own recording.

A source tells it in many ways: for each sentence, for each caption that holds several, for
the beginning of a turn, now and then. What it tells is kept. What it leaves open lies between
two times that it tells, and is shared out there by letters; how much that is, a finding says.
"""

import bisect
import itertools
from collections.abc import Iterator, Sequence
from typing import Final, assert_never

import msgspec

from converters.document import Block, Document, Paragraph, PeopleList, PullQuote, Sentence, Sound, Turn
from converters.findings import Report
from converters.timing import Milliseconds, SourceTime, TimeSpan
from converters.traverse import sections, sentence_text

QUICKEST: Final = 30
"""Milliseconds a letter: what stands in less room than that shares the time of what stands before it."""
USUAL: Final = 65
"""Milliseconds a letter, where a document does not tell how quickly its people speak: 160 words a minute."""
SLOWEST: Final = 150
"""Milliseconds a letter: a stretch with more room than that has silence in it, or something nobody wrote down."""
BEGINS_BELIEVED: Final = 2
"""Different times at which others begin before something ends: where there are more, its end is an error."""
WIDE: Final = 10_000
"""Milliseconds: a stretch shared out that is longer than that wants to be listened to."""


class HeardPart(msgspec.Struct, frozen=True):
    """A sentence or a sound of its own, and the turn that it stands in."""

    part: Sentence | Sound
    turn: Turn | None = None

    @property
    def letters(self) -> int:
        """How much there is to say, at least 1."""
        text = sentence_text(self.part) if isinstance(self.part, Sentence) else self.part.description
        return sum(map(str.isalnum, text)) or 1


class RecordingTimes(msgspec.Struct, frozen=True):
    """What is heard, with its time; how many begin where the source does not say, and in how long a stretch at most.

    ``contrary`` are the ids of parts whose time contradicts the others.
    """

    parts: tuple[HeardPart, ...]
    spans: tuple[TimeSpan, ...]
    shared: int = 0
    longest: int = 0
    contrary: tuple[str, ...] = ()

    def remark(self, report: Report) -> None:
        """Say in findings what the source leaves open."""
        if self.contrary:
            report.add("time-003", f"{len(self.contrary)} of {len(self.parts)}", self.contrary[0])
        if self.shared:
            code = "time-002" if self.longest > WIDE else "time-001"
            stretch = f"{self.longest / 1000:,.0f} s" if self.longest >= 1000 else f"{self.longest} ms"  # noqa: PLR2004
            report.add(code, f"{self.shared} of {len(self.parts)}, in stretches of up to {stretch}")


def has_recording_times(document: Document) -> bool:
    """Tell whether the source says when its parts are heard: one time alone is no clock."""
    begins = (heard.part.time.begin for heard in heard_parts(document) if heard.part.time)
    return next((True for first in begins for other in begins if other != first), False)


def heard_parts(document: Document) -> Iterator[HeardPart]:
    """Yield what the recording has in it: turns, sounds, and other text only where the source gives it a time."""
    for section in sections(document):
        if section.kind != "furniture":
            for block in section.blocks:
                yield from _block(block)


def _block(block: Block) -> Iterator[HeardPart]:
    match block:
        case Turn():
            yield from (HeardPart(s, block) for paragraph in block.paragraphs for s in paragraph.sentences)
        case Sound():
            yield HeardPart(block)
        case Paragraph():
            yield from (HeardPart(sentence) for sentence in block.sentences if sentence.time)
        case PullQuote() | PeopleList():
            pass  # printed, and never in the recording
        case _:
            assert_never(block)


def recording_times(document: Document) -> RecordingTimes:
    """Return what is heard with times that run forward; ``document`` must have some (``has_recording_times``)."""
    parts = tuple(heard_parts(document))
    letters = [part.letters for part in parts]
    given = [_sound_time(part.part.time) for part in parts]
    contrary = _contrary([time.begin if time else None for time in given])
    groups = _groups([None if place in contrary else time for place, time in enumerate(given)], letters)
    usual = _usual(groups)
    ends = _ends(groups, usual)
    begins, stretches = _shared_out(groups, ends, letters, usual)
    return RecordingTimes(
        parts,
        tuple(_forward(begins)),
        shared=sum(1 for stretch in stretches if stretch),
        longest=max(stretches, default=0),
        contrary=tuple(parts[place].part.id for place in sorted(contrary)),
    )


def _sound_time(time: SourceTime | None) -> SourceTime | None:
    """Return a time without an end that is none."""
    return SourceTime(time.begin) if time and time.end == time.begin else time


def _contrary(begins: Sequence[int | None]) -> frozenset[int]:
    """Return the places of as few times as must go so that the others run forward."""
    timed = [(place, begin) for place, begin in enumerate(begins) if begin is not None]
    if all(a[1] <= b[1] for a, b in itertools.pairwise(timed)):
        return frozenset()
    tails: list[int] = []  # the least last time of a run of each length, and the row that has it
    rows: list[int] = []
    before: list[int | None] = []
    for row, (_, begin) in enumerate(timed):
        length = bisect.bisect_right(tails, begin)
        tails[length:] = [begin, *tails[length + 1 :]] if length < len(tails) else [begin]
        rows[length:] = [row, *rows[length + 1 :]] if length < len(rows) else [row]
        before.append(rows[length - 1] if length else None)
    kept, at = set[int](), rows[-1] if rows else None
    while at is not None:
        kept.add(timed[at][0])
        at = before[at]
    return frozenset(place for place, _ in timed if place not in kept)


class _Group(msgspec.Struct):
    """A part that the source gives a time, and those after it that it gives none."""

    begin: int
    end: int | None
    places: list[int]
    letters: int


def _groups(times: Sequence[SourceTime | None], letters: Sequence[int]) -> list[_Group]:
    """Return the groups; what stands before the first time has none, and is no part of any."""
    groups: list[_Group] = []
    for place, time in enumerate(times):
        again = groups and time and time.end is None and time.begin == groups[-1].begin
        if time and not again:
            groups.append(_Group(time.begin, time.end, [place], letters[place]))
        elif groups:
            groups[-1].places.append(place)
            groups[-1].letters += letters[place]
    return groups


def _usual(groups: Sequence[_Group]) -> float:
    """Return the milliseconds a letter that are usual in this recording."""
    paces = sorted((after.begin - group.begin) / group.letters for group, after in itertools.pairwise(groups))
    return min(max(paces[len(paces) // 2], QUICKEST), SLOWEST) if paces else USUAL


class _Stretch(msgspec.Struct):
    """From when to when a group is heard; ``open`` is within how many milliseconds its begin was looked for."""

    begin: float
    end: float
    open: int = 0


def _ends(groups: Sequence[_Group], usual: float) -> list[_Stretch]:
    """Return where each group begins and ends, those that overlap parted by letters within what they share."""
    found: list[_Stretch] = []
    start, looked = float(groups[0].begin), 0
    for place, group in enumerate(groups):
        after = groups[place + 1].begin if place + 1 < len(groups) else None
        end = _end(groups, place, start, usual)
        found.append(_Stretch(start, max(end, start), looked))
        overlap = after is not None and group.end is not None and group.end > after
        looked = _believed(groups, place) - after if overlap and after is not None else 0
        start = max(float(after or 0), end)
    return found


def _end(groups: Sequence[_Group], place: int, start: float, usual: float) -> float:
    group = groups[place]
    if place + 1 == len(groups):
        return group.end if group.end is not None else start + group.letters * usual
    after = groups[place + 1].begin
    if group.end is None:
        return min(after, start + group.letters * SLOWEST)
    if group.end <= after:
        return group.end
    end, last = _believed(groups, place), place
    while last + 1 < len(groups) and groups[last + 1].begin < end:
        last += 1
    until = _believed(groups, last) if groups[last].end else groups[last + 1].begin if last + 1 < len(groups) else end
    sharing = groups[place + 1 : last + 1]
    letters = group.letters + sum(one.letters for one in sharing)
    inside = sum(one.letters for one in sharing if one.end is not None and one.end <= end)
    room = end - max(after, start)
    latest = end - min(inside * usual, room * inside / (inside + group.letters))  # for those that lie in it whole
    return min(max(start + (max(until, end) - start) * group.letters / letters, after), latest)


def _believed(groups: Sequence[_Group], place: int) -> int:
    """Return the end of a group, no later than the third of the times at which others begin after it."""
    group = groups[place]
    end, later, seen = group.end or group.begin, place + 1, group.begin
    for _ in range(BEGINS_BELIEVED + 1):
        while later < len(groups) and groups[later].begin <= seen:
            later += 1
        if later == len(groups) or groups[later].begin >= end:
            return end
        seen = groups[later].begin
    return seen


def _shared_out(
    groups: Sequence[_Group], stretches: Sequence[_Stretch], letters: Sequence[int], usual: float
) -> tuple[list[tuple[float, float]], list[int]]:
    """Return begin and end of every part, and within how many milliseconds each begin was looked for."""
    leading = letters[: groups[0].places[0]]
    spans, looked = _before(leading, groups[0], stretches[0], usual)
    for number, (group, stretch) in enumerate(zip(groups, stretches, strict=True)):
        after = stretches[number + 1].begin if number + 1 < len(groups) else None
        spans += _within(group, stretch, after, [letters[place] for place in group.places], usual)
        room = max(1, round(spans[-1][1] - stretch.begin))
        looked += [stretch.open] + [room] * (len(group.places) - 1)
    return spans, looked


def _before(
    letters: Sequence[int], first: _Group, stretch: _Stretch, usual: float
) -> tuple[list[tuple[float, float]], list[int]]:
    """Return the same of what stands before the first time; without room there, it shares that of the first part."""
    if not letters:
        return [], []
    begin = max(0.0, stretch.begin - sum(letters) * usual)
    if stretch.begin - begin < sum(letters) * QUICKEST:
        share = sum(letters) / (sum(letters) + first.letters)
        stretch.begin = max(stretch.begin, begin + (stretch.end - begin) * share)
        stretch.open = round(stretch.end - begin)
    looked = [max(1, round(stretch.begin - begin))] * len(letters)
    return _by_letters(letters, begin, stretch.begin), looked


def _within(
    group: _Group, stretch: _Stretch, after: float | None, letters: list[int], usual: float
) -> list[tuple[float, float]]:
    """Return the times of a group's parts: those without one after the first, if there is room, or else shared."""
    if len(letters) > 1 and group.end is not None:
        room = after - stretch.end if after is not None else sum(letters[1:]) * usual
        if room >= sum(letters[1:]) * QUICKEST:
            until = stretch.end + min(room, sum(letters[1:]) * SLOWEST)
            return [(stretch.begin, stretch.end), *_by_letters(letters[1:], stretch.end, until)]
    return _by_letters(letters, stretch.begin, stretch.end)


def _by_letters(letters: Sequence[int], begin: float, end: float) -> list[tuple[float, float]]:
    total = sum(letters)
    marks = [begin + (end - begin) * said / total for said in itertools.accumulate(letters, initial=0)]
    return list(itertools.pairwise(marks))


def _forward(spans: Sequence[tuple[float, float]]) -> Iterator[TimeSpan]:
    """Yield whole milliseconds, each part begun when the one before it has ended, and none without length."""
    last = 0
    for begin, end in spans:
        begins = max(round(begin), last)
        last = max(round(end), begins + 1)
        yield TimeSpan(Milliseconds(begins), Milliseconds(last))
