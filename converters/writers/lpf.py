"""A W3C Audiobook in one file: the pieces of the narration, a manifest, and a page with contents and transcript.

The package is a zip (Lightweight Packaging Format, https://www.w3.org/TR/lpf/): ``publication.json``, the
entry page ``index.html``, the cover, and the sound. Whoever has no player for it unpacks it and opens the page.
No sentence is in step with the sound: the W3C has only a draft for that, and few players know it.
"""

import zipfile
from collections.abc import Iterator
from typing import IO, Final

import msgspec

from converters.cover import cover
from converters.document import Document
from converters.errors import SavingError
from converters.stylesheets import stylesheet
from converters.writers import Artifact, WriteContext, writer_named
from converters.writers.lpf_manifest import AUDIO, COVER, ENTRY_PAGE, is_ours, manifest
from converters.writers.markup import NOTHING, Markup, element, lines, meta, text, unclosed, void
from converters.writers.origin import as_meta
from converters.writers.page_contents import skip
from converters.writers.parts import about, at_a_glance, body_sections, title_block
from converters.writers.piece_files import PieceFile, piece_files
from converters.writers.xhtml import Rendering, furniture, root_attributes
from converters.writers.zip_entries import entry

MANIFEST: Final = "publication.json"


def write_lpf(document: Document, context: WriteContext) -> tuple[Artifact, ...]:
    """Return the package as a finished file. Raises ``SavingError`` where there is no room for it."""
    row = writer_named("lpf")
    path = context.staging / row.file_name(context.slug)
    files = piece_files(document, context)
    try:
        with path.open("wb") as target:
            _pack(target, document, context, files)
    except OSError as error:
        raise SavingError(f"{path}: {error.strerror}. Make room and try again.") from error
    return (Artifact(path.name, row.media_type, path),)


def _pack(target: IO[bytes], document: Document, context: WriteContext, files: tuple[PieceFile, ...]) -> None:
    """Write what is text compressed, and what is compressed already as it is (LPF §3.3), sound bit by bit."""
    show = document.metadata.show or context.options.show.name
    picture = cover(context.title, (show,) if show else (), document.metadata.language)
    with zipfile.ZipFile(target, "w") as package:
        told = manifest(document, context, files, has_cover=picture is not None)
        package.writestr(entry(MANIFEST, context.modified, zipfile.ZIP_DEFLATED), told)
        page = _page(document, context, files).encode("utf-8")
        package.writestr(entry(ENTRY_PAGE, context.modified, zipfile.ZIP_DEFLATED), page)
        if picture:
            package.writestr(entry(COVER, context.modified, zipfile.ZIP_STORED), picture)
        for file in files:
            place = entry(f"{AUDIO}/{file.name}", context.modified, zipfile.ZIP_STORED)
            place.file_size = file.piece.size
            with package.open(place, "w") as stream:
                file.piece.copy_to(stream)


# the entry page ---------------------------------------------------------------------------------


class _Entry(msgspec.Struct, frozen=True):
    """A line of the contents: a chapter, where it is heard, and the chapters inside it."""

    title: str
    href: str
    inner: tuple["_Entry", ...] = ()


def _page(document: Document, context: WriteContext, files: tuple[PieceFile, ...]) -> str:
    rendering = Rendering(
        document, context.title, context.phrases, "#{}".format, "audiobook", blocks=context.options.blocks
    )
    marks = root_attributes(document.metadata.language)
    whole = element("html", lines(_head(rendering, context), _body(rendering, context, files)), attributes=marks)
    return f"<!DOCTYPE html>\n{whole}\n"


def _head(rendering: Rendering, context: WriteContext) -> Markup:
    link = {"rel": "publication", "href": MANIFEST}
    return element(
        "head",
        lines(
            Markup('<meta charset="utf-8">'),
            Markup('<meta name="viewport" content="width=device-width, initial-scale=1">'),
            element("title", text(rendering.title)),
            *(unclosed(meta(name, value)) for name, value in as_meta(context, "lpf")),
            unclosed(void("link", {**link})),
            element("style", Markup(stylesheet("tokens.css", "screen.css"))),
        ),
    )


def _body(rendering: Rendering, context: WriteContext, files: tuple[PieceFile, ...]) -> Markup:
    sections = (markup for _, markup in body_sections(rendering, context))
    return element(
        "body",
        Markup("\n"),
        lines(
            element("header", lines(skip(rendering), title_block(rendering))),
            _contents(rendering, files),
            element("main", lines(at_a_glance(rendering), *sections)),
            element("footer", lines(about(rendering, context), furniture(rendering))),
        ),
        Markup("\n"),
    )


def _contents(rendering: Rendering, files: tuple[PieceFile, ...]) -> Markup:
    """Return the contents, whose links lead into the sound (Publication Manifest, appendix C.2)."""
    head = element("h2", rendering.added(rendering.phrases.contents), attributes={"id": "contents"})
    marks = {"role": "doc-toc", "aria-labelledby": "contents"}
    return element("nav", head, _listed(rendering, _nested(tuple(_entries(files)))), attributes={**marks})


def _entries(files: tuple[PieceFile, ...]) -> Iterator[tuple[int, _Entry]]:
    """Yield each chapter with its depth, in order; a moment within a file is a media fragment (§4.2.1)."""
    for file in files:
        href = f"{AUDIO}/{file.name}"
        if not file.piece.chapters:
            yield 1, _Entry(file.title, href)
        for number, chapter in enumerate(file.piece.chapters):
            at = f"#t={chapter.begin / 1000:.3f}" if number and chapter.begin else ""
            yield chapter.depth, _Entry(chapter.title, href + at)


def _nested(entries: tuple[tuple[int, _Entry], ...]) -> tuple[_Entry, ...]:
    """Return the sections, each with the exchanges that follow it."""
    found: list[_Entry] = []
    for depth, one in entries:
        if depth > 1 and found:
            found[-1] = msgspec.structs.replace(found[-1], inner=(*found[-1].inner, one))
        else:
            found.append(one)
    return tuple(found)


def _listed(rendering: Rendering, entries: tuple[_Entry, ...]) -> Markup:
    items = (
        element("li", _link(rendering, one), _listed(rendering, one.inner) if one.inner else NOTHING) for one in entries
    )
    return element("ul", *items)  # our numbers are enough


def _link(rendering: Rendering, one: _Entry) -> Markup:
    if is_ours(one.title, rendering.phrases):
        return rendering.link(one.title, one.href)
    return element("a", text(one.title), attributes={"href": one.href})
