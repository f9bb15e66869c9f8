"""Large print, measured in a finished PDF: its figures, and by which standards it may be called large print.

The file may be anybody's. Nothing is taken from what made it: sizes, edges and colours are those of the page. What
cannot be measured in a file is never claimed (large_print_standards.py says what that is).
"""

from collections.abc import Iterator
from typing import get_args

from converters.checks.large_print_judging import Difference, Rule, judged
from converters.checks.large_print_measures import Measures
from converters.checks.large_print_reading import read
from converters.checks.large_print_standards import ASKED
from converters.settings import Standard

__all__ = ["Difference", "Measures", "Rule", "differences", "measure", "meets"]


def measure(pdf: bytes) -> Measures:
    """Return the figures of a PDF; ``fault`` says why there are none. Never raises for what the bytes are."""
    return read(pdf)


def differences(measures: Measures, standard: Standard) -> tuple[Difference, ...]:
    """Return in what a file differs from a standard; empty: the standard is met."""
    return tuple(judged(measures, ASKED[standard]))


def meets(measures: Measures) -> tuple[Standard, ...]:
    """Return all standards that a file meets."""
    return tuple(_met(measures))


def _met(measures: Measures) -> Iterator[Standard]:
    for standard in get_args(Standard):
        if not differences(measures, standard):
            yield standard
