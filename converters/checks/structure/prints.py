"""How large print is built: tags, bookmarks, links and languages, as PDFium tells them.

A file may be bound in volumes; a part is then headed and bookmarked in one of them.
"""

import ctypes
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any, Final

import msgspec

from converters.checks.outside.answers import Said
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

_HEADINGS: Final = {f"H{level}": level for level in range(1, 7)}
_LINK: Final = 2
"""FPDF_ANNOT_LINK."""
_URI: Final = 3
"""PDFACTION_URI."""

LONGEST: Final = 100_000
"""Bytes of a string beyond which it is none of ours."""


class _Volume(msgspec.Struct):
    """What one file says: headings with level, words and page; bookmarks; addresses; languages of parts."""

    headings: list[tuple[int, str, str]]
    bookmarks: list[tuple[int, str, str]]
    links: list[str]
    languages: set[str]
    pictures: int
    faults: list[Said]


def faults_of_print(paths: Sequence[Path], wanted: Wanted) -> Iterator[Said]:
    """Yield what is wrong with large print."""
    volumes = [_read(path, f"volume {n}" if len(paths) > 1 else "", wanted) for n, path in enumerate(paths, 1)]
    for one in volumes:
        yield from one.faults
        yield from skipped(one.headings, 1)
        yield from skipped([(level, words, f"bookmark, {where}") for level, words, where in one.bookmarks], 1)
    yield from under_headings(
        wanted.entries, [words for one in volumes for _, words, _ in one.headings], "its headings"
    )
    yield from in_contents(wanted.entries, [words for one in volumes for _, words, _ in one.bookmarks], "its bookmarks")
    there = {link for one in volumes for link in one.links}
    for mark in wanted.links:
        if mark.value not in there:
            yield fault("link-lost", f"{quoted(mark.words)} leads no more to {mark.value}", mark.sentence)
    spoken = {language for one in volumes for language in one.languages}
    for mark in wanted.foreign:
        if mark.value not in spoken:
            words = f"{quoted(mark.words)} is in {mark.value}, and no tag says so"
            yield Said("language-of-passage", "warning", words, mark.sentence)  # what sets the tags cannot say it yet


def _read(path: Path, name: str, wanted: Wanted) -> _Volume:
    import pypdfium2  # type: ignore[import-untyped]  # it has no types
    from pypdfium2 import raw

    pdf = pypdfium2.PdfDocument(path.read_bytes())
    found = _Volume([], [], [], set(), 0, [])
    try:
        found.faults += title_fault(pdf.get_metadata_dict().get("Title", ""), wanted.title, name or "its metadata")
        language = _wide(lambda buffer, size: raw.FPDFCatalog_GetLanguage(pdf.raw, _shorts(buffer), size))
        found.faults += language_fault(language, wanted.language, name or "its catalog")
        if not raw.FPDFCatalog_IsTagged(pdf.raw):
            found.faults.append(fault("tags-lost", "it does not say that it is tagged", name))
        for mark in pdf.get_toc():
            found.bookmarks.append((mark.level + 1, mark.get_title(), f"level {mark.level + 1}"))
            if mark.get_dest() is None:
                found.faults.append(
                    fault("link-nowhere", f"the bookmark {quoted(mark.get_title())} leads nowhere", name)
                )
        for number, page in enumerate(pdf, 1):
            where = f"{name} page {number}".strip()
            _read_tags(raw, page, where, found)
            _read_links(raw, pdf, page, where, found)
    finally:
        pdf.close()
    return found


def _wide(call: Callable[[Any, int], int]) -> str:
    """Return what PDFium gives as UTF-16, asked first for its length."""
    size = call(None, 0)
    if not size or size > LONGEST:
        return ""
    buffer = ctypes.create_string_buffer(size)
    call(buffer, size)
    return buffer.raw[:size].decode("utf-16-le", "replace").rstrip("\0")


# tags -----------------------------------------------------------------------------------------


def _read_tags(raw: Any, page: Any, where: str, found: _Volume) -> None:
    tree = raw.FPDF_StructTree_GetForPage(page.raw)
    if not tree:
        return
    words = _words_by_mark(raw, page)
    for number in range(raw.FPDF_StructTree_CountChildren(tree)):
        _read_tag(raw, raw.FPDF_StructTree_GetChildAtIndex(tree, number), words, where, found)
    raw.FPDF_StructTree_Close(tree)


def _words_by_mark(raw: Any, page: Any) -> dict[int, str]:
    """Return the words of each stretch of marked content of a page."""
    text, found = page.get_textpage(), dict[int, str]()
    for one in page.get_objects(filter=[raw.FPDF_PAGEOBJ_TEXT], max_depth=1):
        mark = raw.FPDFPageObj_GetMarkedContentID(one.raw)
        found[mark] = found.get(mark, "") + _text_of(raw, one, text)
    return found


def _text_of(raw: Any, one: Any, text: Any) -> str:
    return _wide(lambda buffer, size: raw.FPDFTextObj_GetText(one.raw, text.raw, _shorts(buffer), size))


def _read_tag(raw: Any, tag: Any, words: dict[int, str], where: str, found: _Volume) -> None:
    if not tag:
        return
    kind = _wide(lambda buffer, size: raw.FPDF_StructElement_GetType(tag, buffer, size))
    if language := _wide(lambda buffer, size: raw.FPDF_StructElement_GetLang(tag, buffer, size)):
        found.languages.add(language)
    if kind in _HEADINGS:
        found.headings.append((_HEADINGS[kind], _words_in(raw, tag, words), where))
    if kind == "Figure" and not _wide(lambda buffer, size: raw.FPDF_StructElement_GetAltText(tag, buffer, size)):
        found.faults.append(fault("alt-lost", "a picture has no text alternative", where))
    for number in range(max(0, raw.FPDF_StructElement_CountChildren(tag))):
        _read_tag(raw, raw.FPDF_StructElement_GetChildAtIndex(tag, number), words, where, found)


def _words_in(raw: Any, tag: Any, words: dict[int, str]) -> str:
    """Return the words of a tag and all that is in it."""
    said = []
    for number in range(max(0, raw.FPDF_StructElement_CountChildren(tag))):
        child = raw.FPDF_StructElement_GetChildAtIndex(tag, number)
        if child:
            said.append(_words_in(raw, child, words))
        else:
            said.append(words.get(raw.FPDF_StructElement_GetChildMarkedContentID(tag, number), ""))
    return "".join(said)


# links ----------------------------------------------------------------------------------------


def _read_links(raw: Any, pdf: Any, page: Any, where: str, found: _Volume) -> None:
    place, link = ctypes.c_int(0), raw.FPDF_LINK()
    while raw.FPDFLink_Enumerate(page.raw, ctypes.byref(place), ctypes.byref(link)):
        note = raw.FPDFLink_GetAnnot(page.raw, link)
        words = _description(raw, note)
        raw.FPDFPage_CloseAnnot(note)
        if not words:
            found.faults.append(fault("alt-lost", "a link does not say in words where it leads (Contents)", where))
        action = raw.FPDFLink_GetAction(link)
        if action and raw.FPDFAction_GetType(action) == _URI:
            found.links.append(_address(raw, pdf, action))
        elif not raw.FPDFLink_GetDest(pdf.raw, link):
            found.faults.append(fault("link-nowhere", f"the link {quoted(words)} leads to nothing in the file", where))


def _description(raw: Any, note: Any) -> str:
    return _wide(lambda buffer, size: raw.FPDFAnnot_GetStringValue(note, b"Contents", _shorts(buffer), size))


def _shorts(buffer: Any) -> Any:
    return ctypes.cast(buffer, ctypes.POINTER(ctypes.c_ushort)) if buffer is not None else None


def _address(raw: Any, pdf: Any, action: Any) -> str:
    size = raw.FPDFAction_GetURIPath(pdf.raw, action, None, 0)
    buffer = ctypes.create_string_buffer(size)
    raw.FPDFAction_GetURIPath(pdf.raw, action, buffer, size)
    return buffer.value.decode("utf-8", "replace")
