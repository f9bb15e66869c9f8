"""What is heard, by whom, and when: on the recording's timeline where the source has its times, else on ours."""

import re
from collections.abc import Iterable, Iterator
from typing import Final, assert_never

import msgspec

from converters.document import (
    Document,
    Emphasis,
    Foreign,
    Inline,
    Inlines,
    LanguageTag,
    Link,
    NodeId,
    NoteReference,
    Sentence,
    Sound,
    Text,
    Turn,
)
from converters.errors import MissingPartError
from converters.narration.model import Narration, Timeline
from converters.narration.timeline import chapter_spans, clips_in_one_file
from converters.recording_times import WIDE, HeardPart, has_recording_times, recording_times
from converters.timing import Milliseconds, TimeSpan
from converters.traverse import person_named, plain_text, sections, turns, walk
from converters.writers import WriteContext

_BRACKETED: Final = re.compile(r"[\[({<*（【［〔]+\s*(?P<words>.*?)[\s.]*[\])}>*）】］〕]+")
_NOTES: Final = re.compile("[♩-♬]")
_WORD: Final = re.compile(r"[^\W\d_]+")
_NOUNS_ARE_CAPITAL: Final = ("de", "lb")


class Heard(msgspec.Struct, frozen=True):
    """A sentence, or a sound of its own, with the words that captions have for it.

    ``names`` is who says it, None for sounds and where nobody is known to; ``begins_to_speak``
    tells that somebody else, or nobody, was heard before. ``language`` is given where it is not the document's.
    """

    id: NodeId
    text: str
    begin: Milliseconds
    end: Milliseconds
    names: str | None = None
    begins_to_speak: bool = False
    language: LanguageTag | None = None


class TimedText(msgspec.Struct, frozen=True):
    """All that is heard, in order; ``end`` is that of the sound as a whole, where it is known.

    ``exact`` tells that captions fit the sound closely enough to be called so in a feed.
    """

    timeline: Timeline
    heard: tuple[Heard, ...]
    end: Milliseconds | None = None
    exact: bool = True


def timeline_of(document: Document) -> Timeline:
    """Return whose clock the timed text of this document goes by, whether or not there is a narration."""
    return "recording" if has_recording_times(document) else "narration"


def whose_times(timeline: Timeline, context: WriteContext) -> str:
    """Return in words which sound the times fit, and which they do not."""
    if timeline == "recording":
        return context.phrases.timed_by_recording
    return context.phrases.timed_by_narration


def timed_text(document: Document, context: WriteContext) -> TimedText:
    """Return what is heard. Raises ``MissingPartError`` where nothing says when."""
    if timeline_of(document) == "recording":
        times = recording_times(document)
        times.remark(context.report)
        told = _told(document, zip(times.parts, times.spans, strict=True), None)
        return TimedText("recording", tuple(told), exact=times.longest <= WIDE)
    narration = narration_of(context)
    told = _told(document, _clips(document, narration), context.phrases.caption_narrator)
    return TimedText("narration", tuple(told), chapter_spans(narration)[-1].end)


def narration_of(context: WriteContext) -> Narration:
    """Return the narration. Raises ``MissingPartError`` that says how to have times where there are none."""
    if context.narration is None:
        raise MissingPartError(
            f"{context.source_name}: the transcript has no times and nothing is read aloud, so nobody knows when a "
            "sentence is heard. Add mp3 to --to, or --read-aloud, for times of the spoken edition; or convert captions "
            "or a transcript with time codes, for times of the show's own recording."
        )
    return context.narration


def _clips(document: Document, narration: Narration) -> Iterator[tuple[HeardPart, TimeSpan]]:
    """Yield the parts that have a clip; a sound inside a sentence is part of the sentence."""
    parts = _parts(document)
    for clip in clips_in_one_file(narration):
        if clip.node in parts:
            yield parts[clip.node], TimeSpan(clip.begin, clip.end)


def _parts(document: Document) -> dict[NodeId, HeardPart]:
    """Return what can have a clip, by its id: sentences, and sounds of their own."""
    turn_of = {s.id: turn for turn in turns(document) for paragraph in turn.paragraphs for s in paragraph.sentences}
    apart = {block.id for section in sections(document) for block in section.blocks if isinstance(block, Sound)}
    return {
        step.id: HeardPart(step, turn_of.get(step.id))
        for step in walk(document)
        if isinstance(step, Sentence) or (isinstance(step, Sound) and step.id in apart)
    }


def _told(document: Document, timed: Iterable[tuple[HeardPart, TimeSpan]], narrator: str | None) -> Iterator[Heard]:
    """Yield what is heard with its words; what has none, such as the mark of a note, is not seen.

    ``narrator`` is what whoever reads the other parts of the page is called, None where nobody does.
    """
    language = document.metadata.language
    proper = frozenset(word for person in document.people for word in _WORD.findall(person.name))
    speaking: str | None = None
    for heard, span in timed:
        part, turn = heard.part, heard.turn
        text = _text(part, language, proper)
        if not text:
            continue
        names = _names(document, turn) if turn else narrator if isinstance(part, Sentence) else None
        other = turn.language if turn and turn.language != language else None
        yield Heard(part.id, text, span.begin, span.end, names, names not in {None, speaking}, other)
        speaking = names if isinstance(part, Sentence) else speaking


def _names(document: Document, turn: Turn) -> str | None:
    return ", ".join(person_named(document, person).name for person in turn.people) or None


# words --------------------------------------------------------------------------------


def _text(part: Sentence | Sound, language: str, proper: frozenset[str]) -> str:
    if isinstance(part, Sound):
        return sound_text(part, language, proper)
    return _inlines_text(part.inlines, language, proper).strip()


def _inlines_text(inlines: Inlines, language: str, proper: frozenset[str]) -> str:
    return "".join(_inline_text(inline, language, proper) for inline in inlines)


def _inline_text(inline: Inline, language: str, proper: frozenset[str]) -> str:
    match inline:
        case Sound():
            return sound_text(inline, language, proper)
        case Emphasis() | Foreign() | Link():
            return _inlines_text(inline.inlines, language, proper)
        case Text() | NoteReference():
            return plain_text((inline,))
        case _:
            assert_never(inline)


def sound_text(sound: Sound, language: str, proper: frozenset[str] = frozenset()) -> str:
    """Return a sound in lower case and square brackets, ``[laughter]`` for ``(LAUGHTER)``; names keep their capitals.

    Song and verse between notes (``♪``) stay as printed (DCMP Captioning Key, "Sound Effects", "Music").
    """
    printed = " ".join(sound.description.split())
    if _NOTES.search(printed):
        return printed
    match = _BRACKETED.fullmatch(printed)
    words = match["words"] if match else printed
    kind, colon, rest = words.partition(":")  # “MUSIC: a slow waltz”
    if kind.isupper():
        capital = {word.upper(): word for word in proper}
        loud = words if words.isupper() else kind
        quiet = _WORD.sub(lambda word: capital.get(word[0], word[0].lower()), loud)
        words = quiet if words.isupper() else quiet + colon + rest
    elif language.partition("-")[0] not in _NOUNS_ARE_CAPITAL and _is_plain(words, proper):
        words = words[0].lower() + words[1:]
    return f"[{words}]" if words else printed


def _is_plain(words: str, proper: frozenset[str]) -> bool:
    """Tell whether words begin with a capital only because they stand at the beginning."""
    first = _WORD.match(words)
    return first is not None and first[0][1:].islower() and first[0] not in proper
