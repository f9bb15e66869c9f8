"""A finished talking book read back, from its zip and by lxml alone: what is written, what is played, where it leads.

Both formats give the same view, so that they are judged alike.
"""

import io
import re
import zipfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Final

import msgspec

from converters.characters import clean

if TYPE_CHECKING:
    from lxml.etree import _Element

CLOCK: Final = re.compile(r"(\d+):([0-5]\d):([0-5]\d)\.(\d{3})")
SECONDS: Final = re.compile(r"(?:npt=)?(\d+)\.(\d{3})s")
NOT_ITS_WORDS: Final = frozenset({"name", "noteref"})
"""Classes of what stands in a sentence and is no word of it: a name before it, the mark of a note."""


class Par(msgspec.Struct, frozen=True):
    """What is shown and heard together; without a ``sound`` it is only shown. Milliseconds."""

    smil: str
    page: str
    node: str
    sound: str = ""
    begin: int = 0
    end: int = 0


class Smil(msgspec.Struct, frozen=True):
    """One file of what is played; ``length`` and ``elapsed`` as it states them, None where it does not."""

    name: str
    pars: tuple[Par, ...]
    lengths: tuple[int | None, ...]
    elapsed: int | None

    @property
    def counted(self) -> int:
        """How long its clips are together."""
        return sum(par.end - par.begin for par in self.pars)


class SeenBook(msgspec.Struct, frozen=True):
    """A book as a player sees it.

    ``written`` are elements of text with their words, in order; ``ids`` are those of each file that has any;
    ``links`` all that leads from one file to another; ``entries`` where the contents lead, in order; ``total``
    its whole length as stated.
    """

    names: tuple[str, ...]
    written: tuple[tuple[str, str], ...]
    smils: tuple[Smil, ...]
    ids: dict[str, frozenset[str]]
    twice: tuple[str, ...]
    links: tuple[tuple[str, str], ...]
    entries: tuple[str, ...]
    total: int | None

    @property
    def pars(self) -> tuple[Par, ...]:
        """All that is shown and heard, in order."""
        return tuple(par for smil in self.smils for par in smil.pars)


def read_talking_book(packed: bytes | Path) -> tuple[SeenBook, "_Element"]:
    """Return what a zip holds, whichever of the two formats it is, and the page of its text."""
    with zipfile.ZipFile(io.BytesIO(packed) if isinstance(packed, bytes) else packed) as book:
        names = tuple(book.namelist())
        trees = {name: _tree(book, name) for name in names if name.endswith((".html", ".smil", ".xml", ".ncx", ".opf"))}
    centre = next(name for name in names if name.endswith((".ncx", "ncc.html")))
    text = next(name for name in names if name in {"content.html", "text.xml"})
    ids = {name: _ids(tree) for name, tree in trees.items()}
    order = dict.fromkeys(target.partition("#")[0] for target in _entries(trees[centre]))
    seen = SeenBook(
        names=names,
        written=tuple(_written(trees[text])),
        smils=tuple(_smil(name, trees[name]) for name in order if name in trees),
        ids={name: frozenset(found) for name, found in ids.items()},
        twice=tuple(f"{name}#{one}" for name, found in ids.items() for one, n in Counter(found).items() if n > 1),
        links=tuple((name, target) for name, tree in trees.items() for target in _targets(tree)),
        entries=tuple(_entries(trees[centre])),
        total=_total(trees),
    )
    return seen, trees[text]


def _tree(book: zipfile.ZipFile, name: str) -> "_Element":
    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, load_dtd=False, no_network=True, huge_tree=True)
    return etree.fromstring(book.read(name), parser)


def _ids(tree: "_Element") -> list[str]:
    return [str(one.get("id")) for one in tree.iter("*") if one.get("id")]


def _targets(tree: "_Element") -> Iterator[str]:
    """Yield all that leads to a place in the book."""
    for one in tree.iter("*"):
        for name in ("href", "src", "smilref", "idref"):
            value = one.get(name)
            if value and ":" not in value and (name != "idref" or value.startswith("#")):
                yield str(value)


def _entries(centre: "_Element") -> Iterator[str]:
    body = centre.find("{*}body")
    if body is not None:
        yield from (str(link.get("href")) for link in body.iter("{*}a"))
    else:
        yield from (str(point.get("src")) for point in centre.iter("{*}content"))


def _written(text: "_Element") -> Iterator[tuple[str, str]]:
    for one in text.iter("{*}span", "{*}sent"):
        if one.get("id"):
            yield str(one.get("id")), " ".join(clean(_words(one)).split())


def _words(element: "_Element") -> str:
    inner = (("" if _is_apart(child) else _words(child)) + (child.tail or "") for child in element)
    return (element.text or "") + "".join(inner)


def _is_apart(child: "_Element") -> bool:
    return child.get("class") in NOT_ITS_WORDS or str(child.tag).endswith("}noteref")


def _smil(name: str, tree: "_Element") -> Smil:
    metas = {str(meta.get("name")): meta.get("content") for meta in tree.iter("{*}meta")}
    seq = next(tree.iter("{*}seq"))
    lengths = [milliseconds(seq.get("dur"))]
    if "ncc:timeInThisSmil" in metas:
        lengths.append(milliseconds(metas["ncc:timeInThisSmil"]))
    elapsed = metas.get("ncc:totalElapsedTime") or metas.get("dtb:totalElapsedTime")
    return Smil(name, tuple(_par(name, par) for par in tree.iter("{*}par")), tuple(lengths), milliseconds(elapsed))


def _par(name: str, par: "_Element") -> Par:
    page, _, node = str(next(par.iter("{*}text")).get("src")).partition("#")
    sound = next(par.iter("{*}audio"), None)
    if sound is None:
        return Par(name, page, node)
    begin, end = (sound.get(f"clip-{edge}") or sound.get(f"clip{edge.title()}") for edge in ("begin", "end"))
    return Par(name, page, node, str(sound.get("src")), _required(begin), _required(end))


def _required(clock: str | None) -> int:
    found = milliseconds(clock)
    return -1 if found is None else found


def _total(trees: dict[str, "_Element"]) -> int | None:
    metas = (meta for tree in trees.values() for meta in tree.iter("{*}meta"))
    stated = (meta.get("content") for meta in metas if meta.get("name") in {"ncc:totalTime", "dtb:totalTime"})
    return milliseconds(next(stated, None))


def milliseconds(clock: str | None) -> int | None:
    """Return the time of a clock value as we write it, None for anything else."""
    if match := CLOCK.fullmatch(clock or ""):
        hours, minutes, seconds, rest = map(int, match.groups())
        return ((hours * 60 + minutes) * 60 + seconds) * 1000 + rest
    if match := SECONDS.fullmatch(clock or ""):
        return int(match[1]) * 1000 + int(match[2])
    return None
