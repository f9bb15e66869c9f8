"""The fragment for a web site's own page: what a filter keeps of it, whom it disturbs, and that it comes back."""

import html as entities
import itertools
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree, html
from lxml.etree import _Element

from converters.checks.parity import prove
from converters.convert import identify
from converters.document import Document
from converters.errors import ProofError
from converters.findings import Report
from converters.readers import ReadContext, read
from converters.settings import Options, Show
from converters.stylesheets import stylesheet
from converters.traverse import section_text, sentences, turn_text, turns
from converters.writers import writer_named
from converters.writers.wordpress_text import left_alone
from tests.conftest import Context, ReadText, Run, conversation
from tests.wordpress_filter import kept, shape

REWRITTEN = """\
The "Loud" Hour

ANN LEE: [video plays] He said "don't" -- and 'twas 4x4 ... [gallery ids="1"] :) Wordpress (tm)

BO RUIZ: ``Quite'' so --- https://a.example/?b[]=1 5'10" 8-) :lol: <b>bold</b> & <!--more--> [/caption]

ANN LEE: Thank you.
"""
HEBREW = Path(__file__).parents[1] / "cases" / "right-to-left" / "source.txt"
REFERENCE = re.compile(r"&#\d+;")

Make = Callable[[Document], str]


@pytest.fixture
def make(context: Context) -> Make:
    def making(document: Document) -> str:
        write = writer_named("html-fragment").load()
        fragment, _ = write(document, context(document, ("html", "epub", "mp3", "html-fragment")))
        assert isinstance(fragment.content, bytes)
        return fragment.content.decode()

    return making


@pytest.fixture
def document(sample: str, read_text: ReadText, show: Show) -> Document:
    return read_text(sample, show)[0]


@pytest.fixture
def fragment(document: Document, make: Make) -> str:
    return make(document)


def _tree(fragment: str) -> _Element:
    tree: _Element = html.fragment_fromstring(fragment)
    return tree


# what a filter keeps ------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text", ["sample", REWRITTEN, HEBREW.read_text(encoding="utf-8")], ids=["sample", "marks", "he"]
)
def test_wordpress_keeps_all_of_it(text: str, sample: str, read_text: ReadText, make: Make) -> None:
    fragment = make(read_text(sample if text == "sample" else text)[0])
    assert kept(fragment) == shape(fragment)


@pytest.mark.parametrize(
    "lost",
    [
        "<style>p {}</style>", "<script>x()</script>", '<p onclick="x()">a</p>', '<a href="javascript:x()">a</a>',
        '<a href="#x" lang="en">a</a>', '<h2 lang="en">a</h2>', "<iframe></iframe>", '<p tabindex="0">a</p>',
    ],
)  # fmt: skip
def test_the_filter_loses_what_wordpress_loses(lost: str) -> None:
    assert kept(lost) != shape(lost)


def test_links_and_notes_keep_their_meaning(read_text: ReadText, make: Make) -> None:
    asked = "**Ann Lee:** Who [built it](https://a.example/?b[]=1&c=2)?[^1]"
    fragment = make(read_text(f"# A Bridge\n\n{asked}\n\n**Bo Ruiz:** We.\n\n[^1]: In 1901.\n")[0])
    assert kept(fragment) == shape(fragment)
    assert "[" not in fragment
    roles = {a.get("role") for a in _tree(fragment).iter("a")}
    assert "doc-noteref" in roles


def test_nothing_in_it_is_rewritten_when_it_is_shown(read_text: ReadText, make: Make) -> None:
    fragment = make(read_text(REWRITTEN)[0])
    text = re.sub(r"<[^>]*>", "", fragment)
    for mark in ("[", "]", '"', "'", "`", "--", "...", "4x4", " :", "(tm)", "Wordpress"):
        assert mark not in text, mark
    words = "".join(map(str, _tree(fragment).itertext()))
    assert '[video plays] He said "don\'t" -- and \'twas 4x4 ... [gallery ids="1"] :) Wordpress (tm)' in words


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="&<>")))
def test_whatever_is_written_as_a_reference_is_the_same_to_a_browser(text: str) -> None:
    assert entities.unescape(left_alone(text)) == text
    assert not set("[]'\"`") & set(REFERENCE.sub("", left_alone(text))) or not text.strip()


def test_a_reference_that_somebody_printed_stays_one() -> None:
    """``wp_kses`` takes ``&amp;#39;`` for a reference that was escaped by mistake."""
    assert left_alone("&amp;#39; &amp; #1") == "&amp;&#035;39; &amp; #1"


def test_no_line_of_text_is_broken_by_a_new_line() -> None:
    assert left_alone("One\n  two") == "One two"
    assert left_alone("\n") == "\n"


# a guest on another page ----------------------------------------------------------------------


def test_the_post_has_the_first_heading(fragment: str) -> None:
    levels = [int(str(e.tag)[1]) for e in _tree(fragment).iter("h1", "h2", "h3", "h4", "h5", "h6")]
    assert levels[0] == 2
    assert 1 not in levels
    assert all(after <= before + 1 for before, after in itertools.pairwise(levels))


def test_it_has_neither_style_nor_script_nor_player_nor_landmarks_of_a_whole_page(fragment: str) -> None:
    tags = {str(element.tag) for element in _tree(fragment).iter()}
    assert not tags & {
        "style",
        "link",
        "script",
        "audio",
        "button",
        "main",
        "header",
        "footer",
        "html",
        "body",
        "title",
    }
    assert "style" not in {str(name) for element in _tree(fragment).iter() for name in element.attrib}


def test_every_class_begins_with_our_name(fragment: str) -> None:
    named = {one for e in _tree(fragment).iter() for one in (e.get("class") or "").split()}
    assert named >= {"curbcut", "curbcut-turn", "curbcut-name", "curbcut-exchange"}
    assert not [one for one in named if one != "curbcut" and not one.startswith("curbcut-")]


def test_its_places_have_the_ids_of_the_page(document: Document, fragment: str, context: Context) -> None:
    (page,) = writer_named("html").load()(document, context(document, ("html",)))
    assert isinstance(page.content, bytes)
    on_page = etree.fromstring(page.content, etree.HTMLParser(encoding="utf-8"))
    ours, theirs = ([e.get("id") for e in tree.iter() if e.get("id")] for tree in (_tree(fragment), on_page))
    assert ours == [one for one in theirs if one in set(ours)]
    places = {turn.id for turn in turns(document)} | {s.id for s in sentences(conversation(document))}
    assert places <= set(map(str, ours))


def test_links_within_it_lead_to_its_own_places(fragment: str) -> None:
    ids = {e.get("id") for e in _tree(fragment).iter()}
    inner = [str(a.get("href")) for a in _tree(fragment).iter("a") if str(a.get("href")).startswith("#")]
    assert len(inner) > 8
    assert {href[1:] for href in inner} <= ids


def test_it_names_the_other_editions_and_links_to_no_file_that_may_lie_elsewhere(fragment: str) -> None:
    words = "".join(map(str, _tree(fragment).itertext()))
    assert "EPUB book: episode.epub" in words
    assert not [a for a in _tree(fragment).iter("a") if re.search(r"\.(epub|mp3|html)$", str(a.get("href")))]


def test_no_other_edition_names_it(source: Path, out: Path, run: Run) -> None:
    assert run("convert", source, "-o", out, "--to", "html,txt,html-fragment").code == 0
    folder = out / "backward-clock"
    assert "-fragment" not in (folder / "backward-clock.html").read_text(encoding="utf-8")
    assert "-fragment" not in (folder / "backward-clock.txt").read_text(encoding="utf-8")


def test_its_style_sheet_is_a_file_of_its_own_and_stays_inside(source: Path, out: Path, run: Run) -> None:
    made = run("convert", source, "-o", out, "--to", "html-fragment")
    assert [Path(line).name for line in made.out.splitlines()] == [
        "backward-clock-fragment.html",
        "backward-clock-fragment.css",
    ]
    sheet = re.sub(r"/\*.*?\*/", "", stylesheet("fragment.css"), flags=re.DOTALL)
    selectors = [one.strip() for rule in re.findall(r"([^{}]+){", sheet) for one in re.split(r",(?![^(]*\))", rule)]
    assert selectors
    assert not [one for one in selectors if not one.startswith(".curbcut")]
    assert not re.search(r"color|background|font-family|font-size|line-height|!important|\dpx", sheet)


# read back and proved ---------------------------------------------------------------------------


def _back(page: str) -> Document:
    return identify(read(page.encode(), ReadContext("post.html", Options(), Report())))


def _said(document: Document) -> list[tuple[tuple[str, ...], str]]:
    return [(turn.people, turn_text(turn)) for turn in turns(document)]


def _words(document: Document) -> list[str]:
    return sorted(" ".join(section_text(section) for section in document.sections).split())


HOST = """<!DOCTYPE html><html lang="en"><head><title>Post – A Site</title></head><body><header><h1>A Site</h1>
<nav><a href="/">Home</a></nav></header><main><article><h1>{title}</h1>{fragment}</article><aside><h2>More</h2>
<p>ANNE OTHER: I am not in it.</p></aside></main></body></html>"""


@pytest.mark.parametrize("page", ["{fragment}", HOST], ids=["alone", "on a page of others"])
def test_people_turns_and_words_come_back(page: str, document: Document, fragment: str) -> None:
    back = _back(page.format(fragment=fragment, title="A Post"))
    assert _said(back) == _said(document)
    assert _words(back) == _words(document)
    assert [(p.id, p.name, p.part, p.description) for p in back.people] == [
        (p.id, p.name, p.part, p.description) for p in document.people
    ]
    assert back.metadata.title == document.metadata.title


def test_marks_that_wordpress_would_rewrite_come_back(read_text: ReadText, make: Make) -> None:
    document = read_text(REWRITTEN)[0]
    assert _said(_back(make(document))) == _said(document)


def test_a_fragment_that_lost_a_sentence_is_not_saved(document: Document, fragment: str) -> None:
    prove("html-fragment", fragment.encode(), document, None)
    lost = fragment.replace("It is no more wrong than a stopped one.", "It is no more wrong.")
    with pytest.raises(ProofError, match="html-fragment"):
        prove("html-fragment", lost.encode(), document, None)
