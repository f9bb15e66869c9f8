"""Show one person's words, or all: radios with each person's name, turns and words.

Whose a turn is stands once, in the panel: for each turn of the page, in its order, the numbers of
the people who say it. So the transcript itself is the same with and without this tool.
"""

from collections.abc import Iterator
from typing import Final

import msgspec

from converters import outline
from converters.document import NodeId, Section, Turn
from converters.phrases import Phrases
from converters.writers.find_in_page import STYLE, spoken_sections
from converters.writers.markup import Markup, element, joined, lines, text, unclosed, void
from converters.writers.toolbar import Tool, button
from converters.writers.xhtml import Rendering

FEWEST: Final = 2
"""People who speak: where it is only one, all words are theirs."""


class _Speaker(msgspec.Struct, frozen=True):
    """Somebody whose words can be shown alone; ``person`` is None for turns that the source gives to nobody."""

    name: str
    person: NodeId | None
    turns: tuple[Turn, ...]


def tool(rendering: Rendering) -> Tool | None:
    """Return the tool, None where fewer than two people speak."""
    turns = tuple(turn for one in _sections(rendering) for turn in _turns(one))
    speakers = _speakers(rendering, turns)
    if sum(speaker.person is not None for speaker in speakers) < FEWEST:
        return None
    panel = _panel(rendering, turns, speakers)
    return Tool("people", rendering.phrases.tool_people, panel, ("people.js",), (STYLE,), below=_notice(rendering))


def _sections(rendering: Rendering) -> tuple[Section, ...]:
    wanted = spoken_sections(rendering)
    return tuple(one for one in rendering.outline.body if one.id in wanted)


def _turns(section: Section) -> Iterator[Turn]:
    """Yield the turns of a section in the order of the page: its own, then those of its subsections."""
    yield from (block for block in section.blocks if isinstance(block, Turn))
    for inner in section.subsections:
        yield from _turns(inner)


def _speakers(rendering: Rendering, turns: tuple[Turn, ...]) -> tuple[_Speaker, ...]:
    """Return who speaks in the order of the document's people; a turn of several counts for each of them."""
    named = tuple(_Speaker(person.name, person.id, ()) for person in rendering.document.people)
    nobody = _Speaker(rendering.phrases.unattributed_speech, None, ())
    found = (
        msgspec.structs.replace(speaker, turns=tuple(turn for turn in turns if _speaks(speaker, turn)))
        for speaker in (*named, nobody)
    )
    return tuple(speaker for speaker in found if speaker.turns)


def _speaks(speaker: _Speaker, turn: Turn) -> bool:
    return speaker.person in turn.people if turn.people else speaker.person is None


def _panel(rendering: Rendering, turns: tuple[Turn, ...], speakers: tuple[_Speaker, ...]) -> Markup:
    phrases = rendering.phrases
    everyone = _Speaker(phrases.people_everyone, None, turns)
    numbered = ((speaker, str(number)) for number, speaker in enumerate(speakers, 1))
    radios = (_radio(rendering, everyone, ""), *(_radio(rendering, speaker, number) for speaker, number in numbered))
    return element(
        "fieldset",
        lines(element("legend", text(phrases.people_legend)), *radios),
        attributes={
            "data-within": " ".join(spoken_sections(rendering)),
            "data-turns": " ".join(_numbers(turn, speakers) for turn in turns),
            "data-only": phrases.people_only,
            "data-again": phrases.people_again,
            "data-paused": phrases.people_paused,
        },
    )


def _numbers(turn: Turn, speakers: tuple[_Speaker, ...]) -> str:
    """Return ``2``, or ``2+3`` for a turn of two people."""
    said_by = (number for number, speaker in enumerate(speakers, 1) if _speaks(speaker, turn))
    return "+".join(map(str, said_by))


def _radio(rendering: Rendering, speaker: _Speaker, number: str) -> Markup:
    """Return a choice with its words."""
    marks = {"type": "radio", "name": "people", "value": number, "data-name": speaker.name}
    radio = unclosed(void("input", {**marks, "checked": None if number else ""}))
    return element("label", joined(radio, text(" "), _choice(rendering, speaker)))


def _choice(rendering: Rendering, speaker: _Speaker) -> Markup:
    """Return ``Dmitri Makarov, 5 turns, 812 words``, the name in the language of the document."""
    phrases = rendering.phrases
    words = sum(map(outline.words_said, speaker.turns))
    counts = f", {_turn_count(phrases, len(speaker.turns))}, {_word_count(phrases, words)}"
    if speaker.person:
        return rendering.added_round("", text(speaker.name), counts)
    return text(speaker.name + counts)


def _turn_count(phrases: Phrases, count: int) -> str:
    return phrases.one_turn if count == 1 else phrases.turns.format(count=count)


def _word_count(phrases: Phrases, count: int) -> str:
    return phrases.one_word if count == 1 else phrases.words.format(count=f"{count:,}".replace(",", phrases.thousands))


def _notice(rendering: Rendering) -> Markup:
    """Return the line that says whose words alone are shown, with the button that shows all."""
    said = element("p", attributes={"role": "status"})
    show_all = button("show-all", text(rendering.phrases.people_show_all), {"hidden": ""})
    return element("div", said, show_all, attributes={"class": "only", "hidden": ""})
