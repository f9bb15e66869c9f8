"""What a command will make, settled before any work: which sources, into which folders."""

import hashlib
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import msgspec

from converters import manifest
from converters.errors import SourceError
from converters.identifiers import slug
from converters.readers import SUFFIXES
from converters.settings import SHOW_FILE, Options, Show, find_show, load_episode, load_show
from converters.writers import Writer

OUR_FOLDER: Final = ".curbcut"


class Job(msgspec.Struct, frozen=True):
    """One episode: ``name`` is its path below what was asked for, ``folder`` takes its editions."""

    source: Path
    name: str
    slug: str
    folder: Path
    formats: tuple[Writer, ...]
    options: Options
    show_file: Path | None = None


class ShowChoice(msgspec.Struct, frozen=True):
    """Which show.toml to take: a path, none at all, or (by default) the nearest."""

    path: Path | None = None
    none: bool = False


def plan(
    sources: tuple[Path, ...], formats: tuple[Writer, ...], out: Path, options: Options, show: ShowChoice
) -> tuple[Job, ...]:
    """Return a job for each episode. Raises ``SourceError`` where there is nothing to convert."""
    found = [pair for source in sources for pair in _episodes(source, out)]
    taken: dict[str, str] = {}
    return tuple(_job(path, name, out, formats, options, show, taken) for path, name in found)


def _job(
    path: Path,
    name: str,
    out: Path,
    formats: tuple[Writer, ...],
    options: Options,
    show: ShowChoice,
    taken: dict[str, str],
) -> Job:
    chosen = _folder_name(name, out, taken)
    facts, show_file = _show(path, show)
    settled = msgspec.structs.replace(options, show=facts, episode=load_episode(path))
    return Job(path, name, chosen, out / chosen, formats, settled, show_file)


def _show(source: Path, choice: ShowChoice) -> tuple[Show, Path | None]:
    path = None if choice.none else choice.path or find_show(source)
    return (load_show(path), path) if path else (Show(), None)


def _folder_name(name: str, out: Path, taken: dict[str, str]) -> str:
    """Return the slug of a source; where another source has it already, with six digits added."""
    plain = slug(Path(name).stem) or "episode"
    there = manifest.load(out / plain)
    owner = taken.get(plain) or (there.source.name if there else name)
    chosen = plain if owner == name else f"{plain}-{hashlib.sha256(name.encode()).hexdigest()[:6]}"
    taken[chosen] = name
    return chosen


def _episodes(source: Path, out: Path) -> list[tuple[Path, str]]:
    if source.is_dir():
        found = [(path, path.relative_to(source).as_posix()) for path in _transcripts(source, out.resolve())]
        if not found:
            kinds = ", ".join(sorted(SUFFIXES))
            raise SourceError(f"{source}: no transcripts in this folder. Curbcut looks for files ending in {kinds}.")
        return found
    if not source.exists():
        raise SourceError(f"{source}: there is no such file. Check the name and the folder.")
    return [(source, source.name)]


def _transcripts(folder: Path, out: Path) -> Iterator[Path]:
    """Yield the transcripts below a folder, in order of their names; never what we made ourselves."""
    if folder.resolve() == out or (folder / manifest.MANIFEST_NAME).exists():
        return
    for path in sorted(folder.iterdir()):
        if path.name.startswith("."):
            continue
        if path.is_dir():
            yield from _transcripts(path, out)
        elif path.suffix.lower() in SUFFIXES and path.name != SHOW_FILE and _may_be_transcript(path):
            yield path


def _may_be_transcript(path: Path) -> bool:
    """Tell a document of ours from other JSON; any text file may be one."""
    if path.suffix.lower() != ".json":
        return True
    with path.open("rb") as file:
        return b'"document"' in file.read(200)
