"""Which way a language is written."""

from itertools import takewhile
from typing import Final, Literal

_RIGHT_TO_LEFT: Final = frozenset("ar arc ckb dv fa ha-arab he khw ks ku-arab nqo ps sd syr ug ur yi".split())
_RIGHT_TO_LEFT_SCRIPTS: Final = frozenset({"arab", "hebr", "thaa", "syrc", "nkoo", "adlm"})


Direction = Literal["ltr", "rtl"]


def direction(language: str) -> Direction:
    """Return the base direction for a BCP 47 tag; a script subtag decides before the language."""
    subtags = language.lower().split("-")
    scripts = {subtag for subtag in subtags[1:] if len(subtag) == 4}  # noqa: PLR2004 - BCP 47: script subtags have four letters
    if scripts:
        return "rtl" if scripts & _RIGHT_TO_LEFT_SCRIPTS else "ltr"
    return "rtl" if subtags[0] in _RIGHT_TO_LEFT else "ltr"


def in_script(language: str, script: str) -> str:
    """Return a BCP 47 tag with that script in place of its own: ``es-419`` in ``Brai`` is ``es-Brai-419``."""
    first, *others = language.split("-")
    extended = list(takewhile(_is_extended, others))
    region = others[len(extended) :]
    if region and len(region[0]) == 4 and region[0].isalpha():  # noqa: PLR2004 - script subtags have four letters
        region = region[1:]
    return "-".join((first, *extended, script, *region))


def _is_extended(subtag: str) -> bool:
    return len(subtag) == 3 and subtag.isalpha()  # noqa: PLR2004 - BCP 47: extended language subtags have three
