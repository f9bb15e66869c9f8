"""The editions: a table of writers, one file a format.

A writer is a function ``(document, context) → artifacts``. It knows its format and
nothing of the others, touches no output folder, and has no clock of its own.
"""

import datetime
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import Final, Literal

import msgspec

from converters.document import Document
from converters.errors import UsageError
from converters.findings import Report
from converters.narration.model import Narration, Timeline
from converters.phrases import Phrases
from converters.provenance import Provenance
from converters.settings import Options, Standard

Judge = Callable[[bytes, Standard], tuple[str, ...]]
"""Measures a finished PDF, and names the rules of a standard of large print that it does not meet."""

NarrationUse = Literal["needs", "uses", "ignores"]


class Artifact(msgspec.Struct, frozen=True):
    """One finished file that is not yet in its place; a ``name`` with slashes lies in folders of the edition's own.

    ``content`` is the bytes, or for long audio a finished file in the staging folder.
    ``timeline`` says of timed text whose times it has. ``access`` is what it says of how it can be used: properties
    of schema.org and their values, for lists of editions that say the same.
    """

    name: str
    media_type: str
    content: bytes | Path
    timeline: Timeline | None = None
    access: tuple[tuple[str, str], ...] = ()


class WriteContext(msgspec.Struct, frozen=True):
    """All that a writer may know beside the document.

    ``slug`` begins every file name. ``title`` is the episode's, or the source's file
    name where it has none. ``modified`` is the edition's date. ``siblings`` are the
    rows of all editions that this command makes. ``judge`` measures large print; without one
    nothing is found to differ. ``provenance`` is where all editions come from, None where nobody asks.
    """

    slug: str
    title: str
    source_name: str
    modified: datetime.datetime
    options: Options
    phrases: Phrases
    report: Report
    staging: Path
    siblings: tuple["Writer", ...] = ()
    narration: Narration | None = None
    judge: Judge | None = None
    provenance: Provenance | None = None


WriteFunction = Callable[[Document, WriteContext], tuple[Artifact, ...]]


class Writer(msgspec.Struct, frozen=True):
    """One row: what ``--to`` takes, the file it makes, and what it stands on.

    ``ending`` follows the slug in the name of the main file, and may say ``{slug}`` again where that lies in a
    folder of the edition's own.
    ``parts`` are the names of doctor's parts without which it cannot be made. ``samples``:
    it is made from uncompressed sound. ``timed``: it is timed text, whose file is
    ``slug-narration`` where its times are not the recording's. ``plays`` is the edition whose
    file it plays when it is read aloud, None where its sound is its own. ``for_staff``: it is no
    edition for readers, so the others do not name it. ``says_asides``: it is heard wholly, what is added to the
    transcript too.
    """

    name: str
    ending: str
    media_type: str
    summary: str
    function: str
    narration: NarrationUse = "ignores"
    plays: str | None = None
    parts: tuple[str, ...] = ()
    default: bool = False
    samples: bool = False
    timed: bool = False
    for_staff: bool = False
    says_asides: bool = False

    def file_name(self, slug: str, timeline: Timeline | None = None) -> str:
        """Return the name of the edition's main file; ``timeline`` says of timed text whose times it has."""
        own = "-narration" if self.timed and timeline == "narration" else ""
        return f"{slug}{own}{self.ending.replace('{slug}', slug)}"

    def load(self) -> WriteFunction:
        """Import the writing function; the module brings its heavy library with it."""
        module, _, name = self.function.partition(":")
        function: WriteFunction = getattr(import_module(module), name)
        return function


TABLE: Final[tuple[Writer, ...]] = (
    Writer("html", ".html", "text/html", "one accessible web page, complete in itself",
           "converters.writers.html:write_html", narration="uses", plays="mp3", default=True),
    Writer("epub", ".epub", "application/epub+zip", "an EPUB 3 book for phones, computers and reading devices",
           "converters.writers.epub:write_epub", narration="uses", parts=("ebooklib",), default=True),
    Writer("pdf", "-large-print.pdf", "application/pdf",
           "large print by a named standard, up to 48 point, tagged (PDF/UA-1)",
           "converters.writers.pdf:write_pdf", parts=("weasyprint", "atkinson"), default=True),
    Writer("mp3", ".mp3", "audio/mpeg", "spoken by synthetic voices, one for each person, with chapters",
           "converters.writers.mp3:write_mp3", narration="needs", parts=("speech", "lameenc"), default=True),
    Writer("m4b", ".m4b", "audio/mp4", "an audiobook for phones and tablets, with chapters",
           "converters.writers.m4b:write_m4b", narration="needs", parts=("speech", "av", "mutagen"),
           samples=True),
    Writer("opus", ".opus", "audio/ogg", "the smallest audio file, for newer players, with chapters",
           "converters.writers.opus:write_opus", narration="needs", parts=("speech", "av", "mutagen"),
           samples=True),
    Writer("mp3-set", "-mp3-set/{slug}.m3u", "audio/x-mpegurl",
           "numbered MP3 files for simple players, one for each exchange, with a playlist",
           "converters.writers.mp3_set:write_mp3_set", narration="needs", parts=("speech", "lameenc")),
    Writer("lpf", ".lpf", "application/lpf+zip", "a W3C Audiobook, with contents and transcript in it",
           "converters.writers.lpf:write_lpf", narration="needs", parts=("speech", "lameenc")),
    Writer("daisy202", "-daisy202.zip", "application/zip",
           "a DAISY 2.02 talking book for players old and new: full text, full audio",
           "converters.writers.daisy202:write_daisy202", narration="needs", parts=("speech", "lameenc"),
           says_asides=True),
    Writer("daisy3", "-daisy3.zip", "application/zip",
           "a DAISY 3 talking book (ANSI/NISO Z39.86-2005): full text, full audio",
           "converters.writers.daisy3:write_daisy3", narration="needs", parts=("speech", "lameenc"),
           says_asides=True),
    Writer("vtt", ".vtt", "text/vtt", "captions with names, WebVTT, for web players and podcast apps",
           "converters.writers.vtt:write_vtt", narration="uses", timed=True),
    Writer("srt", ".srt", "application/x-subrip", "captions with names, SubRip, for video hosts and players",
           "converters.writers.srt:write_srt", narration="uses", timed=True),
    Writer("podcast-json", ".transcript.json", "application/json",
           "the transcript for podcast apps (Podcasting 2.0), with the lines for the show's feed",
           "converters.writers.podcast_json:write_podcast_json", narration="uses", timed=True),
    Writer("chapters-json", ".chapters.json", "application/json+chapters",
           "the chapters for podcast apps, by section and exchange",
           "converters.writers.chapters_json:write_chapters_json", narration="uses", timed=True),
    Writer("html-fragment", "-fragment.html", "text/html",
           "the page as a fragment to paste into WordPress and the like, with a style sheet apart",
           "converters.writers.html_fragment:write_html_fragment", for_staff=True),
    Writer("docx", ".docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
           "a Word file in real styles: change one, and all of it follows",
           "converters.writers.docx:write_docx", parts=("python-docx",)),
    Writer("txt", ".txt", "text/plain", "plain text for braille displays and notetakers",
           "converters.writers.txt:write_txt"),
    Writer("brf", ".brf", "text/x-brf",
           "braille for embossers, braille displays and notetakers, laid out as a conversation",
           "converters.writers.brf:write_brf", parts=("liblouis",)),
    Writer("pef", ".pef", "application/x-pef+xml",
           "the same pages for any embosser, cell for cell (Portable Embosser Format)",
           "converters.writers.pef:write_pef", parts=("liblouis",)),
    Writer("ebraille", ".ebrl", "application/ebrl+zip",
           "braille for displays, which make the lines themselves (eBraille 1.0)",
           "converters.writers.ebraille:write_ebraille", parts=("liblouis",)),
    Writer("json", ".json", "application/json", "the document model itself, for other programs",
           "converters.writers.model_json:write_model_json"),
)  # fmt: skip


def writer_named(name: str) -> Writer:
    """Return the row of that name. Raises ``UsageError`` that lists the names."""
    for writer in TABLE:
        if writer.name == name:
            return writer
    known = ", ".join(writer.name for writer in TABLE)
    raise UsageError(f"There is no format “{name}”. The formats are: {known}, or all.")
