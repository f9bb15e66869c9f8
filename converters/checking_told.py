"""What ``curbcut check`` says of its evidence, for the command to print."""

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Final

from converters.arguments import Arguments
from converters.checking import check
from converters.checking_words import in_words, many
from converters.checks.evidence import Evidence, NotRun, Remark, Run, Verdict
from converters.checks.outside.asking import Settings, missing
from converters.checks.outside.table import BY_NAME, NAMES
from converters.errors import ProofError, UsageError

_WEIGHTS: Final = {"error": "error", "warning": "warning", "info": "to look at"}


def settle_names(names: Sequence[str]) -> None:
    """Raise ``UsageError`` for a checker that there is none of."""
    if unknown := [name for name in names if name not in NAMES]:
        raise UsageError(f"--require: there is no checker {', '.join(unknown)}. There are: {', '.join(NAMES)}")


def of_check(arguments: Arguments, model: str, told: Callable[[Path], None]) -> Evidence:
    """Look at what the command line names, and write what was found where that is asked for, telling each page."""
    settings = Settings(arguments.jobs, arguments.scripts)
    if model and len(arguments.paths) != 1 and arguments.evidence:
        raise UsageError("--source belongs to one episode. Name its folder, and no other, with --evidence.")
    if arguments.evidence:
        from converters.evidence.saved import write_evidence  # loaded where it is written

        return write_evidence(arguments.paths, settings, model, told).evidence
    found = check(arguments.paths, settings, model)
    if model and len({verdict.file.rpartition("/")[0] for verdict in found.verdicts}) > 1:
        raise UsageError("--source belongs to one episode, and editions of several were named. Check them one by one.")
    return found


def lacking(found: Evidence, required: Sequence[str]) -> tuple[str, ...]:
    """Return the required checkers that are not here, or that did not look at what they should."""
    silent = {one.checker for verdict in found.verdicts for one in verdict.not_run}
    absent = missing(required)
    return tuple(name for name in required if name in absent or name in silent)


def exit_code(found: Evidence, lacks: Sequence[str]) -> int:
    """Return 4 where anything is an error, or a required checker did not look (design, "Contracts")."""
    return ProofError.exit_code if lacks or any(verdict.errors for verdict in found.verdicts) else 0


def lines(found: Evidence) -> Iterator[str]:
    """Yield the evidence as plain lines: each edition, then what was not checked, then what a person must judge."""
    for verdict in found.verdicts:
        yield from _of_verdict(verdict)
    yield from _not_checked(found)
    yield from _to_judge(found)


def _of_verdict(verdict: Verdict) -> Iterator[str]:
    yield f"{verdict.file} ({verdict.format})"
    looked = "; ".join(map(_run, verdict.runs))
    yield f"  Looked at by: {looked or 'nothing'}."
    if verdict.parity:
        yield f"  parity: {in_words(verdict.parity)}"
    if verdict.runs and not any(remark.severity != "info" for remark in verdict.remarks):
        yield "  They found no fault."
    for remark in verdict.remarks:
        yield from _remark(remark)
    yield from _display(verdict)
    yield ""


def _display(verdict: Verdict) -> Iterator[str]:
    """Yield what a bookshop would show, a line for each heading of the guide."""
    under: dict[str, list[str]] = {}
    for one in verdict.display:
        under.setdefault(one.heading, []).append(one.compact)
    if under:
        yield "  What a bookshop or library would show from its metadata, true or not:"
    for heading, statements in under.items():
        yield f"    {heading}: {'; '.join(statements)}"


def _run(run: Run) -> str:
    rules = f", {many(run.rules_run, 'rule')}" if run.rules_run else ""
    files = f", {len(run.files)} files" if len(run.files) > 1 else ""
    return f"{_title(run.checker)} {run.version}{rules}{files}".strip()


def _title(name: str) -> str:
    return BY_NAME[name].title if name in BY_NAME else name


def _remark(remark: Remark) -> Iterator[str]:
    times = f", {remark.count} times" if remark.count > 1 else ""
    yield f"  {_WEIGHTS[remark.severity]}: {remark.text} ({remark.checker}, {remark.rule}{times})"
    if remark.where:
        yield f"    Where: {remark.where[:200]}"
    if remark.clauses:
        yield f"    By: {', '.join(remark.clauses)}"
    if remark.severity != "info":
        yield f"    What to do: {remark.advice}"


def _not_checked(found: Evidence) -> Iterator[str]:
    """Yield what did not look, once each with the editions that this concerns."""
    concerned: dict[NotRun, list[str]] = {}
    for verdict in found.verdicts:
        for one in verdict.not_run:
            concerned.setdefault(one, []).append(verdict.format)
    if concerned:
        yield "Not checked:"
    for one, formats in concerned.items():
        mend = f" Get it with: {one.mend}" if one.mend else ""
        yield f"  not run: {_title(one.checker)} ({', '.join(dict.fromkeys(formats))}): {one.why}.{mend}"
    if concerned:
        yield ""


def _to_judge(found: Evidence) -> Iterator[str]:
    """Yield what only a person can judge, each point once."""
    points: dict[str, list[str]] = {}
    for verdict in found.verdicts:
        for point in verdict.to_judge:
            points.setdefault(point, []).append(verdict.format)
    yield "Only a person can judge this; tick what somebody did:"
    for point, formats in points.items():
        every = len(formats) == len(found.verdicts) > 1
        yield f"  [ ] {'every edition' if every else ', '.join(dict.fromkeys(formats))}: {point}"


def last_lines(found: Evidence, lacks: Sequence[str]) -> Iterator[str]:
    """Yield what came of it in a few words."""
    from converters.evidence.saved import outdated  # loaded when something was looked at

    remarks = [remark for verdict in found.verdicts for remark in verdict.remarks]
    errors, warnings = (sum(remark.severity == weight for remark in remarks) for weight in ("error", "warning"))
    silent = len({one for verdict in found.verdicts for one in verdict.not_run})
    for page in outdated(found.verdicts):
        yield f"{page} is outdated: it is of other files than these. Write it anew with --evidence."
    for name in lacks:
        yield f"Required, and did not look at everything that it should: {name}"
    yield (
        f"{many(len(found.verdicts), 'edition')} looked at: {many(errors, 'error')}, {many(warnings, 'warning')}; "
        f"{many(silent, 'check')} not run."
    )
