"""How printed words are said: only what a voice would get wrong or stumble over.

Spaces of all widths, spaced dots, ``&``, addresses, sounds in brackets. Numbers, names and
abbreviations are left to the engine.
"""

import re
import unicodedata
from typing import Final, assert_never

from converters.document import Emphasis, Foreign, Inline, Inlines, LanguageTag, Link, NoteReference, Sound, Text
from converters.traverse import plain_text

SPACED_DOTS: Final = re.compile(r"\.(?:\s*\.){2,}")
ADDRESS: Final = re.compile(
    r"""
      [\w.+-]+@[\w-]+(?:\.[\w-]+)+                                  # ann@example.org
    | (?:https?://|www\.)[^\s<>"“”]+                                # https://example.org/a
    | \b[\w-]+(?:\.[\w-]+)*\.(?:com|edu|gov|info|net|org)\b(?:/[^\s<>"“”]*)?   # example.org
    """,
    re.VERBOSE | re.IGNORECASE,
)
ADDRESS_START: Final = re.compile(r"^(?:https?://)?(?:www\.)?|^mailto:", re.IGNORECASE)
ADDRESS_WORDS: Final = {
    "@": "at",
    ".": "dot",
    "/": "slash",
    "-": "dash",
    "_": "underscore",
    "+": "plus",
    "?": "question mark",
    "=": "equals",
    "&": "and",
    "#": "hash",
    "%": "percent",
    "~": "tilde",
    ":": "colon",
}
AFTER_AN_ADDRESS: Final = ".,;:!?…)]’'"
NOT_SAID_OF_A_SOUND: Final = re.compile(r"[\[\](){}<>*♪♫]|\d{1,2}(?::\d{2})+")
MARKS: Final = ".,;:!?…"


def words_to_say(inlines: Inlines, language: LanguageTag) -> str:
    """Return a sentence as it is to be said; empty only where it has no letter and no digit."""
    for text in (_joined(_pieces(inlines)), plain_text(inlines)):
        said = sayable(text, language)
        if any(character.isalnum() for character in said):
            return said
    return ""


def sayable(text: str, language: LanguageTag) -> str:
    """Return running text without what a voice stumbles over."""
    text = "".join(_plain(character) for character in text)
    text = SPACED_DOTS.sub("…", text)
    if language.split("-")[0] == "en":  # the words below are English
        text = ADDRESS.sub(_address_in_text, text)
        text = re.sub(r"\s*&\s*", " and ", text)
    return " ".join(text.split())


def _plain(character: str) -> str:
    """Return a space for any separator, and nothing for what is never heard, such as a soft hyphen."""
    category = unicodedata.category(character)
    if category in ("Zs", "Zl", "Zp") or character in "\t\n\r":
        return " "
    return "" if category in ("Cc", "Cf", "Co", "Cn", "Cs") else character


def _address_in_text(found: re.Match[str]) -> str:
    address = found[0].rstrip(AFTER_AN_ADDRESS)
    return address_words(address) + found[0][len(address) :]


def address_words(address: str) -> str:
    """Return a web or e-mail address as it is read out: ``access at example dot org``."""
    bare = ADDRESS_START.sub("", address).rstrip("/")
    parts = re.split(r"([^\w]|_)", bare)
    return " ".join(ADDRESS_WORDS.get(part, part) for part in parts if part)


def telephone_words(number: str) -> str:
    """Return a number digit by digit, with a pause where it is printed apart: ``plus 1, 5 5 5, 0 1 0 0``."""
    groups = re.findall(r"[^\W\d_]+|\d+", number)
    spaced = (" ".join(group) if group.isdigit() else group for group in groups)
    return ("plus " if number.lstrip().startswith("+") else "") + ", ".join(spaced)


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


def _joined(pieces: list[str | Sound]) -> str:
    """Return the pieces as one text, each sound set off by commas where nothing else sets it off."""
    said, after_sound = "", False
    for piece in pieces:
        words = sound_words(piece) if isinstance(piece, Sound) else piece.lstrip() if after_sound else piece
        if not words:
            continue
        if isinstance(piece, Sound) or after_sound:
            said = _set_off(said, words)
        else:
            said += words
        after_sound = isinstance(piece, Sound)
    return said


def _set_off(before: str, after: str) -> str:
    before = before.rstrip()
    if not before or after[0] in MARKS:
        return before + after
    return f"{before} {after}" if before[-1] in MARKS else f"{before}, {after}"
