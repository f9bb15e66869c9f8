"""What is read back of the editions that are several files of sound: a folder with a playlist, and an audiobook."""

import io
import itertools
import re
import zipfile
from collections.abc import Iterator, Sequence
from itertools import zip_longest
from pathlib import Path
from typing import BinaryIO, cast
from urllib.parse import unquote

import msgspec

from converters.checks.ledger import Account
from converters.checks.same_sound import files_account
from converters.checks.sound_pieces import SoundFile, SoundRead, fault, file_at, lengths, read_sound
from converters.narration.kept import Kept
from converters.timing import Milliseconds

INFORMATION = re.compile(r"#EXTINF:(\d+),(.*)")
DURATION = re.compile(r"PT(\d+)\.(\d{3})S")
MANIFEST = "publication.json"


class Told(msgspec.Struct, frozen=True, rename="camel"):
    """A file as a manifest tells of it."""

    url: str
    duration: str = ""
    rel: str = ""


class Publication(msgspec.Struct, frozen=True, rename="camel"):
    """What a manifest says of its files."""

    duration: str
    reading_order: tuple[Told, ...]
    resources: tuple[Told, ...]


def playlist_account(playlist: bytes, files: Sequence[Path], narration: Kept | None) -> Account:
    """Return what is wrong with a playlist and its files."""
    read = [read_sound(file_at(path), narration) for path in files]
    return _account(_misnamed(playlist, files, read), read, narration)


def _account(found: str | None, read: Sequence[SoundRead], narration: Kept | None) -> Account:
    """Return what is wrong with files as they are told of, and with their sound."""
    if narration is None:
        return Account(faults=tuple(filter(None, (found,))))
    sound = files_account(read, narration)
    faults = (found, *sound.faults, None if sound.faults else fault(read, narration))
    return msgspec.structs.replace(sound, faults=tuple(filter(None, faults)))


def _first_apart(named: Sequence[str], files: Sequence[Path]) -> str:
    """Return the first place at which a playlist and its files differ, in words."""
    for number, (name, path) in enumerate(zip_longest(named, files), 1):
        if name is None or path is None or not path.name.endswith(name):
            return f": {name or 'nothing'} is number {number}, where {path.name if path else 'nothing'} should be"
    return ""


def _misnamed(playlist: bytes, files: Sequence[Path], read: Sequence[SoundRead]) -> str | None:
    """Tell of a playlist that does not tell of its files, in order, and how long they are."""
    head, *lines = playlist.decode("ascii").splitlines()
    named = [line for line in lines if not line.startswith("#")]
    seconds = [int(match[1]) for line in lines if (match := INFORMATION.fullmatch(line))]
    if head != "#EXTM3U" or len(seconds) != len(named):
        return "its playlist does not tell of each file how long it is"
    if len(named) != len(files) or not all(path.name.endswith(name) for path, name in zip(files, named, strict=True)):
        return f"its playlist names other files{_first_apart(named, files)}"
    if named != sorted(named):
        return "its files sorted by name are in another order than the playlist"
    ends = [round(end / 1000) for end in lengths(read)]
    if list(itertools.accumulate(seconds)) != ends:
        return "the seconds of its playlist are not those of the files"
    return None


def audiobook_account(package: bytes | Path, narration: Kept | None) -> Account:
    """Return what is wrong with the manifest, contents and sound of an audiobook."""
    with zipfile.ZipFile(io.BytesIO(package) if isinstance(package, bytes) else package) as opened:
        told = msgspec.json.decode(opened.read(MANIFEST), type=Publication)
        names = set(opened.namelist()) - {MANIFEST}
        listed = [one.url for one in (*told.reading_order, *told.resources)]
        if len(set(listed)) != len(listed) or set(listed) != names:
            return Account(faults=("its manifest lists other files than there are",))
        read = [read_sound(_in_package(opened, one.url), narration) for one in told.reading_order]
        loose = _misstated(told, read) or _loose_link(opened.read(_contents_of(told)), told.reading_order)
        return _account(loose, read, narration)


def entry_page(package: bytes | Path) -> bytes:
    """Return the page of an audiobook that holds its transcript."""
    with zipfile.ZipFile(io.BytesIO(package) if isinstance(package, bytes) else package) as opened:
        return opened.read(_contents_of(msgspec.json.decode(opened.read(MANIFEST), type=Publication)))


def _contents_of(told: Publication) -> str:
    return next(one.url for one in told.resources if one.rel == "contents")


def _in_package(opened: zipfile.ZipFile, name: str) -> SoundFile:
    return SoundFile(name, lambda: cast("BinaryIO", opened.open(name)), opened.getinfo(name).file_size)


def _misstated(told: Publication, read: Sequence[SoundRead]) -> str | None:
    stated = [_milliseconds(one.duration) for one in told.reading_order]
    if list(itertools.accumulate(stated)) != list(lengths(read)):
        return "the durations of its manifest are not those of its files"
    return None if _milliseconds(told.duration) == sum(stated) else "its parts are not as long as the whole"


def _milliseconds(duration: str) -> Milliseconds:
    match = DURATION.fullmatch(duration)
    return Milliseconds(int(match[1]) * 1000 + int(match[2]) if match else -1)


def _loose_link(page: bytes, order: Sequence[Told]) -> str | None:
    """Tell of a link of the contents that leads nowhere, and of a part that none leads to, or not in order."""
    lengths_told = {one.url: _milliseconds(one.duration) for one in order}
    reached: list[str] = []
    for href in _contents_links(page):
        url, _, fragment = unquote(href).partition("#t=")
        if url not in lengths_told or float(fragment or 0) * 1000 >= lengths_told[url]:
            return f"its contents lead to {href}, which is not there"
        reached.append(url)
    return None if list(dict.fromkeys(reached)) == list(lengths_told) else "its contents do not lead to each part"


def _contents_links(page: bytes) -> Iterator[str]:
    from lxml import etree

    root = etree.fromstring(page, etree.HTMLParser(encoding="utf-8", huge_tree=True))
    for navigation in root.iter("nav"):
        if navigation.get("role") == "doc-toc":
            yield from (str(link.get("href")) for link in navigation.iter("a"))
