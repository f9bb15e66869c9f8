"""Which way a language is written."""

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
