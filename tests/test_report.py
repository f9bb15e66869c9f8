"""The report of a run: what is new, what failed and what mends it, what to look at, what nobody has written down."""

import json
import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from lxml import html

from converters import untranscribed
from converters.planning import ShowChoice, plan
from converters.published import OUR_FOLDER
from converters.settings import Options
from converters.writers import writer_named

from .conftest import ROOT, SAMPLE, Ran, Run, left_at_work

EXPORT = """<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"
     xmlns:wp="http://wordpress.org/export/1.2/"><channel><title>The Mended Hour</title>
<link>https://mendedhour.example</link><language>en</language>{items}</channel></rss>
"""
ITEM = """<item><title>{title}</title><link>https://mendedhour.example/{slug}/</link>
<pubDate>{date}</pubDate><content:encoded><![CDATA[{words}]]></content:encoded><wp:post_name>{slug}</wp:post_name>
<wp:status>{status}</wp:status><wp:post_type>post</wp:post_type>
<enclosure url="https://media.mendedhour.example/{slug}.mp3" length="1" type="audio/mpeg"/></item>"""
TALK = "<p>ANN: Is it late?</p><p>BO: It is.</p><p>ANN: Then we go.</p><p>BO: We do.</p>"
NOTES = "<p>This week we talk about springs. <a href='https://springs.example/'>Springs</a></p>"


def _export(*posts: tuple[str, str, str, str]) -> str:
    items = (ITEM.format(slug=slug, title=slug.title(), date=date, words=words, status=status)
             for slug, date, words, status in posts)  # fmt: skip
    return EXPORT.format(items="\n".join(items))


def _report(out: Path) -> Any:
    return json.loads((out / OUR_FOLDER / "report.json").read_bytes())


def _page(out: Path) -> str:
    found = html.document_fromstring((out / OUR_FOLDER / "report.html").read_bytes())
    return " ".join(str(found.xpath("string(//body)")).split())


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    """A good episode, one in which nobody is named, one without words, one whose facts are wrong."""
    folder = tmp_path / "archive"
    folder.mkdir()
    (folder / "good.txt").write_text(SAMPLE, encoding="utf-8")
    (folder / "nobody.txt").write_text("A Title\n\nSomebody says this. Nobody knows who.\n", encoding="utf-8")
    (folder / "empty.txt").write_bytes(b"")
    (folder / "facts.txt").write_text(SAMPLE, encoding="utf-8")
    (folder / "facts.toml").write_text("colour = 1\n", encoding="utf-8")
    return folder


def _convert(archive: Path, out: Path, run: Run, *more: str) -> Ran:
    return run("convert", archive, "-o", out, "--to", "html,txt", "--show", "none", *more)


def test_it_says_what_is_new_what_failed_and_what_mends_it(archive: Path, out: Path, run: Run) -> None:
    said = _convert(archive, out, run)
    assert said.code == 7
    assert said.err.splitlines()[-1].endswith(f"The report is in {out / OUR_FOLDER / 'report.html'}.")
    found = _report(out)
    assert found["version"] == 1
    assert found["end"] == "whole"
    assert found["totals"] == {
        "episodes": 4, "converted": 2, "current": 0, "failed": 2, "not_begun": 0, "editions_made": 4,
        "editions_current": 0,
    }  # fmt: skip
    assert [one["folder"] for one in found["new"]] == ["good", "nobody"]
    failed = {one["source"]: one for one in found["failed"]}
    assert failed.keys() == {"empty.txt", "facts.txt"}
    assert all(one["why"] and one["mend"] for one in failed.values())
    assert "colour" in failed["facts.txt"]["why"]
    assert failed["facts.txt"]["mend"].startswith("Mend that line")
    assert "What mends it: Mend that line" in _page(out)


def test_the_readings_most_in_doubt_come_first(archive: Path, out: Path, run: Run) -> None:
    _convert(archive, out, run)
    doubtful = _report(out)["doubtful"]
    assert doubtful[0]["folder"] == "nobody"
    assert doubtful[0]["doubts"][0]["kind"] == "who speaks"
    assert "read-004" in _page(out)
    weights = [one["weight"] for one in doubtful]
    assert weights == sorted(weights, reverse=True)


def test_a_run_that_has_nothing_to_do_leaves_the_report_of_the_last(archive: Path, out: Path, run: Run) -> None:
    for name in ("empty.txt", "facts.txt"):
        (archive / name).unlink()
    (archive / "nobody.txt").unlink()
    (archive / "other.txt").write_text(SAMPLE, encoding="utf-8")
    _convert(archive, out, run)
    before = (out / OUR_FOLDER / "report.json").read_bytes()
    assert json.loads(before)["totals"]["converted"] == 2
    assert _convert(archive, out, run).err.splitlines()[-1].endswith("report.html.")
    assert (out / OUR_FOLDER / "report.json").read_bytes() == before


def test_recordings_without_a_transcript_are_work_to_do_and_no_failure(tmp_path: Path, out: Path, run: Run) -> None:
    folder = tmp_path / "archive"
    folder.mkdir()
    posts = (
        ("older", "Mon, 02 Jan 2023 10:00:00 +0000", NOTES, "publish"),
        ("talk", "Mon, 09 Jan 2023 10:00:00 +0000", TALK, "publish"),
        ("newer", "Mon, 16 Jan 2023 10:00:00 +0000", "", "publish"),
        ("draft", "Mon, 23 Jan 2023 10:00:00 +0000", NOTES, "draft"),
    )
    (folder / "export.xml").write_text(_export(*posts), encoding="utf-8")
    (folder / "pilot.mp3").write_bytes(b"ID3")
    (folder / "heard.mp3").write_bytes(b"ID3")
    (folder / "heard.txt").write_text(SAMPLE, encoding="utf-8")
    assert _convert(folder, out, run).code == 0
    found = _report(out)
    assert [one["folder"] for one in found["new"]] == ["heard", "talk"]
    assert [(one["title"], one["recording"]) for one in found["unread"]] == [
        ("Newer", "https://media.mendedhour.example/newer.mp3"),
        ("Older", "https://media.mendedhour.example/older.mp3"),
        ("pilot", str(folder / "pilot.mp3")),
    ]
    assert found["readable"] == {"episodes": 2, "of": 5, "percent": 40}
    assert "2 of 5 episodes can be read: 40 %" in _page(out)


def test_a_talk_of_one_person_is_no_show_note(tmp_path: Path, out: Path) -> None:
    long = f"<p>{'So we went on and on and on. ' * 100}</p>"
    source = tmp_path / "export.xml"
    source.write_text(_export(("talk", "", long, "publish"), ("short", "", NOTES, "publish")), encoding="utf-8")
    jobs = plan((source,), (writer_named("txt"),), out, Options(), ShowChoice(none=True))
    assert [job.entry for job in jobs] == ["talk"]
    assert [one.title for one in untranscribed.unread((source,), jobs)] == ["Short"]


def test_what_curbcut_has_spoken_itself_is_no_recording_that_lacks_a_transcript(tmp_path: Path) -> None:
    made = tmp_path / "converted" / "hour"
    (made / "hour-mp3-set").mkdir(parents=True)
    (made / "manifest.json").write_text("{}", encoding="utf-8")
    (made / "hour.mp3").write_bytes(b"ID3")
    (made / "hour-mp3-set" / "01.mp3").write_bytes(b"ID3")
    assert untranscribed.unread((tmp_path,), ()) == ()


@pytest.mark.slow
@pytest.mark.skipif(not hasattr(os, "killpg"), reason="Windows has no such signals")
@pytest.mark.parametrize(("how", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_a_run_that_is_stopped_says_so_and_how_to_go_on(
    tmp_path: Path, out: Path, how: signal.Signals, code: int
) -> None:
    folder = tmp_path / "archive"
    folder.mkdir()
    for number in range(40):
        (folder / f"{number}.txt").write_text(SAMPLE.replace("mostly", f"mostly, {number} times"), encoding="utf-8")
    command = [sys.executable, "-m", "converters", "convert", str(folder), "-o", str(out), "--to", "html,epub,pdf",
               "--jobs", "1", "--show", "none"]  # fmt: skip
    running = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, encoding="utf-8")
    assert running.stdout
    assert running.stdout.readline()
    running.send_signal(how)
    _, said = running.communicate(timeout=60)
    assert running.returncode == code
    assert "Stopped. Files that were finished are whole; run the same command again for the others." in said
    assert "Traceback" not in said
    found = _report(out)
    assert found["end"] == "stopped"
    assert found["totals"]["not_begun"] > 0
    assert "It was stopped with" in _page(out)
    assert not left_at_work(out)


def test_two_sources_of_one_name_are_two_in_the_report(archive: Path, out: Path, run: Run) -> None:
    other = archive.parent / "other"
    other.mkdir()
    (other / "empty.txt").write_bytes(b"")
    assert run("convert", archive, other, "-o", out, "--to", "txt", "--show", "none").code == 7
    found = _report(out)
    assert (found["totals"]["episodes"], found["totals"]["failed"], found["totals"]["not_begun"]) == (5, 3, 0)
