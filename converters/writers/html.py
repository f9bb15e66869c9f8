"""The web page: one file, complete without a network, without CSS and without JavaScript.

Read aloud it plays the audio that lies beside it, in step with the text (``read_along``);
without a narration it has no script at all.
"""

from converters.document import Document
from converters.stylesheets import stylesheet
from converters.version import TOOL
from converters.writers import Artifact, WriteContext, additions, read_along, writer_named
from converters.writers.markup import Markup, element, lines, text
from converters.writers.page_contents import page_contents, skip
from converters.writers.parts import about, at_a_glance, body_sections, title_block
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
            element("header", lines(skip(rendering), title_block(rendering))),
            read_along.player(rendering, context),
            page_contents(rendering),
            element("main", lines(at_a_glance(rendering), *sections)),
            element("footer", lines(about(rendering, context), furniture(rendering))),
            read_along.machinery(context),
        ),
        Markup("\n"),
    )
