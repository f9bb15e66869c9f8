"""What a talking book says of itself, for the catalogues of libraries and for players: the same in both formats."""

import uuid
from typing import Final

import msgspec

from converters.characters import clean
from converters.narration.model import Narration
from converters.writers import WriteContext
from converters.writers.accessibility import Access, Holds, access, text_summary
from converters.writers.heard import narrators, sound_summary
from converters.writers.origin import origin_lines
from converters.writers.talking_book import TalkingBook
from converters.writers.talking_sound import BookSound

FULL: Final = "audioFullText"
"""Full text and full audio (DAISY 2.02 §2.1.2, ANSI/NISO Z39.86-2005 §3.3)."""
PARTLY: Final = "textPartAudio"
"""Full text, some of which has no sound: a recording says no headings."""


class BookFacts(msgspec.Struct, frozen=True):
    """Facts as plain text. ``maker`` is who publishes it, as far as that is known; ``date`` is the edition's.

    ``source_date`` is that of the episode, ``source`` its page, ``origin`` what the edition was made from and how,
    ``access`` how it can be used.
    """

    identifier: str
    title: str
    maker: str
    language: str
    date: str
    narrators: tuple[str, ...]
    people: tuple[str, ...]
    subjects: tuple[str, ...]
    kind: str
    source: str | None = None
    source_date: str | None = None
    origin: tuple[tuple[str, str], ...] = ()
    access: tuple[tuple[str, str], ...] = ()


def book_facts(book: TalkingBook, sound: BookSound, narration: Narration, context: WriteContext, own: str) -> BookFacts:
    """Return the facts of a book; each edition has an identifier of its own, the same at every run."""
    metadata = book.document.metadata
    show = clean(metadata.show or context.options.show.name or "")
    people = tuple(clean(person.name) for person in book.document.people)
    return BookFacts(
        identifier=uuid.uuid5(uuid.NAMESPACE_URL, f"{show}/{context.slug}/{own}").urn,
        title=_line(book.title) or context.slug,
        maker=_line(show or ", ".join(people) or book.title) or context.slug,
        language=metadata.language,
        date=context.modified.date().isoformat(),
        narrators=tuple(map(_line, narrators(book.document, narration, context.phrases))),
        people=people,
        subjects=tuple(filter(None, map(_line, metadata.subjects))),
        kind=FULL if _is_wholly_heard(book, sound) else PARTLY,
        source=clean(metadata.page) if metadata.page else None,
        source_date=metadata.published.isoformat() if metadata.published else None,
        origin=tuple((name, _line(value)) for name, value in origin_lines(context, own)),
        access=_use(book, sound, narration, context, own).properties,
    )


def _use(book: TalkingBook, sound: BookSound, narration: Narration, context: WriteContext, own: str) -> Access:
    is_whole = _is_wholly_heard(book, sound)
    holds = Holds(heard="wholly" if is_whole else "in part", in_step=True, recorded=narration.timeline == "recording")
    said = sound_summary(context.phrases, narration, is_whole=is_whole)
    return access(holds, text_summary(context, own, said))


def _line(text: str) -> str:
    return " ".join(clean(text).split())


def _is_wholly_heard(book: TalkingBook, sound: BookSound) -> bool:
    said = {node for node, heard in sound.heard.items() if not heard.is_silent}
    return all(phrase.id in said or phrase.elsewhere for phrase in book.phrases)
