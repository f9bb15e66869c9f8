"""What a command will make, settled before any work: which sources, into which folders, and what stands in the way."""

import hashlib
from collections.abc import Iterable, Iterator
from pathlib import Path

import msgspec

from converters import manifest
from converters.characters import clean
from converters.errors import CurbcutError
from converters.human_checks import CHECKS_FILE, HumanCheck
from converters.identifiers import slug
from converters.settings import Options, Show, find_show, load_checks, load_episode, load_show
from converters.sources import Found, Listed, foreseen, transcripts
from converters.writers import TABLE, Writer


class Job(msgspec.Struct, frozen=True):
    """One episode: ``name`` is its path below what was asked for, ``folder`` takes its editions.

    ``refused`` says why it cannot be done, where that is known before any work. ``entry`` is
    the episode's own name in an export that holds several. ``anew``: editions are made that are current too.
    ``clashes`` names the source that has the folder that would be its own.
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
    clashes: str | None = None


class ShowChoice(msgspec.Struct, frozen=True):
    """Which show.toml to take: a path, none at all, or (by default) the nearest."""

    path: Path | None = None
    none: bool = False


def with_what_they_play(formats: tuple[Writer, ...], options: Options) -> tuple[Writer, ...]:
    """Return the formats with those that they play when they are read aloud, which must lie beside them."""
    played = {writer.plays for writer in formats if options.aloud and writer.plays}
    return tuple(writer for writer in TABLE if writer in formats or writer.name in played)


def plan(
    sources: Iterable[Path | Listed],
    formats: tuple[Writer, ...],
    out: Path,
    options: Options,
    show: ShowChoice,
    *,
    anew: bool = False,
    profile: str | None = None,
) -> tuple[Job, ...]:
    """Return a job for each episode; what cannot be done is a job too, and stops no other.

    What is made to a ``profile`` has folders of its own.
    """
    found, shows = transcripts(sources, out, options.limits), _Shows(show)
    ending = f"-for-{profile}" if profile else ""
    return tuple(
        _job(
            episode,
            Job(
                episode.path,
                episode.name,
                name,
                out / f"{name}{ending}",
                formats,
                options,
                None,
                None,
                episode.entry,
                anew,
                other,
            ),
            shows,
        )
        for episode, (name, other) in zip(found, _folder_names(found, out, ending), strict=True)
    )


def _job(episode: Found, job: Job, shows: "_Shows") -> Job:
    """Return the job with the facts of its show and episode, or why they cannot be had."""
    refused = episode.refused or (None if episode.entry else foreseen(episode.path, episode.name, job.options.limits))
    try:
        facts, show_file, checks = shows.of(episode.path)
        facts_beside = episode.path.with_name(f"{episode.entry}.txt") if episode.entry else episode.path
        settled = msgspec.structs.replace(
            job.options, show=facts, episode=load_episode(facts_beside), human_checks=checks
        )
    except CurbcutError as error:
        return msgspec.structs.replace(job, refused=refused or error)
    return msgspec.structs.replace(job, options=settled, show_file=show_file, refused=refused)


class _Shows:
    """The shows of a plan's sources: each folder is looked at once, and each file read once."""

    def __init__(self, choice: ShowChoice) -> None:
        self._choice = choice
        self._places: dict[Path, Path | None] = {}
        self._read: dict[Path, tuple[Show, tuple[HumanCheck, ...]]] = {}

    def of(self, source: Path) -> tuple[Show, Path | None, tuple[HumanCheck, ...]]:
        """Return the facts of a source's show, their file, and what people found. Raises ``UsageError``."""
        path = self._place(source)
        if path is None:
            return Show(), None, ()
        if path not in self._read:
            self._read[path] = load_show(path), load_checks(path.with_name(CHECKS_FILE))
        show, checks = self._read[path]
        return show, path, checks

    def _place(self, source: Path) -> Path | None:
        if self._choice.none or self._choice.path:
            return self._choice.path
        if source.is_symlink():
            return find_show(source)  # its facts are where it leads
        if source.parent not in self._places:
            self._places[source.parent] = find_show(source)
        return self._places[source.parent]


def _folder_names(found: tuple[Found, ...], out: Path, ending: str) -> Iterator[tuple[str, str | None]]:
    """Yield each episode's slug, and None; where another source has it already, with six digits added, and that one."""
    owners: dict[str, str] = {}
    names: set[str] = set()
    for episode in found:
        own = clean(episode.name if clean(episode.name) not in names else episode.path.as_posix())
        names.add(own)
        plain = slug(episode.entry or Path(own).stem) or "episode"
        owner = owners.get(plain) or manifest.source_name(out / f"{plain}{ending}") or own
        six = hashlib.sha256(own.encode("utf-8", "surrogateescape")).hexdigest()[:6]
        name = plain if owner == own else f"{plain}-{six}"
        owners[name] = own
        yield name, None if owner == own else owner
