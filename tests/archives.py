"""An archive of any size: invented episodes of realistic length, in several layouts, the same each time."""

import datetime
import random
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final

from .bench.long_transcripts import WORDS, sentences

HOST: Final = "Marisol Quenby"
GUESTS: Final = ("Bridie Larkin", "Noor Bellamine", "Teodor Vance", "Ottoline Brask", "Halvard Teague", "Ines Corbel")
SUBJECTS: Final = ("bridges", "bells", "floods", "schools", "markets", "gardens")
SHOW: Final = """\
name = "The Kettle Street Hour"
language = "en"
[contact]
email = "help@kettlestreethour.example"
phone = "+1 555 0100"
[people.marisol-quenby]
name = "Marisol Quenby"
role = "host"
"""
_FIRST: Final = datetime.date(2019, 1, 4)

Turns = list[tuple[str, str]]


def archive(folder: Path, episodes: int, words: tuple[int, int] = (5_000, 12_000)) -> Path:
    """Write so many episodes into a folder, each of some number of words within bounds, with a show.toml."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "show.toml").write_text(SHOW, encoding="utf-8")
    layouts = list(_LAYOUTS.items())
    for number in range(episodes):
        chosen = random.Random(number)  # noqa: S311 - it is no secret
        ending, layout = layouts[number % len(layouts)]
        title = f"Episode {number}: {' '.join(chosen.sample(WORDS, 4)).title()}"
        turns = list(_turns(chosen, chosen.randint(*words)))
        day = _FIRST + datetime.timedelta(weeks=number)
        (folder / f"episode-{number:04}{ending}").write_text(layout(title, turns), encoding="utf-8")
        (folder / f"episode-{number:04}.toml").write_text(f'date = {day}\ntitle = "{title}"\n', encoding="utf-8")
    return folder


def _turns(chosen: random.Random, words: int) -> Iterator[tuple[str, str]]:
    guests, said, number = chosen.sample(GUESTS, 2), 0, 0
    while said < words:
        name = HOST if number % 2 == 0 else chosen.choice(guests)
        length = chosen.choice((12, 30, 60, 150, 220) if number % 2 else (8, 15, 25))
        yield name, sentences(chosen, length)
        said, number = said + length, number + 1


def _text(title: str, turns: Turns) -> str:
    return f"{title}\n\n" + "\n\n".join(f"{name.upper()}: {words}" for name, words in turns) + "\n"


def _markdown(title: str, turns: Turns) -> str:
    return f"# {title}\n\n" + "\n\n".join(f"**{name}:** {words}" for name, words in turns) + "\n"


def _page(title: str, turns: Turns) -> str:
    said = "\n".join(f"<p><strong>{name}:</strong> {words}</p>" for name, words in turns)
    body = f"<body><main><h1>{title}</h1>\n{said}\n</main></body>"
    return f'<!DOCTYPE html>\n<html lang="en"><head><title>{title}</title></head>{body}</html>\n'


def _captions(title: str, turns: Turns) -> str:
    del title  # captions have none
    cues, at = ["WEBVTT\n"], 0
    for name, words in turns:
        for sentence in words.split(". "):
            length = max(1, len(sentence.split()) // 3)
            cues.append(f"{_clock(at)} --> {_clock(at + length)}\n<v {name}>{sentence.rstrip('.')}.</v>\n")
            at += length
    return "\n".join(cues)


def _clock(seconds: int) -> str:
    return f"{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}.000"


_LAYOUTS: Final[dict[str, Callable[[str, Turns], str]]] = {
    ".txt": _text, ".md": _markdown, ".html": _page, ".vtt": _captions,
}  # fmt: skip
