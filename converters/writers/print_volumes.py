"""Dividing a long edition into volumes, where an exchange or a section begins."""

import math
import re
from itertools import pairwise
from typing import Final

from converters.writers.markup import Markup

_BEGINNING: Final = re.compile(r'\n(?=<section |<h[2-6] id="[^"]*" class="exchange")')
_TURN: Final = re.compile(r'\n(?=<p id="[^"]*" class="turn")')
"""Text is escaped, so ``<`` begins an element of ours and nothing else."""

NEAR: Final = 0.12
"""How far from an even share a volume may end to end with an exchange, in parts of that share."""

ROOM: Final = 0.97
"""How full a volume is planned: one part of the episode has longer words than another."""


def volumes_needed(characters: int, per_page: float, pages_per_volume: int) -> int:
    """Return in how many volumes an edition goes; one that is a tenth too long is left whole."""
    pages = characters / per_page
    return 1 if pages <= pages_per_volume * 1.1 else math.ceil(pages / pages_per_volume / ROOM)


def divided(body: Markup, volumes: int, before: int) -> tuple[Markup, ...]:
    """Return the body in parts of about equal volumes; so many letters stand in front of the first.

    An element that stands open at the end of a part is closed by the reader of HTML, and its end tag in
    the next part is passed over (HTML Living Standard §13.2.6.4.7).
    """
    if volumes == 1:
        return (body,)
    share = (before + len(body)) / volumes
    wanted = (max(1, round(share * number - before)) for number in range(1, volumes))
    cuts = dict.fromkeys(_cut(body, place, round(share * NEAR)) for place in wanted)
    return tuple(Markup(body[begin:end]) for begin, end in pairwise((0, *sorted(cuts), len(body))) if end > begin)


def sample(body: Markup, characters: int) -> Markup:
    """Return the middle of the body, from a turn on, to see how much of it goes on a page."""
    middle = _nearest(_TURN, body, len(body) // 2, len(body)) or 0
    return Markup(body[middle : _nearest(_TURN, body, middle + characters, len(body)) or len(body)])


def _cut(body: str, wanted: int, near: int) -> int:
    return _nearest(_BEGINNING, body, wanted, near) or _nearest(_TURN, body, wanted, len(body)) or wanted


def _nearest(pattern: re.Pattern[str], body: str, wanted: int, near: int) -> int | None:
    """Return where the pattern matches nearest to a place, None where it does not so near."""
    begin, end = max(0, wanted - near), min(len(body), wanted + near)
    places = (match.start() for match in pattern.finditer(body, begin, end))
    return min(places, key=lambda place: abs(place - wanted), default=None)
