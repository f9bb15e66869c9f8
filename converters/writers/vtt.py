"""WebVTT: captions with voices (W3C, https://www.w3.org/TR/webvtt1/).

A player may style or leave out a voice, so the name is also visible text where somebody begins
to speak. What the file is and whose times it has stand in notes, which no player shows.
"""

from collections.abc import Iterator

from converters.document import Document
from converters.writers import Artifact, WriteContext, writer_named
from converters.writers.cues import Cue, clock, cues
from converters.writers.origin import origin_lines
from converters.writers.timed import TimedText, timed_text, whose_times


def write_vtt(document: Document, context: WriteContext) -> tuple[Artifact, ...]:
    """Return the captions in UTF-8. Raises ``MissingPartError`` where nothing says when a sentence is heard."""
    row = writer_named("vtt")
    timed = timed_text(document, context)
    laid_out = cues(timed, context.phrases, document.metadata.language)
    blocks = ("WEBVTT", *_notes(document, context, timed), *map(_block, laid_out))
    name = row.file_name(context.slug, timed.timeline)
    return (Artifact(name, row.media_type, ("\n\n".join(blocks) + "\n").encode(), timed.timeline),)


def _notes(document: Document, context: WriteContext, timed: TimedText) -> Iterator[str]:
    """Yield what the file is, in the shape of facts, and whose times it has."""
    metadata = document.metadata
    facts = (
        ("Title", metadata.title),
        ("Show", metadata.show or context.options.show.name),
        ("Date", metadata.published),
        ("Language", metadata.language),
    )
    yield _note(*(f"{key}: {value}" for key, value in facts if value))
    yield _note(whose_times(timed.timeline, context))
    if told := origin_lines(context, "vtt", timed.timeline):
        yield _note(*(f"{name.capitalize()}: {value}" for name, value in told))


def _note(*lines: str) -> str:
    """Return a comment: no blank line and no arrow may stand in it (§4.1)."""
    return "\n".join(("NOTE", *(" ".join(line.split()).replace("-->", "→") for line in lines)))


def _block(cue: Cue) -> str:
    words = "\n".join(map(_escaped, cue.lines))
    if cue.language:
        words = f"<lang {cue.language}>{words}</lang>"
    voice = f"<v {_escaped(cue.names)}>" if cue.names else ""
    return f"{cue.id}\n{clock(cue.begin)} --> {clock(cue.end)}\n{voice}{words}"


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
