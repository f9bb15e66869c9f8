"""What only talking books say: headings and lines that we add, which a listener comes to one by one.

An edition that is heard from end to end does without them. In a talking book a listener goes from heading
to heading, and must hear where they are.
"""

from collections.abc import Iterator
from typing import Final

from converters.narration import pauses
from converters.narration.model import Aside, Casting, Chapter, ScriptTrack, Utterance
from converters.narration.narrator import Narrator

TRACK: Final = "asides"


def asides_track(
    asides: tuple[Aside, ...], tracks: tuple[ScriptTrack, ...], casting: Casting, narrator: Narrator
) -> tuple[ScriptTrack, ...]:
    """Return the one track of all that the others do not say; none where they say it all."""
    taken = {u.node for track in tracks for chapter in track.chapters for u in chapter.utterances}
    said = tuple(u for one in asides if one.node not in taken for u in _utterances(one, casting, narrator))
    return (ScriptTrack(TRACK, None, (Chapter("", said),), book_only=True, aside=True),) if said else ()


def _utterances(aside: Aside, casting: Casting, narrator: Narrator) -> Iterator[Utterance]:
    """Yield what is said, nothing where no voice has the language of our words."""
    said = narrator.added(aside.words, aside.node) if aside.ours else narrator.own(aside.words, aside.node)
    pause = pauses.AFTER_TURN if aside.heads else pauses.AFTER_PARAGRAPH
    for utterance in narrator.paused(said, narrator.pause(pause)):
        if casting.voice(utterance.person, utterance.language) is not None:
            yield utterance
