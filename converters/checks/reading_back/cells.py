"""The words of an edition in braille, read back, and compared with what was said: by letters, or by cells.

Words are compared by their letters, in order; where a code cannot be read back, by the cells in which the word is
written when it is written once more.
"""

import re
import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from itertools import accumulate, takewhile
from typing import Final

import msgspec

from converters.braille import BLANK, Transcriber, letters
from converters.checks import flow
from converters.checks.expectations import asides, like_their_headings
from converters.checks.ledger import TELLING, Account, Part, Run
from converters.document import Document, NodeId, Turn
from converters.settings import Braille
from converters.traverse import turns, walk

_EMPHASIS: Final = re.compile("[⠨⠘][⠆⠂⠶⠄]")
_NEAR: Final = 60
"""Words among which the next one of a sentence must be: our own marks stand between them, but no more."""
_NAME: Final = 8
"""Words before a turn among which its name stands."""

Place = tuple[int, int]
"""The first word of something, and the one after its last."""


class Body(msgspec.Struct, frozen=True):
    """The words of the text as they stand, in cells and read back, and where each begins in all of them together."""

    cells: tuple[str, ...]
    said: tuple[str, ...]

    @property
    def in_cells(self) -> "Stream":
        """All words in cells."""
        return Stream.of(self.cells)

    @property
    def in_letters(self) -> "Stream":
        """All words as they are read back."""
        return Stream.of(self.said)


class Stream(msgspec.Struct, frozen=True):
    """Words without what stands between them; ``starts`` tells where each begins."""

    text: str
    starts: tuple[int, ...]

    @classmethod
    def of(cls, words: Sequence[str]) -> "Stream":
        """Join words, and keep where each begins."""
        return cls("".join(words), tuple(accumulate(map(len, words), initial=0)))

    def whole(self, wanted: str, word: int) -> Place | None:
        """Return the same for text that begins and ends where words do."""
        begin = self.text.find(wanted, self.starts[min(word, len(self.starts) - 1)])
        while begin >= 0:
            end = begin + len(wanted)
            first, after = bisect_left(self.starts, begin), bisect_left(self.starts, end)
            if self.starts[first] == begin and self.starts[after] == end:
                return bisect_right(self.starts, begin) - 1, after
            begin = self.text.find(wanted, begin + 1)
        return None

    def place(self, wanted: str, word: int, near: int | None = None, past: int = 0) -> Place | None:
        """Return the words, from one on, that some text takes up at its first place, None where it is not.

        So many letters of it are ``past`` before what is meant begins.
        """
        end = None if near is None else self.starts[min(word + near, len(self.starts) - 1)]
        begin = self.text.find(wanted, self.starts[min(word, len(self.starts) - 1)], end)
        if begin < 0:
            return None
        return bisect_right(self.starts, begin + past) - 1, bisect_right(self.starts, begin + len(wanted) - 1)

    def after(self, wanted: str, word: int, near: int | None = None) -> int | None:
        """Return the number of the word after the first place of some text from a word on, None where it is not."""
        place = self.place(wanted, word, near)
        return place and place[1]


def spoken_account(body: Body, document: Document, runs: Sequence[Run], asked: Braille) -> Account:
    """Compare the words of an edition with what is expected in it."""
    finder = _Finder(body, document, asked)
    places = finder.places([part for run in runs if run.counted for part in run.parts])
    order = [part for run in runs if run.counted for part in run.parts]
    lost = [part for part in order if part.id not in places]
    strays = [part.id for part in lost if finder.is_elsewhere(part, order, places)]
    altered = [part.id for part in lost if part.id not in strays and finder.is_altered(part, order, places)]
    between = _Between(body, document, asked, places)
    return Account(
        missing=tuple(part.id for part in lost if part.id not in {*strays, *altered}),
        doubled=tuple(between.doubled(runs)),
        out_of_order=tuple(strays),
        altered=tuple(altered),
        misattributed=tuple(between.misattributed(runs)),
    )


class _Finder:
    """Finds sentences in the words of a body, each after the one before it."""

    def __init__(self, body: Body, document: Document, asked: Braille) -> None:
        self._again, self._names = _Again(document, asked), dict(_names_before(document))
        self._letters, self._cells = body.in_letters, body.in_cells
        self._bare = Stream.of([_EMPHASIS.sub("", word) for word in body.cells])

    def places(self, parts: Sequence[Part]) -> dict[str, Place]:
        """Return where sentences stand; one that is found only past the next ones is not found."""
        found: dict[str, Place] = {}
        at = 0
        for number, part in enumerate(parts):
            following = parts[number + 1 : number + 1 + flow.AHEAD]
            place = self._near(self._named(part, at), at, following) or self._near(self._place(part, at), at, following)
            if place:
                found[part.id] = place
                at = max(at, place[1])
        return found

    def is_elsewhere(self, part: Part, order: Sequence[Part], places: dict[str, Place]) -> bool:
        """Tell whether a sentence stands in another place: anywhere if it is long, else near its own."""
        wanted = letters(part.words)
        if len(wanted) >= TELLING:
            return self._place(part, 0) is not None
        begin = next((places[p.id][1] for p in reversed(order[: order.index(part)]) if p.id in places), 0)
        return bool(wanted) and self._letters.place(wanted, begin, _NEAR) is not None

    def is_altered(self, part: Part, order: Sequence[Part], places: dict[str, Place]) -> bool:
        """Tell whether something very like a sentence stands between those around it."""
        number = order.index(part)
        begin = next((places[p.id][1] for p in reversed(order[:number]) if p.id in places), 0)
        end = next((places[p.id][0] for p in order[number + 1 :] if p.id in places), len(self._letters.starts) - 1)
        text = self._letters.text[self._letters.starts[begin] : self._letters.starts[max(begin, end)]]
        return flow.is_alike(text, letters(part.words))

    def _named(self, part: Part, at: int) -> Place | None:
        """Return where a short sentence stands behind the name of who begins with it: few letters stand anywhere."""
        wanted = letters(part.words)
        if not wanted or len(wanted) >= TELLING:
            return None
        found = [
            self._letters.place(f"{name}{wanted}", at, past=len(name))
            for name in map(letters, self._names.get(part.id, ()))
            if name
        ]
        return min((place for place in found if place), default=None)

    def _place(self, part: Part, at: int) -> Place | None:
        wanted = letters(part.words)
        if not wanted:
            return at, at
        foreign = part.id in self._again.foreign  # what is read back by another language's table says nothing
        place = None if foreign else self._letters.whole(wanted, at)
        if place is None or place[0] > at + _NEAR:  # far off, it may be another's words
            found = self._cells.place(self._again.cells(part.words, part.id), at)
            place = min((one for one in (place, found) if one is not None), default=None)
        at = max(0, at - 1)  # the last word of the sentence before may go on as the first of this one
        if place is None and not foreign:
            place = self._letters.place(wanted, at) or self._letters.place(_unmarked(part.words), at)
        if place:
            return place
        end = _word_by_word(part, self._again, (self._letters, self._bare), at)
        if end is None:
            end = _cells_by_cells(self._again.words(part.words, part.id), self._bare, at)
        return None if end is None else (at, end)

    def _near(self, place: Place | None, at: int, following: Sequence[Part]) -> Place | None:
        return None if place is None or self._leaps((at, place[0]), place[1], following) else place

    def _leaps(self, gap: Place, end: int, following: Sequence[Part]) -> bool:
        begin, until = gap
        near = until - begin
        wanted = (letters(part.words) for part in following)
        return near > 0 and any(
            self._letters.place(one, begin, near) is not None and self._letters.place(one, end) is None
            for one in wanted
            if len(one) >= TELLING
        )


class _Between:
    """What stands between sentences: names, headings, and what should not be there."""

    def __init__(self, body: Body, document: Document, asked: Braille, places: dict[str, Place]) -> None:
        self._body, self._places, self._again = body, places, _Again(document, asked)
        self._document = document
        self._aside = letters(asides(document)).casefold()
        self._people = {person.id: tuple(name_forms(document, person.id)) for person in document.people}
        self._names = dict(_names_before(document))
        self._turns = {str(turn.id): turn for turn in walk(document) if isinstance(turn, Turn)}

    def misattributed(self, runs: Sequence[Run]) -> Iterator[str]:
        """Yield turns before which another name stands than that of who speaks."""
        before: Run | None = None
        for run in runs:
            place = self._places.get(run.parts[0].id) if run.said and run.parts else None
            if place and self._is_exact(place, run.parts[0]) and not self._is_named(run, place[0], before):
                yield run.id
            before = run

    def doubled(self, runs: Sequence[Run]) -> Iterator[str]:
        """Yield sentences that stand once more right behind themselves, or if they are long anywhere between others."""
        parts = [part for run in runs if run.counted for part in run.parts if part.id in self._places]
        gaps, end = list[str](), 0
        headed = {run.parts[0].id for run in runs if run.heading and run.parts}  # its number may be what was said last
        within = {part.id: run.section for run in runs for part in run.parts}
        alike = {*like_their_headings(self._document, runs)}
        before: Part | None = None
        for part in parts:
            begin, after = self._places[part.id]
            gap = self._unnamed(part, self._body.said[end:begin]) if self._is_exact((begin, after), part) else ()
            gaps.append("".join(gap))
            near = before and part.id not in headed and within[part.id] == within[before.id]
            if gap and before and near and _begins(gap, letters(before.words) * (1 + (before.id in alike))):
                yield before.id
            before, end = part, max(end, after)
        everything = "\n".join([*gaps, "".join(self._body.said[end:])])
        long = ((part.id, letters(part.words)) for part in parts)
        yield from (i for i, text in long if len(text) >= TELLING and text in everything and text not in self._aside)

    def _unnamed(self, part: Part, gap: Sequence[str]) -> Sequence[str]:
        """Return the words before a sentence without the name at their end."""
        for form in self._names.get(part.id, ()):
            words = [letters(word) for word in form.split()]
            if words == list(gap[len(gap) - len(words) :]):
                return gap[: len(gap) - len(words)]
        return gap

    def _is_exact(self, place: Place, part: Part) -> bool:
        """Tell whether the first word of a sentence is known, and not only its last."""
        wanted = letters(part.words)
        return bool(wanted) and "".join(self._body.said[place[0] : place[1]]).endswith(wanted)

    def _is_named(self, run: Run, place: int, before: Run | None) -> bool:
        """Tell whether the words before a place end with the names of a turn; with nobody's where it has none."""
        turn = self._turns[run.id]
        place = self._before_signs(run.parts[0], place)
        said, cells = (words[max(0, place - _NAME) : place] for words in (self._body.said, self._body.cells))
        if turn.people:
            return self._ends_with(said, cells, self._people[turn.people[-1]], run.id)
        if before is None or not before.said or run.heading:
            return True
        return not any(self._ends_with(said, cells, forms, run.id) for forms in self._people.values())

    def _before_signs(self, part: Part, place: int) -> int:
        """Return where words without letters begin that a sentence begins with: it was found by its letters."""
        signs = takewhile(lambda word: not letters(word), part.words.split())
        written = self._again.words(" ".join(signs), part.id)
        begin = place - len(written)
        return begin if self._body.cells[max(0, begin) : place] == tuple(written) else place

    def _ends_with(self, said: Sequence[str], cells: Sequence[str], forms: Sequence[str], turn: str) -> bool:
        spoken, written = "".join(said), "".join(cells)
        for form in forms:
            named = self._again.cells(f"{form}:", turn)
            if (letters(form) and spoken.endswith(letters(form))) or written.endswith(named):
                return True
        return False


def _begins(words: Sequence[str], text: str) -> bool:
    """Tell whether some letters are the first words, whole."""
    begun = (length for length in accumulate(map(len, words)) if length == len(text))
    return bool(text) and "".join(words).startswith(text) and any(begun)


def name_forms(document: Document, person: NodeId) -> Iterator[str]:
    """Yield a name in full, and each of its words that is nobody else's: one of them is the short form."""
    taken = {word.casefold() for other in document.people if other.id != person for word in other.name.split()}
    for name in (one.name for one in document.people if one.id == person):
        yield name
        yield from (word for word in name.split() if word.casefold() not in taken)


def _names_before(document: Document) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Yield, by the id of the sentence that each turn begins with, the forms of the name before it."""
    for turn in turns(document):
        if turn.people and turn.paragraphs and turn.paragraphs[0].sentences:
            yield turn.paragraphs[0].sentences[0].id, tuple(name_forms(document, turn.people[-1]))


def _word_by_word(part: Part, again: "_Again", streams: tuple[Stream, Stream], at: int) -> int | None:
    """Return the place after a sentence whose words are there in order, with marks of ours between them."""
    in_letters, bare = streams
    text = part.words
    place: int | None = at
    for number, word in enumerate(text.split()):
        if not letters(word) or place is None:
            continue
        near = None if number == 0 else _NEAR
        start = max(0, place - 1) if number else place
        found = in_letters.after(letters(word), start, near)
        place = found if found is not None else bare.after(_EMPHASIS.sub("", again.cells(word, part.id)), start, near)
    return place


def _cells_by_cells(words: Sequence[str], bare: Stream, at: int) -> int | None:
    """Return the place after words in cells that are there in order, with marks of ours between them."""
    place: int | None = at
    for number, cells in enumerate(words):
        if place is not None:
            start = max(0, place - 1) if number else place
            place = bare.after(_EMPHASIS.sub("", cells), start, _NEAR if number else None)
    return place


def _unmarked(text: str) -> str:
    """Return the letters of a text without their marks, as a code has them that does not know those."""
    parts = unicodedata.normalize("NFKD", text)
    return letters("".join(part for part in parts if not unicodedata.combining(part)))


class _Again:
    """Writes words once more, by themselves, for what cannot be read back."""

    def __init__(self, document: Document, asked: Braille) -> None:
        self._own = Transcriber(document.metadata.language, asked.grade)
        self._others: dict[str, Transcriber] = {}
        self.foreign = {
            str(sentence.id): turn.language
            for turn in walk(document)
            if isinstance(turn, Turn) and turn.language and turn.language != document.metadata.language
            for paragraph in turn.paragraphs
            for sentence in paragraph.sentences
        }

    def cells(self, text: str, sentence: str) -> str:
        """Return the cells of some words of a sentence, without blanks."""
        return "".join(self.words(text, sentence)).replace(BLANK, "")

    def words(self, text: str, sentence: str) -> tuple[str, ...]:
        """Return the cells of each of some words of a sentence."""
        language = self.foreign.get(sentence)
        writer = self._own
        if language:
            writer = self._others.setdefault(language, Transcriber(language, 1))
        return tuple(word.cells for word in writer.plain(text))
