"""Words that stand on a page and are no part of its text: controls, what replaces a player, what nobody sees."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from converters.readers.markup.elements import CONTROLS, LEFT_OUT, heading_level, is_block
from converters.readers.markup.placed import Setting
from converters.readers.markup.speakers import heard_at, shows_time, written
from converters.readers.markup.styles import is_hidden
from converters.readers.markup.tree import tag_of, visible_words

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

BUTTONS: Final = "Words of buttons and form fields"
HIDDEN: Final = "Hidden on the page"
LOST_MARKS: Final = "Marks of notes whose words are not on the page"
BACK: Final = "Links from a note back to its mark"
LONG_FOR_A_BUTTON: Final = 80
"""Letters; on some pages each sentence is a button that plays it."""


def reason_to_leave_out(element: "Element", setting: Setting) -> tuple[str, str] | None:
    """Return why the words of an element are no part of the text, and the words; None where they are."""
    tag, notes = tag_of(element), setting.notes
    if tag in LEFT_OUT:
        return LEFT_OUT[tag], " ".join(_words_drawn(element) if tag == "svg" else visible_words(element))
    if element in notes.lost or element in notes.back:
        words = written(element)
        arrow = element in notes.back and not any(letter.isalpha() for letter in words)
        return (LOST_MARKS if element in notes.lost else BACK), "" if arrow else words
    if tag in CONTROLS and not _is_content(element, setting):
        return BUTTONS, _control_words(element)
    if is_hidden(element) and not is_block(element) and not _tells(element, setting):
        return HIDDEN, " ".join(visible_words(element))
    return None


def _words_drawn(svg: "Element") -> Iterator[str]:
    return (inner.text or "" for inner in svg.iter("text", "tspan"))


def _is_content(button: "Element", setting: Setting) -> bool:
    """Tell whether a button is a heading that unfolds, a name, a time, or words that it plays."""
    if tag_of(button) != "button":
        return False
    parent = button.getparent()
    in_heading = parent is not None and (heading_level(parent) > 0 or tag_of(parent) == "summary")
    long = len(written(button)) > LONG_FOR_A_BUTTON
    return in_heading or long or _tells(button, setting) or heard_at(button) is not None


def _tells(element: "Element", setting: Setting) -> bool:
    return shows_time(element) or setting.speakers.certainty(element) == "sure"


def _control_words(element: "Element") -> str:
    if tag_of(element) != "input":
        return " ".join(visible_words(element))
    shown = (element.get("type") or "").lower() in {"submit", "button", "reset"}
    return (element.get("value") or "") if shown else ""
