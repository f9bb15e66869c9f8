"""Times an edition of a long transcript beside one of a short one, and says how much memory it takes.

    python tests/bench/long_transcripts.py [--to pdf] [--words 10000 100000]

Each is one run of the whole command, proof included; its time grows with its words, and no faster. The figures
are for reading: the exit code says nothing about them.
"""

import argparse
import random
import subprocess
import sys
import tempfile
from pathlib import Path

WORDS = """the and of river town people water house night question answer because before after there where winter
summer council bridge money school children teacher flood morning evening neighbour story letter window garden market
station between without against""".split()
NAMES = ("MARISOL QUENBY", "BRIDIE LARKIN", "NOOR BELLAMINE")
SHOW = 'language = "en"\n[people.marisol-quenby]\nname = "Marisol Quenby"\nrole = "host"\n'

# Runs the command in one process of its own, and says what that process took.
MEASURED = """
import resource, sys
from converters.cli import main
code = main(["convert", sys.argv[1], "--to", sys.argv[3], "-o", sys.argv[2]])
used = resource.getrusage(resource.RUSAGE_SELF)
print(used.ru_utime + used.ru_stime, used.ru_maxrss // 1024, file=sys.stderr)
sys.exit(code)
"""


def main() -> None:
    parser = argparse.ArgumentParser(description="Time an edition of transcripts of several lengths.")
    parser.add_argument("--to", default="pdf", help="the format")
    parser.add_argument("--words", type=int, nargs="+", default=[10_000, 100_000], help="words of each transcript")
    with tempfile.TemporaryDirectory(prefix="curbcut-bench-") as folder:
        asked = parser.parse_args()
        for words in asked.words:
            _say(asked.to, words, *_cost(Path(folder), words, asked.to))


def transcript(words: int) -> str:
    """A conversation of about so many words, the same each time."""
    chosen = random.Random(words)  # noqa: S311 - it is no secret
    turns: list[str] = []
    said = 0
    while said < words:
        number = len(turns)
        length = chosen.choice((12, 30, 60, 150, 220) if number % 2 else (8, 15, 25))
        turns.append(f"{NAMES[(number % 2) * (1 + number // 2 % 2)]}: {sentences(chosen, length)}")
        said += length
    return "A Long Evening\n\n" + "\n\n".join(turns) + "\n"


def sentences(chosen: random.Random, words: int) -> str:
    """Sentences of so many words in all."""
    said = []
    while words > 0:
        length = min(words, chosen.randint(5, 18))
        said.append(" ".join(chosen.choices(WORDS, k=length)).capitalize() + ".")
        words -= length
    return " ".join(said)


def _cost(folder: Path, words: int, to: str) -> tuple[float, int, int]:
    """Seconds of the processor, megabytes at most, and files made."""
    (folder / "show.toml").write_text(SHOW, encoding="utf-8")
    source = folder / f"evening-{words}.txt"
    source.write_text(transcript(words), encoding="utf-8")
    command = [sys.executable, "-c", MEASURED, str(source), str(folder / "out"), to]
    done = subprocess.run(command, capture_output=True, check=True, text=True)
    seconds, megabytes = done.stderr.split()[-2:]
    return float(seconds), int(megabytes), len(done.stdout.splitlines())


def _say(to: str, words: int, seconds: float, megabytes: int, files: int) -> None:
    sys.stdout.write(
        f"{to}, {words:,} words: {seconds:.2f} s of the processor, {megabytes} MB at most, {files} files\n"
    )
    sys.stdout.flush()


if __name__ == "__main__":
    main()
