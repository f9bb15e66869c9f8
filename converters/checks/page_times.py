"""The times of a page that plays its sound: those at which each sentence is heard."""

import itertools
import re
from collections.abc import Iterator

import msgspec

from converters.checks.ledger import Account, in_order
from converters.document import NodeId
from converters.narration.kept import Kept
from converters.narration.model import AudioClip
from converters.narration.timeline import chapter_spans, clips_in_one_file


class _Times(msgspec.Struct, frozen=True):
    """When each sentence is heard, as the page tells its script: id, begin and end in milliseconds.

    ``chapters`` are title, depth, begin and end.
    """

    sentences: tuple[tuple[str, int, int], ...]
    chapters: tuple[tuple[str, int, int, int], ...] = ()


def times_account(page: bytes, narration: Kept | None) -> Account:
    """Return what is wrong with a page's times; nothing where each clip has one, in order, or the page has no sound."""
    found = re.search(rb'<script type="application/json">(.*?)</script>', page, re.DOTALL)
    if found is None:
        return Account()
    told = msgspec.json.decode(found.group(1), type=_Times)
    times = told.sentences
    backward = [node for node, begin, end in times if begin > end]
    backward += [after for (_, _, end), (after, begin, _) in itertools.pairwise(times) if begin < end]
    if narration is None:
        return Account(mistimed=tuple(backward))
    clips = {clip.node: clip for clip in clips_in_one_file(narration)}
    late = [one[0] for one in times if one[0] in clips and one[1:] != _heard(clips[NodeId(one[0])])]
    missing, doubled, strays = in_order(list(clips), [node for node, *_ in times if node in clips])
    strange = tuple(f"it has a time for {node}, which is not heard" for node, *_ in times if node not in clips)
    lacking = tuple(f"{node} has no time" for node in missing)
    faults = (*strange, *lacking, *_chapters(told, narration))
    return Account(doubled=doubled, out_of_order=strays, mistimed=(*late, *backward), faults=faults)


def _heard(clip: AudioClip) -> tuple[int, int]:
    return clip.begin, clip.end


def _chapters(told: _Times, narration: Kept) -> Iterator[str]:
    """Tell of the first chapter that the player of the page has not, or otherwise."""
    wanted = [(span.title, span.depth, span.begin, span.end) for span in chapter_spans(narration)]
    for want, have in itertools.zip_longest(wanted, told.chapters):
        if want is None:
            yield f"its player has a chapter “{have[0]}” too many"
        elif have is None or want[0] != have[0]:
            yield f"its player lacks the chapter “{want[0]}”"
        elif want != have:
            yield f"its player has the chapter “{want[0]}” at {have[2]} ms, not at {want[2]} ms"
        else:
            continue
        return
