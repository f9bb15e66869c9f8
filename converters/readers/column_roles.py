"""What the columns of a table hold, going by their headings, and without headings by what stands in them."""

import itertools
import re
from collections.abc import Callable, Sequence
from typing import Final

import msgspec

from converters.readers.field_names import Kind, Named, meanings
from converters.readers.source_times import Scale, is_clock, is_time

_MOST_WORDS_OF_NAME: Final = 7
_MOST_WORDS_OF_HEADING: Final = 3
_MOST_LETTERS_OF_NAME: Final = 100
_NEARLY_ALL: Final = 0.8
_MOST_DIFFERENT: Final = 0.7
"""Of the values of a column of speakers: a list of facts has a new heading in every row."""
_LEAST_WORDS: Final = 3
"""On average, in a column that is taken for speech without its heading saying so."""
_LETTER: Final = re.compile(r"[^\W\d_]")
SPACELESS: Final = re.compile("[\u0e00-\u0eff\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]")
"""Letters of scripts that put no spaces between words."""

Column = tuple[str, ...]


class Roles(msgspec.Struct, frozen=True):
    """The numbers of the columns that hold what is said, who says it, and when."""

    text: int
    speaker: int | None = None
    begin: int | None = None
    end: int | None = None
    duration: int | None = None

    @property
    def taken(self) -> frozenset[int]:
        """Every column that has a role."""
        return frozenset(
            column for column in (self.text, self.speaker, self.begin, self.end, self.duration) if column is not None
        )


def words_in(text: str) -> int:
    """Return how many words are said; two letters count as one where no spaces divide them."""
    return len(text.split()) + (0 if text.isascii() else len(SPACELESS.findall(text)) // 2)


def named_roles(names: Sequence[str], columns: Sequence[Column], *, alone: bool = False) -> Roles | None:
    """Return what the columns hold by their headings, as far as their cells bear it out; None if that is too little.

    At least the text or the speaker must be named. A text without a heading that says
    so is the wordiest column, if the speakers recur; a speaker without one is found
    only in a column without any heading. ``alone`` believes a heading such as *name*
    where nobody speaks twice.
    """
    said = [meanings(name) if len(name) <= _MOST_LETTERS_OF_NAME else () for name in names]
    begin = _best(said, columns, "begin", ())
    end = None if begin is None else _best(said, columns, "end", (begin,))
    duration = None if begin is None or end is not None else _best(said, columns, "duration", (begin,))
    times = tuple(column for column in (begin, end, duration) if column is not None)
    text = _best(said, columns, "text", times)
    believed = text is not None and (alone or bool(times))
    speaker = _named_speaker(said, columns, (*times, *_some(text)), believed=believed)
    if text is None and speaker is not None and recurs(columns[speaker]):
        text = _wordiest(columns, (*times, speaker))
        text = text if text is not None and words_in(names[text]) <= _MOST_WORDS_OF_HEADING else None
    elif text is not None and speaker is None:
        nameless = {column for column, name in enumerate(names) if not name.strip()}
        speaker = _recurring(columns, nameless - {text, *times})
    return None if text is None else Roles(text, speaker, begin, end, duration)


def span_roles(names: Sequence[str], columns: Sequence[Column]) -> tuple[int, int, int] | None:
    """Return the columns that say who speaks from when to when, of a table that does not say what."""
    said = [meanings(name) for name in names]
    begin = _best(said, columns, "begin", ())
    end = None if begin is None else _best(said, columns, "end", (begin,))
    if begin is None or end is None:
        return None
    speaker = _named_speaker(said, columns, (begin, end), believed=False)
    return None if speaker is None else (speaker, begin, end)


def unnamed_roles(columns: Sequence[Column], *, alone: bool = False) -> Roles | None:
    """Return what the columns hold, going by their cells; None where no speaker recurs and no time runs on.

    The text is the wordiest column, the speakers are few, short and recur, times never
    run backward. ``alone`` takes a text with neither beside it.
    """
    times = [column for column in range(len(columns)) if _runs_on(columns[column])]
    begin, end = _begin_and_end(columns, times)
    text = _wordiest(columns, times, least=0 if alone else _LEAST_WORDS)
    if text is None:
        return None
    speaker = _recurring(columns, set(range(len(columns))) - {text, *times})
    return Roles(text, speaker, begin, end) if alone or speaker is not None or begin is not None else None


def recurs(column: Column) -> bool:
    """Tell whether its values come again, as those of people do who speak with each other."""
    filled = [cell.casefold() for cell in column if cell]
    return len(set(filled)) < len(filled) and len(set(filled)) <= _MOST_DIFFERENT * len(filled)


# by headings --------------------------------------------------------------------------


def _best(said: Sequence[tuple[Named, ...]], columns: Sequence[Column], kind: Kind, taken: Sequence[int]) -> int | None:
    """Return the column whose heading says best that it is of this kind, if its cells can be."""
    fitting = [
        (named.weak, named.rank, -_words_of(columns[column]), column)
        for column, names in enumerate(said)
        for named in names
        if named.kind == kind and column not in taken and _bears_out(kind, columns[column])
    ]
    return min(fitting)[-1] if fitting else None


def _named_speaker(
    said: Sequence[tuple[Named, ...]], columns: Sequence[Column], taken: Sequence[int], *, believed: bool
) -> int | None:
    """Return the speaker's column: names before numbers, and of uncertain headings only one whose values recur."""

    def proved(column: Column) -> bool:
        return (believed or recurs(column)) and _share(_filled(column), _has_letter) >= _NEARLY_ALL

    fitting = [
        (not _share(_filled(columns[column]), _has_letter), named.weak, named.rank, column)
        for column, names in enumerate(said)
        for named in names
        if named.kind == "speaker" and column not in taken and _bears_out("speaker", columns[column])
        if not named.weak or proved(columns[column])
    ]
    return min(fitting)[-1] if fitting else None


def _bears_out(kind: Kind, column: Column) -> bool:
    """Tell whether the cells can be what the heading says."""
    filled = _filled(column)
    if kind == "text":
        words = [
            cell for cell in filled if any(letter.isalnum() for letter in cell)
        ]  # marks may have cells of their own
        return _share(words, _has_letter) > 1 / 2 and _share(words, is_clock) < 1 / 2
    return _share(filled, _may_be_name if kind == "speaker" else is_time) >= _NEARLY_ALL


# by content ---------------------------------------------------------------------------


def _wordiest(columns: Sequence[Column], taken: Sequence[int], least: int = _LEAST_WORDS) -> int | None:
    words = [(_words_of(column), -index) for index, column in enumerate(columns) if index not in taken]
    most, index = max(words, default=(0, 0))
    filled = _filled(columns[-index]) if columns else []
    return -index if most and most >= least * len(filled) and _share(filled, _has_letter) > 1 / 2 else None


def _recurring(columns: Sequence[Column], among: set[int]) -> int | None:
    """Return the first column of names that come again and again."""
    for index in sorted(among):
        filled = _filled(columns[index])
        if recurs(columns[index]) and _share(filled, _may_be_name) == _share(filled, _has_letter) == 1:
            return index
    return None


def _runs_on(column: Column) -> bool:
    """Tell whether these are times that follow each other: not the numbers of rows, and not backward."""
    spans = [Scale().span(cell) for cell in column if cell]
    begins = [span[0] for span in spans if span]
    if len(begins) < 2 or len(begins) < _NEARLY_ALL * len(spans):  # noqa: PLR2004 - one time runs nowhere
        return False
    steps = [after - before for before, after in itertools.pairwise(begins)]
    counted = len(set(steps)) == 1 and not any(":" in cell for cell in column)
    return not counted and sum(step >= 0 for step in steps) >= _NEARLY_ALL * len(steps) and max(steps) > 0


def _begin_and_end(columns: Sequence[Column], times: Sequence[int]) -> tuple[int | None, int | None]:
    """Return the first column of times, and the first whose times are never before those."""
    if not times:
        return None, None
    scale, begin = Scale(), times[0]
    for end in times[1:]:
        pairs = [(scale.read(b), scale.read(e)) for b, e in zip(columns[begin], columns[end], strict=True)]
        if all(e >= b for b, e in pairs if b is not None and e is not None):
            return begin, end
    return begin, None


# cells --------------------------------------------------------------------------------


def _filled(column: Column) -> list[str]:
    return [cell for cell in column if cell and not cell.isspace()]


def _some(column: int | None) -> tuple[int, ...]:
    return () if column is None else (column,)


def _words_of(column: Column) -> int:
    return sum(map(words_in, column))


def _share(cells: Sequence[str], test: Callable[[str], bool]) -> float:
    return sum(map(test, cells)) / len(cells) if cells else 0.0


def _has_letter(cell: str) -> bool:
    return bool(_LETTER.search(cell))


def _may_be_name(cell: str) -> bool:
    return len(cell) <= _MOST_LETTERS_OF_NAME and len(cell.split()) <= _MOST_WORDS_OF_NAME and not is_clock(cell)
