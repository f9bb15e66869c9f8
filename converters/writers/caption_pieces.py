"""A sentence in pieces that a line of captions never splits: words, and in Han and Kana text the characters."""

import functools
import re
import unicodedata
from collections.abc import Iterator, Sequence
from typing import Final

import msgspec

from converters.writers.phrase_ends import (
    A_NAME,
    A_NUMBER,
    ANYWHERE,
    AT_A_COMMA,
    AT_AN_END,
    BEFORE_A_PREPOSITION,
    break_costs,
)

LINE: Final = 37
"""Columns of a line; a wide character takes two (DCMP Captioning Key: 32 characters or more, two lines at most)."""

AFTER_A_NAME: Final = -4
"""What a break after a name and its colon costs: a line of its own is the best place for it."""

_SPACES: Final = re.compile(r"[^\S\u00a0\u2007\u202f\u2060]+")
_WIDE: Final = "\u2e80-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uff00-\uff60"
_SPACELESS: Final = re.compile(f"[{_WIDE}]")
_NO_BEGINNING: Final = "、。，．！？：；）」』】〕〉》”’…ー～々ぁぃぅぇぉっゃゅょァィゥェォッャュョ,.!?:;)]}"
_NO_END: Final = "（「『【〔〈《“‘([{"
_ATOMS: Final = re.compile(
    f"[{re.escape(_NO_END)}]*(?:[{_WIDE}]|[^{_WIDE}{re.escape(_NO_END)}]+)[{re.escape(_NO_BEGINNING)}]*|."
)
_PARTICLES: Final = "はがをにでともへのや的了着过們们"
_MAY_PART: Final = re.compile(r"(?<=[/._?&=—–-])(?=\w)")
"""Where a word that is longer than a line is parted: an address, for the most part."""


class Pieces(msgspec.Struct, frozen=True):
    """The pieces of one text: before which there is a space, how wide they are, how much of the speech they are.

    ``costs`` is what a break before each costs (``phrase_ends``).
    """

    texts: tuple[str, ...]
    gaps: tuple[int, ...]
    widths: tuple[int, ...]
    letters: tuple[int, ...]
    costs: tuple[int, ...]

    def line(self, begin: int, end: int) -> str:
        """Return the pieces from ``begin`` to ``end`` as they stand in a line."""
        if all(self.gaps[begin + 1 : end]):
            return " ".join(self.texts[begin:end])
        parts = (" " * self.gaps[place] * (place > begin) + self.texts[place] for place in range(begin, end))
        return "".join(parts)


def width(text: str) -> int:
    """Return how many columns a text takes up: two for a wide character, none for one that is set on another."""
    return len(text) if text.isascii() else sum(map(_columns, text))


@functools.cache
def _columns(character: str) -> int:
    if unicodedata.category(character) in {"Mn", "Me", "Cf"}:
        return 0
    return 2 if unicodedata.east_asian_width(character) in {"W", "F"} else 1


def pieces_of(text: str, language: str, name: str = "") -> Pieces:
    """Return the pieces of a sentence, those of the name before it first; a name is no part of the speech."""
    named = _split(name)
    said = _split(text)
    texts = [piece for piece, _ in (*named, *said)]
    costs = [*_name_costs(len(named)), *_costs(said, language)]
    if named and said:
        costs[len(named)] = AFTER_A_NAME
    letters = [sum(map(str.isalnum, piece)) for piece, _ in said]
    if not any(letters):
        letters = [1] * len(said)
    return Pieces(
        tuple(texts),
        tuple(gap for _, gap in (*named, *said)),
        tuple(map(width, texts)),
        (*(0,) * len(named), *letters),
        tuple(costs),
    )


def _name_costs(count: int) -> list[int]:
    return [0, *(A_NAME for _ in range(1, count))][:count]


def _split(text: str) -> list[tuple[str, int]]:
    """Return the pieces, each with the number of spaces before it."""
    words = text.split() if text.isascii() else [word for word in _SPACES.split(text) if word]
    if len(max(words, key=len, default="")) * 2 <= LINE and (text.isascii() or not _SPACELESS.search(text)):
        return [(word, 1) for word in words]
    return [(piece, int(place == 0)) for word in words for place, piece in enumerate(_parts(word))]


def _parts(word: str) -> Iterator[str]:
    if not _SPACELESS.search(word):
        yield from _short_enough(word) if width(word) > LINE else (word,)
        return
    for atom in _ATOMS.findall(word):
        yield from _short_enough(atom) if width(atom) > LINE else (atom,)


def _short_enough(word: str) -> Iterator[str]:
    """Yield a word that is longer than a line in parts, after a mark where it has one, never before an accent."""
    part = ""
    for stretch in _MAY_PART.split(word):
        for character in stretch if width(stretch) > LINE else (stretch,):
            if part and width(part) + width(character) > LINE and width(character):
                yield part
                part = ""
            part += character
    yield part


def _costs(said: Sequence[tuple[str, int]], language: str) -> list[int]:
    costs = break_costs([piece for piece, _ in said], language)
    for place, (piece, gap) in enumerate(said):
        if not gap:
            costs[place] = _cost_inside(said[place - 1][0], piece)
    return costs


def _cost_inside(before: str, after: str) -> int:
    """Return the cost of a break where there is no space: after a mark, after a particle, where the script changes."""
    end = before[-1]
    if end in "。！？；：.!?;:":
        return AT_AN_END
    if end in "、，,）」』】)]”":
        return AT_A_COMMA
    if not (_SPACELESS.match(end) or _SPACELESS.match(after)):
        return A_NUMBER
    if end in _PARTICLES:
        return BEFORE_A_PREPOSITION
    return ANYWHERE if _script(end) == "hiragana" != _script(after[0]) else A_NUMBER


def _script(character: str) -> str:
    if "\u3040" <= character <= "\u309f":
        return "hiragana"
    return "katakana" if "\u30a0" <= character <= "\u30ff" else "other"
