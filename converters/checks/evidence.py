"""What was looked at in an edition, by what, and what came of it: what ``curbcut check`` tells.

No clock and no length of time is in it, so that the same files give the same evidence. What was not looked at stands
beside what was: a checker that did not run has passed nothing.
"""

from typing import Final

import msgspec

from converters.findings import Severity

SCHEMA: Final = 1
"""The version of ``Evidence`` as JSON; a change that a program would stumble over raises it."""


class Run(msgspec.Struct, frozen=True):
    """A checker that looked: its name in the table, its version, and at which files.

    ``rules_run`` is how many rules it went by, None where it does not tell.
    """

    checker: str
    version: str
    files: tuple[str, ...]
    rules_run: int | None


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


class Verdict(msgspec.Struct, frozen=True):
    """All that is known of one edition; ``to_judge`` is what only a person can tell.

    ``display`` is what a bookshop or library would show of its metadata (display_guide.py), whether it is true or not.
    """

    file: str
    format: str
    runs: tuple[Run, ...]
    remarks: tuple[Remark, ...]
    not_run: tuple[NotRun, ...]
    to_judge: tuple[str, ...]
    display: tuple[Shown, ...] = ()

    @property
    def errors(self) -> int:
        """How many kinds of error there are."""
        return sum(remark.severity == "error" for remark in self.remarks)


class Evidence(msgspec.Struct, frozen=True):
    """What ``curbcut check --json`` prints; verdicts in the order of the files."""

    schema: int
    tool: str
    verdicts: tuple[Verdict, ...]
