"""``opds.json``: the archive for reading apps, as OPDS 2.0 has it (https://drafts.opds.io/opds-2.0), in pages.

Accessibility stands where the Readium Web Publication Manifest has it, and says what the edition says of itself.
"""

from typing import Final, Literal

import msgspec

from converters.archive.holdings import Archive, Files
from converters.archive.publications import (
    A_PAGE,
    COVER,
    Publication,
    covers,
    modified,
    moment,
    name_of,
    pages,
    publications,
)
from converters.cover import SQUARE

NAME: Final = "opds.json"
TYPE: Final = "application/opds+json"
OPEN: Final = "http://opds-spec.org/acquisition/open-access"
_HAZARDS: Final = frozenset(("noFlashingHazard", "noMotionSimulationHazard", "noSoundHazard", "none"))
"""Those of schema.org that the manifest's schema knows too, and that editions of ours say."""


class Link(msgspec.Struct, frozen=True, omit_defaults=True):
    """Where something is, in which media type, and what it is to what it stands with."""

    href: str
    type: str
    rel: str | None = None
    title: str | None = None
    duration: int | None = None
    width: int | None = None
    height: int | None = None


class Contributor(msgspec.Struct, frozen=True, omit_defaults=True):
    """Somebody who takes part; ``role`` is a Podcasting 2.0 role."""

    name: str
    role: str | None = None


class Accessibility(msgspec.Struct, frozen=True, omit_defaults=True, rename="camel"):
    """How the edition for reading apps can be used, in schema.org's values."""

    access_mode: tuple[str, ...] = ()
    access_mode_sufficient: tuple[str, ...] = ()
    feature: tuple[str, ...] = ()
    hazard: tuple[str, ...] = ()
    summary: str | None = None


class Metadata(msgspec.Struct, frozen=True, omit_defaults=True):
    """What an episode is; ``duration`` in seconds."""

    kind: str = msgspec.field(name="@type")
    identifier: str
    title: str
    modified: str
    published: str | None = None
    language: str | None = None
    author: tuple[Contributor, ...] = ()
    contributor: tuple[Contributor, ...] = ()
    publisher: str | None = None
    subject: tuple[str, ...] = ()
    description: str | None = None
    duration: int | None = None
    accessibility: Accessibility | None = None


class Entry(msgspec.Struct, frozen=True, omit_defaults=True):
    """A publication of the feed."""

    metadata: Metadata
    links: tuple[Link, ...]
    images: tuple[Link, ...] = ()


class FeedMetadata(msgspec.Struct, frozen=True, rename="camel"):
    """What the feed is, and how much there is in it and in its further files."""

    title: str
    modified: str
    number_of_items: int
    items_per_page: int
    current_page: int


class Feed(msgspec.Struct, frozen=True):
    """A file of the feed."""

    metadata: FeedMetadata
    links: tuple[Link, ...]
    publications: tuple[Entry, ...]


def opds(archive: Archive) -> Files:
    """Return the files of the feed, none where there is no episode."""
    found = publications(archive)
    files = pages(found, NAME)
    names = tuple(name for name, _ in files)
    images = (Link(COVER, "image/png", width=SQUARE.width, height=SQUARE.height),) if covers(archive) else ()
    per_file, updated, fed = min(A_PAGE, len(found)), moment(modified(found)), dict[str, bytes]()
    for number, (name, several) in enumerate(files):
        told = FeedMetadata(name_of(archive), updated, len(found), per_file, number + 1)
        feed = Feed(told, _links(names, number), tuple(_entry(one, images) for one in several))
        fed[name] = msgspec.json.format(msgspec.json.encode(feed), indent=2) + b"\n"
    return fed


def _links(names: tuple[str, ...], number: int) -> tuple[Link, ...]:
    """Return the file itself, the catalogue for people, and the files before and after."""
    further: tuple[tuple[Literal["first", "previous", "next", "last"], int], ...] = (
        ("first", 0), ("previous", number - 1), ("next", number + 1), ("last", len(names) - 1),
    )  # fmt: skip
    return (
        Link(names[number], TYPE, "self"),
        Link("index.html", "text/html", "alternate"),
        *(Link(names[place], TYPE, rel) for rel, place in further if 0 <= place < len(names) and len(names) > 1),
    )


def _entry(one: Publication, images: tuple[Link, ...]) -> Entry:
    facts = one.held.facts
    page = (Link(facts.page, "text/html", "alternate"),) if facts.page else ()
    return Entry(
        _metadata(one),
        (
            Link(one.page.href, one.page.media_type, "self"),
            *(Link(e.href, e.media_type, OPEN, e.title, e.seconds) for e in one.editions),
            *page,
        ),
        images,
    )


def _metadata(one: Publication) -> Metadata:
    facts = one.held.facts
    hosts = tuple(Contributor(person.name, "host") for person in one.people if person.part == "host")
    others = tuple(Contributor(person.name, person.part) for person in one.people if person.part != "host")
    return Metadata(
        kind="http://schema.org/PodcastEpisode", identifier=one.identifier, title=one.title,
        modified=moment(one.modified), published=facts.published.isoformat() if facts.published else None,
        language=one.language, author=hosts, contributor=others, publisher=one.publisher,
        subject=facts.subjects, description=facts.summary, duration=one.seconds, accessibility=_accessibility(one),
    )  # fmt: skip


def _accessibility(one: Publication) -> Accessibility | None:
    if not one.access:
        return None
    return Accessibility(
        one.said("accessMode"), one.said("accessModeSufficient"), one.said("accessibilityFeature"),
        tuple(hazard for hazard in one.said("accessibilityHazard") if hazard in _HAZARDS),
        next(iter(one.said("accessibilitySummary")), None),
    )  # fmt: skip
