"""The package of a book: its metadata, and what is in it, by EbookLib.

EbookLib re-parses ``EpubHtml`` and drops ``lang``, the head and attributes of the
body, so it is handed finished XHTML as plain items. It keeps every item in memory, so
sound is named to it and left empty; ``epub_container`` puts it in.
"""

import io
from typing import Final

import msgspec
from ebooklib import epub  # type: ignore[import-untyped]  # EbookLib has no types

from converters.characters import clean
from converters.document import Document, Part
from converters.human_checks import HumanCheck
from converters.identifiers import publication_urn
from converters.timing import Milliseconds
from converters.version import TOOL
from converters.writers import WriteContext
from converters.writers.accessibility import Access, Holds, access, check_of, text_summary
from converters.writers.origin import as_terms
from converters.writers.overlays import Overlay, clock
from converters.writers.parts import Entry, contents, entry_text
from converters.writers.sound_files import SoundFile
from converters.writers.xhtml import Rendering, root_attributes

STYLE: Final = "style.css"
COVER: Final = "cover.png"
LEXICON: Final = "lexicon.pls"
LEXICON_TYPE: Final = "application/pls+xml"
AUDIO: Final = "audio"
"""The folder of the sound in a book."""

ACTIVE: Final = "-epub-media-overlay-active"
"""The class of what is being heard; styled in ``epub-overlay.css``."""

_SMIL: Final = "application/smil+xml"
_ROLES: Final[dict[Part, str]] = {"host": "hst", "guest": "spk", "audience": "spk", "narrator": "nrt"}
"""MARC relators: host, speaker, narrator."""


class Page(msgspec.Struct, frozen=True):
    """A finished content document: its id in the package, its file, and its overlay where it has one."""

    id: str
    file: str
    content: bytes
    overlay: Overlay | None = None


class Aloud(msgspec.Struct, frozen=True):
    """What is said of a book that reads itself aloud, and its sound.

    ``summary`` is for people; ``is_whole`` tells that the sound alone gives everything, ``is_recorded`` that it
    is the show's own recording.
    """

    sounds: tuple[SoundFile, ...]
    narrators: tuple[str, ...]
    summary: str
    is_whole: bool
    is_recorded: bool = False


class Contents(msgspec.Struct, frozen=True):
    """All that goes into a book. The pages stand in reading order."""

    pages: tuple[Page, ...]
    style: bytes
    lexicon: bytes | None = None
    aloud: Aloud | None = None
    cover: bytes | None = None


def loose_book(rendering: Rendering, context: WriteContext, inside: Contents) -> io.BytesIO:
    """Return the book as a zip of which every sound is still empty."""
    book = _book(rendering, context)
    _add_accessibility(book, context, inside)
    for name, value in as_terms(context, "epub"):
        _add_meta(book, name, clean(value))
    if inside.aloud:
        _add_overlay_metadata(book, inside.pages, inside.aloud)
    _add_items(book, inside)
    book.toc = [_ncx_entry(rendering, entry) for entry in contents(rendering)]
    packed = io.BytesIO()
    options = {"raise_exceptions": True, "mtime": context.modified, "compresslevel": 0}
    epub.write_epub(packed, book, options)
    return packed


# metadata -----------------------------------------------------------------------------------


def _book(rendering: Rendering, context: WriteContext) -> epub.EpubBook:
    metadata = rendering.document.metadata
    book = epub.EpubBook()
    show = clean(metadata.show or context.options.show.name or "")
    book.set_identifier(publication_urn(show, context.slug))
    book.set_title(clean(rendering.title))
    book.set_language(metadata.language)
    book.set_direction(root_attributes(metadata.language)["dir"])
    if show:
        book.add_author(show)
        book.add_metadata("DC", "publisher", show)
        _add_series(book, show)
    if metadata.published:
        book.add_metadata("DC", "date", metadata.published.isoformat())
    if metadata.page:
        book.add_metadata("DC", "source", clean(metadata.page))
    for subject in metadata.subjects:
        book.add_metadata("DC", "subject", clean(subject))
    _add_people(book, rendering.document)
    book.set_unique_metadata("OPF", "generator", "", {"name": "generator", "content": TOOL})
    return book


def _add_series(book: epub.EpubBook, show: str) -> None:
    """Name the show as the series that the episode belongs to; which number it is nobody says (EPUB 3.3 §5.5.5)."""
    book.add_metadata(None, "meta", show, {"property": "belongs-to-collection", "id": "show"})
    _add_meta(book, "collection-type", "series", refines="#show")


def _add_people(book: epub.EpubBook, document: Document) -> None:
    for number, person in enumerate(document.people, 1):
        book.add_metadata("DC", "contributor", clean(person.name), {"id": f"contributor-{number}"})
        if person.part:
            refines = {"refines": f"#contributor-{number}", "property": "role", "scheme": "marc:relators"}
            book.add_metadata(None, "meta", _ROLES[person.part], refines)


def use_of(context: WriteContext, inside: Contents) -> Access:
    """Return what the book really offers."""
    aloud, pictured = inside.aloud, inside.cover is not None
    summary = text_summary(context, "epub", aloud.summary if aloud else "", pictured=pictured)
    holds = Holds(
        heard="not" if aloud is None else "wholly" if aloud.is_whole else "in part",
        in_step=aloud is not None, recorded=aloud is not None and aloud.is_recorded, pictured=pictured,
        lexicon=inside.lexicon is not None, reflows=True,
        roles=any(b' role="doc-' in page.content for page in inside.pages),
    )  # fmt: skip
    return access(holds, summary)


def _add_accessibility(book: epub.EpubBook, context: WriteContext, inside: Contents) -> None:
    """Say what the book offers; conformance is claimed only where a person has checked it."""
    for name, value in use_of(context, inside).terms:
        _add_meta(book, name, value)
    check = check_of(context, "epub")
    if check and check.conforms_to:
        _add_conformance(book, check.conforms_to, check)


def _add_conformance(book: epub.EpubBook, standard: str, check: HumanCheck) -> None:
    """Say what a person judged, who stands for it, and when it was (EPUB Accessibility 1.1 §3.5)."""
    claim = {"property": "dcterms:conformsTo", "id": "conformance"}
    book.add_metadata(None, "meta", f"EPUB Accessibility 1.1 - {standard}", claim)
    certifier = {"property": "a11y:certifiedBy", "refines": "#conformance", "id": "certifier"}
    book.add_metadata(None, "meta", check.certifier or check.who, certifier)
    _add_meta(book, "dcterms:date", check.date.isoformat(), refines="#certifier")


def _add_overlay_metadata(book: epub.EpubBook, pages: tuple[Page, ...], aloud: Aloud) -> None:
    """Say how long each overlay is and all together, who reads, and how what is heard is marked (EPUB 3.3 §9.3.5)."""
    told = [(page, page.overlay.duration) for page in pages if page.overlay]
    for page, duration in told:
        _add_meta(book, "media:duration", clock(duration), refines=f"#{_overlay_id(page)}")
    _add_meta(book, "media:duration", clock(Milliseconds(sum(duration for _, duration in told))))
    for narrator in aloud.narrators:
        _add_meta(book, "media:narrator", clean(narrator))
    _add_meta(book, "media:active-class", ACTIVE)


def _add_meta(book: epub.EpubBook, name: str, value: str, refines: str | None = None) -> None:
    marks = {"property": name, "refines": refines} if refines else {"property": name}
    book.add_metadata(None, "meta", value, marks)


# items ------------------------------------------------------------------------------------


def _add_items(book: epub.EpubBook, inside: Contents) -> None:
    items = [_page(page) for page in inside.pages]
    nav = next(item for item in items if item.id == "nav")
    nav.properties = ["nav"]
    book.spine = items
    style = epub.EpubItem("style", STYLE, "text/css", inside.style)
    for item in (*(item for item in items if item is not nav), nav, style, epub.EpubNcx()):
        book.add_item(item)
    if inside.cover is not None:
        _add_cover(book, inside.cover)
    if inside.lexicon is not None:
        book.add_item(epub.EpubItem("lexicon", LEXICON, LEXICON_TYPE, inside.lexicon))
    for page in inside.pages:
        if page.overlay:
            book.add_item(epub.EpubItem(_overlay_id(page), _smil_file(page), _SMIL, page.overlay.content))
    for number, sound in enumerate(inside.aloud.sounds if inside.aloud else (), 1):
        book.add_item(epub.EpubItem(f"audio-{number}", sound.name, sound.media_type))


def _add_cover(book: epub.EpubBook, picture: bytes) -> None:
    """Say which picture is the cover, also as reading systems of the EPUB 2 age look for it."""
    item = epub.EpubItem("cover", COVER, "image/png", picture)
    item.properties = ["cover-image"]
    book.add_item(item)
    book.add_metadata("OPF", "cover", "", {"name": "cover", "content": "cover"})


def _page(page: Page) -> epub.EpubItem:
    item = epub.EpubItem(page.id, page.file, "application/xhtml+xml", page.content)
    item.media_overlay = _overlay_id(page) if page.overlay else None
    return item


def _overlay_id(page: Page) -> str:
    return f"overlay-{page.id.removeprefix('page-')}"


def _smil_file(page: Page) -> str:
    return page.file.removesuffix(".xhtml") + ".smil"


def _ncx_entry(rendering: Rendering, entry: Entry) -> object:
    """Return an entry of the contents as EbookLib nests them, for reading systems of the EPUB 2 age."""
    href, title = rendering.address(entry.target), entry_text(entry)
    if not entry.entries:
        return epub.Link(href, title, f"ncx-{entry.target}")
    return epub.Section(title, href), [_ncx_entry(rendering, inner) for inner in entry.entries]
