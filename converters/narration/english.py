"""English as printed, and as a person would say it.

The default engine reads most of it well: small numbers, decimals, percent, ``wanna`` and
``’cause``. What is here is what it says wrong (``nineteen hundred ninety z`` for the 1990s,
``dollar five``, ``roman two``, ``osk`` for OSCE) or where it stops in the middle of a sentence
(``Mr.``, ``the U.S. Senate``). Each expression is compiled when a sentence first asks for it.
"""

import re
from functools import cache
from typing import Final

from converters.narration import abbreviations, capitals, money, numbers
from converters.narration.said_addresses import addresses_said

DIGIT: Final = re.compile(r"\d")
SIGNS: Final = re.compile(r"[/@#°*|~<>^&™®©→⇒_`]")
LARGE: Final = re.compile(
    r"[A-Z]{2}|[a-z] [VX]\b|[a-z] I(?:[,.;:?!)”]|$| of\b)|(?:War|King|Queen|Pope|Tsar)(?: [A-Z][a-z]+)? I\b"
)
FILLER: Final = re.compile(r"\b[Mm][Mm]?-?h+m+\b|\b[Mm]{2,}\b|\b[Ss]h{2,}\b")


def said_in_english(text: str) -> str:
    """Return a sentence with its signs, numbers, abbreviations and capitals as words."""
    text = addresses_said(text)
    if "." in text[:-1] or abbreviations.UNDOTTED.search(text):
        text = abbreviations.abbreviations_said(text)
    if DIGIT.search(text):
        text = numbers.numbers_said(money.money_said(text))
    if SIGNS.search(text):
        text = _signs_said(text)
    if LARGE.search(text):
        text = capitals.capitals_said(text)
    if FILLER.search(text):
        text = FILLER.sub(_filler, text)
    return text


def _filler(found: re.Match[str]) -> str:
    """Return what somebody hums in letters that an engine does not spell out."""
    hum = found[0].lower()
    if hum[0] == "s":
        return "shush" if found[0][0] == "s" else "Shush"
    return "hmm" if set(hum) == {"m"} else "um-hum" if found[0][0] == "m" else "Um-hum"


# signs -------------------------------------------------------------------------------------


def _signs_said(text: str) -> str:
    for signs, expression, said in _signs():
        if any(sign in text for sign in signs):
            text = re.sub(expression, said, text)
    return HASHTAG.sub(_hashtag, text) if "#" in text else text


HASHTAG: Final = re.compile(r"(?<![\w&])#([A-Za-z]\w*)")


def _hashtag(found: re.Match[str]) -> str:
    words = re.sub(r"(?<=[a-z])(?=[A-Z0-9])|(?<=[A-Z])(?=[A-Z][a-z])|_", " ", found[1])
    return f"hashtag {words}"


@cache
def _signs() -> tuple[tuple[str, str, str], ...]:
    """Return rows of signs, the expression that they are looked for with, and what is said."""
    return (
        ("&", r"(?<![A-Z])\s*&\s*|\s*&\s*(?![A-Z])|\s+&\s+", " and "),
        ("/", r"\b[Ww]/o\b", "without"),
        ("/", r"(?<!\w)w/\s?(?=\w)", "with "),
        ("/", r"(?<!\w)W/\s?(?=\w)", "With "),
        ("/", r"\b([Bb])/c\b", r"\1ecause"),
        ("/", r"\b([A-Z])/([A-Z])\b", r"\1.\2"),
        ("/", r"(?<=[^\W\d_]{2})/(?=[^\W\d_]{2})", " "),
        ("@", r"(?<!\w)@(?=\w)", "at "),
        ("#", r"#(?=\d)", "number "),
        ("#", r"\b([CFJ])#(?!\w)", r"\1 sharp"),
        ("°", r"\s?°\s?C\b", " degrees Celsius"),
        ("°", r"\s?°\s?F\b", " degrees Fahrenheit"),
        ("*", r"(?<=\d)\s?\*\s?(?=\d)", " times "),
        ("*", r"\*+", ""),
        ("_`^", r"(?<!\w)[_`^]+(?=\w)|(?<=\w)[_`^]+(?!\w)", ""),
        ("|", r"\s*\|+\s*", ", "),
        ("~", r"~\s?(?=[\d$£€])", "about "),
        ("~", r"~+", ""),
        ("<", r"(?<![\w<])<\s?(?=[\d$£€])", "less than "),
        (">", r"(?<![\w>=-])>\s?(?=[\d$£€])", "more than "),
        ("<", r"</?(?:a|b|br|em|i|p|span|strong|sub|sup|u)\b[^<>]*>", ""),
        ("<", r"</?([A-Za-z]+) ?/?>", r" \1 "),
        (">→⇒", r"\s*(?:[=-]+>|[→⇒])\s*", ", "),
        ("™®©", r"[™®©]", ""),
    )
