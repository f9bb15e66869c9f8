"""No edition of an odd transcript is refused: the proof knows what editions do with words hard to find again."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from converters.convert import convert
from converters.document import LanguageTag
from converters.errors import ProofError
from converters.planning import ShowChoice, plan
from converters.settings import Options
from converters.writers import TABLE

TEXT = ("html", "html-fragment", "epub", "txt", "json", "docx")
TIMED = ("vtt", "srt", "podcast-json")

LONG = "It was the best of times, and the well was dry."
NAMES = (
    "ANN",
    "BOB",
    "ANN LEE",
    "DR. ANN LEE",
    "MARÍA-JOSÉ O’NEILL",
    "BOB (GUEST)",
    "Speaker 1",
    "Speaker 12",
    "ANN AND BOB",
    "ÅSE",
    "ИВАН",
    "李明",
    "שרה",
    "YES",
    "THE WELL",
    "J. R. 2",
    "Ann",
)
WORDS = (
    "Yes.",
    "No!",
    "Yes.",
    "Ann.",
    "Bob Guest.",
    "Ann Lee",
    "The well.",
    "Speaker 1.",
    "1.",
    "12",
    "II.",
    "…",
    "— — —",
    "♪ ♫",
    "🙂🙂",
    "👩‍👩‍👧‍👦 is here.",
    "(laughs)",
    "[Applause.]",
    "It was the best of times, and the well was dry.",
    "It was the best of times, and the well was dry.",
    "It was the best of times, and the well was dry. And again it rained.",
    "ﬁne oﬃce ﬂow, Ⅻ and ½ of ㎏.",
    "co\u00adop\u00ader\u00ada\u00adtion is good.",
    "a\u00a0b\u2009c\u202fd is spaced.",
    "Zero\u200bwidth\u200djoin\u2060er here.",
    "Cafe\u0301 na\u0308ive a\u030a\u0323.",
    "שלום עולם, said Ann.",
    "مرحبا بالعالم.",
    "李明说你好。再见。",
    "カタカナ ｶﾀｶﾅ.",
    "x" * 90,
    "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft!",
    "WE WENT TO THE U.S.A. AND TO NATO.",
    "https://example.org/a?b=c&d=<e>",
    "a < b && c > d",
    "*starred* _under_ `tick`",
    "İstanbul’da ıssız. Straße ẞ.",
    "H₂O and x² ≠ 3⁄4.",
    "Ann: she said it.",
    "Mr. Lee went. Dr. Lee, too.",
    "What is it?",
    "What is it, Ann, that you want to tell us about the well of this town, and of all others?",
    "नमस्ते दुनिया।",
    "ก็ดีครับ",
    "ß",
    "ǅ",
    "\u202bعربي\u202c end.",
)

said = st.lists(st.sampled_from(WORDS), min_size=1, max_size=4).map(" ".join)
turns = st.lists(st.tuples(st.sampled_from(NAMES), said), min_size=2, max_size=12)
headings = st.sampled_from(
    (
        "",
        "# The well\n\nThe well\n\n",
        "# Ann\n\n",
        "What is it?\n\n",
        "Ann Lee\n\n",
        f"# {LONG}\n\n{LONG}\n\n",
    )
)


def _refusals(source: Path, names: tuple[str, ...], out: Path, language: str = "en") -> list[str]:
    chosen = tuple(writer for writer in TABLE if writer.name in names)
    (job,) = plan((source,), chosen, out, Options(language=LanguageTag(language)), ShowChoice(none=True))
    return [str(error) for _, error in convert(job, lambda *_: None).failures if isinstance(error, ProofError)]


def _source(folder: Path, heading: str, conversation: list[tuple[str, str]]) -> Path:
    path = folder / "odd.txt"
    lines = "\n\n".join(f"{name}: {words}" for name, words in conversation)
    path.write_text(f"{heading}{lines}\n", encoding="utf-8")
    return path


def _captions(folder: Path, conversation: list[tuple[str, str]]) -> Path:
    path = folder / "odd.vtt"
    escaped = ((name, words.replace("&", "&amp;").replace("<", "&lt;")) for name, words in conversation)
    cues = (f"00:00:{n:02}.000 --> 00:00:{n + 1:02}.000\n<v {name}>{words}" for n, (name, words) in enumerate(escaped))
    path.write_text("\n\n".join(("WEBVTT", *cues)) + "\n", encoding="utf-8")
    return path


def _limits(examples: int) -> settings:
    return settings(max_examples=examples, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))


@_limits(40)
@given(headings, turns)
def test_no_text_edition_of_an_odd_transcript_is_refused(
    tmp_path_factory: pytest.TempPathFactory, heading: str, conversation: list[tuple[str, str]]
) -> None:
    folder = tmp_path_factory.mktemp("odd")
    assert _refusals(_source(folder, heading, conversation), TEXT, folder / "out") == []


@_limits(40)
@given(turns)
def test_no_captions_of_odd_words_are_refused(
    tmp_path_factory: pytest.TempPathFactory, conversation: list[tuple[str, str]]
) -> None:
    folder = tmp_path_factory.mktemp("odd")
    assert _refusals(_captions(folder, conversation), TIMED, folder / "out") == []


@_limits(5)
@given(headings, turns)
def test_no_large_print_of_an_odd_transcript_is_refused(
    tmp_path_factory: pytest.TempPathFactory, heading: str, conversation: list[tuple[str, str]]
) -> None:
    folder = tmp_path_factory.mktemp("odd")
    assert _refusals(_source(folder, heading, conversation), ("pdf",), folder / "out") == []
