"""The words of the audio edition, to be read along with it or instead of it."""

from collections.abc import Iterator

from converters.document import NodeId, Person
from converters.narration.model import ScriptTrack, Utterance


def spoken_text(tracks: tuple[ScriptTrack, ...], people: tuple[Person, ...]) -> str:
    """Return a sentence a line, an empty line before each chapter and each change of speaker.

    Every change has the speaker's name, also where it is not heard.
    """
    names = {person.id: person.name for person in people}
    chapters = (chapter for track in tracks for chapter in track.chapters)
    return "\n\n".join("\n".join(_lines(chapter.utterances, names)) for chapter in chapters)


def _lines(utterances: tuple[Utterance, ...], names: dict[NodeId, str]) -> Iterator[str]:
    speaking: NodeId | None = None
    announced, begun = "", False
    for utterance in utterances:
        if utterance.announces:
            announced = utterance.text.removesuffix(".")
            continue
        changed = utterance.person != speaking or announced
        speaking = utterance.person
        if changed and begun:
            yield ""
        name = names.get(utterance.person, "") if utterance.person else announced
        yield f"{name}: {utterance.text}" if changed and name else utterance.text
        announced, begun = "", True
