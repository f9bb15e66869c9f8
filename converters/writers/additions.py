"""What editions add to a conversation, as words and addresses, before any format."""

import msgspec

from converters import outline
from converters.document import Document, Person, PullQuote, Section, Video
from converters.narration.model import Timeline
from converters.phrases import Phrases, written_date
from converters.recording_times import has_recording_times
from converters.settings import Contact, Show
from converters.traverse import person_named, sections
from converters.version import VERSION
from converters.writers import WriteContext, Writer


class Fact(msgspec.Struct, frozen=True):
    """A line of ours: a name or value with our words round it, and where it leads, if it does.

    Our words may be in another language than the document; the value never is.
    """

    before: str
    value: str = ""
    href: str | None = None
    after: str = ""


def _round(phrase: str, place: str, value: str, href: str | None = None) -> Fact:
    """Return a phrase with a value in its place, still apart from our words."""
    before, _, after = phrase.partition(place)
    return Fact(before, " ".join(value.split()), href, after)


def facts(document: Document, phrases: Phrases) -> tuple[Fact, ...]:
    """Return show, date, page and recording, where they are known."""
    metadata = document.metadata
    found = []
    if metadata.show:
        found.append(_round(phrases.from_show, "{show}", metadata.show))
    if metadata.published:
        found.append(Fact(phrases.published.format(date=written_date(metadata.published, phrases))))
    if metadata.page:
        found.append(Fact("", phrases.page, metadata.page))
    if metadata.recording:
        found.append(Fact("", phrases.recording, metadata.recording))
    found += [_video(video, phrases) for video in metadata.videos]
    return tuple(found)


def _video(video: Video, phrases: Phrases) -> Fact:
    words = {"sign-language": phrases.sign_language_video, "described": phrases.described_video}[video.kind]
    return Fact("", phrases.video_named.format(video=words, name=video.name) if video.name else words, video.href)


def length(document: Document, phrases: Phrases) -> str:
    """Return how many words are spoken, and how many minutes that is to hear."""
    minutes = outline.minutes_to_hear(document)
    phrase = phrases.length if minutes > 1 else phrases.length_one_minute
    words = f"{outline.word_count(document):,}".replace(",", phrases.thousands)
    return phrase.format(words=words, minutes=minutes)


def what_it_is(document: Document, phrases: Phrases) -> str:
    """Return in a line what the transcript holds: how many people talk, in how many exchanges."""
    people = len(outline.first_turns(document))
    exchanges = sum(len(outline.exchanges(document, section)) for section in sections(document))
    match people, exchanges:
        case 0, _:
            return phrases.what_unattributed
        case 1, _:
            return phrases.what_talk
        case _, 0:
            return phrases.what_conversation.format(people=people)
        case _:
            return phrases.what_exchanges.format(people=people, exchanges=exchanges)


def in_context(document: Document, quote: PullQuote, phrases: Phrases) -> str | None:
    """Return the line that leads from a pull quote to the turn that it repeats, None where it repeats none."""
    if not quote.repeats or not quote.attribution or not quote.attribution.person:
        return None
    name = person_named(document, quote.attribution.person).name
    exchange = outline.exchange_with(document, quote.repeats)
    if not exchange:
        return phrases.in_context.format(name=name)
    return phrases.in_context_of_exchange.format(name=name, number=exchange.number)


def part_played(phrases: Phrases, person: Person) -> str | None:
    """Return what somebody does here in words, None where it is not known."""
    return phrases.part_played(person.part) if person.part else None


def last_statement(document: Document) -> Section | None:
    """Return the source's own accessibility statement, the last where there are several."""
    return next((one for one in reversed(document.sections) if one.kind == "accessibility"), None)


def statement_paragraphs(show: Show) -> tuple[str, ...]:
    """Return the show's own statement, from show.toml."""
    return tuple(" ".join(part.split()) for part in (show.statement or "").split("\n\n") if part.strip())


def contact_ways(contact: Contact, phrases: Phrases) -> tuple[Fact, ...]:
    """Return the ways to get in touch."""
    rows = (
        (phrases.contact_email, contact.email, f"mailto:{contact.email}"),
        (phrases.contact_phone, contact.phone, f"tel:{_digits(contact.phone)}"),
        (phrases.contact_text_relay, contact.text_relay, None),
        (phrases.contact_form, contact.form, contact.form),
        (phrases.contact_post, contact.post, None),
    )
    return tuple(_round(phrase, "{value}", value, href) for phrase, value, href in rows if value)


def _digits(phone: str | None) -> str:
    return "".join(character for character in phone or "" if character in "+0123456789")


def help_introduction(document: Document, show: Show, phrases: Phrases) -> Fact:
    """Return what leads to the ways to get in touch, or what to do where none is known."""
    if show.contact.ways:
        return Fact(phrases.help_intro)
    name = show.name or document.metadata.show
    return _round(phrases.help_none, "{show}", name) if name else Fact(phrases.help_none_unnamed)


def edition_name(phrases: Phrases, writer: Writer) -> str:
    """Return what an edition for readers is called in the language of the document."""
    return {
        "html": phrases.edition_html, "epub": phrases.edition_epub, "pdf": phrases.edition_pdf,
        "mp3": phrases.edition_mp3, "m4b": phrases.edition_m4b, "opus": phrases.edition_opus,
        "mp3-set": phrases.edition_mp3_set, "lpf": phrases.edition_lpf,
        "docx": phrases.edition_docx, "txt": phrases.edition_txt, "json": phrases.edition_json,
        "brf": phrases.edition_brf,
        "vtt": phrases.edition_vtt, "srt": phrases.edition_srt,
        "ebraille": phrases.edition_ebraille, "pef": phrases.edition_pef,
        "daisy202": phrases.edition_daisy202, "daisy3": phrases.edition_daisy3,
        "podcast-json": phrases.edition_podcast_json, "chapters-json": phrases.edition_chapters_json,
    }[writer.name]  # fmt: skip


def _is_synthetic(context: WriteContext) -> bool:
    """Tell whether synthetic voices are heard in any of the editions that are made together."""
    if context.options.recording:
        return False
    aloud = ("needs", "uses") if context.options.aloud else ("needs",)
    return any(writer.narration in aloud for writer in context.siblings)


class Edition(msgspec.Struct, frozen=True):
    """Another edition of the episode: what it is called, and its file."""

    words: str
    file_name: str


def other_editions(document: Document, context: WriteContext, own: str) -> tuple[Edition, ...]:
    """Return the editions of this command but the one named; of timed text, they say which sound it fits."""
    others = (writer for writer in context.siblings if writer.name != own and not writer.for_staff)
    return tuple(_edition(document, context, writer) for writer in others)


def _edition(document: Document, context: WriteContext, writer: Writer) -> Edition:
    words = edition_name(context.phrases, writer)
    if not writer.timed:
        return Edition(words, writer.file_name(context.slug))
    timeline: Timeline = "recording" if has_recording_times(document) else "narration"
    if timeline == "narration":
        words = context.phrases.edition_in_step.format(edition=words)
    return Edition(words, writer.file_name(context.slug, timeline))


def about_lines(context: WriteContext) -> tuple[str, ...]:
    """Return what made the edition, what was added, and that voices are synthetic where there are any."""
    phrases = context.phrases
    said = [phrases.made_by.format(version=VERSION, source=context.source_name), phrases.made_note]
    if _is_synthetic(context):
        said.append(phrases.voices_synthetic)
    return tuple(said)
