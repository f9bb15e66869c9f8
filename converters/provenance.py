"""Where an edition comes from: the transcript, the settings that shaped it, and the voices that are heard in it.

Each edition says so in its own metadata, and so does the manifest. Said is what makes an edition again, and no more:
no path of the machine, no name of a profile or of whoever asked for it.
"""

import shlex
from collections.abc import Iterator
from typing import Final

import msgspec

from converters.settings import Options
from converters.version import TOOL

LAID_OUT: Final = frozenset(
    ("html", "html-fragment", "epub", "pdf", "docx", "txt", "lpf", "daisy202", "daisy3", "brf", "pef", "ebraille")
)
"""The editions that set long turns in blocks."""
PRINTED: Final = frozenset(("pdf", "docx"))
IN_BRAILLE: Final = frozenset(("brf", "pef", "ebraille"))
PAGED_IN_BRAILLE: Final = frozenset(("brf", "pef"))


class Voices(msgspec.Struct, frozen=True):
    """The synthetic voices of an edition: name and version of what speaks, and their ids as ``curbcut voices`` has."""

    engine: str
    ids: tuple[str, ...]


class Provenance(msgspec.Struct, frozen=True):
    """What every edition of one command comes from: file name and SHA-256 of the transcript, and the voices.

    ``voices`` is None where nothing is spoken by a machine.
    """

    source: str
    sha256: str
    voices: Voices | None = None


class Told(msgspec.Struct, frozen=True):
    """What one edition says of where it comes from, each in a line.

    ``settings`` are in the words of the command line. ``voices`` is None where it has none that are synthetic; else
    it begins with saying that they are.
    """

    source: str
    settings: str
    voices: str | None

    @property
    def lines(self) -> tuple[tuple[str, str], ...]:
        """The same as names and values."""
        said = (("source", self.source), ("settings", self.settings), ("voices", self.voices))
        return tuple((name, value) for name, value in said if value)


def told(provenance: Provenance, options: Options, edition: str, *, is_narrated: bool) -> Told:
    """Return what an edition says; ``is_narrated``: the narration is in it, or in step with it."""
    voices = provenance.voices if is_narrated else None
    return Told(
        source=f"{provenance.source}, SHA-256 {provenance.sha256}",
        settings=" ".join((TOOL, settings_of(options, edition, is_narrated=is_narrated))).rstrip(),
        voices=f"synthetic, {voices.engine}: {', '.join(voices.ids)}" if voices else None,
    )


def settings_of(options: Options, edition: str, *, is_narrated: bool) -> str:
    """Return the settings that shape an edition as options of the command line: ``--blocks short --rate 175``."""
    found = (*_understanding(options), *_shape(options, edition), *(_sound(options) if is_narrated else ()))
    return " ".join(f"--{name} {shlex.quote(str(value))}" for name, value in found if value is not None)


_Setting = tuple[str, str | int | None]


def _understanding(options: Options) -> Iterator[_Setting]:
    """Yield what the command line says about the transcript."""
    yield "language", options.language
    if options.speakers:
        pairs = (label if label == whose else f"{label}={whose}" for label, whose in options.speakers.items())
        yield "speakers", ", ".join(pairs)


def _shape(options: Options, edition: str) -> Iterator[_Setting]:
    if edition in LAID_OUT:
        yield "blocks", options.blocks
    if edition == "txt":
        yield "text-width", options.text_width
    if edition in PRINTED:
        dials = options.large_print
        yield from (("large-print", dials.standard), ("font-size", dials.points), ("theme", dials.theme))
        yield from (("paper", dials.paper), ("typeface", dials.typeface))
    if edition == "pdf":
        yield "pages-per-volume", options.large_print.pages_per_volume
    if edition in IN_BRAILLE:
        yield "grade", options.braille.grade
    if edition in PAGED_IN_BRAILLE:
        yield from (("cells", options.braille.cells), ("lines", options.braille.lines))
        yield "braille-pages-per-volume", options.braille.pages_per_volume


def _sound(options: Options) -> Iterator[_Setting]:
    if options.recording:
        yield "recording", options.recording.replace("\\", "/").rpartition("/")[2]
        return
    yield from (("engine", options.engine), ("rate", options.rate), ("announce", options.announce))
    yield "cast", options.cast
