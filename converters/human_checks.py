"""What people found who checked editions by hand (human-checks.toml), and what may be claimed because of it.

A claim needs such a record for the template that an edition was made by, and that edition proved. Nothing is claimed
because of a name alone: the record has to say when, with what, and that every point of the script was passed
(tests/conformance/human-check.md). Another template, or one newer than the record, withdraws the claim.
"""

import datetime
from collections.abc import Iterable
from typing import Annotated, Final, Literal

import msgspec

from converters.findings import Report

CHECKS_FILE: Final = "human-checks.toml"

Checked = Literal["html", "epub", "pdf"]
"""The editions that the script is for."""

Conformance = Literal["WCAG 2.1 Level AA", "WCAG 2.2 Level AA"]

_Words = Annotated[str, msgspec.Meta(min_length=1, pattern=r"\S")]


class Template(msgspec.Struct, frozen=True):
    """How editions of a format are made: its version, the day since when, and the points of its script.

    ``skeleton`` stands for the markup, style and scripts of one golden episode without its words, so that none of
    them changes unnoticed.
    """

    version: int
    since: datetime.date
    points: int
    skeleton: str


TEMPLATES: Final[dict[Checked, Template]] = {
    "html": Template(1, datetime.date(2026, 11, 23), 12, "83fe85f52b84c82d"),
    "epub": Template(1, datetime.date(2026, 11, 23), 8, "d3c51180a87fb754"),
    "pdf": Template(1, datetime.date(2026, 11, 23), 7, "25efff89e8525c84"),
}
"""To be raised with whatever a person would see, hear or press otherwise; ``tests/test_templates.py`` insists."""


class HumanCheck(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One person's check of one edition by the script.

    ``tools`` are screen readers with the browsers or programs they read in. ``passed`` are numbers of points.
    ``read_aloud``: what was checked reads itself aloud. ``conforms_to`` is that person's own judgement, and is
    never concluded from the points. ``certifier`` is who stands for it in a book's metadata, by itself ``who``.
    """

    edition: Checked
    template: int
    date: datetime.date
    who: _Words
    role: _Words
    passed: tuple[int, ...]
    tools: Annotated[tuple[_Words, ...], msgspec.Meta(min_length=1)] = msgspec.field(name="with")
    read_aloud: bool = False
    conforms_to: Conformance | None = None
    certifier: _Words | None = None


class HumanChecks(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """``human-checks.toml``."""

    checks: tuple[HumanCheck, ...] = ()


Fault = Literal["outdated", "incomplete", "silent"]
"""Made by another template or before it; points not passed; the edition reads itself aloud, the checked one did not."""


def fault(check: HumanCheck, *, is_narrated: bool) -> Fault | None:
    """Return why nothing is claimed because of a check, None where it stands."""
    template = TEMPLATES[check.edition]
    if check.template != template.version or check.date < template.since:
        return "outdated"
    if set(check.passed) != set(range(1, template.points + 1)):
        return "incomplete"
    return "silent" if is_narrated and not check.read_aloud else None


def standing(checks: Iterable[HumanCheck], edition: str, *, is_narrated: bool) -> HumanCheck | None:
    """Return the newest check that stands for an edition, None where none does."""
    of_it = (check for check in checks if check.edition == edition)
    found = [check for check in of_it if fault(check, is_narrated=is_narrated) is None]
    return max(found, key=lambda check: check.date, default=None)


_CODES: Final[dict[Fault, str]] = {"outdated": "claim-002", "incomplete": "claim-003", "silent": "claim-004"}


def remark(checks: tuple[HumanCheck, ...], editions: Iterable[tuple[str, bool]], report: Report) -> None:
    """Report of which editions nothing is claimed, and why a check does not count; with each stands if it is heard."""
    unclaimed = []
    for edition, is_narrated in editions:
        if edition not in TEMPLATES or standing(checks, edition, is_narrated=is_narrated):
            continue
        unclaimed.append(edition)
        for check in checks:
            if check.edition == edition and (why := fault(check, is_narrated=is_narrated)):
                report.add(_CODES[why], f"{edition}, {check.who}, {check.date.isoformat()}")
    if unclaimed:
        report.add("claim-001", ", ".join(unclaimed))
