"""Whether a file may be shown to a checker at all: a stranger's can be made to fill a disk, or to leave its folder."""

import stat
import zipfile
from pathlib import Path, PurePosixPath
from typing import Final

from converters.checks.outside.table import SOUNDS

_MEGABYTE: Final = 1_000_000
LARGEST_TEXT: Final = 100 * _MEGABYTE
LARGEST_PDF: Final = 1_000 * _MEGABYTE
LARGEST_ZIP: Final = 8_000 * _MEGABYTE
LARGEST_UNPACKED: Final = 8_000 * _MEGABYTE
MOST_ENTRIES: Final = 50_000
BOMB: Final = 200
"""How many times its packed size an entry of more than a few megabytes may have: text comes to about ten."""
SMALL: Final = 20 * _MEGABYTE
ZIPS: Final = (".epub", ".ebrl", ".docx", ".lpf", ".zip")


def refusal(path: Path) -> str | None:
    """Return why a file is shown to no checker, None where it may be."""
    try:
        found = path.stat()
        if not stat.S_ISREG(found.st_mode):
            return "it is no ordinary file"
        with path.open("rb") as file:
            file.read(1)
    except OSError as error:
        return f"it cannot be read ({error.strerror or error})"
    if found.st_size > _largest(path.suffix.lower()):
        return f"it has {found.st_size / _MEGABYTE:.0f} megabytes, more than any edition"
    return _of_zip(path) if path.suffix.lower() in ZIPS else None


def _largest(suffix: str) -> int:
    if suffix in SOUNDS or suffix in ZIPS:
        return LARGEST_ZIP
    return LARGEST_PDF if suffix == ".pdf" else LARGEST_TEXT


def _of_zip(path: Path) -> str | None:
    try:
        with zipfile.ZipFile(path) as packed:
            entries = packed.infolist()
    except (zipfile.BadZipFile, OSError, ValueError) as error:
        return f"it is no whole zip ({error})"
    if len(entries) > MOST_ENTRIES:
        return f"it holds {len(entries)} files, more than any edition"
    if outside := next((entry.filename for entry in entries if _leads_out(entry.filename)), None):
        return f"it would write outside its folder: {outside[:80]}"
    if sum(entry.file_size for entry in entries) > LARGEST_UNPACKED:
        return "unpacked it would fill the disk"
    if bomb := next((entry.filename for entry in entries if _is_bomb(entry)), None):
        return f"{bomb[:80]} is packed so tightly that it can only be meant to fill the disk"
    return None


def _leads_out(name: str) -> bool:
    return name.startswith(("/", "\\")) or ".." in PurePosixPath(name.replace("\\", "/")).parts or ":" in name[:3]


def _is_bomb(entry: zipfile.ZipInfo) -> bool:
    return entry.file_size > SMALL and entry.file_size > BOMB * max(entry.compress_size, 1)
