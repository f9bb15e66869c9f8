"""``curbcut check`` on a machine that has hardly a checker: what is missing is said, what is wrong is found."""

import json
import os
import shutil
import sys
import time
import zipfile
from pathlib import Path

import msgspec
import pytest

from converters.checks.evidence import Evidence
from converters.checks.outside import clauses, running
from converters.checks.outside.answers import Said, Work
from converters.checks.outside.asking import Asked, Settings, ask_all
from converters.checks.outside.running import DidNotRunError, Stopped
from converters.checks.outside.table import NAMES, TABLE

from .conftest import SAMPLE, Run

HIDDEN = {"nu", "axe", "htmlcs", "ibm", "reflow", "epubcheck", "ace", "verapdf", "ffmpeg", "webvtt", "pef"}
"""Checkers that need a command which no test of this file finds."""


@pytest.fixture(autouse=True)
def without_checkers(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Nothing is on the PATH, as on a machine where Curbcut was just installed."""
    (tmp_path / "empty").mkdir()
    monkeypatch.setenv("PATH", str(tmp_path / "empty"))


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    from converters.cli import main

    folder = tmp_path_factory.mktemp("check")
    source = folder / "clock.txt"
    source.write_text(SAMPLE, encoding="utf-8")
    assert main(["convert", str(source), "-o", str(folder / "out"), "--to", "html,epub,txt,json"]) == 0
    return folder / "out" / "clock"


@pytest.fixture
def episode(made: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(made, tmp_path / "out" / "clock"))


def evidence(run: Run, *words: str | Path) -> tuple[int, Evidence]:
    ran = run("check", *words, "--json", "--jobs", "2")
    return ran.code, msgspec.json.decode(ran.out, type=Evidence)


def replace(path: Path, before: str, after: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert before in text
    path.write_text(text.replace(before, after), encoding="utf-8")


def test_a_missing_checker_is_said_to_be_missing_and_never_counted_as_passed(run: Run, episode: Path) -> None:
    code, found = evidence(run, episode)
    assert code == 0
    ran = {one.checker for verdict in found.verdicts for one in verdict.runs}
    missing = {one.checker: one for verdict in found.verdicts for one in verdict.not_run}
    assert ran == {"parity", "structure", "claims", "display"}
    assert {"nu", "axe", "htmlcs", "ibm", "reflow", "epubcheck", "ace"} <= set(missing)
    assert all(missing[name].mend for name in HIDDEN & set(missing))
    plain = run("check", episode)
    assert "not run: Ace by DAISY (epub): there is no browser" in plain.out
    assert "Get it with: sudo apt-get install chromium" in plain.out


def test_a_required_checker_that_is_missing_ends_with_4(run: Run, episode: Path) -> None:
    assert run("check", episode, "--require", "parity").code == 4, "the json edition itself was compared with nothing"
    assert run("check", episode / "clock.txt", "--require", "parity").code == 0
    ran = run("check", episode / "clock.epub", "--require", "parity, ace")
    assert ran.code == 4
    assert "Required, and did not look at everything that it should: ace" in ran.err


def test_a_checker_that_there_is_none_of_is_an_error_of_usage(run: Run, episode: Path) -> None:
    ran = run("check", episode, "--require", "acme")
    assert ran.code == 2
    assert all(name in ran.err for name in NAMES)


@pytest.mark.parametrize("suffix", [".html", ".txt"])
def test_a_sentence_that_was_taken_out_is_found(run: Run, episode: Path, suffix: str) -> None:
    replace(episode / f"clock{suffix}", "Some of them wind me.", "")
    code, found = evidence(run, episode / f"clock{suffix}")
    (verdict,) = found.verdicts
    assert code == 4
    assert {(one.checker, one.rule, one.severity) for one in verdict.remarks} == {
        ("curbcut", "altered", "warning"),
        ("parity", "parity", "error"),
    }
    assert all(one.advice for one in verdict.remarks)


def test_the_model_itself_is_compared_with_the_transcript_that_is_named(run: Run, episode: Path, made: Path) -> None:
    replace(episode / "clock.json", "Springs, mostly.", "Nothing, mostly.")
    source = made.parents[1] / "clock.txt"
    assert evidence(run, episode / "clock.txt")[0] == 4, "the other editions differ from the changed model"
    code, found = evidence(run, episode, "--source", source)
    assert code == 4
    faults = {v.format: [one.rule for one in v.remarks if one.severity == "error"] for v in found.verdicts}
    assert faults == {"html": [], "epub": [], "txt": [], "json": ["model-altered", "parity", "model-differs"]}


def test_a_source_belongs_to_one_episode(run: Run, episode: Path, made: Path) -> None:
    shutil.copytree(episode, episode.with_name("other"))
    assert run("check", episode.parent, "--source", made.parents[1] / "clock.txt").code == 2


def test_a_folder_of_episodes_is_gone_through_in_order(run: Run, episode: Path) -> None:
    shutil.copytree(episode, episode.with_name("another"))
    shutil.copy(episode / "clock.epub", episode.parent / "loose.epub")
    _, found = evidence(run, episode.parent)
    files = [Path(verdict.file).relative_to(episode.parent).parts[0] for verdict in found.verdicts]
    assert files == ["another"] * 4 + ["clock"] * 4 + ["loose.epub"]
    assert {one.checker: one.why for one in found.verdicts[-1].not_run}["parity"].startswith("another program made it")


def test_the_evidence_is_the_same_each_time_and_has_no_time_in_it(run: Run, episode: Path) -> None:
    first, second = (run("check", episode, "--json", "--jobs", jobs).out for jobs in ("1", "3"))
    assert first == second
    told = json.loads(first)
    assert set(told) == {"schema", "tool", "verdicts"}
    assert set(told["verdicts"][0]) == {
        *("file", "format", "runs", "remarks", "not_run", "to_judge", "display", "seen", "made", "parity", "quoted")
    }
    assert set(told["verdicts"][0]["runs"][0]) == {"checker", "version", "files", "rules_run", "covers"}


def test_every_edition_says_what_only_a_person_can_judge(run: Run, episode: Path) -> None:
    _, found = evidence(run, episode)
    assert all(len(verdict.to_judge) >= 3 for verdict in found.verdicts)
    assert "[ ] html: Headings and the table of contents make sense" in run("check", episode).out


def test_a_file_that_is_gone_and_one_outside_the_folder_are_faults(run: Run, episode: Path, tmp_path: Path) -> None:
    (episode / "clock.txt").unlink()
    (tmp_path / "out" / "secret.html").write_text("<p>secret</p>", encoding="utf-8")
    replace(episode / "manifest.json", '"clock.html"', '"../secret.html"')
    code, found = evidence(run, episode)
    assert code == 4
    errors = {v.format: {one.rule for one in v.remarks if one.severity == "error"} for v in found.verdicts}
    assert errors["txt"] == {"missing"}
    assert errors["html"] == {"unsafe"}
    assert "secret</p>" not in msgspec.json.encode(found).decode()


def write_zip(path: Path, name: str, content: bytes = b"x") -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr(name, content)
    return path


def test_no_checker_is_shown_a_zip_that_is_an_attack(run: Run, tmp_path: Path) -> None:
    files = [
        write_zip(tmp_path / "bomb.epub", "a", bytes(60_000_000)),
        write_zip(tmp_path / "out.epub", "../../a"),
        tmp_path / "torn.epub",
    ]
    files[2].write_bytes(b"PK\x03\x04 and no more")
    code, found = evidence(run, *files)
    assert code == 4
    assert [[one.rule for one in verdict.remarks] for verdict in found.verdicts] == [["unsafe"]] * 3
    assert not any(verdict.runs for verdict in found.verdicts)


def test_what_is_not_there_or_cannot_be_checked_ends_with_3(run: Run, tmp_path: Path) -> None:
    assert run("check", tmp_path / "nowhere").code == 3
    assert run("check", tmp_path / "empty").code == 3
    (tmp_path / "notes.xyz").write_text("?", encoding="utf-8")
    assert run("check", tmp_path / "notes.xyz").code == 3


def test_a_device_is_no_edition(run: Run, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.html")
    code, found = evidence(run, tmp_path / "pipe.html")
    assert code == 4
    assert [one.rule for one in found.verdicts[0].remarks] == ["unreadable"]


# processes ------------------------------------------------------------------------------------

HANGS = """
import subprocess, sys, time
subprocess.Popen([sys.executable, "-c", MARK], start_new_session=True)
time.sleep(60)
"""


def test_a_checker_that_hangs_is_ended_with_all_that_it_started(tmp_path: Path) -> None:
    mark = f"import time; time.sleep(4); open({str(tmp_path / 'late')!r}, 'w')"
    program = (sys.executable, "-c", HANGS.replace("MARK", repr(mark)))
    with pytest.raises(DidNotRunError, match="no answer"):
        running.ask(program, Work(("axe",)), 1.0, Stopped())
    time.sleep(4)
    assert not (tmp_path / "late").exists()


def test_what_a_checker_leaves_in_its_temporary_folder_is_removed(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    left = "import os, tempfile; tempfile.mkdtemp(); open('here', 'w'); print('{}')"
    running.ask((sys.executable, "-c", left), Work(("axe",)), 30.0, Stopped())
    assert [path.name for path in tmp_path.iterdir()] == ["empty"]


CRASHES_OVER_ONE = """
import json, sys
work = json.load(sys.stdin)
if any("bad" in name for name in work["files"]):
    sys.exit("out of memory")
print(json.dumps({"ooxml-integrity": {"version": "1", "said": {name: [] for name in work["files"]}}}))
"""


def test_a_file_that_makes_a_checker_crash_costs_its_neighbours_nothing(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(running, "python_program", lambda _: (sys.executable, "-c", CRASHES_OVER_ONE))
    names = ("one", "bad", "two")
    editions = [
        Asked(n, "docx", (tmp_path / f"{n}.docx",), "", ours=False, checkers=("ooxml-integrity",)) for n in names
    ]
    monkeypatch.setattr("converters.checks.outside.asking.lack_of", lambda _: None)
    outcome = ask_all(editions, Settings(jobs=2))
    told = {one.key: outcome.of("ooxml-integrity", one) for one in editions}
    assert [name for name in names if told[name].runs] == ["one", "two"]
    assert "out of memory" in told["bad"].not_run[0].why


# the tables -----------------------------------------------------------------------------------


def test_every_checker_that_can_be_missing_says_how_it_is_had() -> None:
    assert len(set(NAMES)) == len(TABLE)
    without = {"parity", "structure", "braille-cells", "claims", "display"}
    assert {checker.name for checker in TABLE if not checker.mend} == without


def test_every_row_of_the_clauses_is_of_a_checker_and_has_advice() -> None:
    table = clauses.table()
    assert {row.checker for row in table.rules} <= {*NAMES, "curbcut"}
    for row in table.rules:
        told = Said(row.rule, "error", row.words, row.where)
        (remark,) = clauses.remarks(row.checker, [told])
        assert remark.advice != "See the checker's own words.", row


def test_an_unknown_rule_keeps_the_checkers_own_words_and_a_part_of_a_clause_has_its_advice() -> None:
    (own,) = clauses.remarks("axe", [Said("brand-new", "error", "Something new", "p")])
    assert (own.text, own.clauses, own.advice) == ("Something new", (), "See the checker's own words.")
    (part,) = clauses.remarks("verapdf", [Said("7.18.5-t2", "error", "A link", "", ("PDF/UA-1 §7.18.5",))])
    assert part.advice.startswith("Tag links")


def test_what_is_the_same_at_many_places_is_told_once() -> None:
    said = [Said("region", "warning", "Outside", f"p:nth-child({n})") for n in range(30)]
    (remark,) = clauses.remarks("axe", said)
    assert (remark.count, remark.where) == (30, "p:nth-child(0)")
