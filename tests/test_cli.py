"""The command: what it says, where, and how it ends."""

import json
from pathlib import Path

import pytest

from converters.doctor import PARTS
from converters.settings import load_show
from converters.version import VERSION
from converters.writers import TABLE

from .conftest import FORMATS, SAMPLE, SILENT, Run, files_below

NAMED = "Title\n\nANN LEE: Hello there.\n\nBOB RAY: Hi.\n\nANN LEE: So?\n\nBOB RAY: So.\n"


@pytest.mark.parametrize(
    "argv",
    [
        [],
        ["knit"],
        ["convert"],
        ["convert", "x.txt", "--sideways"],
        ["convert", "x.txt", "--to", "stone"],
        ["convert", "x.txt", "--to", ","],
        ["convert", "x.txt", "--rate", "fast"],
        ["convert", "x.txt", "--max-size", "0"],
        ["convert", "x.txt", "--for", "ann"],
        ["inspect"],
        ["serve"],
        ["check"],
    ],
)
def test_what_the_command_does_not_know_is_a_usage_error(
    argv: list[str], tmp_path: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "x.txt").write_text(NAMED)
    ended = run(*argv)
    assert ended.code == 2
    assert ended.err
    assert [path.name for path in tmp_path.iterdir()] == ["x.txt"]


def test_an_unknown_format_is_answered_with_those_that_there_are(source: Path, out: Path, run: Run) -> None:
    ended = run("convert", source, "-o", out, "--to", "html,stone")
    assert ended.code == 2
    assert ended.err.count("\n") == 1
    assert "“stone”" in ended.err
    assert all(writer.name in ended.err for writer in TABLE)


def test_the_version_is_said(run: Run) -> None:
    assert run("--version").out == f"curbcut {VERSION}\n"


# inspect ------------------------------------------------------------------------------------------

KEYS = {
    "people": ["id", "name", "labels", "role"],
    "turns": ["id", "person", "label", "text", "start"],
    "sections": ["id", "kind", "heading", "text"],
    "findings": ["code", "severity", "text", "where"],
}


def test_inspect_prints_one_object_with_the_keys_of_the_contract(source: Path, run: Run) -> None:
    ended = run("inspect", source, "--json")
    found = json.loads(ended.out)
    assert ended.code == 0
    assert list(found) == ["title", "language", "people", "turns", "sections", "findings"]
    for name, keys in KEYS.items():
        assert found[name], name
        assert all(list(one) == keys for one in found[name]), name
    assert found["turns"][3] == {
        "id": "transcript-t04",
        "person": "wilhelmina-dunnock",
        "label": "WILHELMINA DUNNOCK",
        "text": "Springs, mostly. (laughs) Some of them wind me.",
        "start": None,
    }


def test_inspect_says_in_plain_lines_what_was_understood(source: Path, run: Run) -> None:
    lines = run("inspect", source).out.splitlines()
    assert lines[0] == "Title: The Clock That Runs Backward: Two Menders on Lost Time"
    assert "Turns: 7" in lines
    assert "  Tamsin Orrelby (host), 4 turns, printed as TAMSIN ORRELBY" in lines


def test_inspect_makes_nothing(source: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(source.parent)
    before = files_below(source.parent)
    run("inspect", source)
    assert files_below(source.parent) == before


def test_a_title_that_the_source_does_not_have_is_null(tmp_path: Path, out: Path, run: Run) -> None:
    path = tmp_path / "Bell Walk.txt"
    path.write_text(NAMED.removeprefix("Title\n\n"))
    assert json.loads(run("inspect", path, "--json", "--show", "none").out)["title"] is None
    made = run("convert", path, "-o", out, "--to", "html", "--show", "none")
    assert "read-005 warning" in made.err
    assert '<h1 id="title">Bell Walk</h1>' in (out / "bell-walk" / "bell-walk.html").read_text()


# the other commands --------------------------------------------------------------------------------


def test_formats_lists_every_row(run: Run) -> None:
    listed = run("formats")
    assert listed.code == 0
    assert all(f"  {writer.name}: " in listed.out for writer in TABLE)


def test_doctor_says_of_each_part_that_it_is_there_or_what_mends_it(run: Run) -> None:
    ended = run("doctor")
    lines = ended.out.splitlines()
    assert len(lines) == len(PARTS)
    for part, line in zip(PARTS, lines, strict=True):
        there, missing = f"{part.name}: there, ", f"{part.name}: MISSING ("
        assert line.startswith(there) or (line.startswith(missing) and "Mend it with: " in line)
    costly = any("without it there is no" in line for line in lines)
    assert ended.code == (6 if costly else 0)


ANSWERS = [
    'Bells & "Chimes"',
    "https://bells.example",
    "en",
    "help@bells.example",
    "+1 555 0101",
    "",
    "",
    "We \\ try.",
    "Ann Lee",
]


@pytest.fixture
def answers(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    left = list(ANSWERS)

    def answering() -> str:
        if not left:
            raise EOFError
        return left.pop(0)

    monkeypatch.setattr("builtins.input", answering)
    return left


def test_init_writes_a_show_file_that_loads(answers: list[str], tmp_path: Path, run: Run) -> None:
    ended = run("init", tmp_path)
    assert ended.code == 0
    assert answers == []
    show = load_show(tmp_path / "show.toml")
    assert show.name == 'Bells & "Chimes"'
    assert show.contact.ways == 2
    assert show.statement == "We \\ try."
    assert show.people["ann-lee"].role == "host"
    assert ended.out == f"{tmp_path / 'show.toml'}\n"


@pytest.mark.usefixtures("answers")
def test_init_overwrites_nothing(tmp_path: Path, run: Run) -> None:
    (tmp_path / "show.toml").write_text("mine")
    assert run("init", tmp_path).code == 2
    assert (tmp_path / "show.toml").read_text() == "mine"


def test_init_that_is_broken_off_writes_nothing(answers: list[str], tmp_path: Path, run: Run) -> None:
    del answers[3:]
    assert run("init", tmp_path).code == 2
    assert list(tmp_path.iterdir()) == []


@pytest.mark.usefixtures("answers")
def test_init_in_a_folder_that_is_not_there_is_said(tmp_path: Path, run: Run) -> None:
    ended = run("init", tmp_path / "none")
    assert ended.code == 5
    assert ended.err.splitlines()[-1].startswith(str(tmp_path / "none"))


# the last line ---------------------------------------------------------------------------------------


def test_the_last_line_says_what_was_made_where_and_what_needs_a_look(source: Path, out: Path, run: Run) -> None:
    last = run("convert", source, "-o", out, "--to", "html,txt").err.splitlines()[-1]
    assert last == (
        f"Made 2 editions in {out / source.stem}: {source.stem}.html, {source.stem}.txt. 4 findings above to look at."
    )


def test_without_a_contact_the_last_line_says_what_readers_are_told(source: Path, out: Path, run: Run) -> None:
    last = run("convert", source, "-o", out, "--to", "txt", "--show", "none").err.splitlines()[-1]
    assert "told to get in touch and cannot" in last
    assert "curbcut init" in last


def test_one_way_to_get_in_touch_is_a_finding(source: Path, out: Path, run: Run) -> None:
    (source.parent / "show.toml").write_text('language = "en"\n[contact]\nemail = "a@b.example"\n')
    made = run("convert", source, "-o", out, "--to", "txt")
    assert "show-002 warning" in made.err
    assert "cannot" not in made.err.splitlines()[-1]


def test_the_result_can_be_had_as_json(source: Path, out: Path, run: Run) -> None:
    (found,) = json.loads(run("convert", source, "-o", out, "--to", SILENT, "--json").out)
    assert set(found) == {"source", "written", "findings", "failures"}
    assert len(found["written"]) == len(FORMATS)
    assert found["failures"] == []


def test_every_line_for_people_is_plain_where_there_is_no_terminal(source: Path, out: Path, run: Run) -> None:
    made = run("convert", source, "-o", out, "--to", "txt")
    assert "\x1b" not in made.err + made.out
    assert "\r" not in made.err + made.out


def test_the_text_can_be_wrapped_at_a_width(source: Path, out: Path, run: Run) -> None:
    run("convert", source, "-o", out, "--to", "txt", "--text-width", "40")
    text = (out / source.stem / f"{source.stem}.txt").read_text(encoding="utf-8")
    assert max(map(len, text.splitlines())) <= 40 + len("https://mendedhour.example/")
    assert " ".join(SAMPLE.split("\n\n")[2].split()) in " ".join(text.split())


def test_inspect_takes_one_transcript(tmp_path: Path, run: Run) -> None:
    for name in ("one", "two"):
        (tmp_path / f"{name}.txt").write_text(NAMED, encoding="utf-8")
    seen = run("inspect", tmp_path)
    assert seen.code == 2
    assert "2 transcripts are there" in seen.err


def test_init_asks_again_for_a_language_that_is_no_code(
    tmp_path: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    answers = iter(["The Hour", "", "English", "en", "", "", "", "", "", ""])
    monkeypatch.setattr("builtins.input", lambda: next(answers))
    assert run("init", tmp_path).code == 0
    assert 'language = "en"' in (tmp_path / "show.toml").read_text(encoding="utf-8")
