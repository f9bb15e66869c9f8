"""What is done to the samples of a natural voice keeps what is in them."""

from fractions import Fraction

import numpy as np
import pytest

from converters.narration.natural_sound import Samples, shaped, shorter, stretched, trimmed
from converters.narration.piper_process import LONGEST, parted

RATE = 22_050


def tone(hertz: float, seconds: float = 1.0) -> Samples:
    return (0.5 * np.sin(2 * np.pi * hertz * np.arange(int(seconds * RATE)) / RATE)).astype(np.float32)


def hertz(samples: Samples) -> float:
    spectrum = np.abs(np.fft.rfft(samples * np.hanning(len(samples))))
    return float(np.argmax(spectrum)) * RATE / len(samples)


@pytest.mark.parametrize("ratio", [Fraction(4, 5), Fraction(9, 8), Fraction(441, 320)])
def test_stretching_changes_length_and_pitch_by_the_same_ratio(ratio: Fraction) -> None:
    made = stretched(tone(200), ratio)
    assert len(made) == pytest.approx(RATE * ratio, abs=ratio.denominator * 2)
    assert hertz(made) == pytest.approx(200 / ratio, abs=1)
    assert np.abs(made[1000:-1000]).max() == pytest.approx(0.5, abs=0.01)


@pytest.mark.parametrize("factor", [1.2, 1.7, 2.5])
def test_shortening_changes_length_and_keeps_pitch_and_loudness(factor: float) -> None:
    made = shorter(tone(150), factor)
    assert len(made) == int(RATE / factor)
    assert hertz(made) == pytest.approx(150, abs=2)
    assert np.abs(made[600:-600]).max() == pytest.approx(0.5, abs=0.05)


def test_what_needs_no_shaping_is_only_brought_to_16_bits() -> None:
    samples = tone(100, 0.1)
    assert shaped(samples, Fraction(1), 1.0) == (samples * 32_767).astype("<i2").tobytes()


def test_samples_beyond_full_are_cut_and_never_wrap() -> None:
    loud = np.frombuffer(shaped(tone(100) * 4, Fraction(1), 1.0), "<i2")
    assert (loud.max(), loud.min()) == (32_767, -32_767)


def test_silence_before_and_after_is_trimmed_and_none_within() -> None:
    quiet = bytes(2 * RATE)
    sound = (tone(100, 0.5) * 32_767).astype("<i2").tobytes()
    left = trimmed(quiet + sound + quiet + sound + quiet)
    assert len(left) / 2 / RATE == pytest.approx(2.0, abs=0.05)


@pytest.mark.parametrize("nothing", [b"", bytes(2000)])
def test_of_silence_nothing_is_left(nothing: bytes) -> None:
    assert trimmed(nothing) == b""


def test_a_long_sentence_is_parted_at_commas_then_at_spaces_and_nothing_is_lost() -> None:
    for text in ("one two, " * 60, "one two " * 60, "a" * 900, "one, " + "two " * 400):
        pieces = parted(list(text))
        assert "".join("".join(piece) for piece in pieces) == text
        assert max(map(len, pieces)) <= LONGEST
    assert all("".join(piece).endswith((", ", ",")) for piece in parted(list("one two, " * 60))[:-1])


def test_a_short_sentence_is_left_whole() -> None:
    assert parted(list("one, two")) == [list("one, two")]
    assert parted([]) == []
