"""Time codes as transcribers write them, read as whole milliseconds of the source recording."""

import re
from typing import Final

import msgspec

from converters.timing import Milliseconds

_CORE: Final = r"(?:\d{1,3}:){1,3}[0-5]?\d(?:[.,:;]\d{1,3}(?!\d))?"
_WORDED: Final = r"(?=\d)(?:\d{1,3}\s?h(?:rs?|ours?)?\s?)?(?:\d{1,3}\s?m(?:in)?\s?)?(?:\d{1,3}\s?s(?:ec)?)?(?<=[a-z])"
_TO: Final = r"\s*(?:-->|->|→|–|—|-|~|/|to|bis|a|à)\s*"
_RANGE: Final = rf"(?P<begin>{_CORE})(?:{_TO}(?P<end>{_CORE}))?"
_F4: Final = r"#(?P<f4>\d{1,2}:\d\d:\d\d(?:-\d{1,3})?)#"
BRACKETED: Final = rf"[\[(<{{（【［]\s*(?:{_RANGE}|(?P<worded>{_WORDED}))\s*[\])>}}）】］]|{_F4}"
"""A time code that brackets set apart from the words round it; also ``#00:01:02-3#``, as f4 writes it."""
BARE: Final = rf"{_RANGE}(?![\w:])(?!\s?[aApP]\.?\s?[mM]\b)"
"""A time code that nothing sets apart: whether it is one, the whole document must tell."""


class Span(msgspec.Struct, frozen=True):
    """When something begins, and when it ends if that is said."""

    begin: Milliseconds
    end: Milliseconds | None = None


def span_at(text: str, start: int = 0, *, bare: bool = False) -> tuple[Span, int] | None:
    """Return the time code that stands at ``start``, and where the text goes on after it."""
    match = re.compile(BRACKETED).match(text, start) or (re.compile(BARE).match(text, start) if bare else None)
    span = span_of(match) if match else None
    return (span, match.end()) if match and span else None


def span_of(match: re.Match[str]) -> Span | None:
    """Return what a match of ``BRACKETED`` or ``BARE`` says; None where no clock shows such a time."""
    found = match.groupdict()
    begin = milliseconds(found["begin"] or found.get("f4") or found.get("worded") or "")
    if begin is None:
        return None
    end = milliseconds(found["end"]) if found.get("end") else None
    return Span(begin, end if end is not None and end >= begin else None)


def milliseconds(text: str) -> Milliseconds | None:
    """Return ``1:02:03.5``, ``02:03``, ``00:00:01:02`` (days first), ``1h 2m`` or ``62.5`` in milliseconds.

    None where the text is no time. Seconds and minutes of 60 and more are none, save in the first place.
    """
    words = text.strip().strip("#[](){}<>").lower()
    if match := _WORDED_PARTS.fullmatch(words):
        hours, minutes, seconds = (int(part or 0) for part in match.groups())
        return Milliseconds(((hours * 60 + minutes) * 60 + seconds) * 1000) if words else None
    if match := _CLOCK.fullmatch(words):
        return _of_clock([int(part) for part in match["clock"].split(":")], match["fraction"] or "")
    return None


_WORDED_PARTS: Final = re.compile(
    r"(?:(\d{1,3})\s?h(?:rs?|ours?)?\s?)?(?:(\d{1,3})\s?m(?:in)?\s?)?(?:(\d{1,3})\s?s(?:ec)?)?"
)
_CLOCK: Final = re.compile(r"(?P<clock>\d{1,9}(?::\d{1,3}){0,3})(?:[.,;-](?P<fraction>\d{1,9}))?")
_UNITS: Final = (1, 60, 3600, 86_400)


def _of_clock(parts: list[int], fraction: str) -> Milliseconds | None:
    if any(part >= 60 for part in parts[1:][-2:]):  # noqa: PLR2004 - minutes and seconds
        return None
    seconds = sum(part * unit for part, unit in zip(reversed(parts), _UNITS, strict=False))
    return Milliseconds(seconds * 1000 + (int(fraction[:3].ljust(3, "0")) if fraction else 0))
