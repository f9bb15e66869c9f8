"""How large a source may be: counted before anything is parsed, each limit an option (exit code 3)."""

from typing import Final

from converters.errors import SourceError
from converters.settings import Limits

_CHUNK: Final = 1_000_000
_VALUES_A_TURN: Final = 20
"""In a file of data: two million values take some 250 MB of memory at the most."""


def check_lines(source: bytes, name: str, limits: Limits) -> None:
    """Raise ``SourceError`` where a line of the file is longer than a line of text can be."""
    start = 0
    while start < len(source):
        if (end := source.find(b"\n", start, start + limits.line + 1)) < 0 and len(source) - start > limits.line:
            line = source.count(b"\n", 0, start) + 1
            raise _over(name, f"line {line} is longer than {limits.line:,} bytes", "line")
        start = end + 1 if end >= 0 else len(source)


def check_words(text: str, name: str, limits: Limits) -> None:
    """Raise ``SourceError`` where there are more words than any episode has."""
    if len(text) // 2 < limits.words:
        return
    words = sum(len(text[start : start + _CHUNK].split()) for start in range(0, len(text), _CHUNK))
    if words > limits.words:
        raise _over(name, f"{words:,} words are more than the {limits.words:,} of a very long episode", "words")


def check_turns(count: int, name: str, limits: Limits) -> None:
    """Raise ``SourceError`` where there are more turns, cues, rows or records than any episode has."""
    if count > limits.turns:
        raise _over(name, f"{count:,} turns or cues are more than {limits.turns:,}", "turns")


def check_labels(count: int, name: str, limits: Limits) -> None:
    """Raise ``SourceError`` where there are more different labels than people can speak."""
    if count > limits.labels:
        raise _over(name, f"{count:,} different labels are more than {limits.labels:,}", "labels")


def check_values(count: int, name: str, limits: Limits) -> None:
    """Raise ``SourceError`` where a file of data has more values or tags than the records of any episode."""
    if count > limits.turns * _VALUES_A_TURN:
        raise _over(name, f"{count:,} values are more than {limits.turns * _VALUES_A_TURN:,}", "turns")


def check_levels(count: int, name: str, limits: Limits) -> None:
    """Raise ``SourceError`` where a file is nested deeper than any page is."""
    if count > limits.levels:
        raise _over(name, f"it is nested more than {limits.levels:,} levels deep", "levels")


def _over(name: str, fault: str, option: str) -> SourceError:
    return SourceError(f"{name}: {fault}. If it is a transcript all the same, raise the limit with --max-{option}.")
