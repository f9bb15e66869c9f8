"""Reading IPA: what staff write between slashes, as sounds that a voice has.

For an English voice a sound of another language becomes the English one that is nearest; what
has none (clicks, tones) cannot be said. Voices of other languages take the letters much as
they are (``in_other_words``).
"""

import unicodedata
from collections.abc import Iterator, Mapping
from typing import Final

from converters.narration.sounds import PRIMARY, SECONDARY, VOWELS, Sound, Spoken, settled

ENGLISH: Final = {
    # vowels, longest first where one begins another
    "iː": "i:", "i": "i", "ɪə": "i@", "iə": "i@", "ɪ": "I", "ᵻ": "I", "ɨ": "I", "y": "u:", "ʏ": "U", "e": "E",
    "eː": "eI", "eɪ": "eI", "ei": "eI", "ɛɪ": "eI", "ɛ": "E", "ɛː": "e@", "eə": "e@", "ɛə": "e@", "ɛ̃": "a n",
    "æ": "a", "a": "A#", "aː": "A:", "ɐ": "V", "ɑ": "A:", "ɑː": "A:", "ɑ̃": "A~", "ã": "A~", "ɒ": "0", "ɶ": "A:",
    "ɔ": "O:", "ɔː": "O:", "ɔ̃": "O~", "õ": "O~", "o": "oU", "oː": "oU", "oʊ": "oU", "ou": "oU", "əʊ": "oU",
    "ʊ": "U", "ʊə": "U@", "u": "u:", "uː": "u:", "ʉ": "u:", "ʉː": "u:", "ɯ": "u:", "ɤ": "V", "ʌ": "V", "ɵ": "U",
    "ə": "@", "ɘ": "@", "ɚ": "3", "ɜ": "3:", "ɜː": "3:", "ɝ": "3:", "ɞ": "3:", "ø": "3:", "øː": "3:", "œ": "3:",
    "œ̃": "V n", "aɪ": "aI", "ai": "aI", "ɑɪ": "aI", "ʌɪ": "aI", "aʊ": "aU", "au": "aU", "ɑʊ": "aU", "æʊ": "aU",
    "ɔɪ": "OI", "oɪ": "OI", "ɔi": "OI", "aɪə": "aI @", "aʊə": "aU @",
    # consonants
    "p": "p", "b": "b", "t": "t", "d": "d", "k": "k", "g": "g", "ɡ": "g", "q": "k", "ɢ": "g", "ʔ": "?", "m": "m",
    "ɱ": "m", "n": "n", "ɳ": "n", "ɲ": "n j", "ŋ": "N", "ɴ": "N", "ʙ": "b", "r": "r", "ʀ": "r", "ɾ": "r", "ɽ": "r",
    "ɹ": "r", "ɻ": "r", "ʁ": "r", "ɺ": "l", "ɸ": "f", "β": "v", "f": "f", "v": "v", "ⱱ": "v", "ʋ": "v", "θ": "T",
    "ð": "D", "s": "s", "z": "z", "ʃ": "S", "ʒ": "Z", "ʂ": "S", "ʐ": "Z", "ɕ": "S", "ʑ": "Z", "ɧ": "S", "ç": "h",
    "ʝ": "j", "x": "x", "ɣ": "g", "χ": "x", "ħ": "h", "h": "h", "ɦ": "h", "ʜ": "h", "ɬ": "l", "ɮ": "l", "l": "l",
    "ɭ": "l", "ʎ": "l j", "ʟ": "l", "ɫ": "l", "j": "j", "ɥ": "w", "ɰ": "w", "w": "w", "ʍ": "w", "c": "k j",
    "ɟ": "g j", "ʈ": "t", "ɖ": "d", "ɓ": "b", "ɗ": "d", "ɠ": "g", "ʄ": "dZ", "ʛ": "g", "tʃ": "tS", "dʒ": "dZ",
    "tɕ": "tS", "dʑ": "dZ", "tʂ": "tS", "dʐ": "dZ", "ʧ": "tS", "ʤ": "dZ", "ʦ": "t s", "ʣ": "d z", "ʨ": "tS",
    "ʥ": "dZ",
    # whole syllables
    "n̩": "@ n", "m̩": "@ m", "l̩": "@ l", "r̩": "@ r", "ɹ̩": "@ r",
}  # fmt: skip
"""IPA (NFD, without ties) to the sounds of ``sounds.py``."""

CANNOT_BE_SAID: Final = frozenset("ǀǁǂǃʘʕʡʢ˥˦˧˨˩↗↘ꜜꜛ̋́̄̀̏̌̂᷄᷅᷈")
"""Clicks, sounds of the throat, tones."""

TYPED: Final = (("'", PRIMARY), ("’", PRIMARY), (":", "ː"), ("\u0361", ""), ("\u035c", ""))
"""What is typed for a sign, and ties."""

VOWEL_SIGNS: Final = frozenset("iyɨʉɯuɪʏʊeøɘɵɤoəɛœɜɞʌɔæɐaɶɑɒɚɝᵻ")
_SIGNS: Final = {unicodedata.normalize("NFD", sign): names for sign, names in ENGLISH.items()}


def plain(written: str) -> str:
    """Return IPA as one sequence of signs: decomposed, without ties, with the IPA's own marks for stress."""
    signs = unicodedata.normalize("NFD", written)
    for typed, meant in TYPED:
        signs = signs.replace(typed, meant)
    return " ".join(signs.split())


def unsayable(written: str) -> str:
    """Return the signs that an English voice cannot say, each once."""
    return "".join(dict.fromkeys(sign for sign in plain(written) if sign in CANNOT_BE_SAID))


def stress_before_vowels(written: str) -> str:
    """Return IPA as espeak-ng writes it: marks of stress right before the vowel, nothing for syllables and ties."""
    found, stress = "", ""
    for sign in plain(written):
        if sign in PRIMARY + SECONDARY:
            stress = sign
        elif sign not in ".‿|‖()":
            starts = stress and (sign in VOWEL_SIGNS or sign == " ")
            found, stress = (found + stress + sign, "") if starts else (found + sign, stress)
    return found


def in_english(written: str) -> Spoken:
    """Return IPA as sounds of English; what cannot be said is left out."""
    words = (settled(tuple(_sounds(word))) for word in plain(written).split())
    return tuple(word for word in words if word)


def _sounds(word: str) -> list[Sound]:
    sounds: list[Sound] = []
    stress = ""
    for mark, names in signs(word, _SIGNS):
        stress = mark or stress
        for name in names.split():
            sounds.append(Sound(name, stress if name in VOWELS else ""))
            stress = "" if name in VOWELS else stress
    return sounds


def signs(word: str, table: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Yield what a table has for each sign of a word, the longest sign first, and the mark of stress before it.

    The mark is empty where none stands there. Signs that the table does not have are left out.
    """
    place, mark, longest = 0, "", max(map(len, table))
    while place < len(word):
        if word[place] in PRIMARY + SECONDARY:
            mark = word[place]
        length = next((n for n in range(longest, 0, -1) if word[place : place + n] in table), 0)
        if length:
            yield mark, table[word[place : place + length]]
            mark = ""
        place += length or 1
