"""Which voices are offered."""

from converters.narration.offers import STYLES, offered

LISTED = (
    ("gmw/en-us", "en-us", "English (America)"),
    ("gmw/en-gb-scotland", "en-gb-scotland", "English (Scotland)"),
    ("jpx/ja", "ja", "Japanese"),
    ("roa/es", "es", "Spanish"),
    ("sit/cmn-latn-pinyin", "cmn-latn-pinyin", "Chinese"),
)
VARIANTS = frozenset(style.variant for style in STYLES)


def test_english_has_the_voices_that_were_measured_and_no_others() -> None:
    english = {voice.id for voice in offered(LISTED, VARIANTS) if voice.language.startswith("en")}
    assert "gmw/en-us+Reed@90" in english
    assert not any("scotland" in identifier for identifier in english)


def test_other_languages_have_every_style() -> None:
    spanish = [voice.id for voice in offered(LISTED, VARIANTS) if voice.language == "es"]
    assert spanish[0] == "roa/es"
    assert len(set(spanish)) == len(STYLES)


def test_no_voice_is_offered_that_cannot_read_its_language() -> None:
    assert not {voice.language for voice in offered(LISTED, VARIANTS)} & {"ja", "cmn-latn-pinyin"}


def test_a_variant_that_is_not_there_is_not_offered() -> None:
    assert all("+Reed" not in voice.id for voice in offered(LISTED, VARIANTS - {"Reed"}))


def test_an_engine_without_variants_offers_what_it_lists() -> None:
    voices = offered((("com.example.ann", "en_US", "Ann"),), frozenset())
    assert [(voice.id, voice.language) for voice in voices] == [("com.example.ann", "en-us")]
