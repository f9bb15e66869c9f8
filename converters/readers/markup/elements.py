"""The elements of HTML by what they mean for the words in them."""

from typing import TYPE_CHECKING, Final

from converters.readers.markup.tree import tag_of

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

HEADINGS: Final = {"h1": 1, "h2": 2, "h3": 3, "h4": 4, "h5": 5, "h6": 6}
_BLOCKS: Final = frozenset(
    """address article aside blockquote body caption center dd details dialog dir div dl dt fieldset figcaption figure
    footer form frameset h1 h2 h3 h4 h5 h6 header hgroup hr html legend li listing main menu nav ol optgroup p plaintext
    pre search section summary table tbody td tfoot th thead title tr ul xmp""".split()
)
SILENT: Final = frozenset(
    ("", *"script style template head link meta base param source track map col colgroup rp".split())
)
"""Nobody sees their words, or (``rp``) sees them only where ruby is not known; ``""`` is what is no element."""
LEFT_OUT: Final = {
    "noscript": "Shown only where scripts do not run",
    "noembed": "Shown only where scripts do not run",
    "noframes": "Shown only where frames are not known",
    "iframe": "Inside a frame of the page",
    "object": "Shown only where something cannot be played",
    "embed": "Shown only where something cannot be played",
    "applet": "Shown only where something cannot be played",
    "audio": "Shown only where something cannot be played",
    "video": "Shown only where something cannot be played",
    "canvas": "Shown only where something cannot be drawn",
    "svg": "Words in a drawing",
    "rt": "How characters are read (ruby)",
    "del": "Struck through in the source",
    "s": "Struck through in the source",
    "strike": "Struck through in the source",
}
"""Why the words of such an element are no part of any edition."""
CONTROLS: Final = frozenset("button select textarea datalist meter progress input".split())
STRONG: Final = frozenset({"b", "strong"})
EMPHASIS: Final = frozenset({"i", "em", "dfn", "var"})
_KEEPS_SPACES: Final = frozenset({"pre", "listing", "xmp", "plaintext"})


def is_block(element: "Element") -> bool:
    """Tell whether an element stands on lines of its own; one that HTML does not know is a site's own box."""
    tag = tag_of(element)
    return tag in _BLOCKS or "-" in tag


def keeps_spaces(element: "Element") -> bool:
    """Tell whether spaces and line ends in an element are shown as they are."""
    return tag_of(element) in _KEEPS_SPACES


def heading_level(element: "Element") -> int:
    """Return the level of a heading, 0 for what is none."""
    tag = tag_of(element)
    if tag in HEADINGS:
        return HEADINGS[tag]
    if element.get("role") == "heading":
        level = element.get("aria-level") or "2"
        return int(level) if level in {"1", "2", "3", "4", "5", "6"} else 2
    return 0
