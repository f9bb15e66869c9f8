"""Where the parts of a narration are heard when its tracks are played end to end, as one file."""

import itertools
from collections.abc import Sequence
from typing import Protocol

import msgspec

from converters.narration.frames import FRAME_SAMPLES
from converters.narration.model import AudioClip, AudioTrack, ChapterMark, Narration, Timeline
from converters.timing import Milliseconds, of_samples


class TimedTrack(Protocol):
    """What is known of a track, with its sound or without."""

    @property
    def name(self) -> str:
        """Its name."""

    @property
    def duration(self) -> Milliseconds:
        """How long it is heard."""

    @property
    def frames(self) -> int:
        """Its frames."""

    @property
    def rate(self) -> int:
        """Samples a second."""

    @property
    def book_only(self) -> bool:
        """Whether it is heard in the book and not in the audio editions."""


class Timed(Protocol):
    """When the parts of a narration are heard: of one just made, or of what was kept of one (``kept``)."""

    @property
    def timeline(self) -> Timeline:
        """Whose clock it is."""

    @property
    def tracks(self) -> Sequence[TimedTrack]:
        """Its tracks in order."""

    @property
    def clips(self) -> Sequence[AudioClip]:
        """Its clips in order."""

    @property
    def chapters(self) -> Sequence[ChapterMark]:
        """Its chapters in order."""


class ChapterSpan(msgspec.Struct, frozen=True):
    """A chapter of the file: ``element`` is its name in the tag."""

    element: str
    title: str
    depth: int
    begin: Milliseconds
    end: Milliseconds


def tracks_in_one_file(narration: Narration) -> tuple[AudioTrack, ...]:
    """Return the tracks that one file of audio is made of, in order; what only the book says is not among them."""
    return tuple(track for track in narration.tracks if not track.book_only)


def clips_in_one_file(narration: Timed) -> tuple[AudioClip, ...]:
    """Return the clips in order, their times those of the tracks end to end: of the MP3, the M4B, the Opus file."""
    starts, _ = _track_starts(narration)
    return tuple(
        AudioClip(
            clip.node,
            clip.track,
            Milliseconds(starts[clip.track] + clip.begin),
            Milliseconds(starts[clip.track] + clip.end),
        )
        for clip in narration.clips
        if clip.track in starts
    )


def chapter_spans(narration: Timed) -> tuple[ChapterSpan, ...]:
    """Return the chapters in order, each ending where the next begins, whichever their depth."""
    starts, end = _track_starts(narration)
    marks = tuple(mark for mark in narration.chapters if mark.track in starts)
    begins = [Milliseconds(starts[mark.track] + mark.begin) for mark in marks]
    return tuple(
        ChapterSpan(f"chapter{number}", mark.title, mark.depth, begin, until)
        for number, (mark, (begin, until)) in enumerate(zip(marks, itertools.pairwise([*begins, end]), strict=True), 1)
    )


def length_in_one_file(narration: Timed) -> Milliseconds:
    """Return how long the tracks are, end to end."""
    return _track_starts(narration)[1]


def _track_starts(narration: Timed) -> tuple[dict[str, Milliseconds], Milliseconds]:
    """Return where each track begins in the file, and where the last one ends: frames are counted, not times."""
    if narration.timeline == "recording":
        (track,) = narration.tracks
        return {track.name: Milliseconds(0)}, track.duration
    starts, frames = {}, 0
    for track in narration.tracks:
        if not track.book_only:
            starts[track.name] = of_samples(frames * FRAME_SAMPLES, track.rate)
            frames += track.frames
    return starts, of_samples(frames * FRAME_SAMPLES, narration.tracks[0].rate)
