"""The other end of ``voice_process.py``: starting it, talking to it, ending it.

The messages are those of its docstring.
"""

import contextlib
import os
import subprocess
from pathlib import Path
from typing import IO, Final, cast

import msgspec

from converters.errors import MissingPartError

SECONDS_TO_END: Final = 5.0
"""What a process gets to end by itself before it is ended."""


class Greeting(msgspec.Struct, frozen=True):
    """What the process says of its engine; ``failure`` where there is none that works."""

    engine: str = ""
    variants: tuple[str, ...] = ()
    voices: tuple[tuple[str, str, str], ...] = ()
    failure: str = ""


class Reply(msgspec.Struct, frozen=True):
    """What became of a line; ``failure`` is empty where its wave is written."""

    line: int
    failure: str


class Jobs(msgspec.Struct, frozen=True):
    """How many lines may be at work at once."""

    jobs: int


class Request(msgspec.Struct, frozen=True):
    """One line to say into the file ``path``, in not more than ``seconds``; ``volume`` in per cent."""

    line: int
    text: str
    voice: str
    rate: int
    volume: int
    path: str
    seconds: float


class EngineProcess:
    """One process with the engine, from construction to ``stop``. ``log`` takes what it prints.

    ``remedy`` is what to do where no engine works. ``settings`` are added to its environment,
    where that does not have them.
    """

    def __init__(self, command: tuple[str, ...], log: Path, remedy: str, settings: dict[str, str]) -> None:
        self._log, self._remedy = log, remedy
        with log.open("wb") as errors:
            self._process = subprocess.Popen(  # noqa: S603 - our own file, by the Python that runs this one
                command,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=errors,
                env={**settings, **os.environ},
                start_new_session=True,  # Ctrl-C comes to us alone, and we end it
            )
        self._requests = cast("IO[bytes]", self._process.stdin)  # both pipes were asked for
        self._replies = cast("IO[bytes]", self._process.stdout)
        self._greeting: Greeting | None = None

    def greeting(self) -> Greeting:
        """Return what it said first. Raises ``MissingPartError`` where it has no engine."""
        if self._greeting is None:
            self._greeting = msgspec.json.decode(self._row() or b"{}", type=Greeting)
        if self._greeting.engine:
            return self._greeting
        failure = self._greeting.failure or self._last_words()
        raise MissingPartError(f"No speech engine works here ({failure}). {self._remedy}")

    def send(self, message: Request | Jobs) -> None:
        """Ask for something; where it has ended, the missing reply tells."""
        with contextlib.suppress(BrokenPipeError):
            self._requests.write(msgspec.json.encode(message) + b"\n")
            self._requests.flush()

    def reply(self) -> Reply | None:
        """Wait for the next reply; None where the process has ended."""
        row = self._row()
        return msgspec.json.decode(row, type=Reply) if row else None

    def stop(self) -> None:
        """End it: the end of its input tells it to go, and to end what it has at work."""
        with contextlib.suppress(BrokenPipeError):
            self._requests.close()
        try:
            self._process.wait(SECONDS_TO_END)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        self._replies.close()

    def _row(self) -> bytes:
        row = self._replies.readline()
        return row if row.endswith(b"\n") else b""

    def _last_words(self) -> str:
        lines = self._log.read_text("utf-8", "replace").splitlines()
        return next((line for line in reversed(lines) if line.strip()), "its process ended at once")
