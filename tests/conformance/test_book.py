"""The EPUB, before EPUBCheck and Ace, and its accessibility metadata, which has to be true."""

import zipfile
from collections.abc import Mapping
from pathlib import Path

import pytest
from lxml import etree

from . import checkers
from .checkers import Finding
from .conftest import Editions
from .subjects import PACKAGE, TALK, write_book
from .words import missing

pytestmark = pytest.mark.conformance

# EPUB Accessibility 1.1, 2.2: the first three are a must, the others are what a reader chooses by.
# A claim of conformance is no must: it needs a person who looked.
ACCESSIBILITY = frozenset(
    {
        "schema:accessMode",
        "schema:accessibilityFeature",
        "schema:accessibilityHazard",
        "schema:accessModeSufficient",
        "schema:accessibilitySummary",
    }
)
CLAIM = "dcterms:conformsTo"
CERTIFIER = "a11y:certifiedBy"

# What must be in the book when its metadata claim a feature, and the other way round.
EVIDENCE = {
    "synchronizedAudioText": "application/smil+xml",
    "pageBreakMarkers": 'epub:type="pagebreak"',
    "pageNavigation": 'epub:type="page-list"',
    "alternativeText": ' alt="',
    "ttsMarkup": "application/pls+xml",
    "tableOfContents": 'epub:type="toc"',
}


def test_epubcheck_finds_neither_error_nor_warning(
    editions: Editions, epubcheck_findings: Mapping[Path, list[Finding]]
) -> None:
    assert epubcheck_findings[editions.need(".epub")] == []


def test_ace_finds_no_failure(editions: Editions, tmp_path: Path) -> None:
    assert checkers.ace(editions.need(".epub"), tmp_path) == []


def test_the_accessibility_metadata_are_complete(editions: Editions) -> None:
    assert ACCESSIBILITY - set(_metadata(editions.need(".epub"))) == set()


@pytest.mark.parametrize("feature", EVIDENCE)
def test_the_metadata_claim_what_the_book_has(editions: Editions, feature: str) -> None:
    book = editions.need(".epub")
    claimed = feature in _metadata(book).get("schema:accessibilityFeature", ())
    assert claimed == (EVIDENCE[feature] in _source(book))


def test_conformance_is_claimed_only_by_name(editions: Editions) -> None:
    assert _unfounded(editions.need(".epub")) == []


def test_every_turn_is_in_the_book(editions: Editions, turns: list[str]) -> None:
    assert missing(turns, _text(editions.need(".epub"))) == []


def test_books_of_real_episodes_have_no_fault(real_editions: tuple[Editions, ...], tmp_path: Path) -> None:
    books = [editions.need(".epub") for editions in real_editions]
    assert checkers.epubcheck(books) == {book: [] for book in books}
    assert {book: checkers.ace(book, tmp_path / f"ace-{book.stem}") for book in books} == {book: [] for book in books}


def test_epubcheck_sees_faults_and_lets_a_sound_book_pass(tmp_path: Path) -> None:
    untitled = PACKAGE.replace("<dc:title>A talk by the river</dc:title>", "")
    undated = PACKAGE.replace("<dc:language>", "<dc:date>last week</dc:date><dc:language>")
    sound = write_book(tmp_path / "sound.epub")
    faulty = write_book(tmp_path / "faulty.epub", package=untitled)
    doubtful = write_book(tmp_path / "doubtful.epub", package=undated)
    found = checkers.epubcheck([sound, faulty, doubtful])
    assert found[sound] == []
    assert any(said.startswith("ERROR") and "dc:title" in said for said in found[faulty])
    assert any(said.startswith("WARNING") for said in found[doubtful])


def test_ace_sees_a_picture_without_words(tmp_path: Path) -> None:
    silent = TALK.replace("</p>", '</p><p><svg xmlns="http://www.w3.org/2000/svg" role="img"/></p>')
    book = write_book(tmp_path / "faulty.epub", talk=silent)
    assert any("svg-img-alt" in said for said in checkers.ace(book, tmp_path / "report"))


def test_ace_passes_a_sound_book(tmp_path: Path) -> None:
    assert checkers.ace(write_book(tmp_path / "sound.epub"), tmp_path / "report") == []


def test_a_missing_summary_and_an_unfounded_claim_are_seen(tmp_path: Path) -> None:
    boast = f'<meta property="{CLAIM}">EPUB Accessibility 1.1 - WCAG 2.2 Level AA</meta>'
    package = PACKAGE.replace('<meta property="schema:accessibilitySummary">Plain text.</meta>', boast)
    book = write_book(tmp_path / "boasting.epub", package=package)
    assert set(_metadata(book)) >= ACCESSIBILITY - {"schema:accessibilitySummary"}
    assert "schema:accessibilitySummary" not in _metadata(book)
    assert _unfounded(book) == ["nobody certifies the claim"]


def _unfounded(book: Path) -> list[str]:
    """What is wrong with a claim of conformance; a book that makes none is in order."""
    metadata = _metadata(book)
    claims = metadata.get(CLAIM, [])
    wrong = [it for it in claims if not it.startswith("EPUB Accessibility 1.1 - WCAG 2.")]
    return wrong + ["nobody certifies the claim"] * (bool(claims) and CERTIFIER not in metadata)


def _metadata(book: Path) -> dict[str, list[str]]:
    """The values of each property of the package, links and refinements left out."""
    with zipfile.ZipFile(book) as packed:
        (name,) = (name for name in packed.namelist() if name.endswith(".opf"))
        package = etree.fromstring(packed.read(name))
    found: dict[str, list[str]] = {}
    for meta in package.iterfind(".//{*}metadata/{*}meta[@property]"):
        if meta.get("refines") is None:
            found.setdefault(str(meta.get("property")), []).append(meta.text or "")
    return found


def _source(book: Path) -> str:
    with zipfile.ZipFile(book) as packed:
        wanted = [name for name in packed.namelist() if name.endswith((".opf", ".xhtml"))]
        return "\n".join(packed.read(name).decode() for name in wanted)


def _text(book: Path) -> str:
    """The words of the content documents, in the order of their names."""
    with zipfile.ZipFile(book) as packed:
        pages = sorted(name for name in packed.namelist() if name.endswith(".xhtml"))
        trees = [etree.fromstring(packed.read(name)) for name in pages]
    return "\n".join("".join(str(words) for words in tree.itertext()) for tree in trees)
