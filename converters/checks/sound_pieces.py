"""Are the files that a narration was cut into the whole of it? Read back by their bytes, not by what the writer knew.

Each file is taken apart into tag, the frame that tells of the others, and sound; whether that is the narration's is
told in ``same_sound``, and here that each file begins where a chapter does.
"""

import itertools
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import BinaryIO, Final

import msgspec

from converters.narration.encoding import KILOBITS
from converters.narration.frame_table import HEADER, LARGEST, Header
from converters.narration.frames import FRAME_SAMPLES, TAIL_FRAMES, silent_frames
from converters.narration.kept import Kept
from converters.narration.timeline import chapter_spans
from converters.timing import Milliseconds, of_samples

ID3_HEAD: Final = 10


class SoundFile(msgspec.Struct, frozen=True):
    """A finished file of sound, wherever it lies: how it is opened, and its size in bytes."""

    name: str
    opened: Callable[[], BinaryIO]
    size: int


class SoundRead(msgspec.Struct, frozen=True):
    """What a file says of itself: frames that are heard, and between which bytes the sound stands."""

    file: SoundFile
    frames: int
    header: Header
    begin: int
    end: int


def file_at(path: Path) -> SoundFile:
    """Return a file of the file system."""
    return SoundFile(path.name, lambda: path.open("rb"), path.stat().st_size)


def read_sound(file: SoundFile, narration: Kept | None) -> SoundRead:
    """Take a file apart. Raises ``ValueError`` where it is no MP3 file of ours."""
    with file.opened() as stream:
        head = stream.read(ID3_HEAD)
        begin = tag_size(head)
        stream.read(max(0, begin - ID3_HEAD))
        told = (head if not begin else b"") + stream.read(2 * LARGEST)
    header = Header(told[:HEADER])
    at = HEADER + header.side_information
    if told[:2] < b"\xff\xe0" or told[at : at + 4] not in (b"Info", b"Xing"):
        raise ValueError(f"{file.name} does not begin with a frame that tells how long it is")
    frames = int.from_bytes(told[at + 8 : at + 12])
    sound = begin + header.size
    if narration and narration.timeline == "recording":
        return SoundRead(file, frames - 1, header, sound + Header(told[header.size :][:HEADER]).size, file.size)
    tail = len(silent_frames(TAIL_FRAMES, KILOBITS, header.rate))
    return SoundRead(file, frames - TAIL_FRAMES, header, sound, file.size - tail)


def tag_size(head: bytes) -> int:
    """Return the bytes of the ID3v2 tag that begins so (ID3v2.3 §3.1), 0 where there is none."""
    if head[:3] != b"ID3":
        return 0
    return ID3_HEAD + sum(byte << shift for byte, shift in zip(head[6:10], (21, 14, 7, 0), strict=True))


def lengths(read: Sequence[SoundRead]) -> tuple[Milliseconds, ...]:
    """Return where each file ends when they are played end to end, by the frames that they have."""
    ends = itertools.accumulate(one.frames * one.header.samples for one in read)
    return tuple(of_samples(end, one.header.rate) for end, one in zip(ends, read, strict=True))


def fault(read: Sequence[SoundRead], narration: Kept) -> str | None:
    """Return what is wrong with files in their order, in words, None where nothing is."""
    return _miscounted(read, narration) or _misplaced(read, narration)


def _miscounted(read: Sequence[SoundRead], narration: Kept) -> str | None:
    """Tell of files that say that they have more or fewer frames than there are."""
    told, counted = sum(one.frames for one in read), sum(track.frames for track in narration.in_one_file)
    return None if told == counted else f"the files have {told} frames, and the narration {counted}"


def _misplaced(read: Sequence[SoundRead], narration: Kept) -> str | None:
    """Tell of a file that begins where no chapter does; a frame is as near as that can be told."""
    begins = sorted(span.begin for span in chapter_spans(narration))
    near = 2 * FRAME_SAMPLES * 1000 // read[0].header.rate + 60
    for one, begin in zip(read[1:], lengths(read), strict=False):
        if all(abs(begin - chapter) > near for chapter in begins):
            return f"{one.file.name} begins {begin} ms into the whole, where no chapter does"
    return None
