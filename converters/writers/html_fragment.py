"""The conversation as a fragment for a web site's own page: plain HTML without style or script.

It is pasted into a post of WordPress (a Custom HTML block, or the text tab of the classic editor) or of another
system, and must come out of its filters as it went in. So it has only elements and attributes that WordPress's
``wp_kses_post`` keeps from authors whom it does not trust with more, classes that begin with our name, so that no theme
means others by them, and text that WordPress does not rewrite (``wordpress_text``). The post has the ``h1``: ours begin
at ``h2``. The ids are those of every edition.

The fragment comes with a style sheet, which a site may take in or leave; nothing depends on it.
"""

import re
from typing import Final

from converters.document import Document
from converters.stylesheets import stylesheet
from converters.version import TOOL
from converters.writers import Artifact, WriteContext, writer_named
from converters.writers.markup import Markup, element, lines
from converters.writers.page_contents import page_contents, skip
from converters.writers.parts import about, at_a_glance, body_sections, facts
from converters.writers.wordpress_text import left_alone, without_brackets
from converters.writers.xhtml import Rendering, furniture, root_attributes

NAME: Final = "curbcut"
"""The class of the whole fragment, and how the classes in it begin."""

_TAG: Final = re.compile(r"(<[^>]*>)")
_CLASSES: Final = re.compile(r'(?<= class=")[^"]*')


def write_html_fragment(document: Document, context: WriteContext) -> tuple[Artifact, ...]:
    """Return the fragment, and its style sheet."""
    rendering = Rendering(
        document, context.title, context.phrases, "#{}".format, "fragment", blocks=context.options.blocks
    )
    row = writer_named("html-fragment")
    style = Artifact(f"{context.slug}-fragment.css", "text/css", stylesheet("fragment.css").encode("utf-8"))
    content = pasted(_whole(rendering, _inside(rendering, context))) + "\n"
    return (Artifact(row.file_name(context.slug), row.media_type, content.encode("utf-8")), style)


def _whole(rendering: Rendering, content: Markup) -> Markup:
    """Return the fragment. The title is the post's to show; whoever reads a fragment back finds it here."""
    marks = {"data-made-by": TOOL, "data-title": rendering.title}
    language = root_attributes(rendering.document.metadata.language)
    return element("div", Markup("\n"), content, Markup("\n"), attributes={"class": "", **marks, **language})


def _inside(rendering: Rendering, context: WriteContext) -> Markup:
    """Return the parts in the order of the page, without player, header, footer or main: these are the post's."""
    to_conversation = skip(rendering)
    sections = (markup for _, markup in body_sections(rendering, context))
    return lines(
        element("p", to_conversation) if to_conversation else to_conversation,
        facts(rendering),
        page_contents(rendering),
        at_a_glance(rendering),
        *sections,
        about(rendering, context),
        furniture(rendering),
    )


def pasted(markup: Markup) -> str:
    """Return markup as a post may have it: classes under our name, and text that is left alone."""
    parts = _TAG.split(markup)
    parts[::2] = map(left_alone, parts[::2])
    parts[1::2] = (_CLASSES.sub(_ours, without_brackets(tag)) for tag in parts[1::2])
    return "".join(parts)


def _ours(classes: re.Match[str]) -> str:
    return " ".join(f"{NAME}-{name}" for name in classes[0].split()) or NAME
