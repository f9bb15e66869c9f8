"""Runs one command of a checker inside a program of ours, whose time is measured by whoever asked it."""

import os
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path


class CommandError(Exception):
    """A checker's command ended in a way that tells nothing of the file."""


def printed(
    command: Sequence[str | Path], codes: tuple[int, ...] = (0,), variables: Mapping[str, str] | None = None
) -> str:
    """Return what a command prints. Any exit code but ``codes`` raises ``CommandError`` with its last words."""
    done = _run(command, variables or {})
    if done.returncode not in codes:
        words = (done.stderr or done.stdout).strip().splitlines()
        raise CommandError(f"it ended with {done.returncode} ({words[-1][:200] if words else 'and said nothing'})")
    return done.stdout


def heard(command: Sequence[str | Path]) -> str:
    """Return what a command writes to its standard error. Raises ``CommandError`` where it ends badly."""
    done = _run(command, {})
    if done.returncode:
        raise CommandError(f"it ended with {done.returncode}")
    return done.stderr


def complaints(command: Sequence[str | Path]) -> tuple[str, ...]:
    """Return the lines that a command writes to its standard error, or that it ended badly without a word."""
    done = _run(command, {})
    lines = tuple(line for line in done.stderr.splitlines() if line.strip())
    return lines or ((f"it ended with {done.returncode}",) if done.returncode else ())


def _run(command: Sequence[str | Path], variables: Mapping[str, str]) -> subprocess.CompletedProcess[str]:
    return subprocess.run(  # noqa: S603 - commands of the checkers' table
        [str(part) for part in command], capture_output=True, encoding="utf-8", errors="replace", check=False,
        stdin=subprocess.DEVNULL, env={**os.environ, **variables},
    )  # fmt: skip
