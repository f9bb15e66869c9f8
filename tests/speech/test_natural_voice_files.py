"""Which natural voices there are, by the files that are there; and how fast each is made to speak."""

import json
from fractions import Fraction
from pathlib import Path

import pytest

from converters.errors import UsageError
from converters.narration.pace import MEASURING_TEXT, PACES, RUNNING_SHARE, Pace, pace_for, words_a_minute
from converters.narration.voice_files import find, fingerprint, offered, take_named


def add_voice(folder: Path, name: str, **facts: object) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"{name}.onnx").write_bytes(name.encode())
    (folder / f"{name}.onnx.json").write_text(json.dumps(facts), encoding="utf-8")


def test_each_model_is_a_voice_with_its_language(tmp_path: Path) -> None:
    add_voice(tmp_path, "en_GB-ada-medium", language={"code": "en_GB"}, dataset="ada", audio={"quality": "medium"})
    add_voice(tmp_path / "de" / "low", "de_DE-ben-low", espeak={"voice": "de"})
    true = [voice for voice in offered(find((tmp_path,))) if not voice.pitched]
    assert [(voice.id, voice.language, voice.description) for voice in true] == [
        ("de_DE-ben-low", "de", "de_DE-ben-low"),
        ("en_GB-ada-medium", "en-GB", "ada, medium quality"),
    ]


def test_each_speaker_of_a_model_is_a_voice(tmp_path: Path) -> None:
    speakers = {"p239": 1, "p225": 0, "p240": 2}
    add_voice(tmp_path, "en_GB-many", language={"code": "en_GB"}, num_speakers=3, speaker_id_map=speakers)
    files = find((tmp_path,))
    assert [v.id for v in offered(files)[:3]] == ["en_GB-many#0", "en_GB-many#1", "en_GB-many#2"]
    assert "speaker p239" in offered(files)[1].description
    assert take_named("en_GB-many#2", files).speaker == 2


def test_pitched_voices_stand_last_and_are_marked(tmp_path: Path) -> None:
    add_voice(tmp_path, "en_GB-ada", language={"code": "en_GB"})
    add_voice(tmp_path, "en_GB-eve", language={"code": "en_GB"})
    voices = offered(find((tmp_path,)))
    assert [voice.pitched for voice in voices] == [False] * 2 + [True] * 10
    assert {take_named(voice.id, find((tmp_path,))).pitch > 1 for voice in voices if "higher" in voice.description} == {
        True
    }


def test_where_there_are_voices_enough_none_is_pitched(tmp_path: Path) -> None:
    add_voice(tmp_path, "en_GB-many", language={"code": "en_GB"}, num_speakers=9)
    add_voice(tmp_path, "fr_FR-one", language={"code": "fr_FR"})
    pitched = {voice.language for voice in offered(find((tmp_path,))) if voice.pitched}
    assert pitched == {"fr-FR"}


def test_a_voice_whose_spelling_piper_cannot_read_by_itself_is_left_out(tmp_path: Path) -> None:
    add_voice(tmp_path, "zh_CN-far-medium", language={"code": "zh_CN"}, phoneme_type="pinyin")
    assert find((tmp_path,)) == ()


def test_the_first_folder_that_has_a_name_gives_the_voice(tmp_path: Path) -> None:
    add_voice(tmp_path / "a", "en_GB-ada", dataset="first")
    add_voice(tmp_path / "b", "en_GB-ada", dataset="second")
    assert [file.description for file in find((tmp_path / "a", tmp_path / "b"))] == ["first"]


@pytest.mark.parametrize("facts", [None, "{", '{"num_speakers": "many"}'])
def test_a_model_without_sound_facts_is_named(tmp_path: Path, facts: str | None) -> None:
    (tmp_path / "en_GB-ada.onnx").write_bytes(b"")
    if facts is not None:
        (tmp_path / "en_GB-ada.onnx.json").write_text(facts, encoding="utf-8")
    with pytest.raises(UsageError, match=r"en_GB-ada\.onnx\.json"):
        find((tmp_path,))


def test_an_id_means_a_file_a_speaker_and_a_pitch(tmp_path: Path) -> None:
    add_voice(tmp_path, "en_GB-many", num_speakers=20)
    take = take_named("en_GB-many#12@-4", find((tmp_path,)))
    assert (take.file.name, take.speaker, take.pitch) == ("en_GB-many", 12, Fraction(4, 5))


@pytest.mark.parametrize("name", ["en_GB-nobody", "en_GB-ada@+1", "en_GB-ada@", ""])
def test_an_id_that_means_nothing_is_refused(tmp_path: Path, name: str) -> None:
    add_voice(tmp_path, "en_GB-ada")
    with pytest.raises(LookupError, match="no voice"):
        take_named(name, find((tmp_path,)))


def test_the_fingerprint_changes_with_a_model(tmp_path: Path) -> None:
    add_voice(tmp_path, "en_GB-ada")
    before = fingerprint(find((tmp_path,)))
    (tmp_path / "en_GB-ada.onnx").write_bytes(b"trained further")
    assert fingerprint(find((tmp_path,))) != before


# pace ----------------------------------------------------------------------------------------


def test_a_voice_at_its_own_pace_is_left_as_it_is() -> None:
    assert pace_for(180, 180.0) == Pace(1.0, 1.0)


def test_faster_speech_has_smaller_figures_and_never_a_smaller_one_than_words_bear() -> None:
    paces = [pace_for(rate, 177.0) for rate in range(80, 551, 10)]
    scales = [pace.length_scale for pace in paces]
    assert scales == sorted(scales, reverse=True)
    assert scales[-1] == PACES[-1][0] == 0.7
    assert [pace.shortened for pace in paces] == sorted(pace.shortened for pace in paces)


def test_what_the_model_cannot_do_is_done_by_shortening() -> None:
    assert pace_for(550, 177.0).shortened == pytest.approx(550 / 177 / 1.288)
    assert pace_for(200, 177.0).shortened == 1


def test_a_voice_that_is_pitched_up_is_first_made_slower() -> None:
    assert pace_for(175, 175.0, 1.25).length_scale == pytest.approx(pace_for(140, 175.0).length_scale)


def test_the_pace_of_a_voice_is_counted_in_its_sounds() -> None:
    sounds = "wˈʌn twˈuː" * 10  # six sounds and a mark each time
    assert MEASURING_TEXT.replace(" ", "").isdigit()
    assert words_a_minute(sounds, 4.0) == pytest.approx(6 * 10 / 4.62 / 4.0 * 60 * RUNNING_SHARE)
    assert words_a_minute("", 4.0) == 175
