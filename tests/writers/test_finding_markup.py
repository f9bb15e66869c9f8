"""What the two tools say of a conversation before any browser: who speaks, how often, and in which turn."""

from collections.abc import Callable, Mapping

import msgspec
import pytest
from lxml import etree
from lxml.etree import _Element

from converters.convert import identify
from converters.document import (
    Document,
    LanguageTag,
    Metadata,
    NodeId,
    Paragraph,
    Person,
    Section,
    Sentence,
    Text,
    Turn,
)

from .conftest import Write

Page = Callable[[Document], _Element]
ANN, BO, CY = (NodeId(name) for name in ("ann", "bo", "cy"))
PEOPLE = (Person(ANN, "Ann <Lee>", part="host"), Person(BO, 'Bo "R" & Ruiz'), Person(CY, "Cy Silent"))


@pytest.fixture
def page(write: Write) -> Page:
    def making(document: Document) -> _Element:
        made = write(document, "html", None, ("html",))[0]["episode.html"]
        return etree.fromstring(made, etree.HTMLParser(encoding="utf-8"))

    return making


def _turn(words: str, *people: NodeId) -> Turn:
    return Turn((Paragraph((Sentence((Text(words),)),)),), people)


def _document(*sections: Section, language: str = "en") -> Document:
    return identify(Document(Metadata("Talk", LanguageTag(language)), PEOPLE, sections))


TALK = Section(
    "transcript",
    (_turn("One two three.", ANN), _turn("Yes.", BO), _turn("Hm."), _turn("All of us.", ANN, BO)),
    subsections=(Section("transcript", (_turn("Later on.", BO),)),),
)


def _marks(tree: _Element, path: str) -> Mapping[str, str]:
    found = tree.xpath(path)
    assert isinstance(found, list)
    (one,) = found
    assert isinstance(one, _Element)
    return {str(name): str(value) for name, value in one.attrib.items()}


def _choices(tree: _Element) -> list[str]:
    found = tree.xpath("//div[@id='tool-people']//label")
    assert isinstance(found, list)
    return ["".join(map(str, one.itertext())).strip() for one in found if isinstance(one, _Element)]


def test_each_person_has_their_turns_and_words_and_nobody_silent_is_offered(page: Page) -> None:
    assert _choices(page(_document(TALK))) == [
        "Everyone, 5 turns, 10 words",
        "Ann <Lee>, 2 turns, 6 words",
        'Bo "R" & Ruiz, 3 turns, 6 words',
        "Unattributed speech, one turn, one word",
    ]


def test_whose_a_turn_is_stands_in_the_order_of_the_page(page: Page) -> None:
    tree = page(_document(TALK, Section("closing", (_turn("Bye.", ANN),))))
    marks = _marks(tree, "//div[@id='tool-people']/fieldset")
    assert marks["data-turns"].split() == ["1", "2", "3", "1+2", "2", "1"]
    assert marks["data-within"].split() == ["transcript", "closing"]
    assert _marks(tree, "//div[@id='tool-find']/div")["data-within"] == marks["data-within"]
    turns = tree.xpath("//main//p[contains(concat(' ', @class, ' '), ' turn ')]")
    assert isinstance(turns, list)
    assert len(turns) == 6


def test_a_monologue_can_be_searched_and_has_nobody_to_choose(page: Page) -> None:
    tree = page(_document(Section("transcript", (_turn("All mine.", ANN), _turn("And this.", ANN)))))
    assert tree.xpath("boolean(//div[@id='tool-find'])")
    assert not tree.xpath("boolean(//div[@id='tool-people'])")


def test_where_nobody_says_anything_there_is_nothing_to_find(page: Page) -> None:
    tree = page(_document(Section("summary", (Paragraph((Sentence((Text("Words."),)),)),))))
    assert not tree.xpath("boolean(//div[@id='tool-find'])")


def test_what_is_typed_is_in_the_language_of_the_transcript(page: Page) -> None:
    assert "lang" not in _marks(page(_document(TALK)), "//input[@type='search']")
    field = _marks(page(_document(TALK, language="he")), "//input[@type='search']")
    assert (field["lang"], field["dir"]) == ("he", "auto")


def test_every_label_and_control_of_the_panels_is_native_and_named(page: Page) -> None:
    tree = page(_document(TALK))
    field = _marks(tree, "//input[@type='search']")
    assert _marks(tree, "//div[@id='tool-find']//label")["for"] == field["id"]
    assert field["autocomplete"] == "off"
    assert _marks(tree, "//input[@type='radio'][@name='people'][@checked]")["value"] == ""


def test_the_transcript_is_the_same_with_and_without_the_tools(page: Page) -> None:
    alone = msgspec.structs.replace(
        TALK, blocks=tuple(t for t in TALK.blocks if isinstance(t, Turn) and BO not in t.people)
    )
    for document in (_document(TALK), _document(msgspec.structs.replace(alone, subsections=()))):
        main = page(document).find(".//main")
        assert main is not None
        assert not [one for one in main.iter() if {"tabindex", "role", "hidden", "data-by"} & set(map(str, one.attrib))]
