"""The zip that a book is: the edition's date on every entry, sound streamed in from its files (OCF §4.3).

EbookLib stamps its zip with the present time, and holds all of it in memory; so what it
made is packed once more.
"""

import datetime
import io
import zipfile
from pathlib import Path
from typing import Final

from lxml import etree

from converters.errors import SavingError
from converters.writers.sound_files import SoundFile
from converters.writers.zip_entries import entry

_FOLDER: Final = "EPUB"
"""Where EbookLib puts everything but the container's own files."""


def packed(loose: io.BytesIO, modified: datetime.datetime, sounds: tuple[SoundFile, ...], path: Path) -> bytes | Path:
    """Return the finished book: bytes, or with sound in it a file at ``path``.

    ``mimetype`` comes first and is stored, sound is stored too: it is compressed already.
    Raises ``SavingError`` where there is no room for it.
    """
    if not sounds:
        whole = io.BytesIO()
        _pack(loose, whole, modified, sounds)
        return whole.getvalue()
    try:
        with path.open("wb") as file:
            _pack(loose, file, modified, sounds)
    except OSError as error:
        raise SavingError(f"{path}: {error.strerror}.") from error
    return path


def _pack(
    loose: io.BytesIO,
    packed: io.BytesIO | io.BufferedWriter,
    modified: datetime.datetime,
    sounds: tuple[SoundFile, ...],
) -> None:
    streamed = {f"{_FOLDER}/{sound.name}": sound for sound in sounds}
    with zipfile.ZipFile(loose) as source, zipfile.ZipFile(packed, "w") as target:
        for name in source.namelist():
            if sound := streamed.get(name):
                place = entry(name, modified, zipfile.ZIP_STORED)
                place.file_size = sound.size
                with target.open(place, "w") as stream:
                    sound.copy_to(stream)
            else:
                method = zipfile.ZIP_STORED if name == "mimetype" else zipfile.ZIP_DEFLATED
                content = source.read(name)
                content = _with_language(content) if name.endswith(".opf") else content
                target.writestr(entry(name, modified, method), content)


def _with_language(package: bytes) -> bytes:
    """Return the package document with ``xml:lang`` on its root, which EbookLib leaves out."""
    root = etree.fromstring(package)
    root.set("{http://www.w3.org/XML/1998/namespace}lang", root.findtext(".//{*}language", "und"))
    return etree.tostring(root, xml_declaration=True, encoding="utf-8")
