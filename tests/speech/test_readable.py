"""Which words a voice is not asked to say, because it cannot read their script."""

import re
from collections.abc import Callable

import pytest

from converters.document import Document, LanguageTag, Section, Turn
from converters.findings import Report
from converters.narration.casting import cast
from converters.narration.model import Synthesizer
from converters.narration.readable import readable, readable_by, unreadable
from converters.narration.script import script
from converters.phrases import phrases_for
from converters.settings import Options

ENGLISH = LanguageTag("en-US")


@pytest.mark.parametrize(
    "text",
    [
        "Plain words, 24 of them: “quoted” – and naïve café.",
        "Łódź, Ağrı, Đà Nẵng",
        "π is a number, and β-carotene a colour.",
        "20 µm, 5 °C, ½",
        "😀 ♪",
        "",
    ],
)
def test_an_english_voice_reads_latin_letters_numbers_and_single_greek_ones(text: str) -> None:
    assert readable_by(text, ENGLISH)
    assert readable(text, ENGLISH) == text
    assert unreadable(text, ENGLISH) == ""


@pytest.mark.parametrize(
    "word", ["你好", "こんにちは。", "안녕하세요", "Спасибо", "Ελλάδα", "שלום", "مرحبا", "नमस्ते", "ไทย", "ქართული"]
)
def test_an_english_voice_does_not_read_another_script(word: str) -> None:
    assert not readable_by(word, ENGLISH)
    assert readable(word, ENGLISH) == ""
    assert readable(f"They said {word} to us.", ENGLISH) == "They said to us."
    assert unreadable(f"They said {word} to us.", ENGLISH) == word


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("你好，世界", "zh-TW"),
        ("你好", "cmn"),
        ("Спасибо, YouTube", "ru"),
        ("Здраво", "sr"),
        ("Zdravo", "sr"),
        ("漢字とかな", "ja"),
        ("안녕 大韓", "ko"),
        ("नमस्ते", "hi"),
        ("ελληνικά", "el"),
    ],
)
def test_a_voice_reads_the_scripts_of_its_language_and_latin_letters(text: str, language: str) -> None:
    assert readable(text, LanguageTag(language)) == text


def test_marks_alone_are_not_left_over() -> None:
    assert readable("“你好” – !", ENGLISH) == ""


def test_what_cannot_be_read_is_left_out_of_the_script_and_found(
    episode: Callable[..., Document], turn: Callable[..., Turn], clicks: Synthesizer, report: Report
) -> None:
    document = episode(
        Section("transcript", (turn("ann-lee", "He said 你好 to me.", "这是一个测试。", "Then he left."),))
    )
    casting = cast(document, clicks.voices(), LanguageTag("en"), Report())
    tracks = script(document, "A Title", Options(), phrases_for(LanguageTag("en")), casting, report)
    said = " ".join(u.text for track in tracks for chapter in track.chapters for u in chapter.utterances)
    assert "He said to me." in said
    assert "Then he left." in said
    assert not re.search("[\u4e00-\u9fff]", said)
    codes = [found.code for found in report.findings]
    assert codes == ["speech-021", "speech-003"]
    assert "你好" in report.findings[0].text
