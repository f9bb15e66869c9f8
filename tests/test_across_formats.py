"""The examples in all editions at once: the same sentences, in the same order, under the same headings."""

import io
import itertools
import re
import zipfile
from collections import Counter
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple, cast

import docx
import docx.document
import msgspec
import pypdfium2  # type: ignore[import-untyped]  # pdfium has no types
import pytest
from lxml import etree
from lxml.etree import _Element

from converters.cli import main
from converters.document import Document, Link, PullQuote
from converters.traverse import person_named, sentence_text, sentences, turns

from .conftest import ROOT, SILENT, conversation

EXAMPLES = sorted(path for path in (ROOT / "examples").iterdir() if path.suffix in {".md", ".txt"})
XHTML = "{http://www.w3.org/1999/xhtml}"


class Editions(NamedTuple):
    document: Document
    page: _Element
    book: tuple[_Element, ...]
    text: str
    print: str
    word: docx.document.Document


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> Callable[[Path], Editions]:
    """Make the editions of an example once."""

    @cache
    def making(source: Path) -> Editions:
        out = tmp_path_factory.mktemp("editions")
        assert main(["convert", str(source), "-o", str(out), "--to", SILENT]) == 0
        begin = out / source.stem / source.stem
        return Editions(
            msgspec.json.decode(Path(f"{begin}.json").read_bytes(), type=Document),
            etree.fromstring(Path(f"{begin}.html").read_bytes(), etree.HTMLParser(encoding="utf-8")),
            tuple(_pages(Path(f"{begin}.epub").read_bytes())),
            Path(f"{begin}.txt").read_text(encoding="utf-8"),
            _printed(Path(f"{begin}-large-print.pdf").read_bytes()),
            docx.Document(f"{begin}.docx"),
        )

    return making


@pytest.fixture(params=EXAMPLES, ids=lambda path: path.stem)
def editions(request: pytest.FixtureRequest, made: Callable[[Path], Editions]) -> Editions:
    return made(request.param)


def _pages(content: bytes) -> Iterator[_Element]:
    with zipfile.ZipFile(io.BytesIO(content)) as book:
        package = etree.fromstring(book.read("EPUB/content.opf"))
        files = {item.get("id"): item.get("href") for item in package.iter("{*}item")}
        for reference in package.iter("{*}itemref"):
            page = etree.fromstring(book.read(f"EPUB/{files[reference.get('idref')]}"))
            for element in page.iter(f"{XHTML}*"):
                element.tag = str(element.tag).removeprefix(XHTML)
            yield page


def _printed(content: bytes) -> str:
    """The text of all pages; running heads and page numbers stand outside a page's art box."""
    pdf = pypdfium2.PdfDocument(content)
    try:
        boxes = ((page.get_textpage(), page.get_artbox()) for page in pdf)
        return "\n".join(text.get_text_bounded(bottom=box[1] - 4, top=box[3] + 4) for text, box in boxes)
    finally:
        pdf.close()


def _spans(*pages: _Element) -> list[tuple[str, str]]:
    found = [span for page in pages for span in page.iter("span") if span.get("id")]
    return [(str(span.get("id")), _text(span)) for span in found]


def _text(element: _Element) -> str:
    return " ".join("".join(map(str, element.itertext())).split())


def _whole(page: _Element) -> str:
    """Return the words of a page, a space between any two elements."""
    return " ".join(map(str, page.itertext()))


def _words(text: str) -> Counter[str]:
    return Counter(re.findall(r"\w+", text))


def _model(document: Document) -> dict[str, str]:
    return {s.id: " ".join(sentence_text(s).split()) for section in document.sections for s in sentences(section)}


def test_every_sentence_is_once_in_the_page_and_in_the_book(editions: Editions) -> None:
    wanted = _model(editions.document)
    for found in (_spans(editions.page), _spans(*editions.book)):
        assert Counter(i for i, _ in found) == Counter(dict.fromkeys(wanted, 1))
        assert dict(found) == wanted


def test_page_and_book_have_them_in_the_same_order(editions: Editions) -> None:
    assert [i for i, _ in _spans(editions.page)] == [i for i, _ in _spans(*editions.book)]


def test_every_word_of_the_model_is_in_every_edition(editions: Editions) -> None:
    wanted = _words("\n".join(_model(editions.document).values()))
    book = "\n".join(map(_whole, editions.book))
    word = "\n".join(paragraph.text for paragraph in editions.word.paragraphs)
    for name, text in {"page": _whole(editions.page), "book": book, "text": editions.text, "word": word}.items():
        assert not wanted - _words(text), name


def test_every_sentence_of_the_model_is_in_the_large_print(editions: Editions) -> None:
    letters = re.sub(r"[\W_]+", "", editions.print)
    missing = [i for i, text in _model(editions.document).items() if re.sub(r"[\W_]+", "", text) not in letters]
    assert missing == []


def test_headings_begin_at_one_and_jump_no_level(editions: Editions) -> None:
    for page in (editions.page, *editions.book):
        levels = [int(str(e.tag)[1]) for e in page.iter("h1", "h2", "h3", "h4", "h5", "h6")]
        assert levels[0] == 1
        assert all(after - before <= 1 for before, after in itertools.pairwise(levels))
    assert len(list(editions.page.iter("h1"))) == 1


def test_the_word_file_has_the_headings_of_the_page_a_level_higher(editions: Editions) -> None:
    wanted = [(int(str(e.tag)[1]) - 1, _text(e)) for e in editions.page.iter("h2", "h3", "h4", "h5", "h6")]
    styled = ((str(p.style.name), p.text) for p in editions.word.paragraphs if p.style is not None)
    found = [(int(name[-1]), text) for name, text in styled if name.startswith("Heading ")]
    assert found == [pair for pair in wanted if pair[1] != "Contents"]


def test_a_name_stands_once_at_the_start_of_each_turn(editions: Editions) -> None:
    names = {person.id: person.name for person in editions.document.people}
    wanted = [f"{names[turn.people[0]]}:" for turn in turns(editions.document)]
    for pages in ((editions.page,), editions.book):
        bold = [element for page in pages for element in page.iter("b")]
        assert [_text(one) for one in bold] == wanted
        for one in bold:
            parent = cast("_Element", one.getparent())
            assert parent[0] is one
            assert not parent.text
    lines = editions.text.split("\n")
    for name, count in Counter(wanted).items():
        assert sum(line.startswith(f"{name} ") for line in lines) == count


def test_a_turn_is_plain_paragraphs(editions: Editions) -> None:
    talk = _talk(editions.page)
    assert {str(element.tag) for element in talk.iter()} <= {
        "section",
        "h2",
        "h3",
        "h4",
        "p",
        "b",
        "span",
        "a",
        "em",
        "strong",
    }
    assert not [e for e in talk.iter() if {"role", "tabindex", "aria-label", "onclick", "style"} & set(e.keys())]


def _talk(page: _Element) -> _Element:
    (found,) = (element for element in page.iter("section") if element.get("id") == "transcript")
    return found


def test_nothing_in_the_conversation_takes_the_focus_but_the_sources_own_links(editions: Editions) -> None:
    focusable = list(_talk(editions.page).iter("a", "button", "input", "select", "textarea", "details", "summary"))
    talk = conversation(editions.document)
    own = [one for s in sentences(talk) for one in s.inlines if isinstance(one, Link)]
    assert [element.get("href") for element in focusable] == [link.href for link in own]


def test_the_contents_of_the_page_are_folded_behind_one_line_that_says_how_much_they_hold(editions: Editions) -> None:
    chapters = {f"#{one.id}" for one in conversation(editions.document).subsections}
    (contents,) = editions.page.iter("nav")
    (folded,) = contents.iter("details")
    (top,) = (listed for listed in folded if listed.tag == "ul")
    links = [str(a.get("href")) for a in folded.iter("a")]
    exchanges = sum(link.endswith("-exchange") for link in links)
    assert chapters <= set(links)
    assert _text(next(folded.iter("summary"))) == f"{len(top)} parts, {exchanges} exchanges"


def test_every_name_at_a_glance_leads_to_where_its_bearer_first_speaks(editions: Editions) -> None:
    speaking = [person for turn in turns(editions.document) for person in turn.people]
    for pages in ((editions.page,), editions.book):
        (glance,) = (s for page in pages for s in page.iter("{*}section", "section") if s.get("id") == "at-a-glance")
        found = {str(a.get("href")).partition("#")[2]: _text(a) for a in glance.iter("{*}a", "a")}
        for person in dict.fromkeys(speaking):
            first = next(turn for turn in turns(editions.document) if person in turn.people)
            assert found[first.id] == person_named(editions.document, person).name
        assert len(found) == len(set(speaking))


def test_a_pull_quote_that_repeats_a_turn_leads_to_it_in_page_and_book(editions: Editions) -> None:
    blocks = [block for section in editions.document.sections for block in section.blocks]
    repeating = {str(quote.repeats) for quote in blocks if isinstance(quote, PullQuote) and quote.repeats}
    for pages in ((editions.page,), editions.book):
        lines = [p for page in pages for p in page.iter("{*}p", "p") if p.get("class") == "context"]
        assert {str(next(p.iter("{*}a", "a")).get("href")).partition("#")[2] for p in lines} == repeating
        assert all(_text(p).startswith("Read this in context: ") for p in lines)


def test_the_first_stop_of_the_page_leads_to_the_conversation(editions: Editions) -> None:
    first = next(editions.page.iter("a", "summary", "button"))
    assert first.get("href") == "#transcript"


def test_every_link_within_page_and_book_leads_somewhere(editions: Editions) -> None:
    for pages in ((editions.page,), editions.book):
        ids = [str(element.get("id")) for page in pages for element in page.iter() if element.get("id")]
        assert len(set(ids)) == len(ids)
        targets = [str(a.get("href")) for page in pages for a in page.iter("a")]
        inner = {target.partition("#")[2] for target in targets if "#" in target and "://" not in target}
        assert inner
        assert inner <= set(ids)


def test_blocks_hold_at_most_120_words_unless_one_sentence_is_longer(editions: Editions) -> None:
    for paragraph in _talk(editions.page).iter("p"):
        words = sum(len(_text(span).split()) for span in paragraph.iter("span"))
        assert words <= 120 or len(list(paragraph.iter("span"))) == 1


def test_page_book_and_print_name_the_other_editions(editions: Editions) -> None:
    assert [a.get("href") for a in editions.page.iter("a") if str(a.get("href")).endswith((".epub", ".pdf", ".txt"))]
    slug = editions.document.metadata.title
    assert slug
    assert "-large-print.pdf" in "\n".join(map(_text, editions.book))
    assert ".epub" in editions.print.replace("\r\n", "")


def test_editions_say_their_language(editions: Editions) -> None:
    roots = (editions.page, *editions.book)
    assert {root.get("lang") for root in roots} == {"en"}
    assert {root.get("dir") for root in roots} == {"ltr"}
