"""Telling a transcript from what is none, by its content: each kind gets a line that says what to do."""

import re
from typing import Final

import msgspec

from converters.errors import SourceError

_SAVE_AS_TEXT: Final = "Open it in the program that made it, save it as plain text (UTF-8), and convert that file."
_CAPTIONS: Final = "Captions are not read yet. Save their words as plain text, and convert that file."
_COPY_FROM_BROWSER: Final = (
    "Open it in a browser, copy the transcript into a plain text file (UTF-8), and convert that file."
)
_HAVE_IT_TRANSCRIBED: Final = "Curbcut reads transcripts: have one made first, and convert that."


class _Kind(msgspec.Struct, frozen=True):
    """A format that no reader takes: how it begins (``further``: and goes on), and what to do."""

    openings: tuple[bytes, ...]
    name: str
    remedy: str
    further: str = ""


_KINDS: Final = (
    _Kind((b"%PDF-",), "a PDF", "Copy its text into a plain text file (UTF-8), and convert that file."),
    _Kind((b"PK\x03\x04",), "a Word file, an EPUB or another zip archive", _SAVE_AS_TEXT),
    _Kind((b"\xd0\xcf\x11\xe0",), "an old Word or Office file", _SAVE_AS_TEXT),
    _Kind((b"{\\rtf",), "a Rich Text file", _SAVE_AS_TEXT),
    _Kind((b"ID3", b"\xff\xfb", b"\xff\xf3", b"\xff\xf2", b"OggS", b"fLaC"), "a recording", _HAVE_IT_TRANSCRIBED),
    _Kind((b"RIFF",), "a recording", _HAVE_IT_TRANSCRIBED, r"RIFF(?s:.{4})WAVE"),
    _Kind((b"\0\0\0",), "a recording", _HAVE_IT_TRANSCRIBED, r"(?s:.{4})ftyp"),
    _Kind((b"\x89PNG", b"\xff\xd8\xff", b"GIF8"), "a picture", "Type its words into a text file, and convert that."),
    _Kind((b"WEBVTT",), "a WebVTT caption file", _CAPTIONS),
    _Kind((b"1\r", b"1\n"), "a SubRip caption file", _CAPTIONS, r"1\r*\n\d\d:\d\d:\d\d,\d"),
    _Kind((b"<",), "a web page or an XML file", _COPY_FROM_BROWSER, r"(?i)<(?:!doctype html|html|\?xml|head|body)\b"),
    _Kind((b"---",), "Markdown with front matter", "Markdown is not read yet. Save the transcript as plain text.",
          r"---\r*\n(?s:.{0,4000}?)\n---\r*\n"),
)  # fmt: skip

_MARKS_OF_UTF_16: Final = (b"\xff\xfe", b"\xfe\xff")
_SAMPLE: Final = 65_536


def refuse_what_is_not_text(source: bytes, name: str) -> None:
    """Raise ``SourceError`` for a known format that no reader takes, and for any binary file."""
    beginning = source[:8192].removeprefix(b"\xef\xbb\xbf").lstrip(b" \t\r\n")
    for kind in _KINDS:
        if beginning.startswith(kind.openings) and re.match(kind.further.encode(), beginning):
            raise SourceError(f"{name}: this is {kind.name}, which Curbcut does not read. {kind.remedy}")
    if not source.startswith(_MARKS_OF_UTF_16) and _is_binary(source[:_SAMPLE]):
        raise SourceError(f"{name}: this is not a text file. {_SAVE_AS_TEXT}")


def _is_binary(sample: bytes) -> bool:
    """Tell whether more than one byte in a hundred is a control code that no text holds."""
    controls = len(sample.translate(None, _BYTES_OF_TEXT))
    return controls * 100 > len(sample)


_BYTES_OF_TEXT: Final = bytes({*range(0x20, 0x100), 0x07, 0x08, 0x09, 0x0A, 0x0C, 0x0D, 0x1B} - {0x7F})
