"""The text of a DAISY 2.02 book: one document of XHTML 1.0, each phrase an element with its id (specification §2.3).

Links inside the book lead to where their target is played, as the format wants it.
"""

from typing import Final, assert_never

from converters.document import Emphasis, Foreign, Inline, Inlines, Link, NoteReference, Sound, Text
from converters.languages import direction
from converters.writers.markup import NOTHING, Markup, element, joined, lines, text, void
from converters.writers.talking_book import BookBlock, Lines, Listing, NoteText, Part, Phrase, Quotation, TalkingBook
from converters.writers.talking_facts import BookFacts
from converters.writers.talking_levels import Level, leading_out, levels, opening, spaced

TEXT: Final = "content.html"

Addresses = dict[str, str]
"""Where phrases are played, by their ids."""


def text_document(book: TalkingBook, facts: BookFacts, style: str, played: Addresses) -> Markup:
    """Return the whole text, without prologue."""
    head = element(
        "head",
        lines(
            void("meta", {"http-equiv": "Content-type", "content": "text/html; charset=utf-8"}),
            element("title", text(facts.title)),
            void("link", {"rel": "stylesheet", "type": "text/css", "href": style}),
        ),
    )
    addresses = played | {target: played[first] for target, first in opening(book).items()}
    body = element("body", Markup("\n"), lines(*(_level(one, addresses) for one in levels(book.parts))), Markup("\n"))
    marks: dict[str, str | None] = {"xmlns": "http://www.w3.org/1999/xhtml", **_in_language(facts.language)}
    return element("html", lines(head, body), attributes=marks)


def _in_language(language: str | None) -> dict[str, str | None]:
    return {"lang": language, "xml:lang": language, "dir": direction(language)} if language else {}


def _level(level: Level, addresses: Addresses) -> Markup:
    part = level.part
    content = lines(
        _heading(part, addresses, title=level.is_first),
        *(_block(block, addresses) for block in part.blocks),
        *(_level(below, addresses) for below in level.below),
    )
    return element("div", Markup("\n"), content, Markup("\n"), attributes={"class": "section", "id": part.id})


def _heading(part: Part, addresses: Addresses, *, title: bool) -> Markup:
    marks = {"class": "title" if title else None, "id": part.heading.id}
    return element(f"h{part.depth}", _inlines(part.heading.inlines, addresses), attributes=marks)


def _block(block: BookBlock, addresses: Addresses) -> Markup:
    match block:
        case Lines():
            marks = {"class": None if block.kind == "plain" else block.kind, "id": block.id}
            return element("p", _phrases(block, addresses), attributes={**marks, **_in_language(block.language)})
        case Quotation():
            inner = lines(*(_block(one, addresses) for one in block.paragraphs))
            return element("blockquote", Markup("\n"), inner, Markup("\n"), attributes={"id": block.id})
        case Listing():
            items = (element("li", _phrases(item, addresses)) for item in block.items)
            return element("ul", Markup("\n"), lines(*items), Markup("\n"), attributes={"id": block.id})
        case NoteText():
            inner = lines(*(_block(one, addresses) for one in block.paragraphs))
            return element("div", Markup("\n"), inner, Markup("\n"), attributes={"class": "note", "id": block.id})
        case _:
            assert_never(block)


def _phrases(paragraph: Lines, addresses: Addresses) -> Markup:
    before = text("– ") if paragraph.kind == "by" else NOTHING
    parts = (joined(text(space), _phrase(phrase, addresses)) for space, phrase in spaced(paragraph.phrases))
    return joined(before, *parts)


def _phrase(phrase: Phrase, addresses: Addresses) -> Markup:
    if phrase.kind == "name":
        return element("b", _inlines(phrase.inlines, addresses), attributes={"class": "name", "id": phrase.id})
    name = NOTHING
    if phrase.name:
        name = joined(element("b", text(phrase.name), attributes={"class": "name"}), text(" "))
    words = _inlines(phrase.inlines, addresses)
    if phrase.leads_to and (href := addresses.get(phrase.leads_to)):
        words = element("a", words, attributes={"href": href})
    return element("span", name, words, attributes={"id": phrase.id})


def _inlines(content: Inlines, addresses: Addresses) -> Markup:
    return joined(*(_inline(inline, addresses) for inline in content))


def _inline(inline: Inline, addresses: Addresses) -> Markup:
    match inline:
        case Text():
            return text(inline.value)
        case Emphasis():
            tag = "strong" if inline.strength == "strong" else "em"
            return element(tag, _inlines(inline.inlines, addresses))
        case Foreign():
            marks = _in_language(inline.language)
            return element("span", _inlines(inline.inlines, addresses), attributes=marks)
        case Link():
            href, words = leading_out(inline.href), _inlines(inline.inlines, addresses)
            return element("a", words, attributes={"href": href}) if href else words
        case Sound():
            return text(inline.description)
        case NoteReference():
            mark = {"href": addresses.get(inline.note), "class": "noteref"}
            return element("a", text(inline.label), attributes={**mark})
        case _:
            assert_never(inline)
