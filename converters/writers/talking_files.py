"""A talking book as files: in a folder, as a card for a player has them, and the same in one zip."""

import shutil
import zipfile
from collections.abc import Iterable
from pathlib import Path
from typing import Final

import msgspec

from converters.errors import SavingError
from converters.narration.pieces import Piece
from converters.writers import Artifact, WriteContext, writer_named
from converters.writers.zip_entries import entry

SOUND: Final = "audio/mpeg"


class BookFile(msgspec.Struct, frozen=True):
    """A file of a book: its name in the folder, and its bytes, or sound that is still to be written."""

    name: str
    media_type: str
    content: bytes | Piece

    @property
    def size(self) -> int:
        """Its length in bytes."""
        return len(self.content) if isinstance(self.content, bytes) else self.content.size


def sound_files(files: Iterable[tuple[str, Piece]]) -> tuple[BookFile, ...]:
    """Return the files of sound."""
    return tuple(BookFile(name, SOUND, piece) for name, piece in files)


def as_artifacts(own: str, context: WriteContext, files: tuple[BookFile, ...]) -> tuple[Artifact, ...]:
    """Return the zip of an edition and then its files, in a folder of the same name.

    Raises ``SavingError`` where there is no room for them. Sound is stored in the zip: it is compressed already.
    """
    row = writer_named(own)
    name = row.file_name(context.slug)
    folder, packed = name.removesuffix(".zip"), context.staging / name
    staged = [(file, context.staging / f"{folder}-{file.name}") for file in files]
    try:
        for file, path in staged:
            _write(file, path)
        _pack(packed, staged, context)
    except OSError as error:
        raise SavingError(f"{packed}: {error.strerror}. Make room and try again.") from error
    loose = (Artifact(f"{folder}/{file.name}", file.media_type, path) for file, path in staged)
    return (Artifact(name, row.media_type, packed), *loose)


def _write(file: BookFile, path: Path) -> None:
    with path.open("wb") as target:
        if isinstance(file.content, bytes):
            target.write(file.content)
        else:
            file.content.copy_to(target)


def _pack(packed: Path, staged: list[tuple[BookFile, Path]], context: WriteContext) -> None:
    with zipfile.ZipFile(packed, "w") as target:
        for file, path in staged:
            method = zipfile.ZIP_STORED if file.media_type == SOUND else zipfile.ZIP_DEFLATED
            told = entry(file.name, context.modified, method)
            told.file_size = path.stat().st_size
            with path.open("rb") as source, target.open(told, "w") as stream:
                shutil.copyfileobj(source, stream)
