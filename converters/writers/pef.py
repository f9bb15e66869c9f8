"""PEF 2008-1, the Portable Embosser Format: the pages of the braille file, cell for cell, for any embosser.

A braille file in ASCII means other cells on a machine that is set to another country's signs. Here every cell is a
Unicode pattern, and how many cells and lines a page has is said (PEF 1.0, public draft of 2009).
"""

import uuid
from collections.abc import Iterator
from typing import Final

from converters.braille import BLANK
from converters.characters import clean
from converters.document import Document
from converters.writers import Artifact, WriteContext, writer_named
from converters.writers.braille_edition import braille_edition
from converters.writers.braille_pages import BrailleEdition, Page, Volume
from converters.writers.markup import Markup, element, lines, text
from converters.writers.origin import origin

_NAMESPACE: Final = "http://www.daisy.org/ns/2008/pef"
_DUBLIN_CORE: Final = "http://purl.org/dc/elements/1.1/"


def write_pef(document: Document, context: WriteContext) -> tuple[Artifact, ...]:
    """Return one file with all volumes. Raises ``MissingPartError`` without liblouis or braille for the language."""
    edition = braille_edition(document, context, "pef")
    row = writer_named("pef")
    return (Artifact(row.file_name(context.slug), row.media_type, _portable(document, context, edition)),)


def _portable(document: Document, context: WriteContext, edition: BrailleEdition) -> bytes:
    head = element("head", element("meta", lines(*_metadata(document, context)), attributes={"xmlns:dc": _DUBLIN_CORE}))
    body = element("body", lines(*(_volume(volume, edition) for volume in edition.volumes)))
    whole = element("pef", lines(head, body), attributes={"version": "2008-1", "xmlns": _NAMESPACE})
    return f'<?xml version="1.0" encoding="utf-8"?>\n{whole}\n'.encode()


def _metadata(document: Document, context: WriteContext) -> Iterator[Markup]:
    """Yield what catalogues read; format and identifier are required (PEF 1.0, the element ``meta``)."""
    metadata = document.metadata
    show = clean(metadata.show or context.options.show.name or "")
    identifier = uuid.uuid5(uuid.NAMESPACE_URL, f"{show}/{context.slug}/pef").urn
    yield element("dc:format", text("application/x-pef+xml"))
    yield element("dc:identifier", text(identifier))
    yield element("dc:title", text(context.title))
    yield element("dc:creator", text(show)) if show else Markup("")
    yield element("dc:publisher", text(show)) if show else Markup("")
    yield from (element("dc:contributor", text(person.name)) for person in document.people)
    yield element("dc:date", text(context.modified.strftime("%Y-%m-%d")))
    yield element("dc:language", text(metadata.language))
    yield element("dc:source", text(metadata.page)) if metadata.page else Markup("")
    said = origin(context, "pef")
    yield element("dc:source", text(said.source)) if said else Markup("")
    made = f"{context.phrases.braille_by_machine}; {said.settings}" if said else context.phrases.braille_by_machine
    yield element("dc:description", text(made))


def _volume(volume: Volume, edition: BrailleEdition) -> Markup:
    """Return a volume: what stands in front, and the text, each beginning on a sheet of its own.

    Both sides of the paper are embossed, as is usual, and lines of six dots need no gap between them.
    """
    size = {"cols": str(edition.cells), "rows": str(edition.lines), "rowgap": "0", "duplex": "true"}
    parts = (volume.pages[: volume.front], volume.pages[volume.front :])
    sections = (element("section", lines(*map(_page, pages))) for pages in parts if pages)
    return element("volume", lines(*sections), attributes={**size})


def _page(page: Page) -> Markup:
    """Return a page; blank cells at the end of a row are left out."""
    rows = (element("row", text(line.rstrip(BLANK))) for line in page.lines)
    return element("page", *rows)
