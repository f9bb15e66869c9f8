"""Which braille code a language is written in: the tables of liblouis, by language and grade.

The languages that we know best are kept here by hand; of the others the library is asked, by what its tables say
of themselves. Only literary codes of six dots are taken: nothing else can be embossed or stand in a BRF.
"""

from typing import Final, Literal

import msgspec

from converters.errors import MissingPartError
from converters.liblouis import liblouis

Grade = Literal[1, 2]
"""Braille in which every letter is written out, and braille with contractions."""


class Code(msgspec.Struct, frozen=True):
    """A braille code: the table that writes it, and the one for words that its contractions do not suit.

    ``name`` is what its readers call it, empty where we do not know; ``unified`` tells Unified English Braille,
    whose indicators we may set ourselves.
    """

    language: str
    grade: Grade
    table: str
    plain: str
    name: str = ""
    unified: bool = False


class NoBrailleError(MissingPartError):
    """A language that the library on this machine has no braille for."""


class _Row(msgspec.Struct, frozen=True):
    """The tables of a language; ``contracted`` is None where none is in use, ``ordinary`` the grade of books."""

    plain: str
    contracted: str | None = None
    ordinary: Grade = 1
    foreign: str | None = None
    names: tuple[str, str] = ("", "")


_ENGLISH: Final = ("Unified English Braille, uncontracted", "Unified English Braille, contracted")
_KEPT: Final[dict[str, _Row]] = {
    "en": _Row("en-ueb-g1.ctb", "en-ueb-g2.ctb", 2, names=_ENGLISH),
    "de": _Row("de-g1.ctb", "de-g2.ctb", 1, "de-g0.utb", ("Deutsche Vollschrift", "Deutsche Kurzschrift")),
    "es": _Row("es-g1.ctb", "es-g2.ctb", names=("Braille español integral", "Braille español estenográfico")),
    "fr": _Row("fr-bfu-comp6.utb", "fr-bfu-g2.ctb", names=("Braille français intégral", "Braille français abrégé")),
    "it": _Row("it-it-comp6.utb"),
    "pt": _Row("pt-pt-g1.utb", "pt-pt-g2.ctb"),
    "ca": _Row("ca-g1.ctb"),
    "nl": _Row("nl-NL-g0.utb"),
    "sv": _Row("sv-g0.utb", "sv-g2.ctb"),
    "da": _Row("da-dk-g16.ctb", "da-dk-g26.ctb"),
    "no": _Row("no-no-g0.utb", "no-no-g3.ctb"),
    "nb": _Row("no-no-g0.utb", "no-no-g3.ctb"),
    "nn": _Row("no-no-g0.utb", "no-no-g3.ctb"),
    "fi": _Row("fi.utb"),
    "is": _Row("is.ctb"),
    "pl": _Row("Pl-Pl-g1.utb"),
    "cs": _Row("cs-g1.ctb"),
    "sk": _Row("sk-g1.ctb"),
    "sl": _Row("sl-si-g1.utb"),
    "hr": _Row("hr-g1.ctb"),
    "sr": _Row("sr-g1.ctb"),
    "hu": _Row("hu-hu-g1.ctb", "hu-hu-g2.ctb"),
    "ro": _Row("ro.ctb"),
    "tr": _Row("tr-g1.ctb", "tr-g2.ctb"),
    "ru": _Row("ru-litbrl.ctb"),
    "uk": _Row("uk.utb"),
    "bg": _Row("bg.utb"),
    "el": _Row("el.ctb"),
    "et": _Row("et-g0.utb"),
    "lt": _Row("lt-6dot.utb"),
    "lv": _Row("Lv-Lv-g1.utb"),
    "eo": _Row("eo-g1.ctb"),
    "he": _Row("he-IL.utb"),
    "ar": _Row("ar-ar-g1.utb", "ar-ar-g2.ctb"),
    "fa": _Row("fa-ir-g1.utb"),
    "hi": _Row("hi-in-g1.utb"),
    "ko": _Row("ko-g1.ctb", "ko-g2.ctb"),
    "vi": _Row("vi-vn-g1.ctb", "vi-vn-g2.ctb"),
    "zh": _Row("zhcn-cbs.ctb"),
    "zh-hant": _Row("zh-tw.ctb"),
    "zh-tw": _Row("zh-tw.ctb"),
    "zh-hk": _Row("zh-hk.ctb"),
    "cmn": _Row("zhcn-cbs.ctb"),
    "yue": _Row("zh-hk.ctb"),
}
"""Books for adults are contracted in English. In German contracted braille is as usual, but the library cannot read
its own back (of 331 words of a talk 193 came back as others, none of the Vollschrift), so it is written on request
only; in French and most others uncontracted braille is what every reader can read."""

_SCRIPTS: Final = (
    ("\u0370", "\u03ff", "el"), ("\u1f00", "\u1fff", "el"), ("\u0400", "\u052f", "ru"), ("\u0590", "\u05ff", "he"),
    ("\u0600", "\u06ff", "ar"), ("\u0900", "\u097f", "hi"), ("\u4e00", "\u9fff", "zh"), ("\uac00", "\ud7af", "ko"),
)  # fmt: skip
"""The language whose code writes the letters of a script, where a text in another one has them."""


def code_for(language: str, grade: Grade | None = None) -> Code:
    """Return the code of a BCP 47 language; without a grade, its readers' ordinary one.

    Raises ``NoBrailleError`` where the library has none of six dots, ``MissingPartError`` without the library.
    """
    if language == "und":
        raise NoBrailleError("The language is not known, so there is no braille. Set it with --language.")
    row = _row(language)
    if row is None:
        raise NoBrailleError(
            f"There is no braille for the language “{language}”: the library liblouis {liblouis().version} has no "
            "six-dot table for it. If the language is wrong, set it with --language; a newer liblouis may have one."
        )
    if not liblouis().has(row.plain):
        raise NoBrailleError(
            f"The braille library has no table {row.plain} here, so there is no braille for the language “{language}”. "
            "Its tables come with it (Debian: liblouis-data). See: curbcut doctor"
        )
    wanted = grade or row.ordinary
    contracted = row.contracted if wanted > 1 and row.contracted and liblouis().has(row.contracted) else None
    taken: Grade = 2 if contracted else 1
    return Code(
        language, taken, contracted or row.plain, row.foreign or row.plain, row.names[taken - 1],
        unified=row.plain.startswith("en-ueb"),
    )  # fmt: skip


def language_of(letter: str) -> str | None:
    """Return the language whose code writes a letter that stands in a text of another, None for Latin and signs."""
    return next((language for first, last, language in _SCRIPTS if first <= letter <= last), None)


def _row(language: str) -> _Row | None:
    subtags = language.lower().split("-")
    for count in range(len(subtags), 0, -1):
        if row := _KEPT.get("-".join(subtags[:count])):
            return row
    found = liblouis().find(f"language:{subtags[0]} type:literary contraction:no dots:6")
    if found is None or not _fits(found, subtags[0]):
        return None
    contracted = liblouis().find(f"language:{subtags[0]} type:literary contraction:full dots:6")
    return _Row(found, contracted if contracted != found and contracted and _fits(contracted, subtags[0]) else None)


def _fits(table: str, language: str) -> bool:
    """Tell whether a table that was found is one of six dots for this very language: the search is a lenient one."""
    facts = {name: liblouis().fact(table, name) for name in ("language", "type", "dots")}
    own = (facts["language"] or "").split("-")[0].lower() == language
    return own and facts["dots"] != "8" and facts["type"] == "literary"
