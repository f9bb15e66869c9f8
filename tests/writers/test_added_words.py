"""Words that we add are in the document's language or marked as English; the source's words never are."""

import re
from pathlib import Path

import pytest
from lxml import etree
from lxml.etree import _Element

from tests.conftest import Run

CASE = Path(__file__).parents[1] / "cases" / "right-to-left"
HEBREW = re.compile("[\u0590-\u05ff]")


@pytest.fixture
def page(tmp_path: Path, run: Run) -> _Element:
    for name in ("source.txt", "show.toml"):
        (tmp_path / name).write_bytes((CASE / name).read_bytes())
    (tmp_path / "source.toml").write_text('page = "https://lighthouse.example/1"\n')
    assert run("convert", tmp_path / "source.txt", "-o", tmp_path / "out", "--to", "html").code == 0
    content = (tmp_path / "out" / "source" / "source.html").read_bytes()
    return etree.fromstring(content, etree.HTMLParser(encoding="utf-8"))


def _language(element: _Element | None) -> str | None:
    while element is not None:
        if element.get("lang"):
            return str(element.get("lang"))
        element = element.getparent()
    return None


def _texts(page: _Element) -> list[tuple[str | None, str]]:
    found = []
    for element in page.iter():
        if element.tag in {"style", "script", "title"} or not isinstance(element.tag, str):
            continue
        found.append((_language(element), element.text or ""))
        found.append((_language(element.getparent()), element.tail or ""))
    return [(language, text) for language, text in found if re.search(r"[^\W\d_]", text)]


def test_the_page_is_in_the_language_of_the_source(page: _Element) -> None:
    assert (page.get("lang"), page.get("dir")) == ("he", "rtl")


def test_english_words_of_ours_are_marked_as_english(page: _Element) -> None:
    unmarked = [text for language, text in _texts(page) if language == "he" and not HEBREW.search(text)]
    assert unmarked == []


def test_names_of_the_source_inside_a_phrase_of_ours_keep_their_language(page: _Element) -> None:
    wrong = [text for language, text in _texts(page) if language == "en" and HEBREW.search(text)]
    assert wrong == []


def test_a_phrase_of_ours_with_a_name_in_it_runs_in_one_direction(page: _Element) -> None:
    """Else the name and the full stop stand on the wrong side of a line that begins in English."""
    (phrase,) = (one for one in page.iter("p") if "get in touch with" in "".join(map(str, one.itertext())))
    (inner,) = (str(one.get("dir")) for one in phrase if one.tag == "span")
    assert inner == "ltr"
    assert not (phrase.text or "").strip()
    assert not "".join(one.tail or "" for one in phrase).strip()


def test_no_hidden_label_is_in_a_language_that_it_cannot_say(page: _Element) -> None:
    labelled = [element for element in page.iter() if element.get("aria-label")]
    assert all(_language(element) == "en" or HEBREW.search(str(element.get("aria-label"))) for element in labelled)
