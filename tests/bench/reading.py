"""Times how long a transcript takes to be read, beyond the start of the interpreter, and what hostile files cost.

    python tests/bench/reading.py [--runs 7]

An empty program and a reading one take turns, so that what else the machine does falls on both; the
difference is what reading costs, libraries loaded and language recognised. The figures are for
reading: the exit code says nothing about them.
"""

import argparse
import re
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]
EXAMPLE = ROOT / "examples" / "when-the-river-comes-to-town.txt"
SIZES = (10_000, 100_000, 1_000_000)
EMPTY = "pass"
END = """
import time
done = time.perf_counter()
(most,) = [line for line in open("/proc/self/status") if line.startswith("VmHWM:")]
print(done, most.split()[1])
"""
"""Says when all was done, by the clock that all processes share, and the most memory."""

# As the command does: the collector of cycles would only look for what is not there.
READ = """
import gc, sys
gc.disable()
from converters.findings import Report
from converters.readers import ReadContext, read
from converters.settings import Options

read(open(sys.argv[1], "rb").read(), ReadContext("episode.txt", Options(), Report()))
"""


@dataclass(frozen=True, slots=True)
class Cost:
    """What a process took: seconds from its start until all was done, and the most memory in kilobytes."""

    wall: float
    memory: int


def main(arguments: Sequence[str] | None = None) -> None:
    sys.path.insert(0, str(ROOT))
    parser = argparse.ArgumentParser(description="Time how long a transcript takes to be read.")
    parser.add_argument("--runs", type=int, default=7, help="timed runs of each size")
    runs = parser.parse_args(arguments).runs
    with tempfile.TemporaryDirectory(prefix="curbcut-bench-") as folder:
        for words in SIZES:
            say(_size(Path(folder), words, runs))
        for name in _hostile():
            say(_harm(Path(folder), name))


def say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def _size(folder: Path, words: int, runs: int) -> str:
    source = folder / f"{words}.txt"
    source.write_text(episode(words), encoding="utf-8")
    rounds = [(_cost(EMPTY), _cost(READ, source)) for _ in range(runs + 1)][1:]  # the first is the warm-up
    beyond = [reading.wall - empty.wall for empty, reading in rounds]
    spread = f"{1000 * min(beyond):.0f} to {1000 * max(beyond):.0f}"
    start = 1000 * statistics.median(empty.wall for empty, _ in rounds)
    memory = max(reading.memory for _, reading in rounds) // 1000
    return (
        f"read {words:,} words: {1000 * statistics.median(beyond):.0f} ms ({spread}) beyond the interpreter's "
        f"{start:.0f} ms; {1_000_000 * statistics.median(beyond) / words:.2f} µs a word; {memory} MB."
    )


def episode(words: int) -> str:
    """Return an episode of about so many words: our example's conversation, again and again."""
    text = EXAMPLE.read_text(encoding="utf-8")
    turns = [turn for turn in text.split("\n\n") if re.match(r"[A-Z][A-Z ]+: ", turn)]
    long, found = [text.split("\n\n")[0]], 0
    while found < words:
        turn = turns[len(long) % len(turns)]
        found += len(turn.split())
        long.append(turn)
    return "\n\n".join(long) + "\n"


def _harm(folder: Path, name: str) -> str:
    source = folder / name
    source.write_bytes(_hostile()[name]())
    cost = _cost("import sys; from converters.cli import main; main(['inspect', sys.argv[1]])", source)
    return f"hostile {name}: {cost.wall:.2f} s, {cost.memory // 1000} MB."


def _hostile() -> Mapping[str, Callable[[], bytes]]:
    from tests.hostile import HOSTILE  # beside this folder, which is not on the path of a program

    return HOSTILE


def _cost(program: str, *arguments: Path) -> Cost:
    began = time.perf_counter()
    done = subprocess.run(
        [sys.executable, "-c", f"{program}\n{END}", *arguments], cwd=ROOT, capture_output=True, check=True
    )
    ended, memory = done.stdout.split()[-2:]
    return Cost(float(ended) - began, int(memory))


if __name__ == "__main__":
    main()
