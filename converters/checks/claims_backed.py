"""Whether what a file claims is borne out by the checks that ran on it and, for our own, by the record of a person.

A claim of conformance needs both: every checker of its format ran and found no error, and a
dated record (human-checks.toml) that stands for the template, as ``human_checks.fault`` tells. A checker that did not
run bears out nothing. Of a stranger's file nobody here can tell who judged it, and that is said.
"""

import re
from collections.abc import Iterator
from typing import Final, assert_never

import msgspec

from converters.checks.claims import CLAIMED
from converters.checks.outside.answers import Said
from converters.findings import Severity
from converters.human_checks import Fault, HumanCheck, fault

_BY_FORMAT: Final = {
    "epub": ("epubcheck", "ace"), "ebraille": ("epubcheck",), "html": ("nu", "axe", "ibm"), "pdf": ("verapdf",),
}  # fmt: skip
"""The checkers whose judgement a claim of conformance has to stand."""
_CONTRAST: Final = ("axe", "ibm", "htmlcs", "ace")
_LEVEL: Final = re.compile(r"WCAG (2\.\d)(?: Level)? (A{1,3})\b")


class Known(msgspec.Struct, frozen=True, kw_only=True):
    """What is known of an edition: which checkers ``ran``, and the rules by which each found ``errors`` or worse.

    ``ours``: Curbcut made it, and ``record`` is what its manifest says a claim rests on. ``names`` are the checkers'.
    """

    format: str
    ours: bool
    narrated: bool
    record: HumanCheck | None
    ran: frozenset[str]
    errors: dict[str, tuple[str, ...]]
    shortfalls: frozenset[str]
    names: dict[str, str]


def judged(said: tuple[Said, ...], known: Known) -> Iterator[Said]:
    """Yield what is to be said of each claim among what the checker of claims said."""
    claims = [(one.rule.removeprefix(CLAIMED), one.text, one.where) for one in said if one.rule.startswith(CLAIMED)]
    conforming = [claim for claim in claims if claim[0] in {"conformance", "summary"}]
    for what, value, where in claims:
        yield from _of_claim(what, value, where, known)
    certifiers = [value for what, value, _ in claims if what in {"certifier", "credential", "report"}]
    if certifiers and not conforming:
        yield Said("claim-by-name-alone", "error" if known.ours else "warning", "it names who certified it, and does "
                   "not say what it meets: a name alone claims nothing", certifiers[0])  # fmt: skip
    stands_for_it = known.record and (known.record.certifier or known.record.who)
    for what, value, _ in claims:
        if what == "certifier" and stands_for_it and value != stands_for_it:
            yield Said("claim-certifier-differs", "error", "it names another certifier than the record does", value)


def _of_claim(what: str, value: str, where: str, known: Known) -> Iterator[Said]:
    if what in {"conformance", "summary"}:
        faults = [*_by_checks(what, value, known, "warning"), *_by_record(value, known)]
        yield from faults
        if known.ours and known.record and not faults:
            yield Said(f"{what}-supported", "info", f"it claims “{value}”: {_checkers(known)} found no error, and "
                       f"{known.record.who} judged it on {known.record.date.isoformat()}")  # fmt: skip
    elif what == "pdfua":
        faults = list(_by_checks(what, f"PDF/UA-{value}", known, "info"))
        yield from faults or [Said("pdfua-supported", "info", f"it claims PDF/UA-{value}: {_checkers(known)} found no "
                                   "error. Half of PDF/UA's conditions only a person can judge")]  # fmt: skip
    elif what == "pdfa":
        yield Said("pdfa-not-checked", "info", f"it claims PDF/A-{value}, and nothing here looks at that: claimed and "
                   "not checked", where)  # fmt: skip
    elif what == "contrast":
        if any("contrast" in rule.lower() for name in _CONTRAST for rule in known.errors.get(name, ())):
            yield Said("contrast-contradicted", "error", "it says that its contrasts are high, and a checker found one "
                       "that is too low", where)  # fmt: skip
    elif what == "large-print" and "large-print" in known.shortfalls:
        yield Said("large-print-contradicted", "error", "it says that it is large print, and it meets no standard of "
                   "large print", where)  # fmt: skip


# checks ------------------------------------------------------------------------------------


def _by_checks(what: str, value: str, known: Known, unchecked: Severity) -> Iterator[Said]:
    wanted = _BY_FORMAT.get(known.format, ())
    against = [known.names[name] for name in wanted if known.errors.get(name)]
    silent = [known.names[name] for name in wanted if name not in known.ran]
    if against:
        yield Said(f"{what}-contradicted", "error", f"it claims “{value}”, and {' and '.join(against)} found errors")
    elif silent or not wanted:
        who = f"{' and '.join(silent)} did not run" if silent else "no checker of this format is known"
        yield Said(f"{what}-not-checked", unchecked, f"it claims “{value}”, and {who}: claimed and not checked, so "
                   "nothing here supports it")  # fmt: skip


def _checkers(known: Known) -> str:
    return " and ".join(known.names[name] for name in _BY_FORMAT.get(known.format, ()))


# people ------------------------------------------------------------------------------------


def _by_record(value: str, known: Known) -> Iterator[Said]:
    """Yield why a claim rests on no judgement (human_checks.py), or that nobody can tell of a stranger's."""
    if not known.ours:
        yield Said("claim-judge-unknown", "info", f"it claims “{value}”; whether a person judged it, with what and "
                   "when, the file cannot prove")  # fmt: skip
    elif known.record is None or known.record.edition != known.format:
        yield Said("claim-without-record", "error", f"it claims “{value}”, and there is no record of a person who "
                   "checked it")  # fmt: skip
    elif why := fault(known.record, is_narrated=known.narrated):
        yield Said(*_faulty(why), f"{known.record.who}, {known.record.date.isoformat()}")
    elif not _covers(known.record.conforms_to or "", value):
        judged_as = known.record.conforms_to or "nothing"
        yield Said("claim-beyond-record", "error", f"it claims “{value}”, and who checked it judged that it meets "
                   f"{judged_as}")  # fmt: skip


def _faulty(why: Fault) -> tuple[str, Severity, str]:
    match why:
        case "outdated":
            rule, words = "outdated", "is of another template, or older than the template"
        case "incomplete":
            rule, words = "incomplete", "says that not every point of the script was passed"
        case "silent":
            rule, words = "silent", "is of an edition that did not read itself aloud, as this one does"
        case _:
            assert_never(why)
    return f"claim-by-{rule}-record", "error", f"it claims to conform, and the record that this rests on {words}"


def _covers(judged_as: str, value: str) -> bool:
    """Tell whether what a person judged is as much as what is claimed; words without a level claim no more."""
    record, claim = _LEVEL.search(judged_as), _LEVEL.search(value)
    if record is None or claim is None:
        return record is not None
    return claim[1] <= record[1] and len(claim[2]) <= len(record[2])
