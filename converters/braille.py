"""Words in braille, each proved by reading it back: text, language and grade in, cells out.

Cells are Unicode braille (U+2800 to U+283F, six dots); ``in_ascii`` writes them as a BRF has them. A word is what
may stand at the end of a line: nothing in it depends on the words around it, so it is right wherever a line breaks.
For that, capitals are marked word by word (Rules of Unified English Braille §8.4) and never as a passage.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import Final, Literal

import msgspec

from converters.braille_cutting import NO_DOTS, Chunk, Token, chunks, looks, lots
from converters.braille_letters import Kind, Letters, Run
from converters.braille_tables import Code, Grade, NoBrailleError, code_for
from converters.document import LanguageTag
from converters.findings import Report
from converters.liblouis import BOLD, ITALIC, UNCONTRACTED, liblouis

BLANK: Final = NO_DOTS
GRADE_ONE: Final = "⠰⠰"
"""The grade 1 word indicator (Rules of UEB §5.3)."""
OPEN_NOTE: Final = "⠈⠨⠣"
CLOSE_NOTE: Final = "⠈⠨⠜"
"""What a transcriber's note stands between (Rules of UEB §3.27)."""

_OTHER_WORD: Final = "⠘⠷"
_OTHER_PASSAGE: Final = "⠐⠷{language}⠄"
_OTHER_PASSAGE_END: Final = "⠠⠐⠾"
_PASSAGE: Final = 3
"""Words in another braille code: each is marked, three or more as a passage (Rules of UEB §14.3)."""

_ASCII: Final = " A1B'K2L@CIF/MSP\"E3H9O6R^DJG>NTQ,*5<-U8V.%[$+X!&;:4\\0Z7(_?W]#Y)="
"""North American braille computer code, by the dots of the cell (Debian: liblouis' en-us-brf.dis)."""
_TO_ASCII: Final = {0x2800 + dots: sign for dots, sign in enumerate(_ASCII)}
_FROM_ASCII: Final = {ord(sign): 0x2800 + dots for dots, sign in enumerate(_ASCII)}

_UNKNOWN: Final = re.compile(r"\\\d+/")
"""How liblouis writes cells back that it has no meaning for: indicators of emphasis, as a rule."""
_WIDE: Final = re.compile("[\u2e80-\u9fff\uf900-\ufaff\uff00-\uff60]")
_TOKEN: Final = re.compile(r"\S+")
_FORMS: Final = {None: 0, "emphasis": ITALIC, "strong": BOLD}
_LAST_LEVEL: Final = 2
_MANY: Final = 0.25
"""The share of words not read back from which on it is the code, not the words, that cannot be read back."""


Strength = Literal["emphasis", "strong"] | None
"""How words are emphasised, None where they are not."""


class Span(msgspec.Struct, frozen=True):
    """Words that are alike. ``language`` is a foreign one's; ``whole``: they are a passage, not words in a sentence."""

    text: str
    emphasis: Strength = None
    language: LanguageTag | None = None
    whole: bool = False


class Word(msgspec.Struct, frozen=True):
    """Cells without a blank, and the words of the text that they stand for. ``joined``: no blank goes before them."""

    cells: str
    text: str
    joined: bool = False


def in_ascii(cells: str) -> str:
    """Return cells as a BRF has them: braille ASCII, U+0020 to U+005F."""
    return cells.translate(_TO_ASCII)


def in_cells(ascii_braille: str) -> str:
    """Return the cells of a BRF."""
    return ascii_braille.upper().translate(_FROM_ASCII)


def letters(text: str) -> str:
    """Return what a word is compared by: its letters and digits, however they are printed."""
    if text.isascii():
        return re.sub(r"[\W_]+", "", text).lower()
    folded = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).casefold())
    kept = re.sub(r"[\W_]+", "", folded)
    return "".join(str(unicodedata.digit(one, one)) for one in kept)


def read_back(table: str, cells: str) -> str:
    """Return the text that cells stand for, without the marks of cells that mean no letter."""
    return _UNKNOWN.sub("", liblouis().back(table, cells))


def agrees(said: str, text: str) -> bool:
    """Tell whether what was read back has a text's letters.

    Several codes have one cell for a digit and a sign, and a text without digits cannot have meant one.
    """
    wanted, found = letters(text), letters(said)
    return found == wanted or (not re.search(r"\d", wanted) and re.sub(r"\d+", "", found) == wanted)


class Transcriber:
    """Writes one document's words in a code, and remembers of each word how it has to be written to be read back."""

    def __init__(self, language: str, grade: Grade | None = None) -> None:
        """Choose the code. Raises ``NoBrailleError``, and ``MissingPartError`` without the library."""
        self.code: Code = code_for(language, grade)
        self._letters = Letters(self.code)
        self._levels: dict[Token, int] = {}
        self._seen: dict[tuple[str, str], bool] = {}
        self._unproved: dict[str, None] = {}
        self._others: dict[str, Transcriber | None] = {}
        self._without: dict[str, None] = {}
        direction = liblouis().fact(self.code.table, "direction")
        self._spells = self.code.table != self.code.plain and direction != "forward"

    def plain(self, text: str) -> tuple[Word, ...]:
        """Return a text of the document's own language in words."""
        return self.words((Span(text),))

    def words(self, spans: Iterable[Span]) -> tuple[Word, ...]:
        """Return words in order; foreign ones in the code that their readers know."""
        found: list[Word] = []
        before = " "
        for kind, text, forms, language in self._runs(spans):
            several = self._written(kind, text, forms, language)
            if several and not before.isspace() and not text[:1].isspace() and found:
                found.append(_merged(found.pop(), several[0]))
                several = several[1:]
            found += several
            before = text[-1:] or before
        return tuple(found)

    def tell(self, report: Report) -> None:
        """Add to the report what was written otherwise than it is printed, and what could not be read back."""
        for other in filter(None, self._others.values()):
            other.tell(report)
        if self._without:
            report.add("braille-001", ", ".join(self._without))
        if self._letters.named:
            report.add("braille-002", " ".join(self._letters.named))
        if self._letters.changed:
            report.add("braille-003", " ".join(self._letters.changed))
        if len(self._unproved) > max(3, len(self._seen) * _MANY):
            report.add("braille-005", f"{self.code.language} ({self.code.table})")
            return
        for text in self._unproved:
            report.add("braille-004", f"“{text}”")

    @property
    def named(self) -> bool:
        """Whether signs were written by their names in transcriber's notes."""
        return bool(self._letters.named)

    @property
    def others(self) -> tuple[str, ...]:
        """The languages that were written in codes of their own."""
        return tuple(language for language, other in self._others.items() if other)

    # runs -------------------------------------------------------------------------------

    def _runs(self, spans: Iterable[Span]) -> Iterator[tuple[Kind, str, list[int], str]]:
        """Yield what is written in one go: its kind, its text, a typeform a letter, its language.

        Neighbours in the document's own code are one run, whatever they look like: how a letter is written
        depends on those beside it.
        """
        text, forms = "", list[int]()
        for span in spans:
            foreign = span.language and not self._is_own(span.language)
            form = UNCONTRACTED if foreign else _FORMS[span.emphasis]  # no contractions: Rules of UEB §13.2
            for run in self._parted(span):
                if run.kind == "own":
                    text, forms = text + run.text, forms + [form] * len(run.text)
                    continue
                if text:
                    yield "own", text, forms, ""
                    text, forms = "", []
                yield run.kind, run.text, [], run.language
        if text:
            yield "own", text, forms, ""

    def _parted(self, span: Span) -> Sequence[Run]:
        """Return a span in runs; a foreign passage is one, where its own code is to be had."""
        if span.language and span.whole and self._other(span.language):
            return (Run(span.text, "other", span.language),)
        return self._letters.runs(span.text)

    def _written(self, kind: Kind, text: str, forms: list[int], language: str) -> list[Word]:
        if kind == "note":
            name = [word.cells for word in self._own(text, [0] * len(text))]
            first, last = OPEN_NOTE + name[0], len(name) - 1
            marked = [first, *name[1:]]
            return [Word(cells + CLOSE_NOTE * (number == last), "") for number, cells in enumerate(marked)]
        other = self._other(language) if kind == "other" else None
        return self._switched(other.plain(text), language) if other else self._own(text, forms or [0] * len(text))

    def _other(self, language: str) -> "Transcriber | None":
        """Return who writes another language, None where the library has no braille for it."""
        if language not in self._others:
            try:
                own = language.split("-", maxsplit=1)[0] == self.code.language.split("-")[0]
                self._others[language] = None if own else Transcriber(language, 1)
            except NoBrailleError:
                self._others[language] = None
        return self._others[language]

    def _is_own(self, language: str) -> bool:
        return language.split("-", maxsplit=1)[0] == self.code.language.split("-", maxsplit=1)[0]

    def _switched(self, words: tuple[Word, ...], language: str) -> list[Word]:
        """Mark words in another code, as Unified English Braille does (§14.3); other codes have no such marks."""
        if not self.code.unified or not words:
            return list(words)
        if sum(not word.joined for word in words) < _PASSAGE:
            return [msgspec.structs.replace(word, cells=_OTHER_WORD * (not word.joined) + word.cells) for word in words]
        tag = in_cells(language.split("-", maxsplit=1)[0])
        first, *rest = words
        marked = [msgspec.structs.replace(first, cells=_OTHER_PASSAGE.format(language=tag) + first.cells), *rest]
        marked[-1] = msgspec.structs.replace(marked[-1], cells=marked[-1].cells + _OTHER_PASSAGE_END)
        return marked

    # the document's own code ------------------------------------------------------------

    def _own(self, text: str, forms: list[int]) -> list[Word]:
        tokens = [(match.group(), looks(match.group(), forms[slice(*match.span())])) for match in _TOKEN.finditer(text)]
        return [word for lot in lots(tokens, self._unproved) for word in self._settled(lot)]

    def _settled(self, lot: list[Token]) -> list[Word]:
        """Return a lot of words, each written so that it is read back right, by itself and among the others."""
        while True:
            words = self._translated(lot)
            doubtful = [word.text for word in words if word.text and not self._proved(word)]
            astray = set(doubtful or self._astray(words))
            if not astray:
                return words
            again = [self._raised(token) for token in dict.fromkeys(lot) if token[0] in astray]
            self._unproved |= dict.fromkeys(astray - {token for token, _ in lot})
            parts = list(lots(lot, self._unproved))
            if len(parts) > 1:  # what cannot be read back is at least the same wherever it stands
                return [word for part in parts for word in self._settled(part)]
            if not any(again):
                return words

    def _raised(self, token: Token) -> bool:
        """Write a word more plainly from now on; tell whether that changes it."""
        if token[0] in self._unproved:
            return False
        level = self._levels.get(token, 0)
        if self._spells and level < (_LAST_LEVEL if self.code.unified else 1):
            self._levels[token] = level + 1
            return True
        self._unproved[token[0]] = None
        return bool(self._levels.pop(token, None))

    def _proved(self, word: Word) -> bool:
        key = (word.text, word.cells)
        if key not in self._seen:
            self._seen[key] = agrees(read_back(self.code.table, word.cells), word.text)
        return self._seen[key]

    def _astray(self, words: list[Word]) -> list[str]:
        """Return the words that are read back right alone and not among their neighbours."""
        said = read_back(self.code.table, BLANK.join(word.cells for word in words))
        if agrees(said, " ".join(word.text for word in words)):
            return []
        back = said.split()
        texts = [word.text for word in words]
        if len(back) != len(texts):
            return []
        return [text for text, one in zip(texts, back, strict=True) if text and not agrees(one, text)]

    def _translated(self, lot: list[Token]) -> list[Word]:
        """Return a lot as the library writes it, each word as plainly as is known to be needed."""
        forms: list[int] = []
        for token in lot:
            plain = UNCONTRACTED if self._levels.get(token) else 0
            own = token[1] or (0,) * len(token[0])
            forms += [form | plain for form in own] + [own[-1]]
        text = " ".join(token for token, _ in lot)
        done = liblouis().forward(self.code.table, text, forms[:-1] if any(forms) else None)
        marked = {token[0] for token in lot if self._levels.get(token) == _LAST_LEVEL}
        return [word for chunk in chunks(text, done) for word in self._finished(chunk, marked)]

    def _finished(self, chunk: Chunk, marked: set[str]) -> Iterator[Word]:
        """Yield the words of a chunk, with the grade 1 indicator before the first letter where one needs that."""
        cells = "".join(chr(ord(BLANK) | (ord(cell) & 0x3F)) for cell in chunk.cells)
        if chunk.text in marked:
            first = next((at for at, place in enumerate(chunk.places) if chunk.text[place].isalnum()), 0)
            cells = cells[:first] + GRADE_ONE + cells[first:]
        elif _WIDE.search(chunk.text):
            yield from _divided(chunk.text, cells, chunk.places)
            return
        yield Word(cells, chunk.text)


def _merged(first: Word, second: Word) -> Word:
    """Join what two runs write of one word."""
    return Word(first.cells + second.cells, first.text + second.text, first.joined)


def _divided(text: str, cells: str, places: Sequence[int]) -> Iterator[Word]:
    """Yield each letter of a script that sets no spaces as a word that a line may end with."""
    starts = [0]
    for at in range(1, len(cells)):
        letter = text[places[at]] if text else ""
        if places[at] > max(places[:at]) and _WIDE.match(letter) and letter.isalnum():
            starts.append(at)
    for number, (begin, end) in enumerate(pairwise([*starts, len(cells)])):
        last = len(text) if end == len(cells) else places[end]
        yield Word(cells[begin:end], text[places[begin] if number else 0 : last], joined=number > 0)
