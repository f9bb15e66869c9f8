"""An archive on several machines, and at addresses: the same editions, and nothing is lost with a worker."""

import contextlib
import os
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from converters.archive import lease, mirror
from converters.archive.object_store import Place, address_in
from converters.errors import SavingError, SourceError

from .conftest import ROOT, SAMPLE, SHOW, Ran, Run, differing, files_below

EPISODES = 6
BUCKET = "episodes"
SLOW = """
import os, time
import converters.convert as convert
real = convert.convert
def slow(job, progress):
    if job.name == "3.txt" and not os.path.exists(os.environ["AT_REST"]):
        open(os.environ["AT_REST"], "w").close()
        time.sleep(600)
    return real(job, progress)
convert.convert = slow
"""


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    """Six episodes of a show, each with other words."""
    folder = tmp_path / "archive"
    (folder / "deeper").mkdir(parents=True)
    (folder / "show.toml").write_text(SHOW, encoding="utf-8")
    for number in range(EPISODES):
        place = folder if number % 2 else folder / "deeper"
        (place / f"{number}.txt").write_text(SAMPLE.replace("mostly", f"mostly, {number} times"), encoding="utf-8")
    (folder / "1.toml").write_text("date = 2024-05-06\n", encoding="utf-8")
    return folder


def _convert(run: Run, archive: str | Path, out: str | Path, *more: str) -> Ran:
    return run("convert", archive, "-o", out, "--to", "html,epub,txt", *more)


# a cluster --------------------------------------------------------------------------------------


def _until(holds: Callable[[], object]) -> bool:
    """Wait a minute at most for something to hold."""
    for _ in range(600):
        if holds():
            return True
        time.sleep(0.1)
    return False


@pytest.fixture
def cluster(tmp_path: Path) -> Iterator[tuple[str, list[subprocess.Popen[bytes]]]]:
    """A scheduler and two workers on this machine; a worker is slow with one episode, the first time."""
    patch = tmp_path / "patch"
    patch.mkdir()
    (patch / "sitecustomize.py").write_text(SLOW, encoding="utf-8")
    at_rest = tmp_path / "at-rest"
    at_rest.write_text("", encoding="utf-8")
    known = tmp_path / "scheduler.json"
    surroundings = {**os.environ, "PYTHONPATH": f"{patch}{os.pathsep}{ROOT}", "AT_REST": str(at_rest)}
    surroundings["DASK_DISTRIBUTED__SCHEDULER__ALLOWED_FAILURES"] = "3"
    started: list[subprocess.Popen[bytes]] = []

    def start(*words: str) -> subprocess.Popen[bytes]:
        command = [sys.executable, "-m", "distributed.cli.dask_worker", *words]
        if words[0] == "scheduler":
            command = [sys.executable, "-m", "distributed.cli.dask_scheduler", *words[1:]]
        with (tmp_path / "cluster.log").open("ab") as log:
            started.append(subprocess.Popen(command, env=surroundings, cwd=tmp_path, stdout=log, stderr=log))
        return started[-1]

    try:
        start("scheduler", "--host", "127.0.0.1", "--port", "0", "--no-dashboard", "--scheduler-file", str(known))
        assert _until(lambda: known.exists() and known.stat().st_size)
        import json

        address = json.loads(known.read_text())["address"]
        workers = [start(address, "--nthreads", "1", "--no-nanny", "--no-dashboard", "--host", "127.0.0.1")
                   for _ in range(2)]  # fmt: skip
        from distributed import Client

        with Client(address, timeout=60, set_as_default=False) as client:  # type: ignore[no-untyped-call]  # no types
            client.wait_for_workers(2, timeout=60)
        yield address, workers
    finally:
        for process in reversed(started):
            process.kill()
            process.wait()


@pytest.mark.slow
def test_a_cluster_makes_what_one_machine_makes(
    archive: Path, tmp_path: Path, run: Run, cluster: tuple[str, list[subprocess.Popen[bytes]]]
) -> None:
    (archive / "empty.txt").write_bytes(b"")
    here = _convert(run, archive, tmp_path / "here")
    there = _convert(run, archive, tmp_path / "there", "--cluster", cluster[0])
    assert (here.code, there.code) == (7, 7), there.err
    assert not differing(files_below(tmp_path / "here"), files_below(tmp_path / "there"))
    assert sorted(here.out.replace("/here", "").splitlines()) == sorted(there.out.replace("/there", "").splitlines())
    (archive / "1.txt").write_text(SAMPLE, encoding="utf-8")
    again = _convert(run, archive, tmp_path / "there", "--cluster", cluster[0])
    made = [path for path in map(Path, again.out.splitlines()) if path.parent != tmp_path / "there"]
    assert {path.parent.name for path in made} == {"1"}
    _convert(run, archive, tmp_path / "here")
    assert not differing(files_below(tmp_path / "here"), files_below(tmp_path / "there"))


@pytest.mark.slow
def test_what_a_lost_worker_was_at_is_made_by_another(
    archive: Path, tmp_path: Path, run: Run, cluster: tuple[str, list[subprocess.Popen[bytes]]]
) -> None:
    address, workers = cluster
    at_rest = tmp_path / "at-rest"
    at_rest.unlink()

    def kill_whoever_rests() -> None:
        assert _until(at_rest.exists)
        assert _until(lambda: sum(_has_children(worker.pid) for worker in workers) == 1), "the other one is done"
        (resting,) = (worker for worker in workers if _has_children(worker.pid))
        resting.kill()
        killed.append(resting.pid)

    killed: list[int] = []
    killing = threading.Thread(target=kill_whoever_rests)
    killing.start()
    there = _convert(run, archive, tmp_path / "there", "--cluster", address, "--max-minutes", "5")
    killing.join()
    assert killed
    assert there.code == 0, there.err
    assert _convert(run, archive, tmp_path / "here").code == 0
    assert not differing(files_below(tmp_path / "here"), files_below(tmp_path / "there"))


def _has_children(process: int) -> bool:
    """Tell whether any thread of a process has started another process that is there."""
    try:
        return any(path.read_text().split() for path in Path(f"/proc/{process}/task").glob("*/children"))
    except OSError:
        return False


def test_a_scheduler_that_does_not_answer_is_told_of(
    archive: Path, out: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("converters.archive.cluster._ANSWER", 1)
    said = _convert(run, archive, out, "--cluster", "tcp://127.0.0.1:9")
    assert said.code == 2
    assert "tcp://127.0.0.1:9: no scheduler answers there" in said.err


# addresses --------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def s3() -> Iterator[str]:
    """A server on this machine that speaks S3."""
    from moto.server import ThreadedMotoServer

    server = ThreadedMotoServer("127.0.0.1", 0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    yield f"http://{host}:{port}"
    server.stop()


@pytest.fixture
def bucket(s3: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """An empty bucket."""
    import fsspec  # type: ignore[import-untyped]  # it has no types

    for name, value in (("AWS_ENDPOINT_URL", s3), ("AWS_ACCESS_KEY_ID", "x"), ("AWS_SECRET_ACCESS_KEY", "x"),
                        ("AWS_DEFAULT_REGION", "us-east-1")):  # fmt: skip
        monkeypatch.setenv(name, value)
    store = fsspec.filesystem("s3", skip_instance_cache=True)
    with contextlib.suppress(FileNotFoundError):
        store.rm(BUCKET, recursive=True)
    store.mkdir(BUCKET)
    fsspec.get_filesystem_class("s3").clear_instance_cache()
    yield f"s3://{BUCKET}"
    fsspec.get_filesystem_class("s3").clear_instance_cache()


def _upload(folder: Path, address: str) -> None:
    place = Place(address)
    for path in folder.rglob("*"):
        if path.is_file():
            place.write(path.relative_to(folder).as_posix(), path.read_bytes())


def _download(address: str) -> dict[str, bytes]:
    place = Place(address)
    return {name: place.read(name) or b"" for name, _ in place.files() if not name.startswith(".curbcut/")}


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["s3", "memory", "file"])
def test_sources_and_editions_at_addresses(archive: Path, tmp_path: Path, run: Run, bucket: str, kind: str) -> None:
    root = {"s3": bucket, "memory": "memory://shelf", "file": f"file://{tmp_path / 'store'}"}[kind]
    _upload(archive, f"{root}/archive")
    assert _convert(run, archive, tmp_path / "here").code == 0
    made = _convert(run, f"{root}/archive", f"{root}/out")
    assert made.code == 0, made.err
    assert not differing(_download(f"{root}/out"), files_below(tmp_path / "here"))
    assert f"{root}/out/index.html" in made.out.splitlines()
    assert "curbcut-" not in made.out
    assert "curbcut-" not in made.err.replace("curbcut-s3", "")
    again = _convert(run, f"{root}/archive", f"{root}/out")
    assert (again.code, again.out) == (0, "")
    assert again.err.splitlines()[-1].startswith(f"Nothing to do: 18 editions are current in {root}/out")


@pytest.mark.slow
def test_at_an_address_only_what_a_change_touches_is_made_anew(
    archive: Path, tmp_path: Path, run: Run, bucket: str
) -> None:
    assert _convert(run, archive, f"{bucket}/out").code == 0
    (archive / "show.toml").write_text(SHOW.replace("[people.", '[lexicon]\n"Tinsel" = "TIN-sul"\n\n[people.', 1))
    (archive / "3.txt").write_text(SAMPLE, encoding="utf-8")
    made = _convert(run, archive, f"{bucket}/out")
    names = [line.removeprefix(f"{bucket}/out/") for line in made.out.splitlines()]
    episodes = [name for name in names if "/" in name]
    assert {name for name in episodes if name.endswith((".html", ".txt"))} == {"3/3.html", "3/3.txt"}
    assert {name for name in episodes if name.endswith(".epub")} == {f"{n}/{n}.epub" for n in range(EPISODES)}
    assert _convert(run, archive, tmp_path / "here").code == 0
    assert not differing(_download(f"{bucket}/out"), files_below(tmp_path / "here"))


@pytest.mark.slow
def test_after_a_kill_a_run_at_an_address_goes_on(archive: Path, tmp_path: Path, run: Run, bucket: str) -> None:
    command = [sys.executable, "-m", "converters", "convert", str(archive), "-o", f"{bucket}/out", "--to",
               "html,epub,txt", "--jobs", "1"]  # fmt: skip
    running = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    assert running.stdout
    assert running.stdout.readline()
    running.kill()
    running.communicate()
    place = Place(f"{bucket}/out")
    place.write(".curbcut/lease.json", b'{"owner": "killed", "at": 0}')
    assert _convert(run, archive, f"{bucket}/out").code == 0
    assert _convert(run, archive, tmp_path / "here").code == 0
    assert not differing(_download(f"{bucket}/out"), files_below(tmp_path / "here"))


def test_a_second_run_at_an_address_is_refused(archive: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lease, "PATIENCE", 0.2)
    with lease.leased(Place("memory://held")):
        said = _convert(run, archive, "memory://held")
    assert said.code == 5
    assert "memory://held: another run is at work there." in said.err


def test_of_two_that_begin_at_once_one_works(monkeypatch: pytest.MonkeyPatch) -> None:
    place = Place("memory://both")
    real = lease._read

    def read(out: Place) -> object:
        found = real(out)
        if found is not None:
            lease._write(out, "the other one")
            return real(out)
        return found

    monkeypatch.setattr(lease, "_read", read)
    with pytest.raises(SavingError, match="has begun there just now"), lease.leased(place):
        pass


def test_the_plan_of_an_address_writes_nothing_there(archive: Path, run: Run) -> None:
    said = run("convert", archive, "-o", "memory://planned", "--dry-run", "--to", "txt")
    assert said.code == 0
    assert "into memory://planned. Nothing was written." in said.err
    assert list(Place("memory://planned").files()) == []


def test_a_path_stands_for_an_address() -> None:
    assert address_in(Path("s3://bucket/a/b.txt")) == "s3://bucket/a/b.txt"
    assert address_in(Path("file:///a/b")) == "file:///a/b"
    assert address_in(Path("a/b:c/d")) is None
    assert address_in(Path("/a/b")) is None


def test_an_address_that_has_nothing_is_told_of(run: Run, out: Path) -> None:
    said = run("convert", "memory://nothing/here.txt", "-o", out, "--to", "txt")
    assert said.code == 3
    assert "memory://nothing/here.txt: there is no such file." in said.err
    with pytest.raises(SourceError), mirror.mirrored((Path("memory://x/y.txt"),), out, only_looking=True):
        pass


def test_an_unknown_kind_of_address_is_told_of(run: Run, archive: Path) -> None:
    said = _convert(run, archive, "gopher://hole/out")
    assert said.code == 6
    assert "gopher://hole/out: this kind of address cannot be opened here" in said.err
