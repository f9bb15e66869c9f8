"""What the words on the pages tell: those that a line's end splits, those in capitals, and the contents."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise

import msgspec

from converters.checks.large_print_measures import Tally, tally
from converters.checks.set_lines import Line

Sheets = Sequence[Sequence[Line]]

SOFT = "\u00ad\u2010"
"""What programs draw where they split a word themselves: a soft hyphen, or the hyphen that is no minus (U+2010)."""

BLOCK = 4
"""From how many words on capitals are a block: names of bodies in a row are fewer."""

SHORT = 3.5
"""Words that are shorter on the average are initials: US, UK, EU and UN."""

ENTRIES = 3
"""The least rows that end in page numbers, one after the other, to be contents."""

WRAPPED = 2
"""How many rows an entry may have before the one with its number."""

_WORD = re.compile(r"[^\W\d_]+(?:[-'’‐][^\W\d_]+)*")  # noqa: RUF001 - apostrophes as printed
_SPLIT = re.compile(r"([^\W\d_]+)([-\u00ad\u2010\u2011])$")
_LEADERS = re.compile(r"(?:[.·․‥…⋯]\s?){3,}|…{2,}|_{3,}")  # noqa: RUF001 - dots as printed
_NUMBER = re.compile(r"(?<![\d.,:/-])(\d{1,4})$")


class Contents(msgspec.Struct, frozen=True):
    """A list of contents: how many entries, how many of them with leaders, and its page."""

    entries: int = 0
    leaders: int = 0
    page: int = 0


def split_words(text: Sheets) -> Tally:
    """Count words that the end of a line splits with a hyphen they do not have.

    The hyphen's own sign tells where programs draw one for splitting. A plain one is the word's own where the text has
    the word with it elsewhere, or either part as a word, or a capital follows; it splits where the text has the word
    without it, or has hardly a hyphen but at the ends of lines.
    """
    every = [line for sheet in text for line in sheet]
    vocabulary = Counter(word.casefold() for line in every for word in _WORD.findall(line.text))
    inner = sum(count for word, count in vocabulary.items() if re.search("[-‐]", word))  # noqa: RUF001 - U+2010
    own = "‐" in "".join(word for word in vocabulary)  # noqa: RUF001 - the text itself has U+2010
    sure, likely = list[tuple[int, str]](), list[tuple[int, str]]()
    for line, after in pairwise(every):
        split, rest = _SPLIT.search(line.text), _WORD.match(after.text)
        if not split or not rest or not rest[0][0].islower() or _compound(split[1], rest[0], vocabulary):
            continue
        said = (line.page, f"{split[0]}/{rest[0]}")
        if (split[2] in SOFT and not own) or f"{split[1]}{rest[0]}".casefold() in vocabulary:
            sure.append(said)
        elif not {split[1].casefold(), rest[0].casefold()} & (vocabulary - Counter([split[1].casefold(), rest[0].casefold()])).keys():
            likely.append(said)
    return tally(sure + likely if len(likely) > inner or sure else sure)


def _compound(before: str, after: str, vocabulary: Counter[str]) -> bool:
    return any(f"{before}{hyphen}{after}".casefold() in vocabulary for hyphen in "-‐")  # noqa: RUF001 - both hyphens


def capitals(sheets: Sheets) -> Tally:
    """Count blocks of capitals: four words in a row or more, or a whole line of two."""
    return tally([(line.page, line.text) for sheet in sheets for line in sheet if _capital_block(line.text)])


def _capital_block(text: str) -> bool:
    if text.isascii() and text.islower():
        return False
    words = [word for word in _WORD.findall(text) if len(word) > 1]
    longest: list[str] = []
    here: list[str] = []
    for word in words:
        here = [*here, word] if word.isupper() else []
        longest = max(longest, here, key=len)
    whole = len(longest) == len(words) > 1
    return (len(longest) >= BLOCK or whole) and sum(map(len, longest)) >= SHORT * len(longest)


def contents(text: Sheets, pages: int) -> Contents:
    """Find the rows that end in numbers of pages further on, in order, as contents do."""
    best: list[tuple[int, bool]] = []
    here: list[tuple[int, bool]] = []
    page = found = 0
    apart = 0
    for line, number, leaders in _endings(text):
        if number is not None and line.page <= number <= pages + line.page and number >= (here[-1][0] if here else 0):
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
    """Yield each row with the number at its end, if there is one, and whether dots lead to it."""
    for sheet in text:
        rows: dict[int, list[Line]] = {}
        for line in sheet:
            rows.setdefault(line.row, []).append(line)
        for row in rows.values():
            words = " ".join(line.text for line in row)
            number = _NUMBER.search(words)
            titled = number and re.search(r"[^\W\d]", words)
            yield row[0], int(number[1]) if number and titled else None, bool(_LEADERS.search(words))
