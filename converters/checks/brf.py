"""Does a BRF say what the transcript says? Its bytes are read, its layout undone, each line read back by itself.

Words are compared by their letters, in order; where a code cannot be read back, by the cells in which the word is
written when it is written once more. What stands in front of the text (title page, notes, contents) is not compared.
"""

import re
import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from itertools import accumulate
from typing import Final

import msgspec

from converters.braille import BLANK, Transcriber, in_cells, letters, read_back
from converters.document import Document, Sentence, Turn
from converters.settings import Braille
from converters.traverse import sentence_text, walk

_ALPHABET: Final = re.compile(rb"[\x20-\x5f\r\n\f]*")
_NUMBER: Final = re.compile("(?:^|⠀{3,})([^⠀]+)$")
_CONTINUED: Final = "⠐"
_EMPHASIS: Final = re.compile("[⠨⠘][⠆⠂⠶⠄]")
_NUMBER_ROOM: Final = 6
"""Cells that the last line of a page leaves to its number."""
_NEAR: Final = 60
"""Words among which the next one of a sentence must be: our own marks stand between them, but no more."""


class _Body(msgspec.Struct, frozen=True):
    """The words of the text as they stand, in cells and read back, and where each begins in all of them together."""

    cells: tuple[str, ...]
    said: tuple[str, ...]

    @property
    def in_cells(self) -> "_Stream":
        return _Stream.of(self.cells)

    @property
    def in_letters(self) -> "_Stream":
        return _Stream.of(self.said)


class _Stream(msgspec.Struct, frozen=True):
    text: str
    starts: tuple[int, ...]

    @classmethod
    def of(cls, words: Sequence[str]) -> "_Stream":
        """Join words, and keep where each begins."""
        return cls("".join(words), tuple(accumulate(map(len, words), initial=0)))

    def whole(self, wanted: str, word: int) -> int | None:
        """Return the same for text that begins and ends where words do."""
        begin = self.text.find(wanted, self.starts[word])
        while begin >= 0:
            end = begin + len(wanted)
            first, after = bisect_left(self.starts, begin), bisect_left(self.starts, end)
            if self.starts[first] == begin and self.starts[after] == end:
                return after
            begin = self.text.find(wanted, begin + 1)
        return None

    def after(self, wanted: str, word: int, near: int | None = None) -> int | None:
        """Return the number of the word after the first place of some text from a word on, None where it is not."""
        end = None if near is None else self.starts[min(word + near, len(self.starts) - 1)]
        begin = self.text.find(wanted, self.starts[word], end)
        return None if begin < 0 else bisect_right(self.starts, begin + len(wanted) - 1)


def fault(volumes: Sequence[bytes], document: Document, expected: Sequence[Sentence], asked: Braille) -> str | None:
    """Return what is wrong with the volumes of an edition, None where nothing is."""
    found: str | None = None
    for divided in (True, False):  # dot 5 at the end of a line is a sign of its own in some codes
        try:
            found = _missing(_body(volumes, document, asked, divided=divided), document, expected, asked)
        except _LayoutError as error:
            return str(error)
        if found is None:
            return None
    return found


class _LayoutError(Exception):
    """The file is not laid out as asked for."""


# the layout ------------------------------------------------------------------------------


def _body(volumes: Sequence[bytes], document: Document, asked: Braille, *, divided: bool) -> _Body:
    """Undo the layout. Raises ``_LayoutError`` that says what is wrong with it."""
    writer = Transcriber(document.metadata.language, asked.grade)
    table = writer.code.table
    cells: list[str] = []
    said: list[str] = []
    lines = [line for page in _text_pages(volumes, asked, writer) for line in page]
    for line in _rejoined(lines, asked.cells - _NUMBER_ROOM if divided else len(lines) * asked.cells):
        words = line.split(BLANK)
        back = read_back(table, line).split()
        several = back if len(back) == len(words) else [read_back(table, word) for word in words]
        cells += words
        said += map(letters, several)
    return _Body(tuple(cells), tuple(said))


def _text_pages(volumes: Sequence[bytes], asked: Braille, writer: Transcriber) -> Iterator[list[str]]:
    """Yield the lines of each page of the text, without head and number, which must be in order."""
    number = 0
    parted = [list(_pages(content, asked)) for content in volumes]
    head = len({page[0] for pages in parted for page in pages[1:]}) == 1  # the same on all pages but the first
    for pages in parted:
        front = 0
        for page in pages:
            label, lines = _numbered(page, int(head))
            if label == _label(f"t{front + 1}", writer):
                front += 1
                continue
            number += 1
            if label != _label(str(number), writer):
                raise _LayoutError(f"page {number} has another number")
            yield lines


def _label(number: str, writer: Transcriber) -> str:
    return "".join(word.cells for word in writer.plain(number))


def _pages(content: bytes, asked: Braille) -> Iterator[list[str]]:
    """Yield the lines of each page in cells."""
    if not _ALPHABET.fullmatch(content):
        raise _LayoutError("it holds a character that no BRF has")
    *pages, rest = content.decode("ascii").split("\f")
    if rest or not pages:
        raise _LayoutError("its last page has no end")
    for page in pages:
        *lines, after = page.split("\r\n")
        longest = max(map(len, lines), default=0)
        if after or len(lines) != asked.lines or longest > asked.cells or "\n" in "".join(lines):
            raise _LayoutError(f"a page has {len(lines)} lines of up to {longest} cells")
        yield [in_cells(line) for line in lines]


def _numbered(page: list[str], head: int) -> tuple[str, list[str]]:
    """Return a page's number, and its lines below a running head without that number."""
    last = _NUMBER.search(page[-1])
    if last is None:
        raise _LayoutError("a page has no number")
    return last[1], [*page[head:-1], page[-1][: last.start()]]


def _rejoined(lines: Sequence[str], cells: int) -> Iterator[str]:
    """Yield the lines that hold anything; a word that goes on in the next line is made whole.

    It stands alone in its line, and is longer than a line of so many cells, indented as the next one is.
    """
    bare = [BLANK.join(line.replace(BLANK, " ").split()) for line in lines]
    indents = [len(line) - len(line.lstrip(BLANK)) for line in lines]
    there = [(line, indent) for line, indent in zip(bare, indents, strict=True) if line]
    kept = ""
    for (line, _), (after, indent) in zip(there, [*there[1:], ("", 0)], strict=True):
        whole = len(line) - 1 + len(after.split(BLANK)[0])
        if line.endswith(_CONTINUED) and BLANK not in line and whole > cells - indent:
            kept += line[:-1]
            continue
        yield kept + line
        kept = ""


# the words -------------------------------------------------------------------------------


def _missing(body: _Body, document: Document, expected: Sequence[Sentence], asked: Braille) -> str | None:
    again = _Again(document, asked)
    in_letters, in_cells_ = body.in_letters, body.in_cells
    bare = _Stream.of([_EMPHASIS.sub("", word) for word in body.cells])
    at = 0
    for sentence in expected:
        text = sentence_text(sentence)
        place = in_letters.whole(letters(text), at) if letters(text) else at
        if sentence.id in again.foreign:
            place = None  # what is read back by another language's table says nothing
        if place is None or place > at + _NEAR:  # far off, it may be another's words
            found = in_cells_.after(again.cells(text, sentence.id), at)
            place = min((one for one in (place, found) if one is not None), default=None)
        if place is None and sentence.id not in again.foreign:
            place = _first(in_letters.after(letters(text), at), in_letters.after(_unmarked(text), at))
        if place is None:
            place = _word_by_word(text, sentence, again, (in_letters, bare), at)
        if place is None:
            place = _cells_by_cells(again.words(text, sentence.id), bare, at)
        if place is None:
            return f"{sentence.id} is missing or out of order: “{text[:60]}”"
        at = max(at, place - 1)
    return None


def _first(place: int | None, other: int | None) -> int | None:
    return other if place is None else place


def _unmarked(text: str) -> str:
    """Return the letters of a text without their marks, as a code has them that does not know those."""
    parts = unicodedata.normalize("NFKD", text)
    return letters("".join(part for part in parts if not unicodedata.combining(part)))


def _word_by_word(
    text: str, sentence: Sentence, again: "_Again", streams: tuple[_Stream, _Stream], at: int
) -> int | None:
    """Return the place after a sentence whose words are there in order, with marks of ours between them."""
    in_letters, bare = streams
    place: int | None = at
    for number, word in enumerate(text.split()):
        if not letters(word) or place is None:
            continue
        near = None if number == 0 else _NEAR
        start = max(0, place - 1) if number else place
        found = in_letters.after(letters(word), start, near)
        place = (
            found if found is not None else bare.after(_EMPHASIS.sub("", again.cells(word, sentence.id)), start, near)
        )
    return place


def _cells_by_cells(words: Sequence[str], bare: _Stream, at: int) -> int | None:
    """Return the place after words in cells that are there in order, with marks of ours between them."""
    place: int | None = at
    for number, cells in enumerate(words):
        if place is not None:
            start = max(0, place - 1) if number else place
            place = bare.after(_EMPHASIS.sub("", cells), start, _NEAR if number else None)
    return place


class _Again:
    """Writes words once more, by themselves, for what cannot be read back."""

    def __init__(self, document: Document, asked: Braille) -> None:
        self._own = Transcriber(document.metadata.language, asked.grade)
        self._others: dict[str, Transcriber] = {}
        self.foreign = {
            str(sentence.id): turn.language
            for turn in walk(document)
            if isinstance(turn, Turn) and turn.language and turn.language != document.metadata.language
            for paragraph in turn.paragraphs
            for sentence in paragraph.sentences
        }

    def cells(self, text: str, sentence: str) -> str:
        """Return the cells of some words of a sentence, without blanks."""
        return "".join(self.words(text, sentence)).replace(BLANK, "")

    def words(self, text: str, sentence: str) -> tuple[str, ...]:
        """Return the cells of each of some words of a sentence."""
        language = self.foreign.get(sentence)
        writer = self._own
        if language:
            writer = self._others.setdefault(language, Transcriber(language, 1))
        return tuple(word.cells for word in writer.plain(text))
