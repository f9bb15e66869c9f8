"""What a Word file's styles say of paragraphs and runs, whatever language they are named in.

A style inherits from the one that it is based on. Built-in styles keep their English
name in the file (``heading 1``, ``toc 2``), only their ids are translated.
"""

import re
from typing import TYPE_CHECKING, Final

import msgspec

from converters.readers.word_package import W

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

_OFF: Final = frozenset({"0", "false", "off", "none"})
_NO_LEVEL: Final = 9
"""Outline level 9 is body text (ECMA-376 part 1, §17.3.1.20)."""
_HEADING: Final = re.compile(r"heading (\d)")
_DIGITS: Final = re.compile("[0-9]{1,4}")
_DEEPEST: Final = 6
LONGEST_ANCESTRY: Final = 20
"""Styles based on each other; Word allows ten. One that is based on itself ends here too."""


class Style(msgspec.Struct, frozen=True):
    """What a style, or the properties of a paragraph or a run, say; None where they say nothing of it.

    ``level`` is that of a heading, 0 for body text. ``item`` says whether it is in a list.
    """

    name: str = ""
    bold: bool | None = None
    slanted: bool | None = None
    struck: bool | None = None
    hidden: bool | None = None
    rtl: bool | None = None
    level: int | None = None
    item: bool | None = None

    def over(self, other: "Style") -> "Style":
        """Return this with what it does not say taken from another."""
        if self is PLAIN or other is PLAIN:
            return other if self is PLAIN else self
        mine = (getattr(self, name) for name in self.__struct_fields__)
        theirs = (getattr(other, name) for name in self.__struct_fields__)
        return Style(*(b if a in {None, ""} else a for a, b in zip(mine, theirs, strict=True)))


PLAIN: Final = Style()


class Styles:
    """The styles of one file, each put together when it is first asked for."""

    def __init__(self, root: "Element | None") -> None:
        """Take the part that defines them, None where the file has none."""
        found = root.iterchildren(f"{W}style") if root is not None else ()
        self._elements = {element.get(f"{W}styleId", ""): element for element in found}
        self._known: dict[str, Style] = {}

    def of(self, properties: "Element | None", kind: str) -> Style:
        """Return the style that the properties of a paragraph (``pStyle``) or a run (``rStyle``) name."""
        return self._named(value(properties, kind)) if properties is not None else PLAIN

    def _named(self, identifier: str) -> Style:
        if identifier not in self._known:
            style = PLAIN
            for element in reversed(self._ancestry(identifier)):
                style = _said_by_style(element).over(style)
            self._known[identifier] = style
        return self._known[identifier]

    def _ancestry(self, identifier: str) -> list["Element"]:
        """Return a style and those that it is based on, the nearest first."""
        found: list[Element] = []
        while (element := self._elements.get(identifier)) is not None and len(found) < LONGEST_ANCESTRY:
            found.append(element)
            identifier = value(element, "basedOn")
        return found


def _said_by_style(element: "Element") -> Style:
    own = said_by(element.find(f"{W}pPr")).over(said_by(element.find(f"{W}rPr")))
    name = value(element, "name").lower()
    heading = _HEADING.fullmatch(name)
    return msgspec.structs.replace(own, name=name, level=min(int(heading[1]), _DEEPEST) if heading else own.level)


def said_by(properties: "Element | None") -> Style:
    """Return what the properties of a paragraph or of a run say themselves."""
    if properties is None or not len(properties):
        return PLAIN
    bold, rtl = _switch(properties, "b"), _switch(properties, "rtl")
    outline, number = value(properties, "outlineLvl"), properties.find(f"{W}numPr")
    return Style(
        bold=bold if bold is not None or not rtl else _switch(properties, "bCs"),
        slanted=_switch(properties, "i") if not rtl else _switch(properties, "iCs") or _switch(properties, "i"),
        struck=_switch(properties, "strike") or _switch(properties, "dstrike"),
        hidden=_switch(properties, "vanish"),
        rtl=rtl,
        level=_level(outline),
        item=value(number, "numId") not in {"", "0"} if number is not None else None,
    )


def _level(outline: str) -> int | None:
    if not _DIGITS.fullmatch(outline):
        return None
    return 0 if int(outline) >= _NO_LEVEL else min(int(outline) + 1, _DEEPEST)


def number(text: str) -> int:
    """Return a count that a property gives, 0 where it gives none."""
    return int(text) if _DIGITS.fullmatch(text) else 0


def _switch(properties: "Element", tag: str) -> bool | None:
    """Return whether a property is switched on, None where it is not there (§17.17.4)."""
    found = properties.find(f"{W}{tag}")
    return None if found is None else (found.get(f"{W}val") or "").lower() not in _OFF


def value(parent: "Element | None", tag: str) -> str:
    """Return what a child element says in its ``val``, empty where there is no such child."""
    found = parent.find(f"{W}{tag}") if parent is not None else None
    return (found.get(f"{W}val") or "") if found is not None else ""
