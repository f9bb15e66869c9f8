"""What a run over many episodes remembers for the next: in which state it left each, so that it need not look again.

It is a shortcut and no truth: whether an edition is current is told by its manifest (``currency``). Where
nothing has changed of all that is written here (what was asked, and size and time of every file), the episode is
not even read. A line is added for each episode that is done, so that a run that was killed has lost nothing; a line
that was not written to its end is none.
"""

import os
from collections.abc import Iterable
from pathlib import Path
from typing import Final

import msgspec

from converters import manifest
from converters.currency import state_of
from converters.planning import Job
from converters.published import OUR_FOLDER
from converters.settings import Limits
from converters.stylesheets import style_digest
from converters.version import TOOL

RECORD: Final = "record.jsonl"
_WORN: Final = 2
"""How many lines there may be for each episode before the file is written anew."""


class Remembered(msgspec.Struct, frozen=True):
    """An episode as it was left: what was ``asked``, and the states of its source and of its folder's files."""

    folder: str
    asked: str
    source: str
    files: tuple[tuple[str, int, int], ...]


class Record:
    """The record of an output folder, as a run reads and writes it. Only one run at a time may."""

    def __init__(self, out: Path) -> None:
        """Read what is there; what cannot be read is forgotten."""
        self._path = out / OUR_FOLDER / RECORD
        lines = _lines(self._path)
        self._known = {one.folder: one for one in lines}
        self._worn = len(lines) > _WORN * len(self._known)

    def has(self, job: Job) -> bool:
        """Tell whether an episode is as it was left, with all that was asked for."""
        known = self._known.get(job.folder.name)
        if known is None or job.anew or job.refused:
            return False
        return known.asked == self._asked(job) and known.source == state_of(job.source) and _are_there(known, job)

    def add(self, job: Job, source: str) -> None:
        """Remember an episode that is done; ``source`` is the state of its source before it was read."""
        known = Remembered(job.folder.name, self._asked(job), source, _files(job.folder))
        self._known[known.folder] = known
        self._write((known,), "ab")

    def tidy(self) -> None:
        """Write the file anew where many lines in it are outdated."""
        if self._worn:
            self._write(self._known.values(), "wb")

    def _write(self, lines: Iterable[Remembered], how: str) -> None:
        content = b"".join(msgspec.json.encode(one) + b"\n" for one in lines)
        try:
            with self._path.open(how) as file:
                file.write(content)
        except OSError:
            return  # the next run looks at more than it would have to

    def _asked(self, job: Job) -> str:
        """Return the digest of all that a job asks for; most episodes of an archive share their options."""
        options = msgspec.structs.replace(job.options, jobs=1, limits=Limits())
        names = [writer.name for writer in job.formats]
        sheets = [style_digest(name, options.large_print, is_narrated=True) for name in names]
        beside = [state_of(Path(name)) for name in (options.recording, options.voices) if name]
        shape = (TOOL, job.name, job.slug, job.entry, names, sheets, beside, os.environ.get("SOURCE_DATE_EPOCH"))
        return manifest.digest(msgspec.json.encode(options), msgspec.json.encode(shape))[:16]


def remembered(out: Path) -> tuple[Remembered, ...]:
    """Return how the last runs have left the episodes of an output folder, each once."""
    return tuple({one.folder: one for one in _lines(out / OUR_FOLDER / RECORD)}.values())


def _lines(path: Path) -> list[Remembered]:
    found = []
    try:
        lines = path.read_bytes().splitlines()
    except OSError:
        return []
    for line in lines:
        try:
            found.append(msgspec.json.decode(line, type=Remembered))
        except msgspec.DecodeError:
            continue
    return found


def _files(folder: Path) -> tuple[tuple[str, int, int], ...]:
    """Return path, size and time of the manifest and of each file that it names."""
    known = manifest.load(folder)
    names = (manifest.MANIFEST_NAME, *(row.path for row in known.artifacts)) if known else ()
    return tuple((name, (found := (folder / name).stat()).st_size, found.st_mtime_ns) for name in names)


def _are_there(known: Remembered, job: Job) -> bool:
    top = str(job.folder)
    try:
        states = ((size, time, os.stat(f"{top}/{name}")) for name, size, time in known.files)  # noqa: PTH116 - thousands
        return all(found.st_size == size and found.st_mtime_ns == time for size, time, found in states)
    except OSError:
        return False
