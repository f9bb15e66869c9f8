"""The reading settings of the page: how large, in which typeface, how far apart, in which colours.

They are native buttons and radio buttons, and need JavaScript; a browser's own zoom, reader
view and style sheets work without. What is kept is applied before the page is first drawn.
"""

from collections.abc import Iterator
from typing import Final

import msgspec

from converters.phrases import Phrases
from converters.writers.markup import NOTHING, Markup, element, lines, text, unclosed, void
from converters.writers.toolbar import Tool, button, code
from converters.writers.typeface import FAMILY
from converters.writers.xhtml import Rendering

STYLE: Final = "reading-settings.css"


class _Choice(msgspec.Struct, frozen=True):
    """One question: the attribute of the root element, and value and words of each answer; no value is as it was.

    ``note`` says what the words cannot.
    """

    name: str
    words: str
    answers: tuple[tuple[str, str], ...]
    note: str | None = None


def tool(rendering: Rendering, *, has_typeface: bool) -> Tool:
    """Return the settings as a tool; ``has_typeface`` says whether ours is inside the page."""
    phrases = rendering.phrases
    said = {"role": "status", "data-size": phrases.size_said, "data-reset": phrases.settings_are_reset}
    panel = lines(
        _size(phrases),
        *(_fieldset(choice) for choice in _choices(phrases, has_typeface=has_typeface)),
        element("div", button("reset", text(phrases.settings_reset)), attributes={"class": "controls"}),
        element("p", attributes={**said}),
        _kept(phrases),
    )
    return Tool("settings", phrases.tool_settings, panel, ("reading-settings.js", "line-focus.js"), (STYLE,))


def early() -> Markup:
    """Return the script that stands after the title: early, and no text waits for it."""
    return element("script", Markup("\n" + code("early-settings.js")))


def _choices(phrases: Phrases, *, has_typeface: bool) -> tuple[_Choice, ...]:
    return (
        _Choice("theme", phrases.theme, tuple(_themes(phrases))),
        _Choice("typeface", phrases.typeface, tuple(_typefaces(phrases, has_typeface=has_typeface))),
        _Choice(
            "spacing",
            phrases.spacing,
            (("", phrases.spacing_ordinary), ("more", phrases.spacing_more), ("most", phrases.spacing_most)),
        ),
        _Choice(
            "measure",
            phrases.measure,
            (
                ("", phrases.measure_ordinary),
                ("shorter", phrases.measure_shorter),
                ("shortest", phrases.measure_shortest),
            ),
        ),
        _Choice(
            "lines",
            phrases.line_focus,
            (("", phrases.line_focus_off), ("three", phrases.line_focus_three), ("five", phrases.line_focus_five)),
            phrases.line_focus_note,
        ),
    )


def _typefaces(phrases: Phrases, *, has_typeface: bool) -> Iterator[tuple[str, str]]:
    """Yield the typefaces; where ours is not in the page, the system's own without serifs is the first."""
    if has_typeface:
        yield "", FAMILY
    yield "sans" if has_typeface else "", phrases.typeface_sans
    yield "serif", phrases.typeface_serif
    yield "mono", phrases.typeface_mono


def _themes(phrases: Phrases) -> Iterator[tuple[str, str]]:
    yield "", phrases.theme_device
    yield "light", phrases.theme_light
    yield "dark", phrases.theme_dark
    yield "cream", phrases.theme_cream
    yield "yellow-on-black", phrases.theme_yellow
    yield "high-contrast", phrases.theme_contrast


def _size(phrases: Phrases) -> Markup:
    """Return two buttons with the size between them and their limits; what a button has done is said by the status."""
    now = element("span", attributes={"class": "size", "data-words": phrases.size_now})
    buttons = (button("smaller", text(phrases.size_smaller)), button("larger", text(phrases.size_larger)))
    choices = element("div", *buttons, now, attributes={"class": "choices"})
    return element("fieldset", element("legend", text(phrases.size)), choices)


def _fieldset(choice: _Choice) -> Markup:
    radios = (_radio(choice.name, value, words) for value, words in choice.answers)
    note = element("p", text(choice.note), attributes={"class": "note"}) if choice.note else NOTHING
    choices = element("div", *radios, attributes={"class": "choices"})
    return element("fieldset", element("legend", text(choice.words)), choices, note)


def _radio(name: str, value: str, words: str) -> Markup:
    first: dict[str, str | None] = {} if value else {"checked": ""}
    radio = void("input", {"type": "radio", "name": name, "value": value, **first})
    return element("label", unclosed(radio), text(words))


def _kept(phrases: Phrases) -> Markup:
    marks = {"class": "note kept", "data-refused": phrases.settings_not_kept}
    return element("p", text(phrases.settings_kept), attributes={**marks})
