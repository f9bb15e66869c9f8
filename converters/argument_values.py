"""What stands behind an option of the command line: numbers within bounds, names, language tags, speakers."""

import argparse
import re
from collections.abc import Callable

from converters.settings import LANGUAGE_SHAPE


def rate(value: str) -> int:
    """Return words a minute."""
    return _number(value, 80, 550, "words a minute")


def width(value: str) -> int:
    """Return the characters of a line of plain text."""
    return _number(value, 10, 10_000, "characters")


def points(value: str) -> int:
    """Return a size of type."""
    return _number(value, 18, 48, "points")


def pages(value: str) -> int:
    """Return pages of a volume."""
    return _number(value, 20, 100_000, "pages")


def cells(value: str) -> int:
    """Return the cells of a line of braille."""
    return _number(value, 20, 80, "cells")


def braille_lines(value: str) -> int:
    """Return the lines of a page of braille."""
    return _number(value, 10, 60, "lines")


def jobs(value: str) -> int:
    """Return how many processes."""
    return _number(value, 1, 1024, "processes")


def limit(unit: str) -> Callable[[str], int]:
    """Return what reads a whole number, at least one, of some unit."""

    def number(value: str) -> int:
        return _number(value, 1, 1_000_000_000, unit)

    return number


def names(value: str) -> tuple[str, ...]:
    """Return names in small letters, each once."""
    return tuple(dict.fromkeys(name.strip().lower() for name in value.split(",") if name.strip()))


def language(value: str) -> str:
    """Return a tag that has the shape of BCP 47."""
    if not re.fullmatch(LANGUAGE_SHAPE, value):
        raise argparse.ArgumentTypeError(f"{value!r} is no language tag, such as en, de or es-MX")
    return value


def speakers(value: str) -> dict[str, str]:
    """Return whose each label is: its own name's where none is given, nobody's where it is empty."""
    pairs = (part.partition("=") for part in value.split(",") if part.strip(" ="))
    found = {label.strip(): (whose.strip() if sign else label.strip()) for label, sign, whose in pairs if label.strip()}
    if not found:
        raise argparse.ArgumentTypeError("names nobody; write NAME, or LABEL=NAME, with commas between")
    return found


def _number(value: str, least: int, most: int, unit: str) -> int:
    if not (value.isascii() and value.isdigit()) or not least <= int(value) <= most:
        raise argparse.ArgumentTypeError(f"{value!r} is not a number of {unit} from {least} to {most}")
    return int(value)
