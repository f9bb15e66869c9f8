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
from converters.findings import Report
from converters.readers.recognition import recognise
from converters.settings import Options


class ReadContext(msgspec.Struct, frozen=True):
    """What a reader may know beside the bytes.

    ``name`` is the source's file name, ``entry`` the episode's own where the source
    holds several (a WordPress export).
    """

    name: str
    options: Options
    report: Report
    entry: str | None = None


ReadFunction = Callable[[bytes, ReadContext], Document]


class Reader(msgspec.Struct, frozen=True):
    """One row. ``suffixes`` are those that files of this format mostly have; the content tells."""

    name: str
    suffixes: tuple[str, ...]
    summary: str
    function: str

    def load(self) -> ReadFunction:
        """Import the reading function; the module brings its library with it."""
        module, _, name = self.function.partition(":")
        function: ReadFunction = getattr(import_module(module), name)
        return function


TABLE: Final[tuple[Reader, ...]] = (
    Reader("text", (".txt", ".text", ""), "a transcript as plain text, such as one copied from a show's web page",
           "converters.readers.plain_text:read_plain_text"),
    Reader("markdown", (".md", ".markdown"), "Markdown, with YAML or TOML front matter or without",
           "converters.readers.markdown:read_markdown"),
    Reader("html", (".html", ".htm", ".xhtml"), "a saved web page, or a piece of one",
           "converters.readers.web_page:read_web_page"),
    Reader("word", (".docx",), "a Word file", "converters.readers.word_file:read_word_file"),
    Reader("srt", (".srt",), "SubRip captions", "converters.readers.subrip:read_subrip"),
    Reader("vtt", (".vtt",), "WebVTT captions", "converters.readers.webvtt:read_webvtt"),
    Reader("segments", (".json",), "what podcast hosts and speech recognisers write: Podcasting 2.0, Whisper, others",
           "converters.readers.segments:read_segments"),
    Reader("csv", (".csv", ".tsv"), "a table with columns for who speaks, what, and when",
           "converters.readers.csv_table:read_csv_table"),
    Reader("xml", (".xml", ".trs"), "turns in XML: Transcriber, TEI, and their like",
           "converters.readers.xml_turns:read_xml_turns"),
    Reader("wordpress", (".xml",), "a WordPress export: every post of it is an episode",
           "converters.readers.wordpress:read_wordpress"),
    Reader("json", (".json",), "the document model itself, as written by --to json",
           "converters.readers.model_json:read_model_json"),
)  # fmt: skip

SUFFIXES: Final = frozenset(suffix for reader in TABLE for suffix in reader.suffixes if suffix)
"""In a folder, files with these endings are taken for transcripts."""


def read(source: bytes, context: ReadContext) -> Document:
    """Return the transcript that the bytes hold.

    Raises ``SourceError`` (exit code 3) where they hold none, saying what to do.
    """
    return reader_for(source, context.name).load()(source, context)


def reader_for(source: bytes, name: str) -> Reader:
    """Return the reader whose format a source is in. Raises ``SourceError`` where it is in none."""
    wanted = recognise(source, name)
    return next(reader for reader in TABLE if reader.name == wanted)
