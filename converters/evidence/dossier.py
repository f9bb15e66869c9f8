"""What belongs together: the verdicts of one episode, or of one loose file, and how they sum up."""

from pathlib import Path
from typing import Final

import msgspec

from converters import manifest
from converters.checking import Looked
from converters.checks.evidence import SCHEMA, Remark, Verdict
from converters.version import TOOL

SCREEN_READERS: Final = {
    "NVDA": ("nvda",), "JAWS": ("jaws",), "Narrator": ("narrator",), "VoiceOver on macOS": ("voiceover",),
    "VoiceOver on iOS": ("voiceover", "ios"), "TalkBack": ("talkback",), "Orca": ("orca",), "ChromeVox": ("chromevox",),
}  # fmt: skip
"""Those that readers use most, with the words by which a record names them."""
_PHONES: Final = ("ios", "iphone", "ipad")


class Dossier(msgspec.Struct, frozen=True):
    """``evidence.json``: all that is known of one episode's editions, paths relative to where it lies.

    ``source`` is the transcript with its SHA-256, None for a stranger's file; ``language`` that of the episode, None
    where no model is at hand.
    """

    schema: int
    tool: str
    title: str
    language: str | None
    source: manifest.Source | None
    verdicts: tuple[Verdict, ...]

    @property
    def errors(self) -> tuple[Remark, ...]:
        """All errors, of all editions."""
        return self._of("error")

    @property
    def warnings(self) -> tuple[Remark, ...]:
        """All warnings, of all editions."""
        return self._of("warning")

    def _of(self, severity: str) -> tuple[Remark, ...]:
        return tuple(one for verdict in self.verdicts for one in verdict.remarks if one.severity == severity)

    @property
    def differing(self) -> tuple[Verdict, ...]:
        """The editions that do not say what the transcript says."""
        return tuple(one for one in self.verdicts if one.parity and not one.parity.is_clean)

    @property
    def not_run(self) -> int:
        """How many checks of editions did not run."""
        return sum(len(one.not_run) for one in self.verdicts)


class _Facts(msgspec.Struct, frozen=True):
    language: str


class _Model(msgspec.Struct, frozen=True):
    metadata: _Facts


def dossier_of(looked: Looked) -> Dossier:
    """Return what is known of an episode, or of a loose file, with paths as they are told beside it."""
    known = manifest.load(looked.home) if looked.home else None
    verdicts = tuple(msgspec.structs.replace(one, file=_beside(one.file, looked.home)) for one in looked.verdicts)
    title = known.title if known else verdicts[0].file
    return Dossier(SCHEMA, TOOL, title, _language(looked), known.source if known else None, verdicts)


def _beside(file: str, home: Path | None) -> str:
    return Path(file).relative_to(home).as_posix() if home else Path(file).name


def _language(looked: Looked) -> str | None:
    model = next((path for path in looked.files if path.suffix == ".json" and looked.home), None)
    try:
        return msgspec.json.decode(model.read_bytes(), type=_Model).metadata.language if model else None
    except (OSError, msgspec.DecodeError):
        return None


def never_run(verdict: Verdict) -> tuple[str, ...]:
    """Return the screen readers that no record says anybody read this edition, or one like it, with."""
    human = verdict.made.human_check if verdict.made else None
    used = [tool.lower() for tool in human.tools] if human else []
    return tuple(name for name, words in SCREEN_READERS.items() if not any(_is_used(tool, words) for tool in used))


def _is_used(tool: str, words: tuple[str, ...]) -> bool:
    if words[0] not in tool:
        return False
    is_phone = any(word in tool for word in _PHONES)
    return words[0] != "voiceover" or is_phone == (len(words) > 1)
