"""XML whose elements do not say who speaks: its paragraphs, among which names are printed as on a page."""

from collections.abc import Iterator
from typing import Final

import msgspec

from converters.readers.collected import Collected
from converters.readers.field_names import meanings
from converters.readers.ledger import Ledger
from converters.readers.pieces import Piece
from converters.readers.xml_source import Element
from converters.readers.xml_talk import EVENTS, bracketed

_HEADINGS: Final = frozenset("head heading title h1 h2 h3 h4 h5 h6 titel titre titulo".split())
_BREAKS: Final = frozenset({"lb", "br"})
_CLASSES: Final = frozenset("class klasse type rend style role kind".split())
_MOST_WORDS_OF_NAME: Final = 12


def paragraphs_of(root: Element, ledger: Ledger) -> tuple[Piece, ...]:
    """Return one piece for each innermost element with words of its own; data inside a paragraph goes to the ledger.

    A paragraph that is called a speaker's name is the label of the one after it.
    """
    found: list[Piece] = []
    label: str | None = None
    for piece in _pieces(root, ledger):
        if piece.label:
            ledger.add("A name with no words", label or "")
            label = piece.label
        elif piece.text:
            takes = label if piece.form != "heading" else None
            found.append(msgspec.structs.replace(piece, line=len(found) + 1, label=takes))
            label = None if takes else label
    ledger.add("A name with no words", label or "")
    return tuple(found)


def _pieces(element: Element, ledger: Ledger) -> Iterator[Piece]:
    """Yield paragraphs, and names as labels without words."""
    tag = element.tag.casefold()
    if tag in EVENTS:
        yield Piece(bracketed(element), 0)
    elif _has_words_of_its_own(element) or not any(child.words for child in element.children):
        letters = Collected()
        _take(element, letters, ledger)
        heads, text = tag in _HEADINGS, letters.text()
        if text and not heads and _is_name(element, text):
            yield Piece("", 0, label=text.rstrip(": "))
        else:
            yield Piece(text, 0, "heading" if heads else "prose", level=2 if heads else 0)
    else:
        yield from _inside(element, ledger)


def _inside(element: Element, ledger: Ledger) -> Iterator[Piece]:
    """Yield the pieces of an element in order; what stands in it after a name is somebody's turn."""
    named = False
    for child in element.children:
        pieces = tuple(_pieces(child, ledger))
        named = named or (len(pieces) == 1 and bool(pieces[0].label))
        for piece in pieces:
            yield msgspec.structs.replace(piece, form="turn") if named and piece.form == "prose" else piece


def _is_name(element: Element, text: str) -> bool:
    """Tell whether a short paragraph is called a speaker's; a *name* must have a colon, since much has a name."""
    called = (element.tag, *(value for name, value in element.attributes.items() if name in _CLASSES))
    kinds = [one for words in called for one in meanings(words) if one.kind == "speaker"]
    sure = text.endswith((":", "：")) or any(not one.weak for one in kinds)
    return bool(kinds) and sure and len(text.split()) <= _MOST_WORDS_OF_NAME


def _take(element: Element, letters: Collected, ledger: Ledger) -> None:
    """Take in the words of a paragraph. What stands in it as data, parts of a name one by one, is none of them."""
    for inner in element.content:
        if isinstance(inner, str):
            letters.add(inner)
        elif inner.tag.casefold() in _BREAKS:
            letters.add(" ")
        elif inner.tag.casefold() in EVENTS:
            letters.add(f" {bracketed(inner)} ")
        elif inner.children and not _has_words_of_its_own(inner) and _has_words_of_its_own(element):
            parts = (part.text for part in inner.everything() if not part.children)
            ledger.add(f"Data in the text: “{inner.tag}”", " ".join(parts))
        else:
            _take(inner, letters, ledger)


def _has_words_of_its_own(element: Element) -> bool:
    return any(isinstance(inner, str) and inner.strip() for inner in element.content)
