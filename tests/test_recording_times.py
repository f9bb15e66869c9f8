"""When each sentence is heard in the show's own recording, from whatever times its source has."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from converters.convert import identify
from converters.document import Document, LanguageTag, Metadata, Paragraph, Section, Sentence, Sound, Text, Turn
from converters.findings import Report
from converters.recording_times import has_recording_times, recording_times
from converters.timing import Milliseconds, SourceTime

Given = tuple[int, int | None] | None


def conversation(*told: tuple[str, Given]) -> Document:
    """A turn whose sentences have these words and times; words in brackets are a sound of its own."""
    blocks: list[Turn | Sound] = []
    for words, time in told:
        when = (
            SourceTime(Milliseconds(time[0]), Milliseconds(time[1]) if time[1] is not None else None) if time else None
        )
        if words.startswith("["):
            blocks.append(Sound(words, time=when))
        else:
            blocks.append(Turn((Paragraph((Sentence((Text(words),), time=when),)),)))
    return identify(Document(Metadata(language=LanguageTag("en")), (), (Section("transcript", tuple(blocks)),)))


def spans(*told: tuple[str, Given]) -> list[tuple[int, int]]:
    return [(span.begin, span.end) for span in recording_times(conversation(*told)).spans]


def remarks(*told: tuple[str, Given]) -> list[str]:
    report = Report()
    recording_times(conversation(*told)).remark(report)
    return [finding.code for finding in report.findings]


def test_times_that_are_told_whole_are_kept() -> None:
    told = (("One.", (1000, 2000)), ("Two.", (2500, 4000)), ("[laughter]", (4000, 4600)))
    assert spans(*told) == [(1000, 2000), (2500, 4000), (4000, 4600)]
    assert remarks(*told) == []


def test_sentences_of_one_caption_share_it_by_letters() -> None:
    told = (("Abc def.", (1000, 4000)), ("Abc.", (1000, 4000)), ("Other.", (5000, 6000)))
    assert spans(*told) == [(1000, 3000), (3000, 4000), (5000, 6000)]
    assert remarks(*told) == ["time-001"]


def test_a_sentence_that_ends_inside_the_next_caption_ends_between_its_begin_and_its_end() -> None:
    first, second = spans(("Abcdef abcdef.", (0, 5000)), ("Abcdef abcdef.", (2500, 5000)))
    assert first == (0, 2500)
    assert second == (2500, 5000)


def test_a_sentence_without_a_time_stands_in_the_pause_before_the_next() -> None:
    told = (("Here we are.", (0, 1000)), ("Abcde.", None), ("And there.", (1500, 2000)))
    assert spans(*told) == [(0, 1000), (1000, 1500), (1500, 2000)]


def test_without_a_pause_it_shares_the_time_of_the_sentence_before() -> None:
    told = (("Abcdefghi.", (0, 1000)), ("A.", None), ("And there.", (1000, 2000)))
    assert spans(*told) == [(0, 900), (900, 1000), (1000, 2000)]


def test_where_only_beginnings_are_told_each_lasts_until_the_next_or_as_long_as_slow_speech() -> None:
    told = (("Abcd abcd.", (0, None)), ("Abcd abcd.", (1000, None)), ("Abcd abcd.", (60_000, None)))
    first, second, third = spans(*told)
    assert first == (0, 1000)
    assert second == (1000, 2200)
    assert third[0] == 60_000
    assert remarks(*told) == []


def test_a_long_stretch_without_a_time_is_a_warning() -> None:
    words = "Abcd abcd abcd abcd abcd abcd abcd abcd abcd abcd."
    told = (("Abcd.", (0, None)), *((words, None) for _ in range(3)), ("Abcd.", (12_000, None)))
    assert remarks(*told) == ["time-002"]


def test_a_time_that_contradicts_the_others_is_left_out_and_told() -> None:
    told = (("One.", (0, 900)), ("Two.", (500_000, 500_900)), ("Three.", (2000, 2900)), ("Four.", (3000, 3900)))
    assert remarks(*told)[0] == "time-003"
    assert spans(*told)[1] == (900, 1350)
    assert spans(*told)[2:] == [(2000, 2900), (3000, 3900)]
    report = Report()
    recording_times(conversation(*told)).remark(report)
    assert report.findings[0].where == "transcript-t02-s1"


def test_an_end_beyond_several_that_begin_later_is_not_believed() -> None:
    told = tuple(("Abcd.", (begin, 600_000)) for begin in range(0, 12_000, 1000))
    found = spans(*told)[:8]
    assert all(begin <= found[place][0] <= begin + 3000 for place, begin in enumerate(range(0, 8000, 1000)))


def test_what_stands_before_the_first_time_ends_where_it_begins() -> None:
    first, second, _ = spans(("Abcd abcd.", None), ("Abcd.", (5000, 5400)), ("Abcd.", (5400, 5800)))
    assert first[1] == second[0] == 5000
    assert first[0] > 3000


def test_what_stands_before_a_first_time_of_nothing_shares_it() -> None:
    assert spans(("Abcd.", None), ("Abcd.", (0, 1000)), ("Abcd.", (1000, 2000)))[:2] == [(0, 500), (500, 1000)]


@pytest.mark.parametrize(
    ("told", "known"),
    [
        ((("One.", None), ("Two.", None)), False),
        ((("One.", (1000, None)), ("Two.", None)), False),
        ((("One.", (1000, 2000)), ("Two.", (1000, 2000))), False),
        ((("One.", (1000, None)), ("Two.", (3000, None))), True),
    ],
)
def test_one_time_alone_is_no_clock(told: tuple[tuple[str, Given], ...], *, known: bool) -> None:
    assert has_recording_times(conversation(*told)) is known


TIME = st.integers(0, 100_000)
GIVEN = st.one_of(st.none(), st.tuples(TIME, st.none()), st.tuples(TIME, TIME).map(lambda pair: (min(pair), max(pair))))
TOLD = st.lists(st.tuples(st.text("ab .", min_size=1, max_size=40), GIVEN), min_size=2, max_size=30)


@given(told=TOLD)
def test_times_run_forward_whatever_the_source_tells(told: list[tuple[str, Given]]) -> None:
    document = conversation(*told)
    if not has_recording_times(document):
        return
    times = recording_times(document)
    assert len(times.spans) == len(times.parts) == len(told)
    for one, after in itertools.pairwise(times.spans):
        assert one.end <= after.begin
    for part, span in zip(times.parts, times.spans, strict=True):
        if part.part.time and part.part.id not in times.contrary:
            assert span.begin >= part.part.time.begin
