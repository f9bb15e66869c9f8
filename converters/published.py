"""Which files of an output folder tell of the whole archive, and from what they were made."""

from pathlib import Path
from typing import Final

import msgspec

OUR_FOLDER: Final = ".curbcut"
"""What a run keeps for itself, in an output folder."""
PUBLISHED: Final = "published.json"
"""In that folder: which files tell of the whole archive, where there are any."""


class Published(msgspec.Struct, frozen=True):
    """From what the files were made that lie there, and which they are, with size and time in nanoseconds."""

    made_from: str = ""
    files: tuple[tuple[str, int, int], ...] = ()

    @property
    def names(self) -> frozenset[str]:
        """The names of the files, which lie beside the episodes' folders."""
        return frozenset(name for name, *_ in self.files)


def published(out: Path) -> Published:
    """Return what an output folder remembers of them, nothing where that cannot be read."""
    try:
        return msgspec.json.decode((out / OUR_FOLDER / PUBLISHED).read_bytes(), type=Published)
    except (OSError, msgspec.DecodeError):
        return Published()
