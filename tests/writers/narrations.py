"""Narrations made by hand: silence, with a second for each thing that is said."""

from collections.abc import Iterable, Iterator
from pathlib import Path

from converters.document import Document, LanguageTag, NodeId
from converters.narration.frames import FRAME_SAMPLES, silent_frames
from converters.narration.model import AudioClip, AudioTrack, Casting, Narration, Timeline, Voice
from converters.outline import outline
from converters.timing import Milliseconds, of_samples
from converters.traverse import sentences, turns

RATE = 22_050
SECOND = 1000
PAUSE = 300

VOICE = Voice("own/one", LanguageTag("en"), "One")
OTHER = Voice("own/two", LanguageTag("en"), "Two")


def narration(
    document: Document, folder: Path, tracks: dict[str, Iterable[str]], timeline: Timeline = "narration"
) -> Narration:
    """Say each node for a second, with a short pause after it, in the tracks named; sound that is silence."""
    made = [_track(name, tuple(nodes), folder) for name, nodes in tracks.items()]
    voices = tuple((person.id, OTHER) for person in document.people[:1])
    return Narration(
        tracks=tuple(track for track, _ in made),
        clips=tuple(clip for _, clips in made for clip in clips),
        chapters=(),
        casting=Casting(VOICE, voices),
        spoken_text="",
        timeline=timeline,
    )


def everything(document: Document) -> dict[str, Iterable[str]]:
    """Name all that a voice may say, in a track each for what is before, in and after the conversation."""
    shape = outline(document)
    told = [s for s in shape.in_reading_order if s.kind not in {"furniture", "transcript"}]
    return {
        "01-start": ("title", "contents-heading", *(f"nav-{i}" for i in _targets(document))),
        "02-told": [node for one in told for node in (f"{one.id}-heading", *(s.id for s in sentences(one)))],
        "03-transcript": list(_conversation(document)),
        "04-help": ("help-intro", "help-way-1", "help-way-2", "about-heading", "furniture-heading"),
    }


def _conversation(document: Document) -> Iterator[str]:
    conversation = outline(document).conversation
    assert conversation
    yield f"{conversation.id}-heading"
    for turn in turns(document):
        yield f"{turn.id}-name"
        yield from (one.id for paragraph in turn.paragraphs for one in paragraph.sentences)


def _targets(document: Document) -> tuple[str, ...]:
    return ("at-a-glance", *(section.id for section in outline(document).body), "about")


def _track(name: str, nodes: tuple[str, ...], folder: Path) -> tuple[AudioTrack, tuple[AudioClip, ...]]:
    step = SECOND + PAUSE
    clips = tuple(
        AudioClip(NodeId(node), name, Milliseconds(n * step), Milliseconds(n * step + SECOND))
        for n, node in enumerate(nodes)
    )
    frames = -(-len(nodes) * step * RATE // 1000 // FRAME_SAMPLES) + 1
    path = folder / f"{name}.mp3"
    path.write_bytes(silent_frames(frames, 48, RATE))
    return AudioTrack(name, path, of_samples(frames * FRAME_SAMPLES, RATE), frames, RATE), clips
