"""How braille has a conversation otherwise than print does, set out in the finished XHTML before it is translated.

People are named in full where they first speak, and in short after that; the list of people gives both. Speech that
is nobody's stands in parentheses, the mark of a note in brackets and apart: no figure can be raised there. Addresses
that we add are without what every browser adds.
"""

from collections.abc import Iterator
from typing import Final

import msgspec
from lxml import etree
from lxml.etree import _Element

from converters import outline
from converters.document import Document, NodeId, PeopleList, Person
from converters.headings import exchange_entry, exchange_heading
from converters.phrases import Phrases
from converters.traverse import person_named, sections, turns
from converters.writers.braille_names import short_forms
from converters.writers.braille_text import address

XHTML: Final = "{http://www.w3.org/1999/xhtml}"


class Manner:
    """What is done to the pages of one document, in reading order."""

    def __init__(self, document: Document, phrases: Phrases) -> None:
        """Settle how everybody is named."""
        self._document, self._phrases = document, phrases
        self._short = short_forms(document)
        self._names = dict(self._before_turns())
        self._exchanges = dict(self._headings())
        self._marks: dict[str, str] = {}

    def set_out(self, page: _Element) -> None:
        """Change a page to what braille has, still in print."""
        for paragraph in (one for one in _each(page, "p") if _kinds(one)[:1] == ["turn"]):
            self._turn(paragraph)
        for heading in (one for one in page.iter() if one.get("class") == "exchange"):
            heading.text = self._exchanges[heading.get("id") or ""][0]
        for link in _each(page, "a"):
            self._link(link)
        for note in _each(page, "div"):
            if mark := self._marks.get(note.get("id") or ""):
                _put_before(note[0], f"[{mark}] ")
        for glance in (one for one in _each(page, "section") if one.get("id") == "at-a-glance"):
            self._list_of_people(glance)

    def _turn(self, paragraph: _Element) -> None:
        """Name the person in short, or set the speech apart where the others have names and this has none."""
        name = next((one for one in paragraph if one.get("class") == "name"), None)
        if name is not None:
            name.text = self._names[NodeId(paragraph.get("id") or "")]
            if paragraph.get("lang"):
                name.set("lang", self._document.metadata.language)  # a name is in the list of people's language
        elif self._names:
            parts = [paragraph, *_going_on(paragraph)]
            for part in parts:
                part.set("class", f"{part.get('class')} aside")
            _put_before(parts[0], "(")
            _put_after(parts[-1], ")")

    def _before_turns(self) -> Iterator[tuple[NodeId, str]]:
        """Yield what stands before each turn that is somebody's (Braille Formats, plays: first in full)."""
        first = outline.first_turns(self._document)
        for turn in turns(self._document):
            if turn.people:
                people = (person_named(self._document, person) for person in turn.people)
                names = ", ".join(one.name if first.get(one.id) == turn.id else self._short[one.id] for one in people)
                yield turn.id, self._phrases.name_and_colon.format(name=names)

    def _headings(self) -> Iterator[tuple[str, tuple[str, str]]]:
        """Yield heading and line of the contents of each exchange, with names in short, by its id."""
        for section in sections(self._document):
            for exchange in outline.exchanges(self._document, section):
                people = (msgspec.structs.replace(one, name=self._short[one.id]) for one in exchange.people)
                short = msgspec.structs.replace(exchange, people=tuple(people))
                yield exchange.id, (exchange_heading(self._phrases, short), exchange_entry(self._phrases, short))

    def _link(self, link: _Element) -> None:
        target = str(link.get("href")).partition("#")[2]
        if target in self._exchanges:
            link.text = self._exchanges[target][1]
        if link.get("role") == "doc-noteref":
            mark = link.text or ""
            self._marks[target] = mark
            link.text = f"[{mark}]"
            _put_space_before(link)
        elif link.text == link.get("href") and not _is_in_sentence(link):
            link.text = address(link.text or "")

    # the list of people -----------------------------------------------------------------

    def _list_of_people(self, glance: _Element) -> None:
        """Say of everybody in the list how they are named in short."""
        listed = dict(self._listed())
        unlisted = iter(outline.unlisted(self._document))
        for item in _each(glance, "li"):
            line = next((span.get("id") for span in _each(item, "span") if span.get("id")), None)
            person = listed.get(line) if line else next(unlisted, None)
            if person and self._short[person.id] != person.name:
                self._short_form(item, person)

    def _listed(self) -> Iterator[tuple[str, Person]]:
        """Yield the people of the source's own list by the id of the line about them."""
        for section in outline.outline(self._document).people_sections:
            for block in section.blocks:
                if isinstance(block, PeopleList):
                    for entry in block.entries:
                        yield entry.line.id, person_named(self._document, entry.person)

    def _short_form(self, item: _Element, person: Person) -> None:
        """Add the short form to a line, our words marked where they are in another language."""
        before, _, after = self._phrases.braille_short_form.format(line="", name="\0").partition("\0")
        own = self._document.metadata.language
        ours = self._phrases.language
        if ours.split("-")[0] == own.split("-")[0]:
            _put_after(item, f"{before}{self._short[person.id]}{after}")
            return
        marked = etree.SubElement(item, f"{XHTML}span", lang=ours)
        marked.text, marked.tail = before, self._short[person.id]
        if after:
            etree.SubElement(item, f"{XHTML}span", lang=ours).text = after


def _each(element: _Element, tag: str) -> Iterator[_Element]:
    return element.iter(f"{XHTML}{tag}")


def _is_in_sentence(element: _Element) -> bool:
    """Tell whether the source says this: its words are not ours to shorten."""
    return any(one.tag == f"{XHTML}span" and one.get("id") for one in element.iterancestors())


def _kinds(element: _Element) -> list[str]:
    return (element.get("class") or "").split()


def _going_on(paragraph: _Element) -> Iterator[_Element]:
    """Yield the further paragraphs of a turn."""
    for sibling in paragraph.itersiblings():
        if _kinds(sibling)[:1] != ["more"]:
            return
        yield sibling


def _put_before(element: _Element, words: str) -> None:
    element.text = words + (element.text or "")


def _put_after(element: _Element, words: str) -> None:
    if len(element):
        element[-1].tail = (element[-1].tail or "") + words
    else:
        element.text = (element.text or "") + words


def _put_space_before(element: _Element) -> None:
    before, parent = element.getprevious(), element.getparent()
    if before is not None:
        before.tail = f"{before.tail or ''} "
    elif parent is not None:
        parent.text = f"{parent.text or ''} "
