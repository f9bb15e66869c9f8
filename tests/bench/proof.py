"""Says how much of a conversion its proof takes, by format: of the work alone, and of the whole command.

    python tests/bench/proof.py [--runs 20] [--source FILE] [--timed FILE] [--only html,epub,pdf,txt,json,vtt]

A conversion with its proof and one without take turns, and what counts is the processor's time, so that what else the
machine does matters little. Of the command, both are processes of their own, from start to end, with all that each has
to load. An edition that shows times is made from a transcript that has them. The figures are for reading: the exit code
says nothing about them.
"""

import argparse
import gc
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, nullcontext
from functools import partial
from pathlib import Path

ROOT = Path(__file__).parents[2]
SHARED = ROOT.parent / "shared"
SEED = SHARED / "seed" / "winning-war-building-peace.txt"
EXAMPLE = ROOT / "examples" / "when-the-river-comes-to-town.txt"
TIMED = SHARED / "corpus" / "talkpython-vtt-voice" / "525-nicegui.vtt"
FORMATS = ("html", "epub", "pdf", "txt", "json", "vtt", "html+epub+txt+json")
NEED_TIMES = ("vtt", "srt", "podcast-json", "chapters-json")
MOST = 15
"""Percent of a conversion that its proof may take."""

COMMAND = """
import sys
from converters.cli import main
if sys.argv[4] == "without":
    from converters import convert
    from converters.checks.ledger import Ledger
    convert.prove = lambda name, *rest: Ledger(0, 0, format=name)
code = main(["convert", sys.argv[1], "--to", sys.argv[2], "-o", sys.argv[3], "--show", "none"])
sys.stdout.flush()
sys.exit(code)
"""


def main(arguments: Sequence[str] | None = None) -> None:
    sys.path.insert(0, str(ROOT))
    parser = argparse.ArgumentParser(description="Say how much of a conversion its proof takes.")
    parser.add_argument("--runs", type=int, default=20, help="timed pairs of each format")
    parser.add_argument("--source", type=Path, default=SEED if SEED.is_file() else EXAMPLE)
    parser.add_argument("--timed", type=Path, default=TIMED if TIMED.is_file() else None, help="one that has times")
    parser.add_argument("--only", default=",".join(FORMATS), help="formats, with commas; + makes several together")
    asked = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory(prefix="curbcut-bench-") as folder:
        timed = asked.timed or with_times(asked.source, Path(folder))
        for formats in asked.only.split(","):
            source = timed if formats in NEED_TIMES else asked.source
            say(_line(source, formats.replace("+", ","), Path(folder) / "out", asked.runs))


def say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def with_times(source: Path, folder: Path) -> Path:
    """Return captions of a transcript's words, ten to a cue, one cue in four seconds."""
    words = source.read_text(encoding="utf-8").split()
    cues = (f"{_clock(n)}.000 --> {_clock(n + 1)}.000\n{' '.join(words[n * 10 : n * 10 + 10])}" for n in range(400))
    path = folder / "timed.vtt"
    path.write_text("\n\n".join(("WEBVTT", *cues)) + "\n", encoding="utf-8")
    return path


def _clock(number: int) -> str:
    return time.strftime("%H:%M:%S", time.gmtime(4 * number))


def _line(source: Path, formats: str, out: Path, runs: int) -> str:
    work = _share(runs, partial(_work, source, formats, out))
    whole = _share(max(3, runs // 2), partial(_command, source, formats, out))
    verdict = "reached" if max(work[0], whole[0]) <= MOST else "not reached"
    return (
        f"{formats} of {source.name}: the proof is {work[0]:.1f} % of the work ({work[1]:.1f} of {work[2]:.0f} ms), "
        f"{whole[0]:.1f} % of the command ({whole[1]:.1f} of {whole[2]:.0f} ms); at most {MOST} %: {verdict}."
    )


def _share(runs: int, cost: Callable[..., float]) -> tuple[float, float, float]:
    """Return percent, milliseconds of the proof, and milliseconds of all; each the median of what took turns."""
    rounds = [(cost(proved=True), cost(proved=False)) for _ in range(runs + 1)][1:]  # the first is the warm-up
    whole = 1000 * statistics.median(proved for proved, _ in rounds)
    proof = 1000 * statistics.median(proved - bare for proved, bare in rounds)
    return 100 * proof / whole, proof, whole


def _work(source: Path, formats: str, out: Path, *, proved: bool) -> float:
    """Seconds of the processor that a conversion takes in this process, everything loaded."""
    from converters.convert import convert
    from converters.planning import ShowChoice, plan
    from converters.settings import Options
    from converters.writers import TABLE

    chosen = tuple(writer for writer in TABLE if writer.name in formats.split(","))
    (job,) = plan((source,), chosen, out, Options(), ShowChoice(none=True))
    gc.collect()
    gc.disable()  # as the command does
    try:
        with _proof(on=proved):
            began = time.process_time()
            result = convert(job, lambda *_: None)
            spent = time.process_time() - began
    finally:
        gc.enable()
    if result.failures:
        raise SystemExit(f"{formats} was not made: {result.failures[0][1]}")
    return spent


@contextmanager
def _proof(*, on: bool) -> Iterator[None]:
    from unittest.mock import patch

    from converters.checks.ledger import Ledger

    with nullcontext() if on else patch("converters.convert.prove", lambda name, *_: Ledger(0, 0, format=name)):
        yield


def _command(source: Path, formats: str, out: Path, *, proved: bool) -> float:
    """Seconds of the processor that a whole command takes, from its start to its end."""
    began = _children()
    which = "with" if proved else "without"
    command = [sys.executable, "-c", COMMAND, str(source), formats, str(out), which]
    subprocess.run(command, cwd=ROOT, capture_output=True, check=True)
    return _children() - began


def _children() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


if __name__ == "__main__":
    main()
