"""Numbers in English that an engine does not read as a person would: years, decades, ranges, shares, times.

Plain numbers, decimals and ordinals stay digits, which every engine reads.
"""

import re
from functools import cache
from typing import Final

from converters.narration.said_addresses import telephone_words

ONES: Final = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
    "seventeen eighteen nineteen"
).split()
TENS: Final = "- - twenty thirty forty fifty sixty seventy eighty ninety".split()
PARTS: Final = {2: "half", 3: "third", 4: "quarter", 5: "fifth", 6: "sixth", 7: "seventh", 8: "eighth", 9: "ninth",
         10: "tenth", 16: "sixteenth"}  # fmt: skip
RATINGS: Final = frozenset({5, 10, 100})
MONTHS: Final = "January February March April May June July August September October November December".split()
SHORT_MONTHS: Final = {month[:3]: month for month in MONTHS} | {"Sept": "September"}
NOON: Final = 12

NUMBER: Final = r"(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?"
SLASHES: Final = re.compile(r"\d/\d")
DASHES: Final = re.compile(r"\d(?:%|[ap]m|[KkMmBb])? ?[-–—−] ?\d")
COLON: Final = re.compile(r"\d:\d")
FOUR: Final = re.compile(r"\d{4}")
APOSTROPHE: Final = re.compile(r"[’'‘′]\s?\d")
DECADE: Final = re.compile(r"(?<![\w.,$])[’'‘]?((?:1[1-9]|20)?\d)0[’'‘]?s\b")
SHORT_YEAR: Final = re.compile(r"(?<!\w)[’'‘](\d\d)\b(?![’'‘]\w)")
WHOLE_AND_PART: Final = re.compile(r"(?<=\d)\s?(?=[½⅓⅔¼¾⅕⅖⅗⅘⅙⅛⅜⅝⅞])")
SEVERAL: Final = re.compile(r"(?<![\d.,$])(?:\d|[1-9]\d)s\b")
MEASURE: Final = re.compile(r"(\d) ?([A-Za-z]{1,3}(?:/h)?)\b(?!['’-])")
UNITS: Final = {
    "km": "kilometer", "kg": "kilogram", "cm": "centimeter", "mm": "millimeter", "mg": "milligram",
    "ft": "foot", "lb": "pound", "hr": "hour", "hrs": "hour", "lbs": "pound", "mph": "mile an hour",
    "kph": "kilometer an hour", "km/h": "kilometer an hour",
}  # fmt: skip


def below_hundred(number: int) -> str:
    """Return 0 to 99 in words: ``ninety-four``."""
    tens, ones = divmod(number, 10)
    if number < len(ONES):
        return ONES[number]
    return TENS[tens] + (f"-{ONES[ones]}" if ones else "")


def year_words(number: int) -> str:
    """Return a year in words: ``nineteen ninety-four``, ``nineteen oh five``, ``twenty twenty-two``."""
    century, rest = divmod(number, 100)
    if not rest:
        return f"{below_hundred(century)} hundred"
    return f"{below_hundred(century)} {'oh ' if rest < 10 else ''}{below_hundred(rest)}"  # noqa: PLR2004 - one digit


def numbers_said(text: str) -> str:
    """Return a sentence with the numbers that need it in words."""
    text = _dates_and_telephones(text)
    if SLASHES.search(text):
        text = _shares_said(text)
    if DASHES.search(text):
        text = _ranges_said(text)
    if COLON.search(text):
        text = _times_said(text)
    text = _years_said(text)
    return _measured(text)


def _measured(text: str) -> str:
    if APOSTROPHE.search(text):
        text = _feet_and_inches().sub(r"\1 foot \2", text)
    text = MEASURE.sub(_measure, text)
    if "sq" in text:
        text = re.sub(r"(?<=\d) ?sq\.? ?ft\b\.?", " square feet", text)
    text = SEVERAL.sub(lambda found: _tens_or_ones(int(found[0][:-1])), text)
    if "th" in text:
        text = re.sub(r"(?<=\d),(?=\d{3}th\b)", "", text)
    if "x" in text or "×" in text:
        text = re.sub(r"(?<=\d) ?[x×] ?(?=\d)", " by ", text)
    return text if text.isascii() else WHOLE_AND_PART.sub(" and ", text)


# years and days -------------------------------------------------------------------------------


def _years_said(text: str) -> str:
    if "0s" in text or "0’s" in text or "0's" in text:
        text = DECADE.sub(_decade, text)
    if FOUR.search(text):
        text = _year().sub(lambda found: year_words(int(found[0])), text)
    if APOSTROPHE.search(text):
        text = SHORT_YEAR.sub(lambda found: _short_year(int(found[1])), text)
    return text


def _short_year(number: int) -> str:
    return f"oh {ONES[number]}" if 0 < number < 10 else below_hundred(number)  # noqa: PLR2004 - one digit


@cache
def _year() -> re.Pattern[str]:
    """Match 1100 to 1999 and 2010 to 2099 where they stand alone and count nothing."""
    counted = "dollars?|cents|euros?|pounds?|percent|people|miles|million|billion|k[mg]|m|GB|MB|sats|bitcoins?"
    return re.compile(
        r"(?<![\d.,$£€#/:+−_])(?<!\d-)(?<![A-Za-z]\d)\b(?:1[1-9]\d\d|20[1-9]\d)(?![\w%°/:_]|[.,]\d|[-–]\d|(?: |-)"
        rf"(?:{counted})\b)"
    )


def _decade(found: re.Match[str]) -> str:
    """Return ``nineteen nineties`` for ``1990s``, ``nineties`` for ``’90s``."""
    century, tens = divmod(int(found[1]), 10)
    if len(found[1]) == 1:
        return _tens(tens)
    if century == 20 and not tens:  # noqa: PLR2004 - the 2000s
        return "two thousands"
    return f"{below_hundred(century)} {_tens(tens) if tens else 'hundreds'}"


def _tens(tens: int) -> str:
    return {0: "two thousands", 1: "tens"}.get(tens) or f"{TENS[tens][:-1]}ies"


def _dates_and_telephones(text: str) -> str:
    if "-" in text or "(" in text or "+" in text or "." in text:
        text = _telephone().sub(lambda found: telephone_words(found[0]), text)
        text = _iso_date().sub(_iso_words, text)
    if any(short in text for short in SHORT_MONTHS):
        text = _day().sub(_day_words, text)
    if "11" in text or "88" in text or "99" in text:
        text = _emergency().sub(lambda found: found[1] + " ".join(found[2]), text)
    return text


@cache
def _telephone() -> re.Pattern[str]:
    return re.compile(
        r"(?<![\w.$£€/,-])(?:(?:\+?\d{1,3}[ .-])?(?:\(\d{3}\) ?|\d{3}[ .-])\d{3}[.-]\d{4}"
        r"|\d{3}-\d{4}|\+\d{1,3}(?:[ -]\(?\d{2,4}\)?){2,5})(?![\w%/]|[.,-]\d)"
    )


@cache
def _emergency() -> re.Pattern[str]:
    return re.compile(r"\b((?:[Cc]all|[Dd]ial|[Pp]hon)[a-z]* (?:to )?)(911|999|112|988|311|411|211)\b")


@cache
def _iso_date() -> re.Pattern[str]:
    return re.compile(r"(?<![\w-])(\d{4})-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])(?![\w-])")


def _iso_words(found: re.Match[str]) -> str:
    return f"{MONTHS[int(found[2]) - 1]} {int(found[3])}, {found[1]}"


@cache
def _day() -> re.Pattern[str]:
    names = "|".join([*MONTHS, *(rf"{short}\b\.?" for short in SHORT_MONTHS)])
    return re.compile(rf"\b({names}) (\d{{1,2}})\b(?!(?:st|nd|rd|th)\b|[:%/–-]|[.,]\d)")


def _day_words(found: re.Match[str]) -> str:
    day = int(found[2])
    month = SHORT_MONTHS.get(found[1].rstrip("."), found[1])
    if not 1 <= day <= 31:  # noqa: PLR2004 - the days of a month
        return f"{month} {found[2]}"
    return f"{month} {day}{_ending(day)}"


def _ending(number: int) -> str:
    if number % 100 in {11, 12, 13}:
        return "th"
    return {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")


# shares, scores and times ---------------------------------------------------------------------


def _shares_said(text: str) -> str:
    text = re.sub(r"(?<![\w/.])\d+(?:/\d+){2,}(?![\w/])", lambda found: found[0].replace("/", " "), text)
    return _share().sub(_share_words, text)


@cache
def _share() -> re.Pattern[str]:
    return re.compile(r"(?<![\w/.,$£€])(?:(\d+)[ -])?(\d{1,2})/(\d{1,3})(ths?|rds?)?(?![\w/]|[.,]\d)( of\b)?")


def _share_words(found: re.Match[str]) -> str:
    """Return ``three quarters`` for 3/4, ``8 out of 10`` for 8/10, ``9 11`` for 9/11."""
    above, below = int(found[2]), int(found[3])
    before, after = f"{found[1]} " if found[1] else "", found[5] or ""
    part = PARTS.get(below)
    if (
        part
        and 0 < above < below
        and (below in {2, 3, 4} or after or found[4] or (above == 1 and below in {5, 7, 8, 9}))
    ):
        many = "" if above == 1 else "s"
        if not before:
            return f"{below_hundred(above)} {part}{many}{after}"
        return f"{before}and {'a' if above == 1 else below_hundred(above)} {part}{many}{after}"
    between = " out of " if below in RATINGS and above <= below and not found[1] and below != above * 10 else " "
    return f"{before}{found[2]}{between}{found[3]}{found[4] or ''}{after}"


def _times_said(text: str) -> str:
    text = re.sub(r"(?<![\d:.])(\d{1,2}):(\d\d)(?![\d:])( ?[ap]\.?m\b)?", _time, text)
    return re.sub(r"(?<![\d:.])(\d+):(\d|\d{3,})(?![\d:])", r"\1 to \2", text)


def _time(found: re.Match[str]) -> str:
    """Return ``5 o’clock`` for 5:00, ``5 p.m.`` for 5:00 p.m., ``5 oh 7`` for 5:07, ``17 hundred`` for 17:00."""
    hour, minutes, half = found[1], found[2], found[3] or ""
    if minutes == "00":
        return f"{hour}{half}" if half else f"{hour} o’clock" if 0 < int(hour) <= NOON else f"{hour} hundred"
    return f"{hour} oh {minutes[1]}{half}" if minutes[0] == "0" else found[0]


def _ranges_said(text: str) -> str:
    text = re.sub(r"(?<![\w.$£€/-])\d{1,4}(?:-\d{1,4}){2,}(?![\w/.%-])", lambda found: found[0].replace("-", " "), text)
    return _range().sub(_range_words, text)


@cache
def _range() -> re.Pattern[str]:
    one = rf"(?:\d{{1,2}}:\d\d|{NUMBER})"
    return re.compile(
        rf"(?<![\w.,/:$£€+-])({one})(%|st|nd|rd|th| ?[ap]\.?m\.?|[KkMmBbx])?(?:-| ?[–—] ?)"
        rf"({one})(?![\d/]|[,.]\d|[-–]\d)"
    )


def _range_words(found: re.Match[str]) -> str:
    """Return ``3 to 5`` for 3–5, and ``50 50`` or ``24 7`` for what is no range."""
    first, unit, last = found[1], found[2] or "", found[3]
    if len(last) > 1 and last[0] == "0" and last[1].isdigit():
        return found[0]
    between = " " if first == last or (first, last) == ("24", "7") else " to "
    return f"{first}{unit}{between}{last}"


# measures -------------------------------------------------------------------------------------


@cache
def _feet_and_inches() -> re.Pattern[str]:
    return re.compile(r"\b(\d)['’′] ?(\d{1,2})[\"”″]")


def _measure(found: re.Match[str]) -> str:
    unit = UNITS.get(found[2])
    if unit is None:
        return found[0]
    one = found[1] == "1" and not (found.start() and found.string[found.start() - 1] in "0123456789.,")
    return f"{found[1]} {unit if one else _several(unit)}"


def _tens_or_ones(number: int) -> str:
    """Return ``sixteens`` for 16s."""
    words = below_hundred(number)
    return f"{words[:-1]}ies" if words.endswith("y") else f"{words}es" if words.endswith("x") else f"{words}s"


def _several(unit: str) -> str:
    if unit == "foot":
        return "feet"
    first, *rest = unit.split(" ", 1)
    return " ".join([f"{first}s", *rest])
