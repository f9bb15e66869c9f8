"""How captions are laid out: two lines of 37 columns, 1 to 7 seconds, broken where a phrase ends."""

import itertools
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from converters.document import LanguageTag, NodeId
from converters.phrases import phrases_for
from converters.timing import Milliseconds
from converters.writers.caption_pieces import LINE, width
from converters.writers.cues import LEAST, MOST, Cue, cues
from converters.writers.timed import Heard, TimedText

ENGLISH = LanguageTag("en")


def heard(text: str, begin: int = 0, end: int | None = None, name: str | None = None, number: int = 1) -> Heard:
    """A sentence said at 65 ms a letter, unless it is told otherwise."""
    until = end if end is not None else begin + 65 * max(1, sum(map(str.isalnum, text)))
    return Heard(NodeId(f"s{number}"), text, Milliseconds(begin), Milliseconds(until), name, name is not None)


def laid_out(*several: Heard, language: str = "en") -> tuple[Cue, ...]:
    tag = LanguageTag(language)
    return cues(TimedText("recording", several), phrases_for(tag), tag)


def lines(text: str, name: str | None = None, language: str = "en") -> list[tuple[str, ...]]:
    return [cue.lines for cue in laid_out(heard(text, name=name), language=language)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("It was a drill.", [("It was a drill.",)]),
        (
            "It was only a drill, and then it rained all night.",
            [("It was only a drill,", "and then it rained all night.")],
        ),
        (
            "The people who keep the library that lends tools have never asked anybody for a card",
            [("The people who keep the library",), ("that lends tools have never asked", "anybody for a card")],
        ),
        (
            "She is a fellow at the Transnational Institute and recently wrote about it.",
            [("She is a fellow", "at the Transnational Institute"), ("and recently wrote about it.",)],
        ),
        (
            "In the spring of that year we met Dr. Marisol de la Quenby of Wrenfield Landing.",
            [("In the spring of that year",), ("we met Dr. Marisol de la Quenby", "of Wrenfield Landing.")],
        ),
        (
            "He told us (laughs) that he had never in his life seen so much water.",
            [("He told us (laughs) that he had", "never in his life seen so much water.")],
        ),
    ],
)
def test_lines_end_where_a_phrase_does(text: str, expected: list[tuple[str, ...]]) -> None:
    assert lines(text) == expected


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        (
            "de",
            "Wir haben den Bach wieder ans Licht geholt, weil niemand mehr wusste, dass er da war.",
            [("Wir haben den Bach wieder", "ans Licht geholt,"), ("weil niemand mehr wusste,", "dass er da war.")],
        ),
        (
            "ja",
            "皆さん、こんばんは。縁側ラジオの時間です。司会の田辺ゆかりです。今夜のお客様は傘の修理をして五十年。",
            [
                ("皆さん、こんばんは。", "縁側ラジオの時間です。"),
                ("司会の田辺ゆかりです。", "今夜のお客様は傘の修理をして五十年。"),
            ],
        ),
        (
            "fr",
            "Elle est la seule a\u0300 savoir ou\u0300 tout est range\u0301 dans la maison de son ami ?",
            [("Elle est la seule a\u0300 savoir ou\u0300 tout", "est range\u0301 dans la maison de son ami ?")],
        ),
        ("he", "כאן מירב דותן, ואתם על תחנה אחרונה, הפודקאסט שמוקלט באוטובוס.", None),
    ],
)
def test_other_languages_have_their_own_words_and_widths(
    language: str, text: str, expected: list[tuple[str, ...]] | None
) -> None:
    found = lines(text, language=language)
    assert expected is None or found == expected
    assert all(width(line) <= LINE for cue in found for line in cue)


def test_a_name_stands_on_a_line_of_its_own_where_there_is_room() -> None:
    assert lines("I see very good data, to begin with.", "Noor Bellamine") == [
        ("Noor Bellamine:", "I see very good data, to begin with.")
    ]
    assert lines("Yes.", "Noor Bellamine") == [("Noor Bellamine: Yes.",)]


def test_a_name_is_not_said_and_takes_no_time() -> None:
    text = "We built our kitchens in the part that it uses once in a while, and then we called it a flood."
    plain, named = laid_out(heard(text)), laid_out(heard(text, name="Noor Bellamine"))
    assert sum(cue.end - cue.begin for cue in named) == sum(cue.end - cue.begin for cue in plain)
    for cue in named:
        said = sum(map(str.isalnum, "".join(cue.lines).removeprefix("Noor Bellamine:")))
        assert abs(cue.end - cue.begin - 65 * said) <= 1


def test_a_divided_sentence_begins_and_ends_when_it_is_heard_and_is_named_once() -> None:
    text = "The flat land that Wrenfield Landing stands on was made by floods, every spring, for thousands of years."
    found = laid_out(heard(text, 1234, 7891))
    assert [cue.id for cue in found] == ["s1", *(f"s1-c{number}" for number in range(2, len(found) + 1))]
    assert (found[0].begin, found[-1].end) == (1234, 7891)
    assert all(one.end == after.begin for one, after in itertools.pairwise(found))


def test_slow_speech_is_divided_so_that_no_cue_lasts_more_than_seven_seconds() -> None:
    found = laid_out(heard("I never, never said that it was a flood.", 0, 7700))
    assert len(found) == 2
    assert found[-1].end == 7700


def test_a_sentence_in_a_long_silence_is_not_spread_over_it() -> None:
    (found,) = laid_out(heard("I do not know.", 1000, 61_000))
    assert (found.begin, found.end) == (1000, 8000)


def test_a_very_short_sentence_stays_into_the_pause_after_it() -> None:
    first, second, third = laid_out(
        heard("Yes.", 0, 300, number=1), heard("No.", 650, 900, number=2), heard("Perhaps it was.", 5000, number=3)
    )
    assert (first.begin, first.end) == (0, 650)
    assert (second.begin, second.end) == (650, 1650)
    assert third.end - third.begin == LEAST


def test_what_is_said_is_over_when_the_sound_is() -> None:
    timed = TimedText("narration", (heard("Yes.", 0, 300),), end=Milliseconds(700))
    assert cues(timed, phrases_for(ENGLISH), ENGLISH)[0].end == 700


def test_a_word_longer_than_a_line_is_parted_after_a_mark() -> None:
    found = lines(
        "It is all at https://kettlestreethour.example/episodes/when-the-river-comes-to-town/index.html for you."
    )
    assert "".join("".join(cue) for cue in found).count("kettlestreethour.example/") == 1
    assert all(width(line) <= LINE for cue in found for line in cue)


WORD = st.one_of(
    st.text("abcdefgh", min_size=1, max_size=14),
    st.sampled_from(
        ["the", "of", "and", "Dr.", "Ann", "Lee,", "said:", "1984", "—", "(laughs)", "so.", "“Well,", "yes”"]
    ),
    st.text("あいカ漢字、。（）", min_size=1, max_size=30),
    st.text("שלוםعربي", min_size=1, max_size=12),
    st.text("e\u0301👍🏽\u200d한국", min_size=1, max_size=50).map(lambda word: f"e{word}"),
    st.text("abc/-.", min_size=38, max_size=120),
)
TEXTS = st.lists(WORD, min_size=1, max_size=60).map(" ".join)
NAMES = st.one_of(
    st.none(), st.sampled_from(["Bo", "Noor Bellamine", "The Right Honourable Lady Wilhelmina of Dunnock"])
)


def letters(text: str) -> str:
    return "".join(character for character in text if not character.isspace())


@given(text=TEXTS, name=NAMES, pace=st.integers(20, 240), language=st.sampled_from(["en", "de", "ja", "und"]))
def test_every_letter_is_there_on_short_lines_in_its_time(
    text: str, name: str | None, pace: int, language: str
) -> None:
    said = max(1, sum(map(str.isalnum, text)))
    found = laid_out(heard(text, 1000, 1000 + pace * said, name), language=language)
    shown = "".join(letters("".join(cue.lines)) for cue in found)
    assert shown == letters(f"{name}:" if name else "") + letters(text)
    assert found[0].begin == 1000
    for cue in found:
        assert 1 <= len(cue.lines) <= 2
        assert all(line.strip() == line and line for line in cue.lines)
        assert all(width(line) <= LINE for line in cue.lines)
        assert cue.begin < cue.end <= cue.begin + MOST
    for one, after in itertools.pairwise(found):
        assert one.end <= after.begin + 1
        assert not unicodedata.combining(after.lines[0][0])


@given(text=st.lists(st.text("abcdefgh", min_size=1, max_size=9), min_size=12, max_size=80).map(" ".join))
def test_no_cue_of_ordinary_speech_is_seen_for_less_than_a_second(text: str) -> None:
    found = laid_out(heard(text))
    assert all(cue.end - cue.begin >= LEAST for cue in found)
