"""Reading an episode aloud, from its script to its finished tracks.

Nothing heavy is imported here: no engine, no encoder. The engine has a process of its own.
"""

import contextlib
import functools
from collections.abc import Callable, Iterator
from pathlib import Path

import msgspec

from converters.document import Document, NodeId
from converters.findings import Report
from converters.narration import engines
from converters.narration.asides import asides_track
from converters.narration.cache import ClipCache
from converters.narration.casting import cast
from converters.narration.doubtful_names import main_voice, report_doubtful
from converters.narration.levels import level_of
from converters.narration.lexicon import Lexicon, applied, lexicon_of, report_unsayable
from converters.narration.model import Aside, Casting, Line, Narration, ScriptTrack, Synthesizer, Utterance, Voice
from converters.narration.narrator import Narrator
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


class Studio(msgspec.Struct, frozen=True):
    """What a narration is made with, and where: tracks go to ``staging``.

    ``samples`` asks for tracks of uncompressed sound too, ``for_book`` for what only a book says, ``asides``
    for what only talking books say.
    """

    synthesizer: Synthesizer
    staging: Path
    cache: ClipCache
    samples: bool = False
    for_book: bool = False
    asides: tuple[Aside, ...] = ()


def kept_clips() -> ClipCache:
    """Open the cache of this user: what was spoken before need not be spoken again."""
    from platformdirs import user_cache_path

    return ClipCache(user_cache_path("curbcut", appauthor=False) / "speech")


def narrate(
    document: Document,
    title: str,
    options: Options,
    phrases: Phrases,
    studio: Studio,
    report: Report,
    progress: LinesDone,
) -> Narration:
    """Read a document aloud, and end synthesizer and cache.

    Raises ``MissingPartError`` where the engine cannot say it and ``SavingError`` where there
    is no room; then no process and no file is left.
    """
    synthesizer = studio.synthesizer
    with studio.cache, contextlib.closing(synthesizer):
        voices = synthesizer.voices()
        engines.refuse_unread((document.metadata.language, phrases.language), voices, options)
        casting = cast(document, voices, phrases.language, report, options.cast)
        lexicon = lexicon_of(document, options)
        kept = lexicon.words
        tracks = script(document, title, options, phrases, casting, report, for_book=studio.for_book, kept=kept)
        own = (u.text for u in utterances(tracks) if u.language is None and (u.node or u.announces))
        report_doubtful(document, own, lexicon, main_voice(casting), synthesizer.notation, report)
        narrator = Narrator(document.metadata.language, phrases, options.rate, kept)
        tracks += asides_track(studio.asides, tracks, casting, narrator)
        return perform(document, tracks, casting, options, studio, report, progress)


def perform(
    document: Document,
    tracks: tuple[ScriptTrack, ...],
    casting: Casting,
    options: Options,
    studio: Studio,
    report: Report,
    progress: LinesDone,
) -> Narration:
    """Have any script spoken; cache and synthesizer stay open. Raises what ``narrate`` does."""
    lexicon = lexicon_of(document, options)
    lines = _lines(tracks, casting, options.rate, lexicon, studio)
    said = (utterance.text for utterance in utterances(tracks))
    report_unsayable(said, lexicon, studio.synthesizer.notation, report)
    narration = record(tracks, lines, studio, document, casting, options.jobs, progress)
    return msgspec.structs.replace(narration, unsaid=_unsaid(report), engine=studio.synthesizer.version)


def record(
    tracks: tuple[ScriptTrack, ...],
    lines: tuple[Line, ...],
    studio: Studio,
    document: Document,
    casting: Casting,
    jobs: int,
    progress: LinesDone = lambda _done, _of_all: None,
) -> Narration:
    """Speak the lines of a script, one for each utterance, into tracks. Cache and synthesizer stay open."""
    from converters.narration.recording import Recording
    from converters.narration.takes import Takes

    recording = Recording(tracks, studio.staging, studio.synthesizer.sample_rate, samples=studio.samples)
    takes = Takes(studio.synthesizer, studio.cache, jobs, samples=studio.samples)
    with recording, contextlib.closing(takes.clips(lines)) as clips:
        for number, clip in enumerate(clips, 1):
            recording.take(clip)
            progress(number, len(lines))
        return recording.narration(document, casting)


def _unsaid(report: Report) -> tuple[NodeId, ...]:
    return tuple(NodeId(found.where) for found in report.findings if found.code == "speech-003" and found.where)


def utterances(tracks: tuple[ScriptTrack, ...]) -> Iterator[Utterance]:
    """Yield all that is said, in order."""
    return (utterance for track in tracks for chapter in track.chapters for utterance in chapter.utterances)


def _lines(
    tracks: tuple[ScriptTrack, ...], casting: Casting, rate: int, lexicon: Lexicon, studio: Studio
) -> tuple[Line, ...]:
    notation = studio.synthesizer.notation
    level = functools.cache(lambda voice: level_of(voice, rate, studio.synthesizer, studio.cache))
    said = (
        (applied(utterance.text, lexicon, notation, utterance.language), casting.voice_of(utterance).id)
        for utterance in utterances(tracks)
    )
    return tuple(Line(text, voice, rate, level(voice)) for text, voice in said)
