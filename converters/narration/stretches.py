"""What is played while a part of the document is pointed at: its clip, with the pause that we set after it."""

import itertools
from collections.abc import Iterable
from typing import Final

import msgspec

from converters.document import NodeId
from converters.narration.model import AudioClip, Timeline
from converters.timing import Milliseconds

LONGEST_PAUSE: Final = 1100
"""Milliseconds between two clips that belong to the first; at 175 words a minute, less where speech is faster."""

PAUSES_FIT_RATE: Final = 175


class Stretch(msgspec.Struct, frozen=True):
    """What is played while an element is highlighted, in milliseconds from the start of a track."""

    track: str
    begin: Milliseconds
    end: Milliseconds


def longest_pause(timeline: Timeline, rate: int) -> int:
    """Return how long a pause that goes with its clip may be; ``rate`` is in words a minute.

    In a recording a clip is what the source says that it is.
    """
    return 0 if timeline == "recording" else min(LONGEST_PAUSE, LONGEST_PAUSE * PAUSES_FIT_RATE // rate)


def stretches(clips: Iterable[AudioClip], longest: int) -> dict[str, Stretch]:
    """Return clips by node, each with the pause after it where that is no longer than ``longest`` milliseconds.

    A player that seeks from clip to clip would else leave out every pause. The clips of a piece are taken as
    those of a whole narration are.
    """
    in_order = sorted(clips, key=lambda clip: (clip.track, clip.begin))
    found: dict[NodeId, Stretch] = {}
    for clip, after in itertools.zip_longest(in_order, in_order[1:]):
        follows = after is not None and after.track == clip.track and 0 <= after.begin - clip.end <= longest
        found.setdefault(clip.node, Stretch(clip.track, clip.begin, after.begin if follows else clip.end))
    return {str(node): stretch for node, stretch in found.items()}
