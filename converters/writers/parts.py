"""The parts that markup editions add to a conversation: title, at a glance, contents, help, about."""

import msgspec

from converters import outline
from converters.addresses import followable
from converters.document import Inlines, NodeId, PeopleList, Person, Section, Text
from converters.headings import exchange_entry, section_heading
from converters.traverse import plain_text
from converters.writers import WriteContext, additions
from converters.writers.accessibility import check_of, evaluated
from converters.writers.additions import Fact
from converters.writers.markup import NOTHING, Markup, element, joined, lines, text
from converters.writers.xhtml import (
    Rendering,
    block,
    inlines,
    notes,
    own_heading,
    part_played,
    people_list,
    section,
    who,
)


class Entry(msgspec.Struct, frozen=True):
    """A line of the contents: what it says, where it leads, and the lines below it.

    ``words`` is text of ours, or the inlines of a heading that the source has. An
    exchange has no heading in the source, and is one of many. ``anchor`` is the id of
    the line itself, where it has one.
    """

    words: str | Inlines
    target: str
    entries: tuple["Entry", ...] = ()
    is_exchange: bool = False
    anchor: str | None = None


def entry_link(rendering: Rendering, entry: Entry) -> Markup:
    """Return the link of a line of the contents."""
    href = rendering.address(entry.target)
    if isinstance(entry.words, str):
        return rendering.link(entry.words, href, anchor=entry.anchor)
    return element("a", inlines(rendering, entry.words), attributes={"href": href, "id": entry.anchor})


def entry_text(entry: Entry) -> str:
    """Return the words of a line of the contents, for places that take no markup."""
    return entry.words if isinstance(entry.words, str) else plain_text(entry.words)


# title and at a glance ----------------------------------------------------------------


def title_block(rendering: Rendering) -> Markup:
    """Return the title with show, date and page where they are known."""
    return lines(element("h1", text(rendering.title), attributes={"id": "title"}), facts(rendering))


def facts(rendering: Rendering) -> Markup:
    """Return show, date, page and recording, a line each, where they are known."""
    found = additions.facts(rendering.document, rendering.phrases)
    return lines(*(element("p", _fact(rendering, fact), attributes={"class": "fact"}) for fact in found))


def _fact(rendering: Rendering, fact: Fact) -> Markup:
    """Return a line of ours; its value is the link where it leads somewhere that is safe to go."""
    href = followable(fact.href) if fact.href else None
    if not fact.value:
        return rendering.added(fact.before)
    if not fact.before:
        return rendering.link(fact.value, href) if href else rendering.added(fact.value)
    value = element("a", text(fact.value), attributes={"href": href}) if href else text(fact.value)
    return rendering.added_round(fact.before, value, fact.after)


def at_a_glance(rendering: Rendering) -> Markup:
    """Return what the episode is, how long it is, and who takes part, in the source's own words where it has them."""
    told = (additions.what_it_is, additions.length)
    words = rendering.added(" ".join(tell(rendering.document, rendering.phrases) for tell in told))
    return element(
        "section",
        Markup("\n"),
        lines(
            element("h2", rendering.added(rendering.phrases.at_a_glance), attributes={"id": "at-a-glance-heading"}),
            *(_within(rendering, one) for one in rendering.outline.summaries),
            element("p", words, attributes={"class": "length"}),
            _people(rendering),
        ),
        Markup("\n"),
        attributes={"id": "at-a-glance"},
    )


def _within(rendering: Rendering, one: Section) -> Markup:
    return element("div", lines(*(block(rendering, b) for b in one.blocks)), attributes={"id": one.id})


def _people(rendering: Rendering) -> Markup:
    """Return who takes part: the source's own list, begun with those whom it leaves out."""
    first = outline.first_turns(rendering.document)
    others = tuple(
        element("li", _described(rendering, person, first.get(person.id)), part_played(rendering, person))
        for person in outline.unlisted(rendering.document)
    )
    sections = rendering.outline.people_sections
    if not others and not sections:
        return NOTHING
    anchor = f"{sections[0].id}-heading" if sections else None
    head = element("h3", rendering.added(rendering.phrases.takes_part), attributes={"id": anchor})
    if not sections:
        return lines(head, element("ul", *others))
    return lines(head, _listed(rendering, sections[0], others), *(_listed(rendering, s, ()) for s in sections[1:]))


def _described(rendering: Rendering, person: Person, turn: NodeId | None) -> Markup:
    """Return a name, which leads to where its bearer first speaks, and what is said of them."""
    return joined(who(rendering, person.name, turn), text(outline.described(person).removeprefix(person.name)))


def _listed(rendering: Rendering, one: Section, others: tuple[Markup, ...]) -> Markup:
    parts: list[Markup] = []
    for b in one.blocks:
        parts.append(people_list(rendering, b, *others) if isinstance(b, PeopleList) else block(rendering, b))
        others = ()
    return element("div", lines(*parts), attributes={"id": one.id})


# contents -------------------------------------------------------------------------------


def contents(rendering: Rendering) -> tuple[Entry, ...]:
    """Return the parts of the edition in reading order, the conversation with its exchanges."""
    phrases, shape = rendering.phrases, rendering.outline
    entries = [Entry(phrases.at_a_glance, "at-a-glance")]
    entries += [_section_entry(rendering, one) for one in shape.body]
    if not additions.last_statement(rendering.document):
        entries.append(Entry(phrases.accessibility, "help"))
    if rendering.document.notes:
        entries.append(Entry(phrases.notes, "notes"))
    entries.append(Entry(phrases.about, "about"))
    if shape.furniture:
        entries.append(Entry(phrases.furniture, "from-the-page"))
    return tuple(msgspec.structs.replace(entry, anchor=f"nav-{entry.target}") for entry in entries)


def _section_entry(rendering: Rendering, one: Section) -> Entry:
    exchanges = outline.exchanges(rendering.document, one)
    inner = tuple(_exchange_entry(rendering, exchange) for exchange in exchanges)
    below = tuple(_section_entry(rendering, subsection) for subsection in one.subsections)
    return Entry(one.heading or section_heading(rendering.phrases, one.kind), one.id, inner + below)


def _exchange_entry(rendering: Rendering, exchange: outline.Exchange) -> Entry:
    words = exchange_entry(rendering.phrases, exchange)
    return Entry((Text(words),), exchange.id, is_exchange=True)


def contents_list(rendering: Rendering, entries: tuple[Entry, ...]) -> Markup:
    """Return nested lists of links. EPUB asks for ``ol`` (EPUB 3.3 §5.4.1.2); elsewhere our numbers are enough."""
    return element(
        "ol" if rendering.dialect in {"epub", "ebraille"} else "ul",
        *(_contents_item(rendering, entry) for entry in entries),
    )


def _contents_item(rendering: Rendering, entry: Entry) -> Markup:
    link = entry_link(rendering, entry)
    return element("li", link, contents_list(rendering, entry.entries) if entry.entries else NOTHING)


# help and about ----------------------------------------------------------------------------


def body_sections(rendering: Rendering, context: WriteContext) -> tuple[tuple[str, Markup], ...]:
    """Return the sections of the episode with their ids, and then how to get help.

    The ways to get in touch stand under the source's own statement, or else under
    the show's.
    """
    statement = additions.last_statement(rendering.document)
    found: list[tuple[str, Markup]] = []
    for one in rendering.outline.body:
        more = help_lines(rendering, context) if one is statement else ()
        found.append((one.id, section(rendering, one, rendering.top, *more)))
    if not statement:
        found.append(("help", _help_section(rendering, context)))
    if rendering.document.notes:
        found.append(("notes", notes(rendering)))
    return tuple(found)


def _help_section(rendering: Rendering, context: WriteContext) -> Markup:
    paragraphs = (element("p", text(words)) for words in additions.statement_paragraphs(context.options.show))
    head = own_heading(rendering, rendering.phrases.accessibility, "help-heading")
    content = lines(head, *paragraphs, *help_lines(rendering, context))
    return element("section", content, attributes={"id": "help"})


def help_lines(rendering: Rendering, context: WriteContext) -> tuple[Markup, ...]:
    """Return how to get help, report a problem or ask for another format, and the other editions."""
    contact = context.options.show.contact
    words = _fact(rendering, additions.help_introduction(rendering.document, context.options.show, rendering.phrases))
    intro = element("p", words, attributes={"id": "help-intro" if contact.ways else "help-none"})
    ways = (
        element("li", _fact(rendering, way), attributes={"id": f"help-way-{number}"})
        for number, way in enumerate(additions.contact_ways(contact, rendering.phrases), 1)
    )
    listed = element("ul", *ways) if contact.ways else NOTHING
    return (intro, listed, *_editions(rendering, context))


def _editions(rendering: Rendering, context: WriteContext) -> tuple[Markup, ...]:
    """Return the other editions of this command; a link only where it leads to a file beside it.

    A page folds several behind one line, so that a keyboard's stops stay few.
    """
    named = {"print": "pdf", "fragment": "html-fragment", "audiobook": "lpf"}
    own = named.get(rendering.dialect, rendering.dialect)
    others = additions.other_editions(rendering.document, context, own)
    if not others:
        return ()
    items = (element("li", _edition(rendering, edition)) for edition in others)
    words, listed = rendering.added(rendering.phrases.other_editions), element("ul", *items)
    if own == "html" and len(others) > 1:
        return (element("details", element("summary", words), listed),)  # with the toolbar, the stops stay twelve
    return (element("p", words), listed)


def _edition(rendering: Rendering, edition: additions.Edition) -> Markup:
    if rendering.dialect == "html":
        return rendering.link(edition.words, edition.file_name)
    return joined(rendering.added(edition.words), text(f": {edition.file_name}"))


def about(rendering: Rendering, context: WriteContext) -> Markup:
    """Return what made this edition and what was added to the transcript."""
    said = (*additions.about_lines(context), *_checked(rendering, context))
    paragraphs = (element("p", rendering.added(words)) for words in said)
    head = own_heading(rendering, rendering.phrases.about, "about-heading")
    return element("section", lines(head, *paragraphs), attributes={"id": "about"})


def _checked(rendering: Rendering, context: WriteContext) -> tuple[str, ...]:
    """Return who checked editions like this one, nothing where nobody has."""
    own = {"html": "html", "epub": "epub", "print": "pdf"}.get(rendering.dialect)
    check = check_of(context, own) if own else None
    return (evaluated(check, rendering.phrases),) if check else ()
