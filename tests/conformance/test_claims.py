"""What editions claim where a person has checked them: the outside checkers agree, and ``curbcut check`` tells why."""

from pathlib import Path

import msgspec
import pytest

from converters.checks.evidence import Evidence
from converters.findings import Severity
from converters.human_checks import TEMPLATES
from tests.conftest import SAMPLE, SHOW

from . import checkers
from .conftest import _command

pytestmark = pytest.mark.conformance

RECORD = """[[checks]]
edition = "{edition}"
template = {template}
date = 2026-12-01
who = "Ann Lee"
role = "reads with NVDA every day"
with = ["NVDA 2026.1 with Thorium Reader 3.2"]
passed = {points}
conforms_to = "WCAG 2.2 Level AA"
certifier = "The Mended Hour"
"""
CLAIMING = {"html": "summary", "epub": "conformance", "pdf": "summary"}
"""What each edition says of its conformance: in words, or to programs."""


@pytest.fixture(scope="module", autouse=True)
def all_there() -> None:
    for tool in ("nu", "page", "epubcheck", "ace", "verapdf"):
        checkers.require(tool)


@pytest.fixture(scope="module")
def episode(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An episode whose three editions were checked by a person, who judges that they conform."""
    folder = tmp_path_factory.mktemp("judged")
    (folder / "clock.txt").write_text(SAMPLE, encoding="utf-8")
    records = (
        RECORD.format(edition=name, template=one.version, points=list(range(1, one.points + 1)))
        for name, one in TEMPLATES.items()
    )
    (folder / "show.toml").write_text(SHOW, encoding="utf-8")
    (folder / "human-checks.toml").write_text("\n".join(records), encoding="utf-8")
    done = _command("convert", str(folder / "clock.txt"), "-o", str(folder / "out"), "--to", "html,epub,pdf,json")
    assert done.returncode == 0, done.stderr
    return folder / "out" / "clock"


@pytest.fixture(scope="module")
def looked_at(episode: Path) -> tuple[int, Evidence]:
    done = _command("check", str(episode), "--json")
    return done.returncode, msgspec.json.decode(done.stdout, type=Evidence)


def told(found: Evidence) -> dict[str, set[tuple[str, Severity]]]:
    """What is said of the claims of each edition that makes any."""
    said = {
        verdict.format: {(one.rule, one.severity) for one in verdict.remarks if one.checker == "claims"}
        for verdict in found.verdicts
    }
    return {name: remarks for name, remarks in said.items() if name != "json"}


def test_a_claim_with_a_record_that_stands_passes_epubcheck_ace_and_all_others(looked_at: tuple[int, Evidence]) -> None:
    code, found = looked_at
    heavy = [
        (verdict.format, one.checker, one.rule, one.text)
        for verdict in found.verdicts
        for one in verdict.remarks
        if one.severity == "error"
    ]
    assert heavy == []
    assert code == 0
    ran = {one.checker for verdict in found.verdicts for one in verdict.runs}
    assert {"epubcheck", "ace", "nu", "axe", "verapdf", "claims"} <= ran
    for name, what in CLAIMING.items():
        assert (f"{what}-supported", "info") in told(found)[name], name
        assert not [one for one in told(found)[name] if one[1] != "info"], name


def test_a_bookshop_would_show_that_claim_and_who_certified_it(looked_at: tuple[int, Evidence]) -> None:
    (book,) = (verdict for verdict in looked_at[1].verdicts if verdict.format == "epub")
    shown = {one.id: one.compact for one in book.display}
    assert shown["conformance-aa"] == "This publication meets accepted accessibility standards"
    assert shown["conformance-certifier"] == "The publication was certified by The Mended Hour"
    assert shown["conformance-details-claim"].endswith("EPUB Accessibility 1.1 WCAG 2.2 Level AA")
    assert shown["conformance-details-certification-info"].endswith("2026-12-01")
