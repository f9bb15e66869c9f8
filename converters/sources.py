"""Which transcripts a command is about: files, folders, patterns, lists of them, and what a WordPress export holds.

Nothing is read that can be told from a file's beginning: an archive of thousands is gone through in a second.
"""

import glob
import os
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final

import msgspec

from converters import manifest
from converters.errors import CurbcutError, SourceError
from converters.published import OUR_FOLDER, PUBLISHED
from converters.readers import SUFFIXES
from converters.readers.recognition import PUT_IT_IN, is_empty, refuse
from converters.settings import SHOW_FILE, Limits

HEAD: Final = 65_536
"""Bytes in which a file says what it is."""
_PATTERN: Final = re.compile(r"[*?\[]")


class Found(msgspec.Struct, frozen=True):
    """A transcript, or why there is none where one was asked for.

    ``name`` is its path below what was asked for, ``entry`` the episode's own name in an export.
    """

    path: Path
    name: str
    refused: CurbcutError | None = None
    entry: str | None = None


class Listed(msgspec.Struct, frozen=True):
    """What stands in a list of sources, and in which of its lines: ``list.txt, line 3``."""

    path: Path
    where: str


def listed(path: Path, text: str) -> tuple[Listed, ...]:
    """Return the sources that a list names, a line each, relative to its folder; ``#`` begins a remark."""
    lines = ((number, line.strip()) for number, line in enumerate(text.lstrip("\ufeff").splitlines(), 1))
    return tuple(
        Listed(path.parent / line, f"{path}, line {number}")
        for number, line in lines
        if line and not line.startswith("#")
    )


def transcripts(sources: Iterable[Path | Listed], out: Path, limits: Limits) -> tuple[Found, ...]:
    """Return the transcripts, each once, though it may be asked for twice; never what lies in ``out``."""
    every = (one for source in sources for file in _asked(source, out) for one in _inside(file, limits))
    return tuple({(os.path.realpath(one.path), one.entry): one for one in reversed(list(every))}.values())[::-1]


def foreseen(path: Path, name: str, limits: Limits) -> SourceError | None:
    """Return why a file cannot be read as a transcript, as far as its size and its beginning tell."""
    try:
        size = path.stat().st_size
        if size > limits.bytes:
            return too_large(name, size, limits)
        with path.open("rb") as file:
            beginning = file.read(HEAD)
        if size <= HEAD and is_empty(beginning):
            return SourceError(f"{name}: the file is empty. {PUT_IT_IN}")
        refuse(beginning, name)
    except OSError as error:
        return SourceError(f"{path}: cannot be read ({error.strerror}). Check the name and its permissions.")
    except SourceError as error:
        return error
    return None


def too_large(name: str, size: int, limits: Limits) -> SourceError:
    """Return what is said of a source of so many bytes."""
    return SourceError(
        f"{name}: {size / 1e6:,.0f} MB is more than a transcript should have ({limits.bytes / 1e6:,.0f} MB). "
        "If it is right, raise the limit with --max-size."
    )


def is_export(path: Path, limits: Limits) -> bool:
    """Tell by its beginning whether a file is what WordPress exports."""
    try:
        with path.open("rb") as file:
            return b"wordpress.org/export" in file.read(HEAD) and path.stat().st_size <= limits.bytes
    except OSError:
        return False


def _asked(source: Path | Listed, out: Path) -> Iterable[Found]:
    """Return what one source stands for; of a list, what is wrong names the line."""
    if isinstance(source, Path):
        return _episodes(source, out)
    return [
        msgspec.structs.replace(one, refused=SourceError(f"{source.where}: {one.refused}")) if one.refused else one
        for one in _episodes(source.path, out)
    ]


def _episodes(source: Path, out: Path) -> list[Found]:
    try:
        if source.is_dir():
            return _in_folder(source, out)
        source.stat()
    except FileNotFoundError:
        return _matching(source, out)
    except OSError as error:
        why = SourceError(f"{source}: it cannot be read ({error.strerror}). Check the name and the folder.")
        return [Found(source, source.name, why)]
    return [Found(source, source.name)]


def _matching(source: Path, out: Path) -> list[Found]:
    """Return what a pattern finds; what is none is the name of a file that is not there."""
    if not _PATTERN.search(str(source)):
        why = SourceError(f"{source}: there is no such file. Check the name and the folder.")
        return [Found(source, source.name, why)]
    paths = map(Path, sorted(glob.glob(str(source), recursive=True)))  # noqa: PTH207 - Path.glob takes no whole paths
    fixed = next(folder for folder in source.parents if not _PATTERN.search(str(folder)))
    files = [Found(p, p.relative_to(fixed).as_posix()) for p in paths if _is_transcript(p) and _is_outside(p, out)]
    why = SourceError(f"{source}: nothing fits this pattern. Put it in quotes, and try it with ls.")
    return files or [Found(source, source.name, why)]


def _is_outside(path: Path, out: Path) -> bool:
    """Tell whether a file is none that we made."""
    return path.is_file() and out.resolve() not in path.resolve().parents and not _is_ours(path.parent)


def _in_folder(folder: Path, out: Path) -> list[Found]:
    found = list(_below(folder, folder, out.resolve(), set()))
    if found:
        return found
    kinds = ", ".join(sorted(SUFFIXES))
    why = SourceError(f"{folder}: no transcripts in this folder. Curbcut looks for files ending in {kinds}.")
    return [Found(folder, folder.name, why)]


def _below(folder: Path, top: Path, out: Path, seen: set[Path]) -> Iterator[Found]:
    """Yield the transcripts below a folder, in order of their names; never what we made ourselves."""
    real = folder.resolve()
    if real == out or real in seen or _is_ours(folder):
        return
    seen.add(real)
    try:
        inside = sorted(path for path in folder.iterdir() if not path.name.startswith("."))
    except OSError as error:
        why = SourceError(f"{folder}: cannot be read ({error.strerror}). Check its permissions.")
        inside = []
        yield Found(folder, folder.name, why)
    for path in inside:
        if path.is_dir():
            yield from _below(path, top, out, seen)
        elif _is_transcript(path):
            yield Found(path, path.relative_to(top).as_posix())


def _is_ours(folder: Path) -> bool:
    """Tell whether a folder holds what we made: an episode, or the catalogue of an archive."""
    return (folder / manifest.MANIFEST_NAME).exists() or (folder / OUR_FOLDER / PUBLISHED).exists()


def _is_transcript(path: Path) -> bool:
    """Tell whether a file may hold a transcript: any text may, JSON only where it speaks of speech."""
    suffix = path.suffix.lower()
    if suffix not in SUFFIXES or path.name == SHOW_FILE or path.stem.lower() in _ABOUT_A_FOLDER:
        return False
    if suffix != ".json":
        return True
    try:
        with path.open("rb") as file:
            return bool(_SPEECH.search(file.read(HEAD)))
    except OSError:
        return False


def _inside(found: Found, limits: Limits) -> list[Found]:
    """Return the episodes of an export, each by its own name; of any other file, the file."""
    if found.refused or found.path.suffix.lower() != ".xml" or not is_export(found.path, limits):
        return [found]
    from converters.readers.wordpress import episodes_of, untranscribed_in  # loaded on first use: few are exports

    try:
        source = found.path.read_bytes()
        entries = episodes_of(source, found.name, limits)
        unread = {one.slug for one in untranscribed_in(source, found.name, limits)}
    except CurbcutError as error:
        return [msgspec.structs.replace(found, refused=error)]
    named = (msgspec.structs.replace(found, name=f"{found.name}#{e.slug}", entry=e.slug) for e in entries)
    episodes = [one for one in named if one.entry not in unread]
    return episodes or ([] if unread else [found])


_ABOUT_A_FOLDER: Final = frozenset({"readme", "license", "licence", "changelog", "contributing"})
_SPEECH: Final = re.compile(
    rb'"(?:document|segments|utterances|monologues|transcript|transcripts|speaker|speakers|results|sentences|words|text)"'
)
"""Keys that JSON with speech in it has near its beginning."""
