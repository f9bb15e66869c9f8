"""Braille for embossers, displays and notetakers: braille ASCII, CR LF after each line, a form feed after each page.

A BRF holds the characters U+0020 to U+005F, CR, LF and FF, and nothing that says which code they are in: its title
page does.
"""

from converters.braille import in_ascii
from converters.document import Document
from converters.writers import Artifact, WriteContext, writer_named
from converters.writers.braille_edition import braille_edition
from converters.writers.braille_pages import Volume


def write_brf(document: Document, context: WriteContext) -> tuple[Artifact, ...]:
    """Return a file for each volume: ``slug.brf``, then ``slug-volume-2.brf``."""
    row = writer_named("brf")
    volumes = braille_edition(document, context).volumes
    slugs = (context.slug, *(f"{context.slug}-volume-{number}" for number in range(2, len(volumes) + 1)))
    named = zip(slugs, volumes, strict=True)
    return tuple(Artifact(row.file_name(slug), row.media_type, _file(volume)) for slug, volume in named)


def _file(volume: Volume) -> bytes:
    pages = ("".join(in_ascii(line) + "\r\n" for line in page.lines) + "\f" for page in volume.pages)
    return "".join(pages).encode("ascii")
