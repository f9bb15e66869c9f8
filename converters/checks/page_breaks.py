"""What the foot of one page and the top of the next tear apart."""

from collections.abc import Iterator, Sequence
from itertools import pairwise

import msgspec

from converters.checks.large_print_measures import Tally, tally
from converters.checks.paragraphs import ENDINGS, Body
from converters.checks.set_lines import Line

Found = tuple[int, str]


class Breaks(msgspec.Struct, frozen=True):
    """What stands alone at the foot or the top of pages: lines of paragraphs, headings, names, first lines of turns."""

    widows: Tally
    orphans: Tally
    headings: Tally
    names: Tally
    turns: Tally


class _Break(msgspec.Struct, frozen=True):
    """The last paragraph of a page and the first of the next."""

    above: Sequence[Line]
    below: Sequence[Line]
    text_above: bool

    @property
    def line(self) -> Line:
        return self.above[-1]

    @property
    def said(self) -> Found:
        return self.line.page, self.line.text


def found(blocks: Sequence[Sequence[Sequence[Line]]], body: Body) -> Breaks:
    """Look at every page and the one after it that has text."""
    breaks = list(_breaks(blocks, body))
    return Breaks(
        widows=tally([(b.below[0].page, b.below[0].text) for b in breaks if _torn(b, body) and len(b.below) == 1]),
        orphans=tally([b.said for b in breaks if _torn(b, body) and len(b.above) == 1]),
        headings=tally([b.said for b in breaks if b.text_above and not body.holds(b.line) and b.line.size > body.size]),
        names=tally([b.said for b in breaks if _is_name(b, body)]),
        turns=tally([b.said for b in breaks if _begins_turn(b, body)]),
    )


def _breaks(blocks: Sequence[Sequence[Sequence[Line]]], body: Body) -> Iterator[_Break]:
    for above, below in pairwise(sheet for sheet in blocks if sheet):
        text_above = any(body.holds(line) for block in above[:-1] for line in block)
        yield _Break(above[-1], below[0], text_above)


def _torn(torn: _Break, body: Body) -> bool:
    return body.runs_on(torn.line, torn.below[0])


def _is_name(torn: _Break, body: Body) -> bool:
    """Tell whether a line by itself is bold and no sentence: a name whose words are overleaf."""
    line = torn.line
    alone = len(torn.above) == 1 and body.holds(line) and line.bold
    return alone and not line.text.endswith(tuple(ENDINGS)) and not torn.below[0].bold


def _begins_turn(torn: _Break, body: Body) -> bool:
    """Tell whether a person begins to speak on the last line, and goes on overleaf."""
    first = torn.below[0]
    begins = len(torn.above) == 1 and torn.line.label and torn.line.text != torn.line.label
    return bool(begins and body.holds(first) and not first.label and not first.bold and first.text[:1] not in "[(")
