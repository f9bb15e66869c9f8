"""What is hard to say, or too long to keep in memory, ends in a sound edition or in a clear error."""

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from mutagen.mp3 import MP3

pytestmark = pytest.mark.speech

CURBCUT = (sys.executable, "-m", "converters")
USUAL = "ANN LEE: Welcome to the show.\n\nBO RUIZ: {}\n\nANN LEE: Thank you, and good night.\n"

HARD = {
    "a sentence of 5,000 words": "word " * 4_999 + "end.",
    "emoji": "That is fine 🎉🎉 👩‍👩‍👧 and more 🇺🇦. 🎈",
    "Chinese in English": "She said 你好世界 and left. 我们明天再谈。",
    "nothing but signs": "— … !!! ???",
    "markup that engines know": "Now [[h@loU]] and <break time='9s'/> and \\\\pau=9\\\\ are said.",
    "a sum": "3 × 4 ÷ 2 = 6 ± ½ % § © ™ € £ ¥",
    "control characters": "one\x00two\x1bthree\u200bfour\u202efive",
    "accents one upon another": "Z̸̢̛͍̗a̷l̶g̵o̴ is here.",
}


def speak(folder: Path, words: str) -> "subprocess.CompletedProcess[str]":
    source = folder / "hard.txt"
    source.write_text("A Hard One\n\n" + USUAL.format(words), encoding="utf-8")
    (folder / "show.toml").write_text('language = "en"\n', encoding="utf-8")
    command = [*CURBCUT, "convert", str(source), "-o", str(folder / "out"), "--to", "mp3", "--max-line", "200000"]
    return subprocess.run(command, capture_output=True, encoding="utf-8", check=False, timeout=240)


@pytest.mark.parametrize("words", HARD.values(), ids=HARD)
def test_what_is_hard_to_say_ends_in_a_whole_edition(
    tmp_path: Path, words: str, decoded: Callable[[Path], object]
) -> None:
    done = speak(tmp_path, words)
    assert done.returncode == 0, done.stderr
    (made,) = (tmp_path / "out").glob("*/*.mp3")
    assert MP3(made).info.length > 10  # type: ignore[no-untyped-call, attr-defined]  # mutagen has no types
    decoded(made)


def test_a_word_that_the_engine_cuts_short_is_a_clear_error(tmp_path: Path) -> None:
    done = speak(tmp_path, "a" * 10_000 + ".")
    assert done.returncode == 6
    assert "could not say" in done.stderr
    assert not list((tmp_path / "out").glob("*/*.mp3"))


def test_what_cannot_be_said_is_a_finding_with_its_words(tmp_path: Path) -> None:
    speak(tmp_path, "— … !!! ???")
    (manifest,) = (tmp_path / "out").glob("*/manifest.json")
    found = [finding["text"] for finding in json.loads(manifest.read_text("utf-8"))["findings"]]
    assert any("!!!" in text for text in found), found


HOURS = """
import sys
from collections.abc import Callable
from pathlib import Path
from converters.document import LanguageTag, NodeId
from converters.narration.cache import ClipCache
from converters.narration.model import Casting, Chapter, Line, ScriptTrack, Utterance, Voice
from converters.narration.recording import Recording
from converters.narration.takes import Takes
from converters.document import Document, Metadata

SECOND = b"\\0\\x10\\0\\xf0" * 11_025

class Long:
    sample_rate, version = 22_050, "long 1"
    def voices(self): return ()
    def loudness(self, voice, rate): return -19.0
    def close(self): pass
    def speak(self, lines, jobs):
        for line in lines:
            yield SECOND * 20 + len(line.text).to_bytes(2, "little") * 99

hours, folder = int(sys.argv[1]), Path(sys.argv[2])
said = tuple(Utterance(f"Number {n}.", NodeId(f"t{n}")) for n in range(hours * 180))
script = (ScriptTrack("01-talk", None, (Chapter("Talk", said),)),)
lines = tuple(Line(u.text, "v", 175) for u in said)
voice = Voice("v", LanguageTag("en"), "")
with ClipCache(folder / "cache") as cache, Recording(script, folder, 22_050) as recording:
    for clip in Takes(Long(), cache, 2).clips(lines):
        recording.take(clip)
    narration = recording.narration(Document(Metadata(), (), ()), Casting(voice, ()))
assert narration.tracks[0].duration >= hours * 3_600_000
(most,) = [line for line in open("/proc/self/status") if line.startswith("VmHWM:")]
print(int(most.split()[1]) // 1000)
"""


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="looks into /proc")
def test_memory_does_not_grow_with_the_length(tmp_path: Path) -> None:
    """Ten hours of a real conversation took 81 MB; here two lengths of made-up sound are compared."""
    most = {}
    for hours in (1, 3):
        folder = tmp_path / str(hours)
        folder.mkdir()
        command = [sys.executable, "-c", HOURS, str(hours), str(folder)]
        most[hours] = int(subprocess.run(command, capture_output=True, check=True, encoding="utf-8").stdout)
    assert most[3] < 200
    assert most[3] < most[1] + 20
