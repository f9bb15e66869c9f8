"""The package of an eBraille publication: what it says of itself, what is in it, and the zip that it comes in.

EbookLib puts everything into a folder ``EPUB``, with a table of contents of the EPUB 2 age; eBraille wants package and
contents at the root, and forbids legacy features (eBraille 1.0 §4.2, §5.6). So this is written here.
"""

import io
import uuid
import zipfile
from collections.abc import Iterator
from typing import Final

import msgspec

from converters.braille_tables import Code
from converters.characters import clean
from converters.document import Document
from converters.languages import in_script
from converters.liblouis import liblouis
from converters.version import TOOL
from converters.writers import WriteContext
from converters.writers.accessibility import Holds, access, evaluation
from converters.writers.markup import Markup, element, lines, text, void
from converters.writers.origin import as_terms
from converters.writers.zip_entries import entry

STYLE: Final = "ebraille/style.css"
NAVIGATION: Final = "index.html"
PACKAGE: Final = "package.opf"
PACKAGE_TYPE: Final = "application/oebps-package+xml"
XHTML_TYPE: Final = "application/xhtml+xml"

_SIX_DOTS: Final = "\u283f"
"""The last pattern without dots 7 and 8."""

_CODES: Final = {
    "en": "UEB", "de": "German", "es": "Spanish", "fr": "French", "it": "Italian", "pt": "Portuguese",
    "ca": "Catalan", "nl": "Dutch", "sv": "Swedish", "da": "Danish-6dot-2022", "no": "Norwegian", "nb": "Norwegian",
    "nn": "Norwegian", "fi": "Finnish", "is": "Icelandic", "pl": "Polish", "cs": "Czech", "sk": "Slovak",
    "sl": "Slovenian", "hr": "Croatian", "sr": "Serbian", "hu": "Hungarian", "ro": "Romanian", "tr": "Turkish",
    "ru": "Russian", "uk": "Ukrainian", "bg": "Bulgarian", "el": "Greek", "et": "Estonian", "lt": "Lithuanian",
    "lv": "Latvian", "eo": "Esperanto", "he": "Hebrew", "ar": "Arabic", "fa": "Persian", "hi": "Bharati",
    "ko": "Korean", "vi": "Vietnamese", "zh": "Mandarin-common", "cmn": "Mandarin-common", "zh-hant": "Bopomofo",
    "zh-tw": "Bopomofo", "zh-hk": "Cantonese", "yue": "Cantonese",
}  # fmt: skip
"""The codes of the languages that we know, as the registry proposes to name them; none is registered yet."""

_CONTAINER: Final = (
    '<?xml version="1.0" encoding="utf-8"?>\n'
    '<container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles>'
    f'<rootfile full-path="{PACKAGE}" media-type="{PACKAGE_TYPE}"/></rootfiles></container>\n'
)


class Page(msgspec.Struct, frozen=True):
    """A finished content document: its id in the package and its file."""

    id: str
    file: str
    content: bytes


class Publication(msgspec.Struct, frozen=True):
    """All that goes into the set, and what is told of it; the pages stand in reading order.

    ``languages`` and ``systems`` begin with the document's own. ``systems`` are braille codes as the eBraille
    Braille Codes Registry names them; ``summary`` says in words what a reader has to know.
    """

    pages: tuple[Page, ...]
    contents: bytes
    style: bytes
    languages: tuple[str, ...]
    systems: tuple[str, ...]
    copyright_date: str
    summary: str


def packed(document: Document, context: WriteContext, publication: Publication) -> bytes:
    """Return the finished zip (eBraille 1.0 §4.7, OCF §4.3): ``mimetype`` first and stored, all with one date."""
    whole = io.BytesIO()
    package = _package(document, context, publication)
    files = {
        "META-INF/container.xml": _CONTAINER.encode("utf-8"),
        PACKAGE: package.encode("utf-8"),
        NAVIGATION: publication.contents,
        **{page.file: page.content for page in publication.pages},
        STYLE: publication.style,
    }
    with zipfile.ZipFile(whole, "w") as target:
        target.writestr(entry("mimetype", context.modified, zipfile.ZIP_STORED), "application/epub+zip")
        for name, content in files.items():
            target.writestr(entry(name, context.modified, zipfile.ZIP_DEFLATED), content)
    return whole.getvalue()


def _package(document: Document, context: WriteContext, publication: Publication) -> str:
    """Return the package document. What it says is in print: catalogues read it (eBraille 1.0 §5.3)."""
    marks = {
        "xmlns": "http://www.idpf.org/2007/opf", "version": "3.0", "unique-identifier": "uid",
        "xml:lang": context.phrases.language,
    }  # fmt: skip
    metadata = element(
        "metadata", Markup("\n"), lines(*_metadata(document, context, publication)), Markup("\n"),
        attributes={"xmlns:dc": "http://purl.org/dc/elements/1.1/"},
    )  # fmt: skip
    items = [void("item", {"id": "nav", "href": NAVIGATION, "media-type": XHTML_TYPE, "properties": "nav"})]
    items += [void("item", {"id": page.id, "href": page.file, "media-type": XHTML_TYPE}) for page in publication.pages]
    items.append(void("item", {"id": "style", "href": STYLE, "media-type": "text/css"}))
    spine = (void("itemref", {"idref": page.id}) for page in publication.pages)
    body = lines(metadata, element("manifest", lines(*items)), element("spine", lines(*spine)))
    package = element("package", Markup("\n"), body, Markup("\n"), attributes={**marks})
    return f'<?xml version="1.0" encoding="utf-8"?>\n{package}\n'


def _metadata(document: Document, context: WriteContext, publication: Publication) -> Iterator[Markup]:
    """Yield what eBraille 1.0 §5.3.3 requires, then what §5.3.4 recommends, then what it offers to whom."""
    metadata = document.metadata
    show = clean(metadata.show or context.options.show.name or "")
    given = context.modified.strftime("%Y-%m-%dT%H:%M:%SZ")
    theirs: dict[str, str | None] = {"xml:lang": metadata.language}
    yield element("dc:identifier", text(_identifier(show, context.slug)), attributes={"id": "uid"})
    yield element("dc:title", text(context.title), attributes=theirs)
    yield from (element("dc:creator", text(name)) for name in _creators(document, show))
    yield element("dc:format", text("eBraille 1.0"))
    yield from (element("dc:language", text(in_script(one, "Brai"))) for one in publication.languages)
    yield element("dc:date", text(given[:10]))
    yield _meta("dcterms:modified", given)
    yield _meta("dcterms:dateCopyrighted", publication.copyright_date)
    yield _meta("a11y:brailleCellType", _cell_type(publication.pages))
    yield from (_meta("a11y:brailleSystem", system) for system in publication.systems)
    yield _meta("a11y:completeTranscription", "true")
    yield _meta("a11y:producer", show or TOOL)
    yield _meta("a11y:tactileGraphics", "none")
    yield element("dc:publisher", text(show)) if show else Markup("")
    yield element("dc:description", text(publication.summary))
    yield element("dc:source", text(metadata.page)) if metadata.page else Markup("")
    yield from (element("dc:subject", text(subject), attributes=theirs) for subject in metadata.subjects)
    yield from (element("dc:contributor", text(person.name)) for person in document.people if show)
    yield from (_meta(name, value) for name, value in as_terms(context, "ebraille"))
    summary = f"{publication.summary} {evaluation(context, 'ebraille')}"
    yield from (_meta(name, value) for name, value in access(Holds(braille=True), summary).terms)


def _meta(name: str, value: str) -> Markup:
    return element("meta", text(value), attributes={"property": name})


def _identifier(show: str, slug: str) -> str:
    """Return a UUID of its own: the book of the same episode is another publication (eBraille 1.0 §5.3.3.7)."""
    return uuid.uuid5(uuid.NAMESPACE_URL, f"{show}/{slug}/ebraille").urn


def _creators(document: Document, show: str) -> tuple[str, ...]:
    """Return who made the work: the show, else those who talk, else nobody that is known by name."""
    return (show,) if show else tuple(person.name for person in document.people) or ("Anonymous",)


def _cell_type(pages: tuple[Page, ...]) -> str:
    """Return whether cells have six dots or eight, those that most have first (eBraille 1.0 §5.3.3.1)."""
    cells = [cell for page in pages for cell in page.content.decode("utf-8") if "\u2800" <= cell <= "\u28ff"]
    eight = sum(cell > _SIX_DOTS for cell in cells)
    if not eight:
        return "6"
    return "8" if eight == len(cells) else "6, 8" if 2 * eight <= len(cells) else "8, 6"


def braille_system(code: Code) -> str:
    """Return a code's name in the eBraille Braille Codes Registry: ``UEB grade2``, ``German grade1``."""
    subtags = code.language.lower().split("-")
    tags = ("-".join(subtags[:count]) for count in range(len(subtags), 0, -1))
    name = next((_CODES[tag] for tag in tags if tag in _CODES), None)
    said = (liblouis().fact(code.table, "index-name") or code.language).partition(",")[0]
    return f"{name or said.replace(' ', '-')} grade{code.grade}"
