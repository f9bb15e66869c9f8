"""SubRip (.srt): numbered captions with a comma in their times."""

from converters.document import Document
from converters.readers import ReadContext
from converters.readers.caption_blocks import tidied
from converters.readers.captions import captions_of, check_cues
from converters.readers.decoding import decode
from converters.readers.limits import check_lines, check_turns
from converters.readers.manuscript import Manuscript
from converters.readers.understanding import understand


def read_subrip(source: bytes, context: ReadContext) -> Document:
    """Return the transcript that SubRip captions hold.

    Raises ``SourceError`` where there are no cues, and where there are more than the
    options allow.
    """
    check_lines(source, context.name, context.options.limits)
    check_turns(source.count(b"-->"), context.name, context.options.limits)
    return understand(subrip_manuscript(decode(source, context.report), context), context)


def subrip_manuscript(text: str, context: ReadContext) -> Manuscript:
    """Return the captions, a piece a line. Raises ``SourceError`` as ``read_subrip`` does."""
    check_cues(text, context)
    return Manuscript(captions_of(tidied(text, has_header=False), context).pieces, speech_only=True)
