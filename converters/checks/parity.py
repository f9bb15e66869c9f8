"""Does a finished edition say what the transcript says? Read back by a route that is not the writer's.

Every sentence must be there, once, in order. A page and a book are read by id with
lxml, a PDF by its text with pdfium, text by its lines, the model by its own
decoder, audio by its clips. An edition that falls short is not saved.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Final

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


def prove(  # noqa: C901 - a line a format
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
    match format_name:
        case "html":
            _prove_markup(format_name, [_bytes(content)], document, xml=False)
            _prove_times(_bytes(content), narration)
        case "html-fragment":
            _prove_markup(format_name, [_bytes(content)], document, xml=False)
        case "epub":
            _prove_markup(format_name, _book_pages(content), document, xml=True)
            _prove_overlays(content, document, narration)
        case "pdf":
            texts = (_pdf_text(_bytes(volume)) for volume in (content, *further))
            _prove_words(format_name, "\n".join(texts), document)
        case "txt":
            _prove_words(format_name, _bytes(content).decode("utf-8"), document)
        case "brf" | "pef" | "ebraille":
            _prove_braille(format_name, (content, *further), document, braille or Braille())
        case "json":
            _prove_model(_bytes(content), document)
        case "vtt" | "srt" | "podcast-json" | "chapters-json":
            from converters.checks import timed_text  # loaded on first use, as is what proves a book

            if fault := timed_text.fault(format_name, _bytes(content).decode(), document, narration):
                _refuse(format_name, fault)
        case "daisy202" | "daisy3":
            _prove_talking_book(format_name, content, further, document, narration)
        case "docx":
            from converters.checks import word_text  # loaded on first use too

            if fault := word_text.fault(_bytes(content), document):
                _refuse(format_name, fault)
        case "mp3" | "m4b" | "opus":
            _prove_clips(document, narration)
        case "mp3-set" | "lpf":
            _prove_set(format_name, content, document, narration, further)
        case _:
            message = f"There is no proof for the format {format_name}, so it cannot be saved."
            raise ProofError(message)


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


def _prove_times(page: bytes, narration: Narration | None) -> None:
    """Every clip has its time in a page that plays them, one after the other."""
    found = re.search(rb'<script type="application/json">(.*?)</script>', page, re.DOTALL)
    if narration is None or found is None:
        return
    times = msgspec.json.decode(found.group(1), type=_Times).sentences
    apart = {track.name for track in narration.tracks if track.book_only}
    heard: list[str] = [clip.node for clip in narration.clips if clip.track not in apart]
    timed = [node for node, _, _ in times]
    if timed != heard:
        _refuse("html", f"among its times {_first_difference(heard, timed)}")
    spans = [moment for _, begin, end in times for moment in (begin, end)]
    if spans != sorted(spans):
        _refuse("html", "its times run backward")


class _Times(msgspec.Struct, frozen=True):
    """When each sentence is heard, as the page tells its script: id, begin and end in milliseconds."""

    sentences: tuple[tuple[str, int, int], ...]


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


def _prove_braille(format_name: str, files: tuple[bytes | Path, ...], document: Document, asked: Braille) -> None:
    """Read braille back; what does is loaded for the formats that are asked for."""
    contents = [_bytes(one) for one in files]
    match format_name:
        case "pef":
            from converters.checks.pef import pef_fault

            fault = pef_fault(contents[0], document, expected(document), asked)
        case "ebraille":
            from converters.checks.ebraille import ebraille_fault

            fault = ebraille_fault(contents[0], document, expected(document))
        case _:
            from converters.checks import brf

            fault = brf.fault(contents, document, expected(document), asked)
    if fault:
        _refuse(format_name, fault)


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


def _prove_model(content: bytes, document: Document) -> None:
    if msgspec.json.decode(content, type=Document) != document:
        _refuse("json", "it does not give the same document back")


def _prove_clips(document: Document, narration: Narration | None) -> None:
    """Every sentence of the conversation has one clip, in order, or a finding says why not."""
    if narration is None:
        _refuse("mp3", "nothing was spoken")
        return
    order = {sentence.id: place for place, sentence in enumerate(expected(document))}
    heard = [clip.node for clip in narration.clips]
    if len(set(heard)) != len(heard):
        _refuse("mp3", "a sentence is spoken twice")
    places = [order[node] for node in heard if node in order]
    if places != sorted(places):
        _refuse("mp3", "the sentences are not spoken in order")
    spoken = outline(document).conversation
    silent = [s.id for s in sentences(spoken) if _letters(sentence_text(s))] if spoken else []
    settled = {*heard, *narration.unsaid}
    if missing := [i for i in silent if i not in settled]:
        _refuse("mp3", f"{missing[0]} is not spoken")


def _prove_talking_book(
    name: str, content: bytes | Path, further: tuple[bytes | Path, ...], document: Document, narration: Narration | None
) -> None:
    from converters.checks.talking_books import talking_book_fault  # loaded for talking books only

    files = tuple(file for file in further if isinstance(file, Path))
    if narration is None or not isinstance(content, Path):
        _refuse(name, "nothing was spoken")
        return
    if fault := talking_book_fault(content, files, expected(document), narration):
        _refuse(name, fault)


def _prove_set(
    format_name: str,
    content: bytes | Path,
    document: Document,
    narration: Narration | None,
    further: tuple[bytes | Path, ...],
) -> None:
    """Prove the editions that are several files of sound; the text in an audiobook too."""
    from converters.checks import audio_sets

    _prove_clips(document, narration)
    if format_name == "lpf":
        _prove_markup(format_name, [audio_sets.entry_page(content)], document, xml=False)
    sounds = [path for path in (content, *further) if isinstance(path, Path)]
    if narration is None:
        return
    wrong = (
        audio_sets.audiobook_fault(sounds[0], narration)
        if format_name == "lpf"
        else audio_sets.playlist_fault(_bytes(content), sounds, narration)
    )
    if wrong:
        _refuse(format_name, wrong)


def _first_difference(wanted: list[str], found: list[str]) -> str:
    for want, have in zip(wanted, found, strict=False):
        if want != have:
            return f"{have} stands where {want} should"
    return f"{wanted[len(found)]} is missing" if len(found) < len(wanted) else f"{found[len(wanted)]} is there twice"


def _refuse(format_name: str, what: str) -> None:
    raise ProofError(
        f"The {format_name} edition does not say what the transcript says ({what}), so it was not saved. "
        "This is a fault in Curbcut: please report it with the transcript."
    )
