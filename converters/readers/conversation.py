"""The conversation itself: pieces and whose they are → turns, with what happens between them."""

import bisect
import re
from typing import Final

import msgspec

from converters.document import Block, Inlines, LanguageTag, NodeId, Paragraph, Section, Sentence, Sound, Turn
from converters.findings import Report
from converters.readers.events import event_kind, is_printed_heading, printed_event, whole_event
from converters.readers.inlines import inlines_of
from converters.readers.labels.candidates import Candidate, fold
from converters.readers.labels.people import People, is_crowd
from converters.readers.pieces import Moment, Piece, without_beginning
from converters.sentences import paragraph
from converters.settings import LostLink
from converters.timing import Milliseconds, SourceTime
from converters.traverse import joint, sentence_text

_SENTENCE_END: Final = re.compile(r"[.!?…。？！؟][\"”’»)\]」』]*\s*$")
_CHANGE: Final = re.compile(r"\s*(?:>{2,}|[-–—](?=\s*\S))\s*")
LONGEST_EVENT: Final = 20
"""Words of a line that says what is heard; more than that is read out by somebody."""
SHORT_CALL: Final = 15
"""Words that a crowd may call out; what follows unlabelled is the speaker's again."""


class Setting(msgspec.Struct, frozen=True):
    """What building a paragraph needs: the language, and what staff give back to the source."""

    language: LanguageTag
    links: tuple[LostLink, ...] = ()
    sounds: frozenset[str] = frozenset()

    def paragraph(self, piece: Piece) -> Paragraph:
        """Return a piece as a paragraph of sentences, with the times that are known of them."""
        whole = paragraph(inlines_of(piece.text, self.links, piece.marks, self.sounds), self.language)
        return _timed(whole, piece) if piece.moments else whole


def _timed(whole: Paragraph, piece: Piece) -> Paragraph:
    """Return the paragraph with the time of each sentence that a moment tells.

    A moment with an end covers all words until the next; one without says only when the
    sentence begins at which it stands (or in which it stands, if none begins there).
    """
    sentences, position = list[Sentence](), 0
    for sentence in whole.sentences:
        words = sentence_text(sentence)
        begin = max(piece.text.find(words, position), position)
        position = begin + len(words)
        time = _time(piece.moments, begin, position)
        sentences.append(msgspec.structs.replace(sentence, time=time) if time else sentence)
    return msgspec.structs.replace(whole, sentences=tuple(sentences))


def _time(moments: tuple[Moment, ...], begin: int, end: int) -> SourceTime | None:
    """Return the time of the letters ``begin`` to ``end``; the moments stand in the order of the text."""
    first = bisect.bisect_left(moments, begin, key=lambda moment: moment.offset)
    last = bisect.bisect_left(moments, end, lo=first, key=lambda moment: moment.offset)
    within = moments[first:last]
    before = moments[first - 1 : first] if first and moments[first - 1].end is not None else ()
    covering = within if within and within[0].offset <= begin + 1 else (*before, *within)
    if not covering:
        return None
    ends = covering[-1].end
    return SourceTime(covering[0].begin, Milliseconds(max(ends, covering[0].begin)) if ends is not None else None)


class Heard(msgspec.Struct, frozen=True):
    """A piece of the conversation, and the label that begins a turn with it, or says what happens, if one does."""

    piece: Piece
    candidate: Candidate | None = None
    event: bool = False


class Talk:
    """Builds the conversation piece by piece."""

    def __init__(
        self, people: People, setting: Setting, report: Report, *, captioned: bool, signed: bool, loud: bool
    ) -> None:
        """Begin with nobody speaking.

        ``captioned`` says that every piece is a line of captions, ``signed`` that ``>>``
        stands where somebody else begins to speak, ``loud`` that speech is set in capitals.
        """
        self._people, self._setting, self._report = people, setting, report
        self._captioned, self._signed, self._loud = captioned, signed, loud
        self._label: str | None = None
        self._whose: tuple[NodeId, ...] = ()
        self._before_crowd: tuple[str | None, tuple[NodeId, ...]] = (None, ())
        self._said: list[list[Piece]] = []
        self._waiting = False
        self._blocks: list[Block] = []
        self._chapters: list[tuple[Piece | None, list[Block]]] = [(None, self._blocks)]

    def hear(self, heard: Heard) -> None:
        """Take in the next piece."""
        piece, candidate = heard.piece, heard.candidate
        if heard.event and candidate:
            self._announce(piece, candidate)
        elif candidate and (heard_from_crowd := _from_crowd(piece, candidate)):
            self._happen(heard_from_crowd)
        elif candidate:
            self._begin(candidate, without_beginning(piece, candidate.words_at))
        elif piece.form == "rule":
            self._part(piece)
        elif piece.form == "heading" or (piece.form == "prose" and self._is_heading(piece)):
            self._chapter(piece)
        elif event := _event(piece):
            self._happen(event)
        elif (sign := _CHANGE.match(piece.text)) and piece.form == "cue":
            self._change(piece, sign)
        else:
            self._go_on(piece)

    def _is_heading(self, piece: Piece) -> bool:
        """Tell whether a line in capitals is a heading: not where everything is set in them."""
        return not self._loud and not piece.moments and is_printed_heading(piece.text) and not printed_event(piece.text)

    def _announce(self, piece: Piece, candidate: Candidate) -> None:
        """Take in what a label such as ``Break`` stands before: an event, or, where much is said, nobody's words."""
        if _words([[piece]]) <= LONGEST_EVENT:
            text = f"{candidate.label}: {piece.text}" if candidate.shape == "data" else piece.text
            self._happen(_sound_at(Sound(text, event_kind(candidate.label) or "other"), piece))
        else:
            self._close()
            self._label, self._whose = None, ()
            self._go_on(piece)

    def _part(self, rule: Piece) -> None:
        """Take in a line that parts what is before it from what is after; it may say what follows."""
        if any(letter.isalnum() for letter in rule.text):
            self._happen(_sound_at(Sound(rule.text, event_kind(rule.text) or "other"), rule))
        else:
            self._close()

    def _happen(self, event: Sound) -> None:
        """Note what happens; after a break or an advert, nobody goes on as a matter of course."""
        self._close()
        self._blocks.append(event)
        if event.kind in {"break", "advert"}:
            self._label, self._whose = None, ()

    def _begin(self, candidate: Candidate, words: Piece) -> None:
        """Begin a turn, or go on with it where captions only repeat whose it is."""
        same = self._label is not None and fold(candidate.label) == fold(self._label) and self._said
        if not (same and words.form in {"cue", "row"}):
            self._close()
            whose = self._people.speaking(candidate.label)
            if not self._is_crowd():
                self._before_crowd = (self._label, self._whose)
            self._label, self._whose, self._waiting = candidate.label or None, whose, True
        if words.text and self._said:
            self._go_on(words)
        elif words.text or words.moments:
            self._said.append([words])

    def _is_crowd(self) -> bool:
        return bool(self._whose) and all(
            person.part == "audience" for person in self._people.everyone if person.id in self._whose
        )

    def _change(self, piece: Piece, sign: re.Match[str]) -> None:
        """Begin a turn of somebody whom the source does not name; where the sign says nothing, go on."""
        if self._signed or not sign[0].strip().startswith(">"):
            self._close()
            self._label, self._whose = None, ()
        self._go_on(without_beginning(piece, sign.end()))

    def _go_on(self, piece: Piece) -> None:
        """Add words to the turn: run on where the source ran on, else as a paragraph of their own."""
        if self._is_crowd() and self._said and piece.form == "prose" and _words(self._said) <= SHORT_CALL:
            self._give_back(piece)
        if event := _event(piece):
            self._happen(event)
        elif self._said and self._runs_on(self._said[-1][-1], piece):
            self._said[-1].append(piece)
        else:
            self._said.append([piece])

    def _give_back(self, piece: Piece) -> None:
        """Leave words after a call from the crowd with the speaker before it: the crowd has called, and no more."""
        label, whose = self._before_crowd
        only_heard = all(whole_event(said.text) for run in self._said for said in run)
        if label and piece.text and (only_heard or _words([[piece]]) > SHORT_CALL):
            self._close()
            self._label, self._whose = label, whose
            self._report.add("read-021", f"“{' '.join(piece.text.split()[:12])} …”", f"line {piece.line}")

    def _runs_on(self, before: Piece, piece: Piece) -> bool:
        if not before.text or self._captioned or (piece.form == "cue" and before.form == "cue"):
            return True
        return piece.form == "row" and before.form == "row" and not _SENTENCE_END.search(before.text)

    def _close(self) -> None:
        """End the turn, if anything was said in it."""
        said = [piece for run in self._said if (piece := joined(run)).text]
        if said or self._waiting:
            paragraphs = tuple(self._setting.paragraph(piece) for piece in said)
            languages = {piece.language for piece in said}
            language = languages.pop() if len(languages) == 1 else None
            other = LanguageTag(language) if language and language != self._setting.language else None
            self._blocks.append(Turn(paragraphs, self._whose, self._label, other))
        self._said, self._waiting = [], False

    def _chapter(self, heading: Piece) -> None:
        self._close()
        self._blocks = []
        self._chapters.append((heading, self._blocks))

    def section(self, heading: Piece | None) -> Section:
        """Return all that was heard, each heading a section below the one that it stands under."""
        self._close()
        (_, opening), *chapters = self._chapters
        below = _nested(self._setting, chapters)
        return Section("transcript", tuple(opening), _heading(self._setting, heading), below)


def _event(piece: Piece) -> Sound | None:
    """Return what happens, where a piece says nothing else: brackets of their own, or a bare word for a break."""
    found = whole_event(piece.text) or printed_event(piece.text)
    return _sound_at(found, piece) if found else None


def _sound_at(sound: Sound, piece: Piece) -> Sound:
    """Return the sound with the time of the piece that it stands in."""
    if not piece.moments:
        return sound
    return msgspec.structs.replace(sound, time=SourceTime(piece.moments[0].begin, piece.moments[0].end))


def _from_crowd(piece: Piece, candidate: Candidate) -> Sound | None:
    """Return what a crowd is heard doing: ``AUDIENCE: (Laughter.)`` says nothing that anybody said."""
    found = whole_event(piece.text[candidate.words_at :].strip())
    if not found or not is_crowd(candidate.label):
        return None
    return _sound_at(Sound(f"{candidate.label}: {found.description}", found.kind), piece)


def _words(said: list[list[Piece]]) -> int:
    return sum(len(piece.text.split()) for run in said for piece in run)


def joined(pieces: list[Piece]) -> Piece:
    """Return pieces that run on as one, marks and moments moved along."""
    first, *others = pieces
    if not others:
        return first
    parts, marks, moments, at = [first.text], [*first.marks], [*first.moments], len(first.text)
    for piece in others:
        between = joint(parts[-1], piece.text) if parts[-1] and piece.text else ""
        at += len(between)
        marks += [msgspec.structs.replace(m, begin=m.begin + at, end=m.end + at) for m in piece.marks]
        moments += [Moment(m.offset + at, m.begin, m.end) for m in piece.moments]
        parts += [between, piece.text] if piece.text else []
        at += len(piece.text)
    return msgspec.structs.replace(first, text="".join(parts), marks=tuple(marks), moments=tuple(moments))


def _nested(setting: Setting, chapters: list[tuple[Piece | None, list[Block]]]) -> tuple[Section, ...]:
    """Return chapters as sections, each that has a deeper heading inside the one before."""
    sections: list[Section] = []
    while chapters:
        (heading, blocks), *rest = chapters
        level = heading.level if heading else 0
        deeper = 0
        while deeper < len(rest) and (below := rest[deeper][0]) and below.level > level:
            deeper += 1
        inner = _nested(setting, rest[:deeper])
        sections.append(Section("transcript", tuple(blocks), _heading(setting, heading), inner))
        chapters = rest[deeper:]
    return tuple(sections)


def _heading(setting: Setting, heading: Piece | None) -> Inlines:
    return inlines_of(heading.text, setting.links, heading.marks) if heading else ()
