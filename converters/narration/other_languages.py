"""German and Spanish as printed, and as a person would say them.

Their voices read numbers, percent and most abbreviations well; this is what they stop at or
get wrong. Other languages are left to the engine.
"""

import re
from functools import cache
from typing import Final

from converters.document import LanguageTag

PESOS: Final = frozenset("ar cl co cu do mx uy".split())
Rows = tuple[tuple[str, re.Pattern[str], str], ...]
"""A sign without which a row cannot apply (or none), what is looked for, what is said."""

GERMAN_ORDINALS: Final = (
    "erst zweit dritt viert fünft sechst siebt acht neunt zehnt elft zwölft dreizehnt vierzehnt fünfzehnt sechzehnt "
    "siebzehnt achtzehnt neunzehnt zwanzigst einundzwanzigst zweiundzwanzigst dreiundzwanzigst vierundzwanzigst "
    "fünfundzwanzigst sechsundzwanzigst siebenundzwanzigst achtundzwanzigst neunundzwanzigst dreißigst einunddreißigst"
).split()
GERMAN_MONTHS: Final = "Januar Februar März April Mai Juni Juli August September Oktober November Dezember".split()
NUMBER: Final = r"\d[\d.,]*\d|\d"


def said_in_german(text: str) -> str:
    """Return a German sentence without what its voice stops at."""
    if any(sign.isdigit() for sign in text):
        text = _german_day().sub(_german_day_words, text)
        text = _german_date().sub(_german_date_words, text)
    return _told(text, _german())


def said_in_spanish(text: str, language: LanguageTag) -> str:
    """Return a Spanish sentence without what its voice stops at; ``$`` is what it is in that country."""
    if "$" in text:
        dollars = "pesos" if language.lower().rpartition("-")[2] in PESOS else "dólares"
        text = _spanish_sum("\\$", dollars, text)
    for sign, currency in (("€", "euros"), ("£", "libras")):
        if sign in text:
            text = _spanish_sum(sign, currency, text)
    return _told(text, _spanish())


def _told(text: str, rows: Rows) -> str:
    for sign, expression, said in rows:
        if sign in text:
            text = expression.sub(said, text)
    return text


def _spanish_sum(sign: str, currency: str, text: str) -> str:
    """Return ``5 millones de dólares`` for ``$5 millones``."""

    def said(found: re.Match[str]) -> str:
        scale = found[2] or ""
        return f"{found[1]}{scale} {'de ' if 'mill' in scale else ''}{currency}"

    return re.sub(rf"(?<!\w)(?:US)?{sign} ?({NUMBER})((?: mil\b)?(?: mill(?:ones|ón)\b)?)", said, text)


# German --------------------------------------------------------------------------------------


@cache
def _german_day() -> re.Pattern[str]:
    return re.compile(rf"(?:\b(der|die|das) )?(?<![\d.,])\b([12]?\d|3[01])\. ?({'|'.join(GERMAN_MONTHS)})\b")


def _german_day_words(found: re.Match[str]) -> str:
    article, day, month = found[1], int(found[2]), found[3]
    if not day:
        return found[0]
    ending = "e" if article else "en"
    return f"{f'{article} ' if article else ''}{GERMAN_ORDINALS[day - 1]}{ending} {month}"


@cache
def _german_date() -> re.Pattern[str]:
    return re.compile(
        r"(?:\b(der|die|das) )?(?<![\d.,])\b(0?[1-9]|[12]\d|3[01])\.(0?[1-9]|1[0-2])\.(?=(?:\d{4}|\d\d)\b)"
    )


def _german_date_words(found: re.Match[str]) -> str:
    ending = "e" if found[1] else "en"
    article = f"{found[1]} " if found[1] else ""
    return f"{article}{GERMAN_ORDINALS[int(found[2]) - 1]}{ending} {GERMAN_MONTHS[int(found[3]) - 1]} "


@cache
def _german() -> Rows:
    return (
        (".", re.compile(r"\bz\. ?B\."), "zum Beispiel"),
        (".", re.compile(r"\bd\. ?h\."), "das heißt"),
        (".", re.compile(r"\bu\. ?a\."), "unter anderem"),
        (".", re.compile(r"\bu\. ?s\. ?w\.(?=\s+\w)|\busw\.(?=\s+\w)"), "und so weiter"),
        ("usw", re.compile(r"\busw\b"), "und so weiter"),
        (".", re.compile(r"\bDr\. (?=\w)"), "Doktor "),
        (".", re.compile(r"\bProf\. (?=\w)"), "Professor "),
        (".", re.compile(r"\bNr\. ?(?=\d)"), "Nummer "),
        (".", re.compile(r"\bMio\."), "Millionen"),
        (".", re.compile(r"\bMrd\."), "Milliarden"),
        (".", re.compile(r"\bca\. ?(?=\w)"), "circa "),
        ("–", re.compile(r"(?<=\d) ?– ?(?=\d)"), " bis "),
        ("-", re.compile(r"(?<![\d-])(\d[\d.,]*)-(?=\d[\d.,]*(?![\d-]))"), r"\1 bis "),
        ("°", re.compile(r" ?° ?C\b"), " Grad Celsius"),
        ("$", re.compile(rf"\$ ?({NUMBER})((?: Millionen| Milliarden)?)"), r"\1\2 Dollar"),
        ("€", re.compile(rf"€ ?({NUMBER})((?: Millionen| Milliarden)?)"), r"\1\2 Euro"),
        ("£", re.compile(rf"£ ?({NUMBER})((?: Millionen| Milliarden)?)"), r"\1\2 Pfund"),
        ("EU", re.compile(r"\bEU\b"), "E.U"),
        ("USA", re.compile(r"\bUSA\b"), "U.S.A"),
        ("OSZE", re.compile(r"\bOSZE\b"), "O.S.Z.E"),
        ("ARD", re.compile(r"\bARD\b"), "A.R.D"),
        ("CIA", re.compile(r"\bCIA\b"), "C.I.A"),
        ("IAEA", re.compile(r"\bIAEA\b"), "I.A.E.A"),
        ("KI", re.compile(r"\bKI\b"), "K.I"),
        ("WHO", re.compile(r"\bWHO\b"), "W.H.O"),
        ("ICE", re.compile(r"\bICE\b"), "I.C.E"),
    )


# Spanish -------------------------------------------------------------------------------------


@cache
def _spanish() -> Rows:
    return (
        ("&", re.compile(r"\s+&\s+"), " y "),
        ("EE", re.compile(r"\bEE\. ?UU\.?|\bEEUU\b"), "Estados Unidos"),
        (".", re.compile(r"\bDr\. (?=\w)"), "doctor "),
        (".", re.compile(r"\bDra\. (?=\w)"), "doctora "),
        (".", re.compile(r"\bSr\. (?=\w)"), "señor "),
        (".", re.compile(r"\bSra\. (?=\w)"), "señora "),
        (".", re.compile(r"\bSrta\. (?=\w)"), "señorita "),
        (".", re.compile(r"\b[Pp]\. ?ej\."), "por ejemplo"),
        ("º", re.compile(r"\b[Nn]\.? ?º ?(?=\d)"), "número "),
        ("–", re.compile(r"(?<=\d) ?– ?(?=\d)"), " a "),
        ("-", re.compile(r"(?<![\d-])(\d[\d.,]*)-(?=\d[\d.,]*(?![\d-]))"), r"\1 a "),
        ("/", re.compile(r"\b1/2\b"), "medio"),
        ("/", re.compile(r"(?<=\d)/(?=\d)"), " "),
        ("/", re.compile(r"\b([yYoO])/([oO])\b"), r"\1 \2"),
        ("½", re.compile(r"(?<=\d) ?½"), " y medio"),
        ("½", re.compile("½"), "medio"),
        ("°", re.compile(r" ?° ?C\b"), " grados Celsius"),
        ("UE", re.compile(r"\bUE\b"), "U.E"),
        ("OMS", re.compile(r"\bOMS\b"), "O.M.S"),
        ("CIA", re.compile(r"\bCIA\b"), "C.I.A"),
        ("ADN", re.compile(r"\bADN\b"), "A.D.N"),
        ("IA", re.compile(r"\bIA\b"), "I.A"),
    )
