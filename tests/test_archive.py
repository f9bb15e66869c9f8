"""A run over an archive: what is current stays, what is spoilt costs only itself, and any kill is mended."""

import contextlib
import os
import random
import shutil
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from converters.archive import Bounds, lock
from converters.archive.run import Work, run
from converters.convert import Result
from converters.errors import SourceError
from converters.outcome import exit_code
from converters.planning import ShowChoice, plan
from converters.progress import Together
from converters.settings import Options
from converters.writers import writer_named

from . import archives
from .conftest import ROOT, SAMPLE, Run, differing, episodes_in, files_below, left_at_work

EPISODES = 6
COMMAND = [sys.executable, "-m", "converters", "convert"]


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    """Six episodes, each with other words."""
    folder = tmp_path / "archive"
    folder.mkdir()
    for number in range(EPISODES):
        (folder / f"{number}.txt").write_text(SAMPLE.replace("mostly", f"mostly, {number} times"), encoding="utf-8")
    return folder


def _convert(run: Run, archive: Path, out: Path, *more: str) -> tuple[int, list[str], str]:
    ran = run("convert", archive, "-o", out, "--to", "html,txt", "--show", "none", *more)
    return ran.code, ran.out.splitlines(), ran.err


# what is current ----------------------------------------------------------------------------


def test_an_unchanged_archive_is_not_even_read(
    archive: Path, out: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert _convert(run, archive, out)[0] == 0
    before = {path: path.stat().st_mtime_ns for path in out.rglob("*") if path.is_file()}

    def reading(*_: object) -> None:
        raise AssertionError("an episode was converted that is current")

    monkeypatch.setattr("converters.archive.pool.side_by_side", reading)
    monkeypatch.setattr("converters.at_work.attempt", reading)
    code, written, said = _convert(run, archive, out)
    assert (code, written) == (0, [])
    assert said.splitlines()[-1].startswith(f"Nothing to do: 12 editions are current in {out}")
    assert {path: path.stat().st_mtime_ns for path in out.rglob("*") if path.is_file()} == before


def test_a_changed_source_is_the_only_one_that_is_made_anew(archive: Path, out: Path, run: Run) -> None:
    _convert(run, archive, out)
    (archive / "3.txt").write_text(SAMPLE.replace("mostly", "never"), encoding="utf-8")
    _, written, _ = _convert(run, archive, out)
    assert {path.parent.name for path in map(Path, written) if path.parent != out} == {"3"}


def test_what_was_altered_or_lost_is_made_anew(archive: Path, out: Path, run: Run) -> None:
    _convert(run, archive, out)
    whole = files_below(out)
    (out / "1" / "1.txt").write_text("altered", encoding="utf-8")
    (out / "2" / "2.html").unlink()
    (out / "4" / "manifest.json").write_bytes(b"{")
    _, written, _ = _convert(run, archive, out)
    assert {path.name for path in map(Path, written) if path.parent != out} == {"1.txt", "2.html", "4.txt", "4.html"}
    assert not differing(files_below(out), whole)


@pytest.mark.parametrize("spoilt", [b"", b"\x00\xff", b'{"folder": "0", "asked'])
def test_a_record_that_cannot_be_read_costs_a_look(archive: Path, out: Path, run: Run, spoilt: bytes) -> None:
    _convert(run, archive, out)
    whole = files_below(out)
    record = out / ".curbcut" / "record.jsonl"
    record.write_bytes(record.read_bytes()[:-40] + spoilt)
    code, written, _ = _convert(run, archive, out)
    assert (code, written) == (0, [])
    assert not differing(files_below(out), whole)


def test_the_record_does_not_grow_for_ever(archive: Path, out: Path, run: Run) -> None:
    for _ in range(6):
        _convert(run, archive, out, "--force")
    lines = (out / ".curbcut" / "record.jsonl").read_bytes().splitlines()
    assert len(lines) <= 3 * EPISODES + EPISODES


# one run at a time --------------------------------------------------------------------------


def test_a_second_run_is_refused_in_plain_words(
    archive: Path, out: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lock, "PATIENCE", 0.3)
    with lock.only_run(out):
        code, written, said = _convert(run, archive, out)
    assert (code, written) == (5, [])
    assert f"{out}: another run is at work there. Wait until it is done" in said
    assert _convert(run, archive, out)[0] == 0


def test_a_run_waits_for_one_that_is_ending(archive: Path, out: Path, run: Run) -> None:
    ending, begun = threading.Event(), threading.Event()

    def other() -> None:
        with lock.only_run(out):
            begun.set()
            ending.wait(30)

    thread = threading.Thread(target=other)
    thread.start()
    begun.wait(30)
    threading.Timer(0.5, ending.set).start()
    assert _convert(run, archive, out)[0] == 0
    thread.join()


# progress -----------------------------------------------------------------------------------


def test_the_time_left_is_told_by_what_is_left_to_read(tmp_path: Path, out: Path) -> None:
    for number, lines in enumerate((1, 1, 8, 10)):
        (tmp_path / f"{number}.txt").write_text("Ann: Yes.\n" * lines, encoding="utf-8")
    jobs = plan((tmp_path,), (writer_named("txt"),), out, Options(), ShowChoice(none=True))
    now, said = [0.0], list[str]()
    together = Together(said.append, jobs, plain=False, clock=lambda: now[0])
    now[0] = 60.0
    together.add(Result(jobs[0], (out / "0.txt",), (), ()))
    assert said[-1].endswith("about 19 minutes left")
    now[0] = 120.0
    together.add(Result.stopped(jobs[2], SourceError("no")))
    assert said[-1].endswith("converted 2 of 4, 0 editions, 0.0 a second, about 2 minutes left, 1 failed")


def test_plain_lines_come_at_least_every_ten_minutes(tmp_path: Path, out: Path) -> None:
    for number in range(100):
        (tmp_path / f"{number:02}.txt").write_text("Ann: Yes.\n", encoding="utf-8")
    jobs = plan((tmp_path,), (writer_named("txt"),), out, Options(), ShowChoice(none=True))
    now, said = [0.0], list[str]()
    together = Together(said.append, jobs, plain=True, clock=lambda: now[0])
    for job in jobs:
        now[0] += 301
        together.add(Result(job, (out / "x.txt",), (), ()))
    assert len(said) >= 50
    assert said[0].startswith("100 transcripts: converted 2 of 100")


# what is spoilt -----------------------------------------------------------------------------


SPOILT = """
import os, signal, sys, time
import converters.archive.pool as pool
from converters.convert import Result
from converters.errors import SourceError
from converters.errors import SavingError
real, tried = pool.attempt, []
pool._SECOND_TRIES = (0, 0, 0)
def spoilt(job):
    match job.name:
        case "0.txt": time.sleep(600)
        case "1.txt": bytearray(500_000_000)
        case "2.txt": os.kill(os.getpid(), signal.SIGSEGV)
        case "3.txt": raise RuntimeError("what is this?")
        case "4.txt" if len(tried) < 2:
            tried.append(job)
            return Result.stopped(job, SavingError("the disk is full"))
        case "5.txt": return Result.stopped(job, SavingError("the disk is full"))
    return real(job)
pool.attempt = spoilt
"""


@pytest.mark.slow
def test_what_is_spoilt_costs_itself_only(archive: Path, out: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for number in range(EPISODES, 9):
        (archive / f"{number}.txt").write_text(SAMPLE, encoding="utf-8")
    patch = archive.parent / "patch"
    patch.mkdir()
    (patch / "sitecustomize.py").write_text(SPOILT, encoding="utf-8")
    monkeypatch.setenv("PYTHONPATH", f"{patch}{os.pathsep}{ROOT}")
    (archive / "9.txt").symlink_to(archive / "nowhere")
    jobs = plan((archive,), (writer_named("txt"),), out, Options(), ShowChoice(none=True))
    told: list[Result] = []
    results = list(run(jobs, out, Work(2, Bounds(minutes=0.15, megabytes=400), told.append)))
    said = {result.job.name: str(result.failures[0][1]) for result in results if result.failures}
    assert [result.job.name for result in results] == [job.name for job in jobs]
    assert sorted(result.job.name for result in told) == sorted(job.name for job in jobs)
    assert episodes_in(out) == {"4", "6", "7", "8"}
    assert "was not done after 0.15 minutes" in said.pop("0.txt")
    assert "needs more than 400 MB of memory" in said.pop("1.txt")
    assert "its process ended before it was done" in said.pop("2.txt")
    assert "a fault in Curbcut stopped it (RuntimeError('what is this?'))" in said.pop("3.txt")
    assert "the disk is full" in said.pop("5.txt")
    assert "cannot be read" in said.pop("9.txt")
    assert not said
    assert not left_at_work(out)


HANGING = """
import os, sys, threading, time
def hang(*_):
    with open(os.environ["HANGS"] + ".seen", "a") as seen:
        seen.write(f"{os.getpid()} ")
    time.sleep(600)
def patch():
    while not hasattr(sys.modules.get("pyttsx3.drivers.espeak"), "EspeakDriver"):
        time.sleep(0.001)
    sys.modules["pyttsx3.drivers.espeak"].EspeakDriver.setProperty = hang
if any("voice_process" in word for word in sys.orig_argv) and os.path.exists(os.environ["HANGS"]):
    threading.Thread(target=patch, daemon=True).start()
"""


@pytest.mark.slow
@pytest.mark.speech
def test_an_engine_that_hangs_costs_its_episode_and_does_not_stay(
    archive: Path, out: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    hangs, patch = tmp_path / "hangs", tmp_path / "patch"
    patch.mkdir()
    (patch / "sitecustomize.py").write_text(HANGING, encoding="utf-8")
    hangs.write_text("", encoding="utf-8")
    monkeypatch.setenv("HANGS", str(hangs))
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))  # nothing has been spoken yet: all is for the engine
    monkeypatch.setenv("PYTHONPATH", f"{patch}{os.pathsep}{ROOT}")
    jobs = plan((archive,), (writer_named("mp3"),), out, Options(), ShowChoice(none=True))
    results = tuple(run(jobs, out, Work(2, Bounds(minutes=0.06, megabytes=2000), lambda _: None)))
    assert exit_code(results) == 7
    said = {str(result.failures[0][1]) for result in results}
    assert all("was not done after 0.06 minutes" in one for one in said), said
    engines = [Path(f"/proc/{one}") for one in hangs.with_name("hangs.seen").read_text().split()]
    assert len(engines) >= EPISODES
    for _ in range(100):
        if not any(engine.exists() for engine in engines):
            break
        time.sleep(0.1)
    assert not [engine for engine in engines if engine.exists()]
    hangs.unlink()
    assert exit_code(tuple(run(jobs, out, Work(2, Bounds(), lambda _: None)))) == 0
    assert not left_at_work(out)


# what a change touches ----------------------------------------------------------------------


OTHER_STYLES = """
import os
if folder := os.environ.get("OTHER_STYLES"):
    from pathlib import Path
    import converters.stylesheets as stylesheets
    stylesheets._folder = lambda: Path(folder)
"""


@pytest.mark.slow
def test_of_thirty_episodes_exactly_what_a_change_touches_is_made_anew(
    tmp_path: Path, out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder, patch, styles = archives.archive(tmp_path / "archive", 30, (250, 400)), tmp_path / "patch", ROOT / "styles"
    for number in (4, 8):
        path = folder / f"episode-{number:04}.txt"
        path.write_text(path.read_text("utf-8").replace("MARISOL QUENBY:", "THE CHAIR:", 1), encoding="utf-8")
    patch.mkdir()
    (patch / "sitecustomize.py").write_text(OTHER_STYLES, encoding="utf-8")
    monkeypatch.setenv("PYTHONPATH", f"{patch}{os.pathsep}{ROOT}")

    def remade() -> set[str]:
        command = [*COMMAND, str(folder), "-o", str(out), "--to", "html,epub,pdf", "--jobs", "2"]
        done = subprocess.run(command, check=True, capture_output=True, cwd=ROOT, encoding="utf-8")
        paths = (Path(path).relative_to(out) for path in done.stdout.splitlines())
        return {path.as_posix() for path in paths if len(path.parts) > 1}

    def of(ending: str, *numbers: int) -> set[str]:
        return {f"episode-{number:04}/episode-{number:04}{ending}" for number in numbers}

    every, endings = tuple(range(30)), (".html", ".epub", "-large-print.pdf")
    assert remade() == {name for ending in endings for name in of(ending, *every)}
    assert remade() == set()
    path = folder / "episode-0012.txt"
    path.write_text(f"{path.read_text('utf-8')}\nMARISOL QUENBY: One more word.\n", encoding="utf-8")
    assert remade() == {name for ending in endings for name in of(ending, 12)}
    show = folder / "show.toml"
    show.write_text(f'{show.read_text("utf-8")}labels = ["The Chair"]\n', encoding="utf-8")
    assert remade() == {name for ending in endings for name in of(ending, 4, 8)}
    show.write_text(f'{show.read_text("utf-8")}\n[lexicon]\n"Quenby" = "KWEN-bee"\n', encoding="utf-8")
    assert remade() == of(".epub", *every), "the book tells reading systems how names are said"
    shutil.copytree(styles, tmp_path / "styles")
    with (tmp_path / "styles" / "large-print.css").open("a", encoding="utf-8") as sheet:
        sheet.write("/* another remark */\n")
    monkeypatch.setenv("OTHER_STYLES", str(tmp_path / "styles"))
    assert remade() == of("-large-print.pdf", *every)
    assert remade() == set()


# kills --------------------------------------------------------------------------------------


@pytest.mark.slow
@pytest.mark.skipif(not hasattr(os, "killpg"), reason="Windows has no such signals")
def test_after_kills_of_the_command_and_of_workers_a_last_run_ends_where_an_undisturbed_one_does(
    archive: Path, tmp_path: Path
) -> None:
    command = [*COMMAND, str(archive), "--to", "html,txt,mp3", "--show", "none", "--jobs", "2", "-o"]
    subprocess.run([*command, str(tmp_path / "first")], check=True, capture_output=True, cwd=ROOT)  # it speaks, once
    began = time.monotonic()
    subprocess.run([*command, str(tmp_path / "calm")], check=True, capture_output=True, cwd=ROOT)
    lasted = time.monotonic() - began
    disturbed = tmp_path / "disturbed"
    moments = random.Random(20261123)  # noqa: S311 - the same moments each time, no secret
    for turn in range(20):
        running = subprocess.Popen(
            [*command, str(disturbed), *(["--force"] if turn % 2 else [])],
            cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE,
        )  # fmt: skip
        time.sleep(moments.uniform(0.2, 1.0) * lasted)
        workers = _children(running.pid) if turn % 3 else []
        if turn % 3 != 1:
            running.kill()
        for worker in workers:
            with contextlib.suppress(ProcessLookupError):
                os.kill(worker, signal.SIGKILL)
        running.communicate(timeout=120)
    last = subprocess.run([*command, str(disturbed)], check=True, capture_output=True, cwd=ROOT)
    assert last.returncode == 0
    assert not differing(files_below(disturbed), files_below(tmp_path / "calm"))
    assert not left_at_work(disturbed)


def _children(process: int) -> list[int]:
    """Return the processes that any thread of a process has started."""
    try:
        lists = [path.read_text() for path in Path(f"/proc/{process}/task").glob("*/children")]
    except OSError:
        return []
    return [int(one) for one in " ".join(lists).split()]
