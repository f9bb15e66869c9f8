"""Podcasting 2.0 chapters as JSON: the sections and exchanges of an episode, under the titles of the MP3's chapters.

https://github.com/Podcastindex-org/podcast-namespace/blob/main/docs/examples/chapters/jsonChapters.md, version 1.2.
"""

from collections.abc import Iterable, Iterator
from typing import Final

import msgspec

from converters import outline
from converters.document import Document, NodeId, Section, Turn
from converters.headings import exchange_entry, section_heading
from converters.narration.model import Narration, Timeline
from converters.narration.timeline import chapter_spans
from converters.phrases import Phrases
from converters.recording_times import recording_times
from converters.timing import Milliseconds
from converters.traverse import plain_text, walk_section
from converters.writers import Artifact, WriteContext, writer_named
from converters.writers.timed import narration_of, timeline_of

VERSION: Final = "1.2.0"
LEAST: Final = 1000
"""Milliseconds between two chapters; a section that begins with an exchange is one place, not two."""


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


class _Mark(msgspec.Struct, frozen=True):
    """Where a chapter begins; ``printed`` tells that the source has its title."""

    title: str
    begin: Milliseconds
    printed: bool = False


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
    begins = {heard.part.id: span.begin for heard, span in zip(times.parts, times.spans, strict=True)}
    sections = outline.outline(document).body
    marks = _apart(mark for section in sections for mark in _marks(document, section, begins, context.phrases))
    ends = [*(mark.begin for mark in marks[1:]), times.spans[-1].end]
    for mark, end in zip(marks, ends, strict=True):
        yield Chapter(mark.begin / 1000, mark.title, end / 1000)


def _marks(
    document: Document, section: Section, begins: dict[NodeId, Milliseconds], phrases: Phrases
) -> Iterator[_Mark]:
    """Yield the section, its exchanges and its subsections, each where its first words are heard."""
    heard = [begins[step.id] for step in walk_section(section) if step.id in begins]
    if not heard:
        return
    heading = plain_text(section.heading)
    yield _Mark(heading or section_heading(phrases, section.kind), heard[0], printed=bool(heading))
    for exchange in outline.exchanges(document, section):
        first = next(s.id for b in exchange.blocks if isinstance(b, Turn) for p in b.paragraphs for s in p.sentences)
        yield _Mark(exchange_entry(phrases, exchange), begins[first])
    for subsection in section.subsections:
        yield from _marks(document, subsection, begins, phrases)


def _apart(marks: Iterable[_Mark]) -> tuple[_Mark, ...]:
    """Return the chapters a second apart at least: of two at one place, the printed one, or else the inner."""
    kept: list[_Mark] = []
    for mark in marks:
        if not kept or mark.begin >= kept[-1].begin + LEAST:
            kept.append(mark)
        elif mark.printed or not kept[-1].printed:
            kept[-1] = _Mark(mark.title, kept[-1].begin, mark.printed)
    return tuple(kept)
