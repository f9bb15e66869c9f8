"""One episode into its editions: same bytes, whole files, and nothing lost when something fails."""

import hashlib
import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import msgspec
import pytest

import converters.writers.txt
from converters.document import Document
from converters.errors import MissingPartError
from converters.version import TOOL
from converters.writers import Artifact, WriteContext

from .conftest import FORMATS, SAMPLE, SILENT, Run, differing, episodes_in, files_below

EDITION = "backward-clock"
NAMES = {name: f"{EDITION}.{name}" for name in FORMATS} | {"pdf": f"{EDITION}-large-print.pdf"}


def _manifest(out: Path, slug: str = EDITION) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((out / slug / "manifest.json").read_bytes())
    return found


def _rows(out: Path) -> dict[str, dict[str, Any]]:
    return {row["format"]: row for row in _manifest(out)["artifacts"]}


def test_two_runs_make_the_same_bytes_and_leave_nothing_else(source: Path, tmp_path: Path, run: Run) -> None:
    made = []
    for name in ("one", "two"):
        assert run("convert", source, "-o", tmp_path / name, "--to", SILENT).code == 0
        made.append(files_below(tmp_path / name))
    assert made[0] == made[1]
    assert set(made[0]) == {f"{EDITION}/{name}" for name in (*NAMES.values(), "manifest.json")}
    assert run("convert", source, "-o", tmp_path / "one", "--to", SILENT).code == 0
    assert not differing(files_below(tmp_path / "one"), made[0])
    assert not (tmp_path / "one" / ".curbcut").exists()


def test_another_process_makes_the_same_bytes(source: Path, out: Path, tmp_path: Path, run: Run) -> None:
    run("convert", source, "-o", out, "--to", "html,epub,txt,json", "--jobs", "1")
    command = [sys.executable, "-m", "converters", "convert", str(source), "-o", str(tmp_path / "other")]
    seeded = {**os.environ, "PYTHONHASHSEED": "7", "TZ": "Pacific/Apia", "LC_ALL": "C"}
    subprocess.run([*command, "--to", "html,epub,txt,json", "--jobs", "3"], check=True, env=seeded, capture_output=True)
    assert not differing(files_below(tmp_path / "other"), files_below(out))


def test_the_manifest_says_what_the_contract_says(source: Path, out: Path, run: Run) -> None:
    run("convert", source, "-o", out, "--to", SILENT)
    found = _manifest(out)
    assert list(found) == ["source", "title", "tool", "artifacts", "findings", "episode"]
    assert found["source"] == {"name": source.name, "sha256": hashlib.sha256(source.read_bytes()).hexdigest()}
    assert found["title"] == "The Clock That Runs Backward: Two Menders on Lost Time"
    assert found["tool"] == TOOL
    assert [row["format"] for row in found["artifacts"]] == list(FORMATS)
    for row in found["artifacts"]:
        path = out / EDITION / NAMES[row["format"]]
        assert row["path"] == path.name
        assert row["bytes"] == path.stat().st_size
        assert row["sha256"] == hashlib.sha256(path.read_bytes()).hexdigest()
    assert [row["media_type"] for row in found["artifacts"]] == [
        "text/html",
        "application/epub+zip",
        "application/pdf",
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        "text/plain",
        "application/json",
    ]


def test_the_manifest_has_what_lists_of_episodes_say(source: Path, out: Path, run: Run) -> None:
    run("convert", source, "-o", out, "--to", "txt")
    episode = _manifest(out)["episode"]
    assert episode["language"] == "en"
    assert [(person["id"], person["name"], person.get("part")) for person in episode["people"]] == [
        ("ignace-fellowdale", "Ignace Fellowdale", "guest"),
        ("wilhelmina-dunnock", "Wilhelmina Dunnock", "guest"),
        ("tamsin-orrelby", "Tamsin Orrelby", "host"),
    ]
    assert episode["summary"].startswith("A small workshop mends what big shops throw away.")
    assert episode["words"] == 63


def test_the_findings_of_the_manifest_are_those_of_inspect_and_of_the_edition(
    source: Path, out: Path, run: Run
) -> None:
    run("convert", source, "-o", out, "--to", "txt", "--show", "none")
    read = json.loads(run("inspect", source, "--json", "--show", "none").out)["findings"]
    kept = _manifest(out)["findings"]
    assert kept[: len(read)] == read
    assert [finding["code"] for finding in kept[len(read) :]] == ["show-001"]
    assert all(set(finding) == {"code", "severity", "text", "where"} for finding in kept)


def test_stdout_has_the_paths_written_one_a_line(source: Path, out: Path, run: Run) -> None:
    made = run("convert", source, "-o", out, "--to", "json,html,txt")
    assert made.out.splitlines() == [str(out / EDITION / NAMES[name]) for name in ("html", "txt", "json")]


def test_a_run_with_fewer_formats_keeps_the_other_rows(source: Path, out: Path, run: Run) -> None:
    run("convert", source, "-o", out, "--to", "html,json")
    before = _rows(out)
    run("convert", source, "-o", out, "--to", "txt")
    after = _rows(out)
    assert set(after) == {"html", "txt", "json"}
    assert after["html"] == before["html"]
    assert not any(row.get("stale") for row in after.values())


def test_rows_of_another_text_or_setting_are_stale_until_they_are_made_again(source: Path, out: Path, run: Run) -> None:
    run("convert", source, "-o", out, "--to", "html,json,txt")
    source.write_text(SAMPLE.replace("mostly", "always"), encoding="utf-8")
    run("convert", source, "-o", out, "--to", "txt")
    assert {name: row.get("stale", False) for name, row in _rows(out).items()} == {
        "txt": False,
        "html": True,
        "json": True,
    }
    run("convert", source, "-o", out, "--to", "html,json")
    assert not any(row.get("stale") for row in _rows(out).values())
    run("convert", source, "-o", out, "--to", "txt", "--show", "none")
    assert {name for name, row in _rows(out).items() if row.get("stale")} == {"html", "json"}


def test_what_changes_no_byte_makes_no_row_stale(source: Path, out: Path, run: Run) -> None:
    run("convert", source, "-o", out, "--to", "html", "--jobs", "1")
    run("convert", source, "-o", out, "--to", "txt", "--jobs", "2", "--max-size", "60")
    assert not any(row.get("stale") for row in _rows(out).values())


def test_a_kept_row_never_vouches_for_a_file_that_is_gone_or_altered(source: Path, out: Path, run: Run) -> None:
    run("convert", source, "-o", out, "--to", "html,json")
    (out / EDITION / NAMES["html"]).write_bytes(b"altered")
    (out / EDITION / NAMES["json"]).unlink()
    run("convert", source, "-o", out, "--to", "txt")
    for row in _manifest(out)["artifacts"]:
        path = out / EDITION / row["path"]
        whole = path.is_file() and hashlib.sha256(path.read_bytes()).hexdigest() == row["sha256"]
        assert whole or row.get("stale"), row


def test_another_source_with_the_same_name_gets_six_digits_more(source: Path, out: Path, run: Run) -> None:
    below = source.parent / "inner"
    below.mkdir()
    (below / "Backward  Clock!.txt").write_text(SAMPLE, encoding="utf-8")
    assert run("convert", source.parent, "-o", out, "--to", "json").code == 0
    digits = hashlib.sha256(b"inner/Backward  Clock!.txt").hexdigest()[:6]
    assert episodes_in(out) == {EDITION, f"{EDITION}-{digits}"}
    assert _manifest(out)["source"]["name"] == source.name
    before = files_below(out)
    assert run("convert", source.parent, "-o", out, "--to", "json").code == 0
    assert not differing(files_below(out), before)


def test_two_files_of_one_name_named_together_are_two_episodes(source: Path, out: Path, run: Run) -> None:
    other = source.parent / "other"
    other.mkdir()
    (other / source.name).write_text(SAMPLE.replace("Clock", "Bell"), encoding="utf-8")
    assert run("convert", source, other / source.name, "-o", out, "--to", "json").code == 0
    assert len(episodes_in(out)) == 2


# what can go wrong -----------------------------------------------------------------------------


@pytest.fixture
def drop_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the text edition lose one sentence."""
    write = converters.writers.txt.write_txt

    def dropping(document: Document, context: WriteContext) -> tuple[Artifact, ...]:
        (artifact,) = write(document, context)
        assert isinstance(artifact.content, bytes)
        return (msgspec.structs.replace(artifact, content=artifact.content.replace(b"You wind it, and", b"You and")),)

    monkeypatch.setattr(converters.writers.txt, "write_txt", dropping)


@pytest.mark.usefixtures("drop_a_sentence")
def test_an_edition_that_lost_a_sentence_is_not_saved(source: Path, out: Path, run: Run) -> None:
    made = run("convert", source, "-o", out, "--to", "html,txt")
    assert made.code == 4
    assert set(_rows(out)) == {"html"}
    assert "transcript-t02-s2" in made.err
    assert made.out.splitlines() == [str(out / EDITION / NAMES["html"])]


def test_a_failed_proof_leaves_the_old_edition_and_its_row(
    source: Path, out: Path, run: Run, request: pytest.FixtureRequest
) -> None:
    run("convert", source, "-o", out, "--to", "html,txt")
    old, row = (out / EDITION / NAMES["txt"]).read_bytes(), _rows(out)["txt"]
    request.getfixturevalue("drop_a_sentence")
    source.write_text(SAMPLE.replace("mostly", "always"), encoding="utf-8")
    assert run("convert", source, "-o", out, "--to", "html,txt").code == 4
    assert (out / EDITION / NAMES["txt"]).read_bytes() == old
    assert _rows(out)["txt"] == row | {"stale": True}
    assert b"Springs, always." in (out / EDITION / NAMES["html"]).read_bytes()


@pytest.mark.parametrize("error", [ImportError("no such library", name="needlework"), MissingPartError("no font")])
def test_what_is_missing_on_this_machine_costs_its_own_edition_only(
    error: Exception, source: Path, out: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    def failing(_document: Document, _context: WriteContext) -> tuple[Artifact, ...]:
        raise error

    monkeypatch.setattr(converters.writers.txt, "write_txt", failing)
    made = run("convert", source, "-o", out, "--to", "html,txt,json")
    assert made.code == 6
    assert set(_rows(out)) == {"html", "json"}
    said = "needlework" if isinstance(error, ImportError) else "no font"
    assert [said in line for line in made.err.splitlines()].count(True) == 1


def test_a_library_that_cannot_be_imported_is_named_with_what_mends_it(source: Path, out: Path) -> None:
    blocked = (
        "import sys; sys.modules['weasyprint'] = None; from converters.cli import main; sys.exit(main(sys.argv[1:]))"
    )
    command = [sys.executable, "-c", blocked, "convert", str(source), "-o", str(out), "--to", "pdf,txt"]
    ended = subprocess.run(command, capture_output=True, encoding="utf-8", check=False)
    assert ended.returncode == 6
    assert set(_rows(out)) == {"txt"}
    assert "weasyprint" in ended.stderr
    assert "curbcut doctor" in ended.stderr


def test_a_script_that_no_font_has_costs_the_large_print_only_and_names_the_package(
    out: Path, tmp_path: Path, run: Run
) -> None:
    path = tmp_path / "signs.txt"
    path.write_text("Signs\n\nANN: \U00016d40\U00016d43 said so.\n\nBOB: Oh?\n\nANN: Yes.\n", encoding="utf-8")
    made = run("convert", path, "-o", out, "--to", "html,pdf", "--show", "none")
    assert made.code == 6
    assert "fonts-noto" in made.err
    assert [row["format"] for row in _manifest(out, "signs")["artifacts"]] == ["html"]


# dates -----------------------------------------------------------------------------------------


def _modified(out: Path) -> str:
    import zipfile

    with zipfile.ZipFile(out / EDITION / f"{EDITION}.epub") as book:
        moments = {entry.date_time for entry in book.infolist()}
        assert len(moments) == 1
        package = book.read("EPUB/content.opf").decode()
    return package.partition('dcterms:modified">')[2].partition("<")[0]


@pytest.fixture
def dated(source: Path, out: Path, run: Run) -> Callable[[], str]:
    def converting() -> str:
        assert run("convert", source, "-o", out, "--to", "epub").code == 0
        return _modified(out)

    return converting


def test_the_date_of_an_edition_is_no_clocks(
    source: Path, dated: Callable[[], str], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert dated() == "2000-01-01T00:00:00Z"
    source.with_suffix(".toml").write_text("date = 2024-02-29\n")
    assert dated() == "2024-02-29T00:00:00Z"
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")
    assert dated() == "2023-11-14T22:13:20Z"


@pytest.mark.parametrize("epoch", ["99999999999999", "5000000000", "²", "-1", "soon"])
def test_a_date_that_no_edition_can_carry_is_no_crash(
    epoch: str, source: Path, out: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", epoch)
    assert run("convert", source, "-o", out, "--to", "epub,html").code in {0, 2}
