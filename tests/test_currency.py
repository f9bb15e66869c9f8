"""A second run makes anew what a change touches, no more and no less, and ends where a fresh run would."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from converters import stylesheets
from converters.currency import NAMES_NO_OTHERS
from converters.settings import LargePrint
from converters.stylesheets import sheets_of

from .conftest import ROOT, SAMPLE, SHOW, Run, differing, files_below

TEXTS = "html,epub,docx,txt,json"
SLUG = "backward-clock"


def _formats(written: list[str]) -> set[str]:
    return {Path(path).suffix.removeprefix(".") for path in written}


def _remade(run: Run, source: Path, out: Path, *options: str) -> set[str]:
    """Convert again, compare with a conversion into an empty folder, and return what was written."""
    again = run("convert", source, "-o", out, *options)
    assert again.code == 0, again.err
    fresh = out.with_name(f"{out.name}-fresh")
    shutil.rmtree(fresh, ignore_errors=True)
    assert run("convert", source, "-o", fresh, *options).code == 0
    assert not differing(files_below(out), files_below(fresh))
    return _formats(again.out.splitlines())


@pytest.fixture
def made(source: Path, out: Path, run: Run) -> Path:
    """The sample's folder of silent editions."""
    assert run("convert", source, "-o", out, "--to", TEXTS).code == 0
    return out


def test_an_unchanged_episode_is_left_as_it_is(made: Path, source: Path, run: Run) -> None:
    before = {path: path.stat().st_mtime_ns for path in made.rglob("*")}
    again = run("convert", source, "-o", made, "--to", TEXTS)
    assert again.out == ""
    assert again.err.splitlines()[-1].startswith(f"Nothing to do: 5 editions are current in {made / SLUG}")
    assert {path: path.stat().st_mtime_ns for path in made.rglob("*")} == before


def test_force_makes_current_editions_anew(made: Path, source: Path, run: Run) -> None:
    assert _remade(run, source, made, "--to", TEXTS, "--force") == {"html", "epub", "docx", "txt", "json"}


def test_a_changed_source_touches_every_edition(made: Path, source: Path, run: Run) -> None:
    source.write_text(SAMPLE.replace("mostly", "always"), encoding="utf-8")
    assert _remade(run, source, made, "--to", TEXTS) == {"html", "epub", "docx", "txt", "json"}


def test_an_altered_file_is_made_anew_alone(made: Path, source: Path, run: Run) -> None:
    (made / SLUG / f"{SLUG}.txt").write_text("something else", encoding="utf-8")
    assert _remade(run, source, made, "--to", TEXTS) == {"txt"}


def test_a_setting_touches_the_editions_that_it_shapes(made: Path, source: Path, run: Run) -> None:
    assert _remade(run, source, made, "--to", TEXTS, "--text-width", "60") == {"txt"}
    assert _remade(run, source, made, "--to", TEXTS, "--text-width", "60", "--font-size", "24") == {"docx"}
    assert _remade(run, source, made, "--to", TEXTS, "--text-width", "60", "--font-size", "24", "--rate", "90") == set()


def test_a_word_for_the_lexicon_touches_what_holds_or_says_it(made: Path, source: Path, run: Run) -> None:
    show = source.with_name("show.toml")
    show.write_text(f'{SHOW}\n[lexicon]\nDunnock = "DUN-uck"\n', encoding="utf-8")
    assert _remade(run, source, made, "--to", TEXTS) == {"epub"}


def test_a_label_touches_the_episodes_in_which_it_stands(made: Path, source: Path, run: Run) -> None:
    show = source.with_name("show.toml")
    show.write_text(f'{SHOW}\n[people.somebody-else]\nname = "Somebody Else"\nlabels = ["ELSE"]\n', encoding="utf-8")
    assert _remade(run, source, made, "--to", TEXTS) == set()
    show.write_text(f'{SHOW}\n[people.iggy]\nname = "Iggy Fellowdale"\nlabels = ["IGNACE FELLOWDALE"]\n', "utf-8")
    assert _remade(run, source, made, "--to", TEXTS) == {"html", "epub", "docx", "txt", "json"}


def test_a_way_to_get_in_touch_touches_all_that_print_it(made: Path, source: Path, run: Run) -> None:
    show = source.with_name("show.toml")
    show.write_text(SHOW.replace('phone = "', 'phone = "1'), encoding="utf-8")
    assert "phone" in SHOW
    assert {"html", "epub", "docx", "txt"} <= _remade(run, source, made, "--to", TEXTS)


def test_a_style_sheet_touches_the_edition_that_is_made_with_it(
    made: Path, source: Path, run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.copytree(ROOT / "styles", tmp_path / "styles")
    monkeypatch.setattr(stylesheets, "_folder", lambda: tmp_path / "styles")
    for name, formats in (("epub.css", {"epub"}), ("toolbar.css", {"html"}), ("daisy.css", set())):
        with (tmp_path / "styles" / name).open("a", encoding="utf-8") as sheet:
            sheet.write("\n.new { color: inherit }\n")
        stylesheets.style_digest.cache_clear()
        assert _remade(run, source, made, "--to", TEXTS) == formats, name
    stylesheets.style_digest.cache_clear()


def test_another_edition_touches_those_that_name_it(made: Path, source: Path, run: Run) -> None:
    assert _remade(run, source, made, "--to", f"{TEXTS},html-fragment") >= {"html", "epub", "docx", "txt"}
    assert "json" in NAMES_NO_OTHERS


def test_one_edition_alone_leaves_the_others_and_marks_what_is_outdated(made: Path, source: Path, run: Run) -> None:
    source.write_text(SAMPLE.replace("mostly", "always"), encoding="utf-8")
    again = run("convert", source, "-o", made, "--to", "json")
    assert _formats(again.out.splitlines()) == {"json"}
    from converters import manifest

    known = manifest.load(made / SLUG)
    assert known
    assert {row.format for row in known.artifacts if row.stale} == {"html", "epub", "docx", "txt"}


# what the digests are made of ---------------------------------------------------------------


READ = """
import sys
from pathlib import Path
read = Path.read_text
def telling(path, *arguments, **named):
    if path.parent.name == "styles":
        print("SHEET", path.name)
    return read(path, *arguments, **named)
Path.read_text = telling
import converters.currency
converters.currency.style_digest = lambda *_, **__: ""
from converters.cli import main
sys.exit(main(sys.argv[1:]))
"""


@pytest.mark.slow
@pytest.mark.parametrize(
    "edition", ["html", "html-fragment", "epub", "pdf", "docx", "ebraille", "lpf", "daisy202", "daisy3", "txt", "mp3"]
)
@pytest.mark.parametrize("aloud", [(), ("--read-aloud",)])
def test_the_sheets_of_an_edition_are_those_that_are_read_for_it(
    edition: str, aloud: tuple[str, ...], source: Path, out: Path
) -> None:
    command = [sys.executable, "-c", READ, "convert", str(source), "-o", str(out), "--to", edition, *aloud]
    ended = subprocess.run(command, capture_output=True, encoding="utf-8", check=True, env={**os.environ})
    found = {line.split()[1] for line in ended.stdout.splitlines() if line.startswith("SHEET")}
    hidden = {"read-along.css"} if edition == "html" and not aloud else set()
    assert found == {*sheets_of(edition, LargePrint(), is_narrated=bool(aloud))} - hidden


@pytest.mark.slow
def test_editions_that_name_no_others_are_the_same_alone(source: Path, tmp_path: Path, run: Run) -> None:
    wanted = sorted(NAMES_NO_OTHERS)
    assert run("convert", source, "-o", tmp_path / "all", "--to", "all").code == 0
    together = files_below(tmp_path / "all")
    for name in wanted:
        more = ["--read-aloud"] if name in {"vtt", "srt", "podcast-json", "chapters-json"} else []
        assert run("convert", source, "-o", tmp_path / name, "--to", name, *more).code == 0
        alone = {path: content for path, content in files_below(tmp_path / name).items() if "manifest" not in path}
        assert alone
        assert {path: together[path] for path in alone} == alone, name
