"""Evidence put beside what it is about: an episode's in its folder, a loose file's beside it, a roll-up at the top."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Final

import msgspec

from converters import manifest
from converters.checking import ENDINGS, Looked, look
from converters.checks.evidence import SCHEMA, Evidence, Seen, Verdict
from converters.checks.outside.asking import Settings
from converters.errors import UsageError
from converters.evidence import page, roll_up
from converters.evidence.dossier import Dossier, dossier_of
from converters.evidence.earl import earl
from converters.saving import place_together
from converters.version import TOOL

_OURS: Final = b"curbcut"
_BEGINNING: Final = 4_000


class Written(msgspec.Struct, frozen=True):
    """What was found, and the pages of evidence written of it."""

    evidence: Evidence
    pages: tuple[Path, ...]


def write_evidence(paths: Sequence[Path], settings: Settings, model: str, told: Callable[[Path], None]) -> Written:
    """Look at all editions at these paths, and write evidence of each episode and loose file as soon as it is had.

    A folder that is no episode gets a roll-up. Raises ``UsageError`` for one edition of an episode, whose evidence
    would be taken for that of all, and where somebody else's file is in the way; ``SavingError`` where nothing can be
    written.
    """
    for path in paths:
        _settle(path)
    verdicts: list[Verdict] = []
    pages: list[Path] = []
    archives = {path: _Archive(path) for path in paths if path.is_dir() and manifest.load(path) is None}
    for looked in look(paths, settings, model):
        dossier = dossier_of(looked)
        pages.append(_save(_base(looked), _files(dossier)))
        told(pages[-1])
        verdicts += looked.verdicts
        if looked.path in archives:
            archives[looked.path].add(dossier, pages[-1])
    for archive in archives.values():
        pages.append(archive.save())
        told(pages[-1])
    return Written(Evidence(SCHEMA, TOOL, tuple(verdicts)), tuple(pages))


def outdated(verdicts: Iterable[Verdict]) -> Iterator[Path]:
    """Yield the pages of evidence, beside these editions, that are of other files than these."""
    seen: dict[Path, set[tuple[str, str]]] = {}
    for verdict in verdicts:
        file = Path(verdict.file)
        base = file.with_name("evidence") if verdict.made else file.with_name(f"{file.name}.evidence")
        seen.setdefault(base, set()).update((one.name, one.sha256) for one in verdict.seen)
    for base, now in seen.items():
        known = _known(base.with_name(f"{base.name}.json"))
        if known is not None and now - known:
            yield base.with_name(f"{base.name}.html")


class _SeenOnly(msgspec.Struct, frozen=True):
    seen: tuple[Seen, ...] = ()


class _Known(msgspec.Struct, frozen=True):
    verdicts: tuple[_SeenOnly, ...]


def _known(path: Path) -> set[tuple[str, str]] | None:
    try:
        told = msgspec.json.decode(path.read_bytes(), type=_Known)
    except (OSError, msgspec.DecodeError):
        return None
    return {(one.name, one.sha256) for verdict in told.verdicts for one in verdict.seen}


class _Archive:
    """What a folder of episodes comes to; of each episode a summary is kept, and no more."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._summaries: list[roll_up.Summary] = []
        self._silent: Counter[str] = Counter()

    def add(self, dossier: Dossier, there: Path) -> None:
        self._summaries.append(roll_up.summary(dossier, there.relative_to(self._folder).as_posix()))
        self._silent.update(roll_up.silent(dossier))

    def save(self) -> Path:
        found = roll_up.roll_up(self._summaries, self._silent)
        return _save(self._folder / "evidence", {".json": _as_json(found), ".html": roll_up.page_of(found)})


def _settle(path: Path) -> None:
    known = manifest.load(path.parent) if path.is_file() else None
    if known and any((path.parent / row.path) == path for row in known.artifacts):
        raise UsageError(
            f"{path} is one edition of an episode, and evidence is of all of them. Name its folder: "
            f"curbcut check {path.parent} --evidence"
        )


def _base(looked: Looked) -> Path:
    """Return where the evidence lies, without the ending."""
    if looked.home:
        return looked.home / "evidence"
    file = Path(looked.verdicts[0].file)
    return file.with_name(f"{file.name}.evidence")


def _files(dossier: Dossier) -> dict[str, bytes]:
    return {".json": _as_json(dossier), ".earl.json": earl(dossier), ".html": page.page_of(dossier)}


def _as_json(found: Dossier | roll_up.RollUp) -> bytes:
    return msgspec.json.format(msgspec.json.encode(found, order="deterministic"), indent=2) + b"\n"


def _save(base: Path, files: dict[str, bytes]) -> Path:
    """Put the files of one piece of evidence in their place, the page last, and return where that is."""
    wanted = {base.with_name(f"{base.name}{ending}"): files[ending] for ending in ENDINGS if ending in files}
    for path in wanted:
        if path.exists() and not _is_ours(path):
            raise UsageError(f"{path} is there already, and Curbcut did not write it. Move it away, and check again.")
    place_together(wanted)
    return [*wanted][-1]


def _is_ours(path: Path) -> bool:
    with path.open("rb") as file:
        return _OURS in file.read(_BEGINNING).lower()
