"""Podcasting 2.0: the transcript as JSON, and the lines of a feed that lead to all that apps can use.

https://github.com/Podcastindex-org/podcast-namespace/blob/main/docs/examples/transcripts/transcripts.md.
A segment is a sentence: its times are those that are known, and apps join or break segments to
fit their own screens.
"""

from typing import Final

import msgspec

from converters.document import Document
from converters.writers import Artifact, WriteContext, writer_named
from converters.writers.feed import feed_lines
from converters.writers.timed import Heard, timed_text

VERSION: Final = "1.0.0"


class Segment(msgspec.Struct, frozen=True, omit_defaults=True, rename="camel"):
    """What one person says, in seconds; ``speaker`` is left out where it is a sound or nobody is known to speak."""

    start_time: float
    end_time: float
    body: str
    speaker: str | None = None


class Transcript(msgspec.Struct, frozen=True):
    """The file as a whole."""

    version: str
    segments: tuple[Segment, ...]


def write_podcast_json(document: Document, context: WriteContext) -> tuple[Artifact, ...]:
    """Return the transcript, and the lines for the feed where some of the editions may stand in it.

    Raises ``MissingPartError`` where nothing says when a sentence is heard.
    """
    row = writer_named("podcast-json")
    timed = timed_text(document, context)
    transcript = Transcript(VERSION, tuple(map(_segment, timed.heard)))
    content = msgspec.json.format(msgspec.json.encode(transcript), indent=1) + b"\n"
    name = row.file_name(context.slug, timed.timeline)
    return (Artifact(name, row.media_type, content, timed.timeline), *feed_lines(document, context, timed))


def _segment(heard: Heard) -> Segment:
    return Segment(heard.begin / 1000, heard.end / 1000, heard.text, heard.names)
