"""THE MODEL: one spoken conversation, whatever it was read from, whatever is made of it.

Everything is frozen and hashable, sequences are tuples, unions are closed. The
types know no format, no style, no path and no voice engine. Their JSON form is
lossless and versioned; it is published by ``curbcut formats --schema``.

Ids are empty until ``identifiers.assign`` gives them out; a reader that finds
an id in its source puts it in, and it stays.
"""

import datetime
from typing import Final, Literal, NewType

import msgspec

from converters.timing import SourceTime

NodeId = NewType("NodeId", str)
"""``[a-z][a-z0-9-]*``: an XML name, a URL fragment and a cue identifier, all unescaped."""

LanguageTag = NewType("LanguageTag", str)
"""BCP 47; ``und`` where the language is not known."""

UNIDENTIFIED: Final = NodeId("")
UNDETERMINED: Final = LanguageTag("und")
MODEL_VERSION: Final = 3


class Node(
    msgspec.Struct,
    frozen=True,
    omit_defaults=True,
    forbid_unknown_fields=True,
    tag_field="type",
    tag=str.lower,
):
    """What every part of the model shares: frozen, and tagged with its name in JSON."""


# inside a sentence ---------------------------------------------------------------


class Text(Node, frozen=True):
    """Words as they stand in the source, spaces included."""

    value: str


class Emphasis(Node, frozen=True):
    """Words that the source sets apart."""

    inlines: "Inlines"
    strength: Literal["emphasis", "strong"] = "emphasis"


class Foreign(Node, frozen=True):
    """Words in another language than those around them (WCAG 3.1.2)."""

    inlines: "Inlines"
    language: LanguageTag


class Link(Node, frozen=True):
    """The source's own link; ``href`` is whole."""

    inlines: "Inlines"
    href: str


SoundKind = Literal[
    "music",
    "laughter",
    "applause",
    "effect",
    "silence",
    "unclear",
    "crosstalk",
    "direction",
    "break",
    "advert",
    "other",
]


class Sound(Node, frozen=True):
    """Something heard or done that is not speech, ``description`` as printed, brackets and all (WCAG 1.2.1).

    ``unclear`` stands for words that nobody could make out, ``crosstalk`` for several
    people at once, ``direction`` for what is done, ``break`` and ``advert`` for where the
    conversation stops for a while.
    """

    description: str
    kind: SoundKind = "other"
    id: NodeId = UNIDENTIFIED
    time: SourceTime | None = None


class NoteReference(Node, frozen=True):
    """The mark of a note; ``label`` as printed."""

    note: NodeId
    label: str


Inline = Text | Emphasis | Foreign | Link | Sound | NoteReference
Inlines = tuple[Inline, ...]


# what is said, quoted and told ------------------------------------------------------


class Sentence(Node, frozen=True):
    """The smallest thing that is spoken, highlighted and linked to.

    ``time`` is its stretch of the *source recording*; times in our own narration
    are never kept in the model.
    """

    inlines: Inlines
    id: NodeId = UNIDENTIFIED
    time: SourceTime | None = None


class Paragraph(Node, frozen=True):
    """Sentences in order. Outside a turn it is editorial text, said by nobody."""

    sentences: tuple[Sentence, ...]
    id: NodeId = UNIDENTIFIED


class Turn(Node, frozen=True):
    """One stretch of speech, until somebody else speaks.

    ``people`` is empty where the source does not say who speaks, and holds several
    where they speak together. ``label`` is as printed, without its colon.
    """

    paragraphs: tuple[Paragraph, ...]
    people: tuple[NodeId, ...] = ()
    label: str | None = None
    language: LanguageTag | None = None
    id: NodeId = UNIDENTIFIED


class Attribution(Node, frozen=True):
    """Whose words a quotation is: the line as printed, and the person where known."""

    line: Sentence
    person: NodeId | None = None


class PullQuote(Node, frozen=True):
    """Words lifted out of the conversation; ``repeats`` is the turn that has them all."""

    paragraphs: tuple[Paragraph, ...]
    attribution: Attribution | None = None
    repeats: NodeId | None = None
    id: NodeId = UNIDENTIFIED


class PersonEntry(Node, frozen=True):
    """One line of a printed list of people, as printed, without its bullet."""

    line: Sentence
    person: NodeId


class PeopleList(Node, frozen=True):
    """The source's own list of who takes part."""

    entries: tuple[PersonEntry, ...]
    id: NodeId = UNIDENTIFIED


Block = Turn | Paragraph | PullQuote | PeopleList | Sound


# the whole ------------------------------------------------------------------------

SectionKind = Literal[
    "notice",
    "summary",
    "quotes",
    "people",
    "transcript",
    "closing",
    "accessibility",
    "furniture",
]


class Section(Node, frozen=True):
    """Depth is nesting, so a heading level cannot be skipped.

    ``furniture`` is what belongs to the page rather than to the episode: kept,
    set apart, never spoken. ``heading`` is empty where the source prints none.
    """

    kind: SectionKind
    blocks: tuple[Block, ...]
    heading: Inlines = ()
    subsections: tuple["Section", ...] = ()
    id: NodeId = UNIDENTIFIED


class Note(Node, frozen=True):
    """A footnote or endnote, reached by its ``NoteReference``."""

    paragraphs: tuple[Paragraph, ...]
    id: NodeId = UNIDENTIFIED


Part = Literal["host", "guest", "audience", "narrator"]


class Person(Node, frozen=True):
    """Somebody who takes part, under one name in the whole archive.

    ``name`` is as a reader would write it, ``labels`` are as printed, ``part`` is
    what they do here (Podcasting 2.0 roles), ``description`` their role and
    affiliation as printed.
    """

    id: NodeId
    name: str
    labels: tuple[str, ...] = ()
    part: Part | None = None
    description: str | None = None
    pronunciation: str | None = None
    voice: str | None = None


VideoKind = Literal["sign-language", "described"]


class Video(Node, frozen=True):
    """Another way to follow the episode: signed, or with what is seen described; ``href`` is a URL.

    ``name`` says which: the sign language, or the describer.
    """

    kind: VideoKind
    href: str
    name: str | None = None


class Metadata(Node, frozen=True):
    """What is known of the episode; nothing is guessed.

    ``page`` and ``recording`` are URLs, ``subjects`` the source's own tags and categories.
    """

    title: str | None = None
    language: LanguageTag = UNDETERMINED
    show: str | None = None
    published: datetime.date | None = None
    page: str | None = None
    recording: str | None = None
    subjects: tuple[str, ...] = ()
    videos: tuple[Video, ...] = ()


class Document(Node, frozen=True):
    """One episode. Sections stand in the order of the source."""

    metadata: Metadata
    people: tuple[Person, ...]
    sections: tuple[Section, ...]
    notes: tuple[Note, ...] = ()
    version: int = MODEL_VERSION
