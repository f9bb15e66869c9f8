"""Times Curbcut beside other programs that make the same kind of file from the same source.

    python tests/bench/compare.py [--runs 7] [--source FILE] [--only html,epub,pdf,mp3,docx,pdfs]

``pdfs`` is twenty episodes in one run beside twenty commands; it takes a minute a run.

Both programs of a pair take turns, so that what else the machine does falls on both. What counts is
the whole process from start to end, as the person who waits has it. The figures are for reading:
the exit code says nothing about them.
"""

# mypy: disable-error-code="no-untyped-call"
# (mutagen says that it is typed, and half of it is)

import argparse
import os
import platform
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from importlib.metadata import version
from importlib.resources import files
from pathlib import Path

import pypandoc  # type: ignore[import-untyped]  # it has no types
from mutagen.id3 import ID3

ROOT = Path(__file__).parents[2]
SEED = ROOT.parent / "shared" / "seed" / "winning-war-building-peace.txt"
EXAMPLE = ROOT / "examples" / "when-the-river-comes-to-town.txt"
BIN = Path(sys.executable).parent

# Converts to PDF in one process, and writes down as one page what WeasyPrint is given as two: the text,
# which is the longest, and before it the title page and the contents, which are set last. Who writes one
# page by hand cannot know the numbers of the contents beforehand, so CSS has to find them (target-counter).
OVERHEAR = """
import pathlib, re, sys
import weasyprint
from converters.cli import main

set_type, style, page, heard, styles = weasyprint.HTML, weasyprint.CSS, pathlib.Path(sys.argv[1]), [], []

def overhear(*, string, **rest):
    heard.append(string)
    return set_type(string=string, **rest)

def overhear_style(*, string, **rest):
    styles.append(string)
    return style(string=string, **rest)

weasyprint.HTML, weasyprint.CSS = overhear, overhear_style
code = main(["convert", sys.argv[2], "--to", "pdf", "-o", sys.argv[3]])
text, front = max(heard, key=len), heard[-1]
whole = re.sub("(?<=<body>)", lambda _: re.search("<body>(.*)</body>", front, re.DOTALL)[1], text, count=1)
numbers = ".number::after { content: target-counter(attr(href), page); }"
whole = re.sub("<style>@page :first [^<]*", lambda _: "<style>" + styles[0] + numbers, whole, count=1)
whole = re.sub('(class="number"[^>]*>[^<]*?)[0-9]+</a>', lambda number: number[1] + "</a>", whole)
page.write_text(whole, encoding="utf-8")
sys.exit(code)
"""

EPISODES = 20
Command = Callable[[Path], Sequence[str | Path]]
"""Builds a command line that writes into the folder it is given."""


class NotComparedError(Exception):
    """Why a pair cannot be timed on this machine."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """Our command, the peer's, and how many times the peer's time ours may take."""

    format: str
    peer: str
    target: float
    ours: Command
    theirs: Command


@dataclass(frozen=True, slots=True)
class Cost:
    """What one run took, in seconds."""

    wall: float
    cpu: float


def main(arguments: Sequence[str] | None = None) -> None:
    asked = _options(arguments)
    words = len(asked.source.read_text(encoding="utf-8").split())
    say(f"Source: {asked.source.name}, {words} words.")
    say(f"Each pair: one warm-up, then {asked.runs} runs each, in turns, whole process, fresh folder.")
    say(f"Versions: {', '.join(_versions())}.")
    with tempfile.TemporaryDirectory(prefix="curbcut-bench-") as folder:
        bench = Bench(Path(folder), asked.source)
        for name in asked.only.split(","):
            say(_line(bench, name, asked.runs))


def say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Time Curbcut beside other programs.")
    parser.add_argument("--runs", type=int, default=7, help="timed runs of each program")
    parser.add_argument("--source", type=Path, default=SEED if SEED.is_file() else EXAMPLE)
    parser.add_argument("--only", default="html,epub,pdf,mp3,docx", help="formats, with commas")
    return parser.parse_args(arguments)


class Bench:
    """One source and a folder to work in, with a method that sets up the pair for each format."""

    def __init__(self, folder: Path, source: Path) -> None:
        self.folder = folder
        self.source = source
        self.cache = folder / "cache"

    def comparison(self, name: str) -> Comparison:
        pairs = {
            "html": self.html,
            "epub": self.epub,
            "pdf": self.pdf,
            "mp3": self.mp3,
            "docx": self.docx,
            "pdfs": self.pdfs,
        }
        if name not in pairs:
            raise NotComparedError(f"nothing to compare it with; there are {', '.join(pairs)}")
        return pairs[name]()

    def html(self) -> Comparison:
        return Comparison("html", "pandoc", 1.2, self._curbcut("html"), self._pandoc("html5", "page.html"))

    def epub(self) -> Comparison:
        return Comparison("epub", "pandoc", 1.3, self._curbcut("epub"), self._pandoc("epub3", "book.epub"))

    def docx(self) -> Comparison:
        return Comparison("docx", "pandoc", 1.3, self._curbcut("docx"), self._pandoc("docx", "book.docx"))

    def pdf(self) -> Comparison:
        page = self.large_print_page()
        flags = ("--quiet", "--encoding", "utf-8", "--pdf-variant", "pdf/ua-1")
        peer = (_program("weasyprint"), *flags, page)
        return Comparison("pdf", "weasyprint", 1.1, self._curbcut("pdf"), lambda out: [*peer, out / "a.pdf"])

    def pdfs(self) -> Comparison:
        """Twenty episodes; the peer's import is paid for each of them, ours once."""
        one = self.pdf()
        archive = self._fresh("archive")
        for number in range(EPISODES):
            shutil.copy(self.source, archive / f"{number}-{self.source.name}")
        loop = 'for n in $(seq "$0"); do "$@"; done'
        program = _program("curbcut")
        return Comparison(
            "pdfs", "weasyprint", 0.6, lambda out: [program, "convert", archive, "--to", "pdf", "-o", out],
            lambda out: ["sh", "-c", loop, str(EPISODES), *one.theirs(out)],
        )  # fmt: skip

    def mp3(self) -> Comparison:
        speak, encode = _program("espeak-ng"), _program("lame")
        words = self.folder / "words.txt"
        words.write_text(self.spoken_words(), encoding="utf-8")
        script = '"$0" -w x.wav -f "$2" && "$1" --quiet -q 7 -b 48 x.wav x.mp3'

        def theirs(out: Path) -> Sequence[str | Path]:
            return ["sh", "-c", f'cd "$3" && {script}', speak, encode, words, out]

        return Comparison("mp3", "espeak-ng and lame", 1.0, self._curbcut("mp3"), theirs)

    def large_print_page(self) -> Path:
        """The page that our PDF is set from, overheard; only the address of its typeface is changed."""
        out = self._fresh("large-print")
        page = out / "page.html"
        self._finish([sys.executable, "-c", OVERHEAR, page, self.source, out])
        if not page.is_file():
            raise NotComparedError("our PDF writer did not call weasyprint.HTML(string=...)")
        fonts = files("fontpkg_atkinson_hyperlegible") / "files"
        text = page.read_text(encoding="utf-8").replace("curbcut-font:", f"{Path(str(fonts)).as_uri()}/")
        page.write_text(text, encoding="utf-8")
        return page

    def spoken_words(self) -> str:
        """The words that our recording holds, so that both programs say the same."""
        (transcript,) = ID3(self._made("mp3", ".mp3")).getall("USLT")
        return str(transcript.text)

    def cost(self, command: Command) -> Cost:
        """What one run costs. Our own cache is thrown away: nothing may be left from the run before."""
        out = self._fresh("out")
        shutil.rmtree(self.cache / "curbcut", ignore_errors=True)
        spent, began = _children(), time.perf_counter()
        self._finish(command(out))
        return Cost(time.perf_counter() - began, _children() - spent)

    def _curbcut(self, name: str) -> Command:
        program = _program("curbcut")
        return lambda out: [program, "convert", self.source, "--to", name, "-o", out]

    def _pandoc(self, name: str, file: str) -> Command:
        fixed = [pypandoc.get_pandoc_path(), self.source, "--from", "markdown", "--to", name]
        about = ["--standalone", "--metadata", f"title={self.source.stem}", "--metadata", "lang=en"]
        return lambda out: [*fixed, *about, "--output", out / file]

    def _made(self, name: str, suffix: str) -> Path:
        out = self._fresh(f"made-{name}")
        self._finish(self._curbcut(name)(out))
        return next(path for path in out.glob(f"*/*{suffix}") if path.name != "manifest.json")

    def _fresh(self, name: str) -> Path:
        folder = self.folder / name
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir()
        return folder

    def _finish(self, command: Sequence[str | Path]) -> None:
        environment = os.environ | {"XDG_CACHE_HOME": str(self.cache)}
        done = subprocess.run(command, capture_output=True, check=False, env=environment)
        if done.returncode:
            last = done.stderr.decode(errors="replace").strip().splitlines()[-1:]
            raise NotComparedError(f"{Path(command[0]).name} ended with {done.returncode}: {' '.join(last)}")


def _line(bench: Bench, name: str, runs: int) -> str:
    try:
        pair = bench.comparison(name)
        ours, theirs = _take_turns(bench, pair, runs)
    except NotComparedError as reason:
        return f"{name}: not compared: {reason}"
    ratio = _median_wall(ours) / _median_wall(theirs)
    verdict = "reached" if ratio <= pair.target else "not reached"
    said = f"{name}: curbcut {_spread(ours)}; {pair.peer} {_spread(theirs)}; "
    return said + f"ratio {ratio:.2f}, target {pair.target}: {verdict}."


def _take_turns(bench: Bench, pair: Comparison, runs: int) -> tuple[list[Cost], list[Cost]]:
    rounds = [(bench.cost(pair.ours), bench.cost(pair.theirs)) for _ in range(runs + 1)]
    timed = rounds[1:]  # the first is the warm-up
    return [ours for ours, _ in timed], [theirs for _, theirs in timed]


def _median_wall(costs: Sequence[Cost]) -> float:
    return statistics.median(cost.wall for cost in costs)


def _spread(costs: Sequence[Cost]) -> str:
    least, most = min(cost.wall for cost in costs), max(cost.wall for cost in costs)
    cpu = statistics.median(cost.cpu for cost in costs)
    return f"{_median_wall(costs):.3f} s ({least:.3f} to {most:.3f}; processor {cpu:.3f} s)"


def _children() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _program(name: str) -> str:
    beside = shutil.which(name, path=str(BIN)) or shutil.which(name)
    if beside is None:
        raise NotComparedError(f"no command {name}")
    return beside


def _versions() -> Iterator[str]:
    yield f"curbcut {version('curbcut')}"
    yield f"pandoc {pypandoc.get_pandoc_version()}"
    yield f"weasyprint {version('weasyprint')}"
    yield f"espeak-ng {_said('espeak-ng', '--version')}"
    yield f"lame {_said('lame', '--version')}"
    yield f"Python {platform.python_version()}"
    yield f"{os.cpu_count()} processors"


def _said(name: str, option: str) -> str:
    """The first version number in what a program says of itself."""
    if shutil.which(name) is None:
        return "missing"
    done = subprocess.run([name, option], capture_output=True, text=True, check=False)
    numbers = (word for word in (done.stdout + done.stderr).split() if word[:1].isdigit() and "." in word)
    return next(numbers, "of unknown version")


if __name__ == "__main__":
    main()
