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
from converters.checks.same_sound import file_account, length_account
from converters.document import Document
from converters.narration.kept import Kept
from converters.narration.timeline import clips_in_one_file, length_in_one_file
from converters.outline import outline
from converters.traverse import sentences


def ledger(format_name: str, content: bytes | Path, document: Document, narration: Kept | None) -> Ledger:
    """Return the ledger of a single file of sound."""
    told = read_tags(format_name, content)
    runs = tuple(_heard(document, narration))
    accounts = (
        _of_words(told.words, runs, document),
        chapters_account(told.chapters, document, narration),
        _of_lines(told, narration, document),
        clips_account(document, narration),
        _of_sound(format_name, content, told, narration) if narration else Account(),
    )
    return settled(format_name, runs, *accounts)


def _of_sound(format_name: str, content: bytes | Path, told: Told, narration: Kept) -> Account:
    """Compare the sound: that of an MP3 byte for byte, that of another encoder by its length."""
    if format_name == "mp3":
        return file_account(content, narration)
    return length_account(told.length, length_in_one_file(narration))


def of_clips(format_name: str, document: Document, narration: Kept | None, *others: Account) -> Ledger:
    """Return the ledger of an edition whose files hold no words: that of what was spoken."""
    return settled(format_name, tuple(_heard(document, narration)), clips_account(document, narration), *others)


def words_account(files: Sequence[Path], document: Document, narration: Kept | None) -> Account:
    """Compare the words of several files, each of which has its own in its tag; of files without a tag, nothing."""
    words = [told.words for told in map(_tags, files) if told]
    return _of_words("\n".join(words), tuple(_heard(document, narration)), document) if any(words) else Account()


def _tags(path: Path) -> Told | None:
    try:
        return read_tags("mp3", path)
    except ValueError:
        return None


def clips_account(document: Document, narration: Kept | None) -> Account:
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


def _heard(document: Document, narration: Kept | None) -> Iterator[Run]:
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


def _of_lines(told: Told, narration: Kept | None, document: Document) -> Account:
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
