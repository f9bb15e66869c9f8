"""The proof: an edition that lacks, doubles, misplaces or alters a sentence is refused, whichever its format."""

import io
import re
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from converters.checks.parity import expected, prove
from converters.document import Document
from converters.errors import ProofError
from converters.traverse import sentence_text
from converters.writers import writer_named

from .conftest import Context, ReadText, Run

Change = Callable[[str], str]

HIS = r'<span id="transcript-t02-s1">[^<]*</span>'
HERS = r'<span id="transcript-t03-s1">[^<]*</span>'


def _dropped(page: str) -> str:
    return re.sub(HIS, "", page)


def _doubled(page: str) -> str:
    return re.sub(HIS, r"\g<0> \g<0>", page)


def _swapped(page: str) -> str:
    his, hers = (str(re.findall(pattern, page)[0]) for pattern in (HIS, HERS))
    return page.replace(his, "§").replace(hers, his).replace("§", hers)


def _altered(page: str) -> str:
    return page.replace("a promise with hands. You", "a promise. You").replace(
        "promise with hands.</span> <", "promise.</span> <"
    )


CHANGES = {"dropped": _dropped, "doubled": _doubled, "swapped": _swapped, "altered": _altered}


@pytest.fixture
def document(sample: str, read_text: ReadText) -> Document:
    return read_text(sample)[0]


@pytest.fixture
def made(document: Document, context: Context) -> Callable[[str], bytes]:
    def making(name: str) -> bytes:
        (artifact,) = writer_named(name).load()(document, context(document, (name,)))
        assert isinstance(artifact.content, bytes)
        return artifact.content

    return making


def _book(content: bytes, change: Change) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(packed, "w") as new:
        for name in old.namelist():
            text = old.read(name)
            new.writestr(name, change(text.decode()) if name.endswith("transcript.xhtml") else text)
    return packed.getvalue()


@pytest.mark.parametrize("name", ["html", "epub", "pdf", "txt", "json"])
def test_a_sound_edition_is_proved(name: str, document: Document, made: Callable[[str], bytes]) -> None:
    prove(name, made(name), document, None)


@pytest.mark.parametrize("change", CHANGES)
def test_a_page_with_a_sentence_gone_wrong_is_refused(
    change: str, document: Document, made: Callable[[str], bytes]
) -> None:
    page = made("html").decode()
    assert CHANGES[change](page) != page
    with pytest.raises(ProofError, match="transcript-t0"):
        prove("html", CHANGES[change](page).encode(), document, None)


@pytest.mark.parametrize("change", CHANGES)
def test_a_book_with_a_sentence_gone_wrong_is_refused(
    change: str, document: Document, made: Callable[[str], bytes]
) -> None:
    with pytest.raises(ProofError, match="transcript-t0"):
        prove("epub", _book(made("epub"), CHANGES[change]), document, None)


@pytest.mark.parametrize("name", ["pdf", "txt", "json", "html", "epub"])
def test_an_edition_of_another_text_is_refused(
    name: str, sample: str, read_text: ReadText, made: Callable[[str], bytes]
) -> None:
    other, _ = read_text(sample.replace("no more wrong than", "much more wrong than"))
    with pytest.raises(ProofError, match=f"The {name} edition"):
        prove(name, made(name), other, None)


def test_a_text_out_of_order_is_refused(document: Document, made: Callable[[str], bytes]) -> None:
    first, second = "It can. It is no more wrong than a stopped one.", "Springs, mostly. (laughs) Some of them wind me."
    text = made("txt").decode().replace(first, "§").replace(second, first).replace("§", second)
    with pytest.raises(ProofError, match="out of order"):
        prove("txt", text.encode(), document, None)


def test_silence_is_no_audio_edition(document: Document) -> None:
    with pytest.raises(ProofError, match="nothing was spoken"):
        prove("mp3", b"", document, None)


def test_what_is_expected_is_every_sentence_with_the_furniture_last(document: Document) -> None:
    texts = [sentence_text(sentence) for sentence in expected(document)]
    assert len(texts) == len({sentence.id for sentence in expected(document)}) == 29
    assert texts[0] == "A small workshop mends what big shops throw away."
    assert texts[-1] == "Looking for Another Hour?"


def test_a_word_that_ends_its_page_with_a_hyphen_is_not_joined_to_the_page_number(tmp_path: Path, run: Run) -> None:
    source = tmp_path / "hyphens.txt"
    said = "0123456789 " + "-".join(["kettle"] * 2000)
    source.write_text(f"Hyphens\n\nANN LEE: {said}\n\nBO RUIZ: Oh.\n\nANN LEE: Yes.\n", encoding="utf-8")
    made = run("convert", source, "-o", tmp_path / "out", "--to", "pdf", "--show", "none")
    assert made.code == 0, made.err


@pytest.mark.parametrize("name", ["html", "epub"])
def test_the_mark_of_a_note_is_none_of_its_sentences_words(name: str, read_text: ReadText, context: Context) -> None:
    source = "# A Bridge\n\n**Ann Lee:** Who built it?[^1] And why?\n\n**Bo Ruiz:** All of us.\n\n[^1]: In 1901.\n"
    document, _ = read_text(source)
    assert document.notes
    (artifact,) = writer_named(name).load()(document, context(document, (name,)))
    prove(name, artifact.content, document, None)
