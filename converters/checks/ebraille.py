"""Does an eBraille publication say what the transcript says? Read back with zipfile and lxml, by its specification.

Each sentence is found by its id, and its cells are read back by the braille library.
Where the library cannot read a word back that it wrote, as the colon of an address, what it writes of that word is
compared with what stands there.
"""

import io
import re
import zipfile
from collections.abc import Iterator
from typing import TYPE_CHECKING, Final, cast

from converters.braille import BLANK, Span, Transcriber, agrees, read_back
from converters.braille_tables import Grade
from converters.document import Document, LanguageTag, Sentence
from converters.traverse import sentence_text

if TYPE_CHECKING:
    from lxml.etree import _Element

NEEDED: Final = (
    "dc:creator", "dc:date", "dc:format", "dc:identifier", "dc:language", "dc:title",
    "a11y:brailleCellType", "a11y:brailleSystem", "a11y:completeTranscription", "a11y:producer",
    "a11y:tactileGraphics", "dcterms:dateCopyrighted", "dcterms:modified",
)  # fmt: skip
"""The metadata that every publication has (eBraille 1.0 §5.3.3)."""

_DUBLIN_CORE: Final = "{http://purl.org/dc/elements/1.1/}"
_STRANGE: Final = re.compile("[^\u2800-\u28ff\t\n\r \u00a0\u00ad]")
"""What text may not hold (eBraille 1.0 §6.2.1)."""
_NOTE: Final = re.compile("⠈⠨⠣.*?⠈⠨⠜")


def ebraille_fault(content: bytes, document: Document, wanted: tuple[Sentence, ...]) -> str | None:
    """Return what is wrong with a publication, in words, None where nothing is; ``wanted`` are its sentences."""
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        first = packed.infolist()[0]
        if first.filename != "mimetype" or first.compress_type != zipfile.ZIP_STORED:
            return "its zip does not begin with its type"
        files = {name: packed.read(name) for name in packed.namelist()}
    if lacking := [name for name in ("package.opf", "index.html") if name not in files]:
        return f"{lacking[0]} is missing at its root"
    package = _tree(files["package.opf"])
    if lacking := [name for name in NEEDED if not _values(package, name)]:
        return f"its package does not say {lacking[0]}"
    if strange := [name for name in files if name.endswith(".html") and _STRANGE.search(_text(_tree(files[name])))]:
        return f"{strange[0]} holds text that is no braille"
    pages = tuple(_pages(package, files))
    return _unlike(pages, _transcriber(package, document), wanted)


def _tree(content: bytes) -> "_Element":
    from lxml import etree

    return etree.fromstring(content, etree.XMLParser(resolve_entities=False, huge_tree=True))


def _text(root: "_Element") -> str:
    return "".join(map(str, root.itertext()))


def _values(package: "_Element", name: str) -> list[str]:
    """Return what the package says of a thing, a Dublin Core element or a property."""
    if name.startswith("dc:"):
        found = package.iter(f"{_DUBLIN_CORE}{name.removeprefix('dc:')}")
    else:
        found = (meta for meta in package.iter("{*}meta") if meta.get("property") == name)
    return [element.text or "" for element in found]


def _pages(package: "_Element", files: dict[str, bytes]) -> Iterator["_Element"]:
    """Yield the pages in the order of the spine."""
    items = {str(item.get("id")): str(item.get("href")) for item in package.iter("{*}item")}
    for reference in package.iter("{*}itemref"):
        yield _tree(files[items[str(reference.get("idref"))]])


def _transcriber(package: "_Element", document: Document) -> Transcriber:
    """Return who writes the code that the package names."""
    grade = 2 if _values(package, "a11y:brailleSystem")[0].endswith("2") else 1
    return Transcriber(document.metadata.language, cast("Grade", grade))


# sentences ------------------------------------------------------------------------------------


def _unlike(pages: tuple["_Element", ...], transcriber: Transcriber, wanted: tuple[Sentence, ...]) -> str | None:
    texts = {str(sentence.id): " ".join(sentence_text(sentence).split()) for sentence in wanted}
    found = [element for page in pages for element in page.iter("{*}span") if element.get("id") in texts]
    order = [str(element.get("id")) for element in found]
    if order != list(texts):
        missing = next((one for one in texts if one not in order), None)
        return f"{missing} is missing" if missing else "its sentences are not in order, or there twice"
    for element in found:
        text, cells = texts[str(element.get("id"))], _cells(element)
        if not _says(transcriber, _language(element), cells, text):
            said = read_back(transcriber.code.table, cells.replace(" ", BLANK))
            return f"{element.get('id')} reads “{said[:60]}”, not “{text[:60]}”"
    return None


def _cells(element: "_Element") -> str:
    """Return the cells of an element without the marks of notes, which are none of its words."""
    inner = (("" if child.get("role") == "doc-noteref" else _cells(child)) + (child.tail or "") for child in element)
    return (element.text or "") + "".join(inner)


def _language(element: "_Element") -> str:
    """Return the language that an element is in, without the script."""
    around = (one.get("lang") for one in (element, *element.iterancestors()))
    return next((language for language in around if language), "und").replace("-Brai", "")


def _says(transcriber: Transcriber, language: str, cells: str, text: str) -> bool:
    """Tell whether cells are a text: read back, or where that fails word by word, or written anew."""
    bare = _NOTE.sub("", cells)
    if agrees(read_back(transcriber.code.table, bare.replace(" ", BLANK)), text):
        return True
    own = transcriber.code.language.split("-", maxsplit=1)[0]
    foreign = LanguageTag(language) if language.split("-", maxsplit=1)[0] != own else None
    if _written(transcriber, Span(text, language=foreign, whole=True)) == _joined(cells):
        return True
    pairs = list(zip(cells.split(), text.split(), strict=False))
    return len(cells.split()) == len(text.split()) and all(_stands_for(transcriber, *pair) for pair in pairs)


def _stands_for(transcriber: Transcriber, cells: str, word: str) -> bool:
    if agrees(read_back(transcriber.code.table, cells), word):
        return True
    spans = (Span(word), Span(word, "emphasis"), Span(word, "strong"))
    return cells in {_written(transcriber, span) for span in spans}


def _written(transcriber: Transcriber, span: Span) -> str:
    return _joined("".join(word.cells for word in transcriber.words((span,))))


def _joined(cells: str) -> str:
    return re.sub(f"[{BLANK}\\s]", "", cells)
