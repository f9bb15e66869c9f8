"""Cover art, for players and for libraries of books: large letters, light on dark, 15:1 (WCAG 1.4.6 asks for 7:1).

A square for what is heard, with title and show; a page for the book, with the date too. Drawn
in a few shades, so that it is small; a title in a script that no typeface here has, or
that must be shaped and cannot be, gets no cover rather than a wrong one.
"""

import contextlib
import functools
import io
import shutil
import subprocess
import unicodedata
from pathlib import Path
from typing import TYPE_CHECKING, Final

import msgspec

from converters.languages import direction

if TYPE_CHECKING:
    from PIL.ImageDraw import ImageDraw
    from PIL.ImageFont import FreeTypeFont


class Shape(msgspec.Struct, frozen=True):
    """A picture in pixels: its sides, its margin, and how high the title may stand from line to line.

    ``below`` is the size of the lines under the title, ``ruled`` draws a short rule over them.
    """

    width: int
    height: int
    margin: int
    largest: int
    below: int
    ruled: bool = False

    @property
    def measure(self) -> int:
        """How long a line may be."""
        return self.width - 2 * self.margin


SQUARE: Final = Shape(1000, 1000, 80, 150, 52)
"""For players, which show it at 100 to 800 pixels."""
PAGE: Final = Shape(1200, 1800, 96, 210, 68, ruled=True)
"""For a library of books: two to three, as the screens of most readers are."""

GROUND: Final = (20, 24, 46)
LETTERS: Final = (255, 253, 248)
SMALLEST: Final = 44
"""Pixels from line to line of the title, before the space between lines."""

LINE_HEIGHT: Final = 1.2
SHADES: Final = 16
STROKE: Final = 255
"""How a letter is drawn before it is coloured: wholly there."""

MOST_LINES_BELOW: Final = 2
"""How many lines the name of a show may take."""

OF_THE_HEIGHT: Final = 0.68
"""How much of the height the title may take."""


def cover(title: str, below: tuple[str, ...], language: str, shape: Shape = SQUARE) -> bytes | None:
    """Return a PNG with the title and the lines below it, or None where they cannot be drawn rightly."""
    words = f"{title}{''.join(below)}"
    with contextlib.suppress(ImportError, OSError):
        from PIL import Image, ImageDraw, features

        shaped = direction(language) == "rtl" or any(unicodedata.category(c) == "Mn" for c in words)
        path = _typeface(words)
        if path is None or (shaped and not features.check("raqm")):
            return None
        strokes = Image.new("L", (shape.width, shape.height), 0)
        _set(ImageDraw.Draw(strokes), title, below, path, direction(language), shape)
        picture = strokes.point([value * SHADES // 256 for value in range(256)])
        picture.putpalette(_shades())
        content = io.BytesIO()
        picture.save(content, "PNG", bits=4, compress_level=1)
        return content.getvalue()
    return None


def _shades() -> list[int]:
    """Return the colours from the ground to the letters, as one row of red, green and blue."""
    steps = [step / (SHADES - 1) for step in range(SHADES)]
    return [round(dark + (light - dark) * step) for step in steps for dark, light in zip(GROUND, LETTERS, strict=True)]


def _set(draw: "ImageDraw", title: str, below: tuple[str, ...], path: str, runs: str, shape: Shape) -> None:
    """Set the title at the top and the other lines at the foot, flush to where reading begins."""
    from PIL import ImageFont

    sized = functools.partial(ImageFont.truetype, path)
    edge, side, align = (shape.width - shape.margin, "r", "right") if runs == "rtl" else (shape.margin, "l", "left")
    size, lines = _fitted(title, sized, shape)
    between = size * (LINE_HEIGHT - 1)
    draw.multiline_text((edge, shape.margin), "\n".join(lines), STROKE, sized(size), f"{side}a", between, align)
    last = sized(shape.below)
    foot = [
        line for words in below for line in _cut_to(_lines(words, last, shape.measure), MOST_LINES_BELOW, last, shape)
    ]
    for up, words in enumerate(reversed(foot)):
        draw.text((edge, shape.height - shape.margin - up * shape.below * LINE_HEIGHT), words, STROKE, last, f"{side}s")
    if shape.ruled and foot:
        height = shape.height - shape.margin - len(foot) * shape.below * LINE_HEIGHT
        ends = sorted((edge, edge + shape.measure // 6 * (-1 if side == "r" else 1)))
        draw.rectangle((ends[0], height - 12, ends[1], height - 6), STROKE)


def _fitted(title: str, sized: "functools.partial[FreeTypeFont]", shape: Shape) -> tuple[int, list[str]]:
    """Return the largest size at which the title fits, and its lines; at the smallest it is cut.

    A word is parted only where it would else stand smaller than two fifths of the largest size.
    """
    most = shape.height * OF_THE_HEIGHT
    for size in range(shape.largest, SMALLEST, -6):
        font = sized(size)
        lines = _lines(title, font, shape.measure, parted=size < shape.largest * 2 / 5)
        if len(lines) * size * LINE_HEIGHT <= most and all(font.getlength(line) <= shape.measure for line in lines):
            return size, _balanced(title, lines, font, shape)
    font = sized(SMALLEST)
    return SMALLEST, _cut_to(
        _lines(title, font, shape.measure, parted=True), int(most / SMALLEST / LINE_HEIGHT), font, shape
    )


def _balanced(title: str, lines: list[str], font: "FreeTypeFont", shape: Shape) -> list[str]:
    """Return the title in as many lines, none much longer than the others."""
    for twentieths in range(19, 9, -1):
        narrower = _lines(title, font, shape.measure * twentieths / 20)
        if len(narrower) > len(lines) or any(font.getlength(line) > shape.measure for line in narrower):
            return lines
        lines = narrower
    return lines


def _lines(title: str, font: "FreeTypeFont", measure: float, *, parted: bool = False) -> list[str]:
    """Return the title broken at spaces; where there are none, between letters."""
    glue = " " if " " in title.strip() else ""
    parts, lines = title.split() if glue else list(title.strip()), list[str]()
    if parted:
        parts = [piece for part in parts for piece in _pieces(part, font, measure)]
    for part in parts:
        longer = f"{lines[-1]}{glue}{part}" if lines else part
        if lines and font.getlength(longer) <= measure:
            lines[-1] = longer
        else:
            lines.append(part)
    return lines


def _pieces(word: str, font: "FreeTypeFont", measure: float) -> list[str]:
    """Return a word whole, or in the pieces that fit a line each."""
    pieces = [""]
    for letter in word:
        if pieces[-1] and font.getlength(pieces[-1] + letter) > measure:
            pieces.append("")
        pieces[-1] += letter
    return pieces


def _cut_to(lines: list[str], most: int, font: "FreeTypeFont", shape: Shape) -> list[str]:
    """Return at most so many lines, each within the margins; an ellipsis stands for what is left out."""
    shown = [_cut(line, font, shape) for line in lines[:most]]
    return shown if len(lines) <= most else [*shown[:-1], _cut(f"{shown[-1].rstrip('…')}…", font, shape)]


def _cut(line: str, font: "FreeTypeFont", shape: Shape) -> str:
    if font.getlength(line) <= shape.measure:
        return line
    end = next(end for end in range(len(line), -1, -1) if font.getlength(f"{line[:end]}…") <= shape.measure)
    return f"{line[:end].rstrip('… ')}…"


@functools.cache
def _typeface(text: str) -> str | None:
    """Return the file of a typeface that has every letter: the one of the large print, else one of the system."""
    from PIL import ImageFont

    for path in _candidates(text):
        font = ImageFont.truetype(path, 20)
        missing = bytes(font.getmask("\uffff"))
        if all(bytes(font.getmask(letter)) != missing for letter in set(text) if not letter.isspace()):
            return path
    return None


def _candidates(text: str) -> tuple[str, ...]:
    from importlib.util import find_spec

    package = find_spec("fontpkg_atkinson_hyperlegible")
    folder = Path(package.origin).parent if package and package.origin else None
    own = sorted(map(str, folder.rglob("*Bold.ttf"))) if folder else []
    program = shutil.which("fc-match")
    if text.isascii() or not program:
        return tuple(own)
    letters = " ".join(f"{ord(letter):x}" for letter in sorted(set(text)) if not letter.isspace())
    asked = [program, "--format=%{file}", f"sans:bold:charset={letters}"]
    found = subprocess.run(asked, capture_output=True, encoding="utf-8", check=False, timeout=10).stdout  # noqa: S603
    return (*own, found) if found else tuple(own)
