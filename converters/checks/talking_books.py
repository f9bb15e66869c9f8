"""Does a talking book say, in letters and in sound, what the transcript says? Judged as a player would see it.

Every sentence is written once, in order; everything that is written is shown in that order while the book is played;
each clip lies inside its file and holds the very frames that were recorded; lengths add up; every link leads somewhere.
"""

import itertools
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

import msgspec

from converters.checks.ledger import Account, Run
from converters.checks.reading_back import markup
from converters.checks.talking_book_reading import SeenBook, read_talking_book
from converters.document import Document
from converters.narration.frame_table import FrameTable, frame_table
from converters.narration.frames import FRAME_SAMPLES
from converters.narration.model import AudioClip, AudioTrack, Narration
from converters.timing import of_samples

SILENCE: Final = "silence.mp3"
"""What is played at a heading that nobody says."""

COMPARED: Final = 96
"""Bytes at the beginning of a clip that must be those that were recorded: most of its first frame."""


def account(
    packed: bytes | Path, further: Sequence[bytes | Path], document: Document, runs: tuple[Run, ...],
    narration: Narration | None,
) -> Account:  # fmt: skip
    """Return what is wrong with a book; ``further`` are the files of its folder, none where that is not at hand."""
    book, text = read_talking_book(packed)
    files = _sounds(book, further)
    faults = (
        f"the zip has {len(book.names)} files, and the folder {len(further)}"
        if len(further) != len(book.names)
        else None,
        _repeated(book),
        _loose_end(book),
        _misshown(book),
        _misstated(book),
        _unplayed(book, narration) if narration else None,
    )
    found = markup.account([text], document, runs)
    tables = {name: frame_table(file) for name, file in files.items()}
    mistimed = (*_misplaced(book, tables), *(_mistaken(book, tables, narration) if narration else ()))
    return msgspec.structs.replace(found, mistimed=mistimed, faults=(*found.faults, *filter(None, faults)))


def _sounds(book: SeenBook, further: Sequence[bytes | Path]) -> dict[str, Path]:
    """Return the files of sound beside the zip, by the names that they have in it."""
    loose = [file for file in further if isinstance(file, Path)]
    if len(loose) != len(book.names):
        return {}
    return {name: file for name, file in zip(book.names, loose, strict=True) if name.endswith(".mp3")}


def _repeated(book: SeenBook) -> str | None:
    return f"{book.twice[0]} is there twice" if book.twice else None


def _loose_end(book: SeenBook) -> str | None:
    for name, target in book.links:
        file, _, node = target.partition("#")
        file = file or name
        if file not in book.names or (node and node not in book.ids.get(file, frozenset())):
            return f"{name} leads to {target}, which is not in the book"
    return None


def _misshown(book: SeenBook) -> str | None:
    """Tell of a sentence that is not shown exactly once, in the order of the text."""
    written = [node for node, _ in book.written]
    known = set(written)
    shown = [par.node for par in book.pars if par.node in known]
    for want, have in itertools.zip_longest(written, shown):
        if want != have:
            return f"{have} is shown where {want} is written"
    return None


def _misplaced(book: SeenBook, tables: dict[str, FrameTable]) -> Iterator[str]:
    """Yield what is played from before another clip of its file ends, from past its end or from nowhere."""
    ends: dict[str, int] = {}
    for par in book.pars:
        if not par.sound:
            continue
        table = tables.get(par.sound)
        length = of_samples(table.frames * table.header.samples, table.header.rate) if table else par.end
        laps_over = par.sound != SILENCE and par.begin < ends.get(par.sound, 0)
        if par.sound not in book.names or laps_over or not 0 <= par.begin < par.end <= length:
            yield par.node
        ends[par.sound] = par.end


def _misstated(book: SeenBook) -> str | None:
    elapsed = 0
    for smil in book.smils:
        if any(length != smil.counted for length in smil.lengths):
            return f"{smil.name} lasts {smil.counted} ms, and says {smil.lengths}"
        if smil.elapsed != elapsed:
            return f"{smil.name} begins after {elapsed} ms, and says {smil.elapsed}"
        elapsed += smil.counted
    return None if book.total == elapsed else f"the book lasts {elapsed} ms, and says {book.total}"


def _unplayed(book: SeenBook, narration: Narration) -> str | None:
    """Tell of something that was spoken and is written, and is not heard where it is written."""
    heard = {par.node for par in book.pars if par.sound}
    shown = {par.node for par in book.pars}
    missing = [clip.node for clip in _clips(narration) if clip.node in shown and clip.node not in heard]
    return f"{missing[0]} was spoken and is not heard" if missing else None


def _mistaken(book: SeenBook, tables: dict[str, FrameTable], narration: Narration) -> Iterator[str]:
    """Yield clips whose first frame is another than was recorded; a recording is cut, and not put together."""
    if narration.timeline == "recording":
        return
    clips = {str(clip.node): clip for clip in reversed(tuple(_clips(narration)))}
    tracks = {track.name: frame_table(track.path) for track in _tracks(narration)}
    for par in (par for par in book.pars if par.sound not in {"", SILENCE} and par.sound in tables):
        clip = clips.get(par.node)
        if clip is None or _sample(tables[par.sound], par.begin) != _sample(tracks[clip.track], clip.begin):
            yield par.node


def _sample(table: FrameTable, moment: int) -> bytes:
    """Return what a file holds where a moment is heard."""
    frame = round(moment * table.header.rate / (1000 * FRAME_SAMPLES))
    with table.path.open("rb") as stream:
        stream.seek(table.offset(frame))
        return stream.read(COMPARED)


def _clips(narration: Narration) -> Iterator[AudioClip]:
    yield from narration.clips
    if narration.asides:
        yield from narration.asides.clips


def _tracks(narration: Narration) -> Iterator[AudioTrack]:
    yield from narration.tracks
    if narration.asides:
        yield narration.asides.track
