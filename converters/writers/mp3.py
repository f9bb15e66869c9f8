"""The spoken edition: the narration's tracks end to end, with chapters and the words in the tag.

Chapters stand in the tag as https://id3.org/id3v2-chapters-1.0 has them.
"""

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from converters.document import Document, Sentence
from converters.errors import SavingError
from converters.narration.encoding import KILOBITS
from converters.narration.frames import TAIL_FRAMES, info_frame, silent_frames
from converters.narration.model import AudioTrack, Narration
from converters.narration.timeline import ChapterSpan, chapter_spans, clips_in_one_file, tracks_in_one_file
from converters.traverse import sentence_text, walk
from converters.writers import Artifact, WriteContext, writer_named
from converters.writers.id3 import (
    LATIN,
    UTF_16,
    date_frames,
    frame,
    language_code,
    origin_frames,
    picture_frames,
    remark,
    tag,
    text_frame,
)
from converters.writers.origin import origin_lines

CONTENTS: Final = "toc"
TOP_LEVEL: Final = 0b10
ORDERED: Final = 0b01
MOST_CHILDREN: Final = 255
"""A CTOC frame counts its entries in one byte."""

NO_OFFSET: Final = b"\xff" * 4
"""Chapters are found by time, not by byte."""

IN_MILLISECONDS: Final = b"\2"
TRANSCRIPTION: Final = b"\2"


def write_mp3(document: Document, context: WriteContext) -> tuple[Artifact, ...]:
    """Return the edition as a finished file. Raises ``SavingError`` where there is no room for it."""
    narration = context.narration
    if narration is None:
        raise ValueError("the mp3 edition is made from a narration")
    row = writer_named("mp3")
    path = context.staging / row.file_name(context.slug)
    try:
        _write_file(path, _tag(document, context, narration), narration)
    except OSError as error:
        raise SavingError(f"{path}: {error.strerror}.") from error
    return (Artifact(path.name, row.media_type, path),)


def _write_file(path: Path, tag: bytes, narration: Narration) -> None:
    if narration.timeline == "recording":
        _write_recording(path, tag, narration.tracks[0])
        return
    rate = narration.tracks[0].rate
    tail = silent_frames(TAIL_FRAMES, KILOBITS, rate)
    tracks = tracks_in_one_file(narration)
    frames = sum(track.frames for track in tracks) + TAIL_FRAMES
    size = sum(track.path.stat().st_size for track in tracks) + len(tail)
    with path.open("wb") as file:
        file.write(tag + info_frame(frames, size, KILOBITS, rate))
        for track in tracks:
            with track.path.open("rb") as stream:
                shutil.copyfileobj(stream, file)
        file.write(tail)


def _write_recording(path: Path, tag: bytes, track: AudioTrack) -> None:
    with path.open("wb") as file, track.path.open("rb") as stream:
        file.write(tag)
        shutil.copyfileobj(stream, file)


# the tag -----------------------------------------------------------------------------------


def _tag(document: Document, context: WriteContext, narration: Narration) -> bytes:
    metadata, phrases = document.metadata, context.phrases
    language, ours = language_code(metadata.language), language_code(phrases.language)
    show = metadata.show or context.options.show.name
    spans = chapter_spans(narration)
    frames = [
        text_frame("TIT2", context.title),
        *([text_frame("TPE1", show), text_frame("TALB", show)] if show else []),
        text_frame("TLAN", language),
        *(date_frames(metadata.published) if metadata.published else ()),
        text_frame("TLEN", str(spans[-1].end)),
        *([frame("WOAS", metadata.page.encode())] if metadata.page and metadata.page.isascii() else []),
        *([frame("COMM", remark(phrases.voices_synthetic, ours))] if narration.timeline == "narration" else []),
        *origin_frames(origin_lines(context, "mp3")),
        *_contents_frames(spans, context.title),
        *(_chapter_frame(span) for span in spans),
        frame("USLT", remark(narration.spoken_text, language)),
        frame("SYLT", _synchronised(document, narration, language)),
        *picture_frames(context.title, show, metadata.language),
    ]
    return tag(frames)


def _contents_frames(spans: tuple[ChapterSpan, ...], title: str) -> Iterator[bytes]:
    """Yield the contents, sections first, and for each section with exchanges the contents of it.

    Overcast, for one, shows no chapters without a CTOC frame.
    """
    top: list[str] = []
    inner: list[tuple[str, ChapterSpan, list[str]]] = []
    for span in spans:
        if span.depth == 1:
            top.append(span.element)
            section = span
            continue
        if not inner or inner[-1][1] is not section or len(inner[-1][2]) == MOST_CHILDREN:
            inner.append((f"{CONTENTS}{len(inner) + 1}", section, []))
            top.append(inner[-1][0])
        inner[-1][2].append(span.element)
    yield _contents_frame(CONTENTS, TOP_LEVEL | ORDERED, top[:MOST_CHILDREN], title)
    for element, section, children in inner:
        yield _contents_frame(element, ORDERED, children, section.title)


def _contents_frame(element: str, flags: int, children: list[str], title: str) -> bytes:
    names = b"".join(_name(child) for child in children)
    return frame("CTOC", _name(element) + bytes([flags, len(children)]) + names + text_frame("TIT2", title))


def _chapter_frame(span: ChapterSpan) -> bytes:
    times = span.begin.to_bytes(4, "big") + span.end.to_bytes(4, "big")
    return frame("CHAP", _name(span.element) + times + NO_OFFSET * 2 + text_frame("TIT2", span.title))


def _synchronised(document: Document, narration: Narration, language: str) -> bytes:
    """Return each sentence with the millisecond at which it begins (ID3v2.3 §4.10), for players that show words."""
    words = {step.id: sentence_text(step) for step in walk(document) if isinstance(step, Sentence)}
    said = [(words[clip.node], clip.begin) for clip in clips_in_one_file(narration) if clip.node in words]
    plain = all(text.isascii() for text, _ in said)
    mark, order, end = (LATIN, b"", b"\0") if plain else (UTF_16, b"\xff\xfe", b"\0\0")
    head = mark + language.encode() + IN_MILLISECONDS + TRANSCRIPTION + order + end
    lines = (order + text.encode("ascii" if plain else "utf-16-le") + end for text, _ in said)
    return head + b"".join(line + begin.to_bytes(4, "big") for line, (_, begin) in zip(lines, said, strict=True))


def _name(element: str) -> bytes:
    return element.encode() + b"\0"
