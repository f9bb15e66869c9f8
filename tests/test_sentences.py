"""Where sentences end, and that nothing is lost between them."""

import re

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from converters.document import (
    Emphasis,
    Foreign,
    Inline,
    Inlines,
    LanguageTag,
    Link,
    NodeId,
    NoteReference,
    Sound,
    Text,
)
from converters.sentences import cut, paragraph, sentence
from converters.traverse import paragraph_text, plain_text, sentence_text

EN, ZH = LanguageTag("en"), LanguageTag("zh")
LANGUAGES = st.sampled_from(["en", "de", "ja", "zh", "he", "ar", "und", "x-own", "tlh", ""]).map(LanguageTag)
BITS = st.sampled_from(
    [
        "It is. ",
        "Is it? ",
        "Mr. Oak ",
        "“Yes!” ",
        "no ",
        "。",
        "是。",
        "吗？",
        "… ",
        "(ha) ",
        "3.5 ",
        "z. B. ",
        "! ",
        "é",
        "𝄞",
    ]
)
PRINTED = st.characters(exclude_categories=["Cc", "Cs", "Zl", "Zp"])
RUNS = st.lists(BITS | st.text(PRINTED, max_size=6), max_size=8).map("".join)
LEAVES: st.SearchStrategy[Inline] = st.one_of(
    st.builds(Text, RUNS),
    st.builds(Sound, st.sampled_from(["[laughs]", "(door. opens.)"])),
)
WRAPPED: st.SearchStrategy[Inline] = st.one_of(
    LEAVES,
    st.builds(lambda inner: Emphasis(tuple(inner)), st.lists(LEAVES, min_size=1, max_size=3)),
    st.builds(lambda inner: Foreign(tuple(inner), LanguageTag("fr")), st.lists(LEAVES, min_size=1, max_size=3)),
    st.builds(lambda inner: Link(tuple(inner), "https://x.example"), st.lists(LEAVES, min_size=1, max_size=3)),
)
CONTENT = st.lists(WRAPPED, min_size=1, max_size=5).map(tuple)


def _texts(inlines: Inlines, language: LanguageTag = EN) -> list[str]:
    return [sentence_text(one) for one in paragraph(inlines, language).sentences]


def _tidy(text: str) -> str:
    """Return a text as readers hand it on: each run of spaces one space."""
    return re.sub(" +", " ", text).strip(" ")


@given(RUNS, LANGUAGES)
def test_joining_the_sentences_gives_the_paragraph_back(text: str, language: LanguageTag) -> None:
    tidy = _tidy(text)
    assert paragraph_text(paragraph((Text(tidy),), language)) == tidy


@given(CONTENT, LANGUAGES)
@example((Text("It is. 。! 是。"),), EN)
def test_markup_loses_no_letter_to_the_cuts(inlines: Inlines, language: LanguageTag) -> None:
    text = plain_text(inlines)
    assume(text == _tidy(text))
    assert paragraph_text(paragraph(inlines, language)) == text


@given(CONTENT)
def test_links_and_sounds_stay_in_one_sentence(inlines: Inlines) -> None:
    wanted = [one for one in inlines if isinstance(one, Link | Sound) and plain_text((one,)).strip(" ")]
    sentences = paragraph(inlines, EN).sentences
    kept = [one for s in sentences for one in s.inlines if isinstance(one, Link | Sound)]
    texts = [plain_text((one,)).strip(" ") for one in kept]
    assert [text for text in texts if text] == [plain_text((one,)).strip(" ") for one in wanted]


def test_a_paragraph_has_its_sentences() -> None:
    assert _texts((Text("It rang. Did it? Mr. Oak says 3.5 times!"),)) == [
        "It rang.",
        "Did it?",
        "Mr. Oak says 3.5 times!",
    ]


def test_han_sentences_stand_without_a_space() -> None:
    text = "绳子湿了。没有人相信他！后来呢？"
    assert _texts((Text(text),), ZH) == ["绳子湿了。", "没有人相信他！", "后来呢？"]
    assert paragraph_text(paragraph((Text(text),), ZH)) == text


def test_no_boundary_falls_inside_a_link() -> None:
    link = Link((Text("Ring. Twice."),), "https://bell.example")
    assert _texts((Text("Go. "), link, Text(" Then run. Far."))) == ["Go.", "Ring. Twice.", "Then run.", "Far."]


def test_no_boundary_falls_inside_a_sound() -> None:
    sound = Sound("[a bell. then none.]")
    sentences = paragraph((Text("Hark! "), sound, Text(" So.")), EN).sentences
    assert any(sound in one.inlines for one in sentences)


def test_emphasis_that_crosses_a_boundary_is_closed_and_opened_again() -> None:
    crossing = Emphasis((Text("It rang. It rang"),), "strong")
    first, second = paragraph((Text("Hark: "), crossing, Text(" again.")), EN).sentences
    assert first.inlines == (Text("Hark: "), Emphasis((Text("It rang."),), "strong"))
    assert second.inlines == (Emphasis((Text("It rang"),), "strong"), Text(" again."))


def test_foreign_words_that_cross_a_boundary_keep_their_language() -> None:
    crossing = Foreign((Text("Ça sonne. Oui."),), LanguageTag("fr"))
    sentences = paragraph((crossing,), EN).sentences
    assert [one.inlines for one in sentences] == [
        (Foreign((Text("Ça sonne."),), LanguageTag("fr")),),
        (Foreign((Text("Oui."),), LanguageTag("fr")),),
    ]


@pytest.mark.parametrize("rest", ["", " It rang again.", "它又响了。"])
def test_the_mark_of_a_note_stays_with_the_sentence_before_it(rest: str) -> None:
    mark = NoteReference(NodeId("note"), "1")
    end = "." if not rest.startswith("它") else "。"
    sentences = paragraph((Text(f"It rang{end}"), mark, Text(rest)), ZH if end == "。" else EN).sentences
    assert [mark in one.inlines for one in sentences] == [True] + [False] * (len(sentences) - 1)


def test_a_cut_keeps_the_wrapper_and_nothing_outside() -> None:
    inlines = (Text("abc"), Emphasis((Text("def"),)), Text("ghi"))
    assert cut(inlines, 2, 5) == (Text("c"), Emphasis((Text("de"),)))


def test_a_line_that_stays_whole_is_one_sentence() -> None:
    assert sentence("Dr. March. Miller.").inlines == (Text("Dr. March. Miller."),)
