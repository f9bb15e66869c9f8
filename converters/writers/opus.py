"""The smallest audio edition: Opus in Ogg, with chapters, from the same clips as the MP3.

The chapters are comments (https://wiki.xiph.org/Chapter_Extension), written here: FFmpeg rounds
the seconds up and leaves the milliseconds, so that half of them would be a second late.
"""

import base64
from typing import Any, Final

from mutagen.flac import Picture
from mutagen.oggopus import OggOpus

from converters.document import Document
from converters.narration.libav import OPUS
from converters.timing import clock
from converters.writers import Artifact, WriteContext
from converters.writers.newer_audio import chapters_of, cover_of, encoded
from converters.writers.origin import origin_lines

FRONT_COVER: Final = 3
"""What kind of picture it is (ID3v2.3 §4.15, which RFC 7845 §5.2 points to)."""


def write_opus(document: Document, context: WriteContext) -> tuple[Artifact, ...]:
    """Return the edition as a finished file. Raises ``SavingError`` where there is no room for it."""
    artifact, path = encoded("opus", OPUS, document, context, chapters=False)
    file: Any = OggOpus(path)  # type: ignore[no-untyped-call]  # mutagen has no types
    for number, span in enumerate(chapters_of(context)):
        file[f"CHAPTER{number:03}"], file[f"CHAPTER{number:03}NAME"] = clock(span.begin), span.title
    for name, value in origin_lines(context, "opus"):
        file[name.upper()] = value
    if content := cover_of(document, context):
        file["METADATA_BLOCK_PICTURE"] = _picture(content)
    file.save()
    return (artifact,)


def _picture(content: bytes) -> str:
    picture: Any = Picture()  # type: ignore[no-untyped-call]  # mutagen has no types
    picture.data, picture.type, picture.mime = content, FRONT_COVER, "image/png"
    return base64.b64encode(picture.write()).decode()
