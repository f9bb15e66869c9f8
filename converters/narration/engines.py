"""Which engine speaks: a closed table of two.

Each module is loaded with its engine, and no engine where no sound is made.
"""

from pathlib import Path
from typing import assert_never

from converters.document import UNDETERMINED, LanguageTag
from converters.errors import MissingPartError
from converters.narration.casting import spoken
from converters.narration.model import Synthesizer, Voice
from converters.settings import Options


def synthesizer(options: Options, staging: Path) -> Synthesizer:
    """Start the engine that was asked for; it loads while this process does other things.

    Raises ``MissingPartError`` where it is not installed and ``UsageError`` where the folder of
    voices is none.
    """
    match options.engine:
        case "pyttsx3":
            from converters.narration.embedded_voice import EmbeddedVoice

            return EmbeddedVoice(staging)
        case "piper":
            from converters.narration.natural_voice import NaturalVoice

            return NaturalVoice(staging, Path(options.voices) if options.voices else None)
        case _:
            assert_never(options.engine)


def refuse_unread(languages: tuple[LanguageTag, ...], voices: tuple[Voice, ...], options: Options) -> None:
    """Make no sound in a language that the engine cannot read.

    Raises ``MissingPartError`` that says which voice to add, and how, for this engine.
    """
    there = {spoken(voice.language) for voice in voices}
    for language in languages:
        if language != UNDETERMINED and spoken(language) not in there:
            raise MissingPartError(_no_voice(language, options))


def _no_voice(language: LanguageTag, options: Options) -> str:
    match options.engine:
        case "pyttsx3":
            return (
                f"No voice on this machine speaks the language “{language}”, and no other voice can read it. "
                "See the languages that there are with: curbcut voices. If you have a natural voice for it, "
                "name its folder: --engine piper --voices DIR"
            )
        case "piper":
            where = f"in {options.voices}" if options.voices else "on this machine"
            return (
                f"No natural voice {where} speaks the language “{language}”, and no other voice can read it. "
                "Add one: put its two files, NAME.onnx and NAME.onnx.json, into a folder and name it with --voices. "
                "Or take the other engine: --engine pyttsx3"
            )
        case _:
            assert_never(options.engine)
