"""The contents of a page that is one file, and the link that passes them by."""

from collections.abc import Iterator

from converters.writers.markup import NOTHING, Markup, element
from converters.writers.parts import Entry, contents, contents_list
from converters.writers.xhtml import Rendering


def skip(rendering: Rendering) -> Markup:
    """Return the first stop of the page: a link to the conversation."""
    conversation = rendering.outline.conversation
    if not conversation:
        return NOTHING
    return rendering.link(rendering.phrases.skip_to_conversation, rendering.address(conversation.id), "skip")


def page_contents(rendering: Rendering) -> Markup:
    """Return the contents, folded away behind one line that says how much there is: few stops lie before the text."""
    head = element("h2", rendering.added(rendering.phrases.contents), attributes={"id": "contents"})
    entries = contents(rendering)
    summary = element("summary", rendering.added(_how_much(rendering, entries)))
    folded = element("details", summary, contents_list(rendering, entries))
    wrapped = (
        element("div", folded) if rendering.dialect == "fragment" else folded
    )  # else WordPress sets a br before it
    return element("nav", head, wrapped, attributes={"aria-labelledby": "contents"})


def _how_much(rendering: Rendering, entries: tuple[Entry, ...]) -> str:
    """Return how many parts the contents list, and how many exchanges."""
    phrases = rendering.phrases
    exchanges = sum(entry.is_exchange for entry in _every(entries))
    parts = phrases.parts.format(count=len(entries))
    return f"{parts}, {phrases.exchanges.format(count=exchanges)}" if exchanges else parts


def _every(entries: tuple[Entry, ...]) -> Iterator[Entry]:
    for entry in entries:
        yield entry
        yield from _every(entry.entries)
