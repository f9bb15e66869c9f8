"""Does a finished edition say what the transcript says? Read back by a route that is not the writer's.

Every sentence must be there, once, in order. A page and a book are read by id with
lxml, a PDF by its text with pdfium, text by its lines, the model by its own
decoder, audio by its clips. An edition that falls short is not saved.
"""

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Final, NoReturn

import msgspec

from converters.characters import clean
from converters.document import Document, Sentence
from converters.errors import ProofError
from converters.narration.model import Narration
from converters.outline import outline
from converters.settings import Braille
from converters.traverse import sentence_text, sentences

if TYPE_CHECKING:
    from lxml.etree import _Element

ROOM: Final = 4
"""Points by which a letter may reach over the edge of the text: above and below are running heads and page numbers."""

_XHTML: Final = "{http://www.w3.org/1999/xhtml}"


class Finished(msgspec.Struct, frozen=True):
    """An edition as it was made, with what it was made from; ``files`` are all of its files, the main one first."""

    name: str
    files: tuple[bytes | Path, ...]
    document: Document
    narration: Narration | None
    braille: Braille

    @property
    def main(self) -> bytes:
        """The content of the main file."""
        return _bytes(self.files[0])


def prove(
    format_name: str,
    content: bytes | Path,
    document: Document,
    narration: Narration | None,
    further: tuple[bytes | Path, ...] = (),
    braille: Braille | None = None,
) -> None:
    """Raise ``ProofError`` naming the first sentence that an edition lacks, doubles or misplaces.

    ``further`` are an edition's other files; those of large print are its volumes, and are proved together.
    ``braille`` says how braille was to be set.
    """
    proof = _PROOFS.get(format_name)
    if proof is None:
        raise ProofError(f"There is no proof for the format {format_name}, so it cannot be saved.")
    proof(Finished(format_name, (content, *further), document, narration, braille or Braille()))


def _bytes(content: bytes | Path) -> bytes:
    return content if isinstance(content, bytes) else content.read_bytes()


def expected(document: Document) -> tuple[Sentence, ...]:
    """Return every sentence of the document in reading order; the page's furniture comes last."""
    shape = outline(document)
    told = [s for section in (*shape.summaries, *shape.people_sections, *shape.body) for s in sentences(section)]
    noted = [s for note in document.notes for paragraph in note.paragraphs for s in paragraph.sentences]
    return (*told, *noted, *(s for section in shape.furniture for s in sentences(section)))


# markup, by id ---------------------------------------------------------------------------


def _prove_markup(format_name: str, pages: Iterable[bytes], document: Document, *, xml: bool) -> None:
    found = [pair for page in pages for pair in _identified(page, xml=xml)]
    wanted: dict[str, str] = {sentence.id: _folded(sentence_text(sentence)) for sentence in expected(document)}
    there = [(i, words) for i, words in found if i in wanted]
    if [i for i, _ in there] != list(wanted):
        _refuse(format_name, _first_difference(list(wanted), [i for i, _ in there]))
    for identifier, words in there:
        if words != wanted[identifier]:
            _refuse(format_name, f"{identifier} reads “{words[:60]}”, not “{wanted[identifier][:60]}”")


def _identified(page: bytes, *, xml: bool) -> Iterator[tuple[str, str]]:
    """Yield id and text of every element of a page that has an id, in order."""
    from lxml import etree

    parser = (
        etree.XMLParser(resolve_entities=False, huge_tree=True)
        if xml
        else etree.HTMLParser(encoding="utf-8", huge_tree=True)
    )
    root: _Element = etree.fromstring(page, parser)
    for element in root.iter(f"{_XHTML}span", "span"):
        if identifier := element.get("id"):
            yield str(identifier), _folded(_words(element))


def _words(element: "_Element") -> str:
    """Return the text of an element without the marks of notes, which are none of its words."""
    inner = (("" if child.get("role") == "doc-noteref" else _words(child)) + (child.tail or "") for child in element)
    return (element.text or "") + "".join(inner)


def _prove_page(edition: Finished) -> None:
    _prove_markup(edition.name, [edition.main], edition.document, xml=False)
    if edition.narration:
        from converters.checks.page_times import times_fault  # loaded where something is heard, only

        _settle(edition, times_fault(edition.main, edition.narration))


def _prove_fragment(edition: Finished) -> None:
    _prove_markup(edition.name, [edition.main], edition.document, xml=False)


def _prove_book(edition: Finished) -> None:
    _prove_markup(edition.name, _book_pages(edition.files[0]), edition.document, xml=True)
    _prove_overlays(edition.files[0], edition.document, edition.narration)


def _book_pages(content: bytes | Path) -> Iterator[bytes]:
    """Yield the pages of a book in the order of its spine."""
    import io
    import zipfile

    from lxml import etree

    with zipfile.ZipFile(io.BytesIO(content) if isinstance(content, bytes) else content) as book:
        container = etree.fromstring(book.read("META-INF/container.xml"))
        path = str(container.xpath("string(//*[local-name()='rootfile']/@full-path)"))
        package = etree.fromstring(book.read(path))
        files = {str(item.get("id")): str(item.get("href")) for item in package.iter("{*}item")}
        for reference in package.iter("{*}itemref"):
            yield book.read(str(Path(path).parent / files[str(reference.get("idref"))]))


def _prove_overlays(content: bytes | Path, document: Document, narration: Narration | None) -> None:
    """Compare what a book that reads itself aloud plays with what was recorded."""
    if narration is None:
        return
    from converters.checks.book import overlay_fault

    if fault := overlay_fault(content, document, narration):
        _refuse("epub", fault)


def _prove_word(edition: Finished) -> None:
    from converters.checks import word_text  # loaded for Word only, as is what proves the others

    _settle(edition, word_text.fault(edition.main, edition.document))


# braille, by reading it back ------------------------------------------------------------------


def _prove_brf(edition: Finished) -> None:
    from converters.checks import brf

    volumes = [_bytes(one) for one in edition.files]
    _settle(edition, brf.fault(volumes, edition.document, expected(edition.document), edition.braille))


def _prove_pef(edition: Finished) -> None:
    from converters.checks.pef import pef_fault

    _settle(edition, pef_fault(edition.main, edition.document, expected(edition.document), edition.braille))


def _prove_ebraille(edition: Finished) -> None:
    from converters.checks.ebraille import ebraille_fault

    _settle(edition, ebraille_fault(edition.main, edition.document, expected(edition.document)))


# text, by its words ----------------------------------------------------------------------


def _prove_words(format_name: str, text: str, document: Document) -> None:
    """Find each sentence's letters in the edition's, each after the one before it.

    Spaces are left out on both sides: where a page breaks a line is no word's concern.
    So are letters that the transcript does not have at all, which pdfium reads for
    the parts of a letter that Indic scripts set apart.
    """
    alphabet = set("".join(_letters(sentence_text(sentence)) for sentence in expected(document)))
    letters, position = "".join(letter for letter in _letters(text) if letter in alphabet), 0
    for sentence in expected(document):
        wanted = _letters(sentence_text(sentence))
        place = letters.find(wanted, position)
        if place < 0:
            _refuse(format_name, f"{sentence.id} is missing or out of order: “{sentence_text(sentence)[:60]}”")
        position = place + len(wanted)


def _prove_text(edition: Finished) -> None:
    _prove_words(edition.name, edition.main.decode("utf-8"), edition.document)


def _prove_print(edition: Finished) -> None:
    volumes = (_pdf_text(_bytes(volume)) for volume in edition.files)
    _prove_words(edition.name, "\n".join(volumes), edition.document)


def _prove_timed(edition: Finished) -> None:
    from converters.checks import timed_text

    _settle(edition, timed_text.fault(edition.name, edition.main.decode(), edition.document, edition.narration))


def _pdf_text(content: bytes) -> str:
    """Return the text of all pages, without running heads and numbers, which stand outside the page's art box.

    A sentence may run on from page to page, and pdfium joins a number to a word that
    ends its page with a hyphen; so head and foot are cut off before the text is taken.
    """
    import pypdfium2  # type: ignore[import-untyped]  # it has no types

    pdf = pypdfium2.PdfDocument(content)
    try:
        edges = ((page.get_textpage(), page.get_artbox()) for page in pdf)
        return "\n".join(
            text.get_text_bounded(bottom=bottom - ROOM, top=top + ROOM) for text, (_, bottom, _, top) in edges
        )
    finally:
        pdf.close()


def _letters(text: str) -> str:
    """Return letters and digits alone, ligatures and presentation forms taken apart."""
    return re.sub(r"[\W_]+", "", unicodedata.normalize("NFKC", text))


def _folded(text: str) -> str:
    """Return text without what no edition can hold: control characters and runs of spaces."""
    return " ".join(clean(text).split())


# the model and the audio ---------------------------------------------------------------------


def _prove_model(edition: Finished) -> None:
    if msgspec.json.decode(edition.main, type=Document) != edition.document:
        _refuse(edition.name, "it does not give the same document back")


def _prove_clips(edition: Finished) -> None:
    """Every sentence of the conversation has one clip, in order, or a finding says why not."""
    document, narration = edition.document, _narration(edition)
    order = {sentence.id: place for place, sentence in enumerate(expected(document))}
    heard = [clip.node for clip in narration.clips]
    if len(set(heard)) != len(heard):
        _refuse(edition.name, "a sentence is spoken twice")
    places = [order[node] for node in heard if node in order]
    if places != sorted(places):
        _refuse(edition.name, "the sentences are not spoken in order")
    spoken = outline(document).conversation
    silent = [s.id for s in sentences(spoken) if _letters(sentence_text(s))] if spoken else []
    settled = {*heard, *narration.unsaid}
    if missing := [i for i in silent if i not in settled]:
        _refuse(edition.name, f"{missing[0]} is not spoken")


def _prove_talking_book(edition: Finished) -> None:
    from converters.checks.talking_books import talking_book_fault

    packed, *loose = (file for file in edition.files if isinstance(file, Path))
    fault = talking_book_fault(packed, tuple(loose), expected(edition.document), _narration(edition))
    _settle(edition, fault)


def _prove_set(edition: Finished) -> None:
    from converters.checks import audio_sets

    _prove_clips(edition)
    sounds = [file for file in edition.files if isinstance(file, Path)]
    _settle(edition, audio_sets.playlist_fault(edition.main, sounds, _narration(edition)))


def _prove_audiobook(edition: Finished) -> None:
    from converters.checks import audio_sets

    _prove_clips(edition)
    (packed,) = (file for file in edition.files if isinstance(file, Path))
    _prove_markup(edition.name, [audio_sets.entry_page(packed)], edition.document, xml=False)
    _settle(edition, audio_sets.audiobook_fault(packed, _narration(edition)))


def _narration(edition: Finished) -> Narration:
    return edition.narration or _refuse(edition.name, "nothing was spoken")


def _first_difference(wanted: list[str], found: list[str]) -> str:
    for want, have in zip(wanted, found, strict=False):
        if want != have:
            return f"{have} stands where {want} should"
    return f"{wanted[len(found)]} is missing" if len(found) < len(wanted) else f"{found[len(wanted)]} is there twice"


def _settle(edition: Finished, fault: str | None) -> None:
    if fault:
        _refuse(edition.name, fault)


def _refuse(format_name: str, what: str) -> NoReturn:
    raise ProofError(
        f"The {format_name} edition does not say what the transcript says ({what}), so it was not saved. "
        "This is a fault in Curbcut: please report it with the transcript."
    )


_PROOFS: Final[dict[str, Callable[[Finished], None]]] = {
    "html": _prove_page,
    "html-fragment": _prove_fragment,
    "epub": _prove_book,
    "pdf": _prove_print,
    "docx": _prove_word,
    "txt": _prove_text,
    "json": _prove_model,
    **dict.fromkeys(("vtt", "srt", "podcast-json", "chapters-json"), _prove_timed),
    **dict.fromkeys(("mp3", "m4b", "opus"), _prove_clips),
    "mp3-set": _prove_set,
    "lpf": _prove_audiobook,
    **dict.fromkeys(("daisy202", "daisy3"), _prove_talking_book),
    "brf": _prove_brf,
    "pef": _prove_pef,
    "ebraille": _prove_ebraille,
}
"""One proof a format; a format without one cannot be saved."""
