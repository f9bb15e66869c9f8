"""Caption files as they come, made into WebVTT that a parser loses nothing of.

Blank lines are missing or stand inside a cue, numbers are missing, times have commas,
no milliseconds, frames: players forgive all of it, parsers drop the words. What is
tidied here is what SubRip and WebVTT share; the parsing is ``captions``'s.
"""

import re
from collections.abc import Iterator, Sequence
from typing import Final

import msgspec

_STAMP: Final = r"-?(?:(?:\d{1,3}:)?\d{1,3}:\d{1,2}(?:[.,:;]\d{1,3})?|\d{1,6}\.\d{1,3}(?![\d:]))"
_TIMING: Final = re.compile(
    rf"\s*(?P<begin>{_STAMP})\s*(?:-{{1,3}}\s?>|[–—]>|→|⟶)\s*(?P<end>{_STAMP})(?P<settings>(?:\s.*)?)", re.DOTALL
)
_PARTS: Final = re.compile(r"[:;]|[.,]")
_COUNTED: Final = re.compile(r"\s*#?\d{1,9}[.:]?\s*")
_MADE_UP: Final = re.compile(r"[0-9a-fA-F]{6,}(?:-[0-9a-fA-F]+)+(?:/\d+-\d+)?|[0-9a-fA-F]{16,}")
"""An identifier that a program made up."""
_FRAMES: Final = 25
_FULL_WIDTH: Final = str.maketrans("：，．＞", ":,.>")


class Tidied(msgspec.Struct, frozen=True):
    """WebVTT with a blank line before each cue and none inside.

    ``lines`` are where the cues' times stood in the source, ``stray`` is what stood
    before the first cue and is no part of the format.
    """

    text: str
    lines: tuple[int, ...]
    stray: tuple[str, ...] = ()


class _Cue(msgspec.Struct, frozen=True):
    """Which lines a cue is made of: its name's (if it has one), its times', and the first after its words."""

    name: int | None
    timing: int
    end: int

    @property
    def start(self) -> int:
        return self.timing if self.name is None else self.name


def tidied(text: str, *, has_header: bool) -> Tidied:
    """Return the captions as regular WebVTT; ``has_header`` says that they are WebVTT already, with notes and styles.

    Of SubRip, every line after a cue's times is its words, until the number or the
    times of the next one.
    """
    lines = text.split("\n")
    cues = _cues(lines, named=has_header)
    head = lines[: cues[0].start] if cues else lines
    written = list(_head(head) if has_header else ["WEBVTT", ""])
    for cue in cues:
        written += _written(lines, cue, notes=has_header)
    stray = () if has_header else tuple(line for line in head if line.strip())
    return Tidied("\n".join(written), tuple(cue.timing + 1 for cue in cues), stray)


def _cues(lines: Sequence[str], *, named: bool) -> list[_Cue]:
    timings = [index for index, line in enumerate(lines) if _may_be_timing(line) and _match(line)]
    names = [_name_of(lines, timing, named=named) for timing in timings]
    starts = [timing if name is None else name for name, timing in zip(names, timings, strict=True)]
    ends = [*starts[1:], len(lines)] if starts else []
    return [_Cue(name, timing, end) for name, timing, end in zip(names, timings, ends, strict=True)]


def _may_be_timing(line: str) -> bool:
    return ">" in line or "＞" in line or "→" in line or "⟶" in line


def _match(line: str) -> re.Match[str] | None:
    return _TIMING.fullmatch(line.translate(_FULL_WIDTH))


def _name_of(lines: Sequence[str], timing: int, *, named: bool) -> int | None:
    """Return the line that names a cue: a number, or in WebVTT any line between a blank one and the times.

    A number that a blank line parts from the times names the cue if it stands alone.
    """
    above = timing - 1
    if above < 0:
        return None
    if not lines[above].strip():
        while above >= 0 and not lines[above].strip():
            above -= 1
        alone = above <= 0 or not lines[above - 1].strip()
        return above if above >= 0 and alone and _COUNTED.fullmatch(lines[above]) else None
    if _match(lines[above]):
        return None
    counted = bool(_COUNTED.fullmatch(lines[above]) or _MADE_UP.fullmatch(lines[above].strip()))
    follows_times = above > 0 and bool(_match(lines[above - 1]))
    set_apart = above == 0 or not lines[above - 1].strip()
    return above if (counted and not follows_times) or (named and set_apart and not _is_head(lines[above])) else None


def _is_head(line: str) -> bool:
    return line.startswith(("WEBVTT", "NOTE", "STYLE", "REGION"))


# writing ------------------------------------------------------------------------------


def _head(lines: Sequence[str]) -> Iterator[str]:
    """Yield what stands before the first cue; a paragraph that is no block of the format becomes a note."""
    for index, block in enumerate(_paragraphs(lines)):
        if index and not _is_head(block[0]):
            yield "NOTE"
        yield from map(_without_arrow, block)
        yield ""


def _written(lines: Sequence[str], cue: _Cue, *, notes: bool) -> Iterator[str]:
    """Yield a cue, and the notes between it and the next."""
    blocks = list(_paragraphs(lines[cue.timing + 1 : cue.end]))
    first_note = next((i for i, block in enumerate(blocks) if notes and i and _is_head(block[0])), len(blocks))
    if lines[cue.timing + 1 : cue.timing + 2] == [""] and notes and blocks and _is_head(blocks[0][0]):
        first_note = 0  # a cue without words, then a note
    yield ""
    if cue.name is not None:
        yield _without_arrow(lines[cue.name])
    if match := _match(lines[cue.timing]):
        yield f"{_clock(match['begin'])} --> {_clock(match['end'])}{match['settings']}"
    for block in blocks[:first_note]:
        yield from map(_without_arrow, block)
    for block in blocks[first_note:]:
        yield ""
        if not _is_head(block[0]):
            yield "NOTE"
        yield from map(_without_arrow, block)


def _paragraphs(lines: Sequence[str]) -> Iterator[list[str]]:
    """Yield runs of lines with words; lines of mere spaces, as rolling captions have them, part nothing."""
    block: list[str] = []
    for line in lines:
        if line.strip():
            block.append(line)
        elif block and not line:
            yield block
            block = []
    if block:
        yield block


def _without_arrow(line: str) -> str:
    return line.replace("-->", "--&gt;")


def _clock(stamp: str) -> str:
    """Return ``00:01:02.500`` for ``1:02,5``, ``00:01:02`` or, in frames, ``00:01:02:12``."""
    parts = _PARTS.split(stamp.lstrip("-"))
    fraction = 0
    if "." in stamp or "," in stamp:
        fraction = int(parts.pop()[:3].ljust(3, "0"))
    elif len(parts) == len(("h", "m", "s", "frames")):
        fraction = min(int(parts.pop()) * 1000 // _FRAMES, 999)
    seconds = sum(int(part) * 60**power for power, part in enumerate(reversed(parts)))
    return (
        f"{seconds // 3600:02d}:{seconds // 60 % 60:02d}:{seconds % 60:02d}.{fraction:03d}"
        if stamp[0] != "-"
        else "00:00:00.000"
    )
