"""Time as whole milliseconds; text only at the edge.

Seconds as floats drift and print as ``00:00:00.1000``, so no float second is
kept anywhere: a time is an ``int`` of milliseconds until a writer prints it.
"""

from typing import NewType

import msgspec

Milliseconds = NewType("Milliseconds", int)


class TimeSpan(msgspec.Struct, frozen=True):
    """A stretch of one recording: ``begin`` is in it, ``end`` is not.

    Raises ``ValueError`` unless ``0 <= begin < end`` (EPUBCheck MED-008, MED-009).
    """

    begin: Milliseconds
    end: Milliseconds

    def __post_init__(self) -> None:
        """Refuse a span that no player can play."""
        if not 0 <= self.begin < self.end:
            message = f"a time span runs forward from 0 or later, not {self.begin} to {self.end} ms"
            raise ValueError(message)


class SourceTime(msgspec.Struct, frozen=True):
    """When something is said in the source recording; ``end`` is None where the source does not say.

    Raises ``ValueError`` unless ``0 <= begin`` and ``begin <= end``.
    """

    begin: Milliseconds
    end: Milliseconds | None = None

    def __post_init__(self) -> None:
        """Refuse a time that runs backward."""
        if self.begin < 0 or (self.end is not None and self.end < self.begin):
            message = f"a time of the recording runs forward from 0 or later, not {self.begin} to {self.end} ms"
            raise ValueError(message)


def of_samples(samples: int, rate: int) -> Milliseconds:
    """Return the moment of a sample, rounded to the nearest millisecond."""
    return Milliseconds((samples * 2000 + rate) // (2 * rate))


def clock(moment: Milliseconds) -> str:
    """Return a moment as ``01:02:03.456``, as WebVTT and SMIL write it; hours have two digits or more."""
    seconds, milliseconds = divmod(moment, 1000)
    minutes, seconds = divmod(seconds, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours:02}:{minutes:02}:{seconds:02}.{milliseconds:03}"
