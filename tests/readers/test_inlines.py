"""What stands inside a line: sounds in brackets, and links that staff have given back."""

import pytest

from converters.document import Link, Sound, Text
from converters.readers.events import sound_kind, whole_sound
from converters.readers.inlines import inlines_of
from converters.settings import LostLink

SOUNDS = [
    ("[laughs]", "laughter"),
    ("(Laughter)", "laughter"),
    ("(chuckling)", "laughter"),
    ("[APPLAUSE]", "applause"),
    ("[theme music]", "music"),
    ("♪ Down by the landing ♪", "music"),
    ("(long pause)", "silence"),
    ("[crosstalk]", "crosstalk"),
    ("[inaudible 00:12]", "unclear"),
    ("(phone rings)", "effect"),
]
SPEECH = ["(and mind the cat)", "[sic]", "(laughing at her own joke about the seven clocks)", "[2]", "(he is songless)"]


@pytest.mark.parametrize(("words", "kind"), SOUNDS)
def test_brackets_that_hold_a_sound_are_one(words: str, kind: str) -> None:
    assert sound_kind(words) == kind
    found = whole_sound(words)
    assert found
    assert (found.description, found.kind) == (words, kind)


@pytest.mark.parametrize("words", SPEECH)
def test_brackets_that_hold_words_are_words(words: str) -> None:
    assert whole_sound(words) is None
    assert inlines_of(f"So {words} it was.") == (Text(f"So {words} it was."),)


def test_a_sound_stands_between_the_words_around_it() -> None:
    assert inlines_of("(laughs) Mind the stairs. [Bell] (sighs)") == (
        Sound("(laughs)", "laughter"),
        Text(" Mind the stairs. "),
        Sound("[Bell]", "effect"),
        Text(" "),
        Sound("(sighs)", "effect"),
    )


def test_links_are_given_back_wherever_their_words_stand() -> None:
    one, two = LostLink("the map", "https://x.example/map"), LostLink("a list", "https://x.example/list")
    assert inlines_of("See a list (laughs) or the map, the map.", (one, two)) == (
        Text("See "),
        Link((Text("a list"),), "https://x.example/list"),
        Text(" "),
        Sound("(laughs)", "laughter"),
        Text(" or "),
        Link((Text("the map"),), "https://x.example/map"),
        Text(", "),
        Link((Text("the map"),), "https://x.example/map"),
        Text("."),
    )
