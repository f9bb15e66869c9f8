"""The toolbar of the page: one button while it is closed, and below it a panel for each tool.

What a tool needs of the page it says in a ``Tool``; the page puts them together, the script
(``toolbar.js``) shows one panel at a time. Without JavaScript nothing is seen of them but
what a tool has for that case. Nothing opens by itself, takes a key or moves the focus.

Scripts follow what is opened by events on the section, ``tools:open`` and ``tools:close``,
whose ``detail`` is the name of the tool, empty for the toolbar itself. One that has a reason
to stay in reach while all is closed sends ``tools:stay`` with ``{name, stays}``.
"""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

import msgspec

from converters.writers.markup import NOTHING, Markup, element, joined, lines, text
from converters.writers.xhtml import Rendering

IDENTIFIER: Final = "tools"
"""The id of the section; ``identifiers.RESERVED`` keeps it for us, and the panels' ids with it."""

STYLE: Final = "toolbar.css"
_SCRIPT: Final = "toolbar.js"


class Tool(msgspec.Struct, frozen=True):
    """One tool: its button, and the panel that the button shows.

    ``name`` is the button's ``data-tool``, and ``tool-name`` the id of the panel; ``words``
    are on the button. ``in_bar`` stands in the bar itself, before the buttons of the tools,
    ``below`` below all panels; its script shows and hides both. ``scripts`` and ``styles``
    are files, beside this module and in ``styles/``; ``data`` comes before all scripts.
    ``is_plain``: the panel is there without JavaScript, and what of it needs a script is
    hidden in the markup.
    """

    name: str
    words: str
    panel: Markup
    scripts: tuple[str, ...]
    styles: tuple[str, ...] = ()
    in_bar: Markup = NOTHING
    below: Markup = NOTHING
    data: Markup = NOTHING
    is_plain: bool = False


def toolbar(rendering: Rendering, tools: Sequence[Tool]) -> Markup:
    """Return the section, nothing where there is no tool."""
    if not tools:
        return NOTHING
    plain = any(tool.is_plain for tool in tools)
    marks = {"id": IDENTIFIER, "aria-label": rendering.phrases.tools, "hidden": None if plain else ""}
    return element(
        "section",
        Markup("\n"),
        lines(_bar(rendering, tools), *map(_panel, tools), *(tool.below for tool in tools)),
        Markup("\n"),
        attributes={**marks, **rendering.marks},
    )


def _bar(rendering: Rendering, tools: Sequence[Tool]) -> Markup:
    """Return the line that is there while the toolbar is closed; when it opens, the tools' buttons come into it."""
    inside = (_tool_button(tool) for tool in tools)
    parts = (_opener(rendering, tools), *(tool.in_bar for tool in tools), *inside)
    return element("div", lines(*parts), attributes={"class": "bar", "hidden": ""})


def _opener(rendering: Rendering, tools: Sequence[Tool]) -> Markup:
    """Return the one button. Its words name what is inside, with sound and, should that be missing, without."""
    phrases = rendering.phrases
    sounds = any(tool.name == "listen" for tool in tools)
    marker = element("span", attributes={"class": "marker", "aria-hidden": "true"})
    words = element("span", text(phrases.tools_with_sound if sounds else phrases.tools_inside))
    silent = {"data-silent": phrases.tools_inside} if sounds else {}
    return button("open", joined(marker, words), {"aria-expanded": "false", **silent})


def _tool_button(tool: Tool) -> Markup:
    marks = {"data-tool": tool.name, "aria-expanded": "false", "aria-controls": _panel_id(tool), "hidden": ""}
    return element("button", text(tool.words), attributes={"type": "button", **marks})


def _panel(tool: Tool) -> Markup:
    marks = {"class": "panel", "id": _panel_id(tool), "hidden": None if tool.is_plain else ""}
    return element("div", Markup("\n"), tool.panel, Markup("\n"), attributes=marks)


def _panel_id(tool: Tool) -> str:
    return f"tool-{tool.name}"


def button(action: str, words: Markup, more: dict[str, str | None] | None = None) -> Markup:
    """Return a native button that a script knows by what it does."""
    return element("button", words, attributes={"type": "button", "data-does": action, **(more or {})})


def scripts(tools: Sequence[Tool], *others: str) -> Markup:
    """Return data and code for the end of the page, after the text: the toolbar first, ``others`` last."""
    if not tools:
        return NOTHING
    names = (_SCRIPT, *(name for tool in tools for name in tool.scripts), *others)
    return lines(*_data(tools), element("script", Markup("\n" + "\n".join(map(code, names)))))


def _data(tools: Sequence[Tool]) -> Iterator[Markup]:
    return (tool.data for tool in tools if tool.data)


def code(name: str) -> str:
    """Return a script of ours."""
    return Path(__file__).with_name(name).read_text(encoding="utf-8")
