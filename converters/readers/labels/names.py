"""A person's name as a reader would write it, from a label in capitals."""

import re
from collections import Counter
from typing import Final

_KEPT_SMALL: Final = frozenset(
    "al bin da das de del della den der des di dos du el ibn la le ten ter van von y zu".split()
)
_KEPT_LARGE: Final = re.compile(r"^[IVX]{2,4}$")
"""A number after a name, as in ``Ann Lee III``."""
_INITIALS: Final = re.compile(r"^(?:[A-Z]\.)+$|^[B-DF-HJ-NP-TV-XZ]{2}$")
"""``J.R.``, or two letters that no name is spelled with, as ``TJ``."""


def bare(label: str) -> str:
    """Return a label without a remark in brackets at its end, such as ``(by phone)``."""
    return re.sub(r"\s*\([^)]*\)$", "", label).strip()


def readable(label: str, text: str) -> str:
    """Return ``Laura Flanders`` for ``LAURA FLANDERS``.

    A spelling that the text itself uses elsewhere wins. A label with small letters
    is kept as it is, and so is a script without case.
    """
    name = bare(label)
    if not name.isupper() or len(name) <= 2:  # noqa: PLR2004 - initials stay as they are
        return name
    return _as_printed(name, text) or " ".join(_cased(word, first=i == 0) for i, word in enumerate(name.split()))


def _as_printed(name: str, text: str) -> str | None:
    """Return the commonest spelling of the name in the text that is not all capitals."""
    words = (re.sub("['’]", "['’]", re.escape(word)) for word in name.split())
    pattern = r"\b" + r"\s+".join(words) + r"\b"
    found = Counter(" ".join(match.split()) for match in re.findall(pattern, text, re.IGNORECASE))
    mixed = [(spelling, count) for spelling, count in found.items() if spelling == _plausible(spelling)]
    return max(mixed, key=lambda pair: pair[1])[0] if mixed else None


def _plausible(spelling: str) -> str | None:
    """Return the spelling if each word in it begins large (or is a particle) and is not all capitals."""
    words = spelling.split()
    begins = all(word[0].isupper() or word in _KEPT_SMALL for word in words)
    return spelling if begins and not spelling.isupper() else None


def _cased(word: str, *, first: bool) -> str:
    if word.lower() in _KEPT_SMALL and not first:
        return word.lower()
    if (_KEPT_LARGE.match(word) and not first) or _INITIALS.match(word):
        return word
    cased = re.sub(r"[^\W\d_]+", lambda match: match[0].capitalize(), word)
    cased = re.sub(r"(?<=['’])S$", "s", cased)
    return re.sub(r"^Mc(\w)", lambda match: f"Mc{match[1].upper()}", cased)
