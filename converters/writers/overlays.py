"""Media overlays: which stretch of sound belongs to which element of a content document (EPUB 3.3 §9).

A content document is gone through as it was finished, in its own order; an element whose id has
a clip is played and highlighted there. So whatever gets an id and a clip is in step, and what no
voice says (the numbers of exchanges, say) is simply passed over.
"""

import itertools
from typing import TYPE_CHECKING, Final

import msgspec
from lxml import etree

from converters.document import Document
from converters.narration.model import Narration
from converters.narration.stretches import Stretch, longest_pause, stretches
from converters.timing import Milliseconds
from converters.traverse import turns
from converters.writers.markup import Markup, element, lines, void

if TYPE_CHECKING:
    from lxml.etree import _Element

PERSONA: Final = "z3998:persona"
"""Who speaks the words that follow. The vocabulary of EPUB has no such term; that of DAISY has, and an
overlay may name it (EPUB 3.3 §9.3.4, Z39.98-2012), so that a reading system can leave out the names."""

PREFIX: Final = "z3998: http://www.daisy.org/z3998/2012/vocab/structure/#"

_TYPE: Final = "{http://www.idpf.org/2007/ops}type"
_PROLOGUE: Final = '<?xml version="1.0" encoding="utf-8"?>\n'


class Spoken(msgspec.Struct, frozen=True):
    """What is heard of a document, and what its parts are, by the ids of elements.

    ``sounds`` are the addresses of the tracks in the book, by name.
    """

    stretches: dict[str, Stretch]
    kinds: dict[str, str]
    sounds: dict[str, str]


class Overlay(msgspec.Struct, frozen=True):
    """The overlay of one content document, as a file; ``tracks`` are those that it plays."""

    content: bytes
    duration: Milliseconds
    tracks: tuple[str, ...]


class _Par(msgspec.Struct, frozen=True):
    node: str


class _Seq(msgspec.Struct, frozen=True):
    node: str
    kind: str | None
    parts: tuple["_Par | _Seq", ...]


def spoken(document: Document, narration: Narration, sounds: dict[str, str], rate: int) -> Spoken:
    """Return what is heard of a document; ``rate``, in words a minute, tells how long its pauses are."""
    kinds = {f"{turn.id}-name": PERSONA for turn in turns(document)}
    kinds |= {"notes": "endnotes"} | dict.fromkeys((str(note.id) for note in document.notes), "endnote")
    return Spoken(stretches(narration.clips, longest_pause(narration.timeline, rate)), kinds, sounds)


def overlay(page: bytes, file: str, heard: Spoken) -> Overlay | None:
    """Return the overlay of a content document of that file name, None where nothing in it is heard."""
    parts = _parts(etree.fromstring(page), heard)
    stretches = [heard.stretches[par.node] for par in _pars(parts)]
    if not parts:
        return None
    content = _PROLOGUE + _smil(parts, file, heard) + "\n"
    duration = Milliseconds(sum(stretch.end - stretch.begin for stretch in stretches))
    return Overlay(content.encode("utf-8"), duration, tuple(dict.fromkeys(one.track for one in stretches)))


def clock(time: Milliseconds) -> str:
    """Return ``0:04:09.120``, a full clock value (SMIL 3.0 §5.4.2)."""
    seconds, milliseconds = divmod(time, 1000)
    minutes, seconds = divmod(seconds, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{seconds:02}.{milliseconds:03}"


# what is heard ---------------------------------------------------------------------------


def _parts(outer: "_Element", heard: Spoken) -> tuple[_Par | _Seq, ...]:
    """Return what is heard of the elements within one, in order, each part of it once.

    An element of which parts are heard is no clip of its own.
    """
    found: list[_Par | _Seq] = []
    named: str | None = None
    for child in outer:
        node, inner = child.get("id"), _parts(child, heard)
        named = named if node is None and _goes_on(child) else node
        if not inner:
            found += [_Par(node)] if node in heard.stretches else []
        elif named is None:
            found += inner
        elif found and isinstance(found[-1], _Seq) and found[-1].node == named:
            found[-1] = msgspec.structs.replace(found[-1], parts=found[-1].parts + inner)
        else:
            found.append(_Seq(named, child.get(_TYPE) or heard.kinds.get(named), inner))
    return tuple(found)


def _goes_on(child: "_Element") -> bool:
    """Tell whether a paragraph belongs to the turn that the one before it belongs to."""
    return "more" in (child.get("class") or "").split()


def _pars(parts: tuple[_Par | _Seq, ...]) -> tuple[_Par, ...]:
    """Return all that is played, in order."""
    inner = ((part,) if isinstance(part, _Par) else _pars(part.parts) for part in parts)
    return tuple(itertools.chain.from_iterable(inner))


# as markup -------------------------------------------------------------------------------


def _smil(parts: tuple[_Par | _Seq, ...], file: str, heard: Spoken) -> Markup:
    marks: dict[str, str | None] = {
        "xmlns": "http://www.w3.org/ns/SMIL",
        "xmlns:epub": "http://www.idpf.org/2007/ops",
        "epub:prefix": PREFIX,
        "version": "3.0",
    }
    return element("smil", element("body", *_written(parts, file, heard)), attributes=marks)


def _written(parts: tuple[_Par | _Seq, ...], file: str, heard: Spoken) -> tuple[Markup, ...]:
    return tuple(_par(one, file, heard) if isinstance(one, _Par) else _seq(one, file, heard) for one in parts)


def _seq(seq: _Seq, file: str, heard: Spoken) -> Markup:
    marks = {"epub:textref": f"{file}#{seq.node}", "epub:type": seq.kind}
    return element("seq", Markup("\n"), lines(*_written(seq.parts, file, heard)), Markup("\n"), attributes=marks)


def _par(par: _Par, file: str, heard: Spoken) -> Markup:
    stretch = heard.stretches[par.node]
    sound = {
        "src": heard.sounds[stretch.track],
        "clipBegin": clock(stretch.begin),
        "clipEnd": clock(stretch.end),
    }
    inner = void("text", {"src": f"{file}#{par.node}"}), void("audio", {**sound})
    return element("par", *inner, attributes={"epub:type": heard.kinds.get(par.node)})
