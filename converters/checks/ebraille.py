"""Does an eBraille publication say what the transcript says? Read back with zipfile and lxml, by its specification.

Each sentence is found by its id, and its cells are read back by the braille library.
Where the library cannot read a word back that it wrote, as the colon of an address, what it writes of that word is
compared with what stands there.
"""

import io
import itertools
import re
import zipfile
from collections.abc import Iterator
from typing import TYPE_CHECKING, Final, cast

import msgspec

from converters.braille import BLANK, Span, Transcriber, agrees, letters, read_back
from converters.braille_tables import Grade
from converters.checks.ledger import Account, Run, in_order
from converters.checks.reading_back.cells import name_forms
from converters.checks.reading_back.markup import read_page
from converters.document import Document, LanguageTag
from converters.traverse import turns

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


def ebraille_account(content: bytes, document: Document, runs: tuple[Run, ...]) -> Account:
    """Return what is wrong with a publication."""
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        first = packed.infolist()[0]
        if first.filename != "mimetype" or first.compress_type != zipfile.ZIP_STORED:
            return Account(faults=("its zip does not begin with its type",))
        files = {name: packed.read(name) for name in packed.namelist()}
    if lacking := [name for name in ("package.opf", "index.html") if name not in files]:
        return Account(faults=(f"{lacking[0]} is missing at its root",))
    package = _tree(files["package.opf"])
    faults = [f"its package does not say {name}" for name in NEEDED if not _values(package, name)]
    strange = (name for name in files if name.endswith(".html") and _STRANGE.search(_text(_tree(files[name]))))
    faults += [f"{name} holds text that is no braille" for name in strange]
    pages = tuple(_pages(package, files))
    found = _compared(pages, _transcriber(package, document), runs, document)
    return msgspec.structs.replace(found, faults=tuple(faults))


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


def _compared(
    pages: tuple["_Element", ...], transcriber: Transcriber, runs: tuple[Run, ...], document: Document
) -> Account:
    texts = {part.id: " ".join(part.words.split()) for run in runs if run.counted for part in run.parts}
    said = [one for page in pages for one in read_page(page, texts, _cells).said]
    order = [one for one in said if one.id is not None]
    missing, doubled, strays = in_order(list(texts), [str(one.id) for one in order])
    found = (e for page in pages for e in page.iter("{*}span") if e.get("id") in texts)
    altered = [str(e.get("id")) for e in found if not _reads(transcriber, e, texts)]
    before = {str(one.id): one.speakers for one in reversed(order)}
    misattributed = [
        run.id for run in runs if run.said and run.parts and not _is_named(transcriber, run, before, document)
    ]
    return Account(missing, doubled, strays, tuple(dict.fromkeys(altered)), tuple(misattributed))


def _reads(transcriber: Transcriber, element: "_Element", texts: dict[str, str]) -> bool:
    return _says(transcriber, _language(element), _cells(element), texts[str(element.get("id"))])


def _is_named(transcriber: Transcriber, run: Run, before: dict[str, str], document: Document) -> bool:
    """Tell whether the name of who speaks stands before a turn, and none before its other sentences."""
    first, *others = (before.get(part.id) for part in run.parts)
    if any(words and words.strip(f"{BLANK} ") for words in others) or first is None:
        return first is None
    shown = _joined(first)
    if not run.head:
        return len(letters(read_back(transcriber.code.table, shown))) == 0
    turn = next(one for one in turns(document) if one.id == run.id)
    names = [list(name_forms(document, person)) for person in turn.people]
    spoken = letters(read_back(transcriber.code.table, first.strip().replace(" ", BLANK)))
    every = [", ".join(several) for several in itertools.product(*names)]
    return any(spoken == letters(one) or _written(transcriber, Span(f"{one}:")) == shown for one in every)


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
