"""What is known of each criterion of a standard, for one edition: the rows of a conformance report.

A machine's rule that found nothing is never told as conformance: it looked at a part of what a criterion asks for.
"""

import functools
from collections.abc import Iterator
from pathlib import Path
from typing import Final, Literal

import msgspec

from converters.checks.evidence import Remark, Verdict
from converters.human_checks import HumanCheck

State = Literal["failed", "judged", "judged in part", "passed by machine", "to look at", "not evaluated"]

_WITH_TABLES: Final = {"html": ("wcag",), "epub": ("wcag", "epub"), "pdf": ("wcag", "matterhorn")}
"""The formats that are looked at criterion by criterion."""


class Criterion(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A row of criteria.toml: ``clause`` is what findings call it, ``rules`` are beginnings of veraPDF's for it."""

    number: str
    name: str
    level: str = ""
    clause: str = ""
    section: str = ""
    rules: tuple[str, ...] = ()


class _Criteria(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    wcag: tuple[Criterion, ...]
    epub: tuple[Criterion, ...]
    matterhorn: tuple[Criterion, ...]
    points: dict[str, dict[str, tuple[str, ...]]]


class Standard(msgspec.Struct, frozen=True):
    """One standard, and the rows of it."""

    name: str
    rows: tuple["Row", ...]


class Row(msgspec.Struct, frozen=True):
    """What is known of one criterion.

    ``machine`` are the checkers whose rules looked, with the rules that found nothing; ``found`` what was found.
    ``points`` are those of a person's script, of ``human``.
    """

    criterion: Criterion
    state: State
    machine: tuple[tuple[str, tuple[str, ...]], ...]
    found: tuple[Remark, ...]
    human: HumanCheck | None = None
    points: tuple[int, ...] = ()


_NAMES: Final = {
    "wcag": "WCAG 2.2, levels A and AA",
    "epub": "EPUB Accessibility 1.1",
    "matterhorn": "PDF/UA-1 by the checkpoints of the Matterhorn Protocol 1.1",
}


def standards(verdict: Verdict) -> tuple[Standard, ...]:
    """Return the tables of an edition; none for a format that nobody looks at criterion by criterion."""
    kinds = _WITH_TABLES.get(verdict.format, ())
    return tuple(Standard(_NAMES[kind], tuple(_row(kind, one, verdict) for one in _of(kind))) for kind in kinds)


def address(criterion: Criterion) -> str:
    """Return where WCAG 2.2 says what a criterion of it asks for; empty for another standard's."""
    if not criterion.level:
        return ""
    kept = "".join(letter for letter in criterion.name.lower() if letter.isalnum() or letter in " -")
    return f"https://www.w3.org/TR/WCAG22/#{kept.replace(' ', '-')}"


@functools.cache
def _criteria() -> _Criteria:
    return msgspec.toml.decode((Path(__file__).with_suffix(".toml")).read_bytes(), type=_Criteria)


def _of(kind: str) -> tuple[Criterion, ...]:
    match kind:
        case "wcag":
            return _criteria().wcag
        case "epub":
            return _criteria().epub
        case _:
            return _criteria().matterhorn


def _row(kind: str, one: Criterion, verdict: Verdict) -> Row:
    found = tuple(remark for remark in verdict.remarks if _concerns(kind, one, remark))
    machine = tuple(_machine(kind, one, verdict))
    human = verdict.made.human_check if verdict.made else None
    points = tuple(_points(one, human)) if human else ()
    state = _state(machine, found, human, points, is_wcag=kind == "wcag")
    return Row(one, state, machine, found, human if state in {"judged", "judged in part"} else None, points)


def _state(
    machine: tuple[object, ...],
    found: tuple[Remark, ...],
    human: HumanCheck | None,
    points: tuple[int, ...],
    *,
    is_wcag: bool,
) -> State:
    if any(one.severity == "error" for one in found):
        return "failed"
    if human and human.conforms_to == "WCAG 2.2 Level AA" and is_wcag:
        return "judged"
    if points:
        return "judged in part"
    if found:
        return "to look at"
    return "passed by machine" if machine else "not evaluated"


def _concerns(kind: str, one: Criterion, remark: Remark) -> bool:
    return any(_is_of(kind, one, clause, (remark.rule,)) for clause in remark.clauses)


def _machine(kind: str, one: Criterion, verdict: Verdict) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Yield the checkers that have rules for a criterion, with those rules; what was found is told apart."""
    for run in verdict.runs:
        rules = {rule for clause, names in run.covers.items() for rule in _fitting(kind, one, clause, names)}
        if rules:
            yield f"{run.checker} {run.version}".strip(), tuple(sorted(rules))


def _fitting(kind: str, one: Criterion, clause: str, names: tuple[str, ...]) -> Iterator[str]:
    yield from (name for name in names if _is_of(kind, one, clause, (name,)))


def _is_of(kind: str, one: Criterion, clause: str, rules: tuple[str, ...]) -> bool:
    """Tell whether a clause that a checker names, or its rule, is of a criterion."""
    match kind:
        case "wcag":
            return clause == f"WCAG 2.2 SC {one.number}"
        case "epub":
            return bool(one.clause) and clause == one.clause
        case _:
            if clause.startswith("Matterhorn "):
                return clause.removeprefix("Matterhorn ").partition("-")[0] == one.number
            section = clause.removeprefix("PDF/UA-1 §")
            return section != clause and any(_begins(rule, head) for rule in (*rules, section) for head in one.rules)


def _begins(rule: str, head: str) -> bool:
    """Tell whether a rule is one, or below one, that is named: 7.2-t2 is not a beginning of 7.2-t21."""
    rest = rule.removeprefix(head)
    return rule.startswith(head) and (not rest or head.endswith("-") or rest[0] in ".-")


def _points(one: Criterion, human: HumanCheck) -> Iterator[int]:
    for number, names in _criteria().points.get(human.edition, {}).items():
        if int(number) in human.passed and (one.number in names or (one.clause and one.clause in names)):
            yield int(number)
