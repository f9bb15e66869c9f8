"""The book: its cover, its landmarks, its headings, what it says of itself, and what its style leaves alone."""

import io
import itertools
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from lxml import etree
from lxml.etree import _Element
from PIL import Image

from converters.cover import PAGE
from converters.document import Document, Metadata, Section, Text
from converters.identifiers import assign
from converters.stylesheets import stylesheet
from converters.writers import epub_cover
from tests.conftest import ROOT, Run

HEBREW = ROOT / "tests" / "cases" / "right-to-left"
TYPE = "{http://www.idpf.org/2007/ops}type"
TERMS = {"cover", "titlepage", "toc", "bodymatter", "endnotes", "colophon"}
"""Those of the EPUB 3 Structural Semantics Vocabulary 1.1 that a landmark of ours may have."""


class Book:
    """A book as a reading system opens it."""

    def __init__(self, path: Path) -> None:
        with zipfile.ZipFile(path) as packed:
            self.files = {name.removeprefix("EPUB/"): packed.read(name) for name in packed.namelist()}
        self.package = etree.fromstring(self.files["content.opf"])

    def page(self, name: str) -> _Element:
        return etree.fromstring(self.files[name])

    @property
    def spine(self) -> list[str]:
        items = {item.get("id"): str(item.get("href")) for item in self.package.iter("{*}item")}
        return [items[reference.get("idref")] for reference in self.package.iter("{*}itemref")]

    def metas(self, name: str) -> list[str | None]:
        return [meta.text for meta in self.package.iter("{*}meta") if meta.get("property") == name]

    @property
    def landmarks(self) -> list[_Element]:
        (nav,) = (nav for nav in self.page("nav.xhtml").iter("{*}nav") if nav.get(TYPE) == "landmarks")
        return list(nav.iter("{*}a"))


@pytest.fixture
def book(source: Path, out: Path, run: Run) -> Book:
    source.with_suffix(".toml").write_text("date = 2024-02-29\n")
    assert run("convert", source, "-o", out, "--to", "epub").code == 0
    return Book(out / "backward-clock" / "backward-clock.epub")


@pytest.fixture
def hebrew(out: Path, run: Run) -> Book:
    assert run("convert", HEBREW / "source.txt", "-o", out, "--to", "epub").code == 0
    return Book(out / "source" / "source.epub")


def _text(element: _Element) -> str:
    return "".join(map(str, element.itertext()))


# the cover ----------------------------------------------------------------------------------


def test_the_cover_is_a_picture_that_reading_systems_find(book: Book) -> None:
    (item,) = (item for item in book.package.iter("{*}item") if item.get("properties") == "cover-image")
    assert item.get("media-type") == "image/png"
    assert Image.open(io.BytesIO(book.files[str(item.get("href"))])).size == (PAGE.width, PAGE.height)
    (older,) = (meta for meta in book.package.iter("{*}meta") if meta.get("name") == "cover")
    assert older.get("content") == item.get("id")


def test_the_cover_says_in_words_what_stands_on_it(book: Book) -> None:
    (picture,) = book.page(book.spine[0]).iter("{*}img")
    assert (picture.get("role"), picture.get(TYPE)) == ("doc-cover", "cover")
    title, show, date = "The Clock That Runs Backward: Two Menders on Lost Time", "The Mended Hour", "29 February 2024"
    assert picture.get("alt") == f"Cover, large light letters on dark blue: {title} – {show} – {date}"
    words = _text(book.page(book.spine[0]))
    assert all(one in words for one in (title, show, date)), "nothing is said by the picture alone"


def test_where_we_do_not_speak_the_language_the_cover_is_described_by_its_own_words(hebrew: Book) -> None:
    pictures = list(hebrew.page(hebrew.spine[0]).iter("{*}img"))
    if not pictures:
        pytest.skip("no typeface of this machine has these letters, or nothing shapes them")
    assert [picture.get("alt") for picture in pictures] == ["האור שבקצה הנמל – שעת המגדלור"]


def test_the_title_page_comes_first_and_the_contents_second(book: Book) -> None:
    assert book.spine[:2] == ["01-title-page.xhtml", "nav.xhtml"]
    assert not [reference for reference in book.package.iter("{*}itemref") if reference.get("linear") == "no"]


def test_a_book_with_a_cover_says_so_and_need_not_be_seen(book: Book) -> None:
    assert "alternativeText" in book.metas("schema:accessibilityFeature")
    assert book.metas("schema:accessMode") == ["textual"]
    assert "Its only picture is the cover" in str(book.metas("schema:accessibilitySummary"))


def test_a_book_without_a_cover_says_that_it_holds_no_pictures(
    source: Path, out: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(epub_cover, "cover", lambda *_: None)
    assert run("convert", source, "-o", out, "--to", "epub").code == 0
    book = Book(out / "backward-clock" / "backward-clock.epub")
    assert "cover.png" not in book.files
    assert not list(book.page(book.spine[0]).iter("{*}img"))
    assert next(mark.get(TYPE) for mark in book.landmarks) == "titlepage"
    assert "alternativeText" not in book.metas("schema:accessibilityFeature")
    assert "It holds no pictures" in str(book.metas("schema:accessibilitySummary"))


def test_a_section_headed_like_the_id_of_the_cover_gets_another() -> None:
    headed = Section("closing", (), heading=(Text("Title page cover"),))
    assert [section.id for section in assign(Document(Metadata(), (), (headed,))).sections] == ["title-page-cover-2"]


# finding one's way --------------------------------------------------------------------------


def test_landmarks_lead_to_what_they_say(book: Book) -> None:
    kinds = [str(mark.get(TYPE)) for mark in book.landmarks]
    assert kinds == ["cover", "titlepage", "toc", "bodymatter", "colophon"]
    assert set(kinds) <= TERMS
    for mark in book.landmarks:
        file, _, anchor = str(mark.get("href")).partition("#")
        assert anchor in {element.get("id") for element in book.page(file).iter()}


def test_landmarks_are_named_in_the_language_of_the_document_or_marked(hebrew: Book) -> None:
    for mark in hebrew.landmarks:
        assert (mark.get("lang") == "en") == _text(mark).isascii()


def test_titles_of_pages_are_marked_where_they_are_english(hebrew: Book) -> None:
    for name in hebrew.spine:
        title = next(hebrew.page(name).iter("{*}title"))
        assert (title.get("lang") == "en") == _text(title).isascii()


def test_there_are_no_page_numbers(book: Book) -> None:
    everything = b"".join(content for name, content in book.files.items() if name.endswith((".xhtml", ".opf", ".ncx")))
    assert b"pagebreak" not in everything
    assert b"page-list" not in everything
    assert b"pageList" not in everything


def test_each_page_has_one_title_and_no_heading_skips_a_level(book: Book) -> None:
    for name in book.spine:
        levels = [int(str(element.tag)[-1]) for element in _headings(book.page(name))]
        assert levels[0] == 1, name
        assert levels.count(1) == 1, name
        assert all(after <= before + 1 for before, after in itertools.pairwise(levels)), name


def test_each_page_is_titled_by_its_own_heading(book: Book) -> None:
    for name in book.spine:
        page = book.page(name)
        assert _text(next(page.iter("{*}title"))) == _text(next(_headings(page)))


def _headings(page: _Element) -> Iterator[_Element]:
    return page.iter("{*}h1", "{*}h2", "{*}h3", "{*}h4", "{*}h5", "{*}h6")


# what it says of itself ---------------------------------------------------------------------


def test_the_show_is_the_series_that_the_book_belongs_to(book: Book) -> None:
    (series,) = (meta for meta in book.package.iter("{*}meta") if meta.get("property") == "belongs-to-collection")
    (kind,) = (meta for meta in book.package.iter("{*}meta") if meta.get("property") == "collection-type")
    assert (series.text, kind.text, kind.get("refines")) == ("The Mended Hour", "series", f"#{series.get('id')}")


def test_the_same_book_is_made_twice(source: Path, run: Run, tmp_path: Path) -> None:
    for folder in ("one", "two"):
        assert run("convert", source, "-o", tmp_path / folder, "--to", "epub").code == 0
    one, two = (tmp_path / folder / "backward-clock" / "backward-clock.epub" for folder in ("one", "two"))
    assert one.read_bytes() == two.read_bytes()


# what the style leaves to the reader ---------------------------------------------------------


def _rules(sheet: str) -> Iterator[tuple[str, dict[str, str]]]:
    plain = re.sub(r"/\*.*?\*/", "", sheet, flags=re.DOTALL)
    plain = re.sub(r"@media[^{]*{((?:[^{}]*{[^{}]*})*)\s*}", r"\1", plain)
    for selector, body in re.findall(r"([^{}]+){([^{}]*)}", plain):
        pairs = (part.split(":", 1) for part in body.split(";") if ":" in part)
        yield selector.strip(), {name.strip(): value.strip() for name, value in pairs}


RULES = [*_rules(stylesheet("epub.css", "epub-overlay.css"))]


def test_the_style_of_the_book_sets_nothing_that_readers_set() -> None:
    theirs = {"font-family", "font", "font-size", "line-height", "letter-spacing", "word-spacing", "background"}
    assert RULES
    assert not [(selector, name) for selector, rules in RULES for name in theirs.intersection(rules)]
    assert not [selector for selector, rules in RULES if "text-align" in rules and not selector.startswith("h1")]
    assert not [selector for selector, rules in RULES if "!important" in str(rules)]


def test_the_style_of_the_book_measures_in_the_letters_of_its_reader() -> None:
    assert not [
        (s, value) for s, rules in RULES for value in rules.values() if re.search(r"\d(?:px|pt|cm|mm|in)\b", value)
    ]


def test_the_style_of_the_book_sets_a_colour_only_with_its_ground() -> None:
    for selector, rules in RULES:
        if rules.get("color", "inherit") != "inherit":
            assert "background-color" in rules, selector
        if "background-color" in rules:
            assert "color" in rules, selector
