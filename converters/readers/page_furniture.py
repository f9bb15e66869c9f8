"""What on a saved page belongs to the site and not to the episode: menus, notices, adverts, comments.

What an element says of itself comes first: its name, its role, its class. But sites put
transcripts into side columns, pop-ups and boxes that unfold, so a part of the page goes
only where the conversation is elsewhere, and a paragraph that somebody speaks in it stays.
Readers' comments have the very form of turns: they go whatever they look like.
"""

from collections import Counter
from typing import Final

import msgspec

from converters.findings import Report
from converters.readers.markup.furniture_words import HEADED, REASONS, RIGHTS
from converters.readers.markup.openings import TIME, is_named, opening
from converters.readers.markup.placed import Placed, Region
from converters.readers.markup.regions import MAIN

_NEVER_SPEECH: Final = frozenset({"menu", "search", "comments", "cookies"})
_SPEECH_IF_MOST: Final = frozenset({"aside", "form", "popup"})
LONGEST_IMPRINT: Final = 300
ENOUGH_TIMES: Final = 3
MOSTLY_LINKS: Final = 0.6
"""Of the letters of a list, for it to be one of links to other pages."""
_IN_THE_CONVERSATION: Final = {
    "picture": "Description of a picture",
    "caption": "Caption of a picture or a player",
}


def without_furniture(
    placed: tuple[Placed, ...], regions: tuple[Region, ...], title: int | None, report: Report, *, whole: bool
) -> tuple[Placed, ...]:
    """Return a page's pieces without what is the site's own; each part that goes is a finding with all its words.

    ``whole`` says that it is a page as a site shows it, not a part of one. ``title`` is
    the index of the heading that is the episode's title: it stays, and so does a part of
    the page that holds it. Where nothing would be left, everything stays.
    """
    goes = _Page(placed, regions, title, whole=whole).goes()
    if not any(one.piece.text and not why for one, why in zip(placed, goes, strict=True)):
        return placed
    for why, words in _together(placed, goes):
        report.leave_out(why.reason, " ".join(words), f"line {why.line}" if why.line else None)
    return tuple(one for one, why in zip(placed, goes, strict=True) if not why)


def _together(placed: tuple[Placed, ...], goes: "list[_Why | None]") -> "list[tuple[_Why, list[str]]]":
    """Return what goes, part by part; neighbours that go for one reason are one part."""
    parts: list[tuple[_Why, list[str]]] = []
    known: dict[_Why, list[str]] = {}
    before: _Why | None = None
    for one, why in zip(placed, goes, strict=True):
        if why and one.piece.text:
            if before and before.reason == why.reason:
                parts[-1][1].append(one.piece.text)
            elif why.line and why in known:
                known[why].append(one.piece.text)
            else:
                parts.append((why, [one.piece.text]))
            known.setdefault(why, parts[-1][1])
        before = why if one.piece.text else before
    return parts


class _Why(msgspec.Struct, frozen=True):
    """Why a piece goes, and the line of the part of the page that goes with it."""

    reason: str
    line: int


class _Page:
    """One page while it is decided what goes."""

    def __init__(
        self, placed: tuple[Placed, ...], regions: tuple[Region, ...], title: int | None, *, whole: bool
    ) -> None:
        self._placed, self._regions, self._title, self._whole = placed, regions, title, whole
        self._openings = [None if one.role == "picture" else opening(one.piece) for one in placed]
        self._speaks = self._find_speech()
        self._stays = self._find_staying()

    def goes(self) -> list[_Why | None]:
        """Return for each piece why it goes, None for those that stay."""
        goes = [self._with_its_region(index) for index in range(len(self._placed))]
        self._drop_headed(goes)
        if self._whole:
            self._drop_links(goes)
        self._drop_outside(goes)
        self._drop_pictures(goes)
        return goes

    # where the conversation is ------------------------------------------------------------

    def _is_of(self, index: int, kinds: frozenset[str]) -> bool:
        return any(self._regions[number].kind in kinds for number in self._placed[index].regions)

    def _find_speech(self) -> list[bool]:
        """Return which pieces somebody seems to speak.

        They begin with a name that the markup gives them, or one that comes again, or with a
        time as others do.
        """
        free = [not self._is_of(index, _NEVER_SPEECH) for index in range(len(self._placed))]
        counted = Counter(o for o, is_free in zip(self._openings, free, strict=True) if is_free and o is not None)
        again = {name for name, count in counted.items() if count >= (ENOUGH_TIMES if name == TIME else 2)}
        named = (is_named(one.piece) for one in self._placed)
        return [
            is_free and (o in again or is_name) for o, is_free, is_name in zip(self._openings, free, named, strict=True)
        ]

    def _weigh(self) -> tuple[list[int], list[int]]:
        """Return how much is spoken in each region, in paragraphs and, for pages without names, in letters."""
        spoken, letters = [0] * len(self._regions), [0] * len(self._regions)
        for one, speaks in zip(self._placed, self._speaks, strict=True):
            for number in one.regions:
                spoken[number] += speaks
                letters[number] += len(one.piece.text)
        return spoken, letters

    def _find_staying(self) -> list[bool]:
        """Return which regions hold the conversation, or all that the page has to say."""
        spoken, letters = self._weigh()
        all_spoken, all_letters = sum(self._speaks), sum(len(one.piece.text) for one in self._placed)
        titled = self._placed[self._title].regions if self._title is not None else ()
        stays = []
        for number, region in enumerate(self._regions):
            holds_title = number in titled and region.kind != "header"
            most = region.kind not in _NEVER_SPEECH and _is_most(
                spoken[number], all_spoken, letters[number], all_letters
            )
            stays.append(region.kind == MAIN or holds_title or most)
        return stays

    def _stretch(self, goes: list[_Why | None]) -> range:
        """Return the pieces from the first that somebody speaks to the last."""
        spoken = [i for i, speaks in enumerate(self._speaks) if speaks and not goes[i]]
        return range(spoken[0], spoken[-1] + 1) if spoken else range(0)

    # what goes --------------------------------------------------------------------------

    def _with_its_region(self, index: int) -> _Why | None:
        """Return why a piece goes with the outermost part of the page that goes."""
        if index == self._title:
            return None
        for number in self._placed[index].regions:
            region = self._regions[number]
            title_is_here = self._title is not None and number in self._placed[self._title].regions
            if self._stays[number] or (region.kind == "header" and title_is_here and index > (self._title or 0)):
                continue
            if self._speaks[index] and not self._is_link(index) and region.kind not in _NEVER_SPEECH | _SPEECH_IF_MOST:
                continue
            return _Why(REASONS[region.kind], region.line)
        return None

    def _is_link(self, index: int) -> bool:
        return self._placed[index].linked > MOSTLY_LINKS * len(self._placed[index].piece.text)

    def _drop_headed(self, goes: list[_Why | None]) -> None:
        """Drop what stands under a heading such as “Comments”, to the next heading that is no smaller.

        Where the conversation goes on after it, the heading is one of its own.
        """
        last = self._stretch(goes).stop
        for index, one in enumerate(self._placed):
            kind = _kind_of_heading(one) if not goes[index] and index != self._title else None
            if not kind:
                continue
            below = self._below(index) if kind == "comments" else self._list_below(index)
            others_below = kind != "comments" and not len(below) and len(self._below(index))
            if others_below or (kind == "comments" and last > below.stop):
                continue
            for inner in (index, *below):
                goes[inner] = goes[inner] or _Why(REASONS[kind], one.piece.line)

    def _drop_links(self, goes: list[_Why | None]) -> None:
        """Drop, before and after the conversation, what is nothing but links within the site or says whose that is."""
        stretch = self._stretch(goes)
        for index, one in enumerate(self._placed):
            if goes[index] or index in stretch or index == self._title:
                continue
            if self._is_link(index):
                goes[index] = _Why(REASONS["menu"], 0)
            elif len(one.piece.text) <= LONGEST_IMPRINT and RIGHTS.search(one.piece.text):
                goes[index] = _Why(REASONS["footer"], 0)
        for index in reversed([i for i, one in enumerate(self._placed) if one.piece.form == "heading"]):
            below = self._below(index)
            if index != self._title and len(below) and all(goes[i] for i in below):
                goes[index] = goes[index] or goes[below.start]

    def _below(self, heading: int) -> range:
        level = self._placed[heading].piece.level
        end = heading + 1
        while end < len(self._placed):
            piece = self._placed[end].piece
            if piece.form == "heading" and piece.level <= level:
                break
            end += 1
        return range(heading + 1, end)

    def _list_below(self, heading: int) -> range:
        """Return the list, or the links, right below a heading."""
        end = heading + 1
        while end < len(self._placed) and not self._speaks[end]:
            if self._placed[end].piece.form != "item" and not self._is_link(end):
                break
            end += 1
        return range(heading + 1, end)

    def _drop_outside(self, goes: list[_Why | None]) -> None:
        """Drop what stands outside the page's main part, where that holds the conversation."""
        main = {number for number, region in enumerate(self._regions) if region.kind == MAIN}
        inside = [bool(main.intersection(one.regions)) for one in self._placed]
        spoken = sum(speaks for speaks, is_in in zip(self._speaks, inside, strict=True) if is_in)
        letters = sum(len(one.piece.text) for one, is_in in zip(self._placed, inside, strict=True) if is_in)
        all_letters = sum(len(one.piece.text) for one in self._placed)
        if not main or not _is_most(spoken, sum(self._speaks), letters, all_letters):
            return
        for index, is_in in enumerate(inside):
            if not (is_in or goes[index] or self._speaks[index] or index == self._title):
                goes[index] = _Why(REASONS["outside"], 0)

    def _drop_pictures(self, goes: list[_Why | None]) -> None:
        """Drop what describes pictures in the midst of the conversation: nobody says it."""
        stretch = self._stretch(goes)
        for index, one in enumerate(self._placed):
            if one.role != "text" and index in stretch and not goes[index] and not self._speaks[index]:
                goes[index] = _Why(_IN_THE_CONVERSATION[one.role], 0)


def _is_most(spoken: int, all_spoken: int, letters: int, all_letters: int) -> bool:
    """Tell whether a part has most of what is spoken, or, where nobody is named, of all letters."""
    return spoken * 2 > all_spoken if all_spoken else letters * 2 > all_letters


def _kind_of_heading(one: Placed) -> str | None:
    if one.piece.form != "heading":
        return None
    return next((kind for kind, words in HEADED if words.fullmatch(one.piece.text)), None)
