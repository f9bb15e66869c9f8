"""A folder of numbered MP3 files, one for each exchange, with a playlist: for players that know nothing of chapters.

Such players sort by name, so the names begin with numbers of one width. They hold plain ASCII, and so does the
playlist: by tradition an ``.m3u`` is Latin-1, many programs read it as UTF-8, and ASCII is the same in both. Titles
as they are written stand in each file's tag. There is no cover in them: players of this kind have no
screen, and it would be in every file.
"""

import itertools
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from converters.characters import clean
from converters.document import Document
from converters.errors import SavingError
from converters.identifiers import transliterated
from converters.narration.pieces import lengths_of
from converters.writers import Artifact, WriteContext, writer_named
from converters.writers.id3 import date_frames, frame, language_code, origin_frames, remark, tag, text_frame
from converters.writers.origin import origin_lines
from converters.writers.piece_files import PieceFile, piece_files, transcripts

MEDIA_TYPE: Final = "audio/mpeg"
LINE_END: Final = "\r\n"
"""Old players read no other, and new ones any."""


def write_mp3_set(document: Document, context: WriteContext) -> tuple[Artifact, ...]:
    """Return the playlist, and the files in its order. Raises ``SavingError`` where there is no room for them."""
    row = writer_named("mp3-set")
    name = row.file_name(context.slug)
    files = piece_files(document, context)
    playlist = Artifact(name, row.media_type, _playlist(document, context, files).encode("ascii"))
    folder = name.rpartition("/")[0]
    tagged = zip(files, _tags(document, context, files), strict=True)
    sounds = (Artifact(f"{folder}/{file.name}", MEDIA_TYPE, _written(file, begin, context)) for file, begin in tagged)
    return (playlist, *sounds)


def _written(file: PieceFile, tagged: bytes, context: WriteContext) -> Path:
    path = context.staging / f"mp3-set-{file.name}"
    try:
        with path.open("wb") as target:
            file.piece.copy_to(target, tagged)
    except OSError as error:
        raise SavingError(f"{path}: {error.strerror}. Make room and try again.") from error
    return path


def _playlist(document: Document, context: WriteContext, files: tuple[PieceFile, ...]) -> str:
    """Return an extended M3U: seconds and title before each name.

    Seconds are whole ones, and add up to those of all together: each is told from where the file ends in the whole.
    """
    show = _show(document, context)
    lines = ["#EXTM3U", f"#PLAYLIST:{_plain(context.title)}"]
    ends = (round(end / 1000) for end in itertools.accumulate(lengths_of(file.piece for file in files)))
    for file, (begin, end) in zip(files, itertools.pairwise([0, *ends]), strict=True):
        named = f"{_plain(show)} - {_plain(file.title)}" if show else _plain(file.title)
        lines += [f"#EXTINF:{end - begin},{named}", file.name]
    return LINE_END.join(lines) + LINE_END


def _plain(words: str) -> str:
    """Return words in ASCII and on one line."""
    return " ".join(transliterated(clean(words)).split())


def _show(document: Document, context: WriteContext) -> str | None:
    return document.metadata.show or context.options.show.name


def _tags(document: Document, context: WriteContext, files: tuple[PieceFile, ...]) -> Iterator[bytes]:
    """Yield the tag of each file: the episode is the album, the show the artist."""
    metadata, show, phrases = document.metadata, _show(document, context), context.phrases
    language, ours = language_code(metadata.language), language_code(phrases.language)
    is_synthetic = context.narration is not None and context.narration.timeline == "narration"
    for file, words in zip(files, transcripts(document, files), strict=True):
        yield tag(
            [
                text_frame("TIT2", file.title),
                text_frame("TALB", context.title),
                *([text_frame("TPE1", show)] if show else []),
                text_frame("TRCK", f"{file.piece.number}/{len(files)}"),
                text_frame("TLAN", language),
                *(date_frames(metadata.published) if metadata.published else ()),
                text_frame("TLEN", str(file.piece.duration)),
                *([frame("COMM", remark(phrases.voices_synthetic, ours))] if is_synthetic else []),
                *origin_frames(origin_lines(context, "mp3-set")),
                *([frame("USLT", remark(words, language))] if words else []),
            ]
        )
