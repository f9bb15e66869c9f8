"""What an output folder holds: its episodes, as their manifests tell of them."""

import datetime
from collections import Counter
from pathlib import Path
from typing import Final

import msgspec

from converters import manifest
from converters.document import UNDETERMINED, LanguageTag
from converters.episode_facts import EpisodeFacts
from converters.findings import Finding
from converters.settings import Show

_EARLIEST = datetime.date.min


class Held(msgspec.Struct, frozen=True):
    """An episode that lies in ``folder``, below the output folder; paths of ``rows`` are relative to its folder.

    ``source`` is the transcript's path below what was asked for.
    """

    folder: str
    title: str
    source: str
    facts: EpisodeFacts
    rows: tuple[manifest.Row, ...]
    findings: tuple[Finding, ...]

    @property
    def language(self) -> LanguageTag:
        """The episode's language, ``und`` where it is not known."""
        return self.facts.language


SHEETS: Final = ("tokens.css", "screen.css", "catalogue.css")
"""The style sheets of the pages."""

Files = dict[str, bytes]
"""Finished files, by their names in the output folder."""


class Archive(msgspec.Struct, frozen=True):
    """A whole archive: the episodes that lie there, the newest first, and the show that they are of."""

    show: Show
    episodes: tuple[Held, ...]

    @property
    def language(self) -> LanguageTag:
        """The show's language, or else that of most episodes."""
        if self.show.language:
            return self.show.language
        counts = Counter(held.language for held in self.episodes)
        return min(counts, key=lambda language: (-counts[language], language), default=UNDETERMINED)


def holdings(out: Path) -> tuple[Held, ...]:
    """Return the episodes of an output folder, the newest first, those without a date last; equals by their folder.

    What was made for one reader is not among them.
    """
    found = (_held(folder) for folder in sorted(folders(out)))
    by_name = [held for held in found if held is not None]
    return tuple(sorted(by_name, key=lambda held: held.facts.published or _EARLIEST, reverse=True))


def folders(out: Path) -> tuple[Path, ...]:
    """Return the folders of an output folder in which episodes lie, in no order."""
    try:
        inside = [path for path in out.iterdir() if not path.name.startswith(".")]
    except OSError:
        return ()
    return tuple(path for path in inside if (path / manifest.MANIFEST_NAME).is_file())


def _held(folder: Path) -> Held | None:
    known = manifest.load(folder)
    if known is None or known.requested:
        return None
    facts = known.episode or EpisodeFacts()
    return Held(folder.name, known.title, known.source.name, facts, known.artifacts, known.findings)
