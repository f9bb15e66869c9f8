"""The inside of a Word paragraph: runs → letters with marks; what was deleted, hidden or never filled in goes aside."""

import itertools
import re
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Final

import msgspec

from converters.characters import clean
from converters.readers.ledger import Ledger
from converters.readers.pieces import Mark
from converters.readers.running_text import BREAK
from converters.readers.word_languages import Languages
from converters.readers.word_notes import Notes
from converters.readers.word_package import R, W
from converters.readers.word_styles import PLAIN, Style, Styles, said_by

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

MATHS: Final = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
COMPATIBLE: Final = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_PICTURE: Final = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}docPr"
_INVISIBLE: Final = re.compile("[\u200b\u2060\ufeff\u00ad]")
_WHOLE_ADDRESS: Final = re.compile(r"(?i)(?:https?://|mailto:|tel:)[^\s<>]+")
_FIELD_ADDRESS: Final = re.compile(r"(?i)\s*HYPERLINK\s+\"([^\"]+)\"")
_PRIVATE: Final = range(0xE000, 0xF900)
"""Where fonts of symbols have their pictures: no letters."""


class Written(msgspec.Struct, frozen=True):
    """A paragraph's letters, the marks on them, and the text boxes that are anchored in it."""

    text: str
    marks: tuple[Mark, ...]
    boxes: tuple["Element", ...] = ()


class _Field:
    """A field that has begun: its code, and from when on it is ``shown`` where in the paragraph its result begins."""

    def __init__(self) -> None:
        self.code, self.begin, self.shown = "", 0, False


class Runs:
    """Writes out one paragraph after the other; a field may go on from one to the next."""

    def __init__(self, styles: Styles, languages: Languages, notes: Notes, ledger: Ledger) -> None:
        """Take what holds for the whole file; ``links`` are the addresses of the part that is being read."""
        self.insertions = self.deletions = 0
        self.links: dict[str, str] = {}
        self._styles, self._languages, self._notes, self._ledger = styles, languages, notes, ledger
        self._parts: list[str] = []
        self._length = 0
        self._marks: list[Mark] = []
        self._boxes: list[Element] = []
        self._fields: list[_Field] = []
        self._codes = 0
        """Fields of which only the code has come so far."""
        self._base = self._style = PLAIN
        through = dict.fromkeys(("smartTag", "customXml", "dir", "bdo", "fldSimple", "sdtContent"), self._walk)
        named: dict[str, Callable[[Element], None]] = {
            **through, "r": self._run, "hyperlink": self._link, "ins": self._insert, "moveTo": self._insert,
            "del": self.delete, "moveFrom": self.delete, "sdt": self._control,
            # in a run
            "t": self._text, "tab": self._gap, "ptab": self._gap, "br": self._break, "cr": self._break,
            "noBreakHyphen": self._hyphen, "sym": self._symbol, "fldChar": self._field, "instrText": self._code,
            "footnoteReference": self._note, "endnoteReference": self._note, "ruby": self._ruby,
            "drawing": self._drawing, "pict": self._drawing, "object": self._drawing, "delText": self.delete,
        }  # fmt: skip
        self._known = {f"{W}{name}": take for name, take in named.items()}
        self._known |= {f"{MATHS}oMath": self._formula, f"{MATHS}oMathPara": self._formula}
        self._known[f"{COMPATIBLE}AlternateContent"] = lambda element: self._walk(chosen(element))

    def written(self, paragraph: "Element", base: Style) -> Written:
        """Return what stands in a paragraph; ``base`` is what its style says of all its runs."""
        self._parts, self._length, self._marks, self._boxes, self._base = [], 0, [], [], base
        for field in self._fields:
            field.begin = 0
        self._walk(paragraph)
        self._fields = [field for field in self._fields if field.shown]
        self._codes = 0  # a code ends with its paragraph, closed or not
        return Written("".join(self._parts), tuple(self._marks), tuple(self._boxes))

    def delete(self, element: "Element") -> None:
        """Leave out what somebody has deleted."""
        self.deletions += 1
        self._ledger.add("Deleted with tracked changes", words_of(element))

    def _walk(self, parent: "Element") -> None:
        for child in parent.iterchildren():
            if take := self._known.get(child.tag):
                take(child)

    def _insert(self, element: "Element") -> None:
        self.insertions += 1
        self._walk(element)

    def _control(self, element: "Element") -> None:
        if (content := content_of(element, self._ledger)) is not None:
            self._walk(content)

    def _formula(self, element: "Element") -> None:
        self._add("".join(text.text or "" for text in element.iter(f"{MATHS}t")))

    def _link(self, element: "Element") -> None:
        begin, anchor = self._length, element.get(f"{W}anchor")
        self._walk(element)
        address = self.links.get(element.get(f"{R}id") or "", "")
        self._lead(begin, f"{address}#{anchor}" if address and anchor else address)

    def _lead(self, begin: int, address: str) -> None:
        """Mark the letters from ``begin`` on as a link, if the address leads somewhere from outside too."""
        if _WHOLE_ADDRESS.fullmatch(address):
            self._marks.append(Mark(begin, self._length, "link", address))
        else:
            self._ledger.add("The address of a link that leads nowhere from outside", address)

    # runs ------------------------------------------------------------------------------

    def _run(self, run: "Element") -> None:
        properties = run.find(f"{W}rPr")
        own = said_by(properties).over(self._styles.of(properties, "rStyle"))
        outer, self._style = self._style, own.over(self._base)
        begin = self._length
        self._walk(run)
        language = self._languages.foreign(run, "".join(self._parts)[begin:]) if self._languages.differ else ""
        if language and begin < self._length:
            self._marks.append(Mark(begin, self._length, "foreign", language))
        self._style = outer

    def _add(self, text: str) -> None:
        """Add letters as the run is set: left out where it is hidden or struck through, marked where it stands out."""
        style = self._style
        if self._codes:
            self._ledger.add("The code of a field", text)
        elif style.hidden or style.struck:
            self._ledger.add("Hidden text" if style.hidden else "Struck through in the source", text)
        elif text:
            end = self._length + len(text)
            self._marks += (Mark(self._length, end, "strong"),) if style.bold else ()
            self._marks += (Mark(self._length, end, "emphasis"),) if style.slanted else ()
            self._parts.append(text)
            self._length += len(text)

    def _text(self, element: "Element") -> None:
        self._add(clean(_INVISIBLE.sub("", element.text or "")))

    def _gap(self, _: "Element") -> None:
        self._add("\t")

    def _hyphen(self, _: "Element") -> None:
        self._add("-")

    def _break(self, element: "Element") -> None:
        self._add(" " if element.get(f"{W}type") in {"page", "column"} else BREAK)

    def _symbol(self, element: "Element") -> None:
        code = element.get(f"{W}char") or ""
        number = int(code, 16) if re.fullmatch(r"[0-9A-Fa-f]{1,5}", code) else 0
        self._add("" if number in _PRIVATE or not number else clean(chr(number)))

    def _note(self, element: "Element") -> None:
        if mark := self._notes.mark(element.tag, element.get(f"{W}id") or ""):
            begin = self._length
            self._add(mark[1])
            self._marks += (Mark(begin, self._length, "note", mark[0]),) if begin < self._length else ()

    def _ruby(self, element: "Element") -> None:
        for child in element.iterchildren(f"{W}rubyBase"):
            self._walk(child)
        self._ledger.add("How characters are read (ruby)", " ".join(map(words_of, element.iterchildren(f"{W}rt"))))

    def _drawing(self, element: "Element") -> None:
        """Keep the text boxes of a drawing for later; its description, which Word mostly makes up, is left out."""
        self._boxes += text_boxes(element)
        for picture in element.iter(_PICTURE):
            words = f"{picture.get('title') or ''} {picture.get('descr') or ''}"
            self._ledger.add("The description of a picture", clean(words))

    # fields ------------------------------------------------------------------------------

    def _field(self, element: "Element") -> None:
        what = element.get(f"{W}fldCharType")
        if what == "begin":
            self._fields.append(_Field())
            self._codes += 1
        elif what == "separate" and self._fields and not self._fields[-1].shown:
            self._fields[-1].shown, self._fields[-1].begin = True, self._length
            self._codes -= 1
        elif what == "end" and self._fields:
            field = self._fields.pop()
            self._codes -= not field.shown
            if match := _FIELD_ADDRESS.match(field.code):
                self._lead(field.begin, match[1])

    def _code(self, element: "Element") -> None:
        if self._fields:
            self._fields[-1].code += element.text or ""


def content_of(control: "Element", ledger: Ledger) -> "Element | None":
    """Return what stands in a content control; the words that ask for it to be filled in are left out."""
    content = control.find(f"{W}sdtContent")
    if content is not None and control.find(f"{W}sdtPr/{W}showingPlcHdr") is not None:
        ledger.add("A form field that nobody filled in", words_of(content))
        return None
    return content


def chosen(alternatives: "Element") -> "Element":
    """Return the one of several versions of the same content that is to be read: the first, the others fall back."""
    return next(alternatives.iterchildren(), alternatives)


def text_boxes(element: "Element") -> Iterator["Element"]:
    """Yield the text boxes in a drawing, none of them twice and none that is inside another."""
    several = element.tag == f"{COMPATIBLE}AlternateContent"
    for child in itertools.islice(element.iterchildren(), 1 if several else None):
        if child.tag == f"{W}txbxContent":
            yield child
        else:
            yield from text_boxes(child)


def words_of(element: "Element") -> str:
    """Return all words in an element in one line, deleted ones too, those of fallbacks left out."""
    return clean(" ".join("".join(_words(element)).split()))


def _words(element: "Element") -> Iterator[str]:
    if element.tag in {f"{W}t", f"{W}delText", f"{MATHS}t"}:
        yield element.text or ""
    elif element.tag in {f"{W}tab", f"{W}br", f"{W}cr"}:
        yield " "
    several = element.tag == f"{COMPATIBLE}AlternateContent"
    for child in itertools.islice(element.iterchildren(), 1 if several else None):
        yield from _words(child)
    if element.tag == f"{W}p":
        yield " "
