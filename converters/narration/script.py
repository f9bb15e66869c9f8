"""What is said, by whom, in what order: from a document to utterances, without any sound.

First who and what this is, then the sections in reading order, then how to get help. What
belongs to the web page is not spoken, and a pull quote whose words are heard in the
conversation is not heard twice.
"""

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
from converters.narration import wording
from converters.narration.model import Casting, Chapter, ScriptTrack, Utterance
from converters.narration.readable import readable, unreadable
from converters.phrases import Phrases
from converters.settings import Contact, Options
from converters.timing import Milliseconds
from converters.traverse import person_named, plain_text

Utterances = tuple[Utterance, ...]

AFTER_NAME: Final = 250
AFTER_SENTENCE: Final = 350
AFTER_PARAGRAPH: Final = 600
AFTER_TURN: Final = 800
AFTER_EXCHANGE: Final = 1100
AFTER_SECTION: Final = 1500
"""Milliseconds of silence at 175 words a minute; less where speech is faster."""

PAUSES_FIT_RATE: Final = 175
ENDINGS: Final = ".!?…:"


def script(
    document: Document, title: str, options: Options, phrases: Phrases, casting: Casting, report: Report
) -> tuple[ScriptTrack, ...]:
    """Return what is said, a track for each section, one for the words before and one for those after.

    Sentences that no voice can say are left out, each with a finding (speech-003).
    """
    teller = _Teller(document, options, phrases, casting, report)
    sections = (s for s in outline.outline(document).in_reading_order if s.kind != "furniture")
    parts = (
        ("start", None, teller.start(title)),
        *((section.id, section.id, teller.section(section)) for section in sections),
        ("notes", None, teller.notes()),
        ("about", None, teller.about()),
    )
    spoken = [part for part in parts if part[2]]
    return tuple(
        ScriptTrack(f"{number:02}-{name}", section, chapters)
        for number, (name, section, chapters) in enumerate(spoken, 1)
    )


class _Teller:
    """Tells one document; remembers who spoke last and which hosts were named."""

    def __init__(
        self, document: Document, options: Options, phrases: Phrases, casting: Casting, report: Report
    ) -> None:
        self._document, self._phrases, self._casting, self._report = document, phrases, casting, report
        self._show, self._rate = options.show, options.rate
        self._language = document.metadata.language
        self._speaking: tuple[NodeId, ...] | None = None
        self._hosts_named: set[NodeId] = set()

    # the parts ----------------------------------------------------------------------------

    def start(self, title: str) -> tuple[Chapter, ...]:
        """Say what this is, in a sentence each, so that it takes no more than 15 s."""
        phrases = self._phrases
        show = self._document.metadata.show or self._show.name
        names = "" if outline.outline(self._document).people_sections else _names(self._document.people)
        said = [
            *self._own(_closed(title)),
            *self._added(phrases.spoken_show.format(show=show) if show else ""),
            *self._added(phrases.spoken_people.format(names=names) if names else ""),
            *self._added(phrases.voices_synthetic_spoken),
        ]
        return (self._ended(Chapter(phrases.chapter_start, tuple(said))),)

    def section(self, section: Section, depth: int = 1) -> tuple[Chapter, ...]:
        """Tell a section: its heading, or else what kind it is, and then its exchanges or blocks."""
        self._speaking = None
        exchanges = outline.exchanges(self._document, section)
        blocks = () if exchanges else self._blocks(section.blocks)
        within = [*self._exchange_chapters(exchanges)]
        for subsection in section.subsections:
            within += self.section(subsection, depth=2)
        if not blocks and not within:
            return ()
        opening = (*self._paused(self._heading(section), AFTER_PARAGRAPH), *blocks)
        title = plain_text(section.heading) or section_heading(self._phrases, section.kind)
        *chapters, last = (Chapter(title, opening, depth), *within)
        return (*chapters, self._ended(last))

    def notes(self) -> tuple[Chapter, ...]:
        """Tell the notes, after everything that they stand under."""
        blocks = tuple(paragraph for note in self._document.notes for paragraph in note.paragraphs)
        said = self._blocks(blocks)
        heading = self._paused(self._added(f"{self._phrases.notes}."), AFTER_PARAGRAPH)
        return (self._ended(Chapter(self._phrases.notes, (*heading, *said))),) if said else ()

    def about(self) -> tuple[Chapter, ...]:
        """Tell how to get help; the show's statement only where the source has none of its own."""
        phrases = self._phrases
        stated = any(section.kind == "accessibility" for section in self._document.sections)
        said = [
            *self._paused(self._added(f"{phrases.chapter_about}."), AFTER_PARAGRAPH),
            *(() if stated else self._statement(self._show.statement or "")),
            *self._help(),
            *self._added(phrases.spoken_end),
        ]
        return (self._ended(Chapter(phrases.chapter_about, tuple(said))),)

    def _exchange_chapters(self, exchanges: tuple[outline.Exchange, ...]) -> tuple[Chapter, ...]:
        chapters: list[Chapter] = []
        for exchange in exchanges:
            said = self._paused(self._blocks(exchange.blocks), AFTER_EXCHANGE)
            chapters += [Chapter(exchange_entry(self._phrases, exchange), said, depth=2)] if said else []
        return tuple(chapters)

    def _ended(self, chapter: Chapter) -> Chapter:
        return msgspec.structs.replace(chapter, utterances=self._paused(chapter.utterances, AFTER_SECTION))

    def _heading(self, section: Section) -> Utterances:
        if section.heading:
            return self._own(_closed(plain_text(section.heading)))
        if section.kind == "people":
            others = map(outline.described, outline.unlisted(self._document))
            names = (utterance for line in others for utterance in self._own(_closed(line)))
            return (*self._added(self._phrases.spoken_people_heading), *names)
        return self._added(f"{section_heading(self._phrases, section.kind)}.")

    def _statement(self, statement: str) -> Utterances:
        lines = (line for line in statement.split("\n") if line.strip())
        paragraphs = (sentences.paragraph((Text(line.strip()),), self._language) for line in lines)
        return self._blocks(tuple(paragraphs))

    def _help(self) -> Utterances:
        phrases, ways = self._phrases, _ways(self._show.contact, self._phrases)
        if ways:
            said = (utterance for way in ways for utterance in self._added(_closed(way)))
            return (*self._added(phrases.help_intro), *said)
        show = self._document.metadata.show or self._show.name
        return self._added(phrases.help_none.format(show=show) if show else phrases.help_none_unnamed)

    # blocks ---------------------------------------------------------------------------------

    def _blocks(self, blocks: tuple[Block, ...]) -> Utterances:
        return tuple(utterance for block in blocks for utterance in self._block(block))

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
                return self._by_narrator(self._paused(tuple(u for line in lines for u in line), AFTER_PARAGRAPH))
            case Sound():
                words = wording.sound_words(block)
                return self._paused(self._own(_closed(words), block.id), AFTER_PARAGRAPH)
            case _:
                assert_never(block)

    def _turn(self, turn: Turn) -> Utterances:
        """Tell a turn, by its person's voice, after the name where that is due."""
        person = turn.people[0] if len(turn.people) == 1 else None
        said = self._paragraphs(turn.paragraphs, person, self._other(turn.language))
        if not said:
            return ()
        return (*self._announcement(turn), *self._paused(said, AFTER_TURN))

    def _announcement(self, turn: Turn) -> Utterances:
        """Say who begins to speak: a guest each time, a host once; every time where voices are shared."""
        began = turn.people != self._speaking
        self._speaking = turn.people
        people = tuple(person_named(self._document, identifier) for identifier in turn.people)
        hosts = {person.id for person in people if person.part == "host"}
        known = len(people) == 1 and hosts <= self._hosts_named and bool(hosts) and not self._casting.shared
        self._hosts_named |= hosts
        if not people or not began or known:
            return ()
        name = wording.words_to_say((Text(f"{_names(people)}."),), self._language)
        return (Utterance(name, pause=self._pause(AFTER_NAME), announces=True),) if name else ()

    def _pull_quote(self, quote: PullQuote) -> Utterances:
        """Tell a quotation by the narrator: it may not be word for word what the person said."""
        if quote.repeats:
            return ()  # a pull quote repeats a sentence; hearing it twice misleads
        line = self._sentence(quote.attribution.line) if quote.attribution else ()
        return self._by_narrator((*self._paragraphs(quote.paragraphs), *self._paused(line, AFTER_PARAGRAPH)))

    def _by_narrator(self, said: Utterances) -> Utterances:
        self._speaking = None  # whoever speaks next begins to speak
        return said

    def _paragraphs(
        self, paragraphs: tuple[Paragraph, ...], person: NodeId | None = None, language: LanguageTag | None = None
    ) -> Utterances:
        said: list[Utterance] = []
        for paragraph in paragraphs:
            found = (u for one in paragraph.sentences for u in self._sentence(one, person, language))
            said += self._paused(tuple(found), AFTER_PARAGRAPH)
        return tuple(said)

    def _sentence(
        self, sentence: Sentence, person: NodeId | None = None, language: LanguageTag | None = None
    ) -> Utterances:
        words = self._readable(sentence, wording.words_to_say(sentence.inlines, language or self._language), language)
        if not words or self._casting.voice(person, language) is None:
            self._report.add("speech-003", plain_text(sentence.inlines), sentence.id or None)
            return ()
        return (Utterance(words, sentence.id or None, person, self._pause(AFTER_SENTENCE), language),)

    def _readable(self, sentence: Sentence, words: str, language: LanguageTag | None) -> str:
        """Return the words without those in a script that the voice cannot read; a finding names them."""
        language = language or self._language
        left = readable(words, language)
        if left and left != words:
            self._report.add("speech-021", unreadable(words, language), sentence.id or None)
        return left

    # words ------------------------------------------------------------------------------------

    def _own(self, text: str, node: NodeId | None = None) -> Utterances:
        """Have the narrator say words in the document's language: titles, headings, sounds."""
        words = wording.words_to_say((Text(text),), self._language)
        return (Utterance(words, node, None, self._pause(AFTER_SENTENCE)),) if words else ()

    def _added(self, text: str) -> Utterances:
        """Have the narrator say words of ours, which are English where there is no translation."""
        words = wording.words_to_say((Text(text),), self._phrases.language)
        language = self._other(self._phrases.language)
        return (Utterance(words, None, None, self._pause(AFTER_SENTENCE), language),) if words else ()

    def _other(self, language: LanguageTag | None) -> LanguageTag | None:
        """Return a language where it is not the document's."""
        same = language is None or language.split("-")[0] == self._language.split("-")[0]
        return None if same else language

    def _pause(self, milliseconds: int) -> Milliseconds:
        return Milliseconds(min(milliseconds, milliseconds * PAUSES_FIT_RATE // self._rate))

    def _paused(self, said: Utterances, milliseconds: int) -> Utterances:
        """Return the utterances with at least that much silence after the last."""
        if not said:
            return said
        pause = max(said[-1].pause, self._pause(milliseconds))
        return (*said[:-1], msgspec.structs.replace(said[-1], pause=pause))


def _names(people: tuple[Person, ...]) -> str:
    return ", ".join(person.name for person in people)


def _closed(text: str) -> str:
    """Return a line that ends, so that the voice falls."""
    return text if not text or text.rstrip()[-1:] in ENDINGS else f"{text}."


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
