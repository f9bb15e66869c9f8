"""Which words a voice can read: those in a script that its language is written in.

A voice that meets another script says “Chinese letter” for each character of it, or spells it
letter by letter, as espeak-ng does, which spells for piper too. So such words are not said, and a
finding names them. Names and loan words in Latin letters stand in texts of every
language, and the voices of all languages read them.
"""

import re
import unicodedata
from functools import cache
from typing import Final

from converters.document import LanguageTag

LATIN: Final = frozenset({"LATIN"})
HAN: Final = frozenset({"CJK", "BOPOMOFO", "IDEOGRAPHIC"})

SCRIPTS: Final[dict[str, frozenset[str]]] = {
    **dict.fromkeys("zh cmn yue hak nan wuu".split(), HAN),
    "ja": HAN | {"HIRAGANA", "KATAKANA", "KATAKANA-HIRAGANA"},
    "ko": HAN | {"HANGUL"},
    **dict.fromkeys("ru uk be bg mk kk ky mn tt cv ba tg uz sr az".split(), frozenset({"CYRILLIC"})),
    **dict.fromkeys("el grc".split(), frozenset({"GREEK"})),
    **dict.fromkeys("he yi".split(), frozenset({"HEBREW"})),
    **dict.fromkeys("ar fa ur ps sd ug ckb".split(), frozenset({"ARABIC"})),
    **dict.fromkeys("hi mr ne sa kok bpy".split(), frozenset({"DEVANAGARI", "BENGALI"})),
    **dict.fromkeys("bn as".split(), frozenset({"BENGALI"})),
    "pa": frozenset({"GURMUKHI", "ARABIC"}),
    "gu": frozenset({"GUJARATI"}),
    "or": frozenset({"ORIYA"}),
    "ta": frozenset({"TAMIL"}),
    "te": frozenset({"TELUGU"}),
    "kn": frozenset({"KANNADA"}),
    "ml": frozenset({"MALAYALAM"}),
    "si": frozenset({"SINHALA"}),
    "th": frozenset({"THAI"}),
    "lo": frozenset({"LAO"}),
    "km": frozenset({"KHMER"}),
    "my": frozenset({"MYANMAR"}),
    "bo": frozenset({"TIBETAN"}),
    "ka": frozenset({"GEORGIAN"}),
    "hy": frozenset({"ARMENIAN"}),
    "am": frozenset({"ETHIOPIC"}),
    "ti": frozenset({"ETHIOPIC"}),
    "chr": frozenset({"CHEROKEE"}),
}
"""Scripts beside Latin by language, as Unicode names begin; a language that is not here is written in Latin letters."""

TOLD_APART: Final = frozenset().union(*SCRIPTS.values())
"""Scripts of which it is known who reads them. Other characters (``µ``, ``ª``, new letters) are left to the voice."""

WORD: Final = re.compile(r"\S+")


def readable_by(text: str, language: LanguageTag) -> bool:
    """Tell whether a voice of this language can read every word of a text."""
    scripts = SCRIPTS.get(language.split("-")[0].lower(), LATIN)
    return text.isascii() or all(_is_read(word, scripts) for word in WORD.findall(text))


def readable(text: str, language: LanguageTag) -> str:
    """Return a text without the words that a voice of this language cannot read; empty where no other is left.

    A word goes whole, with the marks at it: what is left of ``Владимир’s`` would be a stray s.
    """
    if readable_by(text, language):
        return text
    left = " ".join(word for word in WORD.findall(text) if readable_by(word, language))
    return left if any(map(str.isalnum, left)) else ""


def unreadable(text: str, language: LanguageTag) -> str:
    """Return the words that ``readable`` leaves out."""
    return " ".join(word for word in WORD.findall(text) if not readable_by(word, language))


def _is_read(word: str, scripts: frozenset[str]) -> bool:
    foreign = [script for script in map(_script, word) if script in TOLD_APART and script not in scripts]
    return not foreign or foreign == ["GREEK"]  # every voice knows α and π by name


@cache
def _script(letter: str) -> str:
    return unicodedata.name(letter, "").split(" ")[0] if letter.isalpha() and letter > "\u024f" else ""
