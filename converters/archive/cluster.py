"""Several machines: each episode is a task for a worker of a Dask cluster (``distributed``).

A task has all it needs with it, the source's bytes too, and brings back the files that it made: a worker keeps nothing,
and one that is lost costs what it was at, which another one does again.
"""

import itertools
import pickle
from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

import msgspec

from converters import manifest
from converters.archive import Bounds
from converters.archive.cluster_task import Brought, Task
from converters.archive.cluster_worker import make, tool
from converters.archive.order import in_turn
from converters.convert import Result
from converters.errors import CurbcutError, MissingPartError, SourceError, UsageError
from converters.planning import Job
from converters.saving import clear, place, staging
from converters.version import TOOL

if TYPE_CHECKING:
    from distributed import Client, Future

_ANSWER: Final = 15
"""Seconds that a scheduler has for its first answer."""
_TRIES: Final = 3
"""How often a task is done again whose worker was lost."""
_AHEAD: Final = 3
"""Tasks that are sent for each thread of a worker: enough that none waits, and no more in memory."""


def over_cluster(jobs: tuple[Job, ...], address: str, bounds: Bounds) -> Iterator[tuple[int, Result]]:
    """Yield the place of each job among the jobs, and its result, as they are done.

    Raises ``UsageError`` where no scheduler answers, or its workers are of another version.
    """
    with _connected(address) as client:
        threads = _looked_at(client, address)
        places = iter(in_turn(jobs, threads))
        waiting = {_sent(client, jobs[one], bounds): one for one in itertools.islice(places, threads * _AHEAD)}
        while waiting:
            for future in _done(waiting):
                place_of = waiting.pop(future)
                yield place_of, _result(jobs[place_of], future)
                future.release()  # type: ignore[no-untyped-call]  # it has none
                waiting |= {_sent(client, jobs[one], bounds): one for one in itertools.islice(places, 1)}


def _done(waiting: "dict[Future[bytes], int]") -> "list[Future[bytes]]":
    """Wait until a task is done, and return those that are."""
    from distributed import wait

    return list(wait(list(waiting), return_when="FIRST_COMPLETED").done)  # type: ignore[no-untyped-call]  # it has none


def _connected(address: str) -> "Client":
    try:
        from distributed import Client
    except ImportError as error:
        raise MissingPartError(
            "A cluster needs the library distributed. Get it with: pip install 'curbcut[cluster]'"
        ) from error
    try:
        return Client(address, timeout=_ANSWER)  # type: ignore[no-untyped-call]  # it has none
    except (OSError, TimeoutError, ValueError) as error:
        raise UsageError(
            f"{address}: no scheduler answers there ({error}). Start one with: dask scheduler; see README, “A whole "
            "archive”."
        ) from error


def _looked_at(client: "Client", address: str) -> int:
    """Return how many tasks the workers do at once. Raises ``UsageError`` where they cannot do ours."""
    workers = client.scheduler_info(n_workers=-1)["workers"]
    if not workers:
        raise UsageError(f"{address}: this scheduler has no workers. Start some with: dask worker {address}")
    for worker, version in _versions(client, address).items():
        if version != TOOL:
            raise UsageError(
                f"{worker}: this worker has {version}, and here is {TOOL}. Install the same version on all machines: "
                "else the editions of one archive would differ."
            )
    return sum(int(one["nthreads"]) for one in workers.values())


def _versions(client: "Client", address: str) -> dict[str, str]:
    try:
        found: dict[str, str] = client.run(tool)
    except Exception as error:
        raise UsageError(
            f"{address}: its workers cannot run Curbcut ({error!r}). Install it there: pip install 'curbcut[cluster]'"
        ) from error
    return found


def _sent(client: "Client", job: Job, bounds: Bounds) -> "Future[bytes]":
    """Send a task; of a source that cannot be read the worker tells."""
    return client.submit(make, pickle.dumps(_task(job, bounds)), retries=_TRIES, pure=False)


def _task(job: Job, bounds: Bounds) -> Task:
    there = {path.relative_to(job.folder).as_posix(): path.read_bytes()
             for path in job.folder.rglob("*") if path.is_file()}  # fmt: skip
    try:
        source = job.source.read_bytes()
    except OSError as error:
        why = SourceError(f"{job.source}: cannot be read ({error.strerror}). Check the name and its permissions.")
        return Task(msgspec.structs.replace(job, refused=job.refused or why), b"", there, bounds)
    return Task(job, source, there, bounds)


def _result(job: Job, future: "Future[bytes]") -> Result:
    """Return what a worker made, saved here, or why it made nothing."""
    try:
        brought: Brought = pickle.loads(future.result())  # noqa: S301 - from a worker of our own
        return _saved(job, brought)
    except CurbcutError as error:
        return Result.stopped(job, error)
    except Exception as error:  # noqa: BLE001 - whatever becomes of a worker costs the episode, and not the others
        why = f"the workers that were at it were lost ({error!r}). Convert it alone to see more."
        return Result.stopped(job, SourceError(f"{job.name}: {why}"))


def _saved(job: Job, brought: Brought) -> Result:
    """Put the files in their place as a run of this machine does: whole ones only, the manifest last."""
    if brought.files:
        with staging(job.folder.parent) as staged:
            for name in sorted(brought.files, key=lambda name: name == manifest.MANIFEST_NAME):
                ready = staged / name
                ready.parent.mkdir(parents=True, exist_ok=True)
                ready.write_bytes(brought.files[name])
                if name == manifest.MANIFEST_NAME:
                    for other in brought.gone:
                        clear(job.folder / other, job.folder)
                place(ready, job.folder / name)
    written = tuple(job.folder / path for path in brought.result.written)
    return msgspec.structs.replace(brought.result, job=job, written=written)
