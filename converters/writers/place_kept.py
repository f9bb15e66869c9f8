"""The place where a reader stopped, offered as a link on the next visit, and never jumped to.

The line is hidden and has no link: the script (``place-kept.js``) makes one where a place is kept
on this device. On a first visit there is nothing to step over.
"""

from typing import Final

from converters.writers.markup import NOTHING, Markup, element, text
from converters.writers.toolbar import button
from converters.writers.xhtml import Rendering

SCRIPT: Final = "place-kept.js"


def offer(rendering: Rendering) -> Markup:
    """Return the hidden line, nothing where there is no conversation to stop in."""
    conversation = rendering.outline.conversation
    if not conversation:
        return NOTHING
    phrases = rendering.phrases
    dismiss = button("dismiss", text(phrases.go_on_not))
    marks = {"class": "go-on", "data-within": conversation.id, "data-words": phrases.go_on, "hidden": ""}
    return element("p", dismiss, attributes={**marks, **rendering.marks})
