"""What Curbcut has written, it reads back: the same people, the same turns, every word of them."""

import string
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from converters.convert import NO_DATE, identify
from converters.document import Document, LanguageTag, Metadata, NodeId, Person, Section, Sound, Text, Turn
from converters.findings import Report
from converters.phrases import phrases_for
from converters.readers import ReadContext, read
from converters.sentences import paragraph
from converters.settings import Options
from converters.traverse import turn_text, turns
from converters.writers import WriteContext, writer_named

from .conftest import ROOT

FORMATS = ("txt", "html", "html-fragment", "json", "docx")
LANGUAGES = ("en", "es", "de", "fr")

WORD = st.text(string.ascii_lowercase, min_size=1, max_size=9)
NAME = st.builds(str.capitalize, st.text(string.ascii_lowercase, min_size=2, max_size=8))
SENTENCE = st.builds(
    lambda words, end: f"{' '.join(words).capitalize()}{end}",
    st.lists(WORD, min_size=1, max_size=14),
    st.sampled_from(".?!"),
)
SAID = st.lists(st.lists(SENTENCE, min_size=1, max_size=12), min_size=1, max_size=3)


@st.composite
def documents(draw: st.DrawFn) -> Document:
    """A conversation of two to four people, with a sound here and there."""
    names = draw(st.lists(st.tuples(NAME, NAME).map(" ".join), min_size=2, max_size=4, unique_by=str.casefold))
    language = LanguageTag(draw(st.sampled_from(LANGUAGES)))
    ids = [NodeId(f"person-{index}") for index in range(len(names))]
    hosted = draw(st.booleans())
    people = tuple(
        Person(i, name, (name,), ("host" if n == 0 else "guest") if hosted else None)
        for n, (i, name) in enumerate(zip(ids, names, strict=True))
    )
    blocks: list[Turn | Sound] = []
    for speaker in draw(st.lists(st.integers(0, len(names) - 1), min_size=2, max_size=8)):
        said = draw(SAID)
        paragraphs = tuple(paragraph((Text(" ".join(sentences)),), language) for sentences in said)
        blocks.append(Turn(paragraphs, (ids[speaker],), names[speaker]))
        if draw(st.integers(0, 5)) == 0:
            blocks.append(Sound("[laughter]", "laughter"))
    spoken = {person for block in blocks if isinstance(block, Turn) for person in block.people}
    told = tuple(person for person in people if person.id in spoken)
    title = draw(SENTENCE).rstrip(".")
    return identify(Document(Metadata(title, language), told, (Section("transcript", tuple(blocks)),)))


def _written(document: Document, name: str, folder: Path) -> bytes:
    writer = writer_named(name)
    context = WriteContext(
        slug="episode", title=document.metadata.title or "", source_name="episode.txt", modified=NO_DATE,
        options=Options(), phrases=phrases_for(document.metadata.language), report=Report(), staging=folder,
        siblings=(writer,),
    )  # fmt: skip
    content = writer.load()(document, context)[0].content
    assert isinstance(content, bytes)
    return content


def _said(document: Document) -> list[tuple[tuple[str, ...], str]]:
    names = {person.id: person.name for person in document.people}
    return [(tuple(names[person] for person in turn.people), turn_text(turn)) for turn in turns(document)]


def _back(source: bytes, name: str) -> Document:
    return identify(read(source, ReadContext(f"episode.{name}", Options(), Report())))


@pytest.mark.parametrize("name", FORMATS)
@given(document=documents())
def test_people_turns_and_words_come_back(name: str, document: Document) -> None:
    back = _back(_written(document, name, Path()), name)
    assert _said(back) == _said(document)
    assert {person.name for person in back.people} == {person.name for person in document.people}
    assert back.metadata.title == document.metadata.title


@pytest.mark.parametrize("name", FORMATS)
@pytest.mark.parametrize("path", sorted((ROOT / "examples").glob("*.[tm][xd]*")), ids=lambda path: path.stem)
def test_the_examples_come_back(name: str, path: Path, tmp_path: Path) -> None:
    document = identify(read(path.read_bytes(), ReadContext(path.name, Options(), Report())))
    back = _back(_written(document, name, tmp_path), name)
    assert _said(back) == _said(document)
