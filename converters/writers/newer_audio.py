"""What the audio editions for newer players share: samples to a file, tags, the cover."""

from pathlib import Path
from typing import Final

import msgspec

from converters.cover import cover
from converters.document import Document
from converters.errors import SavingError
from converters.narration.libav import Format, encode_file
from converters.narration.model import Narration
from converters.narration.timeline import ChapterSpan, chapter_spans, tracks_in_one_file
from converters.writers import Artifact, WriteContext, writer_named

MOST_SAMPLES: Final = 48_000
"""A second; as many as Opus takes."""


def encoded(
    name: str, form: Format, document: Document, context: WriteContext, *, chapters: bool = True
) -> tuple[Artifact, Path]:
    """Return the edition ``name``, with chapters or without, and where it stands.

    Raises ``SavingError`` where there is no room for it.
    """
    narration, row = _narration(context), writer_named(name)
    path = context.staging / row.file_name(context.slug)
    sound = tuple(track.samples for track in tracks_in_one_file(narration) if track.samples)
    try:
        spans = chapter_spans(narration) if chapters else ()
        encode_file(path, _fitting(form, narration), sound, narration.tracks[0].rate, spans, _tags(document, context))
    except OSError as error:
        raise SavingError(f"{path}: {error.strerror}. Make room and try again.") from error
    return Artifact(path.name, row.media_type, path), path


def cover_of(document: Document, context: WriteContext) -> bytes | None:
    """Return the picture that players show, None where it cannot be drawn."""
    show = show_of(document, context)
    return cover(context.title, (show,) if show else (), document.metadata.language)


def show_of(document: Document, context: WriteContext) -> str | None:
    """Return the name of the show, from the source or from show.toml."""
    return document.metadata.show or context.options.show.name


def _fitting(form: Format, narration: Narration) -> Format:
    """Return the format for a synthetic voice, or with twice the samples and bits for the show's own sound."""
    twice = {"rate": min(2 * form.rate, MOST_SAMPLES), "bits": 2 * form.bits}
    return msgspec.structs.replace(form, **twice) if narration.timeline == "recording" else form


def chapters_of(context: WriteContext) -> tuple[ChapterSpan, ...]:
    """Return the chapters of the file."""
    return chapter_spans(_narration(context))


def _narration(context: WriteContext) -> Narration:
    if context.narration is None:
        raise ValueError("an audio edition is made from a narration")
    return context.narration


def _tags(document: Document, context: WriteContext) -> dict[str, str]:
    metadata, show = document.metadata, show_of(document, context)
    found = {
        "title": context.title,
        "artist": show,
        "album": show,
        "date": metadata.published.isoformat() if metadata.published else None,
        "language": metadata.language,
        "comment": context.phrases.voices_synthetic if _narration(context).timeline == "narration" else None,
        "genre": "Podcast",
        "lyrics": _narration(context).spoken_text,
    }
    return {name: value.replace("\0", "") for name, value in found.items() if value}
