"""CSV and TSV in their dialects."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from converters.errors import SourceError
from converters.findings import Report
from converters.readers import ReadContext
from converters.readers.csv_table import csv_manuscript
from converters.readers.decoding import decode
from converters.settings import Limits, Options


def context(limits: Limits | None = None) -> ReadContext:
    return ReadContext("episode.csv", Options(limits=limits or Limits()), Report())


def told(text: str) -> list[tuple[str | None, str]]:
    return [(piece.label, piece.text) for piece in csv_manuscript(text, context()).pieces]


ANSWERS = [("Tamsin", "Well, well; is it late?"), ("Ignace", "It is."), ("Tamsin", "Good.")]


@pytest.mark.parametrize(
    "text",
    [
        'speaker,text\nTamsin,"Well, well; is it late?"\nIgnace,It is.\nTamsin,Good.\n',
        'speaker;text\nTamsin;"Well, well; is it late?"\nIgnace;It is.\nTamsin;Good.\n',
        "speaker\ttext\nTamsin\tWell, well; is it late?\nIgnace\tIt is.\nTamsin\tGood.\n",
        "speaker|text\nTamsin|Well, well; is it late?\nIgnace|It is.\nTamsin|Good.",
        'sep=;\nspeaker;text\nTamsin;"Well, well; is it late?"\nIgnace;It is.\nTamsin;Good.\n',
        "speaker,text\nTamsin,Well, well; is it late?\nIgnace,It is.\nTamsin,Good.\n",
        "text,speaker\nWell, well; is it late?,Tamsin\nIt is.,Ignace\nGood.,Tamsin\n",
    ],
    ids=[
        "commas",
        "semicolons",
        "tabs",
        "bars",
        "told by a spreadsheet",
        "words that nothing holds together",
        "words first",
    ],
)
def test_columns_are_found_in_every_dialect(text: str) -> None:
    assert told(text) == ANSWERS


def test_quotes_and_line_ends_inside_a_cell_are_words() -> None:
    text = 'speaker,text\nA,"She said ""late"".\nTwice."\nB,"It\'s late"\nA,Yes.\n'
    assert told(text) == [("A", 'She said "late".'), (None, "Twice."), ("B", "It's late"), ("A", "Yes.")]


def test_quotes_escaped_with_a_stroke_are_quotes() -> None:
    assert told('speaker,text\nA,"She said \\"late\\", twice."\nB,No.\n')[0] == ("A", 'She said "late", twice.')


def test_a_quotation_mark_that_nothing_closes_swallows_no_rows() -> None:
    rows = "".join(f"{'AB'[number % 2]},Row number {number}\n" for number in range(60))
    assert len(told(f'speaker,text\nA,"An open end\n{rows}')) == 61


def test_a_file_of_one_column_is_speech_of_nobody() -> None:
    assert told("text\nOh, is it?\nIt is, it is, it is.\n") == [(None, "Oh, is it?"), (None, "It is, it is, it is.")]


def test_a_row_is_known_by_its_number() -> None:
    manuscript = csv_manuscript("speaker,text\nA,Yes.\nB,No.\n", context())
    assert [piece.line for piece in manuscript.pieces] == [2, 3]
    assert manuscript.speech_only


def test_lines_above_the_headings_are_kept_as_paragraphs() -> None:
    manuscript = csv_manuscript("The Mended Hour,\nspeaker,text\nA,Yes.\nB,No.\n", context())
    assert (manuscript.pieces[0].form, manuscript.pieces[0].text) == ("prose", "The Mended Hour")
    assert not manuscript.speech_only


def test_what_a_spreadsheet_calls_unicode_text_is_read() -> None:
    source = "Zeit\tSprecher\tText\r\n00:01\tHolm\tMoin.\r\n00:03\tJette\tMoin „Moin“.\r\n".encode("utf-16")
    pieces = csv_manuscript(decode(source, Report()), context()).pieces
    assert [(piece.label, piece.text) for piece in pieces] == [("Holm", "Moin."), ("Jette", "Moin „Moin“.")]


def test_nul_bytes_do_no_harm() -> None:
    assert csv_manuscript(decode(b"speaker,text\nA,Y\0es.\nB,No.\n", Report()), context()).pieces[0].text == "Yes."


@pytest.mark.parametrize("text", ["1,2\n3,4\n", "\n\n", ",,,\n,,,\n"])
def test_a_table_without_words_is_refused_with_what_to_do(text: str) -> None:
    with pytest.raises(SourceError, match=r"^episode.csv: this table has no column .* Name its columns"):
        csv_manuscript(text, context())


def test_more_rows_than_the_limit_are_refused() -> None:
    with pytest.raises(SourceError, match="raise the limit with --max-turns"):
        csv_manuscript("speaker,text\n" + "A,b\n" * 20, context(Limits(turns=10)))


@pytest.mark.parametrize("text", ['"' * 900_000, "," * 900_000, 'a,"' + "x\n" * 900_000, "a,b\n" * 1_000_000])
def test_traps_are_refused_at_once(text: str) -> None:
    with pytest.raises(SourceError):
        csv_manuscript(text, context())


@given(
    st.lists(
        st.sampled_from(["speaker", "text", "start", ",", ";", "\t", '"', "\n", "A", "0:01", "hello you", "\\"]),
        min_size=1,
    )
)
def test_no_word_is_lost_whatever_the_table(parts: list[str]) -> None:
    asked = context()
    try:
        manuscript = csv_manuscript("".join(parts), asked)
    except SourceError:
        return
    told = [word for piece in manuscript.pieces for word in (piece.text, piece.label or "")]
    accounted = " ".join([*told, *(finding.text for finding in asked.report.findings)])
    assert "hello" not in parts or "hello" in accounted
