"""Several episodes at once: the same files as one after the other, in the same order, and nobody left at work."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from .conftest import ROOT, SAMPLE, Run, differing, episodes_in, files_below, left_at_work

pytestmark = pytest.mark.slow

COMMAND = [sys.executable, "-m", "converters", "convert"]
DYING = """
import os
import converters.convert as convert
real = convert.convert
def dying(job, progress):
    if job.name == "3.txt":
        os._exit(9)
    return real(job, progress)
convert.convert = dying
"""
RESTING = DYING.replace("os._exit(9)", "open(os.environ['AT_REST'], 'w').close(); __import__('time').sleep(600)")


@pytest.fixture
def episodes(tmp_path: Path) -> Path:
    folder = tmp_path / "episodes"
    folder.mkdir()
    for number in range(6):
        (folder / f"{number}.txt").write_text(SAMPLE.replace("mostly", f"mostly, {number} times"), encoding="utf-8")
    return folder


def _convert(episodes: Path, out: Path, jobs: int, **variables: str) -> subprocess.CompletedProcess[str]:
    command = [*COMMAND, str(episodes), "-o", str(out), "--to", "html,txt", "--jobs", str(jobs), "--show", "none"]
    environment = {**os.environ, **variables}
    return subprocess.run(
        command, env=environment, capture_output=True, encoding="utf-8", check=False, cwd=ROOT, timeout=120
    )


def _patched(folder: Path, code: str) -> str:
    """A place that Python looks into first, with code that every process runs at its start."""
    (folder / "patch").mkdir()
    (folder / "patch" / "sitecustomize.py").write_text(code, encoding="utf-8")
    return f"{folder / 'patch'}{os.pathsep}{ROOT}"


def test_several_at_once_make_what_one_after_the_other_makes(episodes: Path, tmp_path: Path) -> None:
    (episodes / "nothing.txt").write_text("", encoding="utf-8")
    one, several = (_convert(episodes, tmp_path / f"out-{jobs}", jobs) for jobs in (1, 3))
    assert one.returncode == several.returncode == 7
    assert not differing(files_below(tmp_path / "out-1"), files_below(tmp_path / "out-3"))
    assert one.stdout.replace("out-1", "") == several.stdout.replace("out-3", "")
    assert one.stderr.replace("out-1", "") == several.stderr.replace("out-3", "")


def test_a_terminal_is_told_how_many_are_done(
    episodes: Path, tmp_path: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("converters.cli.wants_plain_lines", lambda *_: False)
    drawn = run("convert", episodes, "-o", tmp_path / "out", "--to", "txt", "--jobs", "2", "--show", "none").err
    assert [f"6 transcripts: converted {done} of 6" in drawn for done in range(7)] == [True] * 7
    assert drawn.rpartition("converted 6 of 6")[2].partition("\r\x1b[K")[2].startswith("Made 6 editions")


def test_a_fault_that_nobody_has_thought_of_costs_its_own_episode_only(episodes: Path, tmp_path: Path) -> None:
    fault = _patched(tmp_path, DYING.replace("os._exit(9)", "raise RuntimeError('what is this?')"))
    made = _convert(episodes, tmp_path / "out", 2, PYTHONPATH=fault)
    assert made.returncode == 7
    assert "3.txt: a fault in Curbcut stopped it (RuntimeError('what is this?'))" in made.stderr
    assert episodes_in(tmp_path / "out") == set("01245")


def test_a_process_that_dies_costs_its_own_episode_only(episodes: Path, tmp_path: Path) -> None:
    made = _convert(episodes, tmp_path / "out", 2, PYTHONPATH=_patched(tmp_path, DYING))
    assert made.returncode == 7
    assert "3.txt: its process ended before it was done" in made.stderr
    assert episodes_in(tmp_path / "out") == set("01245")
    again = _convert(episodes, tmp_path / "out", 2)
    assert again.returncode == 0
    assert not left_at_work(tmp_path / "out")


@pytest.mark.skipif(not hasattr(os, "killpg"), reason="Windows has no such signals")
@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGKILL])
def test_no_process_outlives_the_command(episodes: Path, tmp_path: Path, how: signal.Signals) -> None:
    rests = tmp_path / "at-rest"
    environment = {**os.environ, "PYTHONPATH": _patched(tmp_path, RESTING), "AT_REST": str(rests)}
    command = [*COMMAND, str(episodes), "-o", str(tmp_path / "out"), "--to", "txt", "--jobs", "2"]
    running = subprocess.Popen(
        command, env=environment, cwd=ROOT, start_new_session=True, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE
    )
    assert _until(rests.exists)
    running.send_signal(how)
    _, said = running.communicate(timeout=60)
    assert _until(lambda: not _alive(running.pid))
    assert b"Traceback" not in said
    if how == signal.SIGINT:
        assert running.returncode == 130
        assert not left_at_work(tmp_path / "out")


def _alive(group: int) -> bool:
    try:
        os.killpg(group, 0)
    except ProcessLookupError:
        return False
    return True


def _until(holds: "object") -> bool:
    """Wait a minute at most for something to hold."""
    assert callable(holds)
    for _ in range(600):
        if holds():
            return True
        time.sleep(0.1)
    return False
