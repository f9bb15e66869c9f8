"""What stands round a conversation on a show's web page."""

import pytest

from converters.document import Paragraph, PeopleList, PullQuote, SectionKind
from converters.findings import Finding
from converters.settings import Episode, LostLink
from converters.traverse import paragraph_text, section_text, sections, sentence_text, turns
from tests.conftest import ReadText, section_of

ORDER = ["notice", "summary", "quotes", "people", "furniture", "transcript", "closing", "furniture", "accessibility"]


def _texts(findings: tuple[Finding, ...], code: str) -> list[str]:
    return [finding.text for finding in findings if finding.code == code]


def test_the_parts_of_a_page_stand_in_the_order_of_the_source(sample: str, read_text: ReadText) -> None:
    document, _ = read_text(sample)
    assert [section.kind for section in sections(document)] == ORDER
    assert document.metadata.title == "The Clock That Runs Backward: Two Menders on Lost Time"
    assert len(list(turns(document))) == 7


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        ("notice", "FOR CLOCK PARTS: The Tinsel Street workshop keeps"),
        ("summary", "A small workshop mends what big shops throw away."),
        ("closing", "This was Ignace Fellowdale and Wilhelmina Dunnock"),
        ("accessibility", "We are committed to accessibility."),
    ],
)
def test_each_part_has_its_words(kind: SectionKind, words: str, sample: str, read_text: ReadText) -> None:
    document, _ = read_text(sample)
    assert section_text(section_of(document, kind)).startswith(words)


def test_a_notice_is_no_speaker(sample: str, read_text: ReadText) -> None:
    document, _ = read_text(sample)
    assert "FOR CLOCK PARTS" not in {label for person in document.people for label in person.labels}


def test_a_pull_quote_has_its_words_its_line_and_its_person(sample: str, read_text: ReadText) -> None:
    document, _ = read_text(sample)
    quotes = [block for block in section_of(document, "quotes").blocks if isinstance(block, PullQuote)]
    first = quotes[0]
    assert [paragraph_text(paragraph) for paragraph in first.paragraphs] == ["“A clock is a promise with hands.”"]
    assert first.attribution
    assert sentence_text(first.attribution.line) == "Ignace Fellowdale, Clockmaker, Tinsel Street Workshop"
    assert [quote.attribution and quote.attribution.person for quote in quotes] == [
        "ignace-fellowdale",
        "wilhelmina-dunnock",
    ]


def test_a_quote_is_not_given_to_somebody_whose_name_only_begins_alike(sample: str, read_text: ReadText) -> None:
    document, _ = read_text(sample.replace("” – Ignace Fellowdale,", "” – Ignace Fellowdales,"))
    first = section_of(document, "quotes").blocks[0]
    assert isinstance(first, PullQuote)
    assert first.attribution
    assert first.attribution.person is None


def test_a_quotation_without_attribution_is_still_a_quotation(sample: str, read_text: ReadText) -> None:
    document, _ = read_text(sample.replace(" – Ignace Fellowdale, Clockmaker, Tinsel Street Workshop\n", "\n", 1))
    first = section_of(document, "quotes").blocks[0]
    assert isinstance(first, PullQuote)
    assert first.attribution is None


def test_the_list_of_people_gives_each_a_description(sample: str, read_text: ReadText) -> None:
    document, _ = read_text(sample)
    (people,) = section_of(document, "people").blocks
    assert isinstance(people, PeopleList)
    assert [entry.person for entry in people.entries] == ["ignace-fellowdale", "wilhelmina-dunnock"]
    assert [person.description for person in document.people[:2]] == [
        "Clockmaker, Tinsel Street Workshop",
        "Spring Winder",
    ]


def test_furniture_is_kept_marked_and_each_a_finding_with_its_words(sample: str, read_text: ReadText) -> None:
    document, findings = read_text(sample)
    kept = "\n".join(section_text(s) for s in sections(document) if s.kind == "furniture")
    told = _texts(findings, "read-007")
    for words in ("Rather Listen?", "Looking for Another Hour?", "All our hours are at", "become a patron of the"):
        assert words in kept
        assert sum(words in text for text in told) == 1, words


def test_each_lost_link_is_a_finding_with_its_words(sample: str, read_text: ReadText) -> None:
    _, findings = read_text(sample)
    told = _texts(findings, "read-006")
    assert len(told) == 4
    for words in ("keeps a shelf of springs", "become a patron", "All our hours are at", "please contact us."):
        assert sum(words in text for text in told) == 1, words


def test_a_link_given_back_is_lost_no_more(sample: str, read_text: ReadText) -> None:
    link = LostLink("become a patron of the workshop here", "https://mendedhour.example/patrons")
    _, findings = read_text(sample, None, Episode(links=(link,)))
    assert len(_texts(findings, "read-006")) == 3
    assert _texts(findings, "read-012") == []


def test_a_link_is_given_back_where_its_words_cross_the_end_of_a_wrapped_line(read_text: ReadText) -> None:
    text = "Wrapped\n\nThis page was wrapped at forty columns by\na machine, and the list of all springs\nis long.\n"
    link = LostLink("the list of all springs is long", "https://mendedhour.example/springs")
    document, findings = read_text(text, None, Episode(links=(link,)))
    assert "https://mendedhour.example/springs" in str(document)
    assert _texts(findings, "read-012") == []


def test_a_link_whose_words_are_nowhere_is_a_finding(sample: str, read_text: ReadText) -> None:
    link = LostLink("words of another page", "https://mendedhour.example/none")
    _, findings = read_text(sample, None, Episode(links=(link,)))
    (told,) = _texts(findings, "read-012")
    assert "words of another page" in told


def test_a_link_given_back_that_no_browser_may_follow_is_a_finding(sample: str, read_text: ReadText) -> None:
    link = LostLink("become a patron of the workshop here", "javascript:alert(1)")
    _, findings = read_text(sample, None, Episode(links=(link,)))
    assert any("javascript:alert(1)" in finding.text for finding in findings)


def test_a_lead_in_that_says_nothing_without_its_link_leaves_the_closing(sample: str, read_text: ReadText) -> None:
    document, _ = read_text(sample)
    assert "hours are at" not in section_text(section_of(document, "closing"))


def test_a_lead_in_alone_on_its_line_is_not_put_into_the_last_speakers_mouth(sample: str, read_text: ReadText) -> None:
    runs_on = sample.replace("it keeps its word.\n", "it keeps its word.\n\nSo do I.\n")
    text = runs_on.replace("This was Ignace", "More about clocks is at\n\nThis was Ignace")
    document, _ = read_text(text)
    assert "More about clocks" not in section_text(section_of(document, "transcript"))


def test_a_lead_in_that_is_nothing_but_a_lost_link_is_furniture(sample: str, read_text: ReadText) -> None:
    document, _ = read_text(sample.replace("Looking for Another Hour?", "More about clocks is at"))
    (found,) = (one for one in sections(document) if "More about clocks" in section_text(one))
    assert found.kind == "furniture"


def test_what_follows_turns_that_run_on_is_told_from_speech(sample: str, read_text: ReadText) -> None:
    document, _ = read_text(sample.replace("it keeps its word.\n", "it keeps its word.\n\nSo do I.\n"))
    spoken = section_text(section_of(document, "transcript"))
    assert "So do I." in spoken
    assert "committed to accessibility" not in spoken


def test_a_sound_before_the_first_speaker_opens_the_conversation(sample: str, read_text: ReadText) -> None:
    document, _ = read_text(sample.replace("TAMSIN ORRELBY: Welcome", "[theme music]\n\nTAMSIN ORRELBY: Welcome"))
    assert section_text(section_of(document, "transcript")).startswith("[theme music]")


def test_the_page_of_an_episode_without_a_conversation_is_all_one_text(read_text: ReadText) -> None:
    document, _ = read_text("A Walk\n\nI walked.\n\nI came back.\n")
    (only,) = document.sections
    assert only.kind == "transcript"
    assert section_text(only) == "I walked.\nI came back."


def test_a_title_from_the_episode_file_loses_no_word_of_the_source(sample: str, read_text: ReadText) -> None:
    document, findings = read_text(sample, None, Episode(title="Clocks"))
    assert document.metadata.title == "Clocks"
    everything = "\n".join(section_text(section) for section in sections(document))
    told = "\n".join(finding.text for finding in findings)
    assert "Two Menders on Lost Time" in everything + told


def test_a_first_line_that_is_a_sentence_or_a_turn_is_no_title(read_text: ReadText) -> None:
    for text in ("I walked all day.\n\nI came back.\n", "Q: Where?\n\nA: Here.\n\nQ: Oh?\n\nA: Yes.\n", "Alone\n"):
        assert read_text(text)[0].metadata.title is None, text


def test_paragraphs_hold_sentences(sample: str, read_text: ReadText) -> None:
    document, _ = read_text(sample)
    (summary,) = section_of(document, "summary").blocks
    assert isinstance(summary, Paragraph)
    assert len(summary.sentences) == 3
