"""The navigation document of a book: its contents, and landmarks for reading systems (EPUB 3.3 §7).

There is no list of pages: the book has none of its own, and reading systems cannot turn a foreign
numbering off. The numbers of the exchanges are the address that all editions share.
"""

from collections.abc import Iterator
from typing import Final

from converters.writers.epub_cover import IDENTIFIER as COVER
from converters.writers.markup import Markup, element, lines, text
from converters.writers.parts import contents, contents_list
from converters.writers.xhtml import Rendering

NAVIGATION: Final = "nav.xhtml"


def navigation(rendering: Rendering, *, cover: bool) -> Markup:
    """Return what the navigation document holds; ``cover`` tells whether the book has one."""
    head = element("h1", rendering.added(rendering.phrases.contents), attributes={"id": "contents-heading"})
    toc = element(
        "nav", head, contents_list(rendering, contents(rendering)),
        attributes={"epub:type": "toc", "role": "doc-toc", "id": "contents", "aria-labelledby": "contents-heading"},
    )  # fmt: skip
    items = (element("li", mark) for mark in _landmarks(rendering, cover=cover))
    landmarks = element("nav", element("ol", *items), attributes={"epub:type": "landmarks", "hidden": "hidden"})
    return lines(toc, landmarks)


def _landmarks(rendering: Rendering, *, cover: bool) -> Iterator[Markup]:
    """Yield a link to each place that reading systems offer by its kind (EPUB 3.3 §7.4.2.3, EPUB SSV 1.1)."""
    phrases, start = rendering.phrases, rendering.outline.conversation
    if cover:
        yield _landmark(rendering, "cover", phrases.cover, rendering.address(COVER))
    title = {"epub:type": "titlepage", "href": rendering.address("title-page")}
    yield element("a", text(rendering.title), attributes={**title})
    yield _landmark(rendering, "toc", phrases.contents, f"{NAVIGATION}#contents")
    if start:
        yield _landmark(rendering, "bodymatter", phrases.conversation, rendering.address(start.id))
    if rendering.document.notes:
        yield _landmark(rendering, "endnotes", phrases.notes, rendering.address("notes"))
    yield _landmark(rendering, "colophon", phrases.about, rendering.address("about"))


def _landmark(rendering: Rendering, kind: str, words: str, href: str) -> Markup:
    return element("a", text(words), attributes={"epub:type": kind, "href": href, **rendering.marks})
