"""What the tags of an audio file tell: its words, its chapters, and when each sentence is heard.

ID3 is taken apart here (https://id3.org/id3v2.3.0), so that an MP3 can be proved where mutagen is not; the tags of MP4
and Ogg are read by mutagen.
"""

import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final, cast

import msgspec

HEAD: Final = 10
"""Bytes of the head of a tag, and of that of a frame."""
UTF_16: Final = 1
ADDRESS: Final = 16
"""Bytes of a chapter's two times and two places (id3v2-chapters-1.0 §3.1)."""


class Mark(msgspec.Struct, frozen=True):
    """A chapter: where it begins, in milliseconds, and its title."""

    title: str
    begin: int


class Told(msgspec.Struct, frozen=True):
    """What the tags of a file say; ``lines`` are words with the millisecond at which they are heard.

    ``length`` is how long the file says that it lasts, in milliseconds; None where that is not asked.
    """

    words: str
    chapters: tuple[Mark, ...]
    lines: tuple[tuple[str, int], ...] = ()
    length: int | None = None


def read_tags(format_name: str, content: bytes | Path) -> Told:
    """Return what the tags of an MP3, M4B or Opus file say. Raises ``ValueError`` where it has none."""
    if format_name == "mp3":
        return _of_id3(_tag_of(content))
    stream = io.BytesIO(content) if isinstance(content, bytes) else content
    return _of_mp4(stream) if format_name == "m4b" else _of_ogg(stream)


# ID3 -----------------------------------------------------------------------------------------


def _tag_of(content: bytes | Path) -> bytes:
    """Return the tag at the beginning of a file, without its head."""
    with io.BytesIO(content) if isinstance(content, bytes) else content.open("rb") as stream:
        head = stream.read(HEAD)
        if head[:3] != b"ID3":
            raise ValueError("it has no tag")
        return stream.read(sum(byte << shift for byte, shift in zip(head[6:], (21, 14, 7, 0), strict=True)))


def _frames(tag: bytes) -> Iterator[tuple[str, bytes]]:
    """Yield name and content of each frame; its size is a plain number in ID3v2.3 (§3.3)."""
    at = 0
    while at + HEAD <= len(tag) and tag[at]:
        size = int.from_bytes(tag[at + 4 : at + 8])
        yield tag[at : at + 4].decode("latin-1"), tag[at + HEAD : at + HEAD + size]
        at += HEAD + size


def _of_id3(tag: bytes) -> Told:
    frames = list(_frames(tag))
    words = next((_after_heading(content[0], content[4:]) for name, content in frames if name == "USLT"), "")
    lines = next((tuple(_lines(content)) for name, content in frames if name == "SYLT"), ())
    return Told(words, tuple(_chapter(content) for name, content in frames if name == "CHAP"), lines)


def _chapter(content: bytes) -> Mark:
    inner = content.index(b"\0") + 1
    begin = int.from_bytes(content[inner : inner + 4])
    titles = (_text(text[0], text[1:]) for name, text in _frames(content[inner + ADDRESS :]) if name == "TIT2")
    return Mark(next(titles, ""), begin)


def _lines(content: bytes) -> Iterator[tuple[str, int]]:
    """Yield each line with its time: encoding, language, unit and kind stand before (ID3v2.3 §4.10)."""
    encoding, rest = content[0], content[6:]
    _, rest = _parted(encoding, rest)
    while rest:
        line, rest = _parted(encoding, rest)
        yield _text(encoding, line), int.from_bytes(rest[:4])
        rest = rest[4:]


def _after_heading(encoding: int, content: bytes) -> str:
    return _text(encoding, _parted(encoding, content)[1])


def _parted(encoding: int, content: bytes) -> tuple[bytes, bytes]:
    """Return a string without its end, and what follows it."""
    if encoding != UTF_16:
        head, _, rest = content.partition(b"\0")
        return head, rest
    at = next((n for n in range(0, len(content) - 1, 2) if content[n : n + 2] == b"\0\0"), len(content))
    return content[:at], content[at + 2 :]


def _text(encoding: int, content: bytes) -> str:
    return content.decode("utf-16" if encoding == UTF_16 else "latin-1").rstrip("\0")


# MP4 and Ogg -----------------------------------------------------------------------------------


def _of_mp4(stream: io.BytesIO | Path) -> Told:
    from mutagen.mp4 import MP4

    file: Any = MP4(stream)  # type: ignore[no-untyped-call]  # mutagen has no types
    marks = tuple(Mark(one.title, round(one.start * 1000)) for one in file.chapters or ())
    return Told("".join((file.tags or {}).get("©lyr", [])), marks, length=round(file.info.length * 1000))


def _of_ogg(stream: io.BytesIO | Path) -> Told:
    from mutagen.oggopus import OggOpus

    file: Any = OggOpus(stream)  # type: ignore[no-untyped-call]  # mutagen has no types
    comments = cast("list[tuple[str, str]]", list(file.tags))
    named = {name.upper(): value for name, value in comments}
    begins = sorted(name for name in named if name.startswith("CHAPTER") and f"{name}NAME" in named)
    marks = tuple(Mark(named[f"{one}NAME"], _milliseconds(named[one])) for one in begins)
    return Told(named.get("LYRICS", ""), marks, length=round(file.info.length * 1000))


def _milliseconds(clock: str) -> int:
    hours, minutes, seconds = clock.split(":")
    return (int(hours) * 60 + int(minutes)) * 60_000 + round(float(seconds) * 1000)
