"""The manifest of an audiobook: what it is, who reads it, and its files in order.

W3C Publication Manifest (https://www.w3.org/TR/pub-manifest/) in the profile of Audiobooks
(https://www.w3.org/TR/audiobooks/). It has no ``url``: the book is at no address of its own.
"""

import datetime
import uuid
from typing import Final

import msgspec

from converters.characters import clean
from converters.document import Document
from converters.languages import direction
from converters.narration.model import Narration
from converters.narration.pieces import lengths_of
from converters.phrases import Phrases
from converters.timing import Milliseconds
from converters.writers import WriteContext
from converters.writers.accessibility import Holds, access, evaluation
from converters.writers.heard import is_wholly_heard, narrators
from converters.writers.piece_files import PieceFile

ENTRY_PAGE: Final = "index.html"
COVER: Final = "cover.png"
AUDIO: Final = "audio"
"""The folder of the sound in the package."""

CONTEXTS: Final = ("https://schema.org", "https://www.w3.org/ns/pub-context")
PROFILE: Final = "https://www.w3.org/TR/audiobooks/"


class Words(msgspec.Struct, frozen=True):
    """A name in a language of its own."""

    value: str
    language: str


class Languages(msgspec.Struct, frozen=True):
    """The language of the manifest's words, and which way it runs."""

    language: str
    direction: str


class Contributor(msgspec.Struct, frozen=True):
    """Somebody who took part in the making, person or organisation."""

    type: str
    name: str


class MadeFrom(msgspec.Struct, frozen=True):
    """The transcript that the book was made from (schema.org ``isBasedOn``)."""

    name: str
    sha256: str
    type: str = "MediaObject"


class AccessModes(msgspec.Struct, frozen=True, rename="camel"):
    """Ways of taking in that together suffice."""

    item_list_element: tuple[str, ...]
    type: str = "ItemList"


class Resource(msgspec.Struct, frozen=True, omit_defaults=True, rename="camel"):
    """A file of the package."""

    url: str
    encoding_format: str
    name: str | Words
    duration: str | None = None
    rel: str | None = None
    kind: str = msgspec.field(default="", name="type")


class Manifest(msgspec.Struct, frozen=True, omit_defaults=True, rename="camel"):
    """The manifest as it stands in ``publication.json``."""

    context: tuple[str | Languages, ...] = msgspec.field(name="@context")
    conforms_to: str
    kind: str = msgspec.field(name="type")
    id: str
    name: str
    in_language: str
    date_modified: str
    duration: str
    abridged: bool
    reading_order: tuple[Resource, ...]
    resources: tuple[Resource, ...]
    access_mode: tuple[str, ...]
    access_mode_sufficient: tuple[AccessModes, ...]
    accessibility_feature: tuple[str, ...]
    accessibility_hazard: tuple[str, ...]
    accessibility_summary: str | Words
    read_by: tuple[Contributor, ...]
    author: Contributor | None = None
    publisher: Contributor | None = None
    contributor: tuple[Contributor, ...] = ()
    date_published: str | None = None
    is_based_on: MadeFrom | None = None


def manifest(document: Document, context: WriteContext, files: tuple[PieceFile, ...], *, has_cover: bool) -> bytes:
    """Return the manifest as JSON. The parts' durations add up to that of the whole, as the processing model asks."""
    metadata, phrases, narration = document.metadata, context.phrases, _narration(context)
    origin = context.provenance
    lengths = lengths_of(file.piece for file in files)
    show = clean(metadata.show or context.options.show.name or "")
    maker = Contributor("Organization", show) if show else None
    is_whole = is_wholly_heard(document, narration)
    parts = (_part(file, length, document, phrases) for file, length in zip(files, lengths, strict=True))
    holds = Holds(
        heard="wholly" if is_whole else "in part", recorded=narration.timeline == "recording", pictured=has_cover,
        reflows=True, contrast=True,
    )  # fmt: skip
    use = access(holds, _summary(context, narration, is_whole=is_whole))
    made = Manifest(
        context=(*CONTEXTS, Languages(metadata.language, direction(metadata.language))),
        conforms_to=PROFILE,
        kind="Audiobook",
        id=uuid.uuid5(uuid.NAMESPACE_URL, f"{show}/{context.slug}.lpf").urn,
        name=clean(context.title),
        in_language=metadata.language,
        date_modified=_moment(context.modified),
        duration=duration(Milliseconds(sum(lengths))),
        abridged=False,
        reading_order=tuple(parts),
        resources=_resources(context, document, has_cover=has_cover),
        access_mode=use.modes,
        access_mode_sufficient=tuple(AccessModes((mode,)) for mode in use.sufficient),
        accessibility_feature=use.features,
        accessibility_hazard=use.hazards,
        accessibility_summary=ours(use.summary, document, phrases),
        read_by=tuple(Contributor("Person", clean(name)) for name in narrators(document, narration, phrases)),
        author=maker,
        publisher=maker,
        contributor=tuple(Contributor("Person", clean(person.name)) for person in document.people),
        date_published=f"{metadata.published.isoformat()}T00:00:00Z" if metadata.published else None,
        is_based_on=MadeFrom(origin.source, origin.sha256) if origin else None,
    )
    return msgspec.json.format(msgspec.json.encode(made), indent=1) + b"\n"


def duration(length: Milliseconds) -> str:
    """Return ``PT3723.456S`` (ISO 8601)."""
    return f"PT{length // 1000}.{length % 1000:03}S"


def ours(words: str, document: Document, phrases: Phrases) -> str | Words:
    """Return words of ours, in their own language where that is not the document's."""
    same = phrases.language.split("-")[0] == document.metadata.language.split("-")[0]
    return words if same else Words(words, phrases.language)


def is_ours(title: str, phrases: Phrases) -> bool:
    """Tell whether the title of a piece is ours and not the source's."""
    return title in {
        phrases.chapter_start, phrases.at_a_glance, phrases.chapter_about, phrases.notes, phrases.notice,
        phrases.quotes, phrases.people, phrases.conversation, phrases.closing, phrases.accessibility, phrases.summary,
    }  # fmt: skip


def _narration(context: WriteContext) -> Narration:
    if context.narration is None:
        raise ValueError("an audiobook is made from a narration")
    return context.narration


def _moment(moment: datetime.datetime) -> str:
    return f"{moment.astimezone(datetime.UTC):%Y-%m-%dT%H:%M:%SZ}"


def _part(file: PieceFile, length: Milliseconds, document: Document, phrases: Phrases) -> Resource:
    title = clean(file.title)
    name = ours(title, document, phrases) if is_ours(title, phrases) else title
    return Resource(f"{AUDIO}/{file.name}", "audio/mpeg", name, duration(length), kind="LinkedResource")


def _resources(context: WriteContext, document: Document, *, has_cover: bool) -> tuple[Resource, ...]:
    phrases = context.phrases
    page = Resource(
        ENTRY_PAGE, "text/html", ours(phrases.contents, document, phrases), rel="contents", kind="LinkedResource"
    )
    name = ours(phrases.cover, document, phrases)
    cover = Resource(COVER, "image/png", name, rel="cover", kind="LinkedResource")
    return (page, cover) if has_cover else (page,)


def _summary(context: WriteContext, narration: Narration, *, is_whole: bool) -> str:
    phrases = context.phrases
    synthetic = phrases.voices_synthetic if narration.timeline == "narration" else ""
    in_part = "" if is_whole else phrases.read_aloud_in_part
    return " ".join(filter(None, (phrases.audiobook_summary, synthetic, in_part, evaluation(context, "lpf"))))
