"""What is said, by whom, in what order: from a document to utterances, without any sound.

First what this is and that the voices are synthetic, in a few seconds; then, as one chapter
that can be skipped, what stands before the conversation and who takes part; then the
conversation and what follows it, and how to get help. What belongs to the web page is not
spoken, and a pull quote whose words are heard in the conversation is not heard twice.
"""

import itertools
from collections.abc import Iterator
from typing import Final, assert_never

import msgspec

from converters import outline, sentences
from converters.document import (
    Block,
    Document,
    LanguageTag,
    NodeId,
    Paragraph,
    PeopleList,
    Person,
    PullQuote,
    Section,
    Sentence,
    Sound,
    Text,
    Turn,
)
from converters.findings import Report
from converters.headings import exchange_entry, section_heading
from converters.narration import pauses, wording
from converters.narration.announcements import Announcer
from converters.narration.book_pages import pages_of_a_book
from converters.narration.model import Casting, Chapter, ScriptTrack, Utterance
from converters.narration.narrator import Narrator, Utterances
from converters.phrases import Phrases, written_date
from converters.settings import Contact, Options
from converters.traverse import plain_text

Chapters = tuple[Chapter, ...]

LONGEST_OPENING: Final = 15_000
"""Milliseconds that the first chapter takes at most, at the usual rate: those who know the show wait for it."""


def script(  # noqa: PLR0913 - what a script is made from, and for whom
    document: Document,
    title: str,
    options: Options,
    phrases: Phrases,
    casting: Casting,
    report: Report,
    *,
    for_book: bool = False,
    kept: frozenset[str] = frozenset(),
) -> tuple[ScriptTrack, ...]:
    """Return what is said, a track for each section, one for the words before and one for those after.

    ``for_book`` adds what only the pages of a book say, on tracks of its own. ``kept`` are words
    that stay as printed, because a lexicon tells how they are said. Sentences that no voice can
    say are left out, each with a finding (speech-003).
    """
    narrator = Narrator(document.metadata.language, phrases, options.rate, kept)
    teller = _Teller(document, options, narrator, casting, report)
    sections = tuple(s for s in outline.outline(document).in_reading_order if s.kind != "furniture")
    parts = (
        ("start", None, teller.start(title)),
        *_told(teller, sections),
        ("notes", None, teller.notes()),
        ("about", None, teller.about()),
    )
    spoken = [part for part in parts if part[2]]
    tracks = tuple(
        ScriptTrack(f"{number:02}-{name}", section, chapters)
        for number, (name, section, chapters) in enumerate(spoken, 1)
    )
    return (*tracks, *pages_of_a_book(document, narrator)) if for_book else tracks


def _told(teller: "_Teller", sections: tuple[Section, ...]) -> Iterator[tuple[str, NodeId, Chapters]]:
    """Yield the sections with what is said; those before the conversation are one chapter together."""
    before: tuple[Section, ...] = ()
    if any(section.kind == "transcript" for section in sections):
        before = tuple(itertools.takewhile(lambda section: section.kind != "transcript", sections))
    for section in sections:
        chapters = teller.section(section)
        yield section.id, section.id, teller.at_a_glance(chapters) if section in before else chapters


class _Teller:
    """Tells one document; remembers who spoke last and who was named."""

    def __init__(
        self, document: Document, options: Options, narrator: Narrator, casting: Casting, report: Report
    ) -> None:
        self._document, self._narrator, self._casting, self._report = document, narrator, casting, report
        self._phrases, self._show, self._language = narrator.phrases, options.show, narrator.language
        self._one_voice = options.cast == "one"
        shared = casting.shared or self._one_voice
        self._announcer = Announcer(document, options.announce, voices_shared=shared)
        self._glanced = False

    # the parts ----------------------------------------------------------------------------

    def start(self, title: str) -> Chapters:
        """Say what this is, in a sentence each; and who takes part, where the source has no section for it."""
        phrases = self._phrases
        said = [
            *self._narrator.own(title, NodeId("title")),
            *self._narrator.added(self._show_line(title)),
            *self._narrator.added(
                phrases.voice_synthetic_spoken if self._one_voice else phrases.voices_synthetic_spoken
            ),
        ]
        opening = self._ended(Chapter(phrases.chapter_start, tuple(said)))
        if outline.outline(self._document).people_sections or not self._document.people:
            return (opening,)
        people = (*self._narrator.added(phrases.spoken_people_heading), *self._people(self._document.people))
        return (opening, *self.at_a_glance((self._ended(Chapter(phrases.at_a_glance, people)),)))

    def _show_line(self, title: str) -> str:
        """Return the show, and the date as well where there is time for it."""
        phrases, published = self._phrases, self._document.metadata.published
        show = self._document.metadata.show or self._show.name
        date = written_date(published, phrases) if published else ""
        plain = phrases.spoken_show.format(show=show) if show else ""
        if not date:
            return plain
        dated = phrases.spoken_show_and_date.format(show=show, date=date) if show else f"{date}."
        return dated if self._fits(f"{title} {dated} {phrases.voices_synthetic_spoken}") else plain

    def _fits(self, opening: str) -> bool:
        words = len(wording.sayable(opening, self._phrases.language).replace("-", " ").split())
        return words * 60_000 // pauses.FIT_RATE + 2 * pauses.AFTER_SENTENCE + pauses.AFTER_SECTION <= LONGEST_OPENING

    def at_a_glance(self, chapters: Chapters) -> Chapters:
        """Return chapters as a part of the one that tells what the episode is, which the first of them begins."""
        title, self._glanced = "" if self._glanced else self._phrases.at_a_glance, self._glanced or bool(chapters)
        titles = (title, *("" for _ in chapters[1:]))
        return tuple(
            msgspec.structs.replace(one, title=name, depth=1) for one, name in zip(chapters, titles, strict=False)
        )

    def section(self, section: Section, depth: int = 1) -> Chapters:
        """Tell a section: its heading, or else what kind it is, and then its exchanges or blocks."""
        self._announcer.break_off()
        exchanges = outline.exchanges(self._document, section)
        blocks = () if exchanges else self._blocks(section.blocks)
        within = [*self._exchange_chapters(exchanges)]
        for subsection in section.subsections:
            within += self.section(subsection, depth=2)
        if not blocks and not within:
            return ()
        opening = (*self._narrator.paused(self._heading(section), pauses.AFTER_PARAGRAPH), *blocks)
        title = plain_text(section.heading) or section_heading(self._phrases, section.kind)
        *chapters, last = (Chapter(title, opening, depth), *within)
        return (*chapters, self._ended(last))

    def notes(self) -> Chapters:
        """Tell the notes, after everything that they stand under."""
        blocks = tuple(paragraph for note in self._document.notes for paragraph in note.paragraphs)
        said = self._blocks(blocks)
        heading = self._narrator.paused(
            self._narrator.added(self._phrases.notes, NodeId("notes-heading")), pauses.AFTER_PARAGRAPH
        )
        return (self._ended(Chapter(self._phrases.notes, (*heading, *said))),) if said else ()

    def about(self) -> Chapters:
        """Tell how to get help; the show's statement only where the source has none of its own."""
        phrases = self._phrases
        stated = any(section.kind == "accessibility" for section in self._document.sections)
        said = [
            *self._narrator.paused(self._narrator.added(phrases.chapter_about), pauses.AFTER_PARAGRAPH),
            *(() if stated else self._statement(self._show.statement or "")),
            *self._help(),
            *self._narrator.added(phrases.spoken_end),
        ]
        return (self._ended(Chapter(phrases.chapter_about, tuple(said))),)

    def _exchange_chapters(self, exchanges: tuple[outline.Exchange, ...]) -> Chapters:
        chapters: list[Chapter] = []
        for exchange in exchanges:
            said = self._narrator.paused(self._blocks(exchange.blocks), pauses.AFTER_EXCHANGE)
            chapters += [Chapter(exchange_entry(self._phrases, exchange), said, depth=2)] if said else []
        return tuple(chapters)

    def _ended(self, chapter: Chapter) -> Chapter:
        return msgspec.structs.replace(
            chapter, utterances=self._narrator.paused(chapter.utterances, pauses.AFTER_SECTION)
        )

    def _heading(self, section: Section) -> Utterances:
        node = NodeId(f"{section.id}-heading")
        if section.heading:
            heading = self._narrator.own(plain_text(section.heading), node)
        elif section.kind == "people":
            heading = self._narrator.added(self._phrases.spoken_people_heading, node)
        else:
            heading = self._narrator.added(section_heading(self._phrases, section.kind), node)
        is_first = section in outline.outline(self._document).people_sections[:1]
        return (*heading, *self._people(outline.unlisted(self._document))) if is_first else heading

    def _people(self, people: tuple[Person, ...]) -> Utterances:
        """Say who takes part, each with the part they play and their description as printed."""
        return tuple(utterance for person in people for utterance in self._narrator.own(self._introduced(person)))

    def _introduced(self, person: Person) -> str:
        home = self._narrator.other(self._phrases.language) is None
        part = self._phrases.part_played(person.part) if person.part and home else None
        return ", ".join(filter(None, (person.name, part, person.description)))

    def _statement(self, statement: str) -> Utterances:
        lines = (line for line in statement.split("\n") if line.strip())
        paragraphs = (sentences.paragraph((Text(line.strip()),), self._language) for line in lines)
        return self._blocks(tuple(paragraphs))

    def _help(self) -> Utterances:
        phrases, ways = self._phrases, _ways(self._show.contact, self._phrases)
        if not ways:
            show = self._document.metadata.show or self._show.name
            words = phrases.help_none.format(show=show) if show else phrases.help_none_unnamed
            return self._narrator.added(words, NodeId("help-none"))
        said = (self._narrator.added(way, NodeId(f"help-way-{number}")) for number, way in enumerate(ways, 1))
        return (*self._narrator.added(phrases.help_intro, NodeId("help-intro")), *itertools.chain.from_iterable(said))

    # blocks ---------------------------------------------------------------------------------

    def _blocks(self, blocks: tuple[Block, ...]) -> Utterances:
        said: Utterances = ()
        for block in blocks:
            if isinstance(block, Sound) and (block.kind == "silence" or not wording.sound_words(block)):
                said = self._narrator.paused(said, pauses.SILENCE)
            else:
                said += self._block(block)
        return said

    def _block(self, block: Block) -> Utterances:
        match block:
            case Turn():
                return self._turn(block)
            case Paragraph():
                return self._by_narrator(self._paragraphs((block,)))
            case PullQuote():
                return self._pull_quote(block)
            case PeopleList():
                lines = (self._sentence(entry.line) for entry in block.entries)
                return self._by_narrator(
                    self._narrator.paused(tuple(u for line in lines for u in line), pauses.AFTER_PARAGRAPH)
                )
            case Sound():
                words = wording.sound_words(block)
                return self._narrator.paused(self._narrator.own(words, block.id), pauses.AFTER_PARAGRAPH)
            case _:
                assert_never(block)

    def _turn(self, turn: Turn) -> Utterances:
        """Tell a turn, by its person's voice, after the name where that is due."""
        person = turn.people[0] if len(turn.people) == 1 else None
        said = self._paragraphs(turn.paragraphs, person, self._narrator.other(turn.language))
        if not said:
            return ()
        if person is None:
            said = tuple(msgspec.structs.replace(u, unattributed=True, together=turn.people) for u in said)
        return (
            *self._announcement(turn),
            *self._narrator.paused(said, pauses.AFTER_QUESTION if _asks(said) else pauses.AFTER_TURN),
        )

    def _announcement(self, turn: Turn) -> Utterances:
        due = self._announcer.due(turn)
        name = self._narrator.worded(due, self._language)
        if not name:
            return ()
        pause = self._narrator.pause(pauses.AFTER_NAME)
        return (Utterance(name, NodeId(f"{turn.id}-name"), pause=pause, announces=True),)

    def _pull_quote(self, quote: PullQuote) -> Utterances:
        """Tell a quotation by the narrator: it may not be word for word what the person said."""
        if quote.repeats:
            return ()  # a pull quote repeats a sentence; hearing it twice misleads
        line = self._sentence(quote.attribution.line) if quote.attribution else ()
        return self._by_narrator(
            (*self._paragraphs(quote.paragraphs), *self._narrator.paused(line, pauses.AFTER_PARAGRAPH))
        )

    def _by_narrator(self, said: Utterances) -> Utterances:
        self._announcer.break_off()
        return said

    def _paragraphs(
        self, paragraphs: tuple[Paragraph, ...], person: NodeId | None = None, language: LanguageTag | None = None
    ) -> Utterances:
        said: list[Utterance] = []
        for paragraph in paragraphs:
            found = (u for one in paragraph.sentences for u in self._sentence(one, person, language))
            said += self._narrator.paused(tuple(found), pauses.AFTER_PARAGRAPH)
        return tuple(said)

    def _sentence(
        self, sentence: Sentence, person: NodeId | None = None, language: LanguageTag | None = None
    ) -> Utterances:
        words = wording.words_to_say(sentence.inlines, language or self._language, self._narrator.kept)
        if not words or self._casting.voice(person, language) is None:
            self._report.add("speech-003", plain_text(sentence.inlines), sentence.id or None)
            return ()
        return (Utterance(words, sentence.id or None, person, self._narrator.pause(pauses.AFTER_SENTENCE), language),)


def _asks(said: Utterances) -> bool:
    return said[-1].text.rstrip(outline.CLOSING_MARKS).endswith(outline.QUESTION_MARKS)


def _ways(contact: Contact, phrases: Phrases) -> tuple[str, ...]:
    """Return the ways to get in touch, each so that it can be written down by ear."""
    found = (
        (phrases.contact_email, wording.address_words(contact.email or "")),
        (phrases.contact_phone, wording.telephone_words(contact.phone or "")),
        (phrases.contact_text_relay, wording.telephone_words(contact.text_relay or "")),
        (phrases.contact_form, wording.address_words(contact.form or "")),
        (phrases.contact_post, ", ".join((contact.post or "").split("\n"))),
    )
    return tuple(phrase.format(value=value) for phrase, value in found if value.strip())
