"""How a conversation is set out in markup: shared by the page, the EPUB and the large print.

Each edition supplies where an id is found (``address``) and its dialect. A turn is
plain paragraphs; the person's name and colon are real text at the start of the
first one. No group, list or label stands round a turn, so a screen reader says
each name once. A sentence is one plain ``span`` with its id; what a voice says beside
sentences has one too: ``<section id>-heading``, ``<turn id>-name``, ``title`` ….

HTML says that ``cite`` must not mark up a person's name (Podcasting 2.0's HTML
transcripts do); so names are ``b``.
"""

from collections.abc import Callable
from typing import Literal, assert_never

import msgspec

from converters import outline
from converters.addresses import followable
from converters.document import (
    Block,
    Document,
    Emphasis,
    Foreign,
    Inline,
    Inlines,
    Link,
    NodeId,
    NoteReference,
    Paragraph,
    PeopleList,
    Person,
    PullQuote,
    Section,
    Sentence,
    Sound,
    Text,
    Turn,
)
from converters.headings import exchange_entry, exchange_heading, section_heading
from converters.languages import direction
from converters.phrases import Phrases
from converters.settings import Blocks
from converters.traverse import joint, person_named, sentence_text
from converters.writers import additions
from converters.writers.markup import NOTHING, Markup, element, joined, lines, text

Dialect = Literal["html", "epub", "print", "fragment", "ebraille", "audiobook"]


class Rendering(msgspec.Struct, frozen=True):
    """What all parts of one edition share.

    ``address`` turns an id into a link's address; ``top`` is the heading level of a section,
    ``blocks`` how long turns are laid out. ``heard`` puts what is heard as the edition has it.
    """

    document: Document
    title: str
    phrases: Phrases
    address: Callable[[str], str]
    dialect: Dialect
    top: int = 2
    blocks: Blocks = "short"
    heard: Callable[[str], str] = str

    @property
    def outline(self) -> outline.Outline:
        """The sections in reading order."""
        return outline.outline(self.document)

    @property
    def marks(self) -> dict[str, str | None]:
        """Return ``lang`` and ``dir`` for words of ours, nothing where they are in the document's language."""
        ours, theirs = self.phrases.language, self.document.metadata.language
        same = ours.split("-")[0] == theirs.split("-")[0]
        return {} if same else {"lang": ours, "dir": direction(ours)}

    def added(self, words: str) -> Markup:
        """Return words of ours, marked as English where the document is in another language."""
        return element("span", text(words), attributes=self.marks) if self.marks else text(words)

    def link(self, words: str, href: str, kind: str | None = None, anchor: str | None = None) -> Markup:
        """Return a link with words of ours; ``anchor`` is its own id.

        The language is marked on the link: WeasyPrint tags no link right that has an element
        inside (PDF/UA-1 §7.18.5). In a fragment it is marked inside: WordPress before 6.0 keeps no language on a link.
        """
        if self.dialect == "fragment":
            return element("a", self.added(words), attributes={"href": href, "class": kind, "id": anchor})
        return element("a", text(words), attributes={"href": href, "class": kind, "id": anchor, **self.marks})

    def added_round(self, before: str, value: Markup, after: str) -> Markup:
        """Return words of ours with a value of the source's inside, each in its own language."""
        if not (before or after) or not self.marks:
            return joined(text(before), value, text(after))
        theirs = self.document.metadata.language
        inner = element("span", value, attributes={"lang": theirs, "dir": direction(theirs)})
        return element("span", text(before), inner, text(after), attributes=self.marks)


def root_attributes(language: str) -> dict[str, str | None]:
    """Return ``lang`` and ``dir`` for the root element; ``und`` says that the language is not known."""
    return {"lang": language, "dir": direction(language)}


# inside a sentence -----------------------------------------------------------------


def inlines(rendering: Rendering, content: Inlines) -> Markup:
    """Return inline markup; a sound is its words in brackets, without an element that would break speech."""
    return joined(*(_inline(rendering, inline) for inline in content))


def _inline(rendering: Rendering, inline: Inline) -> Markup:
    match inline:
        case Text():
            return text(inline.value)
        case Emphasis():
            tag = "strong" if inline.strength == "strong" else "em"
            return element(tag, inlines(rendering, inline.inlines))
        case Foreign():
            marks: dict[str, str | None] = {"lang": inline.language, "dir": direction(inline.language)}
            return element("span", inlines(rendering, inline.inlines), attributes=marks)
        case Link():
            href = followable(inline.href)
            words = inlines(rendering, inline.inlines)
            return element("a", words, attributes={"href": href}) if href else words
        case Sound():
            return text(rendering.heard(inline.description))
        case NoteReference():
            mark = {"href": rendering.address(inline.note), "role": "doc-noteref"}
            return element("a", text(inline.label), attributes={**mark})
        case _:
            assert_never(inline)


def sentence(rendering: Rendering, one: Sentence) -> Markup:
    """Return a sentence: one plain element with its id."""
    return element("span", inlines(rendering, one.inlines), attributes={"id": one.id})


def sentences(rendering: Rendering, several: tuple[Sentence, ...]) -> Markup:
    """Return sentences with what stands between them."""
    parts: list[Markup] = []
    before = ""
    for one in several:
        words = sentence_text(one)
        parts.append(text(joint(before, words) if before else ""))
        parts.append(sentence(rendering, one))
        before = words
    return joined(*parts)


# blocks ------------------------------------------------------------------------------


def block(rendering: Rendering, one: Block) -> Markup:
    """Return a block of a section."""
    match one:
        case Turn():
            return turn(rendering, one)
        case Paragraph():
            return element("p", sentences(rendering, one.sentences), attributes={"id": one.id})
        case PullQuote():
            return pull_quote(rendering, one)
        case PeopleList():
            return people_list(rendering, one)
        case Sound():
            return element("p", text(rendering.heard(one.description)), attributes={"id": one.id, "class": "sound"})
        case _:
            assert_never(one)


def turn(rendering: Rendering, one: Turn) -> Markup:
    """Return a turn as paragraphs; the name stands on the first only, which has the turn's id.

    A paragraph longer than a block goes on in further ones, of class ``same``.
    """
    laid_out = (outline.layout_blocks(paragraph, rendering.blocks) for paragraph in one.paragraphs)
    told = ((block, "more same" if n else "more") for blocks in laid_out for n, block in enumerate(blocks))
    (opening, _), *others = list(told) or [((), "")]
    name = _name(rendering, one)
    language = {"lang": one.language, "dir": one.language and direction(one.language)}
    marks = {"id": one.id, "class": "turn", "data-who": _running_name(rendering, one), **language}
    first = element("p", name, sentences(rendering, opening), attributes=marks)
    rest = (element("p", sentences(rendering, b), attributes={"class": kind, **language}) for b, kind in others)
    return lines(first, *rest)


def _name(rendering: Rendering, one: Turn) -> Markup:
    if not one.people:
        return NOTHING
    label = rendering.phrases.name_and_colon.format(name=_names(rendering, one))
    return joined(element("b", text(label), attributes={"id": f"{one.id}-name", "class": "name"}), text(" "))


def _names(rendering: Rendering, one: Turn) -> str:
    return ", ".join(person_named(rendering.document, person).name for person in one.people)


def _running_name(rendering: Rendering, one: Turn | None) -> str | None:
    """Return who is speaking, for the running heads of large print; nobody where that is not known."""
    if rendering.dialect != "print":
        return None
    return _names(rendering, one) if one else ""


def pull_quote(rendering: Rendering, quote: PullQuote) -> Markup:
    """Return a quotation and whose it is, and after it where it was said."""
    words = [element("p", sentences(rendering, p.sentences)) for p in quote.paragraphs]
    if quote.attribution:
        line = sentence(rendering, quote.attribution.line)
        words.append(element("p", text("– "), line, attributes={"class": "by"}))
    book = rendering.dialect == "epub"
    kind, role = ("pullquote", "doc-pullquote") if book else (None, None)
    quotation = element("blockquote", *words, attributes={"id": quote.id, "epub:type": kind, "role": role})
    return lines(quotation, _in_context(rendering, quote))


def _in_context(rendering: Rendering, quote: PullQuote) -> Markup:
    where = additions.in_context(rendering.document, quote, rendering.phrases)
    if not where or not quote.repeats:
        return NOTHING
    return element("p", rendering.link(where, rendering.address(quote.repeats)), attributes={"class": "context"})


def people_list(rendering: Rendering, people: PeopleList, *before: Markup) -> Markup:
    """Return the source's list of people as printed, with what each does here added.

    Their names lead to where they first speak.
    """
    first = outline.first_turns(rendering.document)
    entries = ((entry, person_named(rendering.document, entry.person)) for entry in people.entries)
    items = (
        element("li", _line_about(rendering, entry.line, person, first.get(person.id)), part_played(rendering, person))
        for entry, person in entries
    )
    return element("ul", *before, *items, attributes={"id": people.id})


def _line_about(rendering: Rendering, line: Sentence, person: Person, turn: NodeId | None) -> Markup:
    """Return a line about somebody; the name in it is the link, or else the whole line where it has none of its own."""
    plain = sentence_text(line)
    name = next((n for n in (person.name, *person.labels) if _begins_with(plain, n)), None)
    if not turn or any(isinstance(inline, Link) for inline in line.inlines):
        return sentence(rendering, line)
    if name and isinstance(line.inlines[0], Text) and len(line.inlines[0].value) >= len(name):
        after = (Text(line.inlines[0].value[len(name) :]), *line.inlines[1:])
        named = who(rendering, line.inlines[0].value[: len(name)], turn)
        return element("span", named, inlines(rendering, after), attributes={"id": line.id})
    whole = element("a", inlines(rendering, line.inlines), attributes={"href": rendering.address(turn)})
    return element("span", whole, attributes={"id": line.id})


def _begins_with(line: str, name: str) -> bool:
    """Tell whether a line begins with a name, letter for letter but for capitals, and no longer one."""
    return line[: len(name)].casefold() == name.casefold() and not line[len(name) : len(name) + 1].isalnum()


def who(rendering: Rendering, name: str, turn: NodeId | None) -> Markup:
    """Return a name that leads to where its bearer first speaks, if they do."""
    return element("a", text(name), attributes={"href": rendering.address(turn)}) if turn else text(name)


def part_played(rendering: Rendering, person: Person) -> Markup:
    """Return `` (host)``, and nothing where it is not known what somebody does here."""
    words = additions.part_played(rendering.phrases, person)
    return joined(text(" ("), rendering.added(words), text(")")) if words else NOTHING


# sections -----------------------------------------------------------------------------


def heading(rendering: Rendering, section: Section) -> Markup:
    """Return a section's own heading, or ours for its kind."""
    if section.heading:
        return inlines(rendering, section.heading)
    return rendering.added(section_heading(rendering.phrases, section.kind))


def section(rendering: Rendering, one: Section, level: int, *more: Markup) -> Markup:
    """Return a section under a heading of that level, its exchanges one level below, and ``more`` at its end."""
    return element(
        "section",
        Markup("\n"),
        lines(
            element(f"h{level}", heading(rendering, one), attributes={"id": f"{one.id}-heading"}),
            _body(rendering, one, level),
            *(section(rendering, inner, level + 1) for inner in one.subsections),
            *more,
        ),
        Markup("\n"),
        attributes={"id": one.id},
    )


def _body(rendering: Rendering, one: Section, level: int) -> Markup:
    exchanges = outline.exchanges(rendering.document, one)
    if not exchanges:
        return lines(*(block(rendering, b) for b in one.blocks))
    return lines(*(_exchange(rendering, exchange, level + 1) for exchange in exchanges))


def _exchange(rendering: Rendering, exchange: outline.Exchange, level: int) -> Markup:
    title = text(exchange_heading(rendering.phrases, exchange))
    first = next((one for one in exchange.blocks if isinstance(one, Turn)), None)
    marks = {"id": exchange.id, "class": "exchange", "data-bookmark": _bookmark(rendering, exchange),
             "data-who": _running_name(rendering, first)}  # fmt: skip
    head = element(f"h{level}", title, attributes={**marks})
    return lines(head, *(block(rendering, b) for b in exchange.blocks))


def _bookmark(rendering: Rendering, exchange: outline.Exchange) -> str | None:
    """Return what the PDF's bookmarks say of an exchange: its question too, which no page repeats."""
    if rendering.dialect != "print":
        return None
    return exchange_entry(rendering.phrases, exchange)


def own_heading(rendering: Rendering, words: str, anchor: str) -> Markup:
    """Return the heading of a part that the edition adds."""
    return element(f"h{rendering.top}", rendering.added(words), attributes={"id": anchor})


def notes(rendering: Rendering) -> Markup:
    """Return the notes of the source, each reached from its mark."""
    if not rendering.document.notes:
        return NOTHING
    head = own_heading(rendering, rendering.phrases.notes, "notes-heading")
    items = (
        element("div", *(block(rendering, p) for p in note.paragraphs), attributes={"id": note.id})
        for note in rendering.document.notes
    )
    return element("section", lines(head, *items), attributes={"id": "notes"})


def furniture(rendering: Rendering) -> Markup:
    """Return what stood on the web page and belongs to no conversation, set apart at the end."""
    if not rendering.outline.furniture:
        return NOTHING
    note = element("p", rendering.added(rendering.phrases.furniture_note), attributes={"class": "note"})
    parts = (
        element("div", *(block(rendering, b) for b in one.blocks), attributes={"id": one.id})
        for one in rendering.outline.furniture
    )
    head = own_heading(rendering, rendering.phrases.furniture, "furniture-heading")
    return element("section", lines(head, note, *parts), attributes={"id": "from-the-page"})
