"""Times what is spoken: again after one name was corrected, with the book that reads itself aloud, by natural voices.

    python tests/bench/speaking.py [--runs 7] [--source FILE]

All runs of a round follow each other, so that what else the machine does falls on all of them. The
figures are for reading: the exit code says nothing about them.
"""

import argparse
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from mutagen.mp3 import MP3

ROOT = Path(__file__).parents[2]
SEED = ROOT.parent / "shared" / "seed" / "winning-war-building-peace.txt"
EXAMPLE = ROOT / "examples" / "when-the-river-comes-to-town.txt"
CURBCUT = Path(sys.executable).with_name("curbcut")
SHOW = 'language = "en"\n'


@dataclass(frozen=True, slots=True)
class Round:
    """Seconds that each run of a round took."""

    first: float
    again: float
    corrected: float
    with_book: float


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description="Time what is spoken.")
    parser.add_argument("--runs", type=int, default=7, help="timed rounds")
    parser.add_argument("--source", type=Path, default=SEED if SEED.is_file() else EXAMPLE)
    asked = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory(prefix="curbcut-bench-") as folder:
        desk = Desk(Path(folder), asked.source)
        rounds = [desk.round() for _ in range(asked.runs + 1)][1:]  # the first is the warm-up
        _tell(rounds)
        _say(desk.natural())


def _tell(rounds: list[Round]) -> None:
    first, corrected = _median([r.first for r in rounds]), _median([r.corrected for r in rounds])
    again, beyond = _median([r.again for r in rounds]), _median([r.with_book - r.first for r in rounds])
    _say(f"mp3, nothing kept: {first:.3f} s. All kept: {again:.3f} s, {again / first:.2f} of it.")
    _say(f"After one corrected name: {corrected:.3f} s, {corrected / first:.2f} of the first; target 0.25.")
    _say(f"With the book that reads itself aloud: {beyond:+.3f} s beyond the mp3; target 0.3.")


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def _median(seconds: list[float]) -> float:
    return statistics.median(seconds)


class Desk:
    """A copy of the source with a show.toml, and a cache of its own."""

    def __init__(self, folder: Path, source: Path) -> None:
        self.folder, self.cache = folder, folder / "cache"
        self.source = folder / source.name
        shutil.copyfile(source, self.source)
        self.show = folder / "show.toml"

    def round(self) -> Round:
        self.show.write_text(SHOW, encoding="utf-8")
        self._forget()
        first, again = self._run("mp3"), self._run("mp3")
        self.show.write_text(f'{SHOW}[lexicon]\n"{self._name()}" = "muh-KAR-off"\n', encoding="utf-8")
        corrected = self._run("mp3")
        self.show.write_text(SHOW, encoding="utf-8")
        self._forget()
        return Round(first, again, corrected, self._run("mp3,epub"))

    def natural(self) -> str:
        """How many times faster than real time the natural voices speak, the whole command counted."""
        self._forget()
        try:
            seconds = self._run("mp3", "--engine", "piper")
        except subprocess.CalledProcessError as error:
            return f"piper: not timed: {error.stderr.decode(errors='replace').strip().splitlines()[-1]}"
        (made,) = (self.folder / "out").glob("*/*.mp3")
        length = self._seconds(made)
        return f"piper: {length:.0f} s of sound in {seconds:.1f} s: {length / seconds:.0f} times real time; target 25."

    def _seconds(self, made: Path) -> float:
        sound: Any = MP3(made)  # type: ignore[no-untyped-call]  # mutagen has no types
        return float(sound.info.length)

    def _name(self) -> str:
        """The surname in the source that says most: the last word of its first label."""
        labels = (line.split(":")[0] for line in self.source.read_text(encoding="utf-8").splitlines() if ":" in line)
        return next(label.split()[-1].title() for label in labels if label.isupper() and len(label.split()) > 1)

    def _forget(self) -> None:
        shutil.rmtree(self.cache, ignore_errors=True)

    def _run(self, formats: str, *options: str) -> float:
        out = self.folder / "out"
        shutil.rmtree(out, ignore_errors=True)
        environment = os.environ | {"XDG_CACHE_HOME": str(self.cache)}
        began = time.perf_counter()
        command: list[str | Path] = [CURBCUT, "convert", self.source, "--to", formats, "-o", out, *options]
        subprocess.run(command, capture_output=True, check=True, env=environment)
        return time.perf_counter() - began


if __name__ == "__main__":
    main()
