"""One decision for the whole document: which of the candidates are speakers.

Each label is weighed with what the whole document says of it: does it recur, does
it alternate with others, is it shaped like a name and like the other labels, is it
on a list of people? No line is decided for itself.
"""

from collections.abc import Iterable
from typing import Final

import msgspec

from converters.readers.events import event_kind
from converters.readers.labels.candidates import BY_COLON, Candidate, Shape
from converters.readers.labels.looks import (
    Key,
    as_scanned,
    begins_like_a_sentence,
    holds_a_sentence,
    is_header_field,
    key_of,
    style_of,
)
from converters.readers.labels.names import bare, is_name
from converters.readers.labels.overview import OFTEN, Overview, Text, see_whole, without_number
from converters.readers.labels.words import plays_a_part

ENOUGH: Final = 2
CERTAIN: Final = 50
"""What staff have written down, or the format says as data, outweighs everything."""


class Evidence(msgspec.Struct, frozen=True):
    """What speaks for a label being a speaker's (points above 0), and what against."""

    reason: str
    points: int


class Verdict(msgspec.Struct, frozen=True):
    """A label as first printed, its shape, how often it is there, and what was found for and against it."""

    label: str
    shape: Shape
    count: int
    evidence: tuple[Evidence, ...]

    @property
    def points(self) -> int:
        """All the evidence added up."""
        return sum(evidence.points for evidence in self.evidence)

    @property
    def is_speaker(self) -> bool:
        """Whether it is read as a speaker's label."""
        return self.points >= ENOUGH

    @property
    def is_doubtful(self) -> bool:
        """Whether staff should know that it is read as text: it might have been a label."""
        near = self.points >= 0 or (self.label.isupper() and len(self.label) > 1)
        return self.shape in BY_COLON and not self.is_speaker and self.points > -CERTAIN and near

    @property
    def against(self) -> str:
        """The reasons why it is no label, in words."""
        return "; ".join(e.reason for e in self.evidence if e.points < 0) or "it stands alone"


class Told(msgspec.Struct, frozen=True):
    """What is known before the labels are weighed, all folded.

    ``listed`` are the names on a list of people, ``given`` the names and labels that
    staff have written down, ``refused`` the labels that staff say are none.
    """

    listed: frozenset[str]
    given: frozenset[str]
    refused: frozenset[str]


def decide(found: tuple[Candidate, ...], told: Told, text: Text) -> dict[Key, Verdict]:
    """Return the verdict on each label in each shape."""
    first = {key_of(candidate): candidate for candidate in reversed(found)}
    whole = see_whole(found, first, text)
    return {
        key: Verdict(c.label, c.shape, whole.counts[key], tuple(e for e in _evidence(c, key, whole, told) if e.points))
        for key, c in first.items()
    }


def _evidence(candidate: Candidate, key: Key, whole: Overview, told: Told) -> Iterable[Evidence]:
    yield from _from_outside(candidate, key[1], told)
    yield from _from_its_shape(candidate, key, whole)
    if candidate.shape in BY_COLON:
        yield from _from_its_company(candidate, key, whole)
    else:
        yield from _without_a_colon(candidate, key, whole, told)


def _from_outside(candidate: Candidate, name: str, told: Told) -> tuple[Evidence, ...]:
    """Return what staff, the format, and the source's own lists say."""
    return (
        Evidence("staff say that it is no label", -2 * CERTAIN if name in told.refused else 0),
        Evidence("staff say whose label it is", CERTAIN if name in told.given else 0),
        Evidence("the format names it as the speaker", CERTAIN if candidate.shape == "data" else 0),
        Evidence("is on a list of people", 4 if _is_known(name, told.listed) else 0),
        Evidence("names something that happens", -2 * CERTAIN if event_kind(candidate.label) else 0),
    )


def _from_its_shape(candidate: Candidate, key: Key, whole: Overview) -> tuple[Evidence, ...]:
    """Return what its letters say."""
    label, count = candidate.label, whole.counts[key]
    field = is_header_field(label) and count < OFTEN
    return (
        Evidence("is what a part in a conversation is called", 2 if plays_a_part(bare(label)) else 0),
        Evidence("is shaped like a name", int(is_name(label))),
        Evidence("is not shaped like a name", 0 if is_name(label) or plays_a_part(bare(label)) else -2),
        Evidence("begins like a sentence", -3 if begins_like_a_sentence(key[1], label) else 0),
        Evidence("begins with a number", -3 if label[:1].isdigit() else 0),
        Evidence("holds the end of a sentence", -5 if holds_a_sentence(label) else 0),
        Evidence(
            "is an ordinary word here", -2 if count == 1 and key[1] in whole.ordinary and not label.isupper() else 0
        ),
        Evidence("is a field of a header", (-1 if candidate.said else -4) if field else 0),
        Evidence("is another label with another number", 3 if _is_next(key, whole) else 0),
        Evidence("has a time code beside it", _for_time(key, count, whole)),
        Evidence("has no time code, as the other labels have", _against_no_time(candidate, key, whole)),
    )


def _is_next(key: Key, whole: Overview) -> bool:
    return key[1][-1:].isdigit() and whole.counts[key] == 1 and without_number(key) in whole.numbered


def _for_time(key: Key, count: int, whole: Overview) -> int:
    if key not in whole.beside_time:
        return 0
    return 5 if whole.usually_timed else 2 if count > 1 else 0


def _against_no_time(candidate: Candidate, key: Key, whole: Overview) -> int:
    named = candidate.shape == "data" or plays_a_part(bare(candidate.label))
    return -4 if whole.usually_timed and key not in whole.beside_time and not named else 0


def _from_its_company(candidate: Candidate, key: Key, whole: Overview) -> tuple[Evidence, ...]:
    """Return what the other labels say of one with a colon."""
    count = whole.counts[key]
    alike = style_of(candidate.label) == whole.usual
    marked = candidate.marked and whole.usually_marked
    part = plays_a_part(bare(candidate.label))
    free = marked or not whole.usual or part
    return (
        Evidence(f"stands {count} times", min(count - 1, 2)),
        Evidence("stands next to another label", int(key in whole.answered)),
        Evidence("looks like the other labels", int(alike)),
        Evidence("does not look like the other labels", 0 if alike or free else -2),
        Evidence("is set apart like the other labels", 4 if marked else 0),
        Evidence("is another label, damaged", 6 if _is_damaged(key, whole) else 0),
        Evidence("stands in the middle of a sentence", -4 if key in whole.within and count < OFTEN else 0),
        Evidence(
            "has no sign before it, as the other labels have", -4 if whole.usual_sign and key not in whole.signs else 0
        ),
        Evidence("nearly every line has a label", 3 if whole.everywhere and whole.usual != "capitals" else 0),
        Evidence("has no words after it", -4 if key in whole.speechless and count < OFTEN and not marked else 0),
        Evidence(
            "has words on its line, as the other labels have not",
            -4 if _is_odd_inline(key, count, whole) and not part else 0,
        ),
        Evidence(
            "is not set apart, as the other labels are", -4 if _is_plain(candidate, count, whole) and not part else 0
        ),
        Evidence("the format itself names who speaks", -6 if whole.by_data and candidate.shape != "data" else 0),
        Evidence("has its line for itself, as the other labels have not", -4 if _is_odd_line(key, count, whole) else 0),
        Evidence("ends in a colon, as the other labels do not", -2 if _has_odd_colon(candidate, whole) else 0),
        Evidence("stands in a list, as the other labels do not", -9 if candidate.shape in whole.unsupported else 0),
    )


def _for_elsewhere(candidate: Candidate, key: Key, whole: Overview) -> int:
    """Return what it says that a colon ends the same label elsewhere: in capitals, that the colon was lost here."""
    if key[1] not in whole.by_colon:
        return 0
    return 9 if candidate.label.isupper() and candidate.shape in {"stop", "gap"} and len(key[1]) > 1 else 2


def _is_damaged(key: Key, whole: Overview) -> bool:
    """Tell whether a label is a usual one, but for letters that a scanner takes for each other."""
    return key[1] not in whole.by_colon and as_scanned(key[1]) in whole.scanned


def _has_odd_colon(candidate: Candidate, whole: Overview) -> bool:
    return bool(whole.main) and not whole.by_colon and candidate.shape != "data"


def _is_odd_inline(key: Key, count: int, whole: Overview) -> bool:
    return bool(whole.usual) and not whole.usually_inline and key in whole.inline and count < OFTEN


def _is_plain(candidate: Candidate, count: int, whole: Overview) -> bool:
    return whole.usually_marked and not candidate.marked and count < OFTEN


def _is_odd_heading(candidate: Candidate, count: int, whole: Overview) -> bool:
    return bool(candidate.level) and candidate.level != whole.usual_level and count < OFTEN


def _is_odd_line(key: Key, count: int, whole: Overview) -> bool:
    return whole.usually_inline and key not in whole.inline and count < OFTEN


def _without_a_colon(candidate: Candidate, key: Key, whole: Overview, told: Told) -> tuple[Evidence, ...]:
    """Return what the document says of a label that no colon ends: it must recur, and its shape must be usual."""
    count = whole.counts[key]
    known = _is_known(key[1], told.listed) or key[1] in whole.by_colon
    alike = style_of(candidate.label) == whole.styles.get(candidate.shape)
    single = -3 if count == 1 and not (known or candidate.marked) else 0
    return (
        Evidence(f"stands {count} times", min(count - 1, 3)),
        Evidence("stands once and nobody knows it", single),
        Evidence("no colon ends it", -2),
        Evidence("looks like the other labels", 2 if alike else 0),
        Evidence("has the shape of most labels", 1 if candidate.shape == whole.main else 0),
        Evidence("is a label elsewhere", _for_elsewhere(candidate, key, whole)),
        Evidence("stands next to another label", int(key in whole.answered)),
        Evidence("is set apart", int(candidate.marked)),
        Evidence("most paragraphs begin like this", 3 if candidate.shape in whole.everywhere_open else 0),
        Evidence("is a heading, as the names are not", -6 if _is_odd_heading(candidate, count, whole) else 0),
        Evidence(
            "stands right above its words, as the other labels do", 3 if candidate.above and whole.usually_above else 0
        ),
        Evidence("no labels of this shape recur", -6 if candidate.shape in whole.unsupported else 0),
    )


def _is_known(key: str, known: frozenset[str]) -> bool:
    return key in known or any(key in name.split() and len(key) > OFTEN for name in known)
