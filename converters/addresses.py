"""Which addresses a reader may be led to."""

import re
from typing import Final

from converters.characters import clean

_FOLLOWED: Final = re.compile(r"(?i)^(?:https?://|mailto:|tel:|#|[\w.-]+(?:[/#]|$))")


def followable(href: str) -> str | None:
    """Return a link's address where a browser may follow it, None where a script could hide in it."""
    cleaned = clean(href).strip()
    return cleaned if _FOLLOWED.match(cleaned) else None
