"""Several episodes side by side, each in a process of its own, and their results in the order of the sources.

A worker ends when the command does, however that ends: what it has saved is whole (``saving``), and the next
run clears away what it was working on.
"""

import gc
import os
import signal
from collections.abc import Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import active_children, connection, get_context, parent_process
from threading import Thread
from typing import Never

import msgspec

from converters.convert import Result, attempt
from converters.errors import SourceError
from converters.planning import Job


def side_by_side(jobs: tuple[Job, ...], at_once: int) -> Iterator[Result]:
    """Yield a result for each job, in their order. Speech within an episode is left to one process."""
    alone = [msgspec.structs.replace(job, options=msgspec.structs.replace(job.options, jobs=1)) for job in jobs]
    with _workers(min(at_once, len(jobs))) as pool:
        waiting = [pool.submit(_converted, job) for job in alone]
        try:
            yield from map(_result, alone, waiting)
        except BaseException:
            pool.shutdown(wait=False, cancel_futures=True)
            for worker in active_children():
                worker.terminate()
            raise


def _workers(count: int) -> ProcessPoolExecutor:
    return ProcessPoolExecutor(count, mp_context=get_context("spawn"), initializer=_begin)


def _begin() -> None:
    """Make ready for work: an interruption is the command's to handle, and it tells the workers to stop."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, _stop)
    Thread(target=_end_with_the_command, daemon=True).start()
    gc.disable()  # as in the command itself


def _stop(number: int, frame: object) -> Never:
    """Leave the episode as a failure would, so that nothing half-written stays."""
    del number, frame
    raise SystemExit


def _end_with_the_command() -> None:
    if parent := parent_process():
        connection.wait([parent.sentinel])
        os._exit(1)


def _converted(job: Job) -> Result:
    try:
        return attempt(job)
    finally:
        gc.collect()  # between episodes it is cheap


def _result(job: Job, waiting: "Future[Result]") -> Result:
    """Return what a worker made. Where one has died, all fail that wait: each is then tried by itself."""
    try:
        return waiting.result()
    except BrokenProcessPool:
        return _by_itself(job)
    except Exception as error:  # noqa: BLE001 - what nobody has thought of may cost an episode, and not the others
        fault = f"{job.name}: a fault in Curbcut stopped it ({error!r}). Please report it with the transcript."
        return Result.stopped(job, SourceError(fault))


def _by_itself(job: Job) -> Result:
    with _workers(1) as pool:
        try:
            return pool.submit(_converted, job).result()
        except BrokenProcessPool:
            ended = SourceError(f"{job.name}: its process ended before it was done. Convert it alone to see more.")
            return Result.stopped(job, ended)
