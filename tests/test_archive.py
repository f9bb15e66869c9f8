"""A run over an archive: what is current stays, what is spoilt costs only itself, and any kill is mended."""

import os
import random
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
from converters.planning import ShowChoice, plan
from converters.settings import Options
from converters.writers import writer_named

from .conftest import ROOT, SAMPLE, Run, episodes_in, files_below, left_at_work

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
    assert files_below(out) == whole


@pytest.mark.parametrize("spoilt", [b"", b"\x00\xff", b'{"folder": "0", "asked'])
def test_a_record_that_cannot_be_read_costs_a_look(archive: Path, out: Path, run: Run, spoilt: bytes) -> None:
    _convert(run, archive, out)
    whole = files_below(out)
    record = out / ".curbcut" / "record.jsonl"
    record.write_bytes(record.read_bytes()[:-40] + spoilt)
    code, written, _ = _convert(run, archive, out)
    assert (code, written) == (0, [])
    assert files_below(out) == whole


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


# what is spoilt -----------------------------------------------------------------------------


SPOILT = """
import os, signal, sys, time
import converters.archive.pool as pool
from converters.convert import Result
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


# kills --------------------------------------------------------------------------------------


@pytest.mark.slow
@pytest.mark.skipif(not hasattr(os, "killpg"), reason="Windows has no such signals")
def test_after_kills_of_the_command_and_of_workers_a_last_run_ends_where_an_undisturbed_one_does(
    archive: Path, tmp_path: Path
) -> None:
    command = [*COMMAND, str(archive), "--to", "html,txt,json", "--show", "none", "--jobs", "2", "-o"]
    began = time.monotonic()
    subprocess.run([*command, str(tmp_path / "calm")], check=True, capture_output=True, cwd=ROOT)
    lasted = time.monotonic() - began
    disturbed = tmp_path / "disturbed"
    moments = random.Random(20261123)  # noqa: S311 - the same moments each time, no secret
    for turn in range(10):
        running = subprocess.Popen(
            [*command, str(disturbed), *(["--force"] if turn % 2 else [])],
            cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE,
        )  # fmt: skip
        time.sleep(moments.uniform(0.2, 1.0) * lasted)
        if turn % 3 == 2:
            for worker in _children(running.pid):
                os.kill(worker, signal.SIGKILL)
        else:
            running.kill()
        running.communicate(timeout=120)
    last = subprocess.run([*command, str(disturbed)], check=True, capture_output=True, cwd=ROOT)
    assert last.returncode == 0
    assert files_below(disturbed) == files_below(tmp_path / "calm")
    assert not left_at_work(disturbed)


def _children(process: int) -> list[int]:
    try:
        return [int(one) for one in Path(f"/proc/{process}/task/{process}/children").read_text().split()]
    except OSError:
        return []
