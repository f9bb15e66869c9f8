"""Real transcripts beside this checkout: no word is lost on its way to the voice, and no sentence falls silent."""

import re
from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path

import pytest

from converters.document import Document, Sentence, Sound
from converters.findings import Finding, Report
from converters.narration.casting import cast
from converters.narration.model import Casting, Synthesizer
from converters.narration.script import script
from converters.narration.wording import words_to_say
from converters.phrases import phrases_for
from converters.settings import Options
from converters.traverse import sentence_text, walk

SHARED = Path(__file__).parents[3] / "shared"
SOURCES = sorted(path for path in (SHARED / "corpus").glob("*/*") if path.is_file() and path.parent.name != "truth")
PLAIN = re.compile(r"[“\"'‘(]?[A-Za-z]?[a-z’']*[a-z](?:-[a-z]+)*[.,;:!?”\"’')]*")
"""A word that no rule concerns, in its punctuation."""

SHORTENED = frozenset(
    (
        "adm amb approx art assn atty ave blvd bros capt ch co col corp cpl cpt dept dr drs ep esp fig figs fr ft "
        "gen gov govt hon inc intl lt ltd maj messrs mhm mm mmhmm mm-hmm mm-hm mr mrs ms mt mx no nos pp pres "
        "prof pvt rd rep reps rev sec sen sens sgt shh sr st ste supt univ vol vols vs jr p c ca al hmm mmm"
    ).split()
)
Readers = Callable[[bytes], tuple[Document, tuple[Finding, ...]]]


def test_the_transcripts_are_there() -> None:
    if not SOURCES:
        pytest.skip("../shared/corpus is not beside this checkout")
    assert len(SOURCES) > 100


def plain_words(text: str) -> Iterator[str]:
    """Yield the words that must be heard, in order."""
    for token in text.split():
        word = token.strip("“”\"‘’'().,;:!?").lower()
        if PLAIN.fullmatch(token) and word not in SHORTENED:
            yield word


def lost(text: str, said: str) -> list[str]:
    """Return the plain words that are not said, or not in their order."""
    heard = iter(re.split(r"[^\w’'-]+", said.lower()))
    trimmed = (word.strip("’'-") for word in heard)
    return list(islice((word for word in plain_words(text) if not any(word.strip("’'-") == one for one in trimmed)), 3))


@pytest.mark.parametrize("part", range(4))
def test_every_plain_word_of_a_transcript_is_said(part: int, read_text: Readers) -> None:
    if not SOURCES:
        pytest.skip("../shared/corpus is not beside this checkout")
    failures = []
    for source in SOURCES[part::8]:
        document, _ = read_text(source.read_bytes())
        for sentence in (step for step in walk(document) if isinstance(step, Sentence)):
            said = words_to_say(sentence.inlines, document.metadata.language)
            text = sentence_text(sentence)
            if any(isinstance(inline, Sound) for inline in sentence.inlines):
                text = re.sub(r"[\[(][^\])]*[\])]", " ", text)
            if missing := lost(text, said):
                failures.append(f"{source.name}: {missing} of “{text}”, said “{said}”")
            latin = re.search(r"[A-Za-z0-9]", text)
            if latin and not re.search(r"\w", said):
                failures.append(f"{source.name}: nothing is said of “{text}”")
    assert not failures, "\n".join(failures[:20])


def test_the_seed_has_18_announcements_by_default(read_text: Readers, clicks: Synthesizer) -> None:
    found = list((SHARED / "seed").glob("*.txt"))
    if not found:
        pytest.skip("../shared/seed is not beside this checkout")
    document, _ = read_text(found[0].read_bytes())
    assert len(announced(document, clicks, Options())) == 18
    assert len(announced(document, clicks, Options(announce="first"))) == 4
    assert len(announced(document, clicks, Options(announce="always"))) == 31
    assert len(announced(document, clicks, Options(cast="one"))) == 31
    assert not announced(document, clicks, Options(announce="never"))


def announced(document: Document, synthesizer: Synthesizer, options: Options) -> list[str]:
    phrases, report = phrases_for(document.metadata.language), Report()
    casting: Casting = cast(document, synthesizer.voices(), phrases.language, report)
    tracks = script(document, document.metadata.title or "", options, phrases, casting, report)
    said = (u for track in tracks for chapter in track.chapters for u in chapter.utterances)
    return [u.text for u in said if u.announces]
