"""A transcript as its format gives it: pieces in order, and the facts that stand beside them."""

import datetime

import msgspec

from converters.document import Note, Part, Video
from converters.readers.pieces import Piece


class Listed(msgspec.Struct, frozen=True):
    """Somebody on a printed list or in a list of data: a name, what is said of them, what they do here."""

    name: str
    description: str | None = None
    part: Part | None = None
    label: str | None = None
    """How the format names them where they speak, such as ``spk1``, when that is not their name."""


class Facts(msgspec.Struct, frozen=True):
    """What a source says of the episode beside the conversation; None and empty where it says nothing.

    ``summary`` are paragraphs as printed, ``language`` is BCP 47 as the source gives it.
    """

    title: str | None = None
    language: str | None = None
    show: str | None = None
    published: datetime.date | None = None
    page: str | None = None
    recording: str | None = None
    subjects: tuple[str, ...] = ()
    summary: tuple[str, ...] = ()
    people: tuple[Listed, ...] = ()
    videos: tuple[Video, ...] = ()


class Manuscript(msgspec.Struct, frozen=True):
    """What a reader of one format hands on to ``understanding``.

    ``speech_only`` says that the format holds nothing but what is said (captions,
    segments, rows): nothing before, between or after the turns is looked for.
    """

    pieces: tuple[Piece, ...]
    facts: Facts = Facts()
    notes: tuple[Note, ...] = ()
    speech_only: bool = False


def words_of(manuscript: Manuscript) -> tuple[str, ...]:
    """Return all texts of a manuscript, whose words the document and the findings must have together."""
    facts = manuscript.facts
    labels = tuple(piece.label for piece in manuscript.pieces if piece.label)
    people = tuple(text for one in facts.people for text in (one.name, one.description) if text)
    return (
        *(piece.text for piece in manuscript.pieces),
        *labels,
        *people,
        *facts.summary,
        *filter(None, (facts.title,)),
    )
