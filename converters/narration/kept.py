"""What is kept of a narration when its sound is not: every clip, every chapter, and what the sound was, by checksums.

By it an edition that was saved long ago is compared as one that was just made. Of the sound of each clip a checksum is
kept, so that it can be told which sentence is not heard where it should be, and of each track a digest. The whole is
packed into one word for the manifest: ten bytes a clip, about.
"""

import base64
import hashlib
import itertools
import zlib
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import BinaryIO, Final, Protocol, TypeAlias

import msgspec

from converters.document import NodeId
from converters.narration.frame_table import FrameTable, NoFramesError, frame_table
from converters.narration.frames import FRAME_SAMPLES
from converters.narration.model import AudioClip, AudioTrack, ChapterMark, Narration, Timeline
from converters.narration.pieces import frame_at
from converters.timing import Milliseconds

AT_ONCE: Final = 1 << 20
LARGEST: Final = 1 << 26
"""Bytes that a packed narration may have when it is unpacked: those of some million clips."""
DIGITS: Final = 16


class Readable(Protocol):
    """What bytes are read from."""

    def read(self, size: int, /) -> bytes:
        """Return up to so many bytes, none at the end."""


class KeptClip(AudioClip, frozen=True):
    """A clip with the CRC-32 of the frames that begin in it; 0 where its sound cannot be told apart."""

    sum: int = 0


class KeptTrack(msgspec.Struct, frozen=True, array_like=True):
    """A track without its sound, which was ``size`` bytes from ``begin`` on of its file, with ``digest``.

    ``samples`` are those of a frame, and ``delay`` those that players leave out before the first one.
    """

    name: str
    duration: Milliseconds
    frames: int
    rate: int
    book_only: bool
    begin: int
    size: int
    digest: str
    samples: int = FRAME_SAMPLES
    delay: int = 0

    def frame(self, moment: Milliseconds) -> int:
        """Return the frame that is heard at a moment: that of ours begins there, that of a recording holds it."""
        if self.samples == FRAME_SAMPLES and not self.delay:
            return frame_at(moment, self.rate)
        return (moment * self.rate // 1000 + self.delay) // self.samples

    def frames_of(self, clip: AudioClip) -> tuple[int, int]:
        """Return the first frame of a clip, and how many begin and end in it: one at least."""
        first = self.frame(clip.begin)
        count = max(1, (clip.end - clip.begin) * self.rate // (1000 * self.samples))
        return first, max(0, min(count, self.frames - first))


class KeptAsides(msgspec.Struct, frozen=True):
    """What only talking books say, without its sound."""

    track: KeptTrack
    clips: tuple[KeptClip, ...]


class Kept(msgspec.Struct, frozen=True):
    """A narration without its sound; its parts are those of ``Narration``."""

    timeline: Timeline
    tracks: tuple[KeptTrack, ...]
    clips: tuple[KeptClip, ...]
    chapters: tuple[ChapterMark, ...]
    unsaid: tuple[NodeId, ...] = ()
    asides: KeptAsides | None = None

    @property
    def in_one_file(self) -> tuple[KeptTrack, ...]:
        """The tracks that one file of audio is made of, in order."""
        return tuple(track for track in self.tracks if not track.book_only)


def kept(narration: Narration) -> Kept:
    """Return what is kept of a narration; its tracks are read once. Raises ``OSError``."""
    recorded = narration.timeline == "recording"
    found = {track.name: _track(track, narration.clips, recorded=recorded) for track in narration.tracks}
    asides = narration.asides and _track(narration.asides.track, narration.asides.clips, recorded=recorded)
    sums = {(clip.node, clip.track, clip.begin): clip for _, clips in found.values() for clip in clips}
    return Kept(
        narration.timeline,
        tuple(track for track, _ in found.values()),
        tuple(sums[clip.node, clip.track, clip.begin] for clip in narration.clips),
        narration.chapters,
        narration.unsaid,
        KeptAsides(*asides) if asides else None,
    )


def _track(track: AudioTrack, clips: Iterable[AudioClip], *, recorded: bool) -> tuple[KeptTrack, tuple[KeptClip, ...]]:
    inside = tuple(clip for clip in clips if clip.track == track.name)
    size = track.path.stat().st_size
    try:
        table = frame_table(track.path)
    except NoFramesError:  # a recording of a kind that is never cut
        bare = KeptTrack(track.name, track.duration, track.frames, track.rate, track.book_only, 0, size, "")
        whole = msgspec.structs.replace(bare, digest=_digest_of(track.path, 0, size))
        return whole, tuple(KeptClip(one.node, one.track, one.begin, one.end) for one in inside)
    begin, end = (table.offset(0), table.end) if recorded else (0, size)
    told = KeptTrack(
        track.name, track.duration, table.frames if recorded else track.frames, track.rate, track.book_only, begin,
        end - begin, _digest_of(track.path, begin, end - begin), table.header.samples, table.delay if recorded else 0,
    )  # fmt: skip
    return told, tuple(_summed(inside, told, table))


def _summed(clips: Iterable[AudioClip], track: KeptTrack, table: FrameTable) -> Iterator[KeptClip]:
    with table.path.open("rb") as stream:
        for clip in clips:
            checksum = sum_of(stream, table, *track.frames_of(clip))
            yield KeptClip(clip.node, clip.track, clip.begin, clip.end, checksum)


def sum_of(stream: BinaryIO, table: FrameTable, first: int, count: int) -> int:
    """Return the CRC-32 of some frames of a file."""
    begin, end = table.offset(first), table.offset(first + count)
    stream.seek(begin)
    return zlib.crc32(stream.read(max(0, end - begin)))


def _digest_of(path: Path, begin: int, size: int) -> str:
    with path.open("rb") as stream:
        stream.seek(begin)
        return digest(stream, size)


def digest(stream: Readable, size: int) -> str:
    """Return the digest of so many bytes of a stream, read in parts; sixteen hexadecimal digits of SHA-256."""
    whole = hashlib.sha256()
    while size > 0 and (part := stream.read(min(size, AT_ONCE))):
        whole.update(part)
        size -= len(part)
    return whole.hexdigest()[:DIGITS]


# in one word -----------------------------------------------------------------------------------


class _Columns(msgspec.Struct, frozen=True, array_like=True):
    """Clips by columns, which pack small: ids, and for each how long after the one before it begins, and lasts."""

    nodes: str
    tracks: tuple[int, ...]
    gaps: tuple[int, ...]
    lengths: tuple[int, ...]
    sums: tuple[int, ...]


class _Packed(msgspec.Struct, frozen=True, array_like=True):
    timeline: Timeline
    tracks: tuple[KeptTrack, ...]
    clips: _Columns
    chapters: tuple[tuple[str, int, int, int], ...]
    unsaid: tuple[NodeId, ...]
    asides: tuple[KeptTrack, _Columns] | None


_Clips: TypeAlias = Sequence[KeptClip]


def packed(whole: Kept) -> str:
    """Return a narration without sound as one word of ASCII."""
    names = [track.name for track in whole.tracks]
    chapters = tuple((one.title, one.depth, names.index(one.track), one.begin) for one in whole.chapters)
    apart = whole.asides
    asides = (apart.track, _columns(apart.clips, [apart.track.name])) if apart else None
    told = _Packed(whole.timeline, whole.tracks, _columns(whole.clips, names), chapters, whole.unsaid, asides)
    return base64.b64encode(zlib.compress(msgspec.json.encode(told), 9)).decode("ascii")


def unpacked(word: str) -> Kept:
    """Return what ``packed`` was given. Raises ``ValueError`` for anything else."""
    try:
        inflating = zlib.decompressobj()
        told = msgspec.json.decode(inflating.decompress(base64.b64decode(word, validate=True), LARGEST), type=_Packed)
        names = [track.name for track in told.tracks]
        chapters = (ChapterMark(title, depth, names[at], Milliseconds(t)) for title, depth, at, t in told.chapters)
        asides = told.asides and KeptAsides(told.asides[0], tuple(_clips(told.asides[1], [told.asides[0].name])))
        return Kept(
            told.timeline,
            told.tracks,
            tuple(_clips(told.clips, names)),
            tuple(chapters),
            told.unsaid,
            asides or None,
        )
    except (ValueError, IndexError, msgspec.DecodeError, zlib.error) as error:
        raise ValueError(f"what was kept of the narration cannot be read ({error})") from error


def _columns(clips: _Clips, names: list[str]) -> _Columns:
    places = {name: place for place, name in enumerate(names)}
    ends = [0, *(clip.end for clip in clips)]
    return _Columns(
        " ".join(clip.node for clip in clips),
        tuple(places[clip.track] for clip in clips),
        tuple(clip.begin - end for clip, end in zip(clips, ends, strict=False)),
        tuple(clip.end - clip.begin for clip in clips),
        tuple(clip.sum for clip in clips),
    )


def _clips(told: _Columns, names: list[str]) -> Iterator[KeptClip]:
    nodes = told.nodes.split(" ") if told.nodes else []
    steps = itertools.accumulate(itertools.chain.from_iterable(zip(told.gaps, told.lengths, strict=True)))
    times = [Milliseconds(step) for step in steps]
    rows = zip(nodes, told.tracks, times[::2], times[1::2], told.sums, strict=True)
    for node, track, begin, end, checksum in rows:
        yield KeptClip(NodeId(node), names[track], begin, end, checksum)
