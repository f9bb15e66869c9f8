"""The book that reads itself aloud, before a reading system that plays it and a listener that writes down its words."""

import itertools
import re
import statistics
import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

import msgspec
import pytest
from lxml import etree

from converters.settings import Show
from converters.writers.epub import write_book
from tests.conftest import Context, ReadText, Run
from tests.writers.narrations import everything, narration

from . import checkers
from .checkers import Reading
from .conftest import SOURCES, Editions
from .words import WORD

pytestmark = [pytest.mark.conformance, pytest.mark.slow]

TEXTS = re.compile(r'<text src="[^"#]*#([^"]*)"')
CONVERSATION = re.compile(r"EPUB/(\d\d-transcript)\.smil")
SECONDS, SPEED = 10, 2
LAG = 0.6  # seconds of sound: a browser tells the time of a sound four times a second, and it plays twice as fast
LISTEN = 90  # seconds: recognition takes a fifth of that
OWN_SPEECH = 0.25  # the word error rate that the voice of espeak-ng may have
AAA = 7.0  # WCAG 2.2, 1.4.6
LEXICON = """<?xml version="1.0" encoding="utf-8"?>
<lexicon version="1.0" xmlns="http://www.w3.org/2005/01/pronunciation-lexicon" alphabet="ipa" xml:lang="en">
<lexeme><grapheme>Dunnock</grapheme><phoneme>ˈdʌnək</phoneme></lexeme></lexicon>
""".encode()


class Par(NamedTuple):
    node: str
    sound: str
    begin: float
    end: float


@pytest.fixture
def book(editions: Editions) -> Path:
    return editions.need(".epub")


@pytest.fixture(scope="module")
def readings(all_editions: Mapping[Path, Editions]) -> Mapping[Path, Reading]:
    books = [editions.need(".epub") for editions in all_editions.values()]
    return {book: checkers.reading_system(book, f"{_page(book)}.xhtml", SECONDS, SPEED) for book in books}


@pytest.fixture
def reading(readings: Mapping[Path, Reading], book: Path) -> Reading:
    return readings[book]


def test_each_sentence_is_highlighted_in_its_turn(reading: Reading, book: Path) -> None:
    pars = [par.node for par in _pars(book)]
    heard = _one_after_another(reading)
    assert reading.faults == ()
    assert len(heard) >= 2
    assert heard == pars[: len(heard)]


def test_a_sentence_is_highlighted_while_it_is_heard(reading: Reading) -> None:
    late = [one for one in reading.heard if not one.begin - 0.01 <= one.now <= one.begin + LAG]
    assert late == []


def test_what_is_highlighted_is_the_very_sentence(reading: Reading, book: Path) -> None:
    with zipfile.ZipFile(book) as packed:
        page = etree.fromstring(packed.read(f"EPUB/{_page(book)}.xhtml"))
    words = {str(e.get("id")): "".join(map(str, e.itertext())) for e in page.iter() if e.get("id")}
    assert [(one.marked, one.text) for one in reading.heard] == [((one.id,), words[one.id]) for one in reading.heard]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_what_is_highlighted_has_contrast_and_more_than_colour(reading: Reading, scheme: str) -> None:
    colour, background, line = reading.colours[scheme]
    assert _contrast(colour, background) >= AAA
    assert line == "underline"


def test_a_listener_hears_each_sentence_in_its_own_clip(all_editions: Mapping[Path, Editions], tmp_path: Path) -> None:
    book = next(iter(all_editions.values())).need(".epub")
    page, pars = _page(book), [par for par in _pars(book) if par.end < LISTEN]
    words = checkers.heard_words(_sound(book, pars[0].sound, tmp_path), LISTEN)
    with zipfile.ZipFile(book) as packed:
        said = {str(e.get("id")): e for e in etree.fromstring(packed.read(f"EPUB/{page}.xhtml")).iter() if e.get("id")}
    texts = {par.node: "".join(map(str, said[par.node].itertext())) for par in pars}
    assert len(pars) >= 8
    assert statistics.median(_errors(pars, texts, words, 0)) <= OWN_SPEECH
    assert statistics.median(_errors(pars, texts, words, 2)) > 2 * OWN_SPEECH, "a shift of two seconds would be heard"


def test_epubcheck_finds_no_fault_in_books_without_sound(tmp_path: Path, run: Run) -> None:
    sources = [path for path in SOURCES if path.is_file()]
    assert run("convert", *sources, "-o", tmp_path, "--to", "epub").code == 0
    books = sorted(tmp_path.glob("*/*.epub"))
    assert checkers.epubcheck(books) == {book: [] for book in books}


@pytest.fixture
def full_book(sample: str, show: Show, read_text: ReadText, context: Context, tmp_path: Path) -> Path:
    """A book with a clip for everything that may have one, and with a lexicon; its sound is silence."""
    document, _ = read_text(sample, show)
    plain = context(document, ("epub",))
    options = msgspec.structs.replace(plain.options, show=show)
    spoken = narration(document, tmp_path, everything(document))
    (artifact,) = write_book(document, msgspec.structs.replace(plain, options=options, narration=spoken), LEXICON)
    assert isinstance(artifact.content, Path)
    return artifact.content


def test_a_book_that_says_everything_has_no_fault(full_book: Path, tmp_path: Path) -> None:
    assert checkers.epubcheck([full_book])[full_book] == []
    assert checkers.ace(full_book, tmp_path / "report") == []


def test_a_book_that_says_everything_is_played_from_its_contents_on(full_book: Path) -> None:
    reading = checkers.reading_system(full_book, "nav.xhtml", SECONDS, SPEED)
    with zipfile.ZipFile(full_book) as packed:
        package = packed.read("EPUB/content.opf").decode()
        pages = [
            "nav",
            *(page for page in re.findall(r'href="(\d\d-[^"]*)\.xhtml"', package) if page != "01-title-page"),
        ]
        pars = {page: TEXTS.findall(packed.read(f"EPUB/{page}.smil").decode()) for page in pages}
    heard = _one_after_another(reading)
    assert reading.overlays == len(pages) + 1
    assert len(heard) > len(pars["nav"]) + 1, "it goes on with the next page"
    assert heard == [node for page in pages for node in pars[page]][: len(heard)]


def test_pressing_play_begins_at_the_title(full_book: Path) -> None:
    """Not at the cover, of which nothing is heard, and not at the contents."""
    heard = _one_after_another(checkers.reading_system(full_book, "", SECONDS, SPEED))
    with zipfile.ZipFile(full_book) as packed:
        first, contents = (
            TEXTS.findall(packed.read(f"EPUB/{page}.smil").decode()) for page in ("01-title-page", "nav")
        )
    assert first[0] == heard[0] == "title"
    assert heard == [*first, *contents][: len(heard)]


def _one_after_another(reading: Reading) -> list[str]:
    """What was highlighted; a browser may say twice that a sound has begun."""
    return [identifier for identifier, _ in itertools.groupby(one.id for one in reading.heard)]


def _page(book: Path) -> str:
    """The name of the conversation's page, without its ending."""
    with zipfile.ZipFile(book) as packed:
        (name,) = (match[1] for match in map(CONVERSATION.fullmatch, packed.namelist()) if match)
    return name


def _pars(book: Path) -> list[Par]:
    with zipfile.ZipFile(book) as packed:
        smil = etree.fromstring(packed.read(f"EPUB/{_page(book)}.smil"))
    pairs = zip(smil.iter("{*}text"), smil.iter("{*}audio"), strict=True)
    return [
        Par(
            str(text.get("src")).partition("#")[2],
            f"EPUB/{sound.get('src')}",
            _seconds(sound.get("clipBegin")),
            _seconds(sound.get("clipEnd")),
        )
        for text, sound in pairs
    ]


def _seconds(clock: str | None) -> float:
    hours, minutes, seconds = map(float, str(clock).split(":"))
    return hours * 3600 + minutes * 60 + seconds


def _sound(book: Path, name: str, folder: Path) -> Path:
    path = folder / "sound.mp3"
    with zipfile.ZipFile(book) as packed:
        path.write_bytes(packed.read(name))
    return path


def _errors(
    pars: Sequence[Par], texts: Mapping[str, str], words: Sequence[tuple[float, str]], shift: int
) -> list[float]:
    """The word error rate of each clip, when all are played that many seconds late."""
    heard = [
        " ".join(word for middle, word in words if par.begin + shift - 0.15 <= middle < par.end + shift + 0.15)
        for par in pars
    ]
    return [_error_rate(_words(texts[par.node]), _words(said)) for par, said in zip(pars, heard, strict=True)]


def _words(text: str) -> list[str]:
    return WORD.findall(text.casefold().replace("’", "").replace("'", ""))


def _error_rate(wanted: list[str], heard: list[str]) -> float:
    """The fewest words to change, add or leave out (Levenshtein), for each word that was wanted."""
    row = list(range(len(heard) + 1))
    for number, word in enumerate(wanted, 1):
        new = [number]
        for place, other in enumerate(heard):
            new.append(min(new[-1] + 1, row[place + 1] + 1, row[place] + (word != other)))
        row = new
    return row[-1] / max(1, len(wanted))


def _contrast(one: str, other: str) -> float:
    """The ratio of two colours as a browser prints them (WCAG 2.2, relative luminance)."""
    dark, light = sorted(map(_luminance, (one, other)))
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: str) -> float:
    parts = [int(part) / 255 for part in itertools.islice(re.findall(r"\d+", colour), 3)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
