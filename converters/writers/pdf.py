"""Large print: a tagged PDF (PDF/UA-1) by a named standard, set by WeasyPrint, in volumes where it is long.

What stands in front (title, contents) and the episode are set by themselves, so that the
numbers in the contents are known, and that a title page says no more of a standard than is found true
of the finished file: it is measured, and where it differs only the front is set again.

WeasyPrint may load nothing but our own typefaces: no file and no address that a
source names is ever opened. A character that no installed font has fails the
edition, because PDF/UA-1 §7.21.8 forbids the empty box that would stand for it.
"""

import gc
import hashlib
import logging
import re
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Final

import msgspec

from converters.document import Document
from converters.errors import MissingPartError
from converters.writers import Artifact, WriteContext, writer_named
from converters.writers.markup import Markup
from converters.writers.origin import as_terms
from converters.writers.parts import Entry, entry_text
from converters.writers.print_dials import settle
from converters.writers.print_pages import (
    Book,
    Volume,
    blank,
    body,
    entries,
    front,
    plain,
    style,
    text_page,
    use,
    volume_title,
    warn,
)
from converters.writers.print_tags import Finish
from converters.writers.print_volumes import divided, sample, volumes_needed
from converters.writers.typefaces import SCHEME, served
from converters.writers.xhtml import Rendering

try:
    import weasyprint  # type: ignore[import-untyped]  # WeasyPrint has no types
    from weasyprint.text.fonts import FontConfiguration  # type: ignore[import-untyped]  # as above
except OSError as error:
    raise MissingPartError(
        f"WeasyPrint cannot set type here, because the library Pango is missing ({error}). See: curbcut doctor"
    ) from error

VARIANT: Final = "pdf/ua-1"
ROUNDS: Final = 6
"""How often the front is set until it says what is true of its file: twice do, as a rule."""

LISTED: Final = 25
"""Letters that a line of the contents takes beside its words: its number, and the rest of its last line."""

MEASURED: Final = 20_000
"""Characters that are enough to measure a text by."""

_MISSING: Final = re.compile(r"unsupported by fonts: .*?\((?P<codes>U\+[^)]*)\)")
_FONT_PACKAGES: Final = (
    (r"CJK|HIRAGANA|KATAKANA|HANGUL|BOPOMOFO|IDEOGRAPHIC|FULLWIDTH|HALFWIDTH", "fonts-noto-cjk"),
    (r"FACE|EMOJI|HAND|HEART|SIGN|SYMBOL|ARROW|DINGBAT", "fonts-noto-color-emoji or fonts-symbola"),
    (r"CUNEIFORM|EGYPTIAN|LINEAR|GOTHIC|RUNIC|OLD|ANATOLIAN|TANGUT|NUSHU", "fonts-noto-extra"),
)
"""Debian's packages by the names that Unicode gives their characters."""


def write_pdf(document: Document, context: WriteContext) -> tuple[Artifact, ...]:
    """Return the volumes, as a rule one. Raises ``MissingPartError`` naming the font package that is missing."""
    rendering = Rendering(
        document, context.title, context.phrases, "#{}".format, "print", blocks=context.options.blocks
    )
    episode = body(rendering, context)
    book = Book(rendering, context, settle(context.options.large_print, plain(episode[: 4 * MEASURED])[:MEASURED]))
    with _missing_letters() as missing:
        volumes = _Press(book, episode).volumes()
    if missing:
        raise MissingPartError(_no_font(missing))
    row = writer_named("pdf")
    names = (row.file_name(context.slug), *(further_name(context.slug, n) for n in range(2, len(volumes) + 1)))
    return tuple(Artifact(name, row.media_type, pdf) for name, pdf in zip(names, volumes, strict=True))


def further_name(slug: str, number: int) -> str:
    """Return the file name of a volume after the first."""
    return f"{slug}-large-print-volume-{number}.pdf"


class _Texts(msgspec.Struct, frozen=True):
    """The episode, set: the pages of the first volume, its last number, the last of all, the other volumes."""

    opening: int
    pages: tuple[object, ...]
    last: int
    total: int
    further: tuple[bytes, ...]


class _Press:
    """Sets an edition's pages, volume by volume; ``numbers`` is the page of each id, as far as it is set."""

    def __init__(self, book: Book, episode: Markup) -> None:
        self.book = book
        self.episode = episode
        self.entries = tuple(_flat(entries(book.rendering)))
        self.numbers = {e.target: 1 for e in self.entries if f' id="{e.target}"' in episode}
        letters = f"{episode}{front(book, Volume(1, 2, 1, 1), self.numbers, ())}{book.rendering.title}0123456789…•. "
        self.fonts = FontConfiguration()
        self.fetcher = _fetcher(served(book.dials.face, letters))
        self.style = weasyprint.CSS(string=style(book), font_config=self.fonts, url_fetcher=self.fetcher)

    def volumes(self) -> tuple[bytes, ...]:
        """Return the finished volumes. The first waits in memory until the page numbers of all are known."""
        parts, opening = self._planned()
        rules: tuple[str, ...] = ()
        texts = self._texts(parts, opening)
        pdf = b""
        for number in range(ROUNDS):
            pages = self._front(Volume(1, len(parts), 1, texts.last, texts.total), rules)
            if len(pages) > texts.opening or (len(pages) < texts.opening and not number):
                texts = self._texts(parts, len(pages))
                continue
            # With other numbers in it a contents may be a page shorter, and with those a page longer again.
            pages += [page for _ in range(texts.opening - len(pages)) for page in self._laid(blank(self.book))]
            pdf = self._bound([*pages, *texts.pages], self._finish(rules), 1)
            if (found := self._judged(pdf)) == rules:
                break
            rules = found
        warn(self.book, rules, self.book.context.report)
        return (pdf, *texts.further)

    def _planned(self) -> tuple[tuple[Markup, ...], int]:
        """Return the parts of the episode, one a volume, and how many pages stand in front of the first.

        Where it is long, a piece from the middle is set to see how much goes on a page. The front is set
        with numbers that are not yet right, but have as many digits.
        """
        dials, limit = self.book.dials, self.book.dials.asked.pages_per_volume
        letters, a_page = len(plain(self.episode)), dials.page_characters
        listed = sum(len(entry_text(entry)) + LISTED for entry in self.entries if entry.target in self.numbers)
        if (letters + listed) / a_page > limit / 2:
            piece = sample(self.episode, MEASURED)
            a_page = len(plain(piece)) / len(self._laid(text_page(self.book, piece, 1)))
        markup = len(self.episode) / letters
        before = 2 + listed / a_page
        for target in self.numbers:
            self.numbers[target] = round(before + self.episode.find(f' id="{target}"') / markup / a_page)
        volumes = volumes_needed(letters + listed, a_page, limit)
        parts = divided(self.episode, volumes, round(listed * markup))
        return parts, len(self._front(Volume(1, len(parts), 1, 1), ()))

    def _texts(self, parts: tuple[Markup, ...], opening: int) -> _Texts:
        """Set the episode, to begin after so many pages; all but the first volume is finished."""
        self.numbers = {}
        held = self._numbered(parts[0], opening + 1)
        last = total = opening + len(held)
        further = []
        for number, part in enumerate(parts[1:], 2):
            pages = self._numbered(part, total + 1)
            first, total = total + 1, total + len(pages)
            further.append(self._further(pages, Volume(number, len(parts), first, total)))
            del pages
            gc.collect()  # a volume's boxes hold each other, and a hundred thousand words of them are a gigabyte
        return _Texts(opening, tuple(held), last, total, tuple(further))

    def _numbered(self, part: Markup, first: int) -> list[object]:
        pages = self._laid(text_page(self.book, part, first))
        for number, page in enumerate(pages, first):
            for anchor in page.anchors:
                self.numbers.setdefault(anchor, number)
        return pages

    def _further(self, text: list[object], volume: Volume) -> bytes:
        """Return a volume after the first, whose title page says what is true of it."""
        rules: tuple[str, ...] = ()
        pdf = b""
        for _ in range(ROUNDS):
            title = self._laid(volume_title(self.book, volume, rules, blank=False))
            if (len(title) + volume.first) % 2 == 0:
                title = self._laid(volume_title(self.book, volume, rules, blank=True))
            pdf = self._bound([*title, *text], self._finish(rules, volume.first, len(title)), volume.number)
            if (found := self._judged(pdf)) == rules:
                break
            rules = found
        warn(self.book, rules, self.book.context.report)
        return pdf

    def _front(self, volume: Volume, rules: tuple[str, ...]) -> list[object]:
        return self._laid(front(self.book, volume, self.numbers, rules))

    def _laid(self, page: str) -> list[Any]:
        """Return the pages that WeasyPrint lays out, each of its own type."""
        set_page = weasyprint.HTML(string=page, url_fetcher=self.fetcher)
        self.last_set = set_page.render(stylesheets=[self.style], font_config=self.fonts, pdf_variant=VARIANT)
        return list(self.last_set.pages)

    def _finish(self, rules: tuple[str, ...], first: int = 1, before: int = 0) -> Finish:
        dials = self.book.dials
        described = {entry.target: entry_text(entry) for entry in self.entries}
        said = (*as_terms(self.book.context, "pdf"), *use(self.book, rules).terms)
        return Finish(dials.top, dials.bottom, described, first, before, said)

    def _bound(self, pages: list[object], finish: Finish, volume: int) -> bytes:
        """Return pages as a file; its metadata are those of any of our pages."""
        pdf: bytes = self.last_set.copy(pages).write_pdf(
            finisher=finish, pdf_variant=VARIANT, pdf_identifier=_identifier(self.book.context.slug, volume),
            full_fonts=False,
        )  # fmt: skip
        return pdf

    def _judged(self, pdf: bytes) -> tuple[str, ...]:
        """Return in what a finished file differs from the standard that it is set by."""
        judge = self.book.context.judge
        return judge(pdf, self.book.dials.asked.standard) if judge else ()


def _flat(several: tuple[Entry, ...]) -> Iterator[Entry]:
    for entry in several:
        yield entry
        yield from _flat(entry.entries)


def _identifier(slug: str, volume: int) -> bytes:
    """Return what stands in for the random id of a PDF, so that equal editions are equal files."""
    name = slug if volume == 1 else f"{slug} {volume}"
    return hashlib.md5(name.encode(), usedforsecurity=False).digest()


def _fetcher(typefaces: dict[str, bytes]) -> object:
    """Return a fetcher that serves our typeface, and refuses every other address.

    WeasyPrint only warns where a typeface cannot be fetched; so it is looked for before.
    """
    from weasyprint.urls import URLFetcher, URLFetcherResponse  # type: ignore[import-untyped]  # as above

    class _OurFontsOnly(URLFetcher):  # type: ignore[misc]  # its base is untyped
        def fetch(self, url: str, headers: object = None) -> object:
            del headers
            if not url.startswith(SCHEME):
                raise ValueError(f"{url} is not loaded: an edition holds all that it needs")
            return URLFetcherResponse(url, typefaces[url.removeprefix(SCHEME)])

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
