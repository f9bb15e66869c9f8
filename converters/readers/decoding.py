"""From bytes to clean text: one kind of line end, no characters that XML forbids, nothing lost unsaid."""

import codecs
import re
from typing import Final

from converters.characters import FORBIDDEN, clean
from converters.findings import Report

_BYTE_ORDER_MARKS: Final = (
    (b"\xef\xbb\xbf", "utf-8"),
    (b"\xff\xfe", "utf-16-le"),
    (b"\xfe\xff", "utf-16-be"),
)
_INVISIBLE: Final = re.compile("[\u200b\u2060\ufeff\u00ad]")
_WESTERN: Final = "cp1252"
_ODD_IN_WESTERN: Final = re.compile(
    r"[^\W\d_][³¹²¿£¥¼½¾ª°±µ¶¡¬¦¤][^\W\d_]|\w[³¹¿][^\W\d_]|[ÀÁÂÃÄÅÆÇÈÉÊËÌÍÎÏÐàáâãäåæçèéêëìíîïðñòóôõö÷øùúûüýþÿ]{4}"
)
"""What words never hold in Western Europe: the letters of another code page, shown as its symbols, or many in a row."""
SAMPLE: Final = 20_000


def decode(source: bytes, report: Report, declared: str | None = None) -> str:
    """Return the text with one kind of line end; what could not be read is a finding.

    ``declared`` is the encoding that the file itself names; a byte order mark outweighs it.
    """
    text = _tidy(_decoded(source, report, declared))
    if lost := text.count("\ufffd"):
        report.add("read-002", f"{lost} of them")
    if controls := len(FORBIDDEN.findall(text)):
        report.add("read-003", f"{controls} of them")
    return clean(text)


def _decoded(source: bytes, report: Report, declared: str | None) -> str:
    for mark, encoding in _BYTE_ORDER_MARKS:
        if source.startswith(mark):
            return source[len(mark) :].decode(encoding, "replace")
    if wide := _without_mark(source):
        return source.decode(wide, "replace")
    if declared and _is_known(declared):
        return source.decode(declared, "replace")
    try:
        return source.decode("utf-8")
    except UnicodeDecodeError as error:
        return _recovered(source, error.start, report)


def _without_mark(source: bytes) -> str | None:
    """Return which UTF-16 a text without a mark is in: every second byte of Western letters is 0."""
    sample = source[:2048]
    if len(sample) < 8 or b"\x00" not in sample:  # noqa: PLR2004 - too little to tell
        return None
    even, odd = sample[::2].count(0), sample[1::2].count(0)
    if odd * 3 > len(sample) and even * 20 < len(sample):
        return "utf-16-le"
    return "utf-16-be" if even * 3 > len(sample) and odd * 20 < len(sample) else None


def _is_known(encoding: str) -> bool:
    try:
        return codecs.lookup(encoding).name not in {"utf-8", "utf-16", "utf-16-le", "utf-16-be", "utf-7"}
    except (LookupError, ValueError):
        return False


def _recovered(source: bytes, fault: int, report: Report) -> str:
    """Read broken UTF-8 as such while most of it is sound, else in the encoding that its letters suggest.

    Sound multi-byte sequences hardly ever come about by chance, so they tell.
    """
    as_utf_8 = source.decode("utf-8", "replace")
    faults = as_utf_8.count("\ufffd")
    sound = sum(1 for character in as_utf_8 if character > "\x7f") - faults
    if sound >= faults:
        line = source.count(b"\n", 0, fault) + 1
        report.add("read-001", f"the first fault is in line {line}", f"line {line}")
        return as_utf_8
    encoding = _recognised(source)
    report.add("read-023", encoding)
    return source.decode(encoding, "replace")


def _recognised(source: bytes) -> str:
    """Return the code page that the lines with other letters than ASCII are in; Western European if in doubt."""
    from charset_normalizer import from_bytes  # loaded on first use: nearly all text is UTF-8

    sample = b"\n".join(line for line in source.split(b"\n") if not line.isascii())[:SAMPLE]
    if not _ODD_IN_WESTERN.search(sample.decode(_WESTERN, "replace")):
        return _WESTERN
    best = from_bytes(sample).best()
    return best.encoding if best else _WESTERN


def _tidy(text: str) -> str:
    lines = re.sub(r"\r*\n|\r+|\u2028|\x85", "\n", text).replace("\u2029", "\n\n").replace("\u00ad\n", "")
    return _INVISIBLE.sub("", lines.replace("\x0b", "\n").replace("\x0c", "\n\n"))
