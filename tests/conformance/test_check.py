"""``curbcut check`` with every checker: our own editions pass, and each checker catches a fault of its kind."""

import shutil
import threading
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import msgspec
import pytest

from converters.checks.evidence import Evidence, Verdict
from converters.checks.outside.table import NAMES

from . import checkers
from .conftest import SOURCES, Editions, _command
from .subjects import FAULTY_PAGE, PACKAGE, SOUND_PAGE, TALK, write_book, write_document, write_page, write_recording

pytestmark = pytest.mark.conformance

OURS = (".html", ".epub", "-large-print.pdf", ".mp3", "-narration.vtt", ".docx", ".pef", ".brf", "-daisy202.zip")
NEEDED = ("nu", "page", "epubcheck", "ace", "verapdf", "page-validation", "outloud", "ffmpeg", "webvtt", "pef",
          "ooxml-integrity", "daisy")  # fmt: skip
UNSAID = '</p><p><svg role="img" xmlns="http://www.w3.org/2000/svg"/></p>'
CUES = "WEBVTT\n\n00:00:02,000 --> 00:00:01.000\nBackward\n"
WIDE = FAULTY_PAGE.replace("<pre>Wide</pre>", "<pre style='width: 900px'>Wide</pre><input>")


@pytest.fixture(scope="module", autouse=True)
def all_there() -> None:
    for tool in NEEDED:
        checkers.require(tool)


def look(*words: str | Path) -> tuple[int, Evidence]:
    done = _command("check", *map(str, words), "--json")
    assert done.stdout, done.stderr
    return done.returncode, msgspec.json.decode(done.stdout, type=Evidence)


def faults(verdict: Verdict) -> list[str]:
    return [f"{one.checker} {one.rule}: {one.text}" for one in verdict.remarks if one.severity == "error"]


def caught_by(verdicts: Sequence[Verdict]) -> set[str]:
    """The checkers that told of more than something to look at."""
    return {one.checker for verdict in verdicts for one in verdict.remarks if one.severity != "info"}


def test_our_own_editions_pass_every_checker(all_editions: Mapping[Path, Editions]) -> None:
    editions = all_editions[SOURCES[0]]
    required = ",".join(name for name in NAMES if name != "parity")
    code, found = look(*(editions.need(suffix) for suffix in OURS), "--require", required)
    assert {verdict.file: faults(verdict) for verdict in found.verdicts if faults(verdict)} == {}
    assert code == 0, [one for verdict in found.verdicts for one in verdict.not_run]
    assert {one.checker for verdict in found.verdicts for one in verdict.runs} == set(NAMES)
    assert all(one.version for verdict in found.verdicts for one in verdict.runs)


def _broken(folder: Path, editions: Editions) -> Iterator[Path]:
    yield write_page(folder / "page.html", WIDE)
    yield write_book(folder / "untitled.epub", package=PACKAGE.replace("<dc:title>A talk by the river</dc:title>", ""))
    yield write_book(folder / "unsaid.epub", talk=TALK.replace("</p>", UNSAID))
    yield write_document(folder / "bare.pdf", "<p>Bare", variant=None)
    yield write_page(folder / "backward.vtt", CUES)
    damaged = write_recording(folder / "damaged.mp3", ((0, 2000),))
    damaged.write_bytes(b"no sound " * 500)
    yield damaged
    yield write_page(folder / "print.pef", "<pef/>")
    yield write_page(folder / "print.brf", "hello {")
    yield _without(editions.need(".docx"), folder / "torn.docx", "styles.xml")


def _without(book: Path, path: Path, part: str) -> Path:
    """A copy of a Word file, without one of its parts."""
    with zipfile.ZipFile(book) as old, zipfile.ZipFile(path, "w") as new:
        for entry in old.infolist():
            if not entry.filename.endswith(part):
                new.writestr(entry, old.read(entry))
    return path


def test_each_checker_catches_a_fault_and_says_what_to_do(
    all_editions: Mapping[Path, Editions], tmp_path: Path
) -> None:
    code, found = look(*_broken(tmp_path, all_editions[SOURCES[0]]))
    assert code == 4
    assert caught_by(found.verdicts) == set(NAMES) - {"parity", "structure", "pauses", "daisy", "display"}, (
        "those that look at editions of ours have tests of their own"
    )
    assert all(one.advice and one.text for verdict in found.verdicts for one in verdict.remarks)
    clauses = {one for verdict in found.verdicts for remark in verdict.remarks for one in remark.clauses}
    assert {"WCAG 2.2 SC 1.1.1", "WCAG 2.2 SC 1.4.10", "WCAG 2.2 SC 3.1.1", "PDF/UA-1 §7.1", "EPUB 3.3 §5"} <= clauses


def test_the_schemas_of_talking_books_catch_a_fault(all_editions: Mapping[Path, Editions], tmp_path: Path) -> None:
    folder = Path(shutil.copytree(all_editions[SOURCES[0]].need(".html").parent, tmp_path / "episode"))
    (book,) = folder.glob("*-daisy202.zip")
    with zipfile.ZipFile(book) as old:
        parts = {entry: old.read(entry) for entry in old.namelist()}
    with zipfile.ZipFile(book, "w") as new:
        for name, content in parts.items():
            new.writestr(name, content.replace(b"</h1>", b"<h9>?</h9></h1>", 1))
    code, found = look(book)
    assert code == 4
    assert {one.checker for one in found.verdicts[0].remarks} == {"curbcut", "parity", "daisy"}


def test_it_tells_in_words_what_is_missing_in_what_pandoc_makes(tmp_path: Path) -> None:
    import pypandoc  # type: ignore[import-not-found,import-untyped,unused-ignore]  # it has no types

    book, page = tmp_path / "talk.epub", tmp_path / "talk.html"
    text = "**Ann:** Good evening.\n\n**Ben:** Good evening to you."
    pypandoc.convert_text(text, "epub", format="markdown", outputfile=str(book))
    pypandoc.convert_text(text, "html", format="markdown", outputfile=str(page), extra_args=["-s"])
    done = _command("check", str(book), str(page))
    assert done.returncode == 4
    assert "Write the book's title into dc:title." in done.stdout
    assert "Say in which language it is written" in done.stdout
    assert "Give the page one main landmark" in done.stdout
    assert "another program made it" in done.stdout


SPY = """<link rel="stylesheet" href="{address}/style.css"><img alt="" src="{address}/picture.png">
<img alt="" src="../secret.png"><iframe title="Other" src="{address}/frame.html"></iframe>
<script>document.documentElement.removeAttribute("lang"); fetch("{address}/script")</script>
<meta http-equiv="refresh" content="0; url={address}/elsewhere"></body>"""


def test_a_strangers_page_runs_nothing_and_asks_nobody(tmp_path: Path) -> None:
    asked: list[str] = []

    class Listener(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            self.send_error(404)

    with HTTPServer(("127.0.0.1", 0), Listener) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        spy = SPY.format(address=f"http://127.0.0.1:{server.server_port}")
        page = write_page(tmp_path / "page.html", SOUND_PAGE.replace("</body>", spy))
        _, still = look(page)
        _, moving = look(page, "--scripts")
        server.shutdown()
    assert asked == []
    rules = [{one.rule for one in found.verdicts[0].remarks} for found in (still, moving)]
    assert "html-has-lang" not in rules[0], "its script was run"
    assert "html-has-lang" in rules[1], "its script was not run, and it should have been"
    assert {one.checker for one in still.verdicts[0].runs} == {"nu", "axe", "htmlcs", "ibm", "reflow", "claims"}
