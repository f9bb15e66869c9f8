"""What staff should know after a run: what is new, what failed and what mends it, what a person should look at."""

import datetime
import re
import shlex
from pathlib import Path
from typing import Final, Literal

import msgspec

from converters.archive.doubts import Doubtful, doubtful
from converters.archive.holdings import holdings
from converters.characters import clean
from converters.convert import WHOLE, Result
from converters.errors import CurbcutError
from converters.planning import Job
from converters.published import OUR_FOLDER
from converters.saving import place, staging
from converters.untranscribed import Unread
from converters.version import TOOL

JSON: Final = "report.json"
PAGE: Final = "report.html"
VERSION: Final = 1
"""Of the form of ``report.json``. A later one may add keys."""

_SENTENCE: Final = re.compile(r"(?<=[.!?”)])\s+(?=[A-Z“])")

End = Literal["whole", "stopped"]


class New(msgspec.Struct, frozen=True):
    """An episode of which editions were made in this run, by the names of their formats."""

    folder: str
    title: str
    source: str
    editions: tuple[str, ...]


class Failure(msgspec.Struct, frozen=True):
    """What was not made: an ``edition``, or (None) the whole episode; why, and what mends it."""

    source: str
    edition: str | None
    why: str
    mend: str


class Totals(msgspec.Struct, frozen=True):
    """How many episodes the run was asked for, and what came of them; ``not_begun``: it was stopped before."""

    episodes: int
    converted: int
    current: int
    failed: int
    not_begun: int
    editions_made: int
    editions_current: int


class Readable(msgspec.Struct, frozen=True):
    """How many episodes can be read, of how many that are known of; ``percent`` is None where there is none."""

    episodes: int
    of: int
    percent: int | None


class RunReport(msgspec.Struct, frozen=True):
    """A run over an archive, and the state in which it left the archive. ``began`` is UTC, ISO 8601."""

    version: int
    tool: str
    began: str
    seconds: float
    end: End
    totals: Totals
    new: tuple[New, ...]
    failed: tuple[Failure, ...]
    doubtful: tuple[Doubtful, ...]
    unread: tuple[Unread, ...]
    readable: Readable


class Notes(msgspec.Struct):
    """What is remembered while a run goes on: results as they come, by the episode's folder, without their ledgers."""

    jobs: tuple[Job, ...]
    unread: tuple[Unread, ...] = ()
    began: datetime.datetime = msgspec.field(default_factory=lambda: datetime.datetime.now(datetime.UTC))
    converted: int = 0
    current: int = 0
    editions_current: int = 0
    new: dict[str, tuple[str, tuple[str, ...]]] = msgspec.field(default_factory=dict)
    failed: dict[str, tuple[Failure, ...]] = msgspec.field(default_factory=dict)

    def add(self, result: Result) -> None:
        """Note what came of an episode."""
        job = result.job
        self.editions_current += len(result.current)
        if result.failures:
            self.failed[job.folder.name] = tuple(_failure(job, name, error) for name, error in result.failures)
        if result.ledgers:
            self.converted += 1
            self.new[job.folder.name] = (job.name, tuple(ledger.format for ledger in result.ledgers))
        elif not result.failures:
            self.current += 1

    @property
    def has_news(self) -> bool:
        """Tell whether anything was made, or could not be."""
        return bool(self.new or self.failed)


def report(notes: Notes, out: Path, end: End) -> RunReport:
    """Return what is to be told of a run that has ended, and of all that lies in the output folder."""
    held = holdings(out)
    titles = {one.folder: one.title for one in held}
    seconds = (datetime.datetime.now(datetime.UTC) - notes.began).total_seconds()
    of = len(held) + len(notes.unread)
    return RunReport(
        VERSION, TOOL, notes.began.isoformat(timespec="seconds"), round(seconds, 1), end,
        _totals(notes),
        tuple(New(f, titles.get(f, f), clean(name), formats) for f, (name, formats) in sorted(notes.new.items())),
        tuple(failure for _, failures in sorted(notes.failed.items()) for failure in failures),
        doubtful(held),
        notes.unread,
        Readable(len(held), of, round(100 * len(held) / of) if of else None),
    )  # fmt: skip


def write_report(notes: Notes, out: Path, end: End) -> Path:
    """Write the report, as a page and as data; return the page. A run that had nothing to do leaves the last one.

    Raises ``SavingError``.
    """
    from converters.archive.report_page import page_of  # loaded where something is to be told only

    page = out / OUR_FOLDER / PAGE
    if not notes.has_news and page.exists() and end == "whole":
        return page
    found = report(notes, out, end)
    with staging(out) as staged:
        (staged / JSON).write_bytes(msgspec.json.format(msgspec.json.encode(found), indent=2) + b"\n")
        (staged / PAGE).write_bytes(page_of(found))
        place(staged / JSON, page.with_name(JSON))
        place(staged / PAGE, page)
    return page


def _totals(notes: Notes) -> Totals:
    """Count; an episode of which some editions failed and others were made is among both."""
    seen = notes.current + len(notes.new.keys() | notes.failed.keys())
    editions = sum(len(formats) for _, formats in notes.new.values())
    return Totals(
        len(notes.jobs), notes.converted, notes.current, len(notes.failed), len(notes.jobs) - seen, editions,
        notes.editions_current,
    )  # fmt: skip


def _failure(job: Job, edition: str, error: CurbcutError) -> Failure:
    why, mend = _in_two(clean(str(error)), clean(job.name))
    return Failure(clean(job.name), None if edition == WHOLE else edition, why, mend or clean(_to_see_more(job)))


def _to_see_more(job: Job) -> str:
    if job.entry:
        return f"To see more: curbcut inspect {shlex.quote(str(job.source))} --episode {job.entry}"
    return f"To see more, convert it alone: curbcut convert {shlex.quote(str(job.source))}"


def _in_two(message: str, name: str) -> tuple[str, str]:
    """Return of a message what is wrong and what to do: its first sentence, and the others."""
    own = message.find(name) + len(name) if name in message else 0
    found = _SENTENCE.search(message, own)
    return (message[: found.start()], message[found.end() :]) if found else (message, "")
