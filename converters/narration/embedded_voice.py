"""The default engine: pyttsx3 over espeak-ng from PyPI, or over the voices of macOS and Windows.

The engine lives in a process of its own, because it starts threads, prints, and at times hangs
or writes nothing. Here is what is promised of it nevertheless: every line comes back in order,
with the same samples each time, or there is a clear error. No module of the engine is imported
in this process.
"""

import itertools
import shutil
import sys
from collections.abc import Generator, Iterable
from pathlib import Path
from types import TracebackType
from typing import ClassVar, Final, Self

from converters.errors import MissingPartError, SavingError
from converters.narration.engine_process import EngineProcess, Jobs, Reply, Request
from converters.narration.levels import known_loudness
from converters.narration.model import Line, Notation, Voice
from converters.narration.offers import offered
from converters.narration.waves import Wave, is_silent, read_wave, without_silence_after

SAMPLE_RATE: Final = 22_050
"""What pyttsx3 has every engine write."""

COMMAND: Final = (sys.executable, "-P", str(Path(__file__).with_name("voice_process.py")))
PATIENCE: Final = 20.0
"""Seconds that any line may take, however short: a loaded machine is no broken engine."""

SECONDS_A_LETTER: Final = 0.02
"""What a letter adds to that; espeak-ng itself takes a hundredth of it."""

SHORTEST_SHARE: Final = 0.2
"""A line that sounds for less than this share of its usual time has lost words."""

LETTERS_A_WORD: Final = 5
"""The convention by which espeak-ng's words a minute are counted."""

ATTEMPTS: Final = 2
LINES_AHEAD: Final = 8
"""Lines for each job that are asked for before the first of them is fetched: bounds the files on disk."""

ASLEEP: Final = 1
"""Lines at work beyond the jobs: pyttsx3 looks every 10 ms whether it has finished, and sleeps between."""

LEAST_ROOM: Final = 4_000_000
"""Bytes; the wave of a minute and a half."""

_folders = itertools.count()


class EmbeddedVoice:
    """The engine, from construction to ``close``; a context manager.

    Its process starts at once and loads the engine while this one does other things. Waves
    pass through a private folder in ``staging``, removed by ``close``. ``command`` and
    ``patience`` (in seconds) are for tests. ``asleep``, ``remedy`` and ``settings`` are the
    engine's: how many lines at work beyond the jobs keep them busy, what to do where there is
    no engine, and what is added to the environment of its process.
    """

    asleep: ClassVar[int] = ASLEEP
    settings: ClassVar[dict[str, str]] = {}
    remedy: ClassVar[str] = "Install one with: pip install pyttsx3 espeakng-loader"

    def __init__(self, staging: Path, command: tuple[str, ...] = COMMAND, patience: float = PATIENCE) -> None:
        self._command, self._patience = command, patience
        self._folder = staging.resolve() / f"speech-{next(_folders)}"
        self._folder.mkdir(mode=0o700, parents=True)
        self._process: EngineProcess | None = self._started()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    @property
    def sample_rate(self) -> int:
        """Samples a second of everything it says."""
        return SAMPLE_RATE

    @property
    def version(self) -> str:
        """Name and version of the engine, such as ``eSpeak NG 1.52.0``."""
        return self._running().greeting().engine

    @property
    def notation(self) -> Notation:
        """What it reads beside letters: espeak-ng's phonemes, or nothing where the system has the voices."""
        return "espeak" if self._running().greeting().variants else "plain"

    def loudness(self, voice: str, rate: int) -> float | None:
        """Return what was measured of espeak-ng's voices; the voices of other systems were not."""
        return known_loudness(voice, rate) if self._running().greeting().variants else None

    def voices(self) -> tuple[Voice, ...]:
        """Return the voices offered, the narrator's first. Raises ``MissingPartError`` without an engine."""
        greeting = self._running().greeting()
        return offered(greeting.voices, frozenset(greeting.variants))

    def speak(self, lines: tuple[Line, ...], jobs: int) -> Generator[bytes, None, None]:
        """Yield 16-bit mono PCM for each line, in order, without the silence after it.

        Raises ``MissingPartError`` where a line came out wrong twice.
        """
        self._begin(jobs)
        work = _Work(lines)
        try:
            for number in range(len(lines)):
                self._ask(work, work.next_up_to(number + LINES_AHEAD * jobs))
                while number not in work.said:
                    self._hear(work, jobs)
                yield work.said.pop(number)
        finally:
            if work.asked_for:
                self._stop()  # nobody waits for what is still at work

    def close(self) -> None:
        """End the engine, with all that it has at work, and remove its folder. Closing twice is well."""
        self._stop()
        shutil.rmtree(self._folder, ignore_errors=True)

    def _started(self) -> EngineProcess:
        return EngineProcess(self._command, self._folder / "engine.log", self.remedy, self.settings)

    def _running(self) -> EngineProcess:
        if self._process is None:
            self._process = self._started()
        return self._process

    def _stop(self) -> None:
        process, self._process = self._process, None
        if process is not None:
            process.stop()

    def _begin(self, jobs: int) -> None:
        self._running().greeting()
        self._running().send(Jobs(jobs + self.asleep))

    def _ask(self, work: "_Work", numbers: Iterable[int]) -> None:
        for number in numbers:
            line = work.lines[number]
            seconds = self._patience + SECONDS_A_LETTER * len(line.text)
            work.asked_for.add(number)
            path = str(self._wave(number))
            self._running().send(Request(number, line.text, line.voice, line.rate, line.volume, path, seconds))

    def _wave(self, number: int) -> Path:
        return self._folder / f"{number}.wav"

    def _hear(self, work: "_Work", jobs: int) -> None:
        """Take one reply. What came out wrong is asked for once more, and spoken by a fresh child."""
        reply = self._running().reply()
        if reply is None:
            self._start_again(work, jobs)
            return
        work.ends = 0
        failure = self._fetch(work, reply)
        if failure:
            self._refuse_full_disk()
            work.count_failure(reply.line, failure)
            self._ask(work, (reply.line,))

    def _fetch(self, work: "_Work", reply: Reply) -> str:
        """Take the wave of a line off the disk; return what is wrong with it, if anything is."""
        path = self._wave(reply.line)
        try:
            if reply.failure:
                return reply.failure
            work.said[reply.line] = _sound(read_wave(path.read_bytes()), work.lines[reply.line])
        except FileNotFoundError:
            return "the engine wrote nothing"
        except ValueError as error:
            return str(error)
        finally:
            path.unlink(missing_ok=True)
        work.asked_for.remove(reply.line)
        return ""

    def _refuse_full_disk(self) -> None:
        """Name the reason that the engine itself never names."""
        if shutil.disk_usage(self._folder).free < LEAST_ROOM:
            raise SavingError(f"There is no room left for speech in {self._folder.parent}. Make room and try again.")

    def _start_again(self, work: "_Work", jobs: int) -> None:
        """Replace a process that ended by itself; a second end without a reply between is the last."""
        work.ends += 1
        if work.ends == ATTEMPTS:
            raise _unspeakable(work.lines[min(work.asked_for)], "the engine ended")
        self._stop()
        self._begin(jobs)
        self._ask(work, sorted(work.asked_for))


class _Work:
    """How far a call of ``speak`` has come; ``ends`` counts ends of the process since the last reply."""

    def __init__(self, lines: tuple[Line, ...]) -> None:
        self.lines = lines
        self.said: dict[int, bytes] = {}
        self.asked_for: set[int] = set()
        self.ends = 0
        self._next = 0
        self._failures: dict[int, int] = {}

    def next_up_to(self, end: int) -> range:
        """Return the lines before ``end`` that were never asked for, counting them as asked for."""
        numbers = range(self._next, min(end, len(self.lines)))
        self._next = max(self._next, numbers.stop)
        return numbers

    def count_failure(self, number: int, failure: str) -> None:
        """Raise ``MissingPartError`` where a line has failed as often as it may."""
        self._failures[number] = self._failures.get(number, 0) + 1
        if self._failures[number] == ATTEMPTS:
            raise _unspeakable(self.lines[number], failure)


def _sound(wave: Wave, line: Line) -> bytes:
    """Return the samples of a line. Raises ``ValueError`` where they cannot be all of it."""
    if wave.rate != SAMPLE_RATE:
        raise ValueError(f"the engine wrote {wave.rate} samples a second, not {SAMPLE_RATE}")
    samples = without_silence_after(wave.samples)
    if is_silent(samples):
        raise ValueError("the engine wrote silence")
    letters = sum(map(str.isalnum, line.text))
    usual = letters / LETTERS_A_WORD / line.rate * 60
    seconds = len(samples) / 2 / SAMPLE_RATE
    if seconds < SHORTEST_SHARE * usual:
        raise ValueError(f"the engine wrote {seconds:.1f} s of sound for {letters} letters")
    return samples


def _unspeakable(line: Line, failure: str) -> MissingPartError:
    words = line.text if len(line.text) <= 60 else f"{line.text[:60]}…"  # noqa: PLR2004 - a line of the screen
    return MissingPartError(
        f"The voice {line.voice} could not say “{words}”: {failure}. Choose another voice (see: curbcut voices), "
        "or make the editions that are read, for example with --to html,epub,pdf."
    )
