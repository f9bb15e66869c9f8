"""From the bytes of a Word file to its XML: measured first, opened without following anything that it refers to.

A Word file is a zip of XML parts (ECMA-376 part 2). Before any part is parsed, their
names, sizes and tags are looked at; a part with a document type declaration, which
Word never writes and which entity bombs need, is refused.
"""

import io
import zipfile
import zlib
from typing import TYPE_CHECKING, Final

import msgspec

from converters.characters import clean
from converters.errors import SourceError
from converters.readers import ReadContext
from converters.readers.limits import check_levels, check_turns
from converters.settings import Limits

if TYPE_CHECKING:
    from docx.opc.part import Part
    from docx.package import Package
    from lxml.etree import _Element as Element

W: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
R: Final = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
MOST_PARTS: Final = 5_000
UNPACKED: Final = 3
"""Times the largest source: what a file may come to when it is unpacked."""
DENSEST: Final = 200
DENSE_FROM: Final = 1_000_000
"""XML of so many bytes that was packed more densely than this is made to fill the memory."""
MOST_TAGS: Final = 12
"""Tags for each turn that a source may have: a million of them take some 200 MB of memory, and are 100,000 runs."""
_DECLARATIONS: Final = tuple("<!DOCTYPE".encode(encoding) for encoding in ("ascii", "utf-16-le", "utf-16-be"))
_AGAIN: Final = "Open it in Word or LibreOffice, save it again as a Word file (.docx), and convert that."


class Opened(msgspec.Struct, frozen=True):
    """The parts of a Word file that have words; None and empty where it has none of a kind.

    ``margins`` are headers and footers, ``drawings`` diagrams and charts. ``links`` are
    the addresses that lead out of the file, by the ids that the document gives them; the
    parts of notes give ids of their own (``foot_links``, ``end_links``). ``missing`` are
    parts that the file refers to and does not have.
    """

    document: "Element"
    styles: "Element | None" = None
    footnotes: "Element | None" = None
    endnotes: "Element | None" = None
    comments: "Element | None" = None
    margins: tuple["Element", ...] = ()
    drawings: tuple["Element", ...] = ()
    links: dict[str, str] = {}
    foot_links: dict[str, str] = {}
    end_links: dict[str, str] = {}
    title: str = ""
    language: str = ""
    remarks: str = ""
    missing: tuple[str, ...] = ()


def opened(source: bytes, context: ReadContext) -> Opened:
    """Return the parts of a Word file.

    Raises ``SourceError`` where it is damaged, protected, or made to do harm.
    """
    _measure(source, context)
    from docx.package import Package

    try:
        whole, missing = _whole(source)
        return _parts(Package.open(whole), missing)
    except Exception as error:  # python-docx stumbles over a damaged package in any way there is
        if "depth" in str(error).lower():
            check_levels(context.options.limits.levels + 1, context.name, context.options.limits)
        raise SourceError(f"{context.name}: this Word file is damaged ({_first_line(error)}). {_AGAIN}") from error


def _whole(source: bytes) -> tuple[io.BytesIO, tuple[str, ...]]:
    """Return the file without references to parts that it does not have, and which these are.

    Programs leave such references behind, mostly to pictures; python-docx opens no file that has one.
    """
    from docx.opc.packuri import PackURI
    from docx.oxml.parser import parse_xml
    from lxml import etree

    with zipfile.ZipFile(io.BytesIO(source)) as package:
        names = set(package.namelist())
        mended, missing = dict[str, bytes](), list[str]()
        for name in names:
            if not name.endswith(".rels"):
                continue
            folder = "/" + name.rpartition("_rels/")[0].rstrip("/")
            references = parse_xml(package.read(name))
            for one in list(references):
                target = one.get("Target") or ""
                inside = one.get("TargetMode") != "External"
                if inside and PackURI.from_rel_ref(folder, target).membername not in names:
                    references.remove(one)
                    missing.append(target)
                    mended[name] = etree.tostring(references)
        return _with(package, mended) if mended else io.BytesIO(source), tuple(missing)


def _with(package: zipfile.ZipFile, mended: dict[str, bytes]) -> io.BytesIO:
    copy = io.BytesIO()
    with zipfile.ZipFile(copy, "w") as whole:
        for name in dict.fromkeys(package.namelist()):
            whole.writestr(name, mended.get(name) or package.read(name))
    return copy


def _first_line(error: Exception) -> str:
    return (str(error) or type(error).__name__).strip("'\"").split("\n")[0][:200]


# before it is opened --------------------------------------------------------------------


def _measure(source: bytes, context: ReadContext) -> None:
    """Look at the names and sizes of the parts, then at their text, without parsing any."""
    try:
        with zipfile.ZipFile(io.BytesIO(source)) as package:
            parts = package.infolist()
            _check_directory(parts, context)
            tags = sum(_tags(package.read(part), part.filename, context) for part in parts if _is_xml(part))
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, EOFError, OSError, ValueError) as error:
        raise SourceError(f"{context.name}: this Word file is damaged ({_first_line(error)}). {_AGAIN}") from error
    limits = context.options.limits
    if tags > MOST_TAGS * limits.turns:
        advice = "If it is a transcript all the same, raise the limit with --max-turns."
        raise SourceError(f"{context.name}: it has more than {MOST_TAGS * limits.turns:,} tags. {advice}")


def _check_directory(parts: list[zipfile.ZipInfo], context: ReadContext) -> None:
    """Raise ``SourceError`` for what no word processor writes, and for what a password keeps shut."""
    name = context.name
    if any(part.flag_bits & 1 for part in parts):
        raise SourceError(f"{name}: this Word file is protected by a password. Save it without one, and convert that.")
    if strange := next((part.filename for part in parts if not _is_inside(part.filename)), None):
        fault = f"it has a part with a name that leads out of it (“{strange[:60]}”), which no word processor writes"
        raise SourceError(f"{name}: {fault}. Do not open it if you do not know who made it.")
    if fault := _oversize(parts, context.options.limits):
        raise SourceError(f"{name}: {fault}. Do not open it if you do not know who made it.")


def _is_inside(part: str) -> bool:
    return not part.startswith("/") and not {"\\", ":"} & set(part) and ".." not in part.split("/")


def _oversize(parts: list[zipfile.ZipInfo], limits: Limits) -> str:
    """Return what is wrong with the sizes, empty where nothing is."""
    if len(parts) > MOST_PARTS:
        return f"it has {len(parts):,} parts, more than {MOST_PARTS:,}"
    if sum(part.file_size for part in parts) > UNPACKED * limits.bytes:
        return f"it unpacks to more than {UNPACKED * limits.bytes:,} bytes"
    dense = (part for part in parts if part.file_size > max(DENSE_FROM, DENSEST * part.compress_size) and _is_xml(part))
    return next((f"its part {part.filename[:60]} unpacks to {part.file_size:,} bytes of nothing" for part in dense), "")


def _is_xml(part: zipfile.ZipInfo) -> bool:
    return part.filename.lower().endswith((".xml", ".rels"))


def _tags(part: bytes, filename: str, context: ReadContext) -> int:
    """Return how many tags a part has at most; raise ``SourceError`` for what only a bomb has."""
    if any(declaration in part for declaration in _DECLARATIONS):
        fault = f"its part {filename[:60]} declares entities, which no word processor writes"
        raise SourceError(f"{context.name}: {fault}. Do not open it if you do not know who made it.")
    check_turns(part.count(b"<w:p ") + part.count(b"<w:p>"), context.name, context.options.limits)
    return part.count(b"<")


# its parts --------------------------------------------------------------------------------


def _parts(package: "Package", missing: tuple[str, ...]) -> Opened:
    main = package.main_document_part
    if "wordprocessingml" not in main.content_type and "ms-word" not in main.content_type:
        raise ValueError("its main part is no text")
    properties = package.core_properties
    remarks = (properties.subject, properties.category, properties.keywords, properties.comments)
    return Opened(
        document=_tree(main),
        styles=_related(main, "styles"),
        footnotes=_related(main, "footnotes"),
        endnotes=_related(main, "endnotes"),
        comments=_related(main, "comments"),
        margins=(*_all_related(main, "header"), *_all_related(main, "footer")),
        drawings=(*_all_related(main, "diagramData"), *_all_related(main, "chart")),
        links=_links(main),
        foot_links=_links(*_parts_of_kind(main, "footnotes")),
        end_links=_links(*_parts_of_kind(main, "endnotes")),
        title=clean(properties.title or ""),
        language=clean(properties.language or ""),
        remarks=clean("; ".join(filter(None, remarks))),
        missing=missing,
    )


def _tree(part: "Part") -> "Element":
    from docx.opc.part import XmlPart
    from docx.oxml.parser import parse_xml

    return part.element if isinstance(part, XmlPart) else parse_xml(part.blob)


def _parts_of_kind(part: "Part", kind: str) -> tuple["Part", ...]:
    related = (rel for rel in part.rels.values() if rel.reltype.endswith(f"/{kind}") and not rel.is_external)
    return tuple(rel.target_part for rel in related)


def _all_related(part: "Part", kind: str) -> tuple["Element", ...]:
    return tuple(map(_tree, _parts_of_kind(part, kind)))


def _related(part: "Part", kind: str) -> "Element | None":
    return next(iter(_all_related(part, kind)), None)


def _links(*parts: "Part") -> dict[str, str]:
    return {str(key): clean(rel.target_ref) for part in parts for key, rel in part.rels.items() if rel.is_external}
