"""What ``curbcut check`` looks at: finds editions, asks every checker about them, and puts together what they say."""

import itertools
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

import msgspec

from converters import manifest
from converters.checks.claims import CLAIMED
from converters.checks.claims_backed import Known, judged
from converters.checks.evidence import SCHEMA, Evidence, Made, NotRun, Remark, Run, Seen, Shown, Verdict
from converters.checks.judging import to_judge
from converters.checks.outside.answers import Said
from converters.checks.outside.asking import Asked, Outcome, Settings, ask_all
from converters.checks.outside.clauses import remarks
from converters.checks.outside.safety import refusal
from converters.checks.outside.table import TABLE, Checker
from converters.errors import SourceError
from converters.published import published
from converters.version import TOOL

FORMATS: Final = {
    ".html": "html", ".htm": "html", ".xhtml": "html", ".epub": "epub", ".pdf": "pdf", ".vtt": "vtt", ".srt": "srt",
    ".docx": "docx", ".pef": "pef", ".brf": "brf", ".ebrl": "ebraille", ".lpf": "lpf", ".mp3": "mp3", ".m4b": "m4b",
    ".m4a": "sound", ".ogg": "sound", ".opus": "opus",
}  # fmt: skip
"""What a stranger's file is, by its suffix."""

ENDINGS: Final = (".json", ".earl.json", ".html")
"""The files of evidence, ``evidence`` before them, the page last."""

_OF_SOUND: Final = {"mp3-set", "lpf"}
"""Formats of several files of sound, of which little can be told without the times of what was spoken."""
_NO_CLIPS: Final = "the times of what was spoken were not kept: "
_AGAIN: Final = "convert again"
_LARGEST_MODEL: Final = 200_000_000
_ALONE: Final = {"html-fragment", "txt", "json", "srt", "podcast-json", "chapters-json", "lpf"}
"""Formats that no outside checker knows, or that are no whole document by themselves."""


class Edition(msgspec.Struct, frozen=True):
    """One edition to be looked at: ``name`` as it is told, its files, the main one first.

    ``home`` is the folder of its episode, ``row`` its row of the manifest there, ``made`` what else that says; all are
    None for a stranger's file. ``model`` is the transcript as JSON, where it is at hand, ``by_transcript`` where it was
    read anew; ``clips`` is what was kept of what was spoken in it; ``known`` is what is wrong with it before anybody
    looks inside.
    """

    name: str
    format: str
    files: tuple[Path, ...]
    row: manifest.Row | None = None
    model: str = ""
    by_transcript: bool = False
    clips: str = ""
    known: tuple[Said, ...] = ()
    home: Path | None = None
    made: Made | None = None


AT_ONCE: Final = 100
"""Editions that are looked at together, at least: models and answers of no more are held in memory."""


class Looked(msgspec.Struct, frozen=True):
    """What is known of the editions of one episode, whose folder is its ``home``; or of a loose file, which has none.

    ``path`` is what was named on the command line. ``known`` is the manifest of the home.
    """

    path: Path
    home: Path | None
    files: tuple[Path, ...]
    verdicts: tuple[Verdict, ...]


def check(paths: Sequence[Path], settings: Settings, model: str = "") -> Evidence:
    """Look at all editions at these paths. ``model``: the transcript as JSON, in place of what lies beside them.

    Raises ``SourceError`` where there is nothing to look at. A checker that fails is part of the evidence.
    """
    return Evidence(SCHEMA, TOOL, tuple(one for looked in look(paths, settings, model) for one in looked.verdicts))


def look(paths: Sequence[Path], settings: Settings, model: str = "") -> Iterator[Looked]:
    """Look at all editions at these paths, and yield what is known of each episode and loose file, in their order."""
    seen: set[tuple[str, str]] = set()
    part: list[tuple[Path, Edition]] = []
    for path in paths:
        for edition in _found(path):
            if (edition.name, edition.format) in seen:
                continue
            seen.add((edition.name, edition.format))
            if len(part) >= AT_ONCE and edition.home != part[-1][1].home:
                yield from _looked(part, settings)
                part = []
            own = {"model": model, "by_transcript": True} if model else {}
            part.append((path, msgspec.structs.replace(edition, **own)))
    yield from _looked(part, settings)


def _looked(part: Sequence[tuple[Path, Edition]], settings: Settings) -> Iterator[Looked]:
    checked = [(path, _guarded(edition)) for path, edition in part]
    outcome = ask_all(tuple(_asked(one) for _, one in checked), settings)
    for (path, home, _), some in itertools.groupby(checked, key=lambda pair: _place(*pair)):
        several = [edition for _, edition in some]
        files = tuple(file for edition in several for file in edition.files)
        yield Looked(path, home, files, tuple(_verdict(one, outcome, settings) for one in several))


def _place(path: Path, edition: Edition) -> tuple[Path, Path | None, str]:
    return path, edition.home, "" if edition.home else edition.name


# what there is -----------------------------------------------------------------------------


def _found(path: Path) -> Iterator[Edition]:
    if not path.exists():
        raise SourceError(f"{path}: there is nothing there. Name a folder of editions, or a file.")
    found = tuple(_in_folder(path) if path.is_dir() else _of_file(path))
    if not found:
        raise SourceError(f"{path}: nothing there can be checked. These can: {', '.join(sorted(FORMATS))}")
    yield from found


def _in_folder(folder: Path) -> Iterator[Edition]:
    """Yield the editions of an episode, or of all episodes and the loose files in a folder, in the order of names."""
    if (known := manifest.load(folder)) is not None:
        yield from _of_episode(folder, known)
        return
    catalogue = published(folder).names
    for path in sorted(folder.iterdir()):
        if path.name.startswith(".") or path.is_symlink() or path.name in catalogue:
            continue
        if path.is_dir():
            yield from _in_folder(path)
        elif is_ours(path.name):
            continue  # what was written about the others
        elif path.suffix.lower() in FORMATS:
            yield Edition(str(path), FORMATS[path.suffix.lower()], (path,))


def is_ours(name: str) -> bool:
    """Tell whether a file is called what evidence is called."""
    return any(name == f"evidence{ending}" or name.endswith(f".evidence{ending}") for ending in ENDINGS)


def _of_file(path: Path) -> Iterator[Edition]:
    """Yield the edition that a file belongs to, or a stranger's file."""
    known = manifest.load(path.parent)
    own = known and [one for one in _of_episode(path.parent, known) if path in one.files]
    if own:
        yield from own
    elif path.suffix.lower() in FORMATS:
        yield Edition(str(path), FORMATS[path.suffix.lower()], (path,))


def _of_episode(folder: Path, known: manifest.Manifest) -> Iterator[Edition]:
    model = _model(folder, known)
    by_format: dict[str, list[manifest.Row]] = {}
    for row in known.artifacts:
        by_format.setdefault(row.format, []).append(row)
    for name, rows in by_format.items():
        inside = [row for row in rows if _is_inside(folder, row.path)]
        said = tuple(one for row in rows for one in _by_manifest(folder, row))
        there = tuple(folder / row.path for row in inside if (folder / row.path).is_file())
        clips = known.narrations.get(rows[0].clips, "")
        said = (*said, *_out_of_step(rows[0], by_format))
        yield Edition(
            str(folder / rows[0].path), name, there, rows[0], model, clips=clips, known=said, home=folder,
            made=_made(known, rows[0]),
        )  # fmt: skip


def _out_of_step(row: manifest.Row, by_format: dict[str, list[manifest.Row]]) -> Iterator[Said]:
    """Tell of a page whose times are of another narration than the sound beside it that it plays."""
    if row.format == "html" and row.clips and any(one.clips not in {row.clips, ""} for one in by_format.get("mp3", ())):
        yield Said("out-of-step", "error", "it was made in step with another sound than lies beside it", row.path)


def _made(known: manifest.Manifest, row: manifest.Row) -> Made:
    return Made(
        known.source.name, known.source.sha256, known.tool, row.settings, row.narrated, row.voices, row.parity,
        row.human_check,
    )  # fmt: skip


def _model(folder: Path, known: manifest.Manifest) -> str:
    """Return the episode's json edition, empty where it has none."""
    for row in known.artifacts:
        path = folder / row.path
        if row.format == "json" and _is_inside(folder, row.path) and path.is_file():
            return path.read_text("utf-8", "replace") if path.stat().st_size < _LARGEST_MODEL else ""
    return ""


def _is_inside(folder: Path, path: str) -> bool:
    return (folder / path).resolve().is_relative_to(folder.resolve())


def _by_manifest(folder: Path, row: manifest.Row) -> Iterator[Said]:
    """Yield what a manifest's row and its file disagree in."""
    path = folder / row.path
    if not _is_inside(folder, row.path):
        yield Said("unsafe", "error", "the manifest names a file outside its folder", row.path)
    elif not path.is_file():
        yield Said("missing", "error", "the manifest names this file, and it is not there", row.path)
    elif manifest.file_digest(path) != row.sha256 and row.format == "json":
        yield Said("model-altered", "error", "the model was changed since it was made, and it is what the other "
                   "editions are measured by", row.path)  # fmt: skip
    elif manifest.file_digest(path) != row.sha256:
        yield Said(
            "altered", "warning", "this file was changed since it was made (its SHA-256 is another one)", row.path
        )
    if row.stale:
        yield Said("stale", "warning", "it was made from an older transcript, or with other settings", row.path)


def _guarded(edition: Edition) -> Edition:
    """Take out the files that no checker may be shown, and say why."""
    refused = {path: why for path in edition.files if (why := refusal(path))}
    said = tuple(
        Said("unsafe" if path.is_file() else "unreadable", "error", why, path.name) for path, why in refused.items()
    )
    kept = tuple(path.absolute() for path in edition.files if path not in refused)
    return msgspec.structs.replace(edition, files=kept, known=(*edition.known, *said))


# what is asked ------------------------------------------------------------------------------


def _asked(edition: Edition) -> Asked:
    without = {"parity"} if _without_parity(edition) else set()
    if edition.row is None or not edition.model or (edition.format == "json" and not edition.by_transcript):
        without.add("structure")
    without |= set() if edition.clips else {"pauses"}
    checkers = [checker.name for checker in TABLE if checker.name not in without and _applies(checker, edition)]
    return Asked(
        edition.name,
        edition.format,
        edition.files,
        edition.model,
        edition.row is not None,
        tuple(checkers),
        edition.clips,
    )


def _applies(checker: Checker, edition: Edition) -> bool:
    if checker.name == "parity":
        return bool(edition.files)
    if checker.name == "structure":
        return bool(edition.files) and edition.format in checker.formats
    suffixes = {path.suffix.lower() for path in edition.files}
    return edition.format in checker.formats and bool(suffixes & {*checker.suffixes})


def _without_parity(edition: Edition) -> NotRun | None:
    """Return why an edition is not compared with the transcript, None where it is."""
    if edition.row is None:
        return NotRun(
            "parity", "another program made it: its sentences have no ids by which they could be compared", ""
        )
    if not edition.model:
        return NotRun("parity", "the transcript is not at hand: there is no json edition beside it",
                      "curbcut check --source TRANSCRIPT, or convert again with json among the formats")  # fmt: skip
    if edition.format == "json" and not edition.by_transcript:
        return NotRun("parity", "the model is itself what the other editions were compared with",
                      "curbcut check --source TRANSCRIPT")  # fmt: skip
    if edition.format in _OF_SOUND and not edition.clips:
        return NotRun("parity", f"{_NO_CLIPS}it was compared when it was made", _AGAIN)
    return None


# what came of it -----------------------------------------------------------------------------


def _verdict(edition: Edition, outcome: Outcome, settings: Settings) -> Verdict:
    asked = _asked(edition)
    runs: list[Run] = []
    found: list[Remark] = [*remarks("curbcut", edition.known)]
    not_run: list[NotRun] = []
    display: tuple[Shown, ...] = ()
    claimed: tuple[Said, ...] = ()
    parity = _without_parity(edition)
    if parity and edition.files:
        not_run.append(parity)
    for name in asked.checkers:
        one = outcome.of(name, asked)
        not_run += one.not_run
        if name == "display":
            display = tuple(Shown(said.where, said.rule, said.text, said.advice) for said in one.said)
        runs += one.runs if name != "display" or display else ()
        if name == "claims":
            claimed = one.said
        elif name != "display":
            found += remarks(name, one.said)
    known = _known(edition, runs, found)
    found += remarks("claims", (*(one for one in claimed if not one.rule.startswith(CLAIMED)), *judged(claimed, known)))
    not_run += _never(edition, settings)
    ledger = outcome.ledgers.get(edition.name)
    return Verdict(
        edition.name, edition.format, tuple(runs), tuple(found), tuple(not_run), to_judge(edition.format), display,
        tuple(map(_seen, edition.files)), edition.made, ledger.parity if ledger else None,
        ledger.quoted if ledger else {},
    )  # fmt: skip


def _known(edition: Edition, runs: Sequence[Run], found: Sequence[Remark]) -> Known:
    """Return what a claim can rest on, once all other checkers have told."""
    errors: dict[str, tuple[str, ...]] = {}
    for one in found:
        if one.severity == "error":
            errors[one.checker] = (*errors.get(one.checker, ()), one.rule)
    row = edition.row
    return Known(
        format=edition.format, ours=row is not None, narrated=row is not None and row.narrated,
        record=row.human_check if row else None, ran=frozenset(run.checker for run in runs), errors=errors,
        shortfalls=frozenset(one.checker for one in found if one.severity != "info"),
        names={checker.name: checker.title for checker in TABLE},
    )  # fmt: skip


def _seen(path: Path) -> Seen:
    return Seen(path.name, path.stat().st_size, manifest.file_digest(path))


def _never(edition: Edition, settings: Settings) -> Iterator[NotRun]:
    """Yield what no checker was asked about."""
    if edition.row and edition.row.narrated and not edition.clips and edition.model and edition.format not in _OF_SOUND:
        yield NotRun("clips", f"{_NO_CLIPS}its words were compared, and its sound and times as far as they tell "
                     "of themselves", _AGAIN)  # fmt: skip
    if edition.format == "html" and not settings.scripts:
        yield NotRun("scripts", "the page was looked at without running any script of its own",
                     "curbcut check --scripts, for pages that you trust")  # fmt: skip
    if edition.format in _ALONE:
        yield NotRun("outside checkers", "none is known for this format", "")
