"""JSON: speech in lists of records, whatever program wrote them: segments, utterances, monologues, words."""

import bisect
import re
from collections.abc import Iterator, Sequence
from typing import Final

import msgspec

from converters.document import Document
from converters.errors import SourceError
from converters.readers import ReadContext
from converters.readers.column_roles import recurs, span_roles
from converters.readers.columns import pieces_of_rows
from converters.readers.decoding import decode
from converters.readers.json_facts import Source, account
from converters.readers.json_records import Json, Record, Records, loaded, records_of
from converters.readers.limits import check_words
from converters.readers.manuscript import Manuscript
from converters.readers.pieces import Form, Moment, Piece, one_space
from converters.readers.source_times import Scale, are_of_day, scale_of
from converters.readers.speech_records import Speech, chosen, column_of, names_of, speech_of
from converters.readers.timed_words import Word, moments_within, pieces_of_words
from converters.readers.understanding import understand
from converters.timing import Milliseconds

_MARKUP: Final = re.compile(
    r"<(?P<block>/?(?:p|br|div|li)\b[^<>]*)>|</?(?:b|i|u|em|strong|span)\b[^<>]*>", re.IGNORECASE
)
_TAG: Final = re.compile(r"\s*<([^<>/]{1,60})>\s*")
_READ: Final = (
    "lists of records such as {speaker, text, start}: Podcasting 2.0, Whisper and other transcription programs"
)


def read_segments(source: bytes, context: ReadContext) -> Document:
    """Return the transcript that JSON holds in lists of records.

    Raises ``SourceError`` where nothing in it is speech, and where it is larger or
    more deeply nested than the options allow.
    """
    return understand(segments_manuscript(loaded(decode(source, context.report), context), context), context)


def segments_manuscript(value: Json, context: ReadContext) -> Manuscript:
    """Return what is said in the data, a piece a record or, of words one by one, a sentence. Raises ``SourceError``.

    Which records carry the speech is told by their fields' names, in any language:
    those with a speaker outweigh those with times, and whole utterances their words.
    What only repeats them is read once; everything else goes to the facts or the report.
    """
    records = records_of(value, context)
    _check_length(records, context)
    speech = chosen(records)
    if speech is None:
        pieces = pieces_of_rows(records.rows, context.report, alone=True) if records.rows else None
        if not pieces:
            raise SourceError(f"{context.name}: no speech is in this JSON. Curbcut reads {_READ}.")
        return Manuscript(pieces, speech_only=True)
    said = _with_speakers(speech, records)
    pieces = tuple(_pieces(speech, said, _inner_words(speech, records)))
    source = Source(records, speech.path, speech.fields, tuple(word.text for word in said))
    labels = tuple(dict.fromkeys(piece.label for piece in pieces if piece.label))
    return Manuscript(pieces, account(source, labels, context.report), speech_only=speech.form != "prose")


def _check_length(records: Records, context: ReadContext) -> None:
    """Raise ``SourceError`` where one text has more words than any episode, before they are counted one by one."""
    for group in records.groups.values():
        for record in group:
            for value in record.own.values():
                check_words(value, context.name, context.options.limits)


# what they say --------------------------------------------------------------------------


def _with_speakers(speech: Speech, records: Records) -> tuple[Word, ...]:
    """Return every record as it is said; who speaks may stand in another list, which has times and no words."""
    said = tuple(_said(speech))
    if speech.roles.speaker is not None or speech.roles.begin is None:
        return said
    spans = next((spans for group in records.groups.values() if (spans := _spans(group))), ())
    begins = [begin for begin, _, _ in spans]
    return tuple(_attributed(word, spans, begins) for word in said) if spans else said


def _said(speech: Speech) -> Iterator[Word]:
    roles, columns = speech.roles, speech.columns
    begins, ends = _times(speech)
    labels = columns[roles.speaker] if roles.speaker is not None else ("",) * len(speech.records)
    unguessed = _without_doubles(speech.texts, labels, [record.place for record in speech.records])
    languages = [record.own.get("language") for record in speech.records]
    several = len({language for language in languages if language}) > 1
    for index in unguessed:
        record, label = speech.records[index], one_space(labels[index]).removesuffix(":")
        language = languages[index] if several else None
        yield Word(
            _without_markup(speech.texts[index]), label or None, record.place, index + 1,
            begins[index], ends[index], language,
        )  # fmt: skip


def _without_markup(text: str) -> str:
    """Return a text without the tags of a web page; one alone is a sound, ``<laugh>``."""
    if "<" not in text:
        return text
    if match := _TAG.fullmatch(text):
        return f"[{match[1]}]"
    return _MARKUP.sub(lambda tag: "\n" if tag["block"] else "", text)


def _without_doubles(texts: Sequence[str], labels: Sequence[str], places: Sequence[int]) -> list[int]:
    """Return the records to read: a last list that repeats all lists before it, now with speakers, replaces them."""
    last = [index for index, place in enumerate(places) if place == places[-1]]
    before = [index for index, place in enumerate(places) if place != places[-1]]
    named = all(labels[index] for index in last) and not any(labels[index] for index in before)
    if before and named and "".join(texts[i] for i in last).strip() == "".join(texts[i] for i in before).strip():
        return last
    return list(range(len(texts)))


def _times(speech: Speech) -> tuple[list[Milliseconds | None], list[Milliseconds | None]]:
    roles, columns = speech.roles, speech.columns
    nothing: list[Milliseconds | None] = [None] * len(speech.records)
    if roles.begin is None:
        return nothing, nothing
    scale = scale_of(columns[roles.begin], speech.counts, speech.names[roles.begin])
    begins = [scale.read(value) for value in columns[roles.begin]]
    if are_of_day(begins):
        return nothing, nothing
    ends = nothing
    if roles.end is not None:
        ends = [_like(scale, speech.names[roles.end]).read(value) for value in columns[roles.end]]
    elif roles.duration is not None:
        lasting = [_like(scale, speech.names[roles.duration]).read(value) for value in columns[roles.duration]]
        ends = [Milliseconds((b or 0) + d) if d is not None else None for b, d in zip(begins, lasting, strict=True)]
    return begins, [
        e if b is not None and e is not None and e >= b else None for b, e in zip(begins, ends, strict=True)
    ]


def _like(scale: Scale, name: str) -> Scale:
    """Return the scale of the begin, unless the field's own name tells another."""
    return scale_of((), (), name) if scale_of((), (), name) != Scale() else scale


Span = tuple[Milliseconds, Milliseconds, str]


def _spans(group: Sequence[Record]) -> tuple[Span, ...]:
    """Return who speaks from when to when, of records that do not say what."""
    names = tuple(name for name in names_of(group) if name in group[0].own)
    columns = tuple(column_of(group, name) for name in names)
    roles = span_roles(names, columns)
    if roles is None or not recurs(columns[roles[0]]):
        return ()
    who, begin, end = (columns[role] for role in roles)
    scale = scale_of(begin, [1] * len(begin), names[roles[1]])
    found = ((scale.read(b), scale.read(e), w) for b, e, w in zip(begin, end, who, strict=True))
    return tuple(sorted((b, e, w) for b, e, w in found if b is not None and e is not None and w))


def _attributed(word: Word, spans: tuple[Span, ...], begins: list[Milliseconds]) -> Word:
    if word.begin is None:
        return word
    place = bisect.bisect_right(begins, word.begin) - 1
    within = place >= 0 and word.begin <= spans[place][1]
    return msgspec.structs.replace(word, label=spans[place][2]) if within else word


# pieces ---------------------------------------------------------------------------------


def _pieces(speech: Speech, said: Sequence[Word], inner: dict[int, list[Word]]) -> Iterator[Piece]:
    if speech.is_of_words:
        yield from pieces_of_words(tuple(_with_marks_attributed(said)))
        return
    form = speech.form
    for word in said:
        yield from _pieces_of_record(word, form, inner.get(id(speech.records[word.line - 1]), ()))


def _with_marks_attributed(said: Sequence[Word]) -> Iterator[Word]:
    """Yield the words; a mark without a speaker of its own belongs to the word before it."""
    label: str | None = None
    for word in said:
        bare = word.label is None and not any(letter.isalnum() for letter in word.text)
        label = label if bare else word.label
        yield msgspec.structs.replace(word, label=label) if bare else word


def _inner_words(speech: Speech, records: Records) -> dict[int, list[Word]]:
    """Return for each record (by its identity) the words that it has in a list of its own, with times and speakers."""
    for path, group in records.groups.items():
        nested = len(path) > len(speech.path) and path[: len(speech.path)] == speech.path
        words = speech_of(path, group) if nested else None
        if words and words.is_of_words and words.roles.begin is not None:
            return _by_record(words)
    return {}


def _by_record(words: Speech) -> dict[int, list[Word]]:
    found: dict[int, list[Word]] = {}
    speaker = None if words.roles.speaker is None else words.names[words.roles.speaker]
    for word in _said(words):
        record = words.records[word.line - 1]
        own = record.own.get(speaker) or None if speaker else None
        found.setdefault(id(record.above[0]), []).append(msgspec.structs.replace(word, label=own))
    return found


def _pieces_of_record(word: Word, form: Form, inner: Sequence[Word]) -> Iterator[Piece]:
    """Yield the lines of a record, cut where another speaker's words begin inside it."""
    label: str | None = word.label
    whole = True
    for text, who, moments in _stretches(word, inner):
        for line in text.split("\n"):
            if words := one_space(line):
                own = moments if words == text else moments[:1] if whole else ()
                yield Piece(words, word.line, form, label=who or label, moments=own, language=word.language)
                whole = False


def _stretches(word: Word, inner: Sequence[Word]) -> Iterator[tuple[str, str | None, tuple[Moment, ...]]]:
    """Yield the text of a record in stretches of one speaker each, with the moments of their words."""
    text = word.text if "\n" in word.text.strip() else one_space(word.text)
    placed = moments_within(text, inner)
    own = (Moment(0, word.begin, word.end),) if word.begin is not None else ()
    if not placed:
        yield text, word.label, own
        return
    cuts = [0]
    who = [next((one.label for _, one in placed if one.label), word.label)]
    for offset, one in placed:
        if one.label and one.label != who[-1]:
            cuts.append(offset)
            who.append(one.label)
    for start, stop, label in zip(cuts, [*cuts[1:], len(text)], who, strict=True):
        moments = tuple(
            Moment(max(0, o - start), one.begin, one.end)
            for o, one in placed
            if start <= o < stop and one.begin is not None
        )
        yield text[start:stop].strip(), label, moments or own
