"""The show's own recording in place of synthetic speech: the same clips, over the real voices.

The transcript must have times of that recording; they are taken as they are (see
``recording_times``). The sound is not touched: an MP3 is kept frame by frame, any other format
that FFmpeg reads is encoded once.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO, Final

from converters.document import Document, Sound
from converters.errors import SavingError, SourceError, UsageError
from converters.findings import Report
from converters.narration.model import AudioClip, AudioTrack, Casting, ChapterMark, Narration, Voice
from converters.phrases import Phrases
from converters.recording_chapters import recording_chapters
from converters.recording_times import RecordingTimes, has_recording_times, recording_times
from converters.timing import Milliseconds
from converters.traverse import person_named, sentence_text

TRACK: Final = "recording"
PAST_THE_END: Final = 500
"""Milliseconds that a transcript may run past its recording: the last word rounded up."""

ID3_HEAD: Final = 10
ID3_FOOT: Final = 0x10
OLD_TAG: Final = 128
"""Bytes of an ID3v1 tag, which ends a file and begins with ``TAG``."""


def recorded(
    document: Document, recording: Path, staging: Path, phrases: Phrases, report: Report, *, samples: bool = False
) -> Narration:
    """Return the recording as a narration; its one track is a whole MP3 file.

    Raises ``UsageError`` where the transcript has no times, ``SourceError`` where the recording
    cannot be read or is shorter than its transcript.
    """
    if not has_recording_times(document):
        raise UsageError(
            f"The transcript has no times, so nobody knows where in {recording.name} a sentence is heard. Give "
            "captions or a transcript with time codes, or leave --recording out and have it read aloud."
        )
    times = recording_times(document)
    times.remark(report)
    track = _track(recording, staging / "narration", samples=samples)
    _require_room(times, track, recording)
    marks = recording_chapters(document, times, phrases)
    return Narration(
        tracks=(track,),
        clips=tuple(_clips(times, track)),
        chapters=tuple(ChapterMark(mark.title, mark.depth, TRACK, mark.begin) for mark in marks),
        casting=Casting(Voice("", document.metadata.language, recording.name), ()),
        spoken_text="\n".join(_words(document, times)),
        timeline="recording",
    )


def _track(recording: Path, folder: Path, *, samples: bool) -> AudioTrack:
    from converters.narration import libav

    path, sound = folder / f"{TRACK}.mp3", folder / f"{TRACK}.pcm" if samples else None
    try:
        folder.mkdir()
        found = libav.probe(recording)
        if found.is_mp3:
            _copy_without_tags(recording, path)
        else:
            libav.encode_mp3(recording, path)
        if sound:
            libav.decode(recording, sound, found.rate)
    except FileNotFoundError as error:
        raise SourceError(f"{recording}: there is no such file. Check the name after --recording.") from error
    except libav.NotSoundError as error:
        raise SourceError(f"{recording}: this is no recording that can be read ({error}).") from error
    except OSError as error:
        raise SavingError(f"{path}: {error.strerror}. Make room and try again.") from error
    return AudioTrack(TRACK, path, found.duration, 0, found.rate, samples=sound)


def _require_room(times: RecordingTimes, track: AudioTrack, recording: Path) -> None:
    late = [span for span in times.spans if span.end > track.duration + PAST_THE_END]
    if late:
        raise SourceError(
            f"{recording}: the recording ends after {track.duration / 1000:,.0f} s, and its transcript goes on until "
            f"{late[-1].end / 1000:,.0f} s ({len(late)} sentences). Is it of another episode, or was it cut?"
        )


def _clips(times: RecordingTimes, track: AudioTrack) -> Iterator[AudioClip]:
    for heard, span in zip(times.parts, times.spans, strict=True):
        end = min(span.end, track.duration)
        if span.begin < end:
            yield AudioClip(heard.part.id, TRACK, span.begin, Milliseconds(end))


def _words(document: Document, times: RecordingTimes) -> Iterator[str]:
    """Yield a line for each sentence, an empty one and the name before those of somebody else."""
    speaking = None
    for heard in times.parts:
        part, turn = heard.part, heard.turn
        words = part.description if isinstance(part, Sound) else sentence_text(part)
        if turn and turn.id != speaking:
            speaking = turn.id
            names = ", ".join(person_named(document, person).name for person in turn.people)
            yield ""
            yield f"{names}: {words}" if names else words
        else:
            yield words


# the file ------------------------------------------------------------------------------------


def _copy_without_tags(recording: Path, path: Path) -> None:
    """Copy an MP3's frames; the tags of the edition take the place of its own."""
    with recording.open("rb") as source, path.open("wb") as target:
        begin, end = _frames_at(source)
        source.seek(begin)
        while begin < end and (piece := source.read(min(1 << 20, end - begin))):
            target.write(piece)
            begin += len(piece)


def _frames_at(source: BinaryIO) -> tuple[int, int]:
    """Return where the frames begin and end: after ID3v2, before ID3v1."""
    head = source.read(ID3_HEAD)
    begin = 0
    if head[:3] == b"ID3":
        size = sum(byte << shift for byte, shift in zip(head[6:10], (21, 14, 7, 0), strict=True))
        begin = ID3_HEAD + size + (ID3_HEAD if head[5] & ID3_FOOT else 0)
    end = source.seek(0, 2)
    if end - begin > OLD_TAG:
        source.seek(end - OLD_TAG)
        end -= OLD_TAG if source.read(3) == b"TAG" else 0
    return begin, end
