"""The last touch to a tagged PDF, before WeasyPrint writes it down.

WeasyPrint draws running heads and page numbers as tagged content that no tag tree holds, which a reader may
meet or not; PDF/UA-1 §7.1 wants artifacts. It takes a *finisher* for such things, which is handed
all objects of the file; this is ours. What it does:

* what no tag leads to is an artifact of pagination, and so are the dots between a title of
  the contents and its page number (in an ``article``, which we use for nothing else);
* links are printed as they are shown (ISO 14289-1 §7.18.1), are described by the words of what they lead to, and
  one that leads into another volume is a link no more;
* each page says where its text stands (``ArtBox``, ISO 32000-1 §14.11.2), and what its number is.
"""

from collections.abc import Iterator, Mapping
from typing import Final

import msgspec
import pydyf  # type: ignore[import-untyped]  # it has no types

from converters.writers.print_metadata import Properties, describe

_PRINT: Final = 4
"""The flag of an annotation that is printed (ISO 32000-1 table 165)."""


class Finish(msgspec.Struct, frozen=True):
    """What the file is told: height of head and foot, words for links by their target, numbers of its pages.

    ``first`` is the number of the first page of text; ``before`` it stand pages without one. ``properties`` are what
    it says of itself.
    """

    top: float
    bottom: float
    described: Mapping[str, str]
    first: int = 1
    before: int = 0
    properties: Properties = ()

    def __call__(self, _document: object, pdf: pydyf.PDF) -> None:
        """Be WeasyPrint's finisher."""
        pages = [_object(pdf, reference) for reference in pdf.page_references]
        _mark_artifacts(pdf, pages)
        describe(pdf, self.properties)
        for page in pages:
            left, bottom, right, top = page["MediaBox"]
            page["ArtBox"] = pydyf.Array([left, bottom + self.bottom, right, top - self.top])
            for link in _links(pdf, page):
                link["F"] = _PRINT
                self._describe(link)
        if self.before:
            unnumbered, numbered = pydyf.Dictionary({}), pydyf.Dictionary({"S": "/D", "St": self.first})
            pdf.catalog["PageLabels"] = pydyf.Dictionary({"Nums": pydyf.Array([0, unnumbered, self.before, numbered])})

    def _describe(self, link: pydyf.Dictionary) -> None:
        target = link.get("Dest")
        if target is not None and (words := self.described.get(target.string)):
            link["Contents"] = pydyf.String(words)


def _object(pdf: pydyf.PDF, reference: bytes) -> pydyf.Object:
    return pdf.objects[int(reference.split()[0])]


def _links(pdf: pydyf.PDF, page: pydyf.Dictionary) -> Iterator[pydyf.Dictionary]:
    for reference in page.get("Annots", ()):
        annotation = _object(pdf, reference)
        if annotation.get("Subtype") == "/Link":
            yield annotation


# artifacts ----------------------------------------------------------------------------------------


def _mark_artifacts(pdf: pydyf.PDF, pages: list[pydyf.Dictionary]) -> None:
    """Make artifacts of all marked content that no tag leads to, and empty the tags that nothing leads to."""
    root = _object(pdf, pdf.catalog["StructTreeRoot"])
    held = set(_walk(pdf, root))
    numbers = _object(pdf, root["ParentTree"])["Nums"]
    for page, tags in zip(pages, numbers[1 : 2 * len(pages) : 2], strict=True):
        loose = {mark for mark, tag in enumerate(tags) if tag not in held}
        _unmark(_object(pdf, page["Contents"]), loose)
        tags[:] = [b"null" if mark in loose else tag for mark, tag in enumerate(tags)]
    for found in pdf.objects:
        if isinstance(found, pydyf.Dictionary) and found.get("Type") == "/StructElem" and found.reference not in held:
            found.clear()  # an empty object; one that is left out shifts all that pydyf writes after it


def _walk(pdf: pydyf.PDF, root: pydyf.Dictionary) -> Iterator[bytes]:
    """Yield the reference of each tag that the tree holds, without the articles; mend each on the way."""
    waiting: list[pydyf.Dictionary] = [root]
    while waiting:
        tag = waiting.pop()
        below = [(kid, _object(pdf, kid)) for kid in tag.get("K", ()) if isinstance(kid, bytes)]
        leaders = {reference for reference, one in below if one.get("S") == "/Art"}
        tag["K"] = pydyf.Array(kid for kid in tag.get("K", ()) if kid not in leaders)
        if tag.get("S") == "/Link" and not any(one.get("Type") == "/OBJR" for _, one in below):
            tag["S"] = "/Span"
        for reference, one in below:
            if reference not in leaders and one.get("Type") == "/StructElem":
                yield reference
                waiting.append(one)


def _unmark(stream: pydyf.Stream, loose: set[int]) -> None:
    """Turn marked content into artifacts: ``/Span <</MCID 3>> BDC`` into ``/Artifact <</Type /Pagination>> BDC``."""
    operators = stream.stream
    for place, operand in enumerate(operators):
        if isinstance(operand, pydyf.Dictionary) and operand.get("MCID") in loose:
            operators[place - 1] = "/Artifact"
            operators[place] = pydyf.Dictionary({"Type": "/Pagination"})
