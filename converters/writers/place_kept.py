"""The place where a reader stopped, offered as a link on the next visit, and never jumped to.

The markup is empty of any address and hidden: the script (``place-kept.js``) fills it in where a
place is kept on this device. On a first visit there is nothing to step over.
"""

from converters.writers.markup import NOTHING, Markup, element, text
from converters.writers.toolbar import button
from converters.writers.xhtml import Rendering

SCRIPT = "place-kept.js"


def offer(rendering: Rendering) -> Markup:
    """Return the hidden line, nothing where there is no conversation to stop in."""
    conversation = rendering.outline.conversation
    if not conversation:
        return NOTHING
    phrases = rendering.phrases
    link = element("a", attributes={"data-words": phrases.go_on})
    dismiss = button("dismiss", text(phrases.go_on_not))
    marks = {"class": "go-on", "data-within": conversation.id, "hidden": "", **rendering.marks}
    return element("p", link, text(" "), dismiss, attributes=marks)
