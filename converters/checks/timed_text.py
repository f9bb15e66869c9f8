"""Is timed text whole, in order and in time? Read back by its blocks, or as plain JSON.

Every sentence that is heard must be there once, in order, and where the format says who speaks,
said by the right person; times run forward. On our own timeline they are those of the clips. On
the recording's a sentence begins within the time that the source gives it.
"""

import itertools
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from typing import Final

import msgspec

from converters.checks import flow
from converters.checks.chapters import chapters_account
from converters.checks.ledger import Account, Ledger, Part, Run, in_order, settled
from converters.checks.reading_back.cues import Found, bare_letters, cues, segments
from converters.checks.reading_back.tags import Mark
from converters.document import Document, NodeId, Paragraph, Sentence, Sound, Turn
from converters.narration.kept import Kept
from converters.narration.timeline import clips_in_one_file
from converters.outline import outline
from converters.phrases import phrases_for
from converters.recording_times import has_recording_times
from converters.timing import SourceTime
from converters.traverse import sections, sentence_text, sentences, turns, walk

LOOSE: Final = 1
"""Milliseconds by which a time may differ: a decimal fraction of a second is not always whole ones."""


class _Wanted(msgspec.Struct, frozen=True):
    """What is heard: words and letters, who says it, in which turn; when it begins, and its earliest end."""

    id: NodeId
    text: str
    letters: str
    names: str | None
    is_speech: bool
    begins: tuple[int, int] | None = None
    ends: int | None = None
    turn: str | None = None


class _Chapter(msgspec.Struct, frozen=True, rename="camel"):
    start_time: float
    title: str
    end_time: float


class _Chapters(msgspec.Struct, frozen=True):
    version: str
    chapters: tuple[_Chapter, ...]


def ledger(format_name: str, text: str, document: Document, narration: Kept | None) -> Ledger:
    """Return the ledger of an edition, of its conversation alone where nobody knows what is heard."""
    if format_name == "chapters-json":
        return settled(format_name, (), _account_of_chapters(text, document, narration))
    partial = narration is None and not has_recording_times(document)
    wanted = list(_conversation(document) if partial else _wanted(document, narration))
    runs = tuple(_runs(wanted))
    if not wanted:
        return settled(format_name, runs, Account(faults=("nothing is heard in it",)))
    found = list(segments(text) if format_name == "podcast-json" else cues(text, format_name))
    if format_name == "vtt":
        account = _account_of_ids(wanted, found, partial=partial)
    else:
        others = "\n".join(bare_letters(_text(part)) for part in _with_clips(document)) if partial else ""
        account = _account_of_flow(wanted, found, others, has_speakers=format_name == "podcast-json")
    more = _surplus(wanted, runs, found) if format_name != "vtt" and not partial else ()
    return settled(format_name, runs, account, Account(faults=(*_out_of_time(found, wanted), *more)))


# what must be there -----------------------------------------------------------------------


def _said_by(document: Document) -> dict[NodeId, str | None]:
    """Return who says each sentence of a turn, by the sentence's id."""
    names = {person.id: person.name for person in document.people}
    spoken = ((s, turn) for turn in turns(document) for paragraph in turn.paragraphs for s in paragraph.sentences)
    return {s.id: ", ".join(names[person] for person in turn.people) or None for s, turn in spoken}


def _conversation(document: Document) -> Iterator[_Wanted]:
    """Yield what people say, of a spoken edition of which no more is known."""
    said_by = _said_by(document)
    spoken = outline(document).conversation
    for sentence in sentences(spoken) if spoken else ():
        if sentence.id in said_by and _text(sentence).strip():
            yield _of(sentence, said_by, None)


def _wanted(document: Document, narration: Kept | None) -> Iterator[_Wanted]:
    said_by = _said_by(document)
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
    turn = part.id.rpartition("-s")[0] if part.id in said_by else None
    text = _text(part)
    is_speech = isinstance(part, Sentence)
    return _Wanted(part.id, text, bare_letters(text), said_by.get(part.id), is_speech, begins, ends, turn)


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


# whether they agree -----------------------------------------------------------------------------


def _out_of_time(found: Sequence[Found], wanted: Sequence[_Wanted]) -> Iterator[str]:
    """Tell what is wrong with the times alone: each ends after it begins, and before the next begins."""
    for one in found:
        if not 0 <= one.begin < one.end:
            yield f"a time runs backward at {one.begin / 1000} s ({_whose(one, wanted)})"
    for one, after in itertools.pairwise(found):
        if after.begin < one.end - LOOSE:
            names = f"{_whose(one, wanted)}, {_whose(after, wanted)}"
            yield f"two times overlap at {after.begin / 1000} s ({names})"


def _whose(found: Found, wanted: Sequence[_Wanted]) -> str:
    """Return the sentence that a cue or segment shows, the whole of it or a part."""
    likely = (want.id for want in wanted if want.letters and found.letters.endswith(want.letters))
    parts = (want.id for want in wanted if found.letters and found.letters in want.letters)
    return found.id or next(likely, None) or next(parts, None) or "a sound"


def _runs(wanted: Sequence[_Wanted]) -> Iterator[Run]:
    """Yield a run for each sentence, with a name where somebody begins to speak."""
    speaking = ""
    for want in wanted:
        head = bare_letters(want.names) if want.names and want.names != speaking else ""
        speaking = want.names or ("" if want.is_speech else speaking)
        part = Part(want.id, want.text, want.letters)
        yield Run(want.id, "heard", (part,), head, said=True, counted=want.is_speech)


def _surplus(wanted: Sequence[_Wanted], runs: Sequence[Run], found: Sequence[Found]) -> tuple[str, ...]:
    most = sum(len(want.letters) for want in wanted) + sum(len(run.head) for run in runs)
    more = sum(len(have.letters) for have in found) - most
    return (f"it has {more} letters more than the transcript",) if more > 0 else ()


# by ids ---------------------------------------------------------------------------------------------


class _Shown(msgspec.Struct, frozen=True):
    """The cues of one sentence together."""

    id: str
    cues: tuple[Found, ...]

    @property
    def letters(self) -> str:
        return "".join(cue.letters for cue in self.cues)


def _account_of_ids(wanted: Sequence[_Wanted], found: Sequence[Found], *, partial: bool) -> Account:
    known = {str(want.id): want for want in wanted}
    every = list(_shown(found))
    shown = [one for one in every if one.id in known]
    first = {one.id: one for one in reversed(shown)}
    missing, doubled, strays = in_order([str(w.id) for w in wanted], [one.id for one in shown])
    others = (one for one in every if one.id not in known and one.letters)
    strange = (
        one for one in others if not partial or any(one.letters.endswith(known[lost].letters) for lost in missing)
    )
    heads = {run.id: run.head for run in _runs(wanted)}
    pairs = [(known[i], one) for i, one in first.items()]
    return Account(
        missing=missing,
        doubled=doubled,
        out_of_order=strays,
        altered=tuple(w.id for w, one in pairs if not one.letters.endswith(w.letters)),
        misattributed=tuple(
            dict.fromkeys(w.turn or w.id for w, one in pairs if _misnamed(w, one, heads[w.id], partial=partial))
        ),
        mistimed=tuple(w.id for w, one in pairs if _untimely(w, one.cues[0].begin, one.cues[-1].end)),
        faults=tuple(f"the cue {one.id} says what the transcript does not" for one in strange),
    )


def _shown(found: Sequence[Found]) -> Iterator[_Shown]:
    """Yield the cues of each sentence: one with its id, and those after it that are numbered from two on."""
    several: list[Found] = []
    for cue in found:
        if several and cue.id == f"{several[0].id}-c{len(several) + 1}":
            several.append(cue)
            continue
        if several:
            yield _Shown(str(several[0].id), tuple(several))
        several = [cue]
    if several:
        yield _Shown(str(several[0].id), tuple(several))


def _misnamed(want: _Wanted, shown: _Shown, head: str, *, partial: bool) -> bool:
    """Tell whether cues are marked as somebody else's, or another name is seen before the words, or none."""
    if any(cue.names != want.names for cue in shown.cues):
        return True
    if not shown.letters.endswith(want.letters):
        return False
    before = shown.letters.removesuffix(want.letters) if want.letters else shown.letters
    return before != head and not (partial and before in {"", bare_letters(want.names or "")})


# by letters -----------------------------------------------------------------------------------------


def _account_of_flow(wanted: Sequence[_Wanted], found: Sequence[Found], others: str, *, has_speakers: bool) -> Account:
    """Compare cues or segments one after the other; what has no letters, such as a note of music, is passed over."""
    found, runs = [have for have in found if have.letters], list(_runs(wanted))
    bare = [msgspec.structs.replace(run, head="") for run in runs] if has_speakers else runs
    names = {bare_letters(want.names) for want in wanted if want.names}
    result = flow.compare("".join(have.letters for have in found), bare, others, () if has_speakers else names)
    ends = list(itertools.accumulate(len(have.letters) for have in found))
    seen = {want.id: _cues_at(found, ends, result.places[want.id]) for want in wanted if want.id in result.places}
    misattributed = dict.fromkeys(
        [*result.account.misattributed, *(w.id for w in wanted if has_speakers and _is_anothers(w, seen.get(w.id, ())))]
    )
    turns_ = {str(want.id): want.turn or str(want.id) for want in wanted}
    times = ((w, seen[w.id]) for w in wanted if seen.get(w.id))
    return msgspec.structs.replace(
        result.account,
        misattributed=tuple(dict.fromkeys(turns_[one] for one in misattributed)),
        mistimed=tuple(w.id for w, cues in times if _untimely(w, cues[0].begin, cues[-1].end)),
    )


def _is_anothers(want: _Wanted, cues: Sequence[Found]) -> bool:
    return any(cue.names != want.names for cue in cues)


def _cues_at(found: Sequence[Found], ends: Sequence[int], place: tuple[int, int]) -> Sequence[Found]:
    """Return the cues in which the letters between two places stand."""
    begin, end = place
    return found[bisect_right(ends, begin) : bisect_right(ends, end - 1) + 1] if begin < end else ()


def _untimely(want: _Wanted, begin: float, end: float) -> bool:
    """Tell whether something is seen at another time than it is said at, or not until it is said."""
    early = want.begins is not None and not want.begins[0] - LOOSE <= begin <= want.begins[1] + LOOSE
    return early or (want.ends is not None and end < want.ends - LOOSE)


# chapters -----------------------------------------------------------------------------------------


def _account_of_chapters(text: str, document: Document, narration: Kept | None) -> Account:
    chapters = msgspec.json.decode(text, type=_Chapters).chapters
    found = [Mark(chapter.title, round(chapter.start_time * 1000)) for chapter in chapters]
    faults = ["a chapter ends before it begins" for one in chapters if one.end_time <= one.start_time][:1]
    account = chapters_account(found, document, None if has_recording_times(document) else narration)
    return msgspec.structs.replace(account, faults=(*account.faults, *faults))
