"""The footnotes and endnotes of a Word file, numbered in the order in which the text refers to them."""

from typing import TYPE_CHECKING, Final

from converters.document import NodeId
from converters.readers.word_package import W

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

_ROMAN: Final = ((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"),
                 (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))  # fmt: skip


class Notes:
    """The notes of one file, and which of them the text has referred to so far."""

    def __init__(self, footnotes: "Element | None", endnotes: "Element | None") -> None:
        """Take the two parts; lines that part notes from text are notes of a type of their own."""
        self._foot, self._end = _by_id(footnotes, "footnote"), _by_id(endnotes, "endnote")
        self._marks: dict[tuple[str, str], tuple[NodeId, str]] = {}
        self._count = {"foot": 0, "end": 0}

    def mark(self, reference: str, identifier: str) -> tuple[NodeId, str] | None:
        """Return the id of the note that an element refers to, and what its mark prints; None where there is none."""
        kind = "end" if reference == f"{W}endnoteReference" else "foot"
        if identifier not in (self._end if kind == "end" else self._foot):
            return None
        if (kind, identifier) not in self._marks:
            self._count[kind] += 1
            number = self._count[kind]
            mark = (f"endnote-{number}", _roman(number)) if kind == "end" else (f"note-{number}", str(number))
            self._marks[kind, identifier] = (NodeId(mark[0]), mark[1])
        return self._marks[kind, identifier]

    def referred(self, kind: str) -> "list[tuple[NodeId, Element]]":
        """Return the notes at the ``foot`` of pages, or at the ``end``, that the text refers to, in its order."""
        notes = self._end if kind == "end" else self._foot
        return [(mark[0], notes[identifier]) for (one, identifier), mark in self._marks.items() if one == kind]

    def others(self) -> "list[Element]":
        """Return the notes that nothing refers to."""
        kinds = (("foot", self._foot), ("end", self._end))
        return [note for kind, notes in kinds for one, note in notes.items() if (kind, one) not in self._marks]


def _by_id(root: "Element | None", tag: str) -> "dict[str, Element]":
    notes = root.iterchildren(f"{W}{tag}") if root is not None else ()
    return {note.get(f"{W}id") or "": note for note in notes if note.get(f"{W}type") in {None, "normal"}}


def _roman(number: int) -> str:
    """Return a number as Word numbers endnotes."""
    written = ""
    for size, sign in _ROMAN:
        written += sign * (number // size)
        number %= size
    return written
