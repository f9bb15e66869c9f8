"""Whole episodes and what becomes of them: every folder of cases/, every file that it expects.

A folder holds source.txt, perhaps show.toml and source.toml, and what is expected of
them. To begin a new expectation, create it empty and run with --update-golden; look
at what was written before you keep it.
"""

import difflib
import re
import shutil
import zipfile
from pathlib import Path

import pytest

from converters.braille import Transcriber, in_ascii
from converters.liblouis import installed_version
from converters.version import VERSION

from .conftest import Run, files_below

CASES = Path(__file__).parent / "cases"
TIMED = {
    "captions.vtt": "source.vtt",
    "captions.srt": "source.srt",
    "transcript.json": "source.transcript.json",
    "chapters.json": "source.chapters.json",
    "feed.xml": "source.rss.xml",
}
EXPECTATIONS = ("inspect.json", "edition.txt", "page.html", "fragment.html", "book", "braille.txt", *TIMED)
TEXTS = (".xhtml", ".opf")


def _expected() -> list[str]:
    return [
        f"{case.name}/{name}" for case in sorted(CASES.iterdir()) for name in EXPECTATIONS if (case / name).exists()
    ]


@pytest.mark.parametrize("expectation", _expected())
def test_an_episode_becomes_what_was_looked_at_and_kept(
    expectation: str, run: Run, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    path = CASES / expectation
    found = _outcome(path, run, tmp_path)
    if request.config.getoption("--update-golden"):
        _keep(path, found)
    differences = _differences(_kept(path), found)
    assert not differences, "\n".join(differences)


def test_every_case_expects_something() -> None:
    assert {name.split("/")[0] for name in _expected()} == {case.name for case in CASES.iterdir()}


@pytest.mark.parametrize("case", ["a-sound-and-applause", "han-script", "hostile-names", "right-to-left"])
def test_large_print_is_made_or_the_fonts_that_it_lacks_are_named(case: str, run: Run, tmp_path: Path) -> None:
    made = run("convert", CASES / case / "source.txt", "-o", tmp_path, "--to", "txt,pdf", "--show", "none")
    assert made.code in {0, 6}, made.err
    assert ("fonts-" in made.err) == (made.code == 6)


def _outcome(path: Path, run: Run, folder: Path) -> dict[str, str]:
    """Return what the command makes of the case, by file name."""
    for name in ("source.txt", "source.toml", "show.toml"):
        if (path.parent / name).exists():
            shutil.copy(path.parent / name, folder / name)
    source = folder / "source.txt"
    if path.name in {"inspect.json", "braille.txt"}:
        view = path.name == "inspect.json"
        return {path.name: _settled(run("inspect", source, "--json").out) if view else _braille(run, source, folder)}
    formats = "html,vtt,srt,podcast-json,chapters-json" if path.name in TIMED else "html,epub,txt,html-fragment"
    made = run("convert", source, "-o", folder / "out", "--to", formats)
    assert made.code == 0, made.err
    edition = folder / "out" / "source"
    if path.name in TIMED:
        return {path.name: (edition / TIMED[path.name]).read_text(encoding="utf-8")}
    match path.name:
        case "edition.txt":
            return {path.name: _settled((edition / "source.txt").read_text(encoding="utf-8"))}
        case "page.html":
            return {path.name: _settled((edition / "source.html").read_text(encoding="utf-8"))}
        case "fragment.html":
            return {path.name: _settled((edition / "source-fragment.html").read_text(encoding="utf-8"))}
        case _:
            return _book(edition / "source.epub")


def _braille(run: Run, source: Path, folder: Path) -> str:
    """Return the pages of the braille edition in braille ASCII, each ended by a line of equals signs."""
    if installed_version() is None:
        pytest.skip("liblouis is not on this machine")
    made = run("convert", source, "-o", folder / "out", "--to", "brf")
    assert made.code == 0, made.err
    text = (folder / "out" / "source" / "source.brf").read_bytes().decode("ascii")
    version = "".join(in_ascii(word.cells) for word in Transcriber("en").plain(VERSION))
    return text.replace("\r\n", "\n").replace("\f", "=" * 40 + "\n").replace(version, "VERSION")


def _book(path: Path) -> dict[str, str]:
    with zipfile.ZipFile(path) as book:
        if "EPUB/cover.png" not in book.namelist():
            pytest.skip("no typeface of this machine has the letters of the cover")
        names = [name for name in book.namelist() if name.endswith(TEXTS)]
        return {name: _settled(book.read(name).decode("utf-8")) for name in names}


def _settled(text: str) -> str:
    """Return the text without what is another test's concern: version, styles, scripts, and the tools."""
    text = re.sub(r"<(style)>.*?</style>|<(script)>\n//.*?</script>", r"<\1\2></\1\2>", text, flags=re.DOTALL)
    text = re.sub(r'(<section id="tools"[^>]*>).*?</section>', r"\1</section>", text, flags=re.DOTALL)
    return text.replace(f"curbcut {VERSION}", "curbcut VERSION").replace(f"Curbcut {VERSION}", "Curbcut VERSION")


def _kept(path: Path) -> dict[str, str]:
    if path.is_dir():
        return {name: content.decode("utf-8") for name, content in files_below(path).items()}
    return {path.name: path.read_bytes().decode("utf-8")}


def _keep(path: Path, found: dict[str, str]) -> None:
    folder = path.parent
    if path.name == "book":
        shutil.rmtree(path)
        folder = path
    for name, text in found.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(text.encode("utf-8"))


def _differences(kept: dict[str, str], found: dict[str, str]) -> list[str]:
    return [
        line
        for name in sorted({*kept, *found})
        for line in difflib.unified_diff(
            kept.get(name, "").split("\n"),
            found.get(name, "").split("\n"),
            f"kept/{name}",
            f"found/{name}",
            lineterm="",
        )
    ]
