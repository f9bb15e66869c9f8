"""Many episodes: what is current is left alone, the others are converted, and what came of each is remembered."""

import contextlib
import gc
from collections.abc import Callable, Generator, Iterator
from pathlib import Path

import msgspec

from converters.archive import SEVERAL, Bounds
from converters.archive.lock import Hold, only_run
from converters.archive.publishing import publish
from converters.archive.record import Record
from converters.archive.report import Notes, write_report
from converters.convert import Result, attempt
from converters.currency import state_of
from converters.errors import SavingError
from converters.planning import Job
from converters.saving import clear_abandoned
from converters.untranscribed import unread

Numbered = Iterator[tuple[int, Result]]
"""The places of jobs among all, and what came of them, as they are done."""


class Elsewhere(msgspec.Struct, frozen=True):
    """What is done where the output folder only stands for an address.

    An episode is fetched before something is made of it, and sent with what came of it; in the end what tells of
    all of them is sent.
    """

    fetch: Callable[[Path], None] = lambda _: None
    send: Callable[[Result], Result] = lambda result: result
    send_ours: Callable[[], None] = lambda: None


class Work(msgspec.Struct, frozen=True):
    """How a run goes about its work: how many processes ``at_once``, and what an episode may take.

    ``alone`` converts an episode in this process; ``done`` is told of each that is done, ``published`` of the files
    that tell of the whole archive and are new, or other than they were, ``reported`` of the report's page. ``sources``
    are what was asked for: the recordings among them that no transcript stands beside are told of. ``cluster`` is the
    address of a scheduler, ``elsewhere`` what is done where editions go to an address.
    """

    at_once: int
    bounds: Bounds
    done: Callable[[Result], None]
    alone: Callable[[Job], Result] = attempt
    published: Callable[[tuple[Path, ...]], None] = lambda _: None
    reported: Callable[[Path], None] = lambda _: None
    sources: tuple[Path, ...] = ()
    cluster: str | None = None
    elsewhere: Elsewhere = Elsewhere()


def run(jobs: tuple[Job, ...], out: Path, work: Work) -> Generator[Result, None, None]:
    """Yield what came of each job, in their order. Raises ``SavingError`` where another run is at work in ``out``."""
    with only_run(out) as hold:
        clear_abandoned(out)
        notes = Notes(jobs, unread(work.sources, jobs))
        record, states = Record(out), [state_of(job.source) for job in jobs]
        with _told(notes, out, work):
            yield from _in_order(_noted(_all(jobs, record, work, hold), jobs, record, states, work), notes, work)
            record.tidy()
            work.published(publish(out, jobs))


def _noted(results: Numbered, jobs: tuple[Job, ...], record: Record, states: list[str], work: Work) -> Numbered:
    """Yield the results, each in its place and remembered for the next run."""
    for place, made in results:
        result = work.elsewhere.send(made)
        if not (result.failures or record.has(jobs[place])):
            record.add(jobs[place], states[place])
        yield place, result


def _in_order(results: Numbered, notes: Notes, work: Work) -> Iterator[Result]:
    """Yield the results in the order of the jobs, and tell of each as soon as it is there."""
    found: dict[int, Result] = {}
    following = 0
    for place, result in results:
        found[place] = result
        notes.add(result)
        work.done(result)
        while following in found:
            yield found.pop(following)
            following += 1


@contextlib.contextmanager
def _told(notes: Notes, out: Path, work: Work) -> Iterator[None]:
    """Write the report when the run has ended, and also where it is stopped before its end."""
    try:
        yield
    except BaseException:
        with contextlib.suppress(SavingError):
            work.reported(write_report(notes, out, "stopped"))
            work.elsewhere.send_ours()
        raise
    work.reported(write_report(notes, out, "whole"))
    work.elsewhere.send_ours()


def publish_again(out: Path, job: Job) -> tuple[Path, ...]:
    """Bring what tells of the whole archive up to one episode that was converted by itself; return what has changed.

    Raises ``SavingError`` where another run is at work in ``out``: that one does it at its end.
    """
    with only_run(out):
        return publish(out, (job,))


def _all(jobs: tuple[Job, ...], record: Record, work: Work, hold: Hold | None) -> Numbered:
    current = frozenset(place for place, job in enumerate(jobs) if record.has(job))
    for place in sorted(current):
        yield place, Result(jobs[place], (), (), (), current=tuple(writer.name for writer in jobs[place].formats))
    rest = tuple(place for place in range(len(jobs)) if place not in current)
    wanted = tuple(jobs[place] for place in rest)
    for job in wanted:
        work.elsewhere.fetch(job.folder)
    if work.cluster and wanted:
        from converters.archive.cluster import over_cluster  # loaded on first use

        yield from ((rest[place], result) for place, result in over_cluster(wanted, work.cluster, work.bounds))
        return
    if len(wanted) >= SEVERAL:
        from converters.archive.pool import side_by_side  # loaded on first use

        yield from ((rest[place], result) for place, result in side_by_side(wanted, work.at_once, work.bounds, hold))
        return
    for place in rest:
        yield place, work.alone(jobs[place])
        gc.collect()  # between episodes it is cheap
