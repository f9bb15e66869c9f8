"""The inspect view: what was understood of a source, for staff and for other programs (design contract)."""

from collections.abc import Iterator
from typing import Final

import msgspec

from converters.document import Document, NodeId, Part, SectionKind, Turn
from converters.findings import Finding, Report, Weighed
from converters.timing import Milliseconds
from converters.traverse import plain_text, section_text, sections, turn_text, turns
from converters.word_ledger import Ledger, ledger


class PersonView(msgspec.Struct, frozen=True):
    """A person: ``labels`` as printed, ``role`` what they do here."""

    id: NodeId
    name: str
    labels: tuple[str, ...]
    role: Part | None


class TurnView(msgspec.Struct, frozen=True):
    """A turn: all its words; ``start`` in milliseconds of the source recording."""

    id: NodeId
    person: NodeId | None
    label: str | None
    text: str
    start: Milliseconds | None


class SectionView(msgspec.Struct, frozen=True):
    """A section with its words."""

    id: NodeId
    kind: SectionKind
    heading: str | None
    text: str


class View(msgspec.Struct, frozen=True):
    """The whole view, as ``curbcut inspect --json`` prints it."""

    title: str | None
    language: str
    people: tuple[PersonView, ...]
    turns: tuple[TurnView, ...]
    sections: tuple[SectionView, ...]
    findings: tuple[Finding, ...]


def view(document: Document, findings: tuple[Finding, ...]) -> View:
    """Return what was understood. Speech only is in ``turns``; every word is in ``sections``."""
    return View(
        document.metadata.title,
        document.metadata.language,
        tuple(PersonView(p.id, p.name, p.labels, p.part) for p in document.people),
        tuple(
            TurnView(t.id, t.people[0] if t.people else None, t.label, turn_text(t), _start(t)) for t in turns(document)
        ),
        tuple(SectionView(s.id, s.kind, plain_text(s.heading) or None, section_text(s)) for s in sections(document)),
        findings,
    )


class Evidence(msgspec.Struct, frozen=True):
    """What a reading rests on: the ledger of words, what speaks for and against each label, the words left out."""

    ledger: Ledger
    labels: tuple[Weighed, ...]
    left_out: tuple[str, ...]


def evidence(document: Document, report: Report) -> Evidence:
    """Return what staff need to check a reading."""
    return Evidence(ledger(document, report), report.weighed, report.left_out)


def _start(turn: Turn) -> Milliseconds | None:
    times = (s.time for paragraph in turn.paragraphs for s in paragraph.sentences if s.time)
    return next((time.begin for time in times), None)


FIRST_WORDS: Final = 12
LONGEST_LINE: Final = 300
"""Letters of a finding that a line shows; the JSON has them all."""


def lines(found: View, more: Evidence | None, *, turns: bool = False, all_evidence: bool = False) -> Iterator[str]:
    """Yield the view as plain lines, to be read in half a minute; first words and evidence on request."""
    yield f"Title: {found.title or 'none in the source'}"
    yield f"Language: {found.language}"
    yield f"Turns: {len(found.turns)}"
    yield "People:"
    for p in found.people:
        printed = ", ".join(p.labels) or "no label"
        yield f"  {p.name} ({p.role or 'part not known'}), {_times(found, p)}, printed as {printed}"
    yield "Sections:"
    for s in found.sections:
        heading = f", “{s.heading}”" if s.heading else ""
        yield f"  {s.id}: {s.kind}{heading}, {len(s.text.split()):,} words"
    yield from _turn_lines(found) if turns else ()
    yield from _ledger_lines(more.ledger) if more else ()
    yield from _evidence_lines(more) if more and all_evidence else ()
    yield f"Findings: {len(found.findings) or 'none'}"
    yield from (f"  {finding_line(finding)}" for finding in found.findings)


def _turn_lines(found: View) -> Iterator[str]:
    yield "First words of each turn:"
    for turn in found.turns:
        words = turn.text.split()
        more = " …" if len(words) > FIRST_WORDS else ""
        yield f"  {turn.id}, {turn.label or 'nobody named'}: {' '.join(words[:FIRST_WORDS])}{more}"


def _ledger_lines(found: Ledger) -> Iterator[str]:
    kept = (
        ("speech", found.speech), ("labels", found.labels), ("headings", found.headings),
        ("the page round the conversation", found.page), ("furniture of the page", found.furniture),
        ("left out, and named in the findings", found.left_out),
    )  # fmt: skip
    counted = ", ".join(f"{count:,} {name}" for name, count in kept if count)
    yield f"Words: {found.read:,} in the source; {counted or 'none kept'}; {found.times:,} time codes"
    lost = f"{len(found.lost)}: {' '.join(found.lost[:FIRST_WORDS])}" if found.lost else "none"
    yield f"Words unaccounted for: {lost}"


def _evidence_lines(more: Evidence) -> Iterator[str]:
    yield "Labels, and what speaks for them and against:"
    for one in sorted(more.labels, key=lambda label: (not label.speaker, -label.count)):
        verdict = "a speaker" if one.speaker else "read as text"
        reasons = "; ".join(f"{reason} ({points:+d})" for reason, points in one.evidence)
        yield f"  {one.label} ({one.count} times): {verdict}. {reasons or 'Nothing tells'}"
    if more.left_out:
        yield "Left out:"
        yield from (f"  {' '.join(words.split())}" for words in more.left_out)


def finding_line(finding: Finding) -> str:
    """Return a finding as one line: code, severity, place, text."""
    place = f", {finding.where}" if finding.where else ""
    whole = len(finding.text)
    text = finding.text if whole <= LONGEST_LINE else f"{finding.text[:LONGEST_LINE]} … ({whole:,} letters)"
    return f"{finding.code} {finding.severity}{place}: {text}"


def _times(found: View, person: PersonView) -> str:
    count = sum(1 for turn in found.turns if turn.person == person.id)
    return "1 turn" if count == 1 else f"{count} turns"
