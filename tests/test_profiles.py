"""What one reader needs, in one word: found, checked, outweighed by the command line, and named in no edition."""

import io
import json
import tomllib
import zipfile
from pathlib import Path

import msgspec
import pytest

from converters import profiles

from .conftest import SAMPLE, SHOW, Run, episodes_in, files_below

MINE = 'formats = ["pdf", "txt"]\nfont-size = 24\ntheme = "yellow-on-black"\n'


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    """A show of one episode, and a reader's profile beside it."""
    folder = tmp_path / "archive"
    (folder / "profiles").mkdir(parents=True)
    (folder / "show.toml").write_text(SHOW, encoding="utf-8")
    (folder / "clock.txt").write_text(SAMPLE, encoding="utf-8")
    (folder / "profiles" / "reader-17.toml").write_text(MINE, encoding="utf-8")
    return folder


def _origins(said: str) -> dict[str, str]:
    """Return each setting that was explained, with its value and where that is from."""
    return dict(line.split(": ", 1) for line in said.splitlines() if ", from the " in line)


def test_a_profile_beside_the_show_is_found_by_its_name_and_has_a_folder_of_its_own(
    archive: Path, out: Path, run: Run
) -> None:
    made = run("convert", archive / "clock.txt", "-o", out, "--for", "reader-17", "--explain")
    assert made.code == 0, made.err
    assert episodes_in(out) == {"clock-for-reader-17"}
    assert set(files_below(out / "clock-for-reader-17")) == {"clock-large-print.pdf", "clock.txt", "manifest.json"}
    told = _origins(made.err)
    assert told["font-size"] == "24, from the profile reader-17"
    assert told["theme"] == "yellow-on-black, from the profile reader-17"
    assert told["rate"] == "175, from the defaults"


def test_the_command_line_outweighs_a_profile(archive: Path, out: Path, run: Run) -> None:
    said = run("convert", archive / "clock.txt", "-o", out, "--for", "reader-17", "--font-size", "30", "--to", "txt",
               "--explain", "--dry-run")  # fmt: skip
    told = _origins(said.err)
    assert (told["font-size"], told["to"]) == ("30, from the command line", "txt, from the command line")
    assert told["theme"] == "yellow-on-black, from the profile reader-17"


def test_the_default_said_aloud_outweighs_a_profile_too(archive: Path, out: Path, run: Run) -> None:
    said = run("convert", archive / "clock.txt", "-o", out, "--for", "slow-audio", "--rate", "175", "--explain",
               "--dry-run")  # fmt: skip
    assert _origins(said.err)["rate"] == "175, from the command line"


def test_the_language_of_the_show_is_explained(archive: Path, out: Path, run: Run) -> None:
    said = run("convert", archive, "-o", out, "--explain", "--dry-run")
    assert f"clock.txt, language: en, from {archive / 'show.toml'}" in said.err
    (archive / "clock.toml").write_text('language = "en-GB"\n', encoding="utf-8")
    said = run("convert", archive, "-o", out, "--explain", "--dry-run")
    assert "clock.txt, language: en-GB, from clock.toml" in said.err
    said = run("convert", archive, "-o", out, "--explain", "--dry-run", "--language", "de")
    assert "clock.txt, language: de, from the command line" in said.err


def test_the_name_of_a_profile_is_in_no_file(archive: Path, out: Path, run: Run) -> None:
    named = archive / "profiles" / "quillfeather.toml"
    named.write_text('formats = ["html", "epub", "docx", "txt", "json"]\nabout = "plumtree"\n', encoding="utf-8")
    assert run("convert", archive / "clock.txt", "-o", out, "--for", "quillfeather").code == 0
    for name, content in files_below(out).items():
        whole = content + (_unpacked(content) if content.startswith(b"PK") else b"")
        assert not {word for word in (b"quillfeather", b"plumtree") if word in whole.lower()}, name
        assert "quillfeather" not in Path(name).name


def _unpacked(content: bytes) -> bytes:
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        return b"".join(packed.read(name) + name.encode() for name in packed.namelist())


def test_what_is_made_for_one_reader_is_in_no_list_of_the_archive(archive: Path, out: Path, run: Run) -> None:
    (archive / "other.txt").write_text(SAMPLE.replace("mostly", "never"), encoding="utf-8")
    assert run("convert", archive, "-o", out, "--to", "html,txt").code == 0
    before = files_below(out)
    assert run("convert", archive, "-o", out, "--for", "screen-reader").code == 0
    assert run("convert", archive / "clock.txt", "-o", out, "--for", "screen-reader", "--to", "txt").code == 0
    assert episodes_in(out) >= {"clock-for-screen-reader", "other-for-screen-reader"}
    after = files_below(out)
    assert {name: after[name] for name in before} == before
    assert run("convert", archive, "-o", out, "--to", "html,txt", "--force").code == 0
    assert not [name for name, content in files_below(out).items() if "/" not in name and b"-for-" in content]


def test_the_same_asked_again_makes_nothing(archive: Path, out: Path, run: Run) -> None:
    asked = ("convert", archive / "clock.txt", "-o", out, "--for", "reader-17")
    assert run(*asked).out
    assert run(*asked).out == ""


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("font-size = 72\n", "$.font-size"),
        ('theme = "pink"\n', "$.theme"),
        ("colour = 3\n", "colour"),
        ('formats = ["stone"]\n', "no format “stone” - at `$.formats`"),
        ("rate = \n", "line 1"),
        ('rate = "fast"\n', "$.rate"),
    ],
)
def test_what_is_wrong_in_a_profile_is_named_with_its_key(
    archive: Path, out: Path, run: Run, text: str, told: str
) -> None:
    path = archive / "profiles" / "reader-17.toml"
    path.write_text(text, encoding="utf-8")
    said = run("convert", archive / "clock.txt", "-o", out, "--for", "reader-17")
    assert said.code == 2
    assert str(path) in said.err
    assert told in said.err
    assert not out.exists()


def test_a_profile_that_is_not_there_is_answered_with_those_that_are(archive: Path, out: Path, run: Run) -> None:
    said = run("convert", archive / "clock.txt", "-o", out, "--for", "reader-18")
    assert said.code == 2
    assert "There is no profile “reader-18”" in said.err
    assert "large-print" in said.err
    assert "reader-17" in said.err


def test_a_profile_may_be_a_path_and_a_name_of_a_person_is_refused(archive: Path, out: Path, run: Run) -> None:
    mine = archive / "profiles" / "reader-17.toml"
    said = run("convert", archive / "clock.txt", "-o", out, "--for", mine, "--to", "txt")
    assert said.code == 0, said.err
    assert episodes_in(out) == {"clock-for-reader-17"}
    named = mine.rename(mine.with_name("Ann Lee.toml"))
    said = run("convert", archive / "clock.txt", "-o", out, "--for", named)
    assert said.code == 2
    assert "small letters, digits and hyphens only" in said.err


def test_the_nearest_profile_of_a_name_is_taken(archive: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    own = archive.parent / "config" / "curbcut" / "profiles"
    own.mkdir(parents=True)
    monkeypatch.setenv("XDG_CONFIG_HOME", str(own.parents[1]))
    show = archive / "show.toml"
    (own / "reader-17.toml").write_text("rate = 100\n", encoding="utf-8")
    (own / "large-print.toml").write_text("font-size = 36\n", encoding="utf-8")
    assert tomllib.loads(run("profiles", "reader-17", "--show", show).out)["font-size"] == 24
    assert tomllib.loads(run("profiles", "reader-17", "--show", "none").out) == {"rate": 100}
    assert tomllib.loads(run("profiles", "large-print", "--show", show).out) == {"font-size": 36}
    assert f"({own / 'large-print.toml'})" in run("profiles", "--show", show).out


@pytest.mark.parametrize("name", profiles.BUILT_IN)
def test_a_built_in_profile_reads_back_as_it_is_shown(name: str, run: Run) -> None:
    shown = run("profiles", name, "--show", "none")
    assert shown.code == 0
    assert msgspec.convert(tomllib.loads(shown.out), profiles.Profile) == profiles.BUILT_IN[name]


@pytest.mark.parametrize("name", sorted(profiles.BUILT_IN.keys() - {"everything"}))
def test_each_built_in_profile_settles_what_it_says(name: str, archive: Path, out: Path, run: Run) -> None:
    said = run("convert", archive / "clock.txt", "-o", out, "--for", name, "--explain", "--dry-run", "--json")
    assert said.code == 0, said.err
    told = _origins(said.err)
    for setting, value in profiles.BUILT_IN[name].settings():
        assert told[setting.replace("_", "-")] == f"{value}, from the profile {name}".replace("True", "yes")
    assert json.loads(said.out)


# made by asking -----------------------------------------------------------------------------


def _answering(monkeypatch: pytest.MonkeyPatch, answers: dict[str, list[str]]) -> None:
    """Answer each question by a word in it, in turn; all others with Enter."""
    given = {word: iter(said) for word, said in answers.items()}

    def ask(question: str) -> str:
        return next((next(said, "") for word, said in given.items() if word in question), "")

    monkeypatch.setattr("converters.cli._ask", ask)


def test_a_profile_is_made_by_asking_and_serves_at_once(
    archive: Path, out: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    _answering(monkeypatch, {"editions": ["stone", "pdf, TXT"], "large": ["72", "28"], "colours": ["yellow-on-black"]})
    show = archive / "show.toml"
    made = run("profiles", "--make", "reader-18", "--show", show)
    assert made.code == 0
    path = archive / "profiles" / "reader-18.toml"
    assert made.out == f"{path}\n"
    assert tomllib.loads(path.read_text()) == {"formats": ["pdf", "txt"], "font-size": 28, "theme": "yellow-on-black"}
    assert run("convert", archive / "clock.txt", "-o", out, "--for", "reader-18").code == 0
    again = run("profiles", "--make", "reader-18", "--show", show)
    assert again.code == 2
    assert "is there already" in again.err


def test_questions_that_are_not_answered_to_the_end_leave_nothing(
    archive: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    def ending(_question: str) -> str:
        raise EOFError

    monkeypatch.setattr("converters.cli._ask", ending)
    said = run("profiles", "--make", "reader-18", "--show", archive / "show.toml")
    assert said.code == 2
    assert not (archive / "profiles" / "reader-18.toml").exists()
    assert run("profiles", "--make", "Ann Lee", "--show", archive / "show.toml").code == 2
