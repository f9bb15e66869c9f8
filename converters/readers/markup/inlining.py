"""What the elements inside a line say of its words: who speaks, where they lead, how they are set apart."""

import re
from typing import TYPE_CHECKING, Final

from converters.readers.markup.elements import EMPHASIS, STRONG
from converters.readers.markup.placed import Setting
from converters.readers.markup.speakers import written
from converters.readers.markup.styles import is_light
from converters.readers.markup.tree import tag_of
from converters.readers.markup.writing import OpenMark, Writing, is_time_code
from converters.settings import LANGUAGE_SHAPE

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

_LANGUAGE: Final = re.compile(LANGUAGE_SHAPE)
_LANGUAGE_NAMES: Final = ("lang", "{http://www.w3.org/XML/1998/namespace}lang", "xml:lang")


def language_of(element: "Element") -> str | None:
    """Return the language that an element says its words are in."""
    for name in _LANGUAGE_NAMES:
        language = (element.get(name) or "").strip().replace("_", "-")
        if _LANGUAGE.match(language) and language.lower() not in {"und", "zxx"}:
            return language
    return None


def same_language(one: str, other: str | None) -> bool:
    """Tell whether two tags are of one language: ``en`` and ``en-GB`` are."""
    return other is not None and one.partition("-")[0].lower() == other.partition("-")[0].lower()


def begin_marks(element: "Element", setting: Setting, writing: Writing, *, heading: bool) -> list[OpenMark]:
    """Begin what an element says of its words, and return it so that it can be ended.

    ``heading`` says that the words are a heading's, which are bold without meaning more.
    """
    tag, styles = tag_of(element), setting.styles
    marks = _label(element, setting, writing)
    if tag == "a":
        marks += _link(element, setting, writing)
    if not heading and ((tag in STRONG and not is_light(element)) or styles.is_bold(element)):
        marks.append(writing.open("strong"))
    if tag in EMPHASIS or styles.is_slanted(element) or (tag == "cite" and not marks):
        marks.append(writing.open("emphasis"))
    return marks


def _label(element: "Element", setting: Setting, writing: Writing) -> list[OpenMark]:
    """Begin a name; one that only the whole page can bear out says in its value what speaks for it."""
    certainty = setting.speakers.certainty(element)
    if not certainty or not writing.says_nothing_yet:
        return []
    writing.part()
    if certainty == "sure":
        return [writing.open("label")]
    return [writing.open("label", "cite" if tag_of(element) == "cite" else "name")]


def _link(element: "Element", setting: Setting, writing: Writing) -> list[OpenMark]:
    writing.lead(within_site=setting.addresses.is_own(element.get("href") or ""))
    if identifier := setting.notes.marks.get(element):
        return [writing.open("note", identifier)]
    address = setting.addresses.whole(element.get("href") or "")
    return [writing.open("link", address)] if address and not is_time_code(written(element, 20)) else []
