"""From a manuscript to a document: who speaks, what is said, and what stands round it.

The one place that all readers share. Evidence is gathered from the whole text first
(times, header, labels, people); only then is a single paragraph called anything.
"""

import unicodedata
from collections import Counter
from typing import Final

import msgspec

from converters.document import Document, Metadata, Section, Turn
from converters.findings import Weighed
from converters.readers import ReadContext
from converters.readers.conversation import Heard, Setting, Talk
from converters.readers.events import event_kind, whole_event
from converters.readers.extent import Extent
from converters.readers.given_back import links_found, videos_of, with_sounds
from converters.readers.header import Header, header_of
from converters.readers.inlines import in_brackets
from converters.readers.labels.candidates import BY_COLON, Candidate, candidates, fold
from converters.readers.labels.decision import Verdict, decide
from converters.readers.labels.looks import key_of
from converters.readers.labels.names import is_name
from converters.readers.labels.overview import Text
from converters.readers.labels.parting import parted_at_labels
from converters.readers.labels.people import People, Said
from converters.readers.labels.places import Places, out_of_place, places_of
from converters.readers.language import settle_language
from converters.readers.limits import check_labels, check_turns
from converters.readers.manuscript import Listed, Manuscript, words_of
from converters.readers.page import Page
from converters.readers.page_parts import is_over_a_transcript, kind_of, listed
from converters.readers.pieces import Piece, one_space, without_beginning
from converters.readers.times import take_out_times
from converters.traverse import Step, walk

LONGEST_TITLE: Final = 400
ENOUGH_TURNS: Final = 6
"""From so many turns on, their having one paragraph each is no accident."""
MOSTLY: Final = 0.6
MOSTLY_SIGNED: Final = 0.8
LONG_LINE: Final = 6
ENOUGH_WORDS: Final = 400
"""An episode as long as this is hardly without a sound."""
SAMPLE: Final = 200
"""Pieces in which names are looked for as a reader would write them."""


def understand(manuscript: Manuscript, context: ReadContext) -> Document:
    """Return the document. Every word of the manuscript is in it, or in a finding of ``context.report``."""
    check_turns(len(manuscript.pieces), context.name, context.options.limits)
    named = msgspec.structs.replace(manuscript, pieces=_named(manuscript.pieces, manuscript.facts.people))
    context.report.account(words_of(named))
    return _Reading(named, context).document()


class _Reading:
    """One manuscript on its way to a document: the steps share its pieces, people and language."""

    def __init__(self, manuscript: Manuscript, context: ReadContext) -> None:
        self._manuscript, self._context = manuscript, context
        self._options, self._report = context.options, context.report
        pieces = with_sounds(_without_buttons(manuscript.pieces), context)
        timed = take_out_times(pieces, context.report)
        self._pieces, self._beside_time = timed.pieces, timed.beside_label
        text = "\n".join(piece.text for piece in self._pieces)
        language = settle_language(text, manuscript.facts.language, context.options, context.report)
        sounds = frozenset(in_brackets(sound) for sound in self._options.episode.sounds)
        self._setting = Setting(language, links_found(text, context), sounds)
        self._people = People(context.options, text)
        for entry in manuscript.facts.people:
            self._people.listed(entry)
        self._found = candidates(self._pieces)
        check_labels(
            len({c.key for c in self._found if c.shape in {"data", "colon"}}), context.name, self._options.limits
        )
        self._places = (
            Places(frozenset(), frozenset()) if manuscript.speech_only else places_of(self._pieces, self._found)
        )
        self._header = self._read_header()
        self._label_counts = Counter(c.key for c in self._found)
        self._text = text
        self._speaking = self._find_speakers()
        if (parted := parted_at_labels(self._pieces, self._speaking)) != self._pieces:
            self._pieces, self._found = parted, candidates(parted)
            self._speaking = self._find_speakers()
        self._events = {c.index: c for c in self._found if self._happens(c)}
        self._title, self._body = self._titled()

    def document(self) -> Document:
        """Return the page's parts before the conversation, the conversation, and the parts after it."""
        first, end = self._extent()
        furniture = frozenset(self._pieces[i] for i in self._header.fields - self._header.consumed)
        page = Page(self._people, self._setting, self._report, furniture)
        heading, start = self._heading(first)
        before = page.sections(self._outside(self._body, start), "before")
        talk = self._talk(start + bool(heading), end, heading)
        after = page.sections(self._outside(end, len(self._pieces)), "after")
        return self._document((*self._summary(), *before, *talk, *after))

    def _document(self, sections: tuple[Section, ...]) -> Document:
        show, episode, facts = self._options.show, self._options.episode, self._manuscript.facts
        header = self._header.facts
        metadata = Metadata(
            title=episode.title or self._title,
            language=self._setting.language,
            show=show.name or facts.show,
            published=episode.date or facts.published or header.published,
            page=episode.page or facts.page,
            recording=episode.recording or facts.recording,
            subjects=facts.subjects,
            videos=videos_of(episode) or facts.videos,
        )
        replaced = self._replaced_title()
        document = Document(metadata, self._people.everyone, (*replaced, *sections), self._manuscript.notes)
        self._miss_sounds(document)
        return document

    def _replaced_title(self) -> tuple[Section, ...]:
        """Return the source's own title as furniture where staff have given another: no word is lost."""
        told = self._options.episode.title
        if self._title and told and told != self._title:
            self._report.add("read-007", f"“{self._title}”", "line 1")
            return (Section("furniture", (self._setting.paragraph(Piece(self._title)),)),)
        return ()

    # who speaks -----------------------------------------------------------------

    def _printed_names(self) -> frozenset[str]:
        """Return the names on a printed list, folded; being on it is evidence for a label."""
        entries = (listed(p.text) for p in self._pieces[:SAMPLE] if p.bullet and kind_of(p, "before") == "people")
        return frozenset(fold(entry.name) for entry in entries if is_name(entry.name))

    def _find_speakers(self) -> dict[int, Candidate]:
        """Return the pieces that begin a turn; what only looks like one is a finding."""
        verdicts = decide(
            self._found,
            self._people.told(self._printed_names()),
            Text(len(self._pieces), self._beside_time, self._text),
        )
        self._report.weigh(tuple(_weighed(v) for v in verdicts.values() if v.is_speaker or v.shape in BY_COLON))
        for verdict in verdicts.values():
            if verdict.is_doubtful:
                self._report.add("read-008", f"“{verdict.label}” ({verdict.against})")
        speaking: dict[int, Candidate] = {}
        for candidate in self._found:
            verdict, rival = verdicts[key_of(candidate)], speaking.get(candidate.index)
            if not verdict.is_speaker or not self._places.may_speak(candidate.index):
                continue
            if not rival or (verdicts[key_of(rival)].count < verdict.count and not _outweighs(rival, candidate)):
                speaking[candidate.index] = candidate
        for index in out_of_place(self._pieces, speaking):
            del speaking[index]
        return speaking

    def _happens(self, candidate: Candidate) -> bool:
        """Tell whether a label is that of a break, a jingle or a noise, and not somebody's."""
        if candidate.shape not in {"colon", "data", "item"} or candidate.index in self._speaking:
            return False
        return event_kind(candidate.label) is not None

    def _read_header(self) -> Header:
        header = header_of(self._pieces, self._found, self._places.header, self._report)
        for entry in header.facts.people:
            self._people.listed(entry)
        return header

    # the page ---------------------------------------------------------------------

    def _titled(self) -> tuple[str | None, int]:
        """Return the title, and from which piece on the rest begins."""
        facts, body = self._manuscript.facts, 0
        first = next((i for i, p in enumerate(self._pieces) if p.form != "rule"), None)
        printed = self._pieces[first] if first is not None else Piece("")
        told = facts.title or self._header.facts.title
        said = printed.form == "cue" and printed.label  # somebody says the title
        if first is not None and not said and (_alike(told, printed.text) if told else self._is_title(first)):
            body = first + 1
            told = told or printed.text
        return told, body

    def _is_title(self, index: int) -> bool:
        """Tell whether the first piece is a title: a heading, or a short line, no sentence, no label, and not alone."""
        piece = self._pieces[index]
        if self._manuscript.speech_only or index in self._speaking or len(self._pieces) == index + 1:
            return False
        if piece.form == "heading":
            return piece.level <= 2 and not is_over_a_transcript(piece) and not self._in_talk(index)  # noqa: PLR2004 - h1, h2
        plain = not piece.bullet and not piece.text.endswith((".", ",", ";", "…", "。"))
        opens = piece.text[:1] in '“"«„「『—–♪' or bool(whole_event(piece.text))
        return plain and not opens and not piece.moments and index not in self._header.fields and (
            len(piece.text) <= LONGEST_TITLE
        )  # fmt: skip

    def _in_talk(self, index: int) -> bool:
        """Tell whether a heading stands between the parts of a conversation as one of several of its level."""
        level = self._pieces[index].level
        return (
            sum(1 for p in self._pieces if p.form == "heading" and p.level == level) > 1 and index + 1 in self._speaking
        )

    def _summary(self) -> tuple[Section, ...]:
        """Return what front matter or a header says of the episode in sentences."""
        said = (*self._manuscript.facts.summary, *self._header.facts.summary)
        paragraphs = tuple(self._setting.paragraph(Piece(one_space(text))) for text in said if text.strip())
        return (Section("summary", paragraphs),) if paragraphs else ()

    def _outside(self, start: int, end: int) -> tuple[Piece, ...]:
        return tuple(self._pieces[i] for i in range(start, end) if i not in self._header.consumed)

    # the conversation -----------------------------------------------------------

    def _extent(self) -> tuple[int, int]:
        if self._manuscript.speech_only:
            return self._body, len(self._pieces)
        events = frozenset(self._events)
        return Extent(self._pieces, self._speaking, events, self._places, self._body).find()

    def _heading(self, first: int) -> tuple[Piece | None, int]:
        """Return the heading that says no more than that a transcript follows, and where that or a chapter begins."""
        start = first
        while start > self._body and self._pieces[start - 1].form in {"heading", "rule"}:
            start -= 1
        says_so = start < len(self._pieces) and is_over_a_transcript(self._pieces[start])
        return (self._pieces[start] if says_so and self._pieces[start].form == "heading" else None), start

    def _talk(self, start: int, end: int, heading: Piece | None) -> tuple[Section, ...]:
        within = range(start, end)
        timed = sum(1 for i in within if self._pieces[i].moments and i not in self._speaking)
        captioned = not any(self._pieces[i].form == "heading" for i in within) and timed > MOSTLY * len(within)
        signed = sum(1 for c in self._speaking.values() if c.sign == ">") >= MOSTLY_SIGNED * len(self._speaking)
        labels = tuple(c.label for _, c in sorted(self._speaking.items()))
        self._report.leave_out("What a chat prints beside a name", " ".join(c.beside for c in self._speaking.values()))
        self._people.meet(labels, self._report)
        talk = Talk(self._people, self._setting, self._report, captioned=captioned, signed=signed, loud=self._is_loud())
        for index in within:
            candidate = self._speaking.get(index) or self._events.get(index)
            talk.hear(Heard(self._pieces[index], candidate, index in self._events))
        if not self._speaking:
            self._report.add("read-004")
        said = tuple(
            Said(c.label, self._pieces[i].text.count("?") + self._pieces[i].text.count("？"))
            for i, c in sorted(self._speaking.items())
        )
        self._people.settle_parts(said, self._report)
        self._miss_speakers(labels)
        section = talk.section(heading)
        return (section,) if section.blocks or section.subsections or not self._speaking else ()

    def _miss_speakers(self, labels: tuple[str, ...]) -> None:
        """Say so where somebody whom staff have named as speaking does not."""
        spoken = {fold(label) for label in labels} | {fold(person.name) for person in self._people.everyone}
        for label, whose in {**self._options.episode.labels, **self._options.speakers}.items():
            if whose and fold(label) not in spoken:
                self._report.add("read-024", f"“{label}”")

    def _is_loud(self) -> bool:
        """Tell whether speech itself is set in capitals."""
        said = [piece.text for piece in self._pieces[:SAMPLE] if len(piece.text.split()) > LONG_LINE]
        return sum(1 for text in said if text.isupper()) * 2 > len(said)

    def _miss_sounds(self, document: Document) -> None:
        """Say so where a long episode has not one sound marked: relevant ones belong in a transcript (WCAG 1.2.1)."""
        steps: list[Step] = list(walk(document))
        spoken = sum(1 for step in steps if type(step).__name__ == "Sentence")
        heard = any(type(step).__name__ == "Sound" for step in steps)
        if not heard and spoken > ENOUGH_WORDS // 10 and any(isinstance(step, Turn) for step in steps):
            self._report.add("read-018")


def _without_buttons(pieces: tuple[Piece, ...]) -> tuple[Piece, ...]:
    """Return the pieces without the sign of a button that plays them."""
    signs = ((piece, len(piece.text) - len(piece.text.lstrip("▶►⏵ "))) for piece in pieces)
    return tuple(without_beginning(piece, sign) if sign else piece for piece, sign in signs)


def _named(pieces: tuple[Piece, ...], people: tuple[Listed, ...]) -> tuple[Piece, ...]:
    """Return the pieces with names for labels that are only numbers of people whom the source names elsewhere."""
    names = {one.label: one.name for one in people if one.label}
    if not names:
        return pieces
    return tuple(msgspec.structs.replace(p, label=_name(p.label, names)) if p.label else p for p in pieces)


def _name(label: str, names: dict[str, str]) -> str:
    return " & ".join(names.get(part, part) for part in label.split(" & "))


def _outweighs(rival: Candidate, candidate: Candidate) -> bool:
    """Tell whether a label stays one however often another stands: as data, or if the other is cut off its front."""
    rest = rival.label.removeprefix(candidate.label)
    return rival.shape == "data" or (rest != rival.label and "|" not in rest)


def _weighed(verdict: Verdict) -> Weighed:
    reasons = tuple((e.reason, e.points) for e in verdict.evidence)
    return Weighed(verdict.label, verdict.count, verdict.is_speaker, reasons)


def _alike(one: str, other: str) -> bool:
    """Tell whether two printings of a title say the same."""
    return _letters(one) == _letters(other)


def _letters(text: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFKC", text).casefold() if c.isalnum())
