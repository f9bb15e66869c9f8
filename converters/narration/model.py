"""What a narration is: tracks of sound, and where in them each part of the document is heard."""

from collections.abc import Generator
from pathlib import Path
from typing import Literal, Protocol

import msgspec

from converters.document import LanguageTag, NodeId
from converters.timing import Milliseconds


class Voice(msgspec.Struct, frozen=True):
    """A voice of one engine; ``id`` is what show.toml's ``voice`` and ``curbcut voices`` say.

    ``pitched`` marks another voice set higher or lower: to be taken only where true ones do not suffice.
    """

    id: str
    language: LanguageTag
    description: str
    pitched: bool = False


class Line(msgspec.Struct, frozen=True):
    """What an engine is asked to say: words, by which voice, at how many words a minute."""

    text: str
    voice: str
    rate: int


class Utterance(msgspec.Struct, frozen=True):
    """One stretch of speech with the silence after it.

    ``node`` is the part of the document that is heard, None for words that we add.
    ``person`` is who says it, None for the narrator. ``language`` is given where it is
    not the document's. ``announces`` marks a name said before its bearer speaks.
    """

    text: str
    node: NodeId | None = None
    person: NodeId | None = None
    pause: Milliseconds = Milliseconds(0)
    language: LanguageTag | None = None
    announces: bool = False


class Chapter(msgspec.Struct, frozen=True):
    """A place to jump to: a title and the utterances that follow, until the next chapter.

    ``depth`` is 1 for a section and 2 for an exchange in it.
    """

    title: str
    utterances: tuple[Utterance, ...]
    depth: int = 1


class ScriptTrack(msgspec.Struct, frozen=True):
    """What is said in one track; ``section`` is None for the words before and after the document."""

    name: str
    section: NodeId | None
    chapters: tuple[Chapter, ...]


class AudioClip(msgspec.Struct, frozen=True):
    """Where one part of the document is heard, in milliseconds from the start of a track."""

    node: NodeId
    track: str
    begin: Milliseconds
    end: Milliseconds


Timeline = Literal["narration", "recording"]
"""Whose clock times are told by: that of our own narration, or that of the show's own recording."""


class ChapterMark(msgspec.Struct, frozen=True):
    """Where a chapter begins, in milliseconds from the start of its track."""

    title: str
    depth: int
    track: str
    begin: Milliseconds


class AudioTrack(msgspec.Struct, frozen=True):
    """One finished MP3 stream in the staging folder: bare frames, ``rate`` samples a second.

    Whoever plays it alone sets ``frames.info_frame`` before it and ``frames.silent_frames``
    after it; its length is that of its frames, and clips are right to the sample.
    """

    name: str
    path: Path
    duration: Milliseconds
    frames: int
    rate: int


class Casting(msgspec.Struct, frozen=True):
    """Who speaks with which voice; ``neutral`` is for the narrator and unattributed speech.

    ``others`` are the voices for words in another language than the document's, by language
    and person (None: the narrator). ``shared`` tells that some people have one voice.
    """

    neutral: Voice
    voices: tuple[tuple[NodeId, Voice], ...]
    others: tuple[tuple[LanguageTag, NodeId | None, Voice], ...] = ()
    shared: bool = False

    def voice(self, person: NodeId | None, language: LanguageTag | None) -> Voice | None:
        """Return the voice of a person, or of the narrator; None where no voice has the language."""
        if language is not None:
            return next((v for tag, whose, v in self.others if (tag, whose) == (language, person)), None)
        return next((v for whose, v in self.voices if whose == person), self.neutral)


class Narration(msgspec.Struct, frozen=True):
    """An episode read aloud, once, for every edition that uses it.

    ``unsaid`` are the parts that no voice here can say; each has a finding. ``timeline`` is
    ``recording`` where the tracks are the show's own sound.
    """

    tracks: tuple[AudioTrack, ...]
    clips: tuple[AudioClip, ...]
    chapters: tuple[ChapterMark, ...]
    casting: Casting
    spoken_text: str
    unsaid: tuple[NodeId, ...] = ()
    timeline: Timeline = "narration"


class Synthesizer(Protocol):
    """An engine. The samples of a line depend on the line and the engine's version alone."""

    @property
    def sample_rate(self) -> int:
        """Samples a second of everything it says."""

    def voices(self) -> tuple[Voice, ...]:
        """Return the voices that it has on this machine."""

    def speak(self, lines: tuple[Line, ...], jobs: int) -> Generator[bytes, None, None]:
        """Yield 16-bit mono PCM for each line, in order, ``jobs`` at work at once.

        Raises ``MissingPartError`` where a line cannot be said at all.
        """

    def close(self) -> None:
        """Leave no process and no file behind."""
