"""What happens between the words, where the markup says so and the page prints no brackets round it."""

from typing import TYPE_CHECKING, Final

from converters.readers.markup.speakers import written
from converters.readers.markup.tree import parts_of_token

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

_HAPPENS: Final = frozenset(
    """music jingle sfx soundeffect stage stagedirection direction directions nonspeech nonverbal indication didascalie
    regieanweisung acotacion remarka effect laughter applause""".split()
)
_WITH_IT: Final = frozenset("marker cue event note block line transcript text item type is sound non p c".split())
_MARKED: Final = "[(（【*♪♫♬"
LONGEST: Final = 80


def needs_brackets(element: "Element") -> bool:
    """Tell whether an element's class calls its few words a sound or a stage direction, and nothing printed does."""
    classes = (parts_of_token(token) for token in (element.get("class") or "").split())
    if not any(parts & _HAPPENS and parts <= _HAPPENS | _WITH_IT for parts in classes):
        return False
    words = written(element)
    return 0 < len(words) <= LONGEST and words[0] not in _MARKED and not words.endswith((":", "："))
