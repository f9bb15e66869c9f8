"""The text of a DAISY 3 book: DTBook 2005-2 (ANSI/NISO Z39.86-2005 §5), each phrase with where it is played.

Names are ``strong``, sentences ``sent``; what is in another language is marked, and which way it is written.
"""

from typing import Final, assert_never

from converters.document import Emphasis, Foreign, Inline, Inlines, Link, NoteReference, Sound, Text
from converters.languages import direction
from converters.writers.markup import NOTHING, Markup, element, joined, lines, text, void
from converters.writers.talking_book import BookBlock, Lines, Listing, NoteText, Phrase, Quotation, TalkingBook
from converters.writers.talking_facts import BookFacts
from converters.writers.talking_levels import Level, leading_out, levels, spaced

VERSION: Final = "2005-2"
"""Older players and validators do not know 2005-3, which has nothing more that a conversation needs."""

NAMESPACE: Final = "http://www.daisy.org/z3986/2005/dtbook/"

Played = dict[str, str]
"""Where phrases are played, by their ids."""


def text_document(book: TalkingBook, facts: BookFacts, played: Played) -> Markup:
    """Return the whole text, without prologue."""
    told = (
        ("dtb:uid", facts.identifier), ("dc:Identifier", facts.identifier), ("dc:Title", facts.title),
        ("dc:Creator", facts.maker), ("dc:Publisher", facts.maker), ("dc:Date", facts.date),
        ("dc:Language", facts.language),
    )  # fmt: skip
    metas = (void("meta", {"name": name, "content": content}) for name, content in told)
    marks: dict[str, str | None] = {"xmlns": NAMESPACE, "version": VERSION, **_in_language(facts.language)}
    content = element("book", Markup("\n"), _matters(book, played), Markup("\n"))
    return element("dtbook", lines(element("head", lines(*metas)), content), attributes=marks)


def _in_language(language: str | None) -> dict[str, str | None]:
    return {"xml:lang": language, "dir": direction(language)} if language else {}


def _matters(book: TalkingBook, played: Played) -> Markup:
    """Return front, body and rear matter; of the last two, those that there are."""
    title, *others = levels(book.parts)
    words = element("doctitle", _inlines(title.part.heading.inlines), attributes=_marked(title.part.heading, played))
    own = element("level1", _blocks(title.part.blocks, played), attributes={"id": title.part.id})
    front = lines(words, own if title.part.blocks else NOTHING, _of("front", others, played))
    body, rear = _of("body", others, played), _of("rear", others, played)
    return lines(
        element("frontmatter", front),
        element("bodymatter", body) if body else NOTHING,
        element("rearmatter", rear) if rear else NOTHING,
    )


def _of(matter: str, told: list[Level], played: Played) -> Markup:
    return lines(*(_level(one, played) for one in told if one.part.matter == matter))


def _level(level: Level, played: Played) -> Markup:
    """Return a level; one with nothing under its heading has an empty paragraph, which the format wants there."""
    part, tag = level.part, f"level{level.part.depth}"
    content = lines(_blocks(part.blocks, played), *(_level(below, played) for below in level.below))
    head = element(f"h{part.depth}", _inlines(part.heading.inlines), attributes=_marked(part.heading, played))
    return element(tag, lines(head, content or void("p", {})), attributes={"id": part.id})


def _marked(phrase: Phrase, played: Played) -> dict[str, str | None]:
    return {"id": phrase.id, "smilref": played[phrase.id]}


def _blocks(blocks: tuple[BookBlock, ...], played: Played) -> Markup:
    return lines(*(_block(block, played) for block in blocks))


def _block(block: BookBlock, played: Played) -> Markup:
    match block:
        case Lines():
            marks = {"class": None if block.kind == "plain" else block.kind, "id": block.id}
            return element("p", _phrases(block, played), attributes={**marks, **_in_language(block.language)})
        case Quotation():
            return element("blockquote", _blocks(block.paragraphs, played), attributes={"id": block.id})
        case Listing():
            items = (element("li", _phrases(item, played)) for item in block.items)
            return element("list", lines(*items), attributes={"type": "ul", "id": block.id})
        case NoteText():
            return element("note", _blocks(block.paragraphs, played), attributes={"id": block.id})
        case _:
            assert_never(block)


def _phrases(paragraph: Lines, played: Played) -> Markup:
    before = text("– ") if paragraph.kind == "by" else NOTHING
    parts = (joined(text(space), _phrase(phrase, played)) for space, phrase in spaced(paragraph.phrases))
    return joined(before, *parts)


def _phrase(phrase: Phrase, played: Played) -> Markup:
    if phrase.kind == "name":
        marks = {**_marked(phrase, played), "class": "name"}
        return element("strong", _inlines(phrase.inlines), attributes=marks)
    name = NOTHING
    if phrase.name:
        name = joined(element("strong", text(phrase.name), attributes={"class": "name"}), text(" "))
    words = _inlines(phrase.inlines)
    if phrase.leads_to:
        words = element("a", words, attributes={"href": f"#{phrase.leads_to}"})
    return element("sent", name, words, attributes=_marked(phrase, played))


def _inlines(content: Inlines) -> Markup:
    return joined(*map(_inline, content))


def _inline(inline: Inline) -> Markup:
    match inline:
        case Text():
            return text(inline.value)
        case Emphasis():
            return element("strong" if inline.strength == "strong" else "em", _inlines(inline.inlines))
        case Foreign():
            return element("span", _inlines(inline.inlines), attributes=_in_language(inline.language))
        case Link():
            return _link(inline)
        case Sound():
            return text(inline.description)
        case NoteReference():
            return element("noteref", text(inline.label), attributes={"idref": f"#{inline.note}"})
        case _:
            assert_never(inline)


def _link(link: Link) -> Markup:
    """Return a link of the source, which leads out of the book."""
    href, words = leading_out(link.href), _inlines(link.inlines)
    return element("a", words, attributes={"href": href, "external": "true"}) if href else words
