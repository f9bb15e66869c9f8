"""``curbcut voices --assign`` and ``--cast``, from the command line to the file."""

from collections.abc import Callable
from pathlib import Path

import pytest

from converters.errors import SavingError
from converters.saving import replace_file
from converters.settings import load_show
from tests.conftest import Run

pytestmark = pytest.mark.speech

SHOW = """\
# The facts of our show.
name = "The Corner"   # of Elm Street
language = "en"

[people.ann-lee]
name = "Ann Lee"
role = "host"

# how to write to us
[contact]
email = "help@corner.example"
phone = "+1 555 0100"
"""

FIRST = """\
Who Paid for the Ramp?

ANN LEE: Welcome to the show. Today we talk about a ramp, and about who built it for the library.

BO RUIZ: We all did, every weekend of a long winter, with boards that the school gave away.

CY OKORO: And the neighbors paid for the screws, every one of them, out of a jar in the bakery.

ANN LEE: Thank you both. What comes next?

DEE VÁZQUEZ: A handrail. It has to be painted before the rain comes, or it will not last the year.
"""
SECOND = FIRST.replace("Who Paid for the Ramp?", "Who Paints the Rail?").replace("BO RUIZ", "EVE HOLT")


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    folder = tmp_path / "archive"
    folder.mkdir()
    (folder / "show.toml").write_text(SHOW, encoding="utf-8")
    (folder / "first.txt").write_text(FIRST, encoding="utf-8")
    (folder / "second.txt").write_text(SECOND, encoding="utf-8")
    return folder


def test_lasting_voices_are_written_for_everybody_and_nothing_else_changes(archive: Path, run: Run) -> None:
    ran = run("voices", "--assign", archive)
    assert ran.code == 0, ran.err
    assert ran.out == f"{archive / 'show.toml'}\n"
    text = (archive / "show.toml").read_text(encoding="utf-8")
    people = load_show(archive / "show.toml").people
    assert {identifier for identifier, facts in people.items() if facts.voice} == {
        "ann-lee", "bo-ruiz", "cy-okoro", "dee-vazquez", "eve-holt",
    }  # fmt: skip
    for together in (("ann-lee", "bo-ruiz", "cy-okoro", "dee-vazquez"), ("ann-lee", "eve-holt", "cy-okoro")):
        assert len({people[identifier].voice for identifier in together}) == len(together)
    assert text.replace(f'voice = "{people["ann-lee"].voice}"\n', "", 1).startswith(SHOW)
    assert f'Ann Lee [people.ann-lee]: voice = "{people["ann-lee"].voice}"' in ran.err


def test_after_that_no_voice_hangs_on_who_else_is_there(archive: Path, run: Run, tmp_path: Path) -> None:
    before = run("convert", archive / "first.txt", "-o", tmp_path / "before", "--to", "mp3").err
    assert "speech-010" in before
    run("voices", "--assign", archive)
    after = run("convert", archive / "first.txt", "-o", tmp_path / "after", "--to", "mp3")
    assert after.code == 0
    assert "speech-01" not in after.err
    assert "nothing to write" in run("voices", "--assign", archive).err


def test_a_voice_that_staff_have_chosen_is_never_written_over(archive: Path, run: Run) -> None:
    chosen = SHOW.replace('role = "host"', 'role = "host"\nvoice = "higher"')
    (archive / "show.toml").write_text(chosen, encoding="utf-8")
    ran = run("voices", "--assign", archive)
    assert load_show(archive / "show.toml").people["ann-lee"].voice == "higher"
    assert (archive / "show.toml").read_text(encoding="utf-8").startswith(chosen)
    assert "Ann Lee [people.ann-lee] keeps the range that was chosen" in ran.err


def test_a_dry_run_says_it_and_writes_nothing(archive: Path, run: Run) -> None:
    ran = run("voices", "--assign", archive, "--dry-run")
    assert ran.code == 0
    assert not ran.out
    assert "5 voices to be written" in ran.err
    assert (archive / "show.toml").read_text(encoding="utf-8") == SHOW


def test_without_a_show_toml_it_says_what_to_do_and_what_would_stand_there(archive: Path, run: Run) -> None:
    (archive / "show.toml").unlink()
    ran = run("voices", "--assign", archive, "--language", "en")
    assert ran.code == 2
    assert '[people.bo-ruiz]\nname = "Bo Ruiz"\nvoice = ' in ran.err
    assert "curbcut init" in ran.err
    assert not (archive / "show.toml").exists()


def test_an_episode_that_cannot_be_read_is_named_and_stops_nothing(archive: Path, run: Run) -> None:
    (archive / "third.txt").write_bytes(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n")
    ran = run("voices", "--assign", archive)
    assert ran.code == 7
    assert "third.txt: left out" in ran.err
    assert load_show(archive / "show.toml").people["bo-ruiz"].voice


def test_nobody_is_given_an_entry_that_would_split_a_person_in_another_episode(run: Run, tmp_path: Path) -> None:
    export = Path(__file__).parents[1] / "readings" / "the-mending-hour.wordpress.xml"
    (tmp_path / "export.xml").write_bytes(export.read_bytes())
    (tmp_path / "show.toml").write_text('language = "en"\n', encoding="utf-8")
    ran = run("voices", "--assign", tmp_path / "export.xml")
    assert ran.code == 0, ran.err
    people = load_show(tmp_path / "show.toml").people
    assert "juniper-holt" in people
    assert "juniper" not in people
    assert "Juniper: no voice was written" in ran.err
    before, after = (
        run("inspect", tmp_path / "export.xml", "--episode", "the-toaster-that-gets-the-shipping-news", *more).out
        for more in (("--show", "none", "--language", "en"), ())
    )
    assert after == before


def test_each_show_toml_is_given_its_own_people(archive: Path, run: Run) -> None:
    inner = archive / "inner"
    inner.mkdir()
    (archive / "second.txt").rename(inner / "second.txt")
    (inner / "show.toml").write_text('language = "en"\n', encoding="utf-8")
    run("voices", "--assign", archive)
    outer_people, inner_people = (load_show(folder / "show.toml").people for folder in (archive, inner))
    assert "bo-ruiz" in outer_people
    assert "bo-ruiz" not in inner_people
    assert inner_people["cy-okoro"].voice == outer_people["cy-okoro"].voice


def test_what_cannot_be_written_leaves_every_show_toml_as_it_was(
    archive: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    inner = archive / "inner"
    inner.mkdir()
    (archive / "second.txt").rename(inner / "second.txt")
    (inner / "show.toml").write_text('language = "en"\n', encoding="utf-8")
    before = {path: path.read_bytes() for path in archive.rglob("show.toml")}
    tried: list[Path] = []

    def full(path: Path, content: bytes) -> None:
        tried.append(path)
        if len(tried) == 2:
            raise SavingError(f"{path}: no room.")
        replace_file(path, content)

    monkeypatch.setattr("converters.assignment.replace_file", full)
    assert run("voices", "--assign", archive).code == 5
    assert len(tried) == 3, "the first was written, and put back"
    assert {path: path.read_bytes() for path in archive.rglob("show.toml")} == before


def test_everybody_is_heard_for_about_ten_seconds_after_their_name(
    run: Run, tmp_path: Path, decoded: Callable[[Path], "memoryview[int]"]
) -> None:
    long = FIRST.replace("We all did,", "We all did, " + "and it was a long way to go, " * 40)
    source = tmp_path / "long.txt"
    source.write_text(long, encoding="utf-8")
    path = tmp_path / "heard.mp3"
    ran = run("voices", "--cast", source, "-o", path, "--show", "none", "--language", "en")
    assert ran.code == 0, ran.err
    assert ran.out == f"{path}\n"
    assert "Bo Ruiz [people.bo-ruiz]: gmw/en-us+" in ran.err
    assert "by order; not chosen" in ran.err
    assert 20 <= len(decoded(path)) / 22_050 <= 60
    content = path.read_bytes()
    assert all(name.encode() in content for name in ("Ann Lee", "Bo Ruiz", "Cy Okoro"))
    assert sorted(file.name for file in tmp_path.iterdir()) == ["heard.mp3", "long.txt"]


def test_why_somebody_has_a_voice_is_said(archive: Path, run: Run, tmp_path: Path) -> None:
    settled = SHOW.replace('role = "host"', 'role = "host"\nvoice = "gmw/en-us+Gene@35"')
    (archive / "show.toml").write_text(settled + '\n[people.bo-ruiz]\nvoice = "lower"\n', encoding="utf-8")
    ran = run("voices", "--cast", archive / "first.txt", "-o", tmp_path / "heard.mp3")
    said = {line.split(" [")[0]: line for line in ran.err.splitlines()}
    assert said["Ann Lee"].endswith("chosen in show.toml")
    assert "lower), by order, in the range chosen in show.toml" in said["Bo Ruiz"]


def test_an_episode_that_cannot_be_read_leaves_no_file(run: Run, tmp_path: Path) -> None:
    assert run("voices", "--cast", tmp_path / "nothing.txt", "-o", tmp_path / "heard.mp3").code == 3
    assert not list(tmp_path.iterdir())
