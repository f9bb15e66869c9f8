"""What SubRip and WebVTT share: cues → one piece a line, with its time and, where the format names one, its voice."""

import itertools
import re
from typing import TYPE_CHECKING, Final

import msgspec

from converters.errors import SourceError
from converters.readers import ReadContext
from converters.readers.caption_blocks import Tidied
from converters.readers.caption_text import spoken
from converters.readers.limits import check_turns, check_words
from converters.readers.pieces import Moment, Piece
from converters.readers.rolling_captions import kept_once
from converters.timing import Milliseconds

if TYPE_CHECKING:
    from webvtt import Caption

_MADE_UP: Final = re.compile(
    r"(?i)(?:cue|caption|subtitle|segment|line|id|c|s|t)?[-_ #]?\d{1,9}[.:]?|[0-9a-f-]{8,}(?:/\d+-\d+)?"
    r"|[a-z][a-z0-9-]*-[sx]\d{1,6}(?:-c\d{1,4})?"
)
"""Names of cues that count them, or that a program made up; the last are our own."""
_PART_BEGINS: Final = 10_000
_PART_LASTS: Final = 60_000
"""Milliseconds: a cue near 0 after one so much later begins another part of the recording, not out of order."""


class Captions(msgspec.Struct, frozen=True):
    """A caption file: the lines of its cues, and what it says of itself."""

    pieces: tuple[Piece, ...]
    header: str = ""
    metadata: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    styles: tuple[str, ...] = ()


def check_cues(text: str, context: ReadContext) -> None:
    """Raise ``SourceError`` where there are more cues or words than any episode has, before anything is parsed."""
    limits = context.options.limits
    check_turns(max(text.count("-->"), text.count("→")), context.name, limits)
    check_words(text, context.name, limits)


def captions_of(tidy: Tidied, context: ReadContext) -> Captions:
    """Return what the captions say. Raises ``SourceError`` where there is not one cue with words.

    Names of cues, readings above characters and lines before the first cue go to the report.
    """
    import webvtt  # loaded on first use: most sources are no captions

    parsed = webvtt.from_string(tidy.text)
    lines = tidy.lines if len(tidy.lines) == len(parsed.captions) else (0,) * len(parsed.captions)
    pieces = _pieces(parsed.captions, lines, context)
    if not pieces:
        raise SourceError(
            f"{context.name}: there are no captions with words in this file. Export it again with its text."
        )
    notes = (*parsed.header_comments, *(n for c in parsed.captions for n in c.comments), *parsed.footer_comments)
    styles = (*(style.text for style in parsed.styles), *(" ".join(region) for region in parsed.regions))
    context.report.leave_out("Before the first caption", " ".join(tidy.stray), "line 1")
    return Captions(pieces, parsed.header_text, tuple(parsed.metadata), notes, styles)


def _pieces(captions: "list[Caption]", lines: tuple[int, ...], context: ReadContext) -> tuple[Piece, ...]:
    likes = [_like(caption, line) for caption, line in zip(captions, lines, strict=True)]
    said = [spoken(caption.lines, like) for caption, like in zip(captions, likes, strict=True)]
    names = [name for caption in captions if (name := caption.identifier) and not _MADE_UP.fullmatch(name.strip())]
    context.report.leave_out("Names of captions", " | ".join(names))
    readings = [words for one in said for words in one.readings]
    context.report.leave_out("Readings printed above characters", " | ".join(readings))
    kept = kept_once(tuple(_in_order([one.pieces for one in said])))
    if kept.repeated:
        context.report.add("read-020", f"{kept.repeated} of them")
    return tuple(piece for cue in kept.cues for piece in cue)


def _like(caption: "Caption", line: int) -> Piece:
    begin, end = caption.start_time.in_milliseconds(), caption.end_time.in_milliseconds()
    moment = Moment(0, Milliseconds(begin), Milliseconds(end) if end >= begin else None)
    return Piece("", line, "cue", moments=(moment,))


def _in_order(cues: list[tuple[Piece, ...]]) -> list[tuple[Piece, ...]]:
    """Return the cues by the time at which they begin, unless several recordings follow each other in one file."""
    filled = [cue for cue in cues if cue]
    begins = [cue[0].moments[0].begin for cue in filled]
    parts = any(b > a + _PART_LASTS and a < _PART_BEGINS for b, a in itertools.pairwise(begins))
    return filled if parts else sorted(filled, key=lambda cue: cue[0].moments[0].begin)
