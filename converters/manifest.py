"""``manifest.json``: what a folder of editions holds, and what each was made from."""

import hashlib
from pathlib import Path
from typing import Final

import msgspec

from converters.checks.ledger import Parity
from converters.episode_facts import EpisodeFacts
from converters.findings import Finding
from converters.human_checks import HumanCheck
from converters.narration.model import Timeline
from converters.provenance import Voices

MANIFEST_NAME: Final = "manifest.json"
EVIDENCE_NAMES: Final = ("evidence.html", "evidence.earl.json", "evidence.json")
"""What may have been written about the editions; the page goes first, and comes last."""


class Source(msgspec.Struct, frozen=True):
    """The transcript: its path below what was asked for, and its SHA-256."""

    name: str
    sha256: str


class Row(msgspec.Struct, frozen=True, omit_defaults=True):
    """One finished file.

    ``narrated``: our own narration is in it, or in step with it. ``timeline`` says of timed
    text whose times it has. ``made_from`` stands for all that shapes the edition (``currency``) but the others
    that it names, which are ``beside`` it: where both are equal, it is current. ``stale``: made from others than the
    newest. ``findings`` are those that came up when it was made, with the main file. ``settings`` are those that
    shape it, as options of the command line; ``voices`` the synthetic ones in it. ``human_check`` is the record that
    what it claims rests on, None where it claims nothing. ``parity`` stands with the main file: what was found
    in it of what the transcript says, and ``clips``: which of the manifest's narrations is in it, or in step with it.
    ``seconds``, with the main file of an edition that can be heard, is how long that takes; ``access``, with that of
    one for reading apps, what it says of how it can be used: properties of schema.org and their values.
    """

    format: str
    path: str
    media_type: str
    bytes: int
    sha256: str
    narrated: bool
    made_from: str = ""
    beside: tuple[str, ...] = ()
    timeline: Timeline | None = None
    stale: bool = False
    settings: str = ""
    voices: Voices | None = None
    human_check: HumanCheck | None = None
    parity: Parity | None = None
    findings: tuple[Finding, ...] = ()
    clips: str = ""
    seconds: int | None = None
    access: tuple[tuple[str, str], ...] = ()


class Manifest(msgspec.Struct, frozen=True, omit_defaults=True):
    """All that is known of one episode's folder; paths are relative to it.

    ``episode`` is what lists of episodes say of it. ``narrations`` are what was kept of those that its editions were
    made from, packed (``narration/kept``), each under a name that its content has given it.
    ``requested``: the editions were made for one reader, and no list of the archive names them.
    """

    source: Source
    title: str
    tool: str
    artifacts: tuple[Row, ...]
    findings: tuple[Finding, ...]
    episode: EpisodeFacts | None = None
    narrations: dict[str, str] = {}
    requested: bool = False


def encode(manifest: Manifest) -> bytes:
    """Return the manifest as indented JSON."""
    return msgspec.json.format(msgspec.json.encode(manifest), indent=2) + b"\n"


def load(folder: Path) -> Manifest | None:
    """Return the manifest of a folder, None where there is none that can be read."""
    try:
        return msgspec.json.decode((folder / MANIFEST_NAME).read_bytes(), type=Manifest)
    except (OSError, msgspec.DecodeError):
        return None


class _SourceOnly(msgspec.Struct, frozen=True):
    """A manifest of which nothing else is looked at: it may be long."""

    source: Source


def source_name(folder: Path) -> str | None:
    """Return the name of the source that a folder's editions are of, None where that cannot be told."""
    try:
        return msgspec.json.decode((folder / MANIFEST_NAME).read_bytes(), type=_SourceOnly).source.name
    except (OSError, msgspec.DecodeError):
        return None


def _told(row: Row) -> bytes:
    return msgspec.json.encode(row)


def outlived(new: tuple[Row, ...], old: tuple[Row, ...]) -> tuple[Row, ...]:
    """Return the old rows whose edition was made anew with fewer files, or with others."""
    formats, paths = {row.format for row in new}, {row.path for row in new}
    return tuple(row for row in old if row.format in formats and row.path not in paths)


def is_whole(row: Row, folder: Path) -> bool:
    """Tell whether the file of a row is there, as it was saved."""
    path = folder / row.path
    return path.is_file() and file_digest(path) == row.sha256


def narrations_of(rows: tuple[Row, ...], *known: dict[str, str]) -> dict[str, str]:
    """Return the narrations that rows were made from, and no others."""
    every = {name: packed for several in known for name, packed in several.items()}
    return {name: every[name] for name in sorted({row.clips for row in rows}) if name in every}


def digest(*parts: bytes) -> str:
    """Return the SHA-256 of all parts together, in hexadecimal."""
    whole = hashlib.sha256()
    for part in parts:
        whole.update(len(part).to_bytes(8, "big") if len(parts) > 1 else b"")
        whole.update(part)
    return whole.hexdigest()


def file_digest(path: Path) -> str:
    """Return the SHA-256 of a file, read in pieces."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
