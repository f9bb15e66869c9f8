"""One level for all voices, and no peak that a player would distort."""

import array
import math
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from converters.narration.cache import ClipCache
from converters.narration.embedded_voice import EmbeddedVoice
from converters.narration.levels import AIM, CALIBRATION, level_of, volume
from converters.narration.libav import integrated_loudness
from converters.narration.limiter import CEILING, REACH, limited
from converters.narration.model import Line, Synthesizer

RATE = 22_050
TEXT = (
    "Good evening. The committee met on Thursday to talk about the bridge. Nobody had expected so many people. "
    "What did the engineer say? She said that the old one would not last another winter, and nobody laughed."
)


def tone(amplitude: float, seconds: float = 3.0, hertz: float = 1000.0) -> bytes:
    steps = range(int(seconds * RATE))
    return array.array(
        "h", (round(amplitude * 32_767 * math.sin(math.tau * hertz * n / RATE)) for n in steps)
    ).tobytes()


def test_a_tone_is_as_loud_as_the_standard_says() -> None:
    """EBU Tech 3341, case 1, for one channel: a 1 kHz sine of −23 dBFS is 3 LU below what it is in two."""
    assert integrated_loudness(tone(10 ** (-23 / 20), 20), RATE) == pytest.approx(-26.0, abs=0.2)


def test_silence_is_not_turned_up() -> None:
    assert volume(integrated_loudness(bytes(2 * RATE), RATE)) == 100


@given(st.lists(st.integers(-32_768, 32_767), max_size=3_000))
def test_no_sample_is_above_the_ceiling(samples: list[int]) -> None:
    found = array.array("h", limited(array.array("h", samples).tobytes()))
    assert len(found) == len(samples)
    assert all(abs(sample) <= CEILING for sample in found)


def test_only_the_surroundings_of_a_peak_are_changed() -> None:
    samples = array.array("h", tone(0.2, 0.2))
    samples[2000] = 32_000
    found = array.array("h", limited(samples.tobytes()))
    assert found[2000] == CEILING
    assert found[: 2000 - REACH] == samples[: 2000 - REACH]
    assert found[2001 + REACH :] == samples[2001 + REACH :]
    assert 0 < sum(one != other for one, other in zip(found, samples, strict=True)) <= 2 * REACH + 1


def test_sound_without_peaks_is_the_same_object() -> None:
    samples = tone(0.5)
    assert limited(samples) is samples


@pytest.mark.speech
@pytest.mark.parametrize("rate", [175, 300])
def test_every_english_voice_is_within_one_unit_of_the_aim(tmp_path: Path, rate: int) -> None:
    with EmbeddedVoice(tmp_path) as engine, ClipCache(None) as cache:
        voices = [voice.id for voice in engine.voices() if voice.language.startswith("en")]
        lines = tuple(Line(TEXT, voice, rate, level_of(voice, rate, engine, cache)) for voice in voices)
        found = {v: integrated_loudness(limited(s), RATE) for v, s in zip(voices, engine.speak(lines, 2), strict=True)}
    assert len(found) >= 12
    assert {voice: loudness for voice, loudness in found.items() if abs(loudness - AIM) > 1.0} == {}


class Measured:
    """The clicks as an engine whose voices nobody measured."""

    def __init__(self, clicks: Synthesizer) -> None:
        self.sample_rate, self.version, self.asked = RATE, "unmeasured 1", 0
        self.notation = clicks.notation
        self.voices, self.close = clicks.voices, clicks.close

    def loudness(self, voice: str, rate: int) -> float | None:
        del voice, rate
        return None

    def speak(self, lines: tuple[Line, ...], jobs: int):  # type: ignore[no-untyped-def]  # noqa: ANN201 - a generator
        assert [line.text for line in lines] == [CALIBRATION]
        self.asked += jobs
        yield tone(0.1)


def test_a_voice_that_nobody_measured_is_measured_once(clicks: Synthesizer, tmp_path: Path) -> None:
    engine = Measured(clicks)
    with ClipCache(tmp_path) as cache:
        first = level_of("unknown", 175, engine, cache)
    with ClipCache(tmp_path) as cache:
        assert level_of("unknown", 175, engine, cache) == first
    assert engine.asked == 1
    assert 100 < first < 200
