"""What follows from a document and is never stored: its exchanges, its people's words, its length.

All text editions and the chapters of the audio are laid out from here, so that a
place has the same number and the same name in each of them.
"""

import itertools
import math
import re
from typing import Final

import msgspec

from converters.document import (
    Block,
    Document,
    NodeId,
    Paragraph,
    PeopleList,
    Person,
    Section,
    Sentence,
    Turn,
)
from converters.settings import Blocks
from converters.traverse import person_named, sections, sentence_text, turn_text, turns

_WIDE: Final = re.compile("[⺀-鿿]")
QUESTION_MARKS: Final = ("?", "？", "؟")
CLOSING_MARKS: Final = "”’\"')»」 "
WORDS_A_MINUTE: Final = 160
LONGEST_BLOCK: Final = 120
"""Words that a tired eye, or a braille reader, takes in one block."""
LONGEST_CLUE: Final = 60
"""Letters of a question that a contents entry or chapter title shows."""


class Exchange(msgspec.Struct, frozen=True):
    """From one turn of the host to the next: a question, as a rule, with its answers.

    ``blocks`` are its turns and what stands between them. ``clue`` is the host's last
    question in it, or else the first words, cut at a word; it stands in contents,
    bookmarks and chapter titles only.
    """

    id: NodeId
    number: int
    blocks: tuple[Block, ...]
    people: tuple[Person, ...]
    clue: str

    @property
    def names(self) -> str:
        """Who speaks in it, in order of speaking: ``Laura Flanders, Phyllis Bennis``."""
        return ", ".join(person.name for person in self.people)


class Outline(msgspec.Struct, frozen=True):
    """The parts of an edition in reading order.

    ``summaries`` and ``people_sections`` stand inside *at a glance*; ``body`` is all
    else that belongs to the episode, in order; ``furniture`` comes last, set apart.
    """

    summaries: tuple[Section, ...]
    people_sections: tuple[Section, ...]
    body: tuple[Section, ...]
    furniture: tuple[Section, ...]

    @property
    def in_reading_order(self) -> tuple[Section, ...]:
        """All sections, as every text edition has them."""
        return self.summaries + self.people_sections + self.body + self.furniture

    @property
    def conversation(self) -> Section | None:
        """The first section that people speak in."""
        return next((section for section in self.body if section.kind == "transcript"), None)


def outline(document: Document) -> Outline:
    """Return the top-level sections in the order in which editions present them."""
    kinds = {kind: tuple(s for s in document.sections if s.kind == kind) for kind in ("summary", "people", "furniture")}
    body = tuple(s for s in document.sections if s.kind not in kinds)
    return Outline(kinds["summary"], kinds["people"], body, kinds["furniture"])


def exchanges(document: Document, section: Section) -> tuple[Exchange, ...]:
    """Return the exchanges among a section's own blocks; none where no host leads on.

    Numbers run through the whole document, so they are the same in every edition.
    """
    hosts = _hosts(document)
    before = itertools.takewhile(lambda other: other.id != section.id, sections(document))
    first = 1 + sum(len(_groups(other.blocks, hosts)) for other in before)
    groups = _groups(section.blocks, hosts)
    return tuple(_exchange(document, group, first + index) for index, group in enumerate(groups))


def _hosts(document: Document) -> frozenset[NodeId]:
    return frozenset(person.id for person in document.people if person.part == "host")


def _groups(blocks: tuple[Block, ...], hosts: frozenset[NodeId]) -> list[list[Block]]:
    """Return the blocks in runs, each begun by the host but perhaps the first."""
    groups: list[list[Block]] = [[]]
    others_spoke = False
    for block in blocks:
        if isinstance(block, Turn):
            leads = bool(hosts.intersection(block.people))
            if leads and others_spoke:
                groups.append([])
            others_spoke = not leads
        groups[-1].append(block)
    return groups if len(groups) > 1 else []


def _exchange(document: Document, blocks: list[Block], number: int) -> Exchange:
    spoken = [block for block in blocks if isinstance(block, Turn)]
    speaking = dict.fromkeys(person for turn in spoken for person in turn.people)
    people = tuple(person_named(document, identifier) for identifier in speaking)
    clue = _clue(spoken, _hosts(document))
    return Exchange(NodeId(f"{spoken[0].id}-exchange"), number, tuple(blocks), people, clue)


def _clue(spoken: list[Turn], hosts: frozenset[NodeId]) -> str:
    """Return the host's last question, or the first words of the exchange."""
    by_host = [turn for turn in spoken if hosts.intersection(turn.people)]
    said = [sentence_text(s) for turn in by_host for p in turn.paragraphs for s in p.sentences]
    questions = [text for text in said if text.rstrip(CLOSING_MARKS).endswith(QUESTION_MARKS)]
    return shortened(questions[-1] if questions else turn_text(spoken[0]))


def shortened(text: str, longest: int = LONGEST_CLUE) -> str:
    """Return ``text`` cut at a word, with an ellipsis where words were left out."""
    if len(text) <= longest:
        return text
    head = text[: longest + 1].rsplit(" ", 1)[0][:longest]
    return head.rstrip(" ,;:–—-") + "…"


def exchange_with(document: Document, turn: NodeId) -> Exchange | None:
    """Return the exchange that a turn is in, None where the conversation has none."""
    every = (exchange for section in sections(document) for exchange in exchanges(document, section))
    return next((exchange for exchange in every if any(block.id == turn for block in exchange.blocks)), None)


def first_turns(document: Document) -> dict[NodeId, NodeId]:
    """Return the turn in which each person first speaks, by the person's id."""
    found: dict[NodeId, NodeId] = {}
    for turn in turns(document):
        for person in turn.people:
            found.setdefault(person, turn.id)
    return found


def layout_blocks(paragraph: Paragraph, blocks: Blocks = "short") -> tuple[tuple[Sentence, ...], ...]:
    """Return a paragraph in blocks of at most ``LONGEST_BLOCK`` words, as even as its sentences allow, or as it is.

    Layout, not model: a block is broken between sentences only, so a single sentence
    may be longer.
    """
    return (paragraph.sentences,) if blocks == "source" else _short_blocks(paragraph)


def _short_blocks(paragraph: Paragraph, longest: int = LONGEST_BLOCK) -> tuple[tuple[Sentence, ...], ...]:
    sizes = [_words(sentence_text(sentence)) for sentence in paragraph.sentences]
    wanted = sum(sizes) / max(1, math.ceil(sum(sizes) / longest))
    blocks: list[list[Sentence]] = [[]]
    filled = 0
    for sentence, size in zip(paragraph.sentences, sizes, strict=True):
        if blocks[-1] and (filled + size > longest or filled + size / 2 > wanted):
            blocks.append([])
            filled = 0
        blocks[-1].append(sentence)
        filled += size
    return tuple(tuple(block) for block in blocks if block)


def word_count(document: Document) -> int:
    """Return the number of words spoken in the conversation.

    Scripts that set no spaces between words count two characters for a word, the
    usual measure for the time they take to say.
    """
    return sum(map(words_said, turns(document)))


def words_said(turn: Turn) -> int:
    """Return the number of words of one turn, counted in the same way."""
    return _words(turn_text(turn))


def _words(text: str) -> int:
    wide = 0 if text.isascii() else len(_WIDE.findall(text))
    return len(text.split()) + wide // 2


def minutes_to_hear(document: Document) -> int:
    """Return whole minutes, at least one, at 160 words a minute."""
    return max(1, round(word_count(document) / WORDS_A_MINUTE))


def unlisted(document: Document) -> tuple[Person, ...]:
    """Return the people whom the source's own lists leave out; as a rule, the host."""
    blocks = (b for one in document.sections for b in one.blocks if isinstance(b, PeopleList))
    listed = {entry.person for people in blocks for entry in people.entries}
    return tuple(person for person in document.people if person.id not in listed)


def described(person: Person) -> str:
    """Return a name with role and affiliation as printed."""
    return f"{person.name}, {person.description}" if person.description else person.name
