"""Which pull quotes repeat the conversation, so that nobody hears or brailles them twice.

A quote ``repeats`` a turn only when every sentence of it is found, nearly word for
word, in one turn of the person it is attributed to. Else it stands for itself. An
ellipsis says that words were left out: what stands before it and after it is found
by itself.
"""

import itertools
import re
from collections.abc import Iterator
from typing import Final

import msgspec

from converters.document import Block, Document, PullQuote, Section, Turn
from converters.traverse import sentence_text, turns, walk

_ELLIPSIS: Final = re.compile(r"[\[(]?(?:…|(?:\.\s?){3,})[\])]?")

NEARLY: Final = 0.9
"""The share of a sentence's words that a turn must have, in order and without a gap of its own."""
FEW: Final = 4
ONE_MAY_DIFFER: Final = 6
"""From so many words on, one may differ: “must be” for “be” is no other sentence."""


class _Said(msgspec.Struct, frozen=True):
    """The words of a turn, in one row and sentence by sentence."""

    turn: Turn
    words: list[str]
    sentences: list[list[str]]


def link_quotations(document: Document) -> Document:
    """Return the document with ``repeats`` set on each pull quote that has been said."""
    if not any(isinstance(step, PullQuote) for step in walk(document)):
        return document
    said = [_said(turn) for turn in turns(document)]
    return msgspec.structs.replace(document, sections=tuple(_section(section, said) for section in document.sections))


def _said(turn: Turn) -> _Said:
    sentences = [_words(sentence_text(s)) for paragraph in turn.paragraphs for s in paragraph.sentences]
    return _Said(turn, list(itertools.chain.from_iterable(sentences)), sentences)


def _section(section: Section, said: list[_Said]) -> Section:
    blocks = tuple(_block(block, said) for block in section.blocks)
    subsections = tuple(_section(subsection, said) for subsection in section.subsections)
    return msgspec.structs.replace(section, blocks=blocks, subsections=subsections)


def _block(block: Block, said: list[_Said]) -> Block:
    if not isinstance(block, PullQuote) or block.repeats or not block.attribution:
        return block
    person = block.attribution.person
    quoted = (sentence_text(s) for paragraph in block.paragraphs for s in paragraph.sentences)
    parts = [words for sentence in quoted for part in _ELLIPSIS.split(sentence) if (words := _words(part))]
    for one in said:
        if person in one.turn.people and all(_is_in(part, one) for part in parts):
            return msgspec.structs.replace(block, repeats=one.turn.id)
    return block


def _words(text: str) -> list[str]:
    return re.findall(r"\w+(?:['’]\w+)*", text.casefold().replace("’", "'"))


def _is_in(sentence: list[str], said: _Said) -> bool:
    """Tell whether a stretch of the turn is the sentence, but for one word, or one in ten.

    A few words stand in many a sentence by chance, so they must be one by themselves.
    """
    if len(sentence) < FEW:
        return sentence in said.sentences
    wanted, enough = set(sentence), _enough(len(sentence))
    near = (w for w in _windows(sentence, said.words) if len(wanted.intersection(w)) >= enough * len(wanted))
    return any(_ratio(sentence, window) >= enough for window in near)


def _enough(words: int) -> float:
    """Return the share of a sentence's words that must be there."""
    return min(NEARLY, (words - 1) / words) if words >= ONE_MAY_DIFFER else NEARLY


def _windows(sentence: list[str], turn: list[str]) -> Iterator[list[str]]:
    """Yield the stretches of the turn that begin with one of the sentence's first words."""
    for index, word in enumerate(turn):
        if word in sentence[:2]:
            yield turn[index : index + len(sentence)]


def _ratio(sentence: list[str], window: list[str]) -> float:
    from difflib import SequenceMatcher  # loaded on first use: few pages have pull quotes

    matcher = SequenceMatcher(None, sentence, window, autojunk=False)
    return sum(block.size for block in matcher.get_matching_blocks()) / len(sentence)
