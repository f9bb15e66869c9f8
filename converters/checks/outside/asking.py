"""Asks every checker about every edition: many files in one process, several processes at once."""

import threading
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from itertools import islice
from pathlib import Path
from typing import TypeVar

import msgspec

from converters.checks.evidence import NotRun, Run
from converters.checks.outside import running
from converters.checks.outside.answers import Answer, Answers, Ledgers, Question, Said, Work
from converters.checks.outside.clauses import covered
from converters.checks.outside.running import DidNotRunError, Stopped
from converters.checks.outside.table import BY_MODEL, BY_NAME, TABLE, Checker


class Settings(msgspec.Struct, frozen=True):
    """How to look: how many processes at once, and whether pages may run scripts of their own."""

    jobs: int = 1
    scripts: bool = False


class Asked(msgspec.Struct, frozen=True):
    """One edition with the names of the checkers that should look at it."""

    key: str
    format: str
    files: tuple[Path, ...]
    model: str
    ours: bool
    checkers: tuple[str, ...]
    clips: str = ""

    def seen_by(self, checker: Checker) -> tuple[str, ...]:
        """Return the files that a checker looks at; our own look at an edition as a whole, by its key."""
        if checker.program == "own_process":
            return (self.key,)
        return tuple(str(path) for path in self.files if path.suffix.lower() in checker.suffixes)


class Told(msgspec.Struct, frozen=True):
    """What one checker told of one edition."""

    runs: tuple[Run, ...] = ()
    said: tuple[Said, ...] = ()
    not_run: tuple[NotRun, ...] = ()


class _Batch(msgspec.Struct, frozen=True):
    """Files for one process; ``questions`` are those of our own proofs."""

    checkers: tuple[Checker, ...]
    files: tuple[str, ...]
    questions: tuple[Question, ...] = ()
    scripts: bool = False


class Outcome:
    """What all checkers said; filled from several threads."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._said: dict[tuple[str, str], tuple[Said, ...]] = {}
        self._why: dict[tuple[str, str], str] = {}
        self._versions: dict[str, tuple[str, int | None]] = {}
        self._covers: dict[tuple[str, str], dict[str, tuple[str, ...]]] = {}
        self.ledgers: dict[str, Ledgers] = {}
        self.lacks: dict[str, str] = {}

    def add(self, batch: _Batch, answers: Answers) -> None:
        """Keep the answers of a process; a file that it says nothing of was not looked at."""
        with self._lock:
            for checker in batch.checkers:
                answer = answers.get(checker.name)
                for name in batch.files:
                    key = (checker.name, name)
                    if answer and name in answer.said:
                        self._keep(key, answer)
                    else:
                        self._why[key] = (answer and answer.refused.get(name)) or "it gave no answer about this file"

    def _keep(self, key: tuple[str, str], answer: Answer) -> None:
        checker, name = key
        self._said[key] = answer.said[name]
        self._versions[checker] = (answer.version, answer.rules)
        self._covers[key] = answer.covers.get(name, {})
        if name in answer.ledgers:
            self.ledgers[name] = answer.ledgers[name]

    def fail(self, batch: _Batch, why: str) -> None:
        """Keep why a process gave no answers."""
        with self._lock:
            self._why |= {(checker.name, name): why for checker in batch.checkers for name in batch.files}

    def of(self, name: str, asked: Asked) -> Told:
        """Return what a checker told of an edition."""
        checker = BY_NAME[name]
        if name in self.lacks:
            return Told(not_run=(NotRun(name, self.lacks[name], checker.mend),))
        seen = asked.seen_by(checker)
        told = [file for file in seen if (name, file) in self._said]
        version, rules = self._versions.get(name, ("", None))
        covers = covered(name, *(self._covers[name, file] for file in told))
        runs = (Run(name, version, tuple(map(_short, told)), rules, covers),) if told else ()
        several = len(seen) > 1
        said = tuple(_placed(one, file if several else "") for file in told for one in self._said[name, file])
        failed = [file for file in seen if (name, file) in self._why]
        not_run = tuple(
            NotRun(name, f"{_short(file)}: {self._why[name, file]}" if several else self._why[name, file], "")
            for file in failed
        )
        return Told(runs, said, not_run)


def _short(name: str) -> str:
    return Path(name).name


def _placed(said: Said, file: str) -> Said:
    return msgspec.structs.replace(said, where=f"{_short(file)} {said.where}".strip()) if file else said


def lack_of(checker: Checker) -> str | None:
    """Return what a checker lacks on this machine."""
    return checker.lack()


def missing(names: Sequence[str]) -> tuple[str, ...]:
    """Return which of these checkers are not on this machine."""
    return tuple(name for name in names if BY_NAME[name].lack())


def ask_all(editions: Sequence[Asked], settings: Settings) -> Outcome:
    """Ask all checkers that are here about all editions. What cannot be asked is part of the outcome."""
    outcome = Outcome()
    batches = list(_batches(editions, settings, outcome))
    stopped = Stopped()
    with ThreadPoolExecutor(max_workers=max(1, settings.jobs)) as pool:
        try:
            for done in [pool.submit(_run, batch, outcome, stopped) for batch in batches]:
                done.result()
        except BaseException:
            stopped.set()
            pool.shutdown(cancel_futures=True)
            raise
    return outcome


def _run(batch: _Batch, outcome: Outcome, stopped: Stopped) -> None:
    """Ask one process. Where it fails over several files, each is tried by itself: one may be to blame for all."""
    program = batch.checkers[0].program
    command = running.node_program(program) if program.endswith(".mjs") else running.python_program(program)
    work = Work(tuple(checker.name for checker in batch.checkers), batch.files, batch.questions, batch.scripts)
    paths = [Path(name) for name in (*batch.files, *(file for one in batch.questions for file in one.files))]
    try:
        outcome.add(batch, running.ask(command, work, running.patience(paths), stopped))
    except DidNotRunError as error:
        if len(batch.files) == 1 or stopped.is_set():
            outcome.fail(batch, str(error))
            return
        for alone in _apart(batch):
            _run(alone, outcome, stopped)


def _apart(batch: _Batch) -> Iterator[_Batch]:
    for name in batch.files:
        questions = tuple(one for one in batch.questions if one.key == name)
        yield msgspec.structs.replace(batch, files=(name,), questions=questions)


def _batches(editions: Sequence[Asked], settings: Settings, outcome: Outcome) -> Iterator[_Batch]:
    """Yield the work: checkers of one program share a process where they may, and the slow ones come first."""
    together: dict[tuple[Checker, ...], list[Asked]] = {}
    shared: dict[str, list[Checker]] = defaultdict(list)
    for checker in TABLE:
        wanted = [one for one in editions if checker.name in one.checkers and one.seen_by(checker)]
        if not wanted:
            continue
        if lack := lack_of(checker):
            outcome.lacks[checker.name] = lack
        elif checker.together:
            shared[checker.program].append(checker)
        else:
            together[(checker,)] = wanted
    for several in shared.values():
        together[tuple(several)] = [one for one in editions if several[0].name in one.checkers]
    for checkers, wanted in sorted(together.items(), key=lambda pair: pair[0][0].at_once):
        yield from _divided(checkers, wanted, settings)


def _divided(checkers: tuple[Checker, ...], wanted: Sequence[Asked], settings: Settings) -> Iterator[_Batch]:
    first = checkers[0]
    if first.program == "own_process":
        for some in _in_parts(wanted, first.at_once):
            yield _Batch(checkers, tuple(one.key for one in some), tuple(_question(one, first) for one in some))
        return
    files = [file for one in wanted for file in one.seen_by(first)]
    for several in _in_parts(dict.fromkeys(files), first.at_once):
        yield _Batch(checkers, several, scripts=settings.scripts)


def _question(asked: Asked, checker: Checker) -> Question:
    model = asked.model if checker.name in BY_MODEL else ""
    clips = asked.clips if checker.name in {"parity", "pauses"} else ""
    return Question(asked.key, asked.format, tuple(map(str, asked.files)), model, asked.ours, clips)


_Thing = TypeVar("_Thing")


def _in_parts(things: Iterable[_Thing], size: int) -> Iterator[tuple[_Thing, ...]]:
    left = iter(things)
    while part := tuple(islice(left, size)):
        yield part
