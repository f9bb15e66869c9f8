"""Which day a line states."""

import datetime

import pytest

from converters.readers.dates import day_of

MAY_17 = datetime.date(2007, 5, 17)


@pytest.mark.parametrize(
    "line",
    [
        "2007-05-17",
        "2007-05-17 19:21:00-04:00",
        "2007-05-17T10:00:00Z",
        "20070517",
        "Thu, 17 May 2007 10:00:00 +0000",
        "2007/05/17",
        "17.05.2007",
        "17. 5. 2007",
        "2007年5月17日",
        "2007 年 5 月 17 日（木）",
        "2007년 5월 17일",
        "１７ Ｍａｙ ２００７",
    ],
)
def test_a_date_in_figures_is_read(line: str) -> None:
    assert day_of(line) == MAY_17


@pytest.mark.parametrize(
    "line",
    [
        "May 17, 2007",
        "MAY 17TH 2007",
        "Recorded on Thursday, the 17th of May, 2007, in a cellar",
        "17 May 2007",
        "17-May-2007",
        "17. Mai 2007",
        "17 de mayo de 2007",
        "17 de mayo del 2007",
        "jeudi 17 mai 2007",
        "17 maggio 2007",
        "17 de maio de 2007",
        "17 mei 2007",
        "17 maja 2007",
        "17 мая 2007 г.",
        "17 במאי 2007",
        "שודר ב-17 במאי 2007",
        "17. maj 2007",
    ],
)
def test_a_date_in_words_is_read(line: str) -> None:
    assert day_of(line) == MAY_17


def test_accents_may_be_there_or_not() -> None:
    assert day_of("1er août 2019") == day_of("1er aout 2019") == datetime.date(2019, 8, 1)
    assert day_of("3 de março de 2019") == day_of("3 de marco de 2019") == datetime.date(2019, 3, 3)


def test_slashes_count_only_where_one_number_can_be_no_month() -> None:
    assert day_of("03/05/2024") is None
    assert day_of("17/05/2007") == day_of("05/17/2007") == MAY_17
    assert day_of("05-17-2007") == MAY_17


def test_slashes_with_the_same_number_twice_say_the_same_either_way() -> None:
    assert day_of("05/05/2024") == datetime.date(2024, 5, 5)


@pytest.mark.parametrize(
    "line",
    [
        "",
        "It may be 17 years since 2007.",
        "May 2007",
        "17 May",
        "2007",
        "30 February 2024",
        "2024-13-40",
        "17 Lampwick 2007",
        "Version 3.4.2024.1",
        "17 May 9007",
    ],
)
def test_no_date_is_made_up(line: str) -> None:
    assert day_of(line) is None


@pytest.mark.parametrize("line", ["May 17, 2007 to May 19, 2007", "12–17 May 2007", "12 - 17 May 2007"])
def test_two_days_are_not_one(line: str) -> None:
    assert day_of(line) is None


def test_the_same_day_said_twice_is_one() -> None:
    assert day_of("17 May 2007 (2007-05-17)") == MAY_17
    assert day_of("05/06/2007, that is 5 June 2007") == datetime.date(2007, 6, 5)


@pytest.mark.parametrize("trap", ["1 " * 50_000, "1" + " " * 100_000, "1 de " * 30_000, "a" * 100_000])
def test_a_long_line_costs_nothing(trap: str) -> None:
    assert day_of(trap) is None
    assert day_of(trap[:1_999]) is None
