"""Which format a source is in: told by its content first and by its name second.

What no reader takes gets a line that says what to do.
"""

import re
from typing import Final

import msgspec

from converters.errors import SourceError

PUT_IT_IN: Final = "Put the transcript into it and try again."
_SAVE_AS_TEXT: Final = (
    "Open it in the program that made it, save it as a Word file (.docx) or plain text, and convert that."
)
_COPY_AS_TEXT: Final = "Copy its text into a plain text file (UTF-8), and convert that file."
_UNPACK: Final = "Unpack it, and convert the files inside."
_HAVE_IT_TRANSCRIBED: Final = "Curbcut reads transcripts: have one made first, and convert that."


class _Kind(msgspec.Struct, frozen=True):
    """A format that no reader takes: how it begins (``further``: and goes on), and what to do."""

    openings: tuple[bytes, ...]
    name: str
    remedy: str
    further: str = ""


_KINDS: Final = (
    _Kind((b"%PDF-",), "a PDF", _COPY_AS_TEXT),
    _Kind((b"\xd0\xcf\x11\xe0",), "an old Word or Office file", _SAVE_AS_TEXT),
    _Kind((b"{\\rtf",), "a Rich Text file", _SAVE_AS_TEXT),
    _Kind((b"ID3", b"\xff\xfb", b"\xff\xf3", b"\xff\xf2", b"OggS", b"fLaC"), "a recording", _HAVE_IT_TRANSCRIBED),
    _Kind((b"RIFF",), "a recording", _HAVE_IT_TRANSCRIBED, r"RIFF(?s:.{4})WAVE"),
    _Kind((b"\0\0\0",), "a recording", _HAVE_IT_TRANSCRIBED, r"(?s:.{4})ftyp"),
    _Kind((b"\x1aE\xdf\xa3",), "a recording", _HAVE_IT_TRANSCRIBED),
    _Kind((b"\x89PNG", b"\xff\xd8\xff", b"GIF8"), "a picture", "Type its words into a text file, and convert that."),
    _Kind((b"\x1f\x8b", b"7z\xbc\xaf", b"Rar!", b"BZh"), "a packed archive", _UNPACK),
)  # fmt: skip

_ZIPPED: Final = (
    ("word/document.xml", "word"),
    ("xl/workbook.xml", "a spreadsheet|Save the sheet as CSV, and convert that."),
    ("ppt/presentation.xml", f"a presentation|{_COPY_AS_TEXT}"),
    ("META-INF/container.xml", f"an EPUB|{_COPY_AS_TEXT}"),
    ("content.xml", f"an OpenDocument file|{_SAVE_AS_TEXT}"),
    ("package.opf", f"a braille publication|{_COPY_AS_TEXT}"),
)
_MARKS_OF_UTF_16: Final = (b"\xff\xfe", b"\xfe\xff")
_SAMPLE: Final = 65_536
_HEAD: Final = 16_384
_SUFFIXES: Final = {
    ".md": "markdown", ".markdown": "markdown", ".mdx": "markdown", ".mdown": "markdown",
    ".csv": "csv", ".tsv": "csv", ".tab": "csv", ".psv": "csv", ".srt": "srt", ".vtt": "vtt",
}  # fmt: skip

_OWN_MODEL: Final = re.compile(r'\s*\{\s*"type"\s*:\s*"document"')
_SRT: Final = re.compile(r"\s*(?:\d+\s*\n\s*)?\d{1,2}:\d{1,2}:\d{1,2}[,.:]\d{1,3}\s*-->")
_VTT_CUE: Final = re.compile(r"\s*(?:\S[^\n]*\n)?(?:\d{1,2}:)?\d{2}:\d{2}\.\d{3}\s*-->")
_HTML: Final = re.compile(
    r"(?is)\s*(?:<!--.*?-->\s*)*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body|title|meta|p|"
    r"div|h[1-6]|"
    r"section|article|main|cite|time|table|ul|ol|dl|span|b|strong|i|em|a|br|hr|center|font|blockquote|details|figure|"
    r"header|nav)\b"
)
_MARKUP: Final = re.compile(r"\s*<(?:\?xml|!--|!doctype|[a-zA-Z_][\w.:-]*[\s/>])", re.IGNORECASE)
_WHOLE_PAGE: Final = re.compile(r"(?is)\s*(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html)\b")
_WXR: Final = re.compile(r"wordpress\.org/export|<wp:wxr_version")
_FRONT_MATTER: Final = re.compile(r"(?:---[ \t]*\n(?=\s*[\w\"'][^\n]*:)|\+\+\+[ \t]*\n)")
_MARKDOWN_LINE: Final = re.compile(
    r"(?m)^(?:#{1,6} \S|\s{0,3}(?:\*\*|__)(?=\S)[^*_\n]{1,80}(?:\*\*|__)|[-*] (?:\*\*|__)\S|.*\\\[.{1,30}\\\])"
)
ENOUGH_MARKDOWN: Final = 3


def recognise(source: bytes, name: str) -> str:
    """Return the name of the reader whose format this is. Raises ``SourceError`` where there is none."""
    if is_empty(source):
        raise SourceError(f"{name}: the file is empty. {PUT_IT_IN}")
    refuse(source[:_SAMPLE], name)
    if _is_zipped(source):
        return _zipped(source, name)
    _, dot, suffix = name.rpartition(".")
    return _written(_head(source), dot + suffix.lower())


def refuse(beginning: bytes, name: str) -> None:
    """Raise ``SourceError`` where the first 64 KB of a file tell that it is nothing that any reader takes."""
    words = _words(beginning)
    for kind in _KINDS:
        if words.startswith(kind.openings) and re.match(kind.further.encode(), words):
            raise SourceError(f"{name}: this is {kind.name}, which Curbcut does not read. {kind.remedy}")
    if not _is_zipped(beginning) and _is_binary(beginning) and not _head(beginning):
        raise SourceError(f"{name}: this is not a text file. {_SAVE_AS_TEXT}")


def is_empty(source: bytes) -> bool:
    """Tell whether a file has nothing in it but space."""
    return not source.removeprefix(b"\xef\xbb\xbf").strip()


def _words(beginning: bytes) -> bytes:
    return beginning[:8192].removeprefix(b"\xef\xbb\xbf").lstrip(b" \t\r\n")


def _is_zipped(beginning: bytes) -> bool:
    return _words(beginning).startswith(b"PK\x03\x04")


def _zipped(source: bytes, name: str) -> str:
    import io
    import zipfile  # loaded on first use, which for text is never

    try:
        with zipfile.ZipFile(io.BytesIO(source)) as archive:
            inside = frozenset(archive.namelist())
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError) as error:
        raise SourceError(f"{name}: this zip file is damaged ({error}). Get a whole copy of it.") from error
    for member, kind in _ZIPPED:
        if member in inside:
            what, _, remedy = kind.partition("|")
            if remedy:
                raise SourceError(f"{name}: this is {what}, which Curbcut does not read. {remedy}")
            return what
    raise SourceError(
        f"{name}: this is a zip archive, which Curbcut does not read. Unpack it, and convert the files inside."
    )


def _head(source: bytes) -> str:
    """Return the beginning as text, good enough to see what it is; empty where it is none."""
    sample = source[:_HEAD]
    if sample.startswith(_MARKS_OF_UTF_16):
        return sample[: len(sample) // 2 * 2].decode("utf-16", "replace")
    zeros = sample.count(b"\0")
    if zeros * 3 > len(sample):
        wide = "utf-16-le" if sample[1::2].count(b"\0") > sample[::2].count(b"\0") else "utf-16-be"
        text = sample.decode(wide, "replace")
        return text if text.isprintable() or "\n" in text else ""
    text = sample.removeprefix(b"\xef\xbb\xbf").decode("utf-8", "replace").replace("\r", "")
    return "" if _is_binary(source[:_SAMPLE]) else text


def _written(head: str, suffix: str) -> str:
    """Return the reader for a text: what it begins with tells, then the suffix, then how its lines look."""
    text = head.lstrip("\ufeff \t\n")
    return _by_beginning(text, suffix) or _by_lines(head, text, suffix)


def _by_beginning(text: str, suffix: str) -> str | None:
    if text.startswith("WEBVTT") or (suffix == ".vtt" and _VTT_CUE.match(text)):
        return "vtt"
    if _SRT.match(text):
        return "srt"
    if text[:1] in {"{", "["} and _looks_like_json(text):
        return "json" if _OWN_MODEL.match(text) else "segments"
    return None


def _by_lines(head: str, text: str, suffix: str) -> str:
    if _MARKUP.match(text) and not (suffix in {".md", ".markdown", ".mdx", ".txt"} and not _WHOLE_PAGE.match(text)):
        return _marked_up(text)
    if suffix in _SUFFIXES:
        return _SUFFIXES[suffix]
    if _FRONT_MATTER.match(text) or len(_MARKDOWN_LINE.findall(head)) >= ENOUGH_MARKDOWN:
        return "markdown"
    return "text"


def _looks_like_json(text: str) -> bool:
    return bool(re.match(r"\{\s*[\"}]|\[\s*[{\[\"\]]", text))


def _marked_up(text: str) -> str:
    if _WXR.search(text):
        return "wordpress"
    return "html" if _HTML.match(text) else "xml"


def _is_binary(sample: bytes) -> bool:
    """Tell whether more than one byte in a hundred is a control code that no text holds."""
    controls = len(sample.translate(None, _BYTES_OF_TEXT))
    return controls * 100 > len(sample)


_BYTES_OF_TEXT: Final = bytes({*range(0x20, 0x100), 0x07, 0x08, 0x09, 0x0A, 0x0C, 0x0D, 0x1B} - {0x7F})
