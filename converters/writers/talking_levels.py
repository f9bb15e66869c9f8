"""The parts of a talking book as they lie in each other, and what stands between its phrases."""

import re
from collections.abc import Iterator
from typing import Final

import msgspec

from converters.addresses import followable
from converters.traverse import joint
from converters.writers.talking_book import Part, Phrase, TalkingBook, as_printed, phrases_in

_SCHEME: Final = re.compile("(?i)[a-z][a-z0-9+.-]*:")


class Level(msgspec.Struct, frozen=True):
    """A part and the parts below it."""

    part: Part
    below: tuple["Level", ...]
    is_first: bool = False


def levels(parts: tuple[Part, ...]) -> tuple[Level, ...]:
    """Return the outermost parts with those that lie in them; the first of all has the title."""
    found: list[Level] = []
    begins = [number for number, part in enumerate(parts) if part.depth <= parts[0].depth]
    for begin, end in zip(begins, [*begins[1:], len(parts)], strict=True):
        below = levels(parts[begin + 1 : end]) if end > begin + 1 else ()
        below = tuple(msgspec.structs.replace(one, is_first=False) for one in below)
        found.append(Level(parts[begin], below, is_first=begin == 0))
    return tuple(found)


def opening(book: TalkingBook) -> dict[str, str]:
    """Return the first phrase of everything that a link may lead to and that is no phrase: turns, notes, quotations."""
    return {
        block.id: first.id
        for part in book.parts
        for block in part.blocks
        if block.id and (first := next(phrases_in(block), None))
    }


def leading_out(href: str) -> str | None:
    """Return the address of a link that leads out of the book, None for one that is told from its page's own place."""
    address = followable(href)
    return address if address and _SCHEME.match(address) else None


def spaced(phrases: tuple[Phrase, ...]) -> Iterator[tuple[str, Phrase]]:
    """Yield phrases, each after what stands between it and the one before."""
    before = ""
    for phrase in phrases:
        words = as_printed(phrase)
        yield (joint(before, words) if before else "", phrase)
        before = words
