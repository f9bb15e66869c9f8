"""Names said right: which words an entry holds for, and what an engine is given."""

import hashlib
from collections.abc import Callable, Generator
from pathlib import Path

import pytest

from converters.document import Document, LanguageTag, Metadata, NodeId, Person, Section, Turn
from converters.findings import Report
from converters.narration import other_sounds
from converters.narration.cache import ClipCache
from converters.narration.embedded_voice import EmbeddedVoice
from converters.narration.lexicon import Entry, Lexicon, applied, lexicon_of, report_unsayable
from converters.narration.model import Line, Notation, Synthesizer, Voice
from converters.narration.performance import Studio, narrate
from converters.narration.phoneme_process import phonemes
from converters.phrases import phrases_for
from converters.pronunciation import Pronunciation, pronunciation
from converters.settings import Episode, Options, PersonFacts, Show

ENGLISH, GERMAN, SPANISH = LanguageTag("en"), LanguageTag("de"), LanguageTag("es")
AMERICA = "gmw/en-us"
SAID = "[[m|@|k|'A:|r|0|f]]"


def lexicon(entries: dict[str, str], language: LanguageTag = ENGLISH) -> Lexicon:
    return Lexicon(tuple(Entry(word, pronunciation(said), language) for word, said in entries.items()), language)


MAKAROV = lexicon({"Makarov": "muh-KAR-off"})


# which words -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "given"),
    [
        ("Ask Makarov.", f"Ask {SAID}."),
        ("MAKAROV said so", f"{SAID} said so"),
        ("Makarova, Amakarov and makarov", "Makarova, Amakarov and makarov"),
        ("“Makarov” (Makarov)", f"“ {SAID} ” ( {SAID} )"),
        ("Makarov-led", f"{SAID} -led"),
        ("Makarov’s plan", "[[m|@|k|'A:|r|0|f|s]] plan"),
        ("the Makarovs", "the [[m|@|k|'A:|r|0|f|s]]"),
        ("an a[[m]] b", "an a[ [m] ] b"),
        ("no name at all", "no name at all"),
    ],
)
def test_an_entry_holds_for_whole_words_and_keeps_their_endings(text: str, given: str) -> None:
    assert applied(text, MAKAROV, "espeak") == given


@pytest.mark.parametrize(
    ("entry", "text", "changed"),
    [
        ("US", "the US told us", "the X told us"),
        ("Nice", "Nice is nice, NICE", "X is nice, X"),
        ("quinoa", "Quinoa or QUINOA or quinoa", "X or X or X"),
        ("McKay", "McKay, MCKAY, Mckay", "X, X, Mckay"),
        ("O’Larkin", "O'Larkin and O’Larkin", "X and X"),
        ("Al-Amin", "Al‑Amin and Al-Amin", "X and X"),
        ("Bo Ruiz", "Bo\u00a0Ruiz or Bo  Ruiz", "X or X"),
        ("Zoë", "Zoe\u0308 and Zoë", "X and X"),
        ("राम", "राम, रामायण", "X, रामायण"),
        ("東京", "私は東京に", "私はXに"),
    ],
)
def test_capitals_spaces_hyphens_and_accents_matter_where_they_tell_words_apart(
    entry: str, text: str, changed: str
) -> None:
    assert applied(text, lexicon({entry: "x-ray"}), "plain").replace("xray", "X") == changed


def test_the_longest_entry_wins() -> None:
    both = lexicon({"York": "YORK", "New York": "noo-YAWK"})
    assert applied("New York, York", both, "plain") == "nooyawk, york"


def test_a_full_name_says_how_its_parts_are_said(episode: Callable[..., Document], turn: Callable[..., Turn]) -> None:
    ann = Person(NodeId("ann-lee"), "Ann van Leyen", pronunciation="AN vun LY-en")
    document = episode(Section("transcript", (turn("ann-lee", "Hello."),)), people=(ann,))
    found = lexicon_of(document, Options())
    assert applied("Ann van Leyen came in a van. Ann Leyen’s van.", found, "plain") == (
        "an vun lyen came in a van. an lyen’s van."
    )


def test_parts_are_left_alone_where_the_words_do_not_agree_or_two_people_differ() -> None:
    people = {
        "a": PersonFacts(name="Jorge Ruiz", pronunciation="HOR-hay roo-EETH"),
        "b": PersonFacts(name="Jorge Amado", pronunciation="ZHOR-zhee uh-MAH-doo"),
        "c": PersonFacts(name="Bridie O’Larkin", pronunciation="BRYdee-oh-LAR-kin"),
    }
    document = Document(Metadata(language=ENGLISH), (), ())
    found = lexicon_of(document, Options(show=Show(people=people)))
    assert applied("Jorge Ruiz, Jorge, Amado, Bridie", found, "plain") == ("horhay rooeeth, Jorge, uhmahdoo, Bridie")


def test_the_lexicon_goes_before_a_person_and_the_episode_before_the_show(small: Document) -> None:
    show = Show(
        lexicon={"Bo": Pronunciation("BAW")},
        people={
            "x": PersonFacts(name="Bo Ruiz", pronunciation="BOH ROO-iz"),
            "y": PersonFacts(name="Cy", pronunciation="SY"),
        },
    )
    this = Episode(people={"y": PersonFacts(name="Cy", pronunciation="KY")})
    found = lexicon_of(small, Options(show=show, episode=this))
    assert applied("Bo, Ruiz, Cy", found, "plain") == "baw, rooiz, ky"


# languages and notations -----------------------------------------------------------------


def test_an_entry_holds_for_texts_in_its_own_language() -> None:
    two = Lexicon((*MAKAROV.entries, *lexicon({"Bohr": "BOR"}, GERMAN).entries), ENGLISH)
    assert applied("Makarov, Bohr", two, "plain") == "muhkaroff, Bohr"
    assert applied("Makarov, Bohr", two, "plain", GERMAN) == "Makarov, bor"
    assert applied("Makarov, Bohr", two, "plain", SPANISH) == "Makarov, Bohr"


@pytest.mark.parametrize(
    ("notation", "given"),
    [
        ("espeak", "[[m|@|k|'aI|z]]"),
        ("piper", "[[məkˈaɪz]]"),
        ("piper-british", "[[məkˈaɪz]]"),
        ("plain", "muhky’s"),
    ],
)
def test_ipa_reaches_every_engine_in_what_it_can_read(notation: Notation, given: str) -> None:
    assert applied("McKay’s", lexicon({"McKay": "/məˈkaɪ/"}), notation) == given


def test_single_letters_are_read_out_by_the_voice_itself() -> None:
    found = lexicon({"USA": "U S A"})
    for notation in ("espeak", "piper", "plain"):
        assert applied("The USA’s", found, notation) == "The U S A’s"


def test_other_languages_take_ipa_where_their_voices_can_and_else_letters() -> None:
    both = Pronunciation("Makarjof", "maˈkarəf")
    for language, given in ((GERMAN, "[[m|a|k|'a|r|@|f]]"), (LanguageTag("ka"), "makarjof")):
        found = Lexicon((Entry("Makarov", both, language),), language)
        assert applied("Makarov", found, "espeak") == given


def test_what_a_voice_cannot_say_of_a_word_that_is_heard_is_a_finding(report: Report) -> None:
    clicks = lexicon({"ǃKung": "/ǃkʊŋ/", "ǂKhomani": "/ǂxoˈmani/"})
    report_unsayable(("The ǃKung.",), clicks, "espeak", report)
    georgian = LanguageTag("ka")
    report_unsayable(("Bo.",), lexicon({"Bo": "/bo/"}, georgian), "espeak", report)
    first, second = report.findings
    assert (first.code, "“" not in first.text, "ǃ in /ǃkʊŋ/, for ǃKung" in first.text) == ("speech-040", True, True)
    assert (second.code, "/bo/, for Bo" in second.text) == ("speech-041", True)


# what an episode says --------------------------------------------------------------------


class Listener:
    """A synthesizer that keeps the lines it is given."""

    def __init__(self, clicks: Synthesizer) -> None:
        self._clicks, self.lines = clicks, tuple[Line, ...]()
        self.sample_rate, self.notation, self.version = clicks.sample_rate, clicks.notation, clicks.version
        self.loudness = clicks.loudness

    def voices(self) -> tuple[Voice, ...]:
        return self._clicks.voices()

    def speak(self, lines: tuple[Line, ...], jobs: int) -> Generator[bytes, None, None]:
        self.lines = lines
        yield from self._clicks.speak(lines, jobs)

    def close(self) -> None:
        self._clicks.close()


def lines_of(document: Document, show: Show, clicks: Synthesizer, folder: Path) -> tuple[Line, ...]:
    listener = Listener(clicks)
    options, phrases = Options(show=show), phrases_for(ENGLISH)
    folder.mkdir()
    studio = Studio(listener, folder, ClipCache(None))
    narrate(document, "A Ramp", options, phrases, studio, Report(), lambda _done, _all: None)
    return listener.lines


def test_correcting_one_name_changes_only_the_lines_that_hold_it(
    small: Document, clicks: Synthesizer, tmp_path: Path
) -> None:
    before = lines_of(small, Show(), clicks, tmp_path / "before")
    after = lines_of(small, Show(lexicon={"Ruiz": Pronunciation("roo-EETH")}), clicks, tmp_path / "after")
    assert len(before) == len(after)
    changed = [old.text for old, new in zip(before, after, strict=True) if old != new]
    assert changed
    assert changed == [line.text for line in before if "Ruiz" in line.text]


# the real engine -------------------------------------------------------------------------

CONTEXTS = (
    "{}", "{}.", "The {} plan", "“{},” she said", "({})", "He said: “{}”", "a {}-led plan", "It was {}—or not",
    "Dr. {} of St. {}", "J. K. {}", "the U.S. {} said", "an {}, too", "‘{}’", "Is it {}?", "{} {}", "1 {} 2",
)  # fmt: skip


@pytest.mark.speech
@pytest.mark.parametrize("voice", [AMERICA, "gmw/en"])
def test_phonemes_are_said_in_every_place_as_the_word_itself_would_be(voice: str) -> None:
    """*Tinsel* is said right by espeak-ng, so its own sounds in its place must change nothing."""
    found = lexicon({"Tinsel": "/ˈtɪnsəl/"})
    plain = phonemes(voice, tuple(text.replace("{}", "Tinsel") for text in CONTEXTS))
    given = phonemes(voice, tuple(applied(text.replace("{}", "Tinsel"), found, "espeak") for text in CONTEXTS))
    assert [ipa.replace(" ", "") for _, ipa in given] == [ipa.replace(" ", "") for _, ipa in plain]


@pytest.mark.speech
def test_every_sound_of_english_is_one_that_the_voices_have() -> None:
    from converters.narration.sounds import CONSONANTS, VOWELS

    words = [f"[[t|'{name}|t]]" for name in VOWELS] + [f"[[t|'A:|{name}|A:|t]]" for name in CONSONANTS]
    for voice in (AMERICA, "gmw/en"):
        for word, (_, ipa) in zip(words, phonemes(voice, tuple(words)), strict=True):
            assert ipa.endswith(("t", "ɾ")), (voice, word, ipa)  # from a sound it does not know it drops the rest
            assert len(ipa) > 2, (voice, word, ipa)


@pytest.mark.speech
def test_every_sound_of_other_languages_is_one_that_their_voices_have(tmp_path: Path) -> None:
    with EmbeddedVoice(tmp_path) as engine:
        bases = {v.language.split("-")[0]: v.id.partition("+")[0] for v in reversed(engine.voices())}
    bases["zh"] = bases["cmn"]
    for language in other_sounds.LACKS:
        words = tuple(
            f"[[{phonemes_}|m]]"
            for sign in other_sounds.SOUNDS
            if (phonemes_ := other_sounds.espeak_phonemes(f"a{sign}", LanguageTag(language)))
        )
        for word, (_, ipa) in zip(words, phonemes(bases[language], words), strict=True):
            assert ipa.endswith("m"), (language, word, ipa)


@pytest.mark.speech
def test_the_engine_says_a_name_as_it_is_written_down_and_never_takes_brackets_for_phonemes(tmp_path: Path) -> None:
    texts = ("Ask Makarov.", "Ask me. [[m@k]] Now.", "Ask me. Now.")
    found = lexicon({"Makarov": "muh-KAR-off"})
    lines = tuple(Line(applied(text, found, "espeak"), AMERICA, 175) for text in texts)
    with EmbeddedVoice(tmp_path) as engine:
        assert engine.notation == "espeak"
        said = [hashlib.sha256(samples).digest() for samples in engine.speak((*lines, Line(texts[0], AMERICA, 175)), 2)]
    assert len(set(said)) == 4
    (_, before), (_, after), (_, brackets) = phonemes(AMERICA, ("Makarov", SAID, lines[1].text))
    assert (before, after) == ("mˈækɐɹˌɑːv", "məkˈɑːɹɑːf")
    assert "ɛm" in brackets  # the letters, read out
