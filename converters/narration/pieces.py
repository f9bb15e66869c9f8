"""The narration cut into pieces at its chapters, each a file that a simple player plays by itself.

Every clip is encoded by itself and begins with a frame (``encoding`` says why), and so does every
chapter: the pieces of a narration are its frames, none lost and none twice, and decoded and set end to
end they are the whole to the sample (but for the echo that LAME may set before a sound that begins at once, of
which a piece has nothing). Of a recording that is not so; ``recording_pieces`` cuts it.
A section that says no more than its heading before its first exchange is one piece with it.
"""

import bisect
import itertools
import operator
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import IO, Final

import msgspec

from converters.narration.encoding import KILOBITS
from converters.narration.frame_table import FrameTable, frame_table
from converters.narration.frames import FRAME_SAMPLES, TAIL_FRAMES, info_frame, silent_frames
from converters.narration.model import AudioClip, AudioTrack, ChapterMark, Narration
from converters.timing import Milliseconds, of_samples

AT_ONCE: Final = 1 << 20
"""Bytes of sound that are in memory while they are copied."""

HEADING: Final = "-heading"
"""How the ids of headings end (``identifiers``)."""


class PieceChapter(msgspec.Struct, frozen=True):
    """A chapter that begins in a piece, in milliseconds from the piece's start."""

    title: str
    depth: int
    begin: Milliseconds = Milliseconds(0)


class FrameRun(msgspec.Struct, frozen=True):
    """Frames that stand one after another in a file: where they begin, and how many bytes they are."""

    path: Path
    begin: int
    size: int

    def copy_to(self, target: IO[bytes]) -> None:
        """Write them bit by bit, however many they are."""
        with self.path.open("rb") as stream:
            stream.seek(self.begin)
            left = self.size
            while left and (part := stream.read(min(left, AT_ONCE))):
                target.write(part)
                left -= len(part)


class Piece(msgspec.Struct, frozen=True):
    """One chapter's sound; ``number`` counts from 1.

    ``chapters`` are one, or a section with its first exchange. Times of ``clips`` are the piece's own, their
    ``track`` is its ``name``. ``frames`` are those that are heard, ``frame_samples`` samples each: lengths
    are added up in frames, never in milliseconds. ``before`` and ``after`` are what a player needs.
    """

    number: int
    name: str
    chapters: tuple[PieceChapter, ...]
    clips: tuple[AudioClip, ...]
    frames: int
    rate: int
    runs: tuple[FrameRun, ...]
    before: bytes
    after: bytes = b""
    frame_samples: int = FRAME_SAMPLES

    @property
    def title(self) -> str:
        """What it is called: the innermost of the chapters with which it begins."""
        return self.chapters[-1].title if self.chapters else ""

    @property
    def depth(self) -> int:
        """1 for a section, 2 for an exchange."""
        return self.chapters[-1].depth if self.chapters else 1

    @property
    def duration(self) -> Milliseconds:
        """How long it is heard."""
        return length_of((self,))

    @property
    def size(self) -> int:
        """The length of its file in bytes, without a tag."""
        return len(self.before) + sum(run.size for run in self.runs) + len(self.after)

    def copy_to(self, target: IO[bytes], tag: bytes = b"") -> None:
        """Write it as a whole MP3 file, behind a tag where one is given."""
        target.write(tag + self.before)
        for run in self.runs:
            run.copy_to(target)
        target.write(self.after)


def length_of(pieces: Iterable[Piece]) -> Milliseconds:
    """Return how long pieces are together, to the millisecond: their frames are counted."""
    counted = [(piece.frames * piece.frame_samples, piece.rate) for piece in pieces]
    return of_samples(sum(samples for samples, _ in counted), counted[0][1]) if counted else Milliseconds(0)


def lengths_of(pieces: Iterable[Piece]) -> tuple[Milliseconds, ...]:
    """Return how long each piece is, so that they add up to all of them together.

    Each is told from where it ends in the whole, and so is within a millisecond of its own length.
    """
    every = tuple(pieces)
    ends = itertools.accumulate(piece.frames * piece.frame_samples for piece in every)
    moments = (Milliseconds(0), *(of_samples(end, piece.rate) for end, piece in zip(ends, every, strict=True)))
    return tuple(Milliseconds(end - begin) for begin, end in itertools.pairwise(moments))


def pieces_of(narration: Narration) -> tuple[Piece, ...]:
    """Return all that an audio edition plays, in order. Raises ``NoFramesError`` and ``OSError``."""
    if narration.timeline == "recording":
        from converters.narration.recording_pieces import pieces_of_recording

        return pieces_of_recording(narration)
    return _cut(narration, tuple(track for track in narration.tracks if not track.book_only), 1)


def book_pieces_of(narration: Narration) -> tuple[Piece, ...]:
    """Return what only the pages of a book say (``book_only``), a piece a track, numbered after the others."""
    after = len(pieces_of(narration)) + 1
    apart = (track for track in narration.tracks if track.book_only)
    return tuple(
        msgspec.structs.replace(piece, name=track.name, clips=tuple(_named(piece.clips, track.name)))
        for number, track in enumerate(apart, after)
        for piece in _cut(narration, (track,), number)
    )


def _named(clips: Iterable[AudioClip], name: str) -> Iterator[AudioClip]:
    return (msgspec.structs.replace(clip, track=name) for clip in clips)


# where to cut --------------------------------------------------------------------------------


class Start(msgspec.Struct, frozen=True):
    """A chapter, and the frame that it begins with, counted from the beginning of all."""

    title: str
    depth: int
    frame: int


class Cut(msgspec.Struct, frozen=True):
    """The frames of a piece, the last not among them, and the chapters that begin there."""

    begin: int
    end: int
    starts: tuple[Start, ...]


def cuts(starts: Iterable[Start], heard: Iterable[tuple[int, str]], frames: int) -> tuple[Cut, ...]:
    """Return the pieces that all frames fall into, none of them empty.

    ``heard`` are the clips in order: the frame in which each begins, and its node.
    """
    found: list[list[Start]] = []
    telling = [frame for frame, node in heard if not node.endswith(HEADING)]
    for start in starts:
        if start.frame >= frames:
            continue
        if found and _is_one_with(found[-1], start, telling):
            found[-1].append(start)
        else:
            found.append([start])
    begins = [0, *(group[0].frame for group in found[1:])]
    groups = [tuple(group) for group in found] or [()]
    return tuple(Cut(*edges, group) for edges, group in zip(itertools.pairwise([*begins, frames]), groups, strict=True))


def begun_in(cut: Cut, at: list[int]) -> range:
    """Return which of the clips, whose frames are given in order, begin in a piece."""
    return range(bisect.bisect_left(at, cut.begin), bisect.bisect_left(at, cut.end))


def numbered(first: int, count: int) -> tuple[tuple[int, str], ...]:
    """Return numbers and names for so many pieces; sorted by name they stand in order."""
    digits = len(str(first + count - 1))
    return tuple((number, f"{number:0{digits}}") for number in range(first, first + count))


def _is_one_with(before: list[Start], start: Start, telling: list[int]) -> bool:
    """Tell whether nothing but headings is heard between what went before and the chapter inside it that starts."""
    if start.frame <= before[-1].frame:
        return True
    said = bisect.bisect_left(telling, start.frame) - bisect.bisect_left(telling, before[0].frame)
    return start.depth > before[-1].depth and not said


# a narration ---------------------------------------------------------------------------------


def _cut(narration: Narration, tracks: tuple[AudioTrack, ...], first: int) -> tuple[Piece, ...]:
    """Return the pieces of tracks set end to end."""
    ends = tuple(itertools.accumulate(track.frames for track in tracks))
    begins = {track.name: end - track.frames for track, end in zip(tracks, ends, strict=True)}
    frames, rate = ends[-1], tracks[0].rate
    placed = sorted(
        ((begins[clip.track] + frame_at(clip.begin, rate), clip) for clip in narration.clips if clip.track in begins),
        key=operator.itemgetter(0),
    )
    at, clips = [frame for frame, _ in placed], tuple(clip for _, clip in placed)
    marks = (mark for mark in narration.chapters if mark.track in begins)
    where = cuts(_starts(marks, begins, rate), zip(at, (clip.node for clip in clips), strict=True), frames)
    runs = _Runs(tracks)
    return tuple(
        _piece(named, cut, tuple(_clips_in(cut, clips, at, named[1], rate)), runs)
        for cut, named in zip(where, numbered(first, len(where)), strict=True)
    )


def frame_at(moment: Milliseconds, rate: int) -> int:
    """Return the frame of a narration that begins at a moment, which is rounded to a millisecond."""
    return round(moment * rate / (1000 * FRAME_SAMPLES))


def _starts(marks: Iterable[ChapterMark], begins: dict[str, int], rate: int) -> Iterator[Start]:
    return (Start(mark.title, mark.depth, begins[mark.track] + frame_at(mark.begin, rate)) for mark in marks)


def _clips_in(cut: Cut, clips: tuple[AudioClip, ...], at: list[int], name: str, rate: int) -> Iterator[AudioClip]:
    """Yield the clips that begin in a piece, with its times."""
    for place in begun_in(cut, at):
        clip = clips[place]
        begin = of_samples((at[place] - cut.begin) * FRAME_SAMPLES, rate)
        yield AudioClip(clip.node, name, begin, Milliseconds(begin + clip.end - clip.begin))


def _piece(named: tuple[int, str], cut: Cut, clips: tuple[AudioClip, ...], runs: "_Runs") -> Piece:
    rate, frames = runs.rate, cut.end - cut.begin
    parts = tuple(runs.between(cut.begin, cut.end))
    after = silent_frames(TAIL_FRAMES, KILOBITS, rate)
    size = sum(part.size for part in parts) + len(after)
    chapters = (
        PieceChapter(s.title, s.depth, of_samples((s.frame - cut.begin) * FRAME_SAMPLES, rate)) for s in cut.starts
    )
    before = info_frame(frames + TAIL_FRAMES, size, KILOBITS, rate)
    return Piece(*named, tuple(chapters), clips, frames, rate, parts, before, after)


class _Runs:
    """Tracks end to end, of which stretches are asked for; a track is looked through only where it is cut."""

    def __init__(self, tracks: tuple[AudioTrack, ...]) -> None:
        self._tracks = tracks
        self._tables: dict[str, FrameTable] = {}

    @property
    def rate(self) -> int:
        """Samples a second."""
        return self._tracks[0].rate

    def between(self, begin: int, end: int) -> Iterator[FrameRun]:
        """Yield the frames from one up to another, a run for each track that they are in."""
        first = 0
        for track in self._tracks:
            one, other = max(begin - first, 0), min(end - first, track.frames)
            if one < other:
                start, stop = self._offset(track, one), self._offset(track, other)
                yield FrameRun(track.path, start, stop - start)
            first += track.frames

    def _offset(self, track: AudioTrack, frame: int) -> int:
        if frame == 0:
            return 0
        if frame == track.frames:
            return track.path.stat().st_size
        if track.name not in self._tables:
            self._tables[track.name] = frame_table(track.path)
        return self._tables[track.name].offset(frame)
