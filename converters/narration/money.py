"""Sums of money in English: ``2.5 million dollars`` for $2.5 million."""

import re
from functools import cache
from typing import Final

CURRENCIES: Final = {
    "$": ("dollar", "dollars", "cent"), "£": ("pound", "pounds", "pence"), "€": ("euro", "euros", "cent"),
    "¥": ("yen", "yen", ""), "₹": ("rupee", "rupees", ""), "₽": ("ruble", "rubles", ""),
    "₴": ("hryvnia", "hryvnias", ""), "₩": ("won", "won", ""), "₪": ("shekel", "shekels", ""),
    "₿": ("bitcoin", "bitcoins", ""),
}  # fmt: skip
"""One, several, and the hundredth part, by sign."""

COUNTRIES: Final = {
    "US": "US ", "U.S.": "US ", "CA": "Canadian ", "C": "Canadian ", "A": "Australian ", "AU": "Australian ",
    "NZ": "New Zealand ", "HK": "Hong Kong ", "S": "Singapore ",
}  # fmt: skip

SCALES: Final = {
    "k": "thousand", "m": "million", "mm": "million", "mn": "million", "b": "billion", "bn": "billion",
    "t": "trillion", "tn": "trillion",
}  # fmt: skip

SIGN: Final = re.compile("[$£€¥₹₽₴₩₪₿]")
TIMES: Final = frozenset("hour day week month year night person head".split())
ARTICLES: Final = frozenset("a an".split())
BEFORE_A_NOUN: Final = frozenset("the this that our their its his her my your another every each one".split())
NO_NOUN: Final = frozenset(
    "a about after again and are as at back because before but by can could did do does each every for from had has "
    "have he her his how i if in into is it its just last less like many more now of off on or our out over per right "
    "she so than that the their them then there they this to too up was we went were what when where which who "
    "will with would worth you your".split()
)


def money_said(text: str) -> str:
    """Return a sentence with its sums as they are said."""
    return _sum().sub(_words, text) if SIGN.search(text) else text


@cache
def _sum() -> re.Pattern[str]:
    number = r"(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?|\.\d+"
    return re.compile(
        rf"(?:(?P<before>[A-Za-z’']+) )?(?P<country>\b(?:U\.S\.|US|CA?|AU?|NZ|HK|S))?"
        rf"(?P<sign>[$£€¥₹₽₴₩₪₿]) ?(?P<first>{number})"
        rf"(?:(?P<dash>-| ?[–—] ?| to | or )(?P=sign)?(?P<last>{number}))?"
        r"(?:[ -]?(?P<scale>[Hh]undred|[Tt]housand|[MmBb]illion|[Tt]rillion|mm|mn|bn|tn|[KkMmBbTt])(?![A-Za-z]))?"
        r"(?P<plus>\+|-plus)?(?:/(?P<per>[A-Za-z]+)\b)?"
        r"(?P<after>[- ][a-z]+)?(?![\d,.]*\d)"
    )


def _words(found: re.Match[str]) -> str:
    part = found.groupdict("")
    first, cents = _divided(part)
    one, several, _ = CURRENCIES[part["sign"]]
    scale = SCALES.get(part["scale"].lower(), part["scale"].lower())
    amount = " ".join(filter(None, (_amount(first, part), scale, "plus" if part["plus"] else "")))
    single = amount == "1" or _is_adjective(part)
    currency = COUNTRIES.get(part["country"], "") + (one if single else several)
    said = f"{amount} {currency}"
    if cents:
        said = cents if first == "0" else f"{said} and {cents}"
    return f"{part['before']} {said}{_rate(part['per'])}{part['after']}".lstrip()


def _amount(first: str, part: dict[str, str]) -> str:
    if not part["last"]:
        return f"0{first}" if first.startswith(".") else first
    return f"{first} {'or' if 'or' in part['dash'] else 'to'} {part['last']}"


def _divided(part: dict[str, str]) -> tuple[str, str]:
    """Return the whole and what is said of its hundredths: ``("1", "50 cents")``."""
    whole, _, hundredths = part["first"].partition(".")
    hundredth = CURRENCIES[part["sign"]][2]
    if len(hundredths) != 2 or not hundredth or part["last"] or part["scale"]:  # noqa: PLR2004 - two digits
        return part["first"], ""
    count = int(hundredths)
    plural = "" if hundredth == "pence" or count == 1 else "s"
    return whole or "0", f"{count} {hundredth}{plural}" if count else ""


def _is_adjective(part: dict[str, str]) -> bool:
    """Tell whether a sum describes what follows, as in ``a 5 dollar bill``."""
    before, after = part["before"].lower(), part["after"]
    if not after or part["per"]:
        return False
    if before in ARTICLES or after[0] == "-":
        return True
    return (before in BEFORE_A_NOUN or before.endswith(("’s", "'s"))) and after[1:] not in NO_NOUN


def _rate(per: str) -> str:
    if not per:
        return ""
    word = {"hr": "hour", "mo": "month", "yr": "year"}.get(per, per)
    if word not in TIMES:
        return f" per {word}"
    return f" {'an' if word == 'hour' else 'a'} {word}"
