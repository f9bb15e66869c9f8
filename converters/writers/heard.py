"""What is said of an edition that is heard: by whom, and whether the sound alone is enough."""

from collections.abc import Iterator

from converters.document import Document, NodeId, PullQuote, Sentence
from converters.narration.model import Narration
from converters.phrases import Phrases
from converters.traverse import sentence_text, sentences, turns, walk


def narrators(document: Document, narration: Narration, phrases: Phrases) -> tuple[str, ...]:
    """Return who reads: each synthetic voice under its own name, or the people whose recording it is."""
    if narration.timeline == "recording":
        speaking = {identifier for turn in turns(document) for identifier in turn.people}
        return tuple(person.name for person in document.people if person.id in speaking)
    casting = narration.casting
    voices = (casting.neutral, *(voice for _, voice in casting.voices), *(voice for *_, voice in casting.others))
    return tuple(phrases.narrated_by_voice.format(voice=voice.description) for voice in dict.fromkeys(voices))


def is_wholly_heard(document: Document, narration: Narration) -> bool:
    """Tell whether the sound alone gives all that the episode says.

    What stood on the web page is no part of it, and a pull quote that repeats the
    conversation is heard there.
    """
    quotes = (step for step in walk(document) if isinstance(step, PullQuote) and step.repeats)
    settled = {clip.node for clip in narration.clips}.union(*map(_sentences_of, quotes))
    return all(one.id in settled or not _has_letters(one) for one in _told(document))


def sound_summary(phrases: Phrases, narration: Narration, *, is_whole: bool) -> str:
    """Return what the accessibility summary says of the sound."""
    how = phrases.read_aloud_by_people if narration.timeline == "recording" else phrases.read_aloud
    return how if is_whole else f"{how} {phrases.read_aloud_in_part}"


def _told(document: Document) -> Iterator[Sentence]:
    """Yield every sentence of the episode and of its notes."""
    for section in document.sections:
        if section.kind != "furniture":
            yield from sentences(section)
    for note in document.notes:
        for paragraph in note.paragraphs:
            yield from paragraph.sentences


def _sentences_of(quote: PullQuote) -> frozenset[NodeId]:
    lines = (quote.attribution.line,) if quote.attribution else ()
    return frozenset(one.id for one in (*(s for p in quote.paragraphs for s in p.sentences), *lines))


def _has_letters(sentence: Sentence) -> bool:
    return any(character.isalnum() for character in sentence_text(sentence))
