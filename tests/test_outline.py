"""What follows from a document: exchanges, clues, blocks of layout, length."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from converters.document import Document, Metadata, NodeId, Paragraph, Person, Section, Sentence, Text, Turn
from converters.identifiers import assign
from converters.outline import exchanges, layout_blocks, minutes_to_hear, outline, shortened, word_count
from converters.traverse import sentence_text

from .conftest import ReadText, conversation, section_of

PEOPLE = (Person(NodeId("h"), "Host", part="host"), Person(NodeId("g"), "Guest"), Person(NodeId("k"), "Kay"))


def _turn(person: str, *words: str) -> Turn:
    people = (NodeId(person),) if person else ()
    return Turn((Paragraph(tuple(Sentence((Text(word),)) for word in words)),), people)


def _talk(*turns: Turn) -> Document:
    return assign(Document(Metadata(), PEOPLE, (Section("transcript", turns),)))


def _order(document: Document) -> list[tuple[int, str, list[str]]]:
    found = exchanges(document, document.sections[0])
    return [(e.number, e.names, [b.people[0] for b in e.blocks if isinstance(b, Turn)]) for e in found]


def test_an_exchange_begins_where_the_host_speaks_again() -> None:
    talk = _talk(_turn("h", "Hi."), _turn("g", "Yes."), _turn("k", "No."), _turn("h", "So?"), _turn("g", "So."))
    assert _order(talk) == [(1, "Host, Guest, Kay", ["h", "g", "k"]), (2, "Host, Guest", ["h", "g"])]


def test_two_turns_of_the_host_in_a_row_begin_one_exchange() -> None:
    talk = _talk(_turn("h", "Hi."), _turn("h", "Well."), _turn("g", "Yes."), _turn("h", "So?"))
    assert [people for _, _, people in _order(talk)] == [["h", "h", "g"], ["h"]]


def test_what_is_said_before_the_host_is_an_exchange_of_its_own() -> None:
    talk = _talk(_turn("g", "Hm."), _turn("h", "Hi."), _turn("g", "Yes."))
    assert [people for _, _, people in _order(talk)] == [["g"], ["h", "g"]]


def test_there_is_none_where_no_host_leads_on() -> None:
    assert _order(_talk(_turn("g", "Hm."), _turn("k", "Hi."), _turn("g", "Yes."))) == []
    assert _order(_talk(_turn("h", "Hm."), _turn("g", "Hi."))) == []


def test_every_block_is_in_one_exchange(sample: str, read_text: ReadText) -> None:
    document, _ = read_text(sample)
    talk = conversation(document)
    assert tuple(block for e in exchanges(document, talk) for block in e.blocks) == talk.blocks


def test_an_exchange_has_the_id_of_its_first_turn(sample: str, read_text: ReadText) -> None:
    document, _ = read_text(sample)
    found = exchanges(document, conversation(document))
    assert [e.id for e in found] == [f"transcript-t0{n}-exchange" for n in (1, 3, 5, 7)]


def test_numbers_run_through_the_whole_document() -> None:
    half = (_turn("h", "Hi."), _turn("g", "Yes."), _turn("h", "So?"), _turn("g", "So."))
    inner = Section("transcript", half)
    document = assign(Document(Metadata(), PEOPLE, (Section("transcript", half, (), (inner,)), inner)))
    first, last = document.sections
    found = [[e.number for e in exchanges(document, one)] for one in (first, first.subsections[0], last)]
    assert found == [[1, 2], [3, 4], [5, 6]]


def test_the_clue_is_the_hosts_last_question() -> None:
    talk = _talk(_turn("h", "Hi.", "Why “bells?”", "Go on."), _turn("g", "Who asks?"), _turn("h", "So."))
    assert [e.clue for e in exchanges(talk, talk.sections[0])] == ["Why “bells?”", "So."]


@pytest.mark.parametrize("mark", ["?", "？", "؟"])
def test_a_question_ends_with_any_question_mark(mark: str) -> None:
    talk = _talk(_turn("h", f"Why{mark}", "Go on."), _turn("g", "Hm."), _turn("h", "So."))
    assert exchanges(talk, talk.sections[0])[0].clue == f"Why{mark}"


def test_a_long_clue_is_cut_at_a_word() -> None:
    text = "What would you say to somebody who has never once heard a bell?"
    assert len(text) > 60
    assert shortened(text) == "What would you say to somebody who has never once heard a…"
    assert shortened("What, then, of a bell – or two?", 25) == "What, then, of a bell…"
    assert shortened("short") == "short"


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=200), st.integers(5, 80))
def test_a_clue_is_never_longer_than_it_may_be(text: str, longest: int) -> None:
    found = shortened(text, longest)
    assert len(found) <= longest + 1
    assert found == text or text.startswith(found.removesuffix("…"))


@given(st.lists(st.integers(1, 150), min_size=1, max_size=30))
def test_blocks_hold_120_words_and_break_only_between_sentences(lengths: list[int]) -> None:
    sentences = tuple(Sentence((Text(" ".join(["word"] * length)),)) for length in lengths)
    blocks = layout_blocks(Paragraph(sentences))
    assert tuple(one for block in blocks for one in block) == sentences
    for block in blocks:
        assert len(block) == 1 or sum(len(sentence_text(one).split()) for one in block) <= 120


def test_a_paragraph_that_is_short_enough_is_one_block() -> None:
    sentences = tuple(Sentence((Text("one two three."),)) for _ in range(40))
    assert len(layout_blocks(Paragraph(sentences))) == 1
    assert len(layout_blocks(Paragraph((*sentences, sentences[0])))) == 2


def test_blocks_of_the_source_are_its_own_paragraphs() -> None:
    paragraph = Paragraph(tuple(Sentence((Text("one two three."),)) for _ in range(100)))
    assert layout_blocks(paragraph, "source") == (paragraph.sentences,)


def test_editions_present_the_parts_in_their_order(sample: str, read_text: ReadText) -> None:
    document, _ = read_text(sample)
    shape = outline(document)
    assert [s.kind for s in shape.in_reading_order] == [
        "summary",
        "people",
        "notice",
        "quotes",
        "transcript",
        "closing",
        "accessibility",
        "furniture",
        "furniture",
    ]
    assert shape.conversation == section_of(document, "transcript")


def test_words_are_those_of_the_conversation(sample: str, read_text: ReadText) -> None:
    document, _ = read_text(sample)
    assert word_count(document) == 63
    assert minutes_to_hear(document) == 1


def test_two_han_characters_count_as_a_word() -> None:
    assert word_count(_talk(_turn("g", "绳子湿了"))) == 3
