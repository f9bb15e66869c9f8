"""Cover art: in the picture, readable, and none rather than a wrong one."""

import io
import itertools

import pytest
from PIL import Image

from converters.cover import GROUND, LETTERS, PAGE, SQUARE, Shape, cover

THUMBNAIL = 160
"""Pixels of height at which a library shows a book."""


def luminance(colour: tuple[int, int, int]) -> float:
    """WCAG 2.2, relative luminance."""
    parts = (part / 255 for part in colour)
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def test_letters_and_ground_differ_enough() -> None:
    assert (luminance(LETTERS) + 0.05) / (luminance(GROUND) + 0.05) > 15


def picture_of(content: bytes | None) -> Image.Image:
    assert content
    return Image.open(io.BytesIO(content)).convert("L")


def drawn(picture: Image.Image) -> tuple[int, int, int, int]:
    """Left, top, right and bottom of all that is light."""
    box = picture.point(lambda shade: 255 if shade > 60 else 0).getbbox()
    assert box
    return box


@pytest.mark.parametrize("shape", [SQUARE, PAGE], ids=["square", "page"])
@pytest.mark.parametrize(
    "title", ["Two", "A Ramp for the Library", "word " * 300, "W" * 200, "Größe & Maß: 1,5 %", f"On {'W' * 200}"]
)
def test_all_that_is_drawn_stands_within_the_margins(title: str, shape: Shape) -> None:
    below = ("The Corner of the Street and All Who Live There, Week by Week, and " * 3, "29 February 2024")
    picture = picture_of(cover(title, below, "en", shape))
    assert picture.size == (shape.width, shape.height)
    left, top, right, bottom = drawn(picture)
    assert left >= shape.margin - 15
    assert top >= shape.margin - 15
    assert right <= shape.width - shape.margin + 15
    assert bottom <= shape.height - shape.margin + 22


@pytest.mark.parametrize(
    "title", ["Two Kettles", "A Ramp for the Library and What Came of It", "Donau" * 9 + " by Night"]
)
def test_a_title_can_be_read_on_a_shelf(title: str) -> None:
    """Its lines are six pixels apart and more where the whole book is 160 high."""
    picture = picture_of(cover(title, (), "en", PAGE))
    _, top, _, bottom = drawn(picture)
    lit = [is_lit(picture, height) for height in range(top, bottom)]
    lines = sum(now and not before for before, now in itertools.pairwise([False, *lit]))
    assert (bottom - top) / lines * THUMBNAIL / PAGE.height >= 6


def is_lit(picture: Image.Image, height: int) -> bool:
    row = picture.crop((0, height, picture.width, height + 1))
    return row.point(lambda shade: 255 if shade > 60 else 0).getbbox() is not None


def test_what_stands_below_is_part_of_the_picture() -> None:
    shown = {cover("One", below, "en", PAGE) for below in ((), ("A Show",), ("A Show", "1 May 2024"))}
    assert len(shown) == 3


def test_titles_that_differ_have_covers_that_differ() -> None:
    assert cover("One", (), "en") != cover("Two", (), "en")
    assert cover("One", (), "en") == cover("One", (), "en")


def test_what_no_typeface_has_is_not_drawn() -> None:
    assert cover("\U0010fff0\U0010fff1", (), "en") is None


def test_without_the_means_to_shape_it_a_title_from_right_to_left_is_not_drawn(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("PIL.features.check", lambda _name: False)
    assert cover("גשר", (), "he") is None
    assert cover("Bridge", (), "en")
