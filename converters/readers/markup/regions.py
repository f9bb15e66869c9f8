"""What an element of a page seems to be by its name, role or class: a menu, an advert, readers' comments."""

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from converters.readers.markup.elements import is_block
from converters.readers.markup.furniture_words import TOKENS
from converters.readers.markup.styles import is_hidden
from converters.readers.markup.tree import tag_of, tokens

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

MAIN: Final = "main"
"""The kind of the page's main part, which is no furniture."""
_TOKEN: Final = re.compile("|".join(f"(?P<{kind}>(?:^|-)(?:{words})(?:-|$))" for kind, words in TOKENS.items()))
_STATE: Final = re.compile(
    r"(?:^|-)(?:has|no|with|without|is|not|hide|show)-|-(?:open|opened|closed|enabled|disabled|on|off|allowed)$"
)
"""Words that say of a page that it has something, or has not: ``has-sidebar``, ``comments-open``."""
_LAYOUT: Final = re.compile(r"(?:^|-)(?:layout|page|site)-|-(?:wrap|wrapper|layout)$|^(?:wp-)?site(?:-|$)")
_NAMES_OF_LAYOUTS: Final = frozenset({"menu", "search", "header", "footer", "aside"})
"""Kinds whose words also name how a whole page is laid out: ``content-sidebar-wrap`` holds the text too."""
_ITS_OWN_HEADER: Final = re.compile(
    r"(?:^|-)(?:entry|post|article|page|episode|section|card|transcript)-(?:header|head|title)"
)
_HEADERS: Final = frozenset({"header", "hd", "banner", "page-top", "kopf", "cabecera"})
_SPLIT: Final = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|[^A-Za-z0-9]+")
_ROLES: Final = {
    "navigation": "menu", "menu": "menu", "menubar": "menu", "banner": "header", "contentinfo": "footer",
    "search": "search", "complementary": "aside", "dialog": "popup", "alertdialog": "popup", "main": MAIN,
}  # fmt: skip
_TAGS: Final = {"nav": "menu", "aside": "aside", "form": "form", "dialog": "popup", "search": "search", "main": MAIN}
_SAYS_LITTLE: Final = frozenset({"aside", "form", "popup"})
_HOLDS_ITS_OWN: Final = frozenset({"article", "main", "section", "blockquote", "figure", "details", "li", "td"})
_NEVER: Final = frozenset({"html", "body", "main", "article", "h1", "b", "strong", "i", "em", "cite", "time", "br"})


def region_of(element: "Element") -> str | None:
    """Return what an element of a whole page seems to be: a key of ``REASONS``, ``main``, or None."""
    tag = tag_of(element)
    if kind := _ROLES.get(element.get("role") or "") or _TAGS.get(tag):
        said = _by_tokens(element) if kind in _SAYS_LITTLE else None
        return None if kind == "aside" and _is_quote(element) else said or kind
    if tag in {"header", "footer"}:
        own = any(tag_of(outer) in _HOLDS_ITS_OWN for outer in element.iterancestors())
        return _by_tokens(element) if own else tag
    if tag in _NEVER or not element.attrib:
        return None
    if is_block(element) and is_hidden(element):
        return "hidden"
    return "advert" if element.get("data-ad") is not None else _by_tokens(element)


def region_of_fragment(element: "Element") -> str | None:
    """Return what an element seems to be in a piece of a page, where a header or footer is the text's own."""
    return None if tag_of(element) in {"header", "footer"} else region_of(element)


def _is_quote(element: "Element") -> bool:
    return "pull" in (element.get("class") or "").lower()


def _by_tokens(element: "Element") -> str | None:
    return next((kind for token in tokens(element) if (kind := _kind_of_token(token))), None)


@lru_cache(maxsize=4096)
def _kind_of_token(token: str) -> str | None:
    words = "-".join(word.lower() for word in _SPLIT.split(token[:120]) if word)
    if words in _HEADERS:
        return "header"
    if _STATE.search(words):
        return None
    match = None if _ITS_OWN_HEADER.search(words) else _TOKEN.search(words)
    kind = match.lastgroup if match else None
    return None if kind in _NAMES_OF_LAYOUTS and _LAYOUT.search(words) else kind
