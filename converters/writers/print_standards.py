"""The numbers of a standard of large print, as its style sheet has them, and the papers that it is set on."""

import math
import re
from typing import Final

from converters.settings import Paper, Standard
from converters.stylesheets import stylesheet

PAPERS: Final[dict[Paper, tuple[float, float]]] = {
    "letter": (612, 792),
    "a4": (595.28, 841.89),
    "a3": (841.89, 1190.55),
}
"""Width and height in points."""

LOST_AT_THE_END: Final = 2.4
"""Characters that the mean ragged line falls short of its column, in English: half a word and a space."""

_DIAL: Final = re.compile(r"^ +--(?P<name>[a-z0-9-]+): *(?P<value>[^;]+);", re.MULTILINE)


def values_of(standard: Standard) -> dict[str, str]:
    """Return the custom properties of ``styles/large-print-….css`` as they are written: ``18pt``, ``1.4``, ``a4``."""
    return {match["name"]: match["value"] for match in _DIAL.finditer(stylesheet(f"large-print-{standard}.css"))}


def points_in(value: str) -> float:
    """Return a length that is written in points."""
    return float(value.removesuffix("pt"))


def size_by(values: dict[str, str], x_height: float) -> float:
    """Return the standard's size; where it asks for an x-height, raised to the quarter point that gives it."""
    least = points_in(values["x-height"]) / x_height if "x-height" in values else 0
    return max(points_in(values["size"]), math.ceil(least * 4) / 4)
