"""What an element of speech says: its words, what is heard between them, and when."""

import html
import re
from collections.abc import Iterator
from typing import Final

import msgspec

from converters.readers.collected import Collected
from converters.readers.column_roles import SPACELESS
from converters.readers.ledger import Ledger
from converters.readers.pieces import Form, Mark, MarkKind
from converters.readers.xml_source import Element

_BLOCKS: Final = frozenset("p l ab lg para paragraph seg absatz".split())
_BREAKS: Final = frozenset("lb br".split())
_MARKS: Final[dict[str, MarkKind]] = {
    "emph": "emphasis", "em": "emphasis", "i": "emphasis", "hi": "emphasis", "italic": "emphasis",
    "distinct": "emphasis", "strong": "strong", "b": "strong", "bold": "strong", "foreign": "foreign",
    "lang": "foreign", "ref": "link", "a": "link",
}  # fmt: skip
EVENTS: Final = frozenset(
    """stage scene narrative vocal
    kinesic incident event sound sounds noise music effect sfx action direction gesture applause laughter
    laugh cough interruption shift writing note background nonspeech break advert ad jingle song musik musique música
    werbung werbepause geräusch kommentar regie son bruit ruido
    sonido som suono""".split()
)
"""Tags of what is heard or seen and not said."""
_NAMED_BY_TAG: Final = frozenset("applause laughter laugh cough music gap".split())
_MOMENTS: Final = frozenset("sync anchor time when timestamp milestone".split())
_CODES: Final = re.compile(r"[a-z]{1,2}\+?")
"""Codes of transcribers for breath and the like: b, i, e, pf, bb."""
_CLOSING: Final = re.compile(r"[,.;:!?…)\]}”»’]+")
_OPENING: Final = "([{¿¡«„“‘"
_ESCAPED_TWICE: Final = re.compile(r"&(?:#\d{1,6}|#x[0-9a-fA-F]{1,5}|amp|quot|apos|lt|gt|nbsp);")
_BRACKETS: Final = ("(", "[", "（", "【", "♪")


class Draft(msgspec.Struct):
    """A piece whose times are still as the source has them; ``times`` are offset, begin and end."""

    text: str
    line: int
    form: Form
    label: str | None = None
    marks: tuple[Mark, ...] = ()
    times: tuple[tuple[int, str, str], ...] = ()
    level: int = 0
    language: str | None = None


class Talk:
    """One element of speech on its way to drafts: paragraphs, and a new one where another voice begins."""

    def __init__(self, like: Draft, voices: tuple[str, ...], ledger: Ledger) -> None:
        """Begin with ``like``'s label, times and language; ``voices`` are all who speak in it."""
        self.drafts: list[Draft] = []
        self._like, self._voices, self._ledger = like, voices, ledger
        self._label: str | None = like.label
        self._waiting = list(like.times)
        self._start()

    def _start(self) -> None:
        self._letters = Collected()
        self._times: list[tuple[int, str, str]] = []

    def take(self, element: Element, skipped: frozenset[str] = frozenset()) -> None:
        """Take in all that an element holds, elements of the skipped tags left out."""
        tokens = _is_of_tokens(element)
        for inner in element.content:
            if isinstance(inner, str):
                self._say("" if tokens and not inner.strip() else inner)
            elif inner.tag not in skipped:
                self._element(inner)

    def words(self, text: str) -> None:
        """Take in words that stand in an attribute."""
        self._say(text)

    def end(self) -> list[Draft]:
        """Return the drafts; a label with no words is none."""
        self._flush()
        return self.drafts

    def _element(self, element: Element) -> None:  # noqa: C901 - one line a kind of element
        tag = element.tag.casefold()
        self._note_time(element, tag)
        if "nb" in element.attributes:
            self._change_voice(element.attributes["nb"])
        elif tag in EVENTS or (tag in _NAMED_BY_TAG and not element.words):
            if sound := self._sound(element):
                self._say(f" {sound} ")
        elif tag in _BLOCKS:
            self._flush()
            self.take(element)
            self._flush()
        elif tag in _BREAKS:
            self._say(" ")
        elif tag in _MARKS:
            self._marked(element, _MARKS[tag])
        elif tag in {"w", "pc"}:
            self._token(element)
        elif tag == "choice":
            self._choose(element)
        elif tag == "comment":
            self._ledger.add("Remarks of the transcriber", element.text or element.attributes.get("desc", ""))
        else:
            self._apart(element)
            self.take(element)

    def _apart(self, element: Element) -> None:
        """Part a word or a sentence that is an element of its own from those before it."""
        of_own = (
            element.tag in {"s", "word", "sentence"} or "begin" in element.attributes or "unit" in element.attributes
        )
        after = element.text
        if of_own and self._letters.length and after and not _CLOSING.match(after):
            self._say("" if SPACELESS.match(after) and SPACELESS.match(self._letters.last) else " ")

    def _note_time(self, element: Element, tag: str) -> None:
        attributes = element.attributes
        begin = attributes.get("begin") or attributes.get("start") or (
            attributes.get("synch") or attributes.get("time") or attributes.get("at") if tag in _MOMENTS else ""
        )  # fmt: skip
        if begin:
            self._times.append((self._letters.length, begin, attributes.get("end", "")))

    def _change_voice(self, number: str) -> None:
        self._flush()
        if number.isdecimal() and 0 < int(number) <= len(self._voices):
            self._label = self._voices[int(number) - 1]

    def _sound(self, element: Element) -> str:
        """Return a sound in brackets; a transcriber's code for a breath is left out."""
        words = bracketed(element)
        if _CODES.fullmatch(words.strip("[]")):
            self._ledger.add("Noises that the transcriber marked by a code", words.strip("[]"))
            return ""
        return words

    def _marked(self, element: Element, kind: MarkKind) -> None:
        begin = self._letters.length
        value = ""
        if kind == "link":
            value = element.attributes.get("target") or element.attributes.get("href") or ""
        elif kind == "foreign":
            value = element.attributes.get("lang", "")
        paragraph = self._letters
        self.take(element)
        if paragraph is self._letters and (value or kind in {"emphasis", "strong"}):
            self._letters.mark(begin, kind, value)

    def _token(self, element: Element) -> None:
        """Take in a word or a mark of an annotated text, a space before it where one belongs."""
        text = element.text
        joined = element.attributes.get("join") in {"left", "both"} or (
            element.tag == "pc" and _CLOSING.fullmatch(text)
        )
        if self._letters.length and not joined and self._letters.last not in _OPENING:
            self._say(" ")
        self._say(text)

    def _choose(self, element: Element) -> None:
        """Take in the first of several readings; the others are left out."""
        first, *others = element.children
        self.take(first)
        for other in others:
            self._ledger.add("Other readings of the same words", other.text)

    def _say(self, letters: str) -> None:
        if "&" in letters:
            letters = _ESCAPED_TWICE.sub(lambda match: html.unescape(match[0]), letters)
        self._letters.add(letters)

    def _flush(self) -> None:
        """Put a paragraph down; its label stands at the first one of a voice only."""
        text = self._letters.text()
        if text:
            times = [*((0, begin, end) for _, begin, end in self._waiting), *self._times]
            self.drafts.append(
                msgspec.structs.replace(
                    self._like,
                    text=text,
                    label=self._label,
                    marks=self._letters.marks(),
                    times=tuple(_trimmed(times, text)),
                )
            )
            self._label, self._waiting = None, []
        else:
            self._waiting += self._times
        self._start()


def bracketed(element: Element) -> str:
    """Return what is heard, in brackets: a description, the words of the element, or else its kind."""
    attributes = element.attributes
    if attributes.get("level") == "off":
        return ""
    words = element.text or attributes.get("desc") or attributes.get("description") or ""
    if not words and element.tag.casefold() in {"vocal", "kinesic", "incident", "background", "gap"}:
        words = attributes.get("type") or attributes.get("reason") or ""
    if not words and element.tag.casefold() in _NAMED_BY_TAG - {"gap"}:
        words = element.tag.casefold()
    words = " ".join(words.split())
    return words if not words or words.startswith(_BRACKETS) else f"[{words}]"


def _is_of_tokens(element: Element) -> bool:
    return any(child.tag in {"w", "pc"} for child in element.children)


def _trimmed(times: list[tuple[int, str, str]], text: str) -> Iterator[tuple[int, str, str]]:
    """Yield the times that stand before words, the last of those at one place."""
    for index, (offset, begin, end) in enumerate(times):
        place = offset + (text[offset : offset + 1] == " ")
        following = times[index + 1][0] if index + 1 < len(times) else len(text)
        if place < len(text) and (place == 0 or following > offset):
            yield place, begin, end
