"""A process that tells how espeak-ng would say words, without any sound.

One JSON request comes in, one reply goes out:

    → {"voice": "gmw/en-US", "words": ["Makarov", "[[m|@|k|'A:|r|0|f]]", …]}
    ← [["m_'a_k_a#_r_,0_v", "mˈækɐɹˌɑːv"], …]          espeak-ng's names of sounds, and IPA

It is a process of its own because finding the library may change folder and surroundings, and
because an engine without its data ends the process that it is in.
"""

import ctypes
import json
import re
import subprocess
import sys
from typing import Any, Final

from converters.errors import MissingPartError
from converters.narration import voice_process

COMMAND: Final = (sys.executable, "-P", "-m", "converters.narration.phoneme_process")
PATIENCE: Final = 60
"""Seconds that thousands of words may take; espeak-ng needs 0.1 ms for one."""

SYNCHRONOUS: Final = 2
DO_NOT_EXIT: Final = 0x8000
UTF_8: Final = 1
WITH_PHONEMES: Final = 0x100
APART: Final = ord("_") << 8
AS_IPA: Final = 2
"""espeak-ng's ``speak_lib.h``."""

SILENT: Final = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.c_void_p, ctypes.c_int, ctypes.c_void_p)(lambda *_heard: 0)
"""Takes what is spoken, and does nothing with it."""


def phonemes(voice: str, words: tuple[str, ...]) -> tuple[tuple[str, str], ...]:
    """Return how a voice says each word: in espeak-ng's names, with ``_`` between them, and in IPA.

    Raises ``MissingPartError`` where espeak-ng does not answer.
    """
    request = json.dumps({"voice": voice, "words": words}).encode()
    try:
        done = subprocess.run(COMMAND, input=request, capture_output=True, check=True, timeout=PATIENCE)  # noqa: S603
    except (subprocess.SubprocessError, OSError) as error:
        raise MissingPartError(f"espeak-ng does not tell how it says words ({error}). See: curbcut doctor") from error
    return tuple((names, ipa) for names, ipa in json.loads(done.stdout))


def main() -> int:
    """Answer one request."""
    request = json.load(sys.stdin.buffer)
    library = _opened(request["voice"])
    answer = [[_said(library, word, APART), _said(library, word, AS_IPA)] for word in request["words"]]
    sys.stdout.write(json.dumps(answer))
    return 0


def _opened(voice: str) -> Any:
    """Return the library with a voice that takes phonemes in double brackets, also when it does not speak."""
    import os

    library: Any = voice_process.load_espeak()
    data = os.environ.get("ESPEAK_DATA_PATH")
    if library is None or library.espeak_Initialize(SYNCHRONOUS, 0, data and data.encode(), DO_NOT_EXIT) < 0:
        raise RuntimeError("there is no espeak-ng")
    library.espeak_TextToPhonemes.restype = ctypes.c_char_p
    library.espeak_SetSynthCallback(SILENT)
    if library.espeak_SetVoiceByName(voice.encode()):
        raise RuntimeError(f"there is no voice {voice}")
    library.espeak_Synth(b".", ctypes.c_size_t(2), 0, 1, 0, UTF_8 | WITH_PHONEMES, None, None)
    return library


def _said(library: Any, word: str, mode: int) -> str:
    """Return all clauses of a word as one; espeak-ng moves the pointer past each, and at last to nothing."""
    text = ctypes.c_char_p(word.encode())
    clauses = []
    while text:
        clauses.append((library.espeak_TextToPhonemes(ctypes.byref(text), UTF_8, mode) or b"").decode().strip())
    return re.sub(r"\([a-z-]+\)", "", " ".join(clause for clause in clauses if clause))  # (fr): now a French word


if __name__ == "__main__":
    sys.exit(main())
