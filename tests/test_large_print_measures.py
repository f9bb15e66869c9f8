"""Each rule of large print is measured: a PDF that breaks it alone is told from one that keeps it."""

from pathlib import Path
from typing import get_args

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from converters.checks.large_print import Difference, Rule, differences, measure, meets
from converters.checks.set_lines import measured
from converters.cli import main
from converters.settings import Standard

from .large_print_subjects import WORDS, pdf

PDFS = Path(__file__).parent / "pdfs"
PARAGRAPH = f"<p>{' '.join(WORDS)}</p>"
LENGTHY = (
    "<p>Institutional considerations notwithstanding, representatives acknowledged unmistakable deterioration.</p>" * 3
)
ENDING = "and so on and on into the night with the fire"

NO_NUMBERS = "@page { @bottom-right { content: none } } @page :left { @bottom-left { content: none } }"
SMALL_NUMBERS = "@page { @bottom-right { font-size: 16pt } } @page :left { @bottom-left { font-size: 16pt } }"
NUMBERS_IN_THE_MIDDLE = f"{NO_NUMBERS} @page {{ @bottom-center {{ content: counter(page); font: bold 18pt Arimo }} }}"
NUMBERS_THAT_MOVE = "@page :left { @bottom-left { content: none } @bottom-center { content: counter(page) } }"
LEADERS = ".contents a::after { content: leader('.') target-counter(attr(href), page) }"
NO_LEADERS = ".contents a::after { content: ' ' target-counter(attr(href), page) }"
OVERLEAF = "style='break-before: page'"
HEADING_LAST = f"{PARAGRAPH}<h2>The last heading</h2><h2 {OVERLEAF}>Next</h2>{PARAGRAPH}"
NAME_LAST = f"{PARAGRAPH}<p><b>Ann Lee:</b></p><p {OVERLEAF}>{ENDING}</p>{PARAGRAPH}"
TURN_LAST = f"{PARAGRAPH}<p><b>Ann Lee:</b> Oh yes.</p><p {OVERLEAF}>{ENDING}</p>"

WRONG: tuple[tuple[Rule, Standard, str, str], ...] = (
    ("body-size", "acb", "body, .contents { font-size: 17pt } h2 { font-size: 20pt }", ""),
    ("body-size", "aph", "body { font-size: 17.5pt } @page { margin-right: 2.05in }", ""),
    ("smallest-size", "house", "h2 + p { font-size: 14pt }", ""),
    ("smallest-size", "acb", "h2 + p { font-size: 17.8pt }", ""),
    ("x-height", "aph", "body { font-family: Atkinson }", ""),
    ("typeface", "acb", "h2 { font-family: Atkinson }", ""),
    ("bold-body", "house", "p { font-weight: bold }", ""),
    ("leading", "acb", "body { line-height: 1.1 }", ""),
    ("leading", "aph", "body { line-height: 1.2 }", ""),
    ("leading", "clear", "body { line-height: 1.35 }", ""),
    ("leading", "house", "body { line-height: 1.25 } p { margin-bottom: 1.2em }", ""),
    ("characters-per-line", "aph", "@page { margin-left: 1in; margin-right: 1in }", ""),
    ("characters-per-line", "aph", "@page { margin-left: 2.3in; margin-right: 2.3in }", ""),
    ("characters-per-line", "clear", "@page { margin-left: 1in; margin-right: 1in }", ""),
    ("paragraph-space", "ukaaf", "p { margin-bottom: .5em }", ""),
    ("paragraph-space", "house", "p { margin-bottom: .2em }", ""),
    ("alignment", "acb", "p { text-align: justify }", ""),
    ("alignment", "clear", "p { text-align: center }", ""),
    ("alignment", "house", "p { text-align: right }", ""),
    ("alignment", "house", "h2 { text-align: center }", ""),
    ("columns", "house", "@page { size: a3 landscape } body { columns: 2; column-gap: 1in }", ""),
    ("margins", "acb", "@page { margin-left: .9in; margin-right: .9in }", ""),
    ("margins", "acb", "@page { margin-top: .8in }", ""),
    ("hyphenation", "house", "p { hyphens: auto }", LENGTHY),
    ("hyphenation", "acb", "p { hyphens: auto; hyphenate-character: '-' }", LENGTHY),
    ("italics", "acb", "b { font-style: italic }", ""),
    ("italics", "ukaaf", "h2 { font-style: italic }", ""),
    ("italics", "house", "b { font-style: oblique }", ""),
    ("underline", "ukaaf", "b { text-decoration: underline }", ""),
    ("underline", "clear", "b { text-decoration: underline; text-decoration-thickness: 2pt }", ""),
    ("capitals", "ukaaf", "h1 { text-transform: uppercase }", ""),
    ("capitals", "acb", "h2 + p { text-transform: uppercase }", ""),
    ("headings", "acb", "h2 { font-size: 19pt }", ""),
    ("headings", "aph", "h2 { font-weight: normal }", ""),
    ("contrast", "house", "h2 { color: #666 }", ""),
    ("contrast", "house", "h2 { background: #555 }", ""),
    ("contrast", "ukaaf", "@page { background: #888 }", ""),
    ("contrast", "acb", "p { opacity: .6 }", ""),
    ("dark-on-light", "acb", "@page { background: black } html, .contents a { color: white }", ""),
    ("dark-on-light", "aph", "@page { background: black } html, .contents a { color: #ff0 }", ""),
    ("page-numbers", "house", NO_NUMBERS, ""),
    ("page-numbers", "acb", "@page :nth(4) { @bottom-left { content: none } }", ""),
    ("page-number-size", "ukaaf", SMALL_NUMBERS, ""),
    ("page-number-weight", "acb", "@page { @bottom-right { font-weight: 400 } }", ""),
    ("page-number-place", "acb", NUMBERS_IN_THE_MIDDLE, ""),
    ("page-number-place", "clear", NUMBERS_THAT_MOVE, ""),
    ("contents-leaders", "acb", NO_LEADERS, ""),
    ("contents-leaders", "aph", LEADERS, ""),
    ("headings-at-foot", "house", "", HEADING_LAST),
    ("names-at-foot", "acb", "", NAME_LAST),
    ("turn-at-foot", "house", "", TURN_LAST),
)  # fmt: skip
"""The rule, a standard that has it, a style that breaks it (or a body), in the document that keeps all of them."""


def rules(found: tuple[Difference, ...]) -> set[str]:
    return {difference.rule for difference in found}


@pytest.mark.parametrize("standard", get_args(Standard))
def test_a_document_as_the_standard_has_it_meets_it(standard: Standard) -> None:
    measures = measure(pdf(standard))
    assert differences(measures, standard) == ()
    assert standard in meets(measures)


@pytest.mark.parametrize(("rule", "standard", "style", "body"), WRONG, ids=[f"{w[0]}-{w[1]}" for w in WRONG])
def test_a_document_that_breaks_one_rule_differs_in_that_alone(
    rule: Rule, standard: Standard, style: str, body: str
) -> None:
    numbered = f"<p>One.</p><div style='break-before: page'>{body}</div>" if body else None
    measures = measure(pdf(standard, style=style, body=numbered))
    found = differences(measures, standard)
    assert rules(found) == {rule}, found
    assert standard not in meets(measures)
    assert all(difference.found and difference.wanted and difference.found != difference.wanted for difference in found)


# rules that need pages of their own ------------------------------------------------------------


def rows(count: int) -> str:
    """A paragraph of so many lines."""
    return f"<p>{' '.join(['of the fire that we kept all night long and until dawn'] * count)} yes</p>"


def short_page(lines: int) -> str:
    """A page that holds so many lines, of a document whose paragraphs may be torn apart anywhere."""
    return (
        "@page { margin-bottom: 0; margin-top: 1.05in; size: 8.5in calc(1.05in + "
        f"{lines} * 1.35 * 18pt + 1.1in); margin-bottom: 1.1in }} body {{ widows: 1; orphans: 1 }} p {{ margin: 0 }}"
    )


@pytest.mark.parametrize(("above", "torn"), [(9, "widows"), (8, None), (2, None)])
def test_a_last_line_alone_at_the_top_is_told_from_two(above: int, torn: str | None) -> None:
    measures = measure(pdf("acb", style=short_page(10), body=f"<p>One</p>{rows(above + 1)}"))
    assert (measures.widows.count, torn) in {(1, "widows"), (0, None)}, measures.widows


@pytest.mark.parametrize(("before", "alone"), [(9, True), (8, False)])
def test_a_first_line_alone_at_the_foot_is_told_from_two(before: int, alone: bool) -> None:  # noqa: FBT001 - a case
    body = f"{'<p>One line.</p>' * before}{rows(4)}"
    assert (measure(pdf("acb", style=short_page(10), body=body)).orphans.count == 1) is alone


def test_a_compound_that_has_its_own_hyphen_is_not_split() -> None:
    text = "Self-help is help for the self, and well-known. " * 40
    measures = measure(pdf("house", style="p { hyphens: none }", body=f"<p>One.</p><p>{text}</p>"))
    assert measures.split_words.count == 0


def test_a_typeface_that_is_not_in_the_file_is_named() -> None:
    bare = pdf("house").replace(b"/FontFile2", b"/FontFileX").replace(b"/FontFile3", b"/FontFileX")
    found = differences(measure(bare), "house")
    assert rules(found) == {"fonts-embedded"}
    assert "Atkinson" in found[0].found


@pytest.mark.parametrize(("name", "serif"), [("Times-Roman", True), ("Helvetica", False)])
def test_serifs_are_told_by_the_letters_themselves(name: str, serif: bool) -> None:  # noqa: FBT001 - a case
    words = " ".join(WORDS[:3])
    measures = measure(by_hand(f"BT /F 18 Tf 50 500 Td ({words}) Tj ET", name=name))
    assert ("typeface" in rules(differences(measures, "house"))) is serif
    assert [(face.name, face.serif, face.embedded) for face in measures.typefaces] == [(name, serif, False)]


# files that are no large print at all ------------------------------------------------------------


def by_hand(drawing: str, *, name: str = "Helvetica", page: str = "", trailer: str = "") -> bytes:
    """A PDF of one page, written out."""
    parts = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        "<< /Type /Pages /Kids [3 0 R] /Count 1 /MediaBox [0 0 600 800] >>",
        f"<< /Type /Page /Parent 2 0 R /Contents 4 0 R {page} /Resources << /Font << /F 5 0 R >> >> >>",
        f"<< /Length {len(drawing)} >> stream\n{drawing}\nendstream",
        f"<< /Type /Font /Subtype /Type1 /BaseFont /{name} >>",
    ]
    body, places = "%PDF-1.7\n", []
    for number, part in enumerate(parts, start=1):
        places.append(len(body))
        body += f"{number} 0 obj {part} endobj\n"
    table = "".join(f"{place:010d} 00000 n \n" for place in places)
    end = f"trailer << /Size 6 /Root 1 0 R {trailer} >>\nstartxref\n{len(body)}\n%%EOF"
    return f"{body}xref\n0 6\n0000000000 65535 f \n{table}{end}".encode("latin-1")


LOCKED = (
    f"/ID [<{'00' * 16}> <{'00' * 16}>] "
    f"/Encrypt << /Filter /Standard /V 1 /R 2 /P -4 /O <{'41' * 32}> /U <{'42' * 32}> >>"
)

UNREADABLE = (
    (b"", "broken"),
    (b"%PDF-1.7 and nothing else", "broken"),
    (b"<html>no PDF</html>", "broken"),
    (by_hand("0 0 100 100 re f"), "empty"),
    (by_hand("BT /F 18 Tf 3 Tr 50 500 Td (words behind a scan) Tj ET"), "empty"),
    (by_hand("BT /F 18 Tf 50 500 Td (words) Tj ET", trailer=LOCKED), "locked"),
)


@pytest.mark.parametrize(("content", "fault"), UNREADABLE, ids=[f"{n}-{f}" for n, (_, f) in enumerate(UNREADABLE)])
def test_a_file_without_letters_to_measure_says_why_and_meets_nothing(content: bytes, fault: str) -> None:
    measures = measure(content)
    assert measures.fault == fault
    assert meets(measures) == ()
    assert all(rules(differences(measures, standard)) == {"readable"} for standard in get_args(Standard))


def test_a_damaged_file_is_measured_or_refused_but_never_fails() -> None:
    whole = pdf("house")
    for cut in range(0, len(whole), len(whole) // 12):
        measure(whole[:cut])
        measure(whole[:cut] + b"\0" * 400 + whole[cut + 400 :])


# pages that are turned, mirrored or set in other scripts ----------------------------------------------


@pytest.mark.parametrize("turn", [0, 90, 180, 270])
def test_a_turned_page_is_measured_as_it_is_looked_at(turn: int) -> None:
    matrix = {0: "1 0 0 1 50 500", 90: "0 1 -1 0 100 50", 180: "-1 0 0 -1 550 300", 270: "0 -1 1 0 500 750"}[turn]
    drawing = f"BT /F 1 Tf {' '.join(str(float(n) * (18 if p < 4 else 1)) for p, n in enumerate(matrix.split()))} Tm "
    measures = measure(by_hand(f"{drawing}(Words that stand upright) Tj ET", page=f"/Rotate {turn}"))
    assert measures.body_size == 18
    assert measures.paper == ((600, 800) if turn % 180 == 0 else (800, 600))
    assert measures.margins is not None
    assert 0 < measures.margins.left.value < 400


HEBREW = "כאשר הדליקו את הכבשן לראשונה אחרי אחת עשרה שנים, חצי הכפר עמד על הגשר לראות את העשן. "
ARABIC = "عندما أُوقد الفرن لأول مرة منذ أحد عشر عامًا وقف نصف القرية على الجسر ليرى الدخان. "
MIRRORED = """@page { @bottom-right { content: none } @bottom-left { content: counter(page); font: bold 18pt Arimo } }
@page :nth(2n) { @bottom-left { content: none } @bottom-right { content: counter(page); font: bold 18pt Arimo } }
html { direction: rtl }"""


def test_pages_read_from_right_to_left_are_mirrored() -> None:
    body = f"<p><b>עדה:</b> {HEBREW * 2}</p>" * 14
    measures = measure(pdf("ukaaf", style=MIRRORED, body=body))
    assert measures.right_to_left
    assert differences(measures, "ukaaf") == ()
    assert measures.numbers is not None
    assert measures.numbers.side == "outer"
    arabic = measure(pdf("ukaaf", style=MIRRORED, body=f"<p><b>هدى:</b> {ARABIC * 3}</p>" * 8))
    assert differences(arabic, "ukaaf") == ()
    wrong = measure(pdf("ukaaf", style=f"{MIRRORED} p {{ text-align: left }}", body=body))
    assert rules(differences(wrong, "ukaaf")) == {"alignment"}


@pytest.mark.parametrize(
    ("line", "count"),
    [
        ("five words in a line", 20),
        ("  two   spaces ", 10),
        ("größer", 6),
        ("e\u0301te\u0301", 3),
        ("窯に火", 6),
        ("한국", 4),
    ],
)
def test_a_line_is_as_long_as_what_a_reader_counts(line: str, count: int) -> None:
    assert measured(line) == count


# other programs' files ------------------------------------------------------------------------------


def test_a_browsers_pdf_is_measured_letter_by_letter() -> None:
    """Chromium draws each letter by itself, slants typefaces that have no italics, and underlines with filled boxes."""
    measures = measure((PDFS / "made-by-a-browser.pdf").read_bytes())
    assert measures.body_size == pytest.approx(20, abs=0.05)
    assert measures.leading == pytest.approx(1.5, abs=0.01)
    assert measures.x_height == pytest.approx(20 * 0.496, abs=0.05)
    assert measures.paragraph_space == pytest.approx(2, abs=0.03)
    assert (measures.italics.count, measures.italics.words) == (1, "the long")
    assert (measures.underlined.count, measures.underlined.words, measures.underlined.page) == (1, "last words", 4)
    assert measures.contrast.value == pytest.approx(7.46, abs=0.01)
    assert measures.characters is not None
    assert 40 <= measures.characters.middle <= 46
    wanted = {"italics", "underline", "page-numbers"}
    assert rules(differences(measures, "ukaaf")) == wanted


def test_an_office_suites_pdf_is_measured() -> None:
    """LibreOffice leaves the OS/2 table out of its typefaces; this file is justified, in DejaVu Serif, 16 on 22."""
    measures = measure((PDFS / "made-by-an-office-suite.pdf").read_bytes())
    assert (measures.body_size, measures.smallest.value) == (16, 12)
    assert measures.leading == pytest.approx(22 / 16, abs=0.01)
    assert measures.paragraph_space == pytest.approx(2, abs=0.03)
    assert measures.italics.words == "And so it was,"
    assert measures.underlined.words == "it really was."
    assert measures.numbers is not None
    assert (measures.numbers.there, measures.numbers.ends, measures.numbers.side) == (3, "foot", "middle")
    assert rules(differences(measures, "ukaaf")) == {
        *("smallest-size", "typeface", "alignment", "italics", "underline", "page-number-size"),
    }


# what was set is what is measured -------------------------------------------------------------------------


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    size=st.sampled_from([12, 13.5, 16, 18, 20.25, 24, 30]),
    leading=st.sampled_from([1.1, 1.15, 1.25, 1.33, 1.5, 1.8]),
    margin=st.sampled_from([40, 72, 90.5]),
    space=st.sampled_from([0.3, 0.8, 1.5]),
    face=st.sampled_from([("Arimo", 1082 / 2048), ("Atkinson", 0.496)]),
)
def test_what_was_set_is_what_is_measured(
    size: float, leading: float, margin: float, space: float, face: tuple[str, float]
) -> None:
    style = (
        f"body {{ font: {size}pt/{leading} {face[0]} }} p {{ margin: 0 0 {space}em }}"
        f"@page {{ margin: {margin}pt }} .contents p {{ margin: 0 0 {space}em }}"
    )
    measures = measure(pdf("house", style=style))
    assert measures.body_size == pytest.approx(size, abs=0.01)
    assert measures.leading == pytest.approx(leading, abs=0.005)
    assert measures.x_height == pytest.approx(size * face[1], abs=0.02)
    assert measures.paragraph_space == pytest.approx(1 + space / leading, abs=0.02)
    assert measures.margins is not None
    assert measures.margins.left.value == pytest.approx(margin, abs=0.05 * size)
    assert measures.margins.right.value >= margin - 0.5
    assert measures.split_words.count == measures.italics.count == measures.underlined.count == 0
    assert measures.contrast.value == 21
    assert measures.numbers is not None
    assert measures.numbers.side == "outer"


def test_the_count_of_characters_is_that_of_lines_broken_by_hand() -> None:
    line = "of the fire we kept and the night it took us"
    text = f"{line}<br>{line}<br>{line}<br>short"
    style = "@page { margin-left: 1in; margin-right: 1in } p { width: max-content }"
    measures = measure(pdf("house", style=style, body=f"<p>One.</p>{f'<p>{text}</p>' * 12}"))
    assert measures.characters is not None
    assert (measures.characters.middle, measures.characters.low, measures.characters.high) == (len(line),) * 3


def test_the_same_file_gives_the_same_figures() -> None:
    content = pdf("acb")
    assert measure(content) == measure(content)


def test_the_seed_and_its_editions_are_the_houses_own(out: Path, source: Path) -> None:
    assert main(["convert", str(source), "-o", str(out), "--to", "pdf"]) == 0
    (edition,) = out.rglob("*-large-print.pdf")
    assert "house" in meets(measure(edition.read_bytes()))


def test_every_rule_has_a_document_that_breaks_it() -> None:
    by_themselves = {"readable", "fonts-embedded", "widows"}
    assert {rule for rule, *_ in WRONG} | by_themselves == set(get_args(Rule))
