"""How a paragraph begins, as far as a page's furniture is concerned: with a name, a time, or neither.

This is no judgement on who speaks; that is made from the whole document. It only keeps
what may be speech from being taken for the page's own.
"""

import re
from typing import Final

from converters.readers.clock import span_at
from converters.readers.pieces import Mark, Piece

_NAME: Final = re.compile(r"(?P<name>[^\W\d_][^:：\n.!?]{0,50}?|[^\W\d_]{1,3}\.)\s?[:：](?!\d|//)")
_AFTER_BOLD: Final = re.compile(r"\s*(?:[:：]|$)|[ \u00a0\t]")
_BETWEEN: Final = " \u00a0\t|–—-"
MOST_LETTERS: Final = 60
MOST_WORDS: Final = 7
TIME: Final = ""
"""The opening of a paragraph that begins with a time code and no name."""


def is_named(piece: Piece) -> bool:
    """Tell whether the markup itself says who speaks."""
    return piece.label is not None or any(mark.kind == "label" and not mark.value for mark in piece.marks)


def opening(piece: Piece) -> str | None:
    """Return the name that a paragraph seems to begin with, in small letters, ``TIME``, or None."""
    if piece.label:
        return piece.label.casefold()
    if label := next((mark for mark in piece.marks if mark.kind == "label" and not mark.value), None):
        return _plain(piece.text[label.begin : label.end])
    start = _after_time(piece.text)
    bold = next((mark for mark in piece.marks if mark.kind == "strong"), None)
    if bold and bold.begin <= start and (name := _bold_name(piece, bold)):
        return name
    match = _NAME.match(piece.text, start)
    if match and len(match["name"].split()) <= MOST_WORDS and not match["name"][0].islower():
        return _plain(match["name"])
    return TIME if start else None


def _after_time(text: str) -> int:
    found = span_at(text, 0, bare=True)
    return len(text) - len(text[found[1] :].lstrip(_BETWEEN)) if found else 0


def _bold_name(piece: Piece, bold: Mark) -> str | None:
    """Return the words in bold at the beginning where they are as short as a name, and no whole sentence."""
    words = piece.text[bold.begin : bold.end]
    name, colon, _ = words.partition(":")
    words = name if colon else words
    if not words.strip() or len(words) > MOST_LETTERS or len(words.split()) > MOST_WORDS:
        return None
    return _plain(words) if _AFTER_BOLD.match(piece.text[bold.end :]) else None


def _plain(words: str) -> str:
    return words.strip(" \u00a0:：.|–—-").casefold()
