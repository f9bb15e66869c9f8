"""EPUB 3: the conversation as a book, which reads itself aloud where there is a narration.

Its content documents are made here, its overlays in ``overlays``, its package in
``epub_package`` (the one place that knows EbookLib), and the zip in ``epub_container``.
"""

from typing import Final

from converters.document import Document
from converters.stylesheets import stylesheet
from converters.writers import Artifact, WriteContext, writer_named
from converters.writers.chapter_files import files_of
from converters.writers.epub_aloud import read_aloud
from converters.writers.epub_container import packed
from converters.writers.epub_cover import IDENTIFIER as COVER
from converters.writers.epub_cover import Cover, cover_markup, cover_of
from converters.writers.epub_navigation import NAVIGATION, navigation
from converters.writers.epub_package import LEXICON, LEXICON_TYPE, STYLE, Contents, Page, loose_book, use_of
from converters.writers.markup import NOTHING, Markup, element, joined, lines, text, void
from converters.writers.parts import Entry, about, at_a_glance, body_sections, contents, entry_text, title_block
from converters.writers.xhtml import Rendering, furniture, root_attributes

_FRONT: Final = "title-page"
_PROLOGUE: Final = '<?xml version="1.0" encoding="utf-8"?>\n<!DOCTYPE html>\n'


def write_epub(document: Document, context: WriteContext) -> tuple[Artifact, ...]:
    """Return the book as one artifact: bytes, or with sound in it a finished file in staging."""
    return write_book(document, context, _lexicon(document, context))


def _lexicon(document: Document, context: WriteContext) -> bytes | None:
    """Return how the show has names said, for reading systems that speak by themselves; None where it says nothing."""
    if not context.options.show.lexicon and not any(person.pronunciation for person in document.people):
        return None
    from converters.narration.lexicon import lexicon_of  # loaded on first use: few shows need it
    from converters.narration.pls import pls_document

    lexicon, language = lexicon_of(document, context.options), document.metadata.language
    return pls_document(lexicon.phonetic(), language) if lexicon.in_language(language) else None


def write_book(document: Document, context: WriteContext, lexicon: bytes | None = None) -> tuple[Artifact, ...]:
    """Return the book with a lexicon of its names (W3C PLS) where there is one.

    Raises ``SavingError`` where there is no room for its sound.
    """
    front = dict.fromkeys((_FRONT, COVER, "at-a-glance"), f"01-{_FRONT}.xhtml")
    files = front | files_of(document, ".xhtml")
    rendering = Rendering(
        document, context.title, context.phrases, lambda i: f"{files[i]}#{i}", "epub", 1, context.options.blocks
    )
    drawn = cover_of(rendering, context)
    made = _pages(rendering, context, files, drawn, _links(rendering, has_lexicon=lexicon is not None))
    pages, aloud = read_aloud(made, document, context)
    style = stylesheet("epub.css", "epub-overlay.css") if aloud else stylesheet("epub.css")
    inside = Contents(pages, style.encode("utf-8"), lexicon, aloud, drawn.picture if drawn else None)
    book = loose_book(rendering, context, inside)
    row = writer_named("epub")
    name = row.file_name(context.slug)
    content = packed(book, context.modified, aloud.sounds if aloud else (), context.staging / name)
    return (Artifact(name, row.media_type, content, access=use_of(context, inside).properties),)


# pages ------------------------------------------------------------------------------------


def _pages(
    rendering: Rendering, context: WriteContext, files: dict[str, str], drawn: Cover | None, links: Markup
) -> tuple[Page, ...]:
    """Return the content documents in reading order: the title page, the contents, and then all else.

    The contents come second: whoever presses play at the beginning hears the title first, then what the
    episode is, and then what there is in it.
    """
    titles = {entry.target: entry for entry in contents(rendering)}
    parts = [*body_sections(rendering, context), ("about", about(rendering, context))]
    if rendering.outline.furniture:
        parts.append(("from-the-page", furniture(rendering)))
    others = (
        Page(f"page-{name}", files[name], _xhtml(rendering, _title(rendering, titles[name]), links, markup))
        for name, markup in parts
    )
    front = _xhtml(rendering, element("title", text(rendering.title)), links, _front(rendering, drawn))
    words = element("title", text(rendering.phrases.contents), attributes=rendering.marks)
    nav = _xhtml(rendering, words, links, navigation(rendering, cover=drawn is not None))
    return (Page(f"page-{_FRONT}", files[_FRONT], front), Page("nav", NAVIGATION, nav), *others)


def _front(rendering: Rendering, drawn: Cover | None) -> Markup:
    """Return the title page: the cover above it, where there is one, and at a glance below the title."""
    head = cover_markup(drawn) if drawn else NOTHING
    titles = element("section", title_block(rendering), at_a_glance(rendering), attributes={"id": _FRONT})
    return lines(head, titles)


def _title(rendering: Rendering, entry: Entry) -> Markup:
    """Return the ``title`` of a page, in the language that its words are in."""
    is_ours = isinstance(entry.words, str)
    return element("title", text(entry_text(entry)), attributes=rendering.marks if is_ours else None)


def _links(rendering: Rendering, *, has_lexicon: bool) -> Markup:
    """Return the links of every head: style, and how names are said (EPUB 3 TTS Enhancements §3)."""
    style = void("link", {"rel": "stylesheet", "type": "text/css", "href": STYLE})
    language = rendering.document.metadata.language
    lexicon = {"rel": "pronunciation", "type": LEXICON_TYPE, "hreflang": language, "href": LEXICON}
    return joined(style, void("link", {**lexicon})) if has_lexicon else style


def _xhtml(rendering: Rendering, title: Markup, links: Markup, body: Markup) -> bytes:
    """Return a content document. ``epub:type`` needs its namespace (EPUB 3.3 §6.1.3)."""
    root = root_attributes(rendering.document.metadata.language)
    marks = {
        "xmlns": "http://www.w3.org/1999/xhtml", "xmlns:epub": "http://www.idpf.org/2007/ops",
        **root, "xml:lang": root["lang"],
    }  # fmt: skip
    head = element("head", title, links)
    return (_PROLOGUE + element("html", lines(head, element("body", body)), attributes=marks)).encode("utf-8")
