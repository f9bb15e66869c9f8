"""Is it silent between the clips of our own speech? Heard by FFmpeg, whatever a file says of itself.

Between two sentences our sound is silent. A file that was cut, padded or exchanged for another one has words there,
from some sentence on. Measured as MP3, AAC and Opus over 212 clips of espeak-ng and 56 of a natural voice: 1 to 4 in a
hundred pauses are not silent as they are, and 96 in a hundred where the sound is two seconds early or late.
"""

import itertools
import re
from collections.abc import Iterator, Sequence
from typing import Final

from converters.checks.outside.answers import Answer, Question, Said
from converters.checks.outside.commands import CommandError, heard, printed
from converters.narration.kept import Kept, unpacked
from converters.narration.timeline import clips_in_one_file

NOISE: Final = "-50dB"
SHORTEST: Final = 150
"""Milliseconds of the shortest pause that is looked at."""
EDGE: Final = 40
"""Milliseconds at each end of a pause in which an encoder may let its neighbours be heard."""
ROW: Final = 10
"""Pauses one after the other, of which ``MOST`` may be unquiet: voices sound on, a breath is loud."""
MOST: Final = 6
FEWEST: Final = 4
"""Pauses from which on anything can be told."""

Pause = tuple[int, int, str]
"""From when to when, in milliseconds, and the id of what is heard after it."""


def pauses(questions: tuple[Question, ...]) -> Answer:
    """Listen to the pauses of each file; a recording is refused, because nobody knows where people pause."""
    said: dict[str, tuple[Said, ...]] = {}
    refused: dict[str, str] = {}
    for asked in questions:
        try:
            said[asked.key] = tuple(_listened(asked.files[0], _of(unpacked(asked.clips))))
        except (ValueError, CommandError) as error:
            refused[asked.key] = str(error)
    return Answer(_version(), said, 1, refused)


def _of(spoken: Kept) -> Sequence[Pause]:
    """Return the pauses between clips. Raises ``ValueError`` where there are none to be told of."""
    if spoken.timeline == "recording":
        raise ValueError("in a recording nobody knows where it is silent")
    pairs = itertools.pairwise(clips_in_one_file(spoken))
    found = [(one.end, after.begin, str(after.node)) for one, after in pairs if after.begin - one.end >= SHORTEST]
    if len(found) < FEWEST:
        raise ValueError("there are too few pauses to tell")
    return found


def _listened(name: str, wanted: Sequence[Pause]) -> Iterator[Said]:
    silences = list(_silences(name))
    loud = [not any(begin <= at + EDGE and end >= until - EDGE for begin, end in silences) for at, until, _ in wanted]
    if (first := first_loud(loud)) is not None:
        _, moment, node = wanted[first]
        words = f"from {node} on, {moment / 1000:.1f} s into it, its pauses are not where its sentences end"
        yield Said("pauses", "error", f"{words}: the sound is late, early or another one", node, count=sum(loud))


def first_loud(loud: Sequence[bool]) -> int | None:
    """Return from which pause on they are not silent, None where they are, but for a few here and there."""
    size = min(ROW, len(loud))
    for begin in range(len(loud) - size + 1):
        if loud[begin] and sum(loud[begin : begin + size]) * ROW > MOST * size:
            return begin
    return None


def _silences(name: str) -> Iterator[tuple[float, float]]:
    """Yield from when to when a file is silent, in milliseconds."""
    command = ("ffmpeg", "-nostdin", "-hide_banner", "-nostats", "-protocol_whitelist", "file", "-i", f"file:{name}",
               "-map", "0:a:0", "-af", f"silencedetect=noise={NOISE}:d=0.05", "-f", "null", "-")  # fmt: skip
    lines = heard(command)
    begins = [1000 * float(found) for found in re.findall(r"silence_start: (-?[\d.]+)", lines)]
    ends = [1000 * float(found) for found in re.findall(r"silence_end: (-?[\d.]+)", lines)]
    yield from itertools.zip_longest(begins, ends, fillvalue=float("inf"))


def _version() -> str:
    words = printed(("ffmpeg", "-version")).split(maxsplit=3)
    return words[2] if len(words) > 2 else ""  # noqa: PLR2004 - "ffmpeg version 5.1.9 …"
