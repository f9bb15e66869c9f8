"""The process that holds natural voices: the same messages as those of ``voice_process.py``.

It is started as a file of its own, with the folders of voices as its arguments. Models are
loaded here, each when it is first needed; a fresh child of this process speaks each line. The
models put noise into tempo and tone, which makes them sound alive, and draw it from a generator
that goes on from line to line: a child begins where loading left it, and so the samples of a
line depend on that line alone. Each child has one thread, so that two lines are spoken side by
side on two cores, and none waits for threads that a fork leaves behind.

Elsewhere than on Linux forking is not safe. There one line is spoken after the other, and
without noise: a little flatter, and with the same samples each time.
"""

import contextlib
import functools
import json
import os
import signal
import sys
import threading
import wave
from collections.abc import Callable, Iterator
from fractions import Fraction
from pathlib import Path
from typing import Any, Final

sys.path.insert(0, str(Path(__file__).parents[2]))  # the package that this file is part of, whatever else is there

from converters.narration import natural_sound, pace
from converters.narration.voice_files import Take, VoiceFile, find, take_named
from converters.narration.voice_process import Children, Request, Send, claim_stdout

sys.path.pop(0)

RATE: Final = 22_050
"""Samples a second of everything that is said, whatever a model's own rate is."""

RANDOM_SEED: Final = 1
LONGEST: Final = 200
"""Phonemes spoken in one go, some ten seconds: each second of it takes 20 MB of memory for a moment."""

BREAKS: Final = ",;:—–-"
"""Where a long sentence may be parted, as a reader takes breath."""

SECONDS_TO_MEASURE: Final = 60
SECONDS_TO_LOAD: Final = 60.0


def main(folders: list[str]) -> int:
    """Say what engine this is, then serve requests until the input ends."""
    send = claim_stdout()
    forks = sys.platform.startswith("linux") and "--in-turn" not in folders
    try:
        files = find(tuple(Path(folder) for folder in folders if folder != "--in-turn"))
        voices = Piper(files, lively=forks)
        send({"engine": f"piper {voices.version}"})
        if forks:
            with contextlib.suppress(Exception), in_time(SECONDS_TO_LOAD):  # where it is damaged, its lines will tell
                voices.load(files[0])  # the narrator's, as a rule; while the script is made
            PreparedChildren(send, voices.say, voices.prepare).serve()
        else:
            _speak_in_turn(voices, send)
    except Exception as error:  # noqa: BLE001 - whatever an engine raises, the main process must hear of it
        send({"failure": told(error)})
        return 1
    return 0


@contextlib.contextmanager
def in_time(seconds: float) -> Iterator[None]:
    """End this process where what is inside takes longer: the main process notices, and starts another."""
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)


class PreparedChildren(Children):
    """Children whose voice is made ready before they are born: what they load is lost with them."""

    def __init__(self, send: Send, say: Callable[[Request], None], prepare: Callable[[Request], None]) -> None:
        super().__init__(send, say)
        self._prepare = prepare

    def _start(self, request: Request) -> None:
        try:
            with in_time(request["seconds"]):
                self._prepare(request)
        except Exception as error:  # noqa: BLE001 - a damaged model costs its lines, and is named
            self._send({"line": request["line"], "failure": told(error)})
        else:
            super()._start(request)


class Piper:
    """The models, each loaded once, and how fast each voice speaks by itself.

    ``lively``: with the noise that makes a voice sound alive; each line is then to be said by a fork.
    """

    def __init__(self, files: tuple[VoiceFile, ...], *, lively: bool) -> None:
        os.environ["OPENBLAS_NUM_THREADS"] = "1"
        import onnxruntime  # type: ignore[import-untyped]  # none exist
        import piper

        self._onnxruntime, self._piper = onnxruntime, piper
        self._files, self._lively = files, lively
        self._models: dict[str, Any] = {}
        self._paces: dict[tuple[str, int | None], float] = {}

    @property
    def version(self) -> str:
        """The version of piper."""
        from importlib.metadata import version

        return version("piper-tts")

    def load(self, file: VoiceFile) -> Any:
        """Return a model, loaded where it is not yet."""
        if file.name not in self._models:
            self._onnxruntime.set_seed(RANDOM_SEED)
            settings = self._onnxruntime.SessionOptions()
            settings.intra_op_num_threads = 1 if self._lively else 0
            settings.enable_mem_pattern = False  # it fits lines of one length, and there is one line to a child
            settings.log_severity_level = 3
            session = self._onnxruntime.InferenceSession(
                str(file.path), sess_options=settings, providers=["CPUExecutionProvider"]
            )
            facts = json.loads(file.path.with_name(f"{file.path.name}.json").read_bytes())
            config = self._piper.config.PiperConfig.from_dict(facts)
            self._models[file.name] = self._piper.PiperVoice(session=session, config=config)
        return self._models[file.name]

    def prepare(self, request: Request) -> None:
        """Load the model of a line's voice, and learn how fast it speaks."""
        take = take_named(request["voice"], self._files)
        self.load(take.file)
        key = take.file.name, take.speaker
        if key not in self._paces:
            known = pace.MEASURED.get(take.file.name)
            self._paces[key] = known or self._measured(take)

    def say(self, request: Request) -> None:
        """Speak a prepared line into its file."""
        take = take_named(request["voice"], self._files)
        wanted = pace.pace_for(request["rate"], self._paces[take.file.name, take.speaker], float(take.pitch))
        stretch = Fraction(RATE, self.load(take.file).config.sample_rate) / take.pitch
        pieces = self._spoken(request["text"], take, wanted.length_scale, lively=self._lively)
        gain = request["volume"] / 100
        samples = b"".join(natural_sound.shaped(piece * gain, stretch, wanted.shortened) for piece in pieces)
        with wave.open(request["path"], "wb") as sound:
            sound.setnchannels(1)
            sound.setsampwidth(2)
            sound.setframerate(RATE)
            sound.writeframes(natural_sound.trimmed(samples))

    def _spoken(self, text: str, take: Take, length_scale: float, *, lively: bool) -> Iterator[Any]:
        """Yield the samples of a text, of a piece of it at a time, at the model's own rate."""
        model = self.load(take.file)
        settings = self._piper.SynthesisConfig(
            speaker_id=take.speaker,
            length_scale=length_scale * model.config.length_scale,
            noise_scale=None if lively else 0.0,
            noise_w_scale=None if lively else 0.0,
        )
        for sentence in model.phonemize(text):
            for piece in parted(sentence):
                yield model.phoneme_ids_to_audio(model.phonemes_to_ids(piece), settings).reshape(-1)

    def _measured(self, take: Take) -> float:
        """Return a voice's words a minute, measured in a child: the generator of noise stays where it is."""
        if not self._lively:
            return self._words_a_minute(take)
        reader, writer = os.pipe()
        child = os.fork()
        if child == 0:
            signal.alarm(SECONDS_TO_MEASURE)
            try:
                os.write(writer, repr(self._words_a_minute(take)).encode())
            finally:
                os._exit(0)
        os.close(writer)
        with open(reader, "rb") as heard:  # noqa: PTH123 - a pipe has no path
            said = heard.read()
        os.waitpid(child, 0)
        if not said:
            raise OSError(f"the voice {take.file.name} cannot be used")
        return float(said)

    def _words_a_minute(self, take: Take) -> float:
        model = self.load(take.file)
        phonemes = "".join(phoneme for sentence in model.phonemize(pace.MEASURING_TEXT) for phoneme in sentence)
        pieces = self._spoken(pace.MEASURING_TEXT, take, 1.0, lively=False)
        samples = natural_sound.trimmed(b"".join(natural_sound.shaped(piece, Fraction(1), 1.0) for piece in pieces))
        return pace.words_a_minute(phonemes, len(samples) / 2 / model.config.sample_rate)


def parted(phonemes: list[str]) -> list[list[str]]:
    """Return the phonemes of a sentence in pieces that can be spoken in one go, parted where it pauses.

    Of all the places to part it, that nearest its middle is taken: a comma, else a space, else any.
    """
    if len(phonemes) <= LONGEST:
        return [phonemes] if phonemes else []
    middle = len(phonemes) // 2
    for marks in (BREAKS, " "):
        places = [place for place in range(LONGEST // 4, len(phonemes) - LONGEST // 4) if phonemes[place - 1] in marks]
        if places:
            middle = min(places, key=lambda place: abs(place - len(phonemes) // 2))
            break
    return parted(phonemes[:middle]) + parted(phonemes[middle:])


def told(error: Exception) -> str:
    """Return what went wrong in a line."""
    return f"{type(error).__name__}: {error}"


def _speak_in_turn(voices: Piper, send: Send) -> None:
    for row in sys.stdin.buffer:
        request = json.loads(row)
        if "line" in request:
            send({"line": request["line"], "failure": _say_in_turn(voices, request)})


def _say_in_turn(voices: Piper, request: Request) -> str:
    limit = threading.Timer(request["seconds"], functools.partial(os._exit, 1))
    limit.daemon = True
    limit.start()
    try:
        voices.prepare(request)
        voices.say(request)
    except Exception as error:  # noqa: BLE001 - the main process tells it
        return told(error)
    finally:
        limit.cancel()
    return ""


if __name__ == "__main__":
    os._exit(main(sys.argv[1:]))
