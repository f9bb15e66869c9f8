"""Names that the voice of an episode is likely to say wrong, found before anybody has heard them."""

import contextlib
from collections.abc import Iterable, Iterator
from typing import Final

from converters.document import Document, Emphasis, Foreign, Inlines, Link
from converters.errors import MissingPartError
from converters.findings import Report
from converters.narration.english_words import english_words
from converters.narration.hard_words import HardWord, hard_words, words_in
from converters.narration.lexicon import Lexicon, applied
from converters.narration.model import Casting, Notation, Voice
from converters.narration.phoneme_process import phonemes
from converters.traverse import plain_text, sections, sentences

_TOLD: Final = 8
"""Names in a finding; ``curbcut voices --check`` has all of them."""
_OFTEN: Final = 2
"""A name that the dictionary does not know, and that stands once, is most often said well enough."""


def main_voice(casting: Casting) -> Voice:
    """Return the voice of who says most, the narrator's where nobody is named."""
    return casting.voices[0][1] if casting.voices else casting.neutral


def names_to_hear(
    document: Document, texts: Iterable[str], lexicon: Lexicon, voice: Voice, notation: Notation
) -> tuple[HardWord, ...]:
    """Return the words of a script worth listening to, most frequent first; ``texts`` are in the episode's language.

    Raises ``MissingPartError`` where the dictionary is not there, or espeak-ng does not answer.
    """
    language = document.metadata.language.split("-")[0].lower()
    people = tuple(person.name for person in document.people)
    dictionary = english_words() if language == "en" else None

    def listen(words: tuple[str, ...]) -> tuple[tuple[str, str], ...]:
        if notation != "espeak":
            return (("", ""),) * len(words)
        given = tuple(applied(word, lexicon, "espeak") for word in words)
        return phonemes(voice.id.partition("@")[0], given)

    return hard_words(tuple(texts), people, _foreign_words(document), language, dictionary, lexicon.places, listen)


def report_doubtful(
    document: Document, texts: Iterable[str], lexicon: Lexicon, voice: Voice, notation: Notation, report: Report
) -> None:
    """Name the words that the voice says otherwise than the dictionary, or that it does not have and that recur.

    Where there is no dictionary (in other languages than English) nothing is known, and nothing is said.
    """
    if document.metadata.language.split("-")[0].lower() != "en" or notation != "espeak":
        return
    with contextlib.suppress(MissingPartError):
        words = names_to_hear(document, texts, lexicon, voice, notation)
        told = [one for one in words if one.reason == "differs" or (one.reason == "unknown" and one.count >= _OFTEN)]
        if told:
            more = f" and {len(told) - _TOLD} more" if len(told) > _TOLD else ""
            report.add("speech-050", f"{', '.join(f'{one.word} ({one.count})' for one in told[:_TOLD])}{more}")


def _foreign_words(document: Document) -> frozenset[str]:
    """Return the words that the source marks as of another language and that the episode's voice says."""
    inlines = (s.inlines for section in sections(document) for s in sentences(section))
    return frozenset(word for line in inlines for text in _foreign(line) for word in words_in(text) if len(word) > 1)


def _foreign(inlines: Inlines) -> Iterator[str]:
    for inline in inlines:
        if isinstance(inline, Foreign):
            yield plain_text(inline.inlines)
        elif isinstance(inline, Emphasis | Link):
            yield from _foreign(inline.inlines)
