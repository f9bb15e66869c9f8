"""One id for one thing: unique, plain, stable, and given once."""

import re

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from converters.document import (
    Attribution,
    Block,
    Document,
    Emphasis,
    Inline,
    Metadata,
    NodeId,
    Note,
    Paragraph,
    PeopleList,
    Person,
    PersonEntry,
    PullQuote,
    Section,
    Sentence,
    Sound,
    Text,
    Turn,
)
from converters.identifiers import RESERVED, Names, assign, slug
from converters.traverse import walk

from .conftest import ReadText

WORDS = st.text(st.characters(exclude_categories=["Cs"]), max_size=8)
INLINES: st.SearchStrategy[Inline] = st.builds(Text, WORDS) | st.builds(Sound, WORDS)
EMPHASIS = st.builds(Emphasis, st.tuples(INLINES))
SENTENCES = st.builds(lambda inlines: Sentence(tuple(inlines)), st.lists(INLINES | EMPHASIS, max_size=2))
PARAGRAPHS = st.builds(lambda some: Paragraph(tuple(some)), st.lists(SENTENCES, max_size=3))
ANN = Person(NodeId("ann"), "Ann")
BLOCKS: st.SearchStrategy[Block] = st.one_of(
    st.builds(lambda some: Turn(tuple(some)), st.lists(PARAGRAPHS, max_size=2)),
    PARAGRAPHS,
    st.builds(lambda some, line: PullQuote((some,), Attribution(line)), PARAGRAPHS, SENTENCES),
    st.builds(lambda line: PeopleList((PersonEntry(line, ANN.id),)), SENTENCES),
    st.builds(Sound, WORDS),
)
HEADINGS = st.sampled_from(["", "", "Contents", "Part 2", "2 parts", "Ann", "Киев", "！", "Part 2"])


def _section(blocks: list[Block], heading: str, below: list[Section]) -> Section:
    return Section("transcript", tuple(blocks), (Text(heading),) if heading else (), tuple(below))


SECTIONS = st.recursive(
    st.builds(_section, st.lists(BLOCKS, max_size=4), HEADINGS, st.just([])),
    lambda inner: st.builds(_section, st.lists(BLOCKS, max_size=2), HEADINGS, st.lists(inner, max_size=2)),
    max_leaves=5,
)
DOCUMENTS = st.builds(
    lambda some, noted: Document(Metadata(), (ANN,), tuple(some), tuple(Note((p,)) for p in noted)),
    st.lists(SECTIONS, max_size=4),
    st.lists(PARAGRAPHS, max_size=2),
)


def _ids(document: Document) -> list[NodeId]:
    return [step.id for step in walk(document)]


@given(DOCUMENTS)
def test_every_part_has_an_id_that_nothing_else_has(document: Document) -> None:
    ids = _ids(assign(document))
    assert len(set(ids)) == len(ids)
    assert not set(ids) & {*RESERVED, ANN.id}


@given(DOCUMENTS)
def test_every_id_is_a_name_in_xml_a_fragment_and_a_cue(document: Document) -> None:
    for identifier in _ids(assign(document)):
        assert re.fullmatch(r"[a-z][a-z0-9-]*", identifier), identifier


@given(DOCUMENTS)
def test_assigning_twice_changes_nothing(document: Document) -> None:
    once = assign(document)
    assert assign(once) == once


@given(DOCUMENTS)
def test_the_same_document_has_the_same_ids(document: Document) -> None:
    assert _ids(assign(document)) == _ids(assign(msgspec.structs.replace(document)))


def test_ids_say_where_a_part_stands(sample: str, read_text: ReadText) -> None:
    ids = _ids(read_text(sample)[0])
    for expected in ("notice", "quotes-q01", "quotes-q01-s2", "people-l01-s2", "transcript-t03-p1"):
        assert expected in ids
    assert "transcript-t04-s2" in ids
    assert "furniture-2" in ids


def test_a_corrected_word_moves_no_id(sample: str, read_text: ReadText) -> None:
    before = _ids(read_text(sample)[0])
    assert _ids(read_text(sample.replace("keeps its word", "keeps her promises"))[0]) == before


def test_an_added_sentence_moves_only_those_after_it_in_its_turn(sample: str, read_text: ReadText) -> None:
    before = _ids(read_text(sample)[0])
    after = _ids(read_text(sample.replace("You wind it,", "It ticks. You wind it,"))[0])
    assert [one for one in after if one not in before] == ["transcript-t02-s3"]


def test_an_id_from_the_source_wins_and_is_never_given_again() -> None:
    first = Turn((), id=NodeId("transcript-t02"))
    document = Document(Metadata(), (), (Section("transcript", (first, Turn(()), Turn(()))),))
    assert _ids(assign(document)) == ["transcript", "transcript-t02", "transcript-t02-2", "transcript-t03"]


def test_people_and_parts_of_editions_keep_their_ids() -> None:
    headed = (Section("closing", (), (Text("Ann"),)), Section("closing", (), (Text("Contents"),)))
    assert _ids(assign(Document(Metadata(), (ANN,), headed))) == ["ann-2", "contents-2"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Winning & Losing!", "winning-losing"),
        ("Киев", "kiev"),
        ("Café—noir", "cafe-noir"),
        ("../../etc/passwd", "etc-passwd"),
        ("...", ""),
        ("x" * 300, "x" * 80),
        ("a" * 79 + " b", "a" * 79),
    ],
)
def test_a_slug_is_plain_ascii(text: str, expected: str) -> None:
    assert slug(text) == expected


@given(st.text())
def test_whatever_the_text_its_slug_is_plain(text: str) -> None:
    assert re.fullmatch(r"([a-z0-9]+(-[a-z0-9]+)*)?", slug(text))
    assert len(slug(text)) <= 80


def test_a_name_that_is_taken_gets_a_number() -> None:
    names = Names(["a"])
    assert [names.claim("a"), names.claim("a"), names.claim("b")] == ["a-2", "a-3", "b"]
