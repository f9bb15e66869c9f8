"""The inspect view: what was understood of a source, for staff and for other programs (design contract)."""

import msgspec

from converters.document import Document, NodeId, Part, SectionKind, Turn
from converters.findings import Finding
from converters.timing import Milliseconds
from converters.traverse import plain_text, section_text, sections, turn_text, turns


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


def _start(turn: Turn) -> Milliseconds | None:
    times = (s.time for paragraph in turn.paragraphs for s in paragraph.sentences if s.time)
    return next((time.begin for time in times), None)


def lines(found: View) -> tuple[str, ...]:
    """Return the view as plain lines, to be read in half a minute."""
    people = (
        f"  {p.name} ({p.role or 'part not known'}), {_times(found, p)}, printed as {', '.join(p.labels) or 'no label'}"
        for p in found.people
    )
    parts = (f"  {s.id}: {s.kind}, {len(s.text.split()):,} words" for s in found.sections)
    return (
        f"Title: {found.title or 'none in the source'}",
        f"Language: {found.language}",
        f"Turns: {len(found.turns)}",
        "People:",
        *people,
        "Sections:",
        *parts,
        f"Findings: {len(found.findings) or 'none'}",
        *(f"  {finding_line(finding)}" for finding in found.findings),
    )


def finding_line(finding: Finding) -> str:
    """Return a finding as one line: code, severity, place, text."""
    place = f", {finding.where}" if finding.where else ""
    return f"{finding.code} {finding.severity}{place}: {finding.text}"


def _times(found: View, person: PersonView) -> str:
    count = sum(1 for turn in found.turns if turn.person == person.id)
    return "1 turn" if count == 1 else f"{count} turns"
