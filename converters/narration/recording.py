"""What was said, being put together: tracks, and where in them each part is heard.

Times are taken while the speech is made, by counting the frames that are really there, and never
guessed afterwards.
"""

import contextlib
import shutil
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType
from typing import BinaryIO, Self

import msgspec

from converters.document import Document
from converters.errors import SavingError
from converters.narration.encoding import KILOBITS, SAMPLE_BYTES, Clip, require_rate
from converters.narration.frames import FRAME_SAMPLES, silent_frames
from converters.narration.model import (
    Asides,
    AudioClip,
    AudioTrack,
    Casting,
    Chapter,
    ChapterMark,
    Narration,
    ScriptTrack,
    Utterance,
)
from converters.narration.spoken_text import spoken_text
from converters.timing import Milliseconds, of_samples


class _Place(msgspec.Struct, frozen=True):
    """Where an utterance stands: ``chapter`` is given for the first of one."""

    track: ScriptTrack
    chapter: Chapter | None
    utterance: Utterance
    begins_track: bool


def _frames_path(folder: Path, name: str) -> Path:
    return folder / f"{name}.mp3"


class _Track:
    """A track that grows: its frames in a file, and beside it its samples where they are wanted."""

    def __init__(self, script: ScriptTrack, folder: Path, rate: int, *, samples: bool) -> None:
        self.name = script.name
        self.frames = 0
        self._rate, self._script = rate, script
        self._path, self._samples_path = _frames_path(folder, script.name), folder / f"{script.name}.pcm"
        self._file: BinaryIO = self._path.open("wb")
        self._samples: BinaryIO | None = self._samples_path.open("wb") if samples else None

    @property
    def is_aside(self) -> bool:
        """Whether it is heard in talking books alone."""
        return self._script.aside

    @property
    def now(self) -> int:
        """The sample at which the next frame will be heard."""
        return self.frames * FRAME_SAMPLES

    def add(self, clip: Clip) -> None:
        """Set a clip, with the silence that it ends with."""
        self._file.write(clip.frames)
        if self._samples:
            self._samples.write(clip.samples.ljust(clip.frame_count * FRAME_SAMPLES * SAMPLE_BYTES, b"\0"))
        self.frames += clip.frame_count

    def pause_until(self, sample: int) -> None:
        """Set silent frames until the next one begins at that sample, or a little before."""
        count = max(0, round((sample - self.now) / FRAME_SAMPLES))
        self._file.write(silent_frames(count, KILOBITS, self._rate))
        if self._samples:
            self._samples.write(bytes(count * FRAME_SAMPLES * SAMPLE_BYTES))
        self.frames += count

    def close(self) -> None:
        self._file.close()
        if self._samples:
            self._samples.close()

    def finished(self) -> AudioTrack:
        samples = self._samples_path if self._samples else None
        return AudioTrack(
            self.name,
            self._path,
            of_samples(self.now, self._rate),
            self.frames,
            self._rate,
            samples,
            self._script.book_only,
        )


class Recording:
    """Takes the clip of each utterance of a script, in order; a context manager.

    ``samples`` asks for tracks of uncompressed sound beside those of frames. Leaving it by an
    exception removes what was written.
    """

    def __init__(self, tracks: tuple[ScriptTrack, ...], staging: Path, rate: int, *, samples: bool = False) -> None:
        require_rate(rate)
        self._folder, self._rate, self._wants_samples = staging / "narration", rate, samples
        self._script = tracks
        self._places = _places(tracks)
        self._tracks: list[_Track] = []
        self._clips: list[AudioClip] = []
        self._marks: list[ChapterMark] = []

    def __enter__(self) -> Self:
        self._folder.mkdir()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for track in self._tracks:
            with contextlib.suppress(OSError):  # a full disk was told of where it was met
                track.close()
        if error is not None:
            shutil.rmtree(self._folder, ignore_errors=True)

    def take(self, clip: Clip) -> None:
        """Set the clip of the next utterance, and the pause after it. Raises ``SavingError`` where there is no room."""
        try:
            self._take(clip, next(self._places))
        except OSError as error:
            raise SavingError(f"{self._folder}: {error.strerror}. Make room and try again.") from error

    def _take(self, clip: Clip, place: _Place) -> None:
        if place.begins_track:
            self._begin(place.track)
        track, utterance = self._tracks[-1], place.utterance
        begin = track.now
        end = begin + clip.length
        if place.chapter and place.chapter.title:
            self._marks.append(ChapterMark(place.chapter.title, place.chapter.depth, track.name, self._at(begin)))
        track.add(clip)
        if utterance.node:
            last = max(self._at(end), Milliseconds(self._at(begin) + 1))
            self._clips.append(AudioClip(utterance.node, track.name, self._at(begin), last))
        track.pause_until(end + utterance.pause * self._rate // 1000)

    def _begin(self, script: ScriptTrack) -> None:
        if self._tracks:
            self._tracks[-1].close()
        self._tracks.append(_Track(script, self._folder, self._rate, samples=self._wants_samples))

    def narration(self, document: Document, casting: Casting) -> Narration:
        """Return the whole, when the last clip was taken. Raises ``SavingError`` where there is no room."""
        try:
            for track in self._tracks:
                track.close()
        except OSError as error:
            raise SavingError(f"{self._folder}: {error.strerror}. Make room and try again.") from error
        apart = next((track for track in self._tracks if track.is_aside), None)
        return Narration(
            tracks=tuple(track.finished() for track in self._tracks if track is not apart),
            clips=tuple(clip for clip in self._clips if apart is None or clip.track != apart.name),
            chapters=tuple(self._marks),
            casting=casting,
            spoken_text=spoken_text(self._script, document),
            asides=self._asides(apart) if apart else None,
        )

    def _asides(self, apart: _Track) -> Asides:
        return Asides(apart.finished(), tuple(clip for clip in self._clips if clip.track == apart.name))

    def _at(self, sample: int) -> Milliseconds:
        return of_samples(sample, self._rate)


def _places(tracks: tuple[ScriptTrack, ...]) -> Iterator[_Place]:
    for track in tracks:
        heard = (
            (None if number else chapter, utterance)
            for chapter in track.chapters
            for number, utterance in enumerate(chapter.utterances)
        )
        for number, (chapter, utterance) in enumerate(heard):
            yield _Place(track, chapter, utterance, number == 0)
