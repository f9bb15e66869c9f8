"""How long it is silent after what: by the place in the conversation, and less where speech is faster.

Pauses inside a sentence are the engine's, by its punctuation.
"""

from typing import Final

import msgspec

from converters.narration.model import Utterance
from converters.timing import Milliseconds

AFTER_NAME: Final = 250
AFTER_SENTENCE: Final = 350
AFTER_PARAGRAPH: Final = 600
AFTER_QUESTION: Final = 650
"""Between a question that ends a turn and its answer, which people do not wait long for."""

AFTER_TURN: Final = 800
AFTER_EXCHANGE: Final = 1100
SILENCE: Final = 1200
"""A silence that the transcript marks."""

AFTER_SECTION: Final = 1500

FIT_RATE: Final = 175
"""Words a minute at which the figures above hold; they are milliseconds."""


def pause(milliseconds: int, rate: int) -> Milliseconds:
    """Return a silence for speech of ``rate`` words a minute."""
    return Milliseconds(min(milliseconds, milliseconds * FIT_RATE // rate))


def paused(said: tuple[Utterance, ...], least: Milliseconds) -> tuple[Utterance, ...]:
    """Return the utterances with at least that much silence after the last."""
    if not said or said[-1].pause >= least:
        return said
    return (*said[:-1], msgspec.structs.replace(said[-1], pause=least))
