"""Pages by the Nu Html Checker, PDFs by page-validation and outloud, Word files by ooxml-integrity."""

import functools
import re
from pathlib import Path
from typing import Final
from urllib.parse import unquote, urlsplit

import msgspec

from converters.checks.outside import machine
from converters.checks.outside.answers import Answer, Said
from converters.checks.outside.commands import CommandError, printed
from converters.findings import Severity

_SECONDARY: Final = 1
"""With this code a checker says that it found something."""


class _NuMessage(msgspec.Struct, frozen=True, rename="camel"):
    type: str
    message: str = ""
    url: str = ""
    sub_type: str = ""
    last_line: int = 0
    extract: str = ""


class _Nu(msgspec.Struct, frozen=True):
    messages: tuple[_NuMessage, ...]


def nu(files: tuple[str, ...]) -> Answer:
    """Ask the Nu Html Checker about all pages at once."""
    jar = (machine.npm_package("vnu-jar") or Path()) / "build" / "dist" / "vnu.jar"
    command: tuple[str | Path, ...] = ("java", "-jar", jar, "--stdout", "--format", "json", *files)
    told = msgspec.json.decode(printed(command, (0, _SECONDARY)), type=_Nu)
    said: dict[str, list[Said]] = {name: [] for name in files}
    for one in told.messages:
        name = unquote(urlsplit(one.url).path)
        if name in said and (kind := _nu_severity(one)):
            said[name].append(Said(_nu_rule(one), kind, one.message, f"line {one.last_line}" if one.last_line else ""))
    return Answer(machine.npm_version("vnu-jar"), {name: tuple(found) for name, found in said.items()})


def _nu_severity(told: _NuMessage) -> Severity | None:
    if told.type == "info":  # a warning is an "info" of that sub-type
        return "warning" if told.sub_type == "warning" else None
    return "error"


def _nu_rule(told: _NuMessage) -> str:
    """Return the sentence without what it quotes: the checker gives its rules no names."""
    return re.sub(r"“[^”]*”", "…", told.message).split(".")[0][:80]


def page_validation(files: tuple[str, ...]) -> Answer:
    """Ask page-validation, which is no kin of veraPDF, about each PDF by PDF/UA-1."""
    import page as judge  # type: ignore[import-not-found,import-untyped,unused-ignore]  # it has no types

    said: dict[str, tuple[Said, ...]] = {}
    refused: dict[str, str] = {}
    for name in files:
        try:
            report = judge.validate_pdf(name, profile="ua1")
        except judge.PageError as error:
            refused[name] = f"it cannot read the file ({error})"[:300]
            continue
        said[name] = tuple(_of_page(failure) for failure in report.failures)
    return Answer(machine.python_version("page-validation"), said, refused=refused)


def _of_page(failure: object) -> Said:
    rule = str(getattr(failure, "rule_id", "other"))
    clause = re.search(r"\d+(\.\d+)+", rule)
    return Said(
        rule, "error", str(getattr(failure, "message", rule)), "", (f"PDF/UA-1 §{clause[0]}",) if clause else ()
    )


class _OutloudFinding(msgspec.Struct, frozen=True):
    rule: str
    severity: str
    message: str
    page: int | None = None
    count: int = 1


class _OutloudRule(msgspec.Struct, frozen=True):
    rule: str
    status: str


class _OutloudResult(msgspec.Struct, frozen=True):
    path: str
    error: str | None = None
    findings: tuple[_OutloudFinding, ...] = ()
    rules: tuple[_OutloudRule, ...] = ()


class _Outloud(msgspec.Struct, frozen=True):
    results: tuple[_OutloudResult, ...]


def outloud(files: tuple[str, ...]) -> Answer:
    """Ask outloud, which also looks for what no validator can see, about each PDF."""
    command = machine.beside_python("outloud") or "outloud"
    said: dict[str, tuple[Said, ...]] = {}
    refused: dict[str, str] = {}
    rules = 0
    covers: dict[str, dict[str, tuple[str, ...]]] = {}
    for name in files:
        try:
            told = msgspec.json.decode(
                printed((command, "--no-info", "--json", "-", name), (0, _SECONDARY)), type=_Outloud
            )
        except (CommandError, msgspec.DecodeError) as error:
            refused[name] = str(error)
            continue
        for one in told.results:
            rules = max(rules, sum(rule.status in {"ran", "not-applicable"} for rule in one.rules))
            if one.error:
                refused[name] = one.error[:300]
            else:
                said[name] = tuple(_of_outloud(finding) for finding in one.findings)
                covers[name] = _outloud_covers({rule.rule for rule in one.rules if rule.status == "ran"})
    return Answer(machine.python_version("outloud"), said, rules or None, refused, covers)


def _outloud_covers(ran: set[str]) -> dict[str, tuple[str, ...]]:
    """Return by clause the rules that looked at something in a file."""
    found: dict[str, list[str]] = {}
    for rule, clauses in _outloud_clauses().items():
        for clause in clauses if rule in ran else ():
            found.setdefault(clause, []).append(rule)
    return {clause: tuple(rules) for clause, rules in found.items()}


def _of_outloud(told: _OutloudFinding) -> Said:
    severity: Severity = "error" if told.severity == "error" else "warning"
    where = f"page {told.page}" if told.page else ""
    return Said(
        told.rule, severity, told.message, where, _outloud_clauses().get(told.rule, ()), count=max(told.count, 1)
    )


@functools.cache
def _outloud_clauses() -> dict[str, tuple[str, ...]]:
    """Return the clauses of each rule, as outloud's own list has them: PDF/UA, Matterhorn's checkpoint, WCAG."""
    command = machine.beside_python("outloud") or "outloud"
    found = {}
    row = re.compile(r"([A-Z]+-\d+) +\w+ +\w+ +(\S+) +(\S+) +(-|[\d., ]+?)  ")
    for line in printed((command, "--list-rules")).splitlines():
        if match := row.match(line):
            rule, clause, checkpoint, criteria = match.groups()
            clauses = [f"PDF/UA-1 §{clause}"] if clause != "-" else []
            clauses += [f"Matterhorn {checkpoint}"] if checkpoint != "-" else []
            clauses += [f"WCAG 2.2 SC {one.strip()}" for one in criteria.split(",") if one.strip(" -")]
            found[rule] = tuple(clauses)
    return found


def ooxml_integrity(files: tuple[str, ...]) -> Answer:
    """Ask ooxml-integrity what of each Word file refers to something that is not there."""
    command = machine.beside_python("ooxml-integrity") or "ooxml-integrity"
    said: dict[str, tuple[Said, ...]] = {}
    refused: dict[str, str] = {}
    for name in files:
        try:
            told = printed((command, "check", "--no-config", "--fail-on", "info", name), (0, _SECONDARY))
        except CommandError as error:
            refused[name] = str(error)
            continue
        said[name] = tuple(_of_ooxml(line.strip()) for line in told.splitlines()[1:] if line.strip())
    return Answer(machine.python_version("ooxml-integrity"), said, refused=refused)


def _of_ooxml(line: str) -> Said:
    match = re.search(r"\b([A-Z]{3}\d{3})\b", line)
    severity: Severity = "info" if line.lower().startswith("info") else "error"
    return Said(match[1] if match else "other", severity, line)
