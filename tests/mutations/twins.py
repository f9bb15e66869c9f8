"""Damaged twins of finished editions, a folder each, and what ``curbcut check`` says of all of them in one run."""

import shutil
from collections.abc import Iterable, Sequence
from pathlib import Path

import msgspec
import pytest

from converters import manifest
from converters.checking import check
from converters.checks.evidence import Remark, Verdict
from converters.checks.outside.asking import Settings
from converters.checks.outside.table import Checker

from .planting import Damage

OWN = "own_process"


def only_our_own(checker: Checker) -> str | None:
    """Leave out the checkers of others: what they tell is looked at by the tests of conformance."""
    return checker.lack() if checker.program == OWN else "left out here"


def twin(episode: Path, name: str, folder: Path) -> Path:
    """Copy an edition with the model beside it, and return its main file."""
    known = manifest.load(episode)
    assert known
    rows = tuple(row for row in known.artifacts if row.format in {name, "json"})
    for row in rows:
        (folder / row.path).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(episode / row.path, folder / row.path)
    (folder / manifest.MANIFEST_NAME).write_bytes(manifest.encode(msgspec.structs.replace(known, artifacts=rows)))
    return folder / next(row.path for row in rows if row.format == name)


def verdicts(
    episode: Path, name: str, damages: Sequence[Damage], folder: Path, monkeypatch: pytest.MonkeyPatch
) -> list[Verdict]:
    """Return what is said of the edition as it was made, and then of each of its twins."""
    monkeypatch.setattr("converters.checks.outside.asking.lack_of", only_our_own)
    mains = [twin(episode, name, folder / f"{number:02d}") for number in range(len(damages) + 1)]
    for main, one in zip(mains[1:], damages, strict=True):
        one.plant(main)
    if name != "json":
        found = check([folder], Settings(2))
        return [one for one in found.verdicts if one.format == name]
    model = mains[0].read_text(encoding="utf-8")
    return list(check([main.parent for main in mains], Settings(2), model).verdicts)


def untold(damages: Sequence[Damage], found: Iterable[Verdict]) -> list[str]:
    """Return the damage that no remark names, with what was said instead."""
    pairs = zip(damages, found, strict=True)
    return [f"{one.name}: {_said(verdict.remarks)}" for one, verdict in pairs if not _tells(verdict.remarks, one)]


def _tells(remarks: Iterable[Remark], one: Damage) -> bool:
    return any(r.rule == one.rule and r.severity == "error" and _has(r, one.words) for r in remarks)


def _has(remark: Remark, words: tuple[str, ...]) -> bool:
    return all(word in f"{remark.text} {remark.where}" for word in words)


def _said(remarks: Iterable[Remark]) -> str:
    return "; ".join(f"{remark.rule}: {remark.text} ({remark.where})" for remark in remarks) or "nothing"
