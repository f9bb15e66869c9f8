"""Which words of a Word file are in another language than the rest: only where the file says so and it is likely.

Word marks runs with the language of the keyboard they were typed on, so a mark alone
is no evidence. It is believed of a language that few of the letters are marked with,
and only against a language that most letters have.
"""

import re
from collections import Counter
from typing import TYPE_CHECKING, Final

from converters.readers.word_package import W
from converters.readers.word_styles import said_by, value

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

MOST: Final = 0.5
FEW: Final = 0.3
"""Shares of all letters."""
_EAST_ASIAN: Final = re.compile("[\u2e80-\u9fff\uac00-\ud7af\uff00-\uffef]")
_TAG: Final = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{1,8})*")


class Languages:
    """The languages of one document's runs."""

    def __init__(self, document: "Element", styles: "Element | None") -> None:
        """Count the letters of each language that is said of them."""
        path = f"{W}docDefaults/{W}rPrDefault/{W}rPr/{W}lang"
        self._default = styles.find(path) if styles is not None else None
        self._styled = _of_styles(styles) if styles is not None else {}
        self._foreign: frozenset[str] = frozenset()
        """Primary tags of the languages that a mark is believed of."""
        if self._styled or document.find(f".//{W}r/{W}rPr/{W}lang") is not None:
            self._count(document)

    def _count(self, document: "Element") -> None:
        letters: Counter[str] = Counter()
        for run in document.iter(f"{W}r"):
            text = "".join(child.text or "" for child in run.iterchildren(f"{W}t"))
            letters[_primary(self._said(run, text) or _of(self._default, text, rtl=False))] += sum(
                map(str.isalpha, text)
            )
        language, most = letters.most_common(1)[0] if letters else ("", 0)
        if language and most > letters.total() * MOST:
            few = {one for one, count in letters.items() if one and count <= letters.total() * FEW}
            self._foreign = frozenset(few - {language})

    @property
    def differ(self) -> bool:
        """Whether there is another language at all."""
        return bool(self._foreign)

    def foreign(self, run: "Element", text: str) -> str:
        """Return the language of a run's text if it is another than the document's, else nothing."""
        if not self._foreign or not any(map(str.isalpha, text)):
            return ""
        said = self._said(run, text)
        return said if _primary(said) in self._foreign else ""

    def _said(self, run: "Element", text: str) -> str:
        properties = run.find(f"{W}rPr")
        language = properties.find(f"{W}lang") if properties is not None else None
        if language is None:
            language = self._styled.get(value(properties, "rStyle"))
        return _of(language, text, rtl=bool(said_by(properties).rtl)) if language is not None else ""


def _of_styles(styles: "Element") -> "dict[str, Element]":
    """Return what character styles say of the language of their letters."""
    found = ((style.get(f"{W}styleId") or "", style.find(f"{W}rPr/{W}lang")) for style in styles.iter(f"{W}style"))
    return {identifier: language for identifier, language in found if language is not None}


def _of(language: "Element | None", text: str, *, rtl: bool) -> str:
    """Return what is said of the script that a text is in (ECMA-376 part 1, §17.3.2.20)."""
    if language is None:
        return ""
    script = "bidi" if rtl else "eastAsia" if _EAST_ASIAN.search(text) else "val"
    tag = language.get(f"{W}{script}") or ""
    return tag if _TAG.fullmatch(tag) else ""


def _primary(tag: str) -> str:
    return tag.partition("-")[0].lower()
