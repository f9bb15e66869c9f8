"""Word files: transcribers' documents, with headings, tables, notes, remarks in the margin and tracked changes."""

import re
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Final

import msgspec

from converters.document import Document, Note
from converters.errors import SourceError
from converters.findings import Report
from converters.readers import ReadContext
from converters.readers.ledger import Ledger
from converters.readers.limits import check_words
from converters.readers.manuscript import Facts, Manuscript
from converters.readers.own_word import is_own_file, own_file_manuscript
from converters.readers.pieces import Form, Mark, Piece
from converters.readers.recognition import PUT_IT_IN
from converters.readers.running_text import note_of, pieces_of_letters
from converters.readers.table_text import Cell, pieces_of_table
from converters.readers.word_languages import Languages
from converters.readers.word_notes import Notes
from converters.readers.word_package import Opened, R, W, opened
from converters.readers.word_runs import COMPATIBLE, Runs, Written, chosen, content_of, words_of
from converters.readers.word_styles import PLAIN, Style, Styles, number, said_by, value
from converters.settings import LANGUAGE_SHAPE

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

MOST_COLUMNS: Final = 63
"""Word has no wider tables."""
_CONTENTS: Final = re.compile(r"toc \d|table of figures|index \d")
_NO_TITLE: Final = re.compile(
    r"(?i)(?:microsoft word\b.*|(?:word )?(?:document|dokument|documento|документ|מסמך|文档|文書)\s*\d*|untitled.*|"
    r"unbenannt.*|sin título.*|.*\.(?:docx?|dotx?|rtf|odt))"
)


def read_word_file(source: bytes, context: ReadContext) -> Document:
    """Return the transcript. Raises ``SourceError`` where there is none, or the file is damaged or made to do harm."""
    from converters.readers.understanding import understand

    manuscript = word_manuscript(source, context)
    if not manuscript.pieces:
        raise SourceError(f"{context.name}: there are no words in this file. {PUT_IT_IN}")
    return understand(manuscript, context)


def word_manuscript(source: bytes, context: ReadContext) -> Manuscript:
    """Return the paragraphs, items, headings and rows of a Word file, its notes, and what it says of itself.

    Tracked changes are taken as accepted. The ``line`` of a piece is the number of its
    paragraph or row. Raises ``SourceError`` where the file cannot be opened.
    """
    file = opened(source, context)
    ledger = Ledger()
    if is_own_file(file):
        return _own(file, ledger, context)
    reading = _Reading(file, ledger, context.report)
    pieces = reading.body()
    check_words("\n".join(piece.text for piece in pieces), context.name, context.options.limits)
    notes = reading.notes()
    facts = _facts(file, pieces, reading.title, ledger)
    reading.tell_changes()
    _leave_out_what_is_beside(file, ledger)
    ledger.settle(context.report)
    if lost := sum(piece.text.count("\ufffd") for piece in pieces):
        context.report.add("read-002", f"{lost} of them")
    return Manuscript(pieces, facts, notes)


def _own(file: Opened, ledger: Ledger, context: ReadContext) -> Manuscript:
    """Return what our own edition says, and account for what somebody has put beside it or deleted."""
    manuscript = own_file_manuscript(file, ledger)
    check_words("\n".join(piece.text for piece in manuscript.pieces), context.name, context.options.limits)
    _leave_out_what_is_beside(msgspec.structs.replace(file, margins=(), remarks=""), ledger)
    ledger.settle(context.report)
    return manuscript


def _facts(file: Opened, pieces: tuple[Piece, ...], printed: str, ledger: Ledger) -> Facts:
    """Return the title that is set as one, else the one in the properties if nothing in the text is more of a title."""
    told = " ".join(file.title.split())
    first = pieces[0] if pieces else Piece("")
    if not told or _NO_TITLE.fullmatch(told) or told.casefold() in {printed.casefold(), first.text.casefold()}:
        told = ""
    if printed or first.form == "heading":
        ledger.add("The title in the file's properties", told)
        told = ""
    return Facts(title=printed or told or None, language=_language(file.language))


def _language(tag: str) -> str | None:
    return tag if re.match(LANGUAGE_SHAPE, tag) else None


def _leave_out_what_is_beside(file: Opened, ledger: Ledger) -> None:
    """Account for the words that do not stand in the text: remarks, headers and footers, drawings, properties."""
    for comment in file.comments.iterchildren(f"{W}comment") if file.comments is not None else ():
        author, words = comment.get(f"{W}author") or "", words_of(comment)
        ledger.add("A comment in the source", f"{author}: {words}" if author else words)
    for words in dict.fromkeys(map(words_of, file.margins)):
        ledger.add("The header or footer of the pages", words)
    for drawing in file.drawings:
        texts = (text for element in drawing.iter("{*}t", "{*}v") if (text := element.text))
        ledger.add("Words in a drawing", " ".join(texts))
    ledger.add("The file's properties", file.remarks)
    ledger.add("A part that the file refers to and does not have", ", ".join(sorted(file.missing)))


class _Reading:
    """Goes through a document block by block."""

    def __init__(self, file: Opened, ledger: Ledger, report: Report) -> None:
        self.title = ""
        self._file, self._ledger, self._report = file, ledger, report
        self._styles = Styles(file.styles)
        self._notes = Notes(file.footnotes, file.endnotes)
        self._runs = Runs(self._styles, Languages(file.document, file.styles), self._notes, ledger)
        self._pieces: list[Piece] = []
        self._number = self._empty = 0
        self._carried = Written("", ())
        self._known: dict[str, Callable[[Element], None]] = {
            f"{W}p": self._paragraph, f"{W}tbl": self._table, f"{W}sdt": self._control,
            f"{W}del": self._runs.delete, f"{W}moveFrom": self._runs.delete, f"{W}altChunk": self._file_inside,
            f"{COMPATIBLE}AlternateContent": lambda element: self._blocks(chosen(element)),
        }  # fmt: skip

    def body(self) -> tuple[Piece, ...]:
        """Return the pieces of the text itself."""
        self._runs.links = self._file.links
        body = self._file.document.find(f"{W}body")
        return self._inside(body) if body is not None else ()

    def notes(self) -> tuple[Note, ...]:
        """Return the notes that the text refers to; the words of the others are left out."""
        read: list[Note] = []
        for kind, links in (("foot", self._file.foot_links), ("end", self._file.end_links)):
            self._runs.links = links
            read += (note_of(self._inside(note), identifier) for identifier, note in self._notes.referred(kind))
        for note in self._notes.others():
            self._ledger.add("A note that nothing refers to", words_of(note))
        return tuple(read)

    def tell_changes(self) -> None:
        """Say how many tracked changes there were."""
        if self._runs.insertions or self._runs.deletions:
            self._report.add("read-019", f"{self._runs.insertions} insertions, {self._runs.deletions} deletions")

    def _inside(self, parent: "Element") -> tuple[Piece, ...]:
        """Return the pieces of what stands in a part, a cell or a box."""
        outer, self._pieces = self._pieces, []
        self._blocks(parent)
        if self._carried.text:
            self._take(self._carried, PLAIN)  # the end of the last paragraph was deleted, and nothing follows
            self._carried = Written("", ())
        found, self._pieces = self._pieces, outer
        return tuple(found)

    def _blocks(self, parent: "Element") -> None:
        for child in parent.iterchildren():
            self._known.get(child.tag, self._blocks)(child)

    def _control(self, control: "Element") -> None:
        if (content := content_of(control, self._ledger)) is not None:
            self._blocks(content)

    def _file_inside(self, chunk: "Element") -> None:
        self._ledger.add("A file inside this one, which Word has not taken apart yet", chunk.get(f"{R}id") or "")

    def _paragraph(self, paragraph: "Element") -> None:
        """Take in a paragraph; one whose end was deleted runs on into the next."""
        self._number += 1
        properties = paragraph.find(f"{W}pPr")
        style = said_by(properties).over(self._styles.of(properties, "pStyle"))
        set_apart = style.level or style.name == "title"  # as a heading is: its letters are not bold beside others
        base = msgspec.structs.replace(style, bold=None, slanted=None) if set_apart else style
        written = _behind(self._carried, self._runs.written(paragraph, base))
        ends = properties is None or properties.find(f"{W}rPr/{W}del") is None
        self._carried = Written("", ()) if ends else written
        if ends:
            self._take(written, style)
            for box in written.boxes:
                self._blocks(box)

    def _take(self, written: Written, style: Style) -> None:
        form: Form = "heading" if style.level or style.name == "title" else "item" if style.item else "prose"
        like = Piece("", self._number, form, level=style.level or int(form == "heading"), blank=max(1, self._empty))
        found = tuple(pieces_of_letters(written.text, written.marks, like))
        self._empty = 0 if found else self._empty + 1
        if _CONTENTS.fullmatch(style.name):
            self._ledger.add("A table of contents", " ".join(piece.text for piece in found))
        elif style.name == "title" and not self.title:
            self.title = " ".join(piece.text for piece in found)
        else:
            self._pieces += (msgspec.structs.replace(piece, line=self._number) for piece in found)

    # tables ------------------------------------------------------------------------------

    def _table(self, table: "Element") -> None:
        """Take in a table; one with tables inside only lays out a page, and is gone through cell by cell."""
        rows = [row for row in _through(table, "tr") if not self._is_deleted(row)]
        if any(True for row in rows for _ in row.iterdescendants(f"{W}tbl")):
            for row in rows:
                for cell in _through(row, "tc"):
                    self._blocks(cell)
            return
        first = self._number + 1
        cells = tuple(self._cells(row, at) for at, row in enumerate(rows, first))
        self._number = first + len(rows) - 1
        headed = bool(rows) and rows[0].find(f"{W}trPr/{W}tblHeader") is not None
        self._pieces += pieces_of_table(cells, self._report, self._ledger, line=first, headed=headed)

    def _is_deleted(self, row: "Element") -> bool:
        deleted = row.find(f"{W}trPr/{W}del") is not None
        if deleted:
            self._runs.delete(row)
        return deleted

    def _cells(self, row: "Element", at: int) -> tuple[Cell, ...]:
        """Return the cells of a row; one that spans columns stands in each of them."""
        cells: list[Cell] = []
        for cell in _through(row, "tc"):
            span = number(value(cell.find(f"{W}tcPr"), "gridSpan"))
            columns = max(1, min(span, MOST_COLUMNS - len(cells)))
            self._number = at - 1
            cells += [self._inside(cell)] * columns
        return tuple(cells)


def _through(parent: "Element", tag: str) -> "Iterator[Element]":
    """Yield the rows of a table or the cells of a row, also those in a content control."""
    for child in parent.iterchildren():
        if child.tag == f"{W}{tag}":
            yield child
        elif child.tag in {f"{W}sdt", f"{W}sdtContent", f"{W}customXml", f"{W}ins"}:
            yield from _through(child, tag)


def _behind(before: Written, after: Written) -> Written:
    """Return two paragraphs in one."""
    if not before.text and not before.boxes:
        return after
    moved = (Mark(m.begin + len(before.text), m.end + len(before.text), m.kind, m.value) for m in after.marks)
    return Written(before.text + after.text, (*before.marks, *moved), (*before.boxes, *after.boxes))
