"""From bytes to clean text: one kind of line end, no characters that XML forbids, nothing lost unsaid."""

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


def decode(source: bytes, report: Report) -> str:
    """Return the text with one kind of line end; what could not be read is a finding."""
    text = _tidy(_decoded(source, report))
    if lost := text.count("\ufffd"):
        report.add("read-002", f"{lost} of them")
    if controls := len(FORBIDDEN.findall(text)):
        report.add("read-003", f"{controls} of them")
    return clean(text)


def _decoded(source: bytes, report: Report) -> str:
    for mark, encoding in _BYTE_ORDER_MARKS:
        if source.startswith(mark):
            return source[len(mark) :].decode(encoding, "replace")
    try:
        return source.decode("utf-8")
    except UnicodeDecodeError as error:
        line = source.count(b"\n", 0, error.start) + 1
        report.add("read-001", f"the first fault is in line {line}", f"line {line}")
        return _recovered(source)


def _recovered(source: bytes) -> str:
    """Read broken UTF-8 as such while most of it is sound, else as the Western European code page.

    Sound multi-byte sequences hardly ever come about by chance, so they tell.
    """
    as_utf_8 = source.decode("utf-8", "replace")
    faults = as_utf_8.count("\ufffd")
    sound = sum(1 for character in as_utf_8 if character > "\x7f") - faults
    return as_utf_8 if sound >= faults else source.decode("cp1252", "replace")


def _tidy(text: str) -> str:
    lines = re.sub(r"\r*\n|\r+|\u2028|\x85", "\n", text).replace("\u2029", "\n\n")
    return _INVISIBLE.sub("", lines.replace("\t", " ").replace("\x0b", "\n").replace("\x0c", "\n\n"))
