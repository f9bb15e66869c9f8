"""What staff can ask about a reading, and how they correct it."""

import json
from pathlib import Path

import pytest

from .conftest import ROOT, Run, files_below

READINGS = ROOT / "tests" / "readings"
EXPORT = READINGS / "the-mending-hour.wordpress.xml"
COUNTED = """\
SPEAKER_00: Is the kettle on?

SPEAKER_01: It is.

SPEAKER_00: And the lamp?

NOTE: nobody came.

SPEAKER_01: Lit.
"""
SPANISH = "ANA RUIZ: No.\n\nBO LEE: No, no.\n\nANA RUIZ: Sin sal, no.\n"


@pytest.fixture
def counted(tmp_path: Path) -> Path:
    """Return a transcript of two people whom a program told apart."""
    path = tmp_path / "counted.txt"
    path.write_text(COUNTED, encoding="utf-8")
    return path


def found(run: Run, *arguments: object) -> dict[str, object]:
    """Return what inspect says as JSON."""
    ended = run("inspect", *map(str, arguments), "--json")
    assert ended.code == 0, ended.err
    told = json.loads(ended.out)
    assert isinstance(told, dict)
    return told


def who(run: Run, *arguments: object) -> list[tuple[str, tuple[str, ...]]]:
    """Return the names and labels of the people."""
    people = found(run, *arguments)["people"]
    assert isinstance(people, list)
    return [(person["name"], tuple(person["labels"])) for person in people]


def test_people_who_are_only_counted_are_named_with_one_option(counted: Path, run: Run) -> None:
    assert who(run, counted)[0] == ("Speaker 0", ("SPEAKER_00",))
    assert "read-022" in run("inspect", counted).out
    naming = "SPEAKER_00=Ana Ruiz, SPEAKER_01=Bo Lee"
    assert who(run, counted, "--speakers", naming) == [
        ("Ana Ruiz", ("SPEAKER_00",)), ("Bo Lee", ("SPEAKER_01",)),
    ]  # fmt: skip
    assert "read-022" not in run("inspect", counted, "--speakers", naming).out


def test_what_is_no_label_is_said_to_be_none_and_stays_in_the_text(counted: Path, run: Run) -> None:
    turns = found(run, counted, "--speakers", "NOTE=")["turns"]
    assert isinstance(turns, list)
    assert [turn["label"] for turn in turns] == ["SPEAKER_00", "SPEAKER_01", "SPEAKER_00", "SPEAKER_01"]
    assert turns[2]["text"].endswith("NOTE: nobody came.")
    named = found(run, counted, "--speakers", "NOTE=Nora Teague")["turns"]
    assert isinstance(named, list)
    assert named[3]["label"] == "NOTE"


def test_somebody_named_who_does_not_speak_is_a_finding(counted: Path, run: Run) -> None:
    assert "read-024" in run("inspect", counted, "--speakers", "SPEAKER_07=Ivo Thorn").out


def test_the_language_that_staff_say_is_taken(tmp_path: Path, run: Run) -> None:
    source = tmp_path / "charla.txt"
    source.write_text(SPANISH, encoding="utf-8")
    assert found(run, source, "--language", "es-MX")["language"] == "es-MX"
    assert "read-009" not in run("inspect", source, "--language", "es-MX").out


def test_the_first_words_of_each_turn_are_shown_on_request(counted: Path, run: Run) -> None:
    assert "Is the kettle on?" not in run("inspect", counted).out
    shown = run("inspect", counted, "--turns").out.splitlines()
    assert "  transcript-t01, SPEAKER_00: Is the kettle on?" in shown


def test_the_evidence_for_and_against_each_label_is_shown_on_request(counted: Path, run: Run) -> None:
    assert "stands 2 times (+1)" not in run("inspect", counted).out
    shown = run("inspect", counted, "--evidence").out.splitlines()
    speaker = next(line for line in shown if line.startswith("  SPEAKER_00 (2 times)"))
    assert "a speaker." in speaker
    assert "stands 2 times (+1)" in speaker
    note = next(line for line in shown if line.startswith("  NOTE (1 times)"))
    assert "read as text" in note
    assert "(-" in note


def test_the_ledger_accounts_for_every_word(counted: Path, run: Run) -> None:
    shown = run("inspect", counted).out
    assert "Words: 17 in the source" in shown
    assert "Words unaccounted for: none" in shown


@pytest.mark.parametrize(
    ("option", "text"),
    [
        ("--max-words", COUNTED * 4),
        ("--max-turns", "ANN: a\n\nBOB: b\n\n" * 20),
        ("--max-line", f"ANN: {'a ' * 300}\n\nBOB: b\n"),
        ("--max-labels", "".join(f"NAME{chr(65 + n)}: so it is.\n\n" for n in range(26))),
    ],
)
def test_a_source_over_a_limit_is_refused_and_read_when_the_limit_is_raised(
    option: str, text: str, tmp_path: Path, run: Run
) -> None:
    source = tmp_path / "long.txt"
    source.write_text(text, encoding="utf-8")
    refused = run("inspect", source, option, "20")
    assert refused.code == 3
    assert refused.err.startswith("long.txt: ")
    assert f"raise the limit with {option}" in refused.err
    assert refused.err.count("\n") == 1
    assert run("inspect", source, option, "1000").code == 0


def test_size_and_levels_are_limits_too(tmp_path: Path, run: Run) -> None:
    large, deep = tmp_path / "large.txt", tmp_path / "deep.html"
    large.write_text("ANN: a\n\nBOB: b\n\n" * 70_000, encoding="utf-8")
    assert "--max-size" in run("inspect", large, "--max-size", "1").err
    deep.write_text(f"<html><body>{'<div>' * 40}<p>ANN: a</p><p>BOB: b</p></body></html>", encoding="utf-8")
    assert "--max-levels" in run("inspect", deep, "--max-levels", "20").err
    assert run("inspect", deep).code == 0


# exports and folders ----------------------------------------------------------------------------------


def test_every_episode_of_an_export_gets_its_own_folder(out: Path, run: Run) -> None:
    ended = run("convert", EXPORT, "-o", out, "--to", "txt")
    assert ended.code == 0, ended.err
    made = {path.split("/")[0] for path in files_below(out)}
    assert made >= {"who-cut-the-parsonage-bell", "the-toaster-that-gets-the-shipping-news"}
    remarks = [line for line in ended.err.splitlines() if " read-" in line]
    assert remarks
    assert all(line.startswith(f"{EXPORT.name}#") for line in remarks)


def test_one_episode_of_an_export_can_be_looked_at(run: Run) -> None:
    told = found(run, EXPORT, "--episode", "who-cut-the-parsonage-bell")
    assert isinstance(told["title"], str)
    unasked = run("inspect", EXPORT)
    assert unasked.code == 2
    assert "who-cut-the-parsonage-bell" in unasked.err
    unknown = run("inspect", EXPORT, "--episode", "nowhere")
    assert unknown.code == 2
    assert "nowhere" in unknown.err


def test_what_an_export_says_of_an_episode_reaches_the_editions(out: Path, run: Run) -> None:
    run("convert", EXPORT, "-o", out, "--to", "json,html")
    models = [json.loads(content) for name, content in files_below(out).items() if _is_model(name)]
    tagged = next(model for model in models if model["metadata"].get("subjects"))
    pages = [content.decode() for name, content in files_below(out).items() if name.endswith(".html")]
    words = ", ".join(tagged["metadata"]["subjects"]).replace("&", "&amp;")
    assert any(f'<meta name="keywords" content="{words}">' in page for page in pages)


def _is_model(name: str) -> bool:
    return name.endswith(".json") and not name.endswith("manifest.json")


def test_of_a_folder_what_is_no_transcript_is_left_alone(tmp_path: Path, out: Path, run: Run) -> None:
    folder = tmp_path / "archive"
    folder.mkdir()
    (folder / "README.md").write_text("# The archive\n\nAll our shows.\n", encoding="utf-8")
    (folder / "settings.json").write_text('{"colour": "blue"}', encoding="utf-8")
    (folder / "hour.txt").write_text(COUNTED, encoding="utf-8")
    assert run("convert", folder, "-o", out, "--to", "txt").code == 0
    assert [path.name for path in out.iterdir()] == ["hour"]
