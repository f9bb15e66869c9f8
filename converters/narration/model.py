"""What a narration is: tracks of sound, and where in them each part of the document is heard."""

from collections.abc import Generator
from pathlib import Path
from typing import Final, Literal, Protocol

import msgspec

from converters.document import LanguageTag, NodeId
from converters.timing import Milliseconds


class Traits(msgspec.Struct, frozen=True):
    """How a voice sounds, as measured: ``pitch`` is its median in Hz.

    ``timbre`` is its place among the engine's voices, in dB: two long-term spectra differ by
    about the distance between two places.
    """

    pitch: int
    timbre: tuple[float, ...] = ()


class Voice(msgspec.Struct, frozen=True):
    """A voice of one engine; ``id`` is what show.toml's ``voice`` and ``curbcut voices`` say.

    ``language`` tells the accent too (``en-us``). ``traits`` are None where nobody has measured
    it. ``pitched`` marks another voice set higher or lower: to be taken only where true ones do not suffice.
    """

    id: str
    language: LanguageTag
    description: str
    traits: Traits | None = None
    pitched: bool = False


Notation = Literal["espeak", "piper", "piper-british", "plain"]
"""What an engine reads beside letters: espeak-ng's phonemes or its IPA, in double brackets, or nothing."""


class Line(msgspec.Struct, frozen=True):
    """What an engine is asked to say: words, by which voice, at how many words a minute.

    ``text`` is in the engine's notation: with every word of the lexicon as it is to be said.
    ``volume`` is in per cent of what the voice is by itself.
    """

    text: str
    voice: str
    rate: int
    volume: int = 100


class Utterance(msgspec.Struct, frozen=True):
    """One stretch of speech with the silence after it.

    ``node`` is the part of the document that is heard, None for words that we add.
    ``person`` is who says it, None for the narrator. ``language`` is given where it is
    not the document's. ``announces`` marks a name said before its bearer speaks, and
    ``unattributed`` speech that is not one person's: nobody's, or several people's together,
    who are named in ``together``.
    """

    text: str
    node: NodeId | None = None
    person: NodeId | None = None
    pause: Milliseconds = Milliseconds(0)
    language: LanguageTag | None = None
    announces: bool = False
    unattributed: bool = False
    together: tuple[NodeId, ...] = ()


class Chapter(msgspec.Struct, frozen=True):
    """A place to jump to: a title and the utterances that follow, until the next chapter.

    ``depth`` is 1 for a section and 2 for an exchange in it. Without a title it is no place to
    jump to: the chapter before goes on.
    """

    title: str
    utterances: tuple[Utterance, ...]
    depth: int = 1


class ScriptTrack(msgspec.Struct, frozen=True):
    """What is said in one track; ``section`` is None for the words before and after the document.

    ``book_only``: it is heard where a page of the book is read aloud, and in no audio file.
    ``aside``: it is heard in talking books alone (``Narration.asides``).
    """

    name: str
    section: NodeId | None
    chapters: tuple[Chapter, ...]
    book_only: bool = False
    aside: bool = False


class Aside(msgspec.Struct, frozen=True):
    """Words that a talking book prints, and that no other edition says: the heading of an exchange, say.

    ``ours``: they are in the language of our phrases. ``heads``: they are a heading.
    """

    node: NodeId
    words: str
    ours: bool = False
    heads: bool = False


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
    ``book_only``: it is heard in the book and not in the audio editions.
    ``samples`` is the same sound as 16-bit mono PCM, little-endian, where an edition asked for it.
    """

    name: str
    path: Path
    duration: Milliseconds
    frames: int
    rate: int
    samples: Path | None = None
    book_only: bool = False


UNATTRIBUTED: Final = NodeId("")
"""Stands for a person's id in ``Casting.others`` where speech is unattributed."""


class Casting(msgspec.Struct, frozen=True):
    """Who speaks with which voice; ``neutral`` is the narrator's.

    ``others`` are the voices for words in another language than the document's, by language
    and person (None: the narrator). ``shared`` tells that some people have one voice.
    ``unattributed`` is the voice of speech that is not one person's, None for the narrator's.
    """

    neutral: Voice
    voices: tuple[tuple[NodeId, Voice], ...]
    others: tuple[tuple[LanguageTag, NodeId | None, Voice], ...] = ()
    shared: bool = False
    unattributed: Voice | None = None

    def voice(self, person: NodeId | None, language: LanguageTag | None) -> Voice | None:
        """Return the voice of a person, or of the narrator; None where no voice has the language."""
        if language is not None:
            return next((v for tag, whose, v in self.others if (tag, whose) == (language, person)), None)
        if person == UNATTRIBUTED:
            return self.unattributed or self.neutral
        return next((v for whose, v in self.voices if whose == person), self.neutral)

    def voice_of(self, utterance: Utterance) -> Voice:
        """Return the voice that says an utterance."""
        whose = UNATTRIBUTED if utterance.unattributed else utterance.person
        return self.voice(whose, utterance.language) or self.neutral

    @property
    def all_voices(self) -> tuple[Voice, ...]:
        """Every voice that may be heard, each once, the narrator's first."""
        shared = (self.unattributed,) if self.unattributed else ()
        found = (self.neutral, *(v for _, v in self.voices), *(v for *_, v in self.others), *shared)
        return tuple(dict.fromkeys(found))


class Asides(msgspec.Struct, frozen=True):
    """A track apart from all others, and what is heard in it: what talking books alone say."""

    track: AudioTrack
    clips: tuple[AudioClip, ...]


class Narration(msgspec.Struct, frozen=True):
    """An episode read aloud, once, for every edition that uses it.

    ``unsaid`` are the parts that no voice here can say; each has a finding. ``timeline`` is
    ``recording`` where the tracks are the show's own sound. ``asides`` are there where a talking book is made.
    ``engine`` is the name and version of what speaks, empty where nothing does.
    """

    tracks: tuple[AudioTrack, ...]
    clips: tuple[AudioClip, ...]
    chapters: tuple[ChapterMark, ...]
    casting: Casting
    spoken_text: str
    unsaid: tuple[NodeId, ...] = ()
    timeline: Timeline = "narration"
    asides: Asides | None = None
    engine: str = ""


class Synthesizer(Protocol):
    """An engine. The samples of a line depend on the line and the engine's version alone."""

    @property
    def sample_rate(self) -> int:
        """Samples a second of everything it says."""

    @property
    def version(self) -> str:
        """Name and version, such as ``eSpeak NG 1.52.0``: a clip of another version is another clip."""

    @property
    def notation(self) -> Notation:
        """What it reads beside letters."""

    def loudness(self, voice: str, rate: int) -> float | None:
        """Return how loud a voice is by itself, in LUFS, None where that was never measured (see ``levels``)."""

    def voices(self) -> tuple[Voice, ...]:
        """Return the voices that it has on this machine."""

    def speak(self, lines: tuple[Line, ...], jobs: int) -> Generator[bytes, None, None]:
        """Yield 16-bit mono PCM for each line, in order, ``jobs`` at work at once.

        Raises ``MissingPartError`` where a line cannot be said at all.
        """

    def close(self) -> None:
        """Leave no process and no file behind."""
