"""One door to all that is told of the structure of an edition."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

from converters.checks.outside.answers import Said
from converters.checks.structure import packages, texts
from converters.checks.structure.wanted import Wanted, wanted_of
from converters.document import Document

_PLAIN: Final = {"html", "html-fragment", "txt", "json", "vtt", "srt", "podcast-json", "chapters-json"}
"""Those that are UTF-8 and nothing else."""


def structure(format_name: str, files: Sequence[Path], document: Document) -> Iterator[Said]:
    """Yield what is wrong with how an edition is built; ``files``: the main one first.

    Raises what a parser raises for a file that is none of its format: parity says that it cannot be read.
    """
    if format_name in _PLAIN:
        broken = tuple(texts.encoding_faults(files[0]))
        yield from broken
        if broken:
            return
    yield from _built(format_name, files, document, wanted_of(document))


def _built(format_name: str, files: Sequence[Path], document: Document, wanted: Wanted) -> Iterator[Said]:
    match format_name:
        case "pdf":
            from converters.checks.structure.prints import faults_of_print

            yield from faults_of_print([path for path in files if path.suffix.lower() == ".pdf"], wanted)
        case "docx":
            from converters.checks.structure.word import faults_of_word

            yield from faults_of_word(files[0], wanted)
        case "json":
            yield from texts.faults_of_model(files[0], document)
        case "ebraille":
            yield from packages.faults_of_book(files[0], wanted, in_cells=True)
        case "srt":
            yield from texts.faults_of_subrip(files[0])
        case _ if format_name in _BY_WANTED:
            yield from _BY_WANTED[format_name](files[0], wanted)
        case _:
            pass


_BY_WANTED: Final = {
    "html": packages.faults_of_page,
    "html-fragment": packages.faults_of_fragment,
    "epub": packages.faults_of_book,
    "lpf": packages.faults_of_audiobook,
    "daisy202": packages.faults_of_daisy202,
    "daisy3": packages.faults_of_daisy3,
    "txt": texts.faults_of_text,
    "vtt": texts.faults_of_captions,
    "chapters-json": texts.faults_of_chapters,
    "pef": texts.faults_of_pef,
}
"""What looks at one file of a format."""
