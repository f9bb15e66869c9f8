"""How editions of plain text are built: their encoding, their lines, the head of captions, the numbers of cues."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import msgspec

from converters.checks.ledger import letters
from converters.checks.outside.answers import Said
from converters.checks.reading_back.markup import parsed
from converters.checks.structure.told import fault, language_fault, quoted, title_fault, under_headings
from converters.checks.structure.wanted import Wanted
from converters.document import Document
from converters.phrases import phrases_for

_NUMBER: Final = re.compile(r"(?m)^(\d+)\n\d\d:\d\d:\d\d,\d{3} --> ")
MOST: Final = 20
"""Differences of a model that are told one by one."""


def encoding_faults(path: Path) -> Iterator[Said]:
    """Tell of the first byte that is no UTF-8, by its line and the words around it."""
    content = path.read_bytes()
    try:
        content.decode()
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        around = content[max(0, error.start - 30) : error.start + 10].decode("latin-1")
        words = f"byte {content[error.start]:02X} is no UTF-8: {quoted(around)}"
        yield fault("encoding", words, f"{path.name} line {line}")


def faults_of_text(path: Path, wanted: Wanted) -> Iterator[Said]:
    """Yield what is wrong with plain text: its title comes first, and each heading stands on a line of its own."""
    lines = [line for line in path.read_text("utf-8", "replace").splitlines() if line.strip()]
    yield from title_fault(lines[0] if lines else "", wanted.title, "its first line")
    yield from under_headings(wanted.entries, lines, "its lines")
    if wanted.language:
        line = phrases_for(wanted.language).language_line.format(tag=wanted.language)
        told = " ".join(one for one in lines if letters(one) == letters(line)) and wanted.language
        yield from language_fault(told, wanted.language, "its last part")


def faults_of_captions(path: Path, wanted: Wanted) -> Iterator[Said]:
    """Yield what is wrong with the head of WebVTT, whose notes name title and language (WebVTT §4.1)."""
    head = re.split(r"(?m)^.*-->", path.read_text("utf-8", "replace"))[0]
    told = dict(re.findall(r"(?m)^(Title|Language): (.*)$", head))
    yield from title_fault(told.get("Title", ""), wanted.title, "the note at its head")
    yield from language_fault(told.get("Language", ""), wanted.language, "the note at its head")


def faults_of_subrip(path: Path) -> Iterator[Said]:
    """Yield where the numbers of cues do not run from 1, by which players and people find them."""
    text = path.read_text("utf-8", "replace").replace("\r\n", "\n")
    for number, told in enumerate(map(int, _NUMBER.findall(text)), 1):
        if told != number:
            yield fault("cue-number", f"the cue after number {number - 1} has the number {told}", f"cue {told}")
            return


def faults_of_chapters(path: Path, wanted: Wanted) -> Iterator[Said]:
    """Yield what is wrong with the head of a file of chapters."""
    told = msgspec.json.decode(path.read_bytes())
    yield from title_fault(str(told.get("title", "")), wanted.title, "title")


def faults_of_pef(path: Path, wanted: Wanted) -> Iterator[Said]:
    """Yield what is wrong with the metadata of a PEF (PEF 1.0, “Metadata”)."""
    root = parsed(path.read_bytes(), xml=True)
    for name, tell, want in (("title", title_fault, wanted.title), ("language", language_fault, wanted.language)):
        found = next((str(one.text or "") for one in root.iter("{http://purl.org/dc/elements/1.1/}" + name)), "")
        yield from tell(found, want, f"dc:{name}")


# the model ------------------------------------------------------------------------------------


def faults_of_model(path: Path, document: Document) -> Iterator[Said]:
    """Yield in what a model differs from the transcript, place by place."""
    there = msgspec.json.decode(path.read_bytes())
    found = _differences(msgspec.to_builtins(document), there, "", "")
    yield from (said for _, said in zip(range(MOST), found, strict=False))


def _differences(want: Any, have: Any, place: str, identifier: str) -> Iterator[Said]:
    match want, have:
        case dict(), dict():
            identifier = str(want.get("id") or identifier)
            for key in dict.fromkeys((*want, *have)):
                yield from _differences(want.get(key), have.get(key), f"{place}.{key}".lstrip("."), identifier)
        case list() | tuple(), list() | tuple() if len(want) == len(have):
            for number, (one, other) in enumerate(zip(want, have, strict=True)):
                yield from _differences(one, other, f"{place}[{number}]", identifier)
        case list() | tuple(), list() | tuple():
            yield fault("model-differs", f"{place} of {identifier or 'the episode'} has {len(have)} parts, not "
                        f"{len(want)}", place)  # fmt: skip
        case _ if want != have:
            whose = f"{place} of {identifier or 'the episode'}"
            words = f"{whose} is {_shown(have)}, and in the transcript {_shown(want)}"
            yield fault(_RULES.get(place, "model-differs"), words, place)
        case _:
            pass


_RULES: Final = {"metadata.title": "title-lost", "metadata.language": "language-lost"}


def _shown(value: Any) -> str:
    return "not there" if value is None else quoted(str(value))
