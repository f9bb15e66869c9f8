"""Lines of text → paragraphs: joined where a margin broke them, apart where somebody meant it."""

import itertools
import re
from collections import Counter
from collections.abc import Iterator
from typing import Final

import msgspec

from converters.readers.pieces import Form, Piece, one_space, wide_gap

BULLET: Final = re.compile(r"^\s*(?:[•‣◦▪●∙·*]|[-–—](?=\s))\s*(?=\S)")
RULE: Final = re.compile(
    r"^\s*(?:(?:[-–—_=~+*#]\s*){3,}|[*#]\s*|(?P<m>[-–—_=~*#])(?P=m){2,}\s*\S.{0,60}?\s*(?P=m){3,}\s*)$"
)
WIDEST_PAGE: Final = 110
NARROWEST_PAGE: Final = 30
"""Lines that are longer than the one were not broken by a margin, nor those that are shorter than the other."""
FULL: Final = 0.75
"""A line that could have held the next word and still be no fuller than this ended where somebody wanted it to."""
INDENT: Final = 2
ENOUGH_FULL: Final = 0.5
MANY: Final = 20
ENOUGH_INDENTED: Final = 3
_LABEL_SHAPE: Final = re.compile(r"^\s*[^\W\d_][\w.'’ ()-]{0,40}:\s")
_CODE_FIRST: Final = re.compile(r"^\s*[\[(<#]?\d{1,3}(?::\d{2}){1,3}")
_SENTENCE_ENDS: Final = (".", "!", "?", "…", "”", '"', "»", ")", "]", "。", "？", "！", "׃")

_Lines = list[tuple[int, str]]


class _Page(msgspec.Struct, frozen=True):
    """How wide the text is set (0: no margin broke it), how far in, and the words that it has whole."""

    width: int
    words: frozenset[str]
    indent: int = 0
    first_indented: bool = False


def pieces_of(text: str) -> tuple[Piece, ...]:
    """Return the paragraphs of a plain text, each run of spaces one space.

    A blank line ends a paragraph. So does a line end where the next word would still
    have fitted on the line, and one before a bullet or what looks like a label.
    """
    lines = text.split("\n")
    width = _width(lines)
    words = _whole_words(text) if width and "-\n" in text else frozenset[str]()
    margin = _margin(lines) if width else 0
    page = _Page(width, words, margin, width > 0 and _first_lines_are_indented(lines, margin))
    return tuple(piece for blank, block in _blocks(lines) for piece in _split(blank, block, page))


def _margin(lines: list[str]) -> int:
    """Return how far in the lines stand that no paragraph, list or heading begins: the least that is usual."""
    indents = Counter(_indent(line) for line in lines if line.strip())
    return min(indent for indent, count in indents.items() if count * 10 >= indents.total() or len(indents) > MANY)


def _first_lines_are_indented(lines: list[str], margin: int) -> bool:
    """Tell whether paragraphs begin further in, and go on at the margin."""
    pairs = [(a, b) for a, b in itertools.pairwise(lines) if a.strip() and b.strip() and _indent(a) >= margin + INDENT]
    back = sum(1 for _, after in pairs if _indent(after) < margin + INDENT)
    return back >= ENOUGH_INDENTED and back * 3 >= len(pairs)


def _blocks(lines: list[str]) -> Iterator[tuple[int, _Lines]]:
    """Yield the lines between blank ones, and how many blank ones stand before them."""
    block, blank = list[tuple[int, str]](), 0
    for number, line in enumerate(lines, 1):
        if line.strip():
            block.append((number, line))
            continue
        if block:
            yield blank, block
            block, blank = [], 0
        blank += 1
    if block:
        yield blank, block


def _width(lines: list[str]) -> int:
    """Return the width at which a margin broke the lines, 0 where none did.

    A margin fills most lines, and breaks sentences: many a next line begins small.
    """
    pairs = [(a.strip(), b.strip()) for a, b in itertools.pairwise(lines) if a.strip() and b.strip()]
    if not pairs:
        return 0
    lengths = sorted(len(before) for before, _ in pairs)
    width = lengths[int(len(lengths) * 0.95)] if len(lengths) > MANY else lengths[-1]
    full = sum(1 for length in lengths if length >= width * FULL)
    cased = [after for _, after in pairs if after[0].lower() != after[0].upper()]
    small = sum(1 for after in cased if after[0].islower())
    goes_on = small * 4 >= len(cased) if len(cased) * 2 > len(pairs) else len(pairs) >= MANY // 2
    return width if NARROWEST_PAGE <= width <= WIDEST_PAGE and full >= len(lengths) * ENOUGH_FULL and goes_on else 0


def joins(before: str, after: str, width: int) -> bool:
    """Tell whether the end of a line is the margin's doing: the next word had no room on it."""
    if not width:
        return False
    words = after.split(None, 1)
    room = len(words[0]) if words and words[0].isascii() else 1
    return len(before.strip()) + 1 + room > width * FULL


def _split(blank: int, block: _Lines, page: _Page) -> Iterator[Piece]:
    """Yield a block's paragraphs: the lines joined where they were wrapped, else each for itself."""
    hanging, starts = _hangs(block), [0]
    for index, ((_, before), (_, line)) in enumerate(itertools.pairwise(block), 1):
        if _begins(line, before, page, hanging=hanging or _form(block[starts[-1]][1]) == "item"):
            starts.append(index)
    for start, end in itertools.pairwise([*starts, len(block)]):
        number, first = block[start]
        yield _piece([line for _, line in block[start:end]], number, _form(first), page, 0 if start else blank)


def _hangs(block: _Lines) -> bool:
    """Tell whether all lines after a labelled first one are indented under it."""
    first, *others = (line for _, line in block)
    return bool(
        others and _LABEL_SHAPE.match(first) and not first[0].isspace() and all(o[:2].isspace() for o in others)
    )


def _begins(line: str, before: str, page: _Page, *, hanging: bool) -> bool:
    """Tell whether a line begins a paragraph of its own."""
    if _form(line) != "prose" or RULE.match(before):
        return True
    if hanging:
        return not line[0].isspace() and not joins(before, line, page.width)
    if page.width and _indent(line) >= page.indent + INDENT:
        return True if page.first_indented or _indent(line) != _indent(before) else not joins(before, line, page.width)
    if _LABEL_SHAPE.match(line) or _CODE_FIRST.match(line):
        return not page.width or before.rstrip().endswith(_SENTENCE_ENDS) or not joins(before, line, page.width)
    return not joins(before, line, page.width)


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip())


def _form(line: str) -> Form:
    if RULE.match(line):
        return "rule"
    return "item" if BULLET.match(line) else "prose"


def _piece(parts: list[str], line: int, form: Form, page: _Page, blank: int) -> Piece:
    if form == "item" and (bullet := BULLET.match(parts[0])):
        parts = [parts[0][bullet.end() :], *parts[1:]]
    return Piece(one_space(_joined(parts, page.words)), line, form, gap=wide_gap(parts[0]), blank=blank)


def _joined(parts: list[str], whole: frozenset[str]) -> str:
    text = parts[0]
    for part in parts[1:]:
        text = _joined_pair(text.rstrip(), part.strip(), whole)
    return text


def _joined_pair(before: str, after: str, whole: frozenset[str]) -> str:
    """Join two lines; a word that the margin cut is whole again only where the text has it whole elsewhere."""
    if _CUT.search(before) and after[:1].islower():
        end, begin = before.rsplit(None, 1)[-1], after.split(None, 1)[0]
        restored = re.sub(r"\W+$", "", end[:-1] + begin).casefold()
        return (before[:-1] if restored in whole else before) + after
    wide = "\u2e80" < before[-1:] <= "\u9fff" or "\uff00" < before[-1:] <= "\uff60"
    return before + after if wide and after[:1] > "\u2e7f" else f"{before} {after}"


_CUT: Final = re.compile(r"[^\W\d_]-$")


def _whole_words(text: str) -> frozenset[str]:
    return frozenset(word.casefold() for word in re.findall(r"[^\W\d_]+(?:['’][^\W\d_]+)*", text))
