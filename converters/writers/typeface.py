"""The typeface inside the page: Atkinson Hyperlegible, where the text is in letters that it has.

It is packed as WOFF 1.0 (W3C Recommendation, 13 December 2012), whose tables zlib compresses:
half the size of the files of the package, for three milliseconds. WOFF 2.0 would save a tenth of
the page more, and needs a library whose import takes longer than the page.
"""

import struct
import zlib
from binascii import b2a_base64
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path
from typing import Final

FAMILY: Final = "Atkinson Hyperlegible"

_PACKAGE: Final = "fontpkg_atkinson_hyperlegible"
_FACES: Final = (("AtkinsonHyperlegible-Regular.ttf", 400), ("AtkinsonHyperlegible-Bold.ttf", 700))
_ITS_LETTERS: Final = frozenset(
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyzªµº"
    "ÀÁÂÃÄÅÆÇÈÉÊËÌÍÎÏÐÑÒÓÔÕÖØÙÚÛÜÝÞßàáâãäåæçèéêëìíîïðñòóôõöøùúûüýþÿ"
    "ĀāĂăĄąĆćĊċČčĎďĐđĒēĖėĘęĚěĞğĠġĢģĦħĪīĮįıĶķĻļĽľŁłŃńŅņŇňŐőŒœŔŕŘřŚśŞşŠšŢţŤťŪūŮůŰűŲųŸŹźŻżŽžƒȘșȚț"
)
_MOSTLY: Final = 0.98
"""The share of a text's letters that the typeface must have. Vietnamese, which would be set in two, has about 0.8."""


def face(text: str) -> str | None:
    """Return the typeface as CSS that loads nothing, None where it lacks the text's letters or is not installed."""
    letters = {letter: text.count(letter) for letter in set(text) if letter.isalpha()}
    its = sum(count for letter, count in letters.items() if letter in _ITS_LETTERS)
    return _embedded() if its and its >= sum(letters.values()) * _MOSTLY else None


@lru_cache(maxsize=1)
def _embedded() -> str | None:
    found = find_spec(_PACKAGE)
    folders = found.submodule_search_locations if found else None
    if not folders:
        return None
    return "\n".join(_rule(Path(folders[0]) / "files" / name, weight) for name, weight in _FACES)


def _rule(file: Path, weight: int) -> str:
    packed = b2a_base64(woff(file.read_bytes()), newline=False).decode("ascii")
    source = f'url("data:font/woff;base64,{packed}") format("woff")'
    return f'@font-face {{ font-family: "{FAMILY}"; font-weight: {weight}; src: {source}; }}'


def woff(font: bytes) -> bytes:
    """Return a TrueType font as WOFF 1.0 (§3 to §5): header, directory, and each table, compressed where that helps."""
    flavour, count = struct.unpack_from(">4sH", font)
    directory, tables, place = b"", b"", 44 + 20 * count
    whole = 12 + 16 * count
    for tag, checksum, offset, length in struct.iter_unpack(">4sIII", font[12 : 12 + 16 * count]):
        table = font[offset : offset + length]
        packed = min(table, zlib.compress(table, 3), key=len)
        directory += struct.pack(">4sIIII", tag, place, len(packed), length, checksum)
        tables += packed + bytes(-len(packed) % 4)
        place += len(packed) + -len(packed) % 4
        whole += length + -length % 4
    head = struct.pack(">4s4sIHHIHH5I", b"wOFF", flavour, place, count, 0, whole, 1, 0, 0, 0, 0, 0, 0)
    return head + directory + tables
