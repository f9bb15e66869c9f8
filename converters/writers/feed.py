"""The lines of a show's feed that lead apps to the transcript: a file to copy from, ready but for the address.

https://github.com/Podcastindex-org/podcast-namespace/blob/main/docs/tags/transcript.md and chapters.md. Only what
fits the show's own recording may stand in its feed; the page, which has no times, always fits.
"""

from collections.abc import Iterator
from typing import Final
from xml.sax.saxutils import quoteattr

from converters.document import UNDETERMINED, Document
from converters.narration.model import Timeline
from converters.writers import Artifact, WriteContext, Writer
from converters.writers.timed import TimedText

NAMESPACE: Final = "https://podcastindex.org/namespace/1.0"
_ENDING: Final = ".rss.xml"
_TRANSCRIPTS: Final = ("vtt", "srt", "podcast-json", "html")
_CHAPTERS: Final = "chapters-json"


def feed_lines(document: Document, context: WriteContext, timed: TimedText) -> tuple[Artifact, ...]:
    """Return the file, ``slug.rss.xml``, unless none of the editions of this command belongs into the feed."""
    fitting = [writer for writer in context.siblings if timed.timeline == "recording" or not writer.timed]
    lines = list(_elements(document, context, fitting, exact=timed.exact))
    if not lines:
        return ()
    shown = "\n".join(
        (
            '<?xml version="1.0" encoding="UTF-8"?>',
            f"<!-- {_remark(context)} -->",
            f"<item xmlns:podcast={quoteattr(NAMESPACE)}>",
            *lines,
            "</item>",
            "",
        )
    )
    whose: Timeline | None = "recording" if timed.timeline == "recording" else None  # a page alone has no times
    return (Artifact(f"{context.slug}{_ENDING}", "application/xml", shown.encode(), whose),)


def _remark(context: WriteContext) -> str:
    """Return what to do with it, for the show's staff; the file is never shown to readers."""
    copied = "Copy the podcast: lines into the item of this episode in the show's feed."
    if context.options.show.url:
        return (
            f"{copied} They suppose that this folder is published below the address of the show; correct them if not."
        )
    return f"{copied} The show's address is not known: put the address of this folder before each file name."


def _elements(document: Document, context: WriteContext, fitting: list[Writer], *, exact: bool) -> Iterator[str]:
    tag = document.metadata.language
    language = f" language={quoteattr(tag)}" if tag != UNDETERMINED else ""
    for name in _TRANSCRIPTS:
        for writer in fitting:
            if writer.name == name:
                captions = ' rel="captions"' if writer.timed and exact else ""
                yield f"  <podcast:transcript {_place(context, writer)}{language}{captions}/>"
    for writer in fitting:
        if writer.name == _CHAPTERS:
            yield f"  <podcast:chapters {_place(context, writer)}/>"


def _place(context: WriteContext, writer: Writer) -> str:
    base = context.options.show.url
    folder = f"{base.rstrip('/')}/{context.slug}/" if base else ""
    return f"url={quoteattr(folder + writer.file_name(context.slug))} type={quoteattr(writer.media_type)}"
