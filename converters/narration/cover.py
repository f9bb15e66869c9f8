"""Cover art for players: the title and the show in large letters, light on dark, 15:1 (WCAG 1.4.6 asks for 7:1).

Drawn in a few shades, so that it is small; a title in a script that no typeface here has, or
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

from converters.languages import direction

if TYPE_CHECKING:
    from PIL.ImageFont import FreeTypeFont

SIDE: Final = 1000
"""Pixels; players show it at 100 to 800."""

MARGIN: Final = 80
GROUND: Final = (20, 24, 46)
LETTERS: Final = (255, 253, 248)
LARGEST, SMALLEST = 150, 44
"""Pixels from line to line of the title, before the space between lines."""

LINE_HEIGHT: Final = 1.2
OF_THE_SHOW: Final = 52
SHADES: Final = 16
MOST_OF_THE_HEIGHT: Final = 680


def cover(title: str, show: str | None, language: str) -> bytes | None:
    """Return a PNG, or None where the title cannot be drawn rightly."""
    with contextlib.suppress(ImportError, OSError):
        from PIL import Image, ImageDraw, ImageFont, features

        shaped = direction(language) == "rtl" or any(unicodedata.category(c) == "Mn" for c in title)
        path = _typeface(title + (show or ""))
        if path is None or (shaped and not features.check("raqm")):
            return None
        picture = Image.new("RGB", (SIDE, SIDE), GROUND)
        draw = ImageDraw.Draw(picture)
        size, lines = _fitted(title, functools.partial(ImageFont.truetype, path))
        font = ImageFont.truetype(path, size)
        edge, side, align = (SIDE - MARGIN, "r", "right") if direction(language) == "rtl" else (MARGIN, "l", "left")
        between = size * (LINE_HEIGHT - 1)
        draw.multiline_text((edge, MARGIN), "\n".join(lines), LETTERS, font, f"{side}a", between, align)
        if show:
            last = ImageFont.truetype(path, OF_THE_SHOW)
            draw.text((edge, SIDE - MARGIN), _cut(show, last), LETTERS, last, anchor=f"{side}s")
        content = io.BytesIO()
        picture.quantize(SHADES).save(content, "PNG", optimize=False)
        return content.getvalue()
    return None


def _fitted(title: str, font: "functools.partial[FreeTypeFont]") -> tuple[int, list[str]]:
    """Return the largest size at which the title fits, and its lines; at the smallest it is cut."""
    for size in range(LARGEST, SMALLEST, -6):
        lines = _lines(title, font(size))
        if len(lines) * size * LINE_HEIGHT <= MOST_OF_THE_HEIGHT and all(_fits(line, font(size)) for line in lines):
            return size, lines
    lines = _lines(title, font(SMALLEST))
    most = int(MOST_OF_THE_HEIGHT / SMALLEST / LINE_HEIGHT)
    shown = [_cut(line, font(SMALLEST)) for line in lines[:most]]
    return SMALLEST, shown if len(lines) <= most else [*shown[:-1], f"{shown[-1].rstrip('…')}…"]


def _lines(title: str, font: "FreeTypeFont") -> list[str]:
    """Return the title broken at spaces; where there are none, between letters."""
    parts = title.split() if " " in title.strip() else list(title.strip())
    glue, lines = " " if " " in title.strip() else "", list[str]()
    for part in parts:
        longer = f"{lines[-1]}{glue}{part}" if lines else part
        if lines and _fits(longer, font):
            lines[-1] = longer
        else:
            lines.append(part)
    return lines


def _fits(line: str, font: "FreeTypeFont") -> bool:
    return font.getlength(line) <= SIDE - 2 * MARGIN


def _cut(line: str, font: "FreeTypeFont") -> str:
    if _fits(line, font):
        return line
    end = next(end for end in range(len(line), -1, -1) if _fits(f"{line[:end]}…", font))
    return f"{line[:end].rstrip()}…"


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
