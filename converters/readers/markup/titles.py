"""Which words of a page are the episode's title: the heading that the page's own head speaks of, else its first."""

import re
import unicodedata
from collections.abc import Iterator
from typing import Final

import msgspec

from converters.readers.markup.head import Head
from converters.readers.markup.placed import Placed, Region

_PARTING: Final = re.compile(r"\s+(?:[|–—·•»«]|::|-)\s+|\s*｜\s*")
_NO_PLACE_FOR_IT: Final = frozenset(
    "menu search comments cookies aside footer related popup newsletter share advert".split()
)
_QUOTES: Final = str.maketrans("‘’‚“”„«»", '\'\'\'"""""')
ENOUGH_TO_TELL: Final = 8
"""Letters of a title by whose beginning or end a longer one is known."""
SMALLEST_HEADING: Final = 3
LONGEST: Final = 400


class Title(msgspec.Struct, frozen=True):
    """The title, the index of the heading that holds it, and what the page's own title has beside it."""

    text: str | None = None
    index: int | None = None
    rest: str = ""


def find_title(
    placed: tuple[Placed, ...], regions: tuple[Region, ...], head: Head, *, only_as_told: bool = False
) -> Title:
    """Return the episode's title, empty where the page has none.

    ``only_as_told`` says that the head is sure of it, and no other heading is the title.
    """
    headings = list(_headings(placed, regions))
    index = _as_head_says(placed, headings, head)
    if index is None and not only_as_told:
        index = next((i for i in headings if _is_first_heading(placed[i], regions, head)), None)
    if index is not None:
        text = placed[index].piece.text
        return Title(text, index, _rest(text, head))
    text = _without_site(head.titles[0], head.site)[:LONGEST] if head.titles else ""
    return Title(text or None, None, _rest(text, head))


def _headings(placed: tuple[Placed, ...], regions: tuple[Region, ...]) -> Iterator[int]:
    for index, one in enumerate(placed):
        big = one.piece.form == "heading" and one.piece.level <= SMALLEST_HEADING and len(one.piece.text) <= LONGEST
        if big and not any(regions[number].kind in _NO_PLACE_FOR_IT for number in one.regions):
            yield index


def _as_head_says(placed: tuple[Placed, ...], headings: list[int], head: Head) -> int | None:
    """Return the heading that the page's head calls its title, the biggest and then the first of those there are."""
    titles = [folded(_without_site(title, head.site)) for title in head.titles]
    titles = [title for title in titles if title and title != folded(head.site or "")]
    found = [i for i in headings if any(_is_one(folded(placed[i].piece.text), title) for title in titles)]
    return min(found, key=lambda i: placed[i].piece.level, default=None)


def _is_first_heading(one: Placed, regions: tuple[Region, ...], head: Head) -> bool:
    in_header = any(regions[number].kind == "header" for number in one.regions)
    site = folded(one.piece.text) == folded(head.site or "")
    return one.piece.level == 1 and not site and not (in_header and head.titles)


def _is_one(heading: str, title: str) -> bool:
    """Tell whether a heading is what the head calls the title, one of them perhaps with more round it."""
    shorter, longer = sorted((heading, title), key=len)
    if shorter == longer:
        return True
    return len(shorter) >= ENOUGH_TO_TELL and (longer.startswith(shorter) or longer.endswith(f" {shorter}"))


def folded(words: str) -> str:
    """Return words as they are compared: without case, kinds of quotation marks and signs at the ends."""
    plain = unicodedata.normalize("NFKC", words).translate(_QUOTES).casefold()
    return " ".join(plain.split()).strip(" .:!?|-–—'\"")


def _without_site(title: str, site: str | None) -> str:
    """Return a page's title without the site's name at one of its ends."""
    parts = _PARTING.split(title)
    if site and len(parts) > 1:
        for end in (-1, 0):
            if folded(parts[end]) == folded(site):
                cut = title.rfind(parts[-1]) if end else len(parts[0])
                return (title[:cut] if end else title[cut:]).strip(" |–—·•»«:-｜")
    return title


def _rest(text: str, head: Head) -> str:
    """Return what the page's own titles say beside the title and the site's name."""
    known = folded(f"{text} {head.site or ''}")
    words = set(known.split())
    parts = (part for title in head.titles for part in _PARTING.split(title))
    return " | ".join(dict.fromkeys(p for p in parts if folded(p) not in known and not set(folded(p).split()) <= words))
