"""The package that a Word file is (ECMA-376 part 2): its parts, what they have to do with each other, its properties.

python-docx puts it together, and stamps it with the present time; so what it made is packed once more, with
the edition's date.
"""

import datetime
import io
import zipfile
from typing import Final

import msgspec
from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.package import Package

from converters.writers.markup import element, text

LONGEST_PROPERTY: Final = 255
"""Characters of a property that Office keeps, and python-docx takes."""

_OURS: Final = "{D5CDD505-2E9C-101B-9397-08002B2CF9AE}"
"""The set of properties that users define (ECMA-376 part 1 §22.3.2.2)."""
_OFFICE: Final = "http://schemas.openxmlformats.org/officeDocument/2006"
_CUSTOM: Final = f"{_OFFICE}/custom-properties"
_VARIANT_TYPES: Final = f"{_OFFICE}/docPropsVTypes"


class Properties(msgspec.Struct, frozen=True):
    """What the file says of itself; ``made`` is the edition's date, ``custom`` names and values of our own."""

    title: str
    language: str
    show: str
    keywords: str
    made: datetime.datetime
    tool: str
    custom: tuple[tuple[str, str], ...] = ()


class Parts(msgspec.Struct, frozen=True):
    """The finished parts; ``links`` and ``note_links`` are addresses outside by the ids that text and notes use."""

    document: bytes
    styles: bytes
    numbering: bytes
    settings: bytes
    fonts: bytes
    theme: bytes
    header: bytes
    footer: bytes
    footnotes: bytes | None = None
    links: dict[str, str] = {}
    note_links: dict[str, str] = {}


def packed(parts: Parts, properties: Properties) -> bytes:
    """Return the finished file: same parts, same bytes."""
    package = Package()
    main = _part(package, "document", parts.document, CONTENT_TYPE.WML_DOCUMENT_MAIN)
    package.rels.add_relationship(RELATIONSHIP_TYPE.OFFICE_DOCUMENT, main, "document")
    beside = (
        ("styles", parts.styles, CONTENT_TYPE.WML_STYLES, RELATIONSHIP_TYPE.STYLES),
        ("numbering", parts.numbering, CONTENT_TYPE.WML_NUMBERING, RELATIONSHIP_TYPE.NUMBERING),
        ("settings", parts.settings, CONTENT_TYPE.WML_SETTINGS, RELATIONSHIP_TYPE.SETTINGS),
        ("fontTable", parts.fonts, CONTENT_TYPE.WML_FONT_TABLE, RELATIONSHIP_TYPE.FONT_TABLE),
        ("theme", parts.theme, CONTENT_TYPE.OFC_THEME, RELATIONSHIP_TYPE.THEME),
        ("header", parts.header, CONTENT_TYPE.WML_HEADER, RELATIONSHIP_TYPE.HEADER),
        ("footer", parts.footer, CONTENT_TYPE.WML_FOOTER, RELATIONSHIP_TYPE.FOOTER),
    )
    for name, content, kind, relation in beside:
        main.rels.add_relationship(relation, _part(package, name, content, kind), name)
    _lead_out(main, parts.links)
    if parts.footnotes:
        notes = _part(package, "footnotes", parts.footnotes, CONTENT_TYPE.WML_FOOTNOTES)
        main.rels.add_relationship(RELATIONSHIP_TYPE.FOOTNOTES, notes, "footnotes")
        _lead_out(notes, parts.note_links)
    _describe(package, properties)
    loose = io.BytesIO()
    package.save(loose)
    return _repacked(loose, properties.made)


def _part(package: Package, name: str, content: bytes, kind: str) -> Part:
    return Part(PackURI(f"/word/{name}.xml"), kind, content, package)


def _lead_out(source: Part, links: dict[str, str]) -> None:
    for address, identifier in links.items():
        source.rels.add_relationship(RELATIONSHIP_TYPE.HYPERLINK, address, identifier, is_external=True)


def _describe(package: Package, properties: Properties) -> None:
    about = package.core_properties
    about.title = properties.title[:LONGEST_PROPERTY]
    about.language = properties.language
    about.author = properties.show[:LONGEST_PROPERTY]
    about.subject = properties.show[:LONGEST_PROPERTY]
    about.keywords = properties.keywords[:LONGEST_PROPERTY]
    about.created = about.modified = properties.made.replace(tzinfo=None)
    about.last_modified_by = properties.tool
    if properties.custom:
        part = Part(PackURI("/docProps/custom.xml"), CONTENT_TYPE.OFC_CUSTOM_PROPERTIES, _custom(properties), package)
        package.relate_to(part, RELATIONSHIP_TYPE.CUSTOM_PROPERTIES)


def _custom(properties: Properties) -> bytes:
    """Return properties that have no name of Office's (ECMA-376 part 1 §22.3): each once, numbered from 2 on."""
    gathered: dict[str, list[str]] = {}
    for name, value in properties.custom:
        gathered.setdefault(name, []).append(value)
    found = (
        element(
            "property", element("vt:lpwstr", text(", ".join(values))),
            attributes={"fmtid": _OURS, "pid": str(number), "name": name},
        )
        for number, (name, values) in enumerate(gathered.items(), 2)
    )  # fmt: skip
    whole = element("Properties", *found, attributes={"xmlns": _CUSTOM, "xmlns:vt": _VARIANT_TYPES})
    return f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n{whole}'.encode()


def _repacked(loose: io.BytesIO, made: datetime.datetime) -> bytes:
    whole = io.BytesIO()
    with zipfile.ZipFile(loose) as source, zipfile.ZipFile(whole, "w") as target:
        for name in source.namelist():
            entry = zipfile.ZipInfo(name, (max(made.year, 1980), *made.timetuple()[1:6]))
            entry.create_system = 3  # Unix everywhere, so that equal files are equal bytes
            entry.external_attr = 0o644 << 16
            entry.compress_type = zipfile.ZIP_DEFLATED
            target.writestr(entry, source.read(name))
    return whole.getvalue()
