"""Which of the records in JSON carry the speech: those with words, told by the names of their fields."""

import statistics
from collections.abc import Iterator, Sequence
from typing import Final

import msgspec

from converters.readers.column_roles import Roles, named_roles, words_in
from converters.readers.field_names import meanings, words_of_name
from converters.readers.json_records import WITHIN, Path, Record, Records
from converters.readers.pieces import Form

_SAMPLE: Final = 200
_LEAST_WORDS: Final = 3
_NEARLY: Final = 0.8
_HALF: Final = 0.5
_UTTERANCE: Final = 15
"""Words of a record in the middle: with fewer, records are bits of what somebody says."""
_A_WORD: Final = 2
_OF_SPEAKER: Final = frozenset({"name", "id", "label", "displayName", "display_name"})


class Speech(msgspec.Struct, frozen=True):
    """The records that carry what is said, and which of their fields says what."""

    path: Path
    records: tuple[Record, ...]
    names: tuple[str, ...]
    columns: tuple[tuple[str, ...], ...]
    roles: Roles
    counts: tuple[int, ...]
    """How many words each record has."""

    @property
    def texts(self) -> tuple[str, ...]:
        """What each record says."""
        return self.columns[self.roles.text]

    @property
    def words(self) -> int:
        """How many words they have together."""
        return sum(self.counts)

    @property
    def fields(self) -> frozenset[str]:
        """The names of the fields that are read."""
        return frozenset(self.names[column] for column in self.roles.taken)

    @property
    def form(self) -> Form:
        """What the records' pieces are: utterances, bits of them, or one text as a whole."""
        filled = [count for count in self.counts if count]
        if len(filled) == 1 and self.roles.begin is None and self.roles.speaker is None:
            return "prose"
        return "cue" if statistics.median(filled) < _UTTERANCE else "row"

    @property
    def is_of_words(self) -> bool:
        """Whether each record is a word, or a mark between words."""
        filled = [count for count in self.counts if count]
        return len(filled) > 1 and statistics.median(filled) <= _A_WORD and max(filled) <= _UTTERANCE


def chosen(records: Records) -> Speech | None:
    """Return the best of the groups that have words: with speakers, with times, in whole utterances."""
    groups = [speech for path, group in records.groups.items() if (speech := speech_of(path, group))]
    most = max((speech.words for speech in groups), default=0)
    groups = [speech for speech in groups if speech.words and speech.words >= _HALF * most]
    for tier in (
        [speech for speech in groups if speech.roles.speaker is not None],
        [speech for speech in groups if speech.roles.begin is not None],
        groups,
    ):
        most = max((speech.words for speech in tier), default=0)
        if whole := [speech for speech in tier if speech.words >= _NEARLY * most]:
            return min(whole, key=lambda speech: (speech.roles.begin is None, len(speech.records)))
    return None


def speech_of(path: Path, group: Sequence[Record]) -> Speech | None:
    """Return what like records say, None where no field of theirs is words."""
    names = tuple(names_of(group))
    if not any(one.kind == "text" for name in names for one in meanings(name)) and len(group) == 1:
        return None
    columns = tuple(column_of(group, name) for name in names)
    roles = named_roles(names, columns, alone=True)
    if roles and roles.speaker is not None and not any(columns[roles.speaker]):
        roles = msgspec.structs.replace(roles, speaker=None)
    counts = tuple(map(words_in, columns[roles.text])) if roles else ()
    return Speech(path, tuple(group), names, columns, roles, counts) if roles else None


def names_of(group: Sequence[Record]) -> Iterator[str]:
    """Yield the fields that may matter: the records' own, then who and when of the records round them."""
    own = dict.fromkeys(name for record in group for name in record.own)
    for name in own:
        sample = [record.own[name] for record in group[:_SAMPLE] if record.own.get(name)]
        if meanings(name) or (sample and sum(map(words_in, sample)) >= _LEAST_WORDS * len(sample)):
            yield name
    above = {id(record.above): record.above for record in group}.values()
    outside = (
        name for outer in above for far, record in enumerate(outer) for name in record.own if _is_near(name, far)
    )
    for name in dict.fromkeys(outside):
        if name not in own and _is_handed_down(name):
            yield name


def _is_near(name: str, far: int) -> bool:
    """Tell whether a field of a record further out can be said of this one; one of a speaker's object only if next."""
    _, within, inner = name.partition(WITHIN)
    return not within or (not far and inner in _OF_SPEAKER)


def _is_handed_down(name: str) -> bool:
    """Tell whether a field of a record says who speaks, or when, in the records inside it; ``speakers`` are many."""
    named = meanings(name)
    if not named or named[0].weak or named[0].kind == "text":
        return False
    return named[0].kind != "speaker" or not words_of_name(name)[-1].endswith("s")


def column_of(group: Sequence[Record], name: str) -> tuple[str, ...]:
    """Return the field of every record; who speaks, where a record does not say, is who speaks round it."""
    handed = _is_handed_down(name) and (meanings(name)[0].kind == "speaker" or not any(name in r.own for r in group))
    return tuple(record.own.get(name) or (_from_above(record, name) if handed else "") for record in group)


def _from_above(record: Record, name: str) -> str:
    return next((outer.own[name] for outer in record.above if outer.own.get(name)), "")
