"""Cover art: in the picture, readable, and none rather than a wrong one."""

import io

import pytest
from PIL import Image

from converters.narration import cover as drawing
from converters.narration.cover import GROUND, LETTERS, MARGIN, SIDE, cover


def luminance(colour: tuple[int, int, int]) -> float:
    """WCAG 2.2, relative luminance."""
    parts = (part / 255 for part in colour)
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def test_letters_and_ground_differ_enough() -> None:
    assert (luminance(LETTERS) + 0.05) / (luminance(GROUND) + 0.05) > 15


@pytest.mark.parametrize("title", ["Two", "A Ramp for the Library", "word " * 300, "W" * 200, "Größe & Maß: 1,5 %"])
def test_all_that_is_drawn_stands_within_the_margins(title: str) -> None:
    content = cover(title, "The Corner of the Street and All Who Live There, Week by Week", "en")
    assert content
    picture = Image.open(io.BytesIO(content)).convert("RGB")
    assert picture.size == (SIDE, SIDE)
    drawn = Image.eval(picture.convert("L"), lambda shade: 255 if shade > 60 else 0).getbbox()
    assert drawn
    left, top, right, bottom = drawn
    assert left >= MARGIN - 15
    assert top >= MARGIN - 15
    assert right <= SIDE - MARGIN + 15
    assert bottom <= SIDE - MARGIN + 20


def test_titles_that_differ_have_covers_that_differ() -> None:
    assert cover("One", None, "en") != cover("Two", None, "en")
    assert cover("One", None, "en") == cover("One", None, "en")


def test_what_no_typeface_has_is_not_drawn() -> None:
    assert cover("\U0010fff0\U0010fff1", None, "en") is None


def test_without_the_means_to_shape_it_a_title_from_right_to_left_is_not_drawn(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("PIL.features.check", lambda _name: False)
    assert cover("גשר", None, "he") is None
    assert drawing.cover("Bridge", None, "en")
