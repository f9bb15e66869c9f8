"""The web page: one file, complete without a network, without CSS and without JavaScript.

With JavaScript it has a toolbar (``toolbar``), a module a tool. Read aloud it plays the
audio that lies beside it, in step with the text (``read_along``).
"""

from converters.document import Document
from converters.stylesheets import stylesheet
from converters.traverse import sentence_text, sentences
from converters.version import TOOL
from converters.writers import (
    Artifact,
    WriteContext,
    additions,
    find_in_page,
    one_person,
    origin,
    place_kept,
    read_along,
    reading_settings,
    typeface,
    writer_named,
)
from converters.writers.accessibility import Access, Holds, access, text_summary
from converters.writers.heard import is_wholly_heard, sound_summary
from converters.writers.markup import NOTHING, Markup, element, lines, meta, text, unclosed, void
from converters.writers.page_contents import page_contents, skip
from converters.writers.parts import about, at_a_glance, body_sections, title_block
from converters.writers.toolbar import Tool, scripts, toolbar
from converters.writers.xhtml import Rendering, furniture, root_attributes


def write_html(document: Document, context: WriteContext) -> tuple[Artifact, ...]:
    """Return the page as one artifact."""
    rendering = Rendering(document, context.title, context.phrases, "#{}".format, "html", blocks=context.options.blocks)
    row = writer_named("html")
    face = typeface.face(_letters(rendering))
    tools = _tools(rendering, context, has_typeface=face is not None)
    page = "<!DOCTYPE html>\n" + _root(rendering, context, tools, face) + "\n"
    use = _access(rendering, context, tools).properties
    return (Artifact(row.file_name(context.slug), row.media_type, page.encode("utf-8"), access=use),)


def _letters(rendering: Rendering) -> str:
    """Return the words that tell which letters the page is in: the title and the episode."""
    spoken = (sentence_text(one) for part in rendering.document.sections for one in sentences(part))
    return " ".join((rendering.title, *spoken))


def _tools(rendering: Rendering, context: WriteContext, *, has_typeface: bool) -> tuple[Tool, ...]:
    """Return the tools of this page, in the order of their buttons."""
    offered = (
        read_along.tool(rendering, context),
        find_in_page.tool(rendering),
        one_person.tool(rendering),
        reading_settings.tool(rendering, has_typeface=has_typeface),
    )
    return tuple(tool for tool in offered if tool)


def _root(rendering: Rendering, context: WriteContext, tools: tuple[Tool, ...], face: str | None) -> Markup:
    marks = root_attributes(rendering.document.metadata.language)
    return element(
        "html", lines(_head(rendering, context, tools, face), _body(rendering, context, tools)), attributes=marks
    )


def _head(rendering: Rendering, context: WriteContext, tools: tuple[Tool, ...], face: str | None) -> Markup:
    styles = dict.fromkeys(name for tool in tools for name in tool.styles)
    style = stylesheet("tokens.css", "screen.css", "toolbar.css", *styles)
    show = rendering.document.metadata.show
    title = f"{rendering.title} – {show}" if show else rendering.title
    return element(
        "head",
        lines(
            Markup('<meta charset="utf-8">'),
            Markup('<meta name="viewport" content="width=device-width, initial-scale=1">'),
            element("title", text(title)),
            *(
                unclosed(meta(name, content))
                for name, content in (
                    ("description", additions.length(rendering.document, rendering.phrases)),
                    ("keywords", ", ".join(rendering.document.metadata.subjects)),
                    ("generator", TOOL),
                    *origin.as_meta(context, "html"),
                )
                if content
            ),
            *(unclosed(_property(name, value)) for name, value in _access(rendering, context, tools).terms),
            element("style", Markup(style)),
            element("style", Markup(face)) if face else NOTHING,
        ),
    )


def _access(rendering: Rendering, context: WriteContext, tools: tuple[Tool, ...]) -> Access:
    """Return how the page can be used: what it plays lies beside it."""
    narration = context.narration if any(tool.name == "listen" for tool in tools) else None
    if narration is None:
        return access(Holds(roles=True, reflows=True, contrast=True), text_summary(context, "html"))
    is_whole = is_wholly_heard(rendering.document, narration)
    holds = Holds(
        heard="wholly" if is_whole else "in part", in_step=True, recorded=narration.timeline == "recording",
        roles=True, reflows=True, contrast=True,
    )  # fmt: skip
    return access(holds, text_summary(context, "html", sound_summary(context.phrases, narration, is_whole=is_whole)))


def _property(name: str, value: str) -> Markup:
    """Return a property of the page itself (RDFa Lite 1.1); the prefix is one that every program knows."""
    return void("meta", {"property": name, "content": value})


def _body(rendering: Rendering, context: WriteContext, tools: tuple[Tool, ...]) -> Markup:
    sections = (markup for _, markup in body_sections(rendering, context))
    return element(
        "body",
        Markup("\n"),
        lines(
            element("header", lines(skip(rendering), title_block(rendering), place_kept.offer(rendering))),
            reading_settings.early(),  # the title can be read by then, and nothing is drawn yet
            toolbar(rendering, tools),
            page_contents(rendering),
            element("main", lines(at_a_glance(rendering), *sections)),
            element("footer", lines(about(rendering, context), furniture(rendering))),
            scripts(tools, place_kept.SCRIPT),
        ),
        Markup("\n"),
    )
