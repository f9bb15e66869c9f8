"""What is said, by whom, in what order."""

import datetime
from collections.abc import Callable
from typing import get_args

import msgspec
import pytest

from converters.document import (
    Attribution,
    Document,
    LanguageTag,
    NodeId,
    Paragraph,
    PeopleList,
    Person,
    PersonEntry,
    PullQuote,
    Section,
    SectionKind,
    Sentence,
    Sound,
    Text,
    Turn,
)
from converters.findings import Report
from converters.narration.announcements import short_names
from converters.narration.model import Casting, ScriptTrack, Utterance, Voice
from converters.narration.script import script
from converters.narration.spoken_text import spoken_text
from converters.phrases import phrases_for
from converters.settings import Announce, Contact, Options, Show
from converters.traverse import sentences

ENGLISH = LanguageTag("en")
NARRATOR = Casting(Voice("narrator", ENGLISH, ""), ())
PHRASES = phrases_for(ENGLISH)
USUAL = Options()

Turns = Callable[..., Turn]
Episodes = Callable[..., Document]
Paragraphs = Callable[[str], Paragraph]


def told(
    document: Document,
    options: Options = USUAL,
    casting: Casting = NARRATOR,
    report: Report | None = None,
    *,
    for_book: bool = False,
) -> tuple[ScriptTrack, ...]:
    title = document.metadata.title or ""
    return script(document, title, options, PHRASES, casting, report or Report(), for_book=for_book)


def utterances(*tracks: ScriptTrack) -> list[Utterance]:
    return [utterance for track in tracks for chapter in track.chapters for utterance in chapter.utterances]


def words(*tracks: ScriptTrack) -> list[str]:
    return [utterance.text for utterance in utterances(*tracks)]


def names(*tracks: ScriptTrack) -> list[str]:
    return [utterance.text for utterance in utterances(*tracks) if utterance.announces]


def test_it_begins_with_title_and_show_and_that_the_voices_are_synthetic_and_then_people(small: Document) -> None:
    first = told(small)[0]
    assert first.chapters[0].title == PHRASES.chapter_start
    assert words(first) == [
        "A Ramp for the Library.",
        "From The Corner.",
        PHRASES.voices_synthetic_spoken,
        "Who takes part.",
        "Ann Lee, host.",
        "Bo Ruiz, guest.",
        "Cy Okoro, guest.",
    ]


def test_sections_come_in_the_order_of_all_editions_and_furniture_never(
    episode: Episodes, paragraph: Paragraphs
) -> None:
    kinds: tuple[SectionKind, ...] = ("notice", "furniture", "people", "summary")
    document = episode(*(Section(kind, (paragraph(f"This is the {kind}."),)) for kind in kinds))
    assert [track.section for track in told(document)] == [None, "summary", "people", "notice", None]


def test_each_exchange_is_a_chapter_below_its_section(small: Document) -> None:
    titles = [(chapter.depth, chapter.title) for track in told(small) for chapter in track.chapters]
    assert titles == [
        (1, "Title and voices"),
        (1, "At a glance"),
        (1, ""),
        (1, "Conversation"),
        (2, "1. Ann Lee, Bo Ruiz: Who built the ramp?"),
        (2, "2. Ann Lee, Cy Okoro, Bo Ruiz: And who paid for it?"),
        (1, "After the conversation"),
        (1, "How to get help or another format"),
    ]


def test_every_sentence_is_said_once_and_in_order(small: Document) -> None:
    wanted = [sentence.id for section in small.sections for sentence in sentences(section)]
    assert [utterance.node for utterance in utterances(*told(small)) if utterance.node in wanted] == wanted


def test_titles_headings_names_and_help_have_nodes_of_their_own(small: Document) -> None:
    contact = Contact(email="access@example.org", phone="+1 555 0100")
    heard = utterances(*told(small, Options(show=Show(contact=contact))))
    nodes = {str(utterance.node): utterance.text for utterance in heard}
    assert nodes["title"] == "A Ramp for the Library."
    assert nodes["summary-heading"] == "Summary."
    assert nodes["transcript-heading"] == "Conversation."
    assert nodes["transcript-t02-name"] == "Ruiz."
    assert nodes["help-intro"] == PHRASES.help_intro
    assert nodes["help-way-1"].startswith("E-mail:")
    assert nodes["help-way-2"].startswith("Telephone:")
    assert "help-way-3" not in nodes
    assert "help-none" in {utterance.node for utterance in utterances(*told(small))}


def test_no_node_is_said_twice(small: Document) -> None:
    nodes = [utterance.node for utterance in utterances(*told(small, for_book=True)) if utterance.node]
    assert len(nodes) == len(set(nodes))


def test_words_that_stand_nowhere_have_no_node(small: Document) -> None:
    ours = {utterance.text for utterance in utterances(*told(small)) if utterance.node is None}
    assert {"From The Corner.", PHRASES.voices_synthetic_spoken, PHRASES.spoken_end} <= ours


def test_a_guest_is_named_each_time_they_begin_and_the_host_once(small: Document) -> None:
    assert names(*told(small)) == ["Ann Lee.", "Ruiz.", "Okoro.", "Ruiz."]


def test_everybody_is_named_at_every_change_where_voices_are_shared(small: Document) -> None:
    shared = Casting(NARRATOR.neutral, (), shared=True)
    assert names(*told(small, casting=shared)) == ["Lee.", "Ruiz.", "Lee.", "Okoro.", "Ruiz."]


def test_a_person_who_goes_on_is_not_named_again(episode: Episodes, turn: Turns) -> None:
    document = episode(Section("transcript", (turn("bo-ruiz", "One."), turn("bo-ruiz", "Two."))))
    assert names(*told(document)) == ["Ruiz."]


def test_unattributed_speech_has_no_name_and_no_person(episode: Episodes, turn: Turns) -> None:
    document = episode(Section("transcript", (turn("bo-ruiz", "One."), turn(None, "Two."))))
    tracks = told(document)
    assert names(*tracks) == ["Ruiz."]
    spoken = [u for u in utterances(*tracks) if u.text in {"One.", "Two."}]
    assert [(u.person, u.unattributed) for u in spoken] == [("bo-ruiz", False), (None, True)]


def test_people_who_speak_together_are_both_named(episode: Episodes, paragraph: Paragraphs) -> None:
    both = Turn((paragraph("Good night!"),), (NodeId("ann-lee"), NodeId("bo-ruiz")))
    assert names(*told(episode(Section("transcript", (both,))))) == ["Lee, Ruiz."]


def test_a_quotation_is_heard_with_its_line_unless_it_repeats_the_conversation(
    episode: Episodes, paragraph: Paragraphs
) -> None:
    line = Attribution(Sentence((Text("Bo Ruiz, builder"),)), NodeId("bo-ruiz"))
    quotes = (
        PullQuote((paragraph("“It took a winter.”"),), line, NodeId("transcript-t02")),
        PullQuote((paragraph("“Ask first.”"),), line),
    )
    heard = words(*told(episode(Section("quotes", quotes))))
    assert [text for text in heard if "“" in text or "builder" in text] == ["“Ask first.”", "Bo Ruiz, builder"]


def test_the_sources_own_list_of_people_is_told_where_it_stands_after_whom_it_leaves_out(episode: Episodes) -> None:
    entry = PersonEntry(Sentence((Text("Bo Ruiz, builder"),)), NodeId("bo-ruiz"))
    tracks = told(episode(Section("people", (PeopleList((entry,)),))))
    assert "Who takes part." not in words(tracks[0])
    assert words(tracks[1]) == ["Who takes part.", "Ann Lee, host.", "Cy Okoro, guest.", "Bo Ruiz, builder"]


def test_a_sound_of_its_own_is_said_by_the_narrator(episode: Episodes, turn: Turns) -> None:
    document = episode(Section("transcript", (turn("bo-ruiz", "Listen."), Sound("[Bell rings]"))))
    bell = next(u for u in utterances(*told(document)) if u.text == "Bell rings.")
    assert (bell.node, bell.person) == ("transcript-x01", None)


def test_what_cannot_be_said_is_left_out_with_a_finding(episode: Episodes, turn: Turns, report: Report) -> None:
    document = episode(Section("transcript", (turn("bo-ruiz", "… — !"), turn("ann-lee", "Yes."))))
    assert names(*told(document, report=report)) == ["Ann Lee."]
    assert [(found.code, found.where) for found in report.findings] == [("speech-003", "transcript-t01-s1")]


def test_a_turn_in_a_language_without_a_voice_is_left_out_with_a_finding(
    episode: Episodes, turn: Turns, report: Report
) -> None:
    document = episode(Section("transcript", (turn("bo-ruiz", "こんにちは。", language=LanguageTag("ja")),)))
    told(document, report=report)
    assert [found.code for found in report.findings] == ["speech-003"]


def test_a_turn_in_another_language_says_so(episode: Episodes, turn: Turns) -> None:
    spanish = LanguageTag("es")
    voice = Voice("es", spanish, "")
    casting = Casting(NARRATOR.neutral, (), ((spanish, NodeId("bo-ruiz"), voice),))
    document = episode(Section("transcript", (turn("bo-ruiz", "Buenos días.", language=spanish),)))
    said = next(u for u in utterances(*told(document, casting=casting)) if u.person)
    assert casting.voice(said.person, said.language) == voice


def test_our_words_are_marked_as_english_in_an_episode_that_is_not(episode: Episodes, turn: Turns) -> None:
    german = episode(Section("transcript", (turn("bo-ruiz", "Guten Tag."),)), language="de")
    casting = Casting(NARRATOR.neutral, (), ((ENGLISH, None, NARRATOR.neutral),))
    said = {u.text: u.language for u in utterances(*told(german, casting=casting))}
    assert said["From The Corner."] == "en"
    assert said["Ruiz."] is None
    assert said["Guten Tag."] is None


def test_pauses_grow_from_sentence_to_section(small: Document) -> None:
    pause = {utterance.text: utterance.pause for utterance in utterances(*told(small))}
    lengths = [
        pause["Ruiz."],
        pause["Welcome to the show."],
        pause["We all did."],
        pause["Every one of them."],
        pause["It took a winter."],
        pause["That is true."],
    ]
    assert lengths == [250, 350, 600, 800, 1100, 1500]


def test_pauses_shrink_for_those_who_listen_fast(small: Document) -> None:
    usual, fast = (sum(u.pause for u in utterances(*told(small, Options(rate=rate)))) for rate in (175, 350))
    assert fast == pytest.approx(usual / 2, rel=0.01)


def test_it_ends_with_how_to_get_help_said_so_that_it_can_be_written_down(small: Document) -> None:
    contact = Contact(email="access@example.org", phone="+1 555 0100")
    options = Options(show=Show(statement="We want everyone in. Ask us.", contact=contact))
    assert words(told(small, options)[-1]) == [
        "How to get help or another format.",
        "We want everyone in.",
        "Ask us.",
        PHRASES.help_intro,
        "E-mail: access at example dot org.",
        "Telephone: plus 1, 5 5 5, 0 1 0 0.",
        PHRASES.spoken_end,
    ]


def test_the_shows_statement_is_not_heard_beside_the_sources_own(episode: Episodes, paragraph: Paragraphs) -> None:
    document = episode(Section("accessibility", (paragraph("Our page is for everyone."),)))
    heard = words(*told(document, Options(show=Show(statement="We want everyone in."))))
    assert "We want everyone in." not in heard
    assert "Our page is for everyone." in heard


def test_without_a_contact_the_show_is_named(small: Document) -> None:
    assert PHRASES.help_none.format(show="The Corner") in words(*told(small))


def test_the_text_names_everybody_at_every_change(small: Document) -> None:
    text = spoken_text(told(small), small)
    assert "\n\nAnn Lee: Welcome to the show.\nWho built the ramp?\n\nBo Ruiz: We all did.\n" in text
    assert "\n\nAnn Lee: And who paid for it?\n" in text
    assert "Bo Ruiz.\n" not in text


def test_a_person_whose_name_nobody_printed_keeps_the_rest(episode: Episodes, turn: Turns) -> None:
    people = (Person(NodeId("caller"), "Caller"),)
    document = episode(Section("transcript", (turn("caller", "Hello?"),)), people=people)
    assert words(*told(document))[-5:-3] == ["Caller.", "Hello?"]


# how it begins ---------------------------------------------------------------------------------


def test_the_date_is_said_with_the_show(small: Document) -> None:
    dated = msgspec.structs.replace(small.metadata, published=datetime.date(2025, 3, 14))
    heard = words(told(msgspec.structs.replace(small, metadata=dated))[0])
    assert heard[1] == "From The Corner, 14 March twenty twenty-five."


def test_a_long_title_leaves_no_time_for_the_date(small: Document) -> None:
    facts = msgspec.structs.replace(small.metadata, title="Ramps, " * 30, published=datetime.date(2025, 3, 14))
    assert words(told(msgspec.structs.replace(small, metadata=facts))[0])[1] == "From The Corner."


def test_the_first_chapter_takes_no_more_than_15_seconds_at_175_words_a_minute(small: Document) -> None:
    title = "Winning the Street, Building the Ramp: Neighbours from Four Streets and a Mayor Debate"
    facts = msgspec.structs.replace(small.metadata, title=title, published=datetime.date(2025, 3, 14))
    opening = told(msgspec.structs.replace(small, metadata=facts))[0].chapters[0].utterances
    assert len(opening) == 3
    spoken = sum(len(u.text.replace("-", " ").split()) for u in opening) * 60_000 / 175
    assert spoken + sum(u.pause for u in opening) <= 15_000


def test_all_that_stands_before_the_conversation_is_one_chapter(
    episode: Episodes, paragraph: Paragraphs, turn: Turns
) -> None:
    kinds: tuple[SectionKind, ...] = ("notice", "summary", "people")
    before = tuple(Section(kind, (paragraph(f"This is the {kind}."),)) for kind in kinds)
    tracks = told(episode(*before, Section("transcript", (turn("bo-ruiz", "Yes."),))))
    places = [(track.section, chapter.title) for track in tracks for chapter in track.chapters]
    assert places == [
        (None, "Title and voices"),
        ("summary", "At a glance"),
        ("people", ""),
        ("notice", ""),
        ("transcript", "Conversation"),
        (None, "How to get help or another format"),
    ]


def test_a_single_narrator_speaks_of_one_voice(small: Document) -> None:
    heard = words(told(small, Options(cast="one"))[0])
    assert PHRASES.voice_synthetic_spoken in heard
    assert PHRASES.voices_synthetic_spoken not in heard


# pauses and sounds -----------------------------------------------------------------------------


def test_an_answer_comes_sooner_after_a_question(episode: Episodes, turn: Turns) -> None:
    talk = (turn("bo-ruiz", "Is it so?"), turn("cy-okoro", "It is."), turn("bo-ruiz", "Good."))
    pause = {u.text: u.pause for u in utterances(*told(episode(Section("transcript", talk))))}
    assert (pause["Is it so?"], pause["It is."]) == (650, 800)


def test_a_silence_is_a_pause_and_no_word(episode: Episodes, turn: Turns) -> None:
    sounds = (Sound("[long pause]", "silence"), Sound("* * *", "break"))
    for sound in sounds:
        talk = (turn("bo-ruiz", "Listen."), sound, turn("cy-okoro", "Yes."))
        heard = utterances(*told(episode(Section("transcript", talk))))
        pause = {u.text: u.pause for u in heard}
        assert pause["Listen."] == 1200
        assert not any("pause" in u.text or "*" in u.text for u in heard)


# who is named ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("options", "named"),
    [
        (Options(), ["Ann Lee.", "Ruiz.", "Okoro.", "Ruiz."]),
        (Options(announce="always"), ["Lee.", "Ruiz.", "Lee.", "Okoro.", "Ruiz."]),
        (Options(announce="first"), ["Ann Lee.", "Bo Ruiz.", "Cy Okoro."]),
        (Options(announce="never"), []),
        (Options(cast="one"), ["Lee.", "Ruiz.", "Lee.", "Okoro.", "Ruiz."]),
        (Options(cast="one", announce="never"), []),
    ],
)
def test_announce_tells_whose_name_is_said(small: Document, options: Options, named: list[str]) -> None:
    assert names(*told(small, options)) == named


def test_a_name_is_said_by_the_narrator(small: Document) -> None:
    said = [u for u in utterances(*told(small)) if u.announces]
    assert {u.person for u in said} == {None}
    assert [u.node for u in said][:2] == ["transcript-t01-name", "transcript-t02-name"]


@pytest.mark.parametrize(
    ("everybody", "short"),
    [
        (["Bo Ruiz"], ["Ruiz"]),
        (["Bo Ruiz", "Ann Ruiz"], ["Bo Ruiz", "Ann Ruiz"]),
        (["Bo Ruiz", "Ruiz Lee"], ["Bo Ruiz", "Lee"]),
        (["Maya van den Berg"], ["van den Berg"]),
        (["Bo A. Ruiz Jr."], ["Ruiz"]),
        (["Ana María Ruiz"], ["Ana María Ruiz"]),
        (["Caller"], ["Caller"]),
        (["First Caller"], ["First Caller"]),
        (["Speaker 2"], ["Speaker 2"]),
        (["Jean-Luc O’Neil"], ["O’Neil"]),
        (["阮文雄"], ["阮文雄"]),
        (["bo ruiz"], ["bo ruiz"]),
    ],
)
def test_the_short_name_is_one_that_nobody_else_has(episode: Episodes, everybody: list[str], short: list[str]) -> None:
    people = tuple(Person(NodeId(f"p-{number}"), name) for number, name in enumerate(everybody))
    assert list(short_names(episode(people=people)).values()) == short


def test_somebody_is_called_as_the_transcript_calls_them(episode: Episodes) -> None:
    person = Person(NodeId("bo-ruiz"), "Bo Ruiz", ("BO RUIZ", "BO"))
    assert short_names(episode(people=(person,))) == {"bo-ruiz": "Bo"}


# what only a book says -------------------------------------------------------------------------


def test_the_pages_of_a_book_have_tracks_of_their_own(episode: Episodes, paragraph: Paragraphs, turn: Turns) -> None:
    document = episode(
        Section("transcript", (turn("bo-ruiz", "Yes."),)),
        Section("closing", (paragraph("Write to us."),), (Text("What Comes Next"),)),
        Section("furniture", (paragraph("Subscribe now."),)),
    )
    assert not any(track.book_only for track in told(document))
    *heard, contents, furniture = told(document, for_book=True)
    assert tuple(heard) == told(document)
    assert (contents.name, contents.book_only, furniture.name, furniture.book_only) == (
        "contents",
        True,
        "furniture",
        True,
    )
    assert [(u.node, u.text) for u in utterances(contents)] == [
        ("contents-heading", "Contents."),
        ("nav-at-a-glance", "At a glance."),
        ("nav-transcript", "Conversation."),
        ("nav-what-comes-next", "What Comes Next."),
        ("nav-help", "Accessibility and other formats."),
        ("nav-about", "About this edition."),
        ("nav-from-the-page", "From the web page."),
    ]
    assert [(u.node, u.text) for u in utterances(furniture)] == [("furniture-heading", "From the web page.")]


def test_the_text_has_nothing_that_only_a_book_says(small: Document) -> None:
    assert spoken_text(told(small, for_book=True), small) == spoken_text(told(small), small)


# the text --------------------------------------------------------------------------------------


def test_the_text_names_everybody_also_where_nobody_is_announced(small: Document) -> None:
    assert spoken_text(told(small, Options(announce="never")), small) == spoken_text(told(small), small)


def test_the_text_names_those_who_speak_together(episode: Episodes, paragraph: Paragraphs, turn: Turns) -> None:
    both = Turn((paragraph("Good night!"),), (NodeId("ann-lee"), NodeId("bo-ruiz")))
    document = episode(Section("transcript", (turn("cy-okoro", "Well?"), both)))
    for announce in get_args(Announce):
        text = spoken_text(told(document, Options(announce=announce)), document)
        assert "\n\nCy Okoro: Well?\n\nAnn Lee, Bo Ruiz: Good night!" in text


def test_words_that_a_lexicon_has_stay_as_printed(episode: Episodes, turn: Turns) -> None:
    document = episode(Section("transcript", (turn("bo-ruiz", "The OSCE and the NGOs met in 1994."),)))
    tracks = script(document, "", USUAL, PHRASES, NARRATOR, Report(), kept=frozenset({"OSCE"}))
    assert "The OSCE and the N.G.O’s met in nineteen ninety-four." in words(*tracks)
