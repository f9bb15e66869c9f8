"""Putting what was made of an episode into its folder: its editions' files, and the manifest that tells of them."""

from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from converters import manifest
from converters.characters import clean
from converters.checks.ledger import Ledger, parity_of
from converters.planning import Job
from converters.provenance import settings_of
from converters.saving import clear, place, staged, withdraw
from converters.settings import Limits
from converters.version import TOOL
from converters.writers import Artifact, WriteContext, Writer
from converters.writers.accessibility import check_of
from converters.writers.origin import is_narrated

if TYPE_CHECKING:
    from converters.narration.kept import Kept


class Edition(msgspec.Struct, frozen=True):
    """An edition that was made, with what was found in it when it was read back."""

    writer: Writer
    artifacts: tuple[Artifact, ...]
    ledger: Ledger


def save(
    editions: tuple[Edition, ...], job: Job, source: bytes, context: WriteContext, spoken: "Kept | None"
) -> tuple[tuple[Path, ...], bool]:
    """Put the editions in their place, file by file, and the manifest last; tell whether evidence was withdrawn.

    ``spoken`` is what is kept of the narration. Raises ``OSError``; then every file is old or new, and whole.
    """
    made_from = _made_from(job, source, context)
    files = [(e, a, staged(a.content, a.name, context.staging)) for e in editions for a in e.artifacts]
    packed = _packed(spoken)
    clips = next(iter(packed), "")
    rows = tuple(_row(edition, artifact, path, context, made_from, clips) for edition, artifact, path in files)
    before = manifest.load(job.folder)
    kept = manifest.still_there(before.artifacts, job.folder) if before else ()
    every = manifest.merged(rows, kept, made_from)
    whole = manifest.Manifest(
        manifest.Source(clean(job.name), manifest.digest(source)), context.title, TOOL, every,
        context.report.findings, manifest.narrations_of(every, before.narrations if before else {}, packed),
    )  # fmt: skip
    last = staged(manifest.encode(whole), manifest.MANIFEST_NAME, context.staging)
    withdrawn = _withdraw_evidence(job.folder) if before and not manifest.is_same(before, kept, whole) else False
    for _, artifact, path in files:
        place(path, job.folder / artifact.name)
    for row in manifest.outlived(rows, kept):
        clear(job.folder / row.path, job.folder)
    place(last, job.folder / manifest.MANIFEST_NAME)
    return tuple(job.folder / artifact.name for _, artifact, _ in files), withdrawn


def _withdraw_evidence(folder: Path) -> bool:
    """Remove the evidence of files that are no more, and an archive's that counts it in."""
    own = withdraw(folder, manifest.EVIDENCE_NAMES)
    return own and (withdraw(folder.parent, manifest.EVIDENCE_NAMES) or True)


def _made_from(job: Job, source: bytes, context: WriteContext) -> str:
    """Return what stands for source, settings, date and version together; limits and jobs change no byte."""
    settings = msgspec.json.encode(msgspec.structs.replace(job.options, jobs=1, limits=Limits()))
    return manifest.digest(source, settings, context.modified.isoformat().encode(), TOOL.encode())[:16]


def _packed(spoken: "Kept | None") -> dict[str, str]:
    """Return what is kept of the narration as it stands in the manifest, under a name of its own."""
    if spoken is None:
        return {}
    from converters.narration.kept import packed  # loaded where something is spoken only

    word = packed(spoken)
    return {manifest.digest(word.encode())[:16]: word}


def _row(
    edition: Edition, artifact: Artifact, path: Path, context: WriteContext, made_from: str, clips: str
) -> manifest.Row:
    """Return what the manifest says of a file; the edition's ledger and its clips stand with its main file."""
    writer, is_main = edition.writer, artifact is edition.artifacts[0]
    narrated = is_narrated(writer, context, artifact.timeline)
    return manifest.Row(
        format=writer.name, path=artifact.name, media_type=artifact.media_type, bytes=path.stat().st_size,
        sha256=manifest.file_digest(path), narrated=narrated, made_from=made_from, timeline=artifact.timeline,
        settings=settings_of(context.options, writer.name, is_narrated=narrated),
        voices=context.provenance.voices if narrated and context.provenance else None,
        human_check=check_of(context, writer.name),
        parity=parity_of(edition.ledger) if is_main else None,
        clips=clips if narrated and is_main else "",
    )  # fmt: skip
