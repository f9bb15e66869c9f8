"""Runs a checker's program: in a process group and a temporary folder of its own, for so long and no longer."""

import contextlib
import os
import signal
import subprocess
import sys
import tempfile
import threading
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import IO, Final

import msgspec

from converters.checks.outside import machine
from converters.checks.outside.answers import Answers, Work

AT_LEAST: Final = 120
"""Seconds that any program has."""
FOR_A_FILE: Final = 30
"""Seconds more for each file."""
BYTES_A_SECOND: Final = 2_000_000
"""How fast a checker must get on with what it is given."""
MOST_SAID: Final = 64_000_000
"""Bytes that a program may print; more is no answer."""
LOOK: Final = 0.1
"""Seconds between two looks at whether the whole command was stopped."""
TOLD: Final = 300
"""The most characters of a failed program's last words that are repeated."""


class DidNotRunError(Exception):
    """A program did not give an answer; the message says why."""


class Stopped(threading.Event):
    """Set when the command ends before its programs did: they are ended then."""


def patience(files: Sequence[Path]) -> float:
    """Return for how many seconds a program may look at these files."""
    size = sum(path.stat().st_size for path in files if path.is_file())
    return AT_LEAST + FOR_A_FILE * len(files) + size / BYTES_A_SECOND


def ask(program: Sequence[str], work: Work, seconds: float, stopped: Stopped) -> Answers:
    """Run a program with some work, and return its answers. Raises ``DidNotRunError``."""
    with tempfile.TemporaryDirectory(prefix="curbcut-check-", ignore_cleanup_errors=True) as folder:
        said = _output(program, msgspec.json.encode(work), Path(folder), seconds, stopped)
    try:
        return msgspec.json.decode(said, type=Answers)
    except msgspec.DecodeError as error:
        raise DidNotRunError("its answer cannot be read") from error


def _output(program: Sequence[str], given: bytes, folder: Path, seconds: float, stopped: Stopped) -> bytes:
    with tempfile.TemporaryFile() as asked, tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
        asked.write(given)
        asked.seek(0)
        process = subprocess.Popen(  # noqa: S603 - our own programs, by the table
            program, stdin=asked, stdout=out, stderr=err, cwd=folder, env=_surroundings(folder), start_new_session=True
        )
        try:
            code = _wait(process, seconds, stopped)
        finally:
            _end(process)
        if code:
            raise DidNotRunError(f"it ended with {code}{_last_words(err)}")
        if out.seek(0, os.SEEK_END) > MOST_SAID:
            raise DidNotRunError("it said more than anybody could read")
        out.seek(0)
        return out.read()


def _wait(process: subprocess.Popen[bytes], seconds: float, stopped: Stopped) -> int:
    left = seconds
    while left > 0:
        if stopped.is_set():
            raise DidNotRunError("it was stopped")
        try:
            return process.wait(LOOK)
        except subprocess.TimeoutExpired:
            left -= LOOK
    raise DidNotRunError(f"it had no answer after {round(seconds)} seconds")


def _end(process: subprocess.Popen[bytes]) -> None:
    """End a program and all that it started, which is in its group, or, as browsers are, in groups of its own."""
    for one in (*_started_by(process.pid), process.pid):
        with contextlib.suppress(ProcessLookupError, PermissionError):  # it has ended already
            os.kill(one, signal.SIGKILL)
    if hasattr(os, "killpg"):
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def _started_by(pid: int) -> tuple[int, ...]:
    """Return the processes that one started, and that those started; none where the system keeps no such list."""
    children: dict[int, list[int]] = {}
    for stat in Path("/proc").glob("[0-9]*/stat"):
        with contextlib.suppress(OSError, ValueError):
            parent = int(stat.read_text(errors="replace").rpartition(")")[2].split()[1])
            children.setdefault(parent, []).append(int(stat.parent.name))
    found, left = [], [pid]
    while left:
        new = children.get(left.pop(), [])
        found += new
        left += new
    return tuple(found)


def _last_words(err: IO[bytes]) -> str:
    size = err.seek(0, os.SEEK_END)
    err.seek(max(0, size - 4000))
    lines = [line.strip() for line in err.read().decode(errors="replace").splitlines() if line.strip()]
    return f" ({lines[-1][:TOLD]})" if lines else ""


def _surroundings(folder: Path) -> Mapping[str, str]:
    """Return the environment of a program: what it leaves anywhere lies in a folder that is removed."""
    there = str(folder)
    return {
        **os.environ,
        **dict.fromkeys(("TMPDIR", "TEMP", "TMP", "XDG_CONFIG_HOME", "XDG_CACHE_HOME"), there),
        "PYTHONPATH": str(machine.HERE.parents[2]),
        "PYTHONIOENCODING": "utf-8",
        machine.MODULES_VARIABLE: os.pathsep.join(map(str, machine.node_modules())),
        "CHROMIUM": machine.browser() or "",
        "PUPPETEER_EXECUTABLE_PATH": machine.browser() or "",
    }


def python_program(name: str) -> tuple[str, ...]:
    """Return the command of one of our programs in Python; ``-P`` keeps strangers' folders off its path."""
    return (sys.executable, "-P", "-m", f"converters.checks.outside.{name}")


def node_program(name: str) -> tuple[str, ...]:
    """Return the command of one of our programs for Node.js."""
    return (machine.node() or "node", str(machine.HERE / name))
