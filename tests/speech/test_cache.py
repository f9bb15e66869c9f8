"""What was spoken before is not spoken again, and no edition is any different for it."""

import os
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Generator
from pathlib import Path

import msgspec
import pytest

from converters.errors import SavingError
from converters.narration.cache import ClipCache
from converters.narration.encoding import Clip
from converters.narration.model import Line, Synthesizer, Voice
from converters.narration.takes import Takes

LINES = tuple(Line(f"Sentence number {n}.", "voice-1", 175) for n in range(12))
NAME = Line("Ann Lee.", "voice-1", 175)


class Counting:
    """The clicks, and which lines they were asked for."""

    def __init__(self, clicks: Synthesizer, version: str = "clicks 1") -> None:
        self._clicks, self.version = clicks, version
        self.sample_rate, self.notation = clicks.sample_rate, clicks.notation
        self.spoken: list[str] = []

    def loudness(self, voice: str, rate: int) -> float | None:
        return self._clicks.loudness(voice, rate)

    def voices(self) -> tuple[Voice, ...]:
        return self._clicks.voices()

    def speak(self, lines: tuple[Line, ...], jobs: int) -> Generator[bytes, None, None]:
        self.spoken += [line.text for line in lines]
        return self._clicks.speak(lines, jobs)

    def close(self) -> None:
        self._clicks.close()


def taken(engine: Synthesizer, folder: Path | None, lines: tuple[Line, ...], *, samples: bool = False) -> list[Clip]:
    with ClipCache(folder) as cache:
        return list(Takes(engine, cache, 2, samples=samples).clips(lines))


@pytest.fixture
def engine(clicks: Synthesizer) -> Counting:
    return Counting(clicks)


def test_the_second_time_nothing_is_spoken_and_the_clips_are_the_same(engine: Counting, tmp_path: Path) -> None:
    first = taken(engine, tmp_path, LINES)
    assert len(engine.spoken) == 12
    assert taken(engine, tmp_path, LINES) == first
    assert len(engine.spoken) == 12


def test_only_the_sentences_that_changed_are_spoken_again(engine: Counting, tmp_path: Path) -> None:
    taken(engine, tmp_path, LINES)
    changed = (*LINES[:5], Line("Another sentence.", "voice-1", 175), *LINES[6:])
    clips = taken(engine, tmp_path, changed)
    assert engine.spoken[12:] == ["Another sentence."]
    assert clips == taken(engine, None, changed)


@pytest.mark.parametrize(
    "change", [{"voice": "voice-2"}, {"rate": 176}, {"volume": 99}, {"text": "Sentence number 0!"}]
)
def test_another_voice_rate_level_or_text_is_another_clip(
    engine: Counting, tmp_path: Path, change: dict[str, str]
) -> None:
    taken(engine, tmp_path, LINES[:1])
    taken(engine, tmp_path, (msgspec.structs.replace(LINES[0], **change),))
    assert len(engine.spoken) == 2


def test_another_version_of_the_engine_speaks_anew(engine: Counting, clicks: Synthesizer, tmp_path: Path) -> None:
    taken(engine, tmp_path, LINES)
    newer = Counting(clicks, "clicks 2")
    taken(newer, tmp_path, LINES)
    assert len(newer.spoken) == 12


def test_a_line_that_stands_several_times_is_spoken_once(engine: Counting) -> None:
    clips = taken(engine, None, (NAME, *LINES[:3], NAME, *LINES[3:6], NAME))
    assert engine.spoken.count(NAME.text) == 1
    assert clips[0] == clips[4] == clips[8]


def test_samples_are_kept_apart_from_clips_without_them(engine: Counting, tmp_path: Path) -> None:
    (plain,) = taken(engine, tmp_path, LINES[:1])
    (whole,) = taken(engine, tmp_path, LINES[:1], samples=True)
    assert (plain.frames, plain.samples) == (whole.frames, b"")
    assert len(whole.samples) == 2 * whole.length
    assert taken(engine, tmp_path, LINES[:1], samples=True) == [whole]
    assert len(engine.spoken) == 2


def test_what_was_not_used_for_longest_is_dropped_when_there_is_too_much(tmp_path: Path) -> None:
    with ClipCache(tmp_path, largest=200_000) as cache:
        for number in range(30):
            cache.put(f"old {number}", os.urandom(10_000))
    with sqlite3.connect(tmp_path / "clips.sqlite") as database:
        database.execute("update clips set used = 1")
    with ClipCache(tmp_path, largest=200_000) as cache:
        cache.put("new", os.urandom(10_000))
    with ClipCache(tmp_path) as cache:
        assert cache.known(["new"]) == {"new"}
        assert 3 < len(cache.known(f"old {number}" for number in range(30))) < 17
    assert (tmp_path / "clips.sqlite").stat().st_size < 250_000


@pytest.mark.parametrize("damage", [b"no database at all" * 100, b""])
def test_a_damaged_cache_is_begun_anew(engine: Counting, tmp_path: Path, damage: bytes) -> None:
    (tmp_path / "clips.sqlite").write_bytes(damage)
    first = taken(engine, tmp_path, LINES)
    assert taken(engine, tmp_path, LINES) == first
    assert len(engine.spoken) == 12


def test_a_damaged_clip_stops_one_run_and_not_the_next(engine: Counting, tmp_path: Path) -> None:
    first = taken(engine, tmp_path, LINES)
    with sqlite3.connect(tmp_path / "clips.sqlite") as database:
        database.execute("update clips set content = x'00' where key = (select min(key) from clips)")
    with pytest.raises(SavingError, match="Run the same command again"):
        taken(engine, tmp_path, LINES)
    assert taken(engine, tmp_path, LINES) == first


def test_where_no_cache_can_be_all_is_spoken(engine: Counting, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    assert taken(engine, tmp_path / "file" / "below", LINES) == taken(engine, None, LINES)
    assert len(engine.spoken) == 24


WRITER = """
import os, sys
from pathlib import Path
from converters.narration.cache import ClipCache
cache = ClipCache(Path(sys.argv[1]))
for number in range(int(sys.argv[2]), int(sys.argv[2]) + 400):
    cache.put(f"key {number}", str(number).encode() * 8_000)
    if number % 100 == 99:
        print(number, flush=True)
cache.close()
"""


def test_many_processes_may_write_at_once(tmp_path: Path) -> None:
    commands = [[sys.executable, "-c", WRITER, str(tmp_path), str(first)] for first in (0, 200, 400)]
    running = [subprocess.Popen(command, stdout=subprocess.DEVNULL) for command in commands]
    assert [process.wait(60) for process in running] == [0, 0, 0]
    with ClipCache(tmp_path) as cache:
        assert len(cache.known(f"key {number}" for number in range(800))) == 800
        assert cache.get("key 555") == b"555" * 8_000


def test_a_process_that_is_killed_leaves_only_whole_clips(tmp_path: Path) -> None:
    with subprocess.Popen([sys.executable, "-c", WRITER, str(tmp_path), "0"], stdout=subprocess.PIPE) as process:
        assert process.stdout
        process.stdout.readline()
        process.stdout.readline()
        process.send_signal(signal.SIGKILL)
    with ClipCache(tmp_path) as cache:
        kept = cache.known(f"key {number}" for number in range(400))
        assert all(cache.get(key) == key.split()[1].encode() * 8_000 for key in kept)
