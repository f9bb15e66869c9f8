"""What is promised of the speech engine, whatever it does."""

import hashlib
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from converters.errors import MissingPartError
from converters.narration.embedded_voice import COMMAND, EmbeddedVoice
from converters.narration.model import Line

FAKE = (sys.executable, str(Path(__file__).with_name("fake_engine.py")))
BREATHY = "gmw/en-us+f3"
SENTENCES = (
    "The library opened again in March.",
    "Nobody had thought about the stairs, and the winter was long.",
    "Who spoke for the tenants?",
    "Yes.",
    "We wrote a letter, and then another one, until somebody answered us.",
    "It costs almost nothing to describe a picture.",
)
LINES = tuple(Line(text, voice, 175) for text in SENTENCES for voice in (BREATHY, "gmw/en-gb-x-rp+m3@70"))

linux_only = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="looks into /proc")


def spoken(folder: Path, lines: tuple[Line, ...], jobs: int) -> dict[Line, str]:
    with EmbeddedVoice(folder) as voice:
        return {
            line: hashlib.sha256(samples).hexdigest()
            for line, samples in zip(lines, voice.speak(lines, jobs), strict=True)
        }


def descendants(process: int) -> list[int]:
    children = Path(f"/proc/{process}/task/{process}/children")
    found = [int(child) for child in children.read_text("ascii").split()] if children.exists() else []
    return found + [below for child in found for below in descendants(child)]


def alive(process: int) -> bool:
    status = Path(f"/proc/{process}/stat")
    return status.exists() and status.read_text("utf-8").rsplit(")", 1)[1].split()[0] != "Z"


def wait_until_gone(processes: list[int]) -> list[int]:
    end = time.monotonic() + 5
    while (left := [process for process in processes if alive(process)]) and time.monotonic() < end:
        time.sleep(0.01)
    return left


# real speech -------------------------------------------------------------------------------


@pytest.mark.speech
def test_a_sentence_has_the_same_samples_in_any_order_process_and_run(tmp_path: Path) -> None:
    first = spoken(tmp_path, LINES, jobs=1)
    assert len(set(first.values())) == len(LINES)
    assert spoken(tmp_path, LINES, jobs=4) == first
    assert spoken(tmp_path, tuple(reversed(LINES)), jobs=3) == first
    assert spoken(tmp_path, LINES[:1] * 3, jobs=2) == {LINES[0]: first[LINES[0]]}


@pytest.mark.speech
def test_rate_and_pitch_are_heard(tmp_path: Path) -> None:
    text, voice = SENTENCES[1], "gmw/en-us+m3"
    lines = (Line(text, voice, 175), Line(text, voice, 350), Line(text, f"{voice}@90", 175))
    with EmbeddedVoice(tmp_path) as engine:
        usual, fast, high = engine.speak(lines, 2)
    assert 1.6 < len(usual) / len(fast) < 2.4
    assert high != usual


@pytest.mark.speech
def test_the_voices_offered_are_there_and_say_something(tmp_path: Path) -> None:
    with EmbeddedVoice(tmp_path) as engine:
        english = [voice for voice in engine.voices() if voice.language.startswith("en")]
        lines = tuple(Line("Good evening.", voice.id, 175) for voice in english)
        assert len(set(engine.speak(lines, 2))) == len(english) >= 12


@pytest.mark.speech
def test_the_engine_is_named_with_its_version(tmp_path: Path) -> None:
    with EmbeddedVoice(tmp_path) as engine:
        assert engine.version.startswith("eSpeak NG 1.")


@pytest.mark.speech
def test_no_file_is_left(tmp_path: Path) -> None:
    spoken(tmp_path, LINES, jobs=2)
    assert not list(tmp_path.iterdir())


@pytest.mark.speech
@linux_only
def test_an_engine_that_is_killed_is_started_again(tmp_path: Path) -> None:
    wanted = spoken(tmp_path, LINES, jobs=2)
    with EmbeddedVoice(tmp_path) as engine:
        heard = []
        for number, samples in enumerate(engine.speak(LINES, 1)):
            heard.append(hashlib.sha256(samples).hexdigest())
            if number in (0, 3):
                os.kill(descendants(os.getpid())[0], signal.SIGKILL)
    assert heard == list(wanted.values())


@pytest.mark.speech
@linux_only
def test_a_line_whose_process_is_killed_is_spoken_again(tmp_path: Path) -> None:
    long = Line(" ".join(SENTENCES * 100), BREATHY, 175)
    wanted = spoken(tmp_path, (long,), jobs=1)
    with EmbeddedVoice(tmp_path) as engine:
        engine.voices()
        speech = engine.speak((LINES[0], long), 2)
        next(speech)
        while len(speaking := descendants(os.getpid())) < 2:
            time.sleep(0.001)
        os.kill(speaking[1], signal.SIGKILL)
        assert hashlib.sha256(next(speech)).hexdigest() == wanted[long]


@pytest.mark.speech
def test_a_line_that_takes_too_long_is_an_error(tmp_path: Path) -> None:
    hour = Line("word " * 20_000, BREATHY, 175)
    with (
        EmbeddedVoice(tmp_path, patience=-2_000.0 + 0.01) as engine,
        pytest.raises(MissingPartError, match="took too long"),
    ):
        list(engine.speak((hour,), 1))


@pytest.mark.speech
@linux_only
def test_leaving_in_the_middle_leaves_nothing_running(tmp_path: Path) -> None:
    long = tuple(Line(" ".join(SENTENCES * 100) + str(n), BREATHY, 175) for n in range(6))
    with EmbeddedVoice(tmp_path) as engine:
        speech = engine.speak((LINES[0], *long), 3)
        next(speech)
        running = descendants(os.getpid())
        speech.close()
        assert running
        assert not wait_until_gone(running)
        assert next(engine.speak(LINES[:1], 1))


@pytest.mark.speech
@linux_only
def test_nothing_is_left_running_when_the_main_process_is_killed(tmp_path: Path) -> None:
    program = f"""
from pathlib import Path
from converters.narration.embedded_voice import EmbeddedVoice
from converters.narration.model import Line
engine = EmbeddedVoice(Path({str(tmp_path)!r}))
lines = (Line("Yes.", {BREATHY!r}, 175), *(Line("no " * 9000, {BREATHY!r}, 175) for _ in range(4)))
for _ in engine.speak(lines, 3):
    print("speaking", flush=True)
"""
    with subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE) as main:
        assert main.stdout
        assert main.stdout.readline() == b"speaking\n"
        running = descendants(main.pid)
        main.kill()
    assert len(running) >= 2
    assert not wait_until_gone(running)


@pytest.mark.speech
def test_stdout_stays_empty_and_no_engine_is_imported(tmp_path: Path) -> None:
    program = f"""
import sys
from pathlib import Path
from converters.narration.embedded_voice import EmbeddedVoice
from converters.narration.model import Line
with EmbeddedVoice(Path({str(tmp_path)!r})) as engine:
    samples, = engine.speak((Line("Good evening.", {BREATHY!r}, 175),), 1)
assert samples
assert not {{"pyttsx3", "espeakng_loader", "ctypes"}} & set(sys.modules)
"""
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, check=True)
    assert (done.stdout, done.stderr) == (b"", b"")


@pytest.mark.speech
def test_where_nothing_can_be_forked_lines_are_spoken_in_turn(tmp_path: Path) -> None:
    with EmbeddedVoice(tmp_path, command=(*COMMAND, "--in-turn")) as engine:
        lines = (Line(SENTENCES[0], "gmw/en-us", 175), Line(SENTENCES[1], "gmw/en-us", 175))
        first, second = engine.speak(lines, 2)
    assert len(second) > len(first) > 44_100


# an engine that misbehaves -------------------------------------------------------------------


@pytest.fixture
def fake(tmp_path: Path) -> Iterator[EmbeddedVoice]:
    with EmbeddedVoice(tmp_path, command=FAKE) as engine:
        yield engine


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        ("silent as the night", "silence"),
        ("short of all the words that were to be said here", "0.0 s of sound"),
        ("nothing at all", "wrote nothing"),
        ("broken file", "no sound file"),
        ("slow samples", "8000 samples a second"),
        ("refused by the engine", "no such voice"),
        ("crash of the engine", "the engine ended"),
    ],
)
def test_what_is_no_speech_is_never_shipped(fake: EmbeddedVoice, words: str, reason: str) -> None:
    with pytest.raises(MissingPartError, match=reason) as failure:
        list(fake.speak((Line("well said", "en", 175), Line(words, "en", 175)), 2))
    assert words[:20] in str(failure.value)


@pytest.mark.parametrize("fault", ["silent", "short", "nothing", "broken", "slow", "refused", "crash"])
def test_a_fault_is_met_once_more(fake: EmbeddedVoice, fault: str) -> None:
    lines = tuple(Line(text, "en", 175) for text in ("well said", f"once {fault} and then well", "well ended"))
    assert [len(samples) for samples in fake.speak(lines, 2)] == [4 * 22_050 * len(line.text) for line in lines]


def test_an_engine_that_is_not_there_is_a_missing_part(tmp_path: Path) -> None:
    command = (sys.executable, "-c", "raise SystemExit('no library')")
    with EmbeddedVoice(tmp_path, command=command) as engine, pytest.raises(MissingPartError, match="no library"):
        engine.voices()
