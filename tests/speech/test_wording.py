"""How printed words are said."""

import pytest

from converters.document import Emphasis, Inline, LanguageTag, NodeId, NoteReference, Sound, Text
from converters.narration.wording import address_words, sayable, sound_words, telephone_words, words_to_say

ENGLISH = LanguageTag("en")


@pytest.mark.parametrize(
    ("printed", "said"),
    [
        ("ten\u00a0years\u2009on", "ten years on"),
        ("soft\u00adware\u200b", "software"),
        ("connections . . . there", "connections … there"),
        ("Russia & The US", "Russia and The US"),
        ("It’s “here”.", "It’s “here”."),
        ("See https://www.example.org/a-b.", "See example dot org slash a dash b."),
        ("Ask ann@example.org, please", "Ask ann at example dot org, please"),
        ("It is all at example.org/shows", "It is all at example dot org slash shows"),
        ("at 3.5 percent, i.e. now", "at 3.5 percent, i.e. now"),
        ("bell\x07 and null\x00", "bell and null"),
    ],
)
def test_only_what_a_voice_would_get_wrong_is_changed(printed: str, said: str) -> None:
    assert sayable(printed, ENGLISH) == said


def test_words_for_signs_are_not_put_into_another_language() -> None:
    assert sayable("Müller & Söhne", LanguageTag("de")) == "Müller & Söhne"


@pytest.mark.parametrize(
    ("inlines", "said"),
    [
        ((Text("Yes "), Sound("[laughter]"), Text(" I know.")), "Yes, laughter, I know."),
        ((Sound("[LAUGHTER]"), Text(" I know.")), "laughter, I know."),
        ((Text("That is so. "), Sound("(applause)")), "That is so. applause"),
        ((Text("Oh "), Sound("[music]"), Text(".")), "Oh, music."),
        ((Sound("[inaudible 00:12:03]"),), "inaudible"),
        ((Sound("[00:12:03]"),), "[00:12:03]"),
        ((Text("Well"), NoteReference(NodeId("note-1"), "1"), Text(", no.")), "Well, no."),
        ((Text("I "), Emphasis((Text("never"),)), Text(" said")), "I never said"),
        ((Text("— … !"),), ""),
        ((Text("♪"),), ""),
        ((), ""),
    ],
)
def test_a_sentence_is_said_without_brackets_and_marks(inlines: tuple[Inline, ...], said: str) -> None:
    assert words_to_say(inlines, ENGLISH) == said


def test_a_sound_is_plain_words() -> None:
    assert sound_words(Sound("♪ [slow piano music] ♪")) == "slow piano music"


def test_an_address_can_be_written_down_by_ear() -> None:
    assert address_words("mailto:access_team@example.org") == "access underscore team at example dot org"
    assert address_words("https://example.org/help/") == "example dot org slash help"


def test_a_telephone_number_is_said_digit_by_digit() -> None:
    assert telephone_words("+1 (555) 010-0100") == "plus 1, 5 5 5, 0 1 0, 0 1 0 0"
