"""Names said right: what the show has written down, put into the words that an engine is given.

An entry holds for whole words, the longest first. One in small letters holds in any case; one
with a capital as it is written and in capitals throughout, so that *Nice* leaves *nice* alone
and *US* leaves *us*. Endings stay: *Makarov’s*, *Makarovs*.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Final, assert_never

import msgspec

from converters.document import Document, LanguageTag
from converters.errors import UsageError
from converters.findings import Report
from converters.narration import ipa, other_sounds, respelling, sounds
from converters.narration.model import Notation
from converters.pronunciation import Pronunciation, pronunciation
from converters.settings import Options

UNSPACED: Final = "[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]"
"""Scripts without spaces between words, where no edge of a word can be asked for."""

INSIDE: Final = "[\\w\u0300-\u036f\u0591-\u05c7\u064b-\u065f\u0900-\u0903\u093a-\u094f]"
"""What stands inside a word: letters, digits and the marks on them."""

ENDING: Final = "['’]?[sS]|(?:(?<=[sxzSXZ])|(?<=[cs]h))es"
STOPS: Final = ".,;:!?…"


class Entry(msgspec.Struct, frozen=True):
    """A word, or several, and how they are said in a text of that language."""

    word: str
    said: Pronunciation
    language: LanguageTag


class Lexicon:
    """All entries that hold for an episode, whose own language is ``language``."""

    def __init__(self, entries: tuple[Entry, ...], language: LanguageTag) -> None:
        self.entries, self.language = entries, language
        self._tables: dict[str, _Table | None] = {}

    @property
    def words(self) -> frozenset[str]:
        """The words of all entries, those of several words taken apart."""
        return frozenset(word for entry in self.entries for word in entry.word.split())

    def places(self, text: str) -> Iterator[tuple[int, int, str]]:
        """Yield where entries are found in a text (NFC) of the episode's language: begin, end, the entry's word."""
        table = self._table(_primary(self.language))
        if table:
            yield from ((found.start(), found.end(), table.entry(found).word) for found in table.pattern.finditer(text))

    def in_language(self, language: LanguageTag) -> tuple[Entry, ...]:
        """Return the entries that hold for texts in a language, the region aside."""
        return tuple(entry for entry in self.entries if _primary(entry.language) == _primary(language))

    def phonetic(self) -> "Lexicon":
        """Return it with IPA also where there is only an English respelling: reading systems know that best."""
        return Lexicon(tuple(map(_with_ipa, self.entries)), self.language)

    def _table(self, primary: str) -> "_Table | None":
        if primary not in self._tables:
            entries = self.in_language(LanguageTag(primary))
            self._tables[primary] = _Table(entries) if entries else None
        return self._tables[primary]


def lexicon_of(document: Document, options: Options) -> Lexicon:
    """Return what the show's lexicon says, and after it the people's pronunciations, whole names first."""
    home = options.show.language or document.metadata.language
    entries = {word: Entry(word, said, said.language or home) for word, said in options.show.lexicon.items()}
    people = _people(document, options)
    for name, said in (*people.items(), *_parts(people)):
        entries.setdefault(name, Entry(name, said, home))
    return Lexicon(tuple(entries.values()), document.metadata.language)


def applied(text: str, lexicon: Lexicon, notation: Notation, language: LanguageTag | None = None) -> str:
    """Return a said text as an engine of that notation is given it.

    ``language`` is given where it is not the episode's. Double brackets of the text itself never
    reach an engine that would take what is between them for phonemes.
    """
    given = text if notation == "plain" else re.sub(r"\[(?=\[)|\](?=\])", r"\g<0> ", text)
    primary = _primary(language or lexicon.language)
    table = lexicon._table(primary)  # noqa: SLF001 - this module's own
    if table is None:
        return given

    def said(found: re.Match[str]) -> str:
        said = _said(table.entry(found).said, found["ending"] or "", notation, primary)
        return _set_apart(said, found) if said else found[0]

    return table.pattern.sub(said, unicodedata.normalize("NFC", given))


def report_unsayable(texts: Iterable[str], lexicon: Lexicon, notation: Notation, report: Report) -> None:
    """Remark on each entry that is heard in the texts, and holds what a voice of that language cannot say."""
    primary = _primary(lexicon.language)
    table = lexicon._table(primary)  # noqa: SLF001 - this module's own
    for entry in dict.fromkeys(entry for text in texts for entry in (table.found(text) if table else ())):
        signs = ipa.unsayable(entry.said.ipa or "") if primary == "en" else ""
        if signs:
            report.add("speech-040", f"{signs} in /{entry.said.ipa}/, for {entry.word}")
        elif _said(entry.said, "", notation, primary) is None:
            report.add("speech-041", f"/{entry.said.ipa}/, for {entry.word}")


# which words ------------------------------------------------------------------------------


def _people(document: Document, options: Options) -> dict[str, Pronunciation]:
    """Return how full names are said: of those who speak here, and of all others that the show knows."""
    known = [(person.name, person.pronunciation) for person in document.people]
    facts = (*options.episode.people.values(), *options.show.people.values())
    known += [(person.name or "", person.pronunciation) for person in facts]
    found: dict[str, Pronunciation] = {}
    for name, said in known:
        if name and said:
            found.setdefault(" ".join(name.split()), _read(name, said))
    return found


def _read(name: str, said: str) -> Pronunciation:
    """Read a person's pronunciation; show.toml's was checked when it was loaded, a model's of others was not."""
    try:
        return pronunciation(said)
    except ValueError as error:
        raise UsageError(f"The pronunciation of {name}: {error}. Correct it in the source, or in show.toml.") from error


def _parts(people: dict[str, Pronunciation]) -> list[tuple[str, Pronunciation]]:
    """Return how the parts of names are said, where it has as many words, and all who bear a part agree.

    Small words in names (*van*, *de la*) are words of the language too, and stay what they are.
    """
    found: dict[str, set[Pronunciation]] = {}
    for name, said in people.items():
        words = name.split()
        ways = [(way or "").split() for way in (said.respelling, said.ipa)]
        respelled, spoken = (way if len(way) == len(words) > 1 else [""] * len(words) for way in ways)
        for word, *parts in zip(words, respelled, spoken, strict=True):
            if any(parts) and not _is_small(word) and len(word.rstrip(".")) > 1:
                found.setdefault(word, set()).add(Pronunciation(parts[0] or None, parts[1] or None))
    return [(word, next(iter(ways))) for word, ways in found.items() if len(ways) == 1]


class _Table:
    """The entries of one language, and how to find them in a text."""

    def __init__(self, entries: tuple[Entry, ...]) -> None:
        capitals = {_key(entry.word.upper()): entry for entry in entries}
        self._by_form = capitals | {_key(entry.word): entry for entry in entries}
        self._small = {_key(entry.word): entry for entry in entries if _is_small(entry.word)}
        words = sorted((entry.word for entry in entries), key=lambda word: (-len(word), word))
        edges = f"(?:(?<!{INSIDE})|(?={UNSPACED}))", f"(?:(?!{INSIDE})|(?<={UNSPACED}))"
        either = "|".join(map(_pattern, words))
        self.pattern = re.compile(f"{edges[0]}(?P<word>{either})(?P<ending>{ENDING})?{edges[1]}")

    def found(self, text: str) -> Iterator[Entry]:
        return map(self.entry, self.pattern.finditer(unicodedata.normalize("NFC", text)))

    def entry(self, found: re.Match[str]) -> Entry:
        key = _key(found["word"])
        return self._by_form.get(key) or self._small[key.lower()]


def _pattern(word: str) -> str:
    """Return what finds a word, however its spaces, hyphens and apostrophes are set."""

    def loose(form: str) -> str:
        return re.sub(r"(?P<space>\\ )|(?P<hyphen>\\-|[‐‑])|['’ʼ]", _any_of_its_kind, re.escape(form))

    return f"(?i:{loose(word)})" if _is_small(word) else f"{loose(word)}|{loose(word.upper())}"


def _any_of_its_kind(found: re.Match[str]) -> str:
    return r"\s+" if found["space"] else "[-‐‑]" if found["hyphen"] else "['’ʼ]"


def _key(word: str) -> str:
    return " ".join(re.sub("[’ʼ]", "'", re.sub("[‐‑]", "-", word)).split())


def _is_small(word: str) -> bool:
    return word == word.lower()


def _primary(language: LanguageTag) -> str:
    return language.split("-")[0].lower()


# how they are said ------------------------------------------------------------------------


def english(said: Pronunciation) -> sounds.Spoken:
    """Return what an English voice says; nothing where it cannot be told from what is written."""
    spoken = ipa.in_english(said.ipa or "")
    if spoken or not said.respelling or not respelling.is_readable(said.respelling):
        return spoken
    return respelling.in_english(said.respelling)


def _with_ipa(entry: Entry) -> Entry:
    if entry.said.ipa or _primary(entry.language) != "en":
        return entry
    spoken = sounds.ipa(english(entry.said)) or None
    return msgspec.structs.replace(entry, said=msgspec.structs.replace(entry.said, ipa=spoken))


@lru_cache(maxsize=4096)
def _said(said: Pronunciation, ending: str, notation: Notation, primary: str) -> str | None:
    """Return what the engine is given; None where it is to read the word as it is printed."""
    if primary == "en" and (spoken := english(said)):
        return _in_english(spoken, said, ending, notation)
    signs = _phonemes(said.ipa or "", notation, LanguageTag(primary)) if primary != "en" else ""
    if signs:
        joint = "|" if notation == "espeak" else ""
        return f"[[{signs}{joint}s]]" if ending else f"[[{signs}]]"
    return _as_letters(said.respelling) + ending if said.respelling else None


def _in_english(spoken: sounds.Spoken, said: Pronunciation, ending: str, notation: Notation) -> str:
    whole = sounds.with_s(spoken) if ending else spoken
    match notation:
        case "espeak":
            return f"[[{sounds.espeak_phonemes(whole)}]]"
        case "piper":
            return f"[[{sounds.ipa(whole)}]]"
        case "piper-british":
            return f"[[{sounds.ipa(whole, british=True)}]]"
        case "plain":
            return _as_letters(said.respelling or sounds.respelled(spoken)) + ending
        case _:
            assert_never(notation)


def _phonemes(written: str, notation: Notation, language: LanguageTag) -> str:
    match notation:
        case "espeak":
            return other_sounds.espeak_phonemes(written, language)
        case "piper" | "piper-british":
            return ipa.stress_before_vowels(written)
        case "plain":
            return ""
        case _:
            assert_never(notation)


def _as_letters(respelled: str) -> str:
    """Return a respelling as running text: capitals would be spelled out, and hyphens heard as pauses.

    Single letters stay capitals, so that they are spelled out.
    """
    words = re.sub("[-‐‑·]", "", respelled).split()
    return " ".join(word if len(word) == 1 else word.lower() for word in words)


def _set_apart(said: str, found: re.Match[str]) -> str:
    """Set phonemes apart by spaces: right after a quotation mark espeak-ng swallows them, text after them it joins."""
    if not said.startswith("[["):
        return said
    text, begin, end = found.string, found.start(), found.end()
    before = " " if begin and not text[begin - 1].isspace() else ""
    after = " " if end < len(text) and not text[end].isspace() and text[end] not in STOPS else ""
    return before + said + after
