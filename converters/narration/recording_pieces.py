"""A recording cut into pieces at its chapters, its frames as they are: nothing is encoded again.

A frame of MP3 may begin in the bytes of frames before it (its *bit reservoir*). So a piece begins with
a frame that plays nothing and holds those bytes, and the frame that tells how a file is to be played has
players leave it out, as they leave out the delay of an encoder. Times are right to the frame, and each sample is
what it was but for the first 1,056, 24 ms at 44,100 a second, which fade in: a decoder adds to them what it
remembers of the frame before (576 samples in the transform, 480 in the filters).
"""

from collections.abc import Iterable, Iterator
from typing import Final

import msgspec

from converters.narration.frame_table import CHECKSUM, DECODER_DELAY, HEADER, LARGEST, FrameTable, Header, frame_table
from converters.narration.model import AudioClip, Narration
from converters.narration.pieces import Cut, FrameRun, Piece, PieceChapter, Start, begun_in, cuts, numbered
from converters.timing import Milliseconds, of_samples

_PLACES: Final = 100
"""Entries of the table by which players find a moment where frames differ in size."""
_FIELDS: Final = 0b0111
"""Frames, bytes, and that table."""
_ENCODER: Final = b"LAME3.100"
"""Players read the delay only where they know the name before it."""
_TAG_BYTES: Final = 8 + 4 + 4 + _PLACES + 36


def pieces_of_recording(narration: Narration) -> tuple[Piece, ...]:
    """Return the whole recording in pieces, from its first frame to its last. Raises ``NoFramesError``, ``OSError``."""
    (track,) = narration.tracks
    table = frame_table(track.path)
    clock = _Clock(table.header.rate, table.header.samples, table.delay)
    clips = tuple(sorted(narration.clips, key=lambda clip: clip.begin))
    at = [clock.frame(clip.begin) for clip in clips]
    heard = zip(at, (str(clip.node) for clip in clips), strict=True)
    where = cuts(_starts(narration, clock), heard, table.frames)
    names = numbered(1, len(where))
    return tuple(
        _piece(table, cut, clock, named, tuple(_clips_in(cut, (clips[n] for n in begun_in(cut, at)), clock, named[1])))
        for cut, named in zip(where, names, strict=True)
    )


class _Clock(msgspec.Struct, frozen=True):
    """Which frame is heard when: the clock of a recording begins after the delay that players leave out."""

    rate: int
    samples: int
    delay: int

    def frame(self, moment: Milliseconds) -> int:
        """Return the frame in which a moment lies."""
        return (moment * self.rate // 1000 + self.delay) // self.samples

    def within(self, moment: Milliseconds, cut: Cut) -> Milliseconds:
        """Return a moment of the recording by the clock of a piece, not before it and not after it."""
        inside = of_samples(moment * self.rate // 1000 + self.delay - cut.begin * self.samples, self.rate)
        return Milliseconds(min(max(inside, 0), self.length(cut.end - cut.begin)))

    def length(self, frames: int) -> Milliseconds:
        """Return how long so many frames are."""
        return of_samples(frames * self.samples, self.rate)


def _starts(narration: Narration, clock: _Clock) -> Iterator[Start]:
    """Yield the chapters in order; none begins before the one that it follows."""
    latest = 0
    for mark in narration.chapters:
        latest = max(latest, clock.frame(mark.begin))
        yield Start(mark.title, mark.depth, latest)


def _clips_in(cut: Cut, clips: Iterable[AudioClip], clock: _Clock, name: str) -> Iterator[AudioClip]:
    """Yield the clips that begin in a piece; one that is longer than the piece ends with it."""
    for clip in clips:
        begin, end = clock.within(clip.begin, cut), clock.within(clip.end, cut)
        if begin < end:
            yield AudioClip(clip.node, name, begin, end)


def _piece(table: FrameTable, cut: Cut, clock: _Clock, named: tuple[int, str], clips: tuple[AudioClip, ...]) -> Piece:
    begin = table.offset(cut.begin)
    run = FrameRun(table.path, begin, table.offset(cut.end) - begin)
    held = _holding(table, cut.begin)
    chapters = (PieceChapter(s.title, s.depth, clock.length(s.frame - cut.begin)) for s in cut.starts)
    return Piece(
        *named,
        tuple(chapters),
        clips,
        cut.end - cut.begin,
        clock.rate,
        (run,),
        _info(table, cut, len(held) + run.size) + held,
        frame_samples=clock.samples,
    )


# what stands before the frames of a piece ------------------------------------------------------


def _holding(table: FrameTable, first: int) -> bytes:
    """Return a frame that plays nothing and holds the bytes of earlier frames that a piece's first frame needs.

    All its side information is nought: no share of earlier frames, and nothing of its own to play.
    """
    with table.path.open("rb") as stream:
        stream.seek(table.offset(first))
        begins = stream.read(HEADER + CHECKSUM + 2)
        header = Header(begins[:HEADER])
        at, bits = header.back
        back = int.from_bytes(begins[at : at + 2]) >> 16 - bits
        data = b""
        while len(data) < back and first > 0:
            first -= 1
            stream.seek(table.offset(first))
            frame = stream.read(LARGEST)
            before = Header(frame[:HEADER])
            data = frame[before.before_data : before.size] + data
    empty = HEADER + header.side_information
    holder = header.at_least(empty + back)
    return (holder.content + bytes(header.side_information)).ljust(holder.size - back, b"\0") + _last(data, back)


def _last(data: bytes, count: int) -> bytes:
    """Return the last bytes, noughts before them where there are too few: a recording may begin in mid-stream."""
    return data[len(data) - count :] if len(data) >= count else data.rjust(count, b"\0")


def _info(table: FrameTable, cut: Cut, size: int) -> bytes:
    """Return the frame that tells how many frames and bytes follow, where what is when, and what to leave out.

    ``size`` is that of all that follows. What is left out is the frame that holds earlier bytes.
    """
    header = table.header
    tells = header.at_least(HEADER + header.side_information + _TAG_BYTES)
    whole = tells.size + size
    steps = (cut.begin + (cut.end - cut.begin) * step // _PLACES for step in range(_PLACES))
    last = table.offset(cut.end)
    places = bytes(max(0, (whole - (last - table.offset(frame))) * 256 // whole) for frame in steps)
    delay = (header.samples - DECODER_DELAY) << 12
    content = (
        tells.content + bytes(header.side_information) + b"Xing" + _FIELDS.to_bytes(4)
        + (cut.end - cut.begin + 1).to_bytes(4) + whole.to_bytes(4) + places
        + _ENCODER + bytes(12) + delay.to_bytes(3) + bytes(12)
    )  # fmt: skip
    return content.ljust(tells.size, b"\0")
