"""Damage to large print, planted with pikepdf: letters in the streams of pages, tags, bookmarks, links and metadata."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pikepdf

from .episode import AFTER, BEFORE, LATE
from .planting import Damage, Plant, cut, damage, gone

ID = "transcript-t06-s2"
TURN = "transcript-t06 is not under the name of who says it"
Glyph = tuple[str, bytes]
"""The letters that a glyph stands for, and its two bytes."""


def opened(edit: Callable[[Any], None]) -> Plant:
    """Damage a PDF that pikepdf has read, and write it anew."""

    def plant(path: Path) -> None:
        with pikepdf.open(path, allow_overwriting_input=True) as pdf:
            edit(pdf)
            pdf.save(path)

    return plant


# letters ------------------------------------------------------------------------------------------


class Shown:
    """A place of a page at which glyphs are shown in one typeface (ISO 32000-1 §9.4.3)."""

    def __init__(self, number: int, font: str, glyphs: list[Glyph]) -> None:
        self.number, self.font, self.glyphs = number, font, glyphs


class Stream:
    """The instructions of a page, and what they show."""

    def __init__(self, page: Any) -> None:
        self.page = page
        self.told = list(pikepdf.parse_content_stream(page))
        fonts = {name: _letters(font) for name, font in page.Resources.Font.items()}
        self.shown: list[Shown] = []
        font = ""
        for number, one in enumerate(self.told):
            if str(one.operator) == "Tf":
                font = str(one.operands[0])
            if str(one.operator) == "TJ":
                codes = b"".join(bytes(part) for part in one.operands[0] if isinstance(part, pikepdf.String))
                pairs = [codes[at : at + 2] for at in range(0, len(codes), 2)]
                self.shown.append(Shown(number, font, [(fonts[font].get(pair, ""), pair) for pair in pairs]))

    def found(self, words: str) -> list[Shown] | None:
        """Return the places that show some words and nothing else."""
        wanted = _bare(words)
        for first in range(len(self.shown)):
            text = ""
            for last in range(first, len(self.shown)):
                text += _bare("".join(letter for letter, _ in self.shown[last].glyphs))
                if text == wanted:
                    return [one for one in self.shown[first : last + 1] if one.glyphs]
                if not wanted.startswith(text):
                    break
        return None

    def show(self, one: Shown, glyphs: list[Glyph]) -> None:
        """Show other glyphs at a place."""
        array = pikepdf.Array([pikepdf.String(b"".join(code for _, code in glyphs))])
        self.told[one.number] = pikepdf.ContentStreamInstruction([array], pikepdf.Operator("TJ"))

    def smaller(self, one: Shown) -> None:
        """Set the glyphs of a place in a smaller size, so that more fit into a line."""
        number = max(n for n in range(one.number) if str(self.told[n].operator) == "Tf")
        name, size = self.told[number].operands
        self.told[number] = pikepdf.ContentStreamInstruction([name, float(size) * 0.4], pikepdf.Operator("Tf"))

    def keep(self, pdf: Any) -> None:
        self.page.Contents = pdf.make_stream(pikepdf.unparse_content_stream(self.told))


def _bare(words: str) -> str:
    return "".join(filter(str.isalnum, words))


def _letters(font: Any) -> dict[bytes, str]:
    """Return what glyphs stand for, from the font's own table (ISO 32000-1 §9.10.3)."""
    table = font.ToUnicode.read_bytes().decode("latin-1")
    pairs = re.findall(r"<([0-9a-fA-F]{4})> <([0-9a-fA-F]+)>\n", table)
    return {bytes.fromhex(code): bytes.fromhex(text).decode("utf-16-be") for code, text in pairs}


def streams(pdf: Any) -> Iterator[Stream]:
    return (Stream(page) for page in pdf.pages)


def on_page(pdf: Any, *several: str) -> tuple[Stream, list[list[Shown]]]:
    """Return the first page that shows each of several sentences, and where."""
    for stream in streams(pdf):
        places = [stream.found(words) for words in several]
        if all(places):
            return stream, [place for place in places if place]
    raise AssertionError(f"{several} are on no page")


def retyped(*words: str, becomes: Callable[..., list[Glyph]], small: bool = False) -> Plant:
    """Show other glyphs where some sentences stand, as many in each place as its share is."""

    def edit(pdf: Any) -> None:
        stream, places = on_page(pdf, *words)
        glyphs = becomes(*([glyph for one in place for glyph in one.glyphs] for place in places))
        every = [one for place in places for one in place]
        total, at = sum(len(one.glyphs) for one in every), 0
        for number, one in enumerate(every, 1):
            end = len(glyphs) if number == len(every) else at + len(glyphs) * len(one.glyphs) // total
            stream.show(one, glyphs[at:end])
            at = end
            if small:
                stream.smaller(one)
        stream.keep(pdf)

    return opened(edit)


def _reversed_word(glyphs: list[Glyph]) -> list[Glyph]:
    """Turn the word “wrong” round."""
    text = "".join(letter for letter, _ in glyphs)
    at = text.index("wrong")
    return glyphs[:at] + glyphs[at : at + 5][::-1] + glyphs[at + 5 :]


def _name(pdf: Any, new: str) -> None:
    """Show another name before the turn, or none, in the letters of the same typeface."""
    stream, [[first, *_]] = on_page(pdf, BEFORE)
    number = stream.shown.index(first)
    name = max((one for one in stream.shown[:number] if one.glyphs), key=lambda one: one.number)
    known = {letter: code for one in stream.shown if one.font == name.font for letter, code in one.glyphs}
    stream.show(name, [(letter, known[letter]) for letter in new])
    stream.keep(pdf)


# structure ------------------------------------------------------------------------------------


def tags(one: Any, kind: str) -> Iterator[Any]:
    """Yield the elements of a kind below one, in order."""
    if not isinstance(one, pikepdf.Dictionary):
        return
    if str(one.get("/S", "")) == kind:
        yield one
    below: Any = one.get("/K", [])
    for inner in below if isinstance(below, pikepdf.Array) else [below]:
        yield from tags(inner, kind)


def _retagged(kind: str, other: str, number: int) -> Plant:
    def edit(pdf: Any) -> None:
        list(tags(pdf.Root.StructTreeRoot, kind))[number].S = pikepdf.Name(other)

    return opened(edit)


def _without_bookmark(pdf: Any) -> None:
    with pdf.open_outline() as outline:
        for one in _bookmarks(outline.root):
            one.children[:] = [child for child in one.children if not child.title.startswith("3. ")]


def _bookmarks(several: Any) -> Iterator[Any]:
    for one in several:
        yield one
        yield from _bookmarks(one.children)


def _renamed_bookmark(pdf: Any) -> None:
    with pdf.open_outline() as outline:
        next(one for one in _bookmarks(outline.root) if one.title.startswith("3. ")).title = "Something else"


def _links(pdf: Any) -> list[Any]:
    return [one for page in pdf.pages for one in page.get("/Annots", []) if one.get("/Subtype") == "/Link"]


def _astray(pdf: Any) -> None:
    next(one for one in _links(pdf) if str(one.get("/Dest", "")) == "transcript-t05-exchange").Dest = pikepdf.String(
        "no"
    )


def _no_address(pdf: Any) -> None:
    for one in _links(pdf):
        if "/A" in one and str(one.A.get("/URI", "")) == "https://harbour.example/office":
            one.A.URI = pikepdf.String("https://nowhere.example/")


def _wordless(pdf: Any) -> None:
    del _links(pdf)[0]["/Contents"]


def _untitled(pdf: Any) -> None:
    del pdf.docinfo["/Title"]


def _speechless(pdf: Any) -> None:
    del pdf.Root["/Lang"]


def _untagged(pdf: Any) -> None:
    del pdf.Root["/MarkInfo"]
    del pdf.Root["/StructTreeRoot"]


def _without_page(pdf: Any) -> None:
    number = next(n for n, stream in enumerate(streams(pdf)) if stream.found(LATE))
    del pdf.pages[number]


PRINT: tuple[Damage, ...] = (
    damage("a sentence dropped", retyped(LATE, becomes=lambda _: []), "parity", f"{ID} is missing"),
    damage(
        "a sentence doubled", retyped(LATE, becomes=lambda one: one + one, small=True), "parity", f"{ID} is there twice"
    ),
    damage(
        "a sentence swapped with the next",
        retyped(BEFORE, LATE, becomes=lambda one, two: two + one),
        "parity",
        "is out of order",
        "transcript-t06-s",
    ),
    damage(
        "a sentence moved to another place",
        retyped(BEFORE, LATE, AFTER, becomes=lambda one, two, three: one + three + two),
        "parity",
        "is out of order",
        "transcript-t06-s",
    ),
    damage("a word altered", retyped(LATE, becomes=_reversed_word), "parity", f"{ID} reads otherwise"),
    damage("a turn given to another", opened(lambda pdf: _name(pdf, "Tamsin Orrelby:")), "parity", TURN),
    damage("a name taken away", opened(lambda pdf: _name(pdf, "")), "parity", TURN),
    damage(
        "a note lost",
        retyped("He said this on the radio too, in the winter of the flood.", becomes=lambda _: []),
        "parity",
        "note-1-s1 is missing",
    ),
    damage("a page lost", opened(_without_page), "parity", "is missing"),
    damage("a heading skipped", _retagged("/H3", "/H5", 1), "heading-skipped", "level 5", "1. Tamsin Orrelby"),
    damage("a heading that is none", _retagged("/H3", "/P", 3), "heading-lost", "transcript-t05-exchange"),
    damage("a chapter lost from the bookmarks", opened(_without_bookmark), "contents-lost", "transcript-t05-exchange"),
    damage("a chapter called otherwise", opened(_renamed_bookmark), "contents-lost", "transcript-t05-exchange"),
    damage("a link leading nowhere", opened(_astray), "link-nowhere", "3. Tamsin Orrelby"),
    damage("a link of the source lost", opened(_no_address), "link-lost", "https://harbour.example/office"),
    damage("the words of a link removed", opened(_wordless), "alt-lost", "Contents"),
    damage("the title removed", opened(_untitled), "title-lost", "The Clock in the Harbour"),
    damage("the language removed", opened(_speechless), "language-lost", "language en"),
    damage("the tags removed", opened(_untagged), "tags-lost", "tagged"),
    damage("the file cut in half", cut, "parity", "cannot be read"),
    damage("the file missing", gone, "missing", "tide-large-print.pdf"),
)
