"""The web page: one file, complete without a network, without CSS and without JavaScript.

Read aloud it plays the audio that lies beside it, in step with the text (``read_along``);
without a narration it has no script at all.
"""

from collections.abc import Iterator

from converters.document import Document
from converters.stylesheets import stylesheet
from converters.version import TOOL
from converters.writers import Artifact, WriteContext, additions, read_along, writer_named
from converters.writers.markup import NOTHING, Markup, element, lines, text
from converters.writers.parts import (
    Entry,
    about,
    at_a_glance,
    body_sections,
    contents,
    contents_list,
    title_block,
)
from converters.writers.xhtml import Rendering, furniture, meta, root_attributes


def write_html(document: Document, context: WriteContext) -> tuple[Artifact, ...]:
    """Return the page as one artifact."""
    rendering = Rendering(document, context.title, context.phrases, "#{}".format, "html", blocks=context.options.blocks)
    row = writer_named("html")
    page = "<!DOCTYPE html>\n" + _root(rendering, context) + "\n"
    return (Artifact(row.file_name(context.slug), row.media_type, page.encode("utf-8")),)


def _root(rendering: Rendering, context: WriteContext) -> Markup:
    marks = root_attributes(rendering.document.metadata.language)
    return element("html", lines(_head(rendering, context), _body(rendering, context)), attributes=marks)


def _head(rendering: Rendering, context: WriteContext) -> Markup:
    player_style = (read_along.STYLE,) if read_along.audio_file(context) else ()
    style = stylesheet("tokens.css", "screen.css", *player_style)
    show = rendering.document.metadata.show
    title = f"{rendering.title} – {show}" if show else rendering.title
    return element(
        "head",
        lines(
            Markup('<meta charset="utf-8">'),
            Markup('<meta name="viewport" content="width=device-width, initial-scale=1">'),
            element("title", text(title)),
            *(
                _unclosed(meta(name, content))
                for name, content in (
                    ("description", additions.length(rendering.document, rendering.phrases)),
                    ("keywords", ", ".join(rendering.document.metadata.subjects)),
                    ("generator", TOOL),
                )
                if content
            ),
            element("style", Markup(style)),
        ),
    )


def _unclosed(void_element: Markup) -> Markup:
    """Return a void element as HTML writes it: a slash there means nothing (HTML §13.1.2.1)."""
    return Markup(void_element.removesuffix("/>") + ">")


def _body(rendering: Rendering, context: WriteContext) -> Markup:
    sections = (markup for _, markup in body_sections(rendering, context))
    return element(
        "body",
        Markup("\n"),
        lines(
            element("header", lines(_skip(rendering), title_block(rendering))),
            read_along.player(rendering, context),
            _contents(rendering),
            element("main", lines(at_a_glance(rendering), *sections)),
            element("footer", lines(about(rendering, context), furniture(rendering))),
            read_along.machinery(context),
        ),
        Markup("\n"),
    )


def _skip(rendering: Rendering) -> Markup:
    """Return the first stop of the page: a link to the conversation."""
    conversation = rendering.outline.conversation
    if not conversation:
        return NOTHING
    return rendering.link(rendering.phrases.skip_to_conversation, rendering.address(conversation.id), "skip")


def _contents(rendering: Rendering) -> Markup:
    """Return the contents, folded away behind one line that says how much there is: few stops lie before the text."""
    head = element("h2", rendering.added(rendering.phrases.contents), attributes={"id": "contents"})
    entries = contents(rendering)
    summary = element("summary", rendering.added(_how_much(rendering, entries)))
    folded = element("details", summary, contents_list(rendering, entries))
    return element("nav", head, folded, attributes={"aria-labelledby": "contents"})


def _how_much(rendering: Rendering, entries: tuple[Entry, ...]) -> str:
    """Return how many parts the contents list, and how many exchanges."""
    phrases = rendering.phrases
    exchanges = sum(entry.is_exchange for entry in _every(entries))
    parts = phrases.parts.format(count=len(entries))
    return f"{parts}, {phrases.exchanges.format(count=exchanges)}" if exchanges else parts


def _every(entries: tuple[Entry, ...]) -> Iterator[Entry]:
    for entry in entries:
        yield entry
        yield from _every(entry.entries)
