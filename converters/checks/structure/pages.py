"""How pages are built: the web page, the pages of books, of braille for displays and of talking books.

In all of them a part is known by its id, and so is what leads to it; a heading is one of ``h1`` to ``h6``.
"""

import posixpath
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Final
from urllib.parse import unquote

import msgspec

from converters.checks.ledger import letters
from converters.checks.outside.answers import Said
from converters.checks.reading_back.markup import bare_text
from converters.checks.structure.told import fault, language_fault, quoted, skipped
from converters.checks.structure.wanted import Entry, Wanted

if TYPE_CHECKING:
    from lxml.etree import _Element

LANGUAGE: Final = "{http://www.w3.org/XML/1998/namespace}lang"
_HEADINGS: Final = {f"h{level}": level for level in range(1, 7)}


class Page(msgspec.Struct, frozen=True):
    """A page by its name in the edition, empty where it is the only one; ``top`` is the level of its first heading."""

    name: str
    root: "_Element"
    top: int = 1


class Pages(msgspec.Struct, frozen=True):
    """The pages of an edition; ``files`` are all that a link in it may lead to, ``navigation`` the page of contents.

    ``in_cells``: words are written in braille, and only ids are compared. ``contents`` tells whether there is one.
    """

    each: tuple[Page, ...]
    files: frozenset[str] = frozenset()
    navigation: str = ""
    in_cells: bool = False
    contents: bool = True


class _Anchor(msgspec.Struct, frozen=True):
    """A link: the file and the id that it leads to, empty where it leads out."""

    page: str
    href: str
    file: str
    node: str
    element: "_Element"


def faults_of_pages(pages: Pages, wanted: Wanted) -> Iterator[Said]:
    """Yield what is wrong with pages."""
    ids = {
        page.name: Counter(str(one.get("id")) for one in page.root.iter("*") if one.get("id")) for page in pages.each
    }
    anchors = [anchor for page in pages.each for anchor in _anchors(page)]
    for page in pages.each:
        yield from language_fault(_language(page.root), wanted.language, page.name or "the page")
        yield from skipped([(level, bare_text(one), _place(page, one)) for level, one in _headings(page)], page.top)
        yield from _doubled(page.name, ids[page.name])
        yield from _without_text(page)
    yield from _loose(anchors, ids, pages)
    everything = {
        identifier: one for page in pages.each for one in page.root.iter("*") if (identifier := one.get("id"))
    }
    for identifier in wanted.places:
        if identifier not in everything:
            yield fault("id-lost", f"nothing has the id {identifier}", identifier)
    heads = {str(one.get("id")): one for page in pages.each for _, one in _headings(page)}
    yield from _of_headings(wanted.entries, heads, in_cells=pages.in_cells)
    if pages.contents:
        yield from _of_contents(wanted.entries, [a for a in anchors if _in_nav(a, pages)], in_cells=pages.in_cells)
    yield from _in_sentences(wanted, everything, in_cells=pages.in_cells)


def _language(root: "_Element") -> str:
    """Return the language of a page, or of the one element that a fragment is."""
    body = root.find("body")
    wrapped = root.find("head") is None and body is not None and len(body)  # by the parser, round a fragment
    own = body[0] if wrapped and body is not None else root
    return str(own.get("lang") or own.get(LANGUAGE) or "")


def _name(element: "_Element") -> str:
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def _headings(page: Page) -> Iterator[tuple[int, "_Element"]]:
    for one in page.root.iter("*"):
        level = _HEADINGS.get(_name(one))
        if level:
            yield level, one


def _place(page: Page, one: "_Element") -> str:
    identifier = one.get("id")
    return f"{page.name}#{identifier}" if identifier else page.name


def _doubled(name: str, ids: Counter[str]) -> Iterator[Said]:
    for identifier, count in ids.items():
        if count > 1:
            yield fault("id-doubled", f"{count} elements have the id {identifier}", name)


def _without_text(page: Page) -> Iterator[Said]:
    """Tell of pictures that say nothing to those who do not see them; an ornament says that it is one."""
    for one in page.root.iter("*"):
        if _name(one) == "img" and not str(one.get("alt") or "").strip() and not _is_ornament(one):
            yield fault("alt-lost", f"the picture {one.get('src', '')[:80]} has no text alternative", _place(page, one))


def _is_ornament(one: "_Element") -> bool:
    return one.get("role") in {"presentation", "none"} or one.get("aria-hidden") == "true"


# links ----------------------------------------------------------------------------------------


def _anchors(page: Page) -> Iterator[_Anchor]:
    for one in page.root.iter("*"):
        href = one.get("href") or (one.get("idref") if _name(one) == "noteref" else None)
        if href is None or _name(one) not in {"a", "noteref"}:
            continue
        address, _, node = str(href).partition("#")
        inside = not address or (page.name != "" and ":" not in address.split("/")[0])
        file = (
            posixpath.normpath(posixpath.join(posixpath.dirname(page.name), unquote(address))) if address else page.name
        )
        yield _Anchor(page.name, str(href), file if inside else "", node if inside else "", one)


def _loose(anchors: Iterable[_Anchor], ids: dict[str, Counter[str]], pages: Pages) -> Iterator[Said]:
    """Tell of links that lead to a file or an id that is not there."""
    for one in anchors:
        if not one.file and not one.node:
            continue
        lost = one.file not in ids and one.file not in pages.files
        if lost or (one.node and one.file in ids and one.node not in ids[one.file]):
            yield fault(
                "link-nowhere", f"{quoted(bare_text(one.element))} leads to {one.href}, which is not there", one.page
            )


def _in_nav(anchor: _Anchor, pages: Pages) -> bool:
    if pages.navigation:
        return anchor.page == pages.navigation
    return any(_name(above) == "nav" for above in anchor.element.iterancestors())


# what the model has ---------------------------------------------------------------------------


def _of_headings(entries: Sequence[Entry], heads: dict[str, "_Element"], *, in_cells: bool) -> Iterator[Said]:
    for entry in entries:
        head = heads.get(entry.heading_id)
        if head is None:
            yield fault("heading-lost", f"{entry.id} has no heading {quoted(entry.heading)}", entry.heading_id)
        elif not in_cells and letters(bare_text(head)) != letters(entry.heading):
            words = (
                f"the heading of {entry.id} reads {quoted(bare_text(head))}, and should read {quoted(entry.heading)}"
            )
            yield fault("heading-altered", words, entry.heading_id)


def _of_contents(entries: Sequence[Entry], anchors: Sequence[_Anchor], *, in_cells: bool) -> Iterator[Said]:
    """Tell of parts that the contents do not lead to, or call by other words; a heading serves as well as its part."""
    lines = {anchor.node: bare_text(anchor.element) for anchor in reversed(anchors)}
    for entry in entries:
        words = lines.get(entry.id, lines.get(entry.heading_id))
        if words is None:
            yield fault(
                "contents-lost", f"nothing in the contents leads to {entry.id}, {quoted(entry.contents)}", entry.id
            )
        elif not in_cells and letters(words) not in {letters(entry.contents), letters(entry.heading)}:
            yield fault(
                "contents-altered",
                f"the contents call {entry.id} {quoted(words)}, not {quoted(entry.contents)}",
                entry.id,
            )


def _in_sentences(wanted: Wanted, everything: dict[str, "_Element"], *, in_cells: bool) -> Iterator[Said]:
    """Tell of links, marks of notes and languages that sentences have lost; a lost sentence is parity's concern."""
    for mark in (mark for mark in wanted.links if mark.sentence in everything):
        if not any(str(one.get("href")) == mark.value for one in everything[mark.sentence].iter("*")):
            yield fault("link-lost", f"{quoted(mark.words)} leads no more to {mark.value}", mark.sentence)
    for mark in (mark for mark in wanted.notes if mark.sentence in everything):
        hrefs = [str(one.get("href") or one.get("idref")) for one in everything[mark.sentence].iter("*")]
        nodes = [href.rpartition("#")[2] for href in hrefs]  # a talking book leads to the first sentence of the note
        if not any(node == mark.value or node.startswith(f"{mark.value}-s") for node in nodes):
            yield fault("note-lost", f"the mark of {mark.value} is gone from {mark.sentence}", mark.sentence)
    for mark in (mark for mark in wanted.foreign if mark.sentence in everything and not in_cells):
        inner = [one for one in everything[mark.sentence].iter("*") if one.get("lang") or one.get(LANGUAGE)]
        if not any(str(one.get("lang") or one.get(LANGUAGE)) == mark.value for one in inner):
            yield fault(
                "language-lost", f"{quoted(mark.words)} is in {mark.value}, and it does not say so", mark.sentence
            )
