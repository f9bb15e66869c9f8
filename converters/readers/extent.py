"""Where in a source the conversation begins, and where it has ended."""

from collections import Counter
from typing import Final

from converters.readers.events import whole_event
from converters.readers.labels.candidates import Candidate
from converters.readers.labels.places import Places
from converters.readers.page_parts import serves_the_page, speaks_of_the_page
from converters.readers.pieces import Piece

ENOUGH_TURNS: Final = 6
"""From so many turns on, their having one paragraph each is no accident."""
FEW_WORDS: Final = 60


class Extent:
    """Looks for the ends of the conversation among the pieces of a source."""

    def __init__(
        self,
        pieces: tuple[Piece, ...],
        speaking: dict[int, Candidate],
        events: frozenset[int],
        places: Places,
        body: int,
    ) -> None:
        """Take the pieces, those of them that begin a turn or say what happens, and where the title has ended."""
        self._pieces, self._speaking, self._events, self._places, self._body = pieces, speaking, events, places, body
        self._counts = Counter(candidate.key for candidate in speaking.values())

    def find(self) -> tuple[int, int]:
        """Return where the conversation begins, and where it has ended.

        Sounds next to it are part of it, and speech that has a time but no label. Where
        every turn has one paragraph, an unlabelled one after the last is not speech. Where
        turns run on, it is, until the text begins to speak of the page.
        """
        count = len(self._pieces) if self._places.end is None else self._places.end
        if not self._speaking:
            return max(self._body, self._places.begin, self._after_header()), self._before_page(count)
        labelled = sorted(self._speaking)
        first, last = labelled[0], labelled[-1]
        first = max(self._body, self._places.begin) if self._places.begin else first
        while first > self._body and self._belongs_before(first - 1):
            first -= 1
        last = self._last_who_belongs(labelled)
        inside = [i for i in range(labelled[0], last) if self._is_unlabelled_speech(i)]
        runs_on = bool(inside) or len(labelled) < ENOUGH_TURNS
        own_words = self._speaking[last].inline
        end = last + 1
        if end < count and not own_words and self._pieces[end].form not in {"heading", "rule"}:
            end += 1
        while end < count and self._goes_on(end, runs_on=runs_on):
            end += 1
        return first, end

    def _after_header(self) -> int:
        """Return where the fields, and the lines in slanted letters, end that a text without labels begins with."""
        end = self._body
        while end < len(self._pieces) - 1 and (end in self._places.header or _is_slanted(self._pieces[end])):
            end += 1
        return end

    def _before_page(self, count: int) -> int:
        """Return where a text without labels ends, and lines that serve the page begin: the few below a last rule."""
        rules = [i for i in range(count) if self._pieces[i].form == "rule"]
        if rules and 0 < _words(self._pieces[rules[-1] : count]) < FEW_WORDS < _words(self._pieces[: rules[-1]]) / 4:
            count = rules[-1]
        while count and self._is_page_line(count - 1):
            count -= 1
        return count or len(self._pieces)

    def _is_page_line(self, index: int) -> bool:
        piece = self._pieces[index]
        return not piece.moments and piece.form in {"prose", "rule", "item"} and serves_the_page(piece)

    def _last_who_belongs(self, labelled: list[int]) -> int:
        """Return the last label, but for those below a heading that comes after all who speak again and again."""
        since = max((i for i in labelled if self._counts[self._speaking[i].key] > 1), default=labelled[-1])
        heading = next((i for i in range(since, labelled[-1]) if self._pieces[i].form == "heading"), labelled[-1] + 1)
        return max(i for i in labelled if i < heading)

    def _belongs_before(self, index: int) -> bool:
        piece = self._pieces[index]
        return bool(whole_event(piece.text)) or index in self._events or (
            bool(piece.moments) and index not in self._places.header and piece.form != "heading"
        )  # fmt: skip

    def _is_unlabelled_speech(self, index: int) -> bool:
        piece = self._pieces[index]
        own = self._speaking.get(index - 1)
        words_of_label = own is not None and not own.inline
        return not (
            index in self._speaking or index in self._events or whole_event(piece.text)
            or piece.form in {"rule", "heading"} or words_of_label
        )  # fmt: skip

    def _goes_on(self, index: int, *, runs_on: bool) -> bool:
        """Tell whether the conversation goes on with a piece after its last label."""
        piece, before = self._pieces[index], self._pieces[index - 1]
        if piece.form in {"heading", "rule"} or index in self._places.credits:
            return False
        if before.form in {"row", "cue", "turn"}:
            return piece.form == before.form
        if whole_event(piece.text) or index in self._events or piece.moments:
            return True
        ended = piece.blank > 1 or whole_event(before.text) or index - 1 in self._events
        return runs_on and not ended and not speaks_of_the_page(piece)


def _is_slanted(piece: Piece) -> bool:
    """Tell whether a paragraph is set in slanted letters from end to end, as a line under a title is."""
    return any(m.kind == "emphasis" and m.begin == 0 and m.end >= len(piece.text.rstrip()) for m in piece.marks)


def _words(pieces: tuple[Piece, ...]) -> int:
    return sum(len(piece.text.split()) for piece in pieces)
