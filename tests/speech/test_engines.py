"""Which engine speaks, and what it says where it cannot."""

import os
import sys
from importlib.util import find_spec
from pathlib import Path

import pytest

from converters.document import UNDETERMINED, LanguageTag, NodeId
from converters.errors import MissingPartError
from converters.findings import Report
from converters.narration import engines
from converters.narration.embedded_voice import EmbeddedVoice
from converters.narration.model import Line, Voice
from converters.narration.pitched import pitched_apart
from converters.settings import Options
from tests.conftest import Run

needs_piper = pytest.mark.skipif(
    find_spec("piper") is None and os.environ.get("CI") != "true", reason="piper-tts is not installed"
)
ENGLISH = (Voice("a", LanguageTag("en-US"), ""), Voice("b", LanguageTag("cmn"), ""))


def test_the_embedded_engine_speaks_unless_another_is_named(tmp_path: Path) -> None:
    engine = engines.synthesizer(Options(), tmp_path)
    try:
        assert type(engine) is EmbeddedVoice
    finally:
        engine.close()


def test_a_language_that_a_voice_speaks_is_not_refused() -> None:
    engines.refuse_unread((LanguageTag("en"), LanguageTag("zh-TW"), UNDETERMINED), ENGLISH, Options())


@pytest.mark.parametrize(
    ("options", "advice"),
    [
        (Options(), "curbcut voices.*--engine piper --voices DIR"),
        (Options(engine="piper"), r"natural voice on this machine.*NAME\.onnx.*--voices"),
        (Options(engine="piper", voices="my-voices"), "natural voice in my-voices"),
    ],
)
def test_a_language_that_no_voice_speaks_is_refused_with_the_voice_to_add(options: Options, advice: str) -> None:
    with pytest.raises(MissingPartError, match=advice) as refusal:
        engines.refuse_unread((LanguageTag("en"), LanguageTag("de")), ENGLISH, options)
    assert "“de”" in str(refusal.value)


def test_voices_pitched_apart_are_found_and_shared(report: Report) -> None:
    given = {"Ann Lee": Voice("a@+4", LanguageTag("en"), "", pitched=True), "Bo Ruiz": ENGLISH[0]}
    assert pitched_apart(given, report)
    assert [found.code for found in report.findings] == ["speech-020"]
    assert "Ann Lee (a@+4)" in report.findings[0].text
    assert "Bo Ruiz" not in report.findings[0].text


def test_true_voices_are_no_finding(report: Report) -> None:
    assert not pitched_apart({NodeId("bo-ruiz"): ENGLISH[0]}, report)
    assert not report.findings


def test_a_folder_of_voices_is_for_piper(run: Run) -> None:
    ended = run("convert", "x.txt", "--voices", "here")
    assert ended.code == 2
    assert "--engine piper" in ended.err


@pytest.mark.speech
@needs_piper
def test_the_command_lists_natural_voices(run: Run) -> None:
    ended = run("voices", "--engine", "piper", "--language", "en")
    assert ended.out.splitlines()[0] == "en_US-joe-medium: en-US, joe, medium quality"
    assert run("voices", "--engine", "piper", "--language", "cy").code == 6


@pytest.mark.speech
@needs_piper
def test_an_episode_is_read_by_natural_voices(run: Run, tmp_path: Path) -> None:
    source = tmp_path / "two.txt"
    source.write_text("A Short Talk\n\nANN LEE: Who built the ramp?\n\nBO RUIZ: We all did.\n", encoding="utf-8")
    ended = run(
        "convert", str(source), "-o", str(tmp_path / "out"), "--to", "mp3", "--engine", "piper", "--show", "none"
    )
    assert ended.code == 0, ended.err
    assert "speech-020" in ended.err
    assert (tmp_path / "out" / "two" / "two.mp3").stat().st_size > 50_000


@pytest.mark.speech
@needs_piper
def test_no_audio_is_made_in_a_language_that_piper_has_no_voice_for(run: Run, tmp_path: Path) -> None:
    source = tmp_path / "zwei.txt"
    source.write_text("Ein Gespräch\n\nANN LEE: Wer hat die Rampe gebaut?\n\nBO RUIZ: Wir alle.\n", encoding="utf-8")
    ended = run("convert", str(source), "-o", str(tmp_path / "out"), "--to", "mp3,txt", "--engine", "piper",
                "--language", "de", "--show", "none")  # fmt: skip
    assert ended.code == 6
    assert "natural voice on this machine speaks the language “de”" in ended.err
    assert [path.name for path in sorted((tmp_path / "out" / "zwei").iterdir())] == ["manifest.json", "zwei.txt"]


@pytest.mark.speech
@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="measures espeak-ng")
def test_espeak_keeps_its_rates_up_to_550_words_a_minute_and_every_word_is_there(tmp_path: Path) -> None:
    text = "Nobody had thought about the stairs, and the winter was long, so we wrote to the office again."
    lines = tuple(
        Line(text, voice, rate) for voice in ("gmw/en", "gmw/en-us+Reed@90") for rate in (80, 175, 300, 450, 550)
    )
    letters = sum(map(str.isalnum, text))
    with EmbeddedVoice(tmp_path) as engine:
        for line, samples in zip(lines, engine.speak(lines, 2), strict=True):
            assert 0.8 < letters / 5 / (len(samples) / 44_100) * 60 / line.rate < 1.25, line
