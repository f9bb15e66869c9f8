"""EPUB 3: the conversation as a book, packaged by EbookLib.

EbookLib re-parses ``EpubHtml`` and drops ``lang``, the head and attributes of the
body, so it is handed finished XHTML as plain items; and it stamps its zip with the
present time, so the zip is packed once more with the edition's own date.
"""

import io
import uuid
import zipfile
from typing import Final

import msgspec
from ebooklib import epub  # type: ignore[import-untyped]  # EbookLib has no types
from lxml import etree

from converters import outline
from converters.characters import clean
from converters.document import Document, Part, Section
from converters.stylesheets import stylesheet
from converters.traverse import walk_section
from converters.version import TOOL
from converters.writers import Artifact, WriteContext, writer_named
from converters.writers.markup import Markup, element, lines, text, void
from converters.writers.parts import (
    Entry,
    about,
    at_a_glance,
    body_sections,
    contents,
    contents_list,
    entry_text,
    title_block,
)
from converters.writers.xhtml import Rendering, furniture, root_attributes

_STYLE: Final = "style.css"
_FRONT: Final = "title-page"
_PROLOGUE: Final = '<?xml version="1.0" encoding="utf-8"?>\n<!DOCTYPE html>\n'
_ROLES: Final[dict[Part, str]] = {"host": "hst", "guest": "spk", "audience": "spk", "narrator": "nrt"}
"""MARC relators: host, speaker, narrator."""
_FEATURES: Final = (
    "tableOfContents",
    "readingOrder",
    "structuralNavigation",
    "displayTransformability",
    "unlocked",
)
"""What is true of every book that we make (EPUB Accessibility 1.1 §2.2, schema.org)."""


class _Page(msgspec.Struct, frozen=True):
    """A content document: its id (which names its file) and what is in its body."""

    name: str
    file: str
    title: str
    content: Markup


def write_epub(document: Document, context: WriteContext) -> tuple[Artifact, ...]:
    """Return the book as one artifact."""
    files = _files(document)
    rendering = Rendering(document, context.title, context.phrases, lambda i: f"{files[i]}#{i}", "epub", top=1)
    pages = _pages(rendering, context, files)
    book = _book(rendering, context)
    _add_pages(book, rendering, pages)
    book.toc = [_ncx_entry(rendering, entry) for entry in contents(rendering)]
    row = writer_named("epub")
    return (Artifact(row.file_name(context.slug), row.media_type, _packed(book, context)),)


# pages ------------------------------------------------------------------------------------


def _files(document: Document) -> dict[str, str]:
    """Return the file that each id stands in."""
    shape = outline.outline(document)
    files = dict.fromkeys((_FRONT, "at-a-glance"), f"01-{_FRONT}.xhtml")
    for number, section in enumerate(shape.body, 2):
        file = f"{number:02}-{section.id}.xhtml"
        exchanges = [e.id for s in _with_subsections(section) for e in outline.exchanges(document, s)]
        files |= dict.fromkeys((*(step.id for step in walk_section(section)), *exchanges), file)
    for name in ("help", "notes", "about", "from-the-page"):
        files.setdefault(name, f"90-{name}.xhtml")
    return files | {note.id: files["notes"] for note in document.notes}


def _with_subsections(section: Section) -> tuple[Section, ...]:
    return (section, *(inner for below in section.subsections for inner in _with_subsections(below)))


def _pages(rendering: Rendering, context: WriteContext, files: dict[str, str]) -> tuple[_Page, ...]:
    front = element("section", title_block(rendering), at_a_glance(rendering), attributes={"id": _FRONT})
    titles = {entry.target: entry_text(entry) for entry in contents(rendering)}
    parts = [(_FRONT, front), *body_sections(rendering, context), ("about", about(rendering, context))]
    if rendering.outline.furniture:
        parts.append(("from-the-page", furniture(rendering)))
    return tuple(_Page(name, files[name], titles.get(name, rendering.title), markup) for name, markup in parts)


def _xhtml(rendering: Rendering, title: str, body: Markup) -> bytes:
    """Return a content document. ``epub:type`` needs its namespace (EPUB 3.3 §6.1.3)."""
    root = root_attributes(rendering.document.metadata.language)
    marks = {
        "xmlns": "http://www.w3.org/1999/xhtml", "xmlns:epub": "http://www.idpf.org/2007/ops",
        **root, "xml:lang": root["lang"],
    }  # fmt: skip
    link = void("link", {"rel": "stylesheet", "type": "text/css", "href": _STYLE})
    head = element("head", element("title", text(title)), link)
    return (_PROLOGUE + element("html", lines(head, element("body", body)), attributes=marks)).encode("utf-8")


def _nav(rendering: Rendering) -> bytes:
    """Return the navigation document: contents, and landmarks for reading systems."""
    head = element("h1", rendering.added(rendering.phrases.contents), attributes={"id": "contents-heading"})
    toc = element(
        "nav", head, contents_list(rendering, contents(rendering)),
        attributes={"epub:type": "toc", "role": "doc-toc", "id": "contents", "aria-labelledby": "contents-heading"},
    )  # fmt: skip
    start = rendering.outline.conversation
    marks = [("toc", rendering.phrases.contents, "nav.xhtml#contents")]
    if start:
        marks.append(("bodymatter", rendering.phrases.conversation, rendering.address(start.id)))
    items = (
        element("li", element("a", text(words), attributes={"epub:type": kind, "href": href}))
        for kind, words, href in marks
    )
    landmarks = element("nav", element("ol", *items), attributes={"epub:type": "landmarks", "hidden": "hidden"})
    return _xhtml(rendering, rendering.phrases.contents, lines(toc, landmarks))


def _ncx_entry(rendering: Rendering, entry: Entry) -> object:
    """Return an entry of the contents as EbookLib nests them, for reading systems of the EPUB 2 age."""
    href, title = rendering.address(entry.target), entry_text(entry)
    if not entry.entries:
        return epub.Link(href, title, f"ncx-{entry.target}")
    return epub.Section(title, href), [_ncx_entry(rendering, inner) for inner in entry.entries]


# package ------------------------------------------------------------------------------------


def _book(rendering: Rendering, context: WriteContext) -> epub.EpubBook:
    metadata = rendering.document.metadata
    book = epub.EpubBook()
    show = clean(metadata.show or context.options.show.name or "")
    book.set_identifier(uuid.uuid5(uuid.NAMESPACE_URL, f"{show}/{context.slug}").urn)
    book.set_title(clean(rendering.title))
    book.set_language(metadata.language)
    book.set_direction(root_attributes(metadata.language)["dir"])
    if show:
        book.add_author(show)
        book.add_metadata("DC", "publisher", show)
    if metadata.published:
        book.add_metadata("DC", "date", metadata.published.isoformat())
    if metadata.page:
        book.add_metadata("DC", "source", clean(metadata.page))
    for subject in metadata.subjects:
        book.add_metadata("DC", "subject", clean(subject))
    _add_people(book, rendering.document)
    _add_accessibility(book, context)
    book.set_unique_metadata("OPF", "generator", "", {"name": "generator", "content": TOOL})
    return book


def _add_people(book: epub.EpubBook, document: Document) -> None:
    for number, person in enumerate(document.people, 1):
        book.add_metadata("DC", "contributor", clean(person.name), {"id": f"contributor-{number}"})
        if person.part:
            refines = {"refines": f"#contributor-{number}", "property": "role", "scheme": "marc:relators"}
            book.add_metadata(None, "meta", _ROLES[person.part], refines)


def _add_accessibility(book: epub.EpubBook, context: WriteContext) -> None:
    """Say what the book really offers; no conformance is claimed that no person has checked."""
    said = [("accessMode", "textual"), ("accessModeSufficient", "textual"), ("accessibilityHazard", "none")]
    said += [("accessibilityFeature", feature) for feature in _FEATURES]
    said.append(("accessibilitySummary", context.phrases.accessibility_summary))
    for name, value in said:
        book.add_metadata(None, "meta", value, {"property": f"schema:{name}"})


def _add_pages(book: epub.EpubBook, rendering: Rendering, pages: tuple[_Page, ...]) -> None:
    items = [
        epub.EpubItem(
            f"page-{page.name}",
            page.file,
            "application/xhtml+xml",
            _xhtml(rendering, page.title, page.content),
        )
        for page in pages
    ]
    nav = epub.EpubItem("nav", "nav.xhtml", "application/xhtml+xml", _nav(rendering))
    nav.properties = ["nav"]
    style = epub.EpubItem("style", _STYLE, "text/css", stylesheet("epub.css").encode("utf-8"))
    for item in (*items, nav, style, epub.EpubNcx()):
        book.add_item(item)
    book.spine = [items[0], nav, *items[1:]]


def _packed(book: epub.EpubBook, context: WriteContext) -> bytes:
    """Return the zip with the edition's date on every entry, ``mimetype`` first and stored (OCF §4.3)."""
    loose, packed = io.BytesIO(), io.BytesIO()
    options = {"raise_exceptions": True, "mtime": context.modified, "compresslevel": 0}
    epub.write_epub(loose, book, options)
    with zipfile.ZipFile(loose) as source, zipfile.ZipFile(packed, "w") as target:
        for name in source.namelist():
            content = source.read(name)
            target.writestr(_entry(name, context), _with_language(content) if name.endswith(".opf") else content)
    return packed.getvalue()


def _entry(name: str, context: WriteContext) -> zipfile.ZipInfo:
    moment = context.modified.timetuple()
    entry = zipfile.ZipInfo(name, (max(moment.tm_year, 1980), *moment[1:6]))
    entry.create_system = 3  # Unix everywhere, so that equal books are equal files
    entry.external_attr = 0o644 << 16
    entry.compress_type = zipfile.ZIP_STORED if name == "mimetype" else zipfile.ZIP_DEFLATED
    return entry


def _with_language(package: bytes) -> bytes:
    """Return the package document with ``xml:lang`` on its root, which EbookLib leaves out."""
    root = etree.fromstring(package)
    root.set("{http://www.w3.org/XML/1998/namespace}lang", root.findtext(".//{*}language", "und"))
    return etree.tostring(root, xml_declaration=True, encoding="utf-8")
