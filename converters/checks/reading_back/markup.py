"""Pages read back with lxml: sentences by their ids, and all other words as what stands beside them.

One reader serves the web page, the pages of a book, of a talking book and of braille for displays: in each of
them a sentence is one element with its id, and a name stands in the paragraph before it.
"""

from collections.abc import Callable, Collection, Iterable, Iterator
from functools import lru_cache
from typing import TYPE_CHECKING, Final

import msgspec

from converters.checks.expectations import asides
from converters.checks.ledger import TELLING, Account, Run, Said, by_id, folded, lines_of_letters
from converters.document import Document

if TYPE_CHECKING:
    from lxml.etree import _Element

INLINE: Final = frozenset(
    "a abbr b bdi bdo cite code em font i ins kbd mark noteref s samp sent small span strong sub sup u wbr".split()
)
"""Elements that end no paragraph."""

_SENTENCES: Final = frozenset({"span", "sent"})

UNSEEN: Final = frozenset({"script", "style", "head", "template", "noscript"})


class Page(msgspec.Struct, frozen=True):
    """A page as it is read back: its sentences in order, words beside them among them, and every id that it has."""

    said: tuple[Said, ...]
    ids: frozenset[str]


class _Seen(msgspec.Struct):
    """What has been read so far.

    ``beside`` are words since the last sentence of the paragraph, or since
    its start; ``holds``: the paragraph has a sentence.
    """

    known: Collection[str]
    words: Callable[["_Element"], str]
    said: list[Said]
    beside: list[str]
    ids: set[str]
    holds: bool = False

    def end_paragraph(self) -> None:
        """Keep what stands at the end of a paragraph, after its last sentence or without one."""
        if self.beside:
            if words := "".join(self.beside).split():
                self.said.append(Said(None, " ".join(words), follow=self.holds))
            self.beside.clear()
        self.holds = False

    def sentence(self, identifier: str, element: "_Element") -> None:
        """Keep a sentence with what stands before it; in a talking book its name may stand in it."""
        if len(element):  # most sentences hold no element, and to look for them takes longer than to read one
            inner = list(element.iterdescendants("*"))
            self.ids.update(str(one.get("id")) for one in inner if one.get("id"))
            self.beside += [bare_text(one) for one in inner if _is_name(one)]
        speakers = "".join(self.beside).strip() if self.beside else ""
        self.said.append(Said(identifier, self.words(element), speakers))
        self.ids.add(identifier)
        self.beside.clear()
        self.holds = True


_PROLOGUE: Final = 2_048
"""Bytes in which a page says of what type it is."""


def parsed(content: bytes, *, xml: bool) -> "_Element":
    """Return the root of a page. Raises lxml's own error where it is none."""
    from lxml import etree

    if xml:
        names_a_dtd = b"DTD" in content[:_PROLOGUE]  # then libxml2, told to collect no ids, would load it
        parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True, collect_ids=names_a_dtd)
        return etree.fromstring(content, parser)
    return etree.fromstring(content, etree.HTMLParser(encoding="utf-8", huge_tree=True, collect_ids=False))


def read_page(root: "_Element", known: Collection[str], words: Callable[["_Element"], str] | None = None) -> Page:
    """Return what a page says; ``known`` are the ids of sentences, ``words`` reads one of them."""
    seen = _Seen(known, words or sentence_words, [], [], set())
    _walk(root, seen)
    seen.end_paragraph()
    return Page(tuple(seen.said), frozenset(seen.ids))


def _walk(element: "_Element", seen: _Seen) -> None:
    name = _name(element)
    identifier = element.get("id")
    if identifier and identifier in seen.known and name in _SENTENCES:
        seen.sentence(identifier, element)
        return
    inline = name in INLINE
    if name in UNSEEN or (inline and is_mark(element)):
        return
    if identifier:
        seen.ids.add(identifier)
    if inline:
        _walk_into(element, seen)
        return
    seen.end_paragraph()
    _walk_into(element, seen)
    seen.end_paragraph()


def _walk_into(element: "_Element", seen: _Seen) -> None:
    if text := element.text:
        seen.beside.append(text)
    for child in element:
        _walk(child, seen)
        if tail := child.tail:
            seen.beside.append(tail)


def _name(element: "_Element") -> str:
    """Return the name of an element without its namespace; a comment has that of a script."""
    return _local(element.tag) if isinstance(element.tag, str) else "script"


@lru_cache
def _local(tag: str) -> str:
    return tag.rpartition("}")[2]


def is_mark(element: "_Element") -> bool:
    """Tell whether an element is the mark of a note, which is none of the words around it."""
    return element.get("role") == "doc-noteref" or element.get("class") == "noteref" or _name(element) == "noteref"


def _is_name(element: "_Element") -> bool:
    return element.get("class") == "name"


def sentence_words(element: "_Element") -> str:
    """Return the text of a sentence without a name in it and the marks of notes."""
    return folded(bare_text(element))


def bare_text(element: "_Element") -> str:
    """Return the text of an element as it stands, without names and the marks of notes."""
    if not len(element):
        return element.text or ""
    apart = (is_mark(child) or _is_name(child) for child in element)
    inner = (
        ("" if left_out else bare_text(child)) + (child.tail or "")
        for child, left_out in zip(element, apart, strict=True)
    )
    return (element.text or "") + "".join(inner)


# judging ----------------------------------------------------------------------------------


def account(pages: Iterable["_Element"], document: Document, runs: tuple[Run, ...]) -> Account:
    """Compare pages in their order with what is expected in them."""
    known = frozenset(part.id for run in runs if run.counted for part in run.parts)
    read = [read_page(root, known) for root in pages]
    said = [one for page in read for one in page.said]
    found = by_id(runs, said)
    beside = (one.speakers if one.id else one.words for one in said)
    lines = lines_of_letters([words for words in beside if words]).split("\n")
    loose = "\n".join(line for line in lines if len(line) >= TELLING)
    again = tuple(repeated(runs, loose, asides(document)))
    renamed = [one for one in found.missing if one in again]
    return msgspec.structs.replace(
        found,
        doubled=(*found.doubled, *(one for one in again if one not in renamed)),
        faults=(*(f"the words of {one} stand there under another id" for one in renamed), *_lost_ids(read, runs)),
    )


def repeated(runs: Iterable[Run], loose: str, aside: str) -> Iterator[str]:
    """Yield sentences whose letters stand once more among words that are no sentence's."""
    for run in (run for run in runs if run.counted):
        for part in run.parts:
            if len(part.letters) >= TELLING and part.letters in loose and part.letters not in aside:
                yield part.id


def _lost_ids(pages: Iterable[Page], runs: Iterable[Run]) -> Iterator[str]:
    """Tell of turns and sounds that no page has an element for."""
    there = frozenset[str]().union(*(page.ids for page in pages))
    wanted = (run.id for run in runs if run.said or not run.counted)
    yield from (f"nothing has the id {one}" for one in wanted if one not in there)
