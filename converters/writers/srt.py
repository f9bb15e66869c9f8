"""SubRip: numbered captions, for players and hosts that know nothing else.

The format has no standard. What its readers agree on: UTF-8, no mark at the beginning, a blank
line between captions; every one takes plain line ends, and some lose captions at others.
"""

import re
from typing import Final

from converters.document import Document
from converters.writers import Artifact, WriteContext, writer_named
from converters.writers.cues import Cue, clock, cues
from converters.writers.timed import timed_text

_LOOKS_LIKE_A_TAG: Final = re.compile(r"<(?=[/\w])([^<>]*)>")
_LOOKS_LIKE_A_STYLE: Final = re.compile(r"\{(?=\\)")


def write_srt(document: Document, context: WriteContext) -> tuple[Artifact, ...]:
    """Return the captions in UTF-8. Raises ``MissingPartError`` where nothing says when a sentence is heard."""
    row = writer_named("srt")
    timed = timed_text(document, context)
    laid_out = cues(timed, context.phrases, document.metadata.language)
    blocks = (_block(number, cue) for number, cue in enumerate(laid_out, 1))
    name = row.file_name(context.slug, timed.timeline)
    return (Artifact(name, row.media_type, "\n".join(blocks).encode(), timed.timeline),)


def _block(number: int, cue: Cue) -> str:
    begin, end = (clock(time).replace(".", ",") for time in (cue.begin, cue.end))
    lines = "\n".join(map(_harmless, cue.lines))
    return f"{number}\n{begin} --> {end}\n{lines}\n"


def _harmless(line: str) -> str:
    """Return a line without what players take for a tag, a style or a time: there is no way to escape them."""
    line = _LOOKS_LIKE_A_STYLE.sub("(", _LOOKS_LIKE_A_TAG.sub(r"‹\1›", line))
    return line.replace("-->", "→")
