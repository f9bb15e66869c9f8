"""The plan: everything that stands in the way is said before any work, and asking for it changes nothing."""

import io
import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from converters import doctor, sources
from converters.planning import ShowChoice, plan
from converters.published import OUR_FOLDER
from converters.readers import wordpress
from converters.readers.wordpress_export import Channel, Item, posts
from converters.settings import Limits, Options, Show, load_show
from converters.writers import writer_named

from .conftest import SAMPLE, SHOW, Ran, Run, episodes_in, files_below
from .test_report import TALK, _export

TO = ("--to", "html,txt", "--show", "none")


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    """Three good episodes in two folders; two of them would have the same folder of their own."""
    folder = tmp_path / "archive"
    for name in ("a/hour.txt", "b/hour.txt", "b/clock.txt"):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(SAMPLE, encoding="utf-8")
    return folder


def _dry(run: Run, *words: str | Path) -> Ran:
    return run("convert", *words, "--dry-run", *TO)


def test_asking_for_the_plan_writes_nothing(archive: Path, out: Path, run: Run) -> None:
    before = files_below(archive)
    said = _dry(run, archive, "-o", out)
    assert said.code == 0
    assert said.out.splitlines()[1] == f"{archive / 'b' / 'clock.txt'} → {out / 'clock'}: html, txt"
    assert said.err.splitlines()[-1] == f"3 episodes to convert, 6 editions, into {out}. Nothing was written."
    assert not out.exists()
    assert files_below(archive) == before


def test_the_plan_knows_what_the_last_run_has_done(archive: Path, out: Path, run: Run) -> None:
    run("convert", archive, "-o", out, *TO)
    (archive / "b" / "clock.txt").write_text(SAMPLE.replace("mostly", "never"), encoding="utf-8")
    before = {path: path.stat().st_mtime_ns for path in out.rglob("*")}
    said = _dry(run, archive, "-o", out)
    assert [line.rpartition(": ")[2] for line in said.out.splitlines()] == [
        "nothing to do",
        "html, txt",
        "nothing to do",
    ]
    assert "1 episode to convert, 2 editions" in said.err
    assert "2 episodes are as the last run left it." in said.err
    assert {path: path.stat().st_mtime_ns for path in out.rglob("*")} == before


def test_two_sources_that_would_have_one_folder_are_told_of(archive: Path, out: Path, run: Run) -> None:
    said = _dry(run, archive, "-o", out)
    assert "b/hour.txt: a/hour.txt has the folder that would be its own, so it goes to" in said.err
    assert said.code == 0


BAD = {
    "empty.txt": (b"", "the file is empty"),
    "blank.txt": (b"\xef\xbb\xbf \n", "the file is empty"),
    "paper.txt": (b"%PDF-1.7", "this is a PDF, which Curbcut does not read"),
    "sound.txt": (b"ID3\x04", "this is a recording, which Curbcut does not read"),
    "bytes.txt": (bytes(range(1, 9)) * 900, "this is not a text file"),
    "large.txt": (b"Ann: Yes.\n" * 110_000, "1 MB is more than a transcript should have"),
}


@pytest.mark.parametrize("name", BAD)
def test_what_cannot_be_read_is_told_of_before_the_work_begins(
    archive: Path, out: Path, run: Run, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    content, why = BAD[name]
    (archive / name).write_bytes(content)
    limit = ("--max-size", "1")
    dry = _dry(run, archive, "-o", out, *limit)
    assert dry.code == 7
    assert why in dry.err
    assert f"{archive / name}: cannot be converted" in dry.out.splitlines()
    assert "1 source cannot be converted; the reasons are above." in dry.err

    def working(*_: object) -> None:
        raise AssertionError("the work has begun")

    monkeypatch.setattr("converters.at_work.results", working)
    monkeypatch.setattr("converters.cli.results", working)
    with pytest.raises(AssertionError, match="begun"):
        run("convert", archive, "-o", out, *TO, *limit)


def test_the_reason_is_said_once_and_the_others_are_made(archive: Path, out: Path, run: Run) -> None:
    (archive / "paper.txt").write_bytes(b"%PDF-1.7")
    ran = run("convert", archive, "-o", out, *TO)
    assert ran.code == 7
    assert ran.err.count("this is a PDF") == 1
    assert {"clock", "hour"} <= episodes_in(out)


def test_one_source_that_cannot_be_read_has_its_own_exit_code(tmp_path: Path, out: Path, run: Run) -> None:
    (tmp_path / "paper.txt").write_bytes(b"%PDF-1.7")
    assert _dry(run, tmp_path / "paper.txt", "-o", out).code == 3


def test_a_missing_part_is_told_of_with_what_it_costs_and_what_mends_it(
    archive: Path, out: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    gone = tuple(
        doctor.Part(part.name, part.purpose, lambda: None, part.mend, part.costs) if part.name == "EbookLib" else part
        for part in doctor.PARTS
    )
    monkeypatch.setattr(doctor, "PARTS", gone)
    said = run("convert", archive, "-o", out, "--to", "html,epub", "--show", "none", "--dry-run")
    assert said.code == 6
    assert "EbookLib is missing, so these editions cannot be made: epub. Mend it: " in said.err


def test_a_folder_that_cannot_be_written_to_is_told_of(archive: Path, tmp_path: Path, run: Run) -> None:
    (tmp_path / "file").write_text("no folder", encoding="utf-8")
    said = _dry(run, archive, "-o", tmp_path / "file" / "out")
    assert said.code == 5
    assert "cannot be written to. Choose another folder with -o." in said.err


def test_the_plan_is_data_too(archive: Path, out: Path, run: Run) -> None:
    (archive / "paper.txt").write_bytes(b"%PDF-1.7")
    (archive / "unread.mp3").write_bytes(b"ID3")
    said = json.loads(_dry(run, archive, "-o", out, "--json").out)
    assert (said["version"], said["editions"], said["lacking"]) == (1, ["html", "txt"], [])
    assert [one["state"] for one in said["episodes"]] == ["to do", "to do", "to do", "refused"]
    assert [one["title"] for one in said["unread"]] == ["unread"]
    assert not out.exists()


# which sources ------------------------------------------------------------------------------


def _jobs(*wanted: Path) -> list[str]:
    out = wanted[0].parent / "out"
    return [job.name for job in plan(wanted, (writer_named("txt"),), out, Options(), ShowChoice(none=True))]


def test_a_pattern_finds_transcripts_in_all_folders_below(archive: Path) -> None:
    (archive / "b" / "picture.png").write_bytes(b"\x89PNG")
    assert _jobs(archive / "**" / "*") == ["a/hour.txt", "b/clock.txt", "b/hour.txt"]
    assert _jobs(archive / "b" / "c*.txt") == ["clock.txt"]


def test_a_pattern_that_nothing_fits_says_so(archive: Path, out: Path, run: Run) -> None:
    said = _dry(run, archive / "*.srt", "-o", out)
    assert said.code == 3
    assert "nothing fits this pattern" in said.err


def test_a_name_with_brackets_in_it_is_a_name(archive: Path) -> None:
    (archive / "hour [1].txt").write_text(SAMPLE, encoding="utf-8")
    assert _jobs(archive / "hour [1].txt") == ["hour [1].txt"]


def test_a_file_that_is_asked_for_twice_is_converted_once(archive: Path) -> None:
    (archive / "again").symlink_to(archive / "a")
    assert _jobs(archive / "a", archive / "a" / "hour.txt", archive / "again" / "hour.txt") == ["hour.txt"]


def test_a_list_names_sources_beside_it(archive: Path, out: Path, run: Run) -> None:
    (archive / "list.text").write_text("# the best\n\na/hour.txt\nb/c*.txt\nb/gone.txt\n", encoding="utf-8")
    said = run("convert", "--list", archive / "list.text", "-o", out, *TO)
    assert said.code == 7
    assert f"{archive / 'list.text'}, line 5: {archive / 'b' / 'gone.txt'}: there is no such file." in said.err
    assert episodes_in(out) == {"hour", "clock"}


def test_a_list_comes_through_a_pipe_too(archive: Path, out: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(archive)
    monkeypatch.setattr("sys.stdin", io.StringIO("a/hour.txt\n"))
    assert run("convert", "b/clock.txt", "--list", "-", "-o", out, *TO).code == 0
    assert episodes_in(out) == {"hour", "clock"}


@pytest.mark.parametrize("words", [(), ("--list", "gone.text"), ("--list", "empty.text")])
def test_no_source_at_all_is_a_usage_error(
    tmp_path: Path, run: Run, monkeypatch: pytest.MonkeyPatch, words: tuple[str, ...]
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "empty.text").write_text("# nothing\n", encoding="utf-8")
    assert run("convert", *words).code == 2
    assert not (tmp_path / OUR_FOLDER).exists()


# work is done once --------------------------------------------------------------------------


def test_a_show_is_read_once_for_an_archive(archive: Path, out: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (archive / "show.toml").write_text(SHOW, encoding="utf-8")
    read: list[Path] = []

    def reading(path: Path) -> Show:
        read.append(path)
        return load_show(path)

    monkeypatch.setattr("converters.planning.load_show", reading)
    jobs = plan((archive,), (writer_named("txt"),), out, Options(), ShowChoice())
    assert read == [archive.resolve() / "show.toml"]
    assert {job.options.show.name for job in jobs} == {"The Mended Hour"}


def test_an_export_is_gone_through_once_and_not_for_each_of_its_posts(
    tmp_path: Path, out: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = tmp_path / "export.xml"
    source.write_text(_export(*((f"talk-{n}", "", TALK, "publish") for n in range(3))), encoding="utf-8")
    wordpress._index.cache_clear()
    gone_through: list[str] = []

    def counted(content: bytes, name: str, limits: Limits) -> Iterator[tuple[Channel, Item]]:
        gone_through.append(name)
        return posts(content, name, limits)

    monkeypatch.setattr(wordpress, "posts", counted)
    assert run("convert", source, "-o", out, *TO).code == 0
    assert len(gone_through) == 2, "once for the plan, once for all three"


def test_a_beginning_tells_enough(tmp_path: Path) -> None:
    long = tmp_path / "long.txt"
    long.write_bytes(b" " * sources.HEAD + b"Ann: Yes.\n")
    assert sources.foreseen(long, "long.txt", Limits()) is None
