"""In which order episodes are worked on: something to look at soon, and no long one left to the end."""

from typing import Final

from converters.planning import Job

_FIRST: Final = 2
"""How many of the smallest episodes are done first for each worker."""


def in_turn(jobs: tuple[Job, ...], workers: int) -> tuple[int, ...]:
    """Return the places of the jobs in the order of work: a few small ones, then from the longest to the shortest.

    Were a long one left to the end, all but one of the workers would wait for it.
    """
    by_size = sorted(range(len(jobs)), key=lambda place: size(jobs[place]))
    first = workers * _FIRST
    return (*by_size[:first], *reversed(by_size[first:]))


def size(job: Job) -> int:
    """Return the bytes of a job's source, 0 where there is none."""
    try:
        return job.source.stat().st_size
    except OSError:
        return 0
