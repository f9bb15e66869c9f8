"""Our own web page, read back: the same people, turns and words, and none that the edition has added."""

import pytest

from converters.convert import identify
from converters.document import (
    Attribution,
    Document,
    Emphasis,
    Foreign,
    LanguageTag,
    Link,
    Metadata,
    NodeId,
    Note,
    NoteReference,
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
from converters.findings import Report
from converters.readers import ReadContext, read
from converters.readers.web_page import web_page_manuscript
from converters.settings import Options
from converters.traverse import plain_text, section_text, turn_text, turns
from converters.writers import writer_named
from tests.conftest import Context, ReadText

ANN, BO = NodeId("ann-lee"), NodeId("bo-moss")


def _said(*words: str) -> Paragraph:
    return Paragraph(tuple(Sentence((Text(one),)) for one in words))


def _page(document: Document, context: Context) -> str:
    write = writer_named("html").load()
    (artifact,) = write(document, context(document, ("html", "txt")))
    assert isinstance(artifact.content, bytes)
    return artifact.content.decode()


def _back(document: Document, context: Context) -> Document:
    source = _page(document, context).encode()
    return identify(read(source, ReadContext("episode.html", Options(), Report())))


def _words(document: Document) -> list[str]:
    return sorted(" ".join(section_text(section) for section in document.sections).split())


def _turns(document: Document) -> list[tuple[tuple[str, ...], str]]:
    return [(turn.people, turn_text(turn)) for turn in turns(document)]


def test_an_example_comes_back_with_its_people_turns_and_words(
    sample: str, read_text: ReadText, context: Context
) -> None:
    document, _ = read_text(sample)
    back = _back(document, context)
    assert _turns(back) == _turns(document)
    assert _words(back) == _words(document)
    assert [(p.id, p.name, p.part, p.description) for p in back.people] == [
        (p.id, p.name, p.part, p.description) for p in document.people
    ]
    assert back.metadata == document.metadata


@pytest.mark.parametrize("language", ["en", "de", "es", "uk"])
def test_a_document_comes_back_in_every_language_that_we_speak(language: str, context: Context) -> None:
    document = _document(LanguageTag(language))
    manuscript = web_page_manuscript(_page(document, context), ReadContext("episode.html", Options(), Report()))
    rows = [(piece.label, piece.text) for piece in manuscript.pieces if piece.form == "turn"]
    assert rows == [
        ("Ann Lee", "It boiled. Over."),
        (None, "Twice."),
        (None, "[steam]"),
        ("Bo Moss", "See the museum1, ergo."),
        ("", "Quite so!"),
        ("Ann Lee, Bo Moss", "Good night."),
    ]
    assert [piece.text for piece in manuscript.pieces if piece.form == "item"] == ["Bo Moss, Keeper of Kettles"]
    assert [(one.name, one.part) for one in manuscript.facts.people] == [("Bo Moss", "guest"), ("Ann Lee", "host")]
    assert [plain_text(s.inlines) for note in manuscript.notes for p in note.paragraphs for s in p.sentences] == [
        "It is closed."
    ]
    said = [
        (mark.kind, piece.text[mark.begin : mark.end], mark.value)
        for piece in manuscript.pieces
        for mark in piece.marks
    ]
    assert said == [
        ("emphasis", "See", ""),
        ("link", "museum", "https://k.example"),
        ("note", "1", "note-1"),
        ("foreign", "ergo", "la"),
    ]


def test_no_word_that_the_edition_added_comes_back(context: Context) -> None:
    page = _page(_document(LanguageTag("en")), context)
    manuscript = web_page_manuscript(page, ReadContext("episode.html", Options(), Report()))
    words = " ".join(piece.text for piece in manuscript.pieces)
    for ours in ("At a glance", "Contents", "Conversation", "Plain text", "curbcut", "Who takes part", "(host)"):
        assert ours in page
        assert ours not in words


def test_a_quotation_comes_back_with_the_line_that_says_whose_it_is(context: Context) -> None:
    manuscript = web_page_manuscript(
        _page(_document(LanguageTag("en")), context), ReadContext("episode.html", Options(), Report())
    )
    assert [piece.text for piece in manuscript.pieces if piece.text.startswith("“")] == ["“It boiled.” – Ann Lee, Host"]


def test_a_block_that_goes_on_with_its_paragraph_is_joined_to_it() -> None:
    talk = """<p id="t1" class="turn"><b class="name">Ann:</b> <span id="s1">One.</span></p>
      <p class="more same"><span id="s2">Two.</span></p><p class="more"><span id="s3">Three.</span></p>"""
    manuscript = web_page_manuscript(_ours(talk), ReadContext("episode.html", Options(), Report()))
    assert [(p.label, p.text) for p in manuscript.pieces if p.text] == [("Ann", "One. Two."), (None, "Three.")]


def _ours(talk: str) -> str:
    return f"""<html lang="en"><head><meta name="generator" content="curbcut 9.9"></head><body><main>
      <section id="at-a-glance"></section><section id="transcript"><h2>Conversation</h2>{talk}</section></main>"""


def test_another_tools_page_is_not_taken_for_ours() -> None:
    page = _ours("<h2>Contents</h2><p>Ann: Hm.</p>").replace("at-a-glance", "top")
    manuscript = web_page_manuscript(page, ReadContext("page.html", Options(), Report()))
    assert manuscript.pieces[-1].text == "Ann: Hm."


def _document(language: LanguageTag) -> Document:
    see = Sentence(
        (
            Emphasis((Text("See"),)),
            Text(" the "),
            Link((Text("museum"),), "https://k.example"),
            NoteReference(NodeId("note-1"), "1"),
            Text(", "),
            Foreign((Text("ergo"),), LanguageTag("la")),
            Text("."),
        )
    )
    talk = (
        Turn((_said("It boiled.", "Over."), _said("Twice.")), (ANN,), "ANN"),
        Sound("[steam]", "effect"),
        Turn((Paragraph((see,)),), (BO,), "BO"),
        Turn((_said("Quite so!"),)),
        Turn((_said("Good night."),), (ANN, BO), "BOTH"),
    )
    quote = PullQuote((_said("“It boiled.”"),), Attribution(Sentence((Text("Ann Lee, Host"),)), ANN))
    entry = PersonEntry(Sentence((Text("Bo Moss, Keeper of Kettles"),)), BO)
    document = Document(
        Metadata("Two Kettles", language),
        (Person(ANN, "Ann Lee", part="host"), Person(BO, "Bo Moss", part="guest", description="Keeper of Kettles")),
        (
            Section("quotes", (quote,)),
            Section("people", (PeopleList((entry,)),)),
            Section("transcript", talk),
            Section("closing", (_said("Made in a shed."),)),
        ),
        (Note((_said("It is closed."),), NodeId("note-1")),),
    )
    return identify(document)
