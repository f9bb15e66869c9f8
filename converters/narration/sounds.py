"""The sounds of English, and how each engine is told to say them.

A sound goes by its name in espeak-ng (its docs, "phonemes"), which an American and a British
voice each say in their own way: ``A@`` is the vowel of *car*, with an r in one and without in
the other. IPA and respelling are turned into these sounds, and these into any notation.
"""

import itertools
from typing import Final

import msgspec

PRIMARY: Final = "ˈ"
SECONDARY: Final = "ˌ"
ESPEAK_STRESS: Final = {PRIMARY: "'", SECONDARY: ",", "": ""}


class Sound(msgspec.Struct, frozen=True):
    """One sound; ``stress`` stands on vowels only, and is ``ˈ``, ``ˌ`` or nothing."""

    name: str
    stress: str = ""


Spoken = tuple[tuple[Sound, ...], ...]
"""The sounds of some words, word by word."""


class Vowel(msgspec.Struct, frozen=True):
    """How a vowel is written: in IPA as espeak-ng's American and British voices write it, and respelled."""

    american: str
    british: str
    respelled: str


VOWELS: Final = {
    "i:": Vowel("iː", "iː", "ee"),
    "i": Vowel("i", "i", "ee"),
    "I": Vowel("ɪ", "ɪ", "ih"),
    "E": Vowel("ɛ", "ɛ", "eh"),
    "a": Vowel("æ", "a", "a"),
    "A#": Vowel("ɑː", "a", "ah"),
    "A:": Vowel("ɑː", "ɑː", "ah"),
    "A@": Vowel("ɑːɹ", "ɑː", "ar"),
    "A~": Vowel("ɑ̃", "ɑ̃", "ahn"),
    "0": Vowel("ɑː", "ɒ", "o"),
    "O:": Vowel("ɔː", "ɔː", "aw"),
    "O@": Vowel("ɔːɹ", "ɔː", "or"),
    "O~": Vowel("ɔ̃", "ɔ̃", "awn"),
    "oU": Vowel("oʊ", "əʊ", "oh"),
    "U": Vowel("ʊ", "ʊ", "uu"),
    "u:": Vowel("uː", "uː", "oo"),
    "V": Vowel("ʌ", "ʌ", "uh"),
    "3:": Vowel("ɜː", "ɜː", "ur"),
    "@": Vowel("ə", "ə", "uh"),
    "3": Vowel("ɚ", "ə", "er"),
    "eI": Vowel("eɪ", "eɪ", "ay"),
    "aI": Vowel("aɪ", "aɪ", "y"),
    "OI": Vowel("ɔɪ", "ɔɪ", "oy"),
    "aU": Vowel("aʊ", "aʊ", "ow"),
    "i@": Vowel("iə", "iə", "ee-uh"),
    "i@3": Vowel("ɪɹ", "iə", "eer"),
    "e@": Vowel("ɛɹ", "eə", "air"),
    "U@": Vowel("ʊɹ", "ʊə", "oor"),
    "aI3": Vowel("aɪɚ", "aɪə", "ire"),
    "aU@": Vowel("aɪʊɹ", "aʊə", "our"),
}

CONSONANTS: Final = {
    "p": ("p", "p"), "b": ("b", "b"), "t": ("t", "t"), "d": ("d", "d"), "k": ("k", "k"), "g": ("ɡ", "g"),
    "f": ("f", "f"), "v": ("v", "v"), "T": ("θ", "th"), "D": ("ð", "dh"), "s": ("s", "s"), "z": ("z", "z"),
    "S": ("ʃ", "sh"), "Z": ("ʒ", "zh"), "h": ("h", "h"), "x": ("x", "kh"), "m": ("m", "m"), "n": ("n", "n"),
    "N": ("ŋ", "ng"), "l": ("l", "l"), "r": ("ɹ", "r"), "w": ("w", "w"), "j": ("j", "y"), "tS": ("tʃ", "ch"),
    "dZ": ("dʒ", "j"), "?": ("ʔ", "-"),
}  # fmt: skip
"""Each consonant in IPA and respelled."""

BEFORE_R: Final = {
    "A:": "A@", "A#": "A@", "a": "A@", "O:": "O@", "0": "O@", "oU": "O@", "I": "i@3", "i": "i@3", "i:": "i@3",
    "i@": "i@3", "E": "e@", "eI": "e@", "e@": "e@", "U": "U@", "u:": "U@", "U@": "U@", "@": "3", "3": "3",
    "3:": "3:", "V": "3:", "aI": "aI3", "aU": "aU@",
}  # fmt: skip
"""What a vowel becomes with an r after it that no vowel follows."""

NEVER_STRESSED: Final = {"3": "3:", "@": "V", "i": "i:"}
"""Vowels of weak syllables, and what each is where it is stressed all the same."""

SIBILANTS: Final = frozenset({"s", "z", "S", "Z", "tS", "dZ"})
GLIDED: Final = frozenset({"p", "b", "t", "d", "k", "g", "f", "T", "S"})
GLIDES: Final = frozenset({"r", "j", "w"})
"""A consonant of the first kind and one of the second begin a syllable together."""

CLOSED: Final = frozenset({"a", "0"})
"""Vowels that are respelled by one letter, which a consonant must follow."""

VOICELESS: Final = frozenset({"p", "t", "k", "f", "T", "x", "h", "?"})


def settled(word: tuple[Sound, ...]) -> tuple[Sound, ...]:
    """Return a word as an English voice has it: one stress at least, r after a vowel made one with it."""
    word = _stressed(word)
    sounds: list[Sound] = []
    for place, sound in enumerate(word):
        if sound.name in VOWELS and sounds and sounds[-1].name in {"3", "3:"}:
            sounds[-1] = Sound("@" if sounds[-1].name == "3" else "3:", sounds[-1].stress)
            sounds.append(Sound("r"))
        before = sounds[-1] if sounds else None
        follows_vowel = before is not None and before.name in BEFORE_R
        vowel_next = place + 1 < len(word) and word[place + 1].name in VOWELS
        if sound.name == "r" and before is not None and follows_vowel:
            name = before.name if vowel_next else BEFORE_R[before.name]
            sounds[-1] = Sound("3:" if (name, bool(before.stress)) == ("@", True) else name, before.stress)
        if sound.name != "r" or vowel_next or not follows_vowel:
            sounds.append(sound)
    return tuple(Sound(NEVER_STRESSED.get(s.name, s.name), s.stress) if s.stress else s for s in sounds)


def _stressed(word: tuple[Sound, ...]) -> tuple[Sound, ...]:
    """Set a stress where none is given: on the last vowel but one, or a fuller one before it."""
    vowels = [place for place, sound in enumerate(word) if sound.name in VOWELS]
    if not vowels or any(sound.stress == PRIMARY for sound in word):
        return word
    likely = [place for place in vowels[:-1] or vowels if word[place].name not in NEVER_STRESSED]
    chosen = likely[-1] if likely else vowels[0]
    return tuple(Sound(s.name, PRIMARY) if place == chosen else s for place, s in enumerate(word))


def with_s(spoken: Spoken) -> Spoken:
    """Return words with the ending of a plural or possessive: *cats*, *dogs* or *horses*."""
    *before, last = spoken
    end = last[-1].name
    if end in SIBILANTS:
        return (*before, (*last, Sound("I"), Sound("z")))
    return (*before, (*last, Sound("s" if end in VOICELESS else "z")))


# notations --------------------------------------------------------------------------------


def espeak_phonemes(spoken: Spoken) -> str:
    """Return what espeak-ng takes between ``[[`` and ``]]``: ``m|@|k|'A:|r|0|f``.

    The bars keep neighbours apart that would be another sound together, as ``t`` and ``S``.
    """
    return " ".join("|".join(ESPEAK_STRESS[sound.stress] + sound.name for sound in word) for word in spoken)


def ipa(spoken: Spoken, *, british: bool = False) -> str:
    """Return IPA as espeak-ng itself writes it, stress right before the vowel: what voices were trained on."""
    return " ".join("".join(_ipa(word, place, british=british) for place in range(len(word))) for word in spoken)


def _ipa(word: tuple[Sound, ...], place: int, *, british: bool) -> str:
    sound = word[place]
    if sound.name in CONSONANTS:
        return CONSONANTS[sound.name][0]
    vowel = VOWELS[sound.name]
    return sound.stress + (vowel.british if british else vowel.american)


def respelled(spoken: Spoken) -> str:
    """Return sounds in letters that need no study: ``muh-KAH-rof``."""
    return " ".join("-".join(map(_syllable, _syllables(word))) for word in spoken)


def _syllables(word: tuple[Sound, ...]) -> list[tuple[Sound, ...]]:
    """Divide a word: before the last consonant that stands between two vowels, or before two as in *try*."""
    vowels = [place for place, sound in enumerate(word) if sound.name in VOWELS]
    starts = [0, *(_start(word, before, after) for before, after in itertools.pairwise(vowels))]
    ends = [*starts[1:], len(word)]
    return [word[start:end] for start, end in zip(starts, ends, strict=True)]


def _start(word: tuple[Sound, ...], before: int, after: int) -> int:
    """Return where the syllable of the vowel ``after`` begins, behind that of the vowel ``before``."""
    onset = [sound.name for sound in word[max(before + 1, after - 2) : after]]
    together = len(onset) == 2 and onset[0] in GLIDED and onset[1] in GLIDES  # noqa: PLR2004 - a pair
    closed = word[before].name in CLOSED and after > before + 1
    return max(before + (2 if closed else 1), after - (2 if together else 1))


def _syllable(sounds: tuple[Sound, ...]) -> str:
    letters = "".join(_letters(sounds, place) for place in range(len(sounds)))
    return letters.upper() if any(sound.stress == PRIMARY for sound in sounds) else letters


def _letters(sounds: tuple[Sound, ...], place: int) -> str:
    name, closed = sounds[place].name, place + 1 < len(sounds)
    if name in CONSONANTS:
        return CONSONANTS[name][1]
    if name == "aI":
        return "eye" if place == 0 else "y"
    if name in {"I", "E"} and closed:
        return name.lower()
    return VOWELS[name].respelled
