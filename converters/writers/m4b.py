"""The audiobook for phones and tablets: AAC in MP4, with chapters, from the same clips as the MP3."""

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from mutagen.mp4 import MP4, AtomDataType, MP4Cover

from converters.document import Document
from converters.narration.libav import M4B
from converters.writers import Artifact, WriteContext
from converters.writers.newer_audio import cover_of, encoded
from converters.writers.origin import origin_lines


def write_m4b(document: Document, context: WriteContext) -> tuple[Artifact, ...]:
    """Return the edition as a finished file. Raises ``SavingError`` where there is no room for it."""
    artifact, path = encoded("m4b", M4B, document, context)
    _describe(path, cover_of(document, context), origin_lines(context, "m4b"))
    return (artifact,)


def _describe(path: Path, picture: bytes | None, lines: Iterable[tuple[str, str]]) -> None:
    """Add the cover, and where the edition comes from in atoms of our own, which are named as iTunes names its own."""
    file: Any = MP4(path)  # type: ignore[no-untyped-call]  # mutagen has no types
    if picture:
        file["covr"] = [MP4Cover(picture, AtomDataType.PNG)]  # type: ignore[no-untyped-call]  # likewise
    for name, value in lines:
        file[f"----:org.curbcut:{name}"] = value.encode("utf-8")
    file.save()
