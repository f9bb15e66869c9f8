"""Cutting text into what the braille library is given at once, and its cells into what stands between blanks."""

import re
from collections.abc import Container, Iterator
from itertools import accumulate
from typing import Final

import msgspec

from converters.liblouis import Translated

NO_DOTS: Final = "\u2800"
LOUD: Final = 3
"""Words in capitals in a row that the library marks as a passage."""
_LOT: Final = 400
"""Words that the library is given at once: the time it takes grows faster than they do."""

Token = tuple[str, tuple[int, ...]]
"""A word, and a typeform for each of its letters where any is emphasised or foreign."""


def looks(token: str, forms: list[int]) -> tuple[int, ...]:
    """Return a typeform a letter, none where all are plain; signs after an emphasised word go with it."""
    if not any(forms):
        return ()
    several = {form for letter, form in zip(token, forms, strict=True) if letter.isalnum()}
    return (several.pop(),) * len(token) if len(several) == 1 else tuple(forms)


def lots(tokens: list[Token], alone: Container[str]) -> Iterator[list[Token]]:
    """Yield the words in lots of which none has three words in capitals in a row, nor is very long.

    Words to be written ``alone`` are each a lot of their own.
    """
    lot: list[Token] = []
    loud = 0
    for token in tokens:
        loud = loud + 1 if token[0].isupper() else 0
        apart = token[0] in alone
        if lot and (apart or loud == LOUD or len(lot) > _LOT or lot[-1][0] in alone):
            yield lot
            lot, loud = [], int(token[0].isupper())
        lot.append(token)
    if lot:
        yield lot


class Chunk(msgspec.Struct, frozen=True):
    """Cells between two blanks, the text that they stand for, and of each cell its place in that text."""

    cells: str
    text: str
    places: tuple[int, ...]


def chunks(text: str, done: Translated) -> Iterator[Chunk]:
    """Yield what stands between the blanks; the text is divided where each of them begins."""
    spans = [match.span() for match in re.finditer(f"[^{NO_DOTS}]+", done.cells)]
    if not spans:
        return
    starts = list(accumulate((min(done.places[begin:end]) for begin, end in spans), max))
    for (begin, end), start, after in zip(spans, [0, *starts[1:]], [*starts[1:], len(text)], strict=True):
        own = text[start:after].rstrip()
        places = (max(0, min(place - start, len(own) - 1)) for place in done.places[begin:end])
        yield Chunk(done.cells[begin:end], own, tuple(places))
