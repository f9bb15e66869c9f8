"""Telling a transcript from what is none, by its content: each kind gets a line that says what to do."""

import re
from typing import Final

from converters.errors import SourceError

_SAVE_AS_TEXT: Final = "Open it in the program that made it, save it as plain text (UTF-8), and convert that file."

_CAPTIONS: Final = "Captions are not read yet. Save their words as plain text, and convert that."

_SIGNATURES: Final[tuple[tuple[bytes, str, str], ...]] = (
    (rb"%PDF-", "a PDF", "Copy its text into a plain text file (UTF-8), and convert that file."),
    (rb"PK\x03\x04", "a Word file, an EPUB or another zip archive", _SAVE_AS_TEXT),
    (rb"\xd0\xcf\x11\xe0", "an old Word or Office file", _SAVE_AS_TEXT),
    (rb"\{\\rtf", "a Rich Text file", _SAVE_AS_TEXT),
    (rb"ID3|\xff[\xf2\xf3\xfb]|OggS|fLaC|RIFF....WAVE|....ftyp", "a sound or video recording",
     "Curbcut reads transcripts: have one made first, and convert that."),
    (rb"\x89PNG|\xff\xd8\xff|GIF8", "a picture", "Type its words into a plain text file, and convert that file."),
    (rb"(?:\xef\xbb\xbf)?WEBVTT\b", "a WebVTT caption file", _CAPTIONS),
    (rb"(?:\xef\xbb\xbf)?\s*1\r*\n\d\d:\d\d:\d\d,\d", "a SubRip caption file",
     _CAPTIONS),
    (rb"(?i)(?:\xef\xbb\xbf)?\s*(?:<!doctype html|<html|<\?xml)", "a web page or an XML file",
     "Open it in a browser, copy the transcript into a plain text file (UTF-8), and convert that file."),
    (rb"---\r*\n(?s:.{0,4000}?)\n---\r*\n", "Markdown with front matter",
     "Markdown is not read yet. Save the transcript as plain text."),
)  # fmt: skip

_MARKS_OF_UTF_16: Final = (b"\xff\xfe", b"\xfe\xff")


def refuse_what_is_not_text(source: bytes, name: str) -> None:
    """Raise ``SourceError`` for a known format that no reader takes, and for any binary file."""
    for pattern, kind, remedy in _SIGNATURES:
        if re.match(pattern, source[:8192], re.DOTALL):
            raise SourceError(f"{name}: this is {kind}, which Curbcut does not read. {remedy}")
    if not source.startswith(_MARKS_OF_UTF_16) and _is_binary(source[:65536]):
        raise SourceError(f"{name}: this is not a text file. {_SAVE_AS_TEXT}")


def _is_binary(sample: bytes) -> bool:
    """Tell whether more than one byte in a hundred is a control code that no text holds."""
    controls = len(sample.translate(None, _BYTES_OF_TEXT))
    return controls * 100 > len(sample)


_BYTES_OF_TEXT: Final = bytes({*range(0x20, 0x100), 0x07, 0x08, 0x09, 0x0A, 0x0C, 0x0D, 0x1B} - {0x7F})
