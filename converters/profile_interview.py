"""``curbcut profiles --make``: what a reader needs, asked in plain questions, written as a profile."""

from collections.abc import Callable
from pathlib import Path
from typing import Final

import msgspec

from converters.errors import SavingError, UsageError
from converters.profiles import Profile, as_toml, folders, settled_name

Ask = Callable[[str], str]

_QUESTIONS: Final = (
    ("formats", "Which editions? Names with commas between, as in: html, pdf, mp3 (Enter: the usual four)"),
    ("font-size", "On paper, how large is the type to be? Points, 18 to 48 (Enter: 18)"),
    (
        "theme",
        "Which colours? black-on-white, black-on-cream, white-on-black, yellow-on-black (Enter: the first)",
    ),
    ("typeface", "Which typeface? atkinson or arimo (Enter: the usual one)"),
    ("paper", "Which paper? letter, a4 or a3 (Enter: the usual one)"),
    ("rate", "How fast is speech to be? Words a minute, 80 to 550 (Enter: 175)"),
    ("announce", "When is a speaker’s name said? auto, always, first or never (Enter: auto, where it helps)"),
    ("cast", "A voice for each person, or one narrator? each or one (Enter: each)"),
    ("grade", "Braille uncontracted or contracted? 1 or 2 (Enter: what is usual in the language)"),
    ("cells", "How many cells has a line of their braille? 20 to 80 (Enter: 40)"),
)
_NUMBERS: Final = frozenset(("font-size", "rate", "grade", "cells"))

Value = str | int | list[str]


def make(name: str, show_file: Path | None, ask: Ask) -> Path:
    """Write a profile from the answers, beside show.toml or else among the user's own; return where.

    Raises ``UsageError`` for one that is there already, or a name that cannot be, and ``SavingError``.
    """
    path = folders(show_file)[0] / f"{settled_name(Path(name))}.toml"
    if path.exists():
        raise UsageError(f"{path} is there already. Edit it, or take another name.")
    try:
        text = as_toml(_asked(ask)) + "\n"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    except (EOFError, UnicodeDecodeError) as error:
        raise UsageError("The questions were not answered to the end, so nothing was written.") from error
    except OSError as error:
        raise SavingError(f"{path}: cannot be written ({error.strerror}). Choose another folder.") from error
    return path


def _asked(ask: Ask) -> Profile:
    answers = ((key, _answer(ask, key, question)) for key, question in _QUESTIONS)
    return msgspec.convert({key: value for key, value in answers if value is not None}, Profile)


def _answer(ask: Ask, key: str, question: str) -> Value | None:
    """Return an answer as the profile has it, None where it was left out; one that cannot be is asked for again."""
    while answer := ask(question).strip().lower():
        value = _value(key, answer)
        try:
            msgspec.convert({key: value}, Profile)
        except ValueError:
            question = f"“{answer}” cannot be. {question}" if not question.startswith("“") else question
        else:
            return value
    return None


def _value(key: str, answer: str) -> Value:
    if key == "formats":
        return [name.strip() for name in answer.split(",") if name.strip()]
    return int(answer) if key in _NUMBERS and answer.isascii() and answer.isdigit() else answer
