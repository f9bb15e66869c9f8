"""What staff write about how a name is said, and which sounds come of it."""

import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from converters.document import LanguageTag
from converters.errors import UsageError
from converters.narration import ipa, other_sounds, respelling, sounds
from converters.pronunciation import IPA_SIGNS, Pronunciation, pronunciation
from converters.settings import load_show


def show_of(folder: Path, text: str) -> Path:
    path = folder / "show.toml"
    path.write_text(text, encoding="utf-8")
    return path


# show.toml -------------------------------------------------------------------------------


def test_an_entry_is_a_respelling_or_ipa_between_slashes_or_a_table_of_both(tmp_path: Path) -> None:
    path = show_of(
        tmp_path,
        '[lexicon]\n"Quenby" = "KWEN-bee"\nRuiz = "/ruˈiθ/"\n'
        '"Vřesníková" = { respelling = "VRZHES-nyee-ko-vah", ipa = "/ˈvr̝ɛsɲiːkovaː/", language = "en" }\n',
    )
    assert load_show(path).lexicon == {
        "Quenby": Pronunciation("KWEN-bee"),
        "Ruiz": Pronunciation(None, "ruˈiθ"),
        "Vřesníková": Pronunciation("VRZHES-nyee-ko-vah", "ˈvr̝ɛsɲiːkovaː", "en"),  # type: ignore[arg-type]  # a tag
    }


@pytest.mark.parametrize(
    ("line", "named"),
    [
        ('"Makarov" = ""', 'lexicon."Makarov"'),
        ('"Makarov" = 7', 'lexicon."Makarov"'),
        ('"Makarov" = "/mək7f/"', 'lexicon."Makarov": “7”'),
        ('"Makarov" = { sounds = "x" }', 'lexicon."Makarov"'),
        ('"Makarov" = { language = "en" }', 'lexicon."Makarov"'),
        ('"Makarov" = "- -"', 'lexicon."Makarov"'),
        ('"" = "muh-KAR-off"', "an entry is a word"),
    ],
)
def test_a_wrong_entry_is_named_with_its_file_and_key(tmp_path: Path, line: str, named: str) -> None:
    path = show_of(tmp_path, f"[lexicon]\n{line}\n")
    with pytest.raises(UsageError) as error:
        load_show(path)
    assert str(error.value).startswith(f"{path}: ")
    assert named in str(error.value)


def test_a_wrong_pronunciation_of_a_person_is_named_with_its_key(tmp_path: Path) -> None:
    path = show_of(tmp_path, '[people.bo-ruiz]\nname = "Bo Ruiz"\npronunciation = "/b0/"\n')
    with pytest.raises(UsageError, match=r"people\.bo-ruiz\.pronunciation: “0”"):
        load_show(path)


# respelling ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("muh-KAR-off", "məkˈɑːɹɑːf"),
        ("FIL-iss BEN-iss", "fˈɪlɪs bˈɛnɪs"),
        ("zel-EN-skee", "zɛlˈɛnskiː"),
        ("VLAH-dih-meer POO-tin", "vlˈɑːdɪmɪɹ pˈuːtɪn"),
        ("shee jin-PING", "ʃˈiː dʒɪnpˈɪŋ"),
        ("mə-KAH-rof", "məkˈɑːɹɑːf"),
        ("NEE-koh-LY", "nˌiːkoʊlˈaɪ"),
        ("oh-ess-see-EE", "oʊɛsiːˈiː"),
        ("nguh-WEN", "ŋəwˈɛn"),
        ("KWEN-bee", "kwˈɛnbiː"),
        ("jer-uh-MY-uh", "dʒəɹəmˈaɪə"),
        ("win", "wˈɪn"),
        ("mike", "mˈaɪk"),
        ("KEEV", "kˈiːv"),
        ("nay-toe", "nˈeɪtoʊ"),
    ],
)
def test_a_respelling_is_said_as_it_looks(written: str, said: str) -> None:
    assert sounds.ipa(respelling.in_english(written)) == said


SYLLABLES = st.sampled_from("MAK uh rov KEEV lee POO tin ben SHAH zhoh THAW ker oy KAIR wuud JOW nyoo".split())


@given(st.lists(SYLLABLES, min_size=1, max_size=5).map("-".join))
def test_what_is_respelled_from_sounds_gives_those_sounds_again(written: str) -> None:
    said = respelling.in_english(written)
    again = respelling.in_english(sounds.respelled(said))
    assert sounds.respelled(again) == sounds.respelled(said)


@given(st.text(max_size=40))
def test_any_text_is_read_as_a_respelling_or_refused(written: str) -> None:
    if respelling.is_readable(written):
        assert any(sound.name in sounds.VOWELS for word in respelling.in_english(written) for sound in word)


# IPA -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("written", "american", "british"),
    [
        ("məˈkɑːrɒf", "məkˈɑːɹɑːf", "məkˈɑːɹɒf"),
        ("ˈpuːtɪn", "pˈuːtɪn", "pˈuːtɪn"),
        ("t͡ʃɛrˈnɔbɨlʲ", "tʃɛɹnˈɔːbɪl", "tʃeənˈɔːbɪl"),
        ("ˈjʏrɡn̩", "jˈʊɹɡən", "jˈʊəɡən"),
        ("ˈkeɪrən", "kˈeɪɹən", "kˈeɪɹən"),
        ("kɑːr", "kˈɑːɹ", "kˈɑː"),
        ("ˈvr̝ɛsɲiːkovaː", "vɹˈɛsnjiːkoʊvɑː", "vɹˈɛsnjiːkəʊvɑː"),
        ("muːˈiŋ ɡo:l", "muːˈiːŋ ɡˈoʊl", "muːˈiːŋ ɡˈəʊl"),
    ],
)
def test_ipa_is_said_with_the_sounds_of_an_english_voice(written: str, american: str, british: str) -> None:
    said = ipa.in_english(written)
    assert (sounds.ipa(said), sounds.ipa(said, british=True)) == (american, british)


def test_what_an_english_voice_cannot_say_is_told_and_left_out() -> None:
    assert ipa.unsayable("ǃkʊŋ˥") == "ǃ˥"
    assert sounds.ipa(ipa.in_english("ǃkʊŋ˥")) == "kˈʊŋ"


UNHEARD = frozenset("ʰʲʷˠˤ˞ʼⁿˡˑː.‿͜͡|‖̩̯̥̬̪̺̻̟̠̝̞̘̙̤̰̼̹̜̽̊̃̆̈̚()")
"""Signs for shades that an English voice does not make."""


def test_every_sign_of_the_ipa_is_said_or_unheard_or_told() -> None:
    known = set("".join(unicodedata.normalize("NFD", sign) for sign in ipa.ENGLISH)) | UNHEARD | ipa.CANNOT_BE_SAID
    assert set("ˈˌ'’: ") | known >= IPA_SIGNS


def test_the_stress_of_other_languages_stands_before_the_vowel_as_voices_were_trained() -> None:
    assert ipa.stress_before_vowels("maˈkra.rɔf") == "makrˈarɔf"


@given(st.text(alphabet=sorted(IPA_SIGNS), min_size=1, max_size=30))
def test_no_ipa_stops_any_notation(written: str) -> None:
    said = ipa.in_english(written)
    assert "[" not in sounds.espeak_phonemes(said) + sounds.ipa(said) + other_sounds.espeak_phonemes(
        written, LanguageTag("es")
    )


@pytest.mark.parametrize(
    ("word", "ending"), [("BEN-iss", "ɪz"), ("muh-KAR-off", "s"), ("KWEN-bee", "z"), ("roozh", "ɪz"), ("KAT", "s")]
)
def test_a_possessive_or_plural_ends_as_english_words_do(word: str, ending: str) -> None:
    said = respelling.in_english(word)
    assert sounds.ipa(sounds.with_s(said)) == sounds.ipa(said) + ending


def test_one_notation_becomes_the_other() -> None:
    assert pronunciation("muh-KAR-off") == Pronunciation("muh-KAR-off")
    assert pronunciation(" /məˈkɑːrɒf/ ") == Pronunciation(None, "məˈkɑːrɒf")
