"""What an English voice of espeak-ng says, as sounds, and whether that is how a word is usually said."""

from collections.abc import Iterator
from typing import Final

from converters.narration.sounds import CONSONANTS, PRIMARY, SECONDARY, VOWELS, Sound, Spoken, settled

SHADES: Final = {
    "I2": "I", "I#": "I", "E2": "E", "E#": "E", "e#": "E", "a2": "a", "a#": "@", "aa": "a", "02": "V", "O2": "0",
    "O": "0", "0#": "0", "o:": "oU", "o@": "O@", "oU#": "oU", "aI@": "aI @", "@L": "@ l", "@2": "@", "@5": "@",
    "t#": "t", "t2": "t", "d#": "d", "z#": "z", "r-": "r", "n-": "@ n", "m-": "@ m", "l#": "l", "l/": "l", "w#": "w",
    "i::": "i:",
}  # fmt: skip
"""espeak-ng's finer sounds, and those of ``sounds.py`` that they are kinds of."""

APART: Final = {
    "A@": "A: r", "O@": "O: r", "i@3": "I r", "e@": "E r", "U@": "U r", "3": "@ r", "3:": "3: r", "aI3": "aI @ r",
    "aU@": "aU @ r", "i@": "i @",
}  # fmt: skip
ALIKE: Final = {
    "0": "A:", "O:": "A:", "A#": "A:", "@": "V", "i": "i:",
}  # fmt: skip
BEFORE_R: Final = {"a": "E", "eI": "E", "U": "A:", "u:": "A:", "i:": "I"}
"""Vowels that many Americans do not tell apart, everywhere and before an r."""

AFTER_THE_TONGUE: Final = frozenset({"t", "d", "n", "l", "s", "z", "T"})
"""After these, *new* may have a y in it or not."""


def heard(names: str) -> Spoken:
    """Return espeak-ng's names of sounds, ``_`` between them, as sounds that can be respelled."""
    words = (tuple(_sounds(word)) for word in names.split())
    return tuple(settled(word) for word in words if word)


def _sounds(word: str) -> list[Sound]:
    found: list[Sound] = []
    for written in word.split("_"):
        stress = PRIMARY if "'" in written else SECONDARY if "," in written else ""
        bare = written.lstrip("',%=")
        for name in SHADES.get(bare, bare).split():
            if name in VOWELS:
                found.append(Sound(name, stress))
                stress = ""
            elif name in CONSONANTS:
                found.append(Sound(name))
    return found


def agree(said: Spoken, usual: tuple[Spoken, ...]) -> bool:
    """Tell whether something is said in one of the usual ways.

    That is: the same consonants round as many vowels, the main stress (the last of several) on the
    same one, and there the same vowel.
    """
    return _shape(said) in map(_shape, usual)


def _shape(spoken: Spoken) -> tuple[str, int, str]:
    skeleton: list[str] = [""]
    vowels, place, stressed = 0, 0, ""
    for name, stress in _apart(spoken):
        if name in VOWELS:
            vowels += 1
            skeleton.append("*")
            if stress == PRIMARY:
                place, stressed = vowels, ALIKE.get(name, name)
        elif skeleton[-1] != name and not (name == "j" and skeleton[-1] in AFTER_THE_TONGUE):
            skeleton.append(name)
            if name == "r" and place == vowels and skeleton[-2] == "*":
                stressed = BEFORE_R.get(stressed, stressed)
    return " ".join(skeleton), place, stressed


def _apart(spoken: Spoken) -> Iterator[tuple[str, str]]:
    """Yield names of sounds with their stress, each r apart from its vowel."""
    for sound in (sound for word in spoken for sound in word):
        stress = sound.stress
        for name in APART.get(sound.name, sound.name).split():
            yield name, stress
            stress = "" if name in VOWELS else stress
