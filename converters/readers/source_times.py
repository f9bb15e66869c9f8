"""Times that a format gives as data: clocks, seconds, milliseconds, frames; which of them, the whole column tells."""

import math
import re
from collections.abc import Sequence
from typing import Final

import msgspec

from converters.readers.clock import milliseconds, span_at
from converters.readers.field_names import words_of_name
from converters.timing import Milliseconds

_NUMBER: Final = re.compile(r"[+]?\d{1,15}(?:[.,]\d{1,12})?")
_MEASURED: Final = re.compile(r"(?P<number>\d{1,12}(?:[.,]\d{1,9})?)\s?(?P<unit>ms|s|sec|m|h|t)")
_ISO_DURATION: Final = re.compile(r"PT(?:(\d{1,4})H)?(?:(\d{1,6})M)?(?:(\d{1,9}(?:\.\d{1,9})?)S)?", re.IGNORECASE)
_FRAMES: Final = re.compile(r"(?P<clock>\d{1,2}:\d\d:\d\d)[:;](?P<frames>\d\d)")
_PLAUSIBLE: Final = 2.5
"""Words a second in conversation."""
_SECONDS_FROM: Final = 0.005
"""Words a second: seconds with a fraction are believed from here on."""
_UNIT_NAMES: Final = (
    (1.0, "ms msec millis millisecond milliseconds milisegundos millisekunden"),
    (1000.0, "s sec secs second seconds segundos sekunden secondes 秒 сек секунды"),
    (60_000.0, "min minutes"),
    (0.0001, "ticks"),
    (0.001, "us micros"),
    (0.000001, "ns nanos"),
)
_UNITS: Final = {name: unit for unit, names in _UNIT_NAMES for name in names.split()}
_MEASURES: Final = {"ms": 1.0, "s": 1000.0, "sec": 1000.0, "m": 60_000.0, "h": 3_600_000.0, "t": 0.0001}
_SMALL_HOURS: Final = 6 * 3_600_000
_DAY: Final = 24 * 3_600_000
_LONGEST: Final = 1000 * 3_600_000
"""A thousand hours; what is longer is no time of a recording."""


class Scale(msgspec.Struct, frozen=True):
    """How the times of one source are written: milliseconds to the bare number, frames to the second (0: no frames)."""

    unit: float = 1000.0
    frames: int = 0

    def read(self, value: str) -> Milliseconds | None:
        """Return the time that the words say, None where they say none."""
        text = value.strip()
        if _NUMBER.fullmatch(text):
            return _sane(_number(text) * self.unit)
        if self.frames and (match := _FRAMES.fullmatch(text)):
            whole = milliseconds(match["clock"])
            return None if whole is None else Milliseconds(whole + int(match["frames"]) * 1000 // self.frames)
        return exact(text)

    def span(self, value: str) -> tuple[Milliseconds, Milliseconds | None] | None:
        """Return begin and end of ``00:01 - 00:05``, or the one time that the words say."""
        begin = self.read(value)
        if begin is not None:
            return begin, None
        found = span_at(value.strip(), bare=True)
        return (found[0].begin, found[0].end) if found and found[1] == len(value.strip()) else None


def exact(text: str) -> Milliseconds | None:
    """Return a time that says its own unit: ``01:02.5``, ``1.4s``, ``PT1M2S``; None for a bare number."""
    if match := _MEASURED.fullmatch(text):
        return _sane(_number(match["number"]) * _MEASURES[match["unit"]])
    if (match := _ISO_DURATION.fullmatch(text)) and any(match.groups()):
        hours, minutes, seconds = (float(part or 0) for part in match.groups())
        return _sane(((hours * 60 + minutes) * 60 + seconds) * 1000)
    return None if _NUMBER.fullmatch(text) else milliseconds(text)


def is_time(value: str) -> bool:
    """Tell whether the words can be a time, a bare number included."""
    return Scale().span(value) is not None


def is_clock(value: str) -> bool:
    """Tell whether the words can be nothing else than a time."""
    return ":" in value and is_time(value)


def scale_of(values: Sequence[str], words: Sequence[int], name: str = "") -> Scale:
    """Return how a column of begin times is written; ``words`` are how many are said in each of its rows.

    The column's name may say it (``start_ms``). Else the speech rate does: people say
    some two or three words a second, and seconds read as milliseconds make it thousands.
    """
    texts = [value.strip() for value in values]
    frames = _frames(texts, words)
    told = next((_UNITS[part] for part in reversed(words_of_name(name)) if part in _UNITS), None)
    return Scale(told or _unit(texts, words), frames)


def rate(begins: Sequence[Milliseconds | None], words: Sequence[int]) -> float:
    """Return the words a second between the first time and the last; 0 where no time passes."""
    timed = [(begin, index) for index, begin in enumerate(begins) if begin is not None]
    if len(timed) < 2 or timed[-1][0] <= timed[0][0]:  # noqa: PLR2004 - a stretch has two ends
        return 0.0
    (first, start), (last, stop) = timed[0], timed[-1]
    return sum(words[start:stop]) * 1000 / (last - first)


def are_of_day(begins: Sequence[Milliseconds | None]) -> bool:
    """Tell whether times are those of a clock on the wall, beginning at ``17:02:00``: no times of a recording."""
    timed = [begin for begin in begins if begin is not None]
    return bool(timed) and min(timed) >= _SMALL_HOURS and max(timed) - min(timed) < min(timed) and max(timed) < _DAY


def _unit(texts: list[str], words: Sequence[int]) -> float:
    numbers = [Milliseconds(round(_number(text) * 1000)) if _NUMBER.fullmatch(text) else None for text in texts]
    as_seconds = rate(numbers, words)
    if any(number is not None and number % 1000 for number in numbers):
        return 1000.0 if as_seconds >= _SECONDS_FROM or not as_seconds else 1.0
    if not as_seconds:
        return 1000.0
    return min((1000.0, 1.0, 0.0001), key=lambda unit: abs(math.log(as_seconds * 1000 / unit / _PLAUSIBLE)))


def _frames(texts: list[str], words: Sequence[int]) -> int:
    """Return the frames a second of ``01:00:02:12``; 0 where the first part is days, as in mission transcripts."""
    found = [match for text in texts if (match := _FRAMES.fullmatch(text))]
    if not found or any(":" in text and not _FRAMES.fullmatch(text) for text in texts):
        return 0
    most = max(int(match["frames"]) for match in found)
    frames = 25 if most < 25 else 30 if most < 30 else 60  # noqa: PLR2004 - television of two continents
    as_frames = rate([Scale(frames=frames).read(text) for text in texts], words)
    as_days = rate([milliseconds(text) for text in texts], words)
    drop_frame = any(";" in match[0] for match in found)
    near = abs(math.log(max(as_frames, 1e-6) / _PLAUSIBLE)) <= abs(math.log(max(as_days, 1e-6) / _PLAUSIBLE))
    return frames if drop_frame or (near and most < 60) else 0  # noqa: PLR2004 - no film has more frames


def _number(text: str) -> float:
    return float(text.lstrip("+").replace(",", "."))


def _sane(value: float) -> Milliseconds | None:
    return Milliseconds(round(value)) if 0 <= value <= _LONGEST else None
