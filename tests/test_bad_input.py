"""Bad and hostile input: one clear line, the right exit code and no folder, or editions that hold it safely."""

import json
import os
from pathlib import Path

import pytest

from .conftest import Run

NAMED = "Title\n\nANN LEE: Hello there.\n\nBOB RAY: Hi.\n\nANN LEE: So?\n\nBOB RAY: So.\n"

BAD = {
    "a missing file": ("missing.txt", None, "no such file"),
    "a name that no disk can hold": ("x" * 400 + ".txt", None, "x.txt"),
    "a folder without transcripts": ("folder", {}, "no transcripts"),
    "a folder of other files": (
        "folder",
        {"a.pdf": b"%PDF-", ".hidden.txt": b"A: b", "show.toml": b""},
        "no transcripts",
    ),
    "an empty file": ("empty.txt", b"", "empty"),
    "a binary file": ("binary.txt", bytes(range(256)), "not a text file"),
    "a picture": ("a.txt", b"\x89PNG\r\n\x1a\n", "picture"),
    "a source that is too large": ("big.txt", b"A word. " * 130_000, "--max-size"),
}


@pytest.mark.parametrize("command", ["convert", "inspect"])
@pytest.mark.parametrize("kind", BAD)
def test_bad_input_gets_one_clear_line_and_no_folder(
    kind: str, command: str, tmp_path: Path, out: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    name, content, words = BAD[kind]
    path = tmp_path / "in" / name
    path.parent.mkdir()
    if isinstance(content, dict):
        path.mkdir()
        for inner, text in content.items():
            (path / inner).write_bytes(text)
    elif content is not None:
        path.write_bytes(content)
    monkeypatch.chdir(tmp_path)
    places = ["-o", str(out), "--to", "txt"] if command == "convert" else []
    ended = run(command, path, *places, "--max-size", "1", "--show", "none")
    assert ended.code == 3
    assert ended.out == ""
    line = ended.err.removeprefix("Nothing was made. ")
    assert line.count("\n") == 1
    assert words in line
    assert sorted(file.name for file in tmp_path.iterdir()) == ["in"]


HOSTILE = [
    "<script>alert(1)</script>",
    "A & B",
    'Say "yes"',
    "../../etc/passwd",
    "\u200fevil\u200e \u2067and\u2069",
    "x" * 300,
    "{title} %s {0}",
    "--option",
    "]]>",
]


@pytest.mark.parametrize("title", HOSTILE)
def test_hostile_titles_are_words_and_no_more(title: str, tmp_path: Path, out: Path, run: Run) -> None:
    path = tmp_path / "hostile.txt"
    path.write_text(NAMED.replace("Title", title), encoding="utf-8")
    made = run("convert", path, "-o", out, "--to", "html,epub,txt,json", "--show", "none")
    assert made.code == 0, made.err
    assert sorted(path.name for path in tmp_path.iterdir()) == ["hostile.txt", "out"]
    assert json.loads((out / "hostile" / "manifest.json").read_bytes())["title"] == title
    assert "<script>alert" not in (out / "hostile" / "hostile.html").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    "name", ["<script>.txt", "a & b.txt", "-.txt", "x" * 251 + ".txt", "a\x07b.txt", "\u202e.txt", "Ω.txt", "..txt"]
)
def test_hostile_file_names_stay_inside_the_folder(name: str, tmp_path: Path, out: Path, run: Run) -> None:
    (tmp_path / name).write_text(NAMED.removeprefix("Title\n\n"), encoding="utf-8")
    made = run("convert", tmp_path / name, "-o", out, "--to", "html,epub,txt,json", "--show", "none")
    assert made.code == 0, made.err
    (folder,) = out.iterdir()
    assert folder.name.isascii()
    assert len(folder.name) <= 80
    assert len(made.out.splitlines()) == 4


def test_a_file_name_that_is_no_text_is_no_crash(tmp_path: Path, out: Path, run: Run) -> None:
    path = tmp_path / os.fsdecode(b"caf\xe9.txt")
    try:
        path.write_text(NAMED, encoding="utf-8")
    except OSError:
        pytest.skip("this disk holds no such name")
    assert run("convert", path, "-o", out, "--to", "html,txt,json", "--show", "none").code == 0


CONTROL = 'title = "Bells\\u0007 and\\u000b chimes"\n'


def test_control_characters_in_what_staff_wrote_are_left_out(source: Path, out: Path, run: Run) -> None:
    source.with_suffix(".toml").write_text(CONTROL)
    show = source.parent / "show.toml"
    show.write_text(show.read_text().replace("The Mended Hour", "The \\u0001Mended Hour"))
    made = run("convert", source, "-o", out, "--to", "html,epub,txt")
    assert made.code == 0, made.err
    assert "Bells and chimes" in (out / source.stem / f"{source.stem}.txt").read_text(encoding="utf-8")


def test_a_text_with_no_speakers_is_converted_with_a_finding(tmp_path: Path, out: Path, run: Run) -> None:
    path = tmp_path / "walk.txt"
    path.write_text("A Walk\n\nI walked all day.\n\nThen I came back.\n")
    made = run("convert", path, "-o", out, "--to", "html,epub,txt,json", "--show", "none")
    assert made.code == 0
    assert "read-004 warning" in made.err


def test_broken_utf_8_is_converted_with_a_finding(tmp_path: Path, out: Path, run: Run) -> None:
    path = tmp_path / "broken.txt"
    path.write_bytes(NAMED.encode().replace(b"Hello", b"H\xffllo"))
    made = run("convert", path, "-o", out, "--to", "txt", "--show", "none")
    assert made.code == 0
    assert "read-023 warning" in made.err
