"""The command: arguments → plan → results → lines and an exit code. The only module that prints.

stdout has the paths written, one a line; stderr has progress and findings, and a
last line that says in words what was made, where, and what needs a look. Lines are
plain: nothing is said by colour or by drawing alone.
"""

import contextlib
import gc
import signal
import sys
from collections.abc import Callable, Sequence
from contextvars import ContextVar
from pathlib import Path
from typing import TYPE_CHECKING, Final, NoReturn

import msgspec

from converters.arguments import Arguments, parser
from converters.asked import made_too, plan_of, settled, show_choice, sources_of, voices_folder
from converters.at_work import Heard, at_hand, results
from converters.characters import clean
from converters.convert import WHOLE, Result, understand
from converters.document import LanguageTag
from converters.errors import CurbcutError, MissingPartError, UsageError
from converters.findings import Report
from converters.inspection import evidence, finding_line, lines, view
from converters.outcome import exit_code, last_line, outcomes
from converters.planning import Job
from converters.progress import Progress, wants_plain_lines
from converters.settings import SHOW_FILE, Options

if TYPE_CHECKING:
    from converters.archive.mirror import Mirror
    from converters.voices_told import Told

INTERRUPTED, TERMINATED = 130, 143


class _Terminated(KeyboardInterrupt):
    """The system, or somebody, asked the command to end: it does so as when it is interrupted."""


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code (design, "Contracts")."""
    _speak_utf_8()
    words = list(sys.argv[1:] if argv is None else argv)
    said = vars(parser(words[0] if words else "").parse_args(words))
    gc.disable()  # setting type makes millions of objects, and looking through them for cycles takes a tenth of it
    try:
        arguments = settled(said)
        return _COMMANDS[arguments.command](arguments)
    except CurbcutError as error:
        _say(str(error))
        return error.exit_code
    except KeyboardInterrupt as stop:
        _say("Stopped. Files that were finished are whole; run the same command again for the others.")
        return TERMINATED if isinstance(stop, _Terminated) else INTERRUPTED
    except BrokenPipeError:
        return 0
    finally:
        gc.enable()


def run() -> NoReturn:
    """Run the command as a process of its own, and end it without looking through what it leaves.

    Python looks for cycles among all objects once more when it ends; after a PDF that is
    a twentieth of the whole time. Nothing waits for it: what is outside memory is put
    away by then.
    """
    signal.signal(signal.SIGTERM, _terminated)
    code = main()
    gc.freeze()
    sys.exit(code)


def _terminated(number: int, frame: object) -> NoReturn:
    del number, frame
    raise _Terminated


def _speak_utf_8() -> None:
    """Print any name in any terminal: paths byte for byte, in remarks what cannot be shown is replaced."""
    for stream, errors in ((sys.stdout, "surrogateescape"), (sys.stderr, "replace")):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure:
            reconfigure(encoding="utf-8", errors=errors)


_WORDED: Final[ContextVar[Callable[[str], str]]] = ContextVar("worded", default=str)
"""Puts addresses in place of the folders that stand for them."""


def _say(line: str) -> None:
    print(_WORDED.get()(clean(line)), file=sys.stderr)


def _print_path(path: Path) -> None:
    print(_WORDED.get()(str(path)), flush=True)


# convert ------------------------------------------------------------------------------------


def _convert(arguments: Arguments) -> int:
    with at_hand(arguments) as (here, mirror):
        if mirror:
            _WORDED.set(mirror.told)
        return _converted(here, mirror)


def _converted(arguments: Arguments, mirror: "Mirror | None") -> int:
    jobs = _planned(arguments)
    if arguments.dry_run:
        return _tell_plan(jobs, arguments)
    if arguments.recording and len(jobs) != 1:
        raise UsageError(f"--recording belongs to one transcript, and {len(jobs)} were given. Convert it by itself.")
    for show_file in dict.fromkeys(job.show_file for job in jobs if job.show_file):
        _say(f"Facts of the show: {show_file}")
    if len(jobs) > 1:
        _say_problems(jobs)
    found, reports = [], list[Path]()
    with contextlib.closing(results(jobs, arguments, _heard(arguments, reports), mirror)) as coming:
        for result in coming:
            found.append(result)
            _say_result(result, paths=not arguments.json, whole=len(jobs) > 1)
    if arguments.json:
        print(msgspec.json.format(msgspec.json.encode(outcomes(tuple(found)))).decode())
    _say(" ".join((last_line(tuple(found), arguments.out), *(f"The report is in {page}." for page in reports))))
    return exit_code(tuple(found))


def _planned(arguments: Arguments) -> tuple[Job, ...]:
    """Return the jobs, and say what is made too, and of each setting where it came from."""
    for writer in made_too(arguments):
        _say(f"The {writer.name} edition is made too: an edition that is read aloud plays it.")
    jobs = plan_of(arguments, sources_of(arguments, sys.stdin))
    if arguments.explain:
        from converters import profiles_told

        for line in profiles_told.explained(arguments, jobs):
            _say(line)
    return jobs


def _heard(arguments: Arguments, reports: list[Path]) -> Heard:
    """Return who is told of a conversion while it goes on: the terminal, and who has the reports in the end."""
    plain = wants_plain_lines(arguments.plain, sys.stderr)  # what was said of it is remembered, whoever does the work

    def published(paths: tuple[Path, ...]) -> None:
        for path in () if arguments.json else paths:
            _print_path(path)

    return Heard(_write_to_terminal, plain, published, reports.append)


def _say_problems(jobs: tuple[Job, ...]) -> None:
    """Say what stands in the way, before the work begins."""
    from converters import plan_told

    for line in plan_told.problems(jobs, plan_told.lacking(jobs[0].formats, jobs[0].options)):
        _say(line)


def _tell_plan(jobs: tuple[Job, ...], arguments: Arguments) -> int:
    """Say what a run would do, and write nothing."""
    from converters import plan_told

    formats = jobs[0].formats if jobs else ()
    plan = plan_told.plan_as_told(jobs, arguments.out, arguments.sources, formats)
    if arguments.json:
        print(msgspec.json.format(msgspec.json.encode(plan)).decode())
    else:
        print("\n".join(_WORDED.get()(clean(line)) for line in plan_told.lines(plan)))
    for line in plan_told.problems(jobs, plan.lacking):
        _say(line)
    _say(plan_told.last_line(plan))
    return plan_told.exit_code(plan, jobs)


def _write_to_terminal(words: str) -> None:
    sys.stderr.write(words)
    sys.stderr.flush()


def _say_result(result: Result, *, paths: bool, whole: bool) -> None:
    """Print findings, failures and paths; why a single source failed is left to the last line.

    ``whole`` tells that this is one of several sources, so that each line must say which.
    """
    name = f"{result.job.name}: " if whole else ""
    for finding in result.findings:
        _say(f"{name}{finding_line(finding)}")
    for format_name, error in result.failures:
        if format_name != WHOLE:
            _say(f"{result.job.name}, {format_name}: {error}")
        elif whole and not result.job.refused:  # that was said before the work began
            _say(str(error))
    if result.withdrawn:
        _say(f"{name}Editions have changed, so the evidence about them was removed. Have it anew: "
             f"curbcut check {result.job.folder} --evidence")  # fmt: skip
    for path in result.written if paths else ():
        _print_path(path)


# the other commands --------------------------------------------------------------------------


def _inspect(arguments: Arguments) -> int:
    job = _one_episode(arguments, arguments.source)
    report = Report()
    document = understand(job, report)
    found = view(document, report.findings)
    more = evidence(document, report) if arguments.evidence or not arguments.json else None
    if arguments.json:
        print(msgspec.json.format(msgspec.json.encode(found)).decode())
        if more:
            print(msgspec.json.format(msgspec.json.encode(more)).decode())
    else:
        shown = lines(found, more, turns=arguments.turns, all_evidence=arguments.evidence)
        print("\n".join(map(clean, shown)))
    return 0


def _check(arguments: Arguments) -> int:
    from converters import checking_told

    checking_told.settle_names(arguments.require)
    model = _transcript_as_json(arguments)
    _say("Looking. With all checkers an episode takes about half a minute.")
    found = checking_told.of_check(arguments, model, lambda page: _say(f"Written: {page}"))
    if arguments.json:
        print(msgspec.json.format(msgspec.json.encode(found)).decode())
    else:
        print("\n".join(map(clean, checking_told.lines(found))))
    lacking = checking_told.lacking(found, arguments.require)
    for line in checking_told.last_lines(found, lacking):
        _say(line)
    return checking_told.exit_code(found, lacking)


def _transcript_as_json(arguments: Arguments) -> str:
    if arguments.transcript is None:
        return ""
    return msgspec.json.encode(understand(_one_episode(arguments, arguments.transcript), Report())).decode()


def _one_episode(arguments: Arguments, source: Path) -> Job:
    """Return the job for the one transcript, or for the episode of an export that was asked for."""
    jobs = plan_of(arguments, (source,))
    if arguments.episode:
        jobs = tuple(job for job in jobs if arguments.episode in {job.entry, job.slug})
    if len(jobs) == 1:
        return jobs[0]
    known = ", ".join(job.entry or job.name for job in plan_of(arguments, (source,))[:8])
    if not jobs:
        raise UsageError(f"{source}: there is no episode {arguments.episode!r}. There are: {known}")
    raise UsageError(
        f"{source}: {len(jobs)} transcripts are there, and this takes one. "
        f"Name it with --episode if they are of one export: {known} …"
    )


def _formats_list(arguments: Arguments) -> int:
    from converters import formats_told

    print(formats_told.schema() if arguments.schema else "\n".join(formats_told.lines()))
    return 0


def _profiles(arguments: Arguments) -> int:
    from converters import profiles_told

    print("\n".join(map(clean, profiles_told.told(arguments, _ask))))
    return 0


def _voices(arguments: Arguments) -> int:
    if arguments.audition or arguments.assign or arguments.check or arguments.lexicon:
        return _tell(_voices_told(arguments))
    from converters.narration.performance import available_voices

    wanted = (arguments.language or "").lower()
    there = available_voices(Options(engine=arguments.engine, voices=voices_folder(arguments)))
    found = [v for v in there if v.language.lower().split("-")[0].startswith(wanted.split("-")[0])]
    if not found:
        raise MissingPartError(f"There is no voice for “{arguments.language}” on this machine. See: curbcut voices")
    for voice in found:
        print(f"{voice.id}: {voice.language}, {voice.description}")
    return 0


def _voices_told(arguments: Arguments) -> "Told":
    """Let people or names be heard, choose lasting voices, or turn a lexicon into its other notation."""
    from converters import voices_told

    progress = Progress(_write_to_terminal, "voices", plain=wants_plain_lines(arguments.plain, sys.stderr))
    if arguments.audition:
        return voices_told.of_audition(_one_episode(arguments, arguments.audition), arguments.out, progress)
    if arguments.check:
        return voices_told.of_check(_one_episode(arguments, arguments.check), arguments.out)
    if arguments.lexicon:
        choice = show_choice(arguments.show)
        language = LanguageTag(arguments.language) if arguments.language else None
        return voices_told.of_lexicon(arguments.lexicon, arguments.out, choice, language)
    jobs = plan_of(arguments, arguments.assign)
    return voices_told.of_assignment(jobs, progress, dry_run=arguments.dry_run)


def _tell(told: "Told") -> int:
    print("".join(f"{clean(line)}\n" for line in told.text), end="")
    for line in told.lines:
        _say(line)
    for path in told.paths:
        print(path)
    return told.exit_code


def _doctor(_arguments: Arguments) -> int:
    from converters import doctor

    statuses = doctor.examine()
    print("\n".join(doctor.lines(statuses)))
    missing = [status.part for status in statuses if not status.found and status.part.costs]
    _say(f"{len(missing)} parts are missing." if missing else "All that the editions stand on is there.")
    return MissingPartError.exit_code if missing else 0


def _init(arguments: Arguments) -> int:
    from converters.interview import write_show

    print(write_show(arguments.folder / SHOW_FILE, _ask))
    _say("Written. It holds for every transcript in that folder and below it.")
    return 0


def _ask(question: str) -> str:
    _say(question)
    return input()


_COMMANDS = {
    "convert": _convert, "inspect": _inspect, "check": _check, "formats": _formats_list,
    "profiles": _profiles,
    "voices": _voices, "doctor": _doctor, "init": _init,
}  # fmt: skip
