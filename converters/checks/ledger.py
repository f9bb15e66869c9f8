"""The account of a finished edition: which sentences it should have, and which it has, once, in order, under whom.

What is expected is told by the document alone (``expectations``). What is found is
told by whoever reads the edition back; here both are compared, by the ids that the sentences have in both.
"""

import re
import unicodedata
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

import msgspec

from converters.characters import clean

FEWEST_WORDS: Final = 60
"""Letters of a sentence that a message shows."""

_APART: Final = bytes(number for number in range(128) if not chr(number).isalnum())
"""What ASCII text loses where letters and digits alone are left of it."""
_APART_IN_LINES: Final = _APART.replace(b"\n", b"")

_OTHERS: Final = re.compile(r"[\W_]+")
"""The same of any text: ``\\w`` is what ``str.isalnum`` is true of, and the underscore."""
_OTHERS_IN_LINES: Final = re.compile(r"[^\w\n]+|_+")

_MARKS: Final = "’“”‘—–"
"""Marks without which most English text is ASCII."""

TELLING: Final = 16
"""Letters from which on a sentence is told from a chance likeness."""


class Parity(msgspec.Struct, frozen=True, omit_defaults=True):
    """What was expected in an edition and found in it; the lists hold ids of the model, and are left out where empty.

    ``found`` are the sentences that are there word for word. ``misattributed`` are turns under another name than
    the source has, under none, or under one that it has not. ``mistimed`` are heard or shown at another time than they
    are said. ``faults`` are what is wrong beside the sentences, in words; ``unread`` says why an edition could
    not be read at all.
    """

    expected: int
    found: int
    missing: tuple[str, ...] = ()
    doubled: tuple[str, ...] = ()
    out_of_order: tuple[str, ...] = ()
    altered: tuple[str, ...] = ()
    misattributed: tuple[str, ...] = ()
    mistimed: tuple[str, ...] = ()
    faults: tuple[str, ...] = ()
    unread: str | None = None

    @property
    def is_clean(self) -> bool:
        """Whether the edition says what the transcript says, and nothing else was found to be wrong."""
        ids = (self.missing, self.doubled, self.out_of_order, self.altered, self.misattributed, self.mistimed)
        return not (any(ids) or self.faults or self.unread)


class Ledger(Parity, frozen=True, kw_only=True):
    """What was found in an edition, with the name of its format."""

    format: str


class Said(msgspec.Struct, frozen=True):
    """What stands at one place of an edition, as it is read back.

    ``id`` is None for words that stand beside sentences and are part of none; they may ``follow`` one in its paragraph.
    ``speakers`` is what stands right before a sentence in its paragraph, a name as a rule.
    """

    id: str | None
    words: str
    speakers: str = ""
    follow: bool = False


class Part(msgspec.Struct, frozen=True):
    """A sentence, or a sound that stands for itself: its words, and the letters of them."""

    id: str
    words: str
    letters: str


class Run(msgspec.Struct, frozen=True):
    """Sentences between which nothing stands: a turn, or a paragraph.

    ``head`` are the letters of the name before a turn, ``heading`` those of the heading of an exchange that it begins.
    ``said``: it is a turn. ``apart``: words of ours may stand beside it. ``counted``: it is made of sentences.
    """

    id: str
    section: str
    parts: tuple[Part, ...]
    head: str = ""
    heading: str = ""
    said: bool = False
    apart: bool = False
    counted: bool = True


class Account(msgspec.Struct, frozen=True):
    """What was found to be wrong, by id; of several accounts of one edition, each may tell of other things."""

    missing: tuple[str, ...] = ()
    doubled: tuple[str, ...] = ()
    out_of_order: tuple[str, ...] = ()
    altered: tuple[str, ...] = ()
    misattributed: tuple[str, ...] = ()
    mistimed: tuple[str, ...] = ()
    faults: tuple[str, ...] = ()


def letters(text: str) -> str:
    """Return letters and digits alone, ligatures and presentation forms taken apart."""
    return _bare(text, _APART, _OTHERS)


def lines_of_letters(texts: Sequence[str]) -> str:
    """Return the letters of several texts, each in a line of its own: one pass in C for all of them."""
    joined = "\n".join(texts)
    if joined.count("\n") >= len(texts) > 0:
        joined = "\n".join(text.replace("\n", " ") for text in texts)
    return _bare(joined, _APART_IN_LINES, _OTHERS_IN_LINES)


def _bare(text: str, apart: bytes, others: re.Pattern[str]) -> str:
    """Return text without ASCII that stands apart, which is cheapest in bytes, and then without the rest of it."""
    whole = text if text.isascii() else unicodedata.normalize("NFKC", text)
    kept = whole.encode("utf-8", "surrogatepass").translate(None, apart).decode("utf-8", "surrogatepass")
    if kept.isascii():
        return kept
    for mark in _MARKS:
        kept = kept.replace(mark, "")
    return kept if kept.isascii() else others.sub("", kept)


def folded(text: str) -> str:
    """Return text without what no edition can hold: control characters and runs of spaces."""
    if text.isprintable() and "  " not in text and text[:1] != " " != text[-1:]:
        return text  # the only space that can be printed is the plain one
    return " ".join(clean(text).split())


def settled(format_name: str, runs: Sequence[Run], *accounts: Account) -> Ledger:
    """Return the ledger of an edition, from what was expected and all that was found to be wrong."""
    wanted = [part.id for run in runs if run.counted for part in run.parts]
    lists = {
        name: tuple(dict.fromkeys(one for account in accounts for one in getattr(account, name)))
        for name in Account.__struct_fields__
    }
    lost = {*lists["missing"], *lists["altered"]}
    found = sum(1 for one in wanted if one not in lost)
    return Ledger(
        len(wanted), found, lists["missing"], lists["doubled"], lists["out_of_order"], lists["altered"],
        lists["misattributed"], lists["mistimed"], lists["faults"], format=format_name,
    )  # fmt: skip


def parity_of(ledger: Ledger) -> Parity:
    """Return a ledger without its format, as the row of an edition has it."""
    return Parity(**{name: getattr(ledger, name) for name in Parity.__struct_fields__})


def unread(format_name: str, runs: Sequence[Run], reason: str) -> Ledger:
    """Return the ledger of an edition that cannot be read at all: everything is missing."""
    wanted = tuple(part.id for run in runs if run.counted for part in run.parts)
    return Ledger(len(wanted), 0, missing=wanted, unread=reason, format=format_name)


def told(ledger: Ledger, runs: Sequence[Run]) -> str:
    """Return what is wrong with an edition in words: the first of each kind with its first words, and how many more."""
    if ledger.unread:
        return f"it cannot be read: {ledger.unread}"
    words = {part.id: part.words for run in runs for part in run.parts}
    kinds = (
        (ledger.missing, "is missing"), (ledger.doubled, "is there twice"), (ledger.out_of_order, "is out of order"),
        (ledger.altered, "reads otherwise"), (ledger.misattributed, "is not under the name of who says it"),
        (ledger.mistimed, "is not heard or shown when it is said"),
    )  # fmt: skip
    return "; ".join([*(_first(ids, what, words) for ids, what in kinds if ids), *ledger.faults[:3]])


def _first(ids: Sequence[str], what: str, words: dict[str, str]) -> str:
    first = words.get(ids[0]) or words.get(f"{ids[0]}-s1", "")
    quoted = f": “{first[:FEWEST_WORDS]}”" if first else ""
    more = f" (and {len(ids) - 1} more)" if len(ids) > 1 else ""
    return f"{ids[0]} {what}{quoted}{more}"


# comparing by id --------------------------------------------------------------------------


def by_id(runs: Sequence[Run], said: Iterable[Said]) -> Account:
    """Compare what is expected with what was read back, by ids; ids that are no sentence's are left out."""
    parts = {part.id: part for run in runs if run.counted for part in run.parts}
    stream = [one for one in said if one.id is None or one.id in parts]
    known = [one for one in stream if one.id is not None]
    first = {one.id: one for one in reversed(known)}
    missing, doubled, strays = in_order(list(parts), [str(one.id) for one in known])
    there = ((str(i), one.words, parts[str(i)].words) for i, one in first.items())
    altered = {i for i, have, want in there if have != want and have != folded(want)}
    altered |= {*_beside(runs, stream)}
    return Account(
        missing=missing,
        doubled=doubled,
        out_of_order=strays,
        altered=tuple(i for i in parts if i in altered),
        misattributed=tuple(_misattributed(runs, first)),
    )


def in_order(wanted: Sequence[str], found: Sequence[str]) -> tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]:
    """Return which ids are missing, which are there twice, and the fewest that would have to move."""
    if list(wanted) == list(found):
        return (), (), ()
    counts, place = Counter(found), {one: number for number, one in enumerate(wanted)}
    order = list(dict.fromkeys(found))
    kept = {order[number] for number in longest_rise([place[one] for one in order])}
    missing = tuple(one for one in wanted if one not in counts)
    doubled = tuple(one for one in wanted if counts[one] > 1)
    return missing, doubled, tuple(one for one in wanted if one in counts and one not in kept)


def longest_rise(numbers: Sequence[int]) -> list[int]:
    """Return the places of a longest series of numbers that rises all the way."""
    tails: list[int] = []
    ends: list[int] = []
    before: list[int | None] = []
    for place, number in enumerate(numbers):
        at = bisect_left(tails, number)
        tails[at:] = [number, *tails[at + 1 :]]
        before.append(ends[at - 1] if at else None)
        ends[at:] = [place, *ends[at + 1 :]]
    chain: list[int] = []
    place_: int | None = ends[-1] if ends else None
    while place_ is not None:
        chain.append(place_)
        place_ = before[place_]
    return chain[::-1]


def _beside(runs: Sequence[Run], stream: Sequence[Said]) -> Iterator[str]:
    """Yield sentences of turns after which words stand, before the turn is over, that are no sentence's."""
    spoken = {part.id: run.id for run in runs if run.said for part in run.parts}
    before, between = "", False
    for one in stream:
        if one.id is None:
            between = between or bool(letters(one.words))
            if one.follow and before in spoken and letters(one.words):
                yield before
            continue
        if between and before in spoken and spoken[before] == spoken.get(one.id):
            yield before
        before, between = one.id, False


def _misattributed(runs: Sequence[Run], first: dict[str | None, Said]) -> Iterator[str]:
    """Yield turns before which another name stands than should, or before whose later sentences one does."""
    for run in (run for run in runs if run.said and run.parts):
        there = [first[part.id].speakers if part.id in first else None for part in run.parts]
        named, *others = [shown and letters(shown) for shown in there]
        if (named is not None and named != run.head) or any(others):
            yield run.id
