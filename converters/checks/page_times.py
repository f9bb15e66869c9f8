"""The times of a page that plays its sound: those at which each sentence is heard."""

import itertools
import re

import msgspec

from converters.checks.ledger import Account, in_order
from converters.document import NodeId
from converters.narration.model import Narration
from converters.narration.timeline import clips_in_one_file


class _Times(msgspec.Struct, frozen=True):
    """When each sentence is heard, as the page tells its script: id, begin and end in milliseconds."""

    sentences: tuple[tuple[str, int, int], ...]


def times_account(page: bytes, narration: Narration | None) -> Account:
    """Return what is wrong with a page's times; nothing where each clip has one, in order, or the page has no sound."""
    found = re.search(rb'<script type="application/json">(.*?)</script>', page, re.DOTALL)
    if found is None:
        return Account()
    times = msgspec.json.decode(found.group(1), type=_Times).sentences
    mistimed = [node for node, begin, end in times if begin > end]
    mistimed += [after for (_, _, end), (after, begin, _) in itertools.pairwise(times) if begin < end]
    if narration is None:
        return Account(mistimed=tuple(mistimed))
    clips = {clip.node: clip for clip in clips_in_one_file(narration)}
    mistimed += [node for node, begin, _ in times if node in clips and begin != clips[NodeId(node)].begin]
    missing, doubled, strays = in_order(list(clips), [node for node, *_ in times if node in clips])
    strange = tuple(f"it has a time for {node}, which is not heard" for node, *_ in times if node not in clips)
    lacking = tuple(f"{node} has no time" for node in missing)
    return Account(doubled=doubled, out_of_order=strays, mistimed=tuple(mistimed), faults=(*strange, *lacking))
