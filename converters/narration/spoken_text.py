"""The words of the audio edition, to be read along with it or instead of it."""

from collections.abc import Iterator

from converters.document import Document, NodeId, Sentence
from converters.narration.model import ScriptTrack, Utterance
from converters.traverse import sentence_text, walk


def spoken_text(tracks: tuple[ScriptTrack, ...], document: Document) -> str:
    """Return a sentence a line, an empty line before each chapter and each change of speaker.

    Sentences stand as they are printed, whichever way they are said. Every change has the
    speaker's name, in full, also where it is not heard. What only the book says is left out.
    """
    names = {person.id: person.name for person in document.people}
    printed = {step.id: sentence_text(step) for step in walk(document) if isinstance(step, Sentence)}
    chapters = (chapter for track in tracks if not track.book_only for chapter in track.chapters)
    return "\n\n".join("\n".join(_lines(chapter.utterances, names, printed)) for chapter in chapters)


def _lines(utterances: tuple[Utterance, ...], names: dict[NodeId, str], printed: dict[NodeId, str]) -> Iterator[str]:
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
        words = printed.get(utterance.node, utterance.text) if utterance.node else utterance.text
        yield f"{name}: {words}" if changed and name else words
        before, announced = utterance, False


def _speakers(utterance: Utterance) -> tuple[NodeId, ...]:
    return (utterance.person,) if utterance.person else utterance.together
