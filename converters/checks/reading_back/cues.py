"""Cues and segments of timed text, read back: captions by their blocks as a player takes them, the rest as plain JSON.

A test compares this with what webvtt-py reads; in a proof that would take longer than to write the captions.
"""

import html
import re
from collections.abc import Iterator
from typing import Final

import msgspec

from converters.checks.ledger import letters

_TIME: Final = r"(?:(\d{2,}):)?([0-5]\d):([0-5]\d)[.,](\d{3})"
_TIMES: Final = re.compile(rf"{_TIME}[ \t]+-->[ \t]+{_TIME}(?:[ \t].*)?")
_BLANK: Final = re.compile(r"\n{2,}")
_VOICE: Final = re.compile(r"<v ([^>]*)>")
_TAG: Final = re.compile(r"<[^>]*>")


class Found(msgspec.Struct, frozen=True):
    """A cue or a segment; ``id`` and ``names`` are None where the format has none."""

    letters: str
    begin: float
    end: float
    id: str | None = None
    names: str | None = None


class _Segment(msgspec.Struct, frozen=True, rename="camel"):
    start_time: float
    end_time: float
    body: str
    speaker: str | None = None


class _Transcript(msgspec.Struct, frozen=True):
    version: str
    segments: tuple[_Segment, ...]


def bare_letters(text: str) -> str:
    """Return letters and digits alone, whichever their case."""
    return letters(text).casefold()


def cues(text: str, format_name: str) -> Iterator[Found]:
    """Yield the cues of a WebVTT or SubRip file; only the first has names and tags.

    As in a player, a block without times is no cue (WebVTT §4.1, §6.1). Raises ``ValueError`` where the first line of
    captions does not say what they are.
    """
    tagged = format_name == "vtt"
    if tagged and not re.match(r"\ufeff?WEBVTT(?=[ \t\n])", text):
        raise ValueError("its first line is not WEBVTT")
    for block in _BLANK.split(text.replace("\r\n", "\n").strip("\ufeff\n")):
        before, _, rest = block.partition("\n")
        line, _, words = (before, "", rest) if "-->" in before else rest.partition("\n")
        times = _TIMES.fullmatch(line)
        if times:
            identifier = before if tagged and "-->" not in before else None
            clock = [int(part or 0) for part in times.groups()]
            yield _cue(words, _milliseconds(clock[:4]), _milliseconds(clock[4:]), identifier, tagged=tagged)


def _cue(words: str, begin: int, end: int, identifier: str | None, *, tagged: bool) -> Found:
    if not tagged:
        return Found(bare_letters(words), begin, end, identifier)
    voice = _VOICE.search(words) if "<v" in words else None
    bare = _TAG.sub("", words) if "<" in words else words
    names = html.unescape(voice[1]) if voice else None
    return Found(bare_letters(html.unescape(bare)), begin, end, identifier, names)


def _milliseconds(clock: list[int]) -> int:
    hours, minutes, seconds, rest = clock
    return ((hours * 60 + minutes) * 60 + seconds) * 1000 + rest


def segments(text: str) -> Iterator[Found]:
    """Yield the segments of a Podcasting 2.0 transcript."""
    for one in msgspec.json.decode(text, type=_Transcript).segments:
        yield Found(bare_letters(one.body), one.start_time * 1000, one.end_time * 1000, names=one.speaker)
