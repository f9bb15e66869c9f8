"""Talking books made of narrations by hand, unpacked as they lie on a card."""

import zipfile
from collections.abc import Iterator
from pathlib import Path

import msgspec
from lxml import etree
from lxml.etree import _Element

from converters.checks.parity import prove
from converters.document import Document
from converters.narration.model import Asides, Narration
from converters.writers import WriteContext, writer_named
from converters.writers.talking_parts import asides

from .narrations import narration

FORMATS = ("daisy202", "daisy3")
TEXTS = {"daisy202": "content.html", "daisy3": "text.xml"}


def made(document: Document, context: WriteContext, name: str, folder: Path) -> Path:
    """Make a book, prove it as a conversion does, and return the folder that it is unpacked in."""
    packed, *loose = writer_named(name).load()(document, context)
    paths = tuple(artifact.content for artifact in loose)
    prove(name, packed.content, document, context.narration, paths)
    assert isinstance(packed.content, Path)
    with zipfile.ZipFile(packed.content) as book:
        book.extractall(folder / name)
        names = book.namelist()
    assert [artifact.name for artifact in loose] == [f"{context.slug}-{name}/{one}" for one in names]
    assert [path.read_bytes() for path in paths if isinstance(path, Path)] == [
        (folder / name / one).read_bytes() for one in names
    ]
    return folder / name


def with_asides(document: Document, context: WriteContext, spoken: Narration, folder: Path) -> Narration:
    """Add what only talking books say, a second each."""
    said = narration(document, folder, {"asides": [str(one.node) for one in asides(document, context, FORMATS)]})
    return msgspec.structs.replace(spoken, asides=Asides(said.tracks[0], said.clips))


def tree(path: Path) -> _Element:
    return etree.parse(path).getroot()


def pars(folder: Path) -> Iterator[tuple[str, tuple[str, str, str] | None]]:
    """Yield what is played, file by file: the id of the text, and file, begin and end of the sound."""
    for path in sorted(folder.glob("ep*.smil")):
        for par in tree(path).iter("{*}par"):
            text, sound = next(par.iter("{*}text")), next(par.iter("{*}audio"), None)
            node = str(text.get("src")).partition("#")[2]
            if sound is None:
                yield node, None
            else:
                begin, end = (str(sound.get(f"clip-{e}") or sound.get(f"clip{e.title()}")) for e in ("begin", "end"))
                yield node, (str(sound.get("src")), begin, end)
