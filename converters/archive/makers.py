"""What is made of a whole archive, beside its episodes' folders."""

from collections.abc import Callable
from typing import Final

from converters.archive.catalogue import catalogue
from converters.archive.holdings import Archive, Files
from converters.archive.opds import opds
from converters.archive.opds_atom import opds_atom
from converters.archive.podcast import podcast
from converters.archive.publications import covers
from converters.archive.sitemap import sitemap

MAKERS: Final[tuple[Callable[[Archive], Files], ...]] = (covers, catalogue, opds, opds_atom, podcast, sitemap)
"""What makes the files. A file that none of them makes any more is removed."""
