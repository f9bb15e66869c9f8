"""Large print: a tagged PDF (PDF/UA-1) at 18 point, set by WeasyPrint.

WeasyPrint may load nothing but our own typeface: no file and no address that a
source names is ever opened. A character that no installed font has fails the
edition, because PDF/UA-1 §7.21.8 forbids the empty box that would stand for it.
"""

import logging
import re
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.resources import files
from typing import Final

from converters.document import Document
from converters.errors import MissingPartError
from converters.stylesheets import stylesheet
from converters.version import TOOL
from converters.writers import Artifact, WriteContext, writer_named
from converters.writers.markup import Markup, element, lines, text
from converters.writers.parts import about, at_a_glance, body_sections, contents, contents_list, title_block
from converters.writers.xhtml import Rendering, furniture, meta, root_attributes

try:
    import weasyprint  # type: ignore[import-untyped]  # WeasyPrint has no types
except OSError as error:
    raise MissingPartError(
        f"WeasyPrint cannot set type here, because the library Pango is missing ({error}). See: curbcut doctor"
    ) from error

BODY_POINTS: Final = 18
_FONT_SCHEME: Final = "curbcut-font:"
_MISSING: Final = re.compile(r"unsupported by fonts: .*?\((?P<codes>U\+[^)]*)\)")
_FONT_PACKAGES: Final = (
    (r"CJK|HIRAGANA|KATAKANA|HANGUL|BOPOMOFO|IDEOGRAPHIC|FULLWIDTH|HALFWIDTH", "fonts-noto-cjk"),
    (r"FACE|EMOJI|HAND|HEART|SIGN|SYMBOL|ARROW|DINGBAT", "fonts-noto-color-emoji or fonts-symbola"),
    (r"CUNEIFORM|EGYPTIAN|LINEAR|GOTHIC|RUNIC|OLD|ANATOLIAN|TANGUT|NUSHU", "fonts-noto-extra"),
)
"""Debian's packages by the names that Unicode gives their characters."""


def write_pdf(document: Document, context: WriteContext) -> tuple[Artifact, ...]:
    """Return the PDF as one artifact. Raises ``MissingPartError`` naming the font package that is missing."""
    row = writer_named("pdf")
    with _missing_letters() as missing:
        pdf = weasyprint.HTML(string=page(document, context), url_fetcher=_fetcher()).write_pdf(
            pdf_variant="pdf/ua-1", pdf_identifier=_identifier(context), full_fonts=False
        )
    if missing:
        raise MissingPartError(_no_font(missing))
    return (Artifact(row.file_name(context.slug), row.media_type, pdf),)


def page(document: Document, context: WriteContext) -> str:
    """Return the page that is set: title, contents with page numbers, the episode, help, about."""
    rendering = Rendering(
        document, context.title, context.phrases, "#{}".format, "print", blocks=context.options.blocks
    )
    root = root_attributes(document.metadata.language)
    return "<!DOCTYPE html>\n" + element("html", _head(rendering, context), _body(rendering, context), attributes=root)


def _head(rendering: Rendering, context: WriteContext) -> Markup:
    authors = rendering.document.metadata.show
    return element(
        "head",
        element("title", text(rendering.title)),
        meta("generator", TOOL),
        meta("author", authors),
        meta("keywords", ", ".join(rendering.document.metadata.subjects)),
        meta("dcterms.created", context.modified.strftime("%Y-%m-%dT%H:%M:%SZ")),
        meta("dcterms.modified", context.modified.strftime("%Y-%m-%dT%H:%M:%SZ")),
        element("style", Markup(stylesheet("large-print.css"))),
    )


def _body(rendering: Rendering, context: WriteContext) -> Markup:
    sections = (markup for _, markup in body_sections(rendering, context))
    return element(
        "body",
        lines(
            title_block(rendering),
            element("p", rendering.added(rendering.phrases.large_print.format(points=BODY_POINTS))),
            _contents(rendering),
            at_a_glance(rendering),
            *sections,
            about(rendering, context),
            furniture(rendering),
        ),
    )


def _contents(rendering: Rendering) -> Markup:
    head = element("h2", rendering.added(rendering.phrases.contents))
    listed = contents_list(rendering, contents(rendering))
    return element("section", head, listed, attributes={"class": "contents", "id": "contents"})


def _identifier(context: WriteContext) -> bytes:
    """Return what stands in for the random id of a PDF, so that equal editions are equal files."""
    import hashlib

    return hashlib.md5(context.slug.encode(), usedforsecurity=False).digest()


def _fetcher() -> object:
    """Return a fetcher that serves our typeface, and refuses every other address.

    WeasyPrint only warns where a typeface cannot be fetched; so it is looked for here.
    """
    from weasyprint.urls import URLFetcher, URLFetcherResponse  # type: ignore[import-untyped]  # as above

    folder = files("fontpkg_atkinson_hyperlegible") / "files"

    class _OurFontsOnly(URLFetcher):  # type: ignore[misc]  # its base is untyped
        def fetch(self, url: str, headers: object = None) -> object:
            del headers
            if not url.startswith(_FONT_SCHEME):
                raise ValueError(f"{url} is not loaded: an edition holds all that it needs")
            return URLFetcherResponse(url, (folder / url.removeprefix(_FONT_SCHEME)).read_bytes())

    return _OurFontsOnly()


@contextmanager
def _missing_letters() -> Iterator[set[str]]:
    """Collect the characters that WeasyPrint says no font has."""
    found: set[str] = set()

    class _Listener(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            for match in _MISSING.finditer(record.getMessage()):
                found.update(chr(int(code, 16)) for code in re.findall(r"U\+([0-9A-Fa-f]+)", match["codes"]))

    logger, listener = logging.getLogger("weasyprint"), _Listener(logging.WARNING)
    logger.addHandler(listener)
    before, logger.propagate = logger.propagate, False
    try:
        yield found
    finally:
        logger.removeHandler(listener)
        logger.propagate = before


def _no_font(missing: set[str]) -> str:
    shown = ", ".join(f"{c} (U+{ord(c):04X}, {unicodedata.name(c, 'unnamed').lower()})" for c in sorted(missing)[:5])
    packages = sorted({_package_for(character) for character in missing})
    return (
        f"No font on this machine has {len(missing)} of the characters in this episode: {shown}. "
        f"Install {' and '.join(packages)} (Debian's names; elsewhere, the Noto fonts for that script) and try again."
    )


def _package_for(character: str) -> str:
    name = unicodedata.name(character, "")
    return next(
        (package for pattern, package in _FONT_PACKAGES if re.search(pattern, name)),
        "fonts-noto-core and fonts-noto-extra",
    )
