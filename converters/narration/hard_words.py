"""Which words of an episode a voice is likely to get wrong.

In English: names of people, and other words with a capital in mid-sentence, that the voice says
otherwise than the dictionary, or that the dictionary does not know; words that the source marks as
foreign; and what has an entry already, so that it can be heard. In other languages, for which there
is no dictionary here, all names (in German those of people, since every noun has a capital).
The words are those of the script, so that one is counted as often as it is heard.
"""

import re
import unicodedata
from collections.abc import Callable, Iterable
from typing import Final, Literal

import msgspec

from converters.narration.english_words import EnglishWords
from converters.narration.hearing import agree, heard
from converters.narration.sounds import Spoken, respelled

WORD: Final = re.compile(r"[^\W\d_]+(?:[’'][^\W\d_]+)*(?:\.[^\W\d_](?:\.[^\W\d_])*\.?)?")
POSSESSIVE: Final = re.compile(r"(?:['’]s|['’])$")
OPENING: Final = " \t([{“‘«\"'¿¡"
ENDS: Final = ".!?:;…—–"
"""After these a capital says nothing of a word."""

TITLES: Final = frozenset(
    "Capt Col Dipl Dr Fr Gen Gov Hon Ing Jr Lt Mlle Mme Mr Mrs Ms Mx Prof Rep Rev Sen Sgt Sr Sra Srta St".split()
)
"""With a full stop after them every voice knows these."""

CAPITALS_FOR_NOUNS: Final = frozenset({"de", "lb"})
"""Languages that print every noun with a capital."""

Reason = Literal["entry", "differs", "unknown", "name"]
Listen = Callable[[tuple[str, ...]], tuple[tuple[str, str], ...]]
"""Tells how a voice says words: espeak-ng's names of the sounds, and IPA; both empty where that is not known."""


Places = Callable[[str], Iterable[tuple[int, int, str]]]
"""Tells where the lexicon's entries stand in a text: begin, end, and the entry's word."""


class HardWord(msgspec.Struct, frozen=True):
    """A word, how often it is heard, why it is here, and how it is said.

    ``ipa`` and ``respelled`` are what the voice says of itself, ``usual`` how the dictionary has it.
    """

    word: str
    count: int
    reason: Reason
    ipa: str = ""
    respelled: str = ""
    usual: str = ""


def hard_words(
    texts: Iterable[str],
    people: tuple[str, ...],
    foreign: frozenset[str],
    primary: str,
    dictionary: EnglishWords | None,
    places: Places,
    listen: Listen,
) -> tuple[HardWord, ...]:
    """Return the words worth listening to, most frequent first.

    ``people`` are names, ``foreign`` words that the source marks as of another language, ``primary``
    the language of the texts; the dictionary is given where that is English.
    """
    words = _Words(tuple(texts), primary, places)
    wanted = {word for name in people for word in words_in(name) if len(word) > 1} | foreign
    likely = tuple(word for word in words.counted if word in wanted or words.is_name(word) or word in words.entries)
    rows = []
    for word, (names, ipa) in zip(likely, listen(likely), strict=True):
        spoken = heard(names) if dictionary else ()
        usual = dictionary.usual(word) if dictionary else ()
        reason = _reason(spoken, usual, entry=word in words.entries, checked=dictionary is not None)
        if reason:
            usually = respelled(usual[0]) if reason == "differs" else ""
            rows.append(HardWord(word, words.counted[word], reason, ipa, respelled(spoken), usually))
    return tuple(sorted(rows, key=lambda row: (-row.count, row.word)))


def _reason(spoken: Spoken, usual: tuple[Spoken, ...], *, entry: bool, checked: bool) -> Reason | None:
    """Return why a word is worth listening to; None where the voice says it as the dictionary has it."""
    if entry:
        return "entry"
    if not checked:
        return "name"
    if not usual:
        return "unknown"
    return "differs" if spoken and not agree(spoken, usual) else None


class _Words:
    """The words of some texts: how often each is heard, and which stand with a capital in mid-sentence."""

    def __init__(self, texts: tuple[str, ...], primary: str, places: Places) -> None:
        self.counted: dict[str, int] = {}
        self.entries: set[str] = set()
        self._places = places
        self._capital: set[str] = set()
        self._nouns = primary in CAPITALS_FOR_NOUNS
        for text in texts:
            self._take(unicodedata.normalize("NFC", text))
        self._merge_plurals()

    def is_name(self, word: str) -> bool:
        """Tell whether a word is printed as a name, or with letters that its language hardly has."""
        if self._nouns or len(word) == 1:
            return False
        return word in self._capital and word.lower() not in self.counted

    def _take(self, text: str) -> None:
        inside = self._take_entries(text)
        for found in WORD.finditer(text):
            if found.start() in inside or found[0].rstrip(".") in TITLES:
                continue
            word = POSSESSIVE.sub("", found[0])
            self._count(word)
            before = text[: found.start()].rstrip(OPENING)
            if word[:1].isupper() and before and before[-1] not in ENDS:
                self._capital.add(word)

    def _take_entries(self, text: str) -> set[int]:
        """Count what the lexicon has, and return the places in the text that are done with.

        A name whose words all have entries of their own is counted as those words.
        """
        inside: set[int] = set()
        for begin, end, word in self._places(text):
            parts = words_in(word)
            own = {part for part in parts for _, length, _ in self._places(part) if length == len(part)}
            for part in parts if len(parts) > 1 and own >= set(parts) else [word]:
                self._count(part)
                self.entries.add(part)
            inside.update(range(begin, end))
        return inside

    def _count(self, word: str) -> None:
        self.counted[word] = self.counted.get(word, 0) + 1

    def _merge_plurals(self) -> None:
        """Count *Makarovs* as *Makarov*, where both are there."""
        for word in [word for word in self.counted if word.endswith("s") and word[:-1] in self._capital]:
            self.counted[word[:-1]] += self.counted.pop(word)


def words_in(text: str) -> list[str]:
    """Return the words of a text, without possessive endings."""
    return [POSSESSIVE.sub("", found[0]) for found in WORD.finditer(unicodedata.normalize("NFC", text))]
