"""How printed words are said: only what a voice would get wrong or stumble over.

Here is what holds in every language: spaces of all widths, spaced dots, sounds in brackets,
letters of another script. The rest is decided by the language of the words, in ``english``
and ``other_languages``; what an engine says well by itself is left to it. What is said depends
on the sentence alone, so that a sentence that is spoken once is never spoken again.
"""

import itertools
import re
import unicodedata
from collections.abc import Callable
from typing import Final, assert_never

from converters.document import Emphasis, Foreign, Inline, Inlines, LanguageTag, Link, NoteReference, Sound, Text
from converters.narration.said_addresses import address_words, telephone_words
from converters.traverse import plain_text

__all__ = ["address_words", "sayable", "sound_words", "telephone_words", "words_to_say"]

KEPT: Final = "\ue000"
NOTHING_KEPT: Final[frozenset[str]] = frozenset()
SPACED_DOTS: Final = re.compile(r"\.(?:\s*\.){2,}")
DOUBLE_BRACKETS: Final = re.compile(r"\[{2,}|\]{2,}")
NOT_SAID_OF_A_SOUND: Final = re.compile(r"[\[\](){}<>*♪♫]|\d{1,2}(?::\d{2})+")
MARKS: Final = ".,;:!?…"

LATIN_LANGUAGES: Final = frozenset(
    (
        "af ca cs cy da de en es et eu fi fr ga gl hr hu id is it lt lv ms mt nb nl nn no pl pt ro sk sl sq sv sw tr vi"
    ).split()
)
"""Languages whose voices spell out letters of another script by their names, where they say anything."""

SMALLEST_EMOJI: Final = "\U0001f300"
REPEATED_EMOJI: Final = re.compile("([\U0001f300-\U0001faff])(?:[\U0001f3fb-\U0001f3ff]?\\s*\\1)+")
MATHEMATICAL: Final = re.compile("[\U0001d400-\U0001d7ff]")
GREEK_LETTER: Final = re.compile("(?<![^\\W\\d_])[α-ωΑ-Ω](?![^\\W\\d_])")
EMOJI_STYLE: Final = re.compile(r"^(?:heavy )?(?:(?:black|white) (?!circle|square))?(?=\w)| (?:sign|symbol)$")


def words_to_say(inlines: Inlines, language: LanguageTag, kept: frozenset[str] = NOTHING_KEPT) -> str:
    """Return a sentence as it is to be said; empty only where no voice of that language can say any of it.

    ``kept`` are words that stay as printed.
    """
    for text in (_joined(_pieces(inlines)), _joined(_pieces(inlines), silences=True), plain_text(inlines)):
        said = sayable(text, language, kept)
        if any(character.isalnum() for character in said):
            return said
    return ""


def sayable(text: str, language: LanguageTag, kept: frozenset[str] = NOTHING_KEPT) -> str:
    """Return running text without what a voice stumbles over."""
    spoken = language.split("-")[0].lower()
    if not (text.isascii() and text.isprintable()):
        text = text.translate(_PLAIN)
        if spoken in LATIN_LANGUAGES and not text.isascii():
            text = _in_latin_letters(text, names_emoji=spoken == "en")
    if ".." in text or ". ." in text:
        text = SPACED_DOTS.sub("…", text)
    if "[[" in text or "]]" in text:  # engines take what stands in them for phonemes
        text = DOUBLE_BRACKETS.sub(lambda found: found[0][0], text)
    there = tuple(word for word in kept if word in text) if kept else ()
    said = _keeping(there, text, lambda rest: _by_language(rest, spoken, language))
    return " ".join(said.split())


def _keeping(words: tuple[str, ...], text: str, said: Callable[[str], str]) -> str:
    """Return what is said of a text, with some words of it as they were.

    A sign for private use stands for each of them meanwhile; a text has none of its own here.
    """
    if not words:
        return said(text)
    expression = re.compile(
        "|".join(rf"(?<!\w){re.escape(word)}(?!\w)" for word in sorted(words, key=len, reverse=True))
    )
    found = expression.findall(text)
    marked = said(expression.sub(KEPT, text)).split(KEPT)
    return "".join(itertools.chain.from_iterable(itertools.zip_longest(marked, found, fillvalue="")))


def _by_language(text: str, spoken: str, language: LanguageTag) -> str:
    if spoken == "en":
        from converters.narration.english import said_in_english

        return said_in_english(text)
    if spoken in {"de", "es"}:
        from converters.narration.other_languages import said_in_german, said_in_spanish

        return said_in_german(text) if spoken == "de" else said_in_spanish(text, language)
    return text


class _Plain(dict[int, str]):
    """A space for any separator, and nothing for what is never heard, such as a soft hyphen."""

    def __missing__(self, code: int) -> str:
        character = chr(code)
        category = unicodedata.category(character)
        if category in ("Zs", "Zl", "Zp") or character in "\t\n\r":
            plain = " "
        else:
            plain = "" if category in ("Cc", "Cf", "Co", "Cn", "Cs") or "\ufe00" <= character <= "\ufe0f" else character
        self[code] = plain
        return plain


_PLAIN: Final = _Plain()


# other scripts, and pictures ------------------------------------------------------------------


def _in_latin_letters(text: str, *, names_emoji: bool) -> str:
    """Return text with foreign letters as a reader would sound them out: ``Kyiv`` for ``Київ``.

    Nothing is left of a text that has no other words: it is in a language of its own, which
    this voice cannot read. An emoji is named, in English, or left out.
    """
    if all(character < "\u0250" or "\u2000" <= character < "\u2190" for character in text):
        return text
    at_home = any(character.isalnum() and _is_at_home(character) for character in text)
    if not at_home and any(character.isalpha() for character in text):
        return ""
    once = REPEATED_EMOJI.sub(r"\1", unicodedata.normalize("NFKC", text) if MATHEMATICAL.search(text) else text)
    once = GREEK_LETTER.sub(lambda found: unicodedata.name(found[0]).split(" WITH")[0].split()[-1].lower(), once)
    return "".join(_sounded(character, names_emoji=names_emoji) for character in once)


def _is_at_home(character: str) -> bool:
    return character < "\u0250" or "\u1e00" <= character < "\u1f00" or unicodedata.name(character, "")[:5] == "LATIN"


def _sounded(character: str, *, names_emoji: bool) -> str:
    if character >= SMALLEST_EMOJI or character in "❤⭐✨":
        return _emoji_name(character) if names_emoji else " "
    if not character.isalpha() or _is_at_home(character):
        return character
    from anyascii import anyascii  # loaded on first use: few episodes have such letters

    return str(anyascii(character))


def _emoji_name(character: str) -> str:
    """Return ``thumbs up`` for its sign; nothing for a tone of skin or half a flag."""
    name = unicodedata.name(character, "").lower()
    if unicodedata.category(character) != "So" or name.startswith("regional"):
        return ""
    return f" {EMOJI_STYLE.sub('', name)} "


# sounds -----------------------------------------------------------------------------------


def sound_words(sound: Sound) -> str:
    """Return a sound as plain words: ``laughter`` for ``[LAUGHTER]``, ``inaudible`` for ``[inaudible 00:12]``."""
    words = " ".join(NOT_SAID_OF_A_SOUND.sub(" ", sound.description).split()).strip(MARKS)
    return words.lower() if words.isupper() else words


def _pieces(inlines: Inlines) -> list[str | Sound]:
    return [piece for inline in inlines for piece in _pieces_of(inline)]


def _pieces_of(inline: Inline) -> list[str | Sound]:
    match inline:
        case Text():
            return [inline.value]
        case Emphasis() | Foreign() | Link():
            return _pieces(inline.inlines)
        case Sound():
            return [inline]
        case NoteReference():
            return []
        case _:
            assert_never(inline)


def _joined(pieces: list[str | Sound], *, silences: bool = False) -> str:
    """Return the pieces as one text, each sound set off by commas where nothing else sets it off.

    A silence is heard, not told, unless nothing else is there to be heard.
    """
    said, after_sound = "", False
    for piece in pieces:
        words = _cue(piece, silences=silences) if isinstance(piece, Sound) else piece.lstrip() if after_sound else piece
        if not words:
            continue
        if isinstance(piece, Sound) or after_sound:
            said = _set_off(said, words)
        else:
            said += words
        after_sound = isinstance(piece, Sound)
    return said


def _cue(sound: Sound, *, silences: bool) -> str:
    return "…" if sound.kind == "silence" and not silences else sound_words(sound)


def _set_off(before: str, after: str) -> str:
    before = before.rstrip()
    if not before or after[0] in MARKS:
        return before + after
    return f"{before} {after}" if before[-1] in MARKS else f"{before}, {after}"
