"""Several episodes side by side, each in a process of its own.

Whatever becomes of a process, it costs the episode that it was at: one that hangs is ended when its time is up, one
that wants more memory than is allowed is refused it, one that dies is told of. A worker ends when the command does,
however that ends: what it has saved is whole (``saving``), and the next run clears away what it was working on.
"""

import gc
import os
import signal
import time
from collections.abc import Iterator
from concurrent.futures import Future, as_completed
from multiprocessing import connection, get_context, parent_process
from threading import Event, Thread
from typing import Final, Never

import msgspec
from pebble import ProcessExpired, ProcessPool

from converters.archive import Bounds
from converters.archive.lock import Hold
from converters.archive.order import in_turn
from converters.convert import Result, attempt
from converters.errors import SavingError, SourceError
from converters.planning import Job

EPISODES_A_WORKER: Final = 50
"""After so many episodes a worker is followed by a new one, so that no library's leaks add up."""
_SECOND_TRIES: Final = (1, 5, 15)
"""Seconds to wait before something is saved again where it could not be: a disk may be full for a while."""


def side_by_side(
    jobs: tuple[Job, ...], at_once: int, bounds: Bounds, hold: Hold | None = None
) -> Iterator[tuple[int, Result]]:
    """Yield the place of each job among the jobs, and its result, as they are done.

    Speech within an episode is left to one process. ``hold`` is the run's lock, which the workers hold too.
    """
    workers = min(at_once, len(jobs))
    pool = ProcessPool(workers, EPISODES_A_WORKER, _begin, (bounds.megabytes, hold), get_context("spawn"))
    try:
        waiting: dict[Future[Result], int] = {}
        for place in in_turn(jobs, workers):
            job = msgspec.structs.replace(jobs[place], options=msgspec.structs.replace(jobs[place].options, jobs=1))
            waiting[pool.schedule(_converted, args=(job,), timeout=bounds.minutes * 60)] = place
        for future in as_completed(waiting):
            yield waiting[future], _result(jobs[waiting[future]], future, bounds)
    finally:
        pool.stop()  # type: ignore[no-untyped-call]  # the library has no types here
        pool.join()


def _result(job: Job, future: Future[Result], bounds: Bounds) -> Result:
    """Return what a worker made, or why it made nothing."""
    try:
        return future.result()
    except TimeoutError:
        why = (
            f"it was not done after {bounds.minutes:g} minutes and was stopped. Convert it alone to see where it "
            "stays, or allow more with --max-minutes."
        )
    except ProcessExpired:
        why = "its process ended before it was done. Convert it alone to see more."
    except MemoryError:
        why = f"it needs more than {bounds.megabytes:,} MB of memory. If it is right, allow more with --max-memory."
    except Exception as error:  # noqa: BLE001 - what nobody has thought of may cost an episode, and not the others
        why = f"a fault in Curbcut stopped it ({error!r}). Please report it with the transcript."
    return Result.stopped(job, SourceError(f"{job.name}: {why}"))


# in a worker ------------------------------------------------------------------------------


_held: Final[list[Hold | None]] = []
"""The lock of the run, which goes with the process."""


def _begin(megabytes: int, hold: Hold | None) -> None:
    """Make ready for work: an interruption is the command's to handle, and it tells the workers to stop."""
    _held.append(hold)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, _stop)
    Thread(target=_end_with_the_command, daemon=True).start()
    gc.disable()  # as in the command itself
    _limit_memory(megabytes)


def _limit_memory(megabytes: int) -> None:
    """Let the system refuse more memory, where it knows how to."""
    try:
        import resource
    except ImportError:  # Windows
        return
    size = megabytes * 1_000_000
    resource.setrlimit(resource.RLIMIT_DATA, (size, size))


_at_work = Event()
"""Set while an episode is being converted."""


def _stop(number: int, frame: object) -> Never:
    """Leave the episode as a failure would, so that nothing half-written stays; between episodes, end at once."""
    del number, frame
    if _at_work.is_set():
        raise SystemExit
    os._exit(0)


def _end_with_the_command() -> None:
    if parent := parent_process():
        connection.wait([parent.sentinel])
        os._exit(1)


def _converted(job: Job) -> Result:
    _at_work.set()
    try:
        result = attempt(job)
        for pause in _SECOND_TRIES:
            if not any(isinstance(error, SavingError) for _, error in result.failures):
                break
            time.sleep(pause)
            result = attempt(job)
        return result
    finally:
        _at_work.clear()
        gc.collect()  # between episodes it is cheap
