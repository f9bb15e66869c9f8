"""The tools that damage is planted with: text replaced, zips packed anew. None of them is a writer's."""

import re
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

Plant = Callable[[Path], None]
"""Damages the main file of an edition, where it lies."""
Edit = Callable[[str], str]


class Damage(NamedTuple):
    """A kind of damage: how it is planted, and the rule and the words by which it must be told."""

    name: str
    plant: Plant
    rule: str
    words: tuple[str, ...]


def damage(name: str, plant: Plant, rule: str, *words: str) -> Damage:
    assert words, "what is damaged must be named"
    return Damage(name, plant, rule, words)


# text -------------------------------------------------------------------------------------------


def swap(pattern: str, new: str) -> Edit:
    """Replace the first place of a pattern; it must be there."""

    def edit(text: str) -> str:
        found, count = re.subn(pattern, new, text, count=1, flags=re.DOTALL)
        assert count, f"{pattern} is not there"
        assert found != text
        return found

    return edit


def words(before: str, after: str) -> Edit:
    """Replace the first place of some words."""

    def edit(text: str) -> str:
        assert before in text, f"{before} is not there"
        return text.replace(before, after, 1)

    return edit


def moved(part: str, behind: str) -> Edit:
    """Take a part out, and put it behind another, both found by a pattern."""

    def edit(text: str) -> str:
        taken = re.search(part, text, re.DOTALL)
        assert taken, f"{part} is not there"
        rest = text[: taken.start()] + text[taken.end() :]
        place = re.search(behind, rest, re.DOTALL)
        assert place, f"{behind} is not there"
        return rest[: place.end()] + taken[0] + rest[place.end() :]

    return edit


def both(*edits: Edit) -> Edit:
    def edit(text: str) -> str:
        for one in edits:
            text = one(text)
        return text

    return edit


def written(edit: Edit) -> Plant:
    """Damage a file of text; the ends of its lines stay as they are."""

    def plant(path: Path) -> None:
        path.write_bytes(edit(path.read_bytes().decode()).encode())

    return plant


def inside(member: str, edit: Edit) -> Plant:
    """Damage one file of a zip."""

    def plant(path: Path) -> None:
        rezip(path, {member: lambda content: edit(content.decode()).encode()})

    return plant


def without(member: str) -> Plant:
    """Take a file out of a zip."""

    def plant(path: Path) -> None:
        rezip(path, {member: lambda _: None})

    return plant


def rezip(path: Path, changes: dict[str, Callable[[bytes], bytes | None]]) -> None:
    with zipfile.ZipFile(path) as old:
        members = [(info, old.read(info)) for info in old.infolist()]
    left = set(changes)
    with zipfile.ZipFile(path, "w") as new:
        for info, content in members:
            change = changes.get(info.filename)
            left.discard(info.filename)
            kept = change(content) if change else content
            if kept is not None:
                new.writestr(info, kept)
    assert not left, f"{left} is not in it"


def cut(path: Path) -> None:
    """Keep the first half of a file."""
    content = path.read_bytes()
    path.write_bytes(content[: len(content) // 2])


def gone(path: Path) -> None:
    path.unlink()


def other_encoding(path: Path) -> None:
    """Write a file in another encoding than it says, as an old editor does."""
    path.write_bytes(path.read_bytes().decode().encode("cp1252", "replace"))
