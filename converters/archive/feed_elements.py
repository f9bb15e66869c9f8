"""Elements of feeds, each in the namespace of its vocabulary; text and values are escaped by lxml."""

from typing import Final

import msgspec
from lxml import etree

from converters.characters import clean

Element = etree._Element  # noqa: SLF001 - lxml has no public name for the type of what it returns
ATOM: Final = "http://www.w3.org/2005/Atom"


class Vocabulary(msgspec.Struct, frozen=True):
    """A namespace (None: the elements are in none), and the prefixes that the whole feed declares."""

    namespace: str | None
    prefixes: dict[str | None, str]

    def element(self, tag: str, *content: str | Element, attributes: dict[str, str] | None = None) -> Element:
        """Return an element with words, elements, or both in it; an attribute without a value is left out."""
        name = f"{{{self.namespace}}}{tag}" if self.namespace else tag
        said = {key: clean(value) for key, value in (attributes or {}).items() if value}
        made = etree.Element(name, said, nsmap=self.prefixes)  # type: ignore[arg-type]  # None is the default namespace
        made.text = clean("".join(part for part in content if isinstance(part, str))) or None
        made.extend([part for part in content if not isinstance(part, str)])
        return made


def encoded(feed: Element) -> bytes:
    """Return a feed as a file."""
    return etree.tostring(feed, xml_declaration=True, encoding="utf-8", pretty_print=True)
