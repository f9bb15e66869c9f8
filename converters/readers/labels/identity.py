"""Which labels are one person's: a full name once and a short form after, a title, initials, a slip of the pen.

Only where exactly one person can be meant. Two people who answer each other are two.
"""

import re
from collections import Counter
from collections.abc import Iterable
from typing import Final

import msgspec

from converters.readers.labels.candidates import fold
from converters.readers.labels.looks import as_scanned
from converters.readers.labels.names import HONORIFICS, is_part_played, name_words

TOGETHER: Final = re.compile(r"\s*(?:\s(?:and|y|e|und|et|и)\s|&|/|\+|、|＆|,)\s*", re.IGNORECASE)
"""What stands between two names in one label."""
OFTEN: Final = 3
SLIP: Final = 5
"""A label that stands so many times as often as another, one letter apart, is what the other was meant to be."""
LONG_ENOUGH: Final = 5
"""Letters from which on a slip of one leaves a name recognisable."""


class Seen(msgspec.Struct, frozen=True):
    """A label as printed, and how often."""

    label: str
    count: int


class Same(msgspec.Struct, frozen=True):
    """A label, the fuller label or name of the same person, and whether that is more than a form of one name."""

    label: str
    fuller: str
    doubtful: bool = False


def same_people(seen: tuple[Seen, ...], names: tuple[str, ...], answers: Counter[frozenset[str]]) -> tuple[Same, ...]:
    """Return for each label that is a form of another label, or of a name in ``names``, which one.

    ``answers`` counts how often two labels (folded) stand next to each other.
    """
    single = (one.label for one in seen if not TOGETHER.search(one.label))
    full = {fold(name): name for name in (*names, *single) if not is_part_played(name)}
    counts = {fold(one.label): one.count for one in seen}
    asked = (_same(one, full, counts, answers) for one in seen if not is_part_played(one.label))
    found = tuple(same for same in asked if same)
    return tuple(same for same in found if not any(_cannot_both_be(same, other) for other in found))


def _cannot_both_be(one: Same, other: Same) -> bool:
    """Tell whether two labels are taken for one person's though their titles differ: then nobody knows which is."""
    return one.fuller == other.fuller and not _titles_agree(fold(one.label), fold(other.label))


def _same(one: Seen, full: dict[str, str], counts: dict[str, int], answers: Counter[frozenset[str]]) -> Same | None:
    key, words = fold(one.label), name_words(one.label)
    others = [k for k in full if k != key and answers[frozenset((k, key))] < _two_people(counts.get(k, 0), one.count)]
    if alike := [k for k in others if words and name_words(full[k]) == words and _titles_agree(key, k)]:
        plainest = min(alike, key=lambda k: (len(k), k))
        if (len(plainest), plainest) < (len(key), key):
            return Same(one.label, full[plainest])
    longer = [k for k in others if _is_form_of(words, name_words(full[k]))]
    if people := _distinct(longer, full):
        return Same(one.label, full[people[0]]) if len(people) == 1 else None
    initials = [k for k in others if _are_initials(one.label, name_words(full[k]))]
    if people := _distinct(initials, full):
        return Same(one.label, full[people[0]]) if len(people) == 1 else None
    scanned = [k for k in others if counts.get(k, 0) > one.count and as_scanned(k) == as_scanned(key)]
    if len(scanned) == 1:
        return Same(one.label, full[scanned[0]], doubtful=True)
    slips = [k for k in others if counts.get(k, 0) >= SLIP * one.count and _one_slip(key, k)]
    return Same(one.label, full[slips[0]], doubtful=True) if len(slips) == 1 else None


def _titles_agree(one: str, other: str) -> bool:
    """Tell whether two printings of a name can be one person's: ``CHIEF WHITE`` and ``MR. WHITE`` are two."""
    titles = [{word.strip(".,") for word in name.split()} & HONORIFICS for name in (one, other)]
    return titles[0] <= titles[1] or titles[1] <= titles[0]


def _two_people(count: int, other: int) -> int:
    """Return how often two labels must answer each other to be two people's: never for a label that stands once."""
    return 2 if min(count, other) >= OFTEN else 1_000_000


def _distinct(keys: Iterable[str], full: dict[str, str]) -> list[str]:
    """Return one key for each person meant: forms of the same name count once, the longest of them."""
    found: list[str] = []
    for key in sorted(keys, key=lambda k: -len(name_words(full[k]))):
        words = name_words(full[key])
        if not any(words == name_words(full[k]) or _is_form_of(words, name_words(full[k])) for k in found):
            found.append(key)
    return found


def _is_form_of(short: tuple[str, ...], long: tuple[str, ...]) -> bool:
    """Tell whether a name is a part of a longer one: its first word, its last, or all but a middle one."""
    if not short or len(short) >= len(long):
        return False
    if len(short) == 1:
        return short[0] in {long[0], long[-1]} and len(short[0]) > 1
    return _in_order(short, long)


def _in_order(short: tuple[str, ...], long: tuple[str, ...]) -> bool:
    rest = iter(long)
    return all(any(_abbreviates(word, other) for other in rest) for word in short)


def _abbreviates(word: str, other: str) -> bool:
    return word == other or (len(word) == 1 and other.startswith(word))


def _are_initials(label: str, words: tuple[str, ...]) -> bool:
    letters = [letter for letter in label if letter.isalpha()]
    initials = [word[0] for word in words]
    return (
        1 < len(letters) == len(initials)
        and all(letter.isupper() for letter in letters)
        and len(label.split()) in {1, len(letters)}
        and "".join(letters).casefold() == "".join(initials)
    )


def _one_slip(one: str, other: str) -> bool:
    """Tell whether one letter was left out, put in, exchanged for another, or two change places."""
    if min(len(one), len(other)) < LONG_ENOUGH or abs(len(one) - len(other)) > 1:
        return False
    start = next((i for i, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
    a, b = one[start:], other[start:]
    if any(letter.isdigit() for letter in a[:2] + b[:2]):
        return False
    return a[1:] == b or a == b[1:] or a[1:] == b[1:] or (a[:2] == b[1::-1] and a[2:] == b[2:])
