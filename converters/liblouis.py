"""The braille translation library, liblouis, found on this machine and never bundled; the one file that knows it.

Cells are handed to it and taken from it as dots (its mode ``dotsIO``), so no display table has a say in them:
outside this file a cell is a character of the Unicode block of braille patterns, U+2800 to U+28FF.
"""

import ctypes
import ctypes.util
import functools
import os
from collections.abc import Sequence
from pathlib import Path
from typing import Final

import msgspec

from converters.errors import MissingPartError

PLACE: Final = "CURBCUT_LIBLOUIS"
"""The environment variable that names the library's file, where it is in no usual place."""

ITALIC: Final = 0x1
BOLD: Final = 0x4
UNCONTRACTED: Final = 0x1000
"""Typeforms (``formtype`` of liblouis.h): emphasised, strong, and written without contractions."""

_NO_DOTS: Final = "\u2800"
_DOTS: Final = 0x8000
_DOTS_IO: Final = 4
_UNICODE_BRAILLE: Final = 64
_NO_UNDEFINED: Final = 128

_USUAL_PLACES: Final = (
    "liblouis.so.20",
    "/opt/homebrew/lib/liblouis.dylib",
    "/usr/local/lib/liblouis.dylib",
    "/opt/local/lib/liblouis.dylib",
    "C:/msys64/mingw64/bin/liblouis-20.dll",
    "C:/msys64/ucrt64/bin/liblouis-20.dll",
    "C:/Program Files/liblouis/bin/liblouis.dll",
)
"""Where Homebrew, MacPorts, MSYS2 and the makers' own archive put it, which the loader does not search."""

_LOG: Final = ctypes.CFUNCTYPE(None, ctypes.c_int, ctypes.c_char_p)


class Translated(msgspec.Struct, frozen=True):
    """Braille cells, and for each of them the place in the text of the character that it stands for."""

    cells: str
    places: tuple[int, ...]


class Liblouis:
    """One loaded library. Tables are named as in its folder of tables; it keeps those that it has compiled."""

    def __init__(self, library: ctypes.CDLL) -> None:
        """Take the library into use, silently: it would write to the terminal otherwise."""
        self._library = library
        self._said: list[str] = []
        self._log = _LOG(self._hear)
        library.lou_registerLogCallback(self._log)
        for name in ("lou_version", "lou_findTable", "lou_getTableInfo"):
            getattr(library, name).restype = ctypes.c_char_p
        self._width = int(library.lou_charSize())
        self._encoding = "utf-16-le" if self._width == ctypes.sizeof(ctypes.c_uint16) else "utf-32-le"

    @property
    def version(self) -> str:
        """The library's version, such as ``3.24.0``."""
        return bytes(self._library.lou_version()).decode("ascii", "replace")

    def has(self, table: str) -> bool:
        """Tell whether a table is there and can be used."""
        self._said.clear()
        return bool(self._library.lou_getTable(table.encode()))

    def find(self, query: str) -> str | None:
        """Return the file name of the table that fits a query best (“language:sv contraction:no”), None without any."""
        found = self._library.lou_findTable(query.encode())
        return Path(os.fsdecode(found)).name if found else None

    def fact(self, table: str, name: str) -> str | None:
        """Return what a table says of itself, such as its ``direction``, None where it says nothing."""
        found = self._library.lou_getTableInfo(table.encode(), name.encode())
        return bytes(found).decode("utf-8", "replace") if found else None

    def forward(self, table: str, text: str, forms: Sequence[int] | None = None) -> Translated:
        """Return a text in braille; ``forms`` holds a typeform for each of its characters."""
        return self._run("lou_translate", table, text, _DOTS_IO | _UNICODE_BRAILLE, forms)

    def knows(self, table: str, character: str) -> bool:
        """Tell whether a table has cells for a character, and not only a blank one."""
        mode = _DOTS_IO | _UNICODE_BRAILLE | _NO_UNDEFINED
        return bool(self._run("lou_translate", table, character, mode, None).cells.strip(_NO_DOTS))

    def back(self, table: str, cells: str) -> str:
        """Return the text that cells stand for by a table."""
        dots = "".join(chr(_DOTS | (ord(cell) & 0xFF)) for cell in cells)
        return self._run("lou_backTranslate", table, dots, _DOTS_IO, None).cells

    def _run(self, function: str, table: str, text: str, mode: int, forms: Sequence[int] | None) -> Translated:
        room = len(text) * 6 + 64
        while True:
            done, translated = self._attempt(function, table, text, mode, forms, room)
            if done:
                return translated
            room *= 4

    def _attempt(
        self, function: str, table: str, text: str, mode: int, forms: Sequence[int] | None, room: int
    ) -> tuple[bool, Translated]:
        """Run the library once; the first value tells whether it had room for all of the text."""
        raw = text.encode(self._encoding, "replace")
        units = len(raw) // self._width
        taken, given = ctypes.c_int(units), ctypes.c_int(room)
        out = ctypes.create_string_buffer(room * self._width)
        typeforms = (ctypes.c_ushort * room)(*forms) if forms else None
        places = (ctypes.c_int * room)()
        self._said.clear()
        run = getattr(self._library, function)
        well = run(
            table.encode(), raw, ctypes.byref(taken), out, ctypes.byref(given), typeforms, None,
            (ctypes.c_int * (units + 1))(), places, None, mode,
        )  # fmt: skip
        if not well:
            raise MissingPartError(
                f"The braille library cannot use its table {table} ({' '.join(self._said[-1:]) or 'no reason given'}). "
                "Its tables come with it (Debian: liblouis-data). See: curbcut doctor"
            )
        cells = out.raw[: given.value * self._width].decode(self._encoding, "replace")
        return taken.value >= units, Translated(cells, tuple(places[: given.value]))

    def _hear(self, level: int, message: bytes) -> None:
        del level
        self._said = [*self._said[-8:], message.decode("utf-8", "replace")]


def library_path() -> str | None:
    """Return what to load the library by, None where it is not on this machine."""
    if named := os.environ.get(PLACE):
        return named if Path(named).is_file() else None
    found = ctypes.util.find_library("louis") or ctypes.util.find_library("liblouis")
    return found or next((place for place in _USUAL_PLACES if Path(place).is_file()), None)


@functools.cache
def liblouis() -> Liblouis:
    """Return the library, loaded once a process. Raises ``MissingPartError``."""
    path = library_path()
    try:
        if path:
            return Liblouis(ctypes.CDLL(path))
    except (OSError, AttributeError) as error:
        raise MissingPartError(f"The braille library {path} cannot be used ({error}). See: curbcut doctor") from error
    raise MissingPartError(
        "The braille library liblouis is not on this machine, so there is no braille edition. "
        "Get it (Debian: sudo apt-get install liblouis20 liblouis-data; macOS: brew install liblouis). "
        "See: curbcut doctor"
    )


def installed_version() -> str | None:
    """Return the library's version for doctor, None where it is missing or cannot be used."""
    try:
        return liblouis().version
    except MissingPartError:
        return None
