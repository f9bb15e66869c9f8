"""Recordings among the sources that nobody has written down: work to do, and no failure."""

import datetime
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import msgspec

from converters.errors import CurbcutError
from converters.manifest import MANIFEST_NAME
from converters.planning import Job
from converters.readers import SUFFIXES
from converters.settings import Limits
from converters.sources import is_export

SOUND: Final = frozenset((".mp3", ".m4a", ".m4b", ".wav", ".flac", ".ogg", ".opus", ".aac"))
"""How files end that hold a recording."""


class Unread(msgspec.Struct, frozen=True):
    """An episode that can be heard and not read. ``recording`` is its address, or its path."""

    title: str
    recording: str
    published: datetime.date | None = None
    page: str | None = None


def unread(sources: tuple[Path, ...], jobs: tuple[Job, ...]) -> tuple[Unread, ...]:
    """Return the recordings below the sources that no transcript stands beside, the newest first."""
    exports = {job.source: job.options.limits for job in jobs}
    exports |= {source: Limits() for source in sources if source.suffix.lower() == ".xml" and source not in exports}
    found = [
        *(one for folder in sources if folder.is_dir() for one in _in_folder(folder)),
        *(one for path, limits in exports.items() if is_export(path, limits) for one in _in_export(path, limits)),
    ]
    by_title = sorted(dict.fromkeys(found), key=lambda one: one.title)
    return tuple(sorted(by_title, key=lambda one: one.published or datetime.date.min, reverse=True))


def _in_folder(folder: Path) -> Iterator[Unread]:
    for path in sorted(folder.rglob("*")):
        hidden = any(part.startswith(".") for part in path.relative_to(folder).parts)
        if path.suffix.lower() in SOUND and not hidden and path.is_file() and not _is_written_down(path):
            yield Unread(path.stem, str(path))


def _is_written_down(recording: Path) -> bool:
    """Tell whether a transcript of the same name stands beside a recording, or the recording is an edition of ours."""
    if any((folder / MANIFEST_NAME).exists() for folder in (recording.parent, recording.parent.parent)):
        return True
    stem = recording.stem.lower()
    return any(
        path.suffix.lower() in SUFFIXES and path.stem.lower() == stem
        for path in recording.parent.iterdir()
    )  # fmt: skip


def _in_export(path: Path, limits: Limits) -> Iterator[Unread]:
    from converters.readers.wordpress import untranscribed_in  # loaded on first use: few sources are exports

    try:
        for one in untranscribed_in(path.read_bytes(), path.name, limits):
            yield Unread(one.title or one.slug, one.recording or f"{path}#{one.slug}", one.published, one.page)
    except (CurbcutError, OSError):
        return  # why it cannot be read is told with the episodes
