"""Curbcut's own Word edition, read back, also after somebody has worked on it: told by the names of its styles.

What the source said stands in the styles of the conversation (*Turn*, *Body Text* …); what the edition added stands in
styles of its own and is left out. Names are in the style *Speaker*.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING, Final

import msgspec

from converters.document import LanguageTag, NodeId, Note
from converters.phrases import phrases_for
from converters.readers.ledger import Ledger
from converters.readers.manuscript import Listed, Manuscript
from converters.readers.markup.tables import joined
from converters.readers.own_words import facts_said, headings_of_ours, without_part
from converters.readers.page_parts import listed
from converters.readers.pieces import Form, Piece
from converters.readers.running_text import note_of, pieces_of_letters
from converters.readers.word_languages import Languages
from converters.readers.word_notes import Notes
from converters.readers.word_package import Opened, R, W
from converters.readers.word_runs import Runs, words_of
from converters.readers.word_styles import Style, Styles, value

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

_OF_OURS: Final = frozenset({"Turn", "Edition Note", "Edition List"})
"""Custom styles that no other Word file has together."""
_THE_OTHER_WAY: Final = re.compile(" (?:rtl|ltr)$")
_HEADING: Final = re.compile(r"heading (\d)")
_FORMS: Final[dict[str, Form]] = {
    "turn paragraph": "turn", "turn block": "turn", "sound": "turn", "block text": "quote", "attribution": "quote",
    "body text": "prose", "normal": "prose",
}  # fmt: skip
_OPENS_A_QUOTATION: Final = ("“", '"', "«", "„")
_COLON: Final = " \u00a0:："


def is_own_file(file: Opened) -> bool:
    """Tell whether Curbcut has written a Word file."""
    if file.styles is None:
        return False
    names = {value(style, "name") for style in file.styles.iter(f"{W}style") if style.get(f"{W}customStyle")}
    return names >= _OF_OURS


def own_file_manuscript(file: Opened, ledger: Ledger) -> Manuscript:
    """Return the source's words and facts; each turn is a row, with whoever it names as its label."""
    return _File(file, ledger).manuscript()


class _File:
    """One file while it is read."""

    def __init__(self, file: Opened, ledger: Ledger) -> None:
        self._file = file
        self._phrases = phrases_for(LanguageTag(file.language or "und"))
        self._ours = headings_of_ours(self._phrases)
        self._styles = Styles(file.styles)
        self._notes = Notes(file.footnotes, file.endnotes)
        self._runs = Runs(self._styles, Languages(file.document, file.styles), self._notes, ledger)
        self._runs.links = file.links
        self._title = ""
        self._heading = ""
        self._facts: list[str] = []
        self._links: dict[str, str | None] = {}
        self._listed: list[Listed] = []
        self._others: list[Listed] = []
        self._told: list[Note] = []
        self._number = 0
        self._known: dict[str, Callable[[Element], Iterable[Piece]]] = {
            "title": self._take_title, "subtitle": self._take_fact, "edition list": self._take_person,
            "list bullet": self._item, "turn": self._turn, "footnote text": self._take_note,
        }  # fmt: skip

    def manuscript(self) -> Manuscript:
        """Go through the paragraphs; facts and notes are known after that."""
        pieces: list[Piece] = []
        for number, paragraph in enumerate(self._file.document.iter(f"{W}p"), 1):
            self._number = number
            style = self._style(paragraph)
            found = list(self._paragraph(paragraph, style))
            if found and pieces and style in {"turn block", "attribution"}:
                found[0] = joined((pieces.pop(), found[0]))
            pieces += found
        notes = (*self._notes_at_the_foot(), *self._told)
        facts = msgspec.structs.replace(
            facts_said(self._facts, self._links, self._phrases),
            title=self._title or None, language=self._file.language or None, people=(*self._listed, *self._others),
        )  # fmt: skip
        return Manuscript(tuple(map(_as_printed, pieces)), facts, notes)

    def _style(self, paragraph: "Element") -> str:
        name = self._styles.of(paragraph.find(f"{W}pPr"), "pStyle").name
        return _THE_OTHER_WAY.sub("", name)

    def _paragraph(self, paragraph: "Element", style: str) -> Iterator[Piece]:
        """Yield what a paragraph says, as the style that it is in has it; contents, help and the like say nothing."""
        if heading := _HEADING.fullmatch(style):
            yield from self._take_heading(paragraph, int(heading[1]))
        elif style in _FORMS:
            yield from self._read(paragraph, Piece("", self._number, _FORMS[style]))
        elif take := self._known.get(style):
            yield from take(paragraph)

    def _take_heading(self, paragraph: "Element", level: int) -> Iterator[Piece]:
        """Yield a heading of the source; before each section stands an empty rule, and ours are none."""
        marks = [mark.get(f"{W}name") or "" for mark in paragraph.iter(f"{W}bookmarkStart")]
        if any(mark.endswith("_exchange") for mark in marks):
            return
        self._heading = words_of(paragraph)
        if marks:
            yield Piece("", self._number, "rule")
        if self._heading not in self._ours:
            yield from self._read(paragraph, Piece("", self._number, "heading", level=level + 1))

    def _turn(self, paragraph: "Element") -> Iterator[Piece]:
        label: str | None = self._taken(paragraph, "speaker").rstrip(_COLON)
        like = Piece("", self._number, "turn")
        for piece in self._read(paragraph, like) or ((like,) if label else ()):
            yield msgspec.structs.replace(piece, label=label)
            label = None

    def _item(self, paragraph: "Element") -> Iterator[Piece]:
        _, part = without_part(self._taken(paragraph, "edition words"), self._phrases)
        self._listed.append(Listed(listed(words_of(paragraph)).name, part=part))
        yield from self._read(paragraph, Piece("", self._number, "item"))

    def _take_title(self, paragraph: "Element") -> tuple[Piece, ...]:
        self._title = words_of(paragraph)
        return ()

    def _take_person(self, paragraph: "Element") -> tuple[Piece, ...]:
        """Remember somebody whom the source's own list leaves out; other lists of ours are how to get help."""
        if self._heading in {self._phrases.at_a_glance, self._phrases.takes_part}:
            words, part = without_part(words_of(paragraph), self._phrases)
            name, _, description = words.partition(", ")
            self._others.append(Listed(name, description or None, part))
        return ()

    def _take_note(self, paragraph: "Element") -> tuple[Piece, ...]:
        """Take in a note that no mark leads to."""
        identifier = NodeId(f"note-alone-{len(self._told) + 1}")
        self._told.append(note_of(self._read(paragraph, Piece("")), identifier))
        return ()

    def _take_fact(self, paragraph: "Element") -> tuple[Piece, ...]:
        self._facts.append(words_of(paragraph))
        for link in paragraph.iter(f"{W}hyperlink"):
            self._links[words_of(link)] = self._file.links.get(link.get(f"{R}id") or "")
        return ()

    def _taken(self, paragraph: "Element", style: str) -> str:
        """Return the words in a character style, and take them out of the paragraph."""
        found = [run for run in paragraph.iter(f"{W}r") if self._named(run).startswith(style)]
        words = "".join(text.text or "" for run in found for text in run.iter(f"{W}t"))
        for run in found:
            if (parent := run.getparent()) is not None:
                parent.remove(run)
        return words

    def _named(self, run: "Element") -> str:
        return self._styles.of(run.find(f"{W}rPr"), "rStyle").name

    def _read(self, paragraph: "Element", like: Piece) -> tuple[Piece, ...]:
        written = self._runs.written(paragraph, Style())
        return tuple(pieces_of_letters(written.text, written.marks, like))

    def _notes_at_the_foot(self) -> Iterator[Note]:
        for kind, links in (("foot", self._file.foot_links), ("end", self._file.end_links)):
            self._runs.links = links
            for identifier, note in self._notes.referred(kind):
                pieces = (piece for p in note.iter(f"{W}p") for piece in self._read(p, Piece("")))
                yield note_of(pieces, identifier)


def _as_printed(piece: Piece) -> Piece:
    """Return a quotation that has its marks as a paragraph, as shows print it."""
    if piece.form == "quote" and piece.text.startswith(_OPENS_A_QUOTATION):
        return msgspec.structs.replace(piece, form="prose")
    return piece
