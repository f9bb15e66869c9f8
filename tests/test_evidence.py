"""Evidence that can be sent on: the same each time, never taken for more than it is, and gone when it is outdated."""

import json
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest

from converters.checks.evidence import Made, Verdict
from converters.checks.evidence import Run as CheckerRun
from converters.cli import main
from converters.evidence.criteria import standards
from converters.evidence.dossier import Dossier, never_run
from converters.evidence.earl import earl
from converters.evidence.page import page_of
from converters.human_checks import HumanCheck

from .conftest import SAMPLE, Run

NAMES = {"evidence.html", "evidence.json", "evidence.earl.json"}
FORMATS = "html,epub,txt,json"


@pytest.fixture(autouse=True)
def without_checkers(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Nothing is on the PATH, as on a machine where Curbcut was just installed."""
    (tmp_path / "empty").mkdir()
    monkeypatch.setenv("PATH", str(tmp_path / "empty"))


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("evidence")
    source = folder / "clock.txt"
    source.write_text(SAMPLE, encoding="utf-8")
    assert main(["convert", str(source), "-o", str(folder / "out"), "--to", FORMATS]) == 0
    return folder / "out" / "clock"


@pytest.fixture
def episode(made: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(made, tmp_path / "out" / "clock"))


def contents(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def replace(path: Path, before: str, after: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert before in text
    path.write_text(text.replace(before, after), encoding="utf-8")


def words(page: Path) -> str:
    return " ".join(re.sub(r"<style>.*?</style>|<[^>]+>", " ", page.read_text("utf-8"), flags=re.DOTALL).split())


def test_a_plain_check_writes_nothing(run: Run, episode: Path) -> None:
    before = contents(episode.parent)
    assert run("check", episode.parent).code == 0
    assert contents(episode.parent) == before


def test_evidence_lies_beside_the_editions_and_changes_none_of_them(run: Run, episode: Path) -> None:
    before = contents(episode)
    ran = run("check", episode, "--evidence")
    assert ran.code == 0
    assert f"Written: {episode / 'evidence.html'}" in ran.err
    after = contents(episode)
    assert set(after) - set(before) == NAMES
    assert {name: after[name] for name in before} == before
    assert [path.name for path in episode.parent.iterdir()] == ["clock"], "nothing else is left"


def test_the_same_files_give_the_same_bytes_wherever_they_lie(run: Run, episode: Path, tmp_path: Path) -> None:
    other = Path(shutil.copytree(episode, tmp_path / "elsewhere" / "clock"))
    run("check", episode, "--evidence", "--jobs", "1")
    run("check", other, "--evidence", "--jobs", "3")
    assert contents(episode) == contents(other)
    run("check", other, "--evidence")
    assert contents(episode) == contents(other), "evidence is no edition, and is not looked at itself"


def test_it_tells_each_file_by_its_hash_and_each_ledger(run: Run, episode: Path) -> None:
    run("check", episode, "--evidence")
    told = json.loads((episode / "evidence.json").read_bytes())
    rows = {row["path"]: row["sha256"] for row in json.loads((episode / "manifest.json").read_bytes())["artifacts"]}
    assert {one["name"]: one["sha256"] for verdict in told["verdicts"] for one in verdict["seen"]} == rows
    assert [verdict["file"] for verdict in told["verdicts"]] == list(rows), "in the manifest's order"
    ledgers = [verdict["parity"] for verdict in told["verdicts"] if verdict["format"] != "json"]
    assert len(ledgers) == 3
    assert all(one["expected"] == one["found"] > 10 and set(one) == {"expected", "found"} for one in ledgers)
    page = words(episode / "evidence.html")
    assert all(digest in page for digest in rows.values())
    assert "in order, under the right speakers" in page


def test_a_missing_checker_is_said_to_be_missing_and_nothing_is_passed_by_it(run: Run, episode: Path) -> None:
    run("check", episode, "--evidence")
    page = words(episode / "evidence.html")
    assert "These have passed nothing, and found nothing:" in page
    assert "Ace by DAISY: there is no browser" in page
    assert "1.4.3 Contrast (Minimum), level AA Not evaluated." in page
    graph = json.loads((episode / "evidence.earl.json").read_bytes())["@graph"]
    passed = {
        one["earl:assertedBy"]["@id"] for one in graph
        if one["@type"] == "earl:Assertion" and one["earl:result"]["earl:outcome"]["@id"] == "earl:passed"
    }  # fmt: skip
    assert passed == {"#checker-parity", "#checker-structure", "#checker-claims"}, "the others did not look"


def test_a_lost_sentence_is_named_by_its_id_with_its_first_words(run: Run, episode: Path) -> None:
    replace(episode / "clock.html", "Some of them wind me.", "")
    assert run("check", episode, "--evidence").code == 4
    told = json.loads((episode / "evidence.json").read_bytes())
    (page,) = (verdict for verdict in told["verdicts"] if verdict["format"] == "html")
    (lost,) = page["parity"].get("missing") or page["parity"]["altered"]
    shown = words(episode / "evidence.html")
    assert f"{lost}: “" in shown
    assert "Of 3 editions compared with the transcript, 1 does not say what it says" in shown
    assert "1.2.1 Audio-only and Video-only (Prerecorded), level A Failed." in shown


def test_a_later_conversion_that_changes_an_edition_takes_the_evidence_away(run: Run, made: Path) -> None:
    source = made.parents[1] / "clock.txt"
    out = made.parents[1] / "again"
    assert run("convert", source, "-o", out, "--to", FORMATS).code == 0
    assert run("check", out, "--evidence").code == 0
    same = run("convert", source, "-o", out, "--to", FORMATS)
    assert {path.name for path in (out / "clock").iterdir()} >= NAMES, "nothing has changed, so it still holds"
    assert "removed" not in same.err
    changed = run("convert", source, "-o", out, "--to", "txt", "--text-width", "40")
    assert "Editions have changed, so the evidence about them was removed." in changed.err
    assert not NAMES & {path.name for path in (out / "clock").iterdir()}
    assert not (out / "evidence.html").exists(), "nor does the archive's count it in"


def test_evidence_of_other_files_is_said_to_be_outdated(run: Run, episode: Path) -> None:
    run("check", episode, "--evidence")
    assert "outdated" not in run("check", episode).err
    assert "outdated" not in run("check", episode / "clock.txt").err
    replace(episode / "clock.txt", "Springs, mostly.", "Springs.")
    assert f"{episode / 'evidence.html'} is outdated" in run("check", episode).err


def test_one_edition_alone_is_no_evidence_of_an_episode(run: Run, episode: Path) -> None:
    ran = run("check", episode / "clock.epub", "--evidence")
    assert ran.code == 2
    assert f"curbcut check {episode} --evidence" in ran.err


def test_somebody_elses_file_of_that_name_is_never_overwritten(run: Run, episode: Path) -> None:
    (episode / "evidence.html").write_text("<p>my own notes", encoding="utf-8")
    ran = run("check", episode, "--evidence")
    assert ran.code == 2
    assert "Curbcut did not write it" in ran.err
    assert (episode / "evidence.html").read_text("utf-8") == "<p>my own notes"
    assert not (episode / "evidence.json").exists()


def test_a_strangers_book_has_its_evidence_beside_it(run: Run, episode: Path, tmp_path: Path) -> None:
    (tmp_path / "loose").mkdir()
    book = Path(shutil.copy(episode / "clock.epub", tmp_path / "loose" / "their book.epub"))
    run("check", book, "--evidence")
    assert {path.name for path in book.parent.iterdir()} == {
        "their book.epub", "their book.epub.evidence.html", "their book.epub.evidence.json",
        "their book.epub.evidence.earl.json",
    }  # fmt: skip
    page = words(book.with_name("their book.epub.evidence.html"))
    assert "1 edition, which another program made, was looked at" in page
    assert "None was compared with the transcript here" in page
    first = contents(book.parent)
    run("check", book.parent, "--evidence")
    assert {name: contents(book.parent)[name] for name in first} == first, "a page of evidence is not looked at itself"


def test_a_roll_up_has_the_worst_first_and_leads_to_each_page(run: Run, episode: Path) -> None:
    out = episode.parent
    for name in ("a-well", "b-two", "c-one"):
        shutil.copytree(episode, out / name)
    for suffix in ("html", "txt"):
        replace(out / "b-two" / f"clock.{suffix}", "Some of them wind me.", "")
    replace(out / "c-one" / "clock.txt", "Some of them wind me.", "")
    assert run("check", out, "--evidence").code == 4
    told = json.loads((out / "evidence.json").read_bytes())
    assert [one["page"] for one in told["episodes"]] == [
        f"{name}/evidence.html" for name in ("b-two", "c-one", "a-well", "clock")
    ]
    assert (told["passing"], told["falling_short"], told["errors"]) == (2, 2, 3)
    assert told["frequent"][0]["episodes"] == 2
    links = re.findall(r'href="([^"]+)"', (out / "evidence.html").read_text("utf-8"))
    assert links == [f"./{one['page']}" for one in told["episodes"]]
    assert all((out / link).is_file() for link in links)


def test_where_nothing_can_be_written_the_old_evidence_stands_whole(
    run: Run, episode: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run("check", episode, "--evidence")
    before = contents(episode)
    replace(episode / "clock.txt", "Springs, mostly.", "Springs.")
    real, written = Path.write_bytes, iter(range(100))

    def full(path: Path, content: bytes) -> int:
        if "evidence" in path.name and next(written) == 2:
            real(path, content[:10])
            raise OSError(28, "No space left on device")
        return real(path, content)

    monkeypatch.setattr(Path, "write_bytes", full)
    ran = run("check", episode, "--evidence")
    assert ran.code == 5
    assert "No space left" in ran.err
    after = contents(episode)
    assert {name: after[name] for name in NAMES} == {name: before[name] for name in NAMES}
    assert [path.name for path in episode.parent.iterdir()] == ["clock"], "and nothing half-written is left"


# what the tables say -----------------------------------------------------------------------------


def verdict(human: HumanCheck | None, covers: dict[str, tuple[str, ...]]) -> Verdict:
    made = Made("a.txt", "0" * 64, "curbcut 1", "", False, None, None, human)  # noqa: FBT003 - what it says of it
    runs = (CheckerRun("axe", "4", ("a.html",), 90, covers),)
    return Verdict("a.html", "html", runs, (), (), (), made=made)


def states(found: Verdict) -> dict[str, str]:
    return {row.criterion.number: row.state for one in standards(found) for row in one.rows}


def test_every_criterion_of_levels_a_and_aa_has_a_row_and_a_machine_never_settles_one() -> None:
    found = states(verdict(None, {"WCAG 2.2 SC 1.4.3": ("color-contrast",)}))
    assert len(found) == 55
    assert found.pop("1.4.3") == "passed by machine"
    assert set(found.values()) == {"not evaluated"}


def test_a_record_says_what_was_judged_and_with_which_screen_readers_nobody_has() -> None:
    import datetime

    day = datetime.date(2026, 12, 1)
    record = HumanCheck("html", 1, day, "Ann Lee", "reads with NVDA", (2, 10), ("NVDA 2026.1 with Firefox",))
    told = verdict(record, {"WCAG 2.2 SC 2.4.1": ("bypass",)})
    found = states(told)
    assert {number for number, state in found.items() if state == "judged in part"} == {"2.4.1", "1.4.4", "1.4.10"}
    assert "NVDA" not in never_run(told)
    assert {"JAWS", "VoiceOver on iOS", "VoiceOver on macOS", "TalkBack"} <= {*never_run(told)}
    phone = msgspec.structs.replace(record, tools=("VoiceOver on iOS 20",))
    assert "VoiceOver on macOS" in never_run(verdict(phone, {}))
    assert "VoiceOver on iOS" not in never_run(verdict(phone, {}))
    page = page_of(Dossier(1, "curbcut 1", "A", "en", None, (told,))).decode()
    assert "By Ann Lee on 2026-12-01, point 2 of the script, of an edition like it." in page


def test_earl_has_the_shapes_of_its_vocabulary() -> None:
    told = verdict(None, {"WCAG 2.2 SC 1.4.3": ("color-contrast",)})
    graph = json.loads(earl(Dossier(1, "curbcut 1", "A", "en", None, (told,))))["@graph"]
    ids = {node["@id"] for node in graph if "@id" in node}
    assertions = [node for node in graph if node["@type"] == "earl:Assertion"]
    assert len(assertions) == 1 + 54
    for one in assertions:
        assert set(one) == {"@type", *(f"earl:{name}" for name in ("assertedBy", "subject", "test", "result", "mode"))}
        assert one["earl:assertedBy"]["@id"] in ids
        assert one["earl:subject"]["@id"] in ids
        assert one["earl:test"]["@type"] in {"earl:TestCase", "earl:TestRequirement"}
        assert one["earl:result"]["earl:outcome"]["@id"] in {f"earl:{name}" for name in ("passed", "untested")}
    assert list(_terms(graph)) == []


def _terms(node: object) -> Iterator[str]:
    """Names that are of no prefix of the context."""
    if isinstance(node, list):
        for one in node:
            yield from _terms(one)
    elif isinstance(node, dict):
        known = ("@", "earl:", "dcterms:", "doap:", "foaf:", "spdx:")
        yield from (name for name in node if not name.startswith(known))
        for one in node.values():
            yield from _terms(one)
