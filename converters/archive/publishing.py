"""The files that tell of a whole archive, beside its episodes' folders: catalogue and feeds, made from manifests.

They are made from what lies there and from show.toml, by no clock: the same archive has the same catalogue, however
often and in whatever order it was made.
"""

from collections.abc import Callable
from pathlib import Path
from typing import Final

import msgspec

from converters import manifest
from converters.archive.holdings import Held, folders, holdings
from converters.planning import OUR_FOLDER, PUBLISHED, Job
from converters.saving import place, staging
from converters.settings import Show
from converters.version import TOOL

Files = dict[str, bytes]
"""Finished files, by their names in the output folder."""


class Archive(msgspec.Struct, frozen=True):
    """A whole archive: the episodes that lie there, the newest first, and the show that they are of."""

    show: Show
    episodes: tuple[Held, ...]


class _Published(msgspec.Struct, frozen=True):
    """From what the files were made that lie there, and which they are, with size and time in nanoseconds."""

    made_from: str
    files: tuple[tuple[str, int, int], ...]


MAKERS: Final[tuple[Callable[[Archive], Files], ...]] = ()
"""What makes the files. A file that none of them makes any more is removed."""


def publish(out: Path, jobs: tuple[Job, ...]) -> tuple[Path, ...]:
    """Write what tells of the archive, where that is not current; return the files that are new or other now.

    Raises ``SavingError``. Only one run at a time may.
    """
    show = jobs[0].options.show if jobs else Show()
    before, made_from = _published(out), _made_from(out, show)
    if before.made_from == made_from and _are_there(before, out):
        return ()
    archive = Archive(show, holdings(out))
    files = {name: content for make in MAKERS for name, content in make(archive).items()}
    changed = tuple(out / name for name, content in files.items() if _content(out / name) != content)
    with staging(out) as staged:
        for path in changed:
            (staged / path.name).write_bytes(files[path.name])
            place(staged / path.name, path)
        for name in {name for name, *_ in before.files} - files.keys():
            (out / name).unlink(missing_ok=True)
        _remember(_Published(made_from, _states(out, tuple(files))), out, staged)
    return changed


def _made_from(out: Path, show: Show) -> str:
    """Return what stands for all that the files say, without reading it."""
    names = tuple(f"{folder.name}/{manifest.MANIFEST_NAME}" for folder in sorted(folders(out)))
    return manifest.digest(msgspec.json.encode((TOOL, show, _states(out, names))))


def _states(out: Path, names: tuple[str, ...]) -> tuple[tuple[str, int, int], ...]:
    states = ((name, (out / name).stat()) for name in names)
    return tuple((name, found.st_size, found.st_mtime_ns) for name, found in states)


def _published(out: Path) -> _Published:
    try:
        return msgspec.json.decode((out / OUR_FOLDER / PUBLISHED).read_bytes(), type=_Published)
    except (OSError, msgspec.DecodeError):
        return _Published("", ())


def _are_there(published: _Published, out: Path) -> bool:
    try:
        return _states(out, tuple(name for name, *_ in published.files)) == published.files
    except OSError:
        return False


def _content(path: Path) -> bytes | None:
    try:
        return path.read_bytes()
    except OSError:
        return None


def _remember(published: _Published, out: Path, staged: Path) -> None:
    (staged / PUBLISHED).write_bytes(msgspec.json.encode(published))
    place(staged / PUBLISHED, out / OUR_FOLDER / PUBLISHED)
