"""Finished XHTML put into braille: each text by its language, the markup as it was.

Emphasis is marked where somebody speaks with it, and nowhere else: there it would be for looks. A word is written
as a whole. Where an element begins or ends inside one, as where half a word is set apart, the word
stands on the side where it begins: cut in two it would be other cells, and read as another word.
"""

import re
from collections.abc import Callable, Iterator
from itertools import groupby
from typing import Final, Literal

import msgspec
from lxml import etree
from lxml.etree import _Element

from converters.languages import in_script

Strength = Literal["emphasis", "strong"]


class Piece(msgspec.Struct, frozen=True):
    """Text of one element: its language, whether it is set apart, and whether it is more than words in a sentence."""

    text: str
    language: str
    strength: Strength | None = None
    is_passage: bool = True


Translate = Callable[[Piece], str]
"""Returns the cells of a piece (U+2800 …), a space between words, U+200B where a line may end without one."""

MAY_BREAK: Final = "\u200b"
XHTML: Final = "{http://www.w3.org/1999/xhtml}"

_XML_LANG: Final = "{http://www.w3.org/XML/1998/namespace}lang"
_INLINE: Final = frozenset({"a", "b", "em", "span", "strong"})
_VOID: Final = frozenset({"link", "meta", "wbr"})
_WORD: Final = re.compile("[\u2e80-\u9fff\uf900-\ufaff\uff00-\uff60]|[^\\s\u2e80-\u9fff\uf900-\ufaff\uff00-\uff60]+")
"""What is written in one go: a word with its signs, or a letter of a script that sets no spaces."""
_STRENGTHS: Final[dict[str, Strength]] = {"em": "emphasis", "strong": "strong"}


class _Setting(msgspec.Struct, frozen=True):
    """What holds where a text stands; ``unit`` is the sentence, name or mark of a note that it is a part of."""

    language: str
    unit: str = ""
    strength: Strength | None = None
    is_speech: bool = False
    is_passage: bool = True


class _Leaf(msgspec.Struct):
    """A text of the tree: before the first child of an element, or behind an element."""

    element: _Element
    place: Literal["text", "tail"]
    setting: _Setting

    @property
    def words(self) -> str:
        return (self.element.text if self.place == "text" else self.element.tail) or ""

    def put(self, cells: str) -> None:
        """Set the cells, and a ``wbr`` at each place where a line may end (eBraille 1.0 §6.2.1, note).

        The title of a page is no text of several lines, and may hold no element.
        """
        titled = self.element.tag == f"{XHTML}title"
        first, *others = (cells.replace(MAY_BREAK, "") if titled else cells).split(MAY_BREAK)
        parent = self.element if self.place == "text" else self.element.getparent()
        setattr(self.element, self.place, first)
        if parent is None:
            return
        at = 0 if self.place == "text" else parent.index(self.element) + 1
        for number, part in enumerate(others):
            wbr = etree.Element(f"{XHTML}wbr")
            wbr.tail = part
            parent.insert(at + number, wbr)


def in_braille(root: _Element, translate: Translate) -> bytes:
    """Return a content document in braille."""
    leaves = list(_leaves(root, _Setting(root.get("lang") or "und")))
    for _, several in groupby(leaves, lambda leaf: leaf and (leaf.setting.unit,)):
        _translate([leaf for leaf in several if leaf], translate)
    _mark(root)
    return etree.tostring(root, encoding="utf-8", doctype="<!DOCTYPE html>")


def _leaves(element: _Element, setting: _Setting) -> Iterator[_Leaf | None]:
    """Yield the texts of an element in reading order, None where a paragraph, heading or item begins or ends."""
    tag = str(element.tag).removeprefix(XHTML)
    inner = _within(element, tag, setting)
    if tag not in _INLINE:
        yield None
    if tag not in _VOID:
        yield _Leaf(element, "text", inner)
    for child in element:
        yield from _leaves(child, inner)
        yield _Leaf(child, "tail", inner)
    if tag not in _INLINE:
        yield None


def _within(element: _Element, tag: str, setting: _Setting) -> _Setting:
    is_speech = setting.is_speech or (tag == "p" and (element.get("class") or "").startswith(("turn", "more")))
    is_unit = element.get("role") == "doc-noteref" or (tag in {"b", "span"} and element.get("id"))
    language = element.get("lang") or setting.language
    return _Setting(
        language,
        str(element.get("id") or element.get("href")) if is_unit else setting.unit,
        _STRENGTHS.get(tag, setting.strength) if is_speech else None,
        is_speech,
        setting.is_passage if language == setting.language else not setting.unit,
    )


def _translate(leaves: list[_Leaf], translate: Translate) -> None:
    """Put neighbouring texts into braille. Spaces at their ends stay where they are."""
    for leaf, text in zip(leaves, _whole_words([_spaced(leaf.words) for leaf in leaves]), strict=True):
        inner, setting = text.strip(), leaf.setting
        cells = translate(Piece(inner, setting.language, setting.strength, setting.is_passage)) if inner else ""
        leaf.put(text[: len(text) - len(text.lstrip())] + cells + (text[len(text.rstrip()) :] if inner else ""))


def _spaced(text: str) -> str:
    """Return a text with each run of white space as one space, as a browser shows it."""
    inner = " ".join(text.split())
    if not inner:
        return " " if text else ""
    return " " * text[0].isspace() + inner + " " * text[-1].isspace()


def _whole_words(texts: list[str]) -> list[str]:
    """Return the texts with every word in one of them."""
    owners = [number for number, text in enumerate(texts) for _ in text]
    whole = "".join(texts)
    places = {number: [at for at, one in enumerate(owners) if one == number and not whole[at].isspace()]
              for number in set(owners)}  # fmt: skip
    for word in _WORD.finditer(whole):
        if owners[word.start()] != owners[word.end() - 1]:
            owner = _owner(word, owners, places)
            owners[word.start() : word.end()] = [owner] * len(word.group())
    found = [""] * len(texts)
    for letter, owner in zip(whole, owners, strict=True):
        found[owner] += letter
    return found


def _owner(word: re.Match[str], owners: list[int], places: dict[int, list[int]]) -> int:
    """Return which text takes a word that several have: one that has nothing else, or the one with its first letter.

    A text that has nothing else is a link or is set apart, and would be left with nothing.
    """
    inside = range(word.start(), word.end())
    alone = [one for one in dict.fromkeys(owners[at] for at in inside) if all(at in inside for at in places[one])]
    letters = [at for at in inside if word.string[at].isalnum()]
    lettered = [one for one in alone if any(owners[at] == one for at in letters)]
    return next(iter(lettered), owners[letters[0]] if letters else owners[word.start()])


def _mark(root: _Element) -> None:
    """Say of every language that it is in braille, which runs from left to right in each; a name is no ``b``.

    ``b`` is for letters that look otherwise (eBraille Tagging Best Practices, Emphasis).
    """
    for element in root.iter(f"{XHTML}*"):
        element.attrib.pop("dir", "")
        if language := element.get("lang"):
            element.set("lang", in_script(language, "Brai"))
            element.set(_XML_LANG, in_script(language, "Brai"))
        if element.tag == f"{XHTML}b":
            element.tag = f"{XHTML}span"
        if element.text is None and str(element.tag).removeprefix(XHTML) not in _VOID:
            element.text = ""  # an end tag of its own: a browser may read the page as HTML
    root.set("dir", "ltr")
