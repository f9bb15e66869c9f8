"""Reading a respelling: ``muh-KAR-off`` as sounds of English.

Syllables are divided by hyphens, and the one in capitals is stressed. Letters are read the way
newsrooms and encyclopaedias write such things (``ah``, ``ay``, ``ee``, ``eye``, ``oh``, ``oo``,
``zh``, ``kh`` …) and otherwise as in short English words: ``man``, ``like``, ``knee``.
"""

import re
import unicodedata
from typing import Final

from converters.narration.sounds import PRIMARY, SECONDARY, VOWELS, Sound, Spoken, settled

CLOSED: Final = {"a": "a", "e": "E", "i": "I", "o": "0", "u": "V", "y": "aI"}
LONG: Final = {"a": "eI", "e": "i:", "i": "aI", "o": "oU", "u": "u:", "y": "aI"}
"""Single vowels: before a consonant, and before a consonant and a silent e."""

PAIRS: Final = {
    "aa": "A:", "ah": "A:", "ai": "eI", "au": "O:", "aw": "O:", "ay": "eI", "aye": "aI", "ea": "i:", "ee": "i:",
    "eh": "E", "ei": "eI", "eigh": "eI", "eu": "u:", "ew": "u:", "ey": "eI", "eye": "aI", "ie": "i:", "igh": "aI",
    "ih": "I", "oa": "oU", "oe": "oU", "oh": "oU", "oi": "OI", "oo": "u:", "ou": "aU", "ow": "aU", "oy": "OI",
    "ue": "u:", "uh": "@", "ui": "u:", "uu": "U", "uy": "aI", "ə": "@", "air": "E r", "eir": "E r", "are": "E r",
    "ar": "A: r", "arr": "a r", "aar": "A: r", "ear": "I r", "eer": "I r", "ier": "I r", "ere": "I r", "er": "@ r",
    "err": "E r", "eur": "@ r", "ir": "3: r", "irr": "I r", "ire": "aI r", "yre": "aI r", "yr": "aI r", "or": "O: r",
    "ore": "O: r", "oar": "O: r", "oor": "U r", "orr": "0 r", "our": "aU r", "owr": "aU r", "ur": "3: r",
    "urr": "V r", "uur": "U r", "ər": "@ r", "alk": "O: k", "all": "O: l", "ost": "oU s t", "old": "oU l d",
}  # fmt: skip
CONSONANTS: Final = {
    "b": "b", "c": "k", "ch": "tS", "ck": "k", "d": "d", "dh": "D", "dge": "dZ", "f": "f", "g": "g", "gh": "g",
    "h": "h", "j": "dZ", "k": "k", "kh": "x", "kn": "n", "l": "l", "m": "m", "n": "n", "ng": "N", "nk": "N k",
    "p": "p", "ph": "f", "q": "k", "qu": "k w", "r": "r", "s": "s", "sch": "S", "sh": "S", "t": "t", "tch": "tS",
    "th": "T", "v": "v", "w": "w", "wh": "w", "wr": "r", "x": "k s", "y": "j", "z": "z", "zh": "Z",
}  # fmt: skip
SOFT: Final = {"c": "s", "g": "dZ"}
"""Before the silent e at the end of a syllable."""

_VOWEL: Final = re.compile("|".join(sorted(PAIRS, key=len, reverse=True)) + "|[aeiouy]")
_CONSONANT: Final = re.compile("|".join(sorted(CONSONANTS, key=len, reverse=True)))
_SILENT_E: Final = re.compile(r"^([^aeiouyə]*(?:qu)?)([aeiouy])([bcdfgklmnpstvz]|th|ch|sh)e$")


class _Syllable:
    """A syllable being read, letter by letter."""

    def __init__(self, written: str, *, alone: bool, last: bool) -> None:
        self._capital = written.isupper()
        self._letters = re.sub(r"([bdfgklmnpstvz])\1", r"\1", written.lower())
        self._alone, self._last = alone, last

    def sounds(self) -> list[str]:
        """Return the names of its sounds."""
        if found := _SILENT_E.match(self._letters):
            onset, vowel, coda = found.groups()
            return [*_consonants(onset), LONG[vowel], SOFT.get(coda) or CONSONANTS[coda]]
        names: list[str] = []
        place = 0
        while place < len(self._letters):
            found = self._unit(place, spoken=any(name in VOWELS for name in names))
            names += self._names(found, place) if found else []
            place = found.end() if found else place + 1
        return names

    def _unit(self, place: int, *, spoken: bool) -> re.Match[str] | None:
        """Find the letters that make the next sound; ``y`` begins a syllable as a consonant."""
        letter, rest = self._letters[place], self._letters[place + 1 :]
        if letter == "e" and spoken and not rest:
            return None
        if letter == "y" and not spoken and rest and rest[0] in "aeiouə":
            return _CONSONANT.match(self._letters, place)
        return _VOWEL.match(self._letters, place) or _CONSONANT.match(self._letters, place)

    def _names(self, found: re.Match[str], place: int) -> list[str]:
        letters = found[0]
        if letters in CONSONANTS and not (letters == "y" and found.re is _VOWEL):
            if letters in {"kn", "wr"} and place:
                return [CONSONANTS[letter] for letter in letters]
            return CONSONANTS[letters].split()
        if letters in PAIRS:
            return (
                ["aI"]
                if letters == "ie" and self._alone and found.end() == len(self._letters)
                else PAIRS[letters].split()
            )
        return [self._single(letters, open_=found.end() == len(self._letters))]

    def _single(self, vowel: str, *, open_: bool) -> str:
        """Return the sound of a vowel written by one letter, at the end of its syllable or before a consonant."""
        stressed = self._capital or self._alone
        if not open_:
            return "@" if vowel == "u" and not stressed else CLOSED[vowel]
        if self._alone and vowel != "a":
            return LONG[vowel]
        ending = {"a": "A:" if stressed else "A#", "e": "E", "i": "i:" if stressed or self._last else "I"}
        if vowel == "y" and self._last and not stressed:
            return "i"
        return ending.get(vowel, LONG[vowel])


def _consonants(letters: str) -> list[str]:
    return [name for unit in _CONSONANT.findall(letters) for name in CONSONANTS[unit].split()]


def is_readable(respelling: str) -> bool:
    """Tell whether a respelling is in letters that this module reads, with a vowel in each word.

    Single letters are for the voice to read out, as in ``O S C E``.
    """
    words = _bare(respelling).split()
    return max(map(len, words), default=0) > 1 and all(
        re.fullmatch(r"[a-zə·.'’-]*[aeiouyə][a-zə·.'’-]*", word.lower()) for word in words
    )


def in_english(respelling: str) -> Spoken:
    """Return a respelling as sounds of English."""
    words = (_word([part for part in re.split(r"[-·.]", word) if part]) for word in _bare(respelling).split())
    return tuple(settled(word) for word in words if word)


def _bare(respelling: str) -> str:
    letters = unicodedata.normalize("NFD", respelling.replace("‑", "-").replace("‐", "-"))
    return "".join(letter for letter in letters if not unicodedata.combining(letter) and letter not in "'’")


def _word(syllables: list[str]) -> tuple[Sound, ...]:
    """Return the sounds of a word; of several syllables in capitals the last is stressed most."""
    capitals = [place for place, syllable in enumerate(syllables) if syllable.isupper() and len(syllables) > 1]
    sounds: list[Sound] = []
    for place, syllable in enumerate(syllables):
        stress = (PRIMARY if place == capitals[-1] else SECONDARY) if place in capitals else ""
        names = _Syllable(syllable, alone=len(syllables) == 1, last=place == len(syllables) - 1).sounds()
        if sounds and names and names[0] == sounds[-1].name and names[0] not in VOWELS:
            del names[0]  # ess-see: once
        for name in names:
            sounds.append(Sound(name, stress if name in VOWELS else ""))
            stress = "" if name in VOWELS else stress
    return tuple(sounds)
