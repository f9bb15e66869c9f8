"""What has the shape of a speaker's label, whether or not it is one."""

import functools
import re
import unicodedata
from collections.abc import Iterator
from typing import Final, Literal

import msgspec

from converters.readers.events import whole_event
from converters.readers.pieces import Mark, Piece

LEAST_OF_A_NAME: Final = 3
MOST_WORDS: Final = 7
MOST_WORDS_SET_APART: Final = 12
LONGEST: Final = 60
LONGEST_SET_APART: Final = 100

Shape = Literal["data", "colon", "item", "set apart", "gap", "bracket", "alone", "dash", "stop"]
"""How a label is told from its words: the format names it; by a colon (in a list item); by bold letters or a class;
by a wide space; by brackets round it; by its line, which it has for itself; by a dash; by a full stop."""

BY_COLON: Final = frozenset[Shape]({"data", "colon", "item"})

_DIRECTION: Final = "[\u200e\u200f\u202a-\u202e\u2066-\u2069]*"
_STRAY: Final = r"(?:[.…,;!?]\s+|>{1,3}\s*|[-–—*•◇◆◎●○■□▶▷►★☆※▪–]\s*(?=\S))?"
_START: Final = re.compile(_DIRECTION + _STRAY + _DIRECTION)
_COLON: Final = re.compile(
    r"(?P<label>[\[(<\"“«【]?(?:[^\W_][^:：\n]{0,99}?|\?{1,3}))[\s\u00a0]*[:：](?P<close>\s*[\])>】»])?(?:[\s\u00a0]+|"
    r"(?<=：)|(?=[\[(“\"«])|$)(?P<words>.*)$",
    re.DOTALL,
)
_BRACKET: Final = re.compile(
    r"(?:\[(?P<a>[^\[\]\n]{1,40})\]|<(?P<b>[^<>\n]{1,40})>|【(?P<c>[^【】\n]{1,40})】|\((?P<d>[^()\n]{1,40})\)|"
    r"（(?P<e>[^（）\n]{1,40})）|〈(?P<f>[^〈〉\n]{1,40})〉)[:：]?\s*"
)
_CHAT: Final = re.compile(r"(?:From|Von|De|От)\s+(?P<name>.{1,60}?)\s+(?:to|an|a|à|para)\s+\S.{0,40}$", re.IGNORECASE)
"""How a meeting's chat names who wrote: ``From Ann Lee to Everyone``."""
_DASH: Final = re.compile(
    r"(?P<angle>[^\W\d_][^\n:<>]{0,39}?)\s*[>＞》]\s*(?=\S)|(?P<label>[^\W\d_][^\n:–—]{0,39}?)\s+(?:[–—-]{1,2}|\|"
    r")\s+(?=\S)|(?P<close>[^\W\d_][\w. ]{0,30}?)[–—]\s*(?=\S)"
)
_STOP: Final = re.compile(
    r"(?P<label>[QAPRFTDJ]|(?:(?:M|Mr|Mrs|Ms|Mme|Mlle|Dr|Sr|Sra|Hr|Fr)\.\s)?[^\W\d_a-z](?:[^\W\d_a-z]|['’. -]){1,40}?|"
    r"(?:The|Mr\.|Mrs\.|Ms\.|Dr\.|M\.|Mme|Mlle|Le|La|El|Senator|Representative|Sen\.|Rep\.|Hon\.)"
    r"(?:\s[^\W\d_][\w'’-]*){1,4})\.(?:\s*[–—-])?\s+(?=\S)"
)
_SEMICOLON: Final = re.compile(r"(?P<label>[^\W\d_a-z](?:[^\W_a-z]|['’. -]){1,40}?)\s*;\s+(?=\S)")
"""A colon whose lower dot went astray."""
_OPEN_SHAPES: Final[tuple[tuple[re.Pattern[str], Shape], ...]] = (
    (_BRACKET, "bracket"),
    (_DASH, "dash"),
    (_STOP, "stop"),
    (_SEMICOLON, "stop"),
)
_EDGES: Final = " \u00a0\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
_QUOTES: Final = '"“”«»'
_OPENING: Final = tuple("[(<【«")
_ENDS_A_SENTENCE: Final = (".", "!", "?", "…", ",", ";", "。", "？", "！", "、", "，")
_INITIAL: Final = re.compile(r"(?:^|\s)(?:[^\W\d_a-zà-ÿа-я]\.)+$|\b(?:Jr|Sr)\.$")


ABBREVIATIONS: Final = frozenset(
    "mr mrs ms dr prof st sr sra jr rev hon sen rep gov gen col capt lt sgt no vs etc ok abg hr fr".split()
)
"""What a full stop stands after in the middle of a name or a sentence."""


_UNNAMED: Final = re.compile(r"[―─—]{2,}\s*(?=\S)")
"""How Japanese print begins a question of somebody who is not named."""


class Candidate(msgspec.Struct, frozen=True):
    """A piece that may begin a turn: its label as printed, and the offset of its words in the piece's text.

    ``marked`` says that bold letters, a heading or a class set the label apart, ``inline``
    that its words stand on the same line, ``above`` that they stand right below its own.
    ``level`` is a heading's. ``sign`` is what stands before it (``>>``, a bullet); ``within``
    says that the line before, of captions, breaks off in the middle of a sentence,
    ``beside`` are words that stand round the name and belong to neither name nor speech,
    ``said`` that the words after the label end like a sentence.
    """

    index: int
    label: str
    words_at: int
    shape: Shape
    has_words: bool
    marked: bool = False
    inline: bool = True
    above: bool = False
    sign: str = ""
    level: int = 0
    within: bool = False
    beside: str = ""
    said: bool = True

    @property
    def key(self) -> str:
        """What labels of one person share: no case, one kind of space, one Unicode form."""
        return fold(self.label)


@functools.lru_cache(maxsize=8192)
def fold(label: str) -> str:
    """Return a label without what may differ between two printings of it."""
    if label.isascii():
        return " ".join(label.casefold().split())
    return " ".join(unicodedata.normalize("NFKC", label).casefold().replace("’", "'").split())


def candidates(pieces: tuple[Piece, ...]) -> tuple[Candidate, ...]:
    """Return every shape of a label that the pieces have; a piece may have several."""
    return tuple(found for index, piece in enumerate(pieces) for found in _of_piece(index, piece, pieces))


def _of_piece(index: int, piece: Piece, pieces: tuple[Piece, ...]) -> Iterator[Candidate]:
    if piece.label is not None:
        yield Candidate(index, piece.label.strip(_EDGES + ":："), 0, "data", bool(piece.text), marked=True)
    elif piece.form == "heading":
        yield from _by_heading(index, piece, pieces)
    elif unnamed := _UNNAMED.match(piece.text):
        yield Candidate(index, unnamed[0], unnamed.end(), "dash", has_words=True)
    elif piece.form != "rule" and piece.text:
        yield from _by_colon(index, piece, pieces)
        yield from _set_apart(index, piece)
        yield from _by_sign(index, piece)
        yield from _alone(index, piece, pieces)


def _by_sign(index: int, piece: Piece) -> Iterator[Candidate]:
    """Yield what a wide space, brackets, a dash or a full stop part from the words."""
    text, start = piece.text, _start(piece)
    if 0 < piece.gap <= LONGEST and start < piece.gap < len(text):
        yield from _open(index, text[start : piece.gap], piece.gap, "gap", text)
    for pattern, shape in _OPEN_SHAPES:
        match = pattern.match(text, start)
        label = next((group for group in match.groups() if group), "") if match else ""
        wrong = shape == "stop" and not _may_end_in_a_stop(label)
        if match and not wrong and label.casefold() not in ABBREVIATIONS and not _names_a_sound(label):
            yield from _open(index, label, match.end(), shape, text)


def _may_end_in_a_stop(label: str) -> bool:
    """Tell whether a full stop can be the end of a label: capitals or a title, and no initial or short form."""
    last = label.rsplit(maxsplit=1)[-1] if label else ""
    short = " " in label and (len(last.rstrip(".")) < LEAST_OF_A_NAME or last.casefold() in ABBREVIATIONS)
    return not short and (label.isupper() or bool(_TITLED.match(label)))


def _names_a_sound(label: str) -> bool:
    return whole_event(f"[{label}]", known=True) is not None


_TITLED: Final = re.compile(r"(?:The|Mr\.|Mrs\.|Ms\.|Dr\.|M\.|Mme|Mlle|Le|La|El|Sen\w*\.?|Rep\w*\.?|Hon\.)\s")


def _alone(index: int, piece: Piece, pieces: tuple[Piece, ...]) -> Iterator[Candidate]:
    """Yield a short line that something stands below."""
    if _may_stand_alone(piece) and _is_followed(index, pieces):
        label, above = piece.text[_start(piece) :].strip(_EDGES), piece.blank > 0 and pieces[index + 1].blank == 0
        yield Candidate(
            index, label, len(piece.text), "alone", has_words=True, marked=_is_marked(piece), inline=False, above=above
        )


def _by_heading(index: int, piece: Piece, pieces: tuple[Piece, ...]) -> Iterator[Candidate]:
    """Yield a heading that may be the name of whoever speaks below it: something must stand there."""
    label = piece.text.strip(_EDGES + ":：")
    below = index + 1 < len(pieces) and pieces[index + 1].form != "heading"
    if below and label and _is_short(label, marked=True) and not label.endswith(_ENDS_A_SENTENCE):
        yield Candidate(
            index, label, len(piece.text), "alone", has_words=True, marked=True, inline=False, level=piece.level
        )


def _start(piece: Piece) -> int:
    match = _START.match(piece.text)
    return match.end() if match else 0


def _by_colon(index: int, piece: Piece, pieces: tuple[Piece, ...]) -> Iterator[Candidate]:
    start = _start(piece)
    match = _COLON.match(piece.text, start)
    if not match:
        return
    label = match["label"].strip(_EDGES)
    if label[:1] in _QUOTES and label[-1:] not in _QUOTES:
        return  # a quotation begins, and it is longer than a name
    label = label.strip(_QUOTES)
    label = label[1:-1] if label[:1] + label[-1:] in {"[]", "()", "<>"} else label
    label = label[1:] if match["close"] and label[:1] in _OPENING else label
    beside = ""
    if chat := _CHAT.match(label):
        beside, label = label.replace(chat["name"], " "), chat["name"]
    marked = any(
        mark.kind in {"strong", "label"} and mark.begin <= start and mark.end >= match.end("label")
        for mark in piece.marks
    )
    if _is_short(label, marked=marked) and label.strip("[](){}<> "):
        shape: Shape = "item" if piece.bullet else "colon"
        words = match["words"].strip()
        has_words = _says_something(words) if words else _is_followed(index, pieces)
        sign = piece.text[:start].strip(_EDGES)[:1]
        yield Candidate(
            index, label, match.start("words"), shape, has_words, marked=marked, inline=bool(words), sign=sign,
            beside=beside, within=_is_within(index, pieces), said=bool(_CLOSED.search(piece.text)),
        )  # fmt: skip


def _is_within(index: int, pieces: tuple[Piece, ...]) -> bool:
    before = pieces[index - 1] if index else None
    return before is not None and before.form == "cue" and not _CLOSED.search(before.text) and bool(before.text)


_CLOSED: Final = re.compile(r"[.!?…。？！؟♪:;\]\)）—–-][\"”’»)\]」』*]*\s*$")


def _says_something(words: str) -> bool:
    """Tell whether anything is said: a number or a web address is no speech."""
    return any(c.isalpha() for word in words.split() if "://" not in word and word[:4] != "www." for c in word) or (
        not any(c.isalnum() for c in words)
    )


def _is_short(label: str, *, marked: bool) -> bool:
    longest, words = (LONGEST_SET_APART, MOST_WORDS_SET_APART) if marked else (LONGEST, MOST_WORDS)
    return len(label) <= longest and len(label.split()) <= words


def _set_apart(index: int, piece: Piece) -> Iterator[Candidate]:
    """Yield what bold letters or a class set apart at the beginning, words after it."""
    mark = None if piece.bullet else _first_mark(piece.marks, _start(piece))
    if mark and mark.end < len(piece.text.rstrip()):
        label = piece.text[mark.begin : mark.end].strip(_EDGES + ".:：–—-| ")
        rest = piece.text[mark.end :]
        if label and _is_short(label, marked=True) and not whole_event(label):
            words_at = mark.end + len(rest) - len(rest.lstrip(_EDGES + ".:：–—-|"))
            yield Candidate(index, label, words_at, "set apart", bool(rest.strip()), marked=True)


def _first_mark(marks: tuple[Mark, ...], start: int) -> Mark | None:
    return next((m for m in marks if m.begin <= start < m.end and m.kind in {"strong", "label"}), None)


def _open(index: int, label: str, words_at: int, shape: Shape, text: str) -> Iterator[Candidate]:
    """Yield a label that no colon ends: then it must be short, and must not end like a sentence."""
    label = label.strip(_EDGES + "|–—-")
    ends = shape != "stop" and label.endswith((*_ENDS_A_SENTENCE, ":", "：")) and not _INITIAL.search(label)
    if label and _is_short(label, marked=False) and not ends and label[0].isalnum():
        yield Candidate(index, label, words_at, shape, bool(text[words_at:].strip()))


def _may_stand_alone(piece: Piece) -> bool:
    text = piece.text.strip(_EDGES)
    if len(text) > LONGEST or len(text.split()) > MOST_WORDS or piece.form not in {"prose", "cue", "item"}:
        return False
    ends = text.endswith((*_ENDS_A_SENTENCE, ":", "：")) and not _INITIAL.search(text)
    return not ends and text[:1].isalnum()


def _is_marked(piece: Piece) -> bool:
    return piece.form == "heading" or any(
        mark.kind in {"strong", "label"} and mark.begin == 0 and mark.end >= len(piece.text.rstrip())
        for mark in piece.marks
    )


def _is_followed(index: int, pieces: tuple[Piece, ...]) -> bool:
    """Tell whether what may be words follow, a rule left out."""
    following = (piece for piece in pieces[index + 1 : index + 3] if piece.form != "rule")
    after = next(following, None)
    return after is not None and bool(after.text) and after.label is None
