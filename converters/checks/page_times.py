"""The times of a page that plays its sound: those at which each sentence is heard."""

import itertools
import re

import msgspec

from converters.narration.model import Narration


class _Times(msgspec.Struct, frozen=True):
    """When each sentence is heard, as the page tells its script: id, begin and end in milliseconds."""

    sentences: tuple[tuple[str, int, int], ...]


def times_fault(page: bytes, narration: Narration) -> str | None:
    """Return what is wrong with a page's times, None where each clip has one, in order, or the page has no sound."""
    found = re.search(rb'<script type="application/json">(.*?)</script>', page, re.DOTALL)
    if found is None:
        return None
    times = msgspec.json.decode(found.group(1), type=_Times).sentences
    apart = {track.name for track in narration.tracks if track.book_only}
    heard = [str(clip.node) for clip in narration.clips if clip.track not in apart]
    for node, timed in itertools.zip_longest(heard, (one for one, *_ in times)):
        if node != timed:
            return f"among its times {timed} stands where {node} should"
    spans = [moment for _, begin, end in times for moment in (begin, end)]
    return None if spans == sorted(spans) else "its times run backward"
