"""What files claim of themselves: each untrue claim is found by name, and its true twin is left alone."""

import contextlib
import datetime
import json
import shutil
import tempfile
import zipfile
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from converters.checks.claims import CLAIMED, RULES, says_it_conforms, unsupported
from converters.checks.claims_backed import Known, judged
from converters.checks.evidence import Evidence
from converters.checks.outside.answers import Said
from converters.checks.outside.clauses import remarks
from converters.checks.outside.table import BY_NAME
from converters.checks.publication_reading import UnreadableError, read
from converters.human_checks import TEMPLATES, HumanCheck

from .conftest import SAMPLE, Run
from .strangers import TALK, Book, Item, gif, talking_book

PICTURE = '<img src="heron.png" alt="A heron on a post"/>'
HERON = {"heron.png": Item("image/png")}
SOUND = {"talk.mp3": Item("audio/mpeg")}
VIDEO = {"talk.mp4": Item("video/mp4")}
RUSSIAN = "<h1>Разговор</h1><p>" + "Цапля стояла тихо, пока двое друзей говорили о мостах. " * 8 + "</p>"


def features(*values: str) -> dict[str, tuple[str, ...]]:
    return {"accessibilityFeature": values}


def feature(value: str, **there: object) -> tuple[Book, Book]:
    """The claim of a feature with nothing to bear it out, and the same with what it needs."""
    whole = msgspec.structs.replace(Book(says=features(value)), **there)
    return Book(says=features(value)), whole


def encrypted(method: str) -> dict[str, bytes]:
    return {"META-INF/encryption.xml": f'<e><EncryptionMethod Algorithm="{method}"/></e>'.encode()}


LAYOUT = '<meta property="rendition:layout">{}</meta>'
HEARD = {"accessMode": ("textual", "auditory")}
SEEN = {"accessMode": ("textual", "visual")}
TWINS: dict[str, tuple[Book, Book]] = {
    "synchronized-without-overlay": (
        Book(says={**HEARD, **features("synchronizedAudioText")}, items=SOUND),
        Book(says={**HEARD, **features("synchronizedAudioText")}, items=SOUND, overlay=True),
    ),
    "contents-missing": (Book(nav="<p>Contents</p>"), Book()),
    "pictures-missing": feature("alternativeText", body=TALK + PICTURE),
    "page-list-missing": feature(
        "pageNavigation", nav='<nav epub:type="page-list"><ol><li><a href="talk.xhtml#p1">1</a></li></ol></nav>'
    ),
    "page-breaks-missing": feature("pageBreakMarkers", body=TALK + '<span epub:type="pagebreak" id="p1"/>'),
    "index-missing": feature("index", body=TALK + '<section epub:type="index"><p>heron</p></section>'),
    "speech-markup-missing": feature("ttsMarkup", items={"names.pls": Item("application/pls+xml")}),
    "reading-order-missing": (
        Book(says=features("readingOrder"), spine='<itemref idref="gone"/>'), Book(says=features("readingOrder")),
    ),
    "headings-missing": (
        Book(says=features("structuralNavigation"), body="<p>The heron stood still while two friends talked.</p>"),
        Book(says=features("structuralNavigation")),
    ),
    "long-description-missing": feature("longDescription", body=TALK + "<details><p>The heron is grey.</p></details>"),
    "captions-missing": feature("closedCaptions", body=TALK + '<video><track kind="captions" src="a.vtt"/></video>'),
    "video-missing": feature("openCaptions", items=VIDEO),
    "sound-missing-for-transcript": feature("transcript", items=SOUND),
    "math-missing": feature("MathML", body=TALK + "<m:math><m:mn>1</m:mn></m:math>"),
    "roles-missing": feature("ARIA", body=TALK + '<section role="doc-chapter"/>'),
    "ruby-missing": feature("rubyAnnotations", body=TALK + "<ruby>鷺<rt>sagi</rt></ruby>"),
    "braille-missing": feature("braille", body=TALK + "<p>⠓⠑⠗⠕⠝</p>"),
    "auditory-without-sound": (Book(says=HEARD), Book(says=HEARD, items=SOUND)),
    "visual-without-pictures": (Book(says=SEEN), Book(says=SEEN, body=TALK + PICTURE)),
    "textual-without-text": (Book(body=PICTURE), Book()),
    "tactile-without-braille": (
        Book(says={"accessMode": ("textual", "tactile")}),
        Book(says={"accessMode": ("textual", "tactile")}, body=TALK + "<p>⠓⠑⠗⠕⠝</p>"),
    ),
    "transformability-in-fixed-layout": (
        Book(says=features("displayTransformability"), further=LAYOUT.format("pre-paginated")),
        Book(says=features("displayTransformability"), further=LAYOUT.format("reflowable")),
    ),
    "unlocked-but-encrypted": (
        Book(says=features("unlocked"), loose=encrypted("http://www.w3.org/2001/04/xmlenc#aes256-cbc")),
        Book(says=features("unlocked"), loose=encrypted("http://www.idpf.org/2008/embedding")),
    ),
    "unknown-value": (Book(says={"accessMode": ("text", "textual")}), Book()),
    "sound-unsaid": (Book(items=SOUND), Book(says=HEARD, items=SOUND)),
    "pictures-unsaid": (Book(body=TALK + PICTURE), Book(body=TALK + '<img src="rule.png" alt=""/>')),
    "text-unsaid": (Book(says={"accessMode": ("visual",)}, body=TALK + PICTURE), Book(says=SEEN, body=TALK + PICTURE)),
    "sufficient-not-a-mode": (Book(says={"accessModeSufficient": ("textual,auditory",)}), Book()),
    "sufficient-text-with-undescribed-pictures": (
        Book(says=SEEN, body=TALK + '<img src="heron.png"/>'), Book(says=SEEN, body=TALK + PICTURE),
    ),
    "sufficient-sound-without-sound": (
        Book(says={**HEARD, "accessModeSufficient": ("auditory",)}),
        Book(says={**HEARD, "accessModeSufficient": ("auditory",)}, items=SOUND),
    ),
    "hazards-contradict": (
        Book(says={"accessibilityHazard": ("flashing", "noFlashingHazard")}),
        Book(says={"accessibilityHazard": ("flashing", "noSoundHazard")}),
    ),
    "hazard-denied-with-flashing": (
        Book(items={"light.gif": Item("image/gif", gif(10))}), Book(items={"light.gif": Item("image/gif", gif(50))}),
    ),
    "hazard-denied-with-moving-pictures": (Book(items=VIDEO), Book(items=VIDEO, says={
        "accessibilityHazard": ("unknown",)
    })),
    "alternative-text-missing": (
        Book(says=features("alternativeText"), body=TALK + PICTURE + '<img src="owl.png"/>'),
        Book(says=features("alternativeText"), body=TALK + PICTURE + '<img src="rule.png" alt=""/>'),
    ),
    "access-metadata-missing": (
        Book(says=dict.fromkeys(("accessMode", "accessModeSufficient", "accessibilityFeature", "accessibilityHazard",
                                 "accessibilitySummary"), ())), Book(),
    ),
    "accessmode-missing": (Book(says={"accessMode": ()}), Book()),
    "accessmodesufficient-missing": (Book(says={"accessModeSufficient": ()}), Book()),
    "accessibilityfeature-missing": (Book(says={"accessibilityFeature": ()}), Book()),
    "accessibilityhazard-missing": (Book(says={"accessibilityHazard": ()}), Book()),
    "accessibilitysummary-missing": (Book(says={"accessibilitySummary": ()}), Book()),
    "title-missing": (Book(title=""), Book()),
    "language-missing": (Book(language=""), Book()),
    "language-of-other-letters": (Book(body=RUSSIAN), Book(body=RUSSIAN, language="ru")),
    "cells-of-eight-dots": (
        Book(further='<meta property="a11y:brailleCellType">6</meta>', body=TALK + "⡓⠑"),
        Book(further='<meta property="a11y:brailleCellType">6</meta>', body=TALK + "⠓⠑"),
    ),
    "tactile-graphics-denied": (
        Book(further='<meta property="a11y:tactileGraphics">none</meta>', body=TALK + PICTURE),
        Book(further='<meta property="a11y:tactileGraphics">none</meta>'),
    ),
}  # fmt: skip
ELSEWHERE = {"multimedia-without-sound", "multimedia-without-text", "tags-missing"}
"""Rules of talking books and of PDFs, which have tests of their own."""


def rules_of(path: Path) -> set[str]:
    return {one.rule for one in unsupported(read(path)) if not one.rule.startswith(CLAIMED)}


@pytest.mark.parametrize("rule", TWINS)
def test_an_untrue_claim_is_found_by_name_and_its_true_twin_is_not(rule: str, tmp_path: Path) -> None:
    untrue, true = TWINS[rule]
    assert rule in rules_of(untrue.write(tmp_path / "untrue.epub"))
    assert rule not in rules_of(true.write(tmp_path / "true.epub"))


def test_every_rule_has_twins() -> None:
    assert {*TWINS} | ELSEWHERE == {*RULES}


def test_an_honest_book_of_a_stranger_has_nothing_to_mend(tmp_path: Path) -> None:
    assert rules_of(Book().write(tmp_path / "book.epub")) == set()


@pytest.mark.parametrize("rule", [*RULES, "claim-without-record", "conformance-contradicted", "pdfua-not-checked"])
def test_every_rule_is_told_with_a_clause_and_with_what_to_do(rule: str) -> None:
    (remark,) = remarks("claims", [Said(rule, "error", "something")])
    assert remark.clauses
    assert remark.advice != "See the checker's own words."


def test_a_talking_book_that_is_not_of_its_kind_is_found(tmp_path: Path) -> None:
    text = b"<html><body><p>" + b"The heron stood still while two friends talked. " * 3 + b"</p></body></html>"
    bare = rules_of(talking_book(tmp_path / "bare.zip", "audioFullText", {}))
    assert bare == {"multimedia-without-sound", "multimedia-without-text"}
    whole = talking_book(tmp_path / "whole.zip", "audioFullText", {"talk.html": text, "talk.mp3": b"x"})
    assert rules_of(whole) == set()


def _xmp(features: str) -> bytes:
    return (
        '<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
        '<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:schema="http://schema.org/" '
        'xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/" pdfuaid:part="1"><dc:title>A talk</dc:title>'
        f"<schema:accessibilityFeature>{features}</schema:accessibilityFeature></rdf:Description></rdf:RDF></x:xmpmeta>"
    ).encode()


def test_a_pdf_that_says_it_is_tagged_and_has_no_structure_is_found(tmp_path: Path) -> None:
    bare, tagged = tmp_path / "bare.pdf", tmp_path / "tagged.pdf"
    bare.write_bytes(b"%PDF-1.4\n" + _xmp("taggedPDF"))
    tagged.write_bytes(b"%PDF-1.4\n<< /StructTreeRoot 3 0 R >>\n" + _xmp("taggedPDF"))
    assert "tags-missing" in rules_of(bare)
    assert "tags-missing" not in rules_of(tagged)
    assert "title-missing" not in rules_of(bare)
    assert (f"{CLAIMED}pdfua", "1") in {(one.rule, one.text) for one in unsupported(read(bare))}


def test_metadata_of_a_page_counts_however_it_is_written(tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    meta = '<meta itemprop="accessMode" content="auditory">'
    linked = '<script type="application/ld+json">{"@graph": [{"accessMode": "auditory"}]}</script>'
    for said in (meta, linked, '<meta property="schema:accessMode" content="auditory">'):
        page.write_text(f'<html lang="en"><title>A talk</title>{said}<body>{TALK}', encoding="utf-8")
        assert "auditory-without-sound" in rules_of(page)
    page.write_text(f'<html lang="en"><title>A talk</title><body>{TALK}', encoding="utf-8")
    assert rules_of(page) == set(), "a page need not say anything of itself"


def test_what_is_no_book_is_told_as_such(tmp_path: Path) -> None:
    for name in ("a.epub", "a.pdf", "a.lpf", "a.zip"):
        (tmp_path / name).write_bytes(b"nothing")
        with pytest.raises(UnreadableError, match="cannot be read"):
            read(tmp_path / name)


@given(st.sampled_from(["book.epub", "talk.lpf", "page.html", "print.pdf"]), st.text(max_size=60), st.integers(0, 5000))
def test_whatever_is_broken_is_told_as_such_and_ends_nothing(name: str, words: str, place: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / name
        if name == "book.epub":
            whole = Book().write(path).read_bytes()
            path.write_bytes(whole[:place] + words.encode() + whole[place + len(words) :])
        elif name == "talk.lpf":
            with zipfile.ZipFile(path, "w") as packed:
                packed.writestr("publication.json", json.dumps([words] if place % 2 else {"accessMode": {words: 1}}))
        else:
            path.write_bytes(b"%PDF-1.4" + _xmp(words) if name == "print.pdf" else words.encode())
        with contextlib.suppress(UnreadableError):
            assert all(one.text for one in unsupported(read(path)))


def test_an_entity_of_a_strangers_book_is_not_resolved(tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("the secret", encoding="utf-8")
    book = Book(title="&stolen;").write(tmp_path / "book.epub")
    with zipfile.ZipFile(book) as old:
        parts = {name: old.read(name) for name in old.namelist()}
    doctype = f'<!DOCTYPE package [<!ENTITY stolen SYSTEM "{secret.as_uri()}">]>'.encode()
    with zipfile.ZipFile(book, "w") as new:
        for name, content in parts.items():
            new.writestr(name, doctype + content if name == "content.opf" else content)
    assert "secret" not in read(book).title


@pytest.mark.parametrize(
    ("words", "claims"),
    [
        ("It has headings. This publication conforms to WCAG 2.1 Level AA.", True),
        ("The book meets EPUB Accessibility 1.1.", True),
        ("This book is fully accessible.", True),
        ("No person has yet evaluated how accessible it is.", False),
        ("Pictures are described.", False),
        ("This book does not conform to WCAG 2.2.", False),
        ("Nobody has certified that it meets WCAG 2.2.", False),
    ],
)
def test_a_summary_claims_conformance_only_where_it_says_so(words: str, claims: bool) -> None:  # noqa: FBT001 - a table
    assert bool(says_it_conforms(words)) is claims


# checks and people ---------------------------------------------------------------------------

TODAY = datetime.date(2026, 12, 1)


def record(edition: str = "epub", **other: object) -> HumanCheck:
    points = tuple(range(1, TEMPLATES["epub"].points + 1))
    known = HumanCheck("epub", 1, TODAY, "Ann Lee", "reads with NVDA", points, ("NVDA",), False, "WCAG 2.2 Level AA")  # noqa: FBT003 - its fields
    return msgspec.structs.replace(known, edition=edition, **other)


def known(**other: object) -> Known:
    names = {name: checker.title for name, checker in BY_NAME.items()}
    usual = Known(format="epub", ours=True, narrated=False, record=record(), ran=frozenset({"epubcheck", "ace"}),
                  errors={}, shortfalls=frozenset(), names=names)  # fmt: skip
    return msgspec.structs.replace(usual, **other)


CLAIM = (Said("claimed-conformance", "info", "EPUB Accessibility 1.1 - WCAG 2.2 Level AA"),)


def told(about: Known, claims: tuple[Said, ...] = CLAIM) -> set[tuple[str, str]]:
    return {(one.rule, one.severity) for one in judged(claims, about)}


def test_a_claim_stands_where_the_checks_ran_and_a_person_judged() -> None:
    assert told(known()) == {("conformance-supported", "info")}
    words = next(judged(CLAIM, known())).text
    assert "EPUBCheck and Ace by DAISY found no error" in words
    assert "Ann Lee judged it on 2026-12-01" in words


@pytest.mark.parametrize(
    ("changed", "rule"),
    [
        ({"record": None}, "claim-without-record"),
        ({"record": record("pdf")}, "claim-without-record"),
        ({"record": record(template=2)}, "claim-by-outdated-record"),
        ({"record": record(date=datetime.date(2020, 1, 1))}, "claim-by-outdated-record"),
        ({"record": record(passed=(1, 2))}, "claim-by-incomplete-record"),
        ({"narrated": True}, "claim-by-silent-record"),
        ({"record": record(conforms_to=None)}, "claim-beyond-record"),
        ({"record": record(conforms_to="WCAG 2.1 Level AA")}, "claim-beyond-record"),
        ({"errors": {"ace": ("image-alt",)}}, "conformance-contradicted"),
    ],
)
def test_a_claim_of_ours_without_what_it_rests_on_is_an_error(changed: dict[str, object], rule: str) -> None:
    assert told(known(**changed)) == {(rule, "error")}


def test_a_checker_that_did_not_run_supports_nothing() -> None:
    silent = known(ran=frozenset({"epubcheck"}))
    assert told(silent) == {("conformance-not-checked", "warning")}
    assert "Ace by DAISY did not run: claimed and not checked" in next(judged(CLAIM, silent)).text


def test_nobody_can_tell_who_judged_a_strangers_file() -> None:
    assert told(known(ours=False, record=None)) == {("claim-judge-unknown", "info")}


def test_the_name_of_a_certifier_alone_claims_nothing() -> None:
    name = (Said("claimed-certifier", "info", "Ann Lee"),)
    assert told(known(), name) == {("claim-by-name-alone", "error")}
    assert told(known(ours=False, record=None), name) == {("claim-by-name-alone", "warning")}
    assert told(known(), (*CLAIM, *name)) == {("conformance-supported", "info")}
    other = (*CLAIM, Said("claimed-certifier", "info", "Acme Seals"))
    assert ("claim-certifier-differs", "error") in told(known(), other)


def test_the_marks_of_a_pdf_are_held_against_what_checked_it() -> None:
    claims = (Said("claimed-pdfua", "info", "1"), Said("claimed-large-print", "info", "largePrint"),
              Said("claimed-pdfa", "info", "2"))  # fmt: skip
    pdf = known(format="pdf", record=None, ran=frozenset({"verapdf", "large-print"}))
    assert told(pdf, claims) == {("pdfua-supported", "info"), ("pdfa-not-checked", "info")}
    broken = msgspec.structs.replace(pdf, errors={"verapdf": ("7.1",)}, shortfalls=frozenset({"large-print"}))
    assert {("pdfua-contradicted", "error"), ("large-print-contradicted", "error")} <= told(broken, claims)
    assert ("pdfua-not-checked", "info") in told(msgspec.structs.replace(pdf, ran=frozenset()), claims)


def test_contrast_that_a_checker_found_too_low_is_not_high() -> None:
    claim = (Said("claimed-contrast", "info", "highContrastDisplay"),)
    assert told(known(format="html", errors={"axe": ("color-contrast",)}), claim) == {
        ("contrast-contradicted", "error")
    }
    assert told(known(format="html"), claim) == set()


# through the command -------------------------------------------------------------------------


@pytest.fixture
def without_checkers(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    monkeypatch.setenv("PATH", str(tmp_path / "empty"))


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    from converters.cli import main

    folder = tmp_path_factory.mktemp("claims")
    source = folder / "clock.txt"
    source.write_text(SAMPLE, encoding="utf-8")
    assert main(["convert", str(source), "-o", str(folder / "out"), "--to", "html,epub,pdf,json"]) == 0
    return folder / "out" / "clock"


def found(run: Run, *paths: Path) -> Iterator[tuple[str, str, str]]:
    ran = run("check", *paths, "--json", "--jobs", "2")
    for verdict in msgspec.json.decode(ran.out, type=Evidence).verdicts:
        yield from ((verdict.format, one.rule, one.severity) for one in verdict.remarks if one.checker == "claims")


@pytest.mark.usefixtures("without_checkers")
def test_editions_of_ours_say_nothing_untrue(run: Run, made: Path) -> None:
    assert {one for one in found(run, made) if one[2] != "info"} == set()


def _with_claim(made: Path, folder: Path) -> Path:
    """A copy of an episode whose book was made to claim conformance by hand, with a manifest that knows of it."""
    episode = Path(shutil.copytree(made, folder / "clock"))
    book = episode / "clock.epub"
    with zipfile.ZipFile(book) as old:
        parts = {name: old.read(name) for name in old.namelist()}
    claim = b'<meta property="dcterms:conformsTo">EPUB Accessibility 1.1 - WCAG 2.2 Level AA</meta></metadata>'
    with zipfile.ZipFile(book, "w") as new:
        for name, content in parts.items():
            new.writestr(name, content.replace(b"</metadata>", claim))
    return episode


@pytest.mark.usefixtures("without_checkers")
def test_a_claim_that_was_put_into_a_book_of_ours_is_an_error(run: Run, made: Path, tmp_path: Path) -> None:
    book = _with_claim(made, tmp_path) / "clock.epub"
    ran = run("check", book)
    assert ran.code == 4
    assert "(claims, claim-without-record)" in ran.out
    assert "claimed and not checked, so nothing here supports it" in ran.out
    assert set(found(run, book)) == {
        ("epub", "claim-without-record", "error"), ("epub", "conformance-not-checked", "warning"),
    }  # fmt: skip


RECORD = """[[checks]]
edition = "html"
template = {}
date = 2026-12-01
who = "Ann Lee"
role = "reads with NVDA every day"
with = ["NVDA 2026.1 with Firefox 140"]
passed = {}
conforms_to = "WCAG 2.2 Level AA"
"""


@pytest.mark.usefixtures("without_checkers")
@pytest.mark.parametrize("language", ["en", "de", "es"])
def test_a_page_of_ours_whose_record_is_gone_claims_too_much(run: Run, source: Path, out: Path, language: str) -> None:
    points = list(range(1, TEMPLATES["html"].points + 1))
    words = RECORD.format(TEMPLATES["html"].version, points)
    (source.parent / "human-checks.toml").write_text(words, encoding="utf-8")
    assert run("convert", source, "-o", out, "--to", "html", "--language", language).code == 0
    (page,) = out.glob("*/*.html")
    assert {one[1] for one in found(run, page)} == {"summary-not-checked"}
    told_of = page.parent / "manifest.json"
    known_of = json.loads(told_of.read_bytes())
    assert known_of["artifacts"][0].pop("human_check")["who"] == "Ann Lee"
    told_of.write_text(json.dumps(known_of), encoding="utf-8")
    assert ("html", "claim-without-record", "error") in set(found(run, page))


@pytest.mark.usefixtures("without_checkers")
def test_a_strangers_claim_is_told_and_is_no_error(run: Run, tmp_path: Path) -> None:
    claim = '<meta property="dcterms:conformsTo">EPUB Accessibility 1.1 - WCAG 2.1 Level AA</meta>'
    book = Book(further=claim).write(tmp_path / "book.epub")
    assert set(found(run, book)) == {
        ("epub", "claim-judge-unknown", "info"), ("epub", "conformance-not-checked", "warning"),
    }  # fmt: skip


@pytest.mark.usefixtures("without_checkers")
def test_what_pandoc_makes_claims_more_and_less_than_it_holds(run: Run, tmp_path: Path) -> None:
    pypandoc = pytest.importorskip("pypandoc")
    (tmp_path / "heron.png").write_bytes(b"\x89PNG\r\n\x1a\n")
    text = "---\ntitle: A talk\nlang: en\n---\n\n# A talk\n\nThe heron stood still while the two friends talked."
    plain, pictured = tmp_path / "plain.epub", tmp_path / "pictured.epub"
    pypandoc.convert_text(text, "epub3", format="markdown", outputfile=str(plain))
    picture = f"\n\n![A heron on a post]({tmp_path / 'heron.png'})"
    pypandoc.convert_text(text + picture, "epub3", format="markdown", outputfile=str(pictured))
    assert {one[1] for one in found(run, plain)} == {"pictures-missing", "accessibilitysummary-missing"}
    assert {one[1] for one in found(run, pictured)} == {"pictures-unsaid", "accessibilitysummary-missing"}
    assert "Accessibility summary: No information is available" in run("check", plain).out
