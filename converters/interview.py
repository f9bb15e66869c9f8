"""``curbcut init``: the facts of a show, asked in plain questions, written as show.toml."""

import json
import re
from collections.abc import Callable
from typing import TYPE_CHECKING, Final

from converters.characters import clean
from converters.errors import SavingError, UsageError
from converters.settings import LANGUAGE_SHAPE

if TYPE_CHECKING:
    from pathlib import Path

Ask = Callable[[str], str]

_QUESTIONS: Final = (
    ("", "name", "What is the show called?"),
    ("", "url", "What is the address of its website? (Enter to leave out)"),
    ("", "language", "Which language do people speak, as a code such as en, es or de? (Enter: recognise it)"),
    ("contact", "email", "Readers will ask for help and other formats. To which e-mail address? (Enter to leave out)"),
    ("contact", "phone", "And by telephone, for those who cannot write? (Enter to leave out)"),
    ("contact", "form", "And by a form on the web? Its address? (Enter to leave out)"),
    ("contact", "post", "And by post? (Enter to leave out)"),
    ("", "statement", "What does the show promise about accessibility? One paragraph. (Enter to leave out)"),
)  # fmt: skip


def write_show(path: "Path", ask: Ask) -> "Path":
    """Write a show.toml from the answers, where there is none. Raises ``UsageError`` and ``SavingError``."""
    if path.exists():
        raise UsageError(f"{path} is there already. Edit it, or move it away first.")
    try:
        path.write_text(ask_for_show(ask), encoding="utf-8")
    except (EOFError, UnicodeDecodeError) as error:
        raise UsageError("The questions were not answered to the end, so nothing was written.") from error
    except OSError as error:
        raise SavingError(f"{path}: cannot be written ({error.strerror}). Choose another folder.") from error
    return path


def ask_for_show(ask: Ask) -> str:
    """Return the text of a show.toml from the answers; what was left out is left out."""
    answers = [(table, key, _answer(ask, key, question)) for table, key, question in _QUESTIONS]
    host = ask("Who is the host, as readers write the name? (Enter to leave out)").strip()
    top = [f"{key} = {_quoted(value)}" for table, key, value in answers if value and not table]
    contact = [f"{key} = {_quoted(value)}" for table, key, value in answers if value and table]
    parts = ["# Facts of the show, for every episode in this folder and below it.", *top]
    if contact:
        parts += ["", "[contact]", *contact]
    if host:
        parts += ["", f"[people.{_identifier(host)}]", f"name = {_quoted(host)}", 'role = "host"']
    return "\n".join(parts) + "\n"


def _answer(ask: Ask, key: str, question: str) -> str:
    """Return an answer; a language is asked for again until it is a code."""
    answer = clean(ask(question)).strip()
    while key == "language" and answer and not re.fullmatch(LANGUAGE_SHAPE, answer):
        answer = clean(ask(f"“{answer}” is no code. Codes are en, es, de, fr, pt-BR … (Enter: recognise it)")).strip()
    return answer


def _quoted(value: str) -> str:
    """Return a TOML basic string; JSON's escapes are TOML's."""
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")


def _identifier(name: str) -> str:
    from converters.identifiers import slug

    found = slug(name)
    return found if found[:1].isalpha() else f"person-{found}".rstrip("-")
