"""What is known of an episode, in short, for whoever lists several: when it was, who takes part, what it is about.

It stands in the manifest, so that a catalogue, a feed or a report is made without reading a transcript again.
"""

import datetime

import msgspec

from converters.document import UNDETERMINED, Document, LanguageTag, NodeId, Paragraph, Part, Person
from converters.outline import outline, word_count
from converters.traverse import paragraph_text, turns


class TakesPart(msgspec.Struct, frozen=True, omit_defaults=True):
    """Somebody in an episode, under the id that they have in the whole archive; ``speaks``: words of theirs are there.

    ``part`` is a Podcasting 2.0 role, ``description`` role and affiliation as printed.
    """

    id: NodeId
    name: str
    part: Part | None = None
    description: str | None = None
    speaks: bool = True


class EpisodeFacts(msgspec.Struct, frozen=True, omit_defaults=True):
    """Facts of an episode; ``words`` are those spoken. ``summary`` is the source's own, its first paragraph.

    ``page`` and ``recording`` are URLs, ``subjects`` the source's own tags and categories.
    """

    language: LanguageTag = UNDETERMINED
    show: str | None = None
    published: datetime.date | None = None
    people: tuple[TakesPart, ...] = ()
    subjects: tuple[str, ...] = ()
    summary: str | None = None
    words: int = 0
    page: str | None = None
    recording: str | None = None


def facts_of(document: Document) -> EpisodeFacts:
    """Return what a document says of its episode."""
    known, heard = document.metadata, {person for turn in turns(document) for person in turn.people}
    people = tuple(_takes_part(person, speaks=person.id in heard) for person in document.people)
    return EpisodeFacts(
        known.language, known.show, known.published, people, known.subjects, _summary(document), word_count(document),
        known.page, known.recording,
    )  # fmt: skip


def _takes_part(person: Person, *, speaks: bool) -> TakesPart:
    return TakesPart(person.id, person.name, person.part, person.description, speaks)


def _summary(document: Document) -> str | None:
    """Return the first paragraph of the source's summary, None where it has none."""
    blocks = (block for section in outline(document).summaries for block in section.blocks)
    paragraphs = (block for block in blocks if isinstance(block, Paragraph))
    texts = (paragraph_text(paragraph).strip() for paragraph in paragraphs)
    return next(filter(None, texts), None)
