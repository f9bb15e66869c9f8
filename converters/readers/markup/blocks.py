"""A page block by block: every word of it a piece, or put aside with the reason why.

The tree is gone through without recursion, so that its depth costs nothing. What a
block is for is not judged here: a piece knows in which regions of the page it stands,
and ``page_furniture`` decides which of them are the page's own.
"""

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

import msgspec

from converters.document import LanguageTag, NodeId, Note
from converters.readers.inlines import inlines_of
from converters.readers.limits import check_turns
from converters.readers.lines import pieces_of
from converters.readers.markup.apart import reason_to_leave_out
from converters.readers.markup.directions import needs_brackets
from converters.readers.markup.doubtful import settle_names
from converters.readers.markup.elements import SILENT, STRONG, heading_level, is_block, keeps_spaces
from converters.readers.markup.inlining import begin_marks, language_of, same_language
from converters.readers.markup.notes import without_number
from converters.readers.markup.pictures import described, stands_for_letters
from converters.readers.markup.placed import Placed, Region, Role, Setting
from converters.readers.markup.speakers import heard_at, named_speaker, shows_time, written
from converters.readers.markup.tables import is_data, plain_rows, rows_of, table_pieces
from converters.readers.markup.tree import line_of, tag_of
from converters.readers.markup.writing import MOST_LETTERS_OF_A_NAME, OpenMark, Place, Writing
from converters.readers.pieces import Form, Mark, Piece, without_beginning
from converters.sentences import paragraph

if TYPE_CHECKING:
    from lxml.etree import _Element as Element


class Blocks(msgspec.Struct, frozen=True):
    """The pieces of a page in order, the regions that they stand in, and its notes."""

    placed: tuple[Placed, ...]
    regions: tuple[Region, ...]
    notes: tuple[Note, ...]


def blocks_of(root: "Element", setting: Setting) -> Blocks:
    """Return all that is in ``root``; what is no text is put aside in ``setting.aside``."""
    walk = _Walk(setting).through(root)
    return Blocks(tuple(settle_names(walk.placed)), tuple(walk.regions), tuple(walk.notes))


class _Frame:
    """An element that is open: what holds for the words in it."""

    def __init__(self, element: "Element", outer: "_Frame | None") -> None:
        self.element = element
        self.block = is_block(element)
        self.form: Form = outer.form if outer else "prose"
        self.level: int = outer.level if outer else 0
        self.language: str | None = outer.language if outer else None
        self.regions: tuple[int, ...] = outer.regions if outer else ()
        self.pre: bool = (outer.pre if outer else False) or keeps_spaces(element)
        self.role: Role = outer.role if outer else "text"
        self.item: list[bool] = outer.item if outer else [False]
        """Whether the next paragraph is a list's item; shared by all that is in the item."""
        self.marks: list[OpenMark] = []
        self.after = ""
        self.named = False
        self.shows_time = shows_time(element)


class _Walk:
    """One way through a tree."""

    def __init__(self, setting: Setting, note: "Element | None" = None) -> None:
        self._setting, self._note_gone_through = setting, note
        self._writing = Writing()
        self._frame: _Frame | None = None
        """The element whose words were written last."""
        self._named: str | None = None
        self._level = 0
        self._pictures: list[Piece] = []
        self.placed: list[Placed] = []
        self.regions: list[Region] = []
        self.notes: list[Note] = []

    def through(self, root: "Element") -> "_Walk":
        """Go through all that is in ``root``, itself included."""
        frame = self._enter(root, None)
        stack = [(frame, iter(root))] if frame else []
        while stack:
            outer, children = stack[-1]
            if (child := next(children, None)) is None:
                stack.pop()
                self._leave(outer)
                if stack:
                    self._say(outer.element.tail, stack[-1][0], line_of(outer.element))
            elif inner := self._enter(child, outer):
                stack.append((inner, iter(child)))
            else:
                self._say(child.tail, outer, line_of(child))
        self._finish()
        return self

    # elements ---------------------------------------------------------------------------

    def _enter(self, element: "Element", outer: _Frame | None) -> _Frame | None:
        """Begin an element; None where nothing in it is to be gone through."""
        if tag_of(element) in SILENT or self._is_put_aside(element) or self._stands_alone(element, outer):
            return None
        frame = _Frame(element, outer)
        self._begin_region(element, frame)
        if frame.block:
            self._begin_block(element, frame)
        self._begin_words(element, frame)
        before, frame.after = _signs(element, frame)
        self._say(before, frame)
        self._say(_raised(element) or element.text, frame)
        return frame

    def _leave(self, frame: _Frame) -> None:
        if frame.after:
            self._say(frame.after, frame)
        for mark in reversed(frame.marks):
            self._writing.close(mark)
        if tag_of(frame.element) == "a":
            self._writing.lead(within_site=False)
        if frame.shows_time or any(mark.kind == "label" for mark in frame.marks):
            self._writing.part()
        if frame.block:
            self._finish()
            frame.item[0] = False
        if frame.named and self._writing.is_empty:
            self._writing.label = None

    def _begin_region(self, element: "Element", frame: _Frame) -> None:
        kind = self._setting.region_of(element)
        if kind and (frame.block or self._writing.is_empty):
            self._finish()
            frame.block = True
            frame.regions = (*frame.regions, len(self.regions))
            self.regions.append(Region(kind, line_of(element)))

    def _begin_block(self, element: "Element", frame: _Frame) -> None:
        self._finish()
        self._named = None
        tag = tag_of(element)
        if tag in {"li", "ul", "ol", "dl", "table"}:
            frame.item = [tag == "li"]
        elif tag == "summary":
            frame.form, frame.level = "heading", min(self._level + 1, 6)
        elif tag in {"figcaption", "caption"}:
            frame.role = "caption"
        elif level := heading_level(element):
            frame.form, frame.level, self._level = "heading", level, level
        elif tag == "blockquote" or _is_pull_quote(element):
            frame.form = "quote"

    def _begin_words(self, element: "Element", frame: _Frame) -> None:
        """Begin what the element says of its words: a language, a speaker, a time, marks."""
        setting, writing = self._setting, self._writing
        certainty = setting.speakers.certainty(element)
        if len(element.attrib):
            self._begin_language(element, frame)
            if certainty != "sure" and (name := named_speaker(element)):
                self._name(name, frame)
        if frame.shows_time:
            writing.part()
            writing.show_time()
        elif len(element.attrib) and (heard := heard_at(element)):
            writing.hear(*heard)
        if (certainty == "sure" or tag_of(element) in STRONG) and writing.ends_sentence and _names_somebody(element):
            self._finish()
        frame.marks += begin_marks(element, setting, writing, heading=frame.form == "heading")

    def _begin_language(self, element: "Element", frame: _Frame) -> None:
        language, page = language_of(element), self._setting.language
        if not language:
            return
        if frame.block:
            frame.language = None if same_language(language, page) else language
        elif not same_language(language, frame.language or page):
            frame.marks.append(self._writing.open("foreign", language))

    def _name(self, name: str, frame: _Frame) -> None:
        """Give the words to come to the speaker whom the markup names for them."""
        if name != self._named:
            if not frame.block:
                self._finish()
            self._writing.label = name
        self._named, frame.named = name, True

    # words ------------------------------------------------------------------------------

    def _say(self, text: str | None, frame: _Frame, line: int = 0) -> None:
        if not text:
            return
        line = (line or line_of(frame.element)) + _lines_before(text)
        broken = frame.pre or (self._setting.line_breaks and "\n" in text)
        for number, part in enumerate(text.split("\n") if broken else (text,)):
            if number:
                self._finish()
            form: Form = "item" if frame.item[0] and frame.form == "prose" else frame.form
            place = Place(form, frame.level, line + number, frame.language)
            self._writing.say(part, place, as_typed=frame.pre)
            self._frame = frame

    def _finish(self) -> None:
        """End the paragraph, if one has begun."""
        done, frame = self._writing.finish(), self._frame
        if done and frame:
            self.placed.append(Placed(_not_a_heading(done.piece), frame.regions, done.linked, frame.role))
            check_turns(len(self.placed), self._setting.context.name, self._setting.context.options.limits)
        if self._pictures:
            regions = frame.regions if frame else ()
            self.placed += [Placed(piece, regions, role="picture") for piece in self._pictures]
            self._pictures = []

    # what is no text to go through ------------------------------------------------------

    def _is_put_aside(self, element: "Element") -> bool:
        """Put aside words that are no part of the text, and say whether that was so."""
        found = reason_to_leave_out(element, self._setting)
        if not found:
            return False
        if is_block(element) or tag_of(element) in {"iframe", "audio", "video"}:
            self._finish()
        self._setting.aside.add(*found, line_of(element))
        return True

    def _stands_alone(self, element: "Element", outer: _Frame | None) -> bool:
        """Take in an element that has no text to go through, and say whether it was one."""
        tag, line = tag_of(element), line_of(element)
        regions = outer.regions if outer else ()
        if tag in {"br", "hr"}:
            self._finish()
            if tag == "hr":
                self.placed.append(Placed(Piece("", line, "rule"), regions))
        elif tag == "img":
            self._picture(element, outer)
        elif element in self._setting.notes.places and element is not self._note_gone_through:
            self._finish()
            self._note(element)
        elif tag == "table" and is_data(element):
            self._finish()
            self._table(element, regions)
        elif tag == "pre" and all(tag_of(inner) == "a" and not len(inner) for inner in element):
            self._finish()
            self.placed += [Placed(piece, regions) for piece in _typed(element)]
        else:
            return False
        return True

    def _picture(self, img: "Element", outer: _Frame | None) -> None:
        letters = stands_for_letters(img)
        if letters and outer:
            self._say(letters, outer)
        elif alt := described(img):
            self._frame = self._frame or outer
            self._pictures.append(Piece(alt, line_of(img)))

    def _table(self, table: "Element", regions: tuple[int, ...]) -> None:
        """Take in a table: its caption, and its rows as utterances where people speak in them."""
        for caption in table.iterchildren("caption"):
            inner = _Walk(self._setting).through(caption)
            self.placed += [msgspec.structs.replace(placed, regions=regions) for placed in inner.placed]
        walks = [[_Walk(self._setting).through(cell) for cell in row] for row in rows_of(table)]
        cells = tuple(tuple(tuple(placed.piece for placed in walk.placed) for walk in row) for row in walks)
        pieces = table_pieces(cells, self._setting.context.report) or plain_rows(cells, rows_of(table))
        self.placed += [Placed(piece, regions) for piece in pieces]
        self.notes += [note for row in walks for walk in row for note in walk.notes]

    def _note(self, element: "Element") -> None:
        """Keep the words of a note apart from the text, and leave out the heading that stands over the first."""
        setting = self._setting
        pieces = [placed.piece for placed in _Walk(setting, note=element).through(element).placed]
        if pieces:
            number = without_number(pieces[0].text, setting.notes.number(element))
            pieces[0] = without_beginning(pieces[0], number)
        language = LanguageTag(setting.language or "und")
        paragraphs = tuple(paragraph(inlines_of(p.text, marks=p.marks), language) for p in pieces if p.text)
        self.notes.append(Note(paragraphs, NodeId(setting.notes.places[element])))
        while len(self.notes) == 1 and self.placed and self.placed[-1].piece.form in {"heading", "rule"}:
            over = self.placed.pop().piece
            setting.aside.add("Heading over the notes", over.text, over.line)


def _typed(element: "Element") -> Iterator[Piece]:
    """Yield the paragraphs of text as somebody typed it, wrapped by hand, with the links that were put into it."""
    links = [(" ".join((link.text or "").split()), link.get("href", "")) for link in element]
    for piece in pieces_of("".join(map(str, element.itertext()))):
        marks = list(piece.marks)
        while links and (at := piece.text.find(links[0][0])) >= 0:
            words, href = links.pop(0)
            marks += [Mark(at, at + len(words), "link", href)] if words and href else []
        yield msgspec.structs.replace(piece, line=piece.line + line_of(element) - 1, marks=tuple(marks))


def _not_a_heading(piece: Piece) -> Piece:
    """Return a name that stands alone in a heading as what it is."""
    label = next((mark for mark in piece.marks if mark.kind == "label" and not mark.value), None)
    if piece.form != "heading" or not label or label.end - label.begin < len(piece.text) - 1:
        return piece
    return msgspec.structs.replace(piece, form="prose", level=0)


def _signs(element: "Element", frame: _Frame) -> tuple[str, str]:
    """Return the signs that a browser, or the style of the page, shows round an element's words."""
    if tag_of(element) == "q":
        return "“", "”"
    return ("[", "]") if frame.block and needs_brackets(element) else ("", "")


def _raised(element: "Element") -> str | None:
    """Return raised or lowered figures as such: ten to the power of two is not one hundred and two."""
    tag, text = tag_of(element), element.text
    if tag not in {"sup", "sub"} or not text or len(element) or not _FIGURES.fullmatch(text):
        return None
    return text.translate(_SUPERSCRIPT if tag == "sup" else _SUBSCRIPT)


_FIGURES: Final = re.compile(r"[0-9+−-]{1,6}")
_SUPERSCRIPT: Final = str.maketrans("0123456789+−-", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻")
_SUBSCRIPT: Final = str.maketrans("0123456789+−-", "₀₁₂₃₄₅₆₇₈₉₊₋₋")


def _names_somebody(element: "Element") -> bool:
    """Tell whether an element in the midst of a paragraph is a name with its colon, so that somebody else speaks."""
    words = written(element)
    colon = words.endswith((":", "：")) or (element.tail or "").lstrip().startswith((":", "："))
    return colon and len(words) <= MOST_LETTERS_OF_A_NAME


def _lines_before(text: str) -> int:
    """Return how many lines end before the first word."""
    return text.count("\n", 0, len(text) - len(text.lstrip())) if text[:1] in "\r\n\t " else 0


def _is_pull_quote(element: "Element") -> bool:
    names = (element.get("class") or "").lower()
    return "pull" in names and any(name in names for name in ("pullquote", "pull-quote", "pull_quote"))
