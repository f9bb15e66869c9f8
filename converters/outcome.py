"""What came of a command, in words, as JSON and as an exit code."""

from collections import Counter
from pathlib import Path

import msgspec

from converters.characters import clean
from converters.convert import WHOLE, Result
from converters.errors import SomeFailedError
from converters.findings import Finding

_NO_CONTACT = (
    "Readers are told to get in touch and cannot: no contact is known. Put at least two ways under [contact] in "
    "show.toml, or run: curbcut init"
)


class Outcome(msgspec.Struct, frozen=True):
    """One episode's result as ``convert --json`` prints it."""

    source: str
    written: tuple[str, ...]
    findings: tuple[Finding, ...]
    failures: tuple[str, ...]


def outcomes(results: tuple[Result, ...]) -> tuple[Outcome, ...]:
    """Return the results as data."""
    return tuple(
        Outcome(
            clean(str(result.job.source)),
            tuple(clean(str(path)) for path in result.written),
            result.findings,
            tuple(clean(f"{name}: {error}") for name, error in result.failures),
        )
        for result in results
    )


def exit_code(results: tuple[Result, ...]) -> int:
    """Return 0 where all went well, the failure's code for one episode, 7 where some of many failed."""
    failed = [error for result in results for _, error in result.failures]
    if not failed:
        return 0
    return failed[0].exit_code if len(results) == 1 else SomeFailedError.exit_code


def last_line(results: tuple[Result, ...], out: Path) -> str:
    """Return in words what was made, where, and what needs a look; for a source that failed, why."""
    parts = (_made(results, out), _failed(results), _to_look_at(results), _contact(results))
    return " ".join(part for part in parts if part)


def _made(results: tuple[Result, ...], out: Path) -> str:
    files = [path for result in results for path in result.written]
    current = sum(len(result.current) for result in results)
    if not files:
        return _all_current(results, current, out) if current else "Nothing was made."
    return " ".join(filter(None, (_new(results, out), f"{_are(current)} current." if current else "")))


def _all_current(results: tuple[Result, ...], current: int, out: Path) -> str:
    whole = not any(result.failures for result in results)
    where = results[0].job.folder if len(results) == 1 else out
    said = f"{'Nothing to do: ' if whole else ''}{_are(current)} current in {where}"
    return f"{said}; --force makes them anew." if whole else f"{said}; nothing was made."


def _are(number: int) -> str:
    return "1 edition is" if number == 1 else f"{number} editions are"


def _new(results: tuple[Result, ...], out: Path) -> str:
    made = [result for result in results if result.written]
    if len(made) == 1:
        names = _names(made[0])
        return f"Made {_count(len(names), 'edition')} in {made[0].job.folder}: {', '.join(names)}."
    return f"Made {_count(sum(len(_names(result)) for result in made), 'edition')} of {len(made)} episodes in {out}."


def _names(result: Result) -> tuple[str, ...]:
    """Return the names of the files made; an edition's own folder is one name, however many are in it."""
    inside = [path.relative_to(result.job.folder).parts for path in result.written]
    several = Counter(parts[0] for parts in inside if len(parts) > 1)
    names = (f"{parts[0]}/ ({_count(several[parts[0]], 'file')})" if len(parts) > 1 else parts[0] for parts in inside)
    return tuple(dict.fromkeys(names))


def _failed(results: tuple[Result, ...]) -> str:
    counts = Counter(name for result in results for name, _ in result.failures if name != WHOLE)
    names = [name if count == 1 else f"{name} of {count} episodes" for name, count in counts.items()]
    whole = [error for result in results for name, error in result.failures if name == WHOLE]
    said = [f"Not made: {', '.join(names)}; the reason is above."] if names else []
    if len(results) == 1:
        return " ".join([*map(str, whole), *said])
    if whole:
        said.append(f"{_count(len(whole), 'source')} could not be converted; the reasons are above.")
    return " ".join(said)


def _to_look_at(results: tuple[Result, ...]) -> str:
    count = sum(1 for result in results for finding in result.findings if finding.severity != "info")
    return f"{_count(count, 'finding')} above to look at." if count else ""


def _contact(results: tuple[Result, ...]) -> str:
    made = [result for result in results if result.written]
    return _NO_CONTACT if made and not all(result.job.options.show.contact.ways for result in made) else ""


def _count(number: int, thing: str) -> str:
    return f"1 {thing}" if number == 1 else f"{number} {thing}s"
