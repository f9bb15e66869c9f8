"""The text of a PDF read back with pdfium, page by page, without running heads and page numbers."""

import re
from typing import Final

ROOM: Final = 4
"""Points by which a letter may reach over the edge of the text: above and below are running heads and page numbers."""


_LEFTWARD: Final = "\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc"
"""Hebrew, Arabic and their neighbours, as a range of a pattern."""
_LEFTWARD_WORDS: Final = re.compile(rf"[{_LEFTWARD}]+(?:[ \u00a0][{_LEFTWARD}]+)+")


def turned(text: str) -> str | None:
    """Return text with words from right to left put round in their lines, None where there are none.

    Where such words stand in a line from left to right, pdfium gives them in the order in which they are seen.
    """
    other = _LEFTWARD_WORDS.sub(lambda words: " ".join(reversed(words[0].split())), text)
    return None if other == text else other


def pdf_text(content: bytes) -> str:
    """Return the text of all pages, without running heads and numbers, which stand outside the page's art box.

    A sentence may run on from page to page, and pdfium joins a number to a word that
    ends its page with a hyphen; so head and foot are cut off before the text is taken.
    """
    import pypdfium2  # type: ignore[import-untyped]  # it has no types

    pdf = pypdfium2.PdfDocument(content)
    try:
        edges = ((page.get_textpage(), page.get_artbox()) for page in pdf)
        return "\n".join(
            text.get_text_bounded(bottom=bottom - ROOM, top=top + ROOM) for text, (_, bottom, _, top) in edges
        )
    finally:
        pdf.close()
