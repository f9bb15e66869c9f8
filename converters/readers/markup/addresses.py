"""Where the links of a page lead: whole addresses that can be followed from anywhere, or none."""

import re
from typing import TYPE_CHECKING, Final
from urllib.parse import parse_qs, urldefrag, urljoin, urlsplit

from converters.characters import clean

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

_WHOLE: Final = re.compile(r"(?i)(?:https?://|mailto:|tel:)[^\s]")
_SCHEME: Final = re.compile(r"(?i)[a-z][a-z0-9+.-]{0,30}:")
_SAVED_FILES: Final = re.compile(r"(?i)(?:^|/)[^/]{0,200}(?:_files|-dateien|_ficheiros|_archivos|_fichiers)/|^file:")
_SAVED_FROM: Final = re.compile(
    r"<!--\s{0,9}saved from url=\(\d{1,6}\)(https?://[^\s<>]{1,2000}?)\s{0,9}-->", re.IGNORECASE
)
_DETOUR: Final = re.compile(r"(?i)https?://www\.google\.[a-z.]{2,6}/url\?")
_HOST: Final = re.compile(r"(?i)https?://(?:www\.)?([^/?#\s]{1,255})")
LONGEST: Final = 4_000


class Addresses:
    """Makes the addresses of one page whole."""

    def __init__(self, page: str | None, base: str | None = None) -> None:
        """Take the page's own address, and the one that it says its links start from."""
        self.page = page
        self._base = base or page

    def whole(self, href: str) -> str | None:
        """Return an address that leads to another page: as it stands where the page does not say where it starts from.

        None for a place on this page, and for what is no address.
        """
        address = clean(href).strip()[:LONGEST]
        if not address or self.fragment(address) is not None:
            return None
        if _WHOLE.match(address):
            return _without_detour(address).replace(" ", "%20")
        if _SCHEME.match(address):
            return None
        return self._resolved(address) or address

    def is_own(self, href: str) -> bool:
        """Tell whether an address leads to another page of the same site, or to a place on this one."""
        address = href.strip()[:LONGEST]
        if not _SCHEME.match(address) and not address.startswith("//"):
            return True
        host = _HOST.match(address)
        own = _HOST.match(self.page or "")
        return bool(host and own and host[1].lower() == own[1].lower())

    def leads_somewhere(self, address: str) -> bool:
        """Tell whether an address can be followed from anywhere."""
        return bool(_WHOLE.match(address))

    def recording(self, src: str) -> str | None:
        """Return where a recording can be had from the network, None for a file that was saved with the page."""
        address = clean(src).strip()[:LONGEST]
        if not address or _SAVED_FILES.search(address):
            return None
        whole = address if _WHOLE.match(address) else None if _SCHEME.match(address) else self._resolved(address)
        return whole if whole and whole.lower().startswith("http") else None

    def fragment(self, href: str) -> str | None:
        """Return the place on this page that an address leads to, None where it leads elsewhere."""
        address, _, place = href.strip().partition("#")
        own = not address or (self.page is not None and address.rstrip("/") == self.page.rstrip("/"))
        return place if own and "#" in href else None

    def _resolved(self, address: str) -> str | None:
        if not self._base:
            return None
        try:
            whole = urljoin(self._base, address)
        except ValueError:
            return None
        return whole.replace(" ", "%20") if _WHOLE.match(whole) else None


def _without_detour(address: str) -> str:
    """Return where a word processor's export really leads: it sends every reader through a counter first."""
    if not _DETOUR.match(address):
        return address
    wanted = parse_qs(urlsplit(address).query).get("q", [""])[0]
    return wanted if _WHOLE.match(wanted) else address


def page_addresses(root: "Element", text: str) -> Addresses:
    """Return the addresses of a page: its own from its head, or from the note a browser leaves when it saves."""
    page = next((address for address in _own(root, text) if _WHOLE.match(address)), None)
    base = next((href for element in root.iter("base") if _WHOLE.match(href := element.get("href") or "")), None)
    return Addresses(urldefrag(page)[0] if page else None, base)


def _own(root: "Element", text: str) -> list[str]:
    links = [link.get("href") or "" for link in root.iter("link") if (link.get("rel") or "").lower() == "canonical"]
    metas = [meta.get("content") or "" for meta in root.iter("meta") if (meta.get("property") or "") == "og:url"]
    saved = _SAVED_FROM.search(text[:4096])
    return [address.strip() for address in (*links, *metas, saved[1] if saved else "")]
