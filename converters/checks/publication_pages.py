"""What a page of HTML or XHTML holds, as far as a claim about it could be wrong."""

import base64
import binascii
import posixpath
import re
from collections.abc import Iterator
from typing import Final
from urllib.parse import unquote, urlsplit

from lxml import etree

from converters.checks.publication import Thing

Tree = etree._Element  # noqa: SLF001 - lxml has no other name for it

_BY_NAME: Final[dict[str, Thing]] = {
    **dict.fromkeys(("h1", "h2", "h3", "h4", "h5", "h6"), "headings"),
    "math": "math", "ruby": "ruby", "video": "video", "audio": "sound",
}  # fmt: skip
_BY_KIND: Final[dict[str, Thing]] = {
    "pagebreak": "page breaks", "doc-pagebreak": "page breaks", "page-list": "page list", "doc-pagelist": "page list",
    "index": "index", "doc-index": "index",
}  # fmt: skip
"""Values of epub:type (EPUB 3 Structural Semantics Vocabulary) and of role (DPUB-ARIA)."""
_SPEECH: Final = "{http://www.w3.org/2001/10/synthesis}"
_TYPE: Final = "{http://www.idpf.org/2007/ops}type"
_SPOKEN_STYLE: Final = re.compile(rb"(?<![-\w])(-epub-)?(speak|speak-as|voice-family|cue-before|pause-before)\s*:")
_FRAME: Final = re.compile(rb"\x21\xf9\x04.(..).\x00", re.DOTALL)
_FLASH: Final = 34
"""Hundredths of a second: what changes quicker changes over three times a second."""


def name_of(element: Tree) -> str:
    """Return an element's name without its namespace, empty for a comment."""
    return element.tag.rpartition("}")[2].lower() if isinstance(element.tag, str) else ""


def things_of_page(root: Tree, cover: str = "") -> Iterator[Thing]:
    """Yield what a page holds; ``cover`` is the name of the file that is the cover's picture."""
    for element in root.iter():
        if name := name_of(element):
            yield from _of_element(element, name)
            yield from _of_picture(element, name, cover)


def _of_element(element: Tree, name: str) -> Iterator[Thing]:
    if name in _BY_NAME:
        yield _BY_NAME[name]
    if name == "nav" and _leads_inside(element):
        yield "page list" if "page-list" in (element.get(_TYPE) or "") else "contents"
    if name == "track":
        yield "in step" if element.get("kind") == "metadata" else "captions"
    if name == "style" and speaks((element.text or "").encode()):
        yield "speech markup"
    yield from _of_marks(element, name)


def _of_marks(element: Tree, name: str) -> Iterator[Thing]:
    marks = [str(mark) for mark in element.attrib]
    if name == "details" or {"aria-describedby", "aria-details", "longdesc"} & {*marks}:
        yield "long descriptions"
    if any(mark == "role" or mark.startswith("aria-") for mark in marks):
        yield "roles"
    if any(mark.startswith(_SPEECH) for mark in marks):
        yield "speech markup"
    kinds = f"{element.get(_TYPE) or ''} {element.get('role') or ''}".split()
    yield from (_BY_KIND[kind] for kind in kinds if kind in _BY_KIND)


def _leads_inside(nav: Tree) -> bool:
    links = (one.get("href") or "" for one in nav.iter() if name_of(one) == "a")
    return any(link and not urlsplit(link).scheme for link in links)


def speaks(style: bytes) -> bool:
    """Tell whether a style sheet says how text is to be spoken (CSS Speech)."""
    return _SPOKEN_STYLE.search(style) is not None


# pictures -----------------------------------------------------------------------------------


def _of_picture(element: Tree, name: str, cover: str) -> Iterator[Thing]:
    if name not in {"img", "svg"} or _is_hidden(element):
        return
    alt = _text_alternative(element, name)
    if name == "img" and alt == "":
        return  # an ornament (HTML §4.8.4.4.7)
    yield "cover" if cover and cover in _sources(element, name) else "pictures"
    yield "described pictures" if alt else "undescribed pictures"
    source = element.get("src") or ""
    if source.startswith("data:image/"):
        yield from things_of_picture(_data(source))


def _is_hidden(element: Tree) -> bool:
    above = (element, *element.iterancestors())
    return element.get("role") in {"presentation", "none"} or any(one.get("aria-hidden") == "true" for one in above)


def _text_alternative(element: Tree, name: str) -> str | None:
    label = element.get("aria-label") or element.get("aria-labelledby") or element.get("title")
    if name == "img":
        return label or element.get("alt")
    titles = ("".join(str(part) for part in one.itertext()) for one in element.iter() if name_of(one) == "title")
    return label or next((title for title in titles if title.strip()), None)


def _sources(element: Tree, name: str) -> set[str]:
    marks = ("src",) if name == "img" else ("href", "{http://www.w3.org/1999/xlink}href")
    found = (one.get(mark) or "" for one in element.iter() if name_of(one) for mark in marks)
    return {posixpath.basename(unquote(urlsplit(source).path)) for source in found}


def _data(source: str) -> bytes:
    head, _, body = source.partition(",")
    try:
        return base64.b64decode(body, validate=False) if head.endswith(";base64") else b""
    except (binascii.Error, ValueError):
        return b""


def things_of_picture(content: bytes) -> Iterator[Thing]:
    """Yield whether a picture moves, and so quickly that it could flash (GIF89a, APNG, WebP)."""
    delays = [int.from_bytes(found, "little") for found in _FRAME.findall(content)] if content[:3] == b"GIF" else []
    if len(delays) > 1 or b"acTL" in content[:200] or (content[8:12] == b"WEBP" and b"ANIM" in content[:100]):
        yield "moving pictures"
    if len(delays) > 1 and min(delays) < _FLASH:
        yield "flashing pictures"
