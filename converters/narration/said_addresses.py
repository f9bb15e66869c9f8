"""Web and e-mail addresses and telephone numbers, said so that they can be written down by ear."""

import re
from functools import cache
from typing import Final

ADDRESS_START: Final = re.compile(r"^(?:https?://)?(?:www\.)?|^mailto:", re.IGNORECASE)
ADDRESS_WORDS: Final = {
    "@": "at",
    ".": "dot",
    "/": "slash",
    "-": "dash",
    "_": "underscore",
    "+": "plus",
    "?": "question mark",
    "=": "equals",
    "&": "and",
    "#": "hash",
    "%": "percent",
    "~": "tilde",
    ":": "colon",
}
AFTER_AN_ADDRESS: Final = ".,;:!?…)]’'"
DOMAINS: Final = "com edu gov info int mil net org app co dev eu fm io ly tv uk".split()


def addresses_said(text: str) -> str:
    """Return running text with each address in it as words."""
    small = text.lower()
    if "@" in text or "//" in text or "www." in small or any(f".{domain}" in small for domain in DOMAINS):
        return _address().sub(_address_in_text, text)
    return text


@cache
def _address() -> re.Pattern[str]:
    """Match ``ann@example.org``, ``https://example.org/a`` and ``example.org``."""
    domain = rf"[\w-]+(?:\.[\w-]+)*\.(?:{'|'.join(DOMAINS)})\b(?!\.?[\w-])(?::\d+)?(?:/[^\s<>\"“”]*)?"
    return re.compile(
        rf"[\w.+-]+@[\w-]+(?:\.[\w-]+)+|(?:https?://|www\.)[^\s<>\"“”]+|(?<![\w@.]){domain}", re.IGNORECASE
    )


def _address_in_text(found: re.Match[str]) -> str:
    address = found[0].rstrip(AFTER_AN_ADDRESS)
    return address_words(address) + found[0][len(address) :]


def address_words(address: str) -> str:
    """Return a web or e-mail address as it is read out: ``access at example dot org``."""
    bare = ADDRESS_START.sub("", address).rstrip("/")
    parts = re.split(r"([^\w]|_)", bare)
    return " ".join(ADDRESS_WORDS.get(part, part) for part in parts if part)


def telephone_words(number: str) -> str:
    """Return a number digit by digit, with a pause where it is printed apart: ``plus 1, 5 5 5, 0 1 0 0``."""
    groups = re.findall(r"[^\W\d_]+|\d+", number)
    spaced = (" ".join(group) if group.isdigit() else group for group in groups)
    return ("plus " if number.lstrip().startswith("+") else "") + ", ".join(spaced)
