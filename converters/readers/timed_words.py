"""Words that a format gives one by one, with their times → pieces of running text with moments."""

import re
from collections.abc import Iterator, Sequence
from typing import Final

import msgspec

from converters.readers.column_roles import SPACELESS
from converters.readers.pieces import Moment, Piece, one_space
from converters.timing import Milliseconds

_CLOSING: Final = re.compile(r"[,.;:!?…)\]}%’”»、。，！？：；）」』】]+")
_OPENING: Final = re.compile(r"[(\[{¿¡«„“‘（「『【]+")
_ATTACHED: Final = re.compile(r"\w[,.]$")
_SENTENCE_END: Final = re.compile(r"[.!?…。？！؟][\"”’»)\]」』]*$")
_LONG_ENOUGH: Final = 12
_MOST_WORDS: Final = 400


class Word(msgspec.Struct, frozen=True):
    """A word or a mark as its source has it, spaces included; ``place`` is the list that it stands in."""

    text: str
    label: str | None
    place: int
    line: int
    begin: Milliseconds | None = None
    end: Milliseconds | None = None
    language: str | None = None


def pieces_of_words(words: Sequence[Word]) -> Iterator[Piece]:
    """Yield a piece for each sentence or so of one speaker.

    Where words come with spaces of their own, these count. Else a space stands between
    two words, none before a mark that closes, unless the source attaches such marks to
    its words and sets others apart on purpose, as French does.
    """
    spaced = sum(1 for word in words if word.text != word.text.strip()) * 5 > len(words)
    attached = any(_ATTACHED.search(word.text) for word in words)
    run: list[Word] = []
    text = ""
    for word in words:
        if run and _parts(run[-1], word, text, len(run)):
            yield from _piece(run, spaced=spaced, attached=attached)
            run, text = [], ""
        run.append(word)
        text = word.text.strip() or text
    yield from _piece(run, spaced=spaced, attached=attached)


def _parts(before: Word, after: Word, text: str, count: int) -> bool:
    """Tell whether a piece ends between two words: at another speaker, another list, the end of a sentence."""
    if _CLOSING.fullmatch(after.text.strip()):
        return False
    changed = (before.label, before.place, before.language) != (after.label, after.place, after.language)
    return changed or (count >= _LONG_ENOUGH and bool(_SENTENCE_END.search(text))) or count >= _MOST_WORDS


def _piece(run: Sequence[Word], *, spaced: bool, attached: bool) -> Iterator[Piece]:
    text, moments = "", list[Moment]()
    for word in run:
        said = one_space(word.text) if word.text.strip() else ""
        gap = word.text[:1].isspace() if spaced else bool(text and said) and _needs_space(text, said, attached=attached)
        text += " " if gap and text and not text.endswith(" ") else ""
        if word.begin is not None and said:
            moments.append(Moment(len(text), word.begin, word.end))
        text += said
        text += " " if spaced and said and word.text[-1].isspace() else ""
    if text.strip():
        first = run[0]
        yield Piece(
            text.strip(), first.line, "cue", label=first.label, moments=_forward(moments), language=first.language
        )


def _needs_space(before: str, after: str, *, attached: bool) -> bool:
    if SPACELESS.match(before[-1]) and SPACELESS.match(after[0]):
        return False
    return attached or not (_CLOSING.fullmatch(after) or _OPENING.fullmatch(before[-1]))


def _forward(moments: Sequence[Moment]) -> tuple[Moment, ...]:
    """Return the moments without those that do not run forward."""
    kept: list[Moment] = []
    for moment in moments:
        if not kept or (moment.begin > kept[-1].begin and moment.offset > kept[-1].offset):
            kept.append(moment)
    return tuple(kept)


def moments_within(text: str, words: Sequence[Word]) -> tuple[tuple[int, Word], ...]:
    """Return where in the text each word stands, if nearly all of them stand there in this order; else nothing."""
    found, position = list[tuple[int, Word]](), 0
    for word in words:
        said = word.text.strip()
        offset = text.find(said, position) if said else -1
        if offset >= 0:
            found.append((offset, word))
            position = offset + len(said)
    return tuple(found) if words and len(found) * 10 >= len(words) * 8 else ()
