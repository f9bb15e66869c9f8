"""What the Word edition adds to a conversation: title, at a glance, contents, help, about, what stood on the page."""

from collections.abc import Iterator
from typing import Final

from converters import outline
from converters.document import PeopleList
from converters.outline import shortened
from converters.writers import WriteContext, additions
from converters.writers.additions import Fact
from converters.writers.docx_body import TOP, Body, block, people_list, person_line
from converters.writers.docx_styles import LEVELS, Letters
from converters.writers.docx_text import Span, spans
from converters.writers.markup import NOTHING, Markup, element, joined, void
from converters.writers.parts import Entry, contents
from converters.writers.xhtml import Rendering

LONGEST_HEAD: Final = 40
"""Letters of a title in the running head: in the largest sizes they are two lines."""

_FIELD: Final = f' TOC \\o "1-{LEVELS}" \\h \\z '
"""All headings down to the deepest, as links, without page numbers on screens that have no pages (§17.16.5.68)."""


def title_block(body: Body, title: str) -> Markup:
    """Return the title with show, date, page and recording, where they are known."""
    told = additions.facts(body.document, body.phrases)
    return joined(
        body.pen.paragraph("Title", [Span(title)], ("title",)),
        *(body.ours_in("Subtitle", fact(body, one)) for one in told),
    )


def head(body: Body, title: str) -> Markup:
    """Return the words of the running head."""
    return body.pen.runs([Span(shortened(title, LONGEST_HEAD))])


def fact(body: Body, one: Fact) -> Iterator[Span]:
    """Yield a line of ours; its value is in the language of the document, and the link where it leads anywhere."""
    like = Span() if one.before or one.after else body.ours
    yield body.ours.saying(one.before)
    yield (like.leading_out(one.href) if one.href else like).saying(one.value)
    yield body.ours.saying(one.after)


def at_a_glance(body: Body) -> Markup:
    """Return what the episode is, how long it is, and who takes part."""
    shape = outline.outline(body.document)
    told = (additions.what_it_is, additions.length)
    words = " ".join(tell(body.document, body.phrases) for tell in told)
    return joined(
        body.heading(TOP, body.phrases.at_a_glance, "at-a-glance", *(one.id for one in shape.summaries)),
        *(block(body, b) for one in shape.summaries for b in one.blocks),
        body.added(words),
        *_people(body),
    )


def _people(body: Body) -> Iterator[Markup]:
    """Yield who takes part: those whom the source's own list leaves out, and then that list."""
    others, listed = outline.unlisted(body.document), outline.outline(body.document).people_sections
    if not others and not listed:
        return
    yield body.heading(TOP + 1, body.phrases.takes_part, *(one.id for one in listed))
    yield from (person_line(body, person) for person in others)
    for b in (b for one in listed for b in one.blocks):
        yield people_list(body, b) if isinstance(b, PeopleList) else block(body, b)


# contents ---------------------------------------------------------------------------------


def contents_field(body: Body, title: str, *, notes: bool) -> Markup:
    """Return the contents: one field over all its lines. ``notes`` tells whether there is a section of notes."""
    rendering = Rendering(body.document, title, body.phrases, str, "print")
    entries = [entry for entry in contents(rendering) if notes or entry.target != "notes"]
    lines = tuple(pair for entry in entries for pair in _flat(entry, 1))
    begin = (_character("begin"), element("w:r", _code()), _character("separate"))
    return joined(
        body.pen.paragraph("TOCHeading", [body.ours.saying(body.phrases.contents)], ("contents",)),
        *(
            body.pen.paragraph(
                f"TOC{min(level, LEVELS)}",
                _words(body, entry),
                before=joined(*begin) if not number else NOTHING,
                after=_character("end") if number == len(lines) - 1 else NOTHING,
            )
            for number, (level, entry) in enumerate(lines)
        ),
    )


def _flat(entry: Entry, level: int) -> Iterator[tuple[int, Entry]]:
    yield level, entry
    for inner in entry.entries:
        yield from _flat(inner, level + 1)


def _words(body: Body, entry: Entry) -> Iterator[Span]:
    """Yield a line of the contents, without the links that a heading may have of its own."""
    words = [body.ours.saying(entry.words)] if isinstance(entry.words, str) else spans(entry.words)
    for one in words:
        yield Span(one.words, Letters((), one.letters.language))


def _character(kind: str) -> Markup:
    return element("w:r", void("w:fldChar", {"w:fldCharType": kind}))


def _code() -> Markup:
    return element("w:instrText", Markup(_FIELD.replace('"', "&quot;")), attributes={"xml:space": "preserve"})


# help, about, the page ----------------------------------------------------------------------


def help_section(body: Body, context: WriteContext) -> Markup:
    """Return the show's own statement and how to get help, for an episode whose source has no statement."""
    said = additions.statement_paragraphs(context.options.show)
    return joined(
        body.heading(TOP, body.phrases.accessibility, "help"),
        *(body.pen.paragraph("EditionNote", [Span(words)]) for words in said),
        help_lines(body, context),
    )


def help_lines(body: Body, context: WriteContext) -> Markup:
    """Return how to get help, report a problem or ask for another format, and the other editions."""
    show, phrases = context.options.show, body.phrases
    intro = "help-intro" if show.contact.ways else "help-none"
    introduction = fact(body, additions.help_introduction(body.document, show, phrases))
    others = additions.other_editions(body.document, context, "docx")
    editions = ([body.ours.saying(one.words), Span(f": {one.file_name}")] for one in others)
    return joined(
        body.ours_in("EditionNote", introduction, intro),
        *(
            body.ours_in("EditionList", fact(body, way), f"help-way-{number}")
            for number, way in enumerate(additions.contact_ways(show.contact, phrases), 1)
        ),
        body.added(phrases.other_editions) if others else NOTHING,
        *(body.ours_in("EditionList", edition) for edition in editions),
    )


def about(body: Body, context: WriteContext) -> Markup:
    """Return in which language the transcript is, what made this edition, and what was added."""
    language = body.phrases.language_line.format(tag=body.document.metadata.language)
    lines = (language, *additions.about_lines(context))
    return joined(body.heading(TOP, body.phrases.about, "about"), *map(body.added, lines))


def furniture(body: Body) -> Markup:
    """Return what stood on the web page and belongs to no conversation."""
    sections = outline.outline(body.document).furniture
    if not sections:
        return NOTHING
    return joined(
        body.heading(TOP, body.phrases.furniture, "from-the-page", *(one.id for one in sections)),
        body.added(body.phrases.furniture_note),
        *(block(body, b) for one in sections for b in one.blocks),
    )
