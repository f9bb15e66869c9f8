"""Find in the transcript: a field, the next and the previous hit, and a link to the one that was gone to.

The script (``find.js``, with ``folding.js``) looks at what is said, without the names before it:
a word that is printed in a paragraph of the transcript is found, whatever its case, accents and
quotation marks.
"""

from typing import Final

from converters.document import NodeId, Section, Turn
from converters.traverse import walk_section
from converters.writers.markup import Markup, element, lines, text, unclosed, void
from converters.writers.toolbar import Tool, button
from converters.writers.xhtml import Rendering

STYLE: Final = "find.css"
_FIELD: Final = "tool-find-words"


def tool(rendering: Rendering) -> Tool | None:
    """Return the tool, None where nothing is said that could be looked for."""
    within = spoken_sections(rendering)
    if not within:
        return None
    return Tool("find", rendering.phrases.tool_find, _panel(rendering, within), ("folding.js", "find.js"), (STYLE,))


def spoken_sections(rendering: Rendering) -> tuple[NodeId, ...]:
    """Return the ids of the sections that hold the conversation, at the top level, in the order of the page."""
    return tuple(one.id for one in rendering.outline.body if one.kind == "transcript" or _has_turns(one))


def _has_turns(section: Section) -> bool:
    return any(isinstance(step, Turn) for step in walk_section(section))


def _panel(rendering: Rendering, within: tuple[NodeId, ...]) -> Markup:
    phrases = rendering.phrases
    field = {"type": "search", "id": _FIELD, "autocomplete": "off", "spellcheck": "false", "enterkeyhint": "search"}
    controls = lines(
        unclosed(void("input", {**field, "lang": _language(rendering), "dir": "auto"})),
        button("next-hit", text(phrases.find_next)),
        button("previous-hit", text(phrases.find_previous)),
        element("a", text(phrases.find_go), attributes={"href": f"#{within[0]}", "hidden": ""}),
    )
    return element(
        "div",
        lines(
            element("label", text(phrases.find_label), attributes={"for": _FIELD}),
            element("div", controls, attributes={"class": "controls"}),
            element("p", attributes={"role": "status"}),
        ),
        attributes={"data-within": " ".join(within), **_said(rendering)},
    )


def _language(rendering: Rendering) -> str | None:
    """Return the language of what is typed, where our own words round the field are in another."""
    return rendering.document.metadata.language if rendering.marks else None


def _said(rendering: Rendering) -> dict[str, str | None]:
    """Return what the script says, as attributes that it knows by their names."""
    phrases = rendering.phrases
    return {
        "data-none": phrases.find_none,
        "data-one": phrases.find_one,
        "data-one-by": phrases.find_one_by,
        "data-several": phrases.find_several,
        "data-in-one-turn": phrases.find_in_one_turn,
        "data-in-one-turn-and-between": phrases.find_in_one_turn_and_between,
        "data-in-turns": phrases.find_in_turns,
        "data-in-turns-and-between": phrases.find_in_turns_and_between,
        "data-beside": phrases.find_beside,
        "data-turns-by": phrases.find_turns_by,
        "data-here": phrases.find_here,
        "data-here-unattributed": phrases.find_here_unattributed,
    }
