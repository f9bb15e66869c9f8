"""What stands inside a line: sounds in brackets, and links that staff have given back."""

import re
from collections.abc import Iterator
from typing import Final

from converters.document import Inline, Inlines, Link, Sound, SoundKind, Text
from converters.settings import LostLink

_SOUND_WORDS: Final[tuple[tuple[SoundKind, str], ...]] = (
    ("laughter", r"laugh\w*|chuckl\w*|giggl\w*"),
    ("applause", r"applau\w*|clap\w*|cheer\w*"),
    ("music", r"music\w*|song|singing|sings|jingle|theme|♪|♫"),
    ("silence", r"silence|pause\w*|long pause"),
    ("effect", (r"sound of|phone|ring\w*|door|bell|siren\w*|barks?|barking|beep\w*|knock\w*|crosstalk|cross-talk|"
               r"inaudible|indiscernible|unintelligible|cough\w*|sigh\w*|gasp\w*|crying|noise|static|overlapping")),
)  # fmt: skip
_BRACKETED: Final = re.compile(r"\[[^\[\]\n]{1,60}\]|\([^()\n]{1,60}\)|[♪♫][^♪♫\n]{0,200}[♪♫]")
_MOST_WORDS: Final = 6


def sound_kind(bracketed: str) -> SoundKind | None:
    """Return what kind of sound brackets hold, None where they hold speech or a remark."""
    if bracketed[0] in "♪♫":
        return "music"
    inner = bracketed[1:-1].strip()
    if len(inner.split()) > _MOST_WORDS:
        return None
    return next((kind for kind, words in _SOUND_WORDS if re.match(rf"(?i)(?:{words})\b", inner)), None)


def whole_sound(text: str) -> Sound | None:
    """Return the sound that a paragraph consists of."""
    kind = sound_kind(text) if _BRACKETED.fullmatch(text) else None
    return Sound(text, kind) if kind else None


def inlines_of(text: str, links: tuple[LostLink, ...] = ()) -> Inlines:
    """Return a paragraph's text with its sounds, and its links given back, as inlines."""
    for link in links:
        before, words, after = text.partition(link.words)
        if words:
            return (*inlines_of(before, links), Link((Text(words),), link.href), *inlines_of(after, links))
    return tuple(_with_sounds(text))


def _with_sounds(text: str) -> Iterator[Inline]:
    position = 0
    for match in _BRACKETED.finditer(text):
        if kind := sound_kind(match[0]):
            if match.start() > position:
                yield Text(text[position : match.start()])
            yield Sound(match[0], kind)
            position = match.end()
    if position < len(text):
        yield Text(text[position:])
