"""kill -9 at any moment: every file is old or new, and whole; the next run mends what is left."""

import random
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest

from .conftest import SAMPLE, files_below

pytestmark = pytest.mark.slow

SLUG = "backward-clock"


def _command(source: Path, out: Path) -> list[str]:
    return [sys.executable, "-m", "converters", "convert", str(source), "-o", str(out), "--to", "html,epub,txt,json"]


def _converted(source: Path, out: Path) -> dict[str, bytes]:
    subprocess.run(_command(source, out), check=True, capture_output=True)
    return files_below(out)


def _killed_after(seconds: float, source: Path, out: Path) -> None:
    running = subprocess.Popen(_command(source, out), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    time.sleep(seconds)
    running.kill()
    running.wait()


def test_after_a_kill_at_any_moment_every_file_is_old_or_new_and_the_next_run_mends(
    source: Path, tmp_path: Path
) -> None:
    old = _converted(source, tmp_path / "old")
    source.write_text(SAMPLE.replace("mostly", "always"), encoding="utf-8")
    began = time.monotonic()
    new = _converted(source, tmp_path / "new")
    lasted = time.monotonic() - began
    shutil.copytree(tmp_path / "old", tmp_path / "disturbed")
    moments = random.Random(20240229)  # noqa: S311 - the same moments each time, no secret
    for _ in range(15):
        shutil.rmtree(tmp_path / "disturbed")
        shutil.copytree(tmp_path / "old", tmp_path / "disturbed")
        _killed_after(moments.uniform(0.4, 1.05) * lasted, source, tmp_path / "disturbed")
        for name, content in files_below(tmp_path / "disturbed" / SLUG).items():
            assert content in {old[f"{SLUG}/{name}"], new[f"{SLUG}/{name}"]}, name
        assert _converted(source, tmp_path / "disturbed") == new
        assert not (tmp_path / "disturbed" / ".curbcut").exists()


STOP_AT = """
import os, sys
import converters.saving as saving
place, left = saving.place, [int(sys.argv[1])]
def stopping(staged, target):
    if not left[0]:
        os.kill(os.getpid(), 9)
    left[0] -= 1
    place(staged, target)
import converters.shelf
converters.shelf.place = stopping
from converters.cli import main
sys.exit(main(sys.argv[2:]))
"""


@pytest.mark.parametrize("placed", range(6))
def test_a_kill_between_any_two_files_is_mended_by_the_next_run(placed: int, source: Path, tmp_path: Path) -> None:
    old = _converted(source, tmp_path / "out")
    source.write_text(SAMPLE.replace("mostly", "always"), encoding="utf-8")
    new = _converted(source, tmp_path / "new")
    command = [sys.executable, "-c", STOP_AT, str(placed), *_command(source, tmp_path / "out")[3:]]
    ended = subprocess.run(command, capture_output=True, check=False)
    assert ended.returncode == (-9 if placed < 5 else 0)
    found = files_below(tmp_path / "out" / SLUG)
    changed = [name for name, content in found.items() if content == new[f"{SLUG}/{name}"]]
    assert len(changed) == placed
    assert all(content == old[f"{SLUG}/{name}"] for name, content in found.items() if name not in changed)
    assert ("manifest.json" in changed) == (placed == 5), "the manifest comes last"
    assert _converted(source, tmp_path / "out") == new
