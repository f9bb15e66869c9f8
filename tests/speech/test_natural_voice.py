"""Natural voices keep the promises of the embedded engine, whatever happens to piper."""

import array
import hashlib
import itertools
import json
import os
import signal
import sys
import time
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError
from importlib.util import find_spec
from pathlib import Path

import pytest

from converters.errors import MissingPartError, UsageError
from converters.narration import natural_voice
from converters.narration.model import Line
from converters.narration.natural_voice import PIPER_COMMAND, NaturalVoice
from converters.narration.voice_files import bundled_folders

FAKE = (sys.executable, str(Path(__file__).with_name("fake_engine.py")))
JOE = "en_US-joe-medium"
SENTENCES = (
    "The library opened again in March.",
    "Nobody had thought about the stairs, and the winter was long.",
    "Yes.",
)
LINES = tuple(Line(text, voice, 175) for text in SENTENCES for voice in (JOE, f"{JOE}@+4"))

needs_piper = pytest.mark.skipif(
    find_spec("piper") is None and os.environ.get("CI") != "true", reason="piper-tts is not installed"
)
linux_only = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="looks into /proc")
pytestmark = needs_piper


def spoken(
    folder: Path, lines: tuple[Line, ...], jobs: int, command: tuple[str, ...] = PIPER_COMMAND
) -> dict[Line, str]:
    with NaturalVoice(folder, command=command) as voice:
        return {
            line: hashlib.sha256(samples).hexdigest()
            for line, samples in zip(lines, voice.speak(lines, jobs), strict=True)
        }


def seconds(samples: bytes) -> float:
    return len(samples) / 2 / 22_050


def children(process: int) -> list[int]:
    found = Path(f"/proc/{process}/task/{process}/children")
    return [int(child) for child in found.read_text("ascii").split()] if found.exists() else []


def begun_since(before: list[int]) -> int:
    """Return the one process this one began since: others, such as a tracker of semaphores, may live longer."""
    (new,) = set(children(os.getpid())) - set(before)
    return new


def voice_folder(folder: Path, name: str, **facts: object) -> Path:
    """Put the installed model under another name, with other facts."""
    data = bundled_folders()[0]
    told = json.loads((data / f"{JOE}.onnx.json").read_bytes()) | facts
    folder.mkdir()
    (folder / f"{name}.onnx").symlink_to(data / f"{JOE}.onnx")
    (folder / f"{name}.onnx.json").write_text(json.dumps(told), encoding="utf-8")
    return folder


# real speech -------------------------------------------------------------------------------


@pytest.mark.speech
def test_a_sentence_has_the_same_samples_in_any_order_and_process(tmp_path: Path) -> None:
    first = spoken(tmp_path, LINES, jobs=2)
    assert len(set(first.values())) == len(LINES)
    assert spoken(tmp_path, tuple(reversed(LINES)), jobs=1) == first


@pytest.mark.speech
def test_where_nothing_can_be_forked_a_sentence_has_the_same_samples_too(tmp_path: Path) -> None:
    command = (*PIPER_COMMAND, "--in-turn")
    first = spoken(tmp_path, LINES[:2], 2, command)
    assert spoken(tmp_path, tuple(reversed(LINES[:2])), 1, command) == first


@pytest.mark.speech
def test_rates_are_kept_up_to_550_words_a_minute_and_every_word_is_there(tmp_path: Path) -> None:
    rates = (80, 175, 300, 550)
    lines = tuple(Line(SENTENCES[1], voice, rate) for voice in (JOE, f"{JOE}@-4") for rate in rates)
    letters = sum(map(str.isalnum, SENTENCES[1]))
    with NaturalVoice(tmp_path) as voice:
        for line, samples in zip(lines, voice.speak(lines, 2), strict=True):
            words_a_minute = letters / 5 / seconds(samples) * 60
            assert 0.75 < words_a_minute / line.rate < 1.25, line


@pytest.mark.speech
def test_a_pitched_voice_is_higher_and_as_fast(tmp_path: Path) -> None:
    lines = tuple(Line(SENTENCES[1], voice, 175) for voice in (f"{JOE}@-4", JOE, f"{JOE}@+6"))
    with NaturalVoice(tmp_path) as voice:
        low, usual, high = voice.speak(lines, 2)
    assert 0.85 < seconds(low) / seconds(high) < 1.15
    assert brightness(low) < brightness(usual) < brightness(high)


def brightness(samples: bytes) -> float:
    """How often a wave crosses nought in a second."""
    wave = array.array("h", samples)
    return sum(1 for one, other in itertools.pairwise(wave) if one < 0 <= other) / seconds(samples)


@pytest.mark.speech
def test_a_voice_of_another_sample_rate_speaks_at_ours_and_as_fast(tmp_path: Path) -> None:
    folder = voice_folder(tmp_path / "voices", "en_GB-slow-low", audio={"sample_rate": 16_000, "quality": "low"})
    lines = (Line(SENTENCES[1], JOE, 175), Line(SENTENCES[1], "en_GB-slow-low", 175))
    with NaturalVoice(tmp_path, folder) as voice:
        usual, slow = voice.speak(lines, 2)
        assert voice.sample_rate == 22_050
    assert 0.8 < seconds(slow) / seconds(usual) < 1.25


@pytest.mark.speech
def test_a_sentence_of_very_many_words_is_spoken_whole(tmp_path: Path) -> None:
    long = Line("we wrote and " * 150 + "waited.", JOE, 300)
    with NaturalVoice(tmp_path) as voice:
        (samples,) = voice.speak((long,), 1)
    letters = sum(map(str.isalnum, long.text))
    assert 0.7 < letters / 5 / seconds(samples) * 60 / 300 < 1.3


@pytest.mark.speech
def test_sounds_written_between_brackets_are_said_as_written(tmp_path: Path) -> None:
    lines = (Line("Bennis spoke.", JOE, 175), Line("[[bˈɛniz]] spoke.", JOE, 175), Line("[[mˈuːn]] spoke.", JOE, 175))
    with NaturalVoice(tmp_path) as voice:
        assert voice.notation == "piper"
        as_read, as_written, otherwise = voice.speak(lines, 2)
    assert as_read == as_written != otherwise


@pytest.mark.speech
@linux_only
def test_piper_killed_in_the_middle_is_started_again(tmp_path: Path) -> None:
    wanted = spoken(tmp_path, LINES, jobs=1)
    before = children(os.getpid())
    with NaturalVoice(tmp_path) as engine:
        heard = []
        for number, samples in enumerate(engine.speak(LINES, 1)):
            heard.append(hashlib.sha256(samples).hexdigest())
            if number == 1:
                os.kill(begun_since(before), signal.SIGKILL)
    assert heard == list(wanted.values())


@pytest.mark.speech
@linux_only
def test_leaving_in_the_middle_leaves_no_process_and_no_file(tmp_path: Path) -> None:
    before = children(os.getpid())
    with NaturalVoice(tmp_path) as engine:
        speech = engine.speak(LINES, 2)
        next(speech)
        process = begun_since(before)
        at_work = [process, *children(process)]
        speech.close()
    end = time.monotonic() + 10
    while any(Path(f"/proc/{each}/exe").exists() for each in at_work) and time.monotonic() < end:
        time.sleep(0.01)
    assert not any(Path(f"/proc/{each}/exe").exists() for each in at_work)
    assert not list(tmp_path.iterdir())


@pytest.mark.speech
def test_a_line_that_takes_too_long_is_an_error(tmp_path: Path) -> None:
    line = Line("word " * 200, JOE, 175)
    with NaturalVoice(tmp_path, patience=-20.0 + 0.05) as engine, pytest.raises(MissingPartError, match="too long"):
        list(engine.speak((line,), 1))


@pytest.mark.speech
def test_a_damaged_model_is_named_and_the_others_speak(tmp_path: Path) -> None:
    folder = voice_folder(tmp_path / "voices", "zz_ZZ-broken")
    (folder / "zz_ZZ-broken.onnx").unlink()
    (folder / "zz_ZZ-broken.onnx").write_bytes(b"no model")
    with NaturalVoice(tmp_path) as engine:
        assert next(engine.speak(LINES[:1], 1))
    with NaturalVoice(tmp_path, folder) as engine, pytest.raises(MissingPartError, match="zz_ZZ-broken"):
        list(engine.speak((Line("Yes.", "zz_ZZ-broken", 175),), 1))


@pytest.mark.speech
@linux_only
def test_a_model_that_can_never_be_loaded_is_an_error(tmp_path: Path) -> None:
    folder = voice_folder(tmp_path / "voices", "en_US-first-medium")
    os.mkfifo(folder / "zz_ZZ-endless.onnx")
    (folder / "zz_ZZ-endless.onnx.json").write_text("{}", encoding="utf-8")
    line = Line("Yes.", "zz_ZZ-endless", 175)
    with NaturalVoice(tmp_path, folder, patience=1.0) as engine, pytest.raises(MissingPartError, match="engine ended"):
        list(engine.speak((line,), 1))


# a process that misbehaves -------------------------------------------------------------------


@pytest.fixture
def fake(tmp_path: Path) -> Iterator[NaturalVoice]:
    with NaturalVoice(tmp_path, command=FAKE) as engine:
        yield engine


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        ("silent as the night", "silence"),
        ("short of all the words that were to be said here", "0.0 s of sound"),
        ("nothing at all", "wrote nothing"),
        ("refused by the engine", "no such voice"),
        ("crash of the engine", "the engine ended"),
    ],
)
def test_what_is_no_speech_is_never_shipped(fake: NaturalVoice, words: str, reason: str) -> None:
    with pytest.raises(MissingPartError, match=reason):
        list(fake.speak((Line("well said", JOE, 175), Line(words, JOE, 175)), 2))


@pytest.mark.parametrize("fault", ["silent", "short", "nothing", "crash"])
def test_a_fault_is_met_once_more_in_a_fresh_process(fake: NaturalVoice, fault: str) -> None:
    lines = tuple(Line(text, JOE, 175) for text in ("well said", f"once {fault} and then well", "well ended"))
    assert [len(samples) for samples in fake.speak(lines, 2)] == [4 * 22_050 * len(line.text) for line in lines]


# what is missing -----------------------------------------------------------------------------


def test_without_piper_the_message_says_what_to_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def version(name: str) -> str:
        raise PackageNotFoundError(name)

    monkeypatch.setattr(natural_voice, "version", version)
    with pytest.raises(MissingPartError, match=r'pip install "curbcut\[natural\]".*pipx inject'):
        NaturalVoice(tmp_path)


def test_without_any_voice_the_message_says_how_to_get_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(natural_voice, "bundled_folders", tuple)
    with pytest.raises(MissingPartError, match="--voices DIR"):
        NaturalVoice(tmp_path)


def test_a_folder_without_voices_is_a_usage_error(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    with pytest.raises(UsageError, match="holds no voice"):
        NaturalVoice(tmp_path, tmp_path / "empty")
    with pytest.raises(UsageError, match="no such folder"):
        NaturalVoice(tmp_path, tmp_path / "elsewhere")


@pytest.mark.speech
def test_a_process_that_cannot_load_piper_says_so_with_the_remedy(tmp_path: Path) -> None:
    command = (sys.executable, "-c", "raise SystemExit('onnxruntime is damaged')")
    with NaturalVoice(tmp_path, command=command) as engine:
        assert engine.voices()  # they are read from files, without a process
        with pytest.raises(MissingPartError, match=r"onnxruntime is damaged.*curbcut\[natural\]"):
            list(engine.speak(LINES[:1], 1))


def test_the_version_tells_voices_apart(tmp_path: Path) -> None:
    folder = voice_folder(tmp_path / "voices", "en_GB-other-medium")
    with NaturalVoice(tmp_path, command=FAKE) as one, NaturalVoice(tmp_path, folder, command=FAKE) as other:
        assert one.version.startswith("piper ")
        assert one.version != other.version
