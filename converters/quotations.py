"""Which pull quotes repeat the conversation, so that nobody hears or brailles them twice.

A quote ``repeats`` a turn only when every sentence of it is found, nearly word for
word, in one turn of the person it is attributed to. Else it stands for itself.
"""

import re
from collections.abc import Iterator
from typing import Final

import msgspec

from converters.document import Block, Document, PullQuote, Section, Turn
from converters.traverse import sentence_text, turn_text, turns

NEARLY: Final = 0.9
"""The share of a sentence's words that a turn must have, in order and without a gap of its own."""


def link_quotations(document: Document) -> Document:
    """Return the document with ``repeats`` set on each pull quote that has been said."""
    said = [(turn, _words(turn_text(turn))) for turn in turns(document)]
    sections = tuple(_section(section, said) for section in document.sections)
    return document if sections == document.sections else msgspec.structs.replace(document, sections=sections)


_Said = list[tuple[Turn, list[str]]]


def _section(section: Section, said: _Said) -> Section:
    blocks = tuple(_block(block, said) for block in section.blocks)
    subsections = tuple(_section(subsection, said) for subsection in section.subsections)
    return msgspec.structs.replace(section, blocks=blocks, subsections=subsections)


def _block(block: Block, said: _Said) -> Block:
    if not isinstance(block, PullQuote) or block.repeats or not block.attribution:
        return block
    person = block.attribution.person
    sentences = [_words(sentence_text(s)) for paragraph in block.paragraphs for s in paragraph.sentences]
    for turn, words in said:
        if person in turn.people and all(_is_in(sentence, words) for sentence in sentences):
            return msgspec.structs.replace(block, repeats=turn.id)
    return block


def _words(text: str) -> list[str]:
    return re.findall(r"\w+(?:['’]\w+)*", text.casefold().replace("’", "'"))


def _is_in(sentence: list[str], turn: list[str]) -> bool:
    """Tell whether a stretch of the turn is the sentence, but for one word in ten."""
    if not sentence or not set(sentence[:3]) & set(turn):
        return not sentence
    wanted = set(sentence)
    enough = NEARLY * len(wanted)
    near = (window for window in _windows(sentence, turn) if len(wanted.intersection(window)) >= enough)
    return any(_ratio(sentence, window) >= NEARLY for window in near)


def _windows(sentence: list[str], turn: list[str]) -> Iterator[list[str]]:
    """Yield the stretches of the turn that begin with one of the sentence's first words."""
    for index, word in enumerate(turn):
        if word in sentence[:2]:
            yield turn[index : index + len(sentence)]


def _ratio(sentence: list[str], window: list[str]) -> float:
    from difflib import SequenceMatcher  # loaded on first use: few pages have pull quotes

    matcher = SequenceMatcher(None, sentence, window, autojunk=False)
    return sum(block.size for block in matcher.get_matching_blocks()) / len(sentence)
