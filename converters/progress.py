"""Progress on long work: one line that is drawn again on a terminal, a few plain lines elsewhere."""

import os
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final, TextIO

from converters.archive.order import size
from converters.convert import Result
from converters.making import Step
from converters.planning import Job

_WORDS: Final[dict[Step, str]] = {
    "reading": "reading", "speaking": "speaking", "writing": "writing the editions", "saving": "saving",
}  # fmt: skip
_CLEAR_LINE: Final = "\r\x1b[K"
_QUARTERS: Final = 4
_TENTHS: Final = 10
_PATIENCE: Final = 600.0
"""Seconds after which somebody who looks at plain lines wonders whether anything is done."""


class Progress:
    """Says how far an episode is, or how many are done. ``write`` puts words on the terminal as they are."""

    def __init__(self, write: Callable[[str], None], name: str, *, plain: bool) -> None:
        """Begin in silence."""
        self._write, self._name, self._plain = write, name, plain
        self._last: tuple[Step, int] | None = None

    def tell(self, step: Step, done: int, of_all: int) -> None:
        """Draw the line anew, or print a plain line for each quarter of speaking."""
        if not self._plain:
            self._write(f"{_CLEAR_LINE}{self._line(step, done, of_all)}")
        elif step == "speaking" and of_all and self._last != (quarter := (step, done * _QUARTERS // of_all)):
            self._last = quarter
            self._write(f"{self._line(step, done, of_all)}\n")

    def close(self) -> None:
        """Take the drawn line away."""
        if not self._plain:
            self._write(_CLEAR_LINE)

    def _line(self, step: Step, done: int, of_all: int) -> str:
        amount = f" {done} of {of_all}" if of_all > 1 else ""
        return f"{self._name}: {_WORDS[step]}{amount}"


class Together:
    """Says how far a run over several episodes is: a line that is drawn again, or plain ones.

    Plain lines are ten in all, and one after each ten minutes. The time left is told by the bytes of the sources that
    are left: the first episodes are the shortest. ``clock`` gives seconds; nothing of it goes anywhere else.
    """

    def __init__(
        self,
        write: Callable[[str], None],
        jobs: tuple[Job, ...],
        *,
        plain: bool,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """Begin, with nothing done."""
        self._write, self._of_all, self._plain, self._clock = write, len(jobs), plain, clock
        self._left = sum(map(size, jobs))
        self._began = self._said = clock()
        self._done = self._worked = self._editions = self._failed = 0
        self._draw()

    def add(self, result: Result) -> None:
        """Count an episode that is done."""
        self._done += 1
        self._left -= size(result.job)
        self._worked += size(result.job) if result.written or result.failures else 0
        self._editions += len(result.ledgers)
        self._failed += bool(result.failures)
        self._draw()
        if self._plain and self._of_all >= _TENTHS and self._worked and self._is_time_for_a_line():
            self._said = self._clock()
            self._write(f"{self._line()}\n")

    def between(self, results: Iterator[Result]) -> Iterator[Result]:
        """Yield the results, the drawn line away while each is told of."""
        for result in results:
            self.close()
            yield result
            self._draw()

    def close(self) -> None:
        """Take the drawn line away."""
        if not self._plain:
            self._write(_CLEAR_LINE)

    def _is_time_for_a_line(self) -> bool:
        is_a_tenth = self._done * _TENTHS // self._of_all > (self._done - 1) * _TENTHS // self._of_all
        return is_a_tenth or self._clock() - self._said >= _PATIENCE

    def _draw(self) -> None:
        if not self._plain:
            self._write(f"{_CLEAR_LINE}{self._line()}")

    def _line(self) -> str:
        failed = f", {self._failed} failed" if self._failed else ""
        return f"{self._of_all} transcripts: converted {self._done} of {self._of_all}{self._pace()}{failed}"

    def _pace(self) -> str:
        """Return editions made, how many a second, and the time left; nothing before there is something to go by."""
        seconds = self._clock() - self._began
        if not self._worked or seconds < 1:
            return ""
        to_go = f", {_duration(self._left * seconds / self._worked)} left" if self._done < self._of_all else ""
        return f", {self._editions} editions, {self._editions / seconds:.1f} a second{to_go}"


def _duration(seconds: float) -> str:
    """Return about how long something takes, in words."""
    for length, unit in ((3600, "hour"), (60, "minute")):
        if seconds >= length:
            number = round(seconds / length)
            return f"about {number} {unit}{'s' if number > 1 else ''}"
    return "less than a minute"


def wants_plain_lines(asked: bool | None, stream: TextIO) -> bool:  # noqa: FBT001 - three answers: yes, no, not said
    """Tell whether to print plain lines, and remember what was asked for on the command line.

    Plain are: --plain, NO_COLOR, a dumb terminal, anything that is no terminal.
    """
    if asked is not None:
        _remember(plain=asked)
        return asked or not stream.isatty()
    if not stream.isatty() or "NO_COLOR" in os.environ or os.environ.get("TERM") == "dumb":
        return True
    return _remembered()


def _remembered() -> bool:
    import tomllib

    try:
        return bool(tomllib.loads(_preferences().read_text(encoding="utf-8")).get("plain", False))
    except (OSError, tomllib.TOMLDecodeError):
        return False


def _remember(*, plain: bool) -> None:
    try:
        path = _preferences()
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"plain = {str(plain).lower()}\n", encoding="utf-8")
    except OSError:
        return  # a home that cannot be written to costs the memory, not the conversion


def _preferences() -> Path:
    from platformdirs import user_config_path

    return user_config_path("curbcut") / "preferences.toml"
