"""One episode, from its source to its editions: read, identify, narrate, write, prove, save."""

import contextlib
import datetime
import os
from pathlib import Path
from typing import TYPE_CHECKING, Final

import msgspec

from converters import manifest
from converters.characters import clean
from converters.checks.ledger import Ledger
from converters.currency import Origin
from converters.document import Document
from converters.episode_facts import facts_of
from converters.errors import CurbcutError, SourceError, UsageError
from converters.findings import Finding, Report
from converters.human_checks import remark
from converters.identifiers import assign
from converters.making import Failures, Making, Progress, expects_narration, is_read_aloud
from converters.narration.model import Aside, Narration
from converters.phrases import phrases_for
from converters.planning import Job
from converters.provenance import Provenance, Voices
from converters.quotations import link_quotations
from converters.readers import ReadContext, read
from converters.saving import staging
from converters.settings import Standard
from converters.shelf import Shelf
from converters.sources import too_large
from converters.writers import WriteContext

if TYPE_CHECKING:
    from converters.narration.kept import Kept

NO_DATE: Final = datetime.datetime(2000, 1, 1, tzinfo=datetime.UTC)
"""The date of an edition whose episode has none: a clock would make equal runs differ."""

WHOLE: Final = "all"
"""In place of a format's name: the episode as a whole could not be converted."""


class Result(msgspec.Struct, frozen=True):
    """What came of a job: the files saved, the findings, why editions were not made, the ledgers of those that were.

    ``current`` are the editions that were there already, made from the same. ``withdrawn``: evidence of the episode
    lay there, and was of other files than now.
    """

    job: Job
    written: tuple[Path, ...]
    findings: tuple[Finding, ...]
    failures: tuple[tuple[str, CurbcutError], ...]
    ledgers: tuple[Ledger, ...] = ()
    current: tuple[str, ...] = ()
    withdrawn: bool = False

    @classmethod
    def stopped(cls, job: Job, error: CurbcutError) -> "Result":
        """Return the result of an episode of which nothing could be made."""
        return cls(job, (), (), ((WHOLE, error),))


def convert(job: Job, progress: Progress) -> Result:
    """Make and save the editions of one episode that are not current.

    An edition that cannot be made or proved costs nothing but itself: the others are
    saved, and its old file stays. Raises ``SourceError`` and ``SavingError`` where no
    edition can be had at all.
    """
    progress("reading", 0, 1)
    source, report = _load(job), Report()
    document = identify(read(source, ReadContext(job.name, job.options, report, job.entry)))
    context = _context(document, job, report)
    remark(job.options.human_checks, ((w.name, expects_narration(w, document, context)) for w in job.formats), report)
    told = manifest.Source(clean(job.name), manifest.digest(source))
    shelf = Shelf.of(job.folder, told, facts_of(document), trusted=not job.anew)
    making = Making(document, Origin.of(document, context, told.sha256), shelf, context)
    if not making.outdated and shelf.is_told(making.origin, context):
        return Result(job, (), report.findings, (), current=tuple(writer.name for writer in job.formats))
    with staging(job.folder.parent) as folder:
        return _made(job, making.with_context(msgspec.structs.replace(context, staging=folder)), progress)


def _made(job: Job, making: Making, progress: Progress) -> Result:
    """Make what is outdated and save it; what came up with speech is told with the editions in which it is heard."""
    failures, heard = Failures(), Report()
    with failures.costing(_lost_without_speech(making)):
        context = msgspec.structs.replace(making.context, narration=_narrate(making, heard, progress))
        making = making.with_context(context)
    voiced = msgspec.structs.replace(making.context, provenance=_provenance(job, making))
    making = msgspec.structs.replace(making, context=voiced, heard=heard.findings)
    making = msgspec.structs.replace(making, spoken=_kept(making.context))
    editions = making.all_made(failures, progress)
    progress("saving", 0, len(editions))
    written, withdrawn = making.shelf.save(editions, making.origin, making.context, making.spoken)
    findings = dict.fromkeys((*making.context.report.findings, *(f for edition in editions for f in edition.findings)))
    current = tuple(w.name for w in job.formats if not (failures.concern(w) or w in {e.writer for e in editions}))
    ledgers = tuple(edition.ledger for edition in editions)
    return Result(job, written, tuple(findings), failures.found, ledgers, current, withdrawn)


def _lost_without_speech(making: Making) -> tuple[str, ...]:
    """Return the editions to be made that cannot be had without a narration, or else those that would have one."""
    writers, options = making.outdated, making.context.options
    needing = tuple(writer.name for writer in writers if is_read_aloud(writer, options))
    return needing or tuple(w.name for w in writers if expects_narration(w, making.document, making.context))


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


def _load(job: Job) -> bytes:
    if job.refused:
        raise job.refused
    largest = job.options.limits.bytes
    try:
        size = job.source.stat().st_size
        if size > largest:
            raise too_large(job.name, size, job.options.limits)
        return job.source.read_bytes()
    except OSError as error:
        raise SourceError(
            f"{job.source}: cannot be read ({error.strerror}). Check the name and its permissions."
        ) from error


def _context(document: Document, job: Job, report: Report) -> WriteContext:
    """Return all that a writer may know; the staging folder is not there before something is to be made."""
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
        report=report, staging=job.folder, siblings=job.formats, judge=_judge,
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


def _narrate(making: Making, report: Report, progress: Progress) -> Narration | None:
    """Return the episode read aloud, once, where an edition that is to be made needs it."""
    document, context = making.document, making.context
    if not any(expects_narration(writer, document, context) for writer in making.outdated):
        return None
    samples = any(writer.samples for writer in context.siblings)
    if context.options.recording:
        from converters.narration.recorded import recorded

        recording = Path(context.options.recording)
        return recorded(document, recording, context.staging, context.phrases, report, samples=samples)
    from converters.narration.performance import Studio, default_synthesizer, kept_clips, narrate

    for_book = any(writer.name == "epub" for writer in context.siblings)
    engine = default_synthesizer(context.staging, context.options)
    studio = Studio(engine, context.staging, kept_clips(), samples, for_book, _asides(document, context))
    return narrate(
        document, context.title, context.options, context.phrases, studio, report,
        lambda done, of_all: progress("speaking", done, of_all),
    )  # fmt: skip


def _provenance(job: Job, making: Making) -> Provenance:
    """Return what all editions come from. The source is told by its file's name, which holds no folder."""
    narration = making.context.narration
    is_synthetic = narration is not None and narration.timeline == "narration"
    voices = Voices(narration.engine, _ids(narration)) if narration and is_synthetic else None
    return Provenance(clean(job.source.name), making.origin.sha256, voices)


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
