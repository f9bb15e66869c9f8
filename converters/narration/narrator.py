"""What the narrator says: words of the document that are no speech, and words of ours."""

from typing import Final

from converters.document import LanguageTag, NodeId, Text
from converters.narration import pauses
from converters.narration.model import Utterance
from converters.narration.wording import words_to_say
from converters.phrases import Phrases
from converters.timing import Milliseconds

Utterances = tuple[Utterance, ...]

ENDINGS: Final = ".!?…:"


class Narrator:
    """Turns printed words into utterances, at one rate, in the document's language and that of our phrases."""

    def __init__(self, language: LanguageTag, phrases: Phrases, rate: int, kept: frozenset[str]) -> None:
        """``kept`` are words that stay as printed."""
        self.language, self.phrases = language, phrases
        self._rate, self.kept = rate, kept

    def own(self, text: str, node: NodeId | None = None) -> Utterances:
        """Say words in the document's language: titles, headings, sounds."""
        words = self.worded(text, self.language)
        return (Utterance(words, node, None, self.pause(pauses.AFTER_SENTENCE)),) if words else ()

    def added(self, text: str, node: NodeId | None = None) -> Utterances:
        """Say words of ours, which are English where there is no translation."""
        words = self.worded(text, self.phrases.language)
        language = self.other(self.phrases.language)
        return (Utterance(words, node, None, self.pause(pauses.AFTER_SENTENCE), language),) if words else ()

    def worded(self, text: str, language: LanguageTag) -> str:
        """Return a line as it is to be said, ended so that the voice falls."""
        ended = text if not text or text.rstrip()[-1:] in ENDINGS else f"{text}."
        return words_to_say((Text(ended),), language, self.kept)

    def other(self, language: LanguageTag | None) -> LanguageTag | None:
        """Return a language where it is not the document's."""
        same = language is None or language.split("-")[0] == self.language.split("-")[0]
        return None if same else language

    def pause(self, milliseconds: int) -> Milliseconds:
        """Return a silence, shorter for those who listen fast."""
        return pauses.pause(milliseconds, self._rate)

    def paused(self, said: Utterances, milliseconds: int) -> Utterances:
        """Return the utterances with at least that much silence after the last."""
        return pauses.paused(said, self.pause(milliseconds))
