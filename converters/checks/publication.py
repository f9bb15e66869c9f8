"""What a file says of itself and what it holds, side by side, so that the one can be held against the other.

Files may be anybody's: nothing is fetched, no entity is resolved, and what cannot be read is told as such.
"""

import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Final, Literal

import msgspec

Thing = Literal[
    "text", "braille", "eight dots", "headings", "contents", "page list", "page breaks", "index", "roles", "math",
    "ruby", "speech markup", "long descriptions", "sound", "video", "captions", "in step", "pictures", "cover",
    "described pictures", "undescribed pictures", "moving pictures", "flashing pictures", "fixed layout", "locked",
    "tags", "order",
]  # fmt: skip
"""What can be in a file. ``in step``: text that is marked while it is heard. ``moving``: frames; ``flashing``: more
than three of them in a second (WCAG 2.2 SC 2.3.1). ``order``: a reading order that leads to files that are there."""

Term = tuple[str, str]
"""A property without its prefix, and its value: ("accessMode", "textual")."""


class Publication(msgspec.Struct, frozen=True, kw_only=True):
    """One file. ``told`` are the things that its format lets one look for; ``holds`` those that were found.

    ``letters`` counts the letters of its text by script, as Unicode names them ("LATIN"). ``kind`` is the format,
    "ebraille" apart from "epub".
    """

    kind: str
    terms: tuple[Term, ...]
    title: str
    language: str
    told: frozenset[Thing]
    holds: frozenset[Thing]
    letters: dict[str, int]

    def values(self, name: str) -> tuple[str, ...]:
        """Return the values of a property, in order."""
        return tuple(value for known, value in self.terms if known == name)

    def lacks(self, *things: Thing) -> bool:
        """Tell whether none of these is there, although the format would let one see it."""
        return not self.holds & {*things} and bool(self.told & {*things})

    @property
    def speaks_of_access(self) -> bool:
        """Whether it has any metadata of accessibility."""
        return any(name.startswith("access") for name, _ in self.terms)


ACCESS: Final = ("accessMode", "accessModeSufficient", "accessibilityFeature", "accessibilityHazard",
                 "accessibilitySummary")  # fmt: skip
_BRAILLE: Final = "BRAILLE"
_ENOUGH: Final = 40
"""Letters from which on a text counts as one."""


def counted(texts: Iterable[str]) -> dict[str, int]:
    """Return how many letters of each script there are; cells of braille count as letters of theirs."""
    found: Counter[str] = Counter()
    for letter, times in Counter(letter for text in texts for letter in text).items():
        if letter.isalpha() or "\u2800" < letter <= "\u28ff":
            found[unicodedata.name(letter, "?").split()[0]] += times
    return dict(found)


def things_of_letters(letters: dict[str, int], texts: Iterable[str]) -> Iterator[Thing]:
    """Yield which kinds of text there are."""
    if sum(times for script, times in letters.items() if script != _BRAILLE) >= _ENOUGH:
        yield "text"
    if letters.get(_BRAILLE):
        yield "braille"
    if any("\u2840" <= letter <= "\u28ff" for text in texts for letter in text):
        yield "eight dots"
