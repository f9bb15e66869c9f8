"""The sound of a talking book: a file for each part, and in it, phrase by phrase, what is heard when.

Every clip of our narration is encoded by itself and begins with a frame (``narration/encoding``), so clips can be
set in any order, each with the pause after it: that of the printed parts, with the narrator's asides in their places.
What is heard of a part is heard without a gap, each phrase until the next one begins; frames are counted, so
that lengths add up to the millisecond. A recording is cut at the parts (``narration/recording_pieces``), and all of it
is heard. A heading that nobody says has a short silence: players that go by sound alone find their way by headings.
"""

import itertools
from collections.abc import Iterable, Iterator
from typing import Final

import msgspec

from converters.errors import SavingError, SourceError
from converters.narration.encoding import KILOBITS, frames_for
from converters.narration.frame_table import FrameTable, NoFramesError, frame_table
from converters.narration.frames import FRAME_SAMPLES, RATES, TAIL_FRAMES, info_frame, silent_frames
from converters.narration.model import AudioClip, AudioTrack, ChapterMark, Narration
from converters.narration.pauses import AFTER_SECTION, AFTER_SENTENCE, pause
from converters.narration.pieces import FrameRun, Piece, frame_at, pieces_of
from converters.narration.stretches import longest_pause, stretches
from converters.timing import Milliseconds, of_samples
from converters.writers import WriteContext
from converters.writers.talking_book import Part, TalkingBook

ROUNDING: Final = 100
"""Milliseconds by which the silence at the end of a track may be longer than was asked for."""


SILENCE: Final = "silence.mp3"
SILENT_FRAMES: Final = 12
"""A third of a second: long enough to be a place in the sound, and no break in a conversation."""


class Heard(msgspec.Struct, frozen=True):
    """When a phrase is heard in a file of sound: milliseconds from its start."""

    file: str
    begin: Milliseconds
    end: Milliseconds

    @property
    def length(self) -> int:
        """How long it is heard."""
        return self.end - self.begin

    @property
    def is_silent(self) -> bool:
        """Whether there is nothing to hear."""
        return self.file == SILENCE


class BookSound(msgspec.Struct, frozen=True):
    """The files of sound in order, by name, and when each phrase is heard; a phrase without sound is not in it."""

    files: tuple[tuple[str, Piece], ...]
    heard: dict[str, Heard]

    def length(self, part: Part) -> Milliseconds:
        """Return how long a part is heard."""
        return Milliseconds(sum(self.heard[one.id].length for one in part.phrases if one.id in self.heard))


def nodes_heard(narration: Narration) -> frozenset[str]:
    """Return the ids of all that has a clip."""
    apart = narration.asides.clips if narration.asides else ()
    return frozenset(str(clip.node) for clip in (*narration.clips, *apart))


def book_sound(book: TalkingBook, narration: Narration, context: WriteContext) -> BookSound:
    """Return the sound of a book.

    Raises ``SourceError`` where a recording is of a kind that cannot be cut, ``SavingError`` where it cannot be read.
    """
    try:
        return _sound(book, narration, context.options.rate)
    except NoFramesError as error:
        raise SourceError(
            f"{context.options.recording}: its MP3 is of a kind that cannot be cut into parts. "
            "Save it as WAV or FLAC, and name that file after --recording."
        ) from error
    except OSError as error:
        raise SavingError(f"{context.staging}: {error.strerror}. Make room and try again.") from error


def _sound(book: TalkingBook, narration: Narration, rate: int) -> BookSound:
    """Return the sound; ``rate``, in words a minute, tells how long pauses are."""
    is_recording = narration.timeline == "recording"
    sound = _of_recording(book, narration) if is_recording else _of_clips(book, narration, rate)
    unsaid = [part.heading.id for part in book.parts if part.heading.id not in sound.heard]
    return _with_silence(sound, unsaid) if unsaid else sound


def _with_silence(sound: BookSound, headings: list[str]) -> BookSound:
    """Return the sound with a silence for each of these headings, all of them the same file."""
    rate, samples = RATES[0], SILENT_FRAMES * FRAME_SAMPLES
    after = silent_frames(SILENT_FRAMES + TAIL_FRAMES, KILOBITS, rate)
    before = info_frame(SILENT_FRAMES + TAIL_FRAMES, len(after), KILOBITS, rate)
    piece = Piece(0, SILENCE, (), (), SILENT_FRAMES, rate, (), before, after)
    silent = Heard(SILENCE, Milliseconds(0), of_samples(samples, rate))
    return BookSound((*sound.files, (SILENCE, piece)), sound.heard | dict.fromkeys(headings, silent))


def sound_name(number: int) -> str:
    """Return the name of the sound of a part, which is also what its other files are called."""
    return f"ep{number:04}.mp3"


# our narration -----------------------------------------------------------------------------------


class _Take(msgspec.Struct, frozen=True):
    """The frames of a clip and of the pause after it: from one up to another, of a track."""

    track: AudioTrack
    begin: int
    end: int


def _of_clips(book: TalkingBook, narration: Narration, rate: int) -> BookSound:
    takes, tables = _takes(narration, rate), _Tables()
    files: list[tuple[str, Piece]] = []
    heard: dict[str, Heard] = {}
    for number, part in enumerate(book.parts, 1):
        spoken = [(phrase.id, takes[phrase.id]) for phrase in part.phrases if phrase.id in takes]
        if not spoken:
            continue
        name, samples = sound_name(number), narration.tracks[0].rate
        ends = list(itertools.accumulate(take.end - take.begin for _, take in spoken))
        times = [of_samples(frame * FRAME_SAMPLES, samples) for frame in (0, *ends)]
        for (identifier, _), (begin, end) in zip(spoken, itertools.pairwise(times), strict=True):
            heard[identifier] = Heard(name, begin, end)
        files.append((name, _piece(number, [take for _, take in spoken], tables)))
    return BookSound(tuple(files), heard)


def _takes(narration: Narration, rate: int) -> dict[str, _Take]:
    """Return what is taken of the tracks for each node; of a node that has two clips, the first."""
    asides = narration.asides
    tracks = (*narration.tracks, *((asides.track,) if asides else ()))
    clips = (*narration.clips, *(asides.clips if asides else ()))
    follow = stretches(clips, longest_pause(narration.timeline, rate))
    last = {track: max(clip.begin for clip in several) for track, several in _by_track(clips)}
    found: dict[str, _Take] = {}
    by_name = {track.name: track for track in tracks}
    for clip in clips:
        track, until = by_name[clip.track], follow[str(clip.node)].end
        begin = frame_at(clip.begin, track.rate)
        end = frame_at(until, track.rate) if until > clip.end else _end(clip, track, rate)
        if clip.begin == last[clip.track] and track.duration - clip.end <= pause(AFTER_SECTION, rate) + ROUNDING:
            end = track.frames
        found.setdefault(str(clip.node), _Take(track, begin, max(end, begin + 1)))
    return found


def _by_track(clips: Iterable[AudioClip]) -> Iterator[tuple[str, list[AudioClip]]]:
    found: dict[str, list[AudioClip]] = {}
    for clip in clips:
        found.setdefault(clip.track, []).append(clip)
    yield from found.items()


def _end(clip: AudioClip, track: AudioTrack, rate: int) -> int:
    """Return the frame with which a clip ends that no other follows soon: its own, and a short pause."""
    begin = frame_at(clip.begin, track.rate)
    length = (clip.end - clip.begin) * track.rate // 1000
    paused = length + pause(AFTER_SENTENCE, rate) * track.rate // 1000
    return min(track.frames, begin + max(frames_for(length), round(paused / FRAME_SAMPLES)))


class _Tables:
    """Where the frames of tracks stand; a track is looked through once."""

    def __init__(self) -> None:
        self._found: dict[str, FrameTable] = {}

    def run(self, take: _Take) -> FrameRun:
        """Return the bytes of a clip."""
        path = take.track.path
        if take.track.name not in self._found:
            self._found[take.track.name] = frame_table(path)
        table = self._found[take.track.name]
        begin = table.offset(take.begin)
        return FrameRun(path, begin, table.offset(take.end) - begin)


def _piece(number: int, takes: list[_Take], tables: _Tables) -> Piece:
    """Return the sound of a part as a whole file."""
    rate = takes[0].track.rate
    frames = sum(take.end - take.begin for take in takes)
    runs, after = tuple(_joined(map(tables.run, takes))), silent_frames(TAIL_FRAMES, KILOBITS, rate)
    size = sum(run.size for run in runs) + len(after)
    before = info_frame(frames + TAIL_FRAMES, size, KILOBITS, rate)
    return Piece(number, sound_name(number), (), (), frames, rate, runs, before, after)


def _joined(runs: Iterable[FrameRun]) -> Iterator[FrameRun]:
    """Yield runs, those that stand one after another in a file as one."""
    before: FrameRun | None = None
    for run in runs:
        if before and run.path == before.path and run.begin == before.begin + before.size:
            before = msgspec.structs.replace(before, size=before.size + run.size)
            continue
        if before:
            yield before
        before = run
    if before:
        yield before


# a recording ----------------------------------------------------------------------------------------


def _of_recording(book: TalkingBook, narration: Narration) -> BookSound:
    """Return a recording cut where each part begins to be heard; each phrase is heard until the next one begins."""
    begins = {str(clip.node): clip for clip in reversed(narration.clips)}
    marks = []
    for number, part in enumerate(book.parts, 1):
        first = next((begins[phrase.id] for phrase in part.phrases if phrase.id in begins), None)
        if first:
            marks.append(ChapterMark(str(number), 1, first.track, first.begin))
    cut = pieces_of(msgspec.structs.replace(narration, chapters=tuple(marks)))
    printed = {phrase.id for phrase in book.phrases}
    files: list[tuple[str, Piece]] = []
    heard: dict[str, Heard] = {}
    for piece in cut:
        name = sound_name(int(piece.chapters[0].title) if piece.chapters else 1)
        files.append((name, piece))
        heard |= dict(_filling(name, piece, printed))
    return BookSound(tuple(files), heard)


def _filling(name: str, piece: Piece, printed: set[str]) -> Iterator[tuple[str, Heard]]:
    """Yield when each phrase is heard in a piece, from its start to its end and without a gap."""
    clips = sorted((clip for clip in piece.clips if clip.node in printed), key=lambda clip: clip.begin)
    edges = [Milliseconds(0), *(clip.begin for clip in clips[1:]), piece.duration]
    for clip, (begin, end) in zip(clips, itertools.pairwise(edges), strict=True):
        if begin < end:
            yield str(clip.node), Heard(name, begin, end)
