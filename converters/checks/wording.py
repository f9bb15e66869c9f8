"""What the words on the pages tell: those that a line's end splits, those in capitals, and the contents."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

import msgspec

from converters.checks.large_print_measures import Tally, tally
from converters.checks.set_lines import Line

Sheets = Sequence[Sequence[Line]]

HYPHENS = frozenset("-\u2010")
"""The hyphens that words have. Programs draw the second (or a soft one) where they split a word themselves."""

LAST = HYPHENS | {"\u00ad", "\u2011"}
"""What a split word, or a compound, may have at the end of a line."""

BLOCK = 4
"""From how many words on capitals are a block: names of bodies in a row are fewer."""

SHORT = 3.5
"""Words that are shorter on the average are initials: US, UK, EU and UN."""

ENTRIES = 3
"""The least rows that end in page numbers, one after the other, to be contents."""

WRAPPED = 4
"""How many rows an entry may have before the one with its number."""

_WORD = re.compile(r"[^\W\d_]+(?:[-'’\u2010][^\W\d_]+)*")
_LETTERS = re.compile(r"[^\W\d_]{2,}")
_CAPITALS = re.compile(r"[^\W\d_a-z]{2}")
_LETTER = re.compile(r"[^\W\d_]")
_PARTS = re.compile(r"[-\u2010]")
_SPLIT = re.compile(r"([^\W\d_]+)([-\u00ad\u2010\u2011])$")
_LEADERS = re.compile(r"(?:[.·․‥…⋯]\s?){3,}|…{2,}|_{3,}")
_NUMBER = re.compile(r"(?<![\d.,:/-])(\d{1,4})$")


class Contents(msgspec.Struct, frozen=True):
    """A list of contents: how many entries, how many of them with leaders, and its page."""

    entries: int = 0
    leaders: int = 0
    page: int = 0


def split_words(text: Sheets) -> Tally:
    """Count words that the end of a line splits with a hyphen they do not have.

    The hyphen's own sign tells where programs draw one for splitting. A plain one is the word's own where the text has
    the word with it elsewhere, or either part as a word; it splits where the text has the word without it, or has more
    hyphens at the ends of lines than within them. A capital after it is a name's: never split.
    """
    every = [line for sheet in text for line in sheet]
    broken = [one for line, after in pairwise(every) if (one := _broken(line, after))]
    if not broken:
        return Tally()
    vocabulary = Counter(word.casefold() for line in every for word in _WORD.findall(line.text))
    vocabulary.subtract(part for one in broken for part in (one.before, one.after))
    hyphens = sum(count for word, count in vocabulary.items() if not HYPHENS.isdisjoint(word))
    own = any("\u2010" in word for word in vocabulary)
    sure = [one for one in broken if _split(one, vocabulary, own=own)]
    known = {part for word, count in vocabulary.items() if count > 0 for part in _PARTS.split(word)}
    likely = [one for one in broken if one not in sure and known.isdisjoint((one.before, one.after))]
    found = [*sure, *likely] if sure or len(likely) > hyphens else []
    return tally([(one.page, f"{one.before}{one.hyphen}/{one.after}") for one in found])


class _Broken(msgspec.Struct, frozen=True):
    """A word with a hyphen at the end of a line, and what the next begins with, in lower case."""

    page: int
    before: str
    hyphen: str
    after: str


def _broken(line: Line, after: Line) -> _Broken | None:
    if line.text[-1:] not in LAST:
        return None
    first, rest = _SPLIT.search(line.text), _WORD.match(after.text)
    if not first or not rest or not rest[0][0].islower():
        return None
    return _Broken(line.page, first[1].casefold(), first[2], rest[0].casefold())


def _split(one: _Broken, vocabulary: Counter[str], *, own: bool) -> bool:
    """Tell whether it is sure that the hyphen is not the word's own."""
    if any(vocabulary[f"{one.before}{hyphen}{one.after}"] > 0 for hyphen in HYPHENS):
        return False
    drawn = one.hyphen == "\u00ad" or (one.hyphen == "\u2010" and not own)
    return drawn or vocabulary[f"{one.before}{one.after}"] > 0


def capitals(pieces: Iterable[tuple[int, str]]) -> Tally:
    """Count pieces of text (paragraphs, running heads) with a block of capitals: four words in a row, or all of two."""
    return tally([(page, words) for page, words in pieces if _capital_block(words)])


def _capital_block(text: str) -> bool:
    if not _CAPITALS.search(text):
        return False
    words = _LETTERS.findall(text)
    longest: list[str] = []
    here: list[str] = []
    for word in words:
        here = [*here, word] if word.isupper() else []
        longest = max(longest, here, key=len)
    whole = len(longest) == len(words) > 1
    return (len(longest) >= BLOCK or whole) and sum(map(len, longest)) >= SHORT * len(longest)


def contents(text: Sheets, last: int) -> Contents:
    """Find the rows that end in numbers of pages further on, in order, as contents do; ``last``: the last number."""
    best: list[tuple[int, bool]] = []
    here: list[tuple[int, bool]] = []
    page = found = 0
    apart = 0
    for line, number, leaders in _endings(text):
        if number is not None and line.page <= number <= last + line.page and number >= (here[-1][0] if here else 0):
            here.append((number, leaders))
            page = page if len(here) > 1 else line.page
            apart = 0
        elif apart < WRAPPED and number is None:
            apart += 1
        else:
            here, apart = [], 0
        if len(here) > len(best):
            best, found = list(here), page
    if len(best) < ENTRIES or best[0][0] == best[-1][0]:
        return Contents()
    return Contents(len(best), sum(leaders for _, leaders in best), found)


def _endings(text: Sheets) -> Iterator[tuple[Line, int | None, bool]]:
    """Yield each row with the number at its end, if there is one behind words, and whether dots lead to it."""
    for sheet in text:
        rows: dict[int, list[Line]] = {}
        for line in sheet:
            rows.setdefault(line.row, []).append(line)
        for row in rows.values():
            words = " ".join(line.text for line in row)
            number = _NUMBER.search(words) if words[-1:].isdigit() else None
            if number and _LETTER.search(words):
                yield row[0], int(number[1]), bool(_LEADERS.search(words))
            else:
                yield row[0], None, False
