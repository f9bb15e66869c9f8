"""What a bookshop would show of a file's metadata: the guide's statements, by the guide's algorithms."""

import json
from pathlib import Path

import pytest

from converters.checks.display_guide import Statement, guide, shown
from converters.checks.publication_reading import read

from .conftest import Run
from .strangers import ACCESS, Book

NOTHING = Book(says=dict.fromkeys(ACCESS, ()))
CONFORMS = '<meta property="dcterms:conformsTo" id="c">{}</meta>'
OLDER = '<link rel="dcterms:conformsTo" href="http://www.idpf.org/epub/a11y/accessibility-20170105.html#wcag-{}"/>'


def said(tmp_path: Path, book: Book) -> list[Statement]:
    return list(shown(read(book.write(tmp_path / "book.epub"))))


def ids(tmp_path: Path, book: Book) -> set[str]:
    return {one.id for one in said(tmp_path, book) if one.id}


def test_of_a_book_that_says_nothing_every_field_says_that_there_is_no_information(tmp_path: Path) -> None:
    found = said(tmp_path, NOTHING)
    assert [(one.heading, one.compact) for one in found] == [
        ("Ways of reading", "No information about appearance modifiability is available"),
        ("Ways of reading", "No information about nonvisual reading is available"),
        ("Ways of reading", "No information about prerecorded audio is available"),
        ("Conformance", "No information is available"),
        ("Navigation", "No information is available"),
        ("Rich content", "No information is available"),
        ("Hazards", "No information is available"),
        ("Accessibility summary", "No information is available"),
        ("Legal considerations", "No information is available"),
    ]


FEATURES = {
    "displayTransformability": "ways-of-reading-visual-adjustments-modifiable",
    "alternativeText": "ways-of-reading-nonvisual-reading-alt-text",
    "synchronizedAudioText": "ways-of-reading-prerecorded-audio-synchronized",
    **guide().navigation, **guide().rich_content, **guide().additional,
}  # fmt: skip


@pytest.mark.parametrize("feature", FEATURES)
def test_each_feature_leads_to_its_statement_and_without_it_the_statement_is_not_there(
    feature: str, tmp_path: Path
) -> None:
    assert FEATURES[feature] in ids(tmp_path, Book(says={"accessibilityFeature": (feature,)}))
    assert FEATURES[feature] not in ids(tmp_path, Book(says={"accessibilityFeature": ("none",)}))


@pytest.mark.parametrize(
    ("modes", "sufficient", "statement"),
    [
        (("textual",), (), "readable"),
        (("textual", "visual"), ("textual",), "readable"),
        (("textual", "visual"), ("textual,visual",), "not-fully"),
        (("visual",), (), "none"),
        (("auditory",), ("auditory",), "none"),
        (("tactile",), (), "no-metadata"),
    ],
)
def test_nonvisual_reading_depends_on_which_senses_are_enough(
    modes: tuple[str, ...], sufficient: tuple[str, ...], statement: str, tmp_path: Path
) -> None:
    book = Book(says={"accessMode": modes, "accessModeSufficient": sufficient})
    found = {one for one in ids(tmp_path, book) if "nonvisual" in one}
    assert found == {f"ways-of-reading-nonvisual-reading-{statement}"}


@pytest.mark.parametrize(
    ("says", "statement"),
    [
        ({"accessMode": ("textual", "auditory")}, "complementary"),
        ({"accessModeSufficient": ("auditory",)}, "only"),
        ({"accessModeSufficient": ("auditory",), "accessibilityFeature": ("synchronizedAudioText",)}, "synchronized"),
        ({}, "no-metadata"),
    ],
)
def test_prerecorded_audio(says: dict[str, tuple[str, ...]], statement: str, tmp_path: Path) -> None:
    found = {one for one in ids(tmp_path, Book(says=says)) if "audio" in one and "additional" not in one}
    assert found == {f"ways-of-reading-prerecorded-audio-{statement}"}


@pytest.mark.parametrize(
    ("said_hazards", "statements"),
    [
        (("none",), {"none"}),
        (("noFlashingHazard", "noMotionSimulationHazard", "noSoundHazard"), {"none"}),
        (("flashing", "sound"), {"flashing", "sound"}),
        (("motionSimulation",), {"motion"}),
        (("unknown",), {"unknown"}),
        (("noFlashingHazard",), {"no-metadata"}),
    ],
)
def test_hazards(said_hazards: tuple[str, ...], statements: set[str], tmp_path: Path) -> None:
    found = {one for one in ids(tmp_path, Book(says={"accessibilityHazard": said_hazards})) if "hazards" in one}
    assert found == {f"hazards-{one}" for one in statements}


def test_a_claim_of_conformance_is_shown_with_who_certified_it_and_when(tmp_path: Path) -> None:
    claim = CONFORMS.format("EPUB Accessibility 1.1 - WCAG 2.1 Level AA")
    by = '<meta property="a11y:certifiedBy" refines="#c" id="who">Ann Lee</meta>'
    on = '<meta property="dcterms:date" refines="#who">2026-12-01</meta>'
    credential = '<meta property="a11y:certifierCredential" refines="#who">A Seal</meta>'
    report = '<link rel="a11y:certifierReport" refines="#who" href="https://seal.example/r"/>'
    found = said(tmp_path, Book(further=claim + by + on + credential + report))
    assert [one.compact for one in found if one.field.startswith("conformance")] == [
        "This publication meets accepted accessibility standards",
        "The publication was certified by Ann Lee",
        "The certifier's credential is A Seal",
        "This publication claims to meet EPUB Accessibility 1.1 WCAG 2.1 Level AA",
        "The publication was certified on 2026-12-01",
        "For more information refer to the certifier's report https://seal.example/r",
    ]


@pytest.mark.parametrize(
    ("further", "statement"),
    [
        (OLDER.format("a"), "conformance-a"),
        (OLDER.format("aaa"), "conformance-aaa"),
        (CONFORMS.format("EPUB Accessibility 1.1 - WCAG 2.0 Level A"), "conformance-a"),
        (CONFORMS.format("EPUB Accessibility 1.1 - WCAG 2.9 Level A"), "conformance-unknown-standard"),
        (CONFORMS.format("Our own house rules"), "conformance-no"),
        ('<meta property="a11y:certifiedBy">Ann Lee</meta>', "conformance-no"),
    ],
)
def test_which_claims_count(further: str, statement: str, tmp_path: Path) -> None:
    assert statement in ids(tmp_path, Book(further=further))


def test_an_exemption_and_a_fixed_layout_are_shown(tmp_path: Path) -> None:
    exempt = '<meta property="a11y:exemption">eaa-microenterprise</meta>'
    fixed = '<meta property="rendition:layout">pre-paginated</meta>'
    assert {"legal-considerations-exempt", "ways-of-reading-visual-adjustments-unmodifiable"} <= ids(
        tmp_path, Book(further=exempt + fixed)
    )


def test_each_statement_has_a_compact_and_a_descriptive_wording() -> None:
    for key, words in guide().statements.items():
        assert 1 <= len(words) <= 2, key
        assert all(one == one.strip() and one for one in words), key
    leads = (guide().navigation, guide().rich_content, guide().additional)
    assert {one for table in leads for one in table.values()} <= set(guide().statements)


def test_the_command_shows_it_in_words_and_as_json(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "empty").mkdir()
    monkeypatch.setenv("PATH", str(tmp_path / "empty"))
    book = Book().write(tmp_path / "book.epub")
    page = tmp_path / "page.html"
    page.write_text('<html lang="en"><title>A talk</title><p>Talk', encoding="utf-8")
    out = run("check", book).out
    assert "  What a bookshop or library would show from its metadata, true or not:\n" in out
    assert "    Navigation: Table of contents\n    Rich content: No information is available\n" in out
    verdicts = json.loads(run("check", book, page, "--json").out)["verdicts"]
    assert verdicts[0]["display"][1] == {
        "heading": "Ways of reading",
        "id": "ways-of-reading-nonvisual-reading-readable",
        "compact": "Readable in read aloud or dynamic braille",
        "descriptive": "All content can be read as read aloud speech or dynamic braille",
    }
    assert verdicts[1]["display"] == [], "a page that says nothing of access is not sold"
    assert [one["checker"] for one in verdicts[1]["runs"]] == ["claims"]
