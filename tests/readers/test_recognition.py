"""What is no transcript is refused with a line that says what to do; all else is read, every word of it."""

import re
from collections import Counter
from collections.abc import Iterator

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from converters.document import MODEL_VERSION, Document
from converters.errors import SourceError
from converters.traverse import plain_text, section_text, sections, turns
from tests.conftest import ReadText

REFUSED = {
    "a PDF": (b"%PDF-1.7\nstream", "plain text"),
    "half a zip": (b"PK\x03\x04word/document.xml", "Get a whole copy"),
    "an old Word": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "save it as a Word file (.docx)"),
    "a Rich Text": (rb"{\rtf1\ansi Hello}", "save it as a Word file (.docx)"),
    "a packed archive": (b"\x1f\x8b\x08\x00", "Unpack it"),
    "sound by its tag": (b"ID3\x04\x00\x00", "transcripts"),
    "sound without one": (b"\xff\xfb\x90\x00", "transcripts"),
    "Ogg": (b"OggS\x00\x02", "transcripts"),
    "a wave": (b"RIFF\x24\x08\x00\x00WAVEfmt ", "transcripts"),
    "a film": (b"\x00\x00\x00\x18ftypmp42", "transcripts"),
    "a picture": (b"\x89PNG\r\n\x1a\n", "Type its words"),
    "a photograph": (b"\xff\xd8\xff\xe0", "Type its words"),
    "binary": (bytes(range(256)) * 4, "plain text"),
    "nothing": (b"", "Put the transcript into it"),
    "only spaces": (b" \n\t\r\n", "Put the transcript into it"),
    "only a byte order mark": (b"\xef\xbb\xbf", "Put the transcript into it"),
    "only marks that nobody sees": ("\ufeff\u200b\u00a0\n".encode(), "Put the transcript into it"),
    "other JSON": (b'{"a": 1}', "lists of records"),
    "JSON that is cut off": (b'{"type": "document"', "formats --schema"),
    "a list of JSON": (b'{"type": "document", "sections": [1]}', "formats --schema"),
    "JSON without a bottom": (b'{"sections":' * 50_000, "Export it less deeply"),
}


@pytest.mark.parametrize("kind", REFUSED)
def test_what_is_no_transcript_is_refused_with_a_line_that_says_what_to_do(kind: str, read_text: ReadText) -> None:
    source, remedy = REFUSED[kind]
    with pytest.raises(SourceError) as caught:
        read_text(source)
    line = str(caught.value)
    assert line.startswith("episode.txt: ")
    assert remedy in line
    assert "\n" not in line


def test_a_model_of_a_newer_curbcut_is_refused_in_so_many_words(read_text: ReadText) -> None:
    source = msgspec.json.encode({"type": "document", "version": MODEL_VERSION + 1, "sections": []})
    with pytest.raises(SourceError, match="newer Curbcut"):
        read_text(source)


def test_a_model_that_names_a_person_whom_it_does_not_have_is_refused(read_text: ReadText) -> None:
    turn = b'{"type":"turn","people":["nobody"],"paragraphs":[]}'
    with pytest.raises(SourceError, match="nobody"):
        read_text(_model(turn))


def test_a_model_with_one_id_for_two_parts_is_refused(read_text: ReadText) -> None:
    turn = b'{"type":"turn","id":"twice","paragraphs":[]}'
    with pytest.raises(SourceError, match="twice"):
        read_text(_model(turn + b"," + turn))


def test_a_model_with_an_id_that_no_edition_can_hold_is_refused(read_text: ReadText) -> None:
    with pytest.raises(SourceError, match="Not An Id"):
        read_text(_model(b'{"type":"turn","id":"Not An Id","paragraphs":[]}'))


def _model(blocks: bytes) -> bytes:
    return (
        b'{"type":"document","metadata":{"type":"metadata"},"people":[],"sections":'
        b'[{"type":"section","kind":"transcript","blocks":[' + blocks + b"]}]}"
    )


def test_a_model_is_read_behind_a_byte_order_mark(read_text: ReadText) -> None:
    assert read_text(b"\xef\xbb\xbf" + _model(b'{"type":"turn","paragraphs":[]}'))[0].sections


def test_a_text_that_begins_with_a_brace_is_a_text(read_text: ReadText) -> None:
    document, _ = read_text("{soft music}\n\nANN: Hi.\n\nBOB: Hello.\n\nANN: So?\n\nBOB: So.\n")
    assert len(list(turns(document))) == 4


def test_a_few_control_codes_make_no_binary_file(read_text: ReadText) -> None:
    assert read_text("The bell \x00 rang.\n\n" + "It rang and rang. " * 50)[0].sections


# any text at all ------------------------------------------------------------------------------

PIECES = [
    "ANN LEE: ",
    "Bob: ",
    "FOR HELP: ",
    "Note: ",
    "主持人：",
    "• ",
    "- ",
    "* ",
    "“",
    "”",
    " – Ann Lee, Miller",
    "Ann Lee",
    "\n",
    "\n\n",
    "\r\n",
    "[laughs]",
    "(applause)",
    "♪",
    "[",
    ")",
    "Where? ",
    "It is here. ",
    "click here",
    "please contact us.",
    "All is at",
    "accessible formats on request",
    "Rather Listen?",
    "https://x.example ",
    "Mr. Smythe said no. ",
    "。",
    "……",
    "\u00a0",
    "\u200b",
    "\u202e",
    "\x07",
    "ß",
    "ﬁ",
    "{",
    "<b>",
    "\t",
]
TRANSCRIPTS = st.lists(st.sampled_from(PIECES) | st.text(max_size=12), max_size=40).map("".join)


@settings(max_examples=250)
@given(text=TRANSCRIPTS)
def test_any_text_is_refused_or_read_without_losing_a_word(text: str, read_text: ReadText) -> None:
    source = text.encode("utf-8", "replace")
    try:
        document, _ = read_text(source)
    except SourceError:
        return
    lost = Counter(_words(_seen(source.decode()))) - Counter(_words("\n".join(_kept(document))))
    assert not lost


@given(content=st.binary(max_size=200))
def test_any_bytes_are_refused_or_read(content: bytes, read_text: ReadText) -> None:
    try:
        document, _ = read_text(content)
    except SourceError:
        return
    assert document.sections


def _kept(document: Document) -> Iterator[str]:
    """Yield all words of the model: the title, the labels, what is said and what stands round it."""
    yield document.metadata.title or ""
    for section in sections(document):
        yield plain_text(section.heading)
        yield section_text(section)
    for turn in turns(document):
        yield turn.label or ""


def _seen(text: str) -> str:
    """Return the text without characters that are no part of any word."""
    return re.sub("[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\u200b\u2060\ufeff\u00ad\u202d\u202e\ufffe\uffff]", "", text)


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", text)
