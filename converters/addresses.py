"""Which addresses a reader may be led to."""

import hashlib
import re
from typing import Final

from converters.characters import clean

_FOLLOWED: Final = re.compile(r"(?i)^(?:https?://|mailto:|tel:|#|[\w.-]+(?:[/#]|$))")


def followable(href: str) -> str | None:
    """Return a link's address where a browser may follow it, None where a script could hide in it."""
    cleaned = clean(href).strip()
    return cleaned if _FOLLOWED.match(cleaned) else None


LONGEST_BOOKMARK: Final = 40
"""Characters that Word keeps of a bookmark's name."""


def bookmark(identifier: str) -> str:
    """Return the name of a bookmark of Word for an id: ``_transcript_t03`` for ``transcript-t03``.

    Ids have no underscore, so nothing is lost; of one that is too long the end is its SHA-256. A name that
    begins with an underscore is hidden: screen readers say nothing of it, and it can be gone to all the same.
    """
    name = f"_{identifier.replace('-', '_')}"
    if len(name) <= LONGEST_BOOKMARK:
        return name
    digest = hashlib.sha256(identifier.encode()).hexdigest()[:8]
    return f"{name[: LONGEST_BOOKMARK - 9]}_{digest}"
