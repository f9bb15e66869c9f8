"""Listening through the names of an episode before it is spoken: a list, and one short file of sound."""

import contextlib
import datetime
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import msgspec

from converters.convert import understand
from converters.document import Document, Metadata
from converters.errors import UsageError
from converters.findings import Report
from converters.narration.casting import cast
from converters.narration.doubtful_names import main_voice, names_to_hear
from converters.narration.hard_words import HardWord
from converters.narration.levels import level_of
from converters.narration.lexicon import applied, lexicon_of
from converters.narration.model import Casting, Chapter, Line, Narration, ScriptTrack, Synthesizer, Utterance, Voice
from converters.narration.performance import Studio, default_synthesizer, kept_clips, record, utterances
from converters.narration.script import script
from converters.phrases import phrases_for
from converters.planning import Job
from converters.saving import place, staging
from converters.settings import Options
from converters.timing import Milliseconds
from converters.writers import WriteContext, writer_named

USUAL_RATE: Final = 160
SLOW_RATE: Final = 100
"""Words a minute: as in the episode, then slowly."""

BETWEEN: Final = Milliseconds(500)
AFTER: Final = Milliseconds(1200)
TITLE: Final = "Names to listen to"
"""What the file calls itself; one that does not is never replaced."""


class Checked(msgspec.Struct, frozen=True):
    """The words, a line each; the file, None where there is nothing to hear; and what to do next."""

    lines: tuple[str, ...]
    file: Path | None
    advice: str


def check(job: Job, out: Path | None) -> Checked:
    """List the words of an episode that its voice is likely to get wrong, and speak them into a file.

    The file is ``out``, else ``<slug>-names.mp3`` in the current folder. Raises ``UsageError``
    where another file stands there, and what reading and speaking raise.
    """
    target = out or Path(f"{job.slug}-names.mp3")
    _refuse_another(target)
    document = understand(job, Report())
    with staging(target.parent) as folder, contextlib.closing(default_synthesizer(folder, job.options)) as engine:
        listening = _Listening(document, job.options, engine)
        words = listening.words()
        if words:
            place(listening.spoken(words, folder, job), target)
    return Checked(tuple(map(_line, words)), target if words else None, _advice(words, listening.language))


def _refuse_another(target: Path) -> None:
    """Keep what is not ours: a wrong name after -o must not cost a recording."""
    try:
        head = target.read_bytes()[:1000] if target.exists() else None
    except OSError as error:
        raise UsageError(f"{target}: cannot be written to ({error.strerror}). Name another file with -o.") from error
    if head is not None and not any(TITLE.encode(encoding) in head for encoding in ("utf-8", "utf-16-le")):
        raise UsageError(f"{target} is there already and holds something else. Name another file with -o.")


class _Listening:
    """One episode, with the voice that says most of it."""

    def __init__(self, document: Document, options: Options, engine: Synthesizer) -> None:
        self._document, self._options, self._engine = document, options, engine
        self.language = document.metadata.language.split("-")[0].lower()
        phrases = phrases_for(document.metadata.language)
        self._casting = cast(document, engine.voices(), phrases.language, Report())
        self._lexicon = lexicon_of(document, options)
        title = document.metadata.title or ""
        tracks = script(document, title, options, phrases, self._casting, Report(), kept=self._lexicon.words)
        self._texts = tuple(u.text for u in utterances(tracks) if u.language is None and (u.node or u.announces))

    @property
    def voice(self) -> Voice:
        """The voice that says most."""
        return main_voice(self._casting)

    def words(self) -> tuple[HardWord, ...]:
        """Return the words worth listening to."""
        return names_to_hear(self._document, self._texts, self._lexicon, self.voice, self._engine.notation)

    def spoken(self, words: tuple[HardWord, ...], folder: Path, job: Job) -> Path:
        """Speak each word twice into a file in ``folder``, a chapter each."""
        tracks = (ScriptTrack("01-names", None, tuple(map(_chapter, words))),)
        narration = self._narration(tracks, folder)
        title = f"{TITLE}: {self._document.metadata.title or job.slug}"
        facts = Metadata(title, self._document.metadata.language, self._document.metadata.show)
        phrases = phrases_for(self._document.metadata.language)
        context = WriteContext(
            f"{job.slug}-names", title, job.name, datetime.datetime(2000, 1, 1, tzinfo=datetime.UTC), self._options,
            phrases, Report(), folder, (), narration,
        )  # fmt: skip
        (artifact,) = writer_named("mp3").load()(Document(facts, (), ()), context)
        return folder / artifact.name

    def _narration(self, tracks: tuple[ScriptTrack, ...], folder: Path) -> Narration:
        with kept_clips() as cache:
            lines = tuple(
                Line(
                    applied(u.text, self._lexicon, self._engine.notation),
                    self.voice.id,
                    rate,
                    level_of(self.voice.id, rate, self._engine, cache),
                )
                for u, rate in zip(utterances(tracks), _rates(), strict=False)
            )
            studio = Studio(self._engine, folder, cache)
            return record(tracks, lines, studio, self._document, Casting(self.voice, ()), self._options.jobs)


def _chapter(word: HardWord) -> Chapter:
    twice = (Utterance(word.word, pause=BETWEEN), Utterance(word.word, pause=AFTER))
    return Chapter(f"{word.word} ({word.count})", twice)


def _rates() -> Iterator[int]:
    """Yield the rate of each line: a word is said as in the episode, then slowly."""
    while True:
        yield USUAL_RATE
        yield SLOW_RATE


# what staff read --------------------------------------------------------------------------

_WHY: Final = {
    "entry": "as show.toml has it",
    "differs": "usually {usual}",
    "unknown": "not in the dictionary",
    "name": "",
}


def _line(word: HardWord) -> str:
    """Return a row: ``2 × Putin: said PYOO-tin, /pjˈuːtɪn/; usually POO-tin``."""
    letters = [word.respelled] if word.respelled else []
    signs = [f"/{word.ipa}/"] if word.ipa else []
    said = f"said {', '.join(letters + signs)}" if letters or signs else ""
    parts = [part for part in (said, _WHY[word.reason].format(usual=word.usual)) if part]
    return f"{word.count} × {word.word}" + (f": {'; '.join(parts)}" if parts else "")


def _advice(words: tuple[HardWord, ...], language: str) -> str:
    if not words:
        return "Every name is said as the dictionary has it, as far as it has them; there is nothing to listen to."
    example = next((f'"{word.word}" = "{word.usual}"' for word in words if word.usual), '"Makarov" = "muh-KAR-off"')
    much = f"{len(words)} words, each said twice, the second time slowly, most frequent first. "
    if language != "en":
        much += f"There is no dictionary here for “{language}”, so all names are listed, right or wrong. "
    return f"{much}Put what is wrong into show.toml, under [lexicon], as in {example}, and listen again."
