"""Does a talking book say, in letters and in sound, what the transcript says? Judged as a player would see it.

Every sentence is written once, in order; everything that is written is shown in that order while the book is played;
each clip lies inside its file and holds the very frames that were recorded; lengths add up; every link leads somewhere.
"""

import io
import itertools
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import BinaryIO, Final

import msgspec

from converters.checks.ledger import Account, Run
from converters.checks.reading_back import markup
from converters.checks.talking_book_reading import SeenBook, read_talking_book
from converters.document import Document
from converters.narration.frame_table import FrameTable, frame_table
from converters.narration.kept import Kept, KeptClip, KeptTrack, sum_of
from converters.narration.pieces import frame_at
from converters.timing import Milliseconds, of_samples

SILENCE: Final = "silence.mp3"
"""What is played at a heading that nobody says."""


def account(
    packed: bytes | Path, further: Sequence[bytes | Path], document: Document, runs: tuple[Run, ...],
    narration: Kept | None,
) -> Account:  # fmt: skip
    """Return what is wrong with a book; ``further`` are the files of its folder, none where that is not at hand."""
    book, text = read_talking_book(packed)
    files = _sounds(book, further)
    faults = (
        f"the zip has {len(book.names)} files, and the folder {len(further)}"
        if len(further) != len(book.names)
        else None,
        _repeated(book),
        _unlike_the_folder(packed, further),
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


def _unlike_the_folder(packed: bytes | Path, further: Sequence[bytes | Path]) -> str | None:
    """Tell of a file of the zip that is another than the one of its folder; a zip tells the CRC-32 of each."""
    with zipfile.ZipFile(io.BytesIO(packed) if isinstance(packed, bytes) else packed) as opened:
        entries = opened.infolist()
    if len(entries) != len(further):
        return None
    for entry, file in zip(entries, further, strict=True):
        if _crc(file) != entry.CRC:
            return f"{entry.filename} in the zip is another than in the folder"
    return None


def _crc(file: bytes | Path) -> int:
    found = 0
    with io.BytesIO(file) if isinstance(file, bytes) else file.open("rb") as stream:
        while part := stream.read(1 << 20):
            found = zlib.crc32(part, found)
    return found


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
    """Yield what is not played from where another clip of its file ends, is played past its end or from nowhere."""
    ends: dict[str, int] = {}
    for par in book.pars:
        if not par.sound:
            continue
        table = tables.get(par.sound)
        length = of_samples(table.frames * table.header.samples, table.header.rate) if table else par.end
        unjoined = par.sound != SILENCE and par.begin != ends.get(par.sound, 0)
        if par.sound not in book.names or unjoined or not 0 <= par.begin < par.end <= length:
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


def _unplayed(book: SeenBook, narration: Kept) -> str | None:
    """Tell of something that was spoken and is written, and is not heard where it is written."""
    heard = {par.node for par in book.pars if par.sound}
    shown = {par.node for par in book.pars}
    missing = [clip.node for clip in _clips(narration) if clip.node in shown and clip.node not in heard]
    return f"{missing[0]} was spoken and is not heard" if missing else None


def _mistaken(book: SeenBook, tables: dict[str, FrameTable], narration: Kept) -> Iterator[str]:
    """Yield clips whose frames are others than were recorded; a recording is cut, and not put together."""
    if narration.timeline == "recording":
        return
    clips = {str(clip.node): clip for clip in reversed(tuple(_clips(narration)))}
    tracks = {track.name: track for track in _tracks(narration)}
    played = sorted((par for par in book.pars if par.sound != SILENCE and par.sound in tables), key=lambda p: p.sound)
    for sound, several in itertools.groupby(played, key=lambda par: par.sound):
        table = tables[sound]
        with table.path.open("rb") as stream:
            for par in several:
                clip = clips.get(par.node)
                if clip is None or _sum(stream, table, par.begin, tracks[clip.track], clip) != clip.sum:
                    yield par.node


def _sum(stream: BinaryIO, table: FrameTable, begin: int, track: KeptTrack, clip: KeptClip) -> int:
    """Return the checksum of what a file holds where a clip is played from."""
    _, count = track.frames_of(clip)
    return sum_of(stream, table, frame_at(Milliseconds(begin), table.header.rate), count)


def _clips(narration: Kept) -> Iterator[KeptClip]:
    yield from narration.clips
    if narration.asides:
        yield from narration.asides.clips


def _tracks(narration: Kept) -> Iterator[KeptTrack]:
    yield from narration.tracks
    if narration.asides:
        yield narration.asides.track
