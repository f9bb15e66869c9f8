"""Nothing can be written, or a run died: what stood there before still stands, and nothing is left lying about."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from .conftest import SAMPLE, Run, files_below

EDITION = "backward-clock"


def test_out_that_is_a_file_is_refused_and_left_alone(source: Path, out: Path, run: Run) -> None:
    out.write_text("mine")
    made = run("convert", source, "-o", out, "--to", "txt")
    assert made.code == 5
    assert str(out) in made.err
    assert out.read_text() == "mine"


def test_a_file_in_the_episodes_place_is_refused_and_left_alone(source: Path, out: Path, run: Run) -> None:
    out.mkdir()
    (out / EDITION).write_text("mine")
    assert run("convert", source, "-o", out, "--to", "txt").code == 5
    assert files_below(out) == {EDITION: b"mine"}
    assert not (out / ".curbcut").exists()


def _bare_command(*argv: str | Path) -> list[str]:
    """Return the command without root's leave to write anywhere."""
    command = [sys.executable, "-m", "converters", *map(str, argv)]
    without = ["setpriv", "--bounding-set", "-dac_override,-dac_read_search", "--"]
    return [*without, *command] if os.geteuid() == 0 else command


@pytest.mark.parametrize("below", ["", "new/folder"])
def test_a_place_that_may_not_be_written_to_is_refused(below: str, source: Path, out: Path) -> None:
    out.mkdir()
    out.chmod(0o555)
    try:
        command = _bare_command("convert", source, "-o", out / below, "--to", "txt")
        ended = subprocess.run(command, capture_output=True, encoding="utf-8", check=False)
    except FileNotFoundError:
        pytest.skip("this is root, who may write everywhere, and setpriv is not here")
    finally:
        out.chmod(0o755)
    assert ended.returncode == 5, ended.stderr
    assert list(out.iterdir()) == []
    assert "Permission denied" in ended.stderr.splitlines()[-1]


FULL_DISK = """
import resource, signal, sys
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (2000, 2000))
from converters.cli import main
sys.exit(main(sys.argv[1:]))
"""


@pytest.mark.parametrize("before", [False, True])
def test_a_full_disk_changes_nothing(before: bool, source: Path, out: Path, run: Run) -> None:  # noqa: FBT001
    if before:
        run("convert", source, "-o", out, "--to", "html,json")
        source.write_text(SAMPLE.replace("mostly", "always"), encoding="utf-8")
    stood = files_below(out)
    command = [sys.executable, "-B", "-c", FULL_DISK, "convert", str(source), "-o", str(out), "--to", "html,json"]
    ended = subprocess.run(command, capture_output=True, encoding="utf-8", check=False)
    assert ended.returncode == 5, ended.stderr
    assert "Traceback" not in ended.stderr
    assert files_below(out) == stood
    assert out.exists() == before
    assert not (out / ".curbcut").exists()


def test_no_folder_is_made_for_a_source_that_cannot_be_read(out: Path, tmp_path: Path, run: Run) -> None:
    empty = tmp_path / "empty.txt"
    empty.write_bytes(b"")
    assert run("convert", empty, "-o", out / "deep" / "er", "--to", "txt").code == 3
    assert not out.exists()


def test_the_source_and_its_folder_are_never_touched(source: Path, out: Path, run: Run) -> None:
    before = files_below(source.parent)
    times = source.stat().st_mtime_ns
    source.chmod(0o444)
    run("convert", source, "-o", out, "--to", "html,txt")
    assert files_below(source.parent) == before
    assert source.stat().st_mtime_ns == times


def test_what_a_dead_run_left_behind_is_cleared_and_what_another_works_on_is_not(
    source: Path, out: Path, run: Run
) -> None:
    dead = subprocess.Popen([sys.executable, "-c", ""])
    dead.wait()
    for name in (f"{dead.pid}-0", f"{os.getpid()}-7", "1-0", f"{os.getpid()}-8"):
        folder = out / ".curbcut" / f"staging-{name}"
        folder.mkdir(parents=True)
        (folder / "half.html").write_text("half")
    fcntl = pytest.importorskip("fcntl", reason="Windows has other locks")
    other = os.open(folder, os.O_RDONLY)
    fcntl.flock(other, fcntl.LOCK_EX)
    run("convert", source, "-o", out, "--to", "txt")
    os.close(other)
    assert list((out / ".curbcut").iterdir()) == [folder]


def test_content_is_on_the_disk_before_its_name_and_the_manifest_last(
    source: Path, out: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    done: list[tuple[str, str]] = []
    flush, replace = os.fsync, Path.replace

    def flushing(number: int) -> None:
        done.append(("flushed", Path(f"/proc/self/fd/{number}").readlink().name))
        flush(number)

    def replacing(self: Path, target: Path) -> Path:
        done.append(("placed", self.name))
        return replace(self, target)

    monkeypatch.setattr(os, "fsync", flushing)
    monkeypatch.setattr(Path, "replace", replacing)
    assert run("convert", source, "-o", out, "--to", "html,txt").code == 0
    placed = [name for what, name in done if what == "placed"]
    assert placed[-1] == "manifest.json"
    assert len(placed) == 3
    for name in placed:
        assert done.index(("flushed", name)) < done.index(("placed", name))
    manifest = done.index(("placed", "manifest.json"))
    assert ("flushed", source.stem) in done[:manifest], "the names of the others are there by then"
    assert ("flushed", source.stem) in done[manifest:]
