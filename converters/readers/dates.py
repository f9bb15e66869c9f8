"""The day that a line states, in the ways and languages in which shows print dates.

A date is believed only where day, month and year stand together. ``03/05/2024``
may be March or May: it says nothing, unless one of its numbers can be no month.
"""

import datetime
import re
import unicodedata
from collections.abc import Iterator
from typing import Final

LONGEST_LINE: Final = 2_000
"""Characters; what is longer is no line that states a date."""
FIRST_YEAR: Final = 1800
LAST_YEAR: Final = 2199

# English, German, Spanish, French, Italian, Portuguese, Dutch, Polish, Russian, Hebrew and the Scandinavian
# languages, as they stand beside a day: Polish and Russian in the genitive, and as they are called by themselves.
_MONTHS: Final = (
    """january jan januar jänner enero ene janvier janv gennaio gen janeiro januari stycznia styczeń января январь янв
    ינואר""",
    """february feb februar feber febrero février févr fév febbraio fevereiro fev februari lutego luty февраля февраль
    фев פברואר""",
    """march mar märz mrz marzo mars março maart mrt marca marzec марта март мар מרץ מרס מארס""",
    """april apr abril abr avril avr aprile kwietnia kwiecień апреля апрель апр אפריל""",
    """may mai mayo maggio mag maio mei maja maj мая май מאי""",
    """june jun juni junio juin giugno giu junho czerwca czerwiec июня июнь июн יוני""",
    """july jul juli julio juillet juil luglio lug julho lipca lipiec июля июль июл יולי""",
    """august aug agosto ago août augustus augusti sierpnia sierpień августа август авг אוגוסט""",
    """september sep sept septiembre setiembre septembre settembre set setembro września wrzesień сентября сентябрь
    сен сент ספטמבר""",
    """october oct oktober okt octubre octobre ottobre ott outubro out października październik октября октябрь окт
    אוקטובר""",
    """november nov noviembre novembre novembro listopada listopad ноября ноябрь ноя נובמבר""",
    """december dec dezember dez diciembre dic décembre déc dicembre dezembro desember grudnia grudzień декабря
    декабрь дек דצמבר""",
)

_YEAR: Final = r"(?P<year>\d{4})(?!\.?\d)"
_NAME: Final = r"(?P<name>[^\W\d_]{3,12})\.?"
_OF: Final = r"(?:(?:de|del|di|do|of|the)\s+|d['’]\s?)?"
_ORDINAL: Final = r"(?:\.|st|nd|rd|th|er|re|º|ª|°|o|-?го|-?е)?"
_DAY: Final = r"(?<![\d.,:/])(?<!\d[-–])(?<!\d [-–] )(?P<day>\d{1,2})"
_WORDED: Final = (
    re.compile(rf"{_DAY}{_ORDINAL}[\s,-]*{_OF}{_NAME}[\s,-]*{_OF}{_YEAR}"),
    re.compile(rf"(?<!\w){_NAME}\s*(?:the\s+)?(?P<day>\d{{1,2}})(?:st|nd|rd|th)?(?!\d)[\s,]*{_OF}{_YEAR}"),
)
_NUMBERED: Final = (
    re.compile(r"(?<!\d)(?P<year>\d{4})(?P<mark>[-/.])(?P<month>\d{1,2})(?P=mark)(?P<day>\d{1,2})(?!\d)"),
    re.compile(r"(?<!\d)(?P<year>\d{4})\s*[年년]\s*(?P<month>\d{1,2})\s*[月월]\s*(?P<day>\d{1,2})\s*[日号號일]"),
    re.compile(rf"{_DAY}\.\s?(?P<month>\d{{1,2}})\.\s?{_YEAR}"),
    re.compile(r"^\s*(?P<year>\d{4})(?P<month>\d\d)(?P<day>\d\d)(?:t[\d:.+-]*z?)?\s*$"),
)
_EITHER_WAY: Final = re.compile(rf"{_DAY}(?P<mark>[/-])(?P<month>\d{{1,2}})(?P=mark){_YEAR}")


def day_of(text: str) -> datetime.date | None:
    """Return the one day that a line states, whatever else it says; None where it states none, or several."""
    if len(text) > LONGEST_LINE:
        return None
    stated = set(_stated(unicodedata.normalize("NFKC", text).lower()))
    return stated.pop() if len(stated) == 1 else None


def _stated(line: str) -> Iterator[datetime.date]:
    for pattern in _NUMBERED:
        for match in pattern.finditer(line):
            yield from _day(match["year"], int(match["month"]), match["day"])
    for pattern in _WORDED:
        for match in pattern.finditer(line):
            yield from _day(match["year"], _month(match["name"]), match["day"])
    for match in _EITHER_WAY.finditer(line):
        first, second = int(match["day"]), int(match["month"])
        readings = {*_day(match["year"], second, str(first)), *_day(match["year"], first, str(second))}
        if len(readings) == 1:
            yield readings.pop()


def _day(year: str, month: int, day: str) -> Iterator[datetime.date]:
    """Yield the day, if the calendar has it and a show could have been on that day."""
    if FIRST_YEAR <= int(year) <= LAST_YEAR:
        try:
            yield datetime.date(int(year), month, int(day))
        except ValueError:
            return


def _month(name: str) -> int:
    """Return the number of the month, 0 where the word names none; Hebrew puts “in” before the name."""
    folded = _folded(name)
    return _NUMBERS.get(folded) or _NUMBERS.get(folded.removeprefix("ב")) or 0


def _folded(name: str) -> str:
    """Return the letters without accents, which are often left out, in small letters."""
    letters = unicodedata.normalize("NFKD", name.casefold())
    return "".join(letter for letter in letters if not unicodedata.combining(letter))


_NUMBERS: Final = {_folded(name): number for number, names in enumerate(_MONTHS, 1) for name in names.split()}
