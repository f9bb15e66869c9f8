"""Figures against what a standard asks: in what a file differs, in words that staff can act on."""

from collections.abc import Iterator
from typing import Final, Literal

import msgspec

from converters.checks.large_print_measures import Measures, PageNumbers, Spot, Tally
from converters.checks.large_print_standards import Asked

Rule = Literal[
    "readable",
    "body-size",
    "smallest-size",
    "x-height",
    "typeface",
    "bold-body",
    "fonts-embedded",
    "leading",
    "characters-per-line",
    "paragraph-space",
    "alignment",
    "columns",
    "margins",
    "hyphenation",
    "italics",
    "underline",
    "capitals",
    "headings",
    "contrast",
    "dark-on-light",
    "page-numbers",
    "page-number-size",
    "page-number-weight",
    "page-number-place",
    "contents-leaders",
    "widows",
    "headings-at-foot",
    "names-at-foot",
    "turn-at-foot",
]
"""What is judged; each has its own words in the phrases of an edition."""

POINTS: Final = 0.05
"""How far a size may fall short, in points: programs write sizes with one or two decimals, browsers in 1/64 pixel."""

EMS: Final = 0.01
"""How far leading may fall short, in ems: baselines are written to 1/20 point by LibreOffice, 0.003 em at 18 point."""

LINES: Final = 0.05
"""How far the room between paragraphs may fall short, in lines, for the same reason."""

CHARACTERS: Final = 0.5
"""How far the middle line may be off: of an even number of lines it lies between two."""

EDGE: Final = 0.5
"""How far letters may stand into a margin, in points: ink overhangs its own width."""

JUSTIFIED: Final = 0.6
"""From which share of full lines on they are set to end at one edge; of ragged ones less than a quarter happen to."""

SAID: Final = 40
"""The most characters of a line that a difference repeats."""


class Difference(msgspec.Struct, frozen=True):
    """One rule that a file does not keep: what was found and what was wanted, and the page to look at (0: all)."""

    rule: Rule
    found: str
    wanted: str
    page: int = 0


def judged(measures: Measures, asked: Asked) -> Iterator[Difference]:
    """Yield in what a file differs from a standard."""
    if measures.fault:
        why = {
            "broken": "the file is no PDF that can be opened",
            "locked": "the file opens with a password only",
            "empty": "no page has letters (a scan has none, only pictures of them)",
        }
        yield Difference("readable", why[measures.fault], "letters that can be measured")
        return
    for judge in (_sizes, _faces, _spaces, _edges, _emphasis, _colours, _numbers, _contents, _breaks):
        yield from judge(measures, asked)


def _sizes(measures: Measures, asked: Asked) -> Iterator[Difference]:
    if measures.body_size < asked.body - POINTS:
        yield Difference("body-size", _points(measures.body_size), f"at least {_points(asked.body)}")
    if measures.smallest.value < asked.smallest - POINTS and measures.smallest.value < measures.body_size - POINTS:
        yield _at("smallest-size", measures.smallest, f"at least {_points(asked.smallest)} for every letter")
    if asked.x_height and measures.x_height is not None and measures.x_height < asked.x_height - POINTS:
        wanted = f"an x of at least {_points(asked.x_height)}"
        yield Difference("x-height", f"an x of {_points(measures.x_height)}", wanted)
    if asked.heading and (heading := measures.smallest_heading) and heading.value < asked.heading - POINTS:
        yield _at("headings", heading, f"headings of at least {_points(asked.heading)}")
    elif asked.bold_headings:
        yield from _none("headings", measures.light_headings, "headings not bold", "bold headings")


def _faces(measures: Measures, asked: Asked) -> Iterator[Difference]:
    latin, names = [face for face in measures.typefaces if face.latin], tuple(map(_plain, asked.typefaces))
    other = [face for face in latin if not _plain(face.name).startswith(names)]
    if names and other:
        yield Difference("typeface", other[0].name, f"{asked.typefaces[0]}, or one of its metrics", other[0].page)
    elif not asked.serifs and (serif := [face for face in latin if face.serif]):
        yield Difference("typeface", f"{serif[0].name}, with serifs", "letters without serifs", serif[0].page)
    if not asked.bold_body and measures.bold_share > 0.5:  # noqa: PLR2004 - most of it
        yield Difference("bold-body", f"{measures.bold_share:.0%} of the text is bold", "text that is not bold")
    if loose := [face for face in measures.typefaces if not face.embedded]:
        loose_names = ", ".join(face.name for face in loose)
        yield Difference(
            "fonts-embedded", f"{loose_names} not in the file", "every typeface in the file", loose[0].page
        )


def _plain(name: str) -> str:
    """Return a typeface's name without what files leave out of it or put in."""
    return name.replace("-", "").replace(" ", "")


def _spaces(measures: Measures, asked: Asked) -> Iterator[Difference]:
    leading, wanted = measures.leading, _leading(measures, asked)
    if leading is not None and leading < wanted - EMS:
        yield Difference("leading", f"{leading:.2f} of the size", f"at least {wanted:.2f} of the size")
    space = measures.paragraph_space
    if asked.paragraph_space and space is not None and space < asked.paragraph_space - LINES:
        wanted_space = f"at least {asked.paragraph_space:g} lines from paragraph to paragraph"
        yield Difference("paragraph-space", f"{space:g} lines", wanted_space)


def _leading(measures: Measures, asked: Asked) -> float:
    """Return the leading that is asked for, in ems; room in word spaces comes on top of the letters' own em."""
    if asked.leading_in_word_spaces and measures.word_space:
        return 1 + asked.leading_in_word_spaces * measures.word_space
    return asked.leading or 0


def _edges(measures: Measures, asked: Asked) -> Iterator[Difference]:
    if asked.characters and (spread := measures.characters):
        least, most = asked.characters
        if not least - CHARACTERS <= spread.middle <= most + CHARACTERS:
            yield Difference(
                "characters-per-line", f"{spread.middle:g} characters", f"{least:g} to {most:g}", spread.longest.page
            )
    if measures.justified is not None and measures.justified > JUSTIFIED:
        yield Difference("alignment", f"{measures.justified:.0%} of full lines end at one edge", "a ragged edge")
    else:
        yield from _none("alignment", measures.off_the_edge, "lines off the edge", "every line flush")
    if measures.columns > 1:
        yield Difference("columns", f"{measures.columns} columns", "one column")
    if asked.margin and (margins := measures.margins):
        least_spot = min(margins.left, margins.right, margins.top, margins.bottom, key=lambda spot: spot.value)
        if least_spot.value < asked.margin - EDGE:
            yield _at("margins", least_spot, f"at least {_points(asked.margin)} on every side")


def _emphasis(measures: Measures, asked: Asked) -> Iterator[Difference]:
    yield from _none("hyphenation", measures.split_words, "words split", "no word split")
    if not asked.italics:
        yield from _none("italics", measures.italics, "pieces in italics", "no italics")
    if not asked.underline:
        yield from _none("underline", measures.underlined, "pieces underlined", "nothing underlined")
    if not asked.capitals:
        yield from _none("capitals", measures.capitals, "lines in capitals", "no blocks of capitals")


def _colours(measures: Measures, asked: Asked) -> Iterator[Difference]:
    if measures.contrast.value < asked.contrast:
        spot = measures.contrast
        yield Difference(
            "contrast", f"{spot.value:g}:1{_said(spot.words)}", f"at least {asked.contrast:g}:1", spot.page
        )
    if asked.dark_on_light and not measures.dark_on_light:
        yield Difference("dark-on-light", "light letters on a dark ground", "dark letters on light paper")


def _numbers(measures: Measures, asked: Asked) -> Iterator[Difference]:
    numbers = measures.numbers
    if numbers is None or numbers.there < numbers.due:
        there = f"on {numbers.there} of {numbers.due} pages" if numbers else "none"
        yield Difference(
            "page-numbers", there, "a number on every page but the title's", numbers.page if numbers else 0
        )
    if numbers is None:
        return
    if asked.number_as_body and numbers.size < measures.body_size - POINTS:
        wanted = f"as large as the text, {_points(measures.body_size)}"
        yield Difference("page-number-size", _points(numbers.size), wanted, numbers.page)
    if asked.bold_number and not numbers.bold:
        yield Difference("page-number-weight", "not bold", "bold", numbers.page)
    if asked.number_places and not (numbers.steady and (numbers.ends, numbers.side) in asked.number_places):
        yield Difference("page-number-place", _place(numbers), _places(asked), numbers.page)


def _place(numbers: PageNumbers) -> str:
    moving = "" if numbers.steady else ", not always at the same height or distance"
    return f"{numbers.ends}, {_SIDES[numbers.side]}{moving}"


def _places(asked: Asked) -> str:
    if len(asked.number_places) > 1:
        return "always in the same place"
    ends, side = asked.number_places[0]
    return f"{ends}, {_SIDES[side]}"


_SIDES: Final = {
    "outer": "outer corner",
    "inner": "inner corner",
    "middle": "middle",
    "one side": "the same side on every page",
    "changing": "changing sides",
}


def _contents(measures: Measures, asked: Asked) -> Iterator[Difference]:
    if not measures.contents or asked.leaders is None:
        return
    if asked.leaders and measures.leaders < measures.contents:
        found = f"{measures.leaders} of {measures.contents} entries"
        yield Difference("contents-leaders", found, "dots from every entry to its number", measures.contents_page)
    if not asked.leaders and measures.leaders:
        found = f"{measures.leaders} of {measures.contents} entries"
        yield Difference("contents-leaders", found, "no dots between entry and number", measures.contents_page)


def _breaks(measures: Measures, asked: Asked) -> Iterator[Difference]:
    if not asked.widows:
        yield from _none("widows", measures.widows, "last lines alone at the top", "none")
        yield from _none("widows", measures.orphans, "first lines alone at the foot", "none")
    yield from _none("headings-at-foot", measures.headings_at_foot, "headings last on a page", "none")
    yield from _none("names-at-foot", measures.names_at_foot, "names without their words", "none")
    if not asked.stranded_turns:
        yield from _none("turn-at-foot", measures.turns_at_foot, "turns that begin on a last line", "none")


def _none(rule: Rule, tally: Tally, what: str, wanted: str) -> Iterator[Difference]:
    if tally.count:
        yield Difference(rule, f"{tally.count} {what}{_said(tally.words)}", wanted, tally.page)


def _at(rule: Rule, spot: Spot, wanted: str) -> Difference:
    return Difference(rule, f"{_points(spot.value)}{_said(spot.words)}", wanted, spot.page)


def _said(words: str) -> str:
    """Return words in brackets, no more than tell which are meant."""
    short = words if len(words) <= SAID else f"{words[:SAID].rsplit(' ', 1)[0]}…"
    return f" (“{short}”)" if short else ""


def _points(value: float) -> str:
    return f"{value:.2f}".rstrip("0").rstrip(".") + " pt"
