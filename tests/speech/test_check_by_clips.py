"""``curbcut check`` of editions that are heard: what was damaged after they were saved is told by name."""

import itertools
import json
import re
import shutil
import subprocess
import zipfile
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from mutagen.id3 import ID3
from mutagen.oggopus import OggOpus

from converters.checks.evidence import Evidence, Verdict
from converters.checks.outside.pauses import first_loud
from converters.checks.same_sound import length_account
from converters.document import NodeId
from converters.narration.frames import silent_frames
from converters.narration.kept import Kept, KeptClip, KeptTrack, packed, unpacked
from converters.timing import Milliseconds
from tests.conftest import SAMPLE, SHOW, Run
from tests.speech.test_recorded import CUES, clock, recording

FORMATS = "html,epub,mp3,m4b,opus,mp3-set,lpf,daisy202,daisy3,vtt,srt,podcast-json,chapters-json,json"
SPOKEN = {*FORMATS.split(",")} - {"json"}
LATE = 2000
FIRST = "transcript-t01-s1"
SECOND = "transcript-t01-s2"
LINE = "Some of them wind me."
RATE = 22_050
BITS = 48

Damage = Callable[[Path], None]

pytestmark = pytest.mark.speech


@pytest.fixture(autouse=True)
def without_checkers(monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest) -> None:
    """Nothing is on the PATH, unless a test needs FFmpeg: parity alone looks."""
    if "decoded" not in request.fixturenames:
        monkeypatch.setenv("PATH", "")


def convert(folder: Path, *words: str) -> int:
    from converters.cli import main

    source = folder / "clock.txt"
    source.write_text(SAMPLE, encoding="utf-8")
    (folder / "show.toml").write_text(SHOW, encoding="utf-8")
    return main(["convert", str(source), "-o", str(folder / "out"), *words])


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("spoken")
    assert convert(folder, "--to", FORMATS) == 0
    return folder / "out" / "clock"


@pytest.fixture
def episode(made: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(made, tmp_path / "clock"))


def verdicts(run: Run, path: Path) -> dict[str, Verdict]:
    told = msgspec.json.decode(run("check", path, "--json").out, type=Evidence)
    return {verdict.format: verdict for verdict in told.verdicts}


def wrong(verdict: Verdict) -> str:
    """Return what parity says is wrong with an edition."""
    return " ".join(one.text for one in verdict.remarks if one.checker == "parity")


def replaced(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def rezipped(path: Path, change: Callable[[str, bytes], bytes]) -> None:
    with zipfile.ZipFile(path) as old:
        entries = [(info, change(info.filename, old.read(info))) for info in old.infolist()]
    with zipfile.ZipFile(path, "w") as new:
        for info, content in entries:
            new.writestr(info, content)


def of(suffix: str) -> Callable[[Path], Path]:
    return lambda folder: folder / f"clock{suffix}"


# what is as it was made --------------------------------------------------------------------------


def test_every_spoken_edition_is_compared_with_what_was_spoken(run: Run, made: Path) -> None:
    found = verdicts(run, made)
    assert {name for name, one in found.items() if any(ran.checker == "parity" for ran in one.runs)} == SPOKEN
    assert {name: wrong(found[name]) for name in SPOKEN} == dict.fromkeys(SPOKEN, "")
    assert not any(one.checker in {"parity", "clips"} for name in SPOKEN for one in found[name].not_run)


def test_a_conversion_without_sound_keeps_nothing_of_any(tmp_path: Path) -> None:
    assert convert(tmp_path, "--to", "html,epub,txt,json") == 0
    manifest = (tmp_path / "out" / "clock" / "manifest.json").read_text(encoding="utf-8")
    assert "narrations" not in manifest
    assert "clips" not in manifest


def test_each_edition_is_compared_with_the_narration_that_it_was_made_with(run: Run, tmp_path: Path) -> None:
    folder = tmp_path / "out" / "clock"
    assert convert(tmp_path, "--to", "mp3,html,json") == 0
    assert convert(tmp_path, "--to", "epub", "--read-aloud", "--rate", "220") == 0
    kept = json.loads((folder / "manifest.json").read_bytes())
    clips = {row["format"]: row.get("clips") for row in kept["artifacts"]}
    assert clips["mp3"] == clips["html"] != clips["epub"]
    assert {*kept["narrations"]} == {clips["mp3"], clips["epub"]}
    assert not any(wrong(one) for one in verdicts(run, folder).values())
    assert convert(tmp_path, "--to", "mp3,html", "--rate", "220") == 0
    kept = json.loads((folder / "manifest.json").read_bytes())
    assert clips["epub"] in kept["narrations"]
    assert clips["mp3"] not in kept["narrations"], "no edition that is there was made with it"


def test_a_page_that_plays_another_narration_than_its_own_is_told(run: Run, tmp_path: Path) -> None:
    assert convert(tmp_path, "--to", "mp3,html,json") == 0
    assert convert(tmp_path, "--to", "mp3", "--rate", "220") == 0
    page = verdicts(run, tmp_path / "out" / "clock")["html"]
    assert [one.rule for one in page.remarks if one.severity == "error"] == ["out-of-step"]


def test_a_folder_of_before_is_compared_as_far_as_its_editions_tell_of_themselves(run: Run, episode: Path) -> None:
    path = episode / "manifest.json"
    old = json.loads(path.read_bytes())
    del old["narrations"]
    for row in old["artifacts"]:
        row.pop("clips", None)
    path.write_text(json.dumps(old), encoding="utf-8")
    found = verdicts(run, episode)
    assert not any(wrong(one) for one in found.values())
    missing = {name: {one.checker: one.why for one in found[name].not_run} for name in SPOKEN}
    assert {name for name, one in missing.items() if "not kept" in one.get("clips", "")} == SPOKEN - {"mp3-set", "lpf"}
    assert "not kept" in missing["mp3-set"]["parity"]
    assert "not kept" in missing["lpf"]["parity"]


def test_what_was_kept_and_is_damaged_is_said_to_be(run: Run, episode: Path) -> None:
    path = episode / "manifest.json"
    told = json.loads(path.read_bytes())
    told["narrations"] = {name: word[:-40] for name, word in told["narrations"].items()}
    path.write_text(json.dumps(told), encoding="utf-8")
    (why,) = [one.why for one in verdicts(run, episode)["mp3"].not_run if one.checker == "parity"]
    assert "cannot be read" in why


# a clip shifted by two seconds --------------------------------------------------------------------


def smil_late(content: bytes, pattern: bytes) -> bytes:
    """Play the first sentence of the conversation two seconds later, from its beginning to its end."""

    def late(match: re.Match[bytes]) -> bytes:
        return match[1] + b"%d.%03d" % divmod(int(match[2]) * 1000 + int(match[3]) + LATE, 1000)

    at = content.index(FIRST.encode())
    end = content.index(b"</par>", at)
    return content[:at] + re.sub(pattern, late, content[at:end]) + content[end:]


def late_in(pattern: bytes) -> Callable[[str, bytes], bytes]:
    def change(name: str, content: bytes) -> bytes:
        return smil_late(content, pattern) if name.endswith(".smil") and FIRST.encode() in content else content

    return change


def page_late(folder: Path) -> None:
    page = folder / "clock.html"
    text = page.read_text(encoding="utf-8")
    match = re.search(rf'\["{FIRST}",(\d+),(\d+)\]', text)
    assert match
    begin, end = int(match[1]) + LATE, int(match[2]) + LATE
    replaced(page, match[0], f'["{FIRST}",{begin},{end}]')


def cue_late(path: Path, pattern: str) -> None:
    """Show the cue of the welcome two seconds later."""
    text = path.read_text(encoding="utf-8")
    at = text.rindex("-->", 0, text.index("Welcome to The"))
    begin, end = text.rindex("\n", 0, at) + 1, text.index("\n", at)
    shifted = re.sub(pattern, lambda m: f"{m[1]}{int(m[2]) + LATE // 1000:02}{m[3]}", text[begin:end])
    path.write_text(text[:begin] + shifted + text[end:], encoding="utf-8")


def segment_late(folder: Path) -> None:
    path = folder / "clock-narration.transcript.json"
    told = json.loads(path.read_bytes())
    one = next(one for one in told["segments"] if "Welcome" in one["body"])
    one["startTime"] += LATE / 1000
    path.write_text(json.dumps(told), encoding="utf-8")


def chapter_late(folder: Path) -> None:
    path = folder / "clock-narration.chapters.json"
    told = json.loads(path.read_bytes())
    told["chapters"][2]["startTime"] += LATE / 1000
    path.write_text(json.dumps(told), encoding="utf-8")


def line_late(folder: Path) -> None:
    tags: Any = ID3(folder / "clock.mp3")  # type: ignore[no-untyped-call]  # mutagen has no types
    (name,) = [name for name in tags if name.startswith("SYLT")]
    tags[name].text = [(words, at + LATE * ("Welcome" in words)) for words, at in tags[name].text]
    tags.save(v2_version=3)


SHIFTED: dict[str, tuple[Damage, str]] = {
    "epub": (
        lambda folder: rezipped(folder / "clock.epub", late_in(rb'(clip(?:Begin|End)="0:00:)(\d+)\.(\d{3})')),
        FIRST,
    ),
    "daisy202": (
        lambda folder: rezipped(folder / "clock-daisy202.zip", late_in(rb'(clip-(?:begin|end)="npt=)(\d+)\.(\d{3})')),
        FIRST,
    ),
    "daisy3": (
        lambda folder: rezipped(folder / "clock-daisy3.zip", late_in(rb'(clip(?:Begin|End)="\d+:\d+:)(\d+)\.(\d{3})')),
        FIRST,
    ),
    "html": (page_late, FIRST),
    "vtt": (lambda folder: cue_late(folder / "clock-narration.vtt", r"(\d\d:\d\d:)(\d\d)(\.)"), FIRST),
    "srt": (lambda folder: cue_late(folder / "clock-narration.srt", r"(\d\d:\d\d:)(\d\d)(,)"), FIRST),
    "podcast-json": (segment_late, FIRST),
    "chapters-json": (chapter_late, "begins at"),
    "mp3": (line_late, FIRST),
}


def test_a_clip_shifted_by_two_seconds_is_told_by_its_sentence(run: Run, episode: Path) -> None:
    for damage, _ in SHIFTED.values():
        damage(episode)
    found = verdicts(run, episode)
    assert {name: wrong(found[name]) for name, (_, told) in SHIFTED.items() if told not in wrong(found[name])} == {}


# words, chapters, files ----------------------------------------------------------------------------


def lyrics_without(path: Path, line: str, words: str = "") -> None:
    tags: Any = ID3(path)  # type: ignore[no-untyped-call]  # likewise
    (name,) = [name for name in tags if name.startswith("USLT")]
    assert line in tags[name].text
    tags[name].text = tags[name].text.replace(line, words)
    tags.save(v2_version=3)


def set_file(folder: Path, number: int) -> Path:
    return sorted((folder / "clock-mp3-set").glob("*.mp3"))[number]


def ogg_without_chapter(folder: Path) -> None:
    file: Any = OggOpus(folder / "clock.opus")  # type: ignore[no-untyped-call]  # likewise
    del file.tags["CHAPTER002"], file.tags["CHAPTER002NAME"]
    file.save()


def title_in_place(folder: Path) -> None:
    path = folder / "clock.m4b"
    content = path.read_bytes()
    assert b"2. Tamsin" in content
    path.write_bytes(content.replace(b"2. Tamsin", b"9. Tamsin"))


def chapters_without(folder: Path) -> None:
    tags: Any = ID3(folder / "clock.mp3")  # type: ignore[no-untyped-call]  # likewise
    del tags["CHAP:chapter4"]
    tags.save(v2_version=3)


def list_without(folder: Path) -> None:
    path = folder / "clock-narration.chapters.json"
    told = json.loads(path.read_bytes())
    del told["chapters"][2]
    path.write_text(json.dumps(told), encoding="utf-8")


def page_without_chapter(folder: Path) -> None:
    path = folder / "clock.html"
    text = path.read_text(encoding="utf-8")
    path.write_text(re.sub(r'\["2\. Tamsin[^\]]*\],', "", text, count=1), encoding="utf-8")


@pytest.mark.parametrize(
    ("name", "damage", "told"),
    [
        ("mp3", chapters_without, "the chapter “"),
        ("m4b", title_in_place, "the chapter “2. Tamsin"),
        ("opus", ogg_without_chapter, "the chapter “"),
        ("chapters-json", list_without, "the chapter “"),
        ("html", page_without_chapter, "lacks the chapter “2. Tamsin"),
        ("mp3", lambda folder: lyrics_without(folder / "clock.mp3", LINE), "transcript-t04-s2 is missing"),
        ("mp3", lambda folder: lyrics_without(folder / "clock.mp3", LINE, "None of them do."), "wind me.”"),
        ("mp3-set", lambda folder: lyrics_without(set_file(folder, 3), LINE), "transcript-t04-s2 is missing"),
        ("mp3-set", lambda folder: set_file(folder, 3).unlink(), "names other files"),
        ("vtt", lambda folder: replaced(folder / "clock-narration.vtt", f"{SECOND}\n", "stray\n"), SECOND),
    ],
)  # fmt: skip
def test_what_is_lost_is_told_by_name(run: Run, episode: Path, name: str, damage: Damage, told: str) -> None:
    damage(episode)
    assert told in wrong(verdicts(run, episode)[name])


def exchanged(folder: Path) -> None:
    """Give the clips of two sentences to each other."""
    path = folder / "clock.html"
    text = path.read_text(encoding="utf-8")
    first, second = (re.search(rf'\["{one}"(,\d+,\d+)\]', text) for one in (FIRST, SECOND))
    assert first
    assert second
    text = text.replace(first[0], f'["{FIRST}"{second[1]}]').replace(second[0], f'["{SECOND}"{first[1]}]')
    path.write_text(text, encoding="utf-8")


def exchanged_in(name: str, content: bytes) -> bytes:
    if not name.endswith(".smil") or FIRST.encode() not in content:
        return content
    return content.replace(FIRST.encode(), b"#").replace(SECOND.encode(), FIRST.encode()).replace(b"#", SECOND.encode())


def test_a_clip_given_to_another_sentence_is_told(run: Run, episode: Path) -> None:
    exchanged(episode)
    for name in ("clock.epub", "clock-daisy202.zip", "clock-daisy3.zip"):
        rezipped(episode / name, exchanged_in)
    found = verdicts(run, episode)
    assert all(FIRST in wrong(found[name]) or SECOND in wrong(found[name]) for name in ("html", "epub"))
    assert all("transcript-t01" in wrong(found[name]) for name in ("daisy202", "daisy3"))


# the sound itself ------------------------------------------------------------------------------------


def silence_before(path: Path) -> None:
    """Put two seconds of silence before the sound of an MP3 file, and leave its tag alone."""
    content = path.read_bytes()
    tag = 10 + sum(byte << shift for byte, shift in zip(content[6:10], (21, 14, 7, 0), strict=True))
    at = tag + len(silent_frames(1, BITS, RATE))
    path.write_bytes(content[:at] + silent_frames(77, BITS, RATE) + content[at:])


def of_another(path: Path, other: Path) -> None:
    first, second = path.read_bytes(), other.read_bytes()
    path.write_bytes(second)
    other.write_bytes(first)


def one_sound_changed(name: str, content: bytes) -> bytes:
    """Change a byte in the middle of a file of sound."""
    if not name.endswith(".mp3") or len(content) < 20_000:
        return content
    half = len(content) // 2
    return content[:half] + bytes([content[half] ^ 1]) + content[half + 1 :]


def test_silence_before_an_mp3_is_told_by_the_first_sentence_that_is_late(run: Run, episode: Path) -> None:
    silence_before(episode / "clock.mp3")
    assert "is not heard or shown when it is said" in wrong(verdicts(run, episode / "clock.mp3")["mp3"])


def test_files_of_a_set_that_changed_places_are_told(run: Run, episode: Path) -> None:
    of_another(set_file(episode, 3), set_file(episode, 4))
    told = wrong(verdicts(run, episode)["mp3-set"])
    assert "does not hold what follows in the narration" in told
    assert "transcript-t" in told


def test_the_pauses_of_our_sound_are_where_its_sentences_end(
    run: Run, episode: Path, tmp_path: Path, decoded: object
) -> None:
    assert decoded
    names = {"m4b": "aac", "opus": "libopus"}
    assert not any(heard_in(run, episode, names).values())
    for name, codec in names.items():
        path = episode / f"clock.{name}"
        late = tmp_path / f"late.{name}"
        form = "mp4" if name == "m4b" else name
        command = [
            "ffmpeg",
            "-v",
            "error",
            "-i",
            str(path),
            "-map",
            "0:a",
            "-af",
            f"adelay={LATE}:all=1",
            "-c:a",
            codec,
        ]
        subprocess.run([*command, "-f", form, str(late)], check=True)
        late.replace(path)
    found = heard_in(run, episode, names)
    assert {name for name, told in found.items() if "late, early or another one" in told} == {*names}


def heard_in(run: Run, folder: Path, names: Iterable[str]) -> dict[str, str]:
    """Return what is wrong with the pauses of files."""
    ran = run("check", *(folder / f"clock.{name}" for name in names), "--json")
    several = msgspec.json.decode(ran.out, type=Evidence).verdicts
    assert all("pauses" in {one.checker for one in verdict.runs} for verdict in several)
    return {v.format: " ".join(one.text for one in v.remarks if one.checker == "pauses") for v in several}


def test_a_sound_of_another_encoder_that_was_padded_is_told_by_its_length() -> None:
    assert length_account(62_000, 60_000).faults == ("it lasts 62000 ms, and what was spoken 60000 ms",)
    assert length_account(60_020, 60_000) == length_account(None, 60_000)


def test_pauses_that_are_loud_here_and_there_are_no_fault() -> None:
    assert first_loud([number % 5 == 0 for number in range(200)]) is None
    assert first_loud([number > 100 for number in range(200)]) == 101
    assert first_loud([True] * 4) == 0
    assert first_loud([True, False, False, True]) is None


@pytest.mark.parametrize(
    ("name", "file", "told"),
    [("epub", "clock.epub", "does not hold the track"), ("lpf", "clock.lpf", "does not hold what follows")],
)
def test_another_sound_in_a_package_is_told(run: Run, episode: Path, name: str, file: str, told: str) -> None:
    rezipped(episode / file, one_sound_changed)
    assert told in wrong(verdicts(run, episode)[name])


@pytest.mark.parametrize("name", ["daisy202", "daisy3"])
def test_another_sound_in_a_talking_book_is_told_by_its_sentences(run: Run, episode: Path, name: str) -> None:
    rezipped(episode / f"clock-{name}.zip", one_sound_changed)
    assert "in the zip is another than in the folder" in wrong(verdicts(run, episode)[name])
    for path in (episode / f"clock-{name}").glob("*.mp3"):
        path.write_bytes(one_sound_changed(path.name, path.read_bytes()))
    assert "is not heard or shown when it is said" in wrong(verdicts(run, episode)[name])


# recordings ------------------------------------------------------------------------------------------


def test_editions_of_a_recording_are_compared_with_it_too(
    run: Run, tmp_path: Path, decoded: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert decoded
    captions = tmp_path / "ramp.vtt"
    cues = (f"{clock(begin)} --> {clock(end)}\n<v {who}>{words}</v>\n" for begin, end, who, words in CUES)
    captions.write_text("WEBVTT\n\n" + "\n".join(cues), encoding="utf-8")
    formats = "html,epub,mp3,m4b,opus,mp3-set,lpf,daisy202,daisy3,vtt,json"
    out = tmp_path / "out"
    asked = ("convert", captions, "-o", out, "--to", formats, "--recording", recording(tmp_path))
    assert run(*asked).code == 0
    monkeypatch.setenv("PATH", "")
    found = verdicts(run, out / "ramp")
    assert {name: wrong(one) for name, one in found.items() if wrong(one)} == {}
    assert not any(
        one.checker in {"parity", "clips"} for v in found.values() if v.format != "json" for one in v.not_run
    )
    first, second = sorted((out / "ramp" / "ramp-mp3-set").glob("*.mp3"))[:2]
    of_another(first, second)
    rezipped(out / "ramp" / "ramp.epub", one_sound_changed)
    found = verdicts(run, out / "ramp")
    assert "does not hold what follows" in wrong(found["mp3-set"])
    assert "does not hold the track" in wrong(found["epub"])


# what is kept ----------------------------------------------------------------------------------------

TIMES = st.lists(st.tuples(st.integers(0, 9000), st.integers(1, 60_000), st.integers(0, 2**32 - 1)), max_size=30)


@given(steps=TIMES, twice=st.booleans())
def test_what_is_packed_is_unpacked_as_it_was(*, steps: list[tuple[int, int, int]], twice: bool) -> None:
    clips, at = [], 0
    for number, (pause, length, checksum) in enumerate(steps):
        begin = Milliseconds(at + pause)
        at = begin + length
        clips.append(KeptClip(NodeId(f"t{number}"), "one", begin, Milliseconds(at), checksum))
    track = KeptTrack("one", Milliseconds(at), at // 26, RATE, False, 0, 7, "0123456789abcdef")  # noqa: FBT003 - a field
    whole = Kept("narration", (track,), tuple(clips * 2 if twice else clips), ())
    assert unpacked(packed(whole)) == whole


def test_ten_hours_of_clips_are_a_small_part_of_a_manifest() -> None:
    ends = itertools.accumulate((3000 + number * 7919 % 5000 for number in range(6000)), initial=0)
    clips = tuple(
        KeptClip(
            NodeId(f"transcript-t{n // 4:03}-s{n % 4 + 1}"), "one", Milliseconds(b), Milliseconds(e - 300), n * 7**9
        )
        for n, (b, e) in enumerate(itertools.pairwise(ends))
    )
    track = KeptTrack("one", Milliseconds(36_000_000), 1_378_125, RATE, False, 0, 7, "0123456789abcdef")  # noqa: FBT003 - a field
    assert len(packed(Kept("narration", (track,), clips, ()))) < 100_000


def test_other_words_are_refused() -> None:
    for word in ("", "AAAA", "not base64!", packed(Kept("narration", (), (), ()))[:-8]):
        with pytest.raises(ValueError, match="cannot be read"):
            unpacked(word)
