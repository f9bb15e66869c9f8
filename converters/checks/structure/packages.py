"""How books are built: their packages opened with zipfile, their pages read with lxml."""

import posixpath
import zipfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Final
from urllib.parse import unquote

import msgspec

from converters.checks.ledger import letters
from converters.checks.outside.answers import Said
from converters.checks.reading_back.markup import bare_text, parsed
from converters.checks.structure.pages import Page, Pages, faults_of_pages
from converters.checks.structure.told import fault, in_contents, language_fault, quoted, title_fault
from converters.checks.structure.wanted import Wanted

if TYPE_CHECKING:
    from lxml.etree import _Element

_PAGE: Final = "application/xhtml+xml"
Name = str


def faults_of_page(path: Path, wanted: Wanted) -> Iterator[Said]:
    """Yield what is wrong with a web page."""
    root = parsed(path.read_bytes(), xml=False)
    yield from title_fault(_text_of(root, "title"), wanted.title, "the title of the page")
    yield from title_fault(_text_of(root, "h1"), wanted.title, "its first heading")
    yield from faults_of_pages(Pages((Page("", root),)), wanted)


def faults_of_fragment(path: Path, wanted: Wanted) -> Iterator[Said]:
    """Yield what is wrong with the part of a page, whose title is an attribute: the site shows its own."""
    root = parsed(path.read_bytes(), xml=False)
    title = next((str(one.get("data-title")) for one in root.iter("div") if one.get("data-title")), "")
    yield from title_fault(title, wanted.title, "data-title")
    yield from faults_of_pages(Pages((Page("", root, 2),)), wanted)


def faults_of_book(path: Path, wanted: Wanted, *, in_cells: bool = False) -> Iterator[Said]:
    """Yield what is wrong with an EPUB, or with braille for displays, which is built as one."""
    with zipfile.ZipFile(path) as book:
        place = str(_tree(book, "META-INF/container.xml").xpath("string(//*[local-name()='rootfile']/@full-path)"))
        package, names = _tree(book, place), frozenset(book.namelist())
        yield from title_fault(_text_of(package, "title"), wanted.title, "dc:title")
        yield from language_fault(_text_of(package, "language"), wanted.language, "dc:language")
        items = [(str(one.get("href")), one) for one in package.iter("{*}item")]
        held = {posixpath.normpath(posixpath.join(posixpath.dirname(place), unquote(href))): one for href, one in items}
        yield from (fault("file-lost", f"the package lists {name}, which is not in the book", name)
                    for name in held if name not in names)  # fmt: skip
        pages = tuple(Page(name, _tree(book, name)) for name, one in held.items()
                      if one.get("media-type") == _PAGE and name in names)  # fmt: skip
        navigation = next((name for name, one in held.items() if "nav" in str(one.get("properties")).split()), "")
        yield from faults_of_pages(Pages(pages, names, navigation, in_cells), wanted)
        yield from _of_ncx(book, held, wanted)


def _of_ncx(book: zipfile.ZipFile, held: dict[Name, "_Element"], wanted: Wanted) -> Iterator[Said]:
    """Tell of parts that the contents for older readers leave out (EPUB 3.3 §F.1)."""
    for name, one in held.items():
        if one.get("media-type") == "application/x-dtbncx+xml" and name in book.namelist():
            lines = [_text_of(point, "text") for point in _tree(book, name).iter("{*}navPoint")]
            yield from in_contents(wanted.entries, lines, name)


def faults_of_audiobook(path: Path, wanted: Wanted) -> Iterator[Said]:
    """Yield what is wrong with an audiobook (W3C Audiobooks §3): its manifest, its entry page, its files."""
    with zipfile.ZipFile(path) as book:
        names = frozenset(book.namelist())
        told = msgspec.json.decode(book.read("publication.json"), type=_Audiobook)
        yield from title_fault(told.name, wanted.title, "name in publication.json")
        yield from language_fault(told.in_language, wanted.language, "inLanguage in publication.json")
        for one in (*told.reading_order, *told.resources):
            if one.url not in names:
                yield fault("file-lost", f"the manifest lists {one.url}, which is not in the book", one.url)
        root = parsed(book.read("index.html"), xml=False)
        yield from title_fault(_text_of(root, "title"), wanted.title, "the title of index.html")
        yield from _unlisted(root, told.reading_order)
        yield from faults_of_pages(Pages((Page("index.html", root),), names, contents=False), wanted)


def _unlisted(root: "_Element", sounds: Iterable["_Resource"]) -> Iterator[Said]:
    """Tell of sounds that the contents of an audiobook do not lead to (W3C Audiobooks §5)."""
    navs = (link for nav in root.iter("nav") for link in nav.iter("a"))
    there = {(unquote(str(link.get("href"))).partition("#")[0], letters(bare_text(link))) for link in navs}
    for one in sounds:
        if (one.url, letters(one.name)) not in there:
            yield fault(
                "contents-lost", f"nothing in the contents leads to {one.url}, {quoted(one.name)}", "index.html"
            )


class _Resource(msgspec.Struct, frozen=True):
    url: str
    name: str = ""


class _Audiobook(msgspec.Struct, frozen=True, rename="camel"):
    name: str = ""
    in_language: str = ""
    reading_order: tuple[_Resource, ...] = ()
    resources: tuple[_Resource, ...] = ()


def faults_of_daisy202(path: Path, wanted: Wanted) -> Iterator[Said]:
    """Yield what is wrong with a DAISY 2.02 book: its contents (NCC) and its text."""
    with zipfile.ZipFile(path) as book:
        contents, text = _tree(book, "ncc.html"), _tree(book, "content.html")
        yield from title_fault(_meta(contents, "dc:title"), wanted.title, "dc:title in ncc.html")
        yield from title_fault(_text_of(text, "title"), wanted.title, "the title of content.html")
        yield from language_fault(_meta(contents, "dc:language"), wanted.language, "dc:language in ncc.html")
        heads = [bare_text(link) for link in contents.iter("{*}a")]
        yield from in_contents(wanted.entries, heads, "ncc.html")
        yield from faults_of_pages(
            Pages((Page("content.html", text),), frozenset(book.namelist()), contents=False), wanted
        )


def faults_of_daisy3(path: Path, wanted: Wanted) -> Iterator[Said]:
    """Yield what is wrong with a DAISY 3 book: its package, its contents (NCX) and its text."""
    with zipfile.ZipFile(path) as book:
        package, contents, text = (_tree(book, name) for name in ("book.opf", "book.ncx", "text.xml"))
        yield from title_fault(_text_of(package, "Title"), wanted.title, "dc:Title in book.opf")
        yield from language_fault(_text_of(package, "Language"), wanted.language, "dc:Language in book.opf")
        title = next(contents.iter("{*}docTitle"), contents)
        yield from title_fault(_text_of(title, "text"), wanted.title, "docTitle in book.ncx")
        lines = [_text_of(point, "text") for point in contents.iter("{*}navPoint")]
        yield from in_contents(wanted.entries, lines, "book.ncx")
        yield from faults_of_pages(Pages((Page("text.xml", text),), frozenset(book.namelist()), contents=False), wanted)


# reading --------------------------------------------------------------------------------------


def _tree(book: zipfile.ZipFile, name: str) -> "_Element":
    return parsed(book.read(name), xml=True)


def _text_of(root: "_Element", name: str) -> str:
    """Return the words of the first element of that name, in whichever namespace."""
    found = next((one for one in root.iter("*") if str(one.tag).rpartition("}")[2] == name), None)
    return bare_text(found).strip() if found is not None else ""


def _meta(root: "_Element", name: str) -> str:
    return next((str(one.get("content")) for one in root.iter("{*}meta") if one.get("name") == name), "")
