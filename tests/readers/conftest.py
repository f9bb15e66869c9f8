"""No reader may hang: a source that takes half a minute of the processor's time fails its test.

This is no measure of speed (that is `make bench`). It is there because a trap that
works would otherwise hold up the whole suite.
"""

import signal
from collections.abc import Iterator
from types import FrameType

import pytest

PATIENCE = 30.0
"""Seconds of the processor, which other work on the machine does not use up."""


@pytest.fixture(autouse=True)
def no_hanging() -> Iterator[None]:
    """Break off a test that does not come to an end."""
    before = signal.signal(signal.SIGPROF, _break_off)
    signal.setitimer(signal.ITIMER_PROF, PATIENCE)
    yield
    signal.setitimer(signal.ITIMER_PROF, 0)
    signal.signal(signal.SIGPROF, before)


def _break_off(_number: int, _frame: FrameType | None) -> None:
    raise TimeoutError(f"still at it after {PATIENCE:.0f} seconds of the processor's time")
