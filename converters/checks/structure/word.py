"""How a Word file is built: styles of headings, the table of contents, bookmarks, links and languages, from its XML."""

import re
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Final

from converters.addresses import bookmark
from converters.checks.outside.answers import Said
from converters.checks.reading_back.markup import parsed
from converters.checks.structure.told import (
    fault,
    in_contents,
    language_fault,
    quoted,
    skipped,
    title_fault,
    under_headings,
)
from converters.checks.structure.wanted import Wanted

if TYPE_CHECKING:
    from lxml.etree import _Element

_W: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_R: Final = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_HEADING: Final = re.compile(r"Heading([1-9])(?:RTL|LTR)?")
_LINE: Final = re.compile(r"TOC[1-9].*")


def faults_of_word(path: Path, wanted: Wanted) -> Iterator[Said]:
    """Yield what is wrong with a Word file."""
    with zipfile.ZipFile(path) as package:
        body = parsed(package.read("word/document.xml"), xml=True)
        core = parsed(package.read("docProps/core.xml"), xml=True)
        styles = parsed(package.read("word/styles.xml"), xml=True)
        relations = parsed(package.read("word/_rels/document.xml.rels"), xml=True)
        noted = "word/footnotes.xml" in package.namelist()
        notes = parsed(package.read("word/footnotes.xml"), xml=True) if noted else None
    yield from title_fault(_text(core, "title"), wanted.title, "its properties")
    yield from title_fault(" ".join(words for style, words in _lines(body) if style.startswith("Title")), wanted.title,
                           "its first paragraph")  # fmt: skip
    spoken = next((str(one.get(f"{_W}val") or "") for one in styles.iter(f"{_W}lang")), "")
    yield from language_fault(spoken, wanted.language, "its styles")
    yield from language_fault(_text(core, "language"), wanted.language, "its properties")
    yield from _of_headings(body, wanted)
    targets = {str(one.get("Id")): str(one.get("Target")) for one in relations.iter("{*}Relationship")}
    yield from _of_places(body, wanted)
    yield from _of_links(body, targets, wanted)
    yield from _of_notes(body, notes, wanted)
    yield from _of_languages(body, styles, wanted)


def _text(root: "_Element", name: str) -> str:
    return next((str(one.text or "") for one in root.iter("*") if str(one.tag).endswith(f"}}{name}")), "")


def _lines(body: "_Element") -> Iterator[tuple[str, str]]:
    """Yield the style and the words of each paragraph."""
    for one in body.iter(f"{_W}p"):
        style = next((str(s.get(f"{_W}val")) for s in one.iter(f"{_W}pStyle")), "")
        yield style, "".join(str(t.text or "") for t in one.iter(f"{_W}t"))


def _of_headings(body: "_Element", wanted: Wanted) -> Iterator[Said]:
    found = [(int(match[1]), words, "") for style, words in _lines(body) if (match := _HEADING.fullmatch(style))]
    yield from skipped(found, 1)
    yield from under_headings(wanted.entries, [words for _, words, _ in found], "its headings")
    lines = [words for style, words in _lines(body) if _LINE.fullmatch(style)]
    yield from in_contents(wanted.entries, lines, "its table of contents")


def _of_places(body: "_Element", wanted: Wanted) -> Iterator[Said]:
    """Tell of parts whose bookmark is gone: links and other files lead to it."""
    there = {str(one.get(f"{_W}name")) for one in body.iter(f"{_W}bookmarkStart")}
    for entry in wanted.entries:
        if bookmark(entry.id) not in there:
            yield fault(
                "id-lost", f"nothing has the bookmark of {entry.id}, {quoted(entry.heading)}", bookmark(entry.id)
            )
    for one in body.iter(f"{_W}hyperlink"):
        anchor = one.get(f"{_W}anchor")
        if anchor and anchor not in there:
            yield fault("link-nowhere", f"a link leads to the bookmark {anchor}, which is not there", str(anchor))


def _of_links(body: "_Element", targets: dict[str, str], wanted: Wanted) -> Iterator[Said]:
    used = [str(one.get(f"{_R}id")) for one in body.iter(f"{_W}hyperlink") if one.get(f"{_R}id")]
    for identifier in used:
        if identifier not in targets:
            yield fault("link-nowhere", f"a link leads to {identifier}, which is in no list of addresses", identifier)
    there = {targets.get(identifier) for identifier in used}
    for mark in wanted.links:
        if mark.value not in there:
            yield fault("link-lost", f"{quoted(mark.words)} leads no more to {mark.value}", mark.sentence)


def _of_notes(body: "_Element", notes: "_Element | None", wanted: Wanted) -> Iterator[Said]:
    """Tell of marks of notes that are gone, or that no note answers to."""
    there = [] if notes is None else [str(one.get(f"{_W}id")) for one in notes.iter(f"{_W}footnote")]
    marks = [str(one.get(f"{_W}id")) for one in body.iter(f"{_W}footnoteReference")]
    for identifier in marks:
        if identifier not in there:
            yield fault("note-lost", f"the note {identifier} is not there, and its mark is", identifier)
    first = dict.fromkeys(mark.value for mark in wanted.notes)
    for identifier in list(first)[len(set(marks)) :]:
        yield fault("note-lost", f"there are fewer marks of notes than notes: {identifier} has none", identifier)


def _of_languages(body: "_Element", styles: "_Element", wanted: Wanted) -> Iterator[Said]:
    """Tell of words in another language that neither they themselves nor their style say."""
    by_style = {str(style.get(f"{_W}styleId")): _languages(style) for style in styles.iter(f"{_W}style")}
    worn = (str(one.get(f"{_W}val")) for one in body.iter(f"{_W}rStyle", f"{_W}pStyle"))
    there = _languages(body).union(*(by_style.get(name, set()) for name in worn))
    for mark in wanted.foreign:
        if mark.value not in there:
            yield fault(
                "language-lost", f"{quoted(mark.words)} is in {mark.value}, and it does not say so", mark.sentence
            )


def _languages(root: "_Element") -> set[str]:
    return {str(value) for one in root.iter(f"{_W}lang") for value in one.attrib.values()}
