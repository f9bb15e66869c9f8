"""Reading an episode aloud, from its script to its finished tracks.

Nothing heavy is imported here: no engine, no encoder. The engine has a process of its own.
"""

import contextlib
from collections.abc import Callable
from pathlib import Path

from converters.document import Document, NodeId
from converters.findings import Report
from converters.narration import engines
from converters.narration.casting import cast
from converters.narration.model import Casting, Line, Narration, ScriptTrack, Synthesizer, Voice
from converters.narration.script import script
from converters.phrases import Phrases
from converters.settings import Options

LinesDone = Callable[[int, int], None]
"""Called in this process with the lines done, and how many there are."""


def default_synthesizer(staging: Path, options: Options = Options()) -> Synthesizer:  # noqa: B008 - it is frozen
    """Start the engine that the options name; it loads while this process does other things. ``narrate`` ends it."""
    return engines.synthesizer(options, staging)


def available_voices(options: Options = Options()) -> tuple[Voice, ...]:  # noqa: B008 - it is frozen
    """Return the voices of the engine that the options name. Raises ``MissingPartError`` where there is none."""
    import tempfile

    with (
        tempfile.TemporaryDirectory() as folder,
        contextlib.closing(default_synthesizer(Path(folder), options)) as engine,
    ):
        return engine.voices()


def narrate(  # noqa: PLR0913, PLR0917 - clock, engine, folder and report are all passed in
    document: Document,
    title: str,
    options: Options,
    phrases: Phrases,
    synthesizer: Synthesizer,
    staging: Path,
    report: Report,
    progress: LinesDone,
) -> Narration:
    """Read a document aloud into ``staging``, and end the synthesizer.

    Raises ``MissingPartError`` where the engine cannot say it and ``SavingError`` where there
    is no room; then no process and no file is left.
    """
    from converters.narration.recording import Recording

    with contextlib.closing(synthesizer):
        voices = synthesizer.voices()
        engines.refuse_unread((document.metadata.language, phrases.language), voices, options)
        casting = cast(document, voices, phrases.language, report)
        tracks = script(document, title, options, phrases, casting, report)
        lines = _lines(tracks, casting, options.rate)
        recording = Recording(tracks, staging, synthesizer.sample_rate)
        with recording, contextlib.closing(synthesizer.speak(lines, options.jobs)) as speech:
            for number, samples in enumerate(speech, 1):
                recording.take(samples)
                progress(number, len(lines))
            return recording.narration(document, casting, _unsaid(report))


def _unsaid(report: Report) -> tuple[NodeId, ...]:
    return tuple(NodeId(found.where) for found in report.findings if found.code == "speech-003" and found.where)


def _lines(tracks: tuple[ScriptTrack, ...], casting: Casting, rate: int) -> tuple[Line, ...]:
    chapters = (chapter for track in tracks for chapter in track.chapters)
    return tuple(
        Line(utterance.text, (casting.voice(utterance.person, utterance.language) or casting.neutral).id, rate)
        for chapter in chapters
        for utterance in chapter.utterances
    )
