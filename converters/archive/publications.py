"""The episodes of an archive as reading apps list them: one publication each, with all that can be taken of it."""

import datetime
from typing import Final

import msgspec

from converters.archive.entries import Offer, address, offers
from converters.archive.holdings import Archive, Files, Held
from converters.archive.indexes import is_somebody
from converters.characters import clean
from converters.cover import cover
from converters.episode_facts import TakesPart
from converters.identifiers import publication_urn
from converters.phrases import Phrases, phrases_for
from converters.settings import Show
from converters.writers.additions import edition_name

COVER: Final = "cover.png"
A_PAGE: Final = 100
"""Publications that one file of a feed holds; a reading app asks for the next."""
_NO_DATE: Final = datetime.date(2000, 1, 1)
_READING: Final = ("epub", "html")
"""The editions that reading apps take, whose accessibility is the publication's: it is claimed of nothing else."""


class Taken(msgspec.Struct, frozen=True):
    """An edition that can be taken: its address relative to the feed, its media type, what it is called, its bytes."""

    href: str
    media_type: str
    title: str
    size: int
    seconds: int | None


class Publication(msgspec.Struct, frozen=True):
    """An episode; ``identifier`` is its book's. ``access`` are properties of schema.org and their values."""

    held: Held
    identifier: str
    title: str
    publisher: str | None
    modified: datetime.date
    people: tuple[TakesPart, ...]
    editions: tuple[Taken, ...]
    access: tuple[tuple[str, str], ...]
    seconds: int | None

    @property
    def page(self) -> Taken:
        """Where the episode is at home: its page, or else the first edition."""
        return next((one for one in self.editions if one.media_type == "text/html"), self.editions[0])

    @property
    def language(self) -> str | None:
        """The language, None where it is not known."""
        return None if self.held.language == "und" else self.held.language

    def said(self, name: str) -> tuple[str, ...]:
        """Return the values of a property of schema.org."""
        return tuple(value for own, value in self.access if own == name)


def publications(archive: Archive) -> tuple[Publication, ...]:
    """Return the episodes of which there is an edition for readers, the newest first."""
    return tuple(_publication(held, archive.show) for held in archive.episodes if _to_be_taken(held))


def covers(archive: Archive) -> Files:
    """Return the picture that stands for every publication of the show, where it can be drawn."""
    if not archive.episodes:
        return {}
    phrases = phrases_for(archive.language)
    drawn = cover(clean(archive.show.name or phrases.catalogue_title_unnamed), (), archive.language)
    return {COVER: drawn} if drawn else {}


def name_of(archive: Archive) -> str:
    """Return what the whole archive is called."""
    phrases, name = phrases_for(archive.language), archive.show.name
    return phrases.catalogue_title.format(show=clean(name)) if name else phrases.catalogue_title_unnamed


def modified(publications: tuple[Publication, ...]) -> datetime.date:
    """Return the day of the newest, of none of which a clock knows."""
    return max((one.modified for one in publications), default=_NO_DATE)


def moment(day: datetime.date) -> str:
    """Return the beginning of a day as RFC 3339 has it."""
    return f"{day.isoformat()}T00:00:00Z"


def moment_of_day(day: datetime.date) -> datetime.datetime:
    """Return the beginning of a day, UTC."""
    return datetime.datetime(day.year, day.month, day.day, tzinfo=datetime.UTC)


def pages(found: tuple[Publication, ...], name: str) -> tuple[tuple[str, tuple[Publication, ...]], ...]:
    """Return the publications in files of a feed, the first one called ``name``, the second ``name-2``."""
    stem, _, suffix = name.rpartition(".")
    begins = range(0, len(found), A_PAGE)
    return tuple(
        (name if not begin else f"{stem}-{begin // A_PAGE + 1}.{suffix}", found[begin : begin + A_PAGE])
        for begin in begins
    )


def _publication(held: Held, show: Show) -> Publication:
    phrases, found = phrases_for(held.language), _to_be_taken(held)
    editions = tuple(_taken(offer, held, phrases) for offer in found)
    reading = [offer.main for name in _READING for offer in found if offer.format == name and not offer.main.stale]
    return Publication(
        held,
        publication_urn(clean(held.facts.show or show.name or ""), held.folder),
        clean(held.title),
        clean(held.facts.show or show.name or "") or None,
        held.facts.published or _NO_DATE,
        tuple(person for person in held.facts.people if is_somebody(person, show)),
        editions,
        reading[0].access if reading else (),
        next((one.seconds for one in editions if one.seconds), None),
    )


def _to_be_taken(held: Held) -> tuple[Offer, ...]:
    """Return the editions that are a whole publication by themselves: captions and data are not."""
    return tuple(offer for offer in offers(held) if not offer.writer.timed and offer.format != "json")


def _taken(offer: Offer, held: Held, phrases: Phrases) -> Taken:
    row = offer.main
    return Taken(address(held, row), row.media_type, edition_name(phrases, offer.writer), offer.bytes, row.seconds)
