"""One episode, from its source to its editions: read, identify, narrate, write, prove, save."""

import contextlib
import datetime
import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Final, Literal

import msgspec

from converters import manifest
from converters.characters import clean
from converters.checks.ledger import Ledger
from converters.checks.parity import prove
from converters.document import Document
from converters.errors import CurbcutError, MissingPartError, SourceError, UsageError
from converters.findings import Finding, Report
from converters.human_checks import remark
from converters.identifiers import assign
from converters.narration.model import Aside, Narration
from converters.phrases import phrases_for
from converters.planning import Job
from converters.provenance import Provenance, Voices
from converters.quotations import link_quotations
from converters.readers import ReadContext, read
from converters.saving import staging
from converters.settings import Options, Standard
from converters.shelf import Edition, save
from converters.writers import WriteContext, Writer
from converters.writers.origin import is_narrated

if TYPE_CHECKING:
    from converters.narration.kept import Kept

NO_DATE: Final = datetime.datetime(2000, 1, 1, tzinfo=datetime.UTC)
"""The date of an edition whose episode has none: a clock would make equal runs differ."""

WHOLE: Final = "all"
"""In place of a format's name: the episode as a whole could not be converted."""

Step = Literal["reading", "speaking", "writing", "saving", "converting"]
Progress = Callable[[Step, int, int], None]
"""Told of a step, how much of it is done, and of how much."""


class Result(msgspec.Struct, frozen=True):
    """What came of a job: the files saved, the findings, why editions were not made, the ledgers of the others.

    ``withdrawn``: evidence of the episode lay there, and was of other files than now.
    """

    job: Job
    written: tuple[Path, ...]
    findings: tuple[Finding, ...]
    failures: tuple[tuple[str, CurbcutError], ...]
    ledgers: tuple[Ledger, ...] = ()
    withdrawn: bool = False

    @classmethod
    def stopped(cls, job: Job, error: CurbcutError) -> "Result":
        """Return the result of an episode of which nothing could be made."""
        return cls(job, (), (), ((WHOLE, error),))


def convert(job: Job, progress: Progress) -> Result:
    """Make and save the editions of one episode.

    An edition that cannot be made or proved costs nothing but itself: the others are
    saved, and its old file stays. Raises ``SourceError`` and ``SavingError`` where no
    edition can be had at all.
    """
    report, failures = Report(), _Failures()
    progress("reading", 0, 1)
    source = _load(job)
    document = identify(read(source, ReadContext(job.name, job.options, report, job.entry)))
    with staging(job.folder.parent) as folder:
        context = _context(document, job, report, folder)
        with failures.costing(w.name for w in job.formats if _is_read_aloud(w, job.options)):
            context = msgspec.structs.replace(context, narration=_narrate(document, context, progress))
        context = msgspec.structs.replace(context, provenance=_provenance(job, source, context.narration))
        remark(job.options.human_checks, ((w.name, is_narrated(w, context, None)) for w in job.formats), report)
        spoken = _kept(context)
        editions = _write_and_prove(document, context, spoken, failures, progress)
        progress("saving", 0, len(editions))
        saved = save(editions, job, source, context, spoken) if editions else ((), False)
    ledgers = tuple(edition.ledger for edition in editions)
    return Result(job, saved[0], report.findings, failures.found, ledgers, saved[1])


def attempt(job: Job, progress: Progress = lambda *_: None) -> Result:
    """Convert one episode of several; what stops it is part of the result, so that the others go on."""
    try:
        return convert(job, progress)
    except CurbcutError as error:
        return Result.stopped(job, error)


def identify(document: Document) -> Document:
    """Give every part its id, and link each pull quote to the turn that it repeats."""
    return link_quotations(assign(document))


def understand(job: Job, report: Report) -> Document:
    """Read and identify one source, and make nothing of it."""
    return identify(read(_load(job), ReadContext(job.name, job.options, report, job.entry)))


class _Failures:
    """Why editions were not made, each with the name of its format."""

    def __init__(self) -> None:
        self._found: dict[str, CurbcutError] = {}

    @property
    def found(self) -> tuple[tuple[str, CurbcutError], ...]:
        return tuple(self._found.items())

    def concern(self, writer: Writer) -> bool:
        return writer.name in self._found

    @contextlib.contextmanager
    def costing(self, formats: Iterator[str]) -> Iterator[None]:
        """Let what goes wrong inside cost these formats, and nothing else."""
        try:
            yield
        except UsageError:
            raise  # what was asked for does not exist: nothing is made, so that it can be put right
        except CurbcutError as error:
            self._found |= dict.fromkeys(formats, error)
        except ImportError as error:
            missing = MissingPartError(f"The library {error.name} is not on this machine. See: curbcut doctor")
            self._found |= dict.fromkeys(formats, missing)


def _load(job: Job) -> bytes:
    if job.refused:
        raise job.refused
    largest = job.options.limits.bytes
    try:
        size = job.source.stat().st_size
        if size > largest:
            raise SourceError(
                f"{job.name}: {size / 1e6:,.0f} MB is more than a transcript should have ({largest / 1e6:,.0f} MB). "
                "If it is right, raise the limit with --max-size."
            )
        return job.source.read_bytes()
    except OSError as error:
        raise SourceError(
            f"{job.source}: cannot be read ({error.strerror}). Check the name and its permissions."
        ) from error


def _context(document: Document, job: Job, report: Report, folder: Path) -> WriteContext:
    title = document.metadata.title
    if not title:
        report.add("read-005", clean(job.source.stem))
    phrases = phrases_for(document.metadata.language)
    if phrases.language != document.metadata.language.split("-")[0]:
        report.add("text-001", document.metadata.language)
    if ways := job.options.show.contact.ways:
        if ways == 1:
            report.add("show-002")
    else:
        report.add("show-001")
    return WriteContext(
        slug=job.slug, title=title or clean(job.source.stem) or job.slug, source_name=clean(job.source.name),
        modified=_edition_date(document), options=job.options, phrases=phrases,
        report=report, staging=folder, siblings=job.formats, judge=_judge,
    )  # fmt: skip


def _judge(pdf: bytes, standard: Standard) -> tuple[str, ...]:
    """Name the rules of a standard of large print that a finished PDF does not meet."""
    from converters.checks.large_print import differences, measure  # loaded for large print only

    return tuple(dict.fromkeys(difference.rule for difference in differences(measure(pdf), standard)))


def _edition_date(document: Document) -> datetime.datetime:
    """Return SOURCE_DATE_EPOCH, else the episode's own date, else the year 2000."""
    if epoch := os.environ.get("SOURCE_DATE_EPOCH"):
        return _of_epoch(epoch)
    day = document.metadata.published
    return datetime.datetime(day.year, day.month, day.day, tzinfo=datetime.UTC) if day else NO_DATE


def _of_epoch(epoch: str) -> datetime.datetime:
    """Return the moment so many seconds after 1970, in the years that a zip file can hold."""
    with contextlib.suppress(ValueError, OverflowError, OSError):
        moment = datetime.datetime.fromtimestamp(int(epoch), tz=datetime.UTC)
        if 1980 <= moment.year <= 2107:  # noqa: PLR2004 - the years of a zip entry
            return moment
    raise UsageError(f"SOURCE_DATE_EPOCH is “{epoch}”: it must be whole seconds since 1970, from 1980 to 2107.")


def _narrate(document: Document, context: WriteContext, progress: Progress) -> Narration | None:
    """Return the episode read aloud, once, where an edition of this command needs it."""
    if not any(_is_read_aloud(writer, context.options) for writer in context.siblings):
        return None
    samples = any(writer.samples for writer in context.siblings)
    if context.options.recording:
        from converters.narration.recorded import recorded

        recording = Path(context.options.recording)
        return recorded(document, recording, context.staging, context.phrases, context.report, samples=samples)
    from converters.narration.performance import Studio, default_synthesizer, kept_clips, narrate

    for_book = any(writer.name == "epub" for writer in context.siblings)
    engine = default_synthesizer(context.staging, context.options)
    studio = Studio(engine, context.staging, kept_clips(), samples, for_book, _asides(document, context))
    return narrate(
        document, context.title, context.options, context.phrases, studio, context.report,
        lambda done, of_all: progress("speaking", done, of_all),
    )  # fmt: skip


def _provenance(job: Job, source: bytes, narration: Narration | None) -> Provenance:
    """Return what all editions come from. The source is told by its file's name, which holds no folder."""
    is_synthetic = narration is not None and narration.timeline == "narration"
    voices = Voices(narration.engine, _ids(narration)) if narration and is_synthetic else None
    return Provenance(clean(job.source.name), manifest.digest(source), voices)


def _ids(narration: Narration) -> tuple[str, ...]:
    return tuple(voice.id for voice in narration.casting.all_voices)


def _kept(context: WriteContext) -> "Kept | None":
    """Return what is kept of the narration, by which editions are proved now and checked later."""
    if context.narration is None:
        return None
    from converters.narration.kept import kept  # loaded where something is spoken only

    return kept(context.narration)


def _asides(document: Document, context: WriteContext) -> tuple[Aside, ...]:
    """Return what the narrator says for talking books alone, where one of them is made."""
    names = tuple(writer.name for writer in context.siblings if writer.says_asides)
    if not names:
        return ()
    from converters.writers.talking_parts import asides  # loaded for talking books only

    return asides(document, context, names)


def _is_read_aloud(writer: Writer, options: Options) -> bool:
    """Tell whether an edition was asked for that cannot be had without a narration."""
    return writer.narration == "needs" or (options.aloud and writer.narration == "uses")


def _write_and_prove(
    document: Document, context: WriteContext, spoken: "Kept | None", failures: _Failures, progress: Progress
) -> tuple[Edition, ...]:
    """Make each edition, and keep those that say what the transcript says.

    Editions name each other. Where one could not be made, the others are made again,
    so that none of them leads to a file that is not there.
    """
    wanted = tuple(writer for writer in context.siblings if not failures.concern(writer))
    together = msgspec.structs.replace(context, siblings=wanted)
    editions: list[Edition] = []
    for done, writer in enumerate(wanted):
        progress("writing", done, len(wanted))
        with failures.costing(iter((writer.name,))):
            artifacts = writer.load()(document, together)
            content, *further = (artifact.content for artifact in artifacts)
            found = prove(writer.name, content, document, spoken, tuple(further), context.options.braille)
            editions.append(Edition(writer, artifacts, found))
    if len(editions) < len(wanted):
        return _write_and_prove(document, together, spoken, failures, progress)
    return tuple(editions)
