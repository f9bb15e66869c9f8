"""The audiobook for phones and tablets: AAC in MP4, with chapters, from the same clips as the MP3."""

from pathlib import Path

from mutagen.mp4 import MP4, AtomDataType, MP4Cover

from converters.document import Document
from converters.narration.libav import M4B
from converters.writers import Artifact, WriteContext
from converters.writers.newer_audio import cover_of, encoded


def write_m4b(document: Document, context: WriteContext) -> tuple[Artifact, ...]:
    """Return the edition as a finished file. Raises ``SavingError`` where there is no room for it."""
    artifact, path = encoded("m4b", M4B, document, context)
    if picture := cover_of(document, context):
        _add_cover(path, picture)
    return (artifact,)


def _add_cover(path: Path, picture: bytes) -> None:
    file = MP4(path)  # type: ignore[no-untyped-call]  # mutagen has no types
    file["covr"] = [MP4Cover(picture, AtomDataType.PNG)]  # type: ignore[no-untyped-call]  # likewise
    file.save()  # type: ignore[no-untyped-call]  # likewise
