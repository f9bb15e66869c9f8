"""Does a Word file say what the transcript says? Read from its XML, by the names of its styles and bookmarks.

All that stands in the styles of the conversation must be the sentences of the transcript: each of them, once, in order,
and nothing else. Each turn must stand whole at its own bookmark. Styles for what an edition adds (*Edition Note* …),
headings and the contents are left out.
"""

import io
import re
import zipfile
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Final

import msgspec

from converters.addresses import bookmark
from converters.checks import flow
from converters.checks.ledger import Account, Run, letters
from converters.document import Document
from converters.traverse import paragraph_text, turn_text, turns

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

_W: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_TOLD: Final = re.compile(
    r"(?:Turn|TurnParagraph|TurnBlock|Sound|BodyText|BlockText|Attribution|ListBullet)(?:RTL|LTR)?"
)
_TURNS: Final = re.compile(r"(?:Turn|TurnParagraph|TurnBlock)(?:RTL|LTR)?")
_OURS: Final = re.compile(r"Speaker|EditionWords.*|FootnoteReference")
"""Character styles of what is no word of a sentence: names before turns, what somebody does here, marks of notes."""


class _Line(msgspec.Struct, frozen=True):
    """A paragraph: its style, its bookmarks, and its words without those that are ours."""

    style: str
    marks: tuple[str, ...]
    words: str
    speaker: str


def account(content: bytes, document: Document, runs: Sequence[Run]) -> Account:
    """Return in what a file falls short of its transcript."""
    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, huge_tree=True)
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        body = etree.fromstring(package.read("word/document.xml"), parser)
        noted = "word/footnotes.xml" in package.namelist()
        notes = etree.fromstring(package.read("word/footnotes.xml"), parser) if noted else None
    lines = tuple(map(_line, body.iter(f"{_W}p")))
    told = flow.compare(_told(lines), _bare(runs, document), "", _names(document)).account
    faults = (_strange(lines, runs), _fault_of_turns(lines, document), _fault_of_notes(notes, lines, document))
    return msgspec.structs.replace(told, faults=tuple(filter(None, faults)))


def _told(lines: tuple[_Line, ...]) -> str:
    """Return the letters of all that is told, each name before what is said."""
    return "".join(letters(line.speaker + line.words) for line in lines if _TOLD.fullmatch(line.style))


def _bare(runs: Sequence[Run], document: Document) -> list[Run]:
    """Return what stands in the styles of the conversation: no headings, and no notes."""
    notes = {note.id for note in document.notes}
    return [msgspec.structs.replace(run, heading="") for run in runs if run.id not in notes or not run.id]


def _names(document: Document) -> list[str]:
    return [letters(person.name) for person in document.people]


def _strange(lines: tuple[_Line, ...], runs: Sequence[Run]) -> str | None:
    """Tell of more letters in the styles of the conversation than the transcript has."""
    said = sum(len(letters(line.words)) for line in lines if _TOLD.fullmatch(line.style))
    wanted = sum(len(part.letters) for run in runs if run.section for part in run.parts)
    return f"its conversation has {said - wanted} letters more than the transcript" if said > wanted else None


def _fault_of_turns(lines: tuple[_Line, ...], document: Document) -> str | None:
    """Compare what stands at the bookmark of each turn with its words, and the name with who speaks."""
    places = {mark: number for number, line in enumerate(lines) for mark in line.marks}
    names = {person.id: person.name for person in document.people}
    for turn in turns(document):
        place = places.get(bookmark(turn.id))
        if place is None:
            return f"{turn.id} has no bookmark"
        if letters(" ".join(_words_from(lines, place))) != letters(turn_text(turn)):
            return f"{turn.id} does not stand at its bookmark"
        if letters(lines[place].speaker) != letters("".join(names[person] for person in turn.people)):
            return f"{turn.id} is given to “{lines[place].speaker}”"
    return None


def _words_from(lines: tuple[_Line, ...], place: int) -> Iterator[str]:
    """Yield the words of the turn that begins at a paragraph, until something else does."""
    yield lines[place].words
    for line in lines[place + 1 :]:
        if line.marks or not _TURNS.fullmatch(line.style):
            return
        yield line.words


def _fault_of_notes(notes: "Element | None", lines: tuple[_Line, ...], document: Document) -> str | None:
    """Find the words of every note: among the footnotes, or with those that no mark leads to; and no others."""
    told = [] if notes is None else [n for n in notes.iter(f"{_W}footnote") if not n.get(f"{_W}type")]
    feet = [" ".join(_line(p).words for p in note.iter(f"{_W}p")) for note in told]
    ends = [line.words for line in lines if line.style == "FootnoteText"]
    found = Counter(letter for words in (*feet, *ends) for letter in letters(words))
    wanted = [" ".join(map(paragraph_text, note.paragraphs)) for note in document.notes]
    whole = {letters(words) for words in feet}
    lost = (words for words in wanted if letters(words) not in whole and letters(words) not in letters("".join(ends)))
    if missing := next(lost, None):
        return f"a note is missing: “{missing[:60]}”"
    same = found == Counter(letter for words in wanted for letter in letters(words))
    return None if same else "its notes are not those of the transcript"


def _line(paragraph: "Element") -> _Line:
    style = paragraph.find(f"{_W}pPr/{_W}pStyle")
    marks = tuple(str(mark.get(f"{_W}name")) for mark in paragraph.iter(f"{_W}bookmarkStart"))
    runs = [
        (_style_of(run), "".join(text.text or "" for text in run.iter(f"{_W}t"))) for run in paragraph.iter(f"{_W}r")
    ]
    words = "".join(text for named, text in runs if not _OURS.fullmatch(named))
    speaker = "".join(text for named, text in runs if named == "Speaker")
    return _Line(str(style.get(f"{_W}val")) if style is not None else "", marks, words, speaker)


def _style_of(run: "Element") -> str:
    style = run.find(f"{_W}rPr/{_W}rStyle")
    return str(style.get(f"{_W}val")) if style is not None else ""
