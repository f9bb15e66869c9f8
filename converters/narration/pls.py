"""A lexicon as W3C PLS 1.0, which reading systems and other programs take (REC-pronunciation-lexicon-20081014).

A respelling is an ``alias``, IPA is a ``phoneme``. What a document says beyond that is left out,
and said: phonemes in other alphabets, second entries for a word.
"""

from typing import Any, Final
from xml.sax.saxutils import escape, quoteattr

import msgspec

from converters.characters import clean
from converters.document import LanguageTag
from converters.errors import UsageError
from converters.narration.lexicon import Lexicon
from converters.pronunciation import Pronunciation, checked, checked_word

NAMESPACE: Final = "http://www.w3.org/2005/01/pronunciation-lexicon"
_IPA_NAMES: Final = frozenset({"ipa", "x-ipa"})


class ReadLexicon(msgspec.Struct, frozen=True):
    """What a PLS document holds for us; ``left_out`` says in words what is not taken, and why."""

    language: LanguageTag
    entries: tuple[tuple[str, Pronunciation], ...]
    left_out: tuple[str, ...] = ()


def pls_document(lexicon: Lexicon, language: LanguageTag) -> bytes:
    """Return the entries for texts in a language, in the order of their words: same lexicon, same bytes."""
    entries = sorted(lexicon.in_language(language), key=lambda entry: entry.word)
    lexemes = "".join(_lexeme(entry.word, entry.said) for entry in entries)
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<lexicon version="1.0" xmlns="{NAMESPACE}" alphabet="ipa" xml:lang={quoteattr(language)}>\n'
        f"{lexemes}</lexicon>\n"
    ).encode()


def _lexeme(word: str, said: Pronunciation) -> str:
    """Return one lexeme; of several ways to say it a program takes the first (§4.6), so IPA stands first."""
    lines = [f"    <grapheme>{escape(word)}</grapheme>\n"]
    lines += [f"    <phoneme>{escape(said.ipa)}</phoneme>\n"] if said.ipa else []
    lines += [f"    <alias>{escape(said.respelling)}</alias>\n"] if said.respelling else []
    return f"  <lexeme>\n{''.join(lines)}  </lexeme>\n"


def read_pls(content: bytes, name: str) -> ReadLexicon:
    """Read a PLS document. Raises ``UsageError`` where it is none."""
    root = _root(content, name)
    alphabet, language = root.get("alphabet", ""), root.get("{http://www.w3.org/XML/1998/namespace}lang", "und")
    entries: dict[str, Pronunciation] = {}
    left_out: list[str] = []
    for lexeme in root.iterfind(_tag("lexeme")):
        words = [_text(grapheme) for grapheme in lexeme.iterfind(_tag("grapheme"))]
        try:
            said = _said(lexeme, alphabet)
            fresh = {checked_word(word): said for word in words}
        except ValueError as error:
            left_out.append(f"{', '.join(words) or 'an entry without a word'}: {error}")
            continue
        left_out += [f"{word}: it has an entry before this one" for word in fresh if word in entries]
        entries = fresh | entries
    in_order = tuple(sorted(entries.items()))
    return ReadLexicon(LanguageTag(clean(language)), in_order, tuple(map(clean, left_out)))


def _root(content: bytes, name: str) -> Any:
    from lxml import etree

    safe = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(content, safe)
    except etree.XMLSyntaxError as error:
        raise UsageError(f"{name}: this is no XML ({error}). A lexicon is a file of W3C PLS 1.0.") from error
    if root.tag != _tag("lexicon"):
        raise UsageError(f"{name}: this is no W3C PLS 1.0; its first element is {root.tag}, not lexicon.")
    return root


def _said(lexeme: Any, alphabet: str) -> Pronunciation:
    """Return the preferred way, else the first (§4.6). Raises ``ValueError`` where none can be taken."""
    phonemes = [p for p in lexeme.iterfind(_tag("phoneme")) if (p.get("alphabet") or alphabet).lower() in _IPA_NAMES]
    aliases = list(lexeme.iterfind(_tag("alias")))
    if not phonemes and not aliases and lexeme.find(_tag("phoneme")) is not None:
        raise ValueError("its phonemes are not in the alphabet “ipa”")
    return checked(Pronunciation(_preferred(aliases), _preferred(phonemes)))


def _preferred(ways: list[Any]) -> str | None:
    chosen = next((way for way in ways if way.get("prefer") == "true"), ways[0] if ways else None)
    return None if chosen is None else _text(chosen)


def _text(element: Any) -> str:
    return clean("".join(element.itertext()))


def _tag(name: str) -> str:
    return f"{{{NAMESPACE}}}{name}"
