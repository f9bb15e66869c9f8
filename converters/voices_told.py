"""What ``curbcut voices`` has to say with an option, for the command to print."""

from pathlib import Path

import msgspec

from converters.assignment import Assignment, assignment, save
from converters.audition import audition, file_name
from converters.characters import clean
from converters.document import LanguageTag
from converters.errors import SomeFailedError, UsageError
from converters.inspection import finding_line
from converters.lexicon_text import converted
from converters.names_check import check
from converters.narration.performance import available_voices
from converters.planning import Job, ShowChoice
from converters.progress import Progress
from converters.saving import place_new
from converters.settings import SHOW_FILE, Options, find_show
from converters.show_file import new_lines


class Told(msgspec.Struct, frozen=True):
    """``paths`` were written; ``lines`` say what came of it; ``text`` is what was asked for, to be printed."""

    paths: tuple[Path, ...]
    lines: tuple[str, ...]
    exit_code: int = 0
    text: tuple[str, ...] = ()


def of_audition(job: Job, out: Path, progress: Progress) -> Told:
    """Make the file in which everybody is heard, at ``out`` or under a name of its own."""
    path = out if out.name else Path(file_name(job))
    try:
        heard = audition(job, path, lambda done, of_all: progress.tell("speaking", done, of_all))
    finally:
        progress.close()
    findings = tuple(map(finding_line, heard.findings))
    return Told((path,), (*findings, *(part.line for part in heard.parts)))


def of_check(job: Job, out: Path) -> Told:
    """List the names that a voice is likely to say wrong, and make the file in which they are heard."""
    checked = check(job, out if out.name else None)
    return Told((checked.file,) if checked.file else (), (checked.advice,), text=checked.lines)


def of_lexicon(path: Path, out: Path, show: ShowChoice, language: LanguageTag | None) -> Told:
    """Give a lexicon in its other notation: printed, or into a file that was not there."""
    show_file = None if show.none else show.path or find_show(Path(SHOW_FILE))
    lexicon = converted(path, show_file, language)
    if not out.name:
        return Told((), lexicon.remarks, text=tuple(lexicon.text.splitlines()))
    place_new(out, lexicon.text)
    return Told((out,), lexicon.remarks)


def of_assignment(jobs: tuple[Job, ...], progress: Progress, *, dry_run: bool) -> Told:
    """Choose lasting voices, and write them unless this is a dry run.

    Raises ``UsageError`` where there is something to write and no show.toml to put it in.
    """
    try:
        voices = available_voices(_options(jobs))
        found = assignment(jobs, voices, lambda done, of_all: progress.tell("reading", done, of_all))
    finally:
        progress.close()
    if not dry_run:
        save(found)
    paths = () if dry_run else tuple(new.path for new in found.files)
    told = Told(paths, (*_failures(found), *_chosen(found, dry_run=dry_run), *_to_look_at(found)))
    if found.homeless and not dry_run and not found.files:
        raise UsageError("\n".join((*told.lines, "Nothing was written.")))
    return msgspec.structs.replace(told, exit_code=SomeFailedError.exit_code if found.failures else 0)


def _options(jobs: tuple[Job, ...]) -> Options:
    return jobs[0].options if jobs else Options()


_MAKE_ONE = "Make a show.toml in the folder of those transcripts, or above it, with: curbcut init"


def _failures(found: Assignment) -> tuple[str, ...]:
    return tuple(f"{name}: left out, because it cannot be read. {error}" for name, error in found.failures)


def _chosen(found: Assignment, *, dry_run: bool) -> tuple[str, ...]:
    """Return what was written, or would be, in the lines of show.toml."""
    said = []
    for new in found.files:
        count = f"{len(new.entries)} voices" if len(new.entries) > 1 else "1 voice"
        said.append(f"{new.path}: {count} {'to be written' if dry_run else 'written'}.")
        said += [f'  {entry.name} [people.{entry.person}]: voice = "{entry.voice}"' for entry in new.entries]
    if found.homeless:
        said.append("No show.toml holds for these; their entries would be:")
        said += [line for entry in found.homeless for line in new_lines(entry).splitlines()]
    return tuple(said) or (f"Everybody who speaks in {found.read} transcripts has a voice; nothing to write.",)


def _to_look_at(found: Assignment) -> tuple[str, ...]:
    kept = (
        f"{entry.name} [people.{entry.person}] keeps the range that was chosen; to settle the voice as well, write "
        f'voice = "{entry.voice}" in its place.'
        for entry in found.kept
    )
    otherwise = (
        f"{clean(name)}: with these entries it is read otherwise, as where a short name is taken for the whole one. "
        "See: curbcut inspect"
        for name in found.otherwise
    )
    voiceless = (
        f"{name}: no voice on this machine speaks their language, so none was chosen." for name in found.voiceless
    )
    doubtful = (
        f"{name}: no voice was written, because with an entry of their own another transcript would be read otherwise. "
        "If it is somebody under a shorter name, add it to the labels of their entry."
        for name in found.doubtful
    )
    homeless = (_MAKE_ONE,) if found.homeless else ()
    return (*kept, *voiceless, *doubtful, *otherwise, *homeless)
