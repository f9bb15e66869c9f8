"""What a worker of a cluster does: one episode, in a process of its own, in a folder that goes again.

It is a process of its own because a worker of Dask may have no children of Python's own kind, and because what becomes
of an episode must not become of the worker.
"""

import os
import pickle
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path
from typing import Final

import msgspec

from converters.archive import Bounds
from converters.archive.cluster_task import Brought, Task
from converters.convert import Result
from converters.errors import SourceError
from converters.planning import Job
from converters.version import TOOL

_COMMAND: Final = (sys.executable, "-P", "-m", "converters.archive.cluster_worker")
_GRACE: Final = 60
"""Seconds beyond an episode's time that its process has to say what became of it."""
_LOOK: Final = 1.0


def tool() -> str:
    """Return the name and version of the tool where this is called."""
    return TOOL


def make(task: bytes) -> bytes:
    """Do a task, pickled, in a process of its own, and return what it brought, pickled."""
    with tempfile.TemporaryDirectory(prefix="curbcut-task-") as folder:
        asked, answer = Path(folder) / "task", Path(folder) / "brought"
        asked.write_bytes(task)
        bounds: Bounds = pickle.loads(task).bounds  # noqa: S301 - from the command that asks for it
        surroundings = {**os.environ, "CURBCUT_PARENT": str(os.getpid())}
        patience = bounds.minutes * 60 + _GRACE
        subprocess.run([*_COMMAND, asked, answer], env=surroundings, check=False, timeout=patience)  # noqa: S603
        if answer.is_file():
            return answer.read_bytes()
        job: Job = pickle.loads(task).job  # noqa: S301
        why = SourceError(f"{job.name}: its process ended before it was done. Convert it alone to see more.")
        return pickle.dumps(Brought(Result.stopped(job, why), {}, ()))


def main() -> int:
    """Do the task in the file that is named first, and write what it brought to the second."""
    threading.Thread(target=_end_with_the_worker, daemon=True).start()
    asked, answer = map(Path, sys.argv[1:])
    brought = _done(pickle.loads(asked.read_bytes()), asked.parent)  # noqa: S301
    answer.with_suffix(".new").write_bytes(pickle.dumps(brought))
    answer.with_suffix(".new").replace(answer)
    return 0


def _done(task: Task, folder: Path) -> Brought:
    from converters.archive.pool import side_by_side

    source, out = folder / "in" / task.job.source.name, folder / "out" / task.job.folder.name
    source.parent.mkdir()
    source.write_bytes(task.source)
    for name, content in task.there.items():
        (out / name).parent.mkdir(parents=True, exist_ok=True)
        (out / name).write_bytes(content)
    job = msgspec.structs.replace(task.job, source=source, folder=out)
    ((_, result),) = side_by_side((job,), 1, task.bounds)
    now = {path.relative_to(out).as_posix(): path.read_bytes() for path in out.rglob("*") if path.is_file()}
    files = {name: content for name, content in now.items() if task.there.get(name) != content}
    written = tuple(path.relative_to(out) for path in result.written)
    whole = msgspec.structs.replace(result, job=task.job, written=written)
    return Brought(whole, files, tuple(sorted(task.there.keys() - now.keys())))


def _end_with_the_worker() -> None:
    """End when the worker is gone: nobody would take what is made."""
    worker = int(os.environ.get("CURBCUT_PARENT", "0"))
    while os.getppid() == worker:
        time.sleep(_LOOK)
    os._exit(1)


if __name__ == "__main__":
    sys.exit(main())
