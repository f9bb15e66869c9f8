"""liblouis' own program gives back, line by line, what was said; and no line is longer than a line."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from converters.braille import letters

from . import checkers
from .conftest import CORPUS, REAL, SOURCES, _command, _inspect

EPISODES = sorted((Path(__file__).parents[1] / "braille_episodes").glob("*.txt"))
REAL_SOURCES = tuple(CORPUS / name for name in REAL)
TABLES = {"en": "en-ueb-g2.ctb", "de": "de-g1.ctb", "es": "es-g1.ctb"}
CELLS, LINES = 40, 25
NEAR = 60
"""Words among which the next one of a turn must be: sounds and notes stand between, and no more."""


class Made(NamedTuple):
    """The pages of the text as lines, and the words that a finding names."""

    pages: list[list[str]]
    named: set[str]


@pytest.fixture(scope="module", params=(*EPISODES, *SOURCES, *REAL_SOURCES), ids=lambda path: path.stem[:40])
def episode(request: pytest.FixtureRequest) -> Path:
    path: Path = request.param
    if not path.is_file():
        pytest.skip(f"{path.name} is not beside this checkout")
    return path


@pytest.fixture(scope="module")
def made(episode: Path, tmp_path_factory: pytest.TempPathFactory) -> Made:
    checkers.require("liblouis")
    out = tmp_path_factory.mktemp("braille")
    done = _command("convert", str(episode), "-o", str(out), "--to", "brf")
    assert done.returncode == 0, done.stderr
    files = [Path(line) for line in done.stdout.splitlines()]
    manifest = json.loads((files[0].parent / "manifest.json").read_text(encoding="utf-8"))
    named = [finding["text"] for finding in manifest["findings"] if finding["code"] == "braille-004"]
    return Made(
        [page for file in files for page in _pages(file.read_bytes())],
        {letters(re.search("“(.*)”", text)[1]) for text in named},  # type: ignore[index]
    )


def test_no_line_is_longer_and_no_page_has_more_lines_than_asked_for(made: Made) -> None:
    assert {len(page) for page in made.pages} == {LINES}
    assert max(len(line) for page in made.pages for line in page) <= CELLS


def test_every_word_that_was_said_comes_back_in_order(made: Made, episode: Path) -> None:
    view = _inspect(episode)
    language = view["language"]
    got = [_folded(word, language) for word in checkers.words_in_braille(_lines(made.pages), _tables(language))]
    place = 0
    for turn in view["turns"]:
        words = [word for word in (_folded(word, language) for word in turn["text"].split()) if word]
        sure = [word for word in words if word not in made.named]
        place = _beginning(got, sure[:3], place)
        for word in sure:
            assert word in got[place : place + NEAR], f"{turn['id']}: {word} after {got[place - 9 : place]}"
            place = got.index(word, place) + 1


def _beginning(got: list[str], words: list[str], place: int) -> int:
    """Return where the first words of a turn stand together; headings and names are passed over."""
    there = (at for at in range(place, len(got)) if [word for word in got[at : at + 9] if word][: len(words)] == words)
    return next(there, place)


def _tables(language: str) -> str:
    return f"en-us-brf.dis,{TABLES[language.split('-', maxsplit=1)[0]]}"


def _folded(word: str, language: str) -> str:
    """Return a word's letters; Spanish has one cell for a sign and a digit, and the program takes the digit."""
    return letters(re.sub(r"\d", "", word) if language.startswith("es") else word)


def _pages(content: bytes) -> Iterator[list[str]]:
    assert re.fullmatch(rb"[\x20-\x5f\r\n\f]*", content)
    for page in content.decode("ascii").split("\f")[:-1]:
        yield page.split("\r\n")[:-1]


def _lines(pages: list[list[str]]) -> list[str]:
    """Return the lines of the text without running heads and page numbers; a divided word is made whole."""
    text: list[str] = []
    for page in pages:
        last = re.sub(r"(^| {3,})\S+$", "", page[-1])
        if not re.search(r"(^| {3,})T#\S+$", page[-1]):
            text += [*page[1:-1], last]
    return re.sub(r'"\n *', "", "\n".join(text)).split("\n")
