"""The files that tell of a whole archive, beside its episodes' folders: catalogue and feeds, made from manifests.

They are made from what lies there and from show.toml, by no clock: the same archive has the same catalogue, however
often and in whatever order it was made.
"""

from collections import Counter
from collections.abc import Iterable
from pathlib import Path

import msgspec

from converters import manifest
from converters.archive.holdings import SHEETS, Archive, folders, holdings
from converters.planning import Job
from converters.published import OUR_FOLDER, PUBLISHED, Published, published
from converters.saving import place, staging
from converters.settings import Show
from converters.stylesheets import stylesheet
from converters.version import TOOL


def publish(out: Path, jobs: tuple[Job, ...]) -> tuple[Path, ...]:
    """Write what tells of the archive, where that is not current; return the files that are new or other now.

    What is made for one reader changes nothing in it.

    Raises ``SavingError``. Only one run at a time may.
    """
    if jobs and all(job.options.requested for job in jobs):
        return ()
    show = _show(jobs)
    before, made_from = published(out), _made_from(out, show)
    if before.made_from == made_from and _are_there(before, out):
        return ()
    from converters.archive.makers import MAKERS  # loaded where something is to be made only

    archive = Archive(show, holdings(out))
    files = {name: content for make in MAKERS for name, content in make(archive).items()}
    changed = tuple(out / name for name, content in files.items() if _content(out / name) != content)
    with staging(out) as staged:
        _remember(Published("", _names(before.names | files.keys())), out, staged)
        for path in changed:
            (staged / path.name).write_bytes(files[path.name])
            place(staged / path.name, path)
        for name in before.names - files.keys():
            (out / name).unlink(missing_ok=True)
        _remember(Published(made_from, _states(out, tuple(files))), out, staged)
    return changed


def _show(jobs: tuple[Job, ...]) -> Show:
    """Return the show of most episodes, of equals the first; of those that were refused it is not known."""
    shows = {job.show_file: job.options.show for job in jobs if not job.refused}
    counts = Counter(job.show_file for job in jobs if not job.refused)
    return shows[counts.most_common(1)[0][0]] if shows else Show()


def _names(names: Iterable[str]) -> tuple[tuple[str, int, int], ...]:
    """Return the names of files that are about to be written: what is there after a kill is cleared away once."""
    return tuple((name, 0, 0) for name in sorted(names))


def _made_from(out: Path, show: Show) -> str:
    """Return what stands for all that the files say, without reading it."""
    names = tuple(f"{folder.name}/{manifest.MANIFEST_NAME}" for folder in sorted(folders(out)))
    return manifest.digest(msgspec.json.encode((TOOL, stylesheet(*SHEETS), show, _states(out, names))))


def _states(out: Path, names: tuple[str, ...]) -> tuple[tuple[str, int, int], ...]:
    states = ((name, (out / name).stat()) for name in names)
    return tuple((name, found.st_size, found.st_mtime_ns) for name, found in states)


def _are_there(known: Published, out: Path) -> bool:
    try:
        return _states(out, tuple(name for name, *_ in known.files)) == known.files
    except OSError:
        return False


def _content(path: Path) -> bytes | None:
    try:
        return path.read_bytes()
    except OSError:
        return None


def _remember(known: Published, out: Path, staged: Path) -> None:
    (staged / PUBLISHED).write_bytes(msgspec.json.encode(known))
    place(staged / PUBLISHED, out / OUR_FOLDER / PUBLISHED)
