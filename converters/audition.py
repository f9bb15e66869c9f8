"""``curbcut voices --cast``: one short file in which everybody of an episode is heard."""

import contextlib
from pathlib import Path

import msgspec

from converters.characters import clean
from converters.convert import NO_DATE, understand
from converters.document import Document
from converters.findings import Finding, Report
from converters.narration.audition import Part, parts, script
from converters.narration.casting import cast
from converters.narration.performance import LinesDone, Studio, default_synthesizer, kept_clips, perform
from converters.phrases import phrases_for
from converters.planning import Job
from converters.saving import place, staging
from converters.writers import WriteContext, writer_named


class Audition(msgspec.Struct, frozen=True):
    """The file, who is heard in it, and the findings that concern voices."""

    path: Path
    parts: tuple[Part, ...]
    findings: tuple[Finding, ...]


def file_name(job: Job) -> str:
    """Return the name of the file where none was asked for."""
    return f"{job.slug}-voices.mp3"


def audition(job: Job, path: Path, progress: LinesDone) -> Audition:
    """Have everybody heard with the voice that the episode would give them, and save the file at ``path``.

    Raises what reading, casting and speaking raise; then no file is written.
    """
    report = Report()
    document = understand(job, Report())
    phrases = phrases_for(document.metadata.language)
    with (
        staging(path.resolve().parent) as folder,
        kept_clips() as cache,
        contextlib.closing(default_synthesizer(folder, job.options)) as engine,
    ):
        voices = engine.voices()
        casting = cast(document, voices, phrases.language, report, job.options.cast)
        heard = parts(document, voices, casting)
        tracks = script(document, heard, phrases, job.options.rate)
        narration = perform(document, tracks, casting, job.options, Studio(engine, folder, cache), report, progress)
        title = phrases.voices_of.format(title=document.metadata.title or clean(job.source.stem))
        context = WriteContext(
            slug=job.slug, title=title, source_name=clean(job.source.name), modified=NO_DATE, options=job.options,
            phrases=phrases, report=report, staging=folder, narration=narration,
        )  # fmt: skip
        place(_made(document, context), path)
    return Audition(path, heard, report.findings)


def _made(document: Document, context: WriteContext) -> Path:
    made = writer_named("mp3").load()(document, context)[0].content
    if not isinstance(made, Path):
        raise TypeError("the mp3 edition is a file")
    return made
