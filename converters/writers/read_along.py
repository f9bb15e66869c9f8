"""The player of a page that is read aloud: its controls, and when each sentence is heard.

The audio lies beside the page, and is the edition of that name. In the markup stands the
browser's own player, for readers without JavaScript; the rest, a tool of the toolbar, is
hidden until the script (``read-along.js``) runs. Nothing in the transcript is touched: the
script finds a sentence by the id that it has anyway.
"""

from collections.abc import Iterator
from typing import Final

import msgspec

from converters.narration.model import Narration
from converters.narration.timeline import chapter_spans, clips_in_one_file
from converters.writers import WriteContext, writer_named
from converters.writers.markup import Markup, element, lines, text
from converters.writers.toolbar import Tool, button
from converters.writers.xhtml import Rendering

EXCHANGE_DEPTH: Final = 2
"""The depth of a chapter that is an exchange."""


class _Timings(msgspec.Struct, frozen=True):
    """Milliseconds from the start of the audio: ``[id, begin, end]`` and ``[title, depth, begin, end]``."""

    sentences: tuple[tuple[str, int, int], ...]
    chapters: tuple[tuple[str, int, int, int], ...]


def audio_file(context: WriteContext) -> str | None:
    """Return the name of the audio beside the page, None where this command makes none for it."""
    played = (writer for writer in context.siblings if writer.name == writer_named("html").plays)
    return next((writer.file_name(context.slug) for writer in played if context.narration), None)


def tool(rendering: Rendering, context: WriteContext) -> Tool | None:
    """Return the player as a tool of the page, None where there is nothing to play.

    Play stands in the bar. The line that names the player is for readers without
    JavaScript: with it, the toolbar's buttons do.
    """
    file_name = audio_file(context)
    if file_name is None or context.narration is None:
        return None
    return Tool(
        "listen",
        rendering.phrases.tool_listen,
        _panel(rendering, file_name, context.narration),
        ("read-along.js",),
        ("read-along.css",),
        in_bar=_play(rendering),
        data=_times(context.narration),
        is_plain=True,
    )


def _play(rendering: Rendering) -> Markup:
    phrases = rendering.phrases
    return button("play", text(phrases.play), {"data-pause": phrases.pause, "hidden": ""})


def _panel(rendering: Rendering, file_name: str, narration: Narration) -> Markup:
    audio = element("audio", attributes={"controls": "", "preload": "metadata", "src": file_name})
    controls = lines(
        element("div", *_controls(rendering, narration), attributes={"class": "controls"}),
        element("p", text(rendering.phrases.here_note), attributes={"class": "note"}),
        element("p", attributes={"role": "status"}),
    )
    rest = element("div", controls, attributes={"class": "rest", "hidden": ""})
    name = element("p", text(rendering.phrases.listen), attributes={"class": "name"})
    return lines(name, audio, rest)


def _controls(rendering: Rendering, narration: Narration) -> Iterator[Markup]:
    phrases = rendering.phrases
    yield button("back", text(phrases.back_sentence))
    yield button("forward", text(phrases.forward_sentence))
    if sum(mark.depth == EXCHANGE_DEPTH for mark in narration.chapters) > 1:
        yield button("previous", text(phrases.previous_exchange))
        yield button("next", text(phrases.next_exchange))
    yield button("here", text(phrases.play_from_here))
    said = {"data-copied": phrases.link_copied, "data-refused": phrases.link_not_copied}
    yield button("copy", text(phrases.copy_link), {**said})
    yield button("show", text(phrases.show_sentence))


def _times(narration: Narration) -> Markup:
    """Return the times as data; ``<`` has no meaning of its own in it (HTML §13.1.2.1), so no title ends it early."""
    told = msgspec.json.encode(timings(narration)).decode().replace("<", "\\u003c")
    return element("script", Markup(told), attributes={"type": "application/json"})


def timings(narration: Narration) -> _Timings:
    """Return when each sentence and each chapter is heard in the one file."""
    return _Timings(
        tuple((clip.node, clip.begin, clip.end) for clip in clips_in_one_file(narration)),
        tuple((span.title, span.depth, span.begin, span.end) for span in chapter_spans(narration)),
    )
