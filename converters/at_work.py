"""A conversion while it goes on: one episode by itself, or a run over several, with its progress."""

import contextlib
from collections.abc import Callable, Generator, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from converters.archive import Bounds
from converters.arguments import Arguments
from converters.characters import clean
from converters.convert import Result, attempt
from converters.planning import Job
from converters.progress import Progress, Together
from converters.published import OUR_FOLDER, PUBLISHED

if TYPE_CHECKING:
    from converters.archive.mirror import Mirror


class Heard(msgspec.Struct, frozen=True):
    """Who is told of what: ``write`` puts words on the terminal as they are, ``plain``: nothing is drawn there.

    ``published`` is told of files of the whole archive that are new, ``reported`` of the report's page.
    """

    write: Callable[[str], None]
    plain: bool
    published: Callable[[tuple[Path, ...]], None]
    reported: Callable[[Path], None]


@contextlib.contextmanager
def at_hand(arguments: Arguments) -> Iterator[tuple[Arguments, "Mirror | None"]]:
    """Yield the arguments with folders of this machine in place of addresses, and what stands for those."""
    wanted = (*arguments.sources, arguments.out)
    if not any(":" in path.parts[0] for path in wanted if path.parts):
        yield arguments, None
        return
    from converters.archive.mirror import mirrored  # loaded on first use

    with mirrored(arguments.sources, arguments.out, only_looking=arguments.dry_run) as (mirror, sources):
        yield msgspec.structs.replace(arguments, sources=sources, out=mirror.out), mirror


def results(
    jobs: tuple[Job, ...], arguments: Arguments, heard: Heard, mirror: "Mirror | None" = None
) -> Generator[Result, None, None]:
    """Yield the results in the order of the jobs: of one alone, or as a run over an archive has them."""
    if len(jobs) == 1 and not (mirror or arguments.cluster):
        yield _alone(jobs[0], heard)
        if (arguments.out / OUR_FOLDER / PUBLISHED).exists():
            from converters.archive.run import publish_again  # loaded on first use

            heard.published(publish_again(arguments.out, jobs[0]))
        return
    from converters.archive.run import Elsewhere, Work, run  # loaded on first use

    together = Together(heard.write, jobs, plain=heard.plain)
    work = Work(
        arguments.jobs, Bounds(arguments.max_minutes, arguments.max_memory), together.add,
        lambda job: _alone(job, heard), heard.published, heard.reported, arguments.sources, arguments.cluster,
        Elsewhere(mirror.fetch, mirror.send, mirror.send_ours) if mirror else Elsewhere(),
    )  # fmt: skip
    try:
        with contextlib.closing(run(jobs, arguments.out, work)) as found:
            yield from together.between(found)
    finally:
        together.close()


def _alone(job: Job, heard: Heard) -> Result:
    progress = Progress(heard.write, clean(job.name), plain=heard.plain)
    try:
        return attempt(job, progress.tell)
    finally:
        progress.close()
