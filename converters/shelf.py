"""An episode's folder: what is current in it, and how new editions get into it, the manifest last."""

from pathlib import Path
from typing import TYPE_CHECKING, Final

import msgspec

from converters import manifest
from converters.checks.ledger import Ledger, parity_of
from converters.currency import Origin, beside
from converters.episode_facts import EpisodeFacts
from converters.findings import Finding
from converters.provenance import settings_of
from converters.saving import clear, place, settle, staged, withdraw
from converters.version import TOOL
from converters.writers import TABLE, Artifact, WriteContext, Writer
from converters.writers.accessibility import check_of
from converters.writers.origin import is_narrated

if TYPE_CHECKING:
    from converters.narration.kept import Kept

_PLACE: Final = {writer.name: number for number, writer in enumerate(TABLE)}


class Edition(msgspec.Struct, frozen=True):
    """An edition that was made and proved beside ``siblings``; ``findings`` are those that came up with it."""

    writer: Writer
    artifacts: tuple[Artifact, ...]
    ledger: Ledger
    siblings: tuple[Writer, ...]
    findings: tuple[Finding, ...] = ()


class Shelf(msgspec.Struct, frozen=True):
    """What lies in an episode's folder: ``rows`` of its manifest, those whose file is as it was saved are ``whole``.

    ``source`` is what the editions are to be made from now, and ``episode`` what is known of it; ``narrations`` are
    what the manifest keeps of those that were spoken, ``written`` is its own content. One that is not ``trusted`` has
    nothing that is current.
    """

    folder: Path
    source: manifest.Source
    episode: EpisodeFacts
    rows: tuple[manifest.Row, ...] = ()
    whole: frozenset[str] = frozenset()
    narrations: dict[str, str] = {}
    written: bytes = b""
    trusted: bool = True

    @classmethod
    def of(cls, folder: Path, source: manifest.Source, episode: EpisodeFacts, *, trusted: bool = True) -> "Shelf":
        """Look at a folder, and read every file of it that its manifest names."""
        known = manifest.load(folder)
        if known is None:
            return cls(folder, source, episode)
        whole = frozenset(row.path for row in known.artifacts if manifest.is_whole(row, folder))
        return cls(
            folder,
            source,
            episode,
            known.artifacts,
            whole,
            known.narrations,
            (folder / manifest.MANIFEST_NAME).read_bytes(),
            trusted=trusted,
        )

    def _of_format(self, name: str) -> tuple[manifest.Row, ...]:
        return tuple(row for row in self.rows if row.format == name)

    def has(self, writer: Writer, made_from: str) -> bool:
        """Tell whether an edition is there, with all of its files, that was made from the same."""
        rows = self._of_format(writer.name)
        whole = all(row.made_from == made_from and row.path in self.whole for row in rows)
        return self.trusted and bool(rows) and whole

    def has_beside(self, writer: Writer, siblings: tuple[Writer, ...]) -> bool:
        """Tell whether the edition that is there was made beside the same others."""
        return all(row.beside == beside(writer, siblings) for row in self._of_format(writer.name))

    def is_told(self, origin: Origin, context: WriteContext) -> bool:
        """Tell whether the manifest says what is to be said where no edition is made."""
        return manifest.encode(self._told((), (), origin, context, {})) == self.written

    def save(
        self, editions: tuple[Edition, ...], origin: Origin, context: WriteContext, spoken: "Kept | None"
    ) -> tuple[tuple[Path, ...], bool]:
        """Put editions in their place, file by file, and the manifest last; return the files.

        Told as well is whether evidence was withdrawn, which was of other files. ``spoken`` is what is kept of the
        narration.

        Rows of other editions stay, those that are outdated marked so. Where there is none at all, nothing is
        written. Raises ``OSError``.
        """
        if not (editions or self.rows):
            return (), False
        files = [(e, a, staged(a.content, a.name, context.staging)) for e in editions for a in e.artifacts]
        packed = _packed(spoken)
        clips = next(iter(packed), "")
        new = tuple(_row(edition, artifact, path, origin, context, clips) for edition, artifact, path in files)
        told = self._told(editions, new, origin, context, packed)
        last = staged(manifest.encode(told), manifest.MANIFEST_NAME, context.staging)
        withdrawn = self._is_other(told) and _withdraw_evidence(self.folder)
        for _, artifact, path in files:
            place(path, self.folder / artifact.name)
        for row in manifest.outlived(new, self.rows):
            clear(self.folder / row.path, self.folder)
        settle(self.folder)
        place(last, self.folder / manifest.MANIFEST_NAME)
        settle(self.folder)
        return tuple(self.folder / artifact.name for _, artifact, _ in files), withdrawn

    def _is_other(self, told: manifest.Manifest) -> bool:
        """Tell whether files or rows will be others than they were when evidence may have been written of them."""
        altered = any(row.path not in self.whole for row in self.rows)
        return bool(self.rows) and (
            altered or set(map(msgspec.json.encode, self.rows)) != set(map(msgspec.json.encode, told.artifacts))
        )

    def _told(
        self,
        editions: tuple[Edition, ...],
        new: tuple[manifest.Row, ...],
        origin: Origin,
        context: WriteContext,
        packed: dict[str, str],
    ) -> manifest.Manifest:
        made = {edition.writer.name for edition in editions}
        kept = [row for row in self.rows if row.format not in made and (self.folder / row.path).is_file()]
        rows = (*new, *(self._looked_at(row, origin) for row in kept))
        in_order = tuple(sorted(rows, key=lambda row: _PLACE.get(row.format, len(_PLACE))))
        return manifest.Manifest(
            self.source,
            context.title,
            TOOL,
            in_order,
            _findings(in_order, context),
            self.episode,
            manifest.narrations_of(in_order, self.narrations, packed),
            context.options.requested,
        )

    def _looked_at(self, row: manifest.Row, origin: Origin) -> manifest.Row:
        """Return a row as it is now: outdated or not; one whose file was altered since vouches for it no more."""
        made_from = row.made_from if row.path in self.whole else ""
        stale = made_from != origin.digest(row.format, is_narrated=row.narrated)
        return msgspec.structs.replace(row, stale=stale, made_from=made_from)


def _findings(rows: tuple[manifest.Row, ...], context: WriteContext) -> tuple[Finding, ...]:
    """Return what was found in the episode, and with each edition of this command, each remark once."""
    asked = {writer.name for writer in context.siblings}
    with_editions = (finding for row in rows if row.format in asked for finding in row.findings)
    return tuple(dict.fromkeys((*context.report.findings, *with_editions)))


def _withdraw_evidence(folder: Path) -> bool:
    """Remove the evidence of files that are no more, and an archive's that counts it in."""
    own = withdraw(folder, manifest.EVIDENCE_NAMES)
    return own and (withdraw(folder.parent, manifest.EVIDENCE_NAMES) or True)


def _packed(spoken: "Kept | None") -> dict[str, str]:
    """Return what is kept of the narration as it stands in the manifest, under a name of its own."""
    if spoken is None:
        return {}
    from converters.narration.kept import packed  # loaded where something is spoken only

    word = packed(spoken)
    return {manifest.digest(word.encode())[:16]: word}


def _row(
    edition: Edition, artifact: Artifact, path: Path, origin: Origin, context: WriteContext, clips: str
) -> manifest.Row:
    """Return what the manifest says of a file; the edition's ledger and findings stand with its main file."""
    writer, is_main = edition.writer, artifact is edition.artifacts[0]
    narrated = is_narrated(writer, context, artifact.timeline)
    return manifest.Row(
        format=writer.name, path=artifact.name, media_type=artifact.media_type, bytes=path.stat().st_size,
        sha256=manifest.file_digest(path), narrated=narrated,
        made_from=origin.digest(writer.name, is_narrated=narrated),
        beside=beside(writer, edition.siblings), timeline=artifact.timeline,
        settings=settings_of(context.options, writer.name, is_narrated=narrated),
        voices=context.provenance.voices if narrated and context.provenance else None,
        human_check=check_of(context, writer.name),
        parity=parity_of(edition.ledger) if is_main else None,
        findings=edition.findings if is_main else (),
        clips=clips if narrated and is_main else "",
        seconds=_seconds(writer, context) if narrated and is_main else None,
        access=artifact.access,
    )  # fmt: skip


def _seconds(writer: Writer, context: WriteContext) -> int | None:
    """Return how long an edition is heard that has sound of its own, None of one that has none."""
    narration, has_sound = context.narration, writer.narration == "needs" or not (writer.timed or writer.plays)
    if narration is None or not has_sound:
        return None
    tracks = [track for track in narration.tracks if writer.name == "epub" or not track.book_only]
    if writer.says_asides and narration.asides:
        tracks.append(narration.asides.track)
    return round(sum(track.duration for track in tracks) / 1000)
