"""Footnotes of a page: the marks in the text, and where the words of each note stand."""

import re
from typing import TYPE_CHECKING, Final
from urllib.parse import unquote

from converters.readers.markup.addresses import Addresses
from converters.readers.markup.elements import is_block
from converters.readers.markup.speakers import written
from converters.readers.markup.tree import tag_of
from converters.readers.markup.writing import is_time_code

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

_MARK: Final = re.compile(r"[\[(]?(?:\d{1,3}|[*†‡§¶]{1,3}|[a-z]|[ivx]{1,5})[\])]?")
_HINT: Final = re.compile(
    r"(?i)(?:^|[^a-z])(?:fn|ftn|note|notes|footnote|endnote|noteref|refn?|edn|cite_note|anm|nota|fuss)(?![a-z])"
)
_SAYS: Final = (
    "href",
    "class",
    "id",
    "role",
    "rel",
    "name",
    "title",
    "{http://www.idpf.org/2007/ops}type",
    "epub:type",
)
_BETWEEN: Final = re.compile(r"^[\s.:)\]–—-]+")


class Notes:
    """What is a note on one page, and what only leads to one.

    ``marks`` gives the note's id for each mark, ``places`` for each element that holds
    a note's words. ``back`` lead from a note to its mark, ``lost`` are marks whose note
    the page does not have.
    """

    def __init__(self, root: "Element", addresses: Addresses) -> None:
        """Go through the page's own links once."""
        self.marks: dict[Element, str] = {}
        self.places: dict[Element, str] = {}
        self.back: set[Element] = set()
        self.lost: set[Element] = set()
        self._numbers: dict[str, str] = {}
        links = [(a, place) for a in root.iter("a") if (place := addresses.fragment(a.get("href") or "")) is not None]
        if not any(_looks_like_mark(a) for a, _ in links):
            return
        ids = {name: e for e in root.iter() for name in (e.get("id"), e.get("name") if e.tag == "a" else None) if name}
        self._find(links, ids)

    def number(self, place: "Element") -> str:
        """Return the mark of a note as it is printed in the text."""
        return self._numbers.get(self.places[place], "")

    def _find(self, links: "list[tuple[Element, str]]", ids: "dict[str, Element]") -> None:
        pairs: dict[Element, Element] = {}
        marked: set[Element] = set()
        for a, place in links:
            target = ids.get(place)
            if target is None:
                target = ids.get(unquote(place))
            if target is not None and ({target, target.getparent()} | set(target.iterchildren("a"))) & marked:
                self.back.add(a)
            elif _looks_like_mark(a) and target is not a and place:
                pairs[a] = target if target is not None else a
                marked.add(a)
        self._place(pairs)

    def _place(self, pairs: "dict[Element, Element]") -> None:
        """Give each target that holds words an id, counted in the order of the marks."""
        targets = {target for a, target in pairs.items() if target is not a}
        within: dict[Element, int] = {}
        for one in (*targets, *pairs):
            for ancestor in (one, *one.iterancestors()):
                within[ancestor] = within.get(ancestor, 0) + (1 if one in targets else 1_000)
        found: dict[Element, Element | None] = {}
        for a, target in pairs.items():
            if target is a:
                self.lost.add(a)
                continue
            if target not in found:
                found[target] = _holder(target, within)
            holder = found[target]
            if holder is None:
                self.lost.add(a)
            else:
                name = self.places.setdefault(holder, f"note-{len(self.places) + 1}")
                self.marks[a] = name
                self._numbers.setdefault(name, written(a))
        self.back.update(target for target in targets if tag_of(target) == "a")


def _looks_like_mark(a: "Element") -> bool:
    """Tell whether a link has the shape of a note's mark, and something says that it is one."""
    words = written(a, 8)
    if a.get("role") == "doc-noteref":
        return True
    if not _MARK.fullmatch(words) or is_time_code(words):
        return False
    outer = a.getparent()
    raised = outer is not None and tag_of(outer) == "sup"
    return (
        raised or any(tag_of(child) == "sup" for child in a) or any(_HINT.search(a.get(name) or "") for name in _SAYS)
    )


def _holder(target: "Element", within: "dict[Element, int]") -> "Element | None":
    """Return the smallest block that has a note's words and neither another note nor any mark."""
    for element in (target, *target.iterancestors()):
        if within.get(element, 0) != 1 or tag_of(element) in {"body", "html"}:
            return None
        own = written(target, 400) if tag_of(target) == "a" else ""
        if is_block(element) and any(letter.isalpha() for letter in written(element, 400).removeprefix(own)):
            return element
    return None


def without_number(text: str, mark: str) -> int:
    """Return how many letters at the beginning of a note only repeat its mark."""
    number = mark.strip("[]() ")
    start = len(text) - len(text.lstrip("[( "))
    if not number or not text.startswith(number, start):
        return 0
    rest = _BETWEEN.match(text[start + len(number) :])
    return start + len(number) + (rest.end() if rest else 0) if rest else 0
