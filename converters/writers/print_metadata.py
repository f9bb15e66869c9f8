"""What a PDF says of itself beside title and language: in its XMP (ISO 16684-1), and where older programs look."""

import itertools
from typing import Final

import pydyf  # type: ignore[import-untyped]  # it has no types

from converters.writers.markup import Markup, element, joined, text

NAMESPACES: Final = {"dcterms": "http://purl.org/dc/terms/", "schema": "http://schema.org/"}
_END: Final = b"</rdf:RDF>"

Properties = tuple[tuple[str, str], ...]
"""Names with a prefix, and values; a name that stands several times has several."""


def describe(pdf: pydyf.PDF, properties: Properties) -> None:
    """Add the properties to the XMP that WeasyPrint wrote, and to the information dictionary (ISO 32000-1 §14.3.3)."""
    if not properties:
        return
    gathered = _gathered(properties)
    reference = pdf.catalog["Metadata"]
    stream = pdf.objects[int(reference.split()[0])]
    whole = b"\n".join(stream.stream)
    stream.compress = False  # so that programs find it which know nothing of PDF (ISO 32000-1 §14.3.2)
    stream.stream = [whole.replace(_END, _description(gathered).encode("utf-8") + _END, 1)]
    for name, values in gathered.items():
        pdf.info[_plain(name)] = pydyf.String("; ".join(values))


def _gathered(properties: Properties) -> dict[str, tuple[str, ...]]:
    ordered = itertools.groupby(sorted(properties, key=lambda one: one[0]), key=lambda one: one[0])
    return {name: tuple(value for _, value in several) for name, several in ordered}


def _description(properties: dict[str, tuple[str, ...]]) -> Markup:
    """Return a description of the file; what has several values is a bag (ISO 16684-1 §7.7)."""
    marks: dict[str, str | None] = {"rdf:about": ""}
    marks |= {f"xmlns:{prefix}": address for prefix, address in NAMESPACES.items()}
    return element("rdf:Description", *(_property(*one) for one in properties.items()), attributes=marks)


def _property(name: str, values: tuple[str, ...]) -> Markup:
    if len(values) == 1:
        return element(name, text(values[0]))
    return element(name, element("rdf:Bag", joined(*(element("rdf:li", text(value)) for value in values))))


def _plain(name: str) -> str:
    """Return ``AccessibilityFeature`` for ``schema:accessibilityFeature``: there are no prefixes here."""
    plain = name.partition(":")[2]
    return plain[0].upper() + plain[1:]
