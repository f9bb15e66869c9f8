"""Reads what files say of themselves and what they hold: books, pages, audiobooks, PDFs and talking books."""

import posixpath
import re
import zipfile
import zlib
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any, Final
from urllib.parse import unquote

import msgspec
from lxml import etree, html

from converters.checks.publication import ACCESS, Publication, Term, Thing, counted, things_of_letters
from converters.checks.publication_pages import Tree, name_of, speaks, things_of_page, things_of_picture

_PAGES: Final = {"application/xhtml+xml", "text/html"}
_CONTAINER: Final = "META-INF/container.xml"
_LETTERS: Final[frozenset[Thing]] = frozenset({"text", "braille", "eight dots"})
_IN_PAGES: Final[frozenset[Thing]] = _LETTERS | {
    "headings", "contents", "page list", "page breaks", "index", "roles", "math", "ruby", "speech markup",
    "long descriptions", "sound", "video", "captions", "in step", "pictures", "cover", "described pictures",
    "undescribed pictures", "moving pictures", "flashing pictures",
}  # fmt: skip
_OBFUSCATION: Final = ("http://www.idpf.org/2008/embedding", "http://ns.adobe.com/pdf/enc#RC")
"""Fonts may be made unreadable for other programs than a reading system; nobody is locked out (EPUB 3.3 §4.3)."""


_BROKEN: Final = (
    etree.LxmlError, msgspec.DecodeError, LookupError, ValueError, StopIteration, AttributeError, TypeError, EOFError,
    zipfile.BadZipFile, RuntimeError, OSError, zlib.error,
)  # fmt: skip
"""What libraries raise, and what a file of another shape than its format's leads to."""


class UnreadableError(Exception):
    """The file is not what its name says, or is broken; the message says how."""


def is_readable(path: Path) -> bool:
    """Tell whether a file of this kind says something of itself that is read here."""
    return path.suffix.lower() in _READERS


def read(path: Path) -> Publication:
    """Return what a file says and holds. Raises ``UnreadableError``."""
    try:
        return _READERS[path.suffix.lower()](path)
    except _BROKEN as error:
        raise UnreadableError(f"what it says of itself cannot be read ({type(error).__name__}: {error})") from error


def _xml(content: bytes) -> Tree:
    return etree.fromstring(content, etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True))


def _page(content: bytes) -> Tree:
    try:
        return _xml(content)
    except etree.XMLSyntaxError:
        return html.document_fromstring(content or b"<html></html>")


def _texts(root: Tree) -> list[str]:
    """Return the text of a page without scripts and styles."""
    return [
        part for one in root.iter() if name_of(one) not in {"script", "style"}
        for part in ((one.text or "") if name_of(one) else "", one.tail or "")
    ]  # fmt: skip


# books --------------------------------------------------------------------------------------


def _book(path: Path) -> Publication:
    with zipfile.ZipFile(path) as packed:
        package_name = next(one.get("full-path") or "" for one in _xml(packed.read(_CONTAINER)).iter("{*}rootfile"))
        package = _xml(packed.read(package_name))
        folder = posixpath.dirname(package_name)
        items = {one.get("id") or "": one for one in package.iter("{*}item")}
        cover = _cover(package, items)
        roots = [_page(packed.read(name)) for name in _members(packed, folder, items.values(), _PAGES)]
        holds = {thing for root in roots for thing in things_of_page(root, cover)}
        holds |= set(_of_package(package, items)) | set(_of_files(packed, folder, items.values()))
    texts = [text for root in roots for text in _texts(root)]
    letters = counted(texts)
    return Publication(
        kind="ebraille" if path.suffix.lower() == ".ebrl" else "epub", terms=tuple(_terms_of_package(package)),
        title=_first(package, "title"), language=_first(package, "language"),
        told=_IN_PAGES | {"fixed layout", "locked", "order"},
        holds=frozenset((*holds, *things_of_letters(letters, texts))), letters=letters,
    )  # fmt: skip


def _first(package: Tree, name: str) -> str:
    found = package.find(f".//{{http://purl.org/dc/elements/1.1/}}{name}")
    return " ".join((found.text or "").split()) if found is not None else ""


def _terms_of_package(package: Tree) -> Iterator[Term]:
    """Yield what the package says, by EPUB 3's ``property`` and EPUB 2's ``name``."""
    for one in (*package.iter("{*}meta"), *package.iter("{*}link")):
        name = one.get("property") or one.get("name") or one.get("rel") or ""
        value = one.text or one.get("content") or one.get("href") or ""
        refines = one.get("refines")
        plain = name.rpartition(":")[2]
        if plain == "date" and refines:
            plain = "certified on" if refines == f"#{_certifier_id(package)}" else ""
        if plain and (not refines or name.startswith(("a11y:", "dcterms:"))) and value.strip():
            yield plain, " ".join(value.split())


def _certifier_id(package: Tree) -> str | None:
    found = (one for one in package.iter("{*}meta") if one.get("property") == "a11y:certifiedBy")
    return next((one.get("id") for one in found), None)


def _cover(package: Tree, items: dict[str, Tree]) -> str:
    named = next((one.get("content") for one in package.iter("{*}meta") if one.get("name") == "cover"), None)
    found = [one for one in items.values() if "cover-image" in (one.get("properties") or "").split()]
    item = found[0] if found else items.get(named or "")
    return posixpath.basename(unquote(item.get("href") or "")) if item is not None else ""


def _of_package(package: Tree, items: dict[str, Tree]) -> Iterator[Thing]:
    kinds = {one.get("media-type") or "" for one in items.values()}
    read_in_order = [one.get("idref") or "" for one in package.iter("{*}itemref")]
    if read_in_order and all(name in items for name in read_in_order):
        yield "order"
    if any(items[name].get("media-overlay") for name in read_in_order if name in items):
        yield "in step"
    if any(kind.startswith("audio/") for kind in kinds):
        yield "sound"
    if any(kind.startswith("video/") for kind in kinds):
        yield "video"
    if "application/pls+xml" in kinds:
        yield "speech markup"
    if ("layout", "pre-paginated") in set(_terms_of_package(package)):
        yield "fixed layout"
    if any("cover-image" in (one.get("properties") or "").split() for one in items.values()):
        yield "cover"


def _members(packed: zipfile.ZipFile, folder: str, items: Iterable[Tree], kinds: Iterable[str]) -> Iterator[str]:
    there = set(packed.namelist())
    for item in items:
        name = posixpath.normpath(posixpath.join(folder, unquote(item.get("href") or "")))
        if (item.get("media-type") or "") in kinds and name in there:
            yield name


def _of_files(packed: zipfile.ZipFile, folder: str, items: Iterable[Tree]) -> Iterator[Thing]:
    """Yield what pictures, styles and the container tell."""
    several = tuple(items)
    for name in _members(packed, folder, several, ("image/gif", "image/png", "image/apng", "image/webp")):
        yield from things_of_picture(packed.read(name))
    if any(speaks(packed.read(name)) for name in _members(packed, folder, several, ("text/css",))):
        yield "speech markup"
    names = set(packed.namelist())
    locks = packed.read("META-INF/encryption.xml") if "META-INF/encryption.xml" in names else b"<none/>"
    methods = [one.get("Algorithm") or "" for one in _xml(locks).iter("{*}EncryptionMethod")]
    if any(method not in _OBFUSCATION for method in methods):
        yield "locked"


# pages --------------------------------------------------------------------------------------


def _web_page(path: Path) -> Publication:
    content = path.read_bytes()
    root = html.document_fromstring(
        content or b"<html></html>", parser=html.HTMLParser(no_network=True, huge_tree=True)
    )
    texts = _texts(root)
    holds = {*things_of_page(root), *things_of_letters(counted(texts), texts), *_in_step(root)}
    title = next((" ".join((one.text or "").split()) for one in root.iter("title")), "")
    return Publication(
        kind="html", terms=tuple(_terms_of_page(root)), title=title, language=root.get("lang") or "",
        told=_IN_PAGES, holds=frozenset(holds), letters=counted(texts),
    )  # fmt: skip


def _in_step(root: Tree) -> Iterator[Thing]:
    """Yield that a page has times for its sentences, as ours have."""
    if any(one.get("type") == "application/json" and '"sentences"' in (one.text or "") for one in root.iter("script")):
        yield "in step"


def _terms_of_page(root: Tree) -> Iterator[Term]:
    """Yield what a page says in ``meta``, as microdata, and as JSON-LD."""
    for one in root.iter("meta"):
        name = (one.get("property") or one.get("itemprop") or one.get("name") or "").rpartition(":")[2]
        if name in {*ACCESS, "conformsTo", "certifiedBy"} and (one.get("content") or "").strip():
            yield name, " ".join((one.get("content") or "").split())
    for one in root.iter("script"):
        if one.get("type") == "application/ld+json":
            yield from _terms_of_json(one.text or "")


def _terms_of_json(text: str) -> Iterator[Term]:
    try:
        whole: Any = msgspec.json.decode(text)
    except msgspec.DecodeError:
        return
    graph = whole.get("@graph", [whole]) if isinstance(whole, dict) else whole
    for thing in graph if isinstance(graph, list) else []:
        if isinstance(thing, dict):
            yield from _terms_of_object(thing)


def _terms_of_object(thing: dict[str, object]) -> Iterator[Term]:
    """Yield the properties of accessibility of an object; a sufficient set may be an ItemList of its own."""
    for name in (*ACCESS, "conformsTo"):
        value = thing.get(name, [])
        for one in value if isinstance(value, list) else [value]:
            listed = one.get("itemListElement") if isinstance(one, dict) else one
            yield name, ",".join(map(str, listed)) if isinstance(listed, list) else str(listed)


# audiobooks ---------------------------------------------------------------------------------


def _audiobook(path: Path) -> Publication:
    with zipfile.ZipFile(path) as packed:
        manifest: Any = msgspec.json.decode(packed.read("publication.json"))
        names = packed.namelist()
        roots = [html.document_fromstring(packed.read(name)) for name in names if name.endswith((".html", ".xhtml"))]
    holds: set[Thing] = {thing for root in roots for thing in things_of_page(root)}
    if any(name.endswith((".mp3", ".m4a", ".opus", ".ogg", ".wav")) for name in names):
        holds.add("sound")
    if manifest.get("readingOrder"):
        holds.add("order")
    texts = [text for root in roots for text in _texts(root)]
    name, language = manifest.get("name") or "", manifest.get("inLanguage") or ""
    terms = tuple(one for one in _terms_of_object(manifest) if one[0] != "conformsTo")
    return Publication(
        kind="lpf", terms=terms, title=_plain(name), language=_plain(language), letters=counted(texts),
        told=frozenset({"sound", "order", "contents", "in step", "headings", "text"}),
        holds=frozenset(holds) | set(things_of_letters(counted(texts), texts)),
    )  # fmt: skip


def _plain(value: object) -> str:
    first = value[0] if isinstance(value, list) and value else value
    return str(first.get("value", "")) if isinstance(first, dict) else str(first or "")


# PDFs ---------------------------------------------------------------------------------------

_DESCRIPTION: Final = re.compile(rb"<x:xmpmeta.*?</x:xmpmeta>|<rdf:RDF.*?</rdf:RDF>", re.DOTALL)
_PACKED: Final = re.compile(rb"/Subtype\s*/XML[^>]*>>\s*stream\r?\n(.*?)endstream", re.DOTALL)


def _print(path: Path) -> Publication:
    """Read the XMP of a PDF, which is a stream of its own (ISO 32000-1 §14.3.2), and what the file's objects show."""
    content = path.read_bytes()
    if not content.lstrip().startswith(b"%PDF"):
        raise ValueError("it is no PDF")
    found = [_xml(one) for one in _descriptions(content)]
    terms = [term for root in found for term in _terms_of_xmp(root)]
    # Objects may be packed away from PDF 1.5 on: what is not seen there is not known to be missing.
    told: frozenset[Thing] = frozenset() if b"/ObjStm" in content else frozenset({"tags"})
    holds: set[Thing] = {"tags"} if b"/StructTreeRoot" in content else set()
    holds |= {"locked"} if re.search(rb"/Encrypt\s+\d+ \d+ R", content) else set()
    title = next((value for name, value in terms if name == "title"), "")
    return Publication(kind="pdf", terms=tuple(terms), title=title, language="", letters={},
                       told=told | {"locked"}, holds=frozenset(holds))  # fmt: skip


def _descriptions(content: bytes) -> Iterator[bytes]:
    yield from _DESCRIPTION.findall(content)
    for packed in _PACKED.findall(content):
        if not _DESCRIPTION.search(packed):
            yield from _DESCRIPTION.findall(zlib.decompressobj().decompress(packed, 10_000_000))


def _terms_of_xmp(root: Tree) -> Iterator[Term]:
    """Yield the properties of each description, those with attributes too; ``part`` keeps its prefix."""
    for one in root.iter("{*}Description"):
        for mark, value in one.attrib.items():
            yield _xmp_name(str(mark)), str(value)
        for inner in one:
            items = list(inner.iter("{*}li")) or [inner]
            yield from ((_xmp_name(str(inner.tag)), " ".join((item.text or "").split())) for item in items)


def _xmp_name(tag: str) -> str:
    space, _, name = tag.rpartition("}")
    prefix = "pdfuaid:" if "pdfua" in space else "pdfaid:" if "pdfa/ns/id" in space else ""
    return f"{prefix}{name}"


# talking books ------------------------------------------------------------------------------


def _talking_book(path: Path) -> Publication:
    """Read the metadata of DAISY 2.02 (ncc.html) or DAISY 3 (.opf)."""
    with zipfile.ZipFile(path) as packed:
        names = packed.namelist()
        main = next(name for name in names if name.lower().endswith(("ncc.html", ".opf")))
        root = _page(packed.read(main))
        kinds = (".html", ".xml", ".dtb")
        roots = [_page(packed.read(name)) for name in names if name.endswith(kinds) and name != main]
    terms = [
        ((one.get("name") or one.get("property") or "").rpartition(":")[2], one.get("content") or one.text or "")
        for one in root.iter("{*}meta", "meta")
    ]
    texts = [text for one in roots for text in _texts(one)]
    holds: set[Thing] = {*things_of_letters(counted(texts), texts)}
    holds |= {"sound"} if any(name.lower().endswith((".mp3", ".wav", ".m4a")) for name in names) else set()
    holds |= {"in step"} if any(name.lower().endswith(".smil") for name in names) else set()
    return Publication(
        kind="daisy", terms=tuple(terms), title=_title_of(root, terms), language=_first(root, "language"),
        told=frozenset({"sound", "text", "in step"}), holds=frozenset(holds), letters=counted(texts),
    )  # fmt: skip


def _title_of(root: Tree, terms: Iterable[Term]) -> str:
    said = next((value for name, value in terms if name == "title"), "")
    found = next((one.text or "" for one in root.iter("{*}title", "{*}Title", "title")), "")
    return (said or found).strip()


_READERS: Final[dict[str, Callable[[Path], Publication]]] = {
    ".epub": _book, ".ebrl": _book, ".html": _web_page, ".htm": _web_page, ".xhtml": _web_page, ".lpf": _audiobook,
    ".pdf": _print, ".zip": _talking_book,
}  # fmt: skip
