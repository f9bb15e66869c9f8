"""Podcasting 2.0 chapters as JSON: the sections and exchanges of an episode, under the titles of the MP3's chapters.

https://github.com/Podcastindex-org/podcast-namespace/blob/main/docs/examples/chapters/jsonChapters.md, version 1.2.
"""

from collections.abc import Iterator
from typing import Final

import msgspec

from converters.document import Document
from converters.narration.model import Narration, Timeline
from converters.narration.timeline import chapter_spans
from converters.recording_chapters import apart, recording_chapters
from converters.recording_times import recording_times
from converters.writers import Artifact, WriteContext, writer_named
from converters.writers.timed import narration_of, timeline_of

VERSION: Final = "1.2.0"


class Chapter(msgspec.Struct, frozen=True, omit_defaults=True, rename="camel"):
    """A place to jump to, in seconds."""

    start_time: float
    title: str
    end_time: float | None = None


class Chapters(msgspec.Struct, frozen=True, omit_defaults=True, rename="camel"):
    """The file as a whole; ``file_name`` is the sound that the times belong to."""

    version: str
    title: str
    chapters: tuple[Chapter, ...]
    podcast_name: str | None = None
    file_name: str | None = None


def write_chapters_json(document: Document, context: WriteContext) -> tuple[Artifact, ...]:
    """Return the chapters. Raises ``MissingPartError`` where nothing says when they begin."""
    row = writer_named("chapters-json")
    timeline = timeline_of(document)
    chapters = _of_recording(document, context) if timeline == "recording" else _of_narration(narration_of(context))
    show = document.metadata.show or context.options.show.name
    whole = Chapters(VERSION, context.title, tuple(chapters), show, _sound_file(context, timeline))
    content = msgspec.json.format(msgspec.json.encode(whole), indent=1) + b"\n"
    return (Artifact(row.file_name(context.slug, timeline), row.media_type, content, timeline),)


def _sound_file(context: WriteContext, timeline: Timeline) -> str | None:
    mp3 = writer_named("mp3")
    return mp3.file_name(context.slug) if timeline == "narration" and mp3 in context.siblings else None


def _of_narration(narration: Narration) -> Iterator[Chapter]:
    for span in chapter_spans(narration):
        if span.end > span.begin:
            yield Chapter(span.begin / 1000, span.title, span.end / 1000)


def _of_recording(document: Document, context: WriteContext) -> Iterator[Chapter]:
    times = recording_times(document)
    times.remark(context.report)
    marks = apart(recording_chapters(document, times, context.phrases))
    ends = [*(mark.begin for mark in marks[1:]), times.spans[-1].end]
    for mark, end in zip(marks, ends, strict=True):
        yield Chapter(mark.begin / 1000, mark.title, end / 1000)
