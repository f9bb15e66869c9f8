"""Files made to do harm are refused in one line or read like any other, in little memory, and open nothing."""

import re
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from .hostile import HOSTILE

MOST_MEMORY = 300_000
"""Kilobytes that a reading may take, whatever it reads; the kernel counts them anew for each program."""
PATIENCE = 30
"""Seconds of the processor after which a reading hangs. How long it takes is shown by `make bench`."""

WATCHED = f"""
import resource, sys
from pathlib import Path
from converters.cli import main

resource.setrlimit(resource.RLIMIT_CPU, ({PATIENCE}, {PATIENCE}))
source = Path(sys.argv[1]).resolve()
ours = (sys.prefix, sys.base_prefix, str(Path(main.__code__.co_filename).parent), str(source))

def watch(event, details):
    if event.startswith(("socket.", "subprocess.", "os.system", "os.exec", "os.posix_spawn", "urllib.")):
        raise SystemExit(f"watched: {{event}} {{details}}")
    name = str(details[0]) if event == "open" else "manifest.json"
    if not name.startswith(ours) and not name.isdigit() and not name.endswith(("manifest.json", "/status")):
        raise SystemExit(f"watched: open {{details[0]}}")

sys.addaudithook(watch)
code = main(["inspect", str(source), "--show", "none"])
(most,) = [line for line in open("/proc/self/status") if line.startswith("VmHWM:")]
print("most memory:", most.split()[1], file=sys.stderr)
sys.exit(code)
"""
"""Reads a file as the command does, and ends at once if anything else is opened or called."""


@pytest.mark.parametrize("name", HOSTILE)
def test_a_file_made_to_do_harm_does_none(name: str, tmp_path: Path) -> None:
    source = tmp_path / name
    content = HOSTILE[name]()
    source.write_bytes(content)
    done = _watched(source)
    assert done.returncode in {0, 3}, done.stderr[-500:]
    said, _, memory = done.stderr.rpartition("most memory: ")
    assert int(memory) <= MOST_MEMORY
    assert done.returncode == 0 or re.fullmatch(rf"{re.escape(name)}.*\n", said), said[:500]
    assert "root:" not in done.stdout
    assert source.read_bytes() == content
    assert [path.name for path in tmp_path.iterdir()] == [name]


def test_the_watch_sees_what_is_opened(tmp_path: Path) -> None:
    source = tmp_path / "a.txt"
    source.write_text("ANN: Hi.\n\nBOB: Hi.\n")
    (tmp_path / "a.toml").write_text('title = "Hi"')
    done = _watched(source)
    assert done.returncode == 1
    assert done.stderr.startswith(f"watched: open {tmp_path / 'a.toml'}")


def _watched(source: Path) -> subprocess.CompletedProcess[str]:
    root = Path(__file__).parents[1]
    done = subprocess.run(
        [sys.executable, "-c", WATCHED, source], text=True, capture_output=True, check=False, cwd=root
    )
    assert done.returncode != -signal.SIGXCPU, "it hangs"
    return done
