"""Which files are transcripts, and which facts belong to them."""

import json
import shutil
from pathlib import Path

import pytest

from converters.published import OUR_FOLDER, published

from .conftest import SAMPLE, SHOW, Run, files_below

SIMPLE = "Title\n\nANN LEE: Hello there.\n\nBOB RAY: Hi.\n\nANN LEE: So?\n\nBOB RAY: So.\n"


def _made(out: Path) -> set[str]:
    """What there is beside the catalogue."""
    there = {path.name for path in out.iterdir() if path.name != OUR_FOLDER} if out.exists() else set()
    return there - published(out).names


def test_of_a_folder_only_the_transcripts_are_taken(source: Path, out: Path, run: Run) -> None:
    folder = source.parent
    (folder / ".hidden.txt").write_text(SIMPLE)
    (folder / ".git").mkdir()
    (folder / ".git" / "inner.txt").write_text(SIMPLE)
    (folder / "deeper").mkdir()
    (folder / "deeper" / "Second Hour.TXT").write_text(SIMPLE)
    (folder / "picture.png").write_bytes(b"\x89PNG")
    (folder / "settings.json").write_text('{"a": 1}')
    assert run("convert", folder, "-o", out, "--to", "txt").code == 0
    assert _made(out) == {"backward-clock", "second-hour"}


def test_what_curbcut_made_is_never_a_source(source: Path, run: Run) -> None:
    out = source.parent / "converted"
    assert run("convert", source.parent, "-o", out, "--to", "txt,json").code == 0
    before = files_below(source.parent)
    assert run("convert", source.parent, "-o", out, "--to", "txt,json").code == 0
    assert files_below(source.parent) == before
    shutil.copytree(out, source.parent / "moved-site")
    moved = source.parent / "moved"
    shutil.copytree(out / "backward-clock", moved)
    assert run("convert", source.parent, "-o", out, "--to", "txt,json").code == 0
    assert _made(out) == {"backward-clock"}


def test_out_itself_is_no_source_though_it_holds_transcripts(source: Path, run: Run) -> None:
    out = source.parent / "converted"
    out.mkdir()
    (out / "stray.txt").write_text(SIMPLE)
    run("convert", source.parent, "-o", out, "--to", "txt")
    assert _made(out) == {"backward-clock", "stray.txt"}


def test_a_folder_that_leads_back_to_itself_is_taken_once(source: Path, out: Path, run: Run) -> None:
    (source.parent / "again").symlink_to(source.parent, target_is_directory=True)
    assert run("convert", source.parent, "-o", out, "--to", "txt").code == 0
    assert _made(out) == {"backward-clock"}


def test_a_model_that_was_written_before_is_a_source(source: Path, out: Path, tmp_path: Path, run: Run) -> None:
    run("convert", source, "-o", out, "--to", "json,txt")
    folder = tmp_path / "models"
    folder.mkdir()
    shutil.copy(out / "backward-clock" / "backward-clock.json", folder / "backward-clock.json")
    (folder / "show.toml").write_text(SHOW)
    assert run("convert", folder, "-o", tmp_path / "again", "--to", "json,txt").code == 0
    for name in ("backward-clock.json", "backward-clock.txt"):
        one, two = ((place / "backward-clock" / name).read_text() for place in (out, tmp_path / "again"))
        assert one == two.replace("backward-clock.json”", "backward-clock.txt”")


def test_one_bad_episode_of_several_stops_no_other(source: Path, out: Path, tmp_path: Path, run: Run) -> None:
    empty = tmp_path / "empty.txt"
    empty.write_bytes(b"")
    ended = run("convert", empty, source, "-o", out, "--to", "txt")
    assert ended.code == 7
    assert _made(out) == {"backward-clock"}
    assert sum("the file is empty" in line for line in ended.err.splitlines()) == 1
    assert "1 source could not be converted" in ended.err.splitlines()[-1]


@pytest.mark.parametrize("fault", ["missing", "facts"])
def test_what_is_wrong_with_one_source_stops_no_other(
    fault: str, source: Path, out: Path, tmp_path: Path, run: Run
) -> None:
    other = tmp_path / "other.txt"
    if fault == "facts":
        other.write_text(SIMPLE)
        other.with_suffix(".toml").write_text("colour = 1\n")
    ended = run("convert", other, source, "-o", out, "--to", "txt")
    assert ended.code == 7
    assert _made(out) == {"backward-clock"}


# facts ---------------------------------------------------------------------------------------------


def _language(run: Run, path: Path, *more: str | Path) -> str:
    found: str = json.loads(run("inspect", path, "--json", *more).out)["language"]
    return found


def test_the_nearest_show_file_upward_is_taken_and_said(source: Path, out: Path, run: Run) -> None:
    inner = source.parent / "a" / "b"
    inner.mkdir(parents=True)
    path = inner / "talk.txt"
    path.write_text(SIMPLE)
    assert f"Facts of the show: {source.parent / 'show.toml'}" in run("convert", path, "-o", out, "--to", "txt").err
    (source.parent / "a" / "show.toml").write_text('language = "nl"\n')
    assert _language(run, path) == "nl"


def test_no_show_file_beyond_the_home_folder_is_taken(source: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    (source.parent / "show.toml").write_text('language = "nl"\n')
    home = source.parent / "home"
    (home / "texts").mkdir(parents=True)
    path = home / "texts" / "talk.txt"
    path.write_text(SIMPLE)
    assert _language(run, path) == "nl"
    monkeypatch.setenv("HOME", str(home))
    assert _language(run, path) == "en"


def test_a_show_file_can_be_named_or_refused(source: Path, tmp_path: Path, run: Run) -> None:
    other = tmp_path / "other.toml"
    other.write_text('language = "nl"\n')
    assert _language(run, source) == "en"
    assert _language(run, source, "--show", other) == "nl"
    people = json.loads(run("inspect", source, "--json", "--show", "none").out)["findings"]
    assert "read-009" in {finding["code"] for finding in people}


def test_an_episodes_own_language_and_people_come_first(source: Path, run: Run) -> None:
    source.with_suffix(".toml").write_text('language = "nl"\ntitle = "Klokken"\n')
    found = json.loads(run("inspect", source, "--json").out)
    assert (found["language"], found["title"]) == ("nl", "Klokken")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ('colour = "red"', "colour"),
        ("name = 5", "name"),
        ('[contact]\npigeon = "coop 3"', "pigeon"),
        ('[people."Ann Lee"]\nname = "Ann"', "people.Ann Lee"),
        ('[people.ann]\nrole = "queen"', "queen"),
        ('name = "never closed', "line 1"),
        ('language = "no such thing"', "language"),
    ],
)
def test_a_fault_in_show_toml_names_the_file_and_the_key(
    text: str, words: str, source: Path, out: Path, run: Run
) -> None:
    show = source.parent / "show.toml"
    show.write_text(f"{text}\n")
    ended = run("convert", source, "-o", out, "--to", "txt")
    assert ended.code == 2
    assert str(show) in ended.err.splitlines()[-1]
    assert words in ended.err.splitlines()[-1]
    assert not out.exists()


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ('colour = "red"', "colour"),
        ('date = "yesterday"', "date"),
        ('[[links]]\nwords = "here"', "href"),
        ('[[links]]\nwords = ""\nhref = "https://x.example"', "words"),
        ('[people."Ann Lee"]\nname = "Ann"', "people.Ann Lee"),
    ],
)
def test_a_fault_in_an_episodes_file_names_the_file_and_the_key(
    text: str, words: str, source: Path, out: Path, run: Run
) -> None:
    facts = source.with_suffix(".toml")
    facts.write_text(f"{text}\n")
    ended = run("convert", source, "-o", out, "--to", "txt")
    assert ended.code == 2
    assert str(facts) in ended.err.splitlines()[-1]
    assert words in ended.err.splitlines()[-1]
    assert not out.exists()


def test_a_show_file_that_is_not_there_is_said(source: Path, out: Path, run: Run) -> None:
    ended = run("convert", source, "-o", out, "--to", "txt", "--show", source.parent / "none.toml")
    assert ended.code == 2
    assert "none.toml" in ended.err


def test_what_staff_wrote_of_the_episode_reaches_the_editions(source: Path, out: Path, run: Run) -> None:
    source.with_suffix(".toml").write_text(
        'date = 2024-02-29\npage = "https://mendedhour.example/b"\nrecording = "https://mendedhour.example/b.mp3"\n'
    )
    run("convert", source, "-o", out, "--to", "txt,html")
    text = (out / "backward-clock" / "backward-clock.txt").read_text(encoding="utf-8")
    page = (out / "backward-clock" / "backward-clock.html").read_text(encoding="utf-8")
    for words in ("29 February 2024", "https://mendedhour.example/b", "help@mendedhour.example", "+1 555 0100"):
        assert words in text
        assert words in page
    assert SAMPLE.partition("\n")[0] in text
