"""Lists of words, in many languages: plain ones to be looked up, others as one regular expression."""

import re
from typing import Final

_BETWEEN: Final = re.compile(r"\s{2,}")


def listed(words: str) -> list[str]:
    """Return the words of a list that has two spaces, or a line end, between them."""
    return _BETWEEN.split(words.strip())


def one_of(words: str, before: str = "", after: str = "") -> re.Pattern[str]:
    """Return the expression that any of the words matches, in large letters or small.

    ``words`` are regular expressions with two spaces, or a line end, between them.
    """
    return re.compile(f"{before}(?:{'|'.join(listed(words))}){after}", re.IGNORECASE)
