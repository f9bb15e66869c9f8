"""What a command will make, settled before any work: which sources, into which folders."""

import hashlib
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import msgspec

from converters import manifest
from converters.characters import clean
from converters.errors import CurbcutError, SourceError
from converters.human_checks import CHECKS_FILE
from converters.identifiers import slug
from converters.readers import SUFFIXES
from converters.settings import SHOW_FILE, Limits, Options, Show, find_show, load_checks, load_episode, load_show
from converters.writers import TABLE, Writer

OUR_FOLDER: Final = ".curbcut"
PUBLISHED: Final = "published.json"
"""In that folder: which files tell of the whole archive, where there are any."""
HEAD: Final = 16_384
"""Bytes in which an export says what it is."""


class Job(msgspec.Struct, frozen=True):
    """One episode: ``name`` is its path below what was asked for, ``folder`` takes its editions.

    ``refused`` says why it cannot be done, where that is known before any work. ``entry`` is
    the episode's own name in an export that holds several. ``anew``: editions are made that are current too.
    """

    source: Path
    name: str
    slug: str
    folder: Path
    formats: tuple[Writer, ...]
    options: Options
    show_file: Path | None = None
    refused: CurbcutError | None = None
    entry: str | None = None
    anew: bool = False


class ShowChoice(msgspec.Struct, frozen=True):
    """Which show.toml to take: a path, none at all, or (by default) the nearest."""

    path: Path | None = None
    none: bool = False


class _Found(msgspec.Struct, frozen=True):
    """A transcript, or why there is none where one was asked for."""

    path: Path
    name: str
    refused: CurbcutError | None = None
    entry: str | None = None


def with_what_they_play(formats: tuple[Writer, ...], options: Options) -> tuple[Writer, ...]:
    """Return the formats with those that they play when they are read aloud, which must lie beside them."""
    played = {writer.plays for writer in formats if options.aloud and writer.plays}
    return tuple(writer for writer in TABLE if writer in formats or writer.name in played)


def plan(
    sources: tuple[Path, ...],
    formats: tuple[Writer, ...],
    out: Path,
    options: Options,
    show: ShowChoice,
    *,
    anew: bool = False,
) -> tuple[Job, ...]:
    """Return a job for each episode; what cannot be done is a job too, and stops no other."""
    found = [one for source in sources for file in _episodes(source, out) for one in _inside(file, options.limits)]
    names = _folder_names(found, out)
    return tuple(
        _job(
            episode,
            Job(episode.path, episode.name, name, out / name, formats, options, entry=episode.entry, anew=anew),
            show,
        )
        for episode, name in zip(found, names, strict=True)
    )


def _job(episode: _Found, job: Job, show: ShowChoice) -> Job:
    """Return the job with the facts of its show and episode, or why they cannot be had."""
    try:
        facts, show_file = _show(episode.path, show)
        facts_beside = episode.path.with_name(f"{episode.entry}.txt") if episode.entry else episode.path
        checks = load_checks(show_file.with_name(CHECKS_FILE)) if show_file else ()
        settled = msgspec.structs.replace(
            job.options, show=facts, episode=load_episode(facts_beside), human_checks=checks
        )
    except CurbcutError as error:
        return msgspec.structs.replace(job, refused=episode.refused or error)
    return msgspec.structs.replace(job, options=settled, show_file=show_file, refused=episode.refused)


def _show(source: Path, choice: ShowChoice) -> tuple[Show, Path | None]:
    path = None if choice.none else choice.path or find_show(source)
    return (load_show(path), path) if path else (Show(), None)


def _folder_names(found: list[_Found], out: Path) -> list[str]:
    """Return each episode's slug; where another source has it already, with six digits added."""
    taken: dict[str, str] = {}
    for episode in found:
        name = episode.name if episode.name not in taken.values() else episode.path.as_posix()
        plain = slug(episode.entry or Path(name).stem) or "episode"
        there = manifest.load(out / plain)
        owner = taken.get(plain) or (there.source.name if there else clean(name))
        six = hashlib.sha256(name.encode("utf-8", "surrogateescape")).hexdigest()[:6]
        taken[plain if owner == clean(name) else f"{plain}-{six}"] = clean(name)
    return list(taken)


def _episodes(source: Path, out: Path) -> list[_Found]:
    try:
        if source.is_dir():
            return _in_folder(source, out)
        source.stat()
    except OSError as error:
        reason = (
            "there is no such file" if isinstance(error, FileNotFoundError) else f"it cannot be read ({error.strerror})"
        )
        return [_Found(source, source.name, SourceError(f"{source}: {reason}. Check the name and the folder."))]
    return [_Found(source, source.name)]


def _inside(found: _Found, limits: Limits) -> list[_Found]:
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


def is_export(path: Path, limits: Limits) -> bool:
    """Tell by its beginning whether a file is what WordPress exports."""
    try:
        with path.open("rb") as file:
            return b"wordpress.org/export" in file.read(HEAD) and path.stat().st_size <= limits.bytes
    except OSError:
        return False


def _in_folder(folder: Path, out: Path) -> list[_Found]:
    found = list(_transcripts(folder, folder, out.resolve(), set()))
    if found:
        return found
    kinds = ", ".join(sorted(SUFFIXES))
    why = SourceError(f"{folder}: no transcripts in this folder. Curbcut looks for files ending in {kinds}.")
    return [_Found(folder, folder.name, why)]


def _transcripts(folder: Path, top: Path, out: Path, seen: set[Path]) -> Iterator[_Found]:
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
        yield _Found(folder, folder.name, why)
    for path in inside:
        if path.is_dir():
            yield from _transcripts(path, top, out, seen)
        elif path.suffix.lower() in SUFFIXES and path.name != SHOW_FILE and _may_be_transcript(path):
            yield _Found(path, path.relative_to(top).as_posix())


def _is_ours(folder: Path) -> bool:
    """Tell whether a folder holds what we made: an episode, or the catalogue of an archive."""
    return (folder / manifest.MANIFEST_NAME).exists() or (folder / OUR_FOLDER / PUBLISHED).exists()


def _may_be_transcript(path: Path) -> bool:
    """Tell whether a file may hold a transcript: any text may, JSON only where it speaks of speech."""
    if path.stem.lower() in _ABOUT_A_FOLDER:
        return False
    if path.suffix.lower() != ".json":
        return True
    try:
        with path.open("rb") as file:
            return bool(_SPEECH.search(file.read(HEAD)))
    except OSError:
        return False


_ABOUT_A_FOLDER: Final = frozenset({"readme", "license", "licence", "changelog", "contributing"})
_SPEECH: Final = re.compile(
    rb'"(?:document|segments|utterances|monologues|transcript|transcripts|speaker|speakers|results|sentences|words|text)"'
)
"""Keys that JSON with speech in it has near its beginning."""
