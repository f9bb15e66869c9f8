"""The words of the audio edition, to be read along with it or instead of it."""

from collections.abc import Iterator

from converters.document import NodeId, Person
from converters.narration.model import ScriptTrack, Utterance


def spoken_text(tracks: tuple[ScriptTrack, ...], people: tuple[Person, ...]) -> str:
    """Return a sentence a line, an empty line before each chapter and each change of speaker.

    Every change has the speaker's name, in full, also where it is not heard. What only the
    book says is left out.
    """
    names = {person.id: person.name for person in people}
    chapters = (chapter for track in tracks if not track.book_only for chapter in track.chapters)
    return "\n\n".join("\n".join(_lines(chapter.utterances, names)) for chapter in chapters)


def _lines(utterances: tuple[Utterance, ...], names: dict[NodeId, str]) -> Iterator[str]:
    before: Utterance | None = None
    announced = False
    for utterance in utterances:
        if utterance.announces:
            announced = True
            continue
        changed = announced or before is None or _speakers(utterance) != _speakers(before)
        if changed and before:
            yield ""
        name = ", ".join(names.get(person, "") for person in _speakers(utterance))
        yield f"{name}: {utterance.text}" if changed and name else utterance.text
        before, announced = utterance, False


def _speakers(utterance: Utterance) -> tuple[NodeId, ...]:
    return (utterance.person,) if utterance.person else utterance.together
