"""A stream of text without ids compared with what it should say: sentences found by their letters, in order.

A turn stands as one piece: the name, then its sentences, nothing between them. Where each turn is found so, after the
one before it, nothing more needs to be looked at but what stands between turns. Where one is not, its sentences are
looked for one by one, between the turns around it that were found.
"""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from difflib import SequenceMatcher
from itertools import pairwise
from typing import Final

import msgspec

from converters.checks.ledger import TELLING, Account, Part, Run, longest_rise

AHEAD: Final = 3
"""Runs that are looked for before a place that may be too far on."""

ALIKE: Final = 0.6
"""Of two stretches of letters, from which likeness on one is the other, altered."""

LONGEST_COMPARED: Final = 4000

SEAM: Final = "\n"
"""Between the letters of two volumes: the title page of the second may stand behind it."""

Span = tuple[int, int]


class Flow(msgspec.Struct, frozen=True):
    """What came of a comparison: what is wrong, and between which letters each sentence stands."""

    account: Account
    places: dict[str, Span]


class _Found(msgspec.Struct):
    """Where sentences stand, and what is wrong with them; ``wordless`` is what stands before turns without a word.

    ``silent`` are the names of those that stand right before a turn, by its id.
    """

    text: str
    places: dict[str, Span]
    whole: dict[int, Span]
    missing: set[str]
    doubled: set[str]
    strays: set[str]
    altered: set[str]
    misattributed: set[str]
    taken: list[Span]
    wordless: list[str]
    silent: dict[str, str]


def compare(text: str, runs: Sequence[Run], aside: str, names: Iterable[str] = ()) -> Flow:
    """Compare the letters of an edition with runs; ``aside`` may stand anywhere, ``names`` are those of people."""
    found = _Found(text, {}, {}, set(), set(), set(), set(), set(), [], [], {})
    silent = [run for run in runs if run.head and not any(part.letters for part in run.parts)]
    found.wordless += [*(run.heading + run.head for run in silent if run.heading), *(run.head for run in silent)]
    found.silent.update(_silent_before(runs))
    runs = [run for run in runs if any(part.letters for part in run.parts)]
    _find_whole(found, runs)
    _sift(found, runs)
    _judge_between(found, runs, aside, sorted(names, key=len, reverse=True))
    _find_strays(found, runs)
    order = [part.id for run in runs for part in run.parts]
    turns = [run.id for run in runs]
    lists = (found.missing, found.doubled, found.strays, found.altered)
    missing, doubled, strays, altered = (tuple(one for one in order if one in wrong) for wrong in lists)
    misattributed = tuple(dict.fromkeys(one for one in turns if one in found.misattributed))
    return Flow(Account(missing, doubled, strays, altered, misattributed), found.places)


def _silent_before(runs: Sequence[Run]) -> Iterator[tuple[str, str]]:
    names = ""
    for run in runs:
        if any(part.letters for part in run.parts):
            if names:
                yield run.id, names
            names = ""
        else:
            names += run.heading + run.head


def _whole(run: Run) -> str:
    return run.head + "".join(part.letters for part in run.parts)


# runs that stand as they should -------------------------------------------------------------


def _find_whole(found: _Found, runs: Sequence[Run]) -> None:
    """Find each run in one piece after the one before it, unless that leaps over the next ones."""
    at, wholes = 0, [_whole(run) for run in runs]
    for number, whole in enumerate(wholes):
        place = _place(found.text, runs[number], whole, at)
        if place < 0 or _leaps(found.text, (at, place), len(whole), wholes[number + 1 : number + 1 + AHEAD]):
            continue
        found.whole[number] = (place, place + len(whole))
        at = place + len(runs[number].head)
        for part in runs[number].parts:
            found.places[part.id] = (at, at + len(part.letters))
            at += len(part.letters)
        found.taken.append((place + len(runs[number].head), at))


def _place(text: str, run: Run, whole: str, at: int) -> int:
    """Return where a run stands, under its heading if it can be found there: contents show its first words, too.

    Where it has no name, a heading with its words is in the contents just as it is in the text.
    """
    headed = run.heading + whole
    place = text.find(headed, at) if run.heading else -1
    if place >= 0 and not run.head:
        place = max(place, text.find(headed, place + len(headed)))
    return text.find(whole, at) if place < 0 else place + len(run.heading)


def _leaps(text: str, gap: Span, length: int, following: Sequence[str]) -> bool:
    """Tell whether a run that stands after ``gap`` was found too far on: others are in it, and never come again."""
    begin, end = gap
    return any(text.find(one, begin, end) >= 0 and text.find(one, end + length) < 0 for one in following if one)


# runs that do not ------------------------------------------------------------------------------


def _sift(found: _Found, runs: Sequence[Run]) -> None:
    """Look for the sentences of runs that were not found whole, between those that were."""
    number = 0
    while number < len(runs):
        if number in found.whole:
            number += 1
            continue
        last = next((n for n in range(number, len(runs)) if n in found.whole), len(runs))
        _sift_group(found, runs[number:last], _window(found, number, last))
        number = last


def _window(found: _Found, first: int, last: int) -> Span:
    begin = found.whole[first - 1][1] if first - 1 in found.whole else 0
    return begin, found.whole[last][0] if last in found.whole else len(found.text)


def _sift_group(found: _Found, runs: Sequence[Run], window: Span) -> None:
    parts = [part for run in runs for part in run.parts if part.letters]
    places = _claims(found.text, parts, window)
    there = [part for part in parts if part.id in places]
    kept = {there[number].id for number in longest_rise([places[part.id][0] for part in there])}
    found.places |= places
    found.taken += places.values()
    found.taken.sort()
    found.strays |= {part.id for part in there if part.id not in kept}
    lost = [part for part in parts if part.id not in places]
    for part in lost:
        (found.altered if _is_altered(found, part, parts, window) else found.missing).add(part.id)
    for run in (run for run in runs if run.said and run.parts):
        if not _is_named(found, run, kept, window):
            found.misattributed.add(run.id)


def _claims(text: str, parts: Sequence[Part], window: Span) -> dict[str, Span]:
    """Return where sentences stand, the longest found first, so that no short one is found in a longer."""
    claimed: list[Span] = []
    places: dict[str, Span] = {}
    for part in sorted(parts, key=lambda one: len(one.letters), reverse=True):
        if span := _free(text, part.letters, window, claimed):
            places[part.id] = span
            claimed.insert(bisect_right(claimed, span), span)
    return places


def _free(text: str, wanted: str, window: Span, claimed: Sequence[Span]) -> Span | None:
    """Return the first place of some letters that nothing else has, None where there is none."""
    at, end = window
    while (place := text.find(wanted, at, end)) >= 0:
        span = (place, place + len(wanted))
        before = bisect_right(claimed, span)
        clash = [c for c in claimed[max(0, before - 1) : before + 1] if c[0] < span[1] and span[0] < c[1]]
        if not clash:
            return span
        at = clash[0][1] if clash[0][1] > at else at + 1
    return None


def _is_altered(found: _Found, part: Part, parts: Sequence[Part], window: Span) -> bool:
    """Tell whether something very like a sentence stands between those around it that were found."""
    number = parts.index(part)
    before = next((found.places[p.id][1] for p in reversed(parts[:number]) if p.id in found.places), window[0])
    after = next((found.places[p.id][0] for p in parts[number + 1 :] if p.id in found.places), window[1])
    return is_alike(found.text[before:after], part.letters)


def is_alike(between: str, wanted: str) -> bool:
    """Tell whether most of some letters stand in others, in pieces and in order."""
    if not between or not wanted:
        return False
    blocks = SequenceMatcher(None, between[:LONGEST_COMPARED], wanted, autojunk=False).get_matching_blocks()
    return sum(block.size for block in blocks if block.size > 1) / len(wanted) >= ALIKE


def _is_named(found: _Found, run: Run, kept: set[str], window: Span) -> bool:
    """Tell whether the name of who speaks stands before the first sentence of a turn that is in its place."""
    first = run.parts[0]
    if first.id in found.altered or first.id in found.missing:
        return not run.head or run.head in found.text[slice(*window)]
    if first.id not in kept:
        return True
    begin = found.places[first.id][0]
    before = max((end for _, end in found.taken if end <= begin), default=0)
    gap = found.text[max(before, window[0]) : begin]
    return gap.endswith(run.heading + run.head) or (not run.heading and gap.endswith(run.head))


# what stands between ---------------------------------------------------------------------------


def _judge_between(found: _Found, runs: Sequence[Run], aside: str, names: Sequence[str]) -> None:
    """Look at what stands between runs: a name too many or too few, a sentence once more, words of nobody."""
    loose: list[str] = []
    end, before = 0, None
    for number, run in enumerate(runs):
        if number not in found.whole:
            before = None
            continue
        place, after = found.whole[number]
        gap = found.text[max(end, _last_end(found, place)) : place]
        rest = _rest(found, run, gap, names, before)
        if rest:
            loose.append(rest)
            _judge_rest(found, rest, (before, run), runs)
        end, before = after, run
    loose.append(found.text[end:])
    everything = "\n".join([*loose, *_unclaimed(found, runs)])
    found.doubled.update(_again(runs, everything, aside, found))


def _last_end(found: _Found, place: int) -> int:
    number = bisect_right(found.taken, (place, 0)) - 1
    return found.taken[number][1] if number >= 0 else 0


def _rest(found: _Found, run: Run, gap: str, names: Sequence[str], before: Run | None) -> str:
    """Return what stands before a run beside its heading; note where the name before it is another's."""
    if not run.said:
        return gap
    if run.heading and not gap.endswith(run.heading) and (gap + run.head).endswith(run.heading):
        found.misattributed.add(run.id)  # what seemed to be the name before the turn is the end of the heading
        return ""
    rest = gap.removesuffix(run.heading)
    if rest == found.silent.get(run.id):
        return ""
    if rest and (run.heading != "" and gap.endswith(run.heading)):
        return rest
    near = before is not None and before.section == run.section
    if rest and near and any(len(one) > len(run.head) and (rest + run.head).endswith(one) for one in names):
        found.misattributed.add(run.id)
        return ""
    return rest


def _judge_rest(found: _Found, rest: str, around: tuple[Run | None, Run], runs: Sequence[Run]) -> None:
    """Tell what words between two turns are: one of them, out of its place or once more, or words of nobody."""
    before, run = around
    for name in found.wordless:
        rest = rest.replace(name, "")
    if before is None or not (before.said and run.said) or before.section != run.section:
        return
    lost = (part for one in runs for part in one.parts if part.id in found.missing and part.letters)
    moved = {part.id for part in lost if part.letters in rest}
    again = [part.id for part in before.parts if part.letters and part.letters in rest]
    if moved:
        found.missing -= moved
        found.strays |= moved
    elif again:
        found.doubled.update(again)
    elif rest and not rest.isdigit() and SEAM not in rest:
        found.altered.add(before.parts[-1].id)


def _unclaimed(found: _Found, runs: Sequence[Run]) -> Iterator[str]:
    """Yield what stands inside turns that were not found whole, between their sentences."""
    for number, run in enumerate(runs):
        there = sorted(found.places[part.id] for part in run.parts if part.id in found.places)
        if number in found.whole or not run.said:
            continue
        for (_, begin), (end, _) in pairwise(there):
            rest = found.text[begin:end] if 0 < end - begin < LONGEST_COMPARED else ""
            if rest and not rest.isdigit() and SEAM not in rest:
                yield rest
                _judge_inside(found, rest, run, begin)


def _judge_inside(found: _Found, rest: str, run: Run, begin: int) -> None:
    """Tell what words inside a turn are: a sentence of it once more, or words that nobody says."""
    again = {part.id for part in run.parts if part.letters == rest}
    found.doubled |= again
    known = found.missing | found.altered | found.strays
    if not again and not known.intersection(part.id for part in run.parts):
        found.altered.update(part.id for part in run.parts if found.places[part.id][1] == begin)


def _again(runs: Sequence[Run], loose: str, aside: str, found: _Found) -> Iterator[str]:
    for run in runs:
        for part in run.parts:
            telling = len(part.letters) >= TELLING and part.id in found.places
            if telling and part.letters in loose and part.letters not in aside:
                yield part.id


def _find_strays(found: _Found, runs: Sequence[Run]) -> None:
    """Tell a sentence that stands somewhere else altogether from one that is nowhere."""
    claimed = sorted(found.places.values())
    for run in runs:
        for part in run.parts:
            if part.id in found.missing and len(part.letters) >= TELLING:
                span = _free(found.text, part.letters, (0, len(found.text)), claimed)
                if span:
                    found.missing.discard(part.id)
                    found.strays.add(part.id)
