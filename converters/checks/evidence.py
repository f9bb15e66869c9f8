"""What was looked at in an edition, by what, and what came of it: what ``curbcut check`` tells.

No clock and no length of time is in it, so that the same files give the same evidence. What was not looked at stands
beside what was: a checker that did not run has passed nothing.
"""

from typing import Final

import msgspec

from converters.checks.ledger import Parity
from converters.findings import Severity
from converters.human_checks import HumanCheck
from converters.provenance import Voices

SCHEMA: Final = 1
"""The version of ``Evidence`` as JSON; a change that a program would stumble over raises it."""


class Run(msgspec.Struct, frozen=True):
    """A checker that looked: its name in the table, its version, and at which files.

    ``rules_run`` is how many rules it went by, None where it does not tell. ``covers`` has, for each clause, the rules
    that looked at something there; that they found nothing is not yet what the clause asks for.
    """

    checker: str
    version: str
    files: tuple[str, ...]
    rules_run: int | None
    covers: dict[str, tuple[str, ...]] = {}


class Remark(msgspec.Struct, frozen=True):
    """One thing that was found: by whom, in whose words, by which clauses of which standards, and what to do.

    ``rule`` is the checker's own name for it. ``count`` tells how often it is there; ``where`` the first place.
    """

    checker: str
    rule: str
    severity: Severity
    clauses: tuple[str, ...]
    text: str
    advice: str
    where: str
    count: int = 1


class NotRun(msgspec.Struct, frozen=True):
    """A checker that should have looked and did not: why, and how it is had (empty: nothing is missing)."""

    checker: str
    why: str
    mend: str


class Shown(msgspec.Struct, frozen=True):
    """One statement that a bookshop or library would show: the guide's id for it, its heading, and its two wordings."""

    heading: str
    id: str
    compact: str
    descriptive: str


class Seen(msgspec.Struct, frozen=True):
    """A file that was looked at: its name, its size, and the SHA-256 that says which one it was."""

    name: str
    bytes: int
    sha256: str


class Made(msgspec.Struct, frozen=True):
    """What the manifest says of an edition: its source with SHA-256, what made it, the voices in it.

    ``parity`` is the ledger of when it was made, of files with other SHA-256 perhaps; ``human_check`` the record that
    its claims rest on, None where it claims nothing.
    """

    source: str
    source_sha256: str
    tool: str
    settings: str
    narrated: bool
    voices: Voices | None
    parity: Parity | None
    human_check: HumanCheck | None


class Verdict(msgspec.Struct, frozen=True):
    """All that is known of one edition; ``to_judge`` is what only a person can tell.

    ``display`` is what a bookshop or library would show of its metadata (display_guide.py), whether it is true or not.
    ``made`` is None for a stranger's file. ``parity`` is the ledger of this look, None where it was not compared;
    ``quoted`` has the first words of the first sentences that it names.
    """

    file: str
    format: str
    runs: tuple[Run, ...]
    remarks: tuple[Remark, ...]
    not_run: tuple[NotRun, ...]
    to_judge: tuple[str, ...]
    display: tuple[Shown, ...] = ()
    seen: tuple[Seen, ...] = ()
    made: Made | None = None
    parity: Parity | None = None
    quoted: dict[str, str] = {}

    @property
    def errors(self) -> int:
        """How many kinds of error there are."""
        return sum(remark.severity == "error" for remark in self.remarks)


class Evidence(msgspec.Struct, frozen=True):
    """What ``curbcut check --json`` prints; verdicts in the order of the files."""

    schema: int
    tool: str
    verdicts: tuple[Verdict, ...]
