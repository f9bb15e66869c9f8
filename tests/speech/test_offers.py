"""Which voices are offered."""

import itertools

import numpy as np
import pytest

from converters.document import LanguageTag
from converters.narration.casting import for_people, for_words_in, reserved
from converters.narration.distinctness import DISTINCT, RANGES, difference, pitch_range
from converters.narration.model import Voice
from converters.narration.offers import STYLES, offered
from tests.bench.voices import SENTENCES, Recognition, pitch, spoken, word_error_rate

LISTED = (
    ("gmw/en", "en-gb", "English (Great Britain)"),
    ("gmw/en-us", "en-us", "English (America)"),
    ("gmw/en-gb-scotland", "en-gb-scotland", "English (Scotland)"),
    ("jpx/ja", "ja", "Japanese"),
    ("roa/es", "es", "Spanish"),
    ("sit/cmn-latn-pinyin", "cmn-latn-pinyin", "Chinese"),
)
VARIANTS = frozenset(style.variant for style, _ in STYLES)

LEAST_CLEAR = ("gmw/en-us+Gene@80", "gmw/en-us+mike2@35", "gmw/en+edward@80")
"""Those with the highest word error rate of the table in ``offers.py``."""
CLEAREST = "gmw/en-us+edward"
ROUNDING = 1
"""Points that the same sound may differ by in recognition, from one number of threads to another."""


def voices(language: str) -> tuple[Voice, ...]:
    return for_words_in(LanguageTag(language), offered(LISTED, VARIANTS), people=4)


def test_english_has_the_voices_that_were_measured_and_no_others() -> None:
    english = {voice.id for voice in offered(LISTED, VARIANTS) if voice.language.startswith("en")}
    assert "gmw/en-us+Gene@80" in english
    assert not any("scotland" in identifier for identifier in english)


def test_other_languages_have_every_style() -> None:
    spanish = [voice.id for voice in offered(LISTED, VARIANTS) if voice.language == "es"]
    assert spanish[0] == "roa/es+edward"
    assert len(set(spanish)) == len(STYLES)


def test_no_voice_is_offered_that_cannot_read_its_language() -> None:
    assert not {voice.language for voice in offered(LISTED, VARIANTS)} & {"ja", "cmn-latn-pinyin"}


def test_a_variant_that_is_not_there_is_not_offered() -> None:
    assert all("+Gene" not in voice.id for voice in offered(LISTED, VARIANTS - {"Gene"}))


def test_an_engine_without_variants_offers_what_it_lists() -> None:
    voices = offered((("com.example.ann", "en_US", "Ann"),), frozenset())
    assert [(voice.id, voice.language) for voice in voices] == [("com.example.ann", "en-us")]


@pytest.mark.parametrize(("language", "least"), [("en", 7), ("en-US", 6), ("en-GB", 7), ("es", 6)])
def test_there_are_enough_voices_in_each_range(language: str, least: int) -> None:
    ranges = [pitch_range(voice) for voice in for_people(voices(language))]
    assert ranges.count("middle") >= least
    assert all(ranges.count(name) >= 4 for name in RANGES)


@pytest.mark.parametrize("language", ["en", "en-US", "en-GB", "es"])
def test_the_voices_of_a_range_are_distinct_from_each_other_and_from_those_beside_people(language: str) -> None:
    narrator, unattributed = reserved(voices(language))
    assert pitch_range(unattributed) == "middle"
    for name in RANGES:
        group = [voice for voice in for_people(voices(language)) if pitch_range(voice) == name]
        for one, other in itertools.combinations([narrator, unattributed, *group], 2):
            assert difference(one, other) >= DISTINCT, (one.id, other.id)


def test_a_voice_is_described_with_its_pitch_and_range() -> None:
    described = {voice.id: voice.description for voice in offered(LISTED, VARIANTS)}
    assert described["gmw/en-us+steph@50"] == "English (America), variant steph, 184 Hz, higher"


@pytest.mark.speech
def test_voices_are_as_high_as_the_table_says() -> None:
    english = voices("en")
    said = spoken([voice.id for voice in english], SENTENCES[:4], 175)
    for voice in english:
        assert voice.traits
        assert pitch(np.concatenate(said[voice.id])) == pytest.approx(voice.traits.pitch, rel=0.04), voice.id


@pytest.mark.speech
@pytest.mark.slow
def test_the_least_clear_voice_is_understood_about_as_well_as_the_clearest() -> None:
    recognition = Recognition()
    said = spoken([CLEAREST, *LEAST_CLEAR], SENTENCES, 175)
    best, *others = (word_error_rate(SENTENCES, sounds, recognition) for sounds in said.values())
    assert best < 5
    assert max(others) <= best + 5 + ROUNDING
