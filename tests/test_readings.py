"""Whole transcripts in the layouts that publishers, transcribers and programs use, each with its truth counted by hand.

``tests/readings`` holds shows and people of our own invention; beside each source
stands ``….truth.json``: who speaks, under which labels, how many turns, the first and
the last words, how many words are spoken.
"""

import json
import re
import unicodedata
from pathlib import Path

import msgspec
import pytest

from converters.convert import identify
from converters.document import Document
from converters.findings import Report
from converters.inspection import TurnView, View, view
from converters.readers import ReadContext, read
from converters.settings import Options
from converters.word_ledger import ledger

READINGS = Path(__file__).parent / "readings"
TRUTHS = sorted(READINGS.glob("*.truth.json"))
LEAST = 0.95
"""What each mark must come to. A turn more or less than counted costs four times its share, a word five times."""


class Ends(msgspec.Struct, frozen=True):
    speaker: str | None = None
    text_start: str = ""
    text_end: str = ""


class Accept(msgspec.Struct, frozen=True):
    turns: tuple[int, ...] = ()


class Truth(msgspec.Struct, frozen=True):
    """What somebody counted; keys that no test reads are for whoever looks.

    ``falls_short`` are marks that are not reached, and what is; ``notes`` say why.
    """

    file: str
    speakers: tuple[str, ...]
    turns: int
    turns_after_merging_adjacent_same_speaker: int
    first_turn: Ends
    last_turn: Ends
    title: str | None = None
    spoken_words: int | None = None
    label_to_canonical: dict[str, str] = {}
    accept: Accept = Accept()
    falls_short: dict[str, float] = {}


def _reading(truth: Truth) -> tuple[View, Document, Report]:
    path, report = READINGS / truth.file, Report()
    document = identify(read(path.read_bytes(), ReadContext(path.name, Options(), report)))
    return view(document, report.findings), document, report


def _fold(text: str | None) -> str:
    plain = unicodedata.normalize("NFKC", text or "").casefold()
    return re.sub(r"\s+", " ", re.sub("[\u200b\u2060\ufeff]", "", plain)).strip(" :.：-–—*#>\"'()")


def _letters(text: str) -> str:
    return re.sub(r"[\W_]+", "", _fold(text))


def _spoken(truth: Truth, found: View) -> tuple[TurnView, ...]:
    return tuple(turn for turn in found.turns if turn.label) if truth.speakers else found.turns


def _labels(truth: Truth, found: View) -> float:
    """Return how well the labels agree, from 0 to 1 (twice the hits, by all that were expected and found)."""
    expected = {_fold(label) for label in truth.speakers}
    meant = {_fold(label): _fold(name) for label, name in truth.label_to_canonical.items()}
    there = {_fold(turn.label) for turn in found.turns if turn.label}
    if not expected:
        return float(not there)
    hit = {label for label in expected if label in there or meant.get(label) in there}
    extra = there - expected - set(meant.values())
    return 2 * len(hit) / (len(hit) + len(expected) + len(extra))


def _turns(truth: Truth, found: View) -> float:
    said = _spoken(truth, found)
    runs = sum(1 for i, turn in enumerate(said) if not i or turn.label != said[i - 1].label)
    allowed = (truth.turns, truth.turns_after_merging_adjacent_same_speaker, *truth.accept.turns)
    return max(1 - 4 * abs(count - right) / right for count in (len(said), runs) for right in allowed)


def _words(truth: Truth, found: View) -> float:
    if not truth.spoken_words:
        return 1.0
    counts = (sum(len(turn.text.split()) for turn in turns) for turns in (found.turns, _spoken(truth, found)))
    error = min(abs(count - truth.spoken_words) for count in counts) / truth.spoken_words
    return 1 - 5 * max(0.0, error - 0.02)


def _ends(truth: Truth, found: View) -> float:
    said = _spoken(truth, found)
    if not said:
        return 0.0
    first, last = said[0], said[-1]
    begins = _letters(truth.first_turn.text_start)[:30] in _letters(first.text)[:120]
    closes = _letters(truth.last_turn.text_end)[-30:] in _letters(last.text)
    whose = [_is_meant(truth, truth.first_turn, first), _is_meant(truth, truth.last_turn, last)]
    return sum([begins, closes, *whose]) / 4


def _is_meant(truth: Truth, end: Ends, turn: TurnView) -> bool:
    names = {_fold(end.speaker), _fold(truth.label_to_canonical.get(end.speaker or ""))}
    return not end.speaker or _fold(turn.label) in names


@pytest.mark.parametrize("path", TRUTHS, ids=lambda path: path.name.removesuffix(".truth.json"))
def test_a_transcript_is_read_as_whoever_counted_it_reads_it(path: Path) -> None:
    truth = msgspec.json.decode(path.read_bytes(), type=Truth)
    found, document, report = _reading(truth)
    marks = {mark.__name__: mark(truth, found) for mark in (_labels, _turns, _words, _ends)}
    assert not {name: value for name, value in marks.items() if value < truth.falls_short.get(name, LEAST)}
    assert not {name for name, least in truth.falls_short.items() if marks[name] >= LEAST > least}, "it is reached now"
    assert ledger(document, report).lost == ()


@pytest.mark.parametrize("path", TRUTHS, ids=lambda path: path.name.removesuffix(".truth.json"))
def test_a_title_is_the_source_s_own_or_none(path: Path) -> None:
    truth = json.loads(path.read_text(encoding="utf-8"))
    accepted = {_fold(title) for title in (truth["title"], *truth.get("accept_title", []))}
    found, _, _ = _reading(msgspec.convert(truth, Truth))
    assert _fold(found.title) in accepted


def test_every_source_has_a_truth() -> None:
    told = {json.loads(path.read_text(encoding="utf-8"))["file"] for path in TRUTHS}
    sources = {path.name for path in READINGS.iterdir() if not path.name.endswith((".truth.json", ".episodes.json"))}
    assert {name for name in sources if not name.endswith(".wordpress.xml")} == told
