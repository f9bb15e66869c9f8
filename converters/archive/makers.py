"""What is made of a whole archive, beside its episodes' folders."""

from collections.abc import Callable
from typing import Final

from converters.archive.catalogue import catalogue
from converters.archive.holdings import Archive, Files
from converters.archive.sitemap import sitemap

MAKERS: Final[tuple[Callable[[Archive], Files], ...]] = (
    catalogue,
    sitemap,
)
"""What makes the files. A file that none of them makes any more is removed."""
