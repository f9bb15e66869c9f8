"""PEF 2008-1, the Portable Embosser Format: the pages of the braille file, cell for cell, for any embosser.

A braille file in ASCII means other cells on a machine that is set to another country's signs. Here every cell is a
Unicode pattern, and how many cells and lines a page has is said (PEF 1.0, public draft, §3).
"""

import uuid
from collections.abc import Iterator
from typing import Final

from converters.characters import clean
from converters.document import Document
from converters.writers import Artifact, WriteContext, writer_named
from converters.writers.markup import Markup, element, lines, text

_NAMESPACE: Final = "http://www.daisy.org/ns/2008/pef"
_DUBLIN_CORE: Final = "http://purl.org/dc/elements/1.1/"
_BLANK: Final = "\u2800"

Pages = tuple[tuple[str, ...], ...]
"""Pages, each of rows, each of cells."""


def portable(document: Document, context: WriteContext, volumes: tuple[Pages, ...], note: str) -> bytes:
    """Return the volumes as one PEF document; ``note`` says in words what a reader has to know of them."""
    marks = {"version": "2008-1", "xmlns": _NAMESPACE}
    head = element("head", element("meta", lines(*_metadata(document, context, note)),
                                   attributes={"xmlns:dc": _DUBLIN_CORE}))
    body = element("body", *(_volume(pages, context) for pages in volumes))
    whole = element("pef", lines(head, body), attributes={**marks})
    return f'<?xml version="1.0" encoding="utf-8"?>\n{whole}\n'.encode()


def _metadata(document: Document, context: WriteContext, note: str) -> Iterator[Markup]:
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
    yield element("dc:description", text(note))


def _volume(pages: Pages, context: WriteContext) -> Markup:
    """Return a volume. Both sides of the paper are embossed, and lines of six dots need no gap between them."""
    size: dict[str, str | None] = {"cols": "40", "rows": "25", "rowgap": "0", "duplex": "true"}
    section = element("section", *(_page(rows) for rows in pages))
    return element("volume", section, attributes=size)


def _page(rows: tuple[str, ...]) -> Markup:
    """Return a page; blank cells at the end of a row, and blank rows at the end of a page, are left out."""
    bare = [row.rstrip(_BLANK) for row in rows]
    while bare and not bare[-1]:
        bare.pop()
    return element("page", *(element("row", text(row)) for row in bare))
