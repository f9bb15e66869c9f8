"""Which columns of a table say who speaks, what and when; and which tables are no transcript."""

import pytest

from converters.findings import Report
from converters.readers.columns import pieces_of_rows
from converters.readers.pieces import Moment, Piece
from converters.timing import Milliseconds

Table = list[list[str]]

TALK: Table = [
    ["TAMSIN:", "Good evening from the clock tower, everybody."],
    ["IGNACE:", "Good evening. Mind the pendulum when it passes."],
    ["TAMSIN:", "Is it always this loud up here at night?"],
    ["IGNACE:", "Only when it is right about the time."],
]


def moment(begin: int, end: int) -> Moment:
    return Moment(0, Milliseconds(begin), Milliseconds(end))


def read(table: Table, *, alone: bool = False) -> tuple[Piece, ...] | None:
    return pieces_of_rows(tuple(map(tuple, table)), Report(), alone=alone)


def told(table: Table, *, alone: bool = False) -> list[tuple[str | None, str, int | None]]:
    pieces = read(table, alone=alone)
    assert pieces is not None
    return [(piece.label, piece.text, piece.moments[0].begin if piece.moments else None) for piece in pieces]


def left_out(table: Table) -> list[str]:
    report = Report()
    pieces_of_rows(tuple(map(tuple, table)), report)
    return [finding.text for finding in report.findings]


@pytest.mark.parametrize(
    "headings",
    [
        ["Speaker", "Start", "Text"],
        ["SPEAKER NAME", "Start Time (hh:mm:ss)", "Transcript"],
        ["who", "begin", "what was said"],
        ["hablante", "hora", "texto"],
        ["Interviniente", "Inicio", "Intervención"],
        ["Sprecher:in", "Zeit", "Wortlaut"],
        ["Rednerin", "Von", "Redebeitrag"],
        ["Locuteur", "Début", "Propos"],
        ["Falante", "Início", "Fala"],
        ["Говорящий", "Начало", "Реплика"],
        ["Спикер", "Время", "Текст"],
        ["דובר", "התחלה", "טקסט"],
        ["المتحدث", "الوقت", "النص"],
        ["話者", "開始時間（秒）", "発言"],
        ["发言人", "时间", "内容"],
        ["화자", "시작 시간", "내용"],
    ],
)
def test_headings_tell_in_many_languages(headings: list[str]) -> None:
    rows = [["Tamsin", "00:00:01", "Hello."], ["Ignace", "00:00:02", "Hello."], ["Tamsin", "00:00:03", "So."]]
    expected = [("Tamsin", "Hello.", 1000), ("Ignace", "Hello.", 2000), ("Tamsin", "So.", 3000)]
    assert told([headings, *rows]) == expected
    turned = [[text, who, when] for who, when, text in [headings, *rows]]
    assert told(turned) == expected


def test_without_headings_the_cells_tell() -> None:
    assert told(TALK)[:2] == [
        ("TAMSIN", "Good evening from the clock tower, everybody.", None),
        ("IGNACE", "Good evening. Mind the pendulum when it passes.", None),
    ]


def test_times_without_headings_are_known_by_running_on() -> None:
    rows = [
        [str(number), f"0:{number:02}", f"0:{number + 2:02}", who, words]
        for number, (who, words) in enumerate(TALK, 10)
    ]
    pieces = read(rows)
    assert pieces
    assert pieces[0].moments == (moment(10_000, 12_000),)
    assert [piece.label for piece in pieces] == ["TAMSIN", "IGNACE", "TAMSIN", "IGNACE"]


@pytest.mark.parametrize(
    ("times", "first"),
    [
        (["0.5", "1.75", "4.0"], 500),
        (["500", "1750", "4000"], 500),
        (["3", "5", "9"], 3000),
        (["00:00:00,500", "00:00:01,750", "00:00:04,000"], 500),
        (["0:03 - 0:05", "0:05 - 0:09", "0:09 - 0:11"], 3000),
        (["01:00:00:05", "01:00:01:20", "01:00:04:24"], 3_600_200),
        (["PT1M5S", "PT1M7S", "PT1M9S"], 65_000),
        (["1,5", "2,75", "4,0"], 1500),
    ],
)
def test_times_are_read_in_whatever_unit_people_could_speak_in(times: list[str], first: int) -> None:
    words = ["Mind the stairs.", "Which of them?", "All of them."]
    rows = [[time, who, text] for time, who, text in zip(times, ["A", "B", "A"], words, strict=True)]
    assert told([["start", "speaker", "text"], *rows])[0][2] == first


def test_a_heading_that_names_the_unit_is_believed() -> None:
    rows = [["900", "A", "Yes."], ["901", "B", "No."], ["902", "A", "Yes."]]
    assert told([["start_ms", "speaker", "text"], *rows])[0][2] == 900


def test_an_end_or_a_duration_gives_the_end() -> None:
    head = ["speaker", "text", "start"]
    ending = read([[*head, "end"], ["A", "Well, then.", "1.0", "2.5"], ["B", "Well.", "2.5", "3.0"]])
    lasting = read([[*head, "duration"], ["A", "Well, then.", "1.0", "1.5"], ["B", "Well.", "2.5", "0.5"]])
    assert ending
    assert lasting
    assert ending[0].moments == lasting[0].moments == (moment(1000, 2500),)


def test_times_of_the_day_are_no_times_of_the_recording() -> None:
    table = [["time", "speaker", "text"], ["17:02:00", "A", "Hello."], ["17:02:09", "B", "Hello."]]
    assert [begin for _, _, begin in told(table)] == [None, None]
    assert any("17:02:00 … 17:02:09" in text for text in left_out(table))


def test_lines_of_a_cell_and_empty_speakers_go_on_with_the_one_before() -> None:
    table = [["speaker", "text"], ["A", "One.\nTwo."], ["", "Three."], ["B", "Four."], ["A", "Five."]]
    assert told(table) == [
        ("A", "One.", None), (None, "Two.", None), (None, "Three.", None), ("B", "Four.", None), ("A", "Five.", None),
    ]  # fmt: skip


def test_a_name_alone_in_its_row_belongs_to_the_words_below() -> None:
    table = [["speaker", "text"], ["A", ""], ["", "One."], ["B", "Two."], ["A", "Three."]]
    assert told(table)[0] == ("A", "One.", None)


def test_a_time_beside_the_name_is_no_part_of_it() -> None:
    rows = [[f"{who.strip(':')} (0:{number:02})", words] for number, (who, words) in enumerate(TALK, 10)]
    assert told(rows)[0] == ("TAMSIN", "Good evening from the clock tower, everybody.", 10_000)


def test_a_cell_across_the_whole_table_is_nobodys() -> None:
    pieces = read([["Part one", "Part one"], *TALK])
    assert pieces
    assert (pieces[0].form, pieces[0].label, pieces[0].text) == ("prose", None, "Part one")


def test_other_columns_are_accounted_for_word_by_word() -> None:
    table = [
        ["id", "speaker", "text", "notes"],
        ["1", "A", "Hm.", "good clip"],
        ["2", "B", "Ha.", ""],
        ["3", "A", "Oh.", "cut"],
    ]
    found = left_out(table)
    assert any("“notes”" in text and "good clip | cut" in text for text in found)
    assert any("1 … 3" in text for text in found)
    assert any("speaker | text" in text for text in found)


@pytest.mark.parametrize(
    "table",
    [
        [["Guest", "Tamsin Orrelby"], ["Date", "3 May 2024"], ["Length", "Forty minutes and a little more"]],
        [["Time", "Topic"], ["0:00", "Welcome"], ["5:10", "The pendulum"], ["20:00", "Good night"]],
        [["Speaker", "Topic", "Room"], ["Tamsin Orrelby", "Clocks that run backward", "Hall 1"],
         ["Ignace Fellowdale", "Springs and what winds them", "Hall 2"]],
        [["Name", "Role", "About"], ["Tamsin", "Host", "mends clocks in a tower"],
         ["Ignace", "Guest", "winds springs at night"]],
        [["A word"], ["Another"]],
        [["", ""], ["", ""]],
        [],
    ],
)  # fmt: skip
def test_a_table_in_which_no_one_speaks_is_none(table: Table) -> None:
    report = Report()
    assert pieces_of_rows(tuple(map(tuple, table)), report) is None
    assert not report.findings


def test_a_table_that_is_the_whole_source_may_have_words_alone() -> None:
    assert told([["Text"], ["One."], ["Two."]], alone=True) == [(None, "One.", None), (None, "Two.", None)]


def test_a_first_row_of_speech_is_no_heading() -> None:
    rows = [["Moderator", "Text me when you are there."], ["Guest", "I am there."], ["Moderator", "So am I, I think."]]
    assert told(rows, alone=True)[0] == ("Moderator", "Text me when you are there.", None)


def test_rows_of_single_words_run_on() -> None:
    rows = [[str(number / 2), "A" if number < 15 else "B", "word"] for number in range(30)]
    pieces = read([["start", "speaker", "text"], *rows])
    assert pieces
    assert {piece.form for piece in pieces} == {"cue"}
