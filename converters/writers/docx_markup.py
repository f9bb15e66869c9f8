"""Elements of WordprocessingML (ECMA-376 part 1, §17), and the parts of a file that they stand in."""

from typing import Final

from converters.writers.markup import Markup, element, void

_SPACES: Final = (
    ' xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    ' xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
)
TWIPS: Final = 20
"""Word's lengths are twentieths of a point."""


def valued(tag: str, value: str | float | None = None) -> Markup:
    """Return ``<w:tag w:val="value"/>``, without the attribute where nothing is to be said."""
    return void(f"w:{tag}", {"w:val": None if value is None else str(value)})


def inside(tag: str, *content: Markup) -> Markup:
    """Return an element with content, nothing where there is none."""
    return element(f"w:{tag}", *content) if any(content) else Markup("")


def twips(points: float) -> str:
    """Return a length in points as Word writes it."""
    return str(round(points * TWIPS))


def part(root: str, *content: Markup) -> bytes:
    """Return a whole part of the file, in UTF-8."""
    head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    return f"{head}<w:{root}{_SPACES}>{''.join(content)}</w:{root}>".encode()
