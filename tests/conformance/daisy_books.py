"""A talking book in its folder, as the rules of both formats look at it, and what those rules share."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from lxml import etree
from lxml.etree import _Element
from mutagen.mp3 import MP3, BitrateMode

SMIL_CLOCK = re.compile(r"\s*(npt=)?(\d+:[0-5]\d:[0-5]\d(\.\d+)?|[0-5]\d:[0-5]\d(\.\d+)?|\d+(\.\d+)?(h|min|s|ms)?)\s*")
"""Clock values of SMIL as the validators take them."""
LANGUAGE = re.compile(r"[A-Za-z]{1,8}(-[A-Za-z0-9]{1,8})*")
DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
WHOLE = re.compile(r"[+-]?\d+")
ANY = re.compile(r"(?s).*")


@dataclass(frozen=True)
class Table:
    """What is allowed of metadata: the shape of each name's value, and how often it may be there."""

    shapes: dict[str, re.Pattern[str]]
    least: dict[str, int] = field(default_factory=dict)
    most: dict[str, int] = field(default_factory=dict)
    others: str = "(?!)"

    def faults(self, metas: Iterable[tuple[str, str]]) -> Iterator[str]:
        found = list(metas)
        for name, content in found:
            if name not in self.shapes and not re.match(self.others, name):
                yield f"meta {name} is not known"
            elif not self.shapes.get(name, ANY).fullmatch(content):
                yield f"meta {name} has the value “{content}”"
        counts = Counter(name for name, _ in found)
        yield from (f"meta {n} is missing" for n, count in self.least.items() if counts[n] < count)
        yield from (f"meta {n} is there {counts[n]} times" for n, count in self.most.items() if counts[n] > count)


class Folder:
    """The files of a book."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.names = sorted(each.name for each in path.iterdir())

    @cached_property
    def trees(self) -> dict[str, _Element]:
        parser = etree.XMLParser(load_dtd=False, no_network=True, resolve_entities=False)
        kinds = (".html", ".smil", ".opf", ".ncx", ".xml")
        return {n: etree.parse(self.path / n, parser).getroot() for n in self.names if n.endswith(kinds)}

    def ids(self, name: str) -> dict[str, _Element]:
        return {str(one.get("id")): one for one in self.trees[name].iter("*") if one.get("id")}

    def faults(self) -> Iterator[str]:
        """Ids that are there twice, and links that lead nowhere, in and between files."""
        for name, tree in self.trees.items():
            counts = Counter(one.get("id") for one in tree.iter("*") if one.get("id"))
            yield from (f"{name}: id {i} is there {n} times" for i, n in counts.items() if n > 1)
            for target in _targets(tree):
                if fault := self._lost(name, target):
                    yield f"{name}: {target} {fault}"

    def _lost(self, name: str, target: str) -> str | None:
        file, _, node = unquote(target).partition("#")
        file = file or name
        if file not in self.names:
            return "is not there"
        if not node or file not in self.trees:
            return None
        found = self.ids(file).get(node)
        if found is None:
            return "has no such id"
        if file.endswith(".smil") and tag(found) not in {"par", "text", "seq"}:
            return "is nothing that is played"
        return None


def _targets(tree: _Element) -> Iterator[str]:
    for one in tree.iter("*"):
        for name in ("href", "src", "smilref"):
            value = one.get(name)
            if value and not re.match("(?i)[a-z]+:", value):
                yield value


def tag(one: _Element) -> str:
    return etree.QName(one).localname


def attributes(one: _Element, allowed: str, required: str = "") -> Iterator[str]:
    """Tell of attributes that an element may not have, or lacks."""
    names = {str(name).replace("{http://www.w3.org/XML/1998/namespace}", "xml:") for name in one.attrib}
    known = {*allowed.split(), *required.split()}
    yield from (f"{tag(one)} has the attribute {n}" for n in sorted(names - known))
    yield from (f"{tag(one)} lacks the attribute {n}" for n in required.split() if n not in names)


def metas(head: _Element) -> list[tuple[str, str]]:
    return [(str(one.get("name")), one.get("content", "")) for one in head.iter("{*}meta") if one.get("name")]


def headings_skip(tree: _Element) -> list[str]:
    """Headings that stand more than a level below the one before."""
    before, found = 0, []
    for one in tree.iter("*"):
        if (match := re.fullmatch("h([1-6])", tag(one))) and one.get("id"):
            level = int(match[1])
            if level > before + 1:
                found.append(f"h{level} {one.get('id')} follows h{before}")
            before = level
    return found


def clock(value: str | None) -> int:
    """Milliseconds of a clock value; -1 where it is none."""
    if not value or not SMIL_CLOCK.fullmatch(value):
        return -1
    plain = value.strip().removeprefix("npt=")
    units = {"ms": 1, "s": 1000, "min": 60_000, "h": 3_600_000}
    if ":" not in plain:
        number, unit = re.fullmatch(r"([\d.]+)(\D*)", plain).groups()  # type: ignore[union-attr]  # it matched before
        return round(float(number) * units[unit or "s"])
    total = 0.0
    for part in plain.split(":"):
        total = total * 60 + float(part)
    return round(total * 1000)


def sound(path: Path) -> tuple[int, list[str]]:
    """Milliseconds of an MP3 file by its frames, and what a player of old would mind in it."""
    found: Any = MP3(path)  # type: ignore[no-untyped-call]  # mutagen says that it is typed, and half of it is
    told = (
        (found.tags is not None, "it has a tag"),
        (found.info.channels != 1, "it is not mono"),
        (found.info.bitrate_mode != BitrateMode.CBR, "its bit rate varies"),
    )
    return round(found.info.length * 1000), [words for is_so, words in told if is_so]
