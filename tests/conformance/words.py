"""Text as bare words, so that layout, case and punctuation cannot hide a loss."""

import re

WORD = re.compile(r"[^\W_]+")


def words(text: str) -> str:
    """The words of a text in order, each between single spaces."""
    return f" {' '.join(WORD.findall(text.casefold()))} "


def missing(passages: list[str], text: str) -> list[str]:
    """The passages whose words do not stand together, and in this order, in the text."""
    known = words(text)
    return [passage for passage in passages if words(passage) not in known]
