"""The player of a page that is read aloud: its controls, and when each sentence is heard.

The audio lies beside the page, and is the edition of that name. In the markup stands the
browser's own player, for readers without JavaScript; the rest is hidden until the script
(``read-along.js``) knows that the audio can be had. Nothing in the transcript is touched:
the script finds a sentence by the id that it has anyway.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Final

import msgspec

from converters.narration.model import Narration
from converters.narration.timeline import chapter_spans, clips_in_one_file
from converters.writers import WriteContext, writer_named
from converters.writers.markup import NOTHING, Markup, element, joined, lines, text
from converters.writers.xhtml import Rendering

IDENTIFIER: Final = "read-along"
"""The id of the player; ``identifiers.RESERVED`` keeps it for us."""

STYLE: Final = "read-along.css"
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


def player(rendering: Rendering, context: WriteContext) -> Markup:
    """Return the player as a part of the page, nothing where there is nothing to play.

    Its label names it for whoever steps from landmark to landmark. The line that says so
    too is for readers without JavaScript: with it, the button that opens the player does.
    """
    file_name = audio_file(context)
    if file_name is None or context.narration is None:
        return NOTHING
    marks = {"id": IDENTIFIER, "aria-label": rendering.phrases.listen, **rendering.marks}
    return element(
        "section",
        Markup("\n"),
        lines(
            element("p", text(rendering.phrases.listen), attributes={"class": "name"}),
            _bar(rendering),
            _panel(rendering, file_name, context.narration),
        ),
        Markup("\n"),
        attributes=marks,
    )


def _bar(rendering: Rendering) -> Markup:
    """Return the one line that is there while the player is closed; play comes into it once it has been opened."""
    phrases = rendering.phrases
    marker = element("span", attributes={"class": "marker", "aria-hidden": "true"})
    buttons = (
        _button("open", joined(marker, text(phrases.listen)), {"aria-expanded": "false"}),
        _button("play", text(phrases.play), {"data-pause": phrases.pause, "hidden": ""}),
    )
    return element("div", *buttons, attributes={"class": "bar", "hidden": ""})


def _panel(rendering: Rendering, file_name: str, narration: Narration) -> Markup:
    audio = element("audio", attributes={"controls": "", "preload": "metadata", "src": file_name})
    controls = lines(
        element("div", *_controls(rendering, narration), attributes={"class": "controls"}),
        element("p", text(rendering.phrases.here_note), attributes={"class": "note"}),
        element("p", attributes={"role": "status"}),
    )
    rest = element("div", controls, attributes={"class": "rest", "hidden": ""})
    return element("div", audio, Markup("\n"), rest, attributes={"class": "panel"})


def _controls(rendering: Rendering, narration: Narration) -> Iterator[Markup]:
    phrases = rendering.phrases
    yield _button("back", text(phrases.back_sentence))
    yield _button("forward", text(phrases.forward_sentence))
    if sum(mark.depth == EXCHANGE_DEPTH for mark in narration.chapters) > 1:
        yield _button("previous", text(phrases.previous_exchange))
        yield _button("next", text(phrases.next_exchange))
    yield _button("here", text(phrases.play_from_here))
    said = {"data-copied": phrases.link_copied, "data-refused": phrases.link_not_copied}
    yield _button("copy", text(phrases.copy_link), {**said})
    yield _button("show", text(phrases.show_sentence))


def _button(action: str, words: Markup, more: dict[str, str | None] | None = None) -> Markup:
    return element("button", words, attributes={"type": "button", "data-does": action, **(more or {})})


def machinery(context: WriteContext) -> Markup:
    """Return the times and the script, for the end of the page: the text comes first."""
    if audio_file(context) is None or context.narration is None:
        return NOTHING
    times = element("script", _json(timings(context.narration)), attributes={"type": "application/json"})
    code = Path(__file__).with_name("read-along.js").read_text(encoding="utf-8")
    return lines(times, element("script", Markup(f"\n{code}")))


def timings(narration: Narration) -> _Timings:
    """Return when each sentence and each chapter is heard in the one file."""
    return _Timings(
        tuple((clip.node, clip.begin, clip.end) for clip in clips_in_one_file(narration)),
        tuple((span.title, span.depth, span.begin, span.end) for span in chapter_spans(narration)),
    )


def _json(times: _Timings) -> Markup:
    """Return JSON that no title can end early: ``<`` has no meaning of its own in it (HTML §13.1.2.1)."""
    return Markup(msgspec.json.encode(times).decode().replace("<", "\\u003c"))
