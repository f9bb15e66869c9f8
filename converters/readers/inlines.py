"""A paragraph's letters with what its format says of them → inlines: sounds, links, emphasis, other languages."""

from collections.abc import Iterator
from typing import Final, assert_never

import msgspec

from converters.addresses import followable
from converters.document import (
    Emphasis,
    Foreign,
    Inline,
    Inlines,
    LanguageTag,
    Link,
    NodeId,
    NoteReference,
    Sound,
    Text,
)
from converters.readers.events import BRACKETED, sound_kind
from converters.readers.pieces import Mark, MarkKind, Piece, with_words
from converters.settings import LostLink, MissingSound

_BRACKETS: Final = frozenset("[(（【*♪♫♬")
_OUTERMOST: Final[dict[MarkKind, int]] = {"note": 0, "link": 1, "foreign": 2, "strong": 3, "emphasis": 4, "label": 5}


def inlines_of(
    text: str, links: tuple[LostLink, ...] = (), marks: tuple[Mark, ...] = (), sounds: frozenset[str] = frozenset()
) -> Inlines:
    """Return a paragraph as inlines.

    ``links`` are those that staff give back to a source that has lost them, ``sounds``
    the descriptions that they have put in.
    """
    if not marks and not links:
        return tuple(_with_sounds(text, sounds))
    given = [mark for mark in (*marks, *_given_links(text, links)) if _says_something(mark)]
    return tuple(_with_marks(text, 0, len(text), given, sounds))


def _says_something(mark: Mark) -> bool:
    return mark.begin < mark.end and mark.kind != "label" and (mark.kind != "link" or bool(followable(mark.value)))


def _given_links(text: str, links: tuple[LostLink, ...]) -> Iterator[Mark]:
    """Yield a mark wherever the words of a lost link stand, the first link first."""
    taken: list[tuple[int, int]] = []
    for link in links:
        start = text.find(link.words)
        while start >= 0:
            end = start + len(link.words)
            if not any(begin < end and start < until for begin, until in taken):
                taken.append((start, end))
                yield Mark(start, end, "link", link.href)
            start = text.find(link.words, end)


def _with_marks(text: str, begin: int, end: int, marks: list[Mark], sounds: frozenset[str]) -> Iterator[Inline]:
    """Yield the inlines of a stretch of text; of two marks that cross, the inner one is cut where the outer ends."""
    waiting = sorted(marks, key=lambda m: (m.begin, -m.end, _OUTERMOST[m.kind]))
    while waiting:
        mark, *waiting = waiting
        stop = min(mark.end, end)
        if mark.begin < begin:
            continue
        inside = [m for m in waiting if m.begin < stop]
        yield from _with_sounds(text[begin : mark.begin], sounds)
        inner = [msgspec.structs.replace(m, end=min(m.end, stop)) for m in inside]
        yield _marked(mark, text[mark.begin : stop], tuple(_with_marks(text, mark.begin, stop, inner, sounds)))
        rest = [msgspec.structs.replace(m, begin=stop) for m in inside if m.end > stop]
        waiting = rest + waiting[len(inside) :]
        begin = stop
    yield from _with_sounds(text[begin:end], sounds)


def _marked(mark: Mark, words: str, inner: Inlines) -> Inline:
    match mark.kind:
        case "strong":
            return Emphasis(inner, "strong")
        case "emphasis" | "label":
            return Emphasis(inner)
        case "link":
            return Link(inner, mark.value)
        case "foreign":
            return Foreign(inner, LanguageTag(mark.value))
        case "note":
            return NoteReference(NodeId(mark.value), words)
        case _:
            assert_never(mark.kind)


def _with_sounds(text: str, sounds: frozenset[str]) -> Iterator[Inline]:
    position = 0
    for match in BRACKETED.finditer(text) if not _BRACKETS.isdisjoint(text) else ():
        if kind := sound_kind(match[0]) or ("other" if match[0] in sounds else None):
            if match.start() > position:
                yield Text(text[position : match.start()])
            yield Sound(match[0], kind)
            position = match.end()
    if position < len(text):
        yield Text(text[position:])


def with_sound_put_in(piece: Piece, sound: MissingSound) -> Piece | None:
    """Return the piece with a sound that staff name, in brackets where its words stand; None where they do not."""
    words = sound.before or sound.after or ""
    at = piece.text.find(words) if words else -1
    if at < 0:
        return None
    cut, added = (at, f"{in_brackets(sound)} ") if sound.before else (at + len(words), f" {in_brackets(sound)}")
    return with_words(piece, cut, added)


def in_brackets(sound: MissingSound) -> str:
    """Return the description as it is printed."""
    return f"[{sound.description.strip().strip('[]()')}]"
