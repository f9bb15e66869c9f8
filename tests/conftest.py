"""What all tests share: reading a text, running the command, and an episode of our own invention."""

import datetime
import io
import itertools
import os
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple, Protocol

import pytest
from hypothesis import settings

from converters.cli import main
from converters.convert import identify
from converters.document import Document, Section, SectionKind, Turn
from converters.findings import Finding, Report
from converters.outline import outline
from converters.phrases import phrases_for
from converters.published import OUR_FOLDER
from converters.readers import ReadContext, read
from converters.settings import Contact, Episode, Options, PersonFacts, Show
from converters.traverse import turns
from converters.writers import WriteContext, Writer, writer_named

ROOT = Path(__file__).parents[1]
SHARED = ROOT.parent / "shared"
FORMATS = ("html", "epub", "pdf", "docx", "txt", "json")
SILENT = ",".join(FORMATS)
"""The editions that need no voice."""

IN_CI = os.environ.get("CI") == "true"
settings.register_profile("suite", deadline=None, max_examples=300 if IN_CI else 60, database=None, derandomize=IN_CI)
settings.load_profile("suite")
"""New examples at each run on a desk, where what they find can be mended; the same ones, and more, in CI."""

SAMPLE = """\
The Clock That Runs Backward: Two Menders on Lost Time

FOR CLOCK PARTS: The Tinsel Street workshop keeps a shelf of springs and hands for anyone who asks:

A small workshop mends what big shops throw away. This week, Tamsin talks with the two people who keep it open. \
What is a clock for when nobody is late?

“A clock is a promise with hands.” – Ignace Fellowdale, Clockmaker, Tinsel Street Workshop

“We never agreed on the weather, and it never minded.” – Wilhelmina Dunnock, Spring Winder

  • Ignace Fellowdale, Clockmaker, Tinsel Street Workshop
  • Wilhelmina Dunnock, Spring Winder

To hear the uncut interview, become a patron of the workshop here.

Rather Listen?


TAMSIN ORRELBY: Welcome to The Mended Hour. Ignace, what is a clock for?

IGNACE FELLOWDALE: A clock is a promise with hands. You wind it, and it keeps its word.

TAMSIN ORRELBY: And what do you wind, Wilhelmina?

WILHELMINA DUNNOCK: Springs, mostly. (laughs) Some of them wind me.

TAMSIN ORRELBY: Can a clock run backward?

IGNACE FELLOWDALE: It can. It is no more wrong than a stopped one.

TAMSIN ORRELBY: Thank you both. Stay kind, stay curious.

This was Ignace Fellowdale and Wilhelmina Dunnock of the Tinsel Street Workshop. All our hours are at

Looking for Another Hour?

We are committed to accessibility. If you need this page in another format, please contact us.
"""

SHOW = """\
name = "The Mended Hour"
url = "https://mendedhour.example/"
language = "en"

[contact]
email = "help@mendedhour.example"
phone = "+1 555 0100"

[people.tamsin-orrelby]
name = "Tamsin Orrelby"
role = "host"
"""


class Ran(NamedTuple):
    """What came of running the command."""

    code: int
    out: str
    err: str


class Run(Protocol):
    def __call__(self, *argv: str | Path) -> Ran: ...


class ReadText(Protocol):
    def __call__(
        self, text: str | bytes, show: Show | None = None, episode: Episode | None = None
    ) -> tuple[Document, tuple[Finding, ...]]: ...


class Context(Protocol):
    def __call__(self, document: Document, formats: tuple[str, ...], slug: str = "episode") -> WriteContext: ...


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update-golden", action="store_true", help="rewrite what tests/cases expect")


@pytest.fixture(autouse=True)
def quiet_surroundings(monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory) -> None:
    """No setting of this machine's owner, and no show.toml above the tests, has a say."""
    home = tmp_path_factory.getbasetemp()
    monkeypatch.setenv("HOME", str(home))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(home / "config"))
    monkeypatch.setenv("XDG_CACHE_HOME", str(home / "cache"))
    for name in ("SOURCE_DATE_EPOCH", "NO_COLOR", "FORCE_COLOR"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    """Run the command in this process."""

    def running(*argv: str | Path) -> Ran:
        capsys.readouterr()
        try:
            code = main([str(word) for word in argv])
        except SystemExit as end:
            code = int(end.code or 0)
        return Ran(code, *capsys.readouterr())

    return running


@pytest.fixture(scope="session")
def read_text() -> ReadText:
    """Read a text and give every part its id."""

    def reading(
        text: str | bytes, show: Show | None = None, episode: Episode | None = None
    ) -> tuple[Document, tuple[Finding, ...]]:
        report = Report()
        options = Options(show or Show(), episode or Episode())
        source = text.encode() if isinstance(text, str) else text
        document = read(source, ReadContext("episode.txt", options, report))
        return identify(document), report.findings

    return reading


@pytest.fixture
def context(tmp_path: Path) -> Context:
    """All that a writer may know, for a document and the formats made together."""

    def making(document: Document, formats: tuple[str, ...], slug: str = "episode") -> WriteContext:
        rows: tuple[Writer, ...] = tuple(map(writer_named, formats))
        title = document.metadata.title or slug
        phrases = phrases_for(document.metadata.language)
        day = datetime.datetime(2001, 2, 3, tzinfo=datetime.UTC)
        return WriteContext(slug, title, f"{slug}.txt", day, Options(), phrases, Report(), tmp_path, rows)

    return making


@pytest.fixture(scope="session")
def show() -> Show:
    """The facts of the invented show."""
    host = PersonFacts(name="Tamsin Orrelby", role="host")
    ways = Contact(email="help@mendedhour.example", phone="+1 555 0100")
    return Show("The Mended Hour", "https://mendedhour.example/", None, None, ways, {"tamsin-orrelby": host})


@pytest.fixture(scope="session")
def sample() -> str:
    """A short episode in the layout of a show's web page."""
    return SAMPLE


@pytest.fixture
def source(tmp_path: Path) -> Path:
    """The sample episode as a file, in a folder of its own with a show.toml."""
    folder = tmp_path / "episodes"
    folder.mkdir()
    (folder / "show.toml").write_text(SHOW, encoding="utf-8")
    path = folder / "backward-clock.txt"
    path.write_text(SAMPLE, encoding="utf-8")
    return path


@pytest.fixture
def out(tmp_path: Path) -> Path:
    """Where editions may go; it is not there yet."""
    return tmp_path / "out"


@pytest.fixture
def without_checkers(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Nothing is on the PATH, as on a machine where Curbcut was just installed."""
    (tmp_path / "empty").mkdir()
    monkeypatch.setenv("PATH", str(tmp_path / "empty"))


@pytest.fixture(scope="session")
def shared() -> Path:
    """The real transcripts beside this checkout."""
    if not SHARED.is_dir():
        pytest.skip("the real transcripts are not beside this checkout")
    return SHARED


@pytest.fixture(scope="session")
def turns_in(read_text: ReadText) -> Callable[..., list[tuple[str | None, str | None]]]:
    """Tell of each turn in a text who speaks and under which label."""

    def telling(
        text: str, show: Show | None = None, episode: Episode | None = None
    ) -> list[tuple[str | None, str | None]]:
        document, _ = read_text(text, show, episode)
        names = {person.id: person.name for person in document.people}
        return [(", ".join(names[i] for i in turn.people) or None, turn.label) for turn in turns(document)]

    return telling


def section_of(document: Document, kind: SectionKind) -> Section:
    """Return the one section of that kind."""
    (found,) = (section for section in document.sections if section.kind == kind)
    return found


def first_turn(document: Document) -> Turn:
    return next(turns(document))


def conversation(document: Document) -> Section:
    found = outline(document).conversation
    assert found
    return found


def files_below(folder: Path) -> dict[str, bytes]:
    """Return every file below a folder by its path in it, but what a run keeps for itself in ``.curbcut``."""
    files = (path for path in sorted(folder.rglob("*")) if path.is_file())
    found = {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}
    return {name: content for name, content in found.items() if not name.startswith(f"{OUR_FOLDER}/")}


def differing(one: dict[str, bytes], other: dict[str, bytes]) -> list[str]:
    """Return the names of files that are not the same in both, each with where the first difference lies."""
    names = sorted(name for name in one.keys() | other.keys() if one.get(name) != other.get(name))
    return [f"{name}: {_difference(one.get(name), other.get(name))}" for name in names]


def _difference(one: bytes | None, other: bytes | None) -> str:
    if one is None or other is None:
        return f"only in the {'second' if one is None else 'first'}"
    if one[:2] == other[:2] == b"PK":
        with zipfile.ZipFile(io.BytesIO(one)) as first, zipfile.ZipFile(io.BytesIO(other)) as second:
            members = [{name: book.read(name) for name in book.namelist()} for book in (first, second)]
        return "; ".join(differing(*members)) or "packed otherwise"
    pairs = itertools.zip_longest(one, other)
    place = next(place for place, (left, right) in enumerate(pairs) if left != right)
    around = slice(max(0, place - 60), place + 60)
    return f"from byte {place}: {one[around]!r} and {other[around]!r}"


def episodes_in(out: Path) -> set[str]:
    """Return the names of the folders of episodes."""
    return {path.name for path in out.iterdir() if path.is_dir() and path.name != OUR_FOLDER}


def left_at_work(out: Path) -> list[Path]:
    """Return what runs have left that worked there: nothing but the record, the report and the lock may be."""
    ours, known = out / OUR_FOLDER, {"lock", "record.jsonl", "published.json", "report.html", "report.json"}
    return [path for path in ours.iterdir() if path.name not in known] if ours.is_dir() else []
