"""Our own plain-text edition, read back: what Curbcut added to it is no part of the transcript."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import msgspec

from converters.document import LanguageTag, Part
from converters.phrases import Phrases, phrases_for
from converters.readers.manuscript import Facts, Listed, Manuscript
from converters.readers.pieces import Form, Piece

_MADE: Final = re.compile(r"(?m)^[^\n]{0,80}\bCurbcut \d[^\n]*$")
CHAPTER: Final = 3
_ENDS: Final = 2
"""Blank lines that stand where the conversation has ended."""


class _Group(msgspec.Struct, frozen=True):
    """Lines without a blank one between: the first is a heading, save in the first group."""

    line: int
    lines: tuple[str, ...]


def own_manuscript(text: str) -> Manuscript | None:
    """Return the transcript of a text that ``--to txt`` wrote, None where another hand wrote it."""
    phrases = _phrases(text) if _MADE.search(text) else None
    return _Edition(text, phrases).manuscript() if phrases else None


def _phrases(text: str) -> Phrases | None:
    """Return the phrases that the edition's own lines are in."""
    folder = Path(__file__).parents[1] / "phrases"
    known = (phrases_for(LanguageTag(path.stem)) for path in sorted(folder.glob("*.toml")))
    return next((p for p in known if _line(p.made_by).search(text) and f"\n{p.made_note}" in text), None)


def _line(phrase: str) -> re.Pattern[str]:
    """Return the expression for a line that a phrase makes, whatever is filled in."""
    words = re.split(r"\{\w+\}", phrase)
    return re.compile(r"(?m)^" + r"[^\n]*?".join(map(re.escape, words)) + "$")


class _Edition:
    """One text on its way back: its groups of lines, and the names that turns begin with."""

    def __init__(self, text: str, phrases: Phrases) -> None:
        self._phrases = phrases
        self._groups = tuple(_groups(text))
        self._people = tuple(self._listed())
        colon = phrases.name_and_colon.replace("{name}", "")
        names = {person.name for person in self._people} | {name for g in self._groups for name in self._named_in(g)}
        every = "|".join(re.escape(name) for name in sorted(names, key=len, reverse=True))
        start = f"(?P<name>(?:{every})(?:, (?:{every}))*){re.escape(colon)} ?(?P<words>.*)"
        self._turn = re.compile(start) if names else None
        self._span = self._talk()

    def manuscript(self) -> Manuscript:
        """Return title, people, summary and pieces; lines that were added are left out."""
        title = self._groups[0].lines[0]
        pieces = tuple(p for i, group in enumerate(self._groups[1:], 1) for p in self._pieces(i, group))
        language = next((m[1] for m in (self._language(g) for g in self._groups) if m), None)
        return Manuscript(pieces, Facts(title, language, summary=tuple(self._summary()), people=self._people))

    def _language(self, group: _Group) -> re.Match[str] | None:
        before, after = self._phrases.language_line.split("{tag}")
        pattern = re.compile(rf"{re.escape(before)}([\w-]+){re.escape(after)}")
        return next((m for line in group.lines if (m := pattern.fullmatch(line))), None)

    def _glance(self) -> tuple[str, ...]:
        return next((g.lines[1:] for g in self._groups if g.lines[0] == self._phrases.at_a_glance), ())

    def _summary(self) -> Iterator[str]:
        p = self._phrases
        ours = (p.what_exchanges, p.what_conversation, p.what_talk, p.what_unattributed, p.length, p.length_one_minute)
        patterns = tuple(map(_line, ours))
        for line in self._glance():
            if any(pattern.fullmatch(line) for pattern in patterns):
                return
            yield line

    def _listed(self) -> Iterator[Listed]:
        """Yield those who take part, with what they do here and what is said of them."""
        glance = self._glance()
        begin = glance.index(self._phrases.takes_part) + 1 if self._phrases.takes_part in glance else len(glance)
        for line in glance[begin:]:
            part, person = self._part(line)
            name, _, described = person.partition(", ")
            yield Listed(name, described or None, part)

    def _part(self, line: str) -> tuple[Part | None, str]:
        parts: tuple[tuple[Part, str], ...] = (
            ("host", self._phrases.host), ("guest", self._phrases.guest),
            ("audience", self._phrases.audience), ("narrator", self._phrases.narrator),
        )  # fmt: skip
        found = next(
            ((part, line.removesuffix(f" ({word})")) for part, word in parts if line.endswith(f" ({word})")), None
        )
        return found or (None, line)

    def _named_in(self, group: _Group) -> tuple[str, ...]:
        """Return the names in the heading of an exchange."""
        match = _NUMBERED.fullmatch(group.lines[0]) if len(group.lines) > 1 else None
        return tuple(match["names"].split(", ")) if match else ()

    def _talk(self) -> tuple[int, int]:
        """Return the first and the last group in which turns begin."""
        at = [i for i, g in enumerate(self._groups) if self._named_in(g) or any(map(self._begins_turn, g.lines))]
        return (at[0], at[-1]) if at else (len(self._groups), -1)

    def _begins_turn(self, line: str) -> bool:
        return bool(self._turn and self._turn.fullmatch(line))

    def _pieces(self, index: int, group: _Group) -> Iterator[Piece]:
        p, first = self._phrases, group.lines[0]
        if first in {p.at_a_glance, p.about, p.notes}:
            return
        within = self._span[0] <= index <= self._span[1] or first == p.conversation
        added = bool(self._named_in(group)) or first in self._headings()
        heading = within and not added and not self._begins_turn(first)
        if heading:
            yield Piece(first, group.line, "heading", level=CHAPTER)
        form: Form = "turn" if within else "prose"
        for offset, line in enumerate(self._own_words(group.lines[1:] if added or heading else group.lines)):
            turn = self._turn.fullmatch(line) if self._turn else None
            label, words = (turn["name"], turn["words"]) if turn else (None, line)
            yield Piece(words, group.line + offset, form, label=label, blank=0 if offset else 1 if within else _ENDS)

    def _headings(self) -> frozenset[str]:
        p = self._phrases
        return frozenset(
            {p.conversation, p.notice, p.summary, p.quotes, p.people, p.closing, p.accessibility, p.furniture}
        )

    def _own_words(self, lines: tuple[str, ...]) -> Iterator[str]:
        """Yield the lines that the transcript has itself: not how to get help, nor what other editions there are."""
        p = self._phrases
        helping = tuple(map(_line, (p.help_intro, p.help_none, p.help_none_unnamed, p.other_editions)))
        added = (re.compile(re.escape(p.furniture_note)), _line(p.in_context))
        for line in lines:
            if any(pattern.match(line) for pattern in helping):
                return
            if not any(pattern.fullmatch(line) for pattern in added):
                yield line


_NUMBERED: Final = re.compile(r"\d+\. (?P<names>.+)")


def _groups(text: str) -> Iterator[_Group]:
    lines: list[str] = []
    for number, line in enumerate([*text.split("\n"), ""], 1):
        if line.strip():
            lines.append(line)
        elif lines:
            yield _Group(number - len(lines), tuple(lines))
            lines = []
