"""Conformance is claimed only where a person checked this template and says so; else nothing is, and staff are told."""

import datetime
import json
import re
import zipfile
from pathlib import Path

import pytest

from converters.human_checks import TEMPLATES, HumanCheck, fault, standing

from .conftest import Run

SLUG = "backward-clock"
DAY = "2026-12-01"


def _record(edition: str = "epub", *more: str, template: int = 1, date: str = DAY, passed: str | None = None) -> str:
    points = list(range(1, TEMPLATES[edition].points + 1))  # type: ignore[index]  # one of the three, in each test
    return "\n".join(
        (
            "[[checks]]", f'edition = "{edition}"', f"template = {template}", f"date = {date}", 'who = "Ann Lee"',
            'role = "reads with NVDA every day"', 'with = ["NVDA 2026.1 with Thorium Reader 3.2"]',
            f"passed = {passed or points}", *more, "",
        )
    )  # fmt: skip


JUDGED = 'conforms_to = "WCAG 2.2 Level AA"'


def _converted(run: Run, source: Path, out: Path, record: str | None, formats: str = "epub") -> str:
    """Make the editions, and return what the command says of claims."""
    if record is not None:
        (source.parent / "human-checks.toml").write_text(record, encoding="utf-8")
    made = run("convert", source, "-o", out, "--to", formats)
    assert made.code == 0, made.err
    return "\n".join(line for line in made.err.splitlines() if "claim-" in line)


def _package(out: Path) -> str:
    with zipfile.ZipFile(out / SLUG / f"{SLUG}.epub") as book:
        return book.read("EPUB/content.opf").decode("utf-8")


def _claims(package: str) -> bool:
    return "conformsTo" in package or "certifiedBy" in package


def test_without_a_record_nothing_is_claimed_and_the_summary_says_so(run: Run, source: Path, out: Path) -> None:
    said = _converted(run, source, out, None, "epub,html")
    assert "claim-001 info: No person has checked" in said
    assert "html, epub" in said
    assert not _claims(_package(out))
    assert "No person has yet evaluated how accessible it is." in _package(out)
    page = (out / SLUG / f"{SLUG}.html").read_text(encoding="utf-8")
    assert "No person has yet evaluated how accessible it is." in page


def test_a_persons_judgement_is_claimed_with_who_stands_for_it_and_when(run: Run, source: Path, out: Path) -> None:
    assert _converted(run, source, out, _record("epub", JUDGED, 'certifier = "Kettle Street Access"')) == ""
    package = _package(out)
    assert ">EPUB Accessibility 1.1 - WCAG 2.2 Level AA</meta>" in package
    assert re.search(r'<meta [^>]*property="a11y:certifiedBy"[^>]*>Kettle Street Access</meta>', package)
    assert re.search(r'<meta [^>]*property="dcterms:date"[^>]*refines="#certifier"[^>]*>2026-12-01</meta>', package)
    assert "Ann Lee (reads with NVDA every day) checked an edition made like this one" in package
    assert "No person has yet evaluated" not in package


def test_points_that_were_passed_are_no_judgement_of_conformance(run: Run, source: Path, out: Path) -> None:
    assert _converted(run, source, out, _record("epub", 'certifier = "Kettle Street Access"')) == ""
    assert not _claims(_package(out))
    assert "with NVDA 2026.1 with Thorium Reader 3.2." in _package(out)


@pytest.mark.parametrize(
    ("record", "code"),
    [
        (_record("epub", JUDGED, template=2), "claim-002 warning"),
        (_record("epub", JUDGED, date="2001-02-03"), "claim-002 warning"),
        (_record("epub", JUDGED, passed="[1, 2]"), "claim-003 info"),
    ],
    ids=["another template", "older than the template", "points left out"],
)
def test_a_record_that_does_not_fit_claims_nothing(record: str, code: str, run: Run, source: Path, out: Path) -> None:
    said = _converted(run, source, out, record)
    assert code in said
    assert "claim-001" in said
    assert not _claims(_package(out))
    assert "Ann Lee" not in _package(out)


def test_a_check_of_one_edition_says_nothing_of_another(run: Run, source: Path, out: Path) -> None:
    said = _converted(run, source, out, _record("html", JUDGED), "html,epub")
    assert re.search(r"claim-001 .*: epub\.", said)
    assert not _claims(_package(out))
    page = (out / SLUG / f"{SLUG}.html").read_text(encoding="utf-8")
    assert page.count("In their judgement it conforms to WCAG 2.2 Level AA.") == 2, "on the page, and in its head"


def test_a_silent_edition_that_was_checked_says_nothing_of_one_that_reads_itself_aloud() -> None:
    day = datetime.date(2026, 12, 1)
    points = tuple(range(1, TEMPLATES["epub"].points + 1))
    silent = HumanCheck("epub", 1, day, "Ann Lee", "reader", points, ("NVDA",))
    heard = HumanCheck("epub", 1, day, "Bo Ray", "reader", points, ("NVDA",), read_aloud=True)
    assert fault(silent, is_narrated=False) is None
    assert fault(silent, is_narrated=True) == "silent"
    assert standing((silent, heard), "epub", is_narrated=True) == heard


def test_the_newest_check_that_stands_is_the_one_that_counts() -> None:
    points = tuple(range(1, TEMPLATES["pdf"].points + 1))
    several = tuple(
        HumanCheck("pdf", 1, datetime.date(2026, 12, day), f"Reader {day}", "reader", passed, ("NVDA",))
        for day, passed in ((1, points), (5, points), (9, points[:2]))
    )
    found = standing(several, "pdf", is_narrated=False)
    assert found is not None
    assert found.who == "Reader 5"


def test_the_manifest_keeps_the_record_that_a_claim_rests_on(run: Run, source: Path, out: Path) -> None:
    _converted(run, source, out, _record("epub", JUDGED), "epub,txt")
    rows = {r["format"]: r for r in json.loads((out / SLUG / "manifest.json").read_text())["artifacts"]}
    assert rows["epub"]["human_check"]["who"] == "Ann Lee"
    assert rows["epub"]["human_check"]["with"] == ["NVDA 2026.1 with Thorium Reader 3.2"]
    assert "human_check" not in rows["txt"]


def test_a_withdrawn_record_takes_the_claim_back_at_the_next_run(run: Run, source: Path, out: Path) -> None:
    _converted(run, source, out, _record("epub", JUDGED))
    assert _claims(_package(out))
    (source.parent / "human-checks.toml").unlink()
    _converted(run, source, out, None)
    assert not _claims(_package(out))


@pytest.mark.parametrize(
    ("record", "named"),
    [
        (_record("epub", 'verdict = "fine"'), "verdict"),
        (_record("epub").replace('edition = "epub"', 'edition = "mp3"'), "checks[0].edition"),
        (_record("epub").replace('who = "Ann Lee"\n', ""), "who"),
        (_record("epub").replace('"Ann Lee"', '" "'), "checks[0].who"),
        (_record("epub").replace('["NVDA 2026.1 with Thorium Reader 3.2"]', "[]"), "checks[0].with"),
        (_record("epub", 'conforms_to = "WCAG"'), "checks[0].conforms_to"),
        ("[[checks]\n", "line 1"),
    ],
)
def test_the_file_is_read_strictly_and_what_is_wrong_is_named(
    record: str, named: str, run: Run, source: Path, out: Path
) -> None:
    (source.parent / "human-checks.toml").write_text(record, encoding="utf-8")
    made = run("convert", source, "-o", out, "--to", "txt")
    assert made.code == 2
    assert "human-checks.toml" in made.err
    assert named in made.err
    assert "Mend that line" in made.err


def test_the_formats_are_listed_with_the_version_of_their_template(run: Run) -> None:
    listed = run("formats").out
    assert re.search(r"^  epub: .* template 1$", listed, flags=re.MULTILINE)
    assert not re.search(r"^  txt: .* template", listed, flags=re.MULTILINE)
