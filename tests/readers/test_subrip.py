"""SubRip as programs and people write it: nothing that stands in a cue is lost."""

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from converters.errors import SourceError
from converters.findings import Report
from converters.readers import ReadContext
from converters.readers.decoding import decode
from converters.readers.pieces import Mark, Piece
from converters.readers.subrip import subrip_manuscript
from converters.settings import Limits, Options

TWO_CUES = """\
1
00:00:01,500 --> 00:00:03,000
Is it late?
I think it is.

2
00:00:03,100 --> 00:00:04,000
It is 42.
"""


def context(limits: Limits | None = None) -> ReadContext:
    return ReadContext("episode.srt", Options(limits=limits or Limits()), Report())


def pieces(text: str) -> tuple[Piece, ...]:
    return subrip_manuscript(text, context()).pieces


def told(text: str) -> list[tuple[str, int, int | None]]:
    return [(piece.text, piece.moments[0].begin, piece.moments[0].end) for piece in pieces(text)]


def findings(text: str) -> list[str]:
    asked = context()
    subrip_manuscript(text, asked)
    return [finding.text for finding in asked.report.findings]


def test_each_line_is_a_piece_with_the_time_of_its_cue() -> None:
    assert told(TWO_CUES) == [("Is it late?", 1500, 3000), ("I think it is.", 1500, 3000), ("It is 42.", 3100, 4000)]
    assert {piece.form for piece in pieces(TWO_CUES)} == {"cue"}
    assert [piece.line for piece in pieces(TWO_CUES)] == [2, 2, 7]
    assert not findings(TWO_CUES)


@pytest.mark.parametrize(
    "text",
    [
        TWO_CUES.replace(",", "."),
        TWO_CUES.replace("\n\n", "\n"),
        TWO_CUES.replace("\n\n2\n", "\n\n"),
        TWO_CUES.replace("1\n", "", 1).replace("\n2\n", "\n"),
        TWO_CUES.replace("\n\n", "\n\n\n \n"),
        TWO_CUES.replace("2\n", "2\n\n"),
        TWO_CUES.replace("late?\n", "late?\n\n"),
        TWO_CUES.replace(" --> ", "-->"),
        TWO_CUES.replace("-->", "–>"),
        TWO_CUES.replace("00:00:0", "0:0"),
        TWO_CUES.replace(":", "：").replace("00：", "00:", 0),
        TWO_CUES.replace("03,000", "03,000  X1:10 X2:20 Y1:1 Y2:2"),
        TWO_CUES.replace("01,500", "01,5"),
        "\n\n" + TWO_CUES.rstrip(),
    ],
)
def test_what_players_forgive_is_forgiven(text: str) -> None:
    assert told(text) == told(TWO_CUES)


def test_times_without_milliseconds_or_with_frames_are_read() -> None:
    assert told("1\n00:01 --> 00:03\nOne.\n\n2\n00:00:04:12 --> 00:00:05:00\nTwo.") == [
        ("One.", 1000, 3000), ("Two.", 4480, 5000),
    ]  # fmt: skip


def test_a_number_that_is_said_is_no_number_of_a_cue() -> None:
    text = (
        "00:00:01,000 --> 00:00:02,000\nHow many?\n42\n\n00:00:03,000 --> 00:00:04,000\n43\n\n"
        "3\n00:00:05,000 --> 00:00:06,000\nSo."
    )
    assert [words for words, _, _ in told(text)] == ["How many?", "42", "43", "So."]


def test_an_arrow_that_is_said_is_words() -> None:
    text = "1\n00:00:01,000 --> 00:00:02,000\nFrom here --> to there.\n"
    assert told(text)[0][0] == "From here --> to there."


def test_dress_is_dropped_and_emphasis_kept() -> None:
    text = (
        "1\n00:00:01,000 --> 00:00:02,000\n"
        '{\\an8}<font color="#fff"><b>It is <i>very</i> late.</b></font>\n'
        "{\\i1}Over{\\i0} there &amp; here &lt;3\n"
    )
    first, second = pieces(text)
    assert (first.text, first.marks) == ("It is very late.", (Mark(6, 10, "emphasis"),))
    assert (second.text, second.marks) == ("Over there & here <3", (Mark(0, 4, "emphasis"),))


def test_a_bold_beginning_is_marked() -> None:
    (piece,) = pieces("1\n00:00:01,000 --> 00:00:02,000\n<b>Tamsin:</b> It is late.\n")
    assert (piece.text, piece.marks) == ("Tamsin: It is late.", (Mark(0, 7, "strong"),))


@pytest.mark.parametrize(
    "line", ["- Is it?", "– It is.", ">> TAMSIN: Is it?", "[IGNACE] It is.", "<laughs> No.", "x < y > z"]
)
def test_what_may_name_a_speaker_stays_in_the_text(line: str) -> None:
    (piece,) = pieces(f"1\n00:00:01,000 --> 00:00:02,000\n{line}\n")
    assert (piece.text, piece.label) == (line, None)


def test_a_wide_space_after_the_beginning_is_told() -> None:
    (piece,) = pieces("1\n00:00:01,000 --> 00:00:02,000\nTAMSIN   Is it late?\n")
    assert (piece.text, piece.gap) == ("TAMSIN Is it late?", 6)


def test_cues_out_of_order_are_put_in_order_and_overlaps_keep_theirs() -> None:
    text = (
        "1\n00:00:05,000 --> 00:00:06,000\nThird.\n\n2\n00:00:01,000 --> 00:00:04,000\nFirst.\n\n"
        "3\n00:00:01,000 --> 00:00:02,000\nSecond.\n"
    )
    assert [words for words, _, _ in told(text)] == ["First.", "Second.", "Third."]


def test_recordings_one_after_the_other_are_not_shuffled() -> None:
    text = "1\n00:10:00,000 --> 00:10:02,000\nEnd of one.\n\n1\n00:00:01,000 --> 00:00:02,000\nBeginning of two.\n"
    assert [words for words, _, _ in told(text)] == ["End of one.", "Beginning of two."]


def test_an_end_before_the_beginning_is_none() -> None:
    assert told("1\n00:00:05,000 --> 00:00:04,000\nHm.\n") == [("Hm.", 5000, None)]


def test_words_before_the_first_cue_are_accounted_for() -> None:
    (finding,) = findings(f"Transcribed in a tower\n\n{TWO_CUES}")
    assert "Before the first caption: “Transcribed in a tower”" in finding


def test_rolling_lines_are_kept_once_and_true_repeats_stay() -> None:
    lines = ["It is", "late, late", "they say", "they say", "and so"]
    cues = [
        f"{number}\n00:00:0{number},000 --> 00:00:0{number + 1},000\n"
        + "\n".join(lines[max(0, number - 1) : number + 1])
        for number in range(5)
    ]
    text = "\n\n".join(cues)
    assert [(words, begin) for words, begin, _ in told(text)] == [
        ("It is", 0), ("late, late", 1000), ("they say", 2000), ("they say", 3000), ("and so", 4000),
    ]  # fmt: skip
    assert findings(text) == ["The lines that rolling captions repeat are kept once: 4 of them. Nothing to do."]


def test_a_line_that_grows_is_kept_when_it_is_whole() -> None:
    steps = ["SO", "SO THE CLOCK", "SO THE CLOCK STOOD", "STILL", "STILL AND", "STILL AND STILL"]
    text = "\n\n".join(f"{n}\n00:00:0{n},000 --> 00:00:0{n + 1},000\n{words}" for n, words in enumerate(steps))
    first, second = pieces(text)
    assert (first.text, second.text) == ("SO THE CLOCK STOOD", "STILL AND STILL")
    assert [(m.offset, m.begin) for m in first.moments] == [(0, 0), (3, 1000), (13, 2000)]


def test_a_few_lines_said_twice_do_not_roll() -> None:
    text = "\n\n".join(
        f"{n}\n00:00:{n:02},000 --> 00:00:{n + 1:02},000\n{words}"
        for n, words in enumerate(["Yes.", "Yes.", "No.", "Perhaps.", "Who knows.", "I do.", "You?", "Me."])
    )
    assert [words for words, _, _ in told(text)][:3] == ["Yes.", "Yes.", "No."]


@pytest.mark.parametrize(
    "text", ["Only words.\n", "1\n00:00:01,000 --> 00:00:02,000\n\n", "1\n00:00:01,000 --> 00:00:02,000\n<i></i>\n"]
)
def test_a_file_without_captions_is_refused_with_what_to_do(text: str) -> None:
    with pytest.raises(SourceError, match=r"^episode.srt: there are no captions .* Export it again"):
        subrip_manuscript(text, context())


def test_more_cues_than_the_limit_are_refused_before_they_are_parsed() -> None:
    with pytest.raises(SourceError, match=r"1,000,000 turns or cues .* --max-turns"):
        subrip_manuscript("1\n00:00:01,000 --> 00:00:02,000\nHm.\n\n" * 1_000_000, context())


@pytest.mark.parametrize(
    "trap", ["<" * 200_000, "{\\" * 200_000, "&" * 200_000, "<v " * 100_000, " " * 500_000, "-->" * 50_000]
)
def test_traps_for_patterns_take_no_time(trap: str) -> None:
    subrip_manuscript(f"1\n00:00:01,000 --> 00:00:02,000\nHm.{trap}\n", context())


def test_nul_bytes_and_every_line_end_do_no_harm() -> None:
    source = TWO_CUES.replace("late", "la\0te").replace("\n", "\r\r\n").encode("utf-16")
    assert subrip_manuscript(decode(source, Report()), context()).pieces[0].text == "Is it late?"


@given(
    st.lists(
        st.sampled_from(
            ["1", "\n", "00:00:01,000 --> 00:00:02,000", "-->", "<i>", "</i>", "{\\an8}", "a b", "&", "<", " "]
        )
    )
)
def test_whatever_stands_in_a_file_is_read_or_refused(parts: list[str]) -> None:
    with contextlib.suppress(SourceError):
        assert pieces("".join(parts))
