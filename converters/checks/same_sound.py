"""Is the sound of an edition what was spoken? Told by the checksums that are kept of it, whoever plays it and when.

The sound of its files, end to end, must be that of the tracks byte for byte. Where it is not, the clips whose frames
are others than those that were recorded are named.
"""

import io
import itertools
import zlib
from array import array
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import BinaryIO, Final

import msgspec

from converters.checks.ledger import Account
from converters.checks.sound_pieces import SoundFile, SoundRead, file_at, read_sound, tag_size
from converters.narration.frame_table import HEADER, Header, frame_offsets
from converters.narration.kept import Kept, KeptTrack, digest

LONGER: Final = 60
"""Milliseconds by which a file of another encoder may last longer or shorter than what was spoken."""


class _Frames(msgspec.Struct, frozen=True):
    """Where the frames of a file begin, and where the last one ends; ``before`` counts those of earlier files."""

    file: SoundFile
    offsets: "array[int]"
    end: int
    before: int


def files_account(read: Sequence[SoundRead], narration: Kept) -> Account:
    """Return what is wrong with the sound of files in their order."""
    wanted, there = sum(one.size for one in narration.in_one_file), sum(one.end - one.begin for one in read)
    strange = _strange(read, narration.in_one_file)
    if strange is None and there == wanted:
        return Account()
    mistaken = list(_mistaken(read, narration))
    faults = [f"{mistaken[0][0]} does not hold what follows in the narration"] if mistaken else []
    if there < wanted:
        faults.append("the narration goes on where the last file ends")
    elif there > wanted:
        faults.append("the last file goes on where the narration ends")
    elif not mistaken and strange is not None:
        faults.append(f"{strange} does not hold what follows in the narration")
    return Account(mistimed=tuple(node for _, node in mistaken), faults=tuple(faults))


def file_account(content: bytes | Path, narration: Kept) -> Account:
    """Return what is wrong with the sound of a single MP3 file."""
    file = _file_of(content)
    try:
        read = _recorded(file, narration) if narration.timeline == "recording" else read_sound(file, None)
    except ValueError as error:
        return Account(faults=(str(error),))
    return files_account([read], narration)


def length_account(length: int | None, wanted: int) -> Account:
    """Compare how long a file of another encoder lasts, in milliseconds, with what was spoken."""
    if length is None or abs(length - wanted) <= LONGER:
        return Account()
    return Account(faults=(f"it lasts {length} ms, and what was spoken {wanted} ms",))


def _file_of(content: bytes | Path) -> SoundFile:
    if isinstance(content, Path):
        return file_at(content)
    return SoundFile("the file", lambda: io.BytesIO(content), len(content))


def _recorded(file: SoundFile, narration: Kept) -> SoundRead:
    """Return the sound of a recording, which stands as it was behind the tag."""
    (track,) = narration.tracks
    with file.opened() as stream:
        begin = tag_size(stream.read(10)) + track.begin
        stream.seek(begin)
        header = Header(stream.read(HEADER))
    return SoundRead(file, track.frames, header, begin, min(file.size, begin + track.size))


# the whole, by its bytes -------------------------------------------------------------------------


class _EndToEnd:
    """The sound of files read as if it were one stream."""

    def __init__(self, read: Iterable[SoundRead]) -> None:
        self._left = iter(read)
        self._stream: BinaryIO | None = None
        self._rest = 0
        self.name = ""

    def read(self, size: int, /) -> bytes:
        """Return up to so many bytes, none at the end; ``name`` is the file that they are of."""
        while not self._rest:
            self.close_file()
            one = next(self._left, None)
            if one is None:
                return b""
            self._stream, self._rest, self.name = one.file.opened(), max(0, one.end - one.begin), one.file.name
            self._stream.seek(one.begin)
        found = self._stream.read(min(size, self._rest)) if self._stream else b""
        self._rest = self._rest - len(found) if found else 0
        return found

    def close_file(self) -> None:
        """Close the file that was read last."""
        if self._stream:
            self._stream.close()
            self._stream = None


def _strange(read: Sequence[SoundRead], tracks: Sequence[KeptTrack]) -> str | None:
    """Return the file in which the first track ends that is not as it was, None where all are."""
    whole = _EndToEnd(read)
    try:
        for track in tracks:
            if digest(whole, track.size) != track.digest:
                return whole.name
    finally:
        whole.close_file()
    return None


# clip by clip ------------------------------------------------------------------------------------


def _mistaken(read: Sequence[SoundRead], narration: Kept) -> Iterator[tuple[str, str]]:
    """Yield file and node of each clip whose frames are not those that were recorded."""
    files = list(_frames(read))
    befores = [one.before for one in files]
    starts = dict(zip((t.name for t in narration.in_one_file), _starts(narration.in_one_file), strict=False))
    tracks = {track.name: track for track in narration.in_one_file}
    for clip in (clip for clip in narration.clips if clip.track in tracks):
        first, count = tracks[clip.track].frames_of(clip)
        first += starts[clip.track]
        one = files[bisect_right(befores, first) - 1]
        if zlib.crc32(_bytes(one, first - one.before, count)) != clip.sum:
            yield one.file.name, str(clip.node)


def _starts(tracks: Sequence[KeptTrack]) -> Iterator[int]:
    return itertools.accumulate((track.frames for track in tracks), initial=0)


def _frames(read: Iterable[SoundRead]) -> Iterator[_Frames]:
    before = 0
    for one in read:
        with one.file.opened() as stream:
            stream.seek(one.begin)
            found, _ = frame_offsets(stream)
        offsets = array("Q", (one.begin + offset for offset in found if one.begin + offset < one.end))
        yield _Frames(one.file, offsets, one.end, before)
        before += len(offsets)


def _bytes(one: _Frames, first: int, count: int) -> bytes:
    """Return some frames of a file, as far as it has them."""
    places = [one.offsets[n] if n < len(one.offsets) else one.end for n in (first, first + count)]
    with one.file.opened() as stream:
        stream.seek(places[0])
        return stream.read(max(0, places[1] - places[0]))
