"""A talking book before any format: what is written in it, in order, in phrases that are heard one by one.

Its parts are what a listener goes to: the title, at a glance, each section, each exchange. What is written is
what is heard: where the narration has no clip for a phrase of ours (the heading of an exchange, say), the
narrator is asked for one (``asides``). Left to the eye are only words that are heard elsewhere (a pull quote that
repeats the conversation), that belong to the web page, or that no voice can say.
"""

from collections.abc import Iterator
from typing import Final, Literal, assert_never

import msgspec

from converters.document import Document, Inlines, LanguageTag
from converters.traverse import plain_text

DEEPEST: Final = 6
"""Levels of headings that both formats have; what lies deeper stands on the last of them."""

PhraseKind = Literal["sentence", "name", "heading", "added"]
ParagraphKind = Literal["plain", "turn", "more", "sound", "by", "context", "fact"]
Matter = Literal["front", "body", "rear"]


class Phrase(msgspec.Struct, frozen=True):
    """What is highlighted and heard at once: its id is that of its element in every edition.

    ``name`` stands before its words where a name is printed that is not said by itself. ``leads_to`` is the part
    that its words are a link to. ``said`` are the words that a voice says where those printed would be a muddle.
    ``ours``: in the language of our words. ``aside``: the narrator is to say it, where the narration does not.
    ``elsewhere``: no sound is missing where there is none.
    """

    id: str
    inlines: Inlines
    kind: PhraseKind = "sentence"
    name: str = ""
    leads_to: str | None = None
    said: str | None = None
    ours: bool = False
    aside: bool = False
    elsewhere: bool = False


class Lines(msgspec.Struct, frozen=True):
    """A paragraph, or a line of a list."""

    phrases: tuple[Phrase, ...]
    kind: ParagraphKind = "plain"
    id: str | None = None
    language: LanguageTag | None = None


class Quotation(msgspec.Struct, frozen=True):
    """Words set apart, and whose they are."""

    id: str
    paragraphs: tuple[Lines, ...]


class Listing(msgspec.Struct, frozen=True):
    """A list without numbers."""

    items: tuple[Lines, ...]
    id: str | None = None


class NoteText(msgspec.Struct, frozen=True):
    """A note of the source."""

    id: str
    paragraphs: tuple[Lines, ...]


BookBlock = Lines | Quotation | Listing | NoteText


class Part(msgspec.Struct, frozen=True):
    """A heading and what stands under it, up to the next heading, whatever its depth.

    ``entry`` are the words of the heading in the contents; ``id`` is that of the section that it begins.
    """

    depth: int
    heading: Phrase
    blocks: tuple[BookBlock, ...]
    matter: Matter
    entry: str
    id: str | None = None

    @property
    def phrases(self) -> tuple[Phrase, ...]:
        """The heading and all phrases under it, in order."""
        return (self.heading, *(phrase for block in self.blocks for phrase in phrases_in(block)))


class TalkingBook(msgspec.Struct, frozen=True):
    """The parts in order, of which the title is the first."""

    document: Document
    title: str
    parts: tuple[Part, ...]

    @property
    def depth(self) -> int:
        """How many levels of headings there are."""
        return max(part.depth for part in self.parts)

    @property
    def phrases(self) -> tuple[Phrase, ...]:
        """All phrases in order."""
        return tuple(phrase for part in self.parts for phrase in part.phrases)


def phrases_in(block: BookBlock) -> Iterator[Phrase]:
    """Yield the phrases of a block in order."""
    match block:
        case Lines():
            yield from block.phrases
        case Quotation() | NoteText():
            yield from (phrase for lines in block.paragraphs for phrase in lines.phrases)
        case Listing():
            yield from (phrase for lines in block.items for phrase in lines.phrases)
        case _:
            assert_never(block)


def as_printed(phrase: Phrase) -> str:
    """Return the words of a phrase, without the name that may stand before them."""
    return plain_text(phrase.inlines)
