"""Reading: a table of readers, one file a format, chosen by content first and suffix second.

A reader is a function ``(source, context) → Document``. It knows its format and
nothing of the others; what labels mean is decided in ``labels/``, for all of them.
Every word of the source is in the document or named in a finding.
"""

from collections.abc import Callable
from importlib import import_module
from typing import Final

import msgspec

from converters.document import Document
from converters.errors import SourceError
from converters.findings import Report
from converters.readers.recognition import refuse_what_is_not_text
from converters.settings import Options

PUT_IT_IN: Final = "Put the transcript into it and try again."


class ReadContext(msgspec.Struct, frozen=True):
    """What a reader may know beside the bytes; ``name`` is the source's file name."""

    name: str
    options: Options
    report: Report


ReadFunction = Callable[[bytes, ReadContext], Document]


class Reader(msgspec.Struct, frozen=True):
    """One row. ``opening`` are the bytes that a source of this format begins with, spaces left out."""

    name: str
    suffixes: tuple[str, ...]
    summary: str
    function: str
    opening: tuple[bytes, ...] = ()

    def load(self) -> ReadFunction:
        """Import the reading function; the module brings its library with it."""
        module, _, name = self.function.partition(":")
        function: ReadFunction = getattr(import_module(module), name)
        return function


TABLE: Final[tuple[Reader, ...]] = (
    Reader("json", (".json",), "the document model itself, as written by --to json",
           "converters.readers.model_json:read_model_json", opening=(b'{"', b"{}")),
    Reader("text", (".txt", ".text", ""), "a transcript as plain text, such as one copied from a show's web page",
           "converters.readers.plain_text:read_plain_text"),
)  # fmt: skip

SUFFIXES: Final = frozenset(suffix for reader in TABLE for suffix in reader.suffixes if suffix)
"""In a folder, files with these endings are taken for transcripts."""


def read(source: bytes, context: ReadContext) -> Document:
    """Return the transcript that the bytes hold.

    Raises ``SourceError`` (exit code 3) where they hold none, saying what to do.
    """
    if not source.removeprefix(b"\xef\xbb\xbf").strip():
        raise SourceError(f"{context.name}: the file is empty. {PUT_IT_IN}")
    refuse_what_is_not_text(source, context.name)
    return _reader_for(source).load()(source, context)


def _reader_for(source: bytes) -> Reader:
    beginning = b"".join(source[:256].removeprefix(b"\xef\xbb\xbf").split())
    for reader in TABLE:
        if reader.opening and beginning.startswith(reader.opening):
            return reader
    return TABLE[-1]
