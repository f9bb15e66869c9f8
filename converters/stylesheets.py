"""Finding a file of ``styles/``: inside the package when installed, else beside it in a checkout."""

import hashlib
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Final

from converters.settings import LargePrint

_PAGE: Final = ("tokens.css", "screen.css")
_SHEETS: Final = {
    "html": (*_PAGE, "toolbar.css", "find.css", "reading-settings.css", "read-along.css"),
    "html-fragment": ("fragment.css",),
    "epub": ("epub.css",),
    "pdf": ("large-print.css",),
    "lpf": _PAGE,
    "daisy202": ("daisy.css",),
    "daisy3": ("daisy.css",),
    "ebraille": ("ebraille.css",),
}
"""The sheets that each edition is made with; large print has that of its standard too, and a book that is heard one
more. What stands here is compared with what is read in tests/test_currency.py."""


def stylesheet(*names: str) -> str:
    """Return the style sheets of those names, one after the other."""
    return "\n".join((_folder() / name).read_text(encoding="utf-8") for name in names)


def sheets_of(edition: str, dials: LargePrint, *, is_narrated: bool) -> tuple[str, ...]:
    """Return the names of the sheets that an edition is made with; ``dials`` are those of large print."""
    return (*_SHEETS.get(edition, ()), *_further(edition, dials, is_narrated=is_narrated))


@cache
def style_digest(edition: str, dials: LargePrint, *, is_narrated: bool) -> str:
    """Return what changes when a sheet of the edition does."""
    sheets = stylesheet(*sheets_of(edition, dials, is_narrated=is_narrated))
    return hashlib.sha256(sheets.encode("utf-8")).hexdigest()


def _further(edition: str, dials: LargePrint, *, is_narrated: bool) -> Iterator[str]:
    if edition in {"pdf", "docx"}:
        yield f"large-print-{dials.standard}.css"
    if edition == "docx" and dials.theme != "black-on-white":
        yield "large-print.css"
    if edition == "epub" and is_narrated:
        yield "epub-overlay.css"


def _folder() -> Path:
    here = Path(__file__).parent
    return here / "styles" if (here / "styles").is_dir() else here.parent / "styles"
