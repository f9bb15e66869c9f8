"""Is timed text whole, in order and in time? Read back with webvtt-py, or as plain JSON.

Every sentence that is heard must be there once, in order, and where the format says who speaks,
said by the right person; times run forward. On our own timeline they are those of the clips. On
the recording's a sentence begins within the time that the source gives it.
"""

import html
import io
import itertools
import re
import unicodedata
from collections.abc import Iterator, Sequence
from typing import Final

import msgspec

from converters.document import Document, NodeId, Paragraph, Sentence, Sound, Turn
from converters.narration.model import Narration
from converters.narration.timeline import chapter_spans, clips_in_one_file
from converters.phrases import phrases_for
from converters.recording_times import has_recording_times
from converters.timing import SourceTime
from converters.traverse import sections, sentence_text, turns, walk

LOOSE: Final = 1
"""Milliseconds by which a time may differ: a decimal fraction of a second is not always whole ones."""

_VOICE: Final = re.compile(r"<v ([^>]*)>")
_TAG: Final = re.compile(r"<[^>]*>")


class _Wanted(msgspec.Struct, frozen=True):
    """What is heard: its letters, who says it, between which milliseconds it begins, and before which it cannot end."""

    id: NodeId
    letters: str
    names: str | None
    is_speech: bool
    begins: tuple[int, int] | None = None
    ends: int | None = None


class _Found(msgspec.Struct, frozen=True):
    """A cue or a segment; ``id`` and ``names`` are None where the format has none."""

    letters: str
    begin: float
    end: float
    id: str | None = None
    names: str | None = None


class _Segment(msgspec.Struct, frozen=True, rename="camel"):
    start_time: float
    end_time: float
    body: str
    speaker: str | None = None


class _Transcript(msgspec.Struct, frozen=True):
    version: str
    segments: tuple[_Segment, ...]


class _Chapter(msgspec.Struct, frozen=True, rename="camel"):
    start_time: float
    title: str
    end_time: float


class _Chapters(msgspec.Struct, frozen=True):
    version: str
    chapters: tuple[_Chapter, ...]


def fault(format_name: str, text: str, document: Document, narration: Narration | None) -> str | None:
    """Return what is wrong with the edition, naming the first sentence concerned; None where all is well."""
    if format_name == "chapters-json":
        return _fault_of_chapters(text, document, narration)
    wanted = list(_wanted(document, narration))
    if not wanted:
        return "nothing is heard in it"
    if format_name == "podcast-json":
        found = list(_segments(text))
        return _out_of_time(found) or _fault_of_segments(wanted, found)
    found = list(_cues(text, format_name))
    return _out_of_time(found) or _fault_of_cues(wanted, found, has_ids=format_name == "vtt")


# what must be there -----------------------------------------------------------------------


def _wanted(document: Document, narration: Narration | None) -> Iterator[_Wanted]:
    names = {person.id: person.name for person in document.people}
    spoken = ((s, turn) for turn in turns(document) for paragraph in turn.paragraphs for s in paragraph.sentences)
    said_by = {s.id: ", ".join(names[person] for person in turn.people) or None for s, turn in spoken}
    if has_recording_times(document):
        parts = [part for part in _in_recording(document) if _text(part).strip()]
        begins = [part.time.begin for part in parts if part.time]
        in_order = begins == sorted(begins)
        for part in parts:
            yield _of(part, said_by, _within(part.time) if in_order else None)
        return
    narrator = phrases_for(document.metadata.language).caption_narrator
    for part in _with_clips(document):
        if isinstance(part, Sentence):
            said_by.setdefault(part.id, narrator)
    can_be_heard = {part.id: part for part in _with_clips(document) if _text(part).strip()}
    for clip in clips_in_one_file(narration) if narration else ():
        if clip.node in can_be_heard:
            yield _of(can_be_heard[clip.node], said_by, (clip.begin, clip.begin), clip.end)


def _of(
    part: Sentence | Sound, said_by: dict[NodeId, str | None], begins: tuple[int, int] | None, ends: int | None = None
) -> _Wanted:
    return _Wanted(part.id, _letters(_text(part)), said_by.get(part.id), isinstance(part, Sentence), begins, ends)


def _within(time: SourceTime | None) -> tuple[int, int] | None:
    return (time.begin, time.end) if time and time.end is not None and time.end > time.begin else None


def _in_recording(document: Document) -> Iterator[Sentence | Sound]:
    """Yield what people say, sounds, and of other text what the source gives a time; never the page's furniture."""
    for block in (b for section in sections(document) if section.kind != "furniture" for b in section.blocks):
        match block:
            case Turn():
                yield from (sentence for paragraph in block.paragraphs for sentence in paragraph.sentences)
            case Sound():
                yield block
            case Paragraph():
                yield from (sentence for sentence in block.sentences if sentence.time)
            case _:
                pass  # printed, and never heard in a recording


def _with_clips(document: Document) -> Iterator[Sentence | Sound]:
    """Yield sentences, and sounds that stand outside them."""
    apart = {block.id for section in sections(document) for block in section.blocks if isinstance(block, Sound)}
    for step in walk(document):
        if isinstance(step, Sentence) or (isinstance(step, Sound) and step.id in apart):
            yield step


def _text(part: Sentence | Sound) -> str:
    return sentence_text(part) if isinstance(part, Sentence) else part.description


def _letters(text: str) -> str:
    return "".join(filter(str.isalnum, unicodedata.normalize("NFKC", text).casefold()))


# what is there ------------------------------------------------------------------------------


def _cues(text: str, format_name: str) -> Iterator[_Found]:
    import webvtt

    for cue in webvtt.WebVTT.from_buffer(io.StringIO(text), format=format_name).captions:
        tagged = format_name == "vtt"
        voice = _VOICE.search(cue.raw_text) if tagged else None
        words = html.unescape(_TAG.sub("", cue.raw_text)) if tagged else cue.raw_text
        yield _Found(
            _letters(words),
            cue.start_time.in_milliseconds(),
            cue.end_time.in_milliseconds(),
            cue.identifier,
            html.unescape(voice[1]) if voice else None,
        )


def _segments(text: str) -> Iterator[_Found]:
    for one in msgspec.json.decode(text, type=_Transcript).segments:
        yield _Found(_letters(one.body), one.start_time * 1000, one.end_time * 1000, names=one.speaker)


# whether they agree -----------------------------------------------------------------------------


def _out_of_time(found: Sequence[_Found]) -> str | None:
    """Return what is wrong with the times alone: each ends after it begins, and before the next begins."""
    for one in found:
        if not 0 <= one.begin < one.end:
            return f"a time runs backward at {one.begin / 1000} s"
    for one, after in itertools.pairwise(found):
        if after.begin < one.end - LOOSE:
            return f"two times overlap at {after.begin / 1000} s"
    return None


def _fault_of_segments(wanted: Sequence[_Wanted], found: Sequence[_Found]) -> str | None:
    for want, have in itertools.zip_longest(wanted, found):
        if want is None or have is None:
            return f"{want.id} is missing" if want else "there is more than the transcript says"
        if (want.letters, want.names) != (have.letters, have.names):
            return f"{want.id} is missing or said by somebody else"
        if said := _untimely(want, have.begin, have.end):
            return said
    return None


def _fault_of_cues(wanted: Sequence[_Wanted], found: Sequence[_Found], *, has_ids: bool) -> str | None:
    """Compare cue by cue; a cue without a letter, such as a note of music, is told by its id alone."""
    if not has_ids:
        found = [have for have in found if have.letters]
    place, speaking = 0, ""
    for want in wanted:
        shown = _shown(want, speaking)
        speaking = want.names or ("" if want.is_speech else speaking)
        if not (shown or has_ids):
            continue
        cues = _cues_of(want, shown, found[place:], has_ids=has_ids)
        if "".join(cue.letters for cue in cues) != shown:
            return f"{want.id} is missing or out of order"
        if has_ids and any(cue.names != want.names for cue in cues):
            return f"{want.id} is said by somebody else"
        if said := _untimely(want, cues[0].begin, cues[-1].end):
            return said
        place += len(cues)
    return "there is more than the transcript says" if place < len(found) else None


def _shown(want: _Wanted, speaking: str) -> str:
    """Return the letters that are seen: those of the name too, where somebody begins to speak."""
    return _letters(want.names) + want.letters if want.names and want.names != speaking else want.letters


def _cues_of(want: _Wanted, shown: str, found: Sequence[_Found], *, has_ids: bool) -> Sequence[_Found]:
    """Return the cues that are this sentence's: by their ids, or as many as it takes to say it."""
    if has_ids:
        named = itertools.chain((want.id,), (f"{want.id}-c{number}" for number in itertools.count(2)))
        return [
            cue for cue, _ in itertools.takewhile(lambda pair: pair[0].id == pair[1], zip(found, named, strict=False))
        ]
    said = itertools.accumulate(len(cue.letters) for cue in found)
    return found[: 1 + sum(1 for _ in itertools.takewhile(lambda letters: letters < len(shown), said))]


def _untimely(want: _Wanted, begin: float, end: float) -> str | None:
    if want.begins and not want.begins[0] - LOOSE <= begin <= want.begins[1] + LOOSE:
        return f"{want.id} begins at {begin / 1000} s, and should between {want.begins[0]} and {want.begins[1]} ms"
    if want.ends is not None and end < want.ends - LOOSE:
        return f"{want.id} ends at {end / 1000} s, before it is said"
    return None


# chapters -----------------------------------------------------------------------------------------


def _fault_of_chapters(text: str, document: Document, narration: Narration | None) -> str | None:
    chapters = msgspec.json.decode(text, type=_Chapters).chapters
    if not chapters or not all(chapter.title.strip() for chapter in chapters):
        return "a chapter has no title" if chapters else "there is no chapter"
    if any(chapter.end_time <= chapter.start_time for chapter in chapters):
        return "a chapter ends before it begins"
    if any(after.start_time <= one.start_time for one, after in itertools.pairwise(chapters)):
        return "the chapters are out of order"
    if narration is None or has_recording_times(document):
        return None
    wanted = [(span.title, span.begin) for span in chapter_spans(narration) if span.begin < span.end]
    found = [(chapter.title, round(chapter.start_time * 1000)) for chapter in chapters]
    return None if found == wanted else "the chapters are not those of the spoken edition"
