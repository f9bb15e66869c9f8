"""Converts each source once, and asks each checker once for all sources."""

import fcntl
import json
import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from . import checkers
from .checkers import Finding, PageReports

ROOT = Path(__file__).parents[2]
SEED = ROOT.parent / "shared" / "seed" / "winning-war-building-peace.txt"
SOURCES = (*sorted((ROOT / "examples").glob("*.txt")), SEED)
CORPUS = ROOT.parent / "shared" / "corpus"
REAL = (
    "btc-name-ts-line-md/chaincode-podcast__utxos-chaincode-decoded.md",
    "podcasting20/example.srt",
    "securitynow-txt/sn-001.txt",
    "spacelog-txt/mr3__transcripts__ATG",
    (
        "whitehouse-briefing-md/2024-01__2024-01-12-press-gaggle-by-deputy-press-secretary-andrew-bates-and-nsc-"
        "coordinator-for-strategic-communications-john-kirby-en-route-allentown-pa.md"
    ),
)
"""Episodes of five sources, in five layouts."""
FROM_RIGHT_TO_LEFT = ROOT / "tests" / "cases" / "right-to-left" / "source.txt"
SHORT = ROOT / "examples" / "the-night-shift-at-the-bell-foundry.md"
STATES = ("light", "dark", "forced-colors", "narrow", "zoomed", "no-script", "print")
LONG = 1200  # seconds for all editions of one source, sound included


@dataclass(frozen=True, slots=True)
class Editions:
    """What one run of the command made of a source, and what it said."""

    source: Path
    folder: Path
    code: int
    said: str

    def file(self, suffix: str) -> Path:
        if not self.folder.is_dir():
            return self.folder / f"nothing{suffix}"
        (only,) = self.folder.iterdir()
        return only / f"{only.name}{suffix}"

    def need(self, suffix: str) -> Path:
        """The edition with this suffix; without it the test fails in the command's own words."""
        path = self.file(suffix)
        if not path.is_file():
            said = f"no {path.name}: the command ended with {self.code} and said\n{self.said}"
            pytest.fail(said, pytrace=False)
        return path


@pytest.fixture(scope="session")
def short(tmp_path_factory: pytest.TempPathFactory) -> Editions:
    """The page and the sound of a short episode: all that its player needs."""
    with converting(tmp_path_factory) as folder:
        return _convert_once(SHORT, folder / SHORT.stem, "html,mp3")


@pytest.fixture(params=SOURCES, ids=lambda path: path.stem)
def source(request: pytest.FixtureRequest) -> Path:
    path: Path = request.param
    if not path.is_file():
        pytest.skip(f"{path.name} is not beside this checkout")
    return path


@pytest.fixture(scope="session")
def all_editions(tmp_path_factory: pytest.TempPathFactory) -> Mapping[Path, Editions]:
    there = [path for path in SOURCES if path.is_file()]
    with converting(tmp_path_factory) as folder:
        return {path: _convert_once(path, folder / path.stem) for path in there}


@pytest.fixture(scope="session")
def seed(all_editions: Mapping[Path, Editions]) -> Path:
    if SEED not in all_editions:
        pytest.skip(f"{SEED.name} is not beside this checkout")
    return all_editions[SEED].need(".html")


@pytest.fixture(scope="session")
def real_editions(tmp_path_factory: pytest.TempPathFactory) -> tuple[Editions, ...]:
    """Page, book and Word file of real episodes, where they are beside this checkout, and of one from right to left."""
    paths = (FROM_RIGHT_TO_LEFT, *(CORPUS / name for name in REAL if CORPUS.is_dir()))
    with converting(tmp_path_factory) as folder:
        return tuple(
            _convert_once(path, folder / f"real-{number}", "html,epub,docx") for number, path in enumerate(paths)
        )


@pytest.fixture
def editions(all_editions: Mapping[Path, Editions], source: Path) -> Editions:
    return all_editions[source]


@pytest.fixture(scope="session")
def page_reports(all_editions: Mapping[Path, Editions]) -> Mapping[Path, PageReports]:
    return checkers.page(_made(all_editions, ".html"), STATES)


@pytest.fixture
def page_report(page_reports: Mapping[Path, PageReports], editions: Editions) -> PageReports:
    return page_reports[editions.need(".html")]


@pytest.fixture(scope="session")
def nu_findings(all_editions: Mapping[Path, Editions]) -> Mapping[Path, list[Finding]]:
    return checkers.nu(_made(all_editions, ".html"))


@pytest.fixture(scope="session")
def epubcheck_findings(all_editions: Mapping[Path, Editions]) -> Mapping[Path, list[Finding]]:
    return checkers.epubcheck(_made(all_editions, ".epub"))


@pytest.fixture(scope="session")
def verapdf_findings(all_editions: Mapping[Path, Editions]) -> Mapping[Path, list[Finding]]:
    return checkers.verapdf(_made(all_editions, "-large-print.pdf"))


@pytest.fixture
def turns(source: Path) -> list[str]:
    """The words of each turn of the conversation, from the inspect view."""
    return [turn["text"] for turn in _inspect(source)["turns"]]


def _made(all_editions: Mapping[Path, Editions], suffix: str) -> list[Path]:
    """The files that exist: a missing one is its own source's failure, not its neighbours'."""
    paths = [editions.file(suffix) for editions in all_editions.values()]
    there = [path for path in paths if path.is_file()]
    return there or [next(iter(all_editions.values())).need(suffix)]


@contextmanager
def converting(factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The folder that all workers of one run share: the first converts for all, the others wait."""
    folder = factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        folder = folder.parent
    with (folder / "converting").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield folder / "editions"


def _convert_once(path: Path, folder: Path, formats: str = "all") -> Editions:
    outcome = folder / "outcome.json"
    if not outcome.is_file():
        folder.mkdir(parents=True)
        done = _command("convert", str(path), "-o", str(folder / "out"), "--to", formats)
        outcome.write_text(json.dumps([done.returncode, done.stderr]), encoding="utf-8")
    code, said = json.loads(outcome.read_text(encoding="utf-8"))
    return Editions(path, folder / "out", code, said)


def _inspect(path: Path) -> dict[str, Any]:
    done = _command("inspect", str(path), "--json")
    assert done.returncode == 0, done.stderr
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def _command(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "converters", *arguments],
        capture_output=True,
        encoding="utf-8",
        timeout=LONG,
        check=False,
    )
