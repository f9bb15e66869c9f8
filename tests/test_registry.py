"""The tables of readers and writers: every row loads, is proved, is listed and is written about."""

from pathlib import Path
from typing import get_args

import pytest

from converters import readers, writers
from converters.checks.parity import prove
from converters.document import Document, Metadata
from converters.errors import ProofError, UsageError
from converters.phrases import phrases_for
from converters.settings import Standard
from converters.writers import Writer, additions, writer_named

from .conftest import ROOT, Run

README = ROOT / "README.md"
NOTHING = Document(Metadata(), (), ())
BY_NAME = {writer.name: writer for writer in writers.TABLE}


@pytest.mark.parametrize("name", BY_NAME)
def test_every_writer_loads(name: str) -> None:
    assert callable(BY_NAME[name].load())


@pytest.mark.parametrize("reader", readers.TABLE, ids=lambda row: row.name)
def test_every_reader_loads(reader: readers.Reader) -> None:
    assert callable(reader.load())


@pytest.mark.parametrize("name", BY_NAME)
def test_every_writer_has_a_proof(name: str) -> None:
    try:
        prove(name, b"", NOTHING, None)
    except ProofError as error:
        assert "There is no proof" not in str(error)  # noqa: PT017 - other failures are what nothing deserves
    except Exception:  # noqa: BLE001, S110 - nothing is no page, no book and no PDF
        pass


def test_a_format_without_a_proof_is_refused() -> None:
    with pytest.raises(ProofError, match="no proof"):
        prove("stone", b"", NOTHING, None)


@pytest.mark.parametrize("name", [name for name, writer in BY_NAME.items() if not writer.for_staff])
def test_every_edition_has_a_name_for_readers(name: str) -> None:
    assert additions.edition_name(phrases_for(NOTHING.metadata.language), BY_NAME[name])


def test_the_rows_are_those_of_the_contract_in_its_order() -> None:
    assert [writer.name for writer in writers.TABLE][:4] == ["html", "epub", "pdf", "mp3"]
    assert [writer.name for writer in writers.TABLE if writer.default] == ["html", "epub", "pdf", "mp3"]
    assert {"txt", "json"} <= set(BY_NAME)


def test_no_two_editions_share_a_file() -> None:
    names = [writer.file_name("x") for writer in writers.TABLE]
    assert len(set(names)) == len(names)
    assert writer_named("pdf").file_name("x") == "x-large-print.pdf"


def test_every_row_is_listed(run: Run) -> None:
    listed = run("formats").out
    rows = [(row.name, row.summary) for row in writers.TABLE] + [(row.name, row.summary) for row in readers.TABLE]
    for name, summary in rows:
        assert f"  {name}: {summary}" in listed


def _readme() -> str:
    return README.read_text(encoding="utf-8")


@pytest.mark.parametrize("name", BY_NAME)
def test_every_format_is_written_about(name: str) -> None:
    assert f"`{name}`" in _readme()


def test_a_format_is_looked_for_by_its_name() -> None:
    assert isinstance(writer_named("epub"), Writer)
    with pytest.raises(UsageError, match="html, epub, pdf"):
        writer_named("EPUB")


def test_every_style_sheet_that_is_shipped_is_used() -> None:
    used = "\n".join(path.read_text(encoding="utf-8") for path in (ROOT / "converters").rglob("*.py"))
    used += "\n".join(f"large-print-{standard}.css" for standard in get_args(Standard))
    for path in Path(ROOT / "styles").glob("*.css"):
        assert path.name in used, path.name
