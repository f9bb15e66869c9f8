"""Large print as a reader has it: what its pages say, where they break, and which standard it may name."""

import io
import itertools
import re
from pathlib import Path
from typing import Any

import msgspec
import pypdfium2  # type: ignore[import-untyped]  # it has no types
import pytest
from fontTools.ttLib import TTFont  # type: ignore[import-untyped]  # likewise

from converters import manifest
from converters.checks.large_print import Rule, differences, measure
from converters.convert import identify
from converters.document import LanguageTag
from converters.findings import Report
from converters.phrases import phrases_for
from converters.readers import ReadContext, read
from converters.settings import LargePrint, Options, Standard
from converters.writers.markup import Markup
from converters.writers.pdf import _Press, write_pdf
from converters.writers.print_dials import settle
from converters.writers.print_pages import Volume, blank, standard_line
from converters.writers.print_volumes import divided
from converters.writers.typefaces import FACES, served
from tests.conftest import ROOT, SHOW, Context, Run

EXAMPLE = ROOT / "examples" / "the-night-shift-at-the-bell-foundry.md"
ENGLISH = phrases_for(LanguageTag("en"))
STANDARDS: tuple[Standard, ...] = ("house", "acb", "aph", "ukaaf", "clear")


class Pages:
    """The text of a PDF, page by page, and what stands above and below it."""

    def __init__(self, content: bytes) -> None:
        pdf = pypdfium2.PdfDocument(content)
        self.text, self.head, self.foot, self.labels, self.sizes = [], [], [], [], []
        for number, page in enumerate(pdf):
            words, (_, bottom, _, top) = page.get_textpage(), page.get_artbox()
            self.text.append(" ".join(words.get_text_bounded(bottom=bottom - 4, top=top + 4).split()))
            self.head.append(" ".join(words.get_text_bounded(bottom=top + 4).split()))
            self.foot.append(" ".join(words.get_text_bounded(top=bottom - 4).split()))
            self.labels.append(pdf.get_page_label(number))
            self.sizes.append(page.get_size())
        if not any(self.labels):
            self.labels = [str(number + 1) for number in range(len(pdf))]
        pdf.close()


def _made(run: Run, out: Path, *options: str | Path, source: Path = EXAMPLE) -> bytes:
    made = run("convert", source, "-o", out, "--to", "pdf", *options)
    assert made.code == 0, made.err
    return _file(out, source).read_bytes()


def _file(out: Path, source: Path = EXAMPLE) -> Path:
    return out / source.stem / f"{source.stem}-large-print.pdf"


@pytest.mark.parametrize("standard", STANDARDS)
def test_a_title_page_says_what_the_measuring_check_says(run: Run, tmp_path: Path, standard: Standard) -> None:
    pdf = _made(run, tmp_path, "--large-print", standard)
    found = tuple(dict.fromkeys(d.rule for d in differences(measure(pdf), standard)))
    assert standard_line(settle(LargePrint(standard), ""), ENGLISH, found) in Pages(pdf).text[0]


@pytest.mark.parametrize("standard", STANDARDS)
def test_by_itself_each_standard_is_met(run: Run, tmp_path: Path, standard: Standard) -> None:
    pdf = _made(run, tmp_path, "--large-print", standard, source=ROOT / "examples" / "the-library-that-lends-tools.txt")
    assert differences(measure(pdf), standard) == ()


def test_a_standard_that_the_paper_is_too_small_for_is_not_claimed(run: Run, tmp_path: Path) -> None:
    made = run("convert", EXAMPLE, "-o", tmp_path, "--to", "pdf", "--large-print", "aph", "--font-size", "36")
    pages = Pages(_file(tmp_path).read_bytes())
    assert "Large print, 36 point, after APH; differs in: line length" in " ".join(pages.text[:3])
    assert "print-002" in made.err
    assert pages.sizes[0] == (612, 792)


def test_words_that_move_lines_are_set_again_until_they_are_true(context: Context) -> None:
    """A judge that finds more the more pages there are in front must still be answered truly."""
    document = identify(read(EXAMPLE.read_bytes(), ReadContext(EXAMPLE.name, Options(), Report())))
    rules: tuple[Rule, ...] = ("characters-per-line", "paragraph-space", "page-number-place", "dark-on-light", "widows")
    verdicts = []

    def judge(pdf: bytes, _standard: Standard) -> tuple[str, ...]:
        asked = " ".join(Pages(pdf).text[:4]).count("differs in")
        verdicts.append(rules if asked else rules[:3])
        return verdicts[-1]

    made = context(document, ("pdf",))
    options = msgspec.structs.replace(made.options, large_print=LargePrint("ukaaf", 40))
    (artifact,) = write_pdf(document, msgspec.structs.replace(made, options=options, judge=judge))
    assert isinstance(artifact.content, bytes)
    front = " ".join(Pages(artifact.content).text[:4])
    assert "differs in: " + ", ".join(ENGLISH.rule(rule) for rule in rules) in front
    assert _contents_are_right(Pages(artifact.content))


def _contents_are_right(pages: Pages) -> bool:
    """Tell whether the help stands on the page that the contents name for it, and the count of pages is theirs."""
    front = " ".join(pages.text[:20])
    named = re.search(r"About this\s+edition page (\d+)", front)
    assert named, front
    return "About this edition" in pages.text[pages.labels.index(named[1])]


def test_running_heads_say_who_is_speaking_where_a_page_begins(run: Run, tmp_path: Path) -> None:
    source = tmp_path / "talk.txt"
    answer = "We wound the clock again and again that winter. " * 90
    source.write_text(f"The Clock\n\nANN LEE: What then?\n\nBO RUIZ: {answer}\n\nANN LEE: Oh.\n", encoding="utf-8")
    pages = Pages(_made(run, tmp_path / "out", "--show", "none", source=source))
    within = [head for head, text in zip(pages.head, pages.text, strict=True) if text.startswith(("We", "again"))]
    assert within
    assert all(head.startswith("The Clock") and head.endswith("Bo Ruiz") for head in within), within
    assert not any("Bo" in head for head in pages.head[:2])


@pytest.mark.parametrize("size", ["18", "27", "40"])
def test_no_turn_begins_on_the_last_line_of_a_page(run: Run, tmp_path: Path, size: str) -> None:
    source = tmp_path / "quick.txt"
    turns = (
        f"{'ANN LEE' if n % 2 else 'BO RUIZ'}: {'Yes. ' if n % 3 else 'That was the winter. ' * 4}" for n in range(80)
    )
    source.write_text("Quick words\n\n" + "\n\n".join(turns), encoding="utf-8")
    measures = measure(_made(run, tmp_path / "out", "--show", "none", "--font-size", size, source=source))
    assert (measures.turns_at_foot.count, measures.names_at_foot.count) == (0, 0)


# volumes ------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def volumes(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[Pages]]:
    from converters.cli import main

    out, source = tmp_path_factory.mktemp("volumes"), ROOT / "examples" / "when-the-river-comes-to-town.txt"
    options = ("--font-size", "30", "--pages-per-volume", "20")
    assert main(["convert", str(source), "-o", str(out), "--to", "pdf", *options]) == 0
    folder = out / source.stem
    there = manifest.load(folder)
    assert there
    return folder, [Pages((folder / row.path).read_bytes()) for row in there.artifacts]


def test_a_long_edition_is_bound_in_volumes_the_main_one_first(volumes: tuple[Path, list[Pages]]) -> None:
    folder, found = volumes
    there = manifest.load(folder)
    assert there
    stem = f"{folder.name}-large-print"
    assert len(found) > 2
    assert [row.path for row in there.artifacts] == [
        f"{stem}.pdf", *(f"{stem}-volume-{number}.pdf" for number in range(2, len(found) + 1))
    ]  # fmt: skip
    assert {row.format for row in there.artifacts} == {"pdf"}


def test_an_edition_that_needs_fewer_volumes_leaves_none_of_the_old_ones(run: Run, tmp_path: Path) -> None:
    source = ROOT / "examples" / "the-library-that-lends-tools.txt"
    asked = ("convert", source, "-o", tmp_path, "--to", "pdf", "--pages-per-volume", "20")
    there = tmp_path / source.stem
    assert run(*asked, "--font-size", "24").code == 0
    assert len(list(there.glob("*-volume-*.pdf"))) > 0
    assert run(*asked, "--large-print", "clear").code == 0
    assert [path.name for path in there.glob("*.pdf")] == [f"{source.stem}-large-print.pdf"]


def test_each_volume_has_a_title_page_of_its_own(volumes: tuple[Path, list[Pages]]) -> None:
    _, found = volumes
    numbered = [[label for label in pages.labels if label.isdigit()] for pages in found]
    for number, (pages, labels) in enumerate(zip(found, numbered, strict=True), 1):
        front = " ".join(pages.text[:3])
        assert f"Volume {number} of {len(found)}" in front
        assert f"Pages {labels[0]} to {labels[-1]}" in front
    assert [label for labels in numbered for label in labels] == [str(n + 1) for n in range(sum(map(len, numbered)))]
    assert f"{numbered[-1][-1]} pages in {len(found)} volumes" in " ".join(found[0].text[:3])


def test_page_numbers_are_the_same_in_the_contents_and_in_a_later_volume(volumes: tuple[Path, list[Pages]]) -> None:
    _, found = volumes
    front = " ".join(found[0].text)
    named = re.search(r"About this edition page (\d+)", front)
    assert named
    last = found[-1]
    place = last.labels.index(named[1])
    assert "About this edition" in last.text[place]
    assert last.foot[place] == named[1]


def test_volumes_begin_on_the_side_that_their_page_number_has(volumes: tuple[Path, list[Pages]]) -> None:
    _, found = volumes
    for pages in found[1:]:
        begins = next(place for place, label in enumerate(pages.labels) if label.isdigit())
        assert begins % 2 == (int(pages.labels[begins]) + 1) % 2


def test_a_body_is_divided_where_an_exchange_begins() -> None:
    exchange = (
        '\n<h3 id="x{0}-exchange" class="exchange">{0}.</h3>\n<p id="t{0}" class="turn">' + "word " * 200 + "</p>"
    )
    body = Markup('<section id="a">' + "".join(exchange.format(number) for number in range(60)))
    parts = divided(body, 4, 0)
    assert "".join(parts) == body
    assert all(part.startswith("\n<h3 ") for part in parts[1:])
    assert max(map(len, parts)) < 1.2 * min(map(len, parts))


# dials --------------------------------------------------------------------------------------------


def test_a_typeface_that_is_not_there_is_answered_with_those_that_are(run: Run) -> None:
    made = run("convert", EXAMPLE, "--typeface", "comic")
    assert made.code == 2
    assert "atkinson" in made.err
    assert "arimo" in made.err


@pytest.mark.parametrize(
    ("option", "value"), [("--font-size", "17"), ("--font-size", "49"), ("--large-print", "braille")]
)
def test_a_dial_that_cannot_be_turned_so_far_is_refused(run: Run, option: str, value: str) -> None:
    assert run("convert", EXAMPLE, option, value).code == 2


def test_the_size_of_aph_follows_from_the_height_of_an_x() -> None:
    assert settle(LargePrint("aph"), "").points == 18
    assert settle(LargePrint("aph", typeface="atkinson"), "").points == 18.25
    assert settle(LargePrint("aph", points=24, typeface="atkinson"), "").points == 24


@pytest.mark.parametrize(("paper", "size"), [("letter", (612, 792)), ("a4", (595, 842)), ("a3", (842, 1191))])
def test_paper_is_as_asked(run: Run, tmp_path: Path, paper: str, size: tuple[int, int]) -> None:
    pages = Pages(_made(run, tmp_path, "--paper", paper))
    assert {(round(width), round(height)) for width, height in pages.sizes} == {size}


@pytest.mark.parametrize("theme", ["white-on-black", "yellow-on-black"])
def test_a_dark_theme_warns_of_ink(run: Run, tmp_path: Path, theme: str) -> None:
    made = run("convert", EXAMPLE, "-o", tmp_path, "--to", "pdf", "--theme", theme)
    assert "print-001" in made.err
    measures = measure(_file(tmp_path).read_bytes())
    assert not measures.dark_on_light
    assert measures.contrast.value >= 7


def test_equal_runs_give_equal_files(run: Run, tmp_path: Path) -> None:
    options = ("--large-print", "acb", "--font-size", "20")
    assert _made(run, tmp_path / "a", *options) == _made(run, tmp_path / "b", *options)


def test_how_large_print_is_set_changes_no_other_edition(run: Run, tmp_path: Path) -> None:
    for folder, options in (("a", ()), ("b", ("--large-print", "acb", "--theme", "white-on-black"))):
        assert run("convert", EXAMPLE, "-o", tmp_path / folder, "--to", "html,epub,txt", *options).code == 0
    made = {path.name: path.read_bytes() for path in (tmp_path / "a" / EXAMPLE.stem).iterdir()}
    for path in (tmp_path / "b" / EXAMPLE.stem).iterdir():
        assert path.name == manifest.MANIFEST_NAME or path.read_bytes() == made[path.name]


# letters ------------------------------------------------------------------------------------------


def test_bold_letters_of_arimo_have_widths_of_their_own() -> None:
    cut = served(FACES["arimo"], "ip")
    regular, bold = (_widths(cut[name]) for name in FACES["arimo"].files)
    assert regular["p"] < bold["p"]
    assert served(FACES["arimo"], "pi") == cut


def _widths(font: bytes) -> dict[str, int]:
    read_back: Any = TTFont(io.BytesIO(font))
    glyphs = read_back.getBestCmap()
    return {chr(code): read_back["hmtx"][glyph][0] for code, glyph in glyphs.items()}


def test_emphasis_is_underlined_for_acb_and_bold_elsewhere(run: Run, tmp_path: Path) -> None:
    source = tmp_path / "said.md"
    source.write_text("# Said\n\n**Ann Lee:** It was *never* so.\n\n**Bo Ruiz:** I see.\n", encoding="utf-8")
    lines = {s: measure(_made(run, tmp_path / s, "--large-print", s, source=source)) for s in ("acb", "ukaaf")}
    assert lines["acb"].underlined.count == 1
    assert lines["ukaaf"].underlined.count == 0
    assert all(found.italics.count == 0 for found in lines.values())


def test_where_links_lead_is_printed_once_at_the_end(run: Run, tmp_path: Path) -> None:
    source = tmp_path / "links.md"
    text = "# Links\n\n**Ann Lee:** Read [the report](https://example.org/report) twice.\n\n**Bo Ruiz:** I will.\n"
    source.write_text(text, encoding="utf-8")
    (tmp_path / "show.toml").write_text(SHOW, encoding="utf-8")
    whole = " ".join(Pages(_made(run, tmp_path / "out", source=source)).text)
    assert "Read the report twice." in whole
    assert re.search(r"Addresses of links •? ?the report: https://example.org/report", whole)


def test_every_rule_of_large_print_has_words_for_a_title_page() -> None:
    from typing import get_args

    for language in ("en", "de", "es"):
        phrases = phrases_for(LanguageTag(language))
        assert all(phrases.rule(rule) for rule in get_args(Rule))


def test_a_contents_that_grows_and_shrinks_with_its_numbers_comes_to_rest(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real, lengths = _Press._front, itertools.cycle((0, 1))

    def unsteady(press: _Press, volume: Volume, rules: tuple[str, ...]) -> list[object]:
        more = [page for _ in range(next(lengths)) for page in press._laid(blank(press.book))]
        return [*real(press, volume, rules), *more]

    monkeypatch.setattr(_Press, "_front", unsteady)
    pages = Pages(_made(run, tmp_path))
    assert f" {len(pages.text)} pages" in pages.text[0]


def test_a_turn_that_begins_with_a_single_line_takes_more_of_itself_along(run: Run, tmp_path: Path) -> None:
    more = "And it goes on below, with a good deal more to say of bells, of rivers and of the people who mend them. "
    turns = (f"{('ANN LEE', 'BO RUIZ')[n % 2]}: Exactly.\n\n{more * (1 + n % 4)}" for n in range(90))
    source = tmp_path / "talk.txt"
    source.write_text("A Talk\n\n" + "\n\n".join(turns) + "\n", encoding="utf-8")
    content = _made(run, tmp_path / "out", "--show", "none", source=source)
    assert [found for found in differences(measure(content), "house") if found.rule == "turn-at-foot"] == []
