"""The tracks of a narration as files that a player opens one by one, as they stand in a book."""

import shutil
from pathlib import Path
from typing import IO, Final

import msgspec

from converters.identifiers import Names, slug
from converters.narration.encoding import KILOBITS
from converters.narration.frames import TAIL_FRAMES, info_frame, silent_frames
from converters.narration.model import AudioTrack, Narration

MEDIA_TYPES: Final = {".mp3": "audio/mpeg", ".m4a": "audio/mp4", ".opus": "audio/ogg; codecs=opus"}
"""The sound that every reading system must play (EPUB 3.3 §3.2)."""


class SoundFile(msgspec.Struct, frozen=True):
    """A file of sound: a track of bare frames with what a player needs before and after them.

    A recording is a whole file already: nothing stands before or after it.
    """

    track: str
    name: str
    media_type: str
    path: Path
    before: bytes = b""
    after: bytes = b""

    @property
    def size(self) -> int:
        """Its length in bytes."""
        return len(self.before) + self.path.stat().st_size + len(self.after)

    def copy_to(self, target: IO[bytes]) -> None:
        """Write it piece by piece, however long it is."""
        target.write(self.before)
        with self.path.open("rb") as stream:
            shutil.copyfileobj(stream, target)
        target.write(self.after)


def sound_files(narration: Narration, folder: str) -> tuple[SoundFile, ...]:
    """Return the files of all tracks, each with a name of its own in a folder of the book."""
    names = Names(())
    return tuple(
        _sound_file(track, narration, f"{folder}/{names.claim(slug(track.name) or 'track')}")
        for track in narration.tracks
    )


def _sound_file(track: AudioTrack, narration: Narration, name: str) -> SoundFile:
    ending = track.path.suffix.lower()
    kind = MEDIA_TYPES.get(ending, MEDIA_TYPES[".mp3"])
    if narration.timeline == "recording":
        return SoundFile(track.name, name + ending, kind, track.path)
    after = silent_frames(TAIL_FRAMES, KILOBITS, track.rate)
    size = track.path.stat().st_size + len(after)
    before = info_frame(track.frames + TAIL_FRAMES, size, KILOBITS, track.rate)
    return SoundFile(track.name, name + ending, kind, track.path, before, after)
