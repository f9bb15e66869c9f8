"""What a page's style says of its words: which are bold, slanted or not shown at all."""

import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

_RULE: Final = re.compile(r"\.([A-Za-z][\w-]{0,60})\s{0,20}\{([^{}]{0,2000})\}")
_BOLD: Final = re.compile(r"font-weight\s{0,9}:\s{0,9}(?:bold|bolder|[6-9]00)\b", re.IGNORECASE)
_LIGHT: Final = re.compile(r"font-weight\s{0,9}:\s{0,9}(?:normal|lighter|[1-5]00)\b", re.IGNORECASE)
_SLANTED: Final = re.compile(r"font-style\s{0,9}:\s{0,9}(?:italic|oblique)\b", re.IGNORECASE)
_UNSEEN: Final = re.compile(r"display\s{0,9}:\s{0,9}none\b|visibility\s{0,9}:\s{0,9}hidden\b", re.IGNORECASE)
_FOR_SCREEN_READERS: Final = frozenset(
    "screen-reader-text visually-hidden visuallyhidden sr-only u-visually-hidden a11y-hidden offscreen".split()
)
MOST_LETTERS: Final = 400_000
"""Of style sheets that are looked through; a word processor's export has a few thousand."""


class Styles:
    """The classes of one page's own style sheet that make words bold or slanted, as word processors export them."""

    def __init__(self, root: "Element") -> None:
        """Read the style sheets that the page itself holds."""
        sheets = "".join(style.text or "" for style in root.iter("style"))[:MOST_LETTERS]
        rules = [(match[1], match[2]) for match in _RULE.finditer(sheets)] if "font-" in sheets else []
        self._bold = frozenset(name for name, rule in rules if _BOLD.search(rule))
        self._slanted = frozenset(name for name, rule in rules if _SLANTED.search(rule))

    def is_bold(self, element: "Element") -> bool:
        """Tell whether style alone makes an element's words bold."""
        return bool(_BOLD.search(element.get("style") or "")) or _has(element, self._bold)

    def is_slanted(self, element: "Element") -> bool:
        """Tell whether style alone slants an element's words."""
        return bool(_SLANTED.search(element.get("style") or "")) or _has(element, self._slanted)


def is_light(element: "Element") -> bool:
    """Tell whether a ``b`` says of itself that it is not bold: a word processor's clipboard wraps all words so."""
    return bool(_LIGHT.search(element.get("style") or ""))


def is_hidden(element: "Element") -> bool:
    """Tell whether an element is not shown, or only to some."""
    get = element.get
    if (
        get("hidden") not in {None, "until-found"}
        or (get("aria-hidden") or "").lower() == "true"
        or _UNSEEN.search(get("style") or "")
    ):
        return True
    return _has(element, _FOR_SCREEN_READERS)


def _has(element: "Element", names: frozenset[str]) -> bool:
    return bool(names) and not names.isdisjoint((element.get("class") or "").split())
