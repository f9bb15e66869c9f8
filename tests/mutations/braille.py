"""Damage to braille files, written in braille ASCII; in a PEF the same cells are signs of Unicode, a row a line."""

import re
from pathlib import Path

from .planting import Damage, Edit, cut, damage, gone, swap, words, written

ASCII = " A1B'K2L@CIF/MSP\"E3H9O6R^DJG>NTQ,*5<-U8V.%[$+X!&;:4\\0Z7(_?W]#Y)="
"""Braille ASCII in the order of the dots (North American Computer Braille)."""

ID = "transcript-t06-s2"
NAME = ",IGNACE3 "
ONE = ",X C IF ! :EEL ALL[S = X4"
TWO = ',X IS\n  NO M WR;G ?AN A /OPP$ "O ON ! WALL4'
LAST = "! FLOOD4\n"
NOTE = ",HE SD ? ON ! RADIO TOO1 9 !\nW9T] ( ! FLOOD4"
TURN = "transcript-t06 is not under the name of who says it"

PLANTED: tuple[tuple[str, str, str, tuple[str, ...]], ...] = (
    ("a sentence dropped", f"{ONE} {TWO}", f"{ONE}\n  ", (f"{ID} is missing",)),
    ("a sentence doubled", f"\n  {LAST}", f"\n  ! FLOOD4 {ONE}\n", ("transcript-t06-s1 is there twice",)),
    (
        "a sentence swapped with the next",
        f"{ONE} {TWO}",
        f',X IS NO M WR;G ?AN A /OPP$ "O\n  ON ! WALL4 {ONE}',
        ("is out of order", "transcript-t06-s"),
    ),
    ("a turn given to another", f"{NAME}{ONE}", f",TAMS93 {ONE}", (TURN,)),
    ("a name taken away", f"{NAME}{ONE}", ONE, (TURN,)),
    ("a word altered", "A /OPP$", "A /ART$", (f"{ID} reads otherwise",)),
    ("a note lost", NOTE, "\n", ("note-1-s1 is missing",)),
)


def _moved(text: str) -> str:
    """Put a sentence behind what another said in another exchange."""
    return words("%OP IS %UT8", f"%OP IS %UT8 {ONE}")(words(f"{NAME}{ONE}", NAME.rstrip())(text))


def _lines(edit: Edit) -> Edit:
    """Edit a file whose lines end as embossers want it."""
    return lambda text: edit(text.replace("\r\n", "\n")).replace("\n", "\r\n")


def _strange(path: Path) -> None:
    path.write_bytes(path.read_bytes().replace(b"/OPP$", b"\xe9OPP$", 1))


def cells(text: str) -> str:
    """Return braille ASCII as signs of Unicode; spaces at the end of a line are left out."""
    return "".join(chr(0x2800 + ASCII.index(letter)) for letter in text)


def _rows(edit: Edit) -> Edit:
    """Edit a PEF as if it were a braille file."""

    def rows(text: str) -> str:
        head, body = text.split("<body>")
        tags: list[str] = []

        def kept(tag: re.Match[str]) -> str:
            tags.append(tag[0])
            return chr(0xE000 + len(tags) - 1)

        plain = re.sub("<[^>]*>|\n", kept, body.replace("</row><row>", "\x1e")).replace("\x1e", "\n")
        found = edit("".join(ASCII[ord(one) - 0x2800] if "⠀" <= one <= "⠿" else one for one in plain))
        back = "".join(cells(one) if one in ASCII else one for one in found).replace("\n", "</row><row>")
        whole = "".join(tags[ord(one) - 0xE000] if "\ue000" <= one <= "\uf8ff" else one for one in back)
        return f"{head}<body>{whole}"

    return rows


def _without_page(text: str) -> str:
    pages = text.split("\f")
    (number,) = (n for n, page in enumerate(pages) if "/OPP$" in page)
    return "\f".join(pages[:number] + pages[number + 1 :])


def _cut(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    path.write_text(text[: len(text) // 2], encoding="utf-8")


BRF: tuple[Damage, ...] = (
    *(damage(name, written(_lines(words(old, new))), "parity", *told) for name, old, new, told in PLANTED),
    damage(
        "a sentence moved to another chapter", written(_lines(_moved)), "parity", "transcript-t06-s1 is out of order"
    ),
    damage(
        "the number of a page altered",
        written(_lines(swap(r"( {20,})#B\n", r"\1#H\n"))),
        "parity",
        "page 2 has another number",
    ),
    damage("a page lost", written(_without_page), "parity", "page", "has another number"),
    damage("another encoding", _strange, "characters", "no braille ASCII"),
    damage("the file cut in half", cut, "parity", "is missing"),
    damage("the file missing", gone, "missing", "tide.brf"),
)


PEF: tuple[Damage, ...] = (
    *(damage(name, written(_rows(words(old, new))), "parity", *told) for name, old, new, told in PLANTED),
    damage(
        "a sentence moved to another chapter", written(_rows(_moved)), "parity", "transcript-t06-s1 is out of order"
    ),
    damage("a page lost", written(swap(r"<page>(?:(?!<page>).)*⠌⠕⠏⠏⠫.*?</page>", "")), "parity", "has another number"),
    damage("a letter in print", written(words("⠌⠕⠏⠏⠫", "stopped")), "parity", "no braille"),
    damage(
        "the title removed", written(swap("<dc:title>.*?</dc:title>", "")), "title-lost", "The Clock in the Harbour"
    ),
    damage("the language removed", written(swap("<dc:language>.*?</dc:language>", "")), "language-lost", "en"),
    damage("the file cut in half", _cut, "parity", "cannot be read"),
    damage("the file missing", gone, "missing", "tide.pef"),
)
