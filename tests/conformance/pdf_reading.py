"""Reads finished PDFs with PDFium, which is neither our writer nor its library."""

import ctypes
import math
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from typing import Any, Self

import pypdfium2  # type: ignore[import-untyped]  # it has no types
from pypdfium2 import raw

from .words import words

Place = tuple[float, ...]
"""The page of a destination, counted from 0, and where on it."""


class Document:
    """A PDF as a reader meets it: characters, bookmarks, contents and page labels."""

    def __init__(self, path: Path) -> None:
        self._pdf = pypdfium2.PdfDocument(path)
        self._pages: list[Any] = []
        self._texts: list[Any] = []

    def __enter__(self) -> Self:
        with ExitStack() as opened:
            opened.callback(self._pdf.close)
            self._pages = list(self._pdf)
            self._texts = [page.get_textpage() for page in self._pages]
            self._close = opened.pop_all().close
        return self

    def __exit__(self, *_: object) -> None:
        self._close()

    def labels(self) -> list[str]:
        """The number printed on each page: its label where it has one, else its place."""
        places = range(len(self._pages))
        return [self._pdf.get_page_label(place) or str(place + 1) for place in places]

    def characters(self) -> Iterator[tuple[str, float]]:
        """Each visible character with its size in points, as it stands on the page."""
        for text in self._texts:
            for place in range(text.count_chars()):
                character = chr(raw.FPDFText_GetUnicode(text, place))
                if not (character.isspace() or raw.FPDFText_IsGenerated(text, place)):
                    yield character, _size(text, place)

    def bookmarks(self) -> Iterator[tuple[str, int]]:
        """Each bookmark with the page it leads to, counted from 0."""
        for bookmark in self._pdf.get_toc():
            target = bookmark.get_dest()
            yield bookmark.get_title(), -1 if target is None else int(target.get_index())

    def contents(self) -> Iterator[tuple[str, int]]:
        """Each link to a later page that ends in a number, not in an exchange's, with the page it leads to."""
        for own, (page, text) in enumerate(zip(self._pages, self._texts, strict=True)):
            for (target, *_), boxes in groupby(_links(self._pdf, page, text), key=itemgetter(0)):
                entry = _joined(shown for _, shown in boxes)
                if own < target and entry[-1:].isdigit() and "exchange" not in entry[-12:]:
                    yield entry, target

    def body_text(self) -> str:
        """The text of all pages without running heads and page numbers, which stand outside the art box.

        Where a page has none, its number is looked for at either end.
        """
        pages = zip(self._pages, self._texts, self.labels(), strict=True)
        return "\n".join(_without(_within(page, text), label) for page, text, label in pages)


def _within(page: Any, text: Any) -> str:
    _, bottom, _, top = page.get_artbox()
    return str(text.get_text_bounded(bottom=bottom - 4, top=top + 4))


def _size(text: Any, place: int) -> float:
    """The size in points: that of the font, scaled as the page scales it."""
    matrix = raw.FS_MATRIX()
    raw.FPDFText_GetMatrix(text, place, matrix)
    scale = math.hypot(matrix.c, matrix.d)
    return round(float(raw.FPDFText_GetFontSize(text, place)) * scale, 2)


def _links(pdf: Any, page: Any, text: Any) -> Iterator[tuple[Place, str]]:
    """The words in each box of each link within the document, with the place it leads to."""
    count, link, box = ctypes.c_int(0), raw.FPDF_LINK(), raw.FS_RECTF()
    while raw.FPDFLink_Enumerate(page, count, link):
        target = pypdfium2.PdfDest(raw.FPDFLink_GetDest(pdf, link), pdf)
        if target.raw:
            raw.FPDFLink_GetAnnotRect(link, box)
            edges = (box.left, box.bottom, box.right, box.top)
            place = (target.get_index() or 0, *target.get_view()[1])
            yield place, text.get_text_bounded(*edges)


def _joined(boxes: Iterable[str]) -> str:
    """The words of one link: a box for each of its lines, and one more for its generated end."""
    entry = ""
    for shown in (" ".join(box.split()) for box in boxes):
        if not words(entry).endswith(words(shown)):
            entry = f"{entry} {shown}".strip()
    return entry


def _without(text: str, label: str) -> str:
    found = words(text).split()
    if found[-1:] == words(label).split():
        return " ".join(found[:-1])
    return " ".join(found[1:] if found[:1] == words(label).split() else found)
