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
from collections.abc import Collection, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final
from urllib.parse import unquote

import msgspec

from converters.checks.ledger import Account, in_order
from converters.checks.reading_back.markup import parsed
from converters.document import Document
from converters.narration.frame_table import HEADER, Header
from converters.narration.kept import Kept, digest
from converters.narration.model import AudioClip
from converters.outline import outline
from converters.traverse import sentences

if TYPE_CHECKING:
    from lxml.etree import _Element

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


class Overlays(msgspec.Struct, frozen=True):
    """All that a book plays: its overlays, the lengths that its package states, and the files of sound that it has."""

    each: tuple[_Overlay, ...]
    stated: int
    sounds: frozenset[str]
    book: bytes | Path

    @property
    def pars(self) -> tuple[_Par, ...]:
        """What is played, in order."""
        return tuple(par for overlay in self.each for par in overlay.pars)


def read_book(content: bytes | Path) -> tuple[tuple["_Element", ...], Overlays]:
    """Return the pages of a book in the order of its spine, and what it plays."""
    with zipfile.ZipFile(io.BytesIO(content) if isinstance(content, bytes) else content) as book:
        path = str(_tree(book, "META-INF/container.xml").xpath("string(//*[local-name()='rootfile']/@full-path)"))
        package = _tree(book, path)
        folder = posixpath.dirname(path)
        items = {str(item.get("id")): item for item in package.iter("{*}item")}
        spine = [items[str(reference.get("idref"))] for reference in package.iter("{*}itemref")]
        pages = tuple(_tree(book, _within(folder, str(item.get("href")))) for item in spine)
        overlays = tuple(_overlays(book, package, folder, list(zip(spine, pages, strict=True))))
        return pages, Overlays(overlays, _lengths(package).get(None, 0), frozenset(book.namelist()), content)


# reading ----------------------------------------------------------------------------------


def _tree(book: zipfile.ZipFile, name: str) -> "_Element":
    return parsed(book.read(name), xml=True)


def _overlays(
    book: zipfile.ZipFile, package: "_Element", folder: str, spine: list[tuple["_Element", "_Element"]]
) -> Iterator[_Overlay]:
    """Yield the overlays in the order of the spine."""
    items = {str(item.get("id")): item for item in package.iter("{*}item")}
    lengths = _lengths(package)
    for item, root in spine:
        identifier = item.get("media-overlay")
        if identifier:
            page = _within(folder, str(item.get("href")))
            smil = _within(folder, str(items[identifier].get("href")))
            ids = frozenset(str(e.get("id")) for e in root.iter() if e.get("id"))
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


def overlays_account(overlays: Overlays, document: Document, narration: Kept | None) -> Account:
    """Return what is wrong with what a book plays; without a narration its clips are compared with each other.

    Our clips of one turn follow each other without a gap, so that one that is shifted leaves one, or laps over.
    """
    if not overlays.each:
        return Account(faults=("nothing in it is played",)) if narration else Account()
    pars = overlays.pars
    loose = (*_loose_ends(overlays), *_misstated(overlays))
    if narration is None:
        heard = {par.node for par in pars}
        account = _order(pars, document, heard)
        return msgspec.structs.replace(account, mistimed=tuple(_unjoined(pars)), faults=loose)
    clips = {str(clip.node): clip for clip in narration.clips}
    latest = _latest(narration)
    mistimed = tuple(p.node for p in pars if p.node not in clips or not _is_there(p, clips[p.node], latest[p.node]))
    known = {(par.sound, clips[par.node].track) for par in pars if par.node in clips and par.sound in overlays.sounds}
    hollow = _hollow(overlays.book, sorted(known), narration)
    account = _order(pars, document, set(clips))
    return msgspec.structs.replace(account, mistimed=mistimed, faults=(*account.faults, *loose, *hollow))


def _loose_ends(overlays: Overlays) -> Iterator[str]:
    for overlay in overlays.each:
        for par in overlay.pars:
            if par.file != overlay.page or par.node not in overlay.ids:
                yield f"the overlay of {overlay.page} plays {par.node}, which is not in it"
            if par.sound not in overlays.sounds:
                yield f"{par.node} is played from {par.sound}, which is not in the book"


def _misstated(overlays: Overlays) -> Iterator[str]:
    for overlay in overlays.each:
        if overlay.stated != overlay.length:
            yield f"the overlay of {overlay.page} lasts {overlay.length} ms, not {overlay.stated} as the package says"
    whole = sum(overlay.length for overlay in overlays.each)
    if overlays.stated != whole:
        yield f"all overlays together last {whole} ms, and the package says otherwise"


def _unjoined(pars: tuple[_Par, ...]) -> Iterator[str]:
    """Yield what laps over what is played before it from the same file, or inside a turn does not follow it."""
    ends: dict[str, int] = {}
    before = ""
    for par in pars:
        turn = par.node.rpartition("-s")[0]
        end = ends.get(par.sound, par.begin)
        if not 0 <= par.begin < par.end or par.begin < end or (par.begin > end and turn == before):
            yield par.node
        ends[par.sound], before = par.end, turn


def _latest(narration: Kept) -> dict[str, int]:
    """Return until when each clip may be played: until the next one of its track begins, or the track ends."""
    found: dict[str, int] = {}
    lengths = {track.name: track.duration for track in narration.tracks}
    nexts = dict(lengths)
    for clip in sorted(narration.clips, key=lambda clip: clip.begin, reverse=True):
        found[clip.node] = min(max(clip.end, nexts[clip.track]), lengths[clip.track])
        nexts[clip.track] = clip.begin
    return found


def _is_there(par: _Par, clip: AudioClip, latest: int) -> bool:
    """Tell whether something is played from where it was recorded, and to its end or that of the pause after it."""
    return par.begin == clip.begin and clip.end <= par.end <= latest


def _hollow(content: bytes | Path, known: Sequence[tuple[str, str]], narration: Kept) -> Iterator[str]:
    """Tell of files that do not hold their track, behind no more than a frame of ours."""
    tracks = {track.name: track for track in narration.tracks}
    with zipfile.ZipFile(io.BytesIO(content) if isinstance(content, bytes) else content) as book:
        for sound, name in known:
            track = tracks[name]
            with book.open(sound) as entry:
                before = Header(entry.read(HEADER)).size if narration.timeline == "narration" else track.begin
                entry.seek(before)
                if digest(entry, track.size) != track.digest:
                    yield f"{sound} does not hold the track {name}"


def _order(pars: tuple[_Par, ...], document: Document, spoken: Collection[str]) -> Account:
    """Tell of sentences of the conversation that are played twice, out of order or not at all, though spoken."""
    conversation = outline(document).conversation
    wanted = [str(one.id) for one in sentences(conversation) if one.id in spoken] if conversation else []
    known = set(wanted)
    missing, doubled, strays = in_order(wanted, [par.node for par in pars if par.node in known])
    other = [node for node, count in Counter(par.node for par in pars).items() if count > 1 and node not in known]
    faults = tuple(f"{node} was spoken and is not played" for node in missing)
    return Account(doubled=(*doubled, *other), out_of_order=strays, faults=faults)
