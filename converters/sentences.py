"""Where a sentence ends, in one place for all readers.

A boundary is looked for in the paragraph's plain text. None falls inside a
``Link`` or a ``Sound``; an ``Emphasis`` or ``Foreign`` that crosses one is closed
and opened again. Nothing is lost: ``traverse.paragraph_text`` of the result is
the text that went in, each run of spaces being one.
"""

from typing import Final, assert_never

from converters.document import (
    Emphasis,
    Foreign,
    Inline,
    Inlines,
    LanguageTag,
    Link,
    NoteReference,
    Paragraph,
    Sentence,
    Sound,
    Text,
)
from converters.traverse import joint, plain_text

NEAR: Final = 16
"""Characters on either side of a boundary that are looked at; a longer gap is no boundary."""


def paragraph(inlines: Inlines, language: LanguageTag) -> Paragraph:
    """Return the inlines as a paragraph of sentences."""
    text = plain_text(inlines)
    ends = _boundaries(text, language, _closed_spans(inlines))
    pieces = (_trimmed(inlines, start, end, text) for start, end in zip([0, *ends], [*ends, len(text)], strict=True))
    return Paragraph(tuple(Sentence(piece) for piece in pieces if piece))


def sentence(text: str) -> Sentence:
    """Return a line that stays whole, such as an attribution."""
    return Sentence((Text(text),))


def _boundaries(text: str, language: LanguageTag, closed: list[tuple[int, int]]) -> list[int]:
    """Return the offsets at which a sentence begins, 0 left out."""
    import sentencex  # type: ignore[import-untyped]  # it has no types; loaded on first use

    first, last = _first_and_last_word(text)
    ends, position = [], _quoted_whole(text)
    for piece in sentencex.segment(language, text[position:])[:-1]:
        position += len(piece)
        while closed and closed[0][1] <= position:
            closed = closed[1:]
        inside = closed and closed[0][0] < position
        if not inside and first < position <= last and _joins_again(text, position):
            ends.append(position)
    return ends


def _first_and_last_word(text: str) -> tuple[int, int]:
    """Return where the first and the last letter or digit stand: beyond them no sentence begins."""
    first = next((index for index, character in enumerate(text) if character.isalnum()), len(text))
    last = next((index for index in range(len(text) - 1, -1, -1) if text[index].isalnum()), -1)
    return first, last


def _quoted_whole(text: str) -> int:
    """Return 1 where a paragraph is one quotation: its opening mark would hide every boundary inside."""
    closing = dict(zip('“«„"', '”»“"', strict=True)).get(text[:1])
    return int(closing is not None and text.find(closing, 1) == len(text) - 1)


def _joins_again(text: str, position: int) -> bool:
    """Tell whether cutting here and joining again gives the text back.

    Where Han text has a space that joining would not give, the space stays with the
    sentence before.
    """
    before, after = text[max(0, position - NEAR) : position], text[position : position + NEAR]
    gap = before[len(before.rstrip()) :] + after[: len(after) - len(after.lstrip())]
    between = joint(before.rstrip(), after.lstrip())
    return gap == between or (bool(gap) and not between)


def _closed_spans(inlines: Inlines, start: int = 0) -> list[tuple[int, int]]:
    """Return the stretches of plain text that must stay in one sentence."""
    spans = []
    for inline in inlines:
        end = start + len(plain_text((inline,)))
        match inline:
            case Link() | Sound():
                spans.append((start, end))
            case Emphasis() | Foreign():
                spans += _closed_spans(inline.inlines, start)
            case Text() | NoteReference():
                pass
            case _:
                assert_never(inline)
        start = end
    return spans


def _trimmed(inlines: Inlines, start: int, end: int, text: str) -> Inlines:
    """Return the inlines of one sentence, without the spaces that joining gives back."""
    piece, after = text[start:end], text[end : end + NEAR]
    start += len(piece) - len(piece.lstrip(" "))
    if piece.isascii() or joint(piece.rstrip(), after.lstrip() or " "):
        end -= len(piece) - len(piece.rstrip(" "))
    if len(inlines) == 1 and isinstance(inlines[0], Text):  # nearly every paragraph
        return (Text(text[start:end]),) if start < end else ()
    return cut(inlines, start, end)


def cut(inlines: Inlines, start: int, end: int) -> Inlines:
    """Return the part of ``inlines`` whose plain text is ``[start:end]``, wrappers kept."""
    parts: list[Inline] = []
    before = " "
    for inline in inlines:
        words = plain_text((inline,))
        length = len(words)
        if (end > 0 and start < length) if words else _mark_belongs(start, end, before):
            parts.append(_cut_one(inline, max(start, 0), min(end, length)))
        start, end, before = start - length, end - length, words or before
    return tuple(parts)


def _mark_belongs(start: int, end: int, before: str) -> bool:
    """Tell whether the mark of a note at 0 is in ``[start:end]``: it goes with the words before it."""
    return start < 0 <= end or (start == 0 and before[-1:].isspace())


def _cut_one(inline: Inline, start: int, end: int) -> Inline:
    match inline:
        case Text():
            return Text(inline.value[start:end])
        case Emphasis():
            return Emphasis(cut(inline.inlines, start, end), inline.strength)
        case Foreign():
            return Foreign(cut(inline.inlines, start, end), inline.language)
        case Link():
            return Link(cut(inline.inlines, start, end), inline.href)
        case Sound() | NoteReference():
            return inline
        case _:
            assert_never(inline)
