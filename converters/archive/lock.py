"""One run at a time in a folder: the others wait ten seconds for a run that is just ending, and then say so.

The lock is the operating system's, so that it goes with the processes that hold it, however they end. The
workers of a run hold it too: where the command was killed, the next run waits until its workers are gone.
"""

import contextlib
import os
import time
from collections.abc import Iterator
from multiprocessing.reduction import DupFd
from pathlib import Path
from typing import Final, Protocol

from converters.errors import SavingError
from converters.published import OUR_FOLDER

PATIENCE: Final = 10.0
"""Seconds that a run waits for another that is ending."""
_NAME: Final = "lock"
_PAUSE: Final = 0.1


class Hold:
    """A lock that is held as long as this process is there, or any that was given it at its start."""

    def __init__(self, number: int) -> None:
        """Keep the number of an open file."""
        self._number = number

    def __reduce__(self) -> "tuple[object, tuple[object, ...]]":
        """Go along into a process that is being started."""
        return _taken_along, (DupFd(self._number),)


class _Duplicate(Protocol):
    def detach(self) -> int: ...


def _taken_along(duplicate: _Duplicate) -> Hold:
    return Hold(duplicate.detach())


@contextlib.contextmanager
def only_run(out: Path) -> Iterator[Hold | None]:
    """Hold the lock of an output folder. Raises ``SavingError`` where another run has it, or nothing can be written.

    Yields None where the file system knows no locks: then it is the staff's to start one run only.
    """
    path = out / OUR_FOLDER / _NAME
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        number = os.open(path, os.O_RDWR | os.O_CREAT, 0o644)
    except OSError as error:
        raise SavingError(f"{out}: cannot be written to ({error.strerror}). Choose another folder with -o.") from error
    try:
        yield Hold(number) if _held(number, out) else None
    finally:
        os.close(number)


def _held(number: int, out: Path) -> bool:
    """Take the lock. Return False where there are none here."""
    last = time.monotonic() + PATIENCE
    while True:
        try:
            return _try(number)
        except BlockingIOError:
            if time.monotonic() >= last:
                raise SavingError(
                    f"{out}: another run is at work there. Wait until it is done, or choose another folder with -o."
                ) from None
            time.sleep(_PAUSE)


def _try(number: int) -> bool:
    """Take the lock or raise ``BlockingIOError``."""
    try:
        import fcntl
    except ImportError:  # Windows
        return False
    try:
        fcntl.flock(number, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        raise
    except OSError:
        return False
    return True
