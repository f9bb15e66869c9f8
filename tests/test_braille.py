"""Words become cells, and the cells become the same words again."""

import pytest

from converters.braille import Span, Transcriber, Word, agrees, in_ascii, in_cells, letters, read_back
from converters.braille_tables import NoBrailleError, code_for
from converters.document import LanguageTag
from converters.findings import Report
from converters.liblouis import installed_version, liblouis

pytestmark = pytest.mark.skipif(installed_version() is None, reason="liblouis is not on this machine")


def _ascii(words: tuple[Word, ...]) -> str:
    return " ".join(in_ascii(word.cells) for word in words)


def _codes(transcriber: Transcriber) -> dict[str, str]:
    report = Report()
    transcriber.tell(report)
    return {finding.code: finding.text for finding in report.findings}


def test_english_is_contracted_unless_grade_one_is_asked_for() -> None:
    assert _ascii(Transcriber("en").plain("People like the child.")) == ",P L ! *4"
    assert _ascii(Transcriber("en", 1).plain("People like the child.")) == ",PEOPLE LIKE THE CHILD4"


def test_every_sign_of_a_brf_is_a_cell_and_back() -> None:
    signs = "".join(map(chr, range(0x20, 0x60)))
    assert in_ascii(in_cells(signs)) == signs
    assert len(set(in_cells(signs))) == 64


@pytest.mark.parametrize("text", ["U.S.", "enough", "that;", "C++", "U.N.’s", "“P.M.”", "10's", "GreatDocs", "Were"])
def test_a_word_that_would_be_read_as_another_is_written_more_plainly(text: str) -> None:
    transcriber = Transcriber("en")
    (word,) = transcriber.plain(text)
    assert letters(read_back(transcriber.code.table, word.cells)) == letters(text)
    assert not _codes(transcriber)


def test_a_word_that_no_spelling_saves_is_written_as_the_code_has_it_and_named() -> None:
    transcriber = Transcriber("en")
    assert _ascii(transcriber.plain("see about:support now")) == "SEE AB\\T;3SUPPORT N["
    assert "“about:support”" in _codes(transcriber)["braille-004"]


def test_each_word_of_a_line_in_capitals_is_marked_so_that_a_line_may_break_anywhere() -> None:
    assert _ascii(Transcriber("en").plain("WE WILL NOT GO HOME")) == ",,WE ,,W ,,N ,,G ,,HOME"


def test_a_single_emphasised_word_has_the_word_indicator() -> None:
    transcriber = Transcriber("en")
    assert _ascii(transcriber.words((Span("say "), Span("this", "emphasis"), Span(" and this")))) == "SAY .1? & ?"


def test_signs_after_an_emphasised_passage_stay_with_its_last_word() -> None:
    transcriber = Transcriber("en")
    words = transcriber.words((Span("it is "), Span("very much so", "emphasis"), Span(", he said")))
    assert _ascii(transcriber.plain("very")) == "V"
    assert _ascii(words) == "X IS .7VERY M* S1.' HE SD"


def test_a_word_in_several_spans_is_one_word() -> None:
    transcriber = Transcriber("en")
    assert _ascii(transcriber.words((Span("(laugh"), Span("s)"), Span(".")))) == _ascii(transcriber.plain("(laughs)."))


def test_foreign_words_in_a_sentence_have_no_contractions() -> None:
    words = Transcriber("en").words((Span("the "), Span("chanson", language=LanguageTag("fr")), Span(" itself")))
    assert _ascii(words) == "! CHANSON XF"


def test_another_country_s_english_is_no_foreign_language() -> None:
    words = Transcriber("en").words((Span("People like the child.", language=LanguageTag("en-GB"), whole=True),))
    assert _ascii(words) == ",P L ! *4"


def test_a_foreign_passage_stands_in_its_own_code_between_the_indicators() -> None:
    words = Transcriber("en").words((Span("Buenos días a todos", language=LanguageTag("es"), whole=True),))
    assert _ascii(words) == "(\"ES'.BUENOS".replace('("', '"(') + ' D/AS A TODOS,")'


def test_one_word_of_another_script_has_the_word_indicator() -> None:
    transcriber = Transcriber("en")
    first, second, third = transcriber.plain("say Привет now")
    assert (in_ascii(first.cells), in_ascii(third.cells)) == ("SAY", "N[")
    assert in_ascii(second.cells).startswith("^(")
    assert agrees(read_back(code_for("ru").table, second.cells[2:]), "Привет")


def test_a_sign_that_braille_does_not_have_is_named_in_a_note() -> None:
    transcriber = Transcriber("en")
    assert _ascii(transcriber.plain("well \U0001f600 then")) == "WELL @.<GR9N+ FACE@.> !N"
    assert "\U0001f600" in _codes(transcriber)["braille-002"]


def test_no_cell_has_more_than_six_dots() -> None:
    hard = "Ω ﷽ \U0001f9d1\u200d\U0001f9af ไทย ꙮ \ue000 ½ ∮ 𝔘 Ǆ ẞ ﬁ\u0301"
    cells = "".join(word.cells for word in Transcriber("en").plain(hard))
    assert {cell for cell in cells if not "\u2800" <= cell <= "\u283f"} == set()


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("de", "Großvater wünschte sich am 3. Oktober 1480 Pfeifen; „natürlich“, sagte er."),
        ("es", "¿Cuántas colmenas tiene? Ciento doce, dice: «¡qué alegría!»"),
        ("fr", "C’est très simple, dit-elle ; où êtes-vous né ?"),
        ("pt", "Não é fácil, mas a manhã começou bem."),
        ("pl", "Dzień dobry, jak się masz?"),
        ("ru", "Доброе утро, как дела?"),
    ],
)
def test_other_languages_are_read_back_word_for_word(language: str, text: str) -> None:
    transcriber = Transcriber(language)
    for word in transcriber.plain(text):
        assert agrees(read_back(transcriber.code.table, word.cells), word.text)
    assert "braille-004" not in _codes(transcriber)


def test_a_code_that_cannot_be_read_back_is_one_finding_and_not_one_a_word() -> None:
    transcriber = Transcriber("he")
    transcriber.plain("בוקר טוב לכולם, מה שלומכם היום? אני שמח מאוד.")
    assert set(_codes(transcriber)) == {"braille-005"}


def test_text_that_sets_no_spaces_may_end_a_line_after_each_letter() -> None:
    words = Transcriber("zh").plain("没有人相信他")
    assert len(words) > 2
    assert all(word.joined for word in words[1:])
    assert "".join(word.text for word in words) == "没有人相信他"


@pytest.mark.parametrize("language", ["ja", "th", "tlh", "und"])
def test_a_language_without_braille_is_told_in_a_line_that_says_what_to_do(language: str) -> None:
    with pytest.raises(NoBrailleError, match="--language"):
        Transcriber(language)


def test_the_library_says_nothing_on_the_terminal(capfd: pytest.CaptureFixture[str]) -> None:
    assert not liblouis().has("no-such-table.ctb")
    assert capfd.readouterr() == ("", "")


def test_german_contracted_braille_is_written_on_request() -> None:
    assert code_for("de").table == "de-g1.ctb"
    assert code_for("de", 2).table == "de-g2.ctb"
