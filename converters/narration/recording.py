"""What was said, being put together: tracks, and where in them each part is heard.

Times are taken while the speech is made, by counting samples, and never guessed afterwards.
"""

import shutil
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType
from typing import Final, Self

import msgspec

from converters.document import Document, NodeId
from converters.narration.encoding import SAMPLE_BYTES, TrackEncoder
from converters.narration.model import AudioClip, Casting, Chapter, ChapterMark, Narration, ScriptTrack, Utterance
from converters.narration.spoken_text import spoken_text
from converters.timing import Milliseconds, of_samples

LEAST_SILENCE: Final = 60
"""Milliseconds at the end of a track; its last 50 would otherwise be cut with the encoder's delay."""


class _Place(msgspec.Struct, frozen=True):
    """Where an utterance stands: ``chapter`` is given for the first of one."""

    track: ScriptTrack
    chapter: Chapter | None
    utterance: Utterance
    begins_track: bool
    ends_track: bool


class Recording:
    """Takes the samples of each utterance of a script, in order; a context manager.

    Leaving it by an exception removes what was written.
    """

    def __init__(self, tracks: tuple[ScriptTrack, ...], staging: Path, rate: int) -> None:
        self._folder, self._rate = staging / "narration", rate
        self._tracks = tracks
        self._places = _places(tracks)
        self._encoders: list[TrackEncoder] = []
        self._clips: list[AudioClip] = []
        self._marks: list[ChapterMark] = []

    def __enter__(self) -> Self:
        self._folder.mkdir()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if error is not None:
            for encoder in self._encoders:
                encoder.abandon()
            shutil.rmtree(self._folder, ignore_errors=True)

    def take(self, samples: bytes) -> None:
        """Set the samples of the next utterance, and the silence after it, into its track."""
        place = next(self._places)
        if place.begins_track:
            path = self._folder / f"{place.track.name}.mp3"
            self._encoders.append(TrackEncoder(place.track.name, path, self._rate))
        encoder, utterance = self._encoders[-1], place.utterance
        begin = self._now(encoder)
        if place.chapter and place.chapter.title:
            self._marks.append(ChapterMark(place.chapter.title, place.chapter.depth, place.track.name, begin))
        encoder.take(samples)
        if utterance.node:
            end = max(self._now(encoder), Milliseconds(begin + 1))
            self._clips.append(AudioClip(utterance.node, place.track.name, begin, end))
        self._pause(encoder, max(utterance.pause, LEAST_SILENCE) if place.ends_track else utterance.pause)
        if place.ends_track:
            encoder.end()

    def narration(self, document: Document, casting: Casting, unsaid: tuple[NodeId, ...] = ()) -> Narration:
        """Wait for the last frame and return the whole. Raises ``SavingError`` where one could not be written."""
        return Narration(
            tracks=tuple(
                msgspec.structs.replace(encoder.track(), book_only=track.book_only)
                for encoder, track in zip(self._encoders, self._tracks, strict=True)
            ),
            clips=tuple(self._clips),
            chapters=tuple(self._marks),
            casting=casting,
            spoken_text=spoken_text(self._tracks, document.people),
            unsaid=unsaid,
        )

    def _now(self, encoder: TrackEncoder) -> Milliseconds:
        return of_samples(encoder.samples, self._rate)

    def _pause(self, encoder: TrackEncoder, milliseconds: int) -> None:
        encoder.take(bytes(milliseconds * self._rate // 1000 * SAMPLE_BYTES))


def _places(tracks: tuple[ScriptTrack, ...]) -> Iterator[_Place]:
    for track in tracks:
        heard = [
            (None if number else chapter, utterance)
            for chapter in track.chapters
            for number, utterance in enumerate(chapter.utterances)
        ]
        for number, (chapter, utterance) in enumerate(heard):
            yield _Place(track, chapter, utterance, number == 0, number == len(heard) - 1)
