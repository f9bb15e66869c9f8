"""Time is whole milliseconds, and text only at the edge."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from converters.timing import Milliseconds, TimeSpan, clock, of_samples


@pytest.mark.parametrize(
    ("milliseconds", "written"),
    [(0, "0:00:00.000"), (999, "0:00:00.999"), (61_001, "0:01:01.001"), (36_000_000, "10:00:00.000")],
)
def test_a_time_is_written_with_hours_and_three_decimals(milliseconds: int, written: str) -> None:
    assert clock(Milliseconds(milliseconds)) == written


@given(st.integers(0, 10**9))
def test_a_written_time_says_exactly_the_same(milliseconds: int) -> None:
    hours, minutes, seconds = clock(Milliseconds(milliseconds)).split(":")
    whole, thousandths = seconds.split(".")
    assert ((int(hours) * 60 + int(minutes)) * 60 + int(whole)) * 1000 + int(thousandths) == milliseconds
    assert int(minutes) < 60
    assert int(whole) < 60


@pytest.mark.parametrize(("begin", "end"), [(-1, 5), (5, 5), (6, 5)])
def test_a_span_that_no_player_can_play_is_refused(begin: int, end: int) -> None:
    with pytest.raises(ValueError, match="runs forward"):
        TimeSpan(Milliseconds(begin), Milliseconds(end))


@pytest.mark.parametrize(("samples", "expected"), [(0, 0), (22_050, 1000), (11, 0), (12, 1), (34, 2)])
def test_a_sample_falls_on_the_nearest_millisecond(samples: int, expected: int) -> None:
    assert of_samples(samples, 22_050) == expected


@given(st.integers(0, 10**9), st.sampled_from([8000, 22_050, 44_100]))
def test_samples_never_drift(samples: int, rate: int) -> None:
    assert abs(of_samples(samples, rate) * rate - samples * 1000) * 2 <= rate
