"""Small episodes, an engine of exact lengths, and a player's view of a finished file."""

import array
import os
import shutil
import subprocess
from collections.abc import Callable, Generator
from pathlib import Path

import pytest

from converters import identifiers, sentences
from converters.document import (
    Document,
    LanguageTag,
    Metadata,
    NodeId,
    Paragraph,
    Person,
    Section,
    Text,
    Turn,
)
from converters.findings import Report
from converters.narration.model import Line, Notation, Synthesizer, Voice

RATE = 22_050
MILLISECONDS_A_LETTER = 20


ANN, BO, CY = NodeId("ann-lee"), NodeId("bo-ruiz"), NodeId("cy-okoro")
PEOPLE = (
    Person(ANN, "Ann Lee", part="host"),
    Person(BO, "Bo Ruiz", part="guest"),
    Person(CY, "Cy Okoro", part="guest"),
)


def _paragraph(text: str) -> Paragraph:
    return sentences.paragraph((Text(text),), LanguageTag("en"))


def _turn(person: str | None, *paragraphs: str, language: LanguageTag | None = None) -> Turn:
    people = (NodeId(person),) if person else ()
    return Turn(tuple(map(_paragraph, paragraphs)), people, language=language)


def _episode(*sections: Section, language: str = "en", people: tuple[Person, ...] = PEOPLE) -> Document:
    metadata = Metadata("A Ramp for the Library", LanguageTag(language), "The Corner")
    return identifiers.assign(Document(metadata, people, sections))


@pytest.fixture
def paragraph() -> Callable[[str], Paragraph]:
    return _paragraph


@pytest.fixture
def turn() -> Callable[..., Turn]:
    """A turn of ann-lee, who is the host, bo-ruiz or cy-okoro, who are guests, or nobody."""
    return _turn


@pytest.fixture
def episode() -> Callable[..., Document]:
    return _episode


@pytest.fixture
def small() -> Document:
    """A summary, a conversation of two exchanges, and a closing."""
    talk = (
        _turn(ANN, "Welcome to the show. Who built the ramp?"),
        _turn(BO, "We all did.", "It took a winter."),
        _turn(ANN, "And who paid for it?"),
        _turn(CY, "The neighbours paid. Every one of them."),
        _turn(BO, "That is true."),
    )
    return _episode(
        Section("summary", (_paragraph("Two neighbours talk about a ramp."),)),
        Section("transcript", talk),
        Section("closing", (_paragraph("Write to us about your street."),)),
    )


@pytest.fixture
def report() -> Report:
    return Report()


class Clicks:
    """A synthesizer whose every line is a click, and then silence of exact length."""

    @property
    def sample_rate(self) -> int:
        return RATE

    @property
    def version(self) -> str:
        return "clicks 1"

    @property
    def notation(self) -> Notation:
        return "espeak"

    def loudness(self, voice: str, rate: int) -> float | None:
        assert voice
        assert rate
        return -20.0

    def voices(self) -> tuple[Voice, ...]:
        languages = ("en-us", "en-us", "en-gb", "en-gb", "en-gb", "es", "es")
        return tuple(Voice(f"voice-{n}", LanguageTag(tag), "for tests") for n, tag in enumerate(languages, 1))

    def speak(self, lines: tuple[Line, ...], jobs: int) -> Generator[bytes, None, None]:
        assert jobs
        for line in lines:
            samples = array.array("h", bytes(2 * (len(line.text) * MILLISECONDS_A_LETTER * RATE // 1000)))
            samples[0:4] = array.array("h", [30_000, 30_000, -30_000, -30_000])
            yield samples.tobytes()

    def close(self) -> None:
        pass


@pytest.fixture
def clicks() -> Synthesizer:
    return Clicks()


@pytest.fixture
def decoded() -> Callable[[Path], "array.array[int]"]:
    """Decode a file as a player does; the least error in it is a failure."""
    if shutil.which("ffmpeg") is None:
        if os.environ.get("CI") == "true":
            pytest.fail("ffmpeg is not installed")
        pytest.skip("ffmpeg is not installed")

    def decode(path: Path) -> "array.array[int]":
        command = ["ffmpeg", "-v", "error", "-xerror", "-i", str(path), "-f", "s16le", "-"]
        done = subprocess.run(command, capture_output=True, check=True)
        assert not done.stderr
        return array.array("h", done.stdout)

    return decode
