"""eBraille 1.0: the conversation in braille whose lines the reader's own display makes.

It has the structure of the book: a page for each section, exchanges under headings, turns as paragraphs with the name
first, the same ids. ``ebraille_text`` puts the finished pages into braille, ``ebraille_package`` packs them.

It has no page numbers and no contents in the text: a display offers those of ``index.html`` (eBraille 1.0 §8.2).
"""

from collections import Counter
from collections.abc import Iterator
from typing import Final

import msgspec
from lxml import etree

from converters.braille import Span, Transcriber
from converters.braille_tables import Code, code_for
from converters.document import Document, LanguageTag
from converters.stylesheets import stylesheet
from converters.writers import Artifact, WriteContext, writer_named
from converters.writers.braille_text import in_parentheses
from converters.writers.chapter_files import files_of
from converters.writers.ebraille_manner import Manner
from converters.writers.ebraille_package import PACKAGE, PACKAGE_TYPE, Page, Publication, braille_system, packed
from converters.writers.ebraille_text import MAY_BREAK, Piece, in_braille
from converters.writers.markup import Markup, element, joined, lines, text, void
from converters.writers.parts import about, at_a_glance, body_sections, contents, contents_list, entry_text, title_block
from converters.writers.xhtml import Rendering, furniture, root_attributes

_FRONT: Final = "title-page"
_FOLDER: Final = "ebraille/"
"""Where all but package and contents lies, so that whoever unpacks the set finds the contents first (§4.2, note)."""


def write_ebraille(document: Document, context: WriteContext) -> tuple[Artifact, ...]:
    """Return the set, zipped. Raises ``MissingPartError`` without liblouis or braille for the language."""
    content = packed(document, context, _publication(document, context))
    row = writer_named("ebraille")
    return (Artifact(row.file_name(context.slug), row.media_type, content),)


def _publication(document: Document, context: WriteContext) -> Publication:
    """Return all pages in braille, and what is to be told of them."""
    files = {_FRONT: f"01-{_FRONT}.html", "at-a-glance": f"01-{_FRONT}.html", **files_of(document, ".html")}
    rendering = Rendering(
        document, context.title, context.phrases, lambda i: f"{files[i]}#{i}", "ebraille", 1, context.options.blocks,
        in_parentheses,
    )  # fmt: skip
    outside = msgspec.structs.replace(rendering, address=lambda i: f"{_FOLDER}{files[i]}#{i}")
    scribe = _Scribe(document, context)
    pages = tuple(
        Page(f"page-{name}", f"{_FOLDER}{files[name]}", scribe.written(markup))
        for name, markup in _pages(rendering, context, scribe)
    )
    navigation = scribe.written(_navigation(outside))
    scribe.transcriber.tell(context.report)
    style = stylesheet("ebraille.css").encode("utf-8")
    return Publication(pages, navigation, style, scribe.languages, scribe.systems, _copyright(document, context),
                       context.phrases.ebraille_summary)  # fmt: skip


def _copyright(document: Document, context: WriteContext) -> str:
    """Return when the episode came out, which is when it became somebody's; the format has no word for “unknown”."""
    if document.metadata.published:
        return document.metadata.published.isoformat()
    context.report.add("ebraille-001", f"{context.modified.year}")
    return f"{context.modified.year}"


class _Scribe:
    """Writes the pages of one document in braille, and counts the cells of each language."""

    def __init__(self, document: Document, context: WriteContext) -> None:
        self.transcriber = Transcriber(document.metadata.language, context.options.braille.grade)
        self._manner = Manner(document, context.phrases)
        self._own = document.metadata.language.split("-")[0]
        self._cells: Counter[str] = Counter()

    def written(self, page: Markup) -> bytes:
        """Return a page in braille."""
        root = etree.fromstring(page)
        self._manner.set_out(root)
        return in_braille(root, self._translated)

    def _translated(self, piece: Piece) -> str:
        foreign = LanguageTag(piece.language) if piece.language.split("-")[0] != self._own else None
        words = self.transcriber.words((Span(piece.text, piece.strength, foreign, whole=piece.is_passage),))
        self._cells[piece.language] += sum(len(word.cells) for word in words)
        return "".join((MAY_BREAK if word.joined else " ") + word.cells for word in words).lstrip()

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages, the document's own first, and of the others the one that most is written in."""
        own = self.transcriber.code.language
        return (own, *(language for language, _ in self._cells.most_common() if language != own))

    @property
    def systems(self) -> tuple[str, ...]:
        """The codes, those of words in another one after the document's own."""
        codes = (self.transcriber.code, *(code_for(language, 1) for language in self.transcriber.others))
        return tuple(dict.fromkeys(braille_system(code) for code in codes))


# pages ------------------------------------------------------------------------------------


def _pages(rendering: Rendering, context: WriteContext, scribe: _Scribe) -> Iterator[tuple[str, Markup]]:
    """Yield each page with its name in reading order, still in print."""
    titles = {entry.target: entry_text(entry) for entry in contents(rendering)}
    yield _FRONT, _page(rendering, rendering.title, _front(rendering, scribe.transcriber.code))
    for name, markup in body_sections(rendering, context):
        yield name, _page(rendering, titles[name], markup)
    told = lines(about(rendering, context), *_told_of_braille(rendering, scribe.transcriber))
    yield "about", _page(rendering, titles["about"], told)
    if rendering.outline.furniture:
        yield "from-the-page", _page(rendering, titles["from-the-page"], furniture(rendering))


def _front(rendering: Rendering, code: Code) -> Markup:
    """Return the title page: what the episode is, what braille this is, and at a glance below it."""
    phrases = rendering.phrases
    named = code.name or phrases.braille_table.format(table=code.table)
    said = (phrases.braille_by_machine, phrases.braille_made_of.format(code=named))
    braille = (element("p", rendering.added(words), attributes={"class": "fact"}) for words in said)
    parts = lines(title_block(rendering), *braille, at_a_glance(rendering))
    return element("section", parts, attributes={"id": _FRONT})


def _told_of_braille(rendering: Rendering, transcriber: Transcriber) -> Iterator[Markup]:
    """Yield which language this is, and what a reader must know of how the pages before are written."""
    phrases = rendering.phrases
    language = phrases.language_line.format(tag=rendering.document.metadata.language)
    yield element("p", rendering.added(language))
    if transcriber.named:
        yield element("p", rendering.added(phrases.braille_note_names))
    if others := [language for language in transcriber.others if language != phrases.language]:
        note = phrases.braille_note_other.format(languages=", ".join(others))
        yield element("p", rendering.added(note))


def _page(rendering: Rendering, title: str, body: Markup) -> Markup:
    style = void("link", {"rel": "stylesheet", "type": "text/css", "href": "style.css"})
    return _xhtml(rendering, title, style, body)


def _xhtml(rendering: Rendering, title: str, links: Markup, body: Markup) -> Markup:
    """Return a content document, which a browser reads alike as XHTML and as HTML."""
    root = root_attributes(rendering.document.metadata.language)
    marks = {"xmlns": "http://www.w3.org/1999/xhtml", "xmlns:epub": "http://www.idpf.org/2007/ops", **root}
    head = element("head", void("meta", {"charset": "utf-8"}), element("title", text(title)), links)
    return element("html", lines(head, element("body", body)), attributes=marks)


# contents ---------------------------------------------------------------------------------


def _navigation(rendering: Rendering) -> Markup:
    """Return the primary entry page, which is the navigation document (eBraille 1.0 §8.2, §8.3)."""
    links = joined(
        void("link", {"rel": "publication", "href": PACKAGE, "type": PACKAGE_TYPE}),
        void("link", {"rel": "stylesheet", "type": "text/css", "href": f"{_FOLDER}style.css"}),
    )
    head = element("h1", rendering.added(rendering.phrases.contents), attributes={"id": "contents-heading"})
    toc = element(
        "nav", head, contents_list(rendering, contents(rendering)),
        attributes={"epub:type": "toc", "role": "doc-toc", "id": "contents", "aria-labelledby": "contents-heading"},
    )  # fmt: skip
    items = (element("li", mark) for mark in _landmarks(rendering))
    landmarks = element("nav", element("ol", *items), attributes={"epub:type": "landmarks", "hidden": "hidden"})
    return _xhtml(rendering, rendering.title, links, lines(toc, landmarks))


def _landmarks(rendering: Rendering) -> tuple[Markup, ...]:
    """Return a link to each place that reading systems offer by its kind (eBraille 1.0 §8.3.3, EPUB SSV 1.1)."""
    phrases, start = rendering.phrases, rendering.outline.conversation
    found = [("titlepage", rendering.title, _FRONT)]
    found += [("bodymatter", phrases.conversation, start.id)] if start else []
    found += [("endnotes", phrases.notes, "notes")] if rendering.document.notes else []
    found.append(("colophon", phrases.about, "about"))
    return tuple(
        element("a", text(words), attributes={"epub:type": kind, "href": rendering.address(place), **marks})
        for kind, words, place in found
        for marks in ({} if kind == "titlepage" else rendering.marks,)
    )
