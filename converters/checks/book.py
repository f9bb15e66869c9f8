"""Does a book that reads itself aloud play what was recorded? Read back with zipfile and lxml alone.

What overlays point at must be there; each sentence of the conversation that was spoken must be
played once, in order, from where it was recorded; and the lengths that the package states must
be those of the clips (EPUB 3.3 §9.3).
"""

import io
import posixpath
import re
import zipfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Final
from urllib.parse import unquote

import msgspec

from converters.document import Document
from converters.narration.model import AudioClip, AudioTrack, Narration
from converters.outline import outline
from converters.traverse import sentences

if TYPE_CHECKING:
    from lxml.etree import _Element

SAMPLE: Final = 4096
"""Bytes of a track that are looked for near the beginning of the book's file of it."""

CLOCK: Final = re.compile(r"(\d+):([0-5]\d):([0-5]\d)\.(\d{3})")


class _Par(msgspec.Struct, frozen=True):
    """What is played while an element is highlighted, in milliseconds from the start of a file."""

    file: str
    node: str
    sound: str
    begin: int
    end: int


class _Overlay(msgspec.Struct, frozen=True):
    """The overlay of a content document, with the ids that this has; ``stated`` is its length by the package."""

    page: str
    ids: frozenset[str]
    stated: int | None
    pars: tuple[_Par, ...]

    @property
    def length(self) -> int:
        return sum(par.end - par.begin for par in self.pars)


def overlay_fault(content: bytes | Path, document: Document, narration: Narration) -> str | None:
    """Return what is wrong with the overlays of a book, in words, None where nothing is."""
    with zipfile.ZipFile(io.BytesIO(content) if isinstance(content, bytes) else content) as book:
        path = str(_tree(book, "META-INF/container.xml").xpath("string(//*[local-name()='rootfile']/@full-path)"))
        package = _tree(book, path)
        overlays = tuple(_overlays(book, package, posixpath.dirname(path)))
        pars = tuple(par for overlay in overlays for par in overlay.pars)
        return (
            _loose_end(book, overlays)
            or _misstated(package, overlays)
            or _misplaced(book, pars, narration)
            or _unlike_the_conversation(pars, document, narration)
        )


# reading ----------------------------------------------------------------------------------


def _tree(book: zipfile.ZipFile, name: str) -> "_Element":
    from lxml import etree

    return etree.fromstring(book.read(name), etree.XMLParser(resolve_entities=False, huge_tree=True))


def _overlays(book: zipfile.ZipFile, package: "_Element", folder: str) -> Iterator[_Overlay]:
    """Yield the overlays in the order of the spine."""
    items = {str(item.get("id")): item for item in package.iter("{*}item")}
    lengths = _lengths(package)
    for reference in package.iter("{*}itemref"):
        item = items[str(reference.get("idref"))]
        identifier = item.get("media-overlay")
        if identifier:
            page = _within(folder, str(item.get("href")))
            smil = _within(folder, str(items[identifier].get("href")))
            ids = frozenset(str(e.get("id")) for e in _tree(book, page).iter() if e.get("id"))
            yield _Overlay(page, ids, lengths.get(f"#{identifier}"), tuple(_pars(_tree(book, smil), smil)))


def _pars(smil: "_Element", path: str) -> Iterator[_Par]:
    folder = posixpath.dirname(path)
    for par in smil.iter("{*}par"):
        text, sound = next(par.iter("{*}text")), next(par.iter("{*}audio"))
        file, _, node = str(text.get("src")).partition("#")
        begin, end = _milliseconds(sound.get("clipBegin")), _milliseconds(sound.get("clipEnd"))
        yield _Par(_within(folder, file), node, _within(folder, str(sound.get("src"))), begin, end)


def _within(folder: str, href: str) -> str:
    return posixpath.normpath(posixpath.join(folder, unquote(href)))


def _lengths(package: "_Element") -> dict[str | None, int]:
    """Return the lengths that a package states, by what they refine; None for all together."""
    metas = (meta for meta in package.iter("{*}meta") if meta.get("property") == "media:duration")
    return {meta.get("refines"): _milliseconds(meta.text) for meta in metas}


def _milliseconds(clock: str | None) -> int:
    """Return the time of a full clock value; -1 for anything else."""
    match = CLOCK.fullmatch(clock or "")
    if not match:
        return -1
    hours, minutes, seconds, milliseconds = map(int, match.groups())
    return ((hours * 60 + minutes) * 60 + seconds) * 1000 + milliseconds


# judging ----------------------------------------------------------------------------------


def _loose_end(book: zipfile.ZipFile, overlays: tuple[_Overlay, ...]) -> str | None:
    files = set(book.namelist())
    for overlay in overlays:
        for par in overlay.pars:
            if par.file != overlay.page or par.node not in overlay.ids:
                return f"the overlay of {overlay.page} plays {par.node}, which is not in it"
            if par.sound not in files:
                return f"{par.node} is played from {par.sound}, which is not in the book"
    return None


def _misstated(package: "_Element", overlays: tuple[_Overlay, ...]) -> str | None:
    for overlay in overlays:
        if overlay.stated != overlay.length:
            return f"the overlay of {overlay.page} lasts {overlay.length} ms, not {overlay.stated} as the package says"
    whole = sum(overlay.length for overlay in overlays)
    if _lengths(package).get(None, 0) != whole:
        return f"all overlays together last {whole} ms, and the package says otherwise"
    return None


def _misplaced(book: zipfile.ZipFile, pars: tuple[_Par, ...], narration: Narration) -> str | None:
    """Tell of an element that is not played from where it was recorded, to its end and within its track."""
    clips = {str(clip.node): clip for clip in narration.clips}
    tracks = {track.name: track for track in narration.tracks}
    for par in pars:
        clip = clips.get(par.node)
        if clip is None or not _is_there(par, clip, tracks[clip.track]):
            return f"{par.node} is played from {par.begin} to {par.end} ms of {par.sound}, which is not where it is"
    for sound, name in {(par.sound, clips[par.node].track) for par in pars}:
        if not _holds(book, sound, tracks[name]):
            return f"{sound} does not hold the track {name}"
    return None


def _is_there(par: _Par, clip: AudioClip, track: AudioTrack) -> bool:
    return par.begin == clip.begin and clip.end <= par.end <= track.duration


def _holds(book: zipfile.ZipFile, sound: str, track: AudioTrack) -> bool:
    """Tell whether a file of the book begins like a track, behind no more than a frame of ours, and has its length."""
    with track.path.open("rb") as stream, book.open(sound) as entry:
        sample = stream.read(SAMPLE)
        return sample in entry.read(2 * SAMPLE) and book.getinfo(sound).file_size >= track.path.stat().st_size


def _unlike_the_conversation(pars: tuple[_Par, ...], document: Document, narration: Narration) -> str | None:
    """Tell of a sentence that is played twice, out of order or not at all, though it was spoken."""
    spoken = {clip.node for clip in narration.clips}
    conversation = outline(document).conversation
    wanted = [str(one.id) for one in sentences(conversation) if one.id in spoken] if conversation else []
    twice = [node for node, count in Counter(par.node for par in pars).items() if count > 1]
    if twice:
        return f"{twice[0]} is played twice"
    known = set(wanted)
    played = [par.node for par in pars if par.node in known]
    if missing := known.difference(played):
        return f"{min(missing)} was spoken and is not played"
    return None if played == wanted else "the sentences are not played in order"
