"""Curbcut's own web page, read back: the words of the source without those that the edition has added.

The page is told by its generator and its *at a glance*. What the source said stands in
elements that have an id, or go on from one (``class="more"``); all else was added.
"""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

import msgspec

from converters.document import LanguageTag, Note
from converters.identifiers import RESERVED
from converters.phrases import phrases_for
from converters.readers import ReadContext
from converters.readers.manuscript import Facts, Listed, Manuscript
from converters.readers.markup.addresses import Addresses
from converters.readers.markup.blocks import blocks_of
from converters.readers.markup.inlining import language_of
from converters.readers.markup.notes import Notes
from converters.readers.markup.placed import PutAside, Setting
from converters.readers.markup.speakers import Speakers, written
from converters.readers.markup.styles import Styles
from converters.readers.markup.tables import joined
from converters.readers.markup.tree import line_of, tag_of
from converters.readers.own_words import facts_said, headings_of_ours, without_part
from converters.readers.page_parts import listed
from converters.readers.pieces import Piece
from converters.version import TOOL

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

_GENERATOR: Final = TOOL.partition(" ")[0] + " "
_HEADINGS: Final = {"h2": 2, "h3": 3, "h4": 4, "h5": 5, "h6": 6}
_WHOLE: Final = frozenset({"blockquote", "ul", "p", *_HEADINGS})
_ADDED: Final = frozenset({"about", "help", "read-along", "tools"})
_ROWS: Final = frozenset({"turn", "more", "sound"})
_SAME_PARAGRAPH: Final = ["more", "same"]
"""The classes of a block that goes on with the paragraph before: a long one is laid out in several."""
_OPENS_A_QUOTATION: Final = ("“", '"', "«", "„")
_COLON: Final = " \u00a0:："
LONGEST_LINE: Final = 100_000


def is_own_page(root: "Element") -> bool:
    """Tell whether Curbcut has written a page."""
    generator = next((meta.get("content") or "" for meta in root.iter("meta") if meta.get("name") == "generator"), "")
    return generator.startswith(_GENERATOR) and any(s.get("id") == "at-a-glance" for s in root.iter("section"))


def own_page_manuscript(root: "Element", context: ReadContext) -> Manuscript:
    """Return the source's words and facts; each turn is a row, with whoever it names as its label.

    A turn that names nobody has the label ``""``: it does not go on with the one before.
    """
    page = _Page(root, context)
    return Manuscript(page.pieces(), page.facts(), tuple(page.notes))


class _Page:
    """One page while it is read."""

    def __init__(self, root: "Element", context: ReadContext) -> None:
        self._root = root
        self._language = language_of(root)
        self._phrases = phrases_for(LanguageTag(self._language or "und"))
        addresses = Addresses(None)
        self._setting = Setting(
            addresses=addresses,
            notes=Notes(root, addresses),
            speakers=Speakers(root),
            styles=Styles(root),
            aside=PutAside(),
            context=context,
            language=self._language,
        )
        self._listed: list[Listed] = []
        self._others: list[Listed] = []
        self._ours = headings_of_ours(self._phrases)
        self.notes: list[Note] = []

    # words ------------------------------------------------------------------------------

    def pieces(self) -> tuple[Piece, ...]:
        """Return what the source said, in the order of the page; an empty rule parts its sections."""
        found: list[Piece] = []
        for element in self._root.iterdescendants("section", "p", "blockquote", "ul", "div", *_HEADINGS):
            if self._is_added(element):
                continue
            pieces = list(self._block(element))
            if (element.get("class") or "").split() == _SAME_PARAGRAPH and found and pieces:
                pieces[0] = msgspec.structs.replace(joined((found.pop(), pieces[0])), form="turn")
            found += pieces
        return tuple(found)

    def _block(self, element: "Element") -> Iterator[Piece]:
        tag = tag_of(element)
        if tag == "section":
            yield Piece("", line_of(element), "rule")
        elif element in self._setting.notes.places:
            self.notes += blocks_of(element, self._setting).notes
        elif tag in {"ul", "blockquote"}:
            yield from self._list(element) if tag == "ul" else self._quotation(element)
        elif tag in _HEADINGS:
            yield from self._heading(element)
        elif tag == "p" and (element.get("id") or self._goes_on(element)) and element.get("id") not in RESERVED:
            yield from self._paragraph(element)

    def _goes_on(self, element: "Element") -> bool:
        """Tell whether a paragraph without an id goes on from one, or is a note's."""
        more = "more" in (element.get("class") or "").split()
        return more or any(outer.get("id") == "notes" for outer in element.iterancestors("section"))

    def _is_added(self, element: "Element") -> bool:
        """Tell whether an element stands in what the edition has added, or in one that is taken as a whole."""
        for outer in element.iterancestors():
            tag = tag_of(outer)
            if tag in {"nav", "header"} or tag in _WHOLE or outer in self._setting.notes.places:
                return True
            if tag == "section" and outer.get("id") in _ADDED:
                return True
        return tag_of(element) == "section" and element.get("id") in _ADDED

    def _paragraph(self, element: "Element") -> Iterator[Piece]:
        """Yield a paragraph; a turn is a row, and so is what goes on from it or is heard between turns."""
        name = next(iter(element.iterchildren("b")), None)
        label = None
        classes = (element.get("class") or "").split()
        if "turn" in classes:
            label = (
                written(name, LONGEST_LINE).rstrip(_COLON) if name is not None and name.get("class") == "name" else ""
            )
            if label and name is not None:
                _take_out(name)
        row = not _ROWS.isdisjoint(classes)
        for piece in self._read(element) or ((Piece("", line_of(element)),) if label else ()):
            yield msgspec.structs.replace(piece, form="turn" if row else "prose", label=label)
            label = None

    def _read(self, element: "Element") -> tuple[Piece, ...]:
        return tuple(placed.piece for placed in blocks_of(element, self._setting).placed)

    def _quotation(self, quote: "Element") -> Iterator[Piece]:
        """Yield a pull quote in one paragraph with the line that says whose it is, as shows print it."""
        words = [p for p in quote.iterchildren("p") if p.get("class") != "by"]
        by = [p for p in quote.iterchildren("p") if p.get("class") == "by"]
        pieces = tuple(piece for p in (*words, *by) for piece in self._read(p))
        if pieces:
            whole = joined(pieces)
            form = "prose" if whole.text.startswith(_OPENS_A_QUOTATION) else "quote"
            yield msgspec.structs.replace(whole, form=form)

    def _heading(self, element: "Element") -> Iterator[Piece]:
        added = element.get("class") == "exchange" or written(element, LONGEST_LINE) in self._ours
        if not added:
            level = _HEADINGS[tag_of(element)]
            yield from (msgspec.structs.replace(p, form="heading", level=level) for p in self._read(element))

    def _list(self, element: "Element") -> Iterator[Piece]:
        """Yield the lines of the source's own list of people; whoever stands on it is remembered."""
        for item in element.iterchildren("li"):
            line = next((span for span in item.iterchildren("span") if span.get("id")), None)
            words, part = without_part(written(item, LONGEST_LINE), self._phrases)
            if line is not None and element.get("id"):
                self._listed.append(Listed(listed(words).name, part=part))
                yield from (msgspec.structs.replace(piece, form="item") for piece in self._read(line))
            elif self._is_at_a_glance(element):
                name, _, description = words.partition(", ")
                self._others.append(Listed(name, description or None, part))

    def _is_at_a_glance(self, element: "Element") -> bool:
        return any(outer.get("id") == "at-a-glance" for outer in element.iterancestors("section"))

    # facts ------------------------------------------------------------------------------

    def facts(self) -> Facts:
        """Return what the head of the page says; call it after the pieces, which tell who is on the lists."""
        lines = [p for p in self._root.iter("p") if p.get("class") == "fact"]
        links = {written(a, LONGEST_LINE): a.get("href") for p in lines for a in p.iter("a")}
        words = [written(p, LONGEST_LINE) for p in lines]
        return msgspec.structs.replace(
            facts_said(words, links, self._phrases),
            title=next((written(h1, LONGEST_LINE) for h1 in self._root.iter("h1")), self._root.get("data-title")),
            language=self._language,
            people=(*self._listed, *self._others),
        )


def _take_out(name: "Element") -> None:
    """Take a name off the beginning of its paragraph; what follows it stays."""
    paragraph = name.getparent()
    if paragraph is not None:
        paragraph.text = (paragraph.text or "") + (name.tail or "")
        paragraph.remove(name)
