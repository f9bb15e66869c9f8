"""Where in the show's own recording each section and exchange begins."""

from collections.abc import Iterable, Iterator
from typing import Final

import msgspec

from converters import outline
from converters.document import Document, NodeId, Section, Turn
from converters.headings import exchange_entry, section_heading
from converters.phrases import Phrases
from converters.recording_times import RecordingTimes
from converters.timing import Milliseconds
from converters.traverse import plain_text, walk_section

LEAST: Final = 1000
"""Milliseconds between two chapters; a section that begins with an exchange is one place, not two."""


class RecordedChapter(msgspec.Struct, frozen=True):
    """Where a chapter begins; ``depth`` is 1 for a section and 2 for an exchange in it."""

    title: str
    begin: Milliseconds
    depth: int = 1
    printed: bool = False


def recording_chapters(document: Document, times: RecordingTimes, phrases: Phrases) -> tuple[RecordedChapter, ...]:
    """Return the chapters, sections first and the exchanges of each after it, which may begin at the same time."""
    begins = {heard.part.id: span.begin for heard, span in zip(times.parts, times.spans, strict=True)}
    sections = outline.outline(document).body
    return tuple(mark for section in sections for mark in _marks(document, section, begins, phrases))


def _marks(
    document: Document, section: Section, begins: dict[NodeId, Milliseconds], phrases: Phrases
) -> Iterator[RecordedChapter]:
    """Yield the section, its exchanges and its subsections, each where its first words are heard."""
    heard = [begins[step.id] for step in walk_section(section) if step.id in begins]
    if not heard:
        return
    heading = plain_text(section.heading)
    yield RecordedChapter(heading or section_heading(phrases, section.kind), heard[0], printed=bool(heading))
    for exchange in outline.exchanges(document, section):
        first = next(s.id for b in exchange.blocks if isinstance(b, Turn) for p in b.paragraphs for s in p.sentences)
        yield RecordedChapter(exchange_entry(phrases, exchange), begins[first], depth=2)
    for subsection in section.subsections:
        yield from _marks(document, subsection, begins, phrases)


def apart(marks: Iterable[RecordedChapter]) -> tuple[RecordedChapter, ...]:
    """Return the chapters a second apart at least, for lists that have no levels.

    Of two chapters at one place, the one whose title is printed is kept, or else the inner.
    """
    kept: list[RecordedChapter] = []
    for mark in marks:
        if not kept or mark.begin >= kept[-1].begin + LEAST:
            kept.append(mark)
        elif mark.printed or not kept[-1].printed:
            kept[-1] = msgspec.structs.replace(mark, begin=kept[-1].begin)
    return tuple(kept)
