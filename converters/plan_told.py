"""A plan before any work: what goes where, what is done already, and what stands in the way, in lines or as data."""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Literal

import msgspec

from converters import doctor
from converters.archive.record import Record
from converters.characters import clean
from converters.checking_words import many
from converters.errors import MissingPartError, SavingError, SomeFailedError
from converters.planning import Job
from converters.settings import Options
from converters.untranscribed import Unread, unread
from converters.writers import Writer

State = Literal["to do", "current", "refused"]


class Lacking(msgspec.Struct, frozen=True):
    """A part that is not on this machine, the editions of the plan that it costs, and the command that mends it."""

    part: str
    editions: tuple[str, ...]
    mend: str


class Planned(msgspec.Struct, frozen=True):
    """An episode: where it goes, and in which state it is; ``why`` it is refused, ``clashes``: who has its folder."""

    source: str
    folder: str
    state: State
    entry: str | None = None
    why: str | None = None
    clashes: str | None = None


class Plan(msgspec.Struct, frozen=True):
    """What ``--dry-run --json`` prints; ``unread`` are recordings that no transcript stands beside."""

    version: int
    out: str
    editions: tuple[str, ...]
    episodes: tuple[Planned, ...]
    lacking: tuple[Lacking, ...]
    unread: tuple[Unread, ...]


def plan_as_told(jobs: tuple[Job, ...], out: Path, sources: tuple[Path, ...], formats: tuple[Writer, ...]) -> Plan:
    """Return the plan. Nothing is written. Raises ``SavingError`` where nothing could be."""
    _refuse_unwritable(out)
    record = Record(out)
    options = jobs[0].options if jobs else Options()
    return Plan(
        1, clean(str(out)), tuple(writer.name for writer in formats),
        tuple(_planned(job, is_current=record.has(job)) for job in jobs),
        lacking(formats, options), unread(sources, jobs),
    )  # fmt: skip


def lacking(formats: tuple[Writer, ...], options: Options) -> tuple[Lacking, ...]:
    """Return the parts that editions stand on and that are not on this machine; no library is loaded to see it."""
    platform, found = doctor.this_platform(), list[Lacking]()
    for part in doctor.PARTS:
        costs = tuple(writer.name for writer in formats if _stands_on(writer, part, options))
        if costs and not part.probe():
            found.append(Lacking(part.name, costs, part.mend[platform]))
    return tuple(found)


def _stands_on(writer: Writer, part: doctor.Part, options: Options) -> bool:
    if part.name == "piper":
        return options.engine == "piper" and writer.narration == "needs"
    is_speech = "mp3" in part.costs
    return writer.name in part.costs or (is_speech and writer.narration == "needs" and options.recording is None)


def exit_code(plan: Plan, jobs: tuple[Job, ...]) -> int:
    """Return 0 where all can be made, 6 where a part is missing, the error's for one episode, 7 for some of many."""
    refused = [job.refused for job in jobs if job.refused]
    if refused:
        return refused[0].exit_code if len(jobs) == 1 else SomeFailedError.exit_code
    return MissingPartError.exit_code if plan.lacking else 0


def lines(plan: Plan) -> Iterator[str]:
    """Yield a line for each episode."""
    editions = ", ".join(plan.editions)
    for one in plan.episodes:
        match one.state:
            case "to do":
                yield f"{one.source} → {one.folder}: {editions}"
            case "current":
                yield f"{one.source} → {one.folder}: nothing to do"
            case "refused":
                yield f"{one.source}: cannot be converted"


def problems(jobs: tuple[Job, ...], missing: tuple[Lacking, ...]) -> Iterator[str]:
    """Yield what stands in the way, each once: what is missing, what is refused, who has whose folder."""
    for one in missing:
        yield f"{one.part} is missing, so these editions cannot be made: {', '.join(one.editions)}. Mend it: {one.mend}"
    for job in jobs:
        if job.refused:
            yield str(job.refused)
        elif job.clashes:
            yield (
                f"{job.name}: {job.clashes} has the folder that would be its own, so it goes to {job.folder}. "
                "Rename one of the two if you mind."
            )


def last_line(plan: Plan) -> str:
    """Return the plan in a line."""
    states = [one.state for one in plan.episodes]
    count = states.count("to do")
    said = [f"{many(count, 'episode')} to convert, {many(count * len(plan.editions), 'edition')}, into {plan.out}."]
    if current := states.count("current"):
        said.append(f"{many(current, 'episode')} {'is' if current == 1 else 'are'} as the last run left it.")
    if refused := states.count("refused"):
        said.append(f"{many(refused, 'source')} cannot be converted; the reasons are above.")
    if plan.unread:
        said.append(f"{many(len(plan.unread), 'recording')} without a transcript.")
    return " ".join((*said, "Nothing was written."))


def _planned(job: Job, *, is_current: bool) -> Planned:
    why = clean(str(job.refused)) if job.refused else None
    state: State = "refused" if why else "current" if is_current else "to do"
    source, folder = clean(str(job.source)), clean(str(job.folder))
    return Planned(source, folder, state, job.entry, why, job.clashes)


def _refuse_unwritable(out: Path) -> None:
    """Raise ``SavingError`` where nothing can be written."""
    there = next(folder for folder in (out, *out.resolve().parents) if folder.exists())
    if not there.is_dir() or not os.access(there, os.W_OK):
        raise SavingError(f"{out}: cannot be written to. Choose another folder with -o.")
