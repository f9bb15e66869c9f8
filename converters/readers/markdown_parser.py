"""markdown-it, set up for transcripts: line ends that were meant, and emphasis as people type it.

Three things differ from CommonMark. Indented lines are prose, HTML is read inline.
A line end inside a paragraph is a space only where the margin made it (``lines.joins``);
two spaces at its end prove nothing, some programs put them everywhere. And
``**NAME:**words`` is strong, in any script.
"""

import itertools
import re
from collections.abc import Iterable
from typing import Final

from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.rules_inline import StateInline
from markdown_it.rules_inline.state_inline import Delimiter
from markdown_it.token import Token

from converters.readers.lines import ENOUGH_FULL, FULL, MANY, NARROWEST_PAGE, WIDEST_PAGE, joins
from converters.readers.markdown_asides import BULLETS
from converters.readers.running_text import CLOSE_WRAP, LINE_BREAK, WRAP

__all__ = ["Parsed", "Token"]

NESTING: Final = 24
MOST_MARKUP: Final = 3_000
"""Signs that could be markup in one paragraph; with more of them than words it is taken as plain text."""
_MARKUP: Final = re.compile(r"[\[\]*_`<~!&\\]")
_BOLD_LABEL: Final = re.compile(r"(\*\*|__)(?=[^*_\n]{1,60}:|[^*_\n]{1,60}：|[^*_\n]{1,60}\1:)")
_LABEL_SHAPE: Final = re.compile(r"[*_]{0,3}[^\W\d_][\w.'’ ()-]{0,40}[*_]{0,3}[:：][*_]{0,3}(?:\s|$)")
_CODE_FIRST: Final = re.compile(r"[\[(<#\\]{0,2}\d{1,3}(?::\d{2}){1,3}")
_SENTENCE_END: Final = re.compile(r"[.!?…。？！׃][\"”’»)\]*_]*$")
_CUT: Final = re.compile(r"[^\W\d_]-$")
_WIDE: Final = re.compile("[\u2e80-\u9fff\uac00-\ud7af\uff00-\uff60]")


class Parsed:
    """The blocks of a text, and what stands inside them once it is asked for: all of it at once takes much memory."""

    def __init__(self, text: str) -> None:
        """Find the blocks of a Markdown text.

        The content of a paragraph has ``running_text``'s signs for line ends.
        ``definitions`` are the lines (from 0) of addresses, each with the label it defines.
        """
        self._parser, self._env = _parser(), dict[str, object]()
        self.tokens = self._parser.parse(text, self._env)
        self.definitions = tuple(_definitions(self._env))

    def inside(self, token: Token) -> list[Token]:
        """Return what stands in a paragraph; of type *plain* is one in which nothing is markup."""
        children: list[Token] = []
        if token.type == "plain":
            children.append(Token("text", "", 0, content=token.content))
        else:
            self._parser.inline.parse(token.content, self._parser, self._env, children)
        return children


def _parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"maxNesting": NESTING, "store_labels": True})
    parser.enable(["table", "strikethrough"]).disable(["code", "fence", "html_block"])
    parser.inline.ruler.at("emphasis", _emphasis)
    parser.core.ruler.after("block", "line_ends", _set_line_ends)
    parser.core.ruler.disable(["inline", "text_join"])
    return parser


def _definitions(env: dict[str, object]) -> Iterable[tuple[str, range]]:
    references, repeated = env.get("references", {}), env.get("duplicate_refs", [])
    named = references.items() if isinstance(references, dict) else ()
    again = ((one["label"], one) for one in repeated) if isinstance(repeated, list) else ()
    return (
        (label if first else "", range(*one["map"]))
        for first, group in ((True, named), (False, again))
        for label, one in group
    )


# line ends ---------------------------------------------------------------------------


def _set_line_ends(state: StateCore) -> None:
    """Say of each line end in a paragraph whether it was meant; what has no signs, or is all signs, is not parsed."""
    inline = [token for token in state.tokens if token.type == "inline"]
    several = {id(token): token.content.split("\n") for token in inline if "\n" in token.content}
    width = _width(several.values())
    for token in inline:
        if id(token) in several:
            token.content = _with_line_ends(several[id(token)], width)
        if not _MARKUP.search(token.content):
            token.type = "plain"
    if any(_is_heavy(token) for token in inline):
        state.tokens = [one for token in state.tokens for one in (_lines_apart(token) if _is_heavy(token) else [token])]


def _is_heavy(token: Token) -> bool:
    long = token.type == "inline" and len(token.content) > MOST_MARKUP
    return long and len(_MARKUP.findall(token.content)) > MOST_MARKUP


def _lines_apart(token: Token) -> list[Token]:
    """Return a paragraph's lines as paragraphs, those that are still too much not to be parsed."""
    start, apart = (token.map or [0])[0], list[Token]()
    for line in token.content.split(LINE_BREAK):
        one = Token("inline", "", 0, content=line, level=token.level, map=[start, start + 1], children=[])
        one.type = "inline" if _MARKUP.search(line) and not _is_heavy(one) else "plain"
        apart.append(one)
        start += 1 + line.count(WRAP) + line.count(CLOSE_WRAP)
    return apart


def _width(paragraphs: Iterable[list[str]]) -> int:
    """Return the width at which a margin broke the lines, 0 where none did; the rule is that of ``lines``.

    A margin fills most lines, and breaks sentences: many a next line begins small.
    """
    pairs = [(a.strip(), b.strip()) for lines in paragraphs for a, b in itertools.pairwise(lines)]
    if not pairs:
        return 0
    lengths = sorted(len(before) for before, _ in pairs)
    width = lengths[int(len(lengths) * 0.95)] if len(lengths) > MANY else lengths[-1]
    full = sum(1 for length in lengths if length >= width * FULL)
    cased = [after for _, after in pairs if after[:1].lower() != after[:1].upper()]
    small = sum(1 for after in cased if after[0].islower())
    goes_on = small * 4 >= len(cased) if len(cased) * 2 > len(pairs) else len(pairs) >= MANY // 2
    return width if NARROWEST_PAGE <= width <= WIDEST_PAGE and full >= len(lengths) * ENOUGH_FULL and goes_on else 0


def _with_line_ends(lines: list[str], width: int) -> str:
    stripped = [line.strip(" \t") for line in lines]
    parts = [stripped[0]]
    for (raw, before), after in zip(zip(lines, stripped, strict=True), stripped[1:], strict=False):
        end = _line_end(before, after, width, spaced=raw.endswith("  "))
        if before.endswith("\\") and (len(before) - len(before.rstrip("\\"))) % 2:
            parts[-1], end = parts[-1][:-1], LINE_BREAK
        parts += (end, after)
    return "".join(parts)


def _line_end(before: str, after: str, width: int, *, spaced: bool) -> str:
    room = width - len(before) - 1 - len(after.split(" ", 1)[0])
    if not joins(before, after, width) or (spaced and room >= 0) or after[0] in BULLETS or _BOLD_LABEL.match(after):
        return LINE_BREAK
    if _SENTENCE_END.search(before) and (_LABEL_SHAPE.match(after) or _CODE_FIRST.match(after)):
        return LINE_BREAK
    cut = _CUT.search(before) and after[:1].islower()
    return CLOSE_WRAP if cut or (_WIDE.match(before[-1:]) and _WIDE.match(after)) else WRAP


# emphasis ----------------------------------------------------------------------------

_FIRST_WORDS: Final = re.compile(r"\*\*[^\S\n]*[^\s*][^*\n]{0,80}\*\*")
_NEAR: Final = 100


def _emphasis(state: StateInline, silent: bool) -> bool:  # noqa: FBT001 - the shape of markdown-it's rules
    """Take a run of ``*`` or ``_`` as what may open and close emphasis (markdown-it's rule, with our own flanks)."""
    marker = state.src[state.pos]
    if silent or marker not in "*_":
        return False
    scanned = state.scanDelims(state.pos, marker == "*")
    stars = marker == "*"
    opens, closes = _flanks(state.src, state.pos, scanned.length) if stars else (False, False)
    plain = stars and _stands_for_letters(state.src, state.pos, scanned.length)
    for _ in range(scanned.length):
        token = state.push("text", "", 0)
        token.content = marker
        delimiter = Delimiter(
            marker=ord(marker),
            length=scanned.length,
            token=len(state.tokens) - 1,
            end=-1,
            open=(scanned.can_open or opens) and not plain,
            close=(scanned.can_close or closes) and not plain,
        )
        state.delimiters.append(delimiter)
    state.pos += scanned.length
    return True


def _flanks(text: str, begin: int, length: int) -> tuple[bool, bool]:
    """Return whether a run opens and closes where CommonMark says no.

    Beside a wide letter or sign it does, as no spaces stand there. The bold words that
    a line begins with do, whatever spaces are inside them, and whatever follows.
    """
    before, after = text[max(0, begin - 1) : begin], text[begin + length : begin + length + 1]
    wide = bool(_WIDE.match(before) or _WIDE.match(after))
    opens, closes = wide and bool(after.strip()), wide and bool(before.strip())
    start = max(text.rfind(end, max(0, begin - _NEAR), begin) for end in (LINE_BREAK, WRAP)) + 1
    if length == 2 and (start or begin < _NEAR) and (first := _FIRST_WORDS.match(text, start)):  # noqa: PLR2004 - strong
        opens = opens or begin == start
        closes = closes or (begin == first.end() - 2 and text[begin - 1] in " :：")
    return opens, closes


def _stands_for_letters(text: str, begin: int, length: int) -> bool:
    """Tell the stars of ``sh*t`` and ``2*3`` from emphasis: one run of them, with letters on both sides of it."""
    end = begin + length
    if not (begin and text[begin - 1].isalnum() and text[end : end + 1].isalnum()):
        return False
    if text[begin - 1].isdigit() and text[end].isdigit():
        return True
    before = itertools.takewhile(str.isascii, reversed(text[max(0, begin - _NEAR) : begin]))
    after = itertools.takewhile(str.isascii, text[end : end + _NEAR])
    left = "".join(itertools.takewhile(lambda c: c.isalnum() or c == "*", before))
    right = "".join(itertools.takewhile(lambda c: c.isalnum() or c == "*", after))
    return bool(left and right) and "*" not in left + right
