"""The schemas of talking books, over all files of a book's folder."""

from pathlib import Path

from converters.checks.outside import talking_books

from .checkers import require


def faults(folder: Path) -> list[str]:
    """What the schemas say of all files of a book; empty where nothing."""
    require("daisy")
    files = [path for path in sorted(folder.iterdir()) if path.suffix in talking_books.KINDS]
    return [
        f"{place}: {words}" for path in files for words, place in talking_books.faults(path.name, path.read_bytes())
    ]
