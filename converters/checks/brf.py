"""Does a BRF say what the transcript says? Its bytes are read, its layout undone, each line read back by itself.

Words are compared by their letters, in order; where a code cannot be read back, by the cells in which the word is
written when it is written once more. What stands in front of the text (title page, notes, contents) is not compared.
"""

import re
from collections.abc import Iterator, Sequence
from typing import Final

from converters.braille import BLANK, Transcriber, in_cells, letters, read_back
from converters.checks.ledger import Account, Run
from converters.checks.reading_back.cells import Body, spoken_account
from converters.document import Document
from converters.settings import Braille

_ALPHABET: Final = re.compile(rb"[\x20-\x5f\r\n\f]*")
_NUMBER: Final = re.compile("(?:^|⠀{3,})([^⠀]+)$")
_CONTINUED: Final = "⠐"
_NUMBER_ROOM: Final = 6
"""Cells that the last line of a page leaves to its number."""


def account(volumes: Sequence[bytes], document: Document, runs: Sequence[Run], asked: Braille) -> Account:
    """Return what is wrong with the volumes of an edition."""
    accounts = list[Account]()
    for divided in (True, False):  # dot 5 at the end of a line is a sign of its own in some codes
        try:
            found = spoken_account(_body(volumes, document, asked, divided=divided), document, runs, asked)
        except _LayoutError as error:
            return Account(missing=tuple(p.id for run in runs for p in run.parts), faults=(str(error),))
        if found == Account():
            return found
        accounts.append(found)
    return min(accounts, key=_length)


def _length(account: Account) -> int:
    """Return how much is wrong by an account: where neither way of reading is right, the nearer one tells more."""
    return sum(len(getattr(account, name)) for name in Account.__struct_fields__)


class _LayoutError(Exception):
    """The file is not laid out as asked for."""


# the layout ------------------------------------------------------------------------------


def _body(volumes: Sequence[bytes], document: Document, asked: Braille, *, divided: bool) -> Body:
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
    return Body(tuple(cells), tuple(said))


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
