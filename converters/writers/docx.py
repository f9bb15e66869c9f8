"""The Word edition: real styles and nothing formatted by hand, for readers who make a file their own.

In reading order: title and facts, at a glance, contents, the sections, how to get help, about. The contents is a
field of Word's with its lines already in it. They lead to their headings and have no page numbers: those depend on each
reader's size of type, and a wrong number is worse than none. A reader who updates the field has them;
nothing asks to be updated when the file is opened.
"""

import itertools
from collections.abc import Iterator

from converters import outline
from converters.document import Document, Note
from converters.version import TOOL
from converters.writers import Artifact, WriteContext, additions, docx_parts, writer_named
from converters.writers.accessibility import Holds, access, text_summary
from converters.writers.docx_added import (
    about,
    at_a_glance,
    contents_field,
    furniture,
    head,
    help_lines,
    help_section,
    title_block,
)
from converters.writers.docx_body import TOP, Body, section
from converters.writers.docx_look import look
from converters.writers.docx_package import Parts, Properties, packed
from converters.writers.docx_styles import styles
from converters.writers.docx_text import Pen, sentence_spans
from converters.writers.docx_theme import theme
from converters.writers.markup import NOTHING, Markup, joined
from converters.writers.origin import as_custom


def write_docx(document: Document, context: WriteContext) -> tuple[Artifact, ...]:
    """Return the file; equal episodes give equal bytes."""
    row = writer_named("docx")
    metadata = document.metadata
    properties = Properties(
        context.title, metadata.language, metadata.show or "", ", ".join(metadata.subjects), context.modified, TOOL,
        (*as_custom(context, "docx"), *_use(context)),
    )  # fmt: skip
    return (Artifact(row.file_name(context.slug), row.media_type, packed(_parts(document, context), properties)),)


def _use(context: WriteContext) -> tuple[tuple[str, str], ...]:
    """Return how the file can be used, without the summary: Office keeps 255 characters of a property."""
    properties = access(Holds(reflows=True), text_summary(context, "docx")).properties
    return tuple((name, value) for name, value in properties if name != "accessibilitySummary")


def _parts(document: Document, context: WriteContext) -> Parts:
    language, dials = document.metadata.language, look(context.options.large_print)
    pen = Pen(language, (note.id for note in document.notes))
    body = Body(document, context.phrases, pen, context.options.blocks)
    text = _text(body, context)
    header = docx_parts.header(head(body, context.title))
    notes = Pen(language)
    told = [(pen.noted[n.id], _note(notes, n)) for n in document.notes if n.id in pen.noted]
    return Parts(
        document=docx_parts.document(text, dials, language),
        styles=styles(language, dials, (*pen.letters, *notes.letters), pen.turned_round),
        numbering=docx_parts.bullets(dials),
        settings=docx_parts.settings(dials, noted=bool(told)),
        fonts=docx_parts.typefaces(dials),
        theme=theme(dials),
        header=header,
        footer=docx_parts.footer(),
        footnotes=docx_parts.footnotes(told) if told else None,
        links=pen.links,
        note_links=notes.links,
    )


def _text(body: Body, context: WriteContext) -> Markup:
    """Return the whole text; the contents is written last, when it is known which notes no mark leads to."""
    first = joined(title_block(body, context.title), at_a_glance(body))
    last = joined(*_sections(body, context))
    noted = _notes(body)
    listed = contents_field(body, context.title, notes=bool(noted))
    return joined(first, listed, last, noted, about(body, context), furniture(body))


def _sections(body: Body, context: WriteContext) -> Iterator[Markup]:
    """Yield the sections; the ways to get in touch stand under the source's own statement, or else the show's."""
    statement = additions.last_statement(body.document)
    for one in outline.outline(body.document).body:
        yield section(body, one)
        if one is statement:
            yield help_lines(body, context)
    if not statement:
        yield help_section(body, context)


def _notes(body: Body) -> Markup:
    """Return the notes that no mark in the text leads to; the others are Word's own footnotes."""
    others = [note for note in body.document.notes if note.id not in body.pen.noted]
    if not others:
        return NOTHING
    paragraphs = (
        body.pen.paragraph("FootnoteText", sentence_spans(p.sentences), () if number else (note.id,))
        for note in others
        for number, p in enumerate(note.paragraphs)
    )
    return joined(body.heading(TOP, body.phrases.notes, "notes"), *paragraphs)


def _note(pen: Pen, note: Note) -> Markup:
    """Return the paragraphs of a footnote, the first with its mark."""
    marks = itertools.chain((docx_parts.mark(),), itertools.repeat(NOTHING))
    paragraphs = zip(note.paragraphs, marks, strict=False)
    return joined(*(pen.paragraph("FootnoteText", sentence_spans(p.sentences), before=mark) for p, mark in paragraphs))
