"""What a picture says in words: its alternative text, where it is more than decoration."""

import re
from typing import TYPE_CHECKING, Final

from converters.readers.markup.tree import parts_of_token, tokens

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

_FILE_NAME: Final = re.compile(
    r"(?i)\S{0,200}\.(?:jpe?g|png|gif|webp|svg|avif|bmp|tiff?)|(?:img|dsc|image|photo|screenshot)[-_ ]?\d*"
)
_FOR_SHOW: Final = frozenset(
    "logo avatar icon icons gravatar emoji wp-smiley badge pixel tracking spacer sprite button".split()
)
_FORMULA: Final = frozenset("latex math tex mathjax equation".split())
LONGEST_EMOJI: Final = 8


def described(img: "Element") -> str:
    """Return a picture's alternative text, nothing where it is decoration or only names a file."""
    alt = " ".join((img.get("alt") or "").split())
    if not alt or _FILE_NAME.fullmatch(alt) or img.get("role") in {"presentation", "none"}:
        return ""
    return "" if _is(img, _FOR_SHOW) else alt


def stands_for_letters(img: "Element") -> str:
    """Return the letters that a picture in the line stands for: an emoji, or a formula."""
    alt = (img.get("alt") or "").strip()
    emoji = 0 < len(alt) <= LONGEST_EMOJI and not any(letter.isalnum() or letter.isspace() for letter in alt)
    return alt if emoji or (alt and _is(img, _FORMULA)) else ""


def _is(img: "Element", kinds: frozenset[str]) -> bool:
    return any(parts_of_token(token) & kinds for token in tokens(img))
