"""Times a run over an archive beside pandoc, one process beside two, and a run that has nothing to do beside the first.

    python tests/bench/archive.py [--episodes 120] [--everything 12] [--planned 2000]

All is measured in one run, on the same invented episodes. Memory is the most that any worker of the run took, with all
editions that it can make. The figures are for reading: the exit code says nothing about them.
"""

import argparse
import os
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pypandoc  # type: ignore[import-untyped]  # it has no types

ROOT = Path(__file__).parents[2]
COMMAND = (sys.executable, "-m", "converters", "convert")
PLANNED = """
import sys, time
from pathlib import Path
from converters.planning import ShowChoice, plan
from converters.settings import Options
from converters.writers import writer_named
began = time.perf_counter()
jobs = plan((Path(sys.argv[1]),), (writer_named("html"),), Path(sys.argv[2]), Options(), ShowChoice())
print(f"{len(jobs)} episodes planned in {time.perf_counter() - began:.2f} s (at most 5)")
"""


def main() -> None:
    parser = argparse.ArgumentParser(description="Time runs over an archive.")
    parser.add_argument("--episodes", type=int, default=120, help="episodes that are timed")
    parser.add_argument("--everything", type=int, default=12, help="episodes of which all editions are made")
    parser.add_argument("--planned", type=int, default=2000, help="episodes that are only planned")
    asked = parser.parse_args()
    sys.path.insert(0, str(ROOT))
    from tests.archives import archive

    with tempfile.TemporaryDirectory(prefix="curbcut-bench-") as folder:
        work = Path(folder)
        for line in _timed(archive(work / "episodes", asked.episodes), work):
            _say(line)
        few = archive(work / "few", asked.everything)
        _say(_nothing_to_do(few, work / "again"))
        _say(_memory(few, work / "all"))
        many = archive(work / "many", asked.planned, (300, 300))
        subprocess.run([sys.executable, "-c", PLANNED, many, work / "none"], check=True, cwd=ROOT)


def _timed(episodes: Path, work: Path) -> Iterator[str]:
    others = _seconds(lambda: _pandoc(episodes, work / "pandoc"))
    one = _seconds(lambda: _convert(episodes, work / "one", 1))
    two = _seconds(lambda: _convert(episodes, work / "two", 2))
    count = len(list(episodes.glob("episode-*"))) // 2
    yield f"{count} episodes, html and epub: pandoc once for each {others:.1f} s, Curbcut with 2 processes {two:.1f} s"
    yield f"beside pandoc: {others / two:.1f} times as fast (at least 4)"
    yield f"2 processes beside 1: {one / two:.2f} times as fast, {one:.1f} s and {two:.1f} s (at least 1.8)"


def _nothing_to_do(episodes: Path, out: Path) -> str:
    """Time a run with all silent editions, and the same again."""
    first, again = (_seconds(lambda: _convert(episodes, out, 2, "html,epub,pdf")) for _ in range(2))
    return f"a run that has nothing to do: {again:.2f} s, {100 * again / first:.2f} % of the first (at most 1)"


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def _seconds(work: object) -> float:
    assert callable(work)
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def _convert(episodes: Path, out: Path, jobs: int, formats: str = "html,epub") -> None:
    command = [*COMMAND, str(episodes), "-o", str(out), "--to", formats, "--jobs", str(jobs)]
    subprocess.run(command, check=True, cwd=ROOT, capture_output=True)


def _pandoc(episodes: Path, out: Path) -> None:
    """Run pandoc once for each file and edition; captions, which it does not read, as plain text."""
    out.mkdir()
    for path in sorted(episodes.glob("episode-*")):
        if path.suffix == ".toml":
            continue
        kind = "html" if path.suffix == ".html" else "markdown"
        for name, ending in (("html5", "html"), ("epub3", "epub")):
            command = [pypandoc.get_pandoc_path(), path, "--from", kind, "--to", name, "--standalone", "--metadata",
                       f"title={path.stem}", "-o", out / f"{path.stem}.{ending}"]  # fmt: skip
            subprocess.run(command, check=True, capture_output=True)


def _memory(episodes: Path, out: Path) -> str:
    """Make all editions, and look every tenth of a second how much the workers have."""
    command = [*COMMAND, str(episodes), "-o", str(out), "--to", "all", "--jobs", "2"]
    running = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    most, over = [0], threading.Event()

    def look() -> None:
        while not over.wait(0.1):
            most[0] = max(most[0], *(_peak(process) for process in _children(running.pid)), 0)

    looking = threading.Thread(target=look)
    looking.start()
    code = running.wait()
    over.set()
    looking.join()
    return f"all editions: a worker takes {most[0]} MB at most (at most 350); exit code {code}"


def _children(process: int) -> list[int]:
    """Return the processes that any thread of a process has started."""
    try:
        lists = [path.read_text() for path in Path(f"/proc/{process}/task").glob("*/children")]
    except OSError:
        return []
    return [int(one) for one in " ".join(lists).split()]


def _peak(process: int) -> int:
    try:
        status = Path(f"/proc/{process}/status").read_text()
    except OSError:
        return 0
    found = next((line for line in status.splitlines() if line.startswith("VmHWM")), "VmHWM: 0 kB")
    return int(found.split()[1]) // 1024


if __name__ == "__main__":
    os.environ.setdefault("PYTHONDONTWRITEBYTECODE", "1")
    main()
