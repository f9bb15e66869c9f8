"""Does an audio edition say what the transcript says? Read back from its tags, and compared with the clips.

What a file of sound says can be read where its words stand in it: the words as they are shown by a player, each name
before what its bearer says; the sentences with their times; the chapters.
"""

from collections.abc import Collection, Iterator, Sequence
from pathlib import Path

import msgspec

from converters.checks import flow
from converters.checks.chapters import chapters_account
from converters.checks.expectations import expected_runs
from converters.checks.ledger import Account, Ledger, Run, folded, in_order, letters, settled
from converters.checks.reading_back.tags import Told, read_tags
from converters.document import Document
from converters.narration.model import Narration
from converters.narration.timeline import clips_in_one_file
from converters.outline import outline
from converters.traverse import sentences


def ledger(format_name: str, content: bytes | Path, document: Document, narration: Narration | None) -> Ledger:
    """Return the ledger of a single file of sound."""
    told = read_tags(format_name, content)
    runs = tuple(_heard(document, narration))
    accounts = (
        _of_words(told.words, runs, document),
        chapters_account(told.chapters, document, narration),
        _of_lines(told, narration, document),
        clips_account(document, narration),
    )
    return settled(format_name, runs, *accounts)


def of_clips(format_name: str, document: Document, narration: Narration | None, *others: Account) -> Ledger:
    """Return the ledger of an edition whose files hold no words: that of what was spoken."""
    return settled(format_name, tuple(_heard(document, narration)), clips_account(document, narration), *others)


def clips_account(document: Document, narration: Narration | None) -> Account:
    """Every sentence of the conversation has one clip, in order, or a finding says why not."""
    if narration is None:
        return Account()
    wanted = [part.id for run in expected_runs(document) if run.counted for part in run.parts]
    known = set(wanted)
    heard = [str(clip.node) for clip in narration.clips if clip.node in known]
    _, doubled, strays = in_order(wanted, heard)
    settled_ = {*heard, *narration.unsaid}
    missing = tuple(one for one in _to_be_said(document) if one not in settled_)
    return Account(missing=missing, doubled=doubled, out_of_order=strays)


def _to_be_said(document: Document) -> list[str]:
    """Return the ids of the sentences of the conversation that can be said."""
    spoken = outline(document).conversation
    printed = {part.id: part for run in expected_runs(document) for part in run.parts}
    return [s.id for s in sentences(spoken) if printed[s.id].letters] if spoken else []


def _heard(document: Document, narration: Narration | None) -> Iterator[Run]:
    """Yield what is heard, with a name where somebody else begins to speak; without a narration, the conversation.

    Turns between which something else stands are told apart, as if they were of two sections.
    """
    nodes = {str(clip.node) for clip in narration.clips} if narration else set(_to_be_said(document))
    section, stretch = "", 0
    for run in expected_runs(document):
        stretch += not run.said
        parts = tuple(part for part in run.parts if part.id in nodes)
        section = f"{run.section}/{stretch}"
        if parts and run.counted:
            yield msgspec.structs.replace(run, parts=parts, section=section, heading="")


def _of_words(words: str, runs: Sequence[Run], document: Document) -> Account:
    """Compare the words of a tag; who goes on speaking need not be named again."""
    text = letters(words)
    names = [letters(person.name) for person in document.people]
    known = {part.id for run in runs for part in run.parts}
    others = (part.letters for run in expected_runs(document) for part in run.parts if part.id not in known)
    return flow.compare(text, list(_named(runs, text)), "\n".join(others), names).account


def _named(runs: Sequence[Run], text: str) -> Iterator[Run]:
    before = None
    for run in runs:
        goes_on = before is not None and run.said and run.head == before
        unnamed = goes_on and run.head + run.parts[0].letters not in text
        yield msgspec.structs.replace(run, head="") if unnamed else run
        before = run.head if run.said else None


def _of_lines(told: Told, narration: Narration | None, document: Document) -> Account:
    """Compare the sentences that have times with the clips; of a file without any, or without clips, nothing."""
    if not told.lines:
        return Account()
    begins = [begin for _, begin in told.lines]
    if narration is None:
        return Account(faults=() if begins == sorted(begins) else ("the times of its sentences run backward",))
    words = {part.id: part.words for run in expected_runs(document) if run.counted for part in run.parts}
    clips = [(clip.node, clip.begin) for clip in clips_in_one_file(narration) if clip.node in words]
    shown = [folded(line) for line, _ in told.lines]
    if shown != [folded(words[node]) for node, _ in clips]:
        return Account(faults=("its sentences with times are not those that are heard",))
    return Account(mistimed=tuple(_late(clips, begins)))


def _late(clips: Collection[tuple[str, int]], begins: Sequence[int]) -> Iterator[str]:
    yield from (node for (node, begin), told in zip(clips, begins, strict=True) if begin != told)
