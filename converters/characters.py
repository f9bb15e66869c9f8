"""Characters that no edition can hold, and what is left of a text without them."""

import re
from typing import Final

FORBIDDEN: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\u202d\u202e\ud800-\udfff\ufffe\uffff]")
"""Control characters, halves of characters and non-characters (XML 1.0 §2.2, and what it discourages).

Also the two that turn letters round against their own direction: no transcript means them, and no
reader of a PDF gets the words back.
"""

_EMBEDDING: Final = re.compile("[\u202a\u202b]")
_END_OF_EMBEDDING: Final = "\u202c"


def clean(text: str) -> str:
    """Return text without them. Words are never made of such characters."""
    if text.isprintable():
        return text
    kept = FORBIDDEN.sub("", text)
    return kept if _EMBEDDING.search(kept) else kept.replace(_END_OF_EMBEDDING, "")
