"""``sitemap.xml``: the addresses of all pages, for search engines (sitemaps.org 0.9)."""

from typing import Final

from lxml import etree

from converters.archive.catalogue import address_of, page_names
from converters.archive.holdings import Archive, Files

_NAMESPACE: Final = "http://www.sitemaps.org/schemas/sitemap/0.9"
_MOST: Final = 50_000
"""Addresses that a file may have."""


def sitemap(archive: Archive) -> Files:
    """Return the map of the catalogue's pages and of every episode's, where the show says at which address they are."""
    if not (archive.episodes and archive.show.catalogue.address):
        return {}
    episodes = (
        f"{held.folder}/{row.path}" for held in archive.episodes for row in held.rows if row.format == "html"
    )  # fmt: skip
    root = etree.Element("urlset", {"xmlns": _NAMESPACE})
    for name in (*page_names(archive), *episodes)[:_MOST]:
        place = etree.SubElement(etree.SubElement(root, "url"), "loc")
        place.text = address_of(name, archive.show)
    return {"sitemap.xml": etree.tostring(root, xml_declaration=True, encoding="utf-8", pretty_print=True)}
