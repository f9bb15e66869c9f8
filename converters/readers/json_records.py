"""JSON as groups of like records: every list of objects, wherever it is nested, with what stands round it."""

import json
from collections.abc import Iterable, Iterator
from typing import Final

import msgspec

from converters.characters import clean
from converters.errors import SourceError
from converters.readers import ReadContext
from converters.readers.field_names import meanings
from converters.readers.limits import check_levels, check_turns, check_values

Scalar = str | int | float | bool | None
Json = Scalar | list["Json"] | dict[str, "Json"]
Path = tuple[str, ...]

_BEST_FIRST: Final = frozenset({"alternatives", "nbest", "hypotheses"})
"""Lists of guesses at the same words, the likeliest first."""
_FEW: Final = 3
_MANY: Final = 8
_NAMES_A_LABEL: Final = 5
_OBJECTS_A_TURN: Final = 4
"""Programs put down every word as an object, some of them more than once."""
WITHIN: Final = "\x1f"
"""Stands between the names of an object and of a field in it."""
KEY: Final = f"{WITHIN}key"
"""The field that holds the key under which an object stood, where objects stand under keys instead of in a list."""


class Record(msgspec.Struct, frozen=True, eq=False):
    """One object: its fields as text, those of the objects that it stands in, and which list holds it.

    Fields of an object inside it are ``outer`` ``WITHIN`` ``inner``. ``place`` is the number of the
    list that the record is in, so that neighbours in one list are known as such.
    ``above`` are the record's ancestors, the nearest first.
    """

    own: dict[str, str]
    above: tuple["Record", ...]
    place: int


class Other(msgspec.Struct, frozen=True):
    """Words that are in no record that is read: where they stand, and what they are."""

    path: Path
    words: str


class Records(msgspec.Struct, frozen=True):
    """All records by their path, whose lists are ``[]``; second guesses; rows of bare values, which are a table."""

    groups: dict[Path, list[Record]]
    guesses: list[Other]
    rows: tuple[tuple[str, ...], ...] = ()


def loaded(text: str, context: ReadContext) -> Json:
    """Return what the JSON says; forgiving where programs are (NaN, line ends in strings, an object a line).

    Raises ``SourceError`` where it is no JSON, nested too deeply or larger than the limits.
    """
    if (objects := text.count("{")) > context.options.limits.turns * _OBJECTS_A_TURN:
        check_turns(objects, context.name, context.options.limits)
    check_values(text.count(",") + text.count("[") + text.count("{"), context.name, context.options.limits)
    try:
        value = _parsed(text)
    except RecursionError as error:
        raise SourceError(f"{context.name}: it is nested too deeply to be read. Export it less deeply.") from error
    except ValueError as error:
        raise SourceError(f"{context.name}: this is no sound JSON ({error}). Export it again.") from error
    check_levels(_depth(value), context.name, context.options.limits)
    return value


def _depth(value: Json) -> int:
    depth, level = 0, [value]
    while level := [inner for outer in level for inner in _inside(outer)]:
        depth += 1
    return depth


def _inside(value: Json) -> Iterable[Json]:
    match value:
        case list():
            return value
        case dict():
            return value.values()
        case _:
            return ()


def _parsed(text: str) -> Json:
    value: Json
    try:
        value = msgspec.json.decode(text)
    except (msgspec.DecodeError, UnicodeEncodeError):
        try:
            value = json.loads(text, strict=False)
        except json.JSONDecodeError as error:
            if error.msg != "Extra data":
                raise
            value = [json.loads(line, strict=False) for line in text.split("\n") if line.strip()]
    return value


def records_of(value: Json, context: ReadContext) -> Records:
    """Return all records of the data, the outermost object among them.

    Raises ``SourceError`` where they have more different names of fields than the
    records of any program.
    """
    most = context.options.limits.labels * _NAMES_A_LABEL
    walk = _Walk(most)
    if isinstance(value, dict) and (items := _listed(value)):
        walk.list(items, (), ())
    elif isinstance(value, dict):
        walk.object(value, (), (), 0)
    elif isinstance(value, list):
        walk.list(value, (), ())
    names = {name for group in walk.groups.values() for record in group for name in record.own}
    if walk.is_full or len(names) > most:
        raise SourceError(
            f"{context.name}: its objects have more than {most:,} different names of fields, which is no list of who "
            "says what. Export the transcript as a list of records."
        )
    return Records(walk.groups, walk.guesses, _rows(value))


class _Walk:
    """Goes through the data once, from the outside in."""

    def __init__(self, most: int) -> None:
        self.groups: dict[Path, list[Record]] = {}
        self._most = most
        self.guesses: list[Other] = []
        self._places = 0

    def object(self, value: dict[str, Json], path: Path, above: tuple[Record, ...], place: int) -> None:
        """Put an object down as a record, then what is in it."""
        if self.is_full:
            return
        record = Record(dict(_fields(value)), above, place)
        self.groups.setdefault(path, []).append(record)
        inside = (record, *above)
        for key, inner in value.items():
            if isinstance(inner, list):
                self.list(inner, (*path, key), inside)
            elif isinstance(inner, dict) and (items := _listed(inner)):
                self.list(items, (*path, key), inside)
            elif isinstance(inner, dict):
                self.object(inner, (*path, key), inside, 0)

    @property
    def is_full(self) -> bool:
        """Whether there are more groups than any program makes."""
        return len(self.groups) > self._most

    def list(self, value: list[Json], path: Path, above: tuple[Record, ...]) -> None:
        """Put the objects of a list down; of guesses at the same words, only the first."""
        self._places += 1
        place, inside = self._places, (*path, "[]")
        if path and path[-1].casefold() in _BEST_FIRST:
            self.guesses += (Other(path, words) for guess in value[1:] for words in _words_in(guess))
            value, place = value[:1], above[0].place if above else place
        for item in _as_objects(value):
            if isinstance(item, dict):
                self.object(item, inside, above, place)
            elif isinstance(item, list):
                self.list(item, inside, above)


def _fields(value: dict[str, Json], prefix: str = "") -> Iterator[tuple[str, str]]:
    """Yield names and values as text, those of objects inside with both names; lists of bare values too."""
    for key, held in value.items():
        inner = _numbered(held) if isinstance(held, dict) else held
        if isinstance(inner, dict) and not prefix:
            whole = _seconds(inner)
            yield from [(key, whole)] if whole else _fields(inner, f"{key}{WITHIN}")
        elif isinstance(inner, list):
            if inner and _is_plain(inner):
                yield f"{prefix}{key}", ", ".join(map(_printed, inner))
            if isinstance(held, dict) and not prefix:
                yield from _fields(held, f"{key}{WITHIN}")
        elif not isinstance(inner, dict):
            yield f"{prefix}{key}", _printed(inner)


def _seconds(value: dict[str, Json]) -> str:
    """Return ``{"seconds": "1", "nanos": 400000000}`` as 1.4, as some programs write times."""
    if not value or not value.keys() <= {"seconds", "nanos"}:
        return ""
    try:
        return repr(float(str(value.get("seconds", 0))) + float(str(value.get("nanos", 0))) / 1e9)
    except ValueError:
        return ""


def _printed(value: Json) -> str:
    match value:
        case str():
            return clean(value)
        case float() if value != value:  # noqa: PLR0124 - NaN alone is not itself
            return ""
        case bool() | None | list() | dict():
            return ""
        case _:
            return repr(value)


def _words_in(value: Json) -> Iterator[str]:
    match value:
        case str():
            yield clean(value)
        case list():
            for item in value:
                yield from _words_in(item)
        case dict():
            for inner in value.values():
                yield from _words_in(inner)
        case _:
            return


# shapes that are lists of objects in disguise ---------------------------------------------


def _numbered(value: dict[str, Json]) -> Json:
    """Return the values of ``{"0": …, "1": …}`` as a list."""
    return list(value.values()) if len(value) > 1 and all(key.isdecimal() for key in value) else value


def _listed(value: dict[str, Json]) -> list[Json]:
    """Return the objects of ``{"u1": {…}, "u2": {…}, …}``, or of ``{"speaker": […], "text": […]}``; else nothing."""
    of_objects = all(isinstance(inner, dict) for inner in value.values())
    if of_objects and (len(value) >= _MANY or isinstance(_numbered(value), list)):
        return [{KEY: key, **inner} for key, inner in value.items() if isinstance(inner, dict)]
    columns = {key: _numbered(inner) if isinstance(inner, dict) else inner for key, inner in value.items()}
    lists = [column for column in columns.values() if isinstance(column, list) and _is_plain(column)]
    if len(lists) < len(columns) or len({len(column) for column in lists}) != 1 or len(lists[0]) < 2:  # noqa: PLR2004 - one row is no table
        return []
    kinds = {meanings(key)[0].kind for key in columns if meanings(key)}
    return [dict(zip(columns, row, strict=True)) for row in zip(*lists, strict=True)] if {"text"} < kinds else []


def _is_plain(value: list[Json]) -> bool:
    return not any(isinstance(item, list | dict) for item in value)


def _as_objects(value: list[Json]) -> list[Json]:
    """Return ``[{"Ana": "Hola"}, …]``, where each key is who speaks, as objects with a speaker and a text."""
    single = [item for item in value if isinstance(item, dict) and len(item) == 1]
    keys = [key for item in single for key in item]
    if len(single) < max(_FEW, len(value)) or len(set(keys)) in {1, len(keys)} or any(map(meanings, keys)):
        return value
    if not all(isinstance(said, str) for item in single for said in item.values()):
        return value
    return [{"speaker": key, "text": said} for item in single for key, said in item.items()]


def _rows(value: Json) -> tuple[tuple[str, ...], ...]:
    if not isinstance(value, list) or not all(isinstance(row, list) for row in value):
        return ()
    return tuple(tuple(map(_printed, row)) for row in value if isinstance(row, list))
