"""The contents of a page that is one file, and the link that passes them by."""

from converters.writers.markup import NOTHING, Markup, element
from converters.writers.parts import Entry, contents, contents_list, entry_link
from converters.writers.xhtml import Rendering


def skip(rendering: Rendering) -> Markup:
    """Return the first stop of the page: a link to the conversation."""
    conversation = rendering.outline.conversation
    if not conversation:
        return NOTHING
    return rendering.link(rendering.phrases.skip_to_conversation, rendering.address(conversation.id), "skip")


def page_contents(rendering: Rendering) -> Markup:
    """Return the contents; exchanges (not chapters) are folded away, so that few stops lie before the text."""
    head = element("h2", rendering.added(rendering.phrases.contents), attributes={"id": "contents"})
    items = (_contents_item(rendering, entry) for entry in contents(rendering))
    return element("nav", head, element("ul", *items), attributes={"aria-labelledby": "contents"})


def _contents_item(rendering: Rendering, entry: Entry) -> Markup:
    exchanges = tuple(inner for inner in entry.entries if inner.is_exchange)
    chapters = [_contents_item(rendering, inner) for inner in entry.entries if not inner.is_exchange]
    below = element("ul", *chapters) if chapters else NOTHING
    return element("li", entry_link(rendering, entry), _folded(rendering, exchanges), below)


def _folded(rendering: Rendering, exchanges: tuple[Entry, ...]) -> Markup:
    """Return the exchanges behind one line that says how many; a single one needs none."""
    if len(exchanges) <= 1:
        return contents_list(rendering, exchanges) if exchanges else NOTHING
    summary = element("summary", rendering.added(rendering.phrases.exchanges.format(count=len(exchanges))))
    folded = element("details", summary, contents_list(rendering, exchanges))
    return element("div", folded) if rendering.dialect == "fragment" else folded  # else WordPress sets a br before it
