"""An episode of our own invention, and a narration of it whose times can be told by hand."""

from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest

from converters.convert import identify
from converters.document import (
    Document,
    LanguageTag,
    Metadata,
    NodeId,
    Paragraph,
    Person,
    Section,
    Sentence,
    Sound,
    Text,
    Turn,
)
from converters.narration.frames import silent_frames
from converters.narration.model import AudioClip, AudioTrack, Casting, ChapterMark, Narration, Voice
from converters.sentences import paragraph
from converters.timing import Milliseconds, SourceTime
from converters.traverse import sentence_text, walk
from converters.writers import WriteContext, Writer, writer_named
from tests.conftest import Context

ENGLISH = LanguageTag("en")
ANN, BO = NodeId("ann-lee"), NodeId("bo-ruiz")
FRAME = 576
RATE = 22_050

Write = Callable[..., tuple[dict[str, str], WriteContext]]


def _turn(person: NodeId | None, text: str, language: str | None = None) -> Turn:
    whose = (person,) if person else ()
    return Turn((paragraph((Text(text),), ENGLISH),), whose, language=LanguageTag(language) if language else None)


@pytest.fixture
def episode() -> Document:
    """A summary, a conversation with a sound in it, and a closing."""
    people = (Person(ANN, "Ann Lee", part="host"), Person(BO, "Bo Ruiz", part="guest"))
    talk = (
        _turn(ANN, "Welcome to the show. Who built the ramp?"),
        _turn(BO, "We all did. It took a winter, and it took every neighbour who could hold a hammer & a nail."),
        Sound("(LAUGHTER)", "laughter"),
        _turn(ANN, "And who paid for it?"),
        _turn(BO, "Nadie.", "es"),
        _turn(None, "That is true."),
    )
    return identify(
        Document(
            Metadata("A Ramp for the Library", ENGLISH, "The Corner"),
            people,
            (
                Section("summary", (paragraph((Text("Two neighbours talk."),), ENGLISH),)),
                Section("transcript", talk),
                Section("closing", (paragraph((Text("Write to us."),), ENGLISH),)),
            ),
        )
    )


@pytest.fixture
def timed(episode: Document) -> Document:
    """The same with times of the recording: a tenth of a second a letter, and half a second between sentences."""
    clock = 10_000

    def told(sentence: Sentence) -> Sentence:
        nonlocal clock
        begin = clock
        clock += 100 * len(sentence_text(sentence)) + 500
        return msgspec.structs.replace(sentence, time=SourceTime(Milliseconds(begin), Milliseconds(clock - 500)))

    def block(one: Turn | Sound) -> Turn | Sound:
        if isinstance(one, Sound):
            return one
        paragraphs = tuple(Paragraph(tuple(map(told, p.sentences)), p.id) for p in one.paragraphs)
        return msgspec.structs.replace(one, paragraphs=paragraphs)

    talk = episode.sections[1]
    blocks = tuple(block(one) for one in talk.blocks if isinstance(one, Turn | Sound))
    sections = (episode.sections[0], msgspec.structs.replace(talk, blocks=blocks), episode.sections[2])
    return msgspec.structs.replace(episode, sections=sections)


def _silence(path: Path, frames: int) -> Path:
    path.write_bytes(silent_frames(frames, 48, RATE))
    return path


@pytest.fixture
def narration(episode: Document, tmp_path: Path) -> Narration:
    """Every sentence and sound, a tenth of a second a letter, 400 ms apart, in two tracks."""
    clips: list[AudioClip] = []
    chapters = []
    track, clock = "01-summary", 5000
    chapters.append(ChapterMark("Title and voices", 1, track, Milliseconds(0)))
    for step in walk(episode):
        if isinstance(step, Section) and step.kind == "transcript":
            track, clock = "02-rest", 1000
        if isinstance(step, Section):
            chapters.append(ChapterMark(step.kind.title(), 1, track, Milliseconds(clock - 500)))
        if isinstance(step, Sentence | Sound):
            words = sentence_text(step) if isinstance(step, Sentence) else step.description
            clips.append(AudioClip(step.id, track, Milliseconds(clock), Milliseconds(clock + 100 * len(words))))
            clock += 100 * len(words) + 400
    tracks = tuple(
        AudioTrack(name, _silence(tmp_path / name, frames), Milliseconds(frames * FRAME * 1000 // RATE), frames, RATE)
        for name, frames in (("01-summary", 383), ("02-rest", 1532))  # 10.005 s and 40.02 s
    )
    voice = Voice("plain", ENGLISH, "for tests")
    return Narration(tracks, tuple(clips), tuple(chapters), Casting(voice, ()), "")


@pytest.fixture
def write(context: Context) -> Write:
    """Write a document in one format; return the text of each file, and the context with its report."""

    def writing(
        document: Document, name: str, narration: Narration | None = None, formats: tuple[str, ...] = ()
    ) -> tuple[dict[str, str], WriteContext]:
        row: Writer = writer_named(name)
        told = msgspec.structs.replace(context(document, formats or (name,)), narration=narration)
        artifacts = row.load()(document, told)
        return {a.name: a.content.decode() for a in artifacts if isinstance(a.content, bytes)}, told

    return writing
