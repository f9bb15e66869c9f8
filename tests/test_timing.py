"""Time is whole milliseconds, and text only at the edge."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from converters.timing import Milliseconds, TimeSpan, clock, of_samples


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


@pytest.mark.parametrize(
    ("moment", "printed"),
    [(0, "00:00:00.000"), (999, "00:00:00.999"), (59_999, "00:00:59.999"), (3_723_004, "01:02:03.004"),
     (360_000_000, "100:00:00.000")],
)  # fmt: skip
def test_a_moment_is_printed_to_the_millisecond(moment: int, printed: str) -> None:
    assert clock(Milliseconds(moment)) == printed
