"""The spoken edition: the narration's tracks end to end, with chapters and the words in the tag.

The tag is written here and not by mutagen, which puts chapters in the order of their size and
takes 30 ms to load. It is ID3v2.3, because older players for blind readers know nothing newer
(https://id3.org/id3v2.3.0, https://id3.org/id3v2-chapters-1.0).
"""

import datetime
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from converters.cover import cover
from converters.document import Document, LanguageTag, Sentence
from converters.errors import SavingError
from converters.narration.encoding import KILOBITS
from converters.narration.frames import TAIL_FRAMES, info_frame, silent_frames
from converters.narration.model import AudioTrack, Narration
from converters.narration.timeline import ChapterSpan, chapter_spans, clips_in_one_file, tracks_in_one_file
from converters.traverse import sentence_text, walk
from converters.writers import Artifact, WriteContext, writer_named

CONTENTS: Final = "toc"
TOP_LEVEL: Final = 0b10
ORDERED: Final = 0b01
MOST_CHILDREN: Final = 255
"""A CTOC frame counts its entries in one byte."""

NO_OFFSET: Final = b"\xff" * 4
"""Chapters are found by time, not by byte."""

LATIN: Final = b"\0"
UTF_16: Final = b"\1"

IN_MILLISECONDS: Final = b"\2"
TRANSCRIPTION: Final = b"\2"
FRONT_COVER: Final = b"\3"

LANGUAGES: Final = dict(
    pair.split(":")
    for pair in (
        "af:afr am:amh an:arg ar:ara as:asm az:aze ba:bak be:bel bg:bul bn:ben bs:bos ca:cat cs:ces cv:chv cy:cym "
        "da:dan de:deu el:ell en:eng eo:epo es:spa et:est eu:eus fa:fas fi:fin fo:fao fr:fra ga:gle gd:gla gn:grn "
        "gu:guj he:heb hi:hin hr:hrv ht:hat hu:hun hy:hye ia:ina id:ind io:ido is:isl it:ita ja:jpn ka:kat kk:kaz "
        "kl:kal kn:kan ko:kor ku:kur ky:kir la:lat lb:ltz lt:lit lv:lav mi:mri mk:mkd ml:mal mn:mon mr:mar ms:msa "
        "mt:mlt my:mya nb:nob ne:nep nl:nld nn:nno no:nor om:orm or:ori pa:pan pl:pol ps:pus pt:por qu:que ro:ron "
        "ru:rus sd:snd si:sin sk:slk sl:slv so:som sq:sqi sr:srp sv:swe sw:swa ta:tam te:tel th:tha ti:tir tk:tuk "
        "tl:tgl tn:tsn tr:tur tt:tat ug:uig uk:ukr ur:urd uz:uzb vi:vie xh:xho yi:yid yo:yor zh:zho zu:zul"
    ).split()
)
"""ISO 639-1 to ISO 639-2, which is what ID3 wants; other tags have three letters already."""


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
    language, ours = _language_code(metadata.language), _language_code(phrases.language)
    show = metadata.show or context.options.show.name
    spans = chapter_spans(narration)
    frames = [
        _text_frame("TIT2", context.title),
        *([_text_frame("TPE1", show), _text_frame("TALB", show)] if show else []),
        _text_frame("TLAN", language),
        *(_date_frames(metadata.published) if metadata.published else ()),
        _text_frame("TLEN", str(spans[-1].end)),
        *([_frame("WOAS", metadata.page.encode())] if metadata.page and metadata.page.isascii() else []),
        *([_frame("COMM", _remark(phrases.voices_synthetic, ours))] if narration.timeline == "narration" else []),
        *_contents_frames(spans, context.title),
        *(_chapter_frame(span) for span in spans),
        _frame("USLT", _remark(narration.spoken_text, language)),
        _frame("SYLT", _synchronised(document, narration, language)),
        *_picture_frames(context.title, show, metadata.language),
    ]
    content = b"".join(frames)
    return b"ID3\x03\0\0" + _seven_bits_a_byte(len(content)) + content


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
    return _frame("CTOC", _name(element) + bytes([flags, len(children)]) + names + _text_frame("TIT2", title))


def _chapter_frame(span: ChapterSpan) -> bytes:
    times = span.begin.to_bytes(4, "big") + span.end.to_bytes(4, "big")
    return _frame("CHAP", _name(span.element) + times + NO_OFFSET * 2 + _text_frame("TIT2", span.title))


def _date_frames(day: datetime.date) -> tuple[bytes, ...]:
    """Return year, and day with month: ID3v2.3 has no frame for both."""
    return _text_frame("TYER", f"{day:%Y}"), _text_frame("TDAT", f"{day:%d%m}")


def _language_code(language: LanguageTag) -> str:
    """Return three letters; ``und`` for what has none."""
    primary = language.split("-")[0].lower()
    return LANGUAGES.get(primary, primary if len(primary) == 3 else "und")  # noqa: PLR2004 - ISO 639-2


def _text_frame(name: str, text: str) -> bytes:
    encoding, encoded = _encoded(text)
    return _frame(name, encoding + encoded)


def _remark(text: str, language: str) -> bytes:
    """Return the content of a comment or of lyrics, without a heading of its own."""
    encoding, encoded = _encoded(text)
    no_heading = b"\0" if encoding == LATIN else "".encode("utf-16") + b"\0\0"
    return encoding + language.encode() + no_heading + encoded


def _synchronised(document: Document, narration: Narration, language: str) -> bytes:
    """Return each sentence with the millisecond at which it begins (ID3v2.3 §4.10), for players that show words."""
    words = {step.id: sentence_text(step) for step in walk(document) if isinstance(step, Sentence)}
    said = [(words[clip.node], clip.begin) for clip in clips_in_one_file(narration) if clip.node in words]
    plain = all(text.isascii() for text, _ in said)
    mark, order, end = (LATIN, b"", b"\0") if plain else (UTF_16, b"\xff\xfe", b"\0\0")
    head = mark + language.encode() + IN_MILLISECONDS + TRANSCRIPTION + order + end
    lines = (order + text.encode("ascii" if plain else "utf-16-le") + end for text, _ in said)
    return head + b"".join(line + begin.to_bytes(4, "big") for line, (_, begin) in zip(lines, said, strict=True))


def _picture_frames(title: str, show: str | None, language: LanguageTag) -> tuple[bytes, ...]:
    """Return the cover (ID3v2.3 §4.15), nothing where it cannot be drawn."""
    picture = cover(title, (show,) if show else (), language)
    return (_frame("APIC", LATIN + b"image/png\0" + FRONT_COVER + b"\0" + picture),) if picture else ()


def _encoded(text: str) -> tuple[bytes, bytes]:
    """Return plain letters as they are, and anything else as UTF-16, the two that ID3v2.3 has."""
    plain = text.replace("\0", "")
    return (LATIN, plain.encode()) if plain.isascii() else (UTF_16, b"\xff\xfe" + plain.encode("utf-16-le"))


def _frame(name: str, content: bytes) -> bytes:
    return name.encode() + len(content).to_bytes(4, "big") + b"\0\0" + content


def _name(element: str) -> bytes:
    return element.encode() + b"\0"


def _seven_bits_a_byte(number: int) -> bytes:
    return bytes(number >> shift & 0x7F for shift in (21, 14, 7, 0))
