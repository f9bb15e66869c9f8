"""``curbcut voices --assign``: lasting voices for everybody in an archive, put into its show.toml.

Read every episode, choose for all at once (``narration/lasting.py``), add what is missing to the
show.toml that applies, and read the episodes again as they will be read from then on. Nothing
is written before all of that is known, and nothing that staff have chosen is touched.
"""

import hashlib
from collections.abc import Callable, Iterator
from pathlib import Path

import msgspec

from converters.convert import understand
from converters.document import Document, NodeId, Person
from converters.errors import CurbcutError, SavingError, UsageError
from converters.findings import Report
from converters.narration.lasting import Presence, lasting_voices, presence
from converters.narration.model import Voice
from converters.narration.preference import asks_for_range
from converters.planning import Job
from converters.saving import replace_file
from converters.settings import Show, show_in
from converters.show_file import Entry, people_with_voices, with_voices

Progress = Callable[[int, int], None]
"""Told how many episodes are read, and of how many."""


class NewFile(msgspec.Struct, frozen=True):
    """A show.toml as it is to be: ``before`` is what it says now."""

    path: Path
    before: str
    text: str
    entries: tuple[Entry, ...]


class Assignment(msgspec.Struct, frozen=True):
    """What is to be written, and what could not be settled.

    ``homeless`` have no show.toml to stand in; ``kept`` have ``higher`` or ``lower`` there, and
    the voice they would have; ``voiceless`` speak a language that no voice here speaks;
    ``doubtful`` got no entry, because another episode would be read otherwise with it: somebody
    whose first name alone is printed elsewhere. ``otherwise`` are episodes that are read
    differently for some other reason.
    """

    files: tuple[NewFile, ...]
    homeless: tuple[Entry, ...]
    kept: tuple[Entry, ...]
    voiceless: tuple[str, ...]
    doubtful: tuple[str, ...]
    otherwise: tuple[str, ...]
    failures: tuple[tuple[str, CurbcutError], ...]
    read: int


class _Read(msgspec.Struct, frozen=True):
    job: Job
    presence: Presence
    people: frozenset[NodeId]
    shape: bytes


def assignment(jobs: tuple[Job, ...], voices: tuple[Voice, ...], progress: Progress) -> Assignment:
    """Return lasting voices for all who speak in these episodes.

    Episodes that cannot be read are named and stop nothing. Raises the failure itself where
    none can be read.
    """
    episodes, failures = _read_all(jobs, progress)
    if not episodes:
        raise failures[0][1] if failures else UsageError("There is no episode to choose voices for.")
    given = lasting_voices(tuple(episode.presence for episode in episodes), voices)
    files, doubtful, otherwise = _settled(episodes, given)
    return Assignment(
        files=files,
        homeless=_entries((e for e in episodes if e.job.show_file is None), given),
        kept=_kept(episodes, given),
        voiceless=_voiceless(episodes, given),
        doubtful=doubtful,
        otherwise=otherwise,
        failures=failures,
        read=len(episodes),
    )


def save(found: Assignment) -> None:
    """Write each show.toml, whole. Raises ``SavingError``; then all that were to be written stand as before."""
    done: list[NewFile] = []
    try:
        for new in found.files:
            replace_file(new.path, new.text.encode())
            done.append(new)
    except SavingError:
        for written in done:
            replace_file(written.path, written.before.encode())
        raise


def _read_all(
    jobs: tuple[Job, ...], progress: Progress
) -> tuple[tuple[_Read, ...], tuple[tuple[str, CurbcutError], ...]]:
    episodes: list[_Read] = []
    failures: list[tuple[str, CurbcutError]] = []
    for number, job in enumerate(jobs, 1):
        try:
            document = understand(job, Report())
            people = frozenset(person.id for person in document.people)
            episodes.append(_Read(job, presence(document), people, _shape(document)))
        except CurbcutError as error:
            failures.append((job.name, error))
        progress(number, len(jobs))
    return tuple(episodes), tuple(failures)


def _entries(episodes: Iterator[_Read], given: dict[NodeId, Voice]) -> tuple[Entry, ...]:
    """Return the voices of those in these episodes for whom nobody has chosen, by their ids."""
    people = {person.id: person for episode in episodes for person in episode.presence.people if not person.voice}
    return tuple(_entry(person, given[person.id]) for _, person in sorted(people.items()) if person.id in given)


def _entry(person: Person, voice: Voice) -> Entry:
    return Entry(person.id, person.name, voice.id)


def _new_files(episodes: tuple[_Read, ...], given: dict[NodeId, Voice]) -> tuple[NewFile, ...]:
    paths = dict.fromkeys(episode.job.show_file for episode in episodes if episode.job.show_file)
    files = []
    for path in paths:
        before = _text(path)
        there = people_with_voices(before)
        entries = _entries((episode for episode in episodes if episode.job.show_file == path), given)
        missing = tuple(entry for entry in entries if entry.person not in there)
        if missing:
            files.append(NewFile(path, before, with_voices(before, missing), missing))
    return tuple(files)


def _text(path: Path) -> str:
    try:
        return path.read_bytes().decode()
    except OSError as error:
        raise UsageError(f"{path}: cannot be read ({error.strerror}).") from error


def _kept(episodes: tuple[_Read, ...], given: dict[NodeId, Voice]) -> tuple[Entry, ...]:
    asking = {p.id: p for episode in episodes for p in episode.presence.people if asks_for_range(p)}
    return tuple(_entry(person, given[person.id]) for _, person in sorted(asking.items()) if person.id in given)


def _voiceless(episodes: tuple[_Read, ...], given: dict[NodeId, Voice]) -> tuple[str, ...]:
    people = {p.id: p.name for episode in episodes for p in episode.presence.people}
    return tuple(name for identifier, name in sorted(people.items()) if identifier not in given)


def _settled(
    episodes: tuple[_Read, ...], given: dict[NodeId, Voice]
) -> tuple[tuple[NewFile, ...], tuple[str, ...], tuple[str, ...]]:
    """Return the files without entries that would split somebody in two, whom those are, what else changes."""
    doubtful: dict[NodeId, str] = {}
    while True:
        files = _new_files(episodes, {who: voice for who, voice in given.items() if who not in doubtful})
        changed = _read_otherwise(episodes, files)
        added = {who for _, people in changed for who in people}
        found = {NodeId(e.person): e.name for new in files for e in new.entries if e.person in added}
        if not found:
            return files, tuple(doubtful.values()), tuple(name for name, _ in changed)
        doubtful |= found


def _read_otherwise(
    episodes: tuple[_Read, ...], files: tuple[NewFile, ...]
) -> tuple[tuple[str, frozenset[NodeId]], ...]:
    """Return the episodes in which an entry would change more than voices, and whom it would split off in them."""
    shows = {new.path: show_in(new.text.encode(), new.path) for new in files}
    changed = []
    for episode in episodes:
        if episode.job.show_file in shows:
            shape, people = _reread(episode.job, shows[episode.job.show_file])
            if shape != episode.shape:
                split = len(people) > len(episode.people)  # else a short name is taken for the whole one
                changed.append((episode.job.name, people - episode.people if split else frozenset()))
    return tuple(changed)


def _reread(job: Job, show: Show) -> tuple[bytes, frozenset[NodeId]]:
    try:
        options = msgspec.structs.replace(job.options, show=show)
        document = understand(msgspec.structs.replace(job, options=options), Report())
    except CurbcutError:
        return b"", frozenset()
    return _shape(document), frozenset(person.id for person in document.people)


def _shape(document: Document) -> bytes:
    """Return what stands for all of a document but the voices of its people."""
    people = tuple(msgspec.structs.replace(person, voice=None) for person in document.people)
    return hashlib.sha256(msgspec.json.encode(msgspec.structs.replace(document, people=people))).digest()
