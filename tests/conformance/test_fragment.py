"""The fragment on a page of somebody else's: before three engines in a browser, and in WordPress's own hands."""

import subprocess
import sys
from collections.abc import Mapping
from html import escape
from pathlib import Path

import pytest

from tests.conftest import Run
from tests.wordpress_filter import shape

from . import checkers
from .checkers import PageReports
from .conftest import SEED, SOURCES
from .test_page import FOR_A_PERSON

pytestmark = pytest.mark.conformance

CASES = Path(__file__).parents[1] / "cases"
HEBREW = CASES / "right-to-left" / "source.txt"
STATES = ("light", "narrow", "zoomed")

# A site with a header that stays, and with opinions on everything that a theme has opinions on.
HOST = """<!DOCTYPE html>
<html {language}>
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title} – A Site</title>
<style>
* {{ box-sizing: border-box }}
body {{ margin: 0; background: #fdf6ec; color: #2b2118; font: 1.1rem/1.7 Georgia, serif; overflow-wrap: break-word }}
body > header {{ position: sticky; top: 0; padding: 0.5rem 1rem; background: #2b2118; color: #fff }}
body > header a {{ color: #ffe9c7 }}
main, body > footer {{ max-width: 42rem; margin: 0 auto; padding: 1rem }}
h1, h2, h3 {{ font-family: Verdana, sans-serif; line-height: 1.3; color: #5b2500 }}
a {{ color: #7a2e00 }}
a:focus-visible, summary:focus-visible {{ outline: 3px solid #7a2e00 }}
nav ul {{ padding: 0 }}
blockquote {{ margin: 1rem 0; padding: 0 1rem; border-left: 4px solid #c98f4d; font-style: italic }}
.more, .note, .name, .turn {{ display: none }}
{style}
</style>
</head>
<body>
<header><a href="/">A Site</a></header>
<main><h1>{title}</h1>
{fragment}
</main>
<footer><p>Written by A Site.</p></footer>
</body>
</html>
"""


@pytest.fixture(scope="module")
def fragments(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, Path]:
    """The fragment of each source, by the source's name; the Hebrew one is called ``source``."""
    out = tmp_path_factory.mktemp("fragments")
    sources = [path for path in (*SOURCES, HEBREW) if path.is_file()]
    command = [sys.executable, "-m", "converters", "convert", *map(str, sources), "-o", str(out)]
    subprocess.run([*command, "--to", "html-fragment"], check=True, capture_output=True, timeout=120)
    return {path.stem: out / path.stem / f"{path.stem}-fragment.html" for path in sources}


def _hosted(fragment: Path, folder: Path, *, styled: bool) -> Path:
    style = fragment.with_suffix(".css").read_text(encoding="utf-8") if styled else ""
    language = 'lang="he" dir="rtl"' if fragment.stem.startswith("source") else 'lang="en"'
    page = HOST.format(
        language=language,
        title=escape(fragment.stem.replace("-", " ")),
        style=style,
        fragment=fragment.read_text(encoding="utf-8"),
    )
    path = folder / f"{fragment.stem}-{'styled' if styled else 'plain'}.html"
    path.write_text(page, encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def pages(fragments: Mapping[str, Path], tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, ...]:
    """Each fragment on a site's page, with its style sheet and without."""
    folder = tmp_path_factory.mktemp("hosts")
    return tuple(_hosted(one, folder, styled=styled) for one in fragments.values() for styled in (True, False))


@pytest.fixture(scope="module")
def reports(pages: tuple[Path, ...]) -> Mapping[Path, PageReports]:
    return checkers.page(pages, STATES)


@pytest.mark.parametrize("state", STATES)
def test_no_engine_finds_a_violation_or_leaves_a_doubt(reports: Mapping[Path, PageReports], state: str) -> None:
    found = {page.name: report[state] for page, report in reports.items()}
    assert [(name, str(it)) for name, report in found.items() for it in report.violations] == []
    doubts = [(n, str(it)) for n, report in found.items() for it in report.undecided if it.rule not in FOR_A_PERSON]
    assert doubts == []
    assert [(name, report.overflow) for name, report in found.items() if report.overflow] == []


def test_nu_finds_neither_error_nor_warning(pages: tuple[Path, ...]) -> None:
    assert {page: found for page, found in checkers.nu(pages).items() if found} == {}


def test_all_of_it_can_be_read_whatever_the_theme_hides(reports: Mapping[Path, PageReports]) -> None:
    by_name = {page.name: report["light"].text for page, report in reports.items()}
    for name, text in by_name.items():
        if name.endswith("-styled.html"):
            assert text.split() == by_name[name.replace("-styled", "-plain")].split()
    assert "Bridie O’Larkin: Seventy-four" in by_name["the-library-that-lends-tools-fragment-plain.html"]


# WordPress itself ------------------------------------------------------------------------------

REWRITTEN = """\
The "Loud" [video] Hour -- it's 4x4

ANN LEE: [video plays] He said "don't" -- and 'twas 4x4, 10x10 ... wait --- [gallery ids="1"] :) 8-) :lol: Wordpress.

BO RUIZ: ``Quite'' (tm) :-) ;) :?: 5'10" - so? https://a.example/?b[]=1&c [[embed]] <b>bold</b> <!--more--> [playlist

ANN LEE: 8O 8-O xn--a 5x5x5 1,000x2 {{x}} %s \\ &amp; &#8220; -yes- '99 rock 'n' roll. [/caption]
"""


@pytest.mark.parametrize("way", ["saved", "block", "classic"])
def test_wordpress_leaves_all_of_it_as_it_is(fragments: Mapping[str, Path], way: str, run: Run, tmp_path: Path) -> None:
    (tmp_path / "loud.txt").write_text(REWRITTEN, encoding="utf-8")
    assert run("convert", tmp_path / "loud.txt", "-o", tmp_path, "--to", "html-fragment", "--show", "none").code == 0
    for path in (*fragments.values(), tmp_path / "loud" / "loud-fragment.html"):
        before = path.read_text(encoding="utf-8")
        after = checkers.wordpress(before, way)
        assert shape(after) == shape(before), path.name
        assert way == "classic" or after == before, path.name


@pytest.mark.parametrize(
    ("way", "content", "outcome"),
    [
        ("saved", "<p>a</p><style>p {}</style>", "<p>a</p>p {}"),
        ("block", "<p>[video plays] 4x4</p>", "<p> 4&#215;4</p>"),
        ("classic", "<p>one\ntwo</p>", "<p>one<br />\ntwo</p>\n"),
    ],
)
def test_wordpress_rewrites_what_is_not_ours(way: str, content: str, outcome: str) -> None:
    assert checkers.wordpress("<p>a</p>", "saved") == "<p>a</p>"
    assert checkers.wordpress(content, way) == outcome


def test_the_seed_is_among_the_sources(fragments: Mapping[str, Path]) -> None:
    if not SEED.is_file():
        pytest.skip("the seed is not beside this checkout")
    assert SEED.stem in fragments
