"""What is understood of a conversation, in whatever format it came: times, breaks, headers, chapters, people."""

import datetime

import msgspec
import pytest

from converters.document import Document, LanguageTag, Section, Sound, Turn
from converters.errors import SourceError
from converters.findings import Report
from converters.readers import ReadContext, read
from converters.settings import Episode, Limits, MissingSound, Options, Show
from converters.traverse import plain_text, section_text, sections, turn_text, turns, walk
from converters.word_ledger import ledger

TALK = """\
Kettles

ODILE MARCH: Where did you find it?

BRAM OSTLER: In the reeds.

ODILE MARCH: And was it whole?

BRAM OSTLER: It was nearly whole.

ODILE MARCH: Nearly?
"""


def _read(text: str, options: Options | None = None, name: str = "episode.txt") -> tuple[Document, Report]:
    report = Report()
    return read(text.encode(), ReadContext(name, options or Options(), report)), report


def _said(document: Document) -> list[tuple[str | None, str]]:
    return [(turn.label, turn_text(turn)) for turn in turns(document)]


def _codes(report: Report) -> set[str]:
    return {finding.code for finding in report.findings}


def _events(document: Document) -> list[tuple[str, str]]:
    return [(step.kind, step.description) for step in walk(document) if isinstance(step, Sound)]


def _begins(document: Document) -> list[int | None]:
    first = [next((s.time for p in turn.paragraphs for s in p.sentences), None) for turn in turns(document)]
    return [time.begin if time else None for time in first]


# times -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "layout",
    [
        "[{time}] {name}: {words}",
        "{name} ({time}): {words}",
        "{name}: [{time}] {words}",
        "{time} {name}: {words}",
        "{name}  {time}\n{words}",
        "[{time}]\n{name}: {words}",
        "{time} | {name} | {words}",
        "{name} {time} {words}",
    ],
)
def test_a_time_code_is_a_time_and_no_word_wherever_it_stands(layout: str) -> None:
    said = [("Odile March", "0:00:05", "Where is it?"), ("Bram Ostler", "0:00:09", "Here at 10:30 as ever.")] * 3
    moved = [(name, f"0:0{index}:{time[-2:]}", words) for index, (name, time, words) in enumerate(said)]
    text = "\n\n".join(layout.format(name=name, time=time, words=words) for name, time, words in moved)
    document, report = _read(text)
    assert _said(document) == [(name, words) for name, _, words in said]
    assert _begins(document) == [(index * 60 + (5, 9)[index % 2]) * 1000 for index in range(6)]
    assert ledger(document, report).lost == ()


def test_a_time_of_day_that_somebody_speaks_of_stays_a_word() -> None:
    document, report = _read(TALK.replace("In the reeds.", "At 10:30 in the reeds."))
    assert _said(document)[1] == ("BRAM OSTLER", "At 10:30 in the reeds.")
    assert "read-015" not in _codes(report)


def test_a_time_within_a_sound_is_printed_with_it() -> None:
    document, _ = _read(TALK.replace("In the reeds.", "In the [inaudible 00:12:01] reeds."))
    assert ("unclear", "[inaudible 00:12:01]") in _events(document)


# what happens ---------------------------------------------------------------------------------


def test_a_break_is_an_event_and_nobody() -> None:
    document, _ = _read(TALK.replace("ODILE MARCH: And", "Break:\n\nODILE MARCH: And"))
    assert _events(document) == [("break", "Break:")]
    assert {label for label, _ in _said(document)} == {"ODILE MARCH", "BRAM OSTLER"}


def test_what_is_read_out_after_an_advert_is_nobodys_until_somebody_is_named() -> None:
    advert = "--- Advert ---\n\nKettles by Copperwright are the kettles that you did not know you had.\n\n"
    document, _ = _read(TALK.replace("ODILE MARCH: And", f"{advert}ODILE MARCH: And"))
    assert [label for label, _ in _said(document)][2] is None


def test_a_long_remark_in_brackets_of_its_own_is_a_direction() -> None:
    remark = "(The kettle is carried in by two people and set down on the table between them.)"
    document, _ = _read(TALK.replace("ODILE MARCH: And", f"{remark}\n\nODILE MARCH: And"))
    assert _events(document) == [("direction", remark)]


def test_after_a_call_from_the_audience_the_speaker_goes_on_with_a_finding() -> None:
    call = (
        "AUDIENCE: No!\n\n"
        + "The reeds are where everything ends up in our town sooner or later, as you all know. " * 2
    )
    document, report = _read(TALK.replace("ODILE MARCH: And", f"{call}\n\nODILE MARCH: And"))
    assert [label for label, _ in _said(document)][1:4] == ["BRAM OSTLER", "AUDIENCE", "BRAM OSTLER"]
    assert "read-021" in _codes(report)


def test_laughter_of_the_audience_is_no_turn() -> None:
    document, _ = _read(TALK.replace("ODILE MARCH: And", "AUDIENCE: (Laughter.)\n\nODILE MARCH: And"))
    assert _events(document) == [("laughter", "AUDIENCE: (Laughter.)")]
    assert len(_said(document)) == 5


def test_staff_can_put_in_a_sound_and_are_told_where_its_words_are_not() -> None:
    sounds = (MissingSound("[applause]", before="It was nearly"), MissingSound("[bell]", after="nowhere at all"))
    document, report = _read(TALK, Options(episode=Episode(sounds=sounds)))
    assert _said(document)[3] == ("BRAM OSTLER", "[applause] It was nearly whole.")
    assert _events(document) == [("applause", "[applause]")]
    assert "nowhere at all" in next(f.text for f in report.findings if f.code == "read-012")


def test_an_episode_without_one_sound_is_a_finding_and_a_short_talk_is_not() -> None:
    long = TALK + "\n".join(f"BRAM OSTLER: It was reed number {n}.\n\nODILE MARCH: Was it?\n" for n in range(30))
    assert "read-018" in _codes(_read(long)[1])
    assert "read-018" not in _codes(_read(long.replace("Nearly?", "[laughs] Nearly?"))[1])
    assert "read-018" not in _codes(_read(TALK)[1])


# what stands round it -----------------------------------------------------------------------------


def test_a_header_gives_title_date_summary_and_people() -> None:
    header = (
        "TITLE: The Reed Kettle\nDATE: May 17, 2007\nGUEST: Bram Ostler\nDESCRIPTION: Two people talk of a kettle.\n\n"
    )
    document, report = _read(TALK.replace("Kettles\n\n", header))
    assert document.metadata.title == "The Reed Kettle"
    assert document.metadata.published == datetime.date(2007, 5, 17)
    assert [person.part for person in document.people if person.name == "Bram Ostler"] == ["guest"]
    assert [section.kind for section in sections(document)] == ["summary", "furniture", "transcript"]
    assert ledger(document, report).lost == ()


def test_headings_are_chapters_and_the_speaker_goes_on_below_one() -> None:
    text = (
        "# Kettles\n\n## Found\n\n**Odile March:** Where?\n\n**Bram Ostler:** There.\n\n## Mended\n\nAnd then here.\n\n"
    )
    document, _ = _read(text + "\n**Odile March:** Oh?\n\n**Bram Ostler:** Yes.\n", name="episode.md")
    chapters = [plain_text(section.heading) for section in sections(document) if section.heading]
    assert chapters == ["Found", "Mended"]
    assert _said(document)[2] == ("Bram Ostler", "And then here.")


def test_a_heading_that_only_says_transcript_is_the_conversations_own() -> None:
    text = "# Kettles\n\n## Transcript\n\n**Odile:** Where?\n\n**Bram:** There.\n\n**Odile:** Oh.\n\n**Bram:** Yes.\n"
    document, _ = _read(text, name="episode.md")
    (talk,) = sections(document)
    assert plain_text(talk.heading) == "Transcript"


def test_what_stands_under_a_heading_for_comments_is_not_the_conversation() -> None:
    text = TALK.replace("Kettles", "# Kettles") + "\n## Comments\n\nBRAM OSTLER: I was there, and it was whole.\n"
    document, _ = _read(text, name="episode.md")
    assert len(_said(document)) == 5
    assert "I was there" in section_text(next(s for s in sections(document) if s.kind == "furniture"))


# who speaks -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("first", "then"),
    [
        ("ODILE MARCH", "ODILE"), ("ODILE MARCH", "MARCH"), ("ODILE MARCH", "MS. MARCH"), ("Odile March", "OM"),
        ("Odile March, host", "Odile March"), ("ODILE MARCH (VO)", "ODILE MARCH"), ("ODILE MARCH", "ODIILE MARCH"),
    ],
)  # fmt: skip
def test_a_full_name_and_a_short_form_are_one_person(first: str, then: str) -> None:
    text = TALK.replace("ODILE MARCH", then).replace(f"{then}: Where", f"{first}: Where")
    text += f"\n{then}: Yes?\n\nBRAM OSTLER: Yes.\n\n{then}: Good.\n\n{then}: Well.\n\n{then}: So.\n" * 2
    document, _ = _read(text)
    assert len({turn.people for turn in turns(document)}) == 2


@pytest.mark.parametrize(
    ("one", "other"), [("MR. MARCH", "MS. MARCH"), ("SPEAKER 1", "SPEAKER 2"), ("B. MARCH", "V. MARCH")]
)
def test_two_labels_that_could_be_one_persons_are_two_where_they_answer_each_other(one: str, other: str) -> None:
    document, _ = _read(TALK.replace("ODILE MARCH", one).replace("BRAM OSTLER", other))
    assert len({turn.people for turn in turns(document)}) == 2


def test_two_titles_make_two_people_though_a_full_name_would_do_for_both() -> None:
    extra = "\nMR. MARCH: I do.\n\nMRS. MARCH: So do I.\n\nMR. OSTLER: And I.\n"
    document, _ = _read(TALK + extra)
    said = [turn.people for turn in turns(document)][-3:]
    assert len(set(said)) == 3
    assert {person.name for person in document.people} == {"Odile March", "Bram Ostler", "Mr. March", "Mrs. March"}


def test_the_command_line_says_whose_a_label_is_and_outweighs_the_file() -> None:
    told = Options(speakers={"BRAM OSTLER": "Bramwell Ostler"}, episode=Episode(labels={"BRAM OSTLER": "Nobody Else"}))
    document, _ = _read(TALK, told)
    assert [person.name for person in document.people] == ["Odile March", "Bramwell Ostler"]


def test_a_speaker_who_was_named_and_does_not_speak_is_a_finding() -> None:
    _, report = _read(TALK, Options(speakers={"CLEO": "Cleo Marsh", "ROW NINE": ""}))
    (missing,) = (finding.text for finding in report.findings if finding.code == "read-024")
    assert "“CLEO”" in missing


def test_people_who_speak_together_are_both_in_the_turn() -> None:
    document, _ = _read(TALK + "\nBRAM OSTLER AND ODILE MARCH: Good night.\n")
    assert len(list(turns(document))[-1].people) == 2


def test_a_scanners_slip_in_a_label_makes_no_new_person() -> None:
    text = TALK + "\nBRAM OSTLER: Yes.\n\n0DILE MARCH: No.\n\nBRAM OSTLER ; Yes!\n"
    document, _ = _read(text)
    assert len(document.people) == 2
    assert [label for label, _ in _said(document)][-2:] == ["0DILE MARCH", "BRAM OSTLER"]


# language and limits ------------------------------------------------------------------------------------


def test_the_language_is_what_is_told_first_by_the_command_then_by_staff_then_by_the_source() -> None:
    german = "---\nlang: de\n---\n\n**Odile:** Where?\n\n**Bram:** There.\n\n**Odile:** Oh.\n\n**Bram:** Yes.\n"
    show = Show(language=LanguageTag("es"))
    assert _read(german, name="e.md")[0].metadata.language == "de"
    assert _read(german, Options(show=show), name="e.md")[0].metadata.language == "es"
    assert _read(german, Options(show=show, language=LanguageTag("fr")), name="e.md")[0].metadata.language == "fr"


@pytest.mark.parametrize(
    ("limit", "option"),
    [("words", "--max-words"), ("turns", "--max-turns"), ("line", "--max-line"), ("labels", "--max-labels")],
)
def test_over_a_limit_a_source_is_refused_with_the_option_that_raises_it(limit: str, option: str) -> None:
    limits = msgspec.structs.replace(Limits(), **{limit: 1})
    with pytest.raises(SourceError, match=option) as caught:
        _read(TALK, Options(limits=limits))
    assert "\n" not in str(caught.value)


def test_the_words_of_a_turn_and_of_its_section_are_all_in_the_ledger() -> None:
    document, report = _read(TALK)
    found = ledger(document, report)
    assert found.read == found.speech + found.labels + found.facts == 28
    assert isinstance(document.sections[0], Section)
    assert all(isinstance(block, Turn) for block in document.sections[0].blocks)
