"""The letters of a text before they are written in braille: what a table knows, and what is done with the rest.

In this order: the usual form of a sign, the code of the letter's own script, the letter without its mark, and at
last the sign's name in a transcriber's note. No word is dropped.
"""

import functools
import re
import unicodedata
from itertools import groupby
from typing import Final, Literal

import msgspec

from converters.braille_tables import Code, language_of
from converters.liblouis import liblouis

_USUAL: Final = {
    **dict.fromkeys("\u2018\u2019\u201a\u201b\u2032\u02bc\u00b4`", "'"),
    **dict.fromkeys("\u201c\u201d\u201e\u201f\u2033\u00ab\u00bb", '"'),
    **dict.fromkeys("\u2010\u2011\u2012\u2013\u2212", "-"),
    **dict.fromkeys("\u2014\u2015\u2e3a\u2e3b", "--"),
    **dict.fromkeys("\u200b\u200c\u200d\u200e\u200f\u2060\u00ad\ufeff\u061c\ufe0e\ufe0f", ""),
    **dict.fromkeys("\u2022\u00b7\u25cf\u25aa", "-"),
    "\u2026": "...", "\u037e": ";", "\u0387": ".", "\u3000": " ", "\uff0c": ",", "\u3001": ",", "\u3002": ".",
    "\u00d7": "x", "\u2044": "/",
}  # fmt: skip
"""Signs that a table may lack, and what stands for them there."""

_INVISIBLE: Final = re.compile("[\u200b\u200e\u200f\u2060\u00ad\ufeff\u061c\ufe0e\ufe0f\u2066-\u2069\u202a-\u202e]")

_APOSTROPHE: Final = re.compile("(?<=[\\w.])[\u2019\u02bc](?=\\w)")
"""Inside a word it is an apostrophe, and never the end of a quotation."""

Kind = Literal["own", "other", "note"]


class Run(msgspec.Struct, frozen=True):
    """Letters that are written alike: in the text's own code, in another language's, or as a transcriber's note."""

    text: str
    kind: Kind = "own"
    language: str = ""


class Letters:
    """What one code can write; remembers each character that it was asked for, and what had to be changed."""

    def __init__(self, code: Code) -> None:
        """Take the code whose table is asked."""
        self._table = code.table
        self._forms: dict[str, Run] = {}
        self.changed: dict[str, None] = {}
        self.named: dict[str, None] = {}

    def runs(self, text: str) -> tuple[Run, ...]:
        """Return a text in runs, in order; a run in another code takes along the spaces and signs inside it."""
        whole = _APOSTROPHE.sub("'", unicodedata.normalize("NFC", _INVISIBLE.sub("", text)))
        forms = self._forms
        asked = [forms.get(letter) or self._form(letter) for letter in whole]
        if all(form.kind == "own" for form in asked):
            return (Run("".join(form.text for form in asked)),)
        self._remember(whole, asked)
        return _gathered(_whole_words(whole, asked))

    def _remember(self, text: str, forms: list[Run]) -> None:
        for letter, form in zip(text, forms, strict=True):
            if form.kind == "note":
                self.named[letter] = None

    def _form(self, letter: str) -> Run:
        form = self._found(letter)
        self._forms[letter] = form
        if form.kind == "own" and letter.isalpha() and form.text.casefold() != letter.casefold():
            self.changed[letter] = None
        return form

    def _found(self, letter: str) -> Run:
        if letter.isspace():
            return Run(" ")
        if self._writes(letter) or unicodedata.category(letter).startswith("M"):
            return Run(letter)
        if language := language_of(letter):
            return Run(letter, "other", language)
        for instead in (_USUAL.get(letter), unicodedata.normalize("NFKC", letter), _unmarked(letter)):
            if instead is not None and instead != letter and all(self._writes(one) for one in instead):
                return Run(instead)
        return Run(_name(letter), "note")

    def _writes(self, letter: str) -> bool:
        return letter == " " or liblouis().knows(self._table, letter)


def _unmarked(letter: str) -> str:
    parts = unicodedata.normalize("NFKD", letter)
    return "".join(part for part in parts if not unicodedata.combining(part)) or letter


@functools.cache
def _name(letter: str) -> str:
    return unicodedata.name(letter, f"sign U+{ord(letter):04X}").lower()


def _whole_words(text: str, forms: list[Run]) -> list[Run]:
    """Write a whole word of another script in one code, also those of its letters that the text's own code has."""
    done = list(forms)
    for word in re.finditer(r"[^\W\d_]+", text):
        span = range(word.start(), word.end())
        language = next((forms[place].language for place in span if forms[place].kind == "other"), "")
        for place in span:
            if language and language_of(text[place]) == language:
                done[place] = Run(text[place], "other", language)
    return done


def _gathered(forms: list[Run]) -> tuple[Run, ...]:
    """Join neighbours of one kind; what stands between two words of one other script belongs to them."""
    found: list[Run] = []
    for (kind, language), group in groupby(forms, lambda form: (form.kind, form.language)):
        texts = [form.text for form in group]
        found += [Run(text, "note") for text in texts] if kind == "note" else [Run("".join(texts), kind, language)]
    joined: list[Run] = []
    for run in found:
        if len(joined) > 1 and run.kind == "other" and _between(joined, run):
            sign = joined.pop()
            joined[-1] = Run(joined[-1].text + sign.text + run.text, "other", run.language)
        else:
            joined.append(run)
    return tuple(joined)


def _between(joined: list[Run], run: Run) -> bool:
    before, sign = joined[-2:]
    plain = sign.kind == "own" and not any(letter.isalnum() for letter in sign.text)
    return plain and before.kind == "other" and before.language == run.language
