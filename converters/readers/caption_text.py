"""The words of one cue: its voices, emphasis, languages and inner times; tags that only dress it are dropped."""

import html
import re
from collections.abc import Iterator, Sequence
from typing import Final

import msgspec

from converters.characters import clean
from converters.readers.clock import milliseconds
from converters.readers.collected import Collected
from converters.readers.pieces import Mark, MarkKind, Moment, Piece, wide_gap, without_beginning

_MARKUP: Final = re.compile(
    r"<(?P<close>/?)(?P<name>[A-Za-z]{1,6})(?P<rest>(?:[.\s/][^<>]*)?)>"
    r"|<(?P<time>(?:\d{1,3}:)?\d\d:\d\d[.,]\d{1,3})>"
    r"|\{\\(?P<override>[^{}]{1,80})\}|\{[yYcCfFsSpP]:[^{}]{0,40}\}"
    r"|&(?P<entity>#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z]\w{1,30});"
)
_DRESS: Final = frozenset("c u s font span ruby div p".split())
_MARKED: Final[dict[str, MarkKind]] = {
    "i": "emphasis", "em": "emphasis", "b": "strong", "strong": "strong", "lang": "foreign",
}  # fmt: skip
_DEEPEST: Final = 32
"""Tags open at once: more of them mean nothing."""
_ITALIC: Final = {"i1": False, "i0": True}


class Spoken(msgspec.Struct, frozen=True):
    """The pieces of a cue, one a line and voice, and words that are read above others (ruby) and left out."""

    pieces: tuple[Piece, ...]
    readings: tuple[str, ...] = ()


def spoken(lines: Sequence[str], like: Piece) -> Spoken:
    """Return what a cue says; ``like`` has its line and its moment.

    A voice holds until it ends, another begins, or the cue ends.
    """
    reading = _Reading(like)
    for line in lines:
        reading.take(line)
    return Spoken(tuple(reading.pieces), tuple(filter(None, reading.readings)))


class _Reading:
    """A cue on its way to pieces: what is open across its lines, and the line at hand."""

    def __init__(self, like: Piece) -> None:
        self.pieces: list[Piece] = []
        self.readings: list[str] = []
        self._like = like
        self._voice: str | None = None
        self._open: list[tuple[MarkKind, str, str]] = []
        self._begins: list[int] = []
        self._above = False
        self._time = like.moments
        self._start_line()

    def _start_line(self) -> None:
        self._letters, self._raw = Collected(), list[str]()
        self._moments: list[Moment] = []
        self._begins = [0] * len(self._open)

    def take(self, line: str) -> None:
        """Take in one line of the cue."""
        position = 0
        for match in _MARKUP.finditer(line):
            if self._is_markup(match):
                self._add(line[position : match.start()])
                self._obey(match)
                position = match.end()
        self._add(line[position:])
        self._end_line()

    @staticmethod
    def _is_markup(match: re.Match[str]) -> bool:
        """Tell a tag of captions from words in angle brackets, such as ``<laughs>``."""
        name = (match["name"] or "").lower()
        return not name or name in _DRESS or name in _MARKED or name in {"v", "rt", "rp", "br"}

    def _obey(self, match: re.Match[str]) -> None:
        if match["entity"]:
            self._add(clean(html.unescape(match[0])))
        elif match["time"]:
            self._note_time(match["time"])
        elif match["override"]:
            self._obey_override(match["override"])
        elif match["name"]:
            self._obey_tag(match["name"].lower(), match["rest"], closes=bool(match["close"]))

    def _note_time(self, stamp: str) -> None:
        begin = milliseconds(stamp)
        if begin is not None:
            self._moments.append(Moment(self._letters.length, begin))

    def _obey_override(self, code: str) -> None:
        for part in code.split("\\"):
            if part in _ITALIC:
                self._obey_tag("i", "", closes=_ITALIC[part])

    def _obey_tag(self, name: str, rest: str, *, closes: bool) -> None:
        words = _annotation(rest)
        if name == "v":
            self._end_line()
            self._voice = None if closes else words or None
        elif name in _MARKED and closes:
            self._close(name)
        elif name in _MARKED and (words or name != "lang") and len(self._open) < _DEEPEST:
            self._open.append((_MARKED[name], words if name == "lang" else "", name))
            self._begins.append(self._letters.length)
        elif name in {"rt", "rp"}:
            self._above = not closes
            self.readings += [""] * self._above
        elif name == "ruby" and closes:
            self._above = False
        elif name == "br":
            self._end_line()

    def _add(self, words: str) -> None:
        if self._above:
            self.readings[-1] += words
            return
        self._raw.append(words)
        self._letters.add(words)

    def _close(self, name: str) -> None:
        places = [place for place, (_, _, opened) in enumerate(self._open) if opened == name]
        if places:
            kind, value, _ = self._open.pop(places[-1])
            self._letters.mark(self._begins.pop(places[-1]), kind, value)

    def _end_line(self) -> None:
        """Put a piece down, if there are words; what is open goes on in the next."""
        for begin, (kind, value, _) in zip(self._begins, self._open, strict=True):
            self._letters.mark(begin, kind, value)
        text, raw = self._letters.text(), "".join(self._raw).rstrip()
        if text:
            piece = msgspec.structs.replace(
                self._like,
                text=text,
                label=self._voice,
                marks=tuple(mark for mark in self._letters.marks() if not _is_dress(mark, text)),
                moments=tuple(self._times(text)),
                gap=wide_gap(raw) if text != raw else 0,
            )
            self.pieces += _without_name(piece)
        self._start_line()

    def _times(self, text: str) -> Iterator[Moment]:
        """Yield the cue's own moment, then those inside the line, none before it."""
        yield from self._time
        last = self._time[-1].begin if self._time else 0
        for moment in self._moments:
            offset = moment.offset + (text[moment.offset : moment.offset + 1] == " ")
            if moment.begin > last and offset < len(text):
                yield Moment(offset, moment.begin)
                last = moment.begin


def _is_dress(mark: Mark, text: str) -> bool:
    """Tell whether a whole line is bold: that is how the captions look, and says nothing of the words."""
    return mark.kind == "strong" and mark.begin == 0 and mark.end >= len(text) and not text.endswith((":", "："))


def _without_name(piece: Piece) -> Iterator[Piece]:
    """Yield a piece without its voice's name, where that is visible text too; what is only the name says nothing."""
    name, colon, _ = piece.text.partition(":")
    named = bool(colon) and piece.label is not None and name.strip().casefold() == piece.label.casefold()
    bare = without_beginning(piece, len(name) + 1) if named else piece
    if bare.text:
        yield bare


def _annotation(rest: str) -> str:
    """Return what a tag says after its classes: ``.first.loud Ann Lee`` names Ann Lee."""
    words = rest.strip()
    if rest.startswith("."):
        _, _, words = words.partition(" ")
    words = " ".join(words.split())
    return clean(html.unescape(words)) if "&" in words else words
