"""Adding voices to a show.toml, with every byte that stands there left as it is.

The text is never written anew: a line, or a few words, are put in where TOML has room for them,
and a place is taken only if the file, read again, says what it said before and the voice
besides. So comments, order and spelling of whoever wrote it stay. (A library that edits TOML
was tried; it moved a key into another table.)
"""

import copy
import json
import re
import tomllib
from collections.abc import Iterator
from typing import Any, Final

import msgspec

from converters.errors import UsageError
from converters.settings import SHOW_FILE

_BOM: Final = "\ufeff"


class Entry(msgspec.Struct, frozen=True):
    """A voice to add for a person; ``name`` is written too where the file has no entry for them.

    A reader needs it: a shorter form of a name is recognised by the whole one.
    """

    person: str
    name: str
    voice: str


def with_voices(text: str, entries: tuple[Entry, ...]) -> str:
    """Return the text of a show.toml with the voices added.

    Raises ``UsageError`` where somebody has a voice there already, or where no place is found.
    """
    for entry in entries:
        text = _with_voice(text, entry)
    return text


def people_with_voices(text: str) -> frozenset[str]:
    """Return the ids of those for whom a file has a voice."""
    people = tomllib.loads(text.removeprefix(_BOM)).get("people", {})
    return frozenset(identifier for identifier, facts in people.items() if "voice" in facts)


def new_lines(entry: Entry) -> str:
    """Return the entry of somebody for whom the file has none yet."""
    return f"[people.{entry.person}]\nname = {_quoted(entry.name)}\nvoice = {_quoted(entry.voice)}\n"


def _with_voice(text: str, entry: Entry) -> str:
    bom = text[: text.startswith(_BOM)]
    body = text.removeprefix(_BOM)
    wanted = _wanted(tomllib.loads(body), entry)
    end = "\r\n" if "\r\n" in body else "\n"
    for candidate in _candidates(body, entry, end):
        if _says(candidate, wanted):
            return bom + candidate
    raise UsageError(
        f"{SHOW_FILE} has an entry for {entry.name} in a form that no line can be added to. "
        f"Put voice = {_quoted(entry.voice)} there by hand ([people.{entry.person}])."
    )


def _wanted(said: dict[str, Any], entry: Entry) -> dict[str, Any]:
    """Return what the file should say; the libraries' own type for what TOML says."""
    wanted = copy.deepcopy(said)
    people = wanted.setdefault("people", {})
    facts = people.setdefault(entry.person, {"name": entry.name})
    if "voice" in facts:
        raise UsageError(f"{SHOW_FILE} has a voice for {entry.name} already, and it stays.")
    facts["voice"] = entry.voice
    return wanted


def _says(text: str, wanted: dict[str, Any]) -> bool:
    try:
        return tomllib.loads(text) == wanted
    except tomllib.TOMLDecodeError:
        return False


def _candidates(text: str, entry: Entry, end: str) -> Iterator[str]:
    """Yield the text with the voice in every place where it may belong, the likeliest first."""
    lines = text.splitlines(keepends=True)
    key, voice = _key(entry.person), _quoted(entry.voice)
    name = f"name = {_quoted(entry.name)}, "
    for number in _matching(lines, rf'\s*\[\s*["\']?people["\']?\s*\.\s*{key}\s*\]'):
        line = f"voice = {voice}{end}"
        yield _with_line(lines, _end_of_table(lines, number), line, end)
        yield _with_line(lines, number + 1, line, end)
    for number in _matching(lines, rf"\s*(people\s*\.\s*)?{key}\s*\."):
        before = lines[number][: re.search(rf"{key}\s*\.", lines[number]).end()]  # type: ignore[union-attr]  # it matched
        yield _with_line(lines, number, f"{before}voice = {voice}{end}", end)
    for opening in re.finditer(rf"(?<![\w-]){key}\s*=\s*\{{(?P<rest>\s*\}})?", text):
        yield _with_words(text, opening, f"voice = {voice}")
    yield text + _gap(text, end) + new_lines(entry).replace("\n", end)
    for opening in re.finditer(r"(?<![\w-])people\s*=\s*\{(?P<rest>\s*\})?", text):
        yield _with_words(text, opening, f"{entry.person} = {{ {name}voice = {voice} }}")
    for number in _matching(lines, r"\s*people\s*\.\s*\S"):
        dotted = f"people.{entry.person} = {{ {name}voice = {voice} }}{end}"
        yield _with_line(lines, number, dotted, end)


def _key(identifier: str) -> str:
    return rf"(?:{re.escape(identifier)}|\"{re.escape(identifier)}\"|'{re.escape(identifier)}')"


def _matching(lines: list[str], pattern: str) -> Iterator[int]:
    return (number for number, line in enumerate(lines) if re.match(pattern, line))


def _end_of_table(lines: list[str], header: int) -> int:
    """Return the number of the line after the last one of a table that is neither empty nor a comment."""
    last = header
    for number in range(header + 1, len(lines)):
        line = lines[number].strip()
        if line.startswith("["):
            break
        if line and not line.startswith("#"):
            last = number
    return last + 1


def _with_line(lines: list[str], number: int, line: str, end: str) -> str:
    before = "".join(lines[:number])
    return before + ("" if not before or before.endswith("\n") else end) + line + "".join(lines[number:])


def _with_words(text: str, opening: re.Match[str], words: str) -> str:
    """Return the text with a first pair in a table that is written in braces."""
    start = opening.start("rest") if opening["rest"] else opening.end()
    return f"{text[:start]} {words}{' ' if opening['rest'] else ','}{text[start:]}"


def _gap(text: str, end: str) -> str:
    """Return what stands between the text and a table after it: one empty line."""
    if not text.strip():
        return ""
    return end if text.endswith("\n") else end * 2


def _quoted(value: str) -> str:
    """Return a TOML basic string; JSON's escapes are TOML's."""
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
