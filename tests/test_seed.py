"""The real transcripts beside this checkout: what the first of them holds, and that none is a crash."""

import json
import re
import shlex
import subprocess
import sys
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from converters.cli import main
from converters.document import Document, PullQuote
from converters.findings import Finding
from converters.traverse import section_text, sections, turns

from .conftest import SHARED, ReadText, Run, section_of

CORPUS = sorted(
    path
    for path in (SHARED / "corpus").glob("*/*")
    if path.is_file() and path.parent.name != "truth"
)  # fmt: skip
SAMPLE = {path.parent.name: path for path in sorted(CORPUS, key=lambda path: path.stat().st_size, reverse=True)}
"""The shortest real transcript of each layout."""

SPOKEN_WITH_TIMES = ("talkpython-vtt-plain", "talkpython-vtt-voice", "zoom-vtt")
BATCHES = [CORPUS[index::4] for index in range(4)]


@pytest.fixture(scope="session")
def seed(shared: Path) -> Path:
    (found,) = (shared / "seed").glob("*.txt")
    return found


@pytest.fixture(scope="session")
def understood(seed: Path, read_text: ReadText) -> tuple[Document, tuple[Finding, ...]]:
    return read_text(seed.read_bytes())


Understood = tuple[Document, tuple[Finding, ...]]


def test_the_reading_is_scored_as_perfect(shared: Path, seed: Path) -> None:
    del seed
    score = shared / "tools" / "score_reading.py"
    ours = f"{shlex.quote(sys.executable)} -m converters"
    command = [sys.executable, str(score), "--only", "seed-lf", "-v", "--command", ours]
    ended = subprocess.run(command, capture_output=True, encoding="utf-8", check=False)
    assert ended.returncode == 0, ended.stdout
    assert "mean 1.000, 1 of 1 files pass" in ended.stdout


def test_31_turns_are_by_4_people(understood: Understood) -> None:
    document, _ = understood
    spoken = Counter(turn.people for turn in turns(document))
    assert sorted(spoken.values()) == [5, 6, 6, 14]
    assert len(document.people) == 4
    for person in document.people:
        assert len(person.labels) == 1
        assert person.name.upper() == person.labels[0]
        assert person.name.istitle()


def test_the_host_is_recognised_and_the_guests_described(understood: Understood) -> None:
    document, _ = understood
    counts = Counter(i for turn in turns(document) for i in turn.people)
    parts = {person.id: person.part for person in document.people}
    assert parts[counts.most_common(1)[0][0]] == "host"
    guests = [person for person in document.people if person.part == "guest"]
    assert len(guests) == 3
    assert all(person.description for person in guests)


def test_title_notice_summary_quotes_closing_and_statement_are_found(understood: Understood) -> None:
    document, _ = understood
    assert document.metadata.title
    assert document.metadata.language == "en"
    assert section_text(section_of(document, "notice")).split(":")[0].isupper()
    assert len(section_text(section_of(document, "summary")).split()) == 123
    quotes = [block for block in section_of(document, "quotes").blocks if isinstance(block, PullQuote)]
    assert len(quotes) == 3
    assert {quote.attribution.person for quote in quotes if quote.attribution} == {
        person.id for person in document.people if person.part == "guest"
    }
    assert section_of(document, "closing").blocks
    assert "alternative formats" in section_text(section_of(document, "accessibility"))


def test_furniture_is_kept_and_five_lost_links_are_findings(understood: Understood) -> None:
    document, findings = understood
    kept = [section_text(one) for one in sections(document) if one.kind == "furniture"]
    assert len(kept) == 2
    assert sum(text.count("?") for text in kept) == 2
    assert len([finding for finding in findings if finding.code == "read-006"]) == 5


def test_no_word_of_the_source_is_missing(seed: Path, understood: Understood) -> None:
    document, _ = understood
    labels = "\n".join(turn.label or "" for turn in turns(document))
    kept = "\n".join([document.metadata.title or "", labels, *map(section_text, sections(document))])
    assert _words(seed.read_text(encoding="utf-8")) == _words(kept)


def _words(text: str) -> Counter[str]:
    return Counter(re.findall(r"\w+", text))


@pytest.mark.skipif(not CORPUS, reason="the real transcripts are not beside this checkout")
def test_there_are_as_many_real_transcripts_as_are_told_of() -> None:
    assert len(CORPUS) == 119


@pytest.mark.parametrize("batch", range(len(BATCHES)))
def test_a_real_transcript_is_read_or_refused_in_one_line(batch: int, run: Run) -> None:
    if not BATCHES[batch]:
        pytest.skip("the real transcripts are not beside this checkout")
    for path in BATCHES[batch]:
        ended = run("inspect", path, "--json", "--show", "none")
        if ended.code == 0:
            found: dict[str, Any] = json.loads(ended.out)
            assert found["sections"], path.name
            assert ended.err == "", path.name
        else:
            assert ended.code == 3, path.name
            assert ended.out == ""
            assert ended.err.count("\n") == 1, path.name


@pytest.mark.skipif(not SAMPLE, reason="the real transcripts are not beside this checkout")
@pytest.mark.parametrize("layout", SAMPLE)
def test_no_edition_of_a_real_transcript_is_refused(layout: str, tmp_path: Path, run: Run) -> None:
    formats = "html,epub,pdf,txt,json,brf" + (",vtt" if layout in SPOKEN_WITH_TIMES else "")
    ended = run("convert", SAMPLE[layout], "-o", tmp_path, "--to", formats, "--show", "none")
    assert ended.code == 0, ended.err
    (manifest,) = tmp_path.glob("*/manifest.json")
    ledgers = [row["parity"] for row in json.loads(manifest.read_bytes())["artifacts"] if "parity" in row]
    assert len(ledgers) == len(formats.split(","))
    assert all(set(one) == {"expected", "found"} and one["expected"] == one["found"] > 0 for one in ledgers)


@pytest.mark.slow
@pytest.mark.parametrize("batch", range(len(BATCHES)))
def test_a_real_transcript_that_is_read_becomes_proved_editions(batch: int, tmp_path: Path, run: Run) -> None:
    if not BATCHES[batch]:
        pytest.skip("the real transcripts are not beside this checkout")
    for number, path in enumerate(BATCHES[batch]):
        out = tmp_path / str(number)
        ended = run("convert", path, "-o", out, "--to", "html,epub,txt,json", "--show", "none")
        assert ended.code in {0, 3}, (path.name, ended.err)
        assert out.exists() == (ended.code == 0)


def test_the_module_can_be_run_as_a_command(seed: Path) -> None:
    assert main(["inspect", str(seed)]) == 0
