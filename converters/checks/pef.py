"""Does a PEF say what the transcript says? Its rows are read with lxml, and then as the lines of a braille file.

What a page may hold is looked at first: a row that is too long, or one too many, would be cut off by the embosser.
"""

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from converters.braille import in_ascii
from converters.checks import brf
from converters.checks.ledger import Account, Run
from converters.document import Document
from converters.settings import Braille

if TYPE_CHECKING:
    from lxml.etree import _Element

_CELLS: Final = re.compile("[\u2800-\u283f]*")


def pef_account(content: bytes, document: Document, runs: Sequence[Run], asked: Braille) -> Account:
    """Return what is wrong with a PEF."""
    from lxml import etree

    root = etree.fromstring(content, etree.XMLParser(resolve_entities=False, huge_tree=True))
    volumes = list(root.iter("{*}volume"))
    for volume in volumes:
        if (volume.get("cols"), volume.get("rows")) != (str(asked.cells), str(asked.lines)):
            pages = f"its pages have {volume.get('cols')} cells and {volume.get('rows')} lines, which nobody asked for"
            return Account(faults=(pages,))
    if strange := [row.text for row in root.iter("{*}row") if not _CELLS.fullmatch(row.text or "")]:
        return Account(faults=(f"a row holds what is no braille of six dots: “{(strange[0] or '')[:40]}”",))
    return brf.account([_as_braille_file(volume, asked.lines) for volume in volumes], document, runs, asked)


def _as_braille_file(volume: "_Element", lines: int) -> bytes:
    """Return a volume's pages as a BRF has them, whose proof they are then given."""
    pages = ([in_ascii(row.text or "") for row in page.iter("{*}row")] for page in volume.iter("{*}page"))
    whole = ("".join(f"{line}\r\n" for line in (*rows, *[""] * (lines - len(rows)))) + "\f" for rows in pages)
    return "".join(whole).encode("ascii")
