"""What is said, by whom, in what order."""

from collections.abc import Callable

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
from converters.narration.model import Casting, ScriptTrack, Utterance, Voice
from converters.narration.script import script
from converters.narration.spoken_text import spoken_text
from converters.phrases import phrases_for
from converters.settings import Contact, Options, Show
from converters.traverse import sentences

ENGLISH = LanguageTag("en")
NARRATOR = Casting(Voice("narrator", ENGLISH, ""), ())
PHRASES = phrases_for(ENGLISH)
USUAL = Options()

Turns = Callable[..., Turn]
Episodes = Callable[..., Document]
Paragraphs = Callable[[str], Paragraph]


def told(
    document: Document, options: Options = USUAL, casting: Casting = NARRATOR, report: Report | None = None
) -> tuple[ScriptTrack, ...]:
    return script(document, document.metadata.title or "", options, PHRASES, casting, report or Report())


def utterances(*tracks: ScriptTrack) -> list[Utterance]:
    return [utterance for track in tracks for chapter in track.chapters for utterance in chapter.utterances]


def words(*tracks: ScriptTrack) -> list[str]:
    return [utterance.text for utterance in utterances(*tracks)]


def names(*tracks: ScriptTrack) -> list[str]:
    return [utterance.text for utterance in utterances(*tracks) if utterance.announces]


def test_it_begins_with_title_show_people_and_that_the_voices_are_synthetic(small: Document) -> None:
    first = told(small)[0]
    assert first.chapters[0].title == PHRASES.chapter_start
    assert words(first) == [
        "A Ramp for the Library.",
        "From The Corner.",
        "With Ann Lee, Bo Ruiz, Cy Okoro.",
        PHRASES.voices_synthetic_spoken,
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
        (1, "Summary"),
        (1, "Conversation"),
        (2, "1. Ann Lee, Bo Ruiz: Who built the ramp?"),
        (2, "2. Ann Lee, Cy Okoro, Bo Ruiz: And who paid for it?"),
        (1, "After the conversation"),
        (1, "How to get help or another format"),
    ]


def test_every_sentence_is_said_once_and_in_order(small: Document) -> None:
    wanted = [sentence.id for section in small.sections for sentence in sentences(section)]
    assert [utterance.node for utterance in utterances(*told(small)) if utterance.node] == wanted


def test_words_of_ours_have_no_node(small: Document) -> None:
    ours = {utterance.text for utterance in utterances(*told(small)) if utterance.node is None}
    assert {"Conversation.", "Bo Ruiz.", PHRASES.spoken_end} <= ours


def test_a_guest_is_named_each_time_they_begin_and_the_host_once(small: Document) -> None:
    assert names(*told(small)) == ["Ann Lee.", "Bo Ruiz.", "Cy Okoro.", "Bo Ruiz."]


def test_everybody_is_named_at_every_change_where_voices_are_shared(small: Document) -> None:
    shared = Casting(NARRATOR.neutral, (), shared=True)
    assert names(*told(small, casting=shared)) == ["Ann Lee.", "Bo Ruiz.", "Ann Lee.", "Cy Okoro.", "Bo Ruiz."]


def test_a_person_who_goes_on_is_not_named_again(episode: Episodes, turn: Turns) -> None:
    document = episode(Section("transcript", (turn("bo-ruiz", "One."), turn("bo-ruiz", "Two."))))
    assert names(*told(document)) == ["Bo Ruiz."]


def test_unattributed_speech_has_no_name_and_no_person(episode: Episodes, turn: Turns) -> None:
    document = episode(Section("transcript", (turn("bo-ruiz", "One."), turn(None, "Two."))))
    tracks = told(document)
    assert names(*tracks) == ["Bo Ruiz."]
    assert [u.person for u in utterances(*tracks) if u.node] == ["bo-ruiz", None]


def test_people_who_speak_together_are_both_named(episode: Episodes, paragraph: Paragraphs) -> None:
    both = Turn((paragraph("Good night!"),), (NodeId("ann-lee"), NodeId("bo-ruiz")))
    assert names(*told(episode(Section("transcript", (both,))))) == ["Ann Lee, Bo Ruiz."]


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
    assert "With Ann Lee, Bo Ruiz, Cy Okoro." not in words(*tracks)
    assert words(tracks[1]) == ["Who takes part.", "Ann Lee.", "Cy Okoro.", "Bo Ruiz, builder"]


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
    said = next(u for u in utterances(*told(document, casting=casting)) if u.node)
    assert casting.voice(said.person, said.language) == voice


def test_our_words_are_marked_as_english_in_an_episode_that_is_not(episode: Episodes, turn: Turns) -> None:
    german = episode(Section("transcript", (turn("bo-ruiz", "Guten Tag."),)), language="de")
    casting = Casting(NARRATOR.neutral, (), ((ENGLISH, None, NARRATOR.neutral),))
    said = {u.text: u.language for u in utterances(*told(german, casting=casting))}
    assert said["From The Corner."] == "en"
    assert said["Bo Ruiz."] is None
    assert said["Guten Tag."] is None


def test_pauses_grow_from_sentence_to_section(small: Document) -> None:
    pause = {utterance.text: utterance.pause for utterance in utterances(*told(small))}
    lengths = [
        pause["Bo Ruiz."],
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
    text = spoken_text(told(small), small.people)
    assert "\n\nAnn Lee: Welcome to the show.\nWho built the ramp?\n\nBo Ruiz: We all did.\n" in text
    assert "\n\nAnn Lee: And who paid for it?\n" in text
    assert "Bo Ruiz.\n" not in text


def test_a_person_whose_name_nobody_printed_keeps_the_rest(episode: Episodes, turn: Turns) -> None:
    people = (Person(NodeId("caller"), "Caller"),)
    document = episode(Section("transcript", (turn("caller", "Hello?"),)), people=people)
    assert words(*told(document))[5:7] == ["Caller.", "Hello?"]
