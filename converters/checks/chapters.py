"""Are the chapters of an edition those that it should have? Compared by title and time, whatever holds them."""

import itertools
from collections import Counter
from collections.abc import Sequence
from typing import Final

from converters.checks.ledger import Account
from converters.checks.reading_back.tags import Mark
from converters.document import Document
from converters.headings import exchange_entry
from converters.narration.kept import Kept
from converters.narration.timeline import chapter_spans
from converters.outline import exchanges
from converters.phrases import phrases_for
from converters.recording_chapters import apart, recording_chapters
from converters.recording_times import has_recording_times, recording_times
from converters.traverse import sections

LOOSE: Final = 1
"""Milliseconds by which a time may differ: a decimal fraction of a second is not always whole ones."""


def chapters_account(found: Sequence[Mark], document: Document, narration: Kept | None) -> Account:
    """Compare chapters with those of a narration, of the recording, or else with the exchanges that there are."""
    faults = [*_misordered(found)]
    wanted = _wanted(document, narration, len(found))
    if wanted is None:
        return Account(faults=(*faults, *_lacking(found, _titles(document))))
    faults += _lacking(found, [mark.title for mark in wanted])
    faults += [f"there is a chapter “{mark.title}” too many" for mark in _surplus(found, wanted)]
    if not faults and [mark.title for mark in wanted] != [mark.title for mark in found]:
        faults.append("the chapters are out of order, or one is there twice")
    are_same = [mark.title for mark in wanted] == [mark.title for mark in found]
    pairs = zip(wanted, found, strict=True) if are_same else ()
    shifted = (
        f"the chapter “{want.title}” begins at {have.begin} ms, not at {want.begin} ms"
        for want, have in pairs
        if abs(want.begin - have.begin) > LOOSE
    )
    return Account(faults=(*faults, *shifted))


def _wanted(document: Document, narration: Kept | None, count: int) -> list[Mark] | None:
    """Return the chapters that an edition should have, None where nobody knows when they begin."""
    if narration:
        spans = chapter_spans(narration)
        heard = [span for span in spans if span.begin < span.end]  # what lasts no time is no chapter of every format
        return [Mark(span.title, span.begin) for span in (spans if count == len(spans) else heard)]
    if not has_recording_times(document):
        return None
    marks = recording_chapters(document, recording_times(document), phrases_for(document.metadata.language))
    return [Mark(mark.title, mark.begin) for mark in apart(marks)]


def _titles(document: Document) -> list[str]:
    phrases = phrases_for(document.metadata.language)
    several = (exchange for section in sections(document) for exchange in exchanges(document, section))
    return [exchange_entry(phrases, exchange) for exchange in several]


def _misordered(found: Sequence[Mark]) -> list[str]:
    faults = ["a chapter has no title"] if any(not mark.title.strip() for mark in found) else []
    if any(after.begin < before.begin for before, after in itertools.pairwise(found)):
        faults.append("the chapters are out of order")
    return faults


def _lacking(found: Sequence[Mark], wanted: Sequence[str]) -> list[str]:
    lost = Counter(wanted) - Counter(mark.title for mark in found)
    return [f"the chapter “{title}” is missing" for title in lost]


def _surplus(found: Sequence[Mark], wanted: Sequence[Mark]) -> list[Mark]:
    known = {mark.title for mark in wanted}
    return [mark for mark in found if mark.title not in known]
