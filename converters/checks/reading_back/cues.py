"""Cues and segments of timed text, read back by another's parser: webvtt-py for captions, plain JSON for the rest."""

import html
import io
import re
import unicodedata
from collections.abc import Iterator
from typing import Final

import msgspec

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
    return "".join(filter(str.isalnum, unicodedata.normalize("NFKC", text).casefold()))


def cues(text: str, format_name: str) -> Iterator[Found]:
    """Yield the cues of a WebVTT or SubRip file; only the first has names and tags."""
    import webvtt

    for cue in webvtt.WebVTT.from_buffer(io.StringIO(text), format=format_name).captions:
        tagged = format_name == "vtt"
        voice = _VOICE.search(cue.raw_text) if tagged else None
        words = html.unescape(_TAG.sub("", cue.raw_text)) if tagged else cue.raw_text
        yield Found(
            bare_letters(words),
            cue.start_time.in_milliseconds(),
            cue.end_time.in_milliseconds(),
            cue.identifier,
            html.unescape(voice[1]) if voice else None,
        )


def segments(text: str) -> Iterator[Found]:
    """Yield the segments of a Podcasting 2.0 transcript."""
    for one in msgspec.json.decode(text, type=_Transcript).segments:
        yield Found(bare_letters(one.body), one.start_time * 1000, one.end_time * 1000, names=one.speaker)
