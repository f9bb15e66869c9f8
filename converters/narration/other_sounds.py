"""IPA for espeak-ng's voices of other languages than English.

Its voices share most names of sounds, and each lacks some; from a name that a voice does not
have it drops the rest of the word. So ``LACKS`` says what each does not have, as tried with
eSpeak NG 1.52, and each sign of the IPA has a second best.
"""

from typing import Final

from converters.document import LanguageTag
from converters.narration.ipa import plain, signs
from converters.narration.sounds import ESPEAK_STRESS

LACKS: Final = {
    "ar": "E E: I O U V W Y Y: y", "ca": "I V W", "cs": "I U V W Y Y:", "cy": "W y", "da": "U", "de": "V Y",
    "el": "I V W", "es": "I V W", "et": "E E: I O U V W", "eu": "I V W", "fi": "E E: O V W", "fr": "U",
    "hi": "W Y Y: y", "hr": "V W Y Y:", "hu": "I O U V W", "it": "V W", "lt": "V Y Y: y", "lv": "I O U V W Y Y:",
    "nb": "V Y", "nl": "U V W Y", "pl": "I U V W Y Y:", "pt": "V W", "ro": "I V W", "ru": "U W",
    "sk": "I U V W Y Y:", "sl": "I U V W Y Y:", "sv": "V Y", "tr": "V", "uk": "O U V W Y Y: y",
    "zh": "I O U V W Y Y:",
}  # fmt: skip
"""The languages whose voices were tried, and the sounds below that each has not."""

SOUNDS: Final = {
    "i": "i", "iː": "i:", "ɪ": "I/i", "ɨ": "i", "ᵻ": "i", "y": "y/i", "yː": "y/i", "ʏ": "y/i", "e": "e", "eː": "e:",
    "ɛ": "E/e", "ɛː": "E:/e:", "æ": "a", "a": "a", "aː": "a:", "ɐ": "a", "ɑ": "a", "ɑː": "a:", "ɒ": "O/o",
    "ʌ": "V/a", "ɔ": "O/o", "ɔː": "o:", "o": "o", "oː": "o:", "ʊ": "U/u", "u": "u", "uː": "u:", "ʉ": "u", "ɯ": "u",
    "ɤ": "o", "ə": "@", "ɘ": "@", "ɜ": "@", "ɜː": "@", "ɚ": "@ r", "ɝ": "@ r", "ø": "Y/Y:/W/e", "øː": "Y:/W/e",
    "œ": "W/Y/Y:/e", "ɵ": "u",
    "p": "p", "b": "b", "t": "t", "d": "d", "k": "k", "g": "g", "ɡ": "g", "q": "k", "m": "m", "ɱ": "m", "n": "n",
    "ɳ": "n", "ɲ": "n^", "ŋ": "N", "r": "r", "ʀ": "r", "ɾ": "r", "ɹ": "r", "ʁ": "r", "ɻ": "r", "ɸ": "f", "β": "v",
    "f": "f", "v": "v", "ʋ": "v", "θ": "T", "ð": "D", "s": "s", "z": "z", "ʃ": "S", "ʒ": "Z", "ʂ": "S", "ʐ": "Z",
    "ɕ": "S", "ʑ": "Z", "ç": "C", "x": "x", "ɣ": "g", "χ": "x", "ħ": "h", "h": "h", "ɦ": "h", "l": "l", "ɫ": "l",
    "ɭ": "l", "ʎ": "l^", "ɬ": "l", "j": "j", "ɥ": "w", "w": "w", "ʍ": "w", "c": "k j", "ɟ": "g j", "ʈ": "t",
    "ɖ": "d", "tʃ": "tS", "dʒ": "dZ", "ʧ": "tS", "ʤ": "dZ", "tɕ": "tS", "dʑ": "dZ", "ʦ": "ts", "ts": "ts",
    "ʣ": "d z", "n̩": "@ n", "m̩": "@ m", "l̩": "@ l",
}  # fmt: skip
"""IPA to espeak-ng's names, the best first where there are several."""

_VOWELS: Final = frozenset("i i: I y e e: E E: a a: V O o o: U u u: @ Y Y: W".split())
_SIGNS: Final = {plain(sign): names for sign, names in SOUNDS.items()}


def espeak_phonemes(written: str, language: LanguageTag) -> str:
    """Return what a voice of that language takes between ``[[`` and ``]]``; empty where none was tried."""
    lacking = LACKS.get(language.split("-")[0].lower())
    if lacking is None:
        return ""
    words = (_word(word, frozenset(lacking.split())) for word in plain(written).split())
    return " ".join(word for word in words if word)


def _word(word: str, lacking: frozenset[str]) -> str:
    found: list[str] = []
    stress = ""
    for mark, several in signs(word, _SIGNS):
        stress = mark or stress
        for names in several.split():
            name = next(name for name in names.split("/") if name not in lacking)
            found.append((ESPEAK_STRESS[stress] if name in _VOWELS else "") + name)
            stress = "" if name in _VOWELS else stress
    return "|".join(found)
